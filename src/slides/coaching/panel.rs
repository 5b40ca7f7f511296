//! Draws the panel beside a play: who showed it, by name or photo, the ghost of the play, and the evidence of its
//! steps.

use smallvec::smallvec;

use super::diagram;
use super::model::{Page, Proof};
use crate::board::Photo;
use crate::scene::{Align, Canvas, Fonts, Line, Paint, Rect, Slab, Style, Vec2, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::face;
use crate::slides::widgets::panel::{self, PanelRect};
use crate::slides::widgets::{accents, marks};
use crate::theme::style;

/// Top of the base that carries the evidence, on wide screens.
const BASE_Y: f32 = 696.6;

/// Where the panel of a page lies; none where it has nothing to say.
pub fn place(page: &Page, portrait: bool) -> Option<PanelRect> {
    let base = !page.steps.is_empty() && page.proof.is_some();
    if page.names.is_empty() && !base {
        return None;
    }
    let p = PanelRect::hero(portrait);
    Some(match (portrait, base) {
        (false, true) => PanelRect { base_y: BASE_Y, ..p },
        (false, false) => PanelRect { base_y: p.bottom(), ..p },
        (true, true) => p,
        (true, false) => PanelRect { h: 340.0, base_y: p.y + 340.0, ..p },
    })
}

pub fn draw(c: &mut Canvas, look: &Look, page: &Page, p: &PanelRect) {
    let portrait = c.stage().portrait();
    c.layer("panel");
    // What the slab beside or under it hides is not painted.
    let [right, bottom] = if portrait { [1e4, 620.0] } else { [642.0, 1e4] };
    c.clipped(-1e4, -1e4, right, bottom, |c| panel::shadow(c, look, p));
    let key = page.photo.as_ref().filter(|_| !page.names.is_empty());
    let photo = face::arrived(look, key.map(String::as_str));
    match key.and_then(|key| look.arrived.get(key)) {
        // A photo that comes late moves the name: it wipes in.
        Some(since) if photo.is_some() => {
            let [bare, with] = [None, photo].map(|photo| move |c: &mut Canvas| whole(c, look, page, p, photo));
            panel::wipe(c, look, p, *since, "panel wipe", [&bare, &with]);
        }
        _ => whole(c, look, page, p, photo),
    }
}

fn whole(c: &mut Canvas, look: &Look, page: &Page, p: &PanelRect, photo: Option<&Photo>) {
    let portrait = c.stage().portrait();
    panel::ground(c, look, p);
    let base = p.base_y < p.bottom();
    if let Some(photo) = photo {
        picture(c, look, p, photo, portrait, scrim_y(base));
    } else if portrait && short(c, page) {
        c.clipped(p.x, p.y, p.x + p.w, p.base_y, |c| diagram::ghost(c, look, vec2(430.0, -412.0)));
    } else if !base && !portrait {
        c.group(0.0, 0.0, look.stays(p.bottom()), |c| diagram::ghost(c, look, vec2(0.0, 0.0)));
    } else if page.names.is_empty() && !portrait {
        diagram::ghost(c, look, vec2(0.0, -330.0));
    }
    panel::edge(c, look, p);
    match (portrait, photo) {
        (true, _) => tall(c, look, page, photo.is_some()),
        (false, Some(_)) => below_photo(c, look, page, scrim_y(base)),
        (false, None) => by_name(c, look, page, base),
    }
    if let Some(proof) = page.proof.as_ref().filter(|_| base) {
        c.group(0.0, 0.0, look.stays(p.bottom()), |c| {
            if portrait {
                label(c, look, proof, vec2(100.0, 665.0), 470.0);
                let (f, w) = figures_fit(c, proof, 380.0);
                figures(c, look, proof, vec2(980.0 - w, 708.0), f);
            } else {
                label(c, look, proof, vec2(142.0, 758.0), 440.0);
                let (f, _) = figures_fit(c, proof, 440.0);
                figures(c, look, proof, vec2(142.0, 910.6), f);
            }
        });
    }
}

/// Whether the name leaves room for the ghost beside it, on portrait screens.
fn short(c: &mut Canvas, page: &Page) -> bool {
    page.names.len() < 2 && page.names.iter().all(|name| c.fonts.width(name, style::HERO_NAME) < 520.0)
}

/// Where a photo has wholly faded, on wide screens.
fn scrim_y(base: bool) -> f32 {
    if base { 600.0 } else { 785.0 }
}

/// The photo from the panel's top; the face, in its upper middle, stays.
fn picture(c: &mut Canvas, look: &Look, p: &PanelRect, photo: &Photo, portrait: bool, scrim_y: f32) {
    let (x0, y0, x1, y1) = if portrait {
        (p.x + p.w - 380.0, p.y + 8.0, p.x + p.w - 10.0, p.base_y.min(p.bottom()))
    } else {
        (p.x + 10.0, 170.0, p.x + p.w, scrim_y)
    };
    face::fill(c, look, photo, Rect::new(x0, y0, x1, y1));
    if !portrait {
        let scrim = look.theme.scrim;
        let fade = Paint::Down(smallvec![(0.0, scrim.fade(0.0)), (0.62, scrim.fade(0.88)), (1.0, scrim)]);
        // Over the evidence there is less room: the face stays clear.
        let h = if scrim_y < 700.0 { 130.0 } else { 250.0 };
        c.slab(Slab::rect(p.x, scrim_y - h, p.w, h), fade);
        c.slab(Slab::rect(p.x, scrim_y, p.w, p.bottom() - scrim_y), scrim);
    }
}

/// "RUN BY", or what else the panel is about.
fn kicker(c: &mut Canvas, look: &Look, page: &Page, x: f32, y: f32) {
    let w = &look.locale.words().coaching;
    let text = if page.names.is_empty() { w.proof } else { w.run_by };
    let ink = if look.theme.grey { look.theme.hi } else { look.theme.accent_text };
    let (line, _) = c.fonts.fit_text(text, style::KICKER, 430.0);
    c.line(x, y, &line, ink, Align::Left);
}

/// A name in one line, as large as it can be.
fn one_line(c: &mut Canvas, name: &str, most: f32, least: f32, max: f32) -> (Line, f32) {
    let style = c.fonts.shrink(name, style::HERO_NAME.sized(most), least, max);
    (c.fonts.fit_name(name, style, max).0, style.size)
}

fn by_name(c: &mut Canvas, look: &Look, page: &Page, base: bool) {
    let t = look.theme;
    kicker(c, look, page, 142.0, 236.3);
    let mut y = if base { 382.0 } else { 392.0 };
    if let [name] = &page.names[..] {
        let parts = name.split_once(' ').map_or(vec![name.as_str()], |(a, b)| vec![a, b]);
        let lines: Vec<String> = parts.into_iter().map(str::to_owned).collect();
        let gap = y - 0.7 * style::HERO_NAME.size - 236.3;
        let largest = style::HERO_NAME.sized(accents::under(&lines[0], style::HERO_NAME.size, gap));
        let fits = |fonts: &mut Fonts, style: Style| lines.iter().all(|l| fonts.width(l, style) <= 440.0);
        let size = c.fonts.shrink_until(largest, 92.0, 2.0, fits).size;
        y -= (150.0 - size) * 0.35;
        for (i, line) in lines.iter().enumerate() {
            let (line, _) = c.fonts.fit_text(line, style::HERO_NAME.sized(size), 440.0);
            y += if i > 0 { size * accents::pitch_em(&lines, 0.987) } else { 0.0 };
            c.line(138.0, y, &line, t.hi, Align::Left);
        }
        y += 86.0;
    } else {
        y = 326.0;
        let widest = page.names.iter().map(|n| c.fonts.width(n, style::HERO_NAME)).fold(1.0, f32::max);
        let size = (150.0 * 440.0 / widest).clamp(64.0, 84.0);
        for name in &page.names {
            let (line, _) = c.fonts.fit_name(name, style::HERO_NAME.sized(size), 440.0);
            c.line(139.0, y, &line, t.hi, Align::Left);
            y += 92.0;
        }
        y -= 20.0;
        if page.more > 0 {
            c.text(142.0, y, &(look.locale.words().and_more)(page.more), style::LABEL, t.mid, Align::Left);
            return;
        }
    }
    let (office, _) = c.fonts.fit_text(&page.office, style::LABEL, 430.0);
    c.line(142.0, y, &office, t.mid, Align::Left);
}

fn below_photo(c: &mut Canvas, look: &Look, page: &Page, scrim_y: f32) {
    let t = look.theme;
    let tight = scrim_y < 700.0;
    kicker(c, look, page, 142.0, scrim_y - if tight { 26.0 } else { 20.0 });
    let name = page.names.join(" · ");
    let (line, _) = one_line(c, &name, if tight { 92.0 } else { 104.0 }, 72.0, 440.0);
    c.line(140.0, scrim_y + if tight { 66.0 } else { 80.0 }, &line, t.hi, Align::Left);
    if !tight {
        let (office, _) = c.fonts.fit_text(&page.office, style::LABEL, 430.0);
        c.line(142.0, scrim_y + 142.0, &office, t.mid, Align::Left);
    }
}

fn tall(c: &mut Canvas, look: &Look, page: &Page, photo: bool) {
    let t = look.theme;
    kicker(c, look, page, 100.0, 324.3);
    let max = if photo { 520.0 } else { 880.0 };
    if let [name] = &page.names[..] {
        let (line, _) = one_line(c, name, accents::under(name, 150.0, 32.7), 84.0, max);
        c.line(96.0, 462.0, &line, t.hi, Align::Left);
        let (office, _) = c.fonts.fit_text(&page.office, style::LABEL, max);
        c.line(100.0, 535.4, &office, t.mid, Align::Left);
    } else {
        // Two lines, two names on each.
        for (i, pair) in page.names.chunks(2).enumerate() {
            let (line, _) = one_line(c, &pair.join(" · "), 84.0, 54.0, max);
            c.line(98.0, 432.0 + 86.0 * i as f32, &line, t.hi, Align::Left);
        }
    }
}

const BEFORE: Style = Style::new(112.0, Weight::Bold);
const AFTER: Style = Style::new(168.0, Weight::Heavy);
const UNIT: Style = Style::new(68.0, Weight::Bold);

const LABEL: Style = Style::new(44.0, Weight::Semi).tracked(0.01);

/// What was measured, in `max` units.
fn label(c: &mut Canvas, look: &Look, proof: &Proof, Vec2 { x, y }: Vec2, max: f32) {
    let text = look.locale.caps(&proof.label);
    let style = c.fonts.shrink(&text, LABEL, 38.0, max);
    let (line, _) = c.fonts.fit_text(&text, style, max);
    c.line(x, y, &line, look.theme.mid, Align::Left);
}

/// Gaps around the arrow and before the unit.
const GAPS: [f32; 3] = [18.4, 63.6, 6.0];

/// The scale at which the figures fit `max` units, and their width then.
fn figures_fit(c: &mut Canvas, proof: &Proof, max: f32) -> (f32, f32) {
    let mut width = c.fonts.width(&proof.after, AFTER);
    if let Some(before) = &proof.before {
        width += c.fonts.width(before, BEFORE) + GAPS[0] + GAPS[1];
    }
    if !proof.unit.is_empty() {
        width += c.fonts.width(&proof.unit, UNIT) + GAPS[2];
    }
    let f = (max / width).clamp(0.42, 1.0);
    (f, (width * f).min(max))
}

/// The figures before and after, from `x` on.
fn figures(c: &mut Canvas, look: &Look, proof: &Proof, Vec2 { x, y }: Vec2, f: f32) {
    let t = look.theme;
    let sized = |s: Style| s.sized(s.size * f);
    let mut left = x;
    if let Some(before) = &proof.before {
        left += c.text(left, y, before, sized(BEFORE), t.low, Align::Left) + GAPS[0] * f;
        marks::arrow(c, left, y - 40.0 * f, 46.0 * f, t.hi);
        left += GAPS[1] * f;
    }
    left += c.text(left, y, &proof.after, sized(AFTER), t.accent_text, Align::Left) + GAPS[2] * f;
    let bottom = if c.stage().portrait() { 1000.0 } else { 590.0 };
    let unit = UNIT.sized((UNIT.size * f).max(36.0));
    let (unit, _) = c.fonts.fit_text(&proof.unit, unit, (bottom - left).max(20.0));
    c.line(left, y, &unit, t.accent_text, Align::Left);
}
