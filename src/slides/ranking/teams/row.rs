//! Draws one team's row.

use super::super::pass::Mover;
use super::super::plate::{self, DrawCtx, RowState, RowStyle};
use super::super::row as tower_row;
use super::bar::{Bar, Segment};
use super::layout::{At, Rows};
use super::model::Team;
use crate::motion::Anim;
use crate::scene::{Align, Canvas, Fonts, Paint, SLANT, Slab, Style, Weight, vec2};
use crate::slides::widgets::bar::Scale;
use crate::theme::{BLACK, WHITE};

/// Free between two segments.
const BETWEEN: f32 = 5.0;
/// Free between two members' names before they count as touching.
const APART: f32 = 8.0;
/// Text of the second rank on the accent slab.
const ON_SOFT: f64 = 0.86;
/// A goal is set in this size at the least before it is left out.
const MIN_GOAL_SIZE: f32 = 38.0;
/// A name is set in this size at the least before it is cut.
const MIN_NAME_SIZE: f32 = 46.0;

/// What stands on a row.
pub struct Content<'a> {
    /// Its place and figures.
    pub mover: &'a Mover,
    /// What it says besides.
    pub team: &'a Team,
    pub bar: &'a Bar,
    /// The value at the right end of the bars.
    pub full: &'a Anim,
    /// How names are written.
    pub names: Names,
}

/// The size and the form that the names of a list have in common.
#[derive(Debug, Clone, Copy)]
pub struct Names {
    size: f32,
    short: bool,
}

impl Names {
    /// The largest size in which all fit; where one would become too small in full, all that have a short form use it.
    pub fn of<'a>(
        fonts: &mut Fonts,
        l: &Rows,
        teams: impl Iterator<Item = (&'a str, Option<&'a str>)> + Clone,
    ) -> Names {
        let [_, max] = l.name_x;
        let style = Style::new(l.name.size, Weight::Heavy);
        let mut fits = |name: &str| fonts.width(name, style.sized(l.name.size * 0.86)) <= max;
        let short = !teams.clone().all(|(name, _)| fits(name));
        let of = |(name, own): (&'a str, Option<&'a str>)| if short { own.unwrap_or(name) } else { name };
        let names: Vec<&str> = teams.map(of).collect();
        let all = |fonts: &mut Fonts, style: Style| names.iter().all(|name| fonts.width(name, style) <= max);
        Names { size: fonts.shrink_until(style, MIN_NAME_SIZE, 2.0, all).size, short }
    }
}

/// Paints one row where it is now.
pub fn paint(c: &mut Canvas, ctx: &DrawCtx, l: &Rows, row: &Content) {
    let slot = c.sample_track(&row.mover.at.slot);
    plate::paint(c, ctx, row.mover, l.slot_y(slot), &|c, state| {
        tower_row::team_tab(c, ctx, row.mover, state);
        texts(c, ctx, l, row, state);
        let full = c.sample(row.full);
        let scale = l.scale(full);
        let scale = Scale { x: scale.x + state.stay, ..scale };
        segments(c, ctx, l, row, state, &scale);
    });
}

fn style(at: At, weight: Weight) -> Style {
    Style::new(at.size, weight)
}

fn texts(c: &mut Canvas, ctx: &DrawCtx, l: &Rows, row: &Content, state: &RowState) {
    let t = ctx.look.theme;
    let middle = l.plate / 2.0;
    let y = |at: At| middle + at.baseline();
    let strong = if state.style == RowStyle::One { Weight::Heavy } else { Weight::Bold };
    let soft = state.on.map_or_else(|| state.shade(t.mid), |on| on.fade(ON_SOFT));
    let (m, team) = (row.mover, row.team);
    let Names { size, short } = row.names;
    let name = team.short.as_deref().filter(|_| short).unwrap_or(&m.row.name);
    let (name, _) = c.fonts.fit_text(name, Style::new(size, strong), l.name_x[1]);
    let lower = (l.name.size - size) * 0.35;
    c.line(l.name_x[0], y(l.name) - lower, &name, state.ink(t.hi), Align::Left);
    tower_row::chip(c, ctx, m, state, vec2(l.name_x[0] + 13.0, middle + l.under.dy), 1.0);
    let mut x = l.under_x[0];
    if !team.under.text().is_empty() {
        x += team.under.paint(c, x, y(l.under), style(l.under, Weight::Bold), state.ink(t.hi), Align::Left) + 12.0;
    }
    // A goal is written whole or not at all.
    let of = c.fonts.shrink(&team.of, style(l.of, Weight::Semi), MIN_GOAL_SIZE, l.under_x[1] - x);
    if !team.of.is_empty() && c.fonts.width(&team.of, of) <= l.under_x[1] - x {
        c.text(x, y(l.of), &team.of, of, soft, Align::Left);
    }
    if let Some((figure, label)) = &team.head {
        let label_style = style(l.head_label, Weight::Semi).tracked(0.02);
        let beside = l.head.dy == l.head_label.dy;
        let w = if beside { c.fonts.width(label, label_style) } else { 0.0 };
        c.text(l.head_x + state.stay, y(l.head_label), label, label_style, soft, Align::Right);
        let x = state.stay + if beside { l.head_x - w - 14.0 } else { l.head_x };
        figure.paint(c, x, y(l.head), style(l.head, Weight::Bold), state.ink(t.hi), Align::Right);
    }
    measure(c, l, row, state, strong, state.ink(t.hi));
}

/// The measure of the order, as large as its room allows, with its unit.
fn measure(c: &mut Canvas, l: &Rows, row: &Content, state: &RowState, strong: Weight, ink: crate::scene::Color) {
    let team = row.team;
    let middle = l.plate / 2.0;
    let size = c.fonts.shrink_until(Style::new(l.value.size, strong), 54.0, 2.0, |fonts, style| {
        let unit = if team.unit.is_empty() { 0.0 } else { fonts.width(&team.unit, unit_style(style.size)) + 6.0 };
        fonts.width(row.mover.value.text(), style) + unit <= l.value_w
    });
    let size = size.size;
    let y = middle + l.value.dy + size * 0.35;
    let mut x = l.value_x + state.stay;
    if !team.unit.is_empty() {
        x -= c.text(x, y, &team.unit, unit_style(size), ink, Align::Right) + 6.0;
    }
    row.mover.value.paint(c, x, y, Style::new(size, strong), ink, Align::Right);
}

fn unit_style(size: f32) -> Style {
    Style::new((size * 60.0 / 118.0).max(44.0), Weight::Semi)
}

fn segments(c: &mut Canvas, ctx: &DrawCtx, l: &Rows, row: &Content, state: &RowState, scale: &Scale) {
    let t = ctx.look.theme;
    let team = row.team;
    // The groove is as long as the way to the goal.
    let groove = Scale { w: scale.reach(team.goal.unwrap_or(0.0)) + scale.h * SLANT, ..*scale };
    if team.goal.is_some() {
        groove.groove(c, if state.on.is_some() { BLACK.fade(0.20) } else { state.shade(t.track) });
    }
    let [a, b] = match (state.on, team.behind) {
        // Dark segments under dark ink; under white ink they are white, as the bar of a tower's first row.
        (Some(on), _) if t.on_one == WHITE && !t.muted => [on, on.mix(t.row_one[0], 0.18)],
        (Some(_), _) => t.plate_one,
        (None, true) => t.segment_down,
        (None, false) => t.segment,
    };
    let paint = Paint::down(state.shade(a), state.shade(b));
    let fresh = if state.on.is_some() { paint.clone() } else { Paint::down(t.up, t.segment[0].mix(t.up, 0.6)) };
    let pieces = row.bar.segments.iter().any(|s| s.joins.is_some());
    let own = row.bar.segments.iter().filter(|s| s.joins.is_none()).count();
    let mut shown: Vec<(&Segment, f32, f32)> = Vec::new();
    for (i, s) in row.bar.segments.iter().enumerate() {
        let (at, len) = (c.sample_track(&s.at), c.sample_track(&s.len));
        // The last one ends exactly where the team stands.
        let between = if s.joins.is_some() || (i + 1 == own && !pieces) { 0.0 } else { BETWEEN };
        shown.push((s, scale.reach(at), scale.reach(at + len) - between));
    }
    let right = scale.x + scale.w;
    c.clipped(scale.x, scale.y - 2.0, right, scale.y + scale.h + 2.0, |c| {
        for (s, from, to) in &shown {
            if to - from > 0.5 {
                let slab = Slab::lean(scale.x + from, scale.y, to - from + scale.h * SLANT, scale.h);
                c.slab(slab, if s.joins.is_some() { fresh.clone() } else { paint.clone() });
            }
        }
    });
    if let Some(goal) = team.goal {
        scale.goal(c, ctx.look, goal, l.half);
    }
    if let Some(pace) = team.pace {
        scale.pace(c, ctx.look, pace, l.half);
    }
    members(c, ctx, l, state, scale, &shown);
}

/// Names under the middles of the segments: never inside the bar, where the markers would cut them.
fn members(c: &mut Canvas, ctx: &DrawCtx, l: &Rows, state: &RowState, scale: &Scale, shown: &[(&Segment, f32, f32)]) {
    let t = ctx.look.theme;
    let weight = if state.on.is_some() { Weight::Bold } else { Weight::Semi };
    let style = Style::new(l.members.size, weight);
    let dy = l.members.dy - l.bar[3];
    // Down the slant from the bar's middle, to about where the eye draws it.
    let under = |from: f32, to: f32| scale.x + scale.h * SLANT / 2.0 + (from + to) / 2.0 - dy * 0.19;
    let fits = |c: &mut Canvas, which: usize| {
        let mut left = f32::MIN;
        let mut own: Vec<_> = shown.iter().filter(|s| s.0.joins.is_none()).collect();
        own.sort_by(|a, b| a.1.total_cmp(&b.1));
        own.iter().all(|(s, from, to)| {
            let (w, x) = (c.fonts.width(&s.label[which], style), under(*from, *to));
            let fits = x - w / 2.0 >= left + APART;
            left = x + w / 2.0;
            fits || s.label[which].is_empty()
        })
    };
    // One glyph for the whole row where two would touch; where even those would, no name says less than it seems to.
    let which = (0..2).find(|&which| fits(c, which));
    let ink = state.on.unwrap_or_else(|| state.shade(t.mid));
    // A new piece says whose it is; the names it would touch give way while it does.
    let mut taken: Vec<[f32; 2]> = Vec::new();
    let mut order: Vec<&(&Segment, f32, f32)> = shown.iter().collect();
    order.sort_by(|a, b| {
        (b.0.joins.is_some(), b.2 - b.1)
            .partial_cmp(&(a.0.joins.is_some(), a.2 - a.1))
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    for (s, from, to) in order {
        let piece = s.joins.is_some();
        let Some(text) = (if piece { Some(0) } else { which }).map(|which| &s.label[which]) else { continue };
        if to - from < 0.5 || text.is_empty() {
            continue;
        }
        let w = c.fonts.width(text, style);
        let x = under(*from, *to).max(scale.x + w / 2.0).min(scale.x + scale.w - w / 2.0);
        let span = [x - w / 2.0 - APART / 2.0, x + w / 2.0 + APART / 2.0];
        if taken.iter().any(|t| t[0] < span[1] && span[0] < t[1]) {
            continue;
        }
        taken.push(span);
        let color = if piece && state.on.is_none() && !t.grey { t.up } else { ink };
        c.text(x, l.plate / 2.0 + l.members.baseline(), text, style, color, Align::Center);
    }
}
