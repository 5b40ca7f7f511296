//! Draws the prize between the seats of the final, with a way from each of them (DESIGN 6.13).

use super::layout::Spot;
use super::model::{Pair, SeatStyle};
use crate::scene::{Align, Canvas, Paint, Rect, SLANT, Slab, Style, Weight};
use crate::slides::context::Look;
use crate::slides::widgets::duel::ground::diagonal;
use crate::slides::widgets::lines::{self, Room};
use crate::slides::widgets::{enter, prizes};
use crate::theme::WHITE;

const TAG: Style = Style::new(54.0, Weight::Heavy);
const TEXT: Style = Style::new(47.0, Weight::Bold);
/// Height of the plate and of its tag.
const HEIGHT: f32 = 212.0;
const TAG_H: f32 = 72.0;
/// Ways that are shorter than this are none.
const WAY: f32 = 16.0;
/// Wide plates carry larger text.
const WIDE: f32 = 400.0;

/// Paints the prize between two seats.
pub fn draw(c: &mut Canvas, look: &Look, [upper, lower]: [Spot; 2], pair: &Pair, prize: &[String; 2]) {
    let t = look.theme;
    let [from, to] = [upper.y + upper.h, lower.y];
    let h = HEIGHT.min(to - from - 2.0 * WAY);
    let y = (from + to - h) / 2.0;
    let (x, w, lean) = (upper.x - 6.0, upper.w + 6.0, h * SLANT);
    let fade = enter::share(c, look, 0.18, enter::FADE_S);
    c.group(0.0, 0.0, fade * look.stays(y + h), |c| {
        c.layer("prize");
        let way = upper.x + upper.w / 2.0;
        for (place, [a, b]) in pair.places.iter().zip([[from, y], [y + h, to]]) {
            let (width, ink) = if place.style == SeatStyle::Open { (5.0, t.stub) } else { (7.0, t.way) };
            c.slab(Slab::rect(way - width / 2.0, a, width, b - a), ink);
        }
        let under = Rect::new(x + lean, y, x + w - lean, y + h);
        c.shadow(Rect::new(x + 22.0, y + 20.0, x + w - 4.0, y + h + 20.0), 14.0, t.shadow[0] * 0.8, under);
        let ground = diagonal(Rect::sized(x, y, w, h), t.surface_stops());
        c.slab(Slab::lean(x, y, w, h), ground);
        c.slab(Slab::rect(x + lean, y, w - lean, 2.0), WHITE.fade(0.3));
        let word = look.locale.words().contest.prize;
        let tag_x = x + (h - TAG_H) * SLANT;
        let tag_w = c.fonts.width(word, TAG) + 72.0 + TAG_H * SLANT;
        c.slab(Slab::lean(tag_x, y, tag_w, TAG_H), Paint::down(t.plate_top[0], t.plate_top[1]));
        c.text(tag_x + tag_w / 2.0, y + TAG_H / 2.0 + 18.9, word, TAG, t.numeral_top, Align::Center);
        let most = if w > WIDE { 58.0 } else { TEXT.size };
        let room = Room { w: w - lean - 43.0, h: h - TAG_H - 34.0, lines: 2, sizes: [36.0, most], pitch: 1.149 };
        let [label, worth] = prize;
        // Where two lines are not enough for what it is and what it is worth, three may be; what it is comes first.
        let full = Room { h: room.h + 4.0, lines: 3, ..room };
        let both = prizes::joined(prize);
        let fitted = lines::whole(c.fonts, &both, TEXT, room).or_else(|| lines::whole(c.fonts, &both, TEXT, full));
        let fitted = fitted.unwrap_or_else(|| {
            c.leave_out(worth);
            lines::fit(c.fonts, label, TEXT, full)
        });
        let style = TEXT.sized(fitted.size);
        let middle = y + (h + TAG_H) / 2.0 + 1.0;
        for (i, line) in fitted.lines.iter().enumerate() {
            let off = i as f32 - (fitted.lines.len() as f32 - 1.0) / 2.0;
            let base = middle + off * style.size * room.pitch + style.size * 0.35;
            c.text(x + (y + h - base) * SLANT + 26.0, base, line, style, t.hi, Align::Left);
        }
    });
}

#[cfg(test)]
mod tests;
