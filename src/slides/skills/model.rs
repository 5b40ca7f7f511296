//! Decides what a strengths map says, and what it keeps to itself: of a person only the strongest axis is known here, and only
//! where that is no weakness its figure is said (DESIGN 6.7, FEED §7).

use std::cmp::Ordering;

use super::grid;
use super::steps::Level;
use crate::board::{Metric, Skills, SkillsRow, Unit};
use crate::scene::{Fonts, Style, Weight};
use crate::slides::context::Ctx;
use crate::slides::widgets::header::Header;
use crate::slides::widgets::lines::{self, Fitted, Room};
use crate::words::{Locale, NumberStyle};

pub const COLUMNS: usize = 6;
/// People behind a mean at least.
const LEAST_N: u32 = 5;
/// Head of a column.
pub const HEAD: Style = Style::new(41.0, Weight::Bold).tracked(0.015);

/// A figure of a cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// As it is written.
    pub text: String,
    pub step: Level,
    /// More than before, less, or neither; 0 where that is not known.
    pub moved: i8,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub now: Figure,
    /// The mean before.
    pub before: Option<Figure>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its place in the feed: its identity.
    pub axis: usize,
    pub name: String,
    /// Name as it stands in the head.
    pub head: Fitted,
    /// Whether it is what is trained next.
    pub next: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Team {
    pub id: String,
    pub name: String,
    /// One per column.
    pub cells: Vec<Option<Cell>>,
}

/// A person to ask.
#[derive(Debug, Clone, PartialEq)]
pub struct Rep {
    pub id: String,
    pub name: String,
    /// Column of the strength.
    pub column: usize,
    /// The figure; none where it is not known or would tell a weakness.
    pub figure: Option<Figure>,
    /// Whether this is whom to ask for what is trained next.
    pub asked: bool,
}

/// The line under everything.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Footer {
    /// What is trained next.
    pub axis: String,
    /// How, or how far it is below what is expected.
    pub text: String,
    /// Whom to ask.
    pub ask: String,
}

/// A strengths map at rest.
#[derive(Debug, Clone, PartialEq)]
pub struct SkillsModel {
    pub header: Header,
    /// Columns, the team's weakest first.
    pub columns: Vec<Column>,
    pub teams: Vec<Team>,
    /// People, grouped by the column of their strength.
    pub reps: Vec<Rep>,
    /// Whether the one team's means before have a line.
    pub before: bool,
    pub footer: Footer,
}

impl SkillsModel {
    /// The size that all heads have.
    pub fn head_size(&self) -> f32 {
        self.columns.iter().map(|column| column.head.size).fold(f32::MAX, f32::min)
    }
}

/// Writes figures of the scale: with one digit where the scale is a small one.
struct Scale {
    style: NumberStyle,
    digits: i32,
    par: f64,
    /// Whether figures go far beyond any scale: then each is told in its own thousands, millions and so on.
    large: bool,
    metric: Metric,
    words: Locale,
}

impl Scale {
    fn new(ctx: &Ctx, s: &Skills) -> Scale {
        let span = s.scale.max - s.scale.min;
        let decimals = if span > 20.0 { 0 } else { 1 };
        let metric = Metric { unit: Unit::Number, decimals, ..Metric::default() };
        let style = NumberStyle::for_values(&metric, &[s.scale.max, s.scale.min], ctx.locale);
        let figures = s.rows.iter().flat_map(|r| r.now.iter().chain(&r.before)).flatten().copied();
        let large = figures.chain(s.ask.iter().filter_map(|a| a.2)).any(|v| v.abs() >= 1e4);
        Scale { style, digits: i32::from(decimals), par: s.scale.par, large, metric, words: ctx.locale.clone() }
    }

    /// As it is shown.
    fn round(&self, value: f64) -> f64 {
        let ten = 10f64.powi(self.digits);
        (value * ten).round() / ten
    }

    fn figure(&self, value: f64) -> Figure {
        let text = match self.digits {
            _ if self.large => NumberStyle::for_values(&self.metric, &[value], &self.words).figure(value).to_string(),
            0 => self.style.trimmed(value.round()),
            _ => self.style.format(value),
        };
        Figure { text, step: Level::of(self.round(value), self.par), moved: 0 }
    }
}

/// Rows whose means are of enough people.
fn rows(s: &Skills) -> Vec<&SkillsRow> {
    s.rows.iter().filter(|row| row.n.is_none_or(|n| n >= LEAST_N)).collect()
}

/// The mean of an axis over all teams, each with its people's weight.
fn mean(rows: &[&SkillsRow], axis: usize) -> Option<f64> {
    let weighed = rows.iter().filter_map(|r| Some((f64::from(r.n.unwrap_or(1)), r.now.get(axis).copied().flatten()?)));
    let (sum, n) = weighed.fold((0.0, 0.0), |(sum, all), (n, v)| (sum + n * v, all + n));
    (n > 0.0).then(|| sum / n)
}

/// The axes that have a column, weakest first; what is trained next is always among them.
fn order(s: &Skills, rows: &[&SkillsRow]) -> Vec<usize> {
    let mut axes: Vec<usize> = (0..s.axes.len()).collect();
    let key = |axis: usize| mean(rows, axis).unwrap_or(f64::INFINITY);
    axes.sort_by(|&a, &b| key(a).total_cmp(&key(b)));
    let focus = s.focus.first().map(|f| f.0).filter(|f| !axes[..axes.len().min(COLUMNS)].contains(f));
    axes.truncate(COLUMNS);
    if let (Some(focus), true) = (focus, axes.len() == COLUMNS) {
        axes[COLUMNS - 1] = focus;
    }
    axes
}

/// The model of a slide.
pub fn model(ctx: &Ctx, skills: &Skills, fonts: &mut Fonts) -> SkillsModel {
    let s = skills;
    let rows = rows(s);
    let scale = Scale::new(ctx, s);
    let axes = order(s, &rows);
    let next = s.focus.first().map(|f| f.0).or_else(|| {
        // Nothing is trained next where nothing is known to be weak.
        axes.first()
            .copied()
            .filter(|&a| mean(&rows, a).is_some_and(|m| Level::of(scale.round(m), scale.par) < Level::Neutral))
    });
    // The map has so many columns, and one thing is trained next.
    for axis in (0..s.axes.len()).filter(|axis| !axes.contains(axis)) {
        fonts.diagnostics.leave_out(&ctx.data.id, &s.axes[axis]);
    }
    for (_, text) in s.focus.iter().skip(1) {
        fonts.diagnostics.leave_out(&ctx.data.id, text);
    }
    let portrait = ctx.screen.stage.portrait();
    let cell = if portrait { 270.0 } else { grid::pitch(axes.len()) - 20.0 };
    let columns: Vec<Column> = axes
        .iter()
        .map(|&axis| {
            let name = ctx.locale.caps(&s.axes[axis]);
            let top = if portrait { 56.0 } else { 41.0 };
            let room = Room { w: cell - 26.0, h: top * 1.8, lines: 2, sizes: [top, top], pitch: 1.0 };
            // All heads in one size; only one that does not fit is smaller.
            let mut head = fonts.trial(|fonts| lines::fit(fonts, &name, HEAD, room));
            if head.cut {
                // One long word may come nearer to the edges of its plate.
                head = fonts.trial(|fonts| lines::fit(fonts, &name, HEAD, Room { w: cell - 8.0, ..room }));
            }
            if head.cut {
                head = lines::fit(fonts, &name, HEAD, Room { sizes: [36.0, top], ..room });
            }
            Column { axis, head, name, next: Some(axis) == next }
        })
        .collect();
    let teams: Vec<Team> = rows.iter().map(|row| team(ctx, row, &axes, &scale)).collect();
    let reps = reps(ctx, s, &axes, &scale, rows.len(), next);
    let before = teams.len() == 1 && teams[0].cells.iter().flatten().any(|c| c.before.is_some());
    SkillsModel {
        header: header(ctx, s, &rows, &scale),
        footer: footer(ctx, s, &rows, &scale, next, &reps),
        columns,
        teams,
        reps,
        before,
    }
}

fn team(ctx: &Ctx, row: &SkillsRow, axes: &[usize], scale: &Scale) -> Team {
    let at = |list: &[Option<f64>], axis: usize| list.get(axis).copied().flatten();
    let cell = |&axis: &usize| {
        let (now, before) = (at(&row.now, axis)?, at(&row.before, axis));
        // As they are written: 66 and 66 are no change.
        let moved = before.map_or(0, |before| scale.round(now).total_cmp(&scale.round(before)) as i8);
        Some(Cell { now: Figure { moved, ..scale.figure(now) }, before: before.map(|v| scale.figure(v)) })
    };
    let cells = axes.iter().map(cell).collect();
    Team { id: row.who.id.clone(), name: ctx.locale.caps(&row.who.name), cells }
}

/// People by column. Their order may not tell what their cells hide: only said figures order, else the name.
fn reps(ctx: &Ctx, s: &Skills, axes: &[usize], scale: &Scale, teams: usize, next: Option<usize>) -> Vec<Rep> {
    let mut out: Vec<(Option<f64>, Rep)> = Vec::new();
    for (axis, who, value) in &s.ask {
        let Some(column) = axes.iter().position(|a| a == axis) else { continue };
        // Several team lines leave room for the weakest columns only.
        if teams > 1 && column > 1 && Some(*axis) != next {
            continue;
        }
        let said = value.filter(|v| Level::of(scale.round(*v), scale.par) >= Level::Neutral).map(|v| scale.round(v));
        let figure = said.map(|v| scale.figure(v));
        let rep = Rep { id: who.id.clone(), name: ctx.locale.caps(&who.name), column, figure, asked: false };
        out.push((said, rep));
    }
    out.sort_by(|(a, x), (b, y)| {
        let best = match (a, b) {
            (Some(a), Some(b)) => b.total_cmp(a),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        x.column.cmp(&y.column).then(best).then_with(|| x.name.cmp(&y.name)).then_with(|| x.id.cmp(&y.id))
    });
    let mut reps: Vec<Rep> = out.into_iter().map(|(_, rep)| rep).collect();
    let column = axes.iter().position(|a| Some(*a) == next);
    if let Some(first) = reps.iter_mut().find(|r| Some(r.column) == column && r.figure.is_some()) {
        first.asked = true;
    }
    reps
}

fn header(ctx: &Ctx, s: &Skills, rows: &[&SkillsRow], scale: &Scale) -> Header {
    let w = &ctx.locale.words().skills;
    let n: Option<u32> = rows.iter().map(|r| r.n).sum::<Option<u32>>().filter(|n| *n > 0);
    let unit = match &s.scale.unit {
        Some(unit) if !unit.is_empty() => ctx.locale.caps(unit),
        _ if s.axes.is_empty() => String::new(),
        _ => (w.par)(&scale.figure(scale.par).text),
    };
    let parts: Vec<String> = [Some(unit), n.map(w.reps)].into_iter().flatten().filter(|p| !p.is_empty()).collect();
    let own = Header::of(ctx);
    Header {
        title: if own.title.is_empty() { w.strengths.to_owned() } else { own.title },
        measure: parts.join(" · "),
        ..own
    }
}

fn footer(ctx: &Ctx, s: &Skills, rows: &[&SkillsRow], scale: &Scale, next: Option<usize>, reps: &[Rep]) -> Footer {
    let Some(next) = next else { return Footer::default() };
    let told = s.focus.iter().find(|f| f.0 == next).map(|f| ctx.locale.caps(&f.1)).filter(|t| !t.is_empty());
    let below = mean(rows, next).map(|m| scale.round(scale.par - scale.round(m))).filter(|d| *d > 0.0);
    let text =
        told.or_else(|| below.map(|d| (ctx.locale.words().skills.below)(&scale.figure(d).text))).unwrap_or_default();
    let ask = reps.iter().find(|r| r.asked).map(|r| r.name.clone()).unwrap_or_default();
    Footer { axis: ctx.locale.caps(&s.axes[next]), text, ask }
}
