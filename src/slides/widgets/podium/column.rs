//! Draws one column of a podium: its plates and its words.

use smallvec::smallvec;

use super::content::{Column, Podium};
use crate::board::fresh::Band;
use crate::scene::{Align, Canvas, Color, Fonts, Paint, Rect, SLANT, Slab, Style, Weight, vec2};
use crate::slides::context::Look;
use crate::theme::{Theme, WHITE, style};

/// Where a column stands and how large its texts are, in units. Centres of capitals count from the top.
pub(super) struct ColumnSize {
    /// Left end of the bottom line, top, width of the bottom, height.
    pub at: Rect,
    /// Height of the dark bottom; on vertical screens the width of the dark end.
    dark: f32,
    rank: f32,
    name: f32,
    /// Centre of the name, of the second line if there is one.
    name_y: [f32; 2],
    score: f32,
    score_y: f32,
    unit: f32,
}

/// On wide screens: the first in the middle, the second at its left.
pub(super) const LANDSCAPE: [ColumnSize; 3] = [
    ColumnSize {
        at: Rect::sized(610.0, 164.0, 604.0, 724.0),
        dark: 166.0,
        rank: 200.0,
        name: 108.0,
        name_y: [142.0, 256.0],
        score: 250.0,
        score_y: 434.0,
        unit: 64.0,
    },
    ColumnSize {
        at: Rect::sized(96.0, 372.0, 500.0, 516.0),
        dark: 166.0,
        rank: 168.0,
        name: 100.0,
        name_y: [74.0, 74.0],
        score: 170.0,
        score_y: 233.0,
        unit: 52.0,
    },
    ColumnSize {
        at: Rect::sized(1228.0, 452.0, 498.0, 436.0),
        dark: 166.0,
        rank: 168.0,
        name: 92.0,
        name_y: [74.0, 74.0],
        score: 124.0,
        score_y: 193.0,
        unit: 46.0,
    },
];

/// On portrait screens the columns lie down: three steps from the left, the longest on top.
pub(super) const PORTRAIT: [ColumnSize; 3] = [
    ColumnSize {
        at: Rect::sized(54.0, 426.0, 857.2, 540.0),
        dark: 190.0,
        rank: 200.0,
        name: 108.0,
        name_y: [148.0, 262.0],
        score: 250.0,
        score_y: 424.0,
        unit: 64.0,
    },
    ColumnSize {
        at: Rect::sized(54.0, 990.0, 812.2, 300.0),
        dark: 170.0,
        rank: 168.0,
        name: 100.0,
        name_y: [84.0, 84.0],
        score: 170.0,
        score_y: 206.0,
        unit: 52.0,
    },
    ColumnSize {
        at: Rect::sized(54.0, 1314.0, 726.8, 250.0),
        dark: 170.0,
        rank: 168.0,
        name: 92.0,
        name_y: [74.0, 74.0],
        score: 124.0,
        score_y: 176.0,
        unit: 46.0,
    },
];

impl ColumnSize {
    pub fn bottom(&self) -> f32 {
        self.at.y1
    }

    /// The slanted middle of what carries the texts, at the height `y`.
    fn axis(&self, y: f32, portrait: bool) -> f32 {
        let dark = if portrait { self.dark } else { 0.0 };
        self.at.x0 + (self.at.width() + dark) / 2.0 + (self.bottom() - y) * SLANT
    }

    /// Room for a text.
    fn room(&self, portrait: bool) -> f32 {
        self.at.width() - if portrait { self.dark } else { 0.0 } - 68.0
    }
}

/// What a column is painted from.
pub(super) struct DrawCtx<'a> {
    pub look: &'a Look<'a>,
    pub podium: &'a Podium,
    pub column: &'a Column,
    pub size: &'a ColumnSize,
    /// 0 is the first.
    pub place: usize,
    pub portrait: bool,
    /// Whether anything of a text is above the line that the column comes out of, by its baseline and size.
    pub seen: &'a dyn Fn(f32, f32) -> bool,
}

/// Ground and ink of a column: its face, its bottom, the numeral on it.
struct ColumnStyle {
    face: Paint,
    bottom: [Color; 2],
    numeral: Color,
    ink: Color,
    stripe: [Color; 2],
    light: f64,
}

fn column_style(t: &Theme, place: usize) -> ColumnStyle {
    if place == 0 {
        // On old data the bright end of the bars would not carry the text.
        let top = if t.muted { t.row_one[0] } else { t.accent_bar[0] };
        let face = Paint::Down(smallvec![(0.0, top), (0.5, t.row_one[1]), (1.0, t.row_one[2])]);
        let stripe = [WHITE.fade(if t.muted { 0.05 } else { 0.13 }); 2];
        return ColumnStyle { face, bottom: t.plate_one, numeral: t.numeral_one, ink: t.on_one, stripe, light: 0.7 };
    }
    let [a, b] = t.column[place - 1];
    let stripe = [t.stripe.fade(0.6), t.stripe.fade(0.2)];
    ColumnStyle { face: Paint::down(a, b), bottom: t.column_base, numeral: t.hi, ink: t.hi, stripe, light: 0.3 }
}

/// The face of a plate with its stripes and the light on its top line, from the bottom left corner.
fn face(c: &mut Canvas, d: &ColumnStyle, place: Rect) {
    let [x, y, w, h] = place.xywh();
    let lean = h * SLANT;
    c.slab(Slab::lean(x, y, w + lean, h), d.face.clone());
    for (from, wide) in [(0.1, 0.1), (0.26, 0.3), (0.8, 0.06)] {
        c.slab(Slab::lean(x + w * from, y, w * wide + lean, h), Paint::down(d.stripe[0], d.stripe[1]));
    }
    c.slab(Slab::lean(x + (h - 4.0) * SLANT, y, w + 4.0 * SLANT, 4.0), WHITE.fade(d.light));
}

/// The shade that a plate throws to its right.
fn shade(c: &mut Canvas, look: &Look, place: Rect) {
    let [x, y, w, h] = place.xywh();
    let strength = look.theme.shadow[1];
    for (wide, drop, part) in [(56.0, 34.0, 0.45), (26.0, 16.0, 0.35)] {
        let h = h - drop;
        let bottom = vec2(x + w, y + drop + h);
        let dark = crate::theme::BLACK.fade(strength * part);
        let paint = Paint::Between(
            bottom,
            vec2(bottom.x + wide, bottom.y + wide * SLANT),
            smallvec![(0.0, dark), (1.0, dark.fade(0.0))],
        );
        c.slab(Slab::lean(bottom.x - 2.0, y + drop, wide + h * SLANT, h), paint);
    }
}

/// Paints a column that stands.
pub(super) fn vertical(c: &mut Canvas, ctx: &DrawCtx) {
    let (look, s) = (ctx.look, ctx.size);
    let d = column_style(look.theme, ctx.place);
    let [x, y, w, h] = s.at.xywh();
    shade(c, look, s.at);
    let line = s.bottom() - s.dark;
    face(c, &d, Rect::sized(x + s.dark * SLANT, y, w, h - s.dark));
    c.group(0.0, 0.0, look.stays(s.bottom()), |c| {
        c.slab(Slab::lean(x, line, w + s.dark * SLANT, s.dark), Paint::down(d.bottom[0], d.bottom[1]));
        c.slab(Slab::lean(x + (s.dark - 3.0) * SLANT, line, w + 3.0 * SLANT, 3.0), WHITE.fade(0.10));
        let middle = line + s.dark / 2.0;
        let style = Style::new(s.rank, Weight::Heavy);
        let base = middle + 0.35 * s.rank;
        if (ctx.seen)(base, s.rank) {
            c.text(s.axis(middle, false), base, &ctx.column.place, style, d.numeral, Align::Center);
        }
    });
    words(c, ctx, d.ink);
}

/// Paints one that lies, on vertical screens.
pub(super) fn horizontal(c: &mut Canvas, ctx: &DrawCtx) {
    let (look, s) = (ctx.look, ctx.size);
    let d = column_style(look.theme, ctx.place);
    let [x, y, _, h] = s.at.xywh();
    shade(c, look, s.at);
    face(c, &d, s.at);
    let lean = h * SLANT;
    c.slab(Slab::lean(x, y, s.dark + lean, h), Paint::down(d.bottom[0], d.bottom[1]));
    let middle = y + h / 2.0;
    let at = x + s.dark / 2.0 + lean / 2.0;
    let style = Style::new(s.rank, Weight::Heavy);
    c.text(at, middle + 0.35 * s.rank, &ctx.column.place, style, d.numeral, Align::Center);
    words(c, ctx, d.ink);
}

fn words(c: &mut Canvas, ctx: &DrawCtx, ink: Color) {
    let DrawCtx { look, podium, column, size: s, place, portrait, seen } = *ctx;
    let y = s.at.y0;
    let room = s.room(portrait);
    if place == 0 {
        let old = look.band >= Band::Grey;
        let at = old.then(|| look.as_of.map(|at| (look.clock)(at)).unwrap_or_default());
        let kicker = at.map_or_else(|| podium.kicker.clone(), |at| (look.locale.words().at)(&at));
        let (line, _) = c.fonts.fit_text(&kicker, style::KICKER.tracked(0.06), room);
        let middle = y + 56.0;
        if seen(middle + 20.3, 58.0) {
            c.line(s.axis(middle, portrait), middle + 20.3, &line, ink, Align::Center);
        }
    }
    let two = s.name_y[0] != s.name_y[1];
    match column.name.split_once(' ').filter(|_| two) {
        Some((first, second)) => {
            let fits = |fonts: &mut Fonts, style: Style| [first, second].iter().all(|l| fonts.width(l, style) <= room);
            let size = c.fonts.shrink_until(Style::new(s.name, Weight::Bold), 76.0, 2.0, fits).size;
            for (text, middle) in [first, second].into_iter().zip(s.name_y) {
                let (line, _) = c.fonts.fit_text(text, Style::new(size, Weight::Bold), room);
                let base = y + middle + 0.35 * size;
                if seen(base, size) {
                    c.line(s.axis(y + middle, portrait), base, &line, ink, Align::Center);
                }
            }
        }
        None => {
            let middle = y + (s.name_y[0] + s.name_y[1]) / 2.0;
            let style = Style::new(if two { s.name * 1.3 } else { s.name }, Weight::Bold);
            let style = c.fonts.shrink(&column.name, style, s.name * 0.72, room);
            let (line, _) = c.fonts.fit_name(&column.name, style, room);
            let size = style.size;
            if seen(middle + 0.35 * size, size) {
                c.line(s.axis(middle, portrait), middle + 0.35 * size, &line, ink, Align::Center);
            }
        }
    }
    score(c, ctx, room, ink);
}

/// The score with its unit behind it, both on one baseline and centred together.
fn score(c: &mut Canvas, ctx: &DrawCtx, room: f32, ink: Color) {
    let DrawCtx { column, size: s, portrait, seen, .. } = *ctx;
    if column.score.is_empty() {
        return;
    }
    let unit_style = Style::new(s.unit, Weight::Semi).tracked(0.03);
    let (unit, _) = c.fonts.fit_text(&column.unit, unit_style, room * 0.45);
    let gap = if column.unit.is_empty() { 0.0 } else { s.unit * 0.34 };
    let left = room - unit.width - gap;
    let style = c.fonts.shrink_lines(&[&column.score], Style::new(s.score, Weight::Heavy), s.score * 0.4, left);
    let (figure, _) = c.fonts.fit_text(&column.score, style, left);
    let middle = s.at.y0 + s.score_y;
    let x = s.axis(middle, portrait) - (figure.width + gap + unit.width) / 2.0;
    let y = middle + 0.35 * style.size;
    if !seen(y, style.size) {
        return;
    }
    c.line(x, y, &figure, ink, Align::Left);
    c.line(x + figure.width + gap, y, &unit, ink.fade(0.85), Align::Left);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slanted_axis_is_the_mockups() {
        let s = &LANDSCAPE[1];
        assert!((s.axis(888.0, false) - 346.0).abs() < 0.1);
        assert!((s.axis(605.0, false) - 406.2).abs() < 0.2);
        assert!((LANDSCAPE[0].axis(220.0, false) - 1054.0).abs() < 0.2);
    }
}
