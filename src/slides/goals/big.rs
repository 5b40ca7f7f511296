//! Draws a goal as a panel of its own: whose it is, the figure over its bar, the forecast, the attainment.

use super::{FULL, RowMotion};
use crate::scene::{Align, Canvas, Paint, Slab, Style, Vec2, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::accents;
use crate::slides::widgets::attain::State;
use crate::slides::widgets::bar::Scale;
use crate::slides::widgets::digits::Odometer;
use crate::slides::widgets::gauge::{self, TextSize};
use crate::slides::widgets::panel::{self, PanelRect};
use crate::theme::WHITE;

const KIND: Style = Style::new(48.0, Weight::Bold).tracked(0.03);
const KIND_PLAIN: Style = Style::new(48.0, Weight::Semi).tracked(0.03);
const NAME: Style = Style::new(92.0, Weight::Bold);
const VERDICT: Style = Style::new(56.0, Weight::Bold).tracked(0.01);
const VALUE: Style = Style::new(92.0, Weight::Bold);
const OF: Style = Style::new(52.0, Weight::Semi);
const MARK: Style = Style::new(40.0, Weight::Semi).tracked(0.03);
const FORECAST: Style = Style::new(48.0, Weight::Semi).tracked(0.03);
const FIGURE: Style = Style::new(64.0, Weight::Bold);
const FORECAST_PERCENT: Style = Style::new(48.0, Weight::Bold);
const PERCENT: Style = Style::new(176.0, Weight::Bold);
const PERCENT_LEAD: Style = Style::new(176.0, Weight::Heavy);
const SIGN: Style = Style::new(80.0, Weight::Semi);

/// Where the panel `i` lies.
pub fn place(portrait: bool, i: usize) -> PanelRect {
    let [x, y, w, h, pitch] =
        if portrait { [54.0, 246.0, 972.0, 464.0, 492.0] } else { [96.0, 160.0, 1728.0, 246.0, 274.0] };
    let y = y + pitch * i as f32;
    PanelRect { x, y, w, h, base_y: y + h }
}

pub fn scale(portrait: bool, p: &PanelRect) -> Scale {
    if portrait {
        Scale { x: p.x + 48.0, y: p.y + 292.0, w: p.w - 92.0, h: 50.0, full: FULL }
    } else {
        Scale { x: p.x + 556.0, y: p.y + 111.0, w: 730.0, h: 50.0, full: FULL }
    }
}

/// The ground of a panel that is not the first.
pub fn card(c: &mut Canvas, look: &Look, p: &PanelRect) {
    let t = look.theme;
    panel::row_edge(c, t.row_edge, [p.x, p.x + p.w], p.bottom());
    c.slab(Slab::rect(p.x, p.y, p.w, p.h), Paint::across(t.card[0], t.card[1]));
    c.slab(Slab::rect(p.x, p.y, p.w, 2.0), WHITE.fade(0.16));
}

/// Where the texts of a panel lie, in units of the stage.
struct Spots {
    kind: Vec2,
    name: Vec2,
    name_w: f32,
    /// Left end, or right end on portrait screens.
    verdict: Vec2,
    verdict_w: f32,
    value: Vec2,
    /// Baseline of what is under the bar.
    under: f32,
    /// Right end and baseline of the attainment, and its room.
    percent: [f32; 3],
}

fn spots(portrait: bool, p: &PanelRect) -> Spots {
    let at = |x: f32, y: f32| vec2(p.x + x, p.y + y);
    if portrait {
        Spots {
            kind: at(48.0, 66.8),
            name: at(48.0, 156.0),
            name_w: 470.0,
            verdict: at(928.0, 424.0),
            verdict_w: 380.0,
            value: at(48.0, 270.0),
            under: p.y + 424.0,
            percent: [p.x + 928.0, p.y + 156.0, 390.0],
        }
    } else {
        Spots {
            kind: at(48.0, 66.8),
            name: at(48.0, 153.2),
            name_w: 440.0,
            verdict: at(94.0, 226.6),
            verdict_w: 440.0,
            value: at(556.0, 90.2),
            under: p.y + 231.4,
            percent: [p.x + 1690.0, p.y + 184.6, 388.0],
        }
    }
}

/// Paints a row in its panel.
pub fn paint(c: &mut Canvas, look: &Look, motion: &RowMotion, p: PanelRect, first: bool) {
    let t = look.theme;
    let portrait = c.stage().portrait();
    let (row, s) = (&motion.row, &motion.gauge.standing);
    let spots = spots(portrait, &p);
    if first {
        panel::shadow(c, look, &p);
        panel::ground(c, look, &p);
        panel::edge_of(c, &p, t.accent_paint());
    } else {
        card(c, look, &p);
        let state = motion.gauge.shown(c).state;
        c.slab(Slab::rect(p.x, p.y, 10.0, p.h), gauge::fill(t, state, false));
    }
    let (kind, ink) = if first { (KIND, t.accent_text) } else { (KIND_PLAIN, t.mid) };
    let (line, _) = c.fonts.fit_text(&row.kind, kind, spots.name_w);
    c.line(spots.kind.x, spots.kind.y, &line, ink, Align::Left);
    let gap = spots.name.y - 0.7 * NAME.size - spots.kind.y;
    let name = NAME.sized(accents::under(&row.name, NAME.size, gap));
    let name = TextSize::new(name, 66.0, spots.name_w).fitting(c, &row.name);
    let (line, _) = c.fonts.fit_name(&row.name, name, spots.name_w);
    c.line(spots.name.x, spots.name.y, &line, t.hi, Align::Left);
    verdict(c, look, motion, &spots, portrait);

    let bar = scale(portrait, &p);
    let pace_x = s.pace.filter(|_| !s.target.is_empty()).map_or(f32::MAX, |pace| bar.at(pace));
    let value_end = value(c, look, motion, &spots, [pace_x, bar.x + bar.w]);
    motion.gauge.bar(c, look, &bar, first, true);
    if s.share.is_some() {
        bar.goal(c, look, 1.0, 42.0);
    }
    let pace = if s.target.is_empty() { None } else { motion.gauge.pace(c, look, &bar, 42.0) };
    let under_end = under(c, look, motion, vec2(bar.x, spots.under), if portrait { 500.0 } else { bar.w });
    if first && s.share.is_some() {
        let under_free = if portrait { f32::MAX } else { under_end };
        marks(c, look, &bar, pace, [value_end, under_free]);
    }
    percent(c, look, motion, spots.percent, first);
}

/// "152.1 OF 180 ¥M". Returns its right end.
fn value(c: &mut Canvas, look: &Look, motion: &RowMotion, spots: &Spots, [pace_x, right]: [f32; 2]) -> f32 {
    let t = look.theme;
    let Vec2 { x, y } = spots.value;
    let of = motion.gauge.standing.of(look.words);
    let of_w = if of.is_empty() { 0.0 } else { c.fonts.width(&of, OF).min((right - x) * 0.5) + 18.0 };
    // Over the pace marker's head the line stands higher; kanji reach below it.
    let lift = if x + c.fonts.width(motion.gauge.standing.value.as_str(), VALUE) + of_w > pace_x - 24.0 {
        if of.chars().any(crate::scene::text::is_cjk) { 10.0 } else { 6.0 }
    } else {
        0.0
    };
    let y = y - lift;
    let w = gauge::figure(
        c,
        &motion.gauge.value,
        vec2(x, y),
        TextSize::new(VALUE, 60.0, right - x - of_w),
        t.hi,
        Align::Left,
    );
    if of.is_empty() {
        return x + w;
    }
    let at = x + w + 18.0;
    at + gauge::text(c, &of, vec2(at, y), TextSize::new(OF, 44.0, right - at), t.mid, Align::Left)
}

/// PACE and GOAL over their marks, once: a label at the thing, no legend. `free` is where the line over the bar and the
/// one under it end: a label that has no room over the bar stands under it.
fn marks(c: &mut Canvas, look: &Look, bar: &Scale, pace: Option<f32>, free: [f32; 2]) {
    let t = look.theme;
    let w = &look.words.words().goals;
    let style = if w.pace.chars().any(crate::scene::text::is_cjk) { MARK.sized(42.0) } else { MARK };
    let (over, under) = (bar.y - 25.0, bar.y + 109.0);
    let goal_w = c.fonts.width(w.goal, style);
    let pace_w = c.fonts.width(w.pace, style);
    let [over_free, under_free] = free.map(|x| x + 16.0);
    let mut goal = bar.at(1.0) - 12.0;
    if let Some(mark) = pace {
        // It may begin anywhere over the marker; close together, the left one gives way.
        let mut at = (mark - 18.0).max((over_free + 10.0).min(mark + 9.0));
        if at <= goal {
            at = at.min(goal - 16.0 - pace_w);
        } else {
            at = at.min(bar.x + bar.w + 20.0 - pace_w);
            goal = goal.min(at - 16.0 - goal_w);
        }
        let below = mark - pace_w / 2.0 - 10.0;
        if at >= over_free {
            c.text(at, over, w.pace, style, t.mid, Align::Left);
        } else if below >= under_free {
            c.text(below, under, w.pace, style, t.mid, Align::Left);
        }
    }
    if goal >= over_free {
        c.text(goal, over, w.goal, style, t.mid, Align::Left);
    }
}

/// The forecast and its share; without one, the pace. Returns its right end.
fn under(c: &mut Canvas, look: &Look, motion: &RowMotion, Vec2 { x, y }: Vec2, room: f32) -> f32 {
    let t = look.theme;
    let w = &look.words.words().goals;
    let s = &motion.gauge.standing;
    let (label, figure) = match (s.forecast_text.is_empty(), s.pace_text.is_empty()) {
        (false, _) => (w.forecast, &s.forecast_text),
        (true, false) => (w.pace, &s.pace_text),
        (true, true) => return x,
    };
    let at = x + c.text(x, y - 5.6, label, FORECAST, t.mid, Align::Left) + 18.0;
    let percent = match motion.row.forecast_percent.as_str() {
        "" => String::new(),
        percent => look.words.with_percent(percent),
    };
    let percent_w = if percent.is_empty() { 0.0 } else { c.fonts.width(&percent, FORECAST_PERCENT) + 26.0 };
    let end = x + room;
    let figure = Odometer::still(figure);
    let at = at
        + gauge::figure(c, &figure, vec2(at, y), TextSize::new(FIGURE, 46.0, end - at - percent_w), t.hi, Align::Left)
        + 26.0;
    let reached = s.forecast.is_some_and(|f| f >= 1.0);
    let ink = if reached { t.up } else { t.down };
    if !percent.is_empty() && at + percent_w - 26.0 <= end + 1.0 {
        return at + c.text(at, y - 5.6, &percent, FORECAST_PERCENT, ink, Align::Left);
    }
    at - 26.0
}

fn verdict(c: &mut Canvas, look: &Look, motion: &RowMotion, spots: &Spots, portrait: bool) {
    let w = look.words.words();
    let s = motion.gauge.shown(c);
    let text = match s.state {
        State::Unknown => return,
        State::Behind => (w.behind)(&s.off),
        State::OnPace => w.on_pace.to_owned(),
        State::Ahead => (w.ahead)(&s.off),
        State::Met => w.goals.met.to_owned(),
    };
    let color = gauge::words(look.theme, s.state);
    let Vec2 { x, y } = spots.verdict;
    let align = if portrait { Align::Right } else { Align::Left };
    let w = gauge::text(c, &text, vec2(x, y), TextSize::new(VERDICT, 44.0, spots.verdict_w - 46.0), color, align);
    let sign_x = if portrait { x - w - 31.0 } else { x - 31.0 };
    gauge::sign(c, look, s.state, vec2(sign_x, y - 20.4), 1.23);
}

/// The attainment with its sign; it gives way to the bar.
fn percent(c: &mut Canvas, look: &Look, motion: &RowMotion, [right, y, room]: [f32; 3], first: bool) {
    if motion.gauge.percent.text().is_empty() {
        return;
    }
    let t = look.theme;
    let ink = if first { t.accent_text } else { t.hi };
    let sign = c.text(right, y, "%", SIGN, ink, Align::Right) + 10.0;
    let style = if first { PERCENT_LEAD } else { PERCENT };
    let style = c.fonts.shrink(motion.gauge.percent.text(), style, 90.0, room - sign);
    let lift = (176.0 - style.size) * 0.2;
    motion.gauge.percent.paint(c, right - sign, y - lift, style, ink, Align::Right);
}
