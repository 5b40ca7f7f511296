//! Draws one seat of the tree: a plate by how the match stands, with seed, name and score.

use super::layout::Spot;
use super::model::{SeatStyle, SeatView};
use crate::scene::{Align, Canvas, Color, Paint, Rect, SLANT, Slab, Style, Weight};
use crate::slides::context::Look;
use crate::slides::widgets::digits::Odometer;
use crate::slides::widgets::duel::ground::diagonal;
use crate::slides::widgets::panel;
use crate::theme::{Mode, Theme};

/// Free between a name and its score.
const BETWEEN: f32 = 28.0;

/// Sizes of type on a seat.
struct Sizes {
    name: f32,
    score: f32,
    /// Name over score: the seat is too narrow for both on one line.
    two_lines: bool,
}

fn sizes(spot: &Spot, has_score: bool) -> Sizes {
    match spot.h {
        h if h < 100.0 => Sizes { name: 54.0, score: 64.0, two_lines: false },
        h if h < 120.0 => Sizes { name: 58.0, score: 76.0, two_lines: false },
        h if h < 140.0 => Sizes { name: 72.0, score: 92.0, two_lines: false },
        _ if has_score && spot.w < 400.0 => Sizes { name: 60.0, score: 64.0, two_lines: true },
        _ => Sizes { name: 88.0, score: 104.0, two_lines: false },
    }
}

/// How strong the text of a beaten name is: it stays readable (DESIGN 6.13).
fn beaten(t: &Theme) -> f64 {
    if t.mode == Mode::Dark { 0.74 } else { 0.85 }
}

/// Paints a seat. `seeds`: whether its column has seed plates.
pub fn paint(c: &mut Canvas, look: &Look, spot: &Spot, place: &SeatView, score: &Odometer, seeds: bool) {
    let t = look.theme;
    let Spot { x, y, w, h } = *spot;
    let lean = h * SLANT;
    // Old data does not claim that anybody leads now.
    let seat_style = if t.grey && place.style == SeatStyle::Leads { SeatStyle::Chases } else { place.style };
    if seat_style == SeatStyle::Leads {
        let under = Rect::new(x + lean, y, x + w - lean, y + h);
        c.shadow(Rect::new(x + 6.0, y + 12.0, x + w - 14.0, y + h + 12.0), 12.0, t.shadow[0] * 0.9, under);
    }
    panel::row_edge(c, t.row_edge, [x, x + w - lean], y + h);
    let ground = match seat_style {
        SeatStyle::Leads => t.row_one_paint(),
        SeatStyle::Chases => diagonal(Rect::sized(x, y, w, h), t.surface_stops()),
        SeatStyle::Won | SeatStyle::Arrived | SeatStyle::Waits => Paint::across(t.row_top[0], t.row_top[1]),
        SeatStyle::Beaten | SeatStyle::Open => Paint::across(t.row[0], t.row[1]),
    };
    c.slab(Slab::lean(x, y, w, h), ground);
    c.slab(Slab::rect(x + lean, y, w - lean, 2.0), t.toplight[usize::from(seat_style == SeatStyle::Leads)]);
    if let (SeatStyle::Leads, Some(rim)) = (seat_style, t.rim) {
        c.slab(Slab::rect(x + lean, y, w - lean, 3.0), rim);
    }
    let ink = match seat_style {
        SeatStyle::Leads => t.on_one,
        SeatStyle::Beaten => t.mid.fade(beaten(t)),
        SeatStyle::Open => t.mid,
        _ => t.hi,
    };
    let mut name_x = x + 38.0;
    if seeds {
        let plate_w = lean + if h < 100.0 { 57.3 } else { 70.0 };
        let (plate, numeral) = seed_plate(t, seat_style);
        c.slab(Slab::lean(x, y, plate_w, h), plate);
        let style = Style::new(if h < 100.0 { 54.0 } else { 64.0 }, Weight::Bold);
        let size = if place.seed.chars().count() > 2 { 40.0 } else { style.size };
        let style = style.sized(size);
        let (seed, _) = c.fonts.fit_text(&place.seed, style, plate_w - lean);
        c.line(x + plate_w / 2.0, spot.middle() + size * 0.35, &seed, numeral, Align::Center);
        name_x = x + plate_w + 14.0;
    } else if matches!(seat_style, SeatStyle::Won | SeatStyle::Arrived) {
        c.slab(Slab::lean(x, y, 12.0 + lean, h), Paint::down(t.plate_top[0], t.plate_top[1]));
        name_x = x + 12.0 + lean + 16.0;
    }
    text(c, spot, place, score, name_x, ink, seat_style);
}

fn text(
    c: &mut Canvas,
    spot: &Spot,
    place: &SeatView,
    score: &Odometer,
    name_x: f32,
    ink: Color,
    seat_style: SeatStyle,
) {
    let Spot { x, y, w, h } = *spot;
    let s = sizes(spot, !score.text().is_empty());
    let right = x + w - 24.0;
    let weight = if matches!(seat_style, SeatStyle::Beaten | SeatStyle::Open) { Weight::Semi } else { Weight::Bold };
    let open = seat_style == SeatStyle::Open;
    let mut name = Style::new(if open { s.name.min(54.0) } else { s.name }, weight);
    let mut figure = Style::new(s.score, Weight::Bold);
    let name_w = c.fonts.width(&place.name, name) / name.size;
    let score_w = c.fonts.width(score.text(), figure) / figure.size;
    // Both get smaller in steps, the larger one first, until they fit beside each other.
    let room = right - name_x - if score_w > 0.0 { BETWEEN } else { 0.0 };
    let least = if open { [44.0, 46.0] } else { [48.0, 46.0] };
    if s.two_lines {
        figure.size = figure.size.min(w * 0.7 / score_w.max(0.1)).max(least[1]);
        name.size = name.size.min((right - name_x) / name_w.max(0.1)).max(least[0]);
    } else {
        while name_w * name.size + score_w * figure.size > room {
            if figure.size > least[1] && (figure.size >= name.size || name.size <= least[0]) {
                figure.size -= 2.0;
            } else if name.size > least[0] {
                name.size -= 2.0;
            } else {
                break;
            }
        }
    }
    let (score_y, score_x) =
        if s.two_lines { (y + h - 18.0, right - h * SLANT * 0.8) } else { (spot.middle() + figure.size * 0.35, right) };
    let score_w =
        if score.text().is_empty() { 0.0 } else { score.paint(c, score_x, score_y, figure, ink, Align::Right) };
    let end = if s.two_lines || score_w == 0.0 { right } else { score_x - score_w - BETWEEN };
    let room = (end - name_x).max(60.0);
    let name_y = if s.two_lines { y + 44.0 + name.size * 0.35 } else { spot.middle() + name.size * 0.35 };
    let (name, _) = c.fonts.fit_name(&place.name, name, room);
    c.line(name_x, name_y, &name, ink, Align::Left);
}

fn seed_plate(t: &Theme, seat_style: SeatStyle) -> (Paint, Color) {
    match seat_style {
        SeatStyle::Won | SeatStyle::Arrived => (Paint::down(t.plate_top[0], t.plate_top[1]), t.numeral_top),
        SeatStyle::Leads => (Paint::down(t.plate_one[0], t.plate_one[1]), t.numeral_one),
        SeatStyle::Beaten | SeatStyle::Open => {
            let soft = [0, 1].map(|i| t.plate[i].mix(t.row[0], 0.4));
            (Paint::down(soft[0], soft[1]), t.mid.fade(beaten(t)))
        }
        SeatStyle::Chases | SeatStyle::Waits => (Paint::down(t.plate[0], t.plate[1]), t.numeral),
    }
}
