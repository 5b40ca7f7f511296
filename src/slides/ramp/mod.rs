//! Shows the onboarding ramp (DESIGN 6.8): new hires on their way to full quota, against the plan.

mod chart;
#[cfg(test)]
mod figures;
mod model;
mod plot;
mod shown;
mod single;
mod stages;
mod strips;
#[cfg(test)]
mod tests;

use crate::board::{Body, Ramp};
use crate::motion::Time;
use crate::scene::{Canvas, Fonts};
use crate::slides::context::{Ctx, Look};
use crate::slides::slide::{Pages, Slide};
use crate::slides::widgets::footer_lines::FooterLines;
use crate::slides::widgets::header::Header;
use crate::slides::widgets::live::{Live, NEWS_S};
use crate::slides::widgets::notice;
use crate::theme::spring;
use shown::Shown;

/// How long a page stays (DESIGN 5, Dwell), in seconds.
const DWELL_S: f64 = 14.0;

/// How many new hires it has room for.
pub(super) const ROOM: usize = model::ON_PAGE;

pub(super) fn build(ctx: &Ctx, ramp: &Ramp) -> Box<dyn Slide> {
    Box::new(RampSlide { shown: Live::still(Shown::still(model::model(ctx, ramp))) })
}

struct RampSlide {
    shown: Live<Shown>,
}

impl Slide for RampSlide {
    fn update(&mut self, ctx: &Ctx, _fonts: &mut Fonts) {
        let Body::Ramp(ramp) = &ctx.data.body else { return };
        let model = model::model(ctx, ramp);
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
        match self.shown.model.hires.len() {
            0 => empty(c, look),
            1 => single::draw(c, look, &self.shown),
            _ => strips::draw(c, look, &self.shown),
        }
    }

    fn dwell_s(&self) -> f64 {
        DWELL_S
    }

    fn pages(&self) -> Pages {
        Pages::in_turn(self.shown.model.hires.len().div_ceil(model::ON_PAGE))
    }

    fn busy_until(&self) -> Option<Time> {
        self.shown.news_until(NEWS_S)
    }
}

/// Where the words of the footer stand.
fn footer_lines(c: &Canvas) -> FooterLines {
    FooterLines::new(c.stage(), 1021.0, [1755.0, 1815.0])
}

/// Nobody is new: the strips stay, and what will be there.
fn empty(c: &mut Canvas, look: &Look) {
    c.layer("ghost strips");
    let portrait = c.stage().portrait();
    let place = notice::NoticeRect::new(portrait, if portrait { 120.0 } else { 752.0 }, 760.0);
    c.group(0.0, 0.0, 0.42, |c| {
        notice::around(c, place, |c| {
            for i in 0..model::ON_PAGE {
                strips::plate(c, look, strips::StripPlace::new(portrait, i));
            }
        });
    });
    notice::draw(c, look, place, look.locale.words().ramp.empty);
}
