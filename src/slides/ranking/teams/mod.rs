//! Shows a team ranking (DESIGN 6.2): a few tall rows, each with a bar made of its members.

mod bar;
#[cfg(test)]
mod figures;
mod layout;
mod model;
mod row;

use std::collections::HashMap;

use super::model as ranked;
use super::pass::{Mover, Pass};
use super::plate::DrawCtx;
use super::rail::{self, Rail};
use super::tower::{same, stacked};
use crate::board::{Body, Ranking};
use crate::board::{Of, rank};
use crate::motion::{Anim, Curve, Time};
use crate::scene::{Align, Canvas, Fonts};
use crate::slides::context::{Ctx, Look};
use crate::slides::slide::Slide;
use crate::slides::widgets::footer;
use crate::slides::widgets::header::Header;
use crate::slides::widgets::sequence::{self, Sequence};
use crate::theme::{spring, style};
use bar::Bar;
use model::{Team, TeamsContent};

/// With more teams rows are too low for names under the segments.
const MAX_TEAMS: usize = 6;

/// Whether a slide's rows are teams that all have room in rows of their own.
pub fn fit(ctx: &Ctx, r: &Ranking) -> bool {
    if r.of != Of::Teams {
        return false;
    }
    let places = rank::places(ctx.board, ctx.data);
    let n = rank::shown_top(&places, r.top, usize::MAX);
    (1..=MAX_TEAMS).contains(&n) && places.iter().any(|p| p.value.is_some())
}

/// One pass of the rows, and of what teams have besides.
struct Play {
    pass: Pass,
    /// What it says at its end, as it was read.
    content: TeamsContent,
    /// The same with figures that roll.
    teams: HashMap<String, (Team, Bar)>,
    /// The value at the right end of the bars.
    full: Anim,
}

impl Play {
    fn rest(ctx: &Ctx, r: &Ranking) -> Play {
        let (model, content) = model::model(ctx, r);
        let teams = content.teams.iter().map(|t| (t.id.clone(), (t.clone(), Bar::rest(t)))).collect();
        Play { pass: Pass::rest(model), full: Anim::still(content.full), content, teams }
    }

    fn toward(&self, model: ranked::RankingModel, content: TeamsContent, start: Time, reduced: bool) -> Play {
        let curve = spring::curve(spring::ROLL, reduced);
        let same_unit = self.pass.model.header.measure == model.header.measure;
        let amounts = if same_unit { curve } else { Curve::Cut };
        let mut teams = HashMap::new();
        for team in &content.teams {
            let Some((was, bar)) = self.teams.get(&team.id) else {
                teams.insert(team.id.clone(), (team.clone(), Bar::rest(team)));
                continue;
            };
            let mut next = team.clone();
            next.keep_order(was);
            next.under = was.under.roll(team.under.text(), start, amounts);
            if let (Some(new), Some(old)) = (&mut next.head, &was.head) {
                new.0 = old.0.roll(new.0.text(), start, amounts);
            }
            let bar = bar.toward(was, &next, start, content.full, reduced);
            teams.insert(team.id.clone(), (next, bar));
        }
        // Rows that leave keep what they content.
        for (id, gone) in &self.teams {
            teams.entry(id.clone()).or_insert_with(|| gone.clone());
        }
        let full = self.full.aim_eps(content.full, start, curve, 1e-4 * content.full);
        Play { pass: self.pass.toward(model, start, reduced), content, teams, full }
    }
}

impl sequence::Pass for Play {
    fn start(&self) -> Option<Time> {
        self.pass.start
    }

    fn free_at(&self) -> Option<Time> {
        self.pass.free_at()
    }

    fn quiet_at(&self) -> Option<Time> {
        self.pass.quiet_at()
    }
}

pub struct Teams {
    passes: Sequence<Play>,
    reduced: bool,
}

impl Teams {
    /// A board at rest.
    pub fn new(ctx: &Ctx, r: &Ranking) -> Teams {
        Teams { passes: Sequence::rest(Play::rest(ctx, r)), reduced: ctx.screen.reduced_motion }
    }
}

impl Slide for Teams {
    fn update(&mut self, ctx: &Ctx, _fonts: &mut Fonts) {
        let Body::Ranking(r) = &ctx.data.body else { return };
        let t = ctx.now.t;
        self.passes.advance(t);
        let (model, content) = model::model(ctx, r);
        let aim = self.passes.last();
        if same(&aim.pass.model, &model) && aim.content == content {
            return;
        }
        if ctx.quiet {
            self.passes = Sequence::rest(Play::rest(ctx, r));
            return;
        }
        let reduced = self.reduced;
        self.passes.play(t, |play, start| play.toward(model, content, start, reduced));
    }

    fn header(&self, t: Time) -> &Header {
        &self.passes.begun(t).pass.model.header
    }

    fn draw(&self, c: &mut Canvas, look: &Look) {
        let play = self.passes.at(c);
        if let Some(f) = &play.pass.model.footer {
            c.group(0.0, 0.0, look.stays(footer::bottom(c.stage().portrait())), |c| {
                footer::draw(c, look, f, &play.pass.model.header.days_left);
            });
        }
        rows(c, look, play);
    }

    fn dwell_s(&self) -> f64 {
        let m = &self.passes.current().pass.model;
        // A row of a team is read as two: it has its members.
        (3.0 + 1.8 * m.rows.len() as f64 + 0.35 * m.other_words() as f64).clamp(8.0, 30.0)
    }

    fn busy_until(&self) -> Option<Time> {
        self.passes.busy_until()
    }
}

fn rows(c: &mut Canvas, look: &Look, play: &Play) {
    let model = &play.pass.model;
    let mut l = layout::rows(look.screen, model.rows.len(), model.hidden > 0);
    if let Some((_, was, anim)) = &play.pass.relayout {
        let at = c.sample(anim);
        l = layout::rows(look.screen, *was, model.hidden > 0).toward(&l, at);
    }
    let (still, moving) = stacked(&play.pass.movers, c.now().t);
    let team = |row: &ranked::Row| play.teams.get(&row.id).and_then(|(team, _)| team.short.clone());
    let shorts: Vec<(&str, Option<String>)> = model.rows.iter().map(|row| (row.name.as_str(), team(row))).collect();
    let names = row::Names::of(c.fonts, &l, shorts.iter().map(|(name, short)| (*name, short.as_deref())));
    // Who comes or goes does so behind the bottom of the rows.
    let bottom = l.slot_y(model.rows.len().max(1) as f64 - 1.0) as f32 + l.plate + 8.0;
    c.clipped(0.0, l.top - 60.0, 1e5, bottom, |c| {
        c.layer("rows");
        for m in still {
            paint(c, look, play, &l, m, names);
        }
        for m in moving {
            c.layer("moving row");
            paint(c, look, play, &l, m, names);
        }
        if play.pass.rail_until.is_some_and(|until| !c.reached(until)) {
            let tops = |slot: usize| l.slot_y(slot as f64);
            rail::draw(c, look, &play.pass, &Rail { size: l.size(), slots: 0..model.rows.len(), top: &tops });
        }
    });
    if let Some(y) = l.more_y {
        c.layer("more");
        c.group(0.0, 0.0, look.stays(y), |c| {
            let text = (look.locale.words().and_more)(model.hidden);
            c.text(l.name_x[0], y, &text, style::LABEL, look.theme.mid, Align::Left);
        });
    }
}

fn paint(c: &mut Canvas, look: &Look, play: &Play, l: &layout::Rows, m: &Mover, names: row::Names) {
    let Some((team, bar)) = play.teams.get(&m.row.id) else { return };
    let pass = &play.pass;
    let (fade, rise) = m.entrance(c, look, pass.start, m.row.slot);
    let bottom = l.slot_y(m.row.slot as f64) as f32 + l.plate;
    let enter = (fade * look.stays(bottom), rise);
    let rail = pass.rail_until.is_some_and(|until| !c.reached(until));
    let ctx = DrawCtx { look, size: l.size(), arrive: pass.arrive, new_lead: pass.new_lead, rail, enter };
    row::paint(c, &ctx, l, &row::Content { mover: m, team, bar, full: &play.full, names });
}
