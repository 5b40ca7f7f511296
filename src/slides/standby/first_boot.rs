//! Draws the first picture on a new wall: three steps, and a code or a settings path to begin with (DESIGN 6.11).

use super::shown_url;
use crate::scene::{Align, Canvas, Color, Paint, SLANT, Slab, Style, Vec2, Weight};
use crate::slides::context::Look;
use crate::slides::widgets::cells::cell;
use crate::slides::widgets::footer_lines::FooterLines;
use crate::slides::widgets::qr::Qr;
use crate::theme::style;

const STEP: Style = Style::new(60.0, Weight::Semi).tracked(0.01);

/// Side of the card with the code.
const CODE: f32 = 680.0;

pub fn draw(c: &mut Canvas, look: &Look, setup_url: Option<&str>, settings: &str, here: [Option<&str>; 2]) {
    let t = look.theme;
    let w = look.locale.words();
    let portrait = c.stage().portrait();
    c.layer("first boot");
    let (x, y) = if portrait { (54.0, 96.0) } else { (96.0, 60.0) };
    c.slab(Slab::lean(x, y, 22.0, 64.0), t.accent_paint());
    c.text(x + 40.0, y + 54.4, "FLOORCAST", Style::new(64.0, Weight::Bold).tracked(0.06), t.hi, Align::Left);
    let headline = Style::new(120.0, Weight::Heavy).tracked(0.005);
    let (line, _) = c.fonts.fit_text(w.connect, headline, if portrait { 960.0 } else { 1000.0 });
    c.line(x - 4.0, y + 196.0, &line, t.hi, Align::Left);
    let top = if portrait { 420.0 } else { 312.0 };
    match setup_url {
        Some(url) => {
            step(c, look, x, top, "1", w.scan);
            object(c, look, x, top + 179.0, &shown_url(url), 100.0);
            step(c, look, x, top + 228.0, "2", w.pick_data);
            let (qx, qy) = if portrait { (200.0, 900.0) } else { (1144.0, 168.0) };
            if let Some(code) = Qr::of(url) {
                code.paint(c, qx, qy, CODE);
            }
        }
        None => {
            step(c, look, x, top, "1", w.open_settings);
            object(c, look, x, top + 173.4, settings, 84.0);
            step(c, look, x, top + 228.0, "2", w.set_feed);
            key(c, look, x + 136.0, top + 328.0);
            step(c, look, x, top + 514.0, "3", w.save);
            if !portrait {
                ghosts(c, look);
            }
        }
    }
    footer(c, look, here);
    corners(c, t.accent);
}

fn step(c: &mut Canvas, look: &Look, x: f32, y: f32, number: &str, text: &str) {
    let t = look.theme;
    c.slab(Slab::lean(x, y, 104.0, 84.0), Paint::down(t.plate_top[0], t.plate_top[1]));
    let style = Style::new(64.0, Weight::Bold);
    c.text(x + 52.0, y + 64.4, number, style, t.numeral_top, Align::Center);
    let (line, _) = c.fonts.fit_text(text, STEP, 850.0);
    c.line(x + 136.0, y + 63.0, &line, t.hi, Align::Left);
}

fn object(c: &mut Canvas, look: &Look, x: f32, y: f32, text: &str, size: f32) {
    let style = Style { tabular: false, ..Style::new(size, Weight::Bold) };
    let style = c.fonts.shrink_lines(&[text], style, 44.0, 864.0);
    let (line, _) = c.fonts.fit_text(text, style, 864.0);
    c.line(x + 136.0, y, &line, look.theme.accent_text, Align::Left);
}

fn key(c: &mut Canvas, look: &Look, x: f32, y: f32) {
    let t = look.theme;
    cell(c, t, x, y, 864.0, 130.0);
    let style = Style { tabular: false, ..Style::new(72.0, Weight::Semi) };
    let w = c.text(x + 36.0, y + 91.6, "url =", style, t.mid, Align::Left);
    let value = Style { weight: Weight::Bold, ..style };
    c.text(x + 36.0 + w + 24.0, y + 91.6, "\"https://…\"", value, t.hi, Align::Left);
}

/// A tower of things to come, fading downwards.
fn ghosts(c: &mut Canvas, look: &Look) {
    let t = look.theme;
    for i in 0..9usize {
        let y = 200.0 + 76.0 * i as f32;
        let alpha = 0.55 * (1.0 - 0.09 * i as f64);
        c.group(0.0, 0.0, alpha, |c| {
            let (row, plate, ink) = match i {
                0 => (t.row_one_paint(), t.plate_one, t.numeral_one),
                1 | 2 => (Paint::across(t.row_top[0], t.row_top[1]), t.plate_top, t.numeral_top),
                _ => (Paint::across(t.row[0], t.row[1]), t.plate, t.numeral),
            };
            c.slab(Slab::lean_left(1200.0, y, 624.0, 68.0), row);
            let lean = 68.0 * SLANT;
            c.slab(Slab::rect(1200.0 + lean, y, 624.0 - lean, 2.0), crate::theme::WHITE.fade(0.2));
            c.slab(Slab::lean(1200.0, y, 104.0, 68.0), Paint::down(plate[0], plate[1]));
            let number = Style::new(58.0, Weight::Bold);
            c.text(1252.0, y + 54.3, &(i + 1).to_string(), number, ink, Align::Center);
            let ends = [1740.0, 1670.0, 1640.0, 1620.0, 1590.0, 1580.0, 1550.0, 1530.0, 1510.0];
            let bar = if i == 0 { t.on_one } else { t.bar };
            c.slab(Slab::lean(1340.0, y + 24.0, ends[i] - 1340.0, 20.0), bar.fade(0.8));
        });
    }
}

/// The network's name, the address in it, the version.
fn footer(c: &mut Canvas, look: &Look, here: [Option<&str>; 2]) {
    let t = look.theme;
    let w = look.locale.words();
    let version = (w.version)(env!("CARGO_PKG_VERSION"));
    let left = here.into_iter().flatten().chain([version.as_str()]).collect::<Vec<_>>().join(" · ");
    let lines = FooterLines::new(c.stage(), 1016.4, [1736.0, 1800.0]);
    let FooterLines { left: x, right, y: [corners_y, y], .. } = lines;
    let (line, _) = c.fonts.fit_text(&left, style::LABEL, lines.room(0.6));
    c.line(x, y, &line, t.mid, Align::Left);
    c.text(right, corners_y, w.corners, style::LABEL, t.hi, Align::Right);
}

/// Angles in the picture's corners, outside the safe area on purpose: who sees them all needs no overscan.
fn corners(c: &mut Canvas, color: Color) {
    let Vec2 { x: w, y: h } = c.stage().units;
    for (x, y, sx, sy) in [
        (16.0, 16.0, 1.0, 1.0),
        (w - 16.0, 16.0, -1.0, 1.0),
        (16.0, h - 16.0, 1.0, -1.0),
        (w - 16.0, h - 16.0, -1.0, -1.0f32),
    ] {
        let bar = |dx: f32, dy: f32| {
            let (x1, y1) = (x + sx * dx, y + sy * dy);
            Slab::rect(x.min(x1), y.min(y1), dx, dy)
        };
        c.slab(bar(72.0, 8.0), color);
        c.slab(bar(8.0, 72.0), color);
    }
}
