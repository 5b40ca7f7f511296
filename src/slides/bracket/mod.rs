//! Shows a knock-out (DESIGN 6.13): the live duel, and the branch of the tree that leads to it and on from it.

mod branch;
mod empty;
#[cfg(test)]
mod figures;
mod layout;
mod model;
mod names;
mod panel;
mod prize;
mod seat;
mod tree;

use std::collections::BTreeMap;

use crate::board::{Body, Bracket};
use crate::motion::Time;
use crate::scene::{Align, Canvas, Fonts, Style, Weight};
use crate::slides::context::{Ctx, Look};
use crate::slides::slide::{Pages, Slide};
use crate::slides::widgets::digits::Odometer;
use crate::slides::widgets::header::Header;
use crate::theme::spring;
use model::{BracketModel, Page, Panel};

/// How long a page stays (DESIGN 5, Dwell).
const DWELL_S: f64 = 16.0;
/// Scores roll first; then the halves swap, winners set off, lines and plates change.
const FLIP_S: f64 = 0.6;
/// Until then what happened is being shown, and the next change waits.
const BUSY_S: f64 = 1.1;

/// What it takes to lead, and the words about it.
const STRONG: Style = Style::new(64.0, Weight::Bold).tracked(0.02);
const PLAIN: Style = Style::new(64.0, Weight::Semi).tracked(0.01);

/// Scores by round, match and side, as they roll.
type Rolls = BTreeMap<(usize, usize, usize), Odometer>;

pub(super) fn build(ctx: &Ctx, bracket: &Bracket, fonts: &mut Fonts) -> Box<dyn Slide> {
    let mut slide = BracketSlide {
        past: Vec::new(),
        model: model::model(ctx, bracket, &|_| None),
        flip: None,
        rolls: Rolls::new(),
        unit: String::new(),
    };
    slide.roll(ctx, true);
    for prize in &slide.model.left_out {
        fonts.diagnostics.leave_out(&ctx.data.id, prize);
    }
    Box::new(slide)
}

struct BracketSlide {
    /// What was shown before, each with the instant at which it came, if it did not stand there from the start; the last
    /// two are enough.
    past: Vec<(BracketModel, Option<Time>)>,
    /// What is shown from `flip` on, or stands there.
    model: BracketModel,
    flip: Option<Time>,
    rolls: Rolls,
    /// In what the rolls are written.
    unit: String,
}

impl BracketSlide {
    /// Lets the scores roll to what the model says.
    fn roll(&mut self, ctx: &Ctx, at_once: bool) {
        // Amounts in another unit than before do not roll.
        let same_unit = self.unit == self.model.unit;
        let curve = spring::curve(spring::ROLL, ctx.screen.reduced_motion || at_once || !same_unit);
        self.unit.clone_from(&self.model.unit);
        let mut rolls = Rolls::new();
        let pairs = self.model.pages.iter().flat_map(|p| &p.columns).flat_map(|c| &c.pairs).flatten();
        for pair in pairs {
            for (side, place) in pair.places.iter().enumerate() {
                let key = (pair.at.0, pair.at.1, side);
                // Another person's score is another figure.
                let old = self.rolls.get(&key).filter(|_| !place.score.is_empty());
                let roll = old.filter(|old| !old.text().is_empty()).map(|old| old.roll(&place.score, ctx.now.t, curve));
                rolls.insert(key, roll.unwrap_or_else(|| Odometer::still(&place.score)));
            }
        }
        self.rolls = rolls;
    }

    /// Until when the last change is being shown.
    fn busy(&self) -> Option<Time> {
        self.flip.map(|at| at.after(BUSY_S))
    }

    /// The page of a model that is about the same match as `page`, else its first.
    fn page_like<'a>(model: &'a BracketModel, page: &Page) -> Option<&'a Page> {
        let at = |p: &Page| match p.panel {
            Panel::Duel { at, .. } | Panel::Champion { at, .. } => at,
        };
        model.pages.iter().find(|p| at(p) == at(page)).or_else(|| model.pages.first())
    }
}

impl Slide for BracketSlide {
    fn update(&mut self, ctx: &Ctx, _fonts: &mut Fonts) {
        let Body::Bracket(bracket) = &ctx.data.body else { return };
        let t = ctx.now.t;
        let upper = |at| {
            self.model.pages.iter().find_map(|p| match &p.panel {
                Panel::Duel { at: shown, halves, .. } if *shown == at => Some(halves[0].id.clone()),
                _ => None,
            })
        };
        let model = model::model(ctx, bracket, &upper);
        if model == self.model {
            return;
        }
        if model.pages == self.model.pages {
            self.model = model;
            return;
        }
        let quiet = ctx.quiet || model.pages.is_empty() || self.model.pages.is_empty();
        if quiet || ctx.screen.reduced_motion {
            (self.model, self.flip) = (model, None);
            self.past.clear();
        } else if self.flip > Some(t) {
            // Not shown yet: the newer one comes in its place.
            self.model = model;
        } else {
            let flip = Some(t.after(FLIP_S)).max(self.busy());
            self.past.push((std::mem::replace(&mut self.model, model), self.flip));
            self.flip = flip;
            let keep = self.past.len().saturating_sub(2);
            self.past.drain(..keep);
        }
        self.roll(ctx, quiet);
    }

    fn header(&self, _t: Time) -> &Header {
        &self.model.header
    }

    fn draw(&self, c: &mut Canvas, look: &Look) {
        let mut shown = (&self.model, self.flip);
        let mut before = self.past.last();
        if self.flip.is_some_and(|at| !c.reached(at)) {
            if let Some((past, at)) = before {
                shown = (past, *at);
            }
            before = self.past.len().checked_sub(2).map(|i| &self.past[i]);
        }
        let (model, flip) = shown;
        let Some(page) = model.pages.get(look.page % model.pages.len().max(1)) else {
            return empty::draw(c, look);
        };
        let before = before.and_then(|(past, _)| Self::page_like(past, page));
        // What moves comes last: while the halves swap the tree is there as one texture.
        branch::draw(c, look, page, before.zip(flip), &self.rolls);
        panel::draw(c, look, page, before.map(|p| &p.panel).zip(flip), &self.rolls);
        action(c, look, page);
    }

    fn dwell_s(&self) -> f64 {
        DWELL_S
    }

    fn pages(&self) -> Pages {
        Pages::in_turn(self.model.pages.len())
    }

    fn busy_until(&self) -> Option<Time> {
        self.rolls.values().map(Odometer::end).max().max(self.busy())
    }
}

/// What it takes to lead, or when it begins.
fn action(c: &mut Canvas, look: &Look, page: &Page) {
    let t = look.theme;
    let [bright, rest] = &page.action;
    // Old data does not say what it takes now.
    if t.grey || (bright.is_empty() && rest.is_empty()) {
        return;
    }
    let portrait = c.stage().portrait();
    let alone = page.columns.len() < 2;
    let (x, y) = if portrait { (54.0, 1822.0) } else { (96.0, 1022.4) };
    let room = if portrait || alone { 940.0 } else { 508.0 };
    // Japanese goes on without a space.
    let gap = if rest.starts_with(crate::scene::text::is_cjk) { 4.0 } else { 18.0 };
    let strong = c.fonts.shrink_until(STRONG, 46.0, 2.0, |fonts, style| {
        fonts.width(bright, style) + fonts.width(rest, PLAIN.sized(style.size)) + gap <= room
    });
    let plain = PLAIN.sized(strong.size);
    c.layer("action");
    c.group(0.0, 0.0, look.stays(y), |c| {
        let rest_w = c.fonts.width(rest, plain);
        let (line, _) = c.fonts.fit_text(bright, strong, (room - rest_w - gap).max(120.0));
        c.line(x, y, &line, t.accent_text, Align::Left);
        let (rest, _) = c.fonts.fit_text(rest, plain, (room - line.width - gap).max(60.0));
        c.line(x + line.width + if bright.is_empty() { 0.0 } else { gap }, y, &rest, t.hi, Align::Left);
    });
}
