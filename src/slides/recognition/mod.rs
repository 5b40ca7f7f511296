//! Shows recognition (DESIGN 6.4): a top performer, a contest's winners, a milestone, a shout-out; one page for each
//! item.

mod badge;
mod chips;
mod enter;
#[cfg(test)]
mod figures;
mod milestone;
mod model;
mod people;
mod rail;
mod shout;
mod standing;
mod top;

use crate::board::{Body, Recognition};
use crate::motion::Time;
use crate::scene::{Canvas, Fonts};
use crate::slides::context::{Ctx, Look};
use crate::slides::slide::{Pages, Slide};
use crate::slides::widgets::header::Header;
use crate::slides::widgets::podium;
use crate::theme::spring;
use enter::Enter;
use model::{Form, RecognitionModel};

/// How long a page stays (DESIGN 5, Dwell).
const DWELL_S: f64 = 9.0;

pub(super) fn build(ctx: &Ctx, recognition: &Recognition, fonts: &mut Fonts) -> Box<dyn Slide> {
    let model = model::model(ctx, recognition);
    for fact in model::left_out(recognition, &model) {
        fonts.diagnostics.leave_out(&ctx.data.id, fact.name());
    }
    let since = vec![None; model.pages.len()];
    Box::new(RecognitionSlide { model, since, busy: None, reduced: ctx.screen.reduced_motion })
}

struct RecognitionSlide {
    model: RecognitionModel,
    /// When a page got what it says, if that was while the slide was there.
    since: Vec<Option<Time>>,
    busy: Option<Time>,
    reduced: bool,
}

impl Slide for RecognitionSlide {
    fn update(&mut self, ctx: &Ctx, _fonts: &mut Fonts) {
        let Body::Recognition(recognition) = &ctx.data.body else { return };
        let mut model = model::model(ctx, recognition);
        if self.model.says(&model) {
            return;
        }
        let now = ctx.now.t;
        if ctx.quiet {
            self.since = vec![None; model.pages.len()];
            self.model = model;
            return;
        }
        let fresh = model.roll_from(&self.model, now, spring::curve(spring::ROLL, self.reduced));
        let before = std::mem::take(&mut self.since);
        self.since = fresh
            .iter()
            .enumerate()
            .map(|(i, fresh)| if *fresh { Some(now) } else { before.get(i).copied().flatten() })
            .collect();
        let rolled = model.pages.iter().filter_map(|p| if let Form::Top(t) = p { Some(t.value.end()) } else { None });
        self.busy = rolled.max();
        for (page, since) in model.pages.iter().zip(&self.since) {
            if let Some(at) = since {
                self.busy = self.busy.max(Some(at.after(settled_s(page))));
            }
        }
        self.model = model;
    }

    fn header(&self, _t: Time) -> &Header {
        &self.model.header
    }

    fn draw(&self, c: &mut Canvas, look: &Look) {
        let page = look.page.min(self.model.pages.len() - 1);
        // What came later on than the slide has its own entrance.
        let since = self.since[page].max(look.entered).filter(|_| !look.screen.reduced_motion);
        let enter = Enter { since };
        match &self.model.pages[page] {
            Form::Top(top) => top::draw(c, look, top, &enter),
            Form::Podium(podium) => podium::draw(c, look, podium, since),
            Form::Milestone(milestone) => rail::draw(c, look, milestone, since),
            Form::Shout(shout) => shout::draw(c, look, shout, &enter),
            Form::Empty => shout::empty(c, look),
        }
    }

    fn dwell_s(&self) -> f64 {
        DWELL_S
    }

    fn pages(&self) -> Pages {
        Pages::all(self.model.pages.len())
    }

    fn busy_until(&self) -> Option<Time> {
        self.busy
    }
}

/// How long a page takes to stand.
fn settled_s(page: &Form) -> f64 {
    match page {
        Form::Podium(p) => podium::settled_s(p.columns.len()),
        Form::Milestone(_) => rail::SETTLED_S,
        Form::Top(_) | Form::Shout(_) | Form::Empty => enter::SETTLED_S,
    }
}
