//! Draws the hero panel: who leads, with name or photo, figure and history (DESIGN 6.1).

use smallvec::smallvec;

use super::digits::Odometer;
use super::panel::{self, PanelRect};
use super::{accents, face};
use crate::motion::Time;
use crate::scene::text::is_cjk;
use crate::scene::{Align, Canvas, Paint, Rect, Slab, Style, Vec2, Weight, vec2};
use crate::slides::context::Look;
use crate::theme::style;

/// What the panel says.
#[derive(Debug, Clone, PartialEq)]
pub struct Hero {
    /// Identity of the leader.
    pub id: String,
    /// "LEADER"
    pub kicker: String,
    /// "SINCE 14:31"
    pub since: String,
    /// Name on one or two lines.
    pub name: Vec<String>,
    pub office: String,
    /// Several lead: each line is a name, or all of them count them.
    pub shared: bool,
    pub value: Odometer,
    /// "¥", where it is written in front.
    pub sign: String,
    /// "M", "万円"
    pub unit: String,
    /// Earlier values and the present one, as shares of the largest.
    pub history: Vec<f64>,
    /// Key of the photo.
    pub photo: Option<String>,
    /// The numeral behind the name.
    pub numeral: String,
}

/// Paints the panel. `before` was there until `since`: the new one wipes over it.
pub fn draw(c: &mut Canvas, look: &Look, hero: &Hero, before: Option<(&Hero, Time)>) {
    let mut p = PanelRect::hero(c.stage().portrait());
    // A lower third takes the base's place: the panel ends above it (DESIGN 6.17).
    let base = 1.0 - look.stays(p.bottom());
    p.h -= 200.0 * base as f32;
    c.layer("hero");
    panel::shadow(c, look, &p);
    // A photo that comes late wipes in: it never cuts, and two names are never seen through each other.
    let late =
        hero.photo.as_ref().and_then(|key| look.arrived.get(key)).map(|at| (Hero { photo: None, ..hero.clone() }, *at));
    let before = before.or(late.as_ref().map(|(bare, at)| (bare, *at)));
    match before {
        None => {
            ground(c, look, hero, &p);
            // What stays is kept while the figure rolls.
            c.layer("hero");
            number(c, look, hero, &p);
        }
        Some((old, since)) => panel::wipe(
            c,
            look,
            &p,
            since,
            "hero wipe",
            [&|c: &mut Canvas| whole(c, look, old, &p), &|c: &mut Canvas| whole(c, look, hero, &p)],
        ),
    }
}

/// Paints the panel, over which something else is wiped at the first instant, and wiped away at the second.
pub fn draw_around(c: &mut Canvas, look: &Look, hero: &Hero, [from, until]: [Time; 2], what: &dyn Fn(&mut Canvas)) {
    let mut p = PanelRect::hero(c.stage().portrait());
    p.h -= 200.0 * (1.0 - look.stays(p.bottom())) as f32;
    c.layer("hero");
    panel::shadow(c, look, &p);
    let leader = |c: &mut Canvas| whole(c, look, hero, &p);
    if c.reached(until) {
        panel::wipe(c, look, &p, until, "hero wipe", [what, &leader]);
    } else {
        panel::wipe(c, look, &p, from, "hero wipe", [&leader, what]);
    }
}

/// The cut-out from the panel's top, its bottom fading into the scrim.
fn picture(c: &mut Canvas, look: &Look, p: &PanelRect, photo: &crate::board::Photo) {
    let t = look.theme;
    let (x0, y0, x1, y1) = if p.w > p.h {
        (p.x + p.w - 420.0, p.y + 8.0, p.x + p.w - 10.0, p.base_y)
    } else {
        (p.x + 10.0, 170.0, p.x + p.w, 740.0)
    };
    face::fill(c, look, photo, Rect::new(x0, y0, x1, y1));
    if p.w > p.h {
        return;
    }
    let scrim = t.scrim;
    c.slab(
        Slab::rect(p.x, 490.0, p.w, 250.0),
        Paint::Down(smallvec![(0.0, scrim.fade(0.0)), (0.62, scrim.fade(0.88)), (1.0, scrim)]),
    );
    c.slab(Slab::rect(p.x, 740.0, p.w, p.y + p.h - 740.0), scrim);
}

fn whole(c: &mut Canvas, look: &Look, hero: &Hero, p: &PanelRect) {
    ground(c, look, hero, p);
    number(c, look, hero, p);
}

/// Everything but the figure.
fn ground(c: &mut Canvas, look: &Look, hero: &Hero, p: &PanelRect) {
    let photo = face::arrived(look, hero.photo.as_deref());
    match photo {
        Some(photo) if p.w < p.h => {
            panel::ground(c, look, &PanelRect { base_y: p.bottom(), ..*p });
            picture(c, look, p, photo);
        }
        Some(photo) => {
            panel::ground(c, look, p);
            picture(c, look, p, photo);
        }
        None => panel::ground(c, look, p),
    }
    match (p.w > p.h, photo) {
        (true, _) => tall(c, look, hero, p, photo.is_some()),
        (false, Some(_)) => with_photo(c, look, hero, p),
        (false, None) => with_name(c, look, hero, p),
    }
}

/// The figure with its unit.
fn number(c: &mut Canvas, look: &Look, hero: &Hero, p: &PanelRect) {
    let photo = face::arrived(look, hero.photo.as_deref()).is_some();
    match (p.w > p.h, photo) {
        (true, _) => figure(c, look, hero, vec2(96.0, 711.3), 604.0, 178.0),
        (false, true) => in_base(c, look, p, |c| figure(c, look, hero, vec2(138.0, 866.0), 582.0, 164.0)),
        (false, false) => in_base(c, look, p, |c| figure(c, look, hero, vec2(138.0, 856.0), 582.0, 164.0)),
    }
}

/// The numeral behind everything, fading downwards.
pub(crate) fn ghost(c: &mut Canvas, look: &Look, text: &str, Vec2 { x, y }: Vec2, size: f32, [from, to]: [f64; 2]) {
    let style = Style::new(size, Weight::Heavy);
    let top = y - size * 0.72;
    let bands = 24;
    for band in 0..bands {
        let share = |b: i32| top + (y - top + 8.0) * b as f32 / bands as f32;
        let alpha = from + (to - from) * (f64::from(band) + 0.5) / f64::from(bands);
        c.clipped(0.0, share(band), 1e5, share(band + 1), |c| {
            c.text(x, y, text, style, look.theme.accent.fade(alpha), Align::Left);
        });
    }
}

fn kicker_style(text: &str) -> Style {
    // A two-character kicker is set wider (DESIGN 6.18); kana and kanji take no other tracking.
    if text.chars().count() == 2 && text.chars().all(is_cjk) { style::KICKER.tracked(0.08) } else { style::KICKER }
}

fn with_name(c: &mut Canvas, look: &Look, hero: &Hero, p: &PanelRect) {
    let t = look.theme;
    c.clipped(p.x, p.y, p.x + p.w, p.y + p.h, |c| {
        ghost(c, look, &hero.numeral, vec2(369.6, 646.0), 640.0, [0.20, 0.02]);
    });
    in_base(c, look, p, |c| history(c, look, hero, Rect::new(142.0, 870.6, 551.0, 930.6)));
    panel::edge(c, look, p);
    let ink = if t.grey { t.hi } else { t.accent_text };
    let (kicker, _) = c.fonts.fit_text(&hero.kicker, kicker_style(&hero.kicker), 430.0);
    c.line(142.0, 236.3, &kicker, ink, Align::Left);
    // Kanji are taller than capitals: under a Japanese kicker the block stands lower (DESIGN 6.18).
    let lower = if hero.kicker.chars().any(is_cjk) { 8.0 } else { 0.0 };
    let (since, _) = c.fonts.fit_text(&hero.since, style::LABEL, 430.0);
    c.line(142.0, 283.4 + lower, &since, t.hi.fade(0.8), Align::Left);
    let largest =
        hero.name.first().map_or(150.0, |line| accents::under(line, 150.0, if lower > 0.0 { 52.0 } else { 44.0 }));
    let (size, lines) = name_lines(c, &hero.name, 440.0, largest);
    let pitch = size * accents::pitch_em(&hero.name, 0.987);
    let first = 432.0 + 2.0 * lower - (150.0 - size) * 0.2 + if lines.len() == 1 { pitch / 2.0 } else { 0.0 };
    for (i, line) in lines.iter().enumerate() {
        c.line(138.0, first + pitch * i as f32, line, t.hi, Align::Left);
    }
    let (office, _) = c.fonts.fit_text(&hero.office, style::LABEL, 430.0);
    c.line(142.0, 661.4 + 2.0 * lower, &office, t.mid, Align::Left);
}

/// Paints what leaves with the panel's base.
fn in_base(c: &mut Canvas, look: &Look, p: &PanelRect, paint: impl FnOnce(&mut Canvas)) {
    let whole = PanelRect::hero(c.stage().portrait());
    c.clipped(p.x, p.y, p.x + p.w, p.bottom(), |c| c.group(0.0, 0.0, look.stays(whole.bottom()), paint));
}

fn with_photo(c: &mut Canvas, look: &Look, hero: &Hero, p: &PanelRect) {
    let t = look.theme;
    panel::edge(c, look, p);
    let ink = if t.grey { t.hi } else { t.accent_text };
    let w = c.text(142.0, 600.3, &hero.kicker, kicker_style(&hero.kicker), ink, Align::Left);
    // Beside a long kicker there is no room for it, and half of it says nothing.
    if c.fonts.width(&hero.since, style::LABEL) <= 440.0 - w - 20.0 {
        c.text(142.0 + w + 18.0, 598.0, &hero.since, style::LABEL, t.hi.fade(0.8), Align::Left);
    }
    let name = hero.name.join(" ");
    let style = style::HERO_NAME.sized(accents::under(&name, 104.0, 30.9));
    let style = c.fonts.shrink_lines(&[&name], style, 72.0, 440.0);
    let (line, _) = c.fonts.fit_name(&name, style, 440.0);
    c.line(140.0, 704.0, &line, t.hi, Align::Left);
    in_base(c, look, p, |c| history(c, look, hero, Rect::new(142.0, 878.6, 551.0, 930.6)));
}

fn tall(c: &mut Canvas, look: &Look, hero: &Hero, p: &PanelRect, photo: bool) {
    let t = look.theme;
    if !photo {
        c.clipped(p.x, p.y, p.x + p.w, p.y + p.h, |c| {
            ghost(c, look, &hero.numeral, vec2(727.6, 698.0), 640.0, [0.20, 0.02]);
        });
    }
    panel::edge(c, look, p);
    let ink = if t.grey { t.hi } else { t.accent_text };
    let w = c.text(100.0, 324.3, &hero.kicker, kicker_style(&hero.kicker), ink, Align::Left);
    let (since, _) = c.fonts.fit_text(&hero.since, style::LABEL, 880.0 - w - 26.0);
    c.line(100.0 + w + 26.0, 322.4, &since, t.hi.fade(0.85), Align::Left);
    let name = hero.name.join(if hero.shared { " · " } else { " " });
    let max = if photo { 520.0 } else { 880.0 };
    let largest = style::HERO_NAME.sized(accents::under(&name, 150.0, 36.7));
    let style = c.fonts.shrink_until(largest, 84.0, 6.0, |fonts, style| fonts.width(&name, style) <= max);
    let (line, _) = c.fonts.fit_name(&name, style, max);
    c.line(96.0, 466.0, &line, t.hi, Align::Left);
    let (office, _) = c.fonts.fit_text(&hero.office, style::LABEL, max);
    c.line(100.0, 535.4, &office, t.mid, Align::Left);
    history(c, look, hero, Rect::new(624.3, 599.3, 979.0, 711.3));
}

/// The name's lines in the largest size that holds them all.
fn name_lines(c: &mut Canvas, name: &[String], max: f32, largest: f32) -> (f32, Vec<crate::scene::Line>) {
    let style = c.fonts.shrink_until(style::HERO_NAME.sized(largest), 92.0, 2.0, |fonts, style| {
        name.iter().all(|l| fonts.width(l, style) <= max)
    });
    let lines = name.iter().map(|l| c.fonts.fit_text(l, style, max).0).collect();
    (style.size, lines)
}

/// The figure with its unit, made to end before `right`.
fn figure(c: &mut Canvas, look: &Look, hero: &Hero, Vec2 { x, y }: Vec2, right: f32, size: f32) {
    let t = look.theme;
    // Kanji units are as high as the digits' counters already at 42 (DESIGN 6.18).
    let cjk = hero.unit.chars().any(is_cjk);
    let unit =
        if cjk { style::HERO_UNIT.sized(42.0).tracked(0.0) } else { style::HERO_UNIT.sized(size * 56.0 / 164.0) };
    let unit_w = c.fonts.width(&hero.unit, unit);
    let sign = if hero.sign.is_empty() { 0.0 } else { c.fonts.width(&hero.sign, unit) + 8.0 };
    let x = x + sign;
    let style = style::HERO_VALUE.sized(if cjk { size.min(150.0) } else { size });
    let style = c.fonts.shrink_lines(&[hero.value.text()], style, 90.0, right - x - unit_w - 16.0);
    let y = if cjk && size < 170.0 { y - 4.9 } else { y };
    c.text(x - sign, y, &hero.sign, unit, t.hi.fade(0.85), Align::Left);
    let w = hero.value.paint(c, x, y, style, t.accent_text, Align::Left);
    c.text(x + w + 14.0, y, &hero.unit, unit, t.hi.fade(0.85), Align::Left);
}

fn history(c: &mut Canvas, look: &Look, hero: &Hero, Rect { x0, y0, x1, y1 }: Rect) {
    let t = look.theme;
    let n = hero.history.len();
    if n < 2 {
        return;
    }
    let pitch = (x1 - x0 + 7.0) / 12.0;
    let start = x0 + pitch * (12 - n.min(12)) as f32;
    for (i, share) in hero.history.iter().enumerate() {
        let h = ((y1 - y0) * share.clamp(0.0, 1.0) as f32).max(4.0);
        let last = i + 1 == n;
        let x = start + pitch * i as f32;
        c.slab(Slab::rect(x, y1 - h, pitch - 7.0, h), if last { t.accent } else { t.history });
    }
}
