//! Draws a contest without rivals yet: no one has a figure, or it has not begun and the prize fills the duel (DESIGN
//! 6.3, 6.10).

use super::model::ContestModel;
use crate::scene::{Align, Canvas, Color, Fonts, Rect, SLANT, Slab, Style, Vec2, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::duel::{Area, accent_stops, diagonal};
use crate::theme::WHITE;

const TAG: Style = Style::new(60.0, Weight::Heavy).tracked(0.03);
const NOTE: Style = Style::new(64.0, Weight::Semi).tracked(0.02);

/// The box of the duel with its shadow, stripes and light.
fn ground(c: &mut Canvas, look: &Look, a: &Area, accent: bool) {
    let t = look.theme;
    let under = a.rect();
    c.shadow(Rect::new(a.x, a.y + 26.0, a.x + a.w, a.bottom() + 26.0), 22.0, t.shadow[1] * 0.92, under);
    let stops = if accent { accent_stops(t) } else { t.surface_stops() };
    c.slab(Slab::rect(a.x, a.y, a.w, a.h), diagonal(under, stops));
    let lean = a.h * SLANT;
    let stripe = if accent { WHITE.fade(0.10) } else { t.stripe.fade(0.3) };
    c.clipped(a.x, a.y, a.x + a.w, a.bottom(), |c| {
        for (x, w) in [(0.14, 0.04), (0.52, 0.13), (0.72, 0.03)] {
            c.slab(Slab::lean(a.x + a.w * x, a.y, a.w * w + lean, a.h), stripe);
        }
    });
    match t.rim.filter(|_| accent) {
        Some(rim) => {
            for y in [a.y, a.bottom() - 3.0] {
                c.slab(Slab::rect(a.x, y, a.w, 3.0), rim);
            }
        }
        None => c.slab(Slab::rect(a.x, a.y, a.w, 2.0), WHITE.fade(if accent { 0.5 } else { 0.25 })),
    }
}

/// Nobody has a figure: what the first one will do.
pub fn empty(c: &mut Canvas, look: &Look, model: &ContestModel, lines: &[String; 2]) {
    let t = look.theme;
    let a = &model.layout.area;
    c.layer("open duel");
    ground(c, look, a, false);
    c.slab(Slab::rect(a.x, a.y, 14.0, a.h), t.accent_paint());
    ghost(c, look, a);
    let room = a.w - 110.0;
    let largest = if a.stacked { 150.0 } else { 170.0 };
    let texts: Vec<(&str, Color)> = vec![(&lines[0], t.hi), (&lines[1], t.accent_text)];
    let size = size_for(c.fonts, &texts, largest, room);
    block(c, &texts, size, vec2(a.x + 62.0, a.y + a.h / 2.0), room);
}

/// The numeral of the open place.
fn ghost(c: &mut Canvas, look: &Look, a: &Area) {
    let size = if a.stacked { 760.0 } else { 620.0 };
    c.clipped(a.x, a.y, a.x + a.w, a.bottom(), |c| {
        let style = Style::new(size, Weight::Heavy);
        let ink = look.theme.accent_text.fade(0.16);
        c.text(a.x + a.w - 70.0, a.bottom() + size * 0.3, "1", style, ink, Align::Right);
    });
}

/// Not begun: the prize, else how it is won.
pub fn upcoming(c: &mut Canvas, look: &Look, model: &ContestModel) {
    let t = look.theme;
    let w = &look.locale.words().contest;
    let a = &model.layout.area;
    c.layer("prize");
    ground(c, look, a, true);
    let x = a.x + 48.0;
    let room = a.w - 96.0;
    let (tag, text) = match model.prizes.first() {
        Some((_, prize)) => (w.prize, prize.as_str()),
        None => ("", model.rules.last().map_or("", String::as_str)),
    };
    // What it is worth stands under what it is.
    let (what, worth) = text.split_once(" · ").unwrap_or((text, ""));
    let lines = two_lines(c.fonts, what, if a.stacked { 150.0 } else { 190.0 }, room);
    let ink = t.on_one;
    let texts: Vec<(&str, Color)> = lines.iter().map(|l| (l.as_str(), ink)).collect();
    let size = size_for(c.fonts, &texts, if a.stacked { 150.0 } else { 190.0 }, room);
    let shift = if tag.is_empty() { 0.0 } else { 26.0 } - if worth.is_empty() { 0.0 } else { 30.0 };
    block(c, &texts, size, vec2(x, a.y + a.h / 2.0 + shift), room);
    if !tag.is_empty() {
        let (line, _) = c.fonts.fit_text(tag, TAG, room);
        c.line(x, a.y + 76.9, &line, ink, Align::Left);
    }
    let (line, _) = c.fonts.fit_text(worth, NOTE, room);
    c.line(x, a.bottom() - 44.0, &line, ink.fade(0.85), Align::Left);
}

/// The largest size at which every line fits.
fn size_for(fonts: &mut Fonts, texts: &[(&str, Color)], largest: f32, room: f32) -> f32 {
    let mut size = largest;
    for (text, _) in texts {
        size = fonts.shrink_lines(&[text], Style::new(size, Weight::Heavy), 72.0, room).size;
    }
    size
}

/// Lines one under the other, their middle at a height.
fn block(c: &mut Canvas, texts: &[(&str, Color)], size: f32, Vec2 { x, y: middle }: Vec2, room: f32) {
    let pitch = size * 0.98;
    let first = middle - pitch * (texts.len() as f32 - 1.0) / 2.0 + size * 0.35;
    for (i, (text, color)) in texts.iter().enumerate() {
        let (line, _) = c.fonts.fit_text(text, Style::new(size, Weight::Heavy), room);
        c.line(x, first + pitch * i as f32, &line, *color, Align::Left);
    }
}

/// A text on one line where it fits in a large size, else broken at the space nearest to its middle.
fn two_lines(fonts: &mut Fonts, text: &str, largest: f32, room: f32) -> Vec<String> {
    if fonts.width(text, Style::new(largest * 0.72, Weight::Heavy)) <= room {
        return vec![text.to_owned()];
    }
    let style = Style::new(72.0, Weight::Heavy);
    let breaks: Vec<usize> = text.match_indices(' ').map(|(i, _)| i).collect();
    let mut best: Option<(f32, usize)> = None;
    for at in breaks {
        let longer = fonts.width(&text[..at], style).max(fonts.width(&text[at + 1..], style));
        if best.is_none_or(|(width, _)| longer < width) {
            best = Some((longer, at));
        }
    }
    match best {
        Some((_, at)) => vec![text[..at].to_owned(), text[at + 1..].to_owned()],
        None => vec![text.to_owned()],
    }
}
