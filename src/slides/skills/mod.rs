//! Shows the strengths map (DESIGN 6.7): what the team is weakest at, and who is strongest there.

mod draw;
mod grid;
mod layout;
mod model;
mod portrait;
mod shown;
mod steps;
#[cfg(test)]
mod tests;

use crate::board::{Body, Skills};
use crate::motion::Time;
use crate::scene::{Canvas, Fonts};
use crate::slides::context::{Ctx, Look, Screen};
use crate::slides::slide::{Pages, Slide};
use crate::slides::widgets::header::Header;
use crate::slides::widgets::live::{Live, NEWS_S};
use crate::theme::spring;
use layout::Layout;
use shown::Shown;

/// How long a map stays (DESIGN 5, Dwell), in seconds.
const DWELL_S: f64 = 20.0;

/// How many people a screen has room for.
pub(super) fn room(screen: &Screen) -> usize {
    if screen.stage.portrait() { 18 } else { 10 }
}

pub(super) fn build(ctx: &Ctx, skills: &Skills, fonts: &mut Fonts) -> Box<dyn Slide> {
    let shown = Live::still(Shown::still(model::model(ctx, skills, fonts)));
    Box::new(SkillsSlide { shown, portrait: ctx.screen.stage.portrait() })
}

struct SkillsSlide {
    shown: Live<Shown>,
    portrait: bool,
}

impl Slide for SkillsSlide {
    fn update(&mut self, ctx: &Ctx, fonts: &mut Fonts) {
        let Body::Skills(skills) = &ctx.data.body else { return };
        let model = model::model(ctx, skills, fonts);
        if model == self.shown.model {
            return;
        }
        let reduced = ctx.screen.reduced_motion;
        let shown = match ctx.quiet {
            true => Shown::still(model),
            false => self.shown.toward(model, ctx.now.t, &|s| spring::curve(s, reduced)),
        };
        self.shown.take(shown, ctx);
    }

    fn header(&self, _t: Time) -> &Header {
        &self.shown.model.header
    }

    fn draw(&self, c: &mut Canvas, look: &Look) {
        let m = &self.shown.model;
        if m.teams.is_empty() && m.reps.is_empty() {
            draw::empty(c, look, m);
        } else if self.portrait {
            portrait::draw(c, look, &self.shown);
        } else {
            draw::draw(c, look, &self.shown);
        }
    }

    fn dwell_s(&self) -> f64 {
        DWELL_S
    }

    fn pages(&self) -> Pages {
        let model = &self.shown.model;
        Pages::in_turn(if self.portrait { 1 } else { Layout::new(model).pages(model) })
    }

    fn busy_until(&self) -> Option<Time> {
        self.shown.news_until(NEWS_S)
    }
}
