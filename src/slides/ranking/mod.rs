//! Shows rankings: a tower of people (DESIGN 6.1) or a few tall rows of teams (6.2), and every change of rank as an
//! event.

mod empty;
#[cfg(test)]
mod figures;
mod layout;
mod model;
mod pass;
mod plate;
pub mod race;
mod rail;
mod row;
mod teams;
mod tower;
mod versus;

use crate::board::{Body, Ranking};
use crate::motion::Time;
use crate::scene::{Canvas, Fonts, Rect};
use crate::slides::context::{Ctx, Look};
use crate::slides::slide::{Pages, Slide};
use crate::slides::widgets::header::Header;

/// How the rows are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Tower,
    Teams,
    Versus,
}

/// Two teams are rivals. More have rows of their own as long as those are tall enough for names under the segments; seven and more stand in a
/// tower: a ranking is read as one order, and pages of four would cut it.
fn form(ctx: &Ctx, r: &Ranking) -> Form {
    if versus::fit(ctx, r) {
        Form::Versus
    } else if teams::fit(ctx, r) {
        Form::Teams
    } else {
        Form::Tower
    }
}

fn make(form: Form, ctx: &Ctx, r: &Ranking) -> Box<dyn Slide> {
    match form {
        Form::Tower => Box::new(tower::Tower::new(ctx, r)),
        Form::Teams => Box::new(teams::Teams::new(ctx, r)),
        Form::Versus => Box::new(versus::Versus::new(ctx, r)),
    }
}

pub(super) fn build(ctx: &Ctx, r: &Ranking) -> Box<dyn Slide> {
    let form = form(ctx, r);
    Box::new(RankingSlide { form, slide: make(form, ctx, r) })
}

/// A ranking in the form that its rows need. Another form is another picture: nothing moves from one to the other.
struct RankingSlide {
    form: Form,
    slide: Box<dyn Slide>,
}

impl Slide for RankingSlide {
    fn update(&mut self, ctx: &Ctx, fonts: &mut Fonts) {
        let Body::Ranking(r) = &ctx.data.body else { return };
        let form = form(ctx, r);
        if form == self.form {
            self.slide.update(ctx, fonts);
        } else {
            (self.form, self.slide) = (form, make(form, ctx, r));
        }
    }

    fn header(&self, t: Time) -> &Header {
        self.slide.header(t)
    }

    fn draw(&self, c: &mut Canvas, look: &Look) {
        self.slide.draw(c, look);
    }

    fn dwell_s(&self) -> f64 {
        self.slide.dwell_s()
    }

    fn pages(&self) -> Pages {
        self.slide.pages()
    }

    fn page_of(&self, who: Option<&str>, metric: Option<&str>) -> usize {
        self.slide.page_of(who, metric)
    }

    fn row_of(&self, who: &str, page: usize) -> Option<Rect> {
        self.slide.row_of(who, page)
    }

    fn turns_to(&self) -> Option<usize> {
        self.slide.turns_to()
    }

    fn has_race(&self) -> bool {
        self.slide.has_race()
    }

    fn busy_until(&self) -> Option<Time> {
        self.slide.busy_until()
    }
}
