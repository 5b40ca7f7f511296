//! Draws the line that says that the settings file is not taken, in the footer's place until it is mended.

use crate::scene::{Align, Canvas, Paint, SLANT, Slab, Style, Weight};
use crate::slides::context::Look;

const TEXT: Style = Style::new(46.0, Weight::Semi).tracked(0.03);

/// Paints it, where the footer has made room.
pub fn draw(c: &mut Canvas, look: &Look, text: &str) {
    let t = look.theme;
    let (x, right, y, h) =
        if c.stage().portrait() { (54.0, 1026.0, 1744.0, 80.0) } else { (96.0, 1824.0, 964.0, 62.0) };
    let lean = h * SLANT;
    c.layer("refused");
    c.slab(Slab::lean(x, y, right - x, h), Paint::across(t.card[0], t.card[1]));
    c.slab(Slab::lean(x, y, 14.0 + lean, h), t.warn_paint());
    let from = x + lean + 36.0;
    let (line, _) = c.fonts.fit_text(text, TEXT, right - lean - 24.0 - from);
    c.line(from, y + h / 2.0 + TEXT.size * 0.35, &line, t.hi, Align::Left);
}
