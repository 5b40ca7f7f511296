//! Draws several new hires: one strip each, the longest here first (DESIGN 6.8).

use super::chart;
use super::model::{Hire, ON_PAGE};
use super::plot::Plot;
use super::shown::{Moving, Shown};
use super::single;
use crate::board::StageState;
use crate::scene::{Align, Canvas, Paint, Rect, SLANT, Slab, Style, Vec2, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::footer_lines::FooterLines;
use crate::slides::widgets::{enter, marks};
use crate::theme::{WHITE, style};

const NAME: Style = Style::new(70.0, Weight::Bold);
const WEEK: Style = Style::new(132.0, Weight::Bold);
const VERDICT: Style = Style::new(50.0, Weight::Bold);
const FIGURE: Style = Style::new(156.0, Weight::Bold);
const PLAN: Style = Style::new(50.0, Weight::Semi).tracked(0.02);
const HIRES: Style = Style::new(52.0, Weight::Semi).tracked(0.01);

/// Where a strip and its parts lie on one shape of screen, in units. What has a `dy` counts from the strip's top.
struct StripShape {
    left: f32,
    /// Top of the first strip, and from one to the next.
    top: f32,
    pitch: f32,
    w: f32,
    h: f32,
    /// Width of the week's plate at its bottom, and its height.
    week_w: f32,
    week_h: f32,
    /// Middle of the week's texts where they do not lean, and how much they stand below their place.
    week_x: f32,
    week_dy: f32,
    /// Whether the strip leans, and with it the week's texts.
    leans: bool,
    name_x: f32,
    name_room: f32,
    office_x: f32,
    /// Left end and baseline of the verdict.
    verdict: Vec2,
    /// Right end of the figure.
    right: f32,
    /// Right end of the plan, and its baseline.
    plan: Vec2,
    /// Both ends of the chart, its ground line, its height.
    chart: [f32; 2],
    zero_dy: f32,
    chart_h: f32,
}

const WIDE: StripShape = StripShape {
    left: 96.0,
    top: 160.0,
    pitch: 272.3,
    w: 1728.0,
    h: 250.0,
    week_w: 150.0,
    week_h: 250.0,
    week_x: 197.6,
    week_dy: 0.0,
    leans: true,
    name_x: 311.0,
    name_room: 392.0,
    office_x: 299.0,
    verdict: vec2(287.0, 216.5),
    right: 1776.0,
    plan: vec2(1753.0, 218.5),
    chart: [716.0, 1430.0],
    zero_dy: 220.0,
    chart_h: 170.0,
};

const TALL: StripShape = StripShape {
    left: 54.0,
    top: 246.0,
    pitch: 488.0,
    w: 972.0,
    h: 460.0,
    week_w: 170.0,
    week_h: 222.0,
    week_x: 146.0,
    week_dy: -14.0,
    leans: false,
    name_x: 290.0,
    name_room: 430.0,
    office_x: 290.0,
    verdict: vec2(290.0, 206.0),
    right: 990.0,
    plan: vec2(990.0, 206.0),
    chart: [110.0, 950.0],
    zero_dy: 426.0,
    chart_h: 150.0,
};

/// A strip's place on the page.
#[derive(Clone, Copy)]
pub struct StripPlace {
    shape: &'static StripShape,
    /// Its top.
    y: f32,
}

impl StripPlace {
    /// The `i`th strip of a page.
    pub fn new(portrait: bool, i: usize) -> StripPlace {
        let shape = if portrait { &TALL } else { &WIDE };
        StripPlace { shape, y: shape.top + shape.pitch * i as f32 }
    }
}

/// Paints the page of a ramp.
pub fn draw(c: &mut Canvas, look: &Look, s: &Shown) {
    let portrait = c.stage().portrait();
    let all = s.model.hires.len();
    let from = (look.page * ON_PAGE).min(all.saturating_sub(1));
    for i in from..(from + ON_PAGE).min(all) {
        let p = StripPlace::new(portrait, i - from);
        c.layer("strip");
        let at = enter::share(c, look, 0.05 * (i - from) as f64, enter::FADE_S);
        c.group(0.0, enter::RISE * (1.0 - at), at * look.stays(p.y + p.shape.h), |c| {
            plate(c, look, p);
            strip(c, look, p, &s.model.hires[i], &s.hires[i]);
        });
    }
    let lines = super::footer_lines(c);
    c.group(0.0, 0.0, look.stays(lines.y[0]), |c| footer(c, look, s, lines));
}

/// The ground of a strip, with the plate for its week.
pub fn plate(c: &mut Canvas, look: &Look, StripPlace { shape, y }: StripPlace) {
    let t = look.theme;
    let StripShape { left: x, w, h, week_w, week_h, .. } = *shape;
    let lean = week_h * SLANT;
    let extent = Rect::new(x + 10.0, y + 16.0, x + w - 10.0, y + h + 16.0);
    c.shadow(extent, 12.0, t.shadow[1] * 0.5, Rect::new(x + lean, y, x + w - lean, y + h));
    let (paint, week) = (Paint::across(t.card[0], t.card[1]), Paint::down(t.plate[0], t.plate[1]));
    if shape.leans {
        c.slab(Slab::lean(x, y, w, h), paint);
        c.slab(Slab::rect(x + lean, y, w - lean, 2.0), WHITE.fade(0.16));
        c.slab(Slab::lean(x, y, week_w + lean, week_h), week);
    } else {
        c.slab(Slab::rect(x, y, w, h), paint);
        c.slab(Slab::rect(x, y, w, 2.0), WHITE.fade(0.16));
        c.slab(Slab::lean_right(x, y, week_w + lean, week_h), week);
    }
}

fn strip(c: &mut Canvas, look: &Look, p: StripPlace, h: &Hire, moving: &Moving) {
    let (t, w) = (look.theme, &look.locale.words().ramp);
    let StripPlace { shape, y } = p;
    week(c, look, p, h);
    let name = c.fonts.shrink(&h.name, NAME, 54.0, shape.name_room);
    let (line, _) = c.fonts.fit_name(&h.name, name, shape.name_room);
    c.line(shape.name_x, y + 93.5, &line, t.hi, Align::Left);
    let office = if h.office.is_empty() { &h.mentor } else { &h.office };
    let (line, _) = c.fonts.fit_text(office, style::LABEL, 392.0);
    c.line(shape.office_x, y + 148.4, &line, t.mid, Align::Left);
    single::verdict(c, look, moving, shape.verdict + vec2(0.0, y), 400.0, VERDICT);

    figure(c, look, h, moving, shape.right, y + 149.6);
    let Vec2 { x: plan_x, y: plan_dy } = shape.plan;
    if let Some(plan) = &h.plan {
        c.text(plan_x, y + plan_dy, &(w.plan)(plan), PLAN, t.mid, Align::Right);
    } else if !h.steps.is_empty() {
        c.text(plan_x, y + 210.0, w.stages, PLAN, t.mid, Align::Right);
    }
    let (xs, zero) = (shape.chart, y + shape.zero_dy);
    c.slab(Slab::rect(xs[0], zero - 2.0, xs[1] - xs[0], 4.0), t.axis.fade(0.25));
    match &h.curve {
        Some(curve) => {
            let top = zero - shape.chart_h;
            let plot = Plot::new(curve, xs, [zero, top], top - 30.0);
            let drawn = moving.drawn(c, look, curve);
            let color = chart::ink(look, moving.verdict(c));
            chart::lines(c, look, &plot, curve, drawn, color, 11.0);
            if drawn.size > 0.01 {
                chart::point(c, look, plot.at(curve.end(drawn.day, drawn.tip)), color, drawn.size as f32, false);
            }
            let end = plot.at(*curve.plan.last().unwrap_or(&[0.0; 2]));
            marks::goal(c, t, end.x + 2.0, end.y - 10.0, 28.0);
        }
        None => rail(c, look, h, xs, zero),
    }
}

fn week(c: &mut Canvas, look: &Look, StripPlace { shape, y }: StripPlace, h: &Hire) {
    let (t, w) = (look.theme, &look.locale.words().ramp);
    let [Some(week), all] = h.week else { return };
    let text = week.to_string();
    let y = y + shape.week_dy;
    let style = c.fonts.shrink_lines(&[&text], WEEK, 60.0, 130.0);
    // Each line stands in the middle of the plate where it leans.
    let x = |dy: f32| shape.week_x + if shape.leans { (125.0 - dy) * SLANT } else { 0.0 };
    c.text(x(45.0), y + 60.4, w.week, style::LABEL, t.mid, Align::Center);
    c.text(x(125.0), y + 171.2, &text, style, t.hi, Align::Center);
    if let Some(all) = all {
        let text = (w.of_weeks)(all.max(week));
        let (line, _) = c.fonts.fit_text(&text, style::LABEL, 160.0);
        c.line(x(205.0), y + 220.4, &line, t.mid, Align::Center);
    }
}

fn figure(c: &mut Canvas, look: &Look, h: &Hire, moving: &Moving, right: f32, y: f32) {
    if h.figure.is_empty() {
        return;
    }
    let unit = if h.curve.is_some() { "%".to_owned() } else { (look.locale.words().ramp.of)(h.steps.len()) };
    let small = Style::new(72.0, Weight::Semi);
    let unit_w = c.text(right, y, &unit, small, look.theme.hi, Align::Right);
    let style = c.fonts.shrink_lines(&[moving.figure.text()], FIGURE, 54.0, 290.0 - unit_w);
    moving.figure.paint(c, right - unit_w - 14.0, y, style, look.theme.hi, Align::Right);
}

/// Stages along a rail: done, late, still to come.
fn rail(c: &mut Canvas, look: &Look, h: &Hire, [x0, x1]: [f32; 2], zero: f32) {
    let t = look.theme;
    let y = zero - 92.0;
    let last = h.steps.iter().filter_map(|s| s.day).fold(0.0, f64::max);
    if last <= 0.0 {
        return;
    }
    let at = |day: f64| x0 + (x1 - x0) * (day / last).clamp(0.0, 1.0) as f32;
    c.slab(Slab::rect(x0, y - 6.0, x1 - x0, 12.0), t.track);
    if let Some(day) = h.day {
        c.slab(Slab::rect(x0, y - 6.0, at(day) - x0, 12.0), t.bar);
    }
    for step in &h.steps {
        let Some(day) = step.day else { continue };
        let x = at(day);
        c.disc(x, y, 26.0, t.marker[1]);
        match step.state {
            StageState::Done => {
                c.disc(x, y, 20.0, t.accent);
                marks::tick(c, x - 12.0, y, 22.0, t.on_one);
            }
            StageState::Late => c.disc(x, y, 20.0, t.down),
            StageState::Open => {
                c.disc(x, y, 18.0, t.marker[0]);
                c.disc(x, y, 11.0, t.marker[1]);
            }
        }
    }
    if let Some(next) = h.next.map(|i| &h.steps[i]) {
        let (label, _) = c.fonts.fit_text(&next.label, VERDICT, x1 - x0);
        c.line(x0, zero - 18.0, &label, t.hi, Align::Left);
        let room = x1 - x0 - label.width - 40.0;
        if room > 150.0 {
            let (when, _) = c.fonts.fit_text(&next.when, style::LABEL, room);
            c.line(x0 + label.width + 24.0, zero - 18.0, &when, t.mid, Align::Left);
        }
    }
}

/// How many they are, and who gets to full quota first.
fn footer(c: &mut Canvas, look: &Look, s: &Shown, lines: FooterLines) {
    let (t, w) = (look.theme, &look.locale.words().ramp);
    let FooterLines { left, right, y: [y, low], stacked } = lines;
    let hires = c.text(left, y - 2.8, &(w.hires)(s.model.hires.len()), HIRES, t.hi, Align::Left);
    let first = s.model.hires.iter().filter(|h| h.full_on.is_some());
    let first = first.filter_map(|h| Some((h.weeks_left?, h))).min_by_key(|(left, _)| *left);
    let Some((_, h)) = first else { return };
    let from = if stacked { left } else { left + hires + 60.0 };
    let date = h.full_on.clone().unwrap_or_default();
    let end = right - c.text(right, low, &date, style::FOOTER_VALUE, t.hi, Align::Right) - 20.0;
    let (name, _) = c.fonts.fit_name(&h.name, HIRES, 380.0);
    c.line(end, low - 2.8, &name, t.hi, Align::Right);
    let end = end - name.width - 20.0;
    if end - from > c.fonts.width(w.next_full, style::FOOTER) {
        c.text(end, low - 2.9, w.next_full, style::FOOTER, t.mid, Align::Right);
    }
}
