//! Draws the team's sum under a takeover: what was there before is neutral, this deal's slice is accent (DESIGN 6.5).

use super::model::TeamBar;
use super::{Span, at};
use crate::motion::{Anim, Curve};
use crate::scene::{Align, Canvas, Style, Weight};
use crate::slides::context::Look;
use crate::slides::widgets::bar::Scale;
use crate::slides::widgets::card;
use crate::theme::spring;

/// Where the words and the bar lie on one shape of screen, in units.
struct TeamBarPlace {
    /// Baselines of the words and of the percentage, and their sizes.
    base: f32,
    percent_base: f32,
    label: f32,
    value: f32,
    percent: f32,
    /// Top and height of the bar.
    bar_y: f32,
    bar_h: f32,
    /// Whether the bar has a line of its own.
    stacked: bool,
}

const WIDE: TeamBarPlace = TeamBarPlace {
    base: 1000.1,
    percent_base: 1005.0,
    label: 46.0,
    value: 50.0,
    percent: 60.0,
    bar_y: 972.0,
    bar_h: 24.0,
    stacked: false,
};

const TALL: TeamBarPlace = TeamBarPlace {
    base: 1679.6,
    percent_base: 1689.4,
    label: 56.0,
    value: 60.0,
    percent: 84.0,
    bar_y: 1732.0,
    bar_h: 40.0,
    stacked: true,
};

pub fn draw(c: &mut Canvas, look: &Look, team: &TeamBar, span: Span) {
    let t = look.theme;
    let [x, right] = c.stage().sides();
    let p = if c.stage().portrait() { &TALL } else { &WIDE };
    let percent = Style::new(p.percent, Weight::Bold);
    let percent_w = c.text(right, p.percent_base, &team.percent, percent, t.hi, Align::Right);
    let label_w = c.text(x, p.base, &team.label, card::LABEL.sized(p.label), t.mid, Align::Left);
    let text_x = x + label_w + 18.0;
    let max = if p.stacked { right - percent_w - 40.0 - text_x } else { 860.0 };
    let (line, _) = c.fonts.fit_text(&team.text, Style::new(p.value, Weight::Bold), max);
    c.line(text_x, p.base + 1.4, &line, t.hi, Align::Left);
    let [from, to] = match p.stacked {
        true => [x, right],
        false => [(text_x + line.width + 44.0).max(560.0), (right - percent_w - 19.0).min(1660.0)],
    };
    let bar = Scale { x: from, y: p.bar_y, w: (to - from).max(120.0), h: p.bar_h, full: 1.0 };
    bar.groove(c, t.track_footer);
    let [from, to] = team.slice;
    let grown = if look.screen.reduced_motion {
        1.0
    } else {
        let grow = Anim::new(0.0, 1.0, 0.0, span.start.after(at::SLICE), Curve::Spring(spring::ROLL), 2e-4);
        c.sample(&grow)
    };
    bar.fill(c, 0.0, from, t.bar.mix(t.hi, 0.18));
    bar.fill(c, from, from + (to - from) * grown, t.accent_paint());
}
