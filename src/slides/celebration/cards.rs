//! Draws the cards under the slab of a takeover: facts, and a change of place.

use super::model::{Card, CelebrationModel};
use super::{Span, at};
use crate::motion::Curve;
use crate::scene::{Align, Canvas, Rect, Style, Vec2, Weight};
use crate::slides::context::Look;
use crate::slides::widgets::{card, marks};

/// Paints up to three cards.
pub fn draw(c: &mut Canvas, look: &Look, m: &CelebrationModel, span: Span) {
    let portrait = c.stage().portrait();
    for (i, card) in m.cards.iter().take(3).enumerate() {
        let shown = span.rise(c, look, at::CARDS[i], Curve::Ease(0.24));
        if shown <= 0.0 {
            continue;
        }
        let place = place_of(i, m.cards.len(), portrait);
        c.group(0.0, 28.0 * (1.0 - shown), shown, |c| match (card, portrait) {
            (Card::Fact(label, value), false) => card::fact(c, look, place, label, value),
            (Card::Fact(label, value), true) => stat(c, look, place, label, value),
            (Card::Rank { .. }, _) => rank(c, look, place, card, span),
        });
    }
}

/// Cards share the line; the last one, which says most, is the widest.
fn place_of(i: usize, n: usize, portrait: bool) -> Rect {
    if portrait {
        return Rect::sized(54.0, 1042.0 + 184.0 * i as f32, 972.0, 158.0);
    }
    let places: &[[f32; 2]] = match n {
        1 => &[[96.0, 1728.0]],
        2 => &[[96.0, 760.0], [864.0, 960.0]],
        _ => &[[96.0, 544.0], [648.0, 508.0], [1164.0, 660.0]],
    };
    let [x, w] = places[i.min(places.len() - 1)];
    Rect::sized(x, 754.0, w, 158.0)
}

/// A card on an portrait screen: label left, value right, in the largest size that the label leaves room for.
fn stat(c: &mut Canvas, look: &Look, place: Rect, label: &str, value: &str) {
    card::plate(c, look, place);
    let Vec2 { x, y } = place.corners()[0];
    // Both share the line, 40 apart; the label gives way to no more than this.
    let (both, least) = (846.0 - 40.0, 326.0);
    let room = both - c.fonts.width(label, card::LABEL.sized(56.0)).min(least);
    let style = c.fonts.shrink(value, Style::new(104.0, Weight::Bold), 54.0, room);
    let (value, _) = c.fonts.fit_text(value, style, room);
    let (label, _) = c.fonts.fit_text(label, card::LABEL.sized(56.0), both - value.width);
    c.line(x + 62.0, y + 98.6, &label, look.theme.mid, Align::Left);
    c.line(x + 908.0, y + 79.0 + style.size * 0.35, &value, look.theme.hi, Align::Right);
}

/// Where the parts of a card with places lie on one shape of screen, from its upper left corner, in units.
struct RankPlace {
    figure: f32,
    base: f32,
    label: f32,
    label_base: f32,
    /// Where the places begin: after the label and this, or here.
    begins: f32,
    after_label: bool,
    /// Before the arrow, its length, behind it.
    arrow: [f32; 3],
    meaning: f32,
    /// Where what it means ends at the least; it stands close behind the places otherwise.
    until: Option<f32>,
}

const WIDE: RankPlace = RankPlace {
    figure: 88.0,
    base: 138.8,
    label: 42.0,
    label_base: 58.7,
    begins: 54.0,
    after_label: false,
    arrow: [22.0, 44.0, 26.0],
    meaning: 62.0,
    until: None,
};

const TALL: RankPlace = RankPlace {
    figure: 104.0,
    base: 115.4,
    label: 56.0,
    label_base: 98.6,
    begins: 76.0,
    after_label: true,
    arrow: [36.0, 62.0, 44.0],
    meaning: 72.0,
    until: Some(908.0),
};

/// Places before and now, and what that means.
fn rank(c: &mut Canvas, look: &Look, place: Rect, card: &Card, span: Span) {
    let Card::Rank { label, was, now, meaning, up } = card else { return };
    let t = look.theme;
    card::plate(c, look, place);
    let [x, y, w, h] = place.xywh();
    let p = if c.stage().portrait() { &TALL } else { &WIDE };
    let figure = Style::new(p.figure, Weight::Bold);
    // The place before stands alone until the new one comes: "9 → 9" was never so.
    let shown = if was.is_some() { span.rise(c, look, at::RANK, Curve::Ease(0.24)) } else { 1.0 };
    let base = y + p.base;
    let mid = base - p.figure * 0.35;
    let label_w = c.text(x + 62.0, y + p.label_base, label, card::LABEL.sized(p.label), t.mid, Align::Left);
    let mut at = if p.after_label { x + 62.0 + label_w + p.begins } else { x + p.begins };
    if let Some(was) = was {
        let [before, arrow, behind] = p.arrow;
        at += c.text(at, base, was, figure, t.low, Align::Left) + before;
        marks::arrow(c, at, mid, arrow, t.hi);
        at += arrow + behind;
    }
    if shown <= 0.0 {
        return;
    }
    c.group(0.0, 0.0, shown, |c| {
        at += c.text(at, base, now, figure, t.accent_text, Align::Left) + 20.0;
        let right = x + w - h * crate::scene::SLANT - 12.0;
        let lead = if *up { p.meaning * 0.87 } else { 12.0 };
        if meaning.is_empty() || right - at < 140.0 {
            return;
        }
        let style = Style::new(p.meaning, Weight::Bold).tracked(0.02);
        let style = c.fonts.shrink(meaning, style, 44.0, right - at - lead);
        let (line, _) = c.fonts.fit_text(meaning, style, right - at - lead);
        let color = if *up { t.up } else { t.mid };
        if let Some(until) = p.until {
            at = at.max(x + until - line.width - lead);
        }
        if *up {
            marks::triangle(c, at + 20.0, mid, style.size / 46.0 * 1.03, -1.0, color);
        }
        c.line(at + lead, mid + style.size * 0.35, &line, color, Align::Left);
    });
}
