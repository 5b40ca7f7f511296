//! Sizes the cards of a message by their texts, and moves them from one board to the next.

use super::layout::Layout;
use crate::motion::{Anim, Curve, Spring, Time};
use crate::scene::{Align, Canvas, Fonts, Rect, SLANT, Style, Weight};
use crate::slides::context::{Ctx, Look};
use crate::slides::widgets::digits::Odometer;
use crate::slides::widgets::{card, lines};
use crate::theme::spring;

/// Label of a card.
const LABEL: Style = Style::new(48.0, Weight::Semi).tracked(0.03);
/// Value of a card.
const VALUE: Style = Style::new(104.0, Weight::Bold);
/// Smallest value.
const MIN_SIZE: f32 = 60.0;
/// Label and value of the stat lines on portrait screens.
const LINE_LABEL: Style = Style::new(56.0, Weight::Semi).tracked(0.03);
/// Of a value under its label in a stat line.
const MOST_UNDER_LABEL: f32 = 76.0;
const LEAST_UNDER_LABEL: f32 = 48.0;
/// Height of a card.
const CARD: f32 = 190.0;
/// Between the boxes of two cards.
const GAP: f32 = 10.0;
/// Room around a value: the lean and the air at both sides.
const AIR: f32 = 130.0;
/// A card takes at most so much more than it needs.
const MAX_AIR: f32 = 420.0;

#[derive(Debug, Clone, PartialEq)]
struct Card {
    label: String,
    value: Odometer,
    /// Left end and width.
    x: Anim,
    w: Anim,
}

/// All cards of a message.
#[derive(Debug, Clone, PartialEq)]
pub struct Cards {
    layout: Layout,
    size: f32,
    /// Whether labels stand over their values, and not beside them.
    over: bool,
    cards: Vec<Card>,
}

impl Cards {
    /// The cards at rest.
    pub fn new(ctx: &Ctx, fonts: &mut Fonts, facts: &[[String; 2]]) -> Cards {
        // A code leaves the cards where they are.
        let layout = Layout::new(ctx.screen.stage.portrait(), facts.len(), false);
        let stacked = layout.cards[2] > 0.0;
        let [left, right] = layout.cards_x;
        let n = facts.len().max(1) as f32;
        let all = if stacked { right - left } else { right - left - GAP * (n - 1.0) };
        let needs = |fonts: &mut Fonts, style: Style| -> Vec<f32> {
            facts.iter().map(|[label, value]| fonts.width(value, style).max(fonts.width(label, LABEL))).collect()
        };
        let beside = |fonts: &mut Fonts, style| {
            let wide = |[label, value]: &[String; 2]| fonts.width(value, style) + fonts.width(label, LINE_LABEL);
            facts.iter().map(wide).fold(0.0, f32::max) + 180.0 <= all
        };
        // A value that is too long beside its label has the line under it.
        let over = !stacked || !beside(fonts, VALUE.sized(MIN_SIZE));
        let style = if stacked && over {
            let fits =
                |fonts: &mut Fonts, style| needs(fonts, style).iter().fold(0.0_f32, |a, b| a.max(*b)) + AIR <= all;
            fonts.shrink_until(VALUE.sized(MOST_UNDER_LABEL), LEAST_UNDER_LABEL, 2.0, fits)
        } else if stacked {
            fonts.shrink_until(VALUE, MIN_SIZE, 2.0, beside)
        } else {
            let fits = |fonts: &mut Fonts, style| needs(fonts, style).iter().sum::<f32>() + AIR * n <= all;
            fonts.shrink_until(VALUE, MIN_SIZE, 2.0, fits)
        };
        let needs = needs(fonts, style);
        let mut room: Vec<f32> = needs.iter().map(|need| need + AIR).collect();
        let total: f32 = room.iter().sum();
        if total > all {
            // The long ones give, the short ones keep what they need.
            let fair = all / n;
            let short: f32 = room.iter().filter(|w| **w <= fair).sum();
            let long: f32 = room.iter().filter(|w| **w > fair).sum();
            for w in room.iter_mut().filter(|w| **w > fair) {
                *w *= (all - short) / long;
            }
        } else {
            let more = ((all - total) / n).min(MAX_AIR - AIR);
            room.iter_mut().for_each(|w| *w += more);
        }
        let mut x = left;
        let mut cards = Vec::new();
        for (i, [label, value]) in facts.iter().enumerate() {
            let w = if stacked { all } else { room[i] };
            let max = if over { w - AIR + 30.0 } else { w * 0.62 };
            let (value, _) = lines::shorten(fonts, value, style, max);
            cards.push(Card {
                label: label.clone(),
                value: Odometer::still(&value),
                x: Anim::still(f64::from(if stacked { left } else { x })),
                w: Anim::still(f64::from(w)),
            });
            x += w + GAP;
        }
        Cards { layout, size: style.size, over, cards }
    }

    /// These cards on their way to others: figures roll, edges move.
    pub fn toward(&self, mut next: Cards, t: Time, curve: impl Fn(Spring) -> Curve) -> Cards {
        if self.cards.len() != next.cards.len() {
            return next;
        }
        for (new, was) in next.cards.iter_mut().zip(&self.cards) {
            new.x = was.x.aim(new.x.target(), t, curve(spring::MOVE));
            new.w = was.w.aim(new.w.target(), t, curve(spring::MOVE));
            if new.label == was.label {
                new.value = was.value.roll(new.value.text(), t, curve(spring::ROLL));
            }
        }
        next
    }

    pub fn paint(&self, c: &mut Canvas, look: &Look, i: usize) {
        let card = &self.cards[i];
        let [top, h, pitch] = self.layout.cards;
        let y = top + pitch * i as f32;
        let (x, w) = (c.sample(&card.x) as f32, c.sample(&card.w) as f32);
        card::plate(c, look, Rect::sized(x, y, w, h));
        let value = VALUE.sized(self.size);
        if !self.over {
            let mid = y + h / 2.0;
            let end = x + w - h * SLANT / 2.0 - 26.0;
            let wide = card.value.paint(c, end, mid + self.size * 0.35, value, look.theme.hi, Align::Right);
            let from = x + h * SLANT / 2.0 + 34.0;
            let (label, _) = c.fonts.fit_text(&card.label, LINE_LABEL, end - wide - 30.0 - from);
            c.line(from, mid + LINE_LABEL.size * 0.35, &label, look.theme.mid, Align::Left);
        } else {
            let (label, _) = c.fonts.fit_text(&card.label, LABEL, w - h * SLANT - 76.0);
            // As high in a line as in a card.
            let of = |of_card: f32| y + of_card * h / CARD;
            c.line(x + 72.0, of(60.8), &label, look.theme.mid, Align::Left);
            card.value.paint(c, x + 60.0, of(127.3) + self.size * 0.35, value, look.theme.hi, Align::Left);
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.cards.len()
    }

    /// The bottom of the lowest.
    pub fn bottom(&self, i: usize) -> f32 {
        let [top, h, pitch] = self.layout.cards;
        top + pitch * i as f32 + h
    }
}
