//! Play of the week (DESIGN 6.16): a tip or a few steps, who showed it, and the evidence that it works.

mod diagram;
mod empty;
mod model;
mod panel;
mod poses;
mod steps;
mod tip;

use super::panel::Place;
use super::{Ctx, Header, Kind, Look, Slide};
use crate::motion::{Now, Time};
use crate::scene::{Align, Canvas, Fonts, Style, Weight};
use model::{Model, Page};

/// The kind.
pub const KIND: Kind = Kind { name: "coaching", build, room: |_, _| usize::MAX, poses: poses::all };

/// How long a page stays (DESIGN 6.16).
const DWELL_S: f64 = 16.0;
/// More pages than this take turns, one each time round.
const IN_A_ROW: usize = 3;
/// A change is news for so long: its stroke is drawn then.
const NEWS_S: f64 = 1.6;
/// The footer.
const FOOTER: Style = Style::new(48.0, Weight::Bold).tracked(0.01);

fn build(ctx: &Ctx, fonts: &mut Fonts) -> Box<dyn Slide> {
    for step in model::left_out(ctx) {
        fonts.leave_out(&ctx.data.id, step);
    }
    Box::new(CoachingSlide { model: model::model(ctx), built: ctx.now.t, changed: None })
}

struct CoachingSlide {
    model: Model,
    built: Time,
    /// When what it says became what it is.
    changed: Option<Time>,
}

impl CoachingSlide {
    /// When the page came to be what it shows: with the slide, with a board, or when its window opened.
    fn since(&self, page: &Page, now: Now, entered: Option<Time>) -> Option<Time> {
        let opened = page.from.map(|from| now.when_wall(from)).filter(|t| *t > self.built && *t <= now.t);
        entered.into_iter().chain(self.changed).chain(opened).max()
    }
}

impl Slide for CoachingSlide {
    fn update(&mut self, ctx: &Ctx, _fonts: &mut Fonts) {
        let model = model::model(ctx);
        // A page that is gone is no news.
        if model.pages.iter().any(|p| !self.model.pages.contains(p)) {
            self.changed = (!ctx.quiet).then_some(ctx.now.t);
        }
        self.model = model;
    }

    fn header(&self) -> &Header {
        &self.model.header
    }

    fn draw(&self, c: &mut Canvas, look: &Look) {
        let now = c.now();
        // The picture changes when a window opens or closes.
        let edges = self.model.pages.iter().flat_map(|p| [p.from, p.until]).flatten();
        if let Some(edge) = edges.filter(|edge| *edge > now.wall_us).min() {
            c.until(now.when_wall(edge));
        }
        let open: Vec<&Page> = self.model.pages.iter().filter(|p| p.open(now.wall_us)).collect();
        if open.is_empty() {
            let next = self.model.openings.iter().filter(|(at, _)| *at > now.wall_us).min_by_key(|(at, _)| *at);
            return empty::draw(c, look, next.map(|(_, day)| day.as_str()));
        }
        let page = open[look.page % open.len()];
        draw(c, look, page, self.since(page, now, look.entered));
    }

    fn dwell_s(&self) -> f64 {
        DWELL_S
    }

    fn pages(&self) -> usize {
        self.model.most_open.max(1)
    }

    fn pages_at(&self, wall_us: i64) -> usize {
        self.model.pages.iter().filter(|p| p.open(wall_us)).count().max(1)
    }

    fn edges(&self) -> Vec<i64> {
        self.model.pages.iter().flat_map(|p| [p.from, p.until]).flatten().collect()
    }

    fn one_page_a_round(&self) -> bool {
        self.model.most_open > IN_A_ROW
    }

    fn busy_until(&self) -> Time {
        self.changed.map_or(Time(i64::MIN / 4), |at| at.after(NEWS_S))
    }
}

/// Where headline, evidence and steps lie beside or under the panel: left, top, right, foot.
fn body(portrait: bool, panel: Option<&Place>) -> [f32; 4] {
    match (portrait, panel) {
        (true, Some(p)) => [54.0, p.foot() + 32.0, 1026.0, 1694.0],
        (true, None) => [54.0, 246.0, 1026.0, 1694.0],
        (false, Some(_)) => [640.0, 160.0, 1824.0, 954.6],
        (false, None) => [96.0, 160.0, 1824.0, 954.6],
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
    let foot = if portrait { 1753.0 } else { 1016.8 };
    c.group(0.0, 0.0, look.stays(foot), |c| footer(c, look, page));
}

/// What to do with it, and what has no place above.
fn footer(c: &mut Canvas, look: &Look, page: &Page) {
    let t = look.theme;
    c.layer("footer");
    let (x, right, y) = if c.stage().portrait() { (54.0, 1026.0, 1753.1) } else { (96.0, 1824.0, 1016.8) };
    let w = c.text(right, y, look.words.words().coaching.try_it, FOOTER, t.hi, Align::Right);
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
