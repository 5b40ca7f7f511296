//! Draws several new hires: one strip each, the longest here first (DESIGN 6.8).

use super::chart;
use super::model::{Hire, ON_PAGE};
use super::plot::Plot;
use super::shown::{Moving, Shown};
use super::single;
use crate::board::StageState;
use crate::scene::{Align, Canvas, Paint, Rect, SLANT, Slab, Style, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::{enter, marks};
use crate::theme::{WHITE, style};

const NAME: Style = Style::new(70.0, Weight::Bold);
const WEEK: Style = Style::new(132.0, Weight::Bold);
const VERDICT: Style = Style::new(50.0, Weight::Bold);
const FIGURE: Style = Style::new(156.0, Weight::Bold);
const PLAN: Style = Style::new(50.0, Weight::Semi).tracked(0.02);
const HIRES: Style = Style::new(52.0, Weight::Semi).tracked(0.01);

/// Where a strip lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StripPlace {
    portrait: bool,
    x: f32,
    y: f32,
    w: f32,
    h: f32,
}

impl StripPlace {
    /// The `i`th strip of a page.
    pub fn new(portrait: bool, i: usize) -> StripPlace {
        let i = i as f32;
        if portrait {
            StripPlace { portrait, x: 54.0, y: 246.0 + 488.0 * i, w: 972.0, h: 460.0 }
        } else {
            StripPlace { portrait, x: 96.0, y: 160.0 + 272.3 * i, w: 1728.0, h: 250.0 }
        }
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
        c.group(0.0, enter::RISE * (1.0 - at), at * look.stays(p.y + p.h), |c| {
            plate(c, look, &p);
            strip(c, look, &p, &s.model.hires[i], &s.hires[i]);
        });
    }
    let y = if portrait { 1755.0 } else { 1021.0 };
    c.group(0.0, 0.0, look.stays(y), |c| footer(c, look, s, portrait));
}

/// The ground of a strip, with the plate for its week.
pub fn plate(c: &mut Canvas, look: &Look, p: &StripPlace) {
    let t = look.theme;
    let lean = if p.portrait { 222.0 * SLANT } else { p.h * SLANT };
    let extent = Rect::new(p.x + 10.0, p.y + 16.0, p.x + p.w - 10.0, p.y + p.h + 16.0);
    c.shadow(extent, 12.0, t.shadow[1] * 0.5, Rect::new(p.x + lean, p.y, p.x + p.w - lean, p.y + p.h));
    let paint = Paint::across(t.card[0], t.card[1]);
    if p.portrait {
        c.slab(Slab::rect(p.x, p.y, p.w, p.h), paint);
        c.slab(Slab::rect(p.x, p.y, p.w, 2.0), WHITE.fade(0.16));
        c.slab(Slab::lean_right(p.x, p.y, 170.0 + lean, 222.0), Paint::down(t.plate[0], t.plate[1]));
    } else {
        c.slab(Slab::lean(p.x, p.y, p.w, p.h), paint);
        c.slab(Slab::rect(p.x + lean, p.y, p.w - lean, 2.0), WHITE.fade(0.16));
        c.slab(Slab::lean(p.x, p.y, 150.0 + lean, p.h), Paint::down(t.plate[0], t.plate[1]));
    }
}

fn strip(c: &mut Canvas, look: &Look, p: &StripPlace, h: &Hire, moving: &Moving) {
    let (t, w) = (look.theme, &look.words.words().ramp);
    let y = p.y;
    week(c, look, p, h);
    let (x, room) = if p.portrait { (290.0, 430.0) } else { (311.0, 392.0) };
    let name = c.fonts.shrink(&h.name, NAME, 54.0, room);
    let (line, _) = c.fonts.fit_name(&h.name, name, room);
    c.line(x, y + 93.5, &line, t.hi, Align::Left);
    let (x, dx) = if p.portrait { (x, 0.0) } else { (x - 12.0, 12.0) };
    let place = if h.office.is_empty() { &h.mentor } else { &h.office };
    let (line, _) = c.fonts.fit_text(place, style::LABEL, 392.0);
    c.line(x, y + 148.4, &line, t.mid, Align::Left);
    single::verdict(c, look, moving, vec2(x - dx, y + if p.portrait { 206.0 } else { 216.5 }), 400.0, VERDICT);

    let right = if p.portrait { 990.0 } else { 1776.0 };
    figure(c, look, h, moving, right, y + 149.6);
    if let Some(plan) = &h.plan {
        let (x, dy) = if p.portrait { (right, 206.0) } else { (right - 23.0, 218.5) };
        c.text(x, y + dy, &(w.plan)(plan), PLAN, t.mid, Align::Right);
    } else if !h.steps.is_empty() {
        c.text(right - if p.portrait { 0.0 } else { 23.0 }, y + 210.0, w.stages, PLAN, t.mid, Align::Right);
    }
    let (xs, zero, tall) =
        if p.portrait { ([110.0, 950.0], y + p.h - 34.0, 150.0) } else { ([716.0, 1430.0], y + 220.0, 170.0) };
    c.slab(Slab::rect(xs[0], zero - 2.0, xs[1] - xs[0], 4.0), t.axis.fade(0.25));
    match &h.curve {
        Some(curve) => {
            let plot = Plot::new(curve, xs, [zero, zero - tall], zero - tall - 30.0);
            let (drawn, tip, size) = moving.drawn(c, look, curve);
            let color = chart::ink(look, moving.verdict(c));
            chart::lines(c, look, &plot, curve, (drawn, tip), color, 11.0);
            if size > 0.01 {
                chart::point(c, look, plot.at(curve.end(drawn, tip)), color, size as f32, false);
            }
            let end = plot.at(*curve.plan.last().unwrap_or(&[0.0; 2]));
            marks::goal(c, t, end.x + 2.0, end.y - 10.0, 28.0);
        }
        None => rail(c, look, h, xs, zero),
    }
}

fn week(c: &mut Canvas, look: &Look, p: &StripPlace, h: &Hire) {
    let (t, w) = (look.theme, &look.words.words().ramp);
    let [Some(week), all] = h.week else { return };
    let text = week.to_string();
    let (mid, y) = if p.portrait { (p.x + 92.0, p.y - 14.0) } else { (p.x + 101.6, p.y) };
    let style = c.fonts.shrink_lines(&[&text], WEEK, 60.0, 130.0);
    // Each line stands in the middle of the plate where it leans.
    let lean = |dy: f32| if p.portrait { 0.0 } else { (125.0 - dy) * SLANT };
    c.text(mid + lean(45.0), y + 60.4, w.week, style::LABEL, t.mid, Align::Center);
    c.text(mid + lean(125.0), y + 171.2, &text, style, t.hi, Align::Center);
    if let Some(all) = all {
        let text = (w.of_weeks)(all.max(week));
        let (line, _) = c.fonts.fit_text(&text, style::LABEL, 160.0);
        c.line(mid + lean(205.0), y + 220.4, &line, t.mid, Align::Center);
    }
}

fn figure(c: &mut Canvas, look: &Look, h: &Hire, moving: &Moving, right: f32, y: f32) {
    if h.figure.is_empty() {
        return;
    }
    let unit = if h.curve.is_some() { "%".to_owned() } else { (look.words.words().ramp.of)(h.steps.len()) };
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
fn footer(c: &mut Canvas, look: &Look, s: &Shown, portrait: bool) {
    let (t, w) = (look.theme, &look.words.words().ramp);
    let (left, right, y) = if portrait { (54.0, 1026.0, 1755.0) } else { (96.0, 1824.0, 1021.0) };
    let hires = c.text(left, y - 2.8, &(w.hires)(s.model.hires.len()), HIRES, t.hi, Align::Left);
    let first = s.model.hires.iter().filter(|h| h.full_on.is_some());
    let first = first.filter_map(|h| Some((h.weeks_left?, h))).min_by_key(|(left, _)| *left);
    let Some((_, h)) = first else { return };
    let y = if portrait { 1815.0 } else { y };
    let from = if portrait { left } else { left + hires + 60.0 };
    let date = h.full_on.clone().unwrap_or_default();
    let end = right - c.text(right, y, &date, style::FOOTER_VALUE, t.hi, Align::Right) - 20.0;
    let (name, _) = c.fonts.fit_name(&h.name, HIRES, 380.0);
    c.line(end, y - 2.8, &name, t.hi, Align::Right);
    let end = end - name.width - 20.0;
    if end - from > c.fonts.width(w.next_full, style::FOOTER) {
        c.text(end, y - 2.9, w.next_full, style::FOOTER, t.mid, Align::Right);
    }
}
