//! Shows the play of the week (DESIGN 6.16): a tip or a few steps, who showed it, and the evidence that it works.

mod diagram;
mod empty;
mod model;
mod panel;
mod steps;
mod tip;

use crate::board::{Body, Coaching};
use crate::motion::{Anim, Curve, Now, Time};
use crate::scene::{Align, Canvas, Fonts, Rect, Style, Weight};
use crate::slides::context::{Ctx, Look};
use crate::slides::slide::{Pages, Slide};
use crate::slides::widgets::header::Header;
use crate::slides::widgets::live::{Live, NEWS_S};
use crate::slides::widgets::panel::PanelRect;
use model::{CoachingModel, Page};

/// How long a page stays (DESIGN 6.16).
const DWELL_S: f64 = 16.0;
/// More pages than this take turns, one each time round.
const IN_A_ROW: usize = 3;
/// While another page takes its place in view, a page fades out for so long, then the other one in.
const OUT_S: f64 = 0.2;
const IN_S: f64 = 0.24;
const FOOTER: Style = Style::new(48.0, Weight::Bold).tracked(0.01);

pub(super) fn build(ctx: &Ctx, coaching: &Coaching, fonts: &mut Fonts) -> Box<dyn Slide> {
    for step in model::left_out(coaching) {
        fonts.diagnostics.leave_out(&ctx.data.id, step);
    }
    Box::new(CoachingSlide { model: Live::still(model::model(ctx, coaching)), built: ctx.now.t, left: None })
}

struct CoachingSlide {
    model: Live<CoachingModel>,
    built: Time,
    /// What it said before the last board, and when that came.
    left: Option<(CoachingModel, Now)>,
}

impl CoachingSlide {
    /// Fades out what the last board replaced. Whether that is still in view, and how far what is new has come.
    fn replaced(&self, c: &mut Canvas, look: &Look) -> (Option<(&Page, f64)>, f64) {
        let Some((old, at)) = &self.left else { return (None, 1.0) };
        let page = old.page_at(look.page, at.wall_us);
        if page == self.model.page_at(look.page, at.wall_us) {
            return (None, 1.0);
        }
        match page.filter(|_| c.now().t < at.t.after(OUT_S)) {
            Some(page) => (Some((page, fade(c, at.t, [1.0, 0.0], OUT_S))), 0.0),
            None => (None, fade(c, at.t.after(OUT_S), [0.0, 1.0], IN_S)),
        }
    }

    /// How much is seen of the page beside the edges of its window: where another takes its place, it fades.
    fn at_edges(&self, c: &mut Canvas, look: &Look) -> f64 {
        let now = c.now();
        let turns = |edge: i64| self.model.page_at(look.page, edge - 1) != self.model.page_at(look.page, edge);
        let edges = || self.model.pages.iter().flat_map(|p| [p.from, p.until]).flatten();
        let mut seen = 1.0;
        if let Some(next) = edges().filter(|edge| *edge > now.wall_us).min() {
            // The picture changes when a window opens or closes.
            c.redraw_at(now.when_wall(next));
            if turns(next) && !look.screen.reduced_motion {
                seen *= fade(c, now.when_wall(next).after(-OUT_S), [1.0, 0.0], OUT_S);
            }
        }
        if let Some(last) = edges().filter(|edge| *edge <= now.wall_us).max() {
            let at = now.when_wall(last);
            if at > self.built && turns(last) && !look.screen.reduced_motion {
                seen *= fade(c, at, [0.0, 1.0], IN_S);
            }
        }
        seen
    }

    /// When the page came to be what it shows: with the slide, with a board, or when its window opened.
    fn since(&self, page: &Page, now: Now, entered: Option<Time>) -> Option<Time> {
        let opened = page.from.map(|from| now.when_wall(from)).filter(|t| *t > self.built && *t <= now.t);
        entered.into_iter().chain(self.model.changed()).chain(opened).max()
    }
}

impl Slide for CoachingSlide {
    fn update(&mut self, ctx: &Ctx, _fonts: &mut Fonts) {
        let Body::Coaching(coaching) = &ctx.data.body else { return };
        let model = model::model(ctx, coaching);
        // A page that is gone is no news.
        let new = model.pages.iter().any(|p| !self.model.pages.contains(p));
        let old = if new { self.model.take(model, ctx) } else { self.model.amend(model) };
        self.left = (!ctx.quiet && !ctx.screen.reduced_motion).then_some((old, ctx.now));
    }

    fn header(&self, _t: Time) -> &Header {
        &self.model.header
    }

    fn draw(&self, c: &mut Canvas, look: &Look) {
        let (old, here) = self.replaced(c, look);
        let seen = here * self.at_edges(c, look);
        if let Some((page, seen)) = old {
            return c.group(0.0, 0.0, seen, |c| draw(c, look, page, Some(self.built)));
        }
        let now = c.now();
        c.group(0.0, 0.0, seen, |c| match self.model.page_at(look.page, now.wall_us) {
            Some(page) => draw(c, look, page, self.since(page, now, look.entered)),
            None => {
                let next = self.model.openings.iter().filter(|(at, _)| *at > now.wall_us).min_by_key(|(at, _)| *at);
                empty::draw(c, look, next.map(|(_, day)| day.as_str()));
            }
        });
    }

    fn dwell_s(&self) -> f64 {
        DWELL_S
    }

    fn pages(&self) -> Pages {
        Pages {
            one_a_round: self.model.most_open > IN_A_ROW,
            windows: self.model.pages.iter().map(|p| [p.from, p.until]).collect(),
            ..Pages::all(self.model.most_open)
        }
    }

    fn busy_until(&self) -> Option<Time> {
        self.model.news_until(NEWS_S)
    }
}

fn fade(c: &mut Canvas, start: Time, [from, to]: [f64; 2], length_s: f64) -> f64 {
    c.sample(&Anim::new(from, to, 0.0, start, Curve::Ease(length_s), 1e-3))
}

/// Where headline, evidence and steps lie beside or under the panel: left, top, right, bottom.
fn body(portrait: bool, panel: Option<&PanelRect>) -> Rect {
    match (portrait, panel) {
        (true, Some(p)) => Rect::new(54.0, p.bottom() + 32.0, 1026.0, 1694.0),
        (true, None) => Rect::new(54.0, 246.0, 1026.0, 1694.0),
        (false, Some(_)) => Rect::new(640.0, 160.0, 1824.0, 954.6),
        (false, None) => Rect::new(96.0, 160.0, 1824.0, 954.6),
    }
}

fn draw(c: &mut Canvas, look: &Look, page: &Page, since: Option<Time>) {
    let portrait = c.stage().portrait();
    let place = panel::place(page, portrait);
    if let Some(place) = &place {
        panel::draw(c, look, page, place);
    }
    let body = body(portrait, place.as_ref());
    if page.steps.is_empty() {
        tip::draw(c, look, page, body, since);
    } else {
        steps::draw(c, look, page, body, since);
    }
    let bottom = if portrait { 1753.0 } else { 1016.8 };
    c.group(0.0, 0.0, look.stays(bottom), |c| footer(c, look, page));
}

/// What to do with it, and what has no place above.
fn footer(c: &mut Canvas, look: &Look, page: &Page) {
    let t = look.theme;
    c.layer("footer");
    let [x, right] = c.stage().sides();
    let y = if c.stage().portrait() { 1753.1 } else { 1016.8 };
    let w = c.text(right, y, look.locale.words().coaching.try_it, FOOTER, t.hi, Align::Right);
    let shown_above = page.steps.is_empty() && page.proof.is_none();
    let side = if !page.last_day.is_empty() {
        &page.last_day
    } else if shown_above {
        return;
    } else {
        &page.text
    };
    let (line, _) = c.fonts.fit_text(side, FOOTER, right - w - 60.0 - x);
    c.line(x, y, &line, t.mid, Align::Left);
}
