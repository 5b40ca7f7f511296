//! Stack ranking (DESIGN 6.1): a tower of rows beside the leader's panel, and every change of rank as an event.

mod empty;
mod layout;
mod model;
mod pass;
mod poses;
mod row;

use super::{Ctx, Header, Kind, Look, Slide, footer, hero};
use crate::board::fresh::Band;
use crate::motion::{Anim, Curve, Time};
use crate::scene::{Canvas, Fonts};
use pass::{Mover, Pass};

/// The kind.
pub const KIND: Kind = Kind { name: "ranking", build, room: model::room, poses: poses::all };

/// Rows enter one after the other, each in this time, from so far below.
const ENTER_STEP_S: f64 = 0.03;
const ENTER_S: f64 = 0.24;
const ENTER_RISE: f64 = 24.0;
/// With reduced motion a row that changed its place fades in there.
const FADE_S: f64 = 0.22;

fn build(ctx: &Ctx, _fonts: &mut Fonts) -> Box<dyn Slide> {
    Box::new(RankingSlide { now: Pass::rest(model::model(ctx)), next: None, reduced: ctx.screen.reduced_motion })
}

struct RankingSlide {
    /// What plays or rests.
    now: Pass,
    /// What plays after it.
    next: Option<Pass>,
    reduced: bool,
}

impl RankingSlide {
    fn at(&self, t: Time) -> &Pass {
        self.next.as_ref().filter(|p| p.start <= t).unwrap_or(&self.now)
    }
}

impl Slide for RankingSlide {
    fn update(&mut self, ctx: &Ctx, _fonts: &mut Fonts) {
        let t = ctx.now.t;
        if let Some(next) = self.next.take_if(|p| p.start <= t) {
            self.now = next;
        }
        let model = model::model(ctx);
        let aim = self.next.as_ref().unwrap_or(&self.now);
        if same(&aim.model, &model) {
            return;
        }
        if ctx.quiet || self.now.model.rows.is_empty() || model.rows.is_empty() {
            (self.now, self.next) = (Pass::rest(model), None);
            return;
        }
        let start = self.now.free_at().max(t);
        let pass = self.now.toward(model, start, self.reduced);
        if start <= t {
            (self.now, self.next) = (pass, None);
        } else {
            self.next = Some(pass);
        }
    }

    fn header(&self) -> &Header {
        &self.now.model.header
    }

    fn draw(&self, c: &mut Canvas, look: &Look) {
        if let Some(next) = &self.next {
            c.reached(next.start);
        }
        let pass = self.at(c.now().t);
        if pass.model.hero.is_none() && pass.model.rows.iter().all(|r| r.value.is_none()) {
            empty::draw(c, look, &pass.model);
            return sum_line(c, look, pass);
        }
        panel(c, look, pass);
        // In front of the panel's shadow.
        sum_line(c, look, pass);
        tower(c, look, pass);
    }

    fn dwell_s(&self) -> f64 {
        let m = &self.now.model;
        // DESIGN 5, Dwell.
        (3.0 + 0.9 * m.rows.len() as f64 + 0.35 * m.other_words() as f64).clamp(8.0, 30.0)
    }

    fn busy_until(&self) -> Time {
        self.next.as_ref().unwrap_or(&self.now).quiet_at()
    }
}

/// Whether two models read alike; what rolls in them does not count.
fn same(a: &model::Model, b: &model::Model) -> bool {
    let footer = |m: &model::Model| {
        m.footer.as_ref().map(|f| {
            (
                f.label.clone(),
                f.value.text().to_owned(),
                f.of.clone(),
                f.share.map(|s| s.target()),
                f.pace,
                f.verdict.clone(),
            )
        })
    };
    let hero = |m: &model::Model| {
        m.hero.as_ref().map(|h| {
            (
                h.id.clone(),
                h.kicker.clone(),
                h.name.clone(),
                h.office.clone(),
                h.value.text().to_owned(),
                h.history.clone(),
            )
        })
    };
    let photo = |m: &model::Model| m.hero.as_ref().and_then(|h| h.photo.clone());
    (&a.header, a.layout, &a.rows, a.hidden, a.leader_since, &a.starts)
        == (&b.header, b.layout, &b.rows, b.hidden, b.leader_since, &b.starts)
        && footer(a) == footer(b)
        && hero(a) == hero(b)
        && photo(a) == photo(b)
}

fn sum_line(c: &mut Canvas, look: &Look, pass: &Pass) {
    if let Some(f) = &pass.model.footer {
        footer::draw(c, look, f, &pass.model.header.days_left);
    }
}

fn panel(c: &mut Canvas, look: &Look, pass: &Pass) {
    let Some(hero) = &pass.model.hero else { return };
    let words = look.words.words();
    let mut hero = hero.clone();
    if look.band >= Band::Grey {
        // Too old to say who leads: only what was true then (DESIGN 6.9).
        let at = look.as_of.map(|at| (look.clock)(at)).unwrap_or_default();
        hero.kicker = (words.at)(&at);
        hero.since = pass.model.header.days_left.clone();
    } else if let Some(since) = pass.model.leader_since {
        hero.since = (words.since)(&(look.clock)(since));
    }
    let before = pass.old_hero.as_ref().zip(pass.new_lead);
    match before {
        Some((old, at)) if !c.reached(at) => hero::draw(c, look, old, None),
        Some((old, at)) => hero::draw(c, look, &hero, Some((old, at))),
        None => hero::draw(c, look, &hero, None),
    }
}

fn tower(c: &mut Canvas, look: &Look, pass: &Pass) {
    let l = &pass.model.layout;
    let now = c.now().t;
    let moving =
        |m: &Mover| m.slot.value_at(now) != m.slot.target() || (m.slot.end() > now && m.slot.at(now).1.is_some());
    let in_motion = |m: &&Mover| moving(m) && now < m.slot.end();
    let mut still: Vec<&Mover> = pass.movers.iter().filter(|m| !in_motion(m) && !m.leaving).collect();
    let mut movers: Vec<&Mover> = pass.movers.iter().filter(in_motion).collect();
    still.sort_by_key(|m| m.row.slot);
    // Fallers behind, risers in front, the largest gain on top.
    movers.sort_by_key(|m| m.gained);
    let edge = if c.stage().portrait() { 6.0 } else { 8.0 };
    c.clipped(0.0, l.top - 60.0, 1e5, l.foot + edge, |c| {
        c.layer("rows");
        for m in still {
            paint(c, look, pass, m);
        }
        for m in movers {
            c.layer("moving row");
            paint(c, look, pass, m);
        }
    });
}

fn paint(c: &mut Canvas, look: &Look, pass: &Pass, m: &Mover) {
    let (mut fade, mut rise) = (1.0, 0.0);
    if let Some(at) = look.entered.filter(|_| !look.screen.reduced_motion) {
        let start = at.after(ENTER_STEP_S * m.row.slot as f64);
        fade = c.sample(&Anim::new(0.0, 1.0, 0.0, start, Curve::Ease(ENTER_S), 1e-3));
        rise = ENTER_RISE * (1.0 - fade);
    }
    if look.screen.reduced_motion && m.gained != 0 {
        fade *= c.sample(&Anim::new(0.0, 1.0, 0.0, pass.start, Curve::Ease(FADE_S), 1e-3));
    }
    let pen = row::Pen {
        look,
        layout: &pass.model.layout,
        arrive: pass.arrive,
        new_lead: pass.new_lead,
        enter: (fade, rise),
    };
    row::paint(c, &pen, m);
}
