//! Draws the podium of a contest's winners: three leaning columns that rise out of one line (DESIGN 6.4 b).

mod column;
mod content;

use crate::motion::{Anim, Curve, Time};
use crate::scene::{Align, Canvas, Color, Rect, SLANT, Slab, Style, Vec2, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::card;
use crate::theme::{spring, style};
use column::{DrawCtx, LANDSCAPE, PORTRAIT, horizontal, vertical};

pub use content::{Column, Podium};

/// Between the first moves of two columns.
const STEP_S: f64 = 0.5;
/// What stands around the columns comes after them.
const AROUND_S: f64 = 0.3;

/// Light around the winner: where it is, how far it reaches, how strong it is.
const SPOT: (Rect, f32, f64) = (Rect::new(750.0, 170.0, 1190.0, 720.0), 120.0, 0.33);

/// When the podium stands, in seconds from its beginning.
pub fn settled_s(columns: usize) -> f64 {
    STEP_S * columns.saturating_sub(1) as f64 + 1.2
}

/// Paints the podium. The columns rise from `since` on, the last place first; `None`: they stand.
pub fn draw(c: &mut Canvas, look: &Look, podium: &Podium, since: Option<Time>) {
    let portrait = c.stage().portrait();
    let sizes = if portrait { &PORTRAIT } else { &LANDSCAPE };
    let since = since.filter(|_| !look.screen.reduced_motion);
    let shown = podium.columns.len().min(3);
    let risen = |c: &mut Canvas, place: usize| {
        let start = since.map(|at| at.after(STEP_S * (shown - 1 - place) as f64));
        start.map_or(1.0, |start| {
            let curve = spring::curve(spring::MOVE_FAR, false);
            c.sample(&Anim::new(0.0, 1.0, 0.0, start, curve, 5e-4))
        })
    };
    if !portrait && !look.theme.grey && shown > 0 {
        let (light, reach, strength) = SPOT;
        let share = risen(c, 0).clamp(0.0, 1.0);
        let [x, y, w, h] = sizes[0].at.xywh();
        // It ends at the tops of the others: it comes while the winner's column rises above those, and hides its ends.
        let hidden = f64::from((y + h - sizes[1].at.y0.min(sizes[2].at.y0) - 8.0) / h);
        let strength = strength * ((share - hidden) / (1.0 - hidden)).max(0.0);
        let lean = h * SLANT;
        // Not under the column, as far as it has come up.
        let cover = Rect::new(x + lean, y + h * (1.0 - share as f32), x + w - lean, y + h);
        c.layer("spot");
        // Further down the others stand in it, each side as high as its column.
        for (left, right, size) in [(0.0, x + lean, &sizes[1]), (x + lean, 1920.0, &sizes[2])] {
            c.clipped(left, 0.0, right, size.at.y0 + 8.0, |c| {
                c.glow(light, reach, look.theme.accent, strength, cover);
            });
        }
    }
    // The winner stands in front.
    for place in [1, 2, 0] {
        let (Some(column), size) = (podium.columns.get(place), &sizes[place]) else { continue };
        let risen = risen(c, place);
        if risen <= 0.0 {
            continue;
        }
        c.layer("column");
        if portrait {
            let away = f64::from(size.at.x1) + 260.0;
            c.group(-away * (1.0 - risen), 0.0, look.stays(size.bottom()), |c| {
                let ctx = DrawCtx { look, podium, column, size, place, portrait, seen: &|_, _| true };
                horizontal(c, &ctx);
            });
        } else {
            let down = f64::from(size.at.height()) * (1.0 - risen);
            // It comes up along its own slant, out of the bottom line.
            c.clipped(0.0, 0.0, 1e4, size.bottom(), |c| {
                let seen = |base: f32, em: f32| base - em * 0.72 + (down as f32) < size.bottom() - 4.0;
                let ctx = DrawCtx { look, podium, column, size, place, portrait, seen: &seen };
                c.group(-down * f64::from(SLANT), down, 1.0, |c| vertical(c, &ctx));
            });
        }
    }
    let around = since.map(|at| at.after(STEP_S * shown.saturating_sub(1) as f64 + 0.5));
    let fade = around.map_or(1.0, |at| c.sample(&Anim::new(0.0, 1.0, 0.0, at, Curve::Ease(AROUND_S), 1e-3)));
    c.layer("corners");
    c.group(0.0, 0.0, fade, |c| corners(c, look, podium, portrait));
    let bottom = if portrait { 1704.0 } else { 1008.0 };
    c.group(0.0, 0.0, fade * look.stays(bottom), |c| prize(c, look, podium, portrait));
}

fn corners(c: &mut Canvas, look: &Look, podium: &Podium, portrait: bool) {
    let t = look.theme;
    let [left, right] = c.stage().sides();
    let (top, room) = if portrait { (310.0, [500.0, 440.0]) } else { (229.4, [560.0, 425.0]) };
    if let Some([label, text]) = &podium.margin {
        let (line, _) = c.fonts.fit_text(label, style::LABEL, room[0]);
        c.line(left, top, &line, t.mid, Align::Left);
        corner_figure(
            c,
            vec2(left, top + 90.8),
            text,
            Style::new(92.0, Weight::Heavy),
            room[0],
            t.accent_text,
            Align::Left,
        );
    }
    if let Some([label, text]) = &podium.decided {
        let (line, _) = c.fonts.fit_text(label, style::LABEL, room[1]);
        c.line(right, top, &line, t.mid, Align::Right);
        corner_figure(c, vec2(right, top + 75.8), text, Style::new(72.0, Weight::Bold), room[1], t.hi, Align::Right);
    }
}

fn corner_figure(
    c: &mut Canvas,
    Vec2 { x, y }: Vec2,
    text: &str,
    largest: Style,
    room: f32,
    color: Color,
    align: Align,
) {
    let style = c.fonts.shrink(text, largest, 54.0, room);
    let (line, _) = c.fonts.fit_text(text, style, room);
    c.line(x, y, &line, color, align);
}

fn prize(c: &mut Canvas, look: &Look, podium: &Podium, portrait: bool) {
    let t = look.theme;
    let [x, right] = c.stage().sides();
    let (y, h) = (if portrait { 1600.0 } else { 904.0 }, 104.0);
    if podium.prize.is_none() && podium.total.is_empty() {
        return;
    }
    c.layer("prize");
    let lean = h * SLANT;
    let total_style = Style::new(56.0, Weight::Semi).tracked(0.03);
    let mut end = right - 60.0;
    let plate = podium.prize.is_some() || !portrait;
    if plate {
        card::plate(c, look, Rect::sized(x, y, right - x, h));
    }
    if portrait {
        // The sum has the footer's line.
        let (line, _) = c.fonts.fit_text(&podium.total, total_style, right - x);
        c.line(x, 1794.0 + 19.6, &line, t.mid, Align::Left);
    } else if podium.prize.is_none() {
        let (line, _) = c.fonts.fit_text(&podium.total, total_style, right - x - 120.0);
        c.line(x + lean + 40.0, y + 71.6, &line, t.mid, Align::Left);
    } else {
        let (line, _) = c.fonts.fit_text(&podium.total, total_style, 620.0);
        c.line(end, y + 71.6, &line, t.mid, Align::Right);
        end -= line.width + if line.width > 0.0 { 50.0 } else { 0.0 };
    }
    let Some([word, text]) = &podium.prize else { return };
    let style = Style::new(76.0, Weight::Heavy);
    let (word, _) = c.fonts.fit_text(word, style, 420.0);
    let tag = (word.width + 101.0).max(160.0);
    c.slab(Slab::lean(x, y, tag, h), t.plate_top[0]);
    c.line(x + tag / 2.0, y + 78.6, &word, t.numeral_top, Align::Center);
    let text_x = x + tag + 40.0;
    corner_figure(c, vec2(text_x, y + 78.6), text, Style::new(76.0, Weight::Bold), end - text_x, t.hi, Align::Left);
}
