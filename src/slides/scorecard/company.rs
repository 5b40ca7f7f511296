//! Draws a company's scorecard: up to three panels side by side, on portrait screens one under the other.

use super::{Indicator, PageMotion};
use crate::scene::{Align, Canvas, Slab, Style, Vec2, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::attain::{Standing, State};
use crate::slides::widgets::bar::Scale;
use crate::slides::widgets::digits::Odometer;
use crate::slides::widgets::gauge::{self, Gauge, TextSize};
use crate::slides::widgets::panel::{self, PanelRect};
use crate::theme::BLACK;

const NAME: Style = Style::new(64.0, Weight::Bold);
const FIGURE: Style = Style::new(200.0, Weight::Heavy);
const OF: Style = Style::new(64.0, Weight::Semi);
const PERCENT: Style = Style::new(84.0, Weight::Bold);
const VERDICT: Style = Style::new(64.0, Weight::Bold).tracked(0.01);
const FORECAST: Style = Style::new(46.0, Weight::Semi).tracked(0.03);
const FUTURE: Style = Style::new(112.0, Weight::Bold);
const FUTURE_PERCENT: Style = Style::new(84.0, Weight::Semi);

/// Where panel `i` of `n` lies.
fn place(portrait: bool, i: usize, n: usize) -> PanelRect {
    let (i, n) = (i as f32, n.max(1) as f32);
    if portrait {
        let h = (1448.0 - 24.0 * (n - 1.0)) / n;
        let y = 246.0 + (h + 24.0) * i;
        PanelRect { x: 54.0, y, w: 972.0, h, base_y: y + h - 110.0 }
    } else {
        let w = (1728.0 - 24.0 * (n - 1.0)) / n;
        PanelRect { x: 96.0 + (w + 24.0) * i, y: 160.0, w, h: 795.0, base_y: 741.0 }
    }
}

pub fn draw(c: &mut Canvas, look: &Look, motion: &PageMotion) {
    let portrait = c.stage().portrait();
    let n = motion.plates.len();
    c.layer("panels");
    let full = c.sample(&motion.full);
    let places: Vec<PanelRect> = (0..n).map(|i| place(portrait, i, n)).collect();
    shadow(c, look, &places, portrait);
    for (i, indicator) in motion.indicators().enumerate() {
        ground(c, look, indicator.gauge, &places[i], i == 0);
        if portrait {
            tall(c, look, &indicator, &places[i], full, i == 0);
        } else {
            wide(c, look, &indicator, &places[i], full, i == 0);
        }
    }
}

/// The shadow of all panels as if they were one; the light does not get between them.
fn shadow(c: &mut Canvas, look: &Look, places: &[PanelRect], portrait: bool) {
    let (Some(first), Some(last)) = (places.first(), places.last()) else { return };
    let all = PanelRect { w: last.x + last.w - first.x, h: last.bottom() - first.y, ..*first };
    panel::shadow(c, look, &all);
    for pair in places.windows(2) {
        let (a, b) = (&pair[0], &pair[1]);
        let gap = if portrait {
            Slab::rect(a.x, a.bottom(), a.w, b.y - a.bottom())
        } else {
            Slab::rect(a.x + a.w, a.y, b.x - a.x - a.w, a.h)
        };
        c.slab(gap, BLACK.fade(look.theme.shadow[1]));
    }
}

fn ground(c: &mut Canvas, look: &Look, gauge: &Gauge, p: &PanelRect, lead: bool) {
    let bare = future(look, gauge, "").1.is_empty();
    panel::ground(c, look, &if bare { PanelRect { base_y: p.bottom(), ..*p } } else { *p });
    let state = gauge.shown(c).state;
    panel::edge_of(c, p, gauge::fill(look.theme, state, lead));
}

fn wide(c: &mut Canvas, look: &Look, Indicator { plate, gauge }: &Indicator, p: &PanelRect, full: f64, lead: bool) {
    let t = look.theme;
    let (x, right) = (p.x + 48.0, p.x + p.w - 44.0);
    gauge::text(c, &plate.label, vec2(x, 246.4), TextSize::new(NAME, 46.0, right - x), t.hi, Align::Left);
    let ink = if lead { t.accent_text } else { t.hi };
    gauge::figure(
        c,
        &gauge.value,
        vec2(x - 6.0, 444.0),
        TextSize::new(FIGURE, 96.0, right - x + 6.0),
        ink,
        Align::Left,
    );
    let percent_w = percent(c, look, gauge, vec2(right, 535.4), (right - x) * 0.55);
    let of_room = right - x - percent_w - 24.0;
    gauge::text(c, &of(look, gauge), vec2(x, 528.4), TextSize::new(OF, 44.0, of_room), t.mid, Align::Left);
    bar(c, look, gauge, Scale { x, y: 572.0, w: right - x, h: 40.0, full }, lead);
    let standing = gauge.shown(c);
    gauge::sign(c, look, standing.state, vec2(x + 18.0, 683.0), 1.385);
    let word = verdict(look, standing);
    gauge::text(
        c,
        &word,
        vec2(x + 56.0, 706.4),
        TextSize::new(VERDICT, 46.0, right - x - 56.0),
        color(look, standing),
        Align::Left,
    );
    let (label, figure, percent) = future(look, gauge, &plate.forecast_percent);
    if figure.is_empty() {
        return;
    }
    // The figure leaves with the lower third, its label stands above the line.
    c.group(0.0, 0.0, look.stays(910.0), |c| {
        c.text(x, 807.1, label, FORECAST, t.mid, Align::Left);
        let style = c.fonts.shrink(&percent, FUTURE_PERCENT, 54.0, (right - x) * 0.45);
        let w = c.text(right, 910.2, &percent, style, t.mid, Align::Right);
        let room = right - x - w - 24.0;
        gauge::figure(
            c,
            &Odometer::still(figure),
            vec2(x - 3.0, 910.2),
            TextSize::new(FUTURE, 60.0, room),
            t.hi,
            Align::Left,
        );
    });
}

fn tall(c: &mut Canvas, look: &Look, Indicator { plate, gauge }: &Indicator, p: &PanelRect, full: f64, lead: bool) {
    let t = look.theme;
    let (x, right, y) = (p.x + 48.0, p.x + p.w - 44.0, p.y);
    // One or two panels are taller; the rest of the height stands over the bar.
    let extra = (p.h - 466.7).max(0.0) * 0.5;
    gauge::text(c, &plate.label, vec2(x, y + 80.0), TextSize::new(NAME, 46.0, right - x), t.hi, Align::Left);
    let ink = if lead { t.accent_text } else { t.hi };
    let line = y + 256.0 + extra;
    let half = (right - x) * 0.6;
    gauge::figure(c, &gauge.value, vec2(x - 6.0, line), TextSize::new(FIGURE, 96.0, half), ink, Align::Left);
    gauge::text(
        c,
        &of(look, gauge),
        vec2(right, line - 84.0),
        TextSize::new(OF, 44.0, right - x - half - 24.0),
        t.mid,
        Align::Right,
    );
    percent(c, look, gauge, vec2(right, line), right - x - half - 24.0);
    bar(c, look, gauge, Scale { x, y: line + 34.0, w: right - x, h: 40.0, full }, lead);
    let base = p.base_y + 76.0;
    let (label, figure, future_percent) = future(look, gauge, &plate.forecast_percent);
    let standing = gauge.shown(c);
    let word = verdict(look, standing);
    let word_room = if figure.is_empty() { right - x - 56.0 } else { 330.0 };
    c.group(0.0, 0.0, look.stays(base), |c| {
        gauge::sign(c, look, standing.state, vec2(x + 18.0, base - 23.0), 1.385);
        let word_w = gauge::text(
            c,
            &word,
            vec2(x + 56.0, base),
            TextSize::new(VERDICT, 46.0, word_room),
            color(look, standing),
            Align::Left,
        );
        if figure.is_empty() {
            return;
        }
        let style = c.fonts.shrink(&future_percent, OF, 46.0, 110.0);
        let w = c.text(right, base, &future_percent, style, t.mid, Align::Right);
        let label_w = c.fonts.width(label, FORECAST);
        let room = right - w - 20.0 - (x + 56.0 + word_w + 28.0) - label_w - 18.0;
        let figure = Odometer::still(figure);
        let figure_w = gauge::figure(
            c,
            &figure,
            vec2(right - w - 20.0, base),
            TextSize::new(PERCENT, 54.0, room),
            t.hi,
            Align::Right,
        );
        c.text(right - w - 20.0 - figure_w - 18.0, base, label, FORECAST, t.mid, Align::Right);
    });
}

fn percent(c: &mut Canvas, look: &Look, gauge: &Gauge, Vec2 { x: right, y }: Vec2, room: f32) -> f32 {
    if gauge.percent.text().is_empty() {
        return 0.0;
    }
    let text = look.locale.with_percent(gauge.percent.text());
    let style = c.fonts.shrink(&text, PERCENT, 54.0, room);
    let sign = c.text(right, y, &look.locale.with_percent(""), style, look.theme.hi, Align::Right);
    sign + gauge.percent.paint(c, right - sign, y, style, look.theme.hi, Align::Right)
}

/// "OF 180": the unit stands beside the label.
fn of(look: &Look, gauge: &Gauge) -> String {
    let target = &gauge.standing.target;
    if target.is_empty() { String::new() } else { (look.locale.words().of)(target) }
}

fn bar(c: &mut Canvas, look: &Look, gauge: &Gauge, scale: Scale, lead: bool) {
    gauge.bar(c, look, &scale, lead, false);
    gauge.goal(c, look, &scale, 38.0);
    gauge.pace(c, look, &scale, 38.0);
}

fn verdict(look: &Look, standing: &Standing) -> String {
    let w = look.locale.words();
    match standing.state {
        State::Unknown => String::new(),
        State::Behind => (w.behind)(&standing.off),
        State::OnPace => w.on_pace.to_owned(),
        State::Ahead => (w.ahead)(&standing.off),
        State::Met => w.goals.met.to_owned(),
    }
}

fn color(look: &Look, standing: &Standing) -> crate::scene::Color {
    gauge::words(look.theme, standing.state)
}

/// What the base says: the forecast, else the pace, else nothing.
fn future<'a>(look: &Look, gauge: &'a Gauge, percent: &str) -> (&'static str, &'a str, String) {
    let w = look.locale.words();
    let s = &gauge.standing;
    if !s.forecast_text.is_empty() {
        let percent = if percent.is_empty() { String::new() } else { look.locale.with_percent(percent) };
        (w.goals.forecast, &s.forecast_text, percent)
    } else {
        (w.goals.pace, &s.pace_text, String::new())
    }
}
