//! Draws like a coach: the play as a ghost, the stroke under the headline, the route over the steps.

use crate::scene::ribbon::{cubic, first_part};
use crate::scene::{Canvas, Color, Vec2, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::marks;

/// The play diagram, faint: a man, his way, and whom he passes. Moved by `dx`, `dy` units from its place in the panel of
/// wide screens.
pub fn ghost(c: &mut Canvas, look: &Look, Vec2 { x: dx, y: dy }: Vec2) {
    let ink = look.theme.accent.fade(0.15);
    let at = |x: f32, y: f32| vec2(x + dx, y + dy);
    let w = 26.0;
    let Vec2 { x, y } = at(246.0, 840.0);
    c.ring(x, y, 56.0, w, ink);
    // The second bar of the cross is left out where it would lie on the first.
    let h = 42.0;
    let Vec2 { x, y } = at(438.0, 762.0);
    let gap = w / 2.0 / 2f32.sqrt();
    c.stroke(vec2(x - h, y - h), vec2(x + h, y + h), w, ink);
    c.stroke(vec2(x + h, y - h), vec2(x + gap, y - gap), w, ink);
    c.stroke(vec2(x - gap, y + gap), vec2(x - h, y + h), w, ink);
    let way = cubic([at(315.0, 836.5), at(427.0, 851.0), at(526.0, 900.0), at(536.0, 760.0)], 24);
    c.ribbon(&way, w, false, ink);
}

/// The telestrator's stroke under a line that begins at `x` on `baseline`, `w` wide: out and half way back. `drawn` is
/// how much of it is there, 0 to 1.
pub fn stroke(c: &mut Canvas, color: Color, Vec2 { x, y: baseline }: Vec2, w: f32, drawn: f32) {
    // The design's curve, 797 wide.
    let at = |u: f32, v: f32| vec2(x + u * w / 797.0, baseline + v);
    let out = cubic([at(-6.0, 46.0), at(233.0, 26.0), at(552.0, 24.0), at(797.0, 34.0)], 28);
    let back = cubic([at(797.0, 34.0), at(592.0, 40.0), at(392.0, 48.0), at(281.0, 62.0)], 20);
    // The way out takes as much of the time as of the length.
    let share = 0.61;
    for (line, part) in [(out, drawn / share), (back, (drawn - share) / (1.0 - share))] {
        if part > 0.0 {
            c.ribbon(&first_part(&line, part), 10.0, true, color);
        }
    }
}

/// The route from step to step: rings at `stops`, an arrow into the tick at the end. `f` scales it.
pub fn route(c: &mut Canvas, look: &Look, stops: &[Vec2], goal: Vec2, f: f32) {
    let t = look.theme;
    // On light plates the accent itself is too pale for a line.
    let ink = if t.grey { t.accent } else { t.accent_text };
    let (r, w) = (34.0 * f, 11.0 * f);
    let tip = vec2(goal.x - 80.0 * f, goal.y);
    let mut ways = Vec::new();
    for pair in stops.windows(2) {
        let (from, to) = (vec2(pair[0].x, pair[0].y + r), vec2(pair[1].x, pair[1].y - r));
        let bend = vec2(0.0, (to.y - from.y) * 0.66);
        ways.push(cubic([from, from + bend, to - bend, to], 20));
    }
    if let Some(last) = stops.last() {
        let from = vec2(last.x, last.y + r);
        let fall = goal.y - from.y;
        ways.push(cubic(
            [from, vec2(from.x, from.y + fall * 0.63), vec2(from.x - 4.0 * f, goal.y), vec2(tip.x - 6.0 * f, goal.y)],
            24,
        ));
    }
    for way in &ways {
        c.ribbon(way, w * 2.0, true, t.marker[1].fade(0.8));
    }
    for way in &ways {
        c.ribbon(way, w, true, ink);
    }
    let (dx, dy) = (34.0 * f, 30.0 * f);
    c.ribbon(&[vec2(tip.x - dx, tip.y - dy), tip, vec2(tip.x - dx, tip.y + dy)], w, true, ink);
    for stop in stops {
        c.disc(stop.x, stop.y, r, t.bg[1]);
        c.ring(stop.x, stop.y, r, w, ink);
    }
    c.disc(goal.x, goal.y, 40.0 * f, t.accent);
    marks::tick(c, goal.x - 18.0 * f, goal.y, 39.0 * f, t.on_one);
}
