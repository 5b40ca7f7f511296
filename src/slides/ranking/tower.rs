//! Shows the stack ranking (DESIGN 6.1): a tower of rows beside the leader's panel.

use super::pass::{Climb, Mover, Pass};
use super::plate::DrawCtx;
use super::race::{self, RaceModel};
use super::rail::{self, Rail};
use super::{empty, model, row};
use crate::board::fresh::Band;
use crate::board::{Body, Ranking};
use crate::motion::Time;
use crate::scene::{Align, Canvas, Fonts, Rect};
use crate::slides::context::{Ctx, Look};
use crate::slides::slide::{Pages, Slide};
use crate::slides::widgets::header::Header;
use crate::slides::widgets::hero::Hero;
use crate::slides::widgets::sequence::Sequence;
use crate::slides::widgets::{footer, hero};
use crate::theme::style;

/// So many pages are shown in a row.
const MAX_IN_A_ROW: usize = 3;

pub struct Tower {
    passes: Sequence<Pass>,
    reduced: bool,
    /// The page that the last update turns to.
    turns_to: Option<usize>,
    race: Option<RaceModel>,
}

impl Tower {
    /// A board at rest.
    pub fn new(ctx: &Ctx, r: &Ranking) -> Tower {
        let model = model::model(ctx, r);
        Tower {
            race: RaceModel::of(ctx, &model),
            passes: Sequence::rest(Pass::rest(model)),
            reduced: ctx.screen.reduced_motion,
            turns_to: None,
        }
    }
}

impl Tower {
    /// The climb of the pass that follows.
    fn waits(&self) -> Option<Climb> {
        self.passes.following().and_then(|next| next.climb)
    }
}

impl Slide for Tower {
    fn update(&mut self, ctx: &Ctx, _fonts: &mut Fonts) {
        let Body::Ranking(r) = &ctx.data.body else { return };
        let t = ctx.now.t;
        self.passes.advance(t);
        self.turns_to = None;
        let model = model::model(ctx, r);
        self.race = RaceModel::of(ctx, &model);
        let aim = self.passes.last();
        if same(&aim.model, &model) {
            return;
        }
        if ctx.quiet || self.passes.current().model.rows.is_empty() || model.rows.is_empty() {
            self.passes = Sequence::rest(Pass::rest(model));
            return;
        }
        let reduced = self.reduced;
        let page = self.waits().map(|climb| climb.pages[0]).or(ctx.page);
        self.passes.play(t, |pass, start| pass.across_pages(page, model, start, reduced));
        self.turns_to = self.passes.last().climb.map(|climb| climb.pages[1]);
    }

    fn header(&self, t: Time) -> &Header {
        &self.passes.begun(t).model.header
    }

    fn draw(&self, c: &mut Canvas, look: &Look) {
        let pass = self.passes.at(c);
        // A climb that is still to come begins on the page that it leaves.
        let waits = self.waits().filter(|_| self.passes.following().is_some_and(|next| next.start > Some(c.now().t)));
        let look = &Look { page: waits.map_or(look.page, |climb| climb.pages[0]), ..*look };
        if pass.model.hero.is_none() && pass.model.rows.iter().all(|r| r.value.is_none()) {
            empty::draw(c, look, &pass.model);
            return sum_line(c, look, pass);
        }
        let race = self
            .race
            .as_ref()
            .zip(look.race)
            .filter(|(_, start)| look.page == 0 && c.reached(*start) && c.now().t < start.after(race::LENGTH_S));
        if let Some((race, start)) = race {
            let hero = leader(look, pass);
            race::draw(c, look, pass, race, hero.as_ref(), start);
            return sum_line(c, look, pass);
        }
        panel(c, look, pass);
        // In front of the panel's shadow.
        sum_line(c, look, pass);
        tower(c, look, pass);
    }

    fn dwell_s(&self) -> f64 {
        let m = &self.passes.current().model;
        // DESIGN 5, Dwell.
        (3.0 + 0.9 * m.per_page as f64 + 0.35 * m.other_words() as f64).clamp(8.0, 30.0)
    }

    fn pages(&self) -> Pages {
        let count = self.passes.current().model.pages();
        // Long lists take turns: nobody waits minutes for the other slides (DESIGN 5, Dwell).
        if count > MAX_IN_A_ROW { Pages::in_turn(count) } else { Pages::all(count) }
    }

    fn page_of(&self, who: Option<&str>, _metric: Option<&str>) -> usize {
        let m = &self.passes.current().model;
        m.rows.iter().position(|row| Some(row.id.as_str()) == who).map_or(0, |i| i / m.per_page.max(1))
    }

    fn row_of(&self, who: &str, page: usize) -> Option<Rect> {
        let m = &self.passes.current().model;
        let slot = m.rows.iter().position(|row| row.id == who)?.checked_sub(m.first(page))?;
        let l = &m.layout;
        let place = Rect::sized(l.x[0], l.slot_y(slot as f64) as f32, l.x[1] - l.x[0], l.plate);
        Some(place).filter(|_| slot < m.per_page)
    }

    fn turns_to(&self) -> Option<usize> {
        self.turns_to
    }

    fn has_race(&self) -> bool {
        self.race.is_some()
    }

    fn busy_until(&self) -> Option<Time> {
        self.passes.busy_until()
    }
}

/// Whether two models read alike; what rolls in them does not count.
pub(super) fn same(a: &model::RankingModel, b: &model::RankingModel) -> bool {
    let footer = |m: &model::RankingModel| {
        m.footer.as_ref().map(|f| {
            (
                f.label.clone(),
                f.value.text().to_owned(),
                f.of.clone(),
                f.share.map(|s| s.target()),
                f.pace,
                f.story.clone(),
                f.verdict.as_ref().map(|v| {
                    let (way, text) = v.latest();
                    (way, text.to_owned())
                }),
            )
        })
    };
    let hero = |m: &model::RankingModel| {
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
    let photo = |m: &model::RankingModel| m.hero.as_ref().and_then(|h| h.photo.clone());
    (&a.header, a.layout, a.per_page, &a.rows, a.hidden, a.leader_since, &a.starts)
        == (&b.header, b.layout, b.per_page, &b.rows, b.hidden, b.leader_since, &b.starts)
        && footer(a) == footer(b)
        && hero(a) == hero(b)
        && photo(a) == photo(b)
}

fn sum_line(c: &mut Canvas, look: &Look, pass: &Pass) {
    if let Some(f) = &pass.model.footer {
        c.group(0.0, 0.0, look.stays(footer::bottom(c.stage().portrait())), |c| {
            footer::draw(c, look, f, &pass.model.header.days_left);
        });
    }
}

/// What the panel says at this age of the data.
fn leader(look: &Look, pass: &Pass) -> Option<Hero> {
    let words = look.locale.words();
    let mut hero = pass.model.hero.clone()?;
    if look.band >= Band::Grey {
        // Too old to say who leads: only what was true then (DESIGN 6.9).
        let at = look.as_of.map(|at| (look.clock)(at)).unwrap_or_default();
        hero.kicker = (words.at)(&at);
        hero.since = pass.model.header.days_left.clone();
    } else if let Some(since) = pass.model.leader_since {
        hero.since = (words.since)(&(look.clock)(since));
    }
    Some(hero)
}

fn panel(c: &mut Canvas, look: &Look, pass: &Pass) {
    let Some(hero) = leader(look, pass) else { return };
    let before = pass.old_hero.as_ref().zip(pass.new_lead);
    match before {
        Some((old, at)) if !c.reached(at) => hero::draw(c, look, old, None),
        Some((old, at)) => hero::draw(c, look, &hero, Some((old, at))),
        None => hero::draw(c, look, &hero, None),
    }
}

/// Rows that rest, and those on their way: fallers behind, risers in front, the largest gain on top.
pub(super) fn stacked(movers: &[Mover], now: Time) -> (Vec<&Mover>, Vec<&Mover>) {
    let moving = |m: &Mover| {
        m.at.slot.value_at(now) != m.at.slot.target() || (m.at.slot.end() > now && m.at.slot.at(now).1.is_some())
    };
    let in_motion = |m: &&Mover| moving(m) && now < m.at.slot.end();
    let mut still: Vec<&Mover> = movers.iter().filter(|m| !in_motion(m) && !m.leaving).collect();
    let mut moving: Vec<&Mover> = movers.iter().filter(in_motion).collect();
    still.sort_by_key(|m| m.row.slot);
    moving.sort_by_key(|m| m.gained);
    (still, moving)
}

fn tower(c: &mut Canvas, look: &Look, pass: &Pass) {
    let model = &pass.model;
    let (mut l, first) = (model.layout, model.first(look.page));
    let mut top = first as f64;
    if let Some((was, per_page, anim)) = &pass.relayout {
        let at = c.sample(anim);
        l = was.toward(&l, at);
        top += ((look.page * per_page) as f64 - top) * (1.0 - at);
    }
    let page = first..first + model.per_page;
    // The climb of this page: its rows come by until it has arrived.
    let climb = pass.climb.filter(|climb| climb.first[1] == first);
    if let Some(climb) = climb {
        top = climb.top(c, &pass.movers);
    }
    let scrolls = top != first as f64 && climb.is_some();
    let edge = if c.stage().portrait() { 6.0 } else { 8.0 };
    let (still, moving) = stacked(&pass.movers, c.now().t);
    // Beyond the page's own rows only what is on its way in or out is seen.
    let seen = if scrolls {
        (top.floor().max(0.0) as usize)..(top.ceil() as usize + model.per_page).min(model.rows.len())
    } else {
        page.clone()
    };
    let rail = pass.rail_until.is_some_and(|until| !c.reached(until));
    c.clipped(0.0, l.top - if first == 0 && !scrolls { 60.0 } else { 1.0 }, 1e5, l.bottom + edge, |c| {
        c.layer("rows");
        for m in still.into_iter().filter(|m| seen.contains(&m.row.slot)) {
            paint(c, look, pass, &l, m, top);
        }
        for m in moving {
            if l.slot_y(c.sample_track(&m.at.slot) - top) as f32 >= l.bottom + edge {
                continue;
            }
            c.layer("moving row");
            paint(c, look, pass, &l, m, top);
        }
        if rail {
            let tops = |slot: usize| l.slot_y(slot as f64 - top);
            rail::draw(c, look, pass, &Rail { size: row::size(&l), slots: seen, top: &tops });
        }
    });
    // As many as come after this page, whether on the next one or nowhere. Full pages say so in the place of a sum.
    let after = model.rows.len().saturating_sub(page.end) + model.hidden;
    let free = (model.footer.is_none() && after > 0).then(|| l.bottom + if c.stage().portrait() { 61.0 } else { 64.0 });
    if let Some(y) = l.more_y.or(free) {
        let text = (look.locale.words().and_more)(after);
        c.layer("more");
        c.group(0.0, 0.0, look.stays(y), |c| {
            c.text(l.name_x, y, &text, style::LABEL, look.theme.mid, Align::Left);
        });
    }
}

fn paint(c: &mut Canvas, look: &Look, pass: &Pass, l: &super::layout::Layout, m: &Mover, top: f64) {
    let place = m.row.slot.saturating_sub(top.round() as usize);
    let (fade, rise) = m.entrance(c, look, pass.start, place);
    let bottom = l.slot_y(m.row.slot as f64 - top) as f32 + l.plate;
    let enter = (fade * look.stays(bottom), rise);
    let rail = pass.rail_until.is_some_and(|until| !c.reached(until));
    let ctx = DrawCtx { look, size: row::size(l), arrive: pass.arrive, new_lead: pass.new_lead, rail, enter };
    row::paint(c, &ctx, l, m, top);
}
