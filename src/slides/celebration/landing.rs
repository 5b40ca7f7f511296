//! Draws a deal that lands: what is left of its takeover flies into the row of whoever closed it (DESIGN 6.5).

use super::amount::Amount;
use crate::motion::{Anim, Curve, Time};
use crate::scene::{Align, Canvas, Rect, SLANT, Slab, Style, Vec2, Weight, vec2};
use crate::slides::context::Look;

/// How long it takes; then the figure in the row rolls.
pub const LANDS_S: f64 = 0.9;
/// It lies where the slab was wiped to, then flies, then closes to a line.
const LIES_S: f64 = 0.15;
const FLIES_S: f64 = 0.55;
const CLOSES_S: f64 = 0.15;
/// How far above the straight way it flies, in units.
const ARC: f64 = 150.0;
/// Height of the plate, and its least width.
const H: f32 = 96.0;
const LEAST_W: f32 = 260.0;
const FIGURE: Style = Style::new(72.0, Weight::Heavy);
/// How much earlier each ghost behind it is on its way, and how strong.
const GHOSTS: [(f64, f64); 3] = [(0.15, 0.10), (0.10, 0.18), (0.05, 0.28)];

/// An amount on its way into a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Landing {
    pub amount: Amount,
    /// When the takeover has gone.
    pub start: Time,
    /// The row.
    pub row: Rect,
}

/// Paints the amount where it is now.
pub fn draw(c: &mut Canvas, look: &Look, landing: &Landing) {
    let t = look.theme;
    let text = landing.amount.compact(look.locale);
    let w = (c.fonts.width(&text, FIGURE) + 2.0 * H * SLANT + 72.0).max(LEAST_W);
    let Vec2 { x: wide, y: high } = c.stage().units;
    // Where the slab of the takeover was, at the left.
    let from = vec2(if wide > high { 96.0 } else { 54.0 }, high * 0.437 - H / 2.0);
    let Rect { y0, x1, y1, .. } = landing.row;
    let to = vec2(x1 - w - 60.0, (y0 + y1 - H) / 2.0);
    let at = |way: f64| {
        let arc = ARC * (std::f64::consts::PI * way).sin();
        let [x, y] = [(from.x, to.x), (from.y, to.y)].map(|(a, b)| f64::from(a) + f64::from(b - a) * way);
        (x, y - arc)
    };
    let off = landing.start.after(LIES_S);
    let flight = Anim::new(0.0, 1.0, 0.0, off, Curve::Ease(FLIES_S), 1e-3);
    let closes = Anim::new(1.0, 0.0, 0.0, off.after(FLIES_S), Curve::Ease(CLOSES_S), 1e-3);
    let (way, left) = (c.sample(&flight), c.sample(&closes));
    if left <= 0.0 {
        return;
    }
    c.layer("landing");
    for (earlier, strength) in GHOSTS.into_iter().filter(|(earlier, _)| way > *earlier && way < 1.0) {
        let (x, y) = at(way - earlier);
        c.group(x, y, strength, |c| c.slab(Slab::lean(0.0, 0.0, w, H), t.accent));
    }
    let (x, y) = at(way);
    // It stays opaque: the row's own figure is under it, and the two are never read through each other.
    let (middle, half) = (y as f32 + H / 2.0, (H / 2.0 + 1.0) * left as f32);
    c.clipped(0.0, middle - half, wide, middle + half, |c| {
        c.group(x, y, 1.0, |c| {
            c.slab(Slab::lean(0.0, 0.0, w, H), t.accent_paint());
            c.text(w / 2.0, H / 2.0 + FIGURE.size * 0.35, &text, FIGURE, t.on_one, Align::Center);
        });
    });
}
