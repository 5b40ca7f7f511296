//! Draws a goal as a panel of its own: whose it is, the figure over its bar, the forecast, the attainment.

use super::RowMotion;
use super::plan::Plan;
use crate::scene::{Align, Canvas, Fonts, Paint, Slab, Style, Vec2, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::accents;
use crate::slides::widgets::attain::State;
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

/// The ground of a panel that is not the first.
pub fn card(c: &mut Canvas, look: &Look, p: &PanelRect) {
    let t = look.theme;
    panel::row_edge(c, t.row_edge, [p.x, p.x + p.w], p.bottom());
    c.slab(Slab::rect(p.x, p.y, p.w, p.h), Paint::across(t.card[0], t.card[1]));
    c.slab(Slab::rect(p.x, p.y, p.w, 2.0), WHITE.fade(0.16));
}

/// A style as large as the plan has it.
fn sized(style: Style, factor: f32) -> Style {
    style.sized(style.size * factor)
}

/// Paints a row in its panel. The marks of the first row are named, and that of the pace in the first one that has room;
/// returns whether the pace has its name with this row.
pub fn paint(c: &mut Canvas, look: &Look, motion: &RowMotion, plan: &Plan, first: bool, pace_named: bool) -> bool {
    let t = look.theme;
    let (row, s, p) = (&motion.row, &motion.gauge.standing, plan.panel);
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
    let (line, _) = c.fonts.fit_text(&row.kind, sized(kind, plan.lines), plan.name_w);
    c.line(plan.kind.x, plan.kind.y, &line, ink, Align::Left);
    let name = sized(NAME, plan.names);
    let gap = plan.name.y - 0.7 * name.size - plan.kind.y;
    let name = name.sized(accents::under(&row.name, name.size, gap));
    let name = TextSize::new(name, 66.0, plan.name_w).fitting(c, &row.name);
    let fit = if row.person { Fonts::fit_name } else { Fonts::fit_text };
    let (line, _) = fit(c.fonts, &row.name, name, plan.name_w);
    c.line(plan.name.x, plan.name.y, &line, t.hi, Align::Left);
    verdict(c, look, motion, plan);

    let bar = plan.bar;
    let pace_x = s.pace.filter(|_| !s.target.is_empty()).map_or(f32::MAX, |pace| bar.at(pace));
    let value_end = value(c, look, motion, plan, [pace_x, bar.x + bar.w]);
    motion.gauge.bar(c, look, &bar, first, true);
    if s.share.is_some() {
        bar.goal(c, look, 1.0, plan.mark());
    }
    let pace = if s.target.is_empty() { None } else { motion.gauge.pace(c, look, &bar, plan.mark()) };
    let under_end = under(c, look, motion, plan);
    let mut named = pace_named;
    if s.share.is_some() && (first || !pace_named) {
        // Where the line under the bar tells the pace, it is not written twice.
        let told = s.forecast_text.is_empty() && !s.pace_text.is_empty();
        let under_free = if plan.label_under && !told { under_end } else { f32::MAX };
        named |= marks(c, look, plan, pace, [value_end, under_free], first) || told;
    }
    percent(c, look, motion, plan, first);
    named
}

/// "152.1 OF 180 ¥M". Returns its right end.
fn value(c: &mut Canvas, look: &Look, motion: &RowMotion, plan: &Plan, [pace_x, right]: [f32; 2]) -> f32 {
    let t = look.theme;
    let Vec2 { x, y } = plan.value;
    let (figure, small, space) = (sized(VALUE, plan.figures), sized(OF, plan.figures), 18.0 * plan.lines);
    let of = motion.gauge.standing.of(look.locale);
    let of_w = if of.is_empty() { 0.0 } else { c.fonts.width(&of, small).min((right - x) * 0.5) + space };
    // Over the pace marker's head the line stands higher; kanji reach below it.
    let lift = if x + c.fonts.width(motion.gauge.standing.value.as_str(), figure) + of_w > pace_x - 24.0 {
        if of.chars().any(crate::scene::text::is_cjk) { 10.0 } else { 6.0 }
    } else {
        0.0
    };
    let y = y - lift * plan.lines;
    let w = gauge::figure(
        c,
        &motion.gauge.value,
        vec2(x, y),
        TextSize::new(figure, 60.0, right - x - of_w),
        t.hi,
        Align::Left,
    );
    if of.is_empty() {
        return x + w;
    }
    let at = x + w + space;
    at + gauge::text(c, &of, vec2(at, y), TextSize::new(small, 44.0, right - at), t.mid, Align::Left)
}

/// PACE and GOAL over their marks, once: a label at the thing, no legend. `free` is where the line over the bar and the
/// one under it end: a label that has no room over the bar stands under it. Returns whether the pace has its label.
fn marks(c: &mut Canvas, look: &Look, plan: &Plan, pace: Option<f32>, free: [f32; 2], name_goal: bool) -> bool {
    let t = look.theme;
    let w = &look.locale.words().goals;
    let style = if w.pace.chars().any(crate::scene::text::is_cjk) { MARK.sized(42.0) } else { MARK };
    let (bar, style) = (&plan.bar, sized(style, plan.lines));
    let (over, under) = (bar.y - 25.0 * plan.lines, bar.y + bar.h + 59.0 * plan.lines);
    let goal_w = c.fonts.width(w.goal, style);
    let pace_w = c.fonts.width(w.pace, style);
    let [over_free, under_free] = free.map(|x| x + 34.0 * plan.lines);
    let mut goal = bar.at(1.0) - 12.0;
    let mut named = false;
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
        let place = if at >= over_free { Some((at, over)) } else { (below >= under_free).then_some((below, under)) };
        if let Some((x, y)) = place {
            c.text(x, y, w.pace, style, t.mid, Align::Left);
            named = true;
        }
    }
    if name_goal && goal >= over_free {
        c.text(goal, over, w.goal, style, t.mid, Align::Left);
    }
    named
}

/// The forecast and its share; without one, the pace. Returns its right end.
fn under(c: &mut Canvas, look: &Look, motion: &RowMotion, plan: &Plan) -> f32 {
    let t = look.theme;
    let (x, y, up) = (plan.bar.x, plan.under, 5.6 * plan.lines);
    let [forecast, shown, share] = [FORECAST, FIGURE, FORECAST_PERCENT].map(|style| sized(style, plan.lines));
    let w = &look.locale.words().goals;
    let s = &motion.gauge.standing;
    let (label, figure) = match (s.forecast_text.is_empty(), s.pace_text.is_empty()) {
        (false, _) => (w.forecast, &s.forecast_text),
        (true, false) => (w.pace, &s.pace_text),
        (true, true) => return x,
    };
    let at = x + c.text(x, y - up, label, forecast, t.mid, Align::Left) + 18.0;
    let percent = match motion.row.forecast_percent.as_str() {
        "" => String::new(),
        percent => look.locale.with_percent(percent),
    };
    let percent_w = if percent.is_empty() { 0.0 } else { c.fonts.width(&percent, share) + 26.0 };
    let end = x + plan.under_w;
    let figure = Odometer::still(figure);
    let at = at
        + gauge::figure(c, &figure, vec2(at, y), TextSize::new(shown, 46.0, end - at - percent_w), t.hi, Align::Left)
        + 26.0;
    let reached = s.forecast.is_some_and(|f| f >= 1.0);
    let ink = if reached { t.up } else { t.down };
    if !percent.is_empty() && at + percent_w - 26.0 <= end + 1.0 {
        return at + c.text(at, y - up, &percent, share, ink, Align::Left);
    }
    at - 26.0
}

fn verdict(c: &mut Canvas, look: &Look, motion: &RowMotion, plan: &Plan) {
    let w = look.locale.words();
    let s = motion.gauge.shown(c);
    let text = match s.state {
        State::Unknown => return,
        State::Behind => (w.behind)(&s.off),
        State::OnPace => w.on_pace.to_owned(),
        State::Ahead => (w.ahead)(&s.off),
        State::Met => w.goals.met.to_owned(),
    };
    let color = gauge::words(look.theme, s.state);
    let Vec2 { x, y } = plan.verdict;
    let align = if plan.verdict_at_right { Align::Right } else { Align::Left };
    let size = TextSize::new(sized(VERDICT, plan.lines), 44.0, plan.verdict_w - 46.0 * plan.lines);
    let w = gauge::text(c, &text, vec2(x, y), size, color, align);
    let beside = 31.0 * plan.lines;
    let sign_x = if plan.verdict_at_right { x - w - beside } else { x - beside };
    gauge::sign(c, look, s.state, vec2(sign_x, y - 20.4 * plan.lines), 1.23 * plan.lines);
}

/// The attainment with its sign; it gives way to the bar.
fn percent(c: &mut Canvas, look: &Look, motion: &RowMotion, plan: &Plan, first: bool) {
    if motion.gauge.percent.text().is_empty() {
        return;
    }
    let t = look.theme;
    let ink = if first { t.accent_text } else { t.hi };
    let [right, y, room] = plan.percent;
    let sign = c.text(right, y, "%", sized(SIGN, plan.shares), ink, Align::Right) + 10.0;
    let full = sized(if first { PERCENT_LEAD } else { PERCENT }, plan.shares);
    let style = c.fonts.shrink(motion.gauge.percent.text(), full, 90.0, room - sign);
    let lift = (full.size - style.size) * 0.2;
    motion.gauge.percent.paint(c, right - sign, y - lift, style, ink, Align::Right);
}
