//! Draws the line that says that the settings file is not taken, in the footer's place until it is mended.

use crate::scene::{Align, Canvas, Paint, SLANT, Slab, Style, Weight};
use crate::slides::context::Look;
use crate::slides::widgets::footer_lines;

const TEXT: Style = Style::new(46.0, Weight::Semi).tracked(0.03);

/// Paints it, where the footer has made room.
pub fn draw(c: &mut Canvas, look: &Look, text: &str) {
    let t = look.theme;
    let place = footer_lines::strip(c.stage());
    let (x, y, right, h) = (place.x0, place.y0, place.x1, place.height());
    let lean = h * SLANT;
    c.layer("refused");
    c.slab(Slab::lean(x, y, right - x, h), Paint::across(t.card[0], t.card[1]));
    c.slab(Slab::lean(x, y, 14.0 + lean, h), t.warn_paint());
    let from = x + lean + 36.0;
    let (line, _) = c.fonts.fit_text(text, TEXT, right - lean - 24.0 - from);
    c.line(from, y + h / 2.0 + TEXT.size * 0.35, &line, t.hi, Align::Left);
}
