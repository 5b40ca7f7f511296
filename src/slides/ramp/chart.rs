//! Draws the chart of one hire: plan, band, line, today's point, milestones and the goal, with labels that keep off
//! each other.

use super::model::{Hire, PlanCurve, StageView, Verdict, week};
use super::plot::{self, Plot};
use super::shown::{Drawn, Moving};
use crate::board::StageState;
use crate::scene::{Align, Canvas, Color, Paint, Rect, Slab, Style, Vec2, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::marks;
use crate::slides::widgets::panel::PanelRect;
use crate::theme::WHITE;

const TIP: Style = Style::new(92.0, Weight::Heavy);
const GAP: Style = Style::new(76.0, Weight::Bold);
const PLAN: Style = Style::new(50.0, Weight::Semi).tracked(0.02);
const MILESTONE: Style = Style::new(54.0, Weight::Bold);
const AXIS: Style = Style::new(46.0, Weight::Semi).tracked(0.01);

/// Colour of a line: ahead in the accent, behind in its own, as planned in neither.
pub fn ink(look: &Look, verdict: &Verdict) -> Color {
    match verdict {
        Verdict::Behind(_) | Verdict::Late(_) => look.theme.down,
        Verdict::Ahead(_) => look.theme.accent_text,
        _ => look.theme.line_even,
    }
}

struct Label<'a> {
    text: &'a str,
    style: Style,
    color: Color,
}

/// Boxes that labels have taken.
struct Labels {
    boxes: Vec<Rect>,
    /// The plan, point by point: a label crosses it only where there is no other place.
    plan: Vec<Vec2>,
}

impl Labels {
    fn new(boxes: Vec<Rect>) -> Labels {
        Labels { boxes, plan: Vec::new() }
    }

    fn free(&self, b: Rect) -> bool {
        !self.boxes.iter().any(|taken| b.overlaps(*taken))
    }

    fn off_plan(&self, b: Rect) -> bool {
        !self.plan.iter().any(|p| b.contains(Rect::around(&[*p])))
    }

    /// Writes a text at the first place where it is free and inside `frame`, clear of the plan if there is such a place;
    /// else not at all. Places are left or right ends and baselines.
    fn write(&mut self, c: &mut Canvas, label: Label, places: &[(f32, f32, Align)], frame: Rect) -> Option<Rect> {
        let Label { text, style, color } = label;
        let w = c.fonts.width(text, style);
        let boxed = |&(x, y, align): &(f32, f32, Align)| {
            let x0 = match align {
                Align::Left => x,
                Align::Center => x - w / 2.0,
                Align::Right => x - w,
            };
            (x0, y, Rect::new(x0 - 8.0, y - style.size * 0.76, x0 + w + 8.0, y + style.size * 0.12))
        };
        let fits = places.iter().map(boxed).filter(|(.., b)| frame.contains(*b) && self.free(*b));
        let (x0, y, b) = fits.clone().find(|(.., b)| self.off_plan(*b)).or_else(|| fits.clone().next())?;
        self.boxes.push(b);
        c.text(x0, y, text, style, color, Align::Left);
        Some(b)
    }
}

/// What the labels of a chart are about.
#[derive(Clone, Copy)]
struct Chart<'a> {
    look: &'a Look<'a>,
    hire: &'a Hire,
    plot: &'a Plot,
    curve: &'a PlanCurve,
    /// Where labels may stand.
    frame: Rect,
}

/// The panel that carries a chart or stages.
pub fn ground(c: &mut Canvas, look: &Look, p: &PanelRect) {
    let t = look.theme;
    let extent = Rect::new(p.x + 6.0, p.y + 26.0, p.x + p.w - 6.0, p.bottom() + 26.0);
    c.shadow(extent, 22.0, t.shadow[1] * 0.7, Rect::new(p.x, p.y, p.x + p.w, p.bottom()));
    c.slab(Slab::rect(p.x, p.y, p.w, p.h), Paint::down(t.chart[0], t.chart[1]));
    c.slab(Slab::rect(p.x, p.y, p.w, 2.0), WHITE.fade(0.16));
}

/// Paints the chart of a hire on its panel. Returns which stages stand on it with their names.
pub fn draw(c: &mut Canvas, look: &Look, p: &PanelRect, h: &Hire, curve: &PlanCurve, moving: &Moving) -> Vec<usize> {
    let (t, w) = (look.theme, &look.locale.words().ramp);
    ground(c, look, p);
    let zero = p.bottom() - 96.0;
    let x = [p.x + 66.0, p.x + p.w - 196.0];
    let plot = Plot::new(curve, x, [zero, p.y + 104.0], p.y + 36.0);
    let half = (plot.y[0] + plot.y[1]) / 2.0;
    for y in [half, plot.y[1]] {
        c.slab(Slab::rect(p.x, y - 1.5, p.w, 3.0), t.axis.fade(0.13));
    }
    c.slab(Slab::rect(p.x, zero - 2.0, p.w, 4.0), t.axis.fade(0.28));
    let drawn = moving.drawn(c, look, curve);
    let verdict = moving.verdict(c);
    let color = ink(look, verdict);
    lines(c, look, &plot, curve, drawn, color, 12.0);
    let end = plot.at(*curve.plan.last().unwrap_or(&[0.0; 2]));
    marks::goal(c, t, end.x, end.y - 36.0, 46.0);

    let at = [plot.x_of(curve.tip()[0]), plot.y_of(drawn.tip)];
    let moving_at = plot.at(curve.end(drawn.day, drawn.tip));
    let mut taken = Labels::new(vec![Rect::new(end.x - 30.0, end.y - 90.0, end.x + 56.0, end.y + 16.0)]);
    taken.plan = plot.points(&curve.plan, 8.0);
    taken.boxes.push(Rect::new(at[0] - 36.0, at[1] - 36.0, at[0] + 36.0, at[1] + 36.0));
    let frame = Rect::new(p.x + 12.0, p.y + 8.0, p.x + p.w - 8.0, zero - 8.0);
    let chart = Chart { look, hire: h, plot: &plot, curve, frame };
    let dots = dots(c, &chart, &mut taken);
    // The levels stand at the right, outside of the plot.
    for (level, y) in [("100", plot.y[1]), ("50", half)] {
        let text = &look.locale.with_percent(level);
        let places = [(p.x + p.w - 24.0, y - 14.0, Align::Right), (p.x + p.w - 24.0, y + 44.0, Align::Right)];
        taken.write(c, Label { text, style: AXIS, color: t.mid }, &places, frame);
    }
    drop_line(c, look, moving_at, zero);
    if drawn.size > 0.01 {
        point(c, look, moving_at, color, drawn.size as f32, true);
    }
    let tip_style = c.fonts.shrink(moving.figure.text(), TIP, 54.0, 260.0);
    let (x, y) = (at[0], at[1]);
    // Behind, the plan runs where the figure else stands.
    let behind = matches!(verdict, Verdict::Behind(_));
    let first = if behind { (x + 54.0, y + 24.0, Align::Left) } else { (x - 46.0, y - 20.0, Align::Right) };
    // Low on the ground line there is room over the plan only.
    let over = if behind { plot.y_of(curve.planned(curve.tip()[0])) - 34.0 } else { f32::MIN };
    let up = [
        first,
        (x - 46.0, y - 20.0, Align::Right),
        (x, y - 52.0, Align::Center),
        (x + 50.0, y - 24.0, Align::Left),
        (x - 14.0, over, Align::Right),
    ];
    taken.write(c, Label { text: moving.figure.text(), style: tip_style, color }, &up, frame);
    if let Some(plan) = &h.plan {
        let at = vec2(x, plot.y_of(curve.planned(curve.tip()[0])).max(y));
        gap_to_plan(c, &chart, verdict, &(w.plan)(plan), at, &mut taken);
    }
    let mut named = milestones(c, &chart, behind, &dots, &mut taken);
    let goal = [(end.x - 40.0, end.y - 25.0, Align::Right), (end.x - 60.0, end.y - 80.0, Align::Right)];
    taken.write(c, Label { text: w.full_quota, style: MILESTONE, color: t.hi }, &goal, frame);
    // Last, where there is room beside everything else.
    named.extend(earlier(c, &chart, &dots, &mut taken));
    weeks(c, &chart, zero + 66.0);
    named
}

/// Band, plan, what lies under the line, and the line as far as it is drawn.
pub fn lines(c: &mut Canvas, look: &Look, plot: &Plot, curve: &PlanCurve, drawn: Drawn, color: Color, width: f32) {
    let t = look.theme;
    let mut points: Vec<(Vec2, bool)> = curve.actual.iter().map(|(p, whole)| (plot.at(*p), *whole)).collect();
    if let Some(last) = points.last_mut() {
        last.0.y = plot.y_of(drawn.tip);
    }
    let edge = plot.x_of(drawn.day);
    c.clipped(0.0, 0.0, edge, 1e4, |c| plot::fill(c, plot, &points, color));
    plot::band(c, plot, &curve.plan, t.axis.fade(0.14));
    let plan: Vec<Vec2> = curve.plan.iter().map(|p| plot.at(*p)).collect();
    let dash = if width > 11.5 { [22.0, 14.0] } else { [18.0, 12.0] };
    plot::dashed(c, &plan, 6.0, dash, t.mid);
    let thin = color.mix(t.chart[1], 0.35);
    c.clipped(0.0, 0.0, edge + width / 2.0, 1e4, |c| plot::line(c, &points, width, color, thin));
}

/// Today's point, with a halo where it is large.
pub fn point(c: &mut Canvas, look: &Look, Vec2 { x, y }: Vec2, color: Color, size: f32, halo: bool) {
    let key = look.theme.marker[1];
    if halo {
        c.disc(x, y, 40.0 * size, color.fade(0.22));
    }
    let r = if halo { 24.0 } else { 22.0 };
    c.disc(x, y, r * size, key);
    c.disc(x, y, (r - 6.0) * size, color);
}

fn drop_line(c: &mut Canvas, look: &Look, Vec2 { x, y }: Vec2, zero: f32) {
    if zero - y > 36.0 {
        c.slab(Slab::rect(x - 3.0, y + 30.0, 6.0, zero - y - 30.0), look.theme.marker[0].fade(0.45));
    }
}

/// How far from the plan, and the plan: right under the point, else left of it.
fn gap_to_plan(c: &mut Canvas, chart: &Chart, verdict: &Verdict, plan: &str, at: Vec2, taken: &mut Labels) {
    let Chart { look, plot, curve, frame, .. } = *chart;
    let (t, Vec2 { x, y }) = (look.theme, at);
    let (text, sign, color) = match verdict {
        Verdict::Ahead(n) => (n.as_str(), -1.0, t.up),
        Verdict::Behind(n) => (n.as_str(), 1.0, t.down),
        _ => ("", 0.0, t.hi),
    };
    let low = (y + if sign > 0.0 { 136.0 } else { 114.0 }).min(frame.y1 - 70.0);
    // Under the plan, where that has risen far enough.
    let under = (plot.right_of_plan(curve, low - 66.0) + 34.0).max(x + 44.0);
    let mut beside = x;
    if sign != 0.0 {
        let places = [(x + 80.0, low, Align::Left), (under + 44.0, low, Align::Left), (x - 50.0, low, Align::Right)];
        if let Some(b) = taken.write(c, Label { text, style: GAP, color }, &places, frame) {
            let left = b.x0 + 8.0 - 28.0;
            marks::side(c, vec2(left, low - 27.0), 1.3, sign < 0.0, color);
            taken.boxes.push(Rect::new(left - 22.0, b.y0, b.x0, b.y1));
            beside = left - 52.0;
        }
    }
    let base = if sign == 0.0 { low - 40.0 } else { low + 57.0 };
    let places = [(x + 36.0, base, Align::Left), (beside + 36.0, base, Align::Left), (x - 36.0, base, Align::Right)];
    taken.write(c, Label { text: plan, style: PLAN, color: t.mid }, &places, frame);
}

/// The dots of all stages that have a day, each with its stage. Their boxes are taken.
fn dots(c: &mut Canvas, chart: &Chart, taken: &mut Labels) -> Vec<(usize, Vec2)> {
    let Chart { look, hire: h, plot, curve, .. } = *chart;
    let t = look.theme;
    let [key, white] = [t.marker[1], t.marker[0]];
    let place = |step: &StageView| {
        let day = step.day.filter(|d| *d <= plot.days[1])?;
        let done = step.state == StageState::Done && day <= curve.tip()[0];
        Some(plot.at([day, if done { curve.reached(day) } else { curve.planned(day) }]))
    };
    let mut dots: Vec<(usize, Vec2)> = h.steps.iter().enumerate().filter_map(|(i, s)| Some((i, place(s)?))).collect();
    // A milestone on today's point or on the goal would hide it.
    let tip = plot.at(curve.tip());
    let end = plot.at(*curve.plan.last().unwrap_or(&[0.0; 2]));
    let near = |a: Vec2, b: &Vec2| (a - *b).length() < 46.0;
    dots.retain(|(_, d)| !near(tip, d) && !near(end, d));
    for (i, Vec2 { x, y }) in &dots {
        let done = h.steps[*i].state == StageState::Done;
        let late = h.steps[*i].state == StageState::Late;
        c.disc(*x, *y, 20.0, key);
        c.disc(*x, *y, 13.0, if late { t.down } else { white });
        if !done {
            c.disc(*x, *y, 8.0, key);
        }
        taken.boxes.push(Rect::new(x - 20.0, y - 20.0, x + 20.0, y + 20.0));
    }
    dots
}

/// The names of the next milestone and of the last one that is done. Returns whose names stand.
fn milestones(c: &mut Canvas, chart: &Chart, behind: bool, dots: &[(usize, Vec2)], taken: &mut Labels) -> Vec<usize> {
    let Chart { look, hire: h, plot, curve, frame } = *chart;
    let (t, w) = (look.theme, &look.locale.words().ramp);
    let mut named = Vec::new();
    if let Some((i, Vec2 { x, y })) = dots.iter().find(|(i, _)| Some(*i) == h.next) {
        let label = Label { text: &h.steps[*i].label, style: MILESTONE, color: t.hi };
        let text = h.steps[*i].day.map(|d| (w.next)(&(w.week_n)(week(d)))).unwrap_or_default();
        // Down right of the plan's line, as high as there is room beside it.
        let beside = |dy: f32| {
            (
                (plot.right_of_plan(curve, y + dy - 52.0) + 34.0).max(x + if dy < 100.0 { 44.0 } else { 24.0 }),
                y + dy,
                Align::Left,
            )
        };
        let places = [beside(65.0), beside(110.0), beside(160.0), beside(220.0), (x - 44.0, y - 30.0, Align::Right)];
        if let Some(b) = taken.write(c, label, &places, frame) {
            let base = b.y1 - MILESTONE.size * 0.12;
            let places = [
                (b.x0 - 2.0, base + 66.0, Align::Left),
                (b.x0 + 8.0, base - 57.0, Align::Left),
                (b.x1 + 12.0, base, Align::Left),
            ];
            taken.write(c, Label { text: &text, style: AXIS, color: t.accent_text }, &places, frame);
            named.push(*i);
        }
    }
    let done = dots.iter().rev().find(|(i, _)| h.steps[*i].state == StageState::Done);
    if let Some((i, Vec2 { x, y })) = done {
        let step = &h.steps[*i];
        // Above the line on the left; behind, where the plan runs there, below it.
        let up = [(x - 26.0, y - 41.0, Align::Right), (x - 40.0, y - 110.0, Align::Right)];
        let down = [(x + 18.0, y + 66.0, Align::Left)];
        let (places, under): (&[_], f32) = if behind { (&down, 57.0) } else { (&up, -57.0) };
        if let Some(b) = taken.write(c, Label { text: &step.label, style: MILESTONE, color: t.hi }, places, frame)
            && let Some(day) = step.day
        {
            let base = b.y1 - MILESTONE.size * 0.12 + under;
            let place = if behind { (b.x0 + 8.0, base, Align::Left) } else { (b.x1 + 4.0, base, Align::Right) };
            taken.write(c, Label { text: &(w.week_n)(week(day)), style: AXIS, color: t.mid }, &[place], frame);
            named.push(*i);
        }
    }
    named
}

/// The names of the earlier ones that are done, the latest first. Returns whose names found a place.
fn earlier(c: &mut Canvas, chart: &Chart, dots: &[(usize, Vec2)], taken: &mut Labels) -> Vec<usize> {
    let Chart { look, hire: h, frame, .. } = *chart;
    let done = dots.iter().rev().filter(|(i, _)| h.steps[*i].state == StageState::Done).skip(1);
    let found = done.filter(|(i, Vec2 { x, y })| {
        let places = [(x - 26.0, y - 41.0, Align::Right), (x + 18.0, y + 66.0, Align::Left)];
        taken
            .write(c, Label { text: &h.steps[*i].label, style: MILESTONE, color: look.theme.mid }, &places, frame)
            .is_some()
    });
    found.map(|(i, _)| *i).collect()
}

/// The weeks under the ground line: the present one first, then what has room.
fn weeks(c: &mut Canvas, chart: &Chart, base: f32) {
    let Chart { look, hire: h, plot, curve, .. } = *chart;
    let (t, w) = (look.theme, &look.locale.words().ramp);
    let (left, right) = (chart.frame.x0, chart.frame.x1 - 4.0);
    let frame = Rect::new(left, base - 60.0, right, base + 40.0);
    let mut taken = Labels::new(Vec::new());
    let now = h.day.unwrap_or(curve.tip()[0]);
    if now <= plot.days[1] {
        let x = plot.x_of(now).max(left + 60.0);
        taken.write(
            c,
            Label { text: w.now, style: Style::new(48.0, Weight::Bold), color: t.accent_text },
            &[(x, base, Align::Center)],
            frame,
        );
    }
    let all = (plot.days[1] / 7.0).round().max(1.0) as u32;
    let step = all.div_ceil(4).max(1);
    for n in (1..=all / step).map(|i| i * step) {
        let x = plot.x_of(f64::from(n) * 7.0);
        taken.write(c, Label { text: &(w.week_n)(n), style: AXIS, color: t.mid }, &[(x, base, Align::Center)], frame);
    }
}
