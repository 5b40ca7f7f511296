//! Shows a contest (DESIGN 6.3): the first two as a duel, what the second needs, the next six under it, and the time
//! that is left.

mod crown;
#[cfg(test)]
mod figures;
mod layout;
mod model;
mod open;
mod pass;
mod row;
mod say;
mod sheet;
#[cfg(test)]
mod tests;
mod threshold;
mod under;

use crate::board::ContestState as State;
use crate::board::fresh::Band;
use crate::board::{Body, Contest};
use crate::motion::Time;
use crate::scene::{Canvas, Fonts, vec2};
use crate::slides::context::{Ctx, Look};
use crate::slides::slide::Slide;
use crate::slides::widgets::duel;
use crate::slides::widgets::enter;
use crate::slides::widgets::header::Header;
use crate::slides::widgets::podium;
use crate::slides::widgets::sequence::Sequence;
use model::Picture;
use pass::{Mover, Pass};

/// DESIGN 5, Dwell.
const DWELL_S: f64 = 15.0;

/// How many rows it has room for: the two of the duel and those under it.
pub(super) const ROOM: usize = layout::ROWS + 2;

pub(super) fn build(ctx: &Ctx, contest: &Contest) -> Box<dyn Slide> {
    Box::new(ContestSlide {
        passes: Sequence::rest(Pass::rest(model::model(ctx, contest))),
        crowned: None,
        reduced: ctx.screen.reduced_motion,
    })
}

struct ContestSlide {
    passes: Sequence<Pass>,
    /// When the result became final before the room's eyes: the podium rises from then on.
    crowned: Option<Time>,
    reduced: bool,
}

impl Slide for ContestSlide {
    fn update(&mut self, ctx: &Ctx, _fonts: &mut Fonts) {
        let Body::Contest(contest) = &ctx.data.body else { return };
        let t = ctx.now.t;
        self.passes.advance(t);
        let model = model::model(ctx, contest);
        let aim = self.passes.last();
        if aim.model == model {
            return;
        }
        let cut = aim.model.picture != model.picture || aim.model.state != model.state;
        if model.podium.is_some() && aim.model.podium.is_none() && !ctx.quiet {
            self.crowned = Some(t);
        }
        if ctx.quiet || cut || self.passes.current().model.layout != model.layout {
            self.passes = Sequence::rest(Pass::rest(model));
            return;
        }
        let reduced = self.reduced;
        self.passes.play(t, |pass, start| pass.toward(model, start, reduced));
    }

    fn header(&self, t: Time) -> &Header {
        &self.passes.begun(t).model.header
    }

    fn draw(&self, c: &mut Canvas, look: &Look) {
        let pass = self.passes.at(c);
        let m = &pass.model;
        let is_over = over(c, m);
        let claims = claims(look, is_over);
        let pending = is_over && m.state == State::Running;
        if let Some(podium) = m.podium.as_ref().filter(|_| claims) {
            return podium::draw(c, look, podium, self.crowned.max(look.entered));
        }
        match &m.picture {
            Picture::Empty(lines) => open::empty(c, look, m, lines),
            Picture::Upcoming => open::upcoming(c, look, m),
            Picture::Duel => rivals(c, look, pass, claims, pending),
        }
        under::action(c, look, pass, claims, pending);
        rows(c, look, pass);
        under::footer(c, look, m);
    }

    fn dwell_s(&self) -> f64 {
        DWELL_S
    }

    fn busy_until(&self) -> Option<Time> {
        let rising = self.crowned.map(|at| at.after(podium::settled_s(3)));
        self.passes.busy_until().max(rising)
    }
}

/// Whether it has ended, by the source's word or by its time.
fn over(c: &mut Canvas, m: &model::ContestModel) -> bool {
    let now = c.now();
    match m.state {
        State::Ended | State::Final => true,
        State::Running => m.ends.is_some_and(|at| c.reached(now.when_wall(at.as_microsecond()))),
        State::Upcoming => false,
    }
}

/// Whether the data may say who leads or has won: it is not grey, and what came after the end is known (DESIGN 6.9).
fn claims(look: &Look, over: bool) -> bool {
    look.band < Band::Grey && !(over && look.band != Band::Live)
}

/// The duel. `pending`: its time is up, and the source has not said how it ended.
fn rivals(c: &mut Canvas, look: &Look, pass: &Pass, claims: bool, pending: bool) {
    let mut now = pass.duel.clone();
    let mut before = pass.swept.as_ref().map(|(old, _, at)| (old.clone(), *at));
    if !claims {
        let at = look.as_of.map(|at| (look.clock)(at)).unwrap_or_default();
        for duel in [Some(&mut now), before.as_mut().map(|(old, _)| old)].into_iter().flatten() {
            let [first, second] = &mut duel.sides;
            first.iter_mut().for_each(|s| s.kicker = (look.locale.words().at)(&at));
            second.iter_mut().for_each(|s| s.kicker = String::new());
        }
    }
    if claims && pending {
        for duel in [Some(&mut now), before.as_mut().map(|(old, _)| old)].into_iter().flatten() {
            for (side, kicker) in duel.sides.iter_mut().zip(&pass.model.over.kickers) {
                side.iter_mut().for_each(|s| s.kicker.clone_from(kicker));
            }
        }
    }
    if let Some(recent) = pass.model.recent.as_ref().filter(|_| claims && !pending && pass.model.layout.area.stacked) {
        now.sides[1].iter_mut().for_each(|s| {
            s.note.clone_from(&recent.text);
            s.note_sign = recent.sign;
        });
    }
    duel::draw(c, look, &now, before.as_ref().map(|(old, at)| (old, *at)), &pass.model.layout.area);
}

fn rows(c: &mut Canvas, look: &Look, pass: &Pass) {
    let m = &pass.model;
    let l = &m.layout;
    if matches!(m.picture, Picture::Empty(_)) {
        c.layer("ghost rows");
        c.group(0.0, 0.0, look.stays(l.bottom()), |c| row::ghosts(c, look, l));
        return;
    }
    let last = under::last_minute(c, look, m);
    let now = c.now().t;
    let in_motion = |mover: &&Mover| now < mover.at.end();
    let (mut movers, still): (Vec<&Mover>, Vec<&Mover>) = pass.movers.iter().partition(in_motion);
    // Fallers behind, risers in front, the largest gain on top.
    movers.sort_by_key(|mover| mover.gained);
    let columns = row::columns(c.fonts, l, &pass.movers);
    let portrait = c.stage().portrait();
    let bottom = last.cut(portrait).unwrap_or(l.bottom() + 8.0);
    c.clipped(0.0, l.top - 8.0, 1e5, bottom, |c| {
        c.layer("rows");
        for mover in still.into_iter().filter(|mover| !mover.leaving) {
            paint(c, look, pass, columns, mover, &last);
        }
        for mover in movers {
            c.layer("moving row");
            paint(c, look, pass, columns, mover, &last);
        }
        if rail_is_out(c, pass) {
            rail(c, look, pass, &last);
        }
        for (i, prize) in m.prizes.iter().skip(1).enumerate() {
            let slot = l.prize_slot + i;
            if slot < l.slots() {
                let alpha = look.stays(l.place(slot).y + layout::PLATE) * last.stays(slot, portrait);
                c.group(0.0, 0.0, alpha, |c| row::prize(c, look, l, slot, prize));
            }
        }
    });
    last.paint(c, look);
}

/// Whether rows are on their way: then their numerals stand on a rail, and names pass under it.
fn rail_is_out(c: &mut Canvas, pass: &Pass) -> bool {
    pass.rail_until.is_some_and(|until| !c.reached(until))
}

/// The ranks in front of the rows. What they say changes when all rows have arrived, everywhere in one instant.
fn rail(c: &mut Canvas, look: &Look, pass: &Pass, last: &under::LastMinute) {
    c.layer("ranks");
    let l = &pass.model.layout;
    let arrived = pass.arrive.is_none_or(|at| c.reached(at));
    for slot in 0..l.slots() {
        let (old, new) = (pass.ranks.get(slot), pass.model.rows.get(slot));
        let Some(row) = (if arrived { new } else { old.or(new) }) else { continue };
        let place = l.place(slot);
        let (fade, rise) = enter::fade_and_rise(c, look, enter::STEP_S * slot as f64);
        let alpha = fade * look.stays(place.y + layout::PLATE) * last.stays(slot, c.stage().portrait());
        c.group(place.x.into(), f64::from(place.y) + rise, alpha, |c| row::rank(c, look.theme, row));
    }
}

fn paint(c: &mut Canvas, look: &Look, pass: &Pass, columns: row::Columns, m: &Mover, last: &under::LastMinute) {
    let l = &pass.model.layout;
    let (mut fade, rise) = m.entrance(c, look, pass.start, m.row.slot);
    let [x, y] = [&m.at.x, &m.at.y].map(|track| c.sample_track(track) as f32);
    fade *= look.stays(l.place(m.row.slot).y + layout::PLATE) * last.stays_at(vec2(x, y), c.stage().portrait());
    let ctx =
        row::DrawCtx { look, layout: l, arrive: pass.arrive, columns, rail: rail_is_out(c, pass), enter: (fade, rise) };
    row::paint(c, &ctx, m);
}
