//! Draws a top performer: the face full bleed at the left, the figure at the right (DESIGN 6.4 a).

use smallvec::smallvec;

use super::badge::Badge;
use super::chips::{self, Chip};
use super::enter::Enter;
use super::standing::Next;
use crate::board::Photo;
use crate::board::fresh::Band;
use crate::scene::{Align, Canvas, Color, Paint, Rect, SLANT, Slab, Style, Vec2, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::digits::Odometer;
use crate::slides::widgets::face::Face;
use crate::slides::widgets::{face, marks};
use crate::theme::{BLACK, style};

#[derive(Debug, Clone, PartialEq)]
pub struct Top {
    pub id: String,
    pub face: Face,
    /// Sign before the kicker.
    pub badge: Option<Badge>,
    /// "NO. 1 OF 12", or the headline.
    pub kicker: String,
    /// "TOKYO"
    pub side: String,
    pub name: String,
    pub value: Odometer,
    /// "¥M"
    pub unit: String,
    /// "119%"
    pub percent: String,
    /// "3.36 OVER", and whether the goal is met.
    pub verdict: Option<(String, bool)>,
    /// Evidence, three at most.
    pub chips: Vec<Chip>,
    /// The next two places of the ranking that it leads.
    pub next: Vec<Next>,
}

/// The header's title and captions end here, short of the slanted edge.
pub const HEADER_RIGHT: f32 = 915.0;
/// Above this line a cut-out keeps behind the edge; below it a shoulder may break over.
const SHOULDER_Y: f32 = 780.0;
/// The panel reaches so far beyond the stage.
const BLEED: f32 = 40.0;

/// The panel with the face: its box, to the slanted edge's top.
struct Panel {
    x: f32,
    y: f32,
    right: f32,
    bottom: f32,
    /// Middle of the light and of the face.
    light: [f32; 3],
}

impl Panel {
    fn lean(&self) -> f32 {
        (self.bottom - self.y) * SLANT
    }

    /// The slanted edge at the bottom.
    fn edge(&self) -> f32 {
        self.right - self.lean()
    }
}

/// Paints a top performer.
pub fn draw(c: &mut Canvas, look: &Look, top: &Top, enter: &Enter) {
    if c.stage().portrait() { tall(c, look, top, enter) } else { wide(c, look, top, enter) }
}

fn wide(c: &mut Canvas, look: &Look, top: &Top, enter: &Enter) {
    let p = Panel {
        x: -BLEED,
        y: -BLEED,
        right: 954.8 + BLEED * SLANT,
        bottom: 1080.0 + BLEED,
        light: [430.0, 420.0, 620.0],
    };
    panel(c, look, &p, &[(80.0, 40.0, 0.7), (150.0, 190.0, 0.8), (510.0, 30.0, 0.6), (570.0, 240.0, 0.9)]);
    let glyphs =
        |c: &mut Canvas, text: &str| face::glyphs(c, look, text, vec2(400.0, 590.0), 560.0, 620.0, [1.0, 0.55]);
    let veil = |c: &mut Canvas| {
        c.layer("scrim");
        let scrim = look.theme.photo_scrim;
        let down = smallvec![(0.0, scrim), (0.6 * 230.0 / 270.0 + 0.148, scrim.fade(0.6)), (1.0, scrim.fade(0.0))];
        let area = Slab::rect(-BLEED, -BLEED, 1200.0, 270.0);
        c.cut_left_of(p.edge(), p.bottom, 0.0, |c| c.slab(area, Paint::Down(down)));
    };
    // A cut-out begins under the header: a veil over its hair would only make it pale.
    let clear = top.face.picture(look).is_some_and(face::is_cut_out);
    if clear {
        veil(c);
    }
    face::either(c, look, &top.face, |c, photo| picture(c, look, photo, &p), glyphs);
    if !clear {
        veil(c);
    }
    c.layer("words");
    let x = 962.0;
    enter.step(c, 0, look.stays(400.0), |c| {
        kicker(c, look, top, vec2(x, 226.3), 1824.0 - x);
        name(c, look, top, vec2(x - 4.0, 372.5), 1824.0 - x);
    });
    enter.step(c, 1, look.stays(700.0), |c| {
        figure(c, look, top, vec2(x - 8.0, 614.3), 1824.0 - x);
        goal(c, look, top, vec2(x, 703.2), 1824.0 - x);
    });
    enter.step(c, 2, look.stays(912.0), |c| chips::row(c, look, &top.chips, [860.0, 1824.0, 754.0]));
    enter.step(c, 3, look.stays(1020.0), |c| {
        // What one of them does not need the other may take.
        let whole = |c: &mut Canvas, i: usize| top.next.get(i).map_or(0.0, |place| next_width(c, place) + 32.0);
        let wholes = [whole(c, 1), whole(c, 0)];
        // Long names begin under the evidence, further left than the words.
        let x = if wholes[0] + wholes[1] - 32.0 > 1824.0 - x { 860.0 } else { x };
        let all = 1824.0 - x;
        let rooms = wholes.map(|other| (all - other).max((all - 32.0) / 2.0));
        let ends = [(vec2(x, 1016.1), Align::Left), (vec2(1824.0, 1016.1), Align::Right)];
        for ((place, room), (at, align)) in top.next.iter().zip(rooms).zip(ends) {
            next(c, look, place, at, room, align);
        }
    });
}

fn tall(c: &mut Canvas, look: &Look, top: &Top, enter: &Enter) {
    // What the evidence leaves free belongs to the face.
    let free = 126.0 * (3 - top.chips.len().min(3)) as f32;
    let bottom = 726.0 + free;
    let p = Panel { x: -BLEED, y: 240.0, right: 1010.0, bottom, light: [430.0, 470.0, 520.0] };
    panel(c, look, &p, &[(120.0, 40.0, 0.7), (210.0, 190.0, 0.8), (700.0, 30.0, 0.6)]);
    let glyphs = |c: &mut Canvas, text: &str| {
        let middle = vec2(440.0, (p.y + p.bottom) / 2.0);
        face::glyphs(c, look, text, middle, (bottom - p.y) * 0.8, 700.0, [1.0, 0.55]);
    };
    face::either(c, look, &top.face, |c, photo| picture(c, look, photo, &p), glyphs);
    c.layer("words");
    let x = 54.0;
    enter.step(c, 0, look.stays(bottom + 230.0), |c| {
        kicker(c, look, top, vec2(x, bottom + 84.0), 972.0);
        name(c, look, top, vec2(x - 4.0, bottom + 226.0), 972.0);
    });
    enter.step(c, 1, look.stays(bottom + 520.0), |c| {
        figure(c, look, top, vec2(x - 8.0, bottom + 444.0), 972.0);
        goal(c, look, top, vec2(x, bottom + 534.0), 972.0);
    });
    let y = bottom + 578.0;
    for (i, chip) in top.chips.iter().enumerate() {
        let y = y + 126.0 * i as f32;
        enter.step(c, 2 + i, look.stays(y + 112.0), |c| chips::stat_line(c, look, chip, [54.0, 1026.0, y]));
    }
    enter.step(c, 5, look.stays(1800.0), |c| {
        for (place, y) in top.next.iter().zip([1756.0, 1814.0]) {
            next(c, look, place, vec2(x, y), 972.0, Align::Left);
        }
    });
}

/// Ground, light and edge.
fn panel(c: &mut Canvas, look: &Look, p: &Panel, stripes: &[(f32, f32, f64)]) {
    let t = look.theme;
    let (lean, edge, h) = (p.lean(), p.edge(), p.bottom - p.y);
    c.layer("photo panel");
    let shade = BLACK.fade(t.shadow[1]);
    let from = vec2(edge + 34.0, p.bottom);
    let paint = Paint::Between(
        from,
        vec2(from.x + 70.0, from.y + 70.0 * SLANT),
        smallvec![(0.0, shade), (1.0, shade.fade(0.0))],
    );
    c.slab(Slab::lean(edge + 34.0, p.y, 70.0 + lean, h), paint);
    c.cut_left_of(edge, p.bottom, p.y, |c| {
        ground(c, look, p);
        for &(x, w, strength) in stripes {
            c.slab(Slab::lean(x - BLEED, p.y, w + lean, h), Paint::down(t.stripe.fade(strength), t.stripe.fade(0.0)));
        }
    });
    c.slab(Slab::lean(edge, p.y, 16.0 + lean, h), t.accent_paint());
    c.slab(Slab::lean(edge + 26.0, p.y, 8.0 + lean, h), t.accent.fade(0.35));
}

/// A diagonal gradient with a light behind the face, as a mesh: nothing is blended.
fn ground(c: &mut Canvas, look: &Look, p: &Panel) {
    let [a, b, d] = look.theme.photo;
    let [near, half] = look.theme.photo_light;
    let (w, h) = (1000.0, p.bottom - p.y);
    let color = |x: f32, y: f32| -> Color {
        let along = f64::from(((x - p.x) / w + (y - p.y) / h) / 2.0);
        let base = if along < 0.55 { a.mix(b, along / 0.55) } else { b.mix(d, (along - 0.55) / 0.45) };
        let [lx, ly, r] = p.light;
        let out = f64::from((x - lx).hypot(y - ly) / r);
        if out >= 1.0 {
            return base;
        }
        let strength = |c: Color| f64::from(c.0[3]) / 255.0;
        let bare = |c: Color| Color::rgb([c.0[0], c.0[1], c.0[2]]);
        let (tint, alpha) = if out < 0.5 {
            let share = out / 0.5;
            (bare(near).mix(bare(half), share), strength(near) + (strength(half) - strength(near)) * share)
        } else {
            (bare(half), strength(half) * (1.0 - (out - 0.5) / 0.5))
        };
        base.mix(tint, alpha)
    };
    let cell = 72.0;
    let (columns, rows) = (((p.right - p.x) / cell).ceil() as usize, (h / cell).ceil() as usize);
    for row in 0..rows {
        for column in 0..columns {
            let (x0, y0) = (p.x + cell * column as f32, p.y + cell * row as f32);
            let (x1, y1) = (x0 + cell, (y0 + cell).min(p.bottom));
            let at = |x: f32, y: f32| (vec2(x, y), color(x, y));
            c.mesh_cell([at(x0, y0), at(x1, y0), at(x1, y1), at(x0, y1)]);
        }
    }
}

/// A cut-out stands on the panel's bottom, its shoulder over the edge; a rectangular photo fills the panel up to the edge.
fn picture(c: &mut Canvas, look: &Look, photo: &Photo, p: &Panel) {
    c.layer("photo");
    let (bottom, tall) = (p.bottom.min(1080.0), p.bottom > 1080.0);
    if !face::is_cut_out(photo) {
        return c.cut_left_of(p.edge(), p.bottom, p.y, |c| {
            face::fill_pushed(c, look, photo, Rect::new(p.x, p.y.max(0.0), p.right, p.bottom))
        });
    }
    let height = if tall { 949.0 } else { p.bottom - p.y - 8.0 };
    let area = face::stand_box(photo, p.light[0], bottom, height, 860.0);
    let area = face::scaled(area, face::push(c, look));
    let line = if tall { SHOULDER_Y } else { p.bottom };
    c.clipped(p.x, 0.0, 1e4, line, |c| {
        c.cut_left_of(p.edge(), p.bottom, p.y, |c| face::fill(c, look, photo, area));
    });
    c.clipped(p.x, line, 1e4, bottom, |c| face::fill(c, look, photo, area));
}

fn kicker(c: &mut Canvas, look: &Look, top: &Top, Vec2 { x, y }: Vec2, room: f32) {
    let t = look.theme;
    let (ink, mut at) = (if t.grey { t.hi } else { t.accent_text }, x);
    let old = look.band >= Band::Grey;
    let text = if old {
        // Too old to say who is first: only what was true then (DESIGN 6.9).
        (look.locale.words().at)(&look.as_of.map(|at| (look.clock)(at)).unwrap_or_default())
    } else {
        if let Some(badge) = top.badge {
            badge.paint(c, x + 30.0, y - 20.5, 56.0, ink, t.bg[1]);
            at += 78.0;
        }
        top.kicker.clone()
    };
    let side_room = (room * 0.4).max(room - c.fonts.width(&text, style::KICKER) - (at - x) - 32.0);
    let (side, _) = c.fonts.fit_text(&top.side, style::LABEL, if text.is_empty() { room } else { side_room });
    let gap = if text.is_empty() || top.side.is_empty() { 0.0 } else { 32.0 };
    let (line, _) = c.fonts.fit_text(&text, style::KICKER.tracked(0.05), room - (at - x) - side.width - gap);
    c.line(at, y, &line, ink, Align::Left);
    c.line(at + line.width + gap, y - 1.9, &side, t.mid, Align::Left);
}

fn name(c: &mut Canvas, look: &Look, top: &Top, Vec2 { x, y }: Vec2, room: f32) {
    let style = c.fonts.shrink(&top.name, style::HERO_NAME, 96.0, room);
    let (line, _) = c.fonts.fit_name(&top.name, style, room);
    c.line(x, y - (150.0 - style.size) * 0.35, &line, look.theme.hi, Align::Left);
}

fn figure(c: &mut Canvas, look: &Look, top: &Top, Vec2 { x, y }: Vec2, room: f32) {
    let t = look.theme;
    let size = if top.unit.chars().count() <= 3 { 96.0 } else { 64.0 };
    let unit_style = Style::new(size, Weight::Semi).tracked(0.02);
    let (unit, _) = c.fonts.fit_text(&top.unit, unit_style, room * 0.42);
    let left = room - unit.width - 24.0;
    let style = c.fonts.shrink_lines(&[top.value.text()], Style::new(258.0, Weight::Heavy), 110.0, left);
    let w = top.value.paint(c, x, y, style, t.accent_text, Align::Left);
    c.line(x + w + 24.0, y, &unit, t.hi, Align::Left);
}

fn goal(c: &mut Canvas, look: &Look, top: &Top, Vec2 { x, y }: Vec2, room: f32) {
    let t = look.theme;
    let Some((verdict, met)) = &top.verdict else { return };
    let w = c.text(x, y, &top.percent, Style::new(72.0, Weight::Bold), t.hi, Align::Left) + 22.0;
    let word = look.locale.words().recognition.of_goal;
    let of = c.text(x + w, y - 4.0, word, Style::new(52.0, Weight::Semi).tracked(0.03), t.mid, Align::Left);
    let at = x + w + of + 34.0;
    let (sign, color) = if *met { (-1.0, t.up) } else { (1.0, t.mid) };
    let text_x = if *met { at + 40.0 } else { at };
    if *met {
        marks::side(c, vec2(at + 14.0, y - 26.0), 1.15, sign < 0.0, color);
    }
    let (line, _) = c.fonts.fit_text(verdict, Style::new(60.0, Weight::Bold).tracked(0.02), room - (text_x - x));
    c.line(text_x, y - 4.2, &line, color, Align::Left);
}

/// The styles of place and figure, and of the name between them.
const NEXT: [Style; 2] = [Style::new(46.0, Weight::Bold), Style::new(46.0, Weight::Semi)];

/// How wide a place with its whole name is.
fn next_width(c: &mut Canvas, place: &super::standing::Next) -> f32 {
    let [bold, semi] = NEXT;
    c.fonts.width(&place.place, bold) + c.fonts.width(&place.value, bold) + c.fonts.width(&place.name, semi) + 34.0
}

/// "2 NAME 19.80", hanging left or right at a point.
fn next(c: &mut Canvas, look: &Look, place: &super::standing::Next, Vec2 { x, y }: Vec2, room: f32, align: Align) {
    let t = look.theme;
    let [bold, semi] = NEXT;
    let rank = c.fonts.line(&place.place, bold);
    let value = c.fonts.line(&place.value, bold);
    let around = rank.width + value.width + 34.0;
    let (name, _) = c.fonts.fit_name(&place.name, semi, (room - around).max(80.0));
    let left = if align == Align::Right { x - around - name.width } else { x };
    c.line(left, y, &rank, t.low, Align::Left);
    c.line(left + rank.width + 14.0, y, &name, t.hi, Align::Left);
    c.line(left + rank.width + name.width + 34.0, y, &value, t.mid, Align::Left);
}
