//! The slab that says what will be on a slide which has nothing to show yet (DESIGN 6.10).

use super::Look;
use crate::scene::{Align, Canvas, Paint, SLANT, Slab, Style, Weight};
use crate::theme::WHITE;

/// Paints two lines on the slab, the second one bright.
pub fn draw(c: &mut Canvas, look: &Look, lines: [&str; 2]) {
    let t = look.theme;
    let (x, y, right, h) =
        if c.stage().portrait() { (54.0, 772.0, 1026.0, 395.0) } else { (424.0, 359.8, 1824.0, 395.0) };
    let lean = h * SLANT;
    c.layer("notice");
    c.shadow([x + 6.0, y + 26.0, right - 6.0, y + h + 26.0], 22.0, t.shadow[0], [x + lean, y, right, y + h]);
    let [a, b] = t.big;
    let ground = Paint::Between([x, y], [right, y + h], vec![(0.0, a), (1.0, b)]);
    c.slab(Slab::lean_left(x, y, right - x, h), ground);
    c.slab(Slab::lean(x, y, lean + 14.0, h), t.accent_paint());
    c.slab(Slab::rect(x + lean, y, right - x - lean, 2.0), WHITE.fade(0.25));
    let text_x = x + lean + 40.0;
    let room = right - 24.0 - text_x;
    let mut style = Style::new(190.0, Weight::Heavy);
    while style.size > 90.0 && lines.iter().any(|l| c.fonts.width(l, style) > room) {
        style.size -= 4.0;
    }
    c.text(text_x, y + 188.5, lines[0], style, t.hi, Align::Left);
    c.text(text_x, y + 350.5, lines[1], style, t.accent_text, Align::Left);
}
