//! Draws the people of a shout-out: one fills the panel, two share it one above the other, three and four stand in
//! rows.

use smallvec::smallvec;

use super::model::Shout;
use crate::board::Photo;
use crate::scene::{Align, Canvas, Fit, Fonts, Paint, Rect, SLANT, Slab, Style, Vec2, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::face::{self, Face};
use crate::slides::widgets::panel::{self, PanelRect};
use crate::theme::style;

type Person = (Face, String, String);

/// Paints the panel with everyone on it.
pub fn draw(c: &mut Canvas, look: &Look, shout: &Shout, p: &PanelRect) {
    c.layer("people");
    panel::shadow(c, look, p);
    panel::ground(c, look, p);
    let n = shout.people.len();
    let rows = n + usize::from(shout.more > 0);
    let side_by_side = p.w > p.h;
    for (i, person) in shout.people.iter().enumerate() {
        if rows <= 2 {
            let part = i as f32 / rows as f32;
            let (w, h) = if side_by_side { (p.w / rows as f32, p.h) } else { (p.w, p.h / rows as f32) };
            let (x, y) = if side_by_side { (p.x + p.w * part, p.y) } else { (p.x, p.y + p.h * part) };
            large(c, look, person, Rect::new(x, y, x + w, y + h));
        } else {
            let h = p.h / rows as f32;
            row(c, look, person, Rect::new(p.x, p.y + h * i as f32, p.x + p.w, p.y + h * (i + 1) as f32));
        }
    }
    if shout.more > 0 {
        let h = p.h / rows as f32;
        let text = (look.locale.words().and_more)(shout.more);
        let (line, _) = c.fonts.fit_text(&text, style::LABEL.sized(54.0), p.w - 80.0);
        let y = p.bottom() - h / 2.0 + 18.9;
        c.line(p.x + p.w / 2.0, y, &line, look.theme.mid, Align::Center);
    }
    c.layer("panel edge");
    panel::edge(c, look, p);
}

/// So much of the height of a photo is seen at least.
const LEAST_SEEN: f32 = 0.92;

/// A face with its name under it.
fn large(c: &mut Canvas, look: &Look, (face, name, office): &Person, Rect { x0, y0, x1, y1 }: Rect) {
    let t = look.theme;
    let (w, h) = (x1 - x0, y1 - y0);
    let tall = h > 600.0;
    // The figure stands above the name's ground.
    let ground = if tall { y1 - 236.0 } else { y1 - 130.0 };
    let room = w - 76.0;
    let picture = |c: &mut Canvas, photo: &Photo| {
        c.clipped(x0, y0, x1, y1, |c| {
            if face::is_cut_out(photo) {
                let bottom = if tall { ground + 60.0 } else { y1 };
                let height = bottom - y0 - if tall { 24.0 } else { 10.0 };
                let area =
                    face::stand_box(photo, (x0 + x1) / 2.0 + 5.0, bottom, height, if tall { w } else { w * 1.4 });
                let area = face::scaled(area, face::push(c, look));
                face::fill(c, look, photo, area);
            } else {
                let foot = ground + 40.0;
                let (iw, ih) = (photo.image.width() as f32, photo.image.height() as f32);
                // Wide and low a photo would lose the mouth under the name: it is narrower then, cut on the slant.
                let width = (foot - y0) / LEAST_SEEN * iw / ih.max(1.0);
                if width > w - 10.0 - (foot - y0) * SLANT {
                    return face::fill_pushed(c, look, photo, Rect::new(x0 + 10.0, y0, x1, foot));
                }
                let (middle, lean) = ((x0 + x1) / 2.0 + 5.0, (foot - y0) * SLANT);
                let (left, right) = (middle - (width + lean) / 2.0, middle + (width + lean) / 2.0);
                c.right_of(left, foot, y0, |c| {
                    c.left_of(right - lean, foot, y0, |c| {
                        face::fill_pushed(c, look, photo, Rect::new(left, y0, right, foot));
                    });
                });
            }
        });
        let scrim = t.scrim;
        let top = ground - if tall { 150.0 } else { 70.0 };
        let down = smallvec![(0.0, scrim.fade(0.0)), (0.7, scrim.fade(0.9)), (1.0, scrim)];
        c.slab(Slab::rect(x0, top, w, ground + 30.0 - top), Paint::Down(down));
        c.slab(Slab::rect(x0, ground + 30.0, w, y1 - ground - 30.0), scrim);
    };
    face::either(c, look, face, picture, |c, text| {
        let middle = vec2((x0 + x1) / 2.0, (y0 + ground) / 2.0 + if tall { 20.0 } else { 10.0 });
        face::glyphs(c, look, text, middle, (ground - y0) * 0.78, w - 60.0, [1.0, 0.55]);
    });
    c.group(0.0, 0.0, look.stays(y1), |c| caption(c, look, name, office, vec2(x0 + 42.0, y1), room, tall));
}

/// Name and office on the ground of a large face.
fn caption(c: &mut Canvas, look: &Look, name: &str, office: &str, Vec2 { x, y: y1 }: Vec2, room: f32, tall: bool) {
    let t = look.theme;
    let mut style = style::HERO_NAME.sized(if tall { 104.0 } else { 80.0 });
    let floor = if tall { 72.0 } else { 54.0 };
    style = c.fonts.shrink(name, style, floor, room);
    // A long name takes two lines where the panel is tall.
    let (mut base, two) = if tall { (y1 - 122.0, name.split_once(' ')) } else { (y1 - 76.0, None) };
    match two.filter(|_| c.fonts.width(name, style) > room) {
        Some((first, second)) => {
            let fits = |fonts: &mut Fonts, style| [first, second].iter().all(|l| fonts.width(l, style) <= room);
            let style = c.fonts.shrink_until(style.sized(92.0), 60.0, 2.0, fits);
            for (text, base) in [(first, base - 62.0), (second, base + 36.0)] {
                let (line, _) = c.fonts.fit_text(text, style, room);
                c.line(x, base, &line, t.hi, Align::Left);
            }
            base += 36.0;
        }
        None => {
            let (line, fit) = c.fonts.fit_name(name, style, room);
            if let (Fit::Cut, Some((first, second))) = (fit, name.split_once(' ')) {
                // The whole name rather than the office.
                for (text, base) in [(first, y1 - 92.0), (second, y1 - 32.0)] {
                    let (line, _) = c.fonts.fit_text(text, style.sized(58.0), room);
                    c.line(x, base, &line, t.hi, Align::Left);
                }
                return;
            }
            c.line(x, base, &line, t.hi, Align::Left);
        }
    }
    let (office, _) = c.fonts.fit_text(office, style::LABEL, room);
    c.line(x, base + if tall { 68.0 } else { 54.0 }, &office, t.mid, Align::Left);
}

/// A face at the left, cut on the slant, with the name right of it.
fn row(c: &mut Canvas, look: &Look, (face, name, office): &Person, Rect { x0, y0, x1, y1 }: Rect) {
    let t = look.theme;
    let h = y1 - y0;
    let side = (h * 0.86).min(220.0);
    let lean = h * SLANT;
    let picture = |c: &mut Canvas, photo: &Photo| {
        c.cut_left_of(x0 + side, y1, y0, |c| {
            face::fill(c, look, photo, Rect::new(x0 + 10.0, y0 + 3.0, x0 + side + lean, y1))
        });
    };
    face::either(c, look, face, picture, |c, text| {
        let middle = vec2(x0 + 10.0 + (side - 10.0 + lean / 2.0) / 2.0, y0 + h / 2.0);
        face::glyphs(c, look, text, middle, h * 0.5, side - 20.0, [1.0, 0.6]);
    });
    c.slab(Slab::lean(x0 + side, y0, 6.0 + lean, h), t.accent.fade(0.8));
    c.slab(Slab::rect(x0, y1 - 3.0, x1 - x0, 3.0), t.scrim);
    let x = x0 + side + lean + 22.0;
    let room = x1 - 20.0 - x;
    let middle = y0 + h / 2.0;
    let style = Style::new(60.0, Weight::Bold);
    if let Some((first, second)) = name.split_once(' ').filter(|_| c.fonts.width(name, style) > room) {
        // The whole name rather than the office.
        let fits = |fonts: &mut Fonts, style| [first, second].iter().all(|l| fonts.width(l, style) <= room);
        let style = c.fonts.shrink_until(style.sized(56.0), 44.0, 2.0, fits);
        for (text, base) in [(first, middle - 8.0), (second, middle + 48.0)] {
            let (line, _) = c.fonts.fit_text(text, style, room);
            c.line(x, base, &line, t.hi, Align::Left);
        }
        return;
    }
    let (line, _) = c.fonts.fit_name(name, style, room);
    let base = if office.is_empty() { middle + 21.0 } else { middle - 6.0 };
    c.line(x, base, &line, t.hi, Align::Left);
    let (office, _) = c.fonts.fit_text(office, style::LABEL, room);
    c.line(x, base + 54.0, &office, t.mid, Align::Left);
}
