//! Draws evidence: up to four labelled figures as cards in a row, or as lines on portrait screens (DESIGN 6.4, 6.5).

use crate::scene::{Align, Canvas, Rect, SLANT, Slab, Style, Vec2, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::card;
use crate::theme::WHITE;

/// A labelled figure of the evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Chip {
    /// "DEALS"
    pub label: String,
    /// "6"
    pub value: String,
    /// "WEEKS", drawn smaller.
    pub unit: String,
}

const HEIGHT: f32 = 158.0;
/// The leaning gap between two cards.
const GAP: f32 = 8.0;
const UNIT: Style = Style::new(48.0, Weight::Semi).tracked(0.03);

/// The widths of cards: what their texts need, then a fair share of what is left, up to the room there is.
fn widths(wanted: &[f32], room: f32) -> Vec<f32> {
    let n = wanted.len().max(1) as f32;
    let room = room - GAP * (n - 1.0);
    let sum: f32 = wanted.iter().sum();
    if sum > room {
        // Those who want more than their share give.
        let share = room / n;
        let modest: f32 = wanted.iter().filter(|w| **w <= share).sum();
        let greedy = wanted.iter().filter(|w| **w > share).count().max(1) as f32;
        return wanted.iter().map(|w| if *w <= share { *w } else { (room - modest) / greedy }).collect();
    }
    // One or two cards do not stretch over the whole line.
    let spare = (room - sum).min(if n < 3.0 { 70.0 * n } else { f32::MAX });
    wanted.iter().map(|w| w + spare / n).collect()
}

/// Cards from the bottom left corner to the right end of the last top line.
pub fn row(c: &mut Canvas, look: &Look, chips: &[Chip], [x, right, y]: [f32; 3]) {
    let lean = HEIGHT * SLANT;
    let wanted: Vec<f32> = chips
        .iter()
        .map(|chip| {
            let label = c.fonts.width(&chip.label, card::LABEL);
            let unit = if chip.unit.is_empty() { 0.0 } else { c.fonts.width(&chip.unit, UNIT) + 14.0 };
            label.max(c.fonts.width(&chip.value, card::VALUE) + unit) + lean + 82.0
        })
        .collect();
    let mut at = x;
    for (chip, w) in chips.iter().zip(widths(&wanted, right - x)) {
        card::plate(c, look, Rect::sized(at, y, w, HEIGHT));
        let room = w - lean - 68.0;
        let (label, _) = c.fonts.fit_text(&chip.label, card::LABEL, room);
        c.line(at + 60.0, y + 58.7, &label, look.theme.mid, Align::Left);
        value(c, look, chip, vec2(at + 48.0, y + 138.8), room);
        at += w + GAP;
    }
}

/// A figure with its unit behind it.
fn value(c: &mut Canvas, look: &Look, chip: &Chip, Vec2 { x, y }: Vec2, room: f32) {
    let t = look.theme;
    let (unit, _) = c.fonts.fit_text(&chip.unit, UNIT, room * 0.6);
    let behind = if chip.unit.is_empty() { 0.0 } else { unit.width + 14.0 };
    let style = c.fonts.shrink(&chip.value, card::VALUE, 54.0, room - behind);
    let (value, _) = c.fonts.fit_text(&chip.value, style, room - behind);
    c.line(x, y, &value, t.hi, Align::Left);
    c.line(x + value.width + 14.0, y, &unit, t.hi, Align::Left);
}

/// One line of an portrait screen, 112 high: label left, figure right.
pub fn stat_line(c: &mut Canvas, look: &Look, chip: &Chip, [x, right, y]: [f32; 3]) {
    let t = look.theme;
    let (h, w) = (112.0, right - x);
    let lean = h * SLANT;
    c.slab(Slab::lean(x, y, w, h), crate::scene::Paint::across(t.card[0], t.card[1]));
    c.slab(Slab::rect(x + lean, y, w - lean, 2.0), WHITE.fade(0.2));
    let room = w - lean - 80.0;
    let unit_style = Style::new(56.0, Weight::Semi).tracked(0.03);
    let label_style = Style::new(52.0, Weight::Semi).tracked(0.03);
    let (unit, _) = c.fonts.fit_text(&chip.unit, unit_style, room * 0.3);
    let behind = if chip.unit.is_empty() { 0.0 } else { unit.width + 16.0 };
    let label_w = c.fonts.width(&chip.label, label_style).min(room * 0.45);
    let style = c.fonts.shrink(&chip.value, Style::new(92.0, Weight::Bold), 54.0, room - behind - label_w - 30.0);
    let (value, _) = c.fonts.fit_text(&chip.value, style, room - behind - label_w - 30.0);
    let end = right - lean - 26.0;
    c.line(end, y + 88.0, &unit, t.hi, Align::Right);
    c.line(end - behind, y + 88.0, &value, t.hi, Align::Right);
    let (label, _) = c.fonts.fit_text(&chip.label, label_style, room - behind - value.width - 30.0);
    c.line(x + lean + 26.0, y + 74.0, &label, t.mid, Align::Left);
}

#[cfg(test)]
mod tests {
    use super::widths;

    #[test]
    fn cards_take_what_they_need_and_share_the_rest() {
        let three = widths(&[200.0, 300.0, 250.0], 964.0);
        assert!((three.iter().sum::<f32>() + 16.0 - 964.0).abs() < 0.01);
        assert!(three[1] - three[0] > 99.0);
        let greedy = widths(&[200.0, 2000.0, 250.0], 964.0);
        assert_eq!((greedy[0], greedy[2]), (200.0, 250.0));
        assert!((greedy.iter().sum::<f32>() + 16.0 - 964.0).abs() < 0.01);
        assert_eq!(widths(&[200.0], 964.0), [270.0], "one card does not fill the line");
        assert!(widths(&[], 964.0).is_empty());
    }
}
