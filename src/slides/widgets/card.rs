//! Draws cards: the leaning plates that carry one labelled figure each (DESIGN 6.5).

use crate::scene::{Align, Canvas, Paint, Rect, SLANT, Slab, Style, Weight};
use crate::slides::context::Look;
use crate::theme::WHITE;

/// Label of a card.
pub const LABEL: Style = Style::new(42.0, Weight::Semi).tracked(0.03);
/// Figure of a card.
pub const VALUE: Style = Style::new(88.0, Weight::Bold);

/// The plate: left end of the bottom line, top, width with the lean, height. With its shadow.
pub fn plate(c: &mut Canvas, look: &Look, place: Rect) {
    let [x, y, w, h] = place.xywh();
    let lean = h * SLANT;
    let under = Rect::new(x + lean, y, x + w - lean, y + h);
    c.shadow(Rect::new(x + 10.0, y + 20.0, x + w - 10.0, y + h + 20.0), 14.0, look.theme.shadow[1] * 0.77, under);
    c.slab(Slab::lean(x, y, w, h), Paint::across(look.theme.card[0], look.theme.card[1]));
    c.slab(Slab::rect(x + lean, y, w - lean, 2.0), WHITE.fade(0.2));
}

/// A plate with its label over its figure, as high as the design's 158; both are made to fit.
pub fn fact(c: &mut Canvas, look: &Look, place: Rect, label: &str, value: &str) {
    plate(c, look, place);
    let [x, y, w, h] = place.xywh();
    let room = w - h * SLANT - 76.0;
    let (label, _) = c.fonts.fit_text(label, LABEL, room);
    c.line(x + 62.0, y + 58.7, &label, look.theme.mid, Align::Left);
    let style = c.fonts.shrink(value, VALUE, 54.0, room);
    let (value, _) = c.fonts.fit_text(value, style, room);
    c.line(x + 50.0, y + 138.8, &value, look.theme.hi, Align::Left);
}
