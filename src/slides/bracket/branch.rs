//! Draws the tree beside the panel: columns of seats, the connectors between them, the notes between two seats, the names of
//! the rounds.

use super::Rolls;
use super::layout::{Grid, Spot};
use super::model::{Column, Page, Pair, SeatStyle, SeatView};
use super::tree::At;
use super::{prize, seat};
use crate::board::fresh::Band;
use crate::motion::{Anim, Time};
use crate::scene::{Align, Canvas, Color, Slab, Style, Vec2, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::digits::Odometer;
use crate::slides::widgets::enter;
use crate::theme::spring;

/// A winner sets off so long after his match is shown as decided.
const LEAVE_S: f64 = 0.15;

/// A winner on his way: the seat he leaves, the seat he takes.
struct Advance<'a> {
    place: &'a SeatView,
    from: Spot,
    to: Spot,
    target: (At, usize),
    /// What stands in the seat until he is there.
    before: Option<&'a SeatView>,
    anim: Anim,
}

/// Paints the branch of a page. `before`: the page that was shown until an instant.
pub fn draw(c: &mut Canvas, look: &Look, page: &Page, before: Option<(&Page, Time)>, rolls: &Rolls) {
    let portrait = c.stage().portrait();
    let columns = &page.columns;
    // A single match is told by the panel alone.
    let Some(first) = columns.first().filter(|_| columns.len() > 1) else { return };
    let grid = Grid::new(portrait, columns.len(), first.pairs.len());
    let advances = advances(c, look, page, before, &grid);
    // First, because it never moves: then it is there as one texture with the backdrop.
    let last = columns.len() - 1;
    if let (false, Some(Some(pair))) = (page.prize[0].is_empty(), columns[last].pairs.first()) {
        prize::draw(c, look, [grid.seat(last, 0, 0), grid.seat(last, 0, 1)], pair, &page.prize);
    }
    c.layer("ways");
    for (level, column) in columns.iter().enumerate().take(columns.len() - 1) {
        for (i, pair) in column.pairs.iter().enumerate() {
            let joined = columns[level + 1].pairs.get(i / 2).is_some_and(Option::is_some);
            if let Some(pair) = pair.as_ref().filter(|_| joined) {
                connectors(c, look, &grid, level, i, pair);
            }
        }
    }
    c.layer("seats");
    let ctx = DrawCtx { look, grid: &grid, advances: &advances, rolls };
    for (level, column) in columns.iter().enumerate() {
        let (fade, rise) = enter::fade_and_rise(c, look, enter::STEP_S * 2.0 * level as f64);
        c.group(0.0, rise, fade, |c| {
            for (i, pair) in column.pairs.iter().enumerate() {
                if let Some(pair) = pair {
                    let noted = level + 1 < columns.len() || page.prize[0].is_empty();
                    seats(c, &ctx, &Match { level, i, pair, seeded: has_seeds(column, level), noted });
                }
            }
        });
    }
    for advance in &advances {
        let at = c.sample(&advance.anim);
        if at > 0.0 && at < 1.0 {
            c.layer("winner on his way");
            let spot = advance.from.toward(&advance.to, at as f32);
            let score = Odometer::default();
            seat::paint(c, look, &spot, advance.place, &score, false);
        }
    }
    names(c, look, columns, &grid);
}

/// Seeds are told where the draw begins.
fn has_seeds(column: &Column, level: usize) -> bool {
    let seeded = |p: &Pair| p.places.iter().any(|place| !place.seed.is_empty());
    level == 0 && column.pairs.iter().flatten().any(seeded)
}

fn find(page: &Page, at: At) -> Option<(usize, usize, &Pair)> {
    page.columns.iter().enumerate().find_map(|(level, column)| {
        let found = column.pairs.iter().enumerate().find(|(_, p)| p.as_ref().is_some_and(|p| p.at == at));
        found.and_then(|(i, p)| Some((level, i, p.as_ref()?)))
    })
}

/// Those whose win is new, and whose next seat was still open.
fn advances<'a>(
    c: &mut Canvas,
    look: &Look,
    page: &'a Page,
    before: Option<(&'a Page, Time)>,
    grid: &Grid,
) -> Vec<Advance<'a>> {
    let Some((was, flip)) = before else { return Vec::new() };
    let mut out = Vec::new();
    for (level, column) in page.columns.iter().enumerate() {
        for (i, pair) in column.pairs.iter().enumerate().filter_map(|(i, p)| Some((i, p.as_ref()?))) {
            let Some(side) = pair.places.iter().position(|p| p.style == SeatStyle::Won) else { continue };
            let place = &pair.places[side];
            let new = find(was, pair.at).is_some_and(|(.., p)| p.places.iter().all(|p| p.style != SeatStyle::Won));
            let Some((to_level, to_i, next)) = pair.next.and_then(|(at, _)| find(page, at)) else { continue };
            let Some(to_side) = pair.next.map(|(_, side)| side).filter(|s| next.places[*s].id == place.id) else {
                continue;
            };
            if !new || to_level != level + 1 {
                continue;
            }
            let old = find(was, next.at).map(|(.., p)| &p.places[to_side]);
            if old.is_some_and(|o| o.id == place.id) {
                continue;
            }
            let curve = spring::curve(spring::MOVE, look.screen.reduced_motion);
            let anim = Anim::new(0.0, 1.0, 0.0, flip.after(LEAVE_S), curve, 2e-3);
            // A cut has nobody under way.
            if c.now().t >= anim.end() {
                continue;
            }
            out.push(Advance {
                place: &next.places[to_side],
                from: grid.seat(level, i, side),
                to: grid.seat(to_level, to_i, to_side),
                target: (next.at, to_side),
                before: old,
                anim,
            });
        }
    }
    out
}

/// What all seats are painted with.
struct DrawCtx<'a> {
    look: &'a Look<'a>,
    grid: &'a Grid,
    advances: &'a [Advance<'a>],
    rolls: &'a Rolls,
}

/// A match and its place in the tree.
struct Match<'a> {
    /// Column, and place in it from the top.
    level: usize,
    i: usize,
    pair: &'a Pair,
    /// Whether seeds stand before the names.
    seeded: bool,
    /// Whether nothing else stands between its seats.
    noted: bool,
}

/// The seats of a match, and where there is room, and nothing else stands there, what is said between them.
fn seats(c: &mut Canvas, ctx: &DrawCtx, of: &Match) {
    let DrawCtx { look, grid, advances, rolls } = *ctx;
    let Match { level, i, pair, .. } = *of;
    for (side, place) in pair.places.iter().enumerate() {
        let spot = grid.seat(level, i, side);
        let advance = advances.iter().find(|w| w.target == (pair.at, side));
        let place = match advance {
            Some(advance) if c.sample(&advance.anim) < 1.0 => advance.before.unwrap_or(place),
            _ => place,
        };
        let key = (pair.at.0, pair.at.1, side);
        let still = Odometer::still(&place.score);
        let score = if place.id.is_empty() { &still } else { rolls.get(&key).unwrap_or(&still) };
        c.group(0.0, 0.0, look.stays(spot.y + spot.h), |c| seat::paint(c, look, &spot, place, score, of.seeded));
    }
    if level > 0 && of.noted {
        let (upper, lower) = (grid.seat(level, i, 0), grid.seat(level, i, 1));
        let y = grid.match_y(level, i);
        if lower.y - upper.y - upper.h >= 70.0 {
            let tall = lower.y - upper.y - upper.h >= 150.0;
            c.group(0.0, 0.0, look.stays(y + 30.0), |c| {
                note(c, look, pair, vec2(upper.x + 14.0, y), upper.w - 40.0, tall)
            });
        }
    }
}

/// Between two seats: when it was played, or that it is on, and until when.
fn note(c: &mut Canvas, look: &Look, pair: &Pair, Vec2 { x, y }: Vec2, room: f32, tall: bool) {
    let t = look.theme;
    let (live, text) = &pair.note;
    if !live {
        let (line, _) = c.fonts.fit_text(text, Style::new(44.0, Weight::Semi).tracked(0.01), room);
        c.line(x, y + 15.4, &line, t.mid, Align::Left);
        return;
    }
    let time = Style::new(46.0, Weight::Semi).tracked(0.02);
    let time_w = c.fonts.width(text, time);
    let (mut left, mut time_y) = (x, y + 16.1);
    if look.band == Band::Live {
        let style = Style::new(54.0, Weight::Heavy).tracked(0.03);
        let live = c.fonts.line(look.locale.words().bracket.live, style);
        left = x + 36.0 + live.width + 17.0;
        // The time goes below, or stays away, where it has no room beside it.
        let beside = left + time_w <= x + room;
        let live_y = if beside || !tall || text.is_empty() { y } else { y - 30.0 };
        c.disc(x + 12.0, live_y, 12.0, t.up);
        c.line(x + 36.0, live_y + 18.9, &live, t.up, Align::Left);
        if !beside {
            if !tall {
                return;
            }
            (left, time_y) = (x, y + 46.0);
        }
    }
    let (line, _) = c.fonts.fit_text(text, time, (x + room - left).max(60.0));
    c.line(left, time_y, &line, t.mid, Align::Left);
}

/// The connectors of both sides of a match to the seat that its winner takes; the winner's, or the leader's, on top.
fn connectors(c: &mut Canvas, look: &Look, grid: &Grid, level: usize, i: usize, pair: &Pair) {
    let t = look.theme;
    let [leave, turn, arrive] = grid.connector(level);
    let y = grid.match_y(level, i);
    let kind = |seat_style: SeatStyle| -> (f32, Color, bool) {
        match seat_style {
            SeatStyle::Won => (7.0, t.way, true),
            SeatStyle::Leads if !t.grey => (9.0, t.accent, true),
            SeatStyle::Leads | SeatStyle::Chases => (7.0, t.bar, false),
            _ => (5.0, t.stub, false),
        }
    };
    let mut sides: Vec<(f32, f32, Color, bool)> = (0..2)
        .map(|side| {
            let (w, color, whole) = kind(pair.places[side].style);
            (grid.seat(level, i, side).middle(), w, color, whole)
        })
        .collect();
    // What leads on is painted last; without anybody in front a stub leads on.
    sides.sort_by_key(|s| s.3);
    let open = sides.iter().all(|s| !s.3);
    let bottom = grid.seat(level, i, 1).middle();
    c.group(0.0, 0.0, look.stays(bottom), |c| {
        for (from, w, color, whole) in sides {
            let half = w / 2.0;
            c.slab(Slab::rect(leave, from - half, turn + half - leave, w), color);
            let (a, b) = if from < y { (from, y) } else { (y, from) };
            let (over, under) = if whole { (half, half) } else { (0.0, 0.0) };
            c.slab(Slab::rect(turn - half, a - over, w, b - a + over + under), color);
            if whole {
                c.slab(Slab::rect(turn, y - half, arrive - turn, w), color);
            }
        }
        if open {
            c.slab(Slab::rect(turn, y - 2.5, arrive - turn, 5.0), t.stub);
        }
    });
}

/// The rounds' names under their columns; the current one stands out.
fn names(c: &mut Canvas, look: &Look, columns: &[Column], grid: &Grid) {
    let t = look.theme;
    let portrait = c.stage().portrait();
    let y = if portrait { 1753.1 } else { 1016.1 };
    let style = Style::new(46.0, Weight::Semi).tracked(0.03);
    c.layer("rounds");
    c.group(0.0, 0.0, look.stays(y), |c| {
        for (i, column) in columns.iter().enumerate() {
            let [x, w] = grid.columns[i.min(grid.columns.len() - 1)];
            let room = grid.columns.get(i + 1).map_or(w, |next| next[0] - x - 16.0);
            let ink = if column.current { t.hi } else { t.mid };
            let date_w = if column.date.is_empty() { 0.0 } else { c.fonts.width(&column.date, style) + 22.0 };
            let label_w = c.fonts.width(&column.label, style);
            // The date gives way to the name.
            let date_w = if label_w + date_w > room { 0.0 } else { date_w };
            let (label, _) = c.fonts.fit_text(&column.label, style, room - date_w);
            c.line(x, y, &label, ink, Align::Left);
            if date_w > 0.0 {
                c.text(x + label.width + 22.0, y, &column.date, style, ink, Align::Left);
            }
        }
    });
}
