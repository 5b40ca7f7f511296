//! Tells how a period was run (DESIGN 6.1, The race): rows give way to ribbons of their places by day, and the ends of the
//! ribbons become the rows again.

mod clock;
mod lanes;
mod model;
mod panel;

use super::layout::Layout;
use super::pass::{Mover, Pass};
use super::plate::{self, DrawCtx, RowState, Size};
use super::row;
use crate::motion::Time;
use crate::scene::{Align, Canvas, SLANT};
use crate::slides::context::Look;
use crate::slides::widgets::hero::{self, Hero};
use clock::Moment;
use lanes::Lanes;
pub use model::RaceModel;

/// How long it takes, in seconds: then the ranking is at rest.
pub const LENGTH_S: f64 = 8.0;
/// Room between the end of a ribbon and the name behind it, in units.
const BEFORE_NAME: f32 = 26.0;
const AFTER_NAME: f32 = 40.0;

/// Paints the race that began at `start` in the place of panel and rows.
pub fn draw(c: &mut Canvas, look: &Look, pass: &Pass, race: &RaceModel, hero: Option<&Hero>, start: Time) {
    let moment = Moment::at(c, start, race);
    if let Some(hero) = hero {
        let told = [start, start.after(clock::ENDS_S)];
        hero::draw_around(c, look, hero, told, &|c| panel::draw(c, look, race, &moment));
    }
    let l = pass.model.layout;
    let movers: Vec<&Mover> = pass.movers.iter().filter(|m| m.row.slot < pass.model.per_page && !m.leaving).collect();
    let width = |m: &&Mover| row::fit(c.fonts, &m.row.name, plate::row_style(&m.row), &l).width;
    let names = movers.iter().map(width).fold(0.0, f32::max);
    let lanes = Lanes::new(&l, race, &moment, names);
    c.clipped(0.0, l.top - 60.0, 1e5, l.bottom + 8.0, |c| {
        c.layer("ribbons");
        // Nothing of them is seen between the rows that grow over them.
        let end = lanes.left() + l.plate * SLANT;
        c.clipped(0.0, l.top - 20.0, end, l.bottom + 1.0, |c| lanes.paint(c, look.theme));
        rows(c, look, &l, &movers, &lanes, &moment);
        c.layer("ranks");
        movers.iter().for_each(|m| rank(c, look, &l, m, &moment));
    });
}

/// The plates of the ranks stand still. While rows run they number the lanes: today's ties are those of no other day.
fn rank(c: &mut Canvas, look: &Look, l: &Layout, m: &Mover, moment: &Moment) {
    let (size, style) = (row::size(l), plate::row_style(&m.row));
    let lane = look.locale.whole(m.row.slot as i64 + 1);
    c.group(0.0, l.slot_y(m.row.slot as f64), 1.0, |c| {
        plate::rank_ground(c, look.theme, size, style, &|color| color);
        let text = if moment.open < 1.0 { &lane } else { &m.row.rank_text };
        plate::rank_text(c, look.theme, size, style, text);
    });
}

/// The rows: at the ends of the ribbons plates with names alone, with their figures where these are seen.
fn rows(c: &mut Canvas, look: &Look, l: &Layout, movers: &[&Mover], lanes: &Lanes, moment: &Moment) {
    let [x0, x1] = l.x;
    // Right of this line the rows have no figures.
    let cut = x0 + (x1 - x0 + 2.0 * AFTER_NAME) * moment.figures as f32;
    let whole = |c: &mut Canvas, m: &Mover| {
        let ctx = DrawCtx { look, size: row::size(l), arrive: None, new_lead: None, rail: true, enter: (1.0, 0.0) };
        row::paint(c, &ctx, l, m, 0.0);
    };
    if moment.figures >= 1.0 {
        c.layer("rows");
        return movers.iter().for_each(|m| whole(c, m));
    }
    // Those between two lanes pass in front, each over the one before it.
    let (between, rest): (Vec<&Mover>, Vec<&Mover>) = movers.iter().partition(|m| lanes.is_between(m.row.slot));
    c.layer("rows");
    for m in &rest {
        let top = l.slot_y(lanes.lane(m.row.slot)) as f32;
        c.right_of(cut, top + l.plate, top + l.plate / 2.0, |c| bare(c, look, l, m, lanes));
    }
    for m in between.iter().rev() {
        c.layer("moving row");
        bare(c, look, l, m, lanes);
    }
    if moment.figures > 0.0 {
        c.layer("row wipe");
        for m in movers {
            let top = l.slot_y(m.row.slot as f64) as f32;
            c.left_of(cut, top + l.plate, top + l.plate / 2.0, |c| whole(c, m));
        }
    }
}

/// A plate from the end of its ribbon to the end of the tower, and on it the name.
fn bare(c: &mut Canvas, look: &Look, l: &Layout, m: &Mover, lanes: &Lanes) {
    let style = plate::row_style(&m.row);
    let left = lanes.left();
    let size = Size { x: [left, l.x[1]], ..row::size(l) };
    let ctx = DrawCtx { look, size, arrive: None, new_lead: None, rail: true, enter: (1.0, 0.0) };
    let state = RowState::flat(look.theme, style);
    // In the style that it has as a row, so that nothing jumps.
    let name = row::fit(c.fonts, &m.row.name, style, l);
    c.group(0.0, l.slot_y(lanes.lane(m.row.slot)), 1.0, |c| {
        plate::ground(c, &ctx, &state);
        c.line(lanes.name_x(), l.plate / 2.0 + 18.9 * l.f, &name, state.ink(look.theme.hi), Align::Left);
    });
}
