//! Draws a knock-out before the draw: the frame with empty seats, and a message that says what will be there (DESIGN
//! 6.10).

use super::layout::Grid;
use super::panel;
use crate::scene::{Align, Canvas, Paint, SLANT, Slab, Style, Weight};
use crate::slides::context::Look;
use crate::slides::widgets::notice::{self, NoticeRect};

/// Paints ghost seats, the open panel and the message.
pub fn draw(c: &mut Canvas, look: &Look) {
    let t = look.theme;
    let portrait = c.stage().portrait();
    let columns = if portrait { 2 } else { 3 };
    let grid = Grid::new(portrait, columns, 4);
    panel::open(c, look);
    c.layer("ghost seats");
    for level in 0..columns {
        for i in 0..4 >> level {
            for side in 0..2 {
                let s = grid.seat(level, i, side);
                c.group(0.0, 0.0, 0.42 * look.stays(s.y + s.h), |c| {
                    c.slab(Slab::lean(s.x, s.y, s.w, s.h), Paint::across(t.row_top[0], t.row_top[1]));
                    c.slab(Slab::rect(s.x + s.h * SLANT, s.y, s.w - s.h * SLANT, 2.0), t.toplight[0]);
                });
            }
        }
    }
    let lines = look.locale.words().bracket.no_draw;
    let place = if portrait { NoticeRect::new(true, 120.0, 1060.0) } else { NoticeRect::new(false, 752.0, 0.0) };
    let NoticeRect { x, y, right, h } = place;
    let lean = h * SLANT;
    c.layer("message");
    notice::ground(c, look, place);
    let text_x = x + lean + 40.0;
    let style = Style::new(190.0, Weight::Heavy);
    let widest = lines.iter().map(|l| c.fonts.width(l, style)).fold(1.0, f32::max);
    let style = style.sized((style.size * (right - 24.0 - text_x) / widest).clamp(72.0, 184.0));
    for (i, (line, ink)) in lines.iter().zip([t.hi, t.accent_text]).enumerate() {
        let middle = y + h / 2.0 + (i as f32 - 0.5) * 162.0;
        c.text(text_x, middle + style.size * 0.35, line, style, ink, Align::Left);
    }
}
