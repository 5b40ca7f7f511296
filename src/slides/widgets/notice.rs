//! Draws the slab that says what will be on a slide which has nothing to show yet (DESIGN 6.10), and what looks out
//! around it.

use crate::scene::{Align, Canvas, Paint, Rect, SLANT, Slab, Style, Weight, vec2};
use crate::slides::context::Look;
use crate::theme::WHITE;

/// Largest and smallest letters, and the pitch of the lines against them.
const SIZE: [f32; 2] = [190.0, 60.0];
const PITCH: f32 = 0.853;

/// Where a slab lies, in units: left end of the bottom line, top, right end, height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NoticeRect {
    /// Bottom left corner.
    pub x: f32,
    pub y: f32,
    pub right: f32,
    pub h: f32,
}

impl NoticeRect {
    /// The design's place and height from a bottom left corner on; `y` is the top on portrait screens.
    pub fn new(portrait: bool, x: f32, y: f32) -> NoticeRect {
        if portrait {
            NoticeRect { x, y, right: 1026.0, h: 395.0 }
        } else {
            NoticeRect { x, y: 359.8, right: 1824.0, h: 395.0 }
        }
    }

    /// Over rows that have no places of their own.
    pub fn broad(portrait: bool) -> NoticeRect {
        if portrait { NoticeRect::new(true, 54.0, 772.0) } else { NoticeRect::new(false, 424.0, 0.0) }
    }
}

/// Paints what looks out around the slab: under it nothing has to be painted.
pub fn around(c: &mut Canvas, p: NoticeRect, paint: impl Fn(&mut Canvas)) {
    const FAR: f32 = 1e4;
    let (top, bottom) = (p.y.floor() + 1.0, (p.y + p.h).floor() - 1.0);
    c.clipped(-FAR, -FAR, FAR, top, &paint);
    c.clipped(-FAR, bottom, FAR, FAR, &paint);
    c.clipped(-FAR, top, p.x + p.h * SLANT + 1.0, bottom, &paint);
    c.clipped(p.right - 1.0, top, FAR, bottom, &paint);
}

/// Paints the slab alone: its shadow, its ground, the accent at its head.
pub fn ground(c: &mut Canvas, look: &Look, NoticeRect { x, y, right, h }: NoticeRect) {
    let t = look.theme;
    let lean = h * SLANT;
    c.shadow(
        Rect::new(x + 6.0, y + 26.0, right - 6.0, y + h + 26.0),
        22.0,
        t.shadow[0],
        Rect::new(x + lean, y, right, y + h),
    );
    let ground = Paint::Between(vec2(x, y), vec2(right, y + h), t.surface_stops());
    c.slab(Slab::lean_left(x, y, right - x, h), ground);
    c.slab(Slab::lean(x, y, lean + 14.0, h), t.accent_paint());
    c.slab(Slab::rect(x + lean, y, right - x - lean, 2.0), WHITE.fade(0.25));
}

/// Paints two lines on the slab, the second one bright.
pub fn draw(c: &mut Canvas, look: &Look, p: NoticeRect, lines: [&str; 2]) {
    let t = look.theme;
    let NoticeRect { x, y, right, h } = p;
    let lean = h * SLANT;
    c.layer("notice");
    ground(c, look, p);
    let left = x + lean + 40.0;
    let style = c.fonts.shrink_lines(&lines, Style::new(SIZE[0], Weight::Heavy), SIZE[1], right - 24.0 - left);
    for (i, (line, ink)) in lines.iter().zip([t.hi, t.accent_text]).enumerate() {
        let middle = y + h / 2.0 + 5.5 + (i as f32 - 0.5) * style.size * PITCH;
        c.text(left, middle + style.size * 0.35, line, style, ink, Align::Left);
    }
}
