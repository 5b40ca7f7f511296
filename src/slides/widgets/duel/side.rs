//! Draws one side of a duel: kicker, name, figure at the seam, office in the outer corner.

use super::{Area, GAP, Look, Part, Side, only};
use crate::scene::text::is_cjk;
use crate::scene::{Align, Canvas, Color, Fonts, Line, Style, Weight};
use crate::slides::widgets::{accents, crest, marks};

const KICKER: Style = Style::new(54.0, Weight::Heavy).tracked(0.05);
const NAME: Style = Style::new(98.0, Weight::Bold);
const SCORE: Style = Style::new(258.0, Weight::Heavy);
const CORNER: Style = Style::new(56.0, Weight::Semi).tracked(0.03);
const NOTE: Style = Style::new(48.0, Weight::Semi).tracked(0.02);
const GHOST: Style = Style::new(620.0, Weight::Heavy);
/// Names with kanji are larger.
const CJK_NAME: f32 = 106.0;
/// How small names and figures may become, against their natural size.
const MIN_SCALE: f32 = 0.66;
const MIN_SCORE_SIZE: f32 = 100.0;
/// Below this size of the figure the corner makes room for it.
const CORNER_UNTIL: f32 = 170.0;
/// Between figure and corner.
const CORNER_GAP: f32 = 48.0;
/// Unit against figure.
const UNIT: f32 = 0.36;

/// Which side, and where.
pub struct SidePlace<'a> {
    pub area: &'a Area,
    pub second: bool,
    /// Size of the figures, that both sides share.
    pub score: f32,
}

impl SidePlace<'_> {
    /// Top and bottom of the side.
    fn span(&self) -> [f32; 2] {
        let a = self.area;
        if !a.stacked {
            return [a.y, a.bottom()];
        }
        let half = (a.h - GAP) / 2.0;
        if self.second { [a.bottom() - half, a.bottom()] } else { [a.y, a.y + half] }
    }

    fn pad(&self) -> f32 {
        if self.area.stacked { 44.0 } else { 48.0 }
    }

    /// Where text begins at the outer edge, and how it hangs there. Over each other both begin at the left.
    fn outer(&self) -> (f32, Align) {
        let a = self.area;
        if self.second && !a.stacked { (a.x + a.w - self.pad(), Align::Right) } else { (a.x + self.pad(), Align::Left) }
    }

    /// Baselines of kicker, name, figure and corner.
    fn lines(&self) -> [f32; 4] {
        let [top, bottom] = self.span();
        let s = self.area.scale();
        match (self.area.stacked, self.second) {
            (false, _) => [top + 76.9 * s, top + 176.3 * s, bottom - 44.0 * s, bottom - 48.0 * s],
            // Over each other they mirror: the figures face each other over the seam.
            (true, false) => [top + 70.0 * s, top + 162.0 * s, bottom - 30.0 * s, top + 70.0 * s],
            (true, true) => [bottom - 34.0 * s, bottom - 100.0 * s, top + 210.0 * s, bottom - 34.0 * s],
        }
    }

    fn name_room(&self) -> f32 {
        let a = self.area;
        if a.stacked {
            return a.w - 2.0 * self.pad();
        }
        let y = self.lines()[1] - 36.0 * a.scale();
        let seam = a.seam(y) - a.x;
        let own = if self.second { a.w - seam } else { seam };
        own - self.pad() - GAP / 2.0 - 30.0
    }
}

fn inks(look: &Look, side: &Side) -> (Color, Color) {
    let t = look.theme;
    if side.accent { (t.on_one, t.on_one.fade(0.8)) } else { (t.hi, t.mid) }
}

/// The name in the largest size that fits.
fn name_line(fonts: &mut Fonts, place: &SidePlace, name: &str) -> (Line, f32) {
    let natural = if name.chars().any(is_cjk) { CJK_NAME } else { NAME.size } * place.area.scale();
    let [kicker, baseline, ..] = place.lines();
    // Where the kicker stands under the name there is room over it.
    let gap = if kicker < baseline { baseline - 0.7 * natural - kicker } else { f32::MAX };
    let natural = accents::under(name, natural, gap);
    let room = place.name_room();
    let style = fonts.shrink(name, NAME.sized(natural), natural * MIN_SCALE, room);
    (fonts.fit_name(name, style, room).0, style.size)
}

/// The numeral behind everything, cut by the side's own box.
pub fn ghost(c: &mut Canvas, look: &Look, p: &SidePlace, side: Option<&Side>, line: Option<Part>) {
    let t = look.theme;
    let a = p.area;
    let (text, color) = match side {
        Some(s) if s.accent => (s.numeral.as_str(), t.on_one.fade(0.07)),
        Some(s) => (s.numeral.as_str(), t.hi.fade(0.055)),
        None => ("2", t.hi.fade(0.055)),
    };
    if text.is_empty() {
        return;
    }
    let [top, bottom] = p.span();
    let (x, y) = match (a.stacked, p.second) {
        (false, false) => (a.x + a.w * 0.0514, bottom + 190.0),
        (false, true) => (a.x + a.w * 0.82, bottom + 190.0),
        (true, false) => (a.x + a.w * 0.06, bottom + 150.0),
        // Under the seam the figure faces up: the numeral stands at its bottom right corner.
        (true, true) => (a.x + a.w * 0.62, bottom + 170.0),
    };
    only(c, line, (top + bottom) / 2.0, |c| {
        c.clipped(a.x, top, a.x + a.w, bottom, |c| {
            c.text(x, y, text, GHOST, color, Align::Left);
        });
    });
}

pub fn paint(c: &mut Canvas, look: &Look, p: &SidePlace, side: &Side, line: Option<Part>) {
    let a = p.area;
    let s = a.scale();
    let (ink, second) = inks(look, side);
    let [kicker_y, name_y, score_y, corner_y] = p.lines();
    let (x, align) = p.outer();
    let kicker = KICKER.sized(KICKER.size * s.min(1.2));
    let room = p.name_room();
    let corner = corner_line(c.fonts, p, side);
    only(c, line, name_y - 40.0, |c| {
        // Where the corner stands beside it, a crest takes of its room.
        let crest = badge_w(look, side, &corner) - corner.width;
        let (text, _) = c.fonts.fit_text(&side.kicker, kicker, if a.stacked { room * 0.62 - crest } else { room });
        c.line(x, kicker_y, &text, ink, align);
        let (name, size) = name_line(c.fonts, p, &side.name);
        // Kanji are taller than capitals: they hang a little lower.
        if a.stacked {
            badge(c, look, side, &corner, (a.x + a.w - p.pad(), corner_y), Align::Right, second);
        }
        let drop = if side.name.chars().any(is_cjk) { size * 0.04 } else { 0.0 };
        c.line(x, name_y + drop, &name, ink, align);
    });
    only(c, line, score_y - 80.0 * s, |c| {
        let taken = score(c, p, side, score_y, ink);
        if a.stacked {
            return note(c, look, p, side, score_y, room - taken - 40.0);
        }
        if taken + corner.width + CORNER_GAP <= room_at(p, score_y) {
            // A crest only where it leaves the figure alone.
            let bare = Side { crest: None, ..side.clone() };
            let with = taken + badge_w(look, side, &corner) + CORNER_GAP <= room_at(p, score_y);
            badge(c, look, if with { side } else { &bare }, &corner, (x, corner_y), align, second);
        }
    });
}

/// Between a crest and the words beside it.
const AFTER_CREST: f32 = 14.0;

/// How wide crest and corner are together.
fn badge_w(look: &Look, side: &Side, corner: &Line) -> f32 {
    let crest = crest::arrived(look, side.crest.as_deref()).map_or(0.0, |crest| crest::width(crest));
    let gap = if crest > 0.0 && corner.width > 0.0 { AFTER_CREST } else { 0.0 };
    crest + gap + corner.width
}

/// The corner's words with the crest before them.
fn badge(c: &mut Canvas, look: &Look, side: &Side, corner: &Line, (x, y): (f32, f32), align: Align, ink: Color) {
    let w = badge_w(look, side, corner);
    let left = if align == Align::Right { x - w } else { x };
    c.line(left + w, y, corner, ink, Align::Right);
    if let Some(crest) = crest::arrived(look, side.crest.as_deref()) {
        let t = look.theme;
        let ground = if side.accent { t.accent_bar[1] } else { t.big[1] };
        crest::draw(c, crest, [left, y - CORNER.size * 0.35], ground);
    }
}

fn corner_line(fonts: &mut Fonts, p: &SidePlace, side: &Side) -> Line {
    let style = CORNER.sized(CORNER.size * p.area.scale().min(1.2));
    let room = p.name_room() * if p.area.stacked { 0.36 } else { 0.5 };
    fonts.fit_text(&side.corner, style, room).0
}

/// The line beside the figure, with its sign; only where it fits whole.
fn note(c: &mut Canvas, look: &Look, p: &SidePlace, side: &Side, y: f32, room: f32) {
    let width = c.fonts.width(&side.note, NOTE);
    if side.note.is_empty() || width + 44.0 > room {
        return;
    }
    let x = p.area.x + p.pad();
    let (sign, color) = match side.note_sign {
        1 => (-1.0, look.theme.up),
        -1 => (1.0, look.theme.down),
        _ => (0.0, look.theme.mid),
    };
    let color = if side.accent { look.theme.on_one } else { color };
    if sign != 0.0 {
        marks::triangle(c, x + 14.0, y - 20.0, 1.075, sign, color);
    }
    c.text(x + if sign == 0.0 { 0.0 } else { 42.0 }, y - 3.0, &side.note, NOTE, color, Align::Left);
}

/// Room for the figure between the outer edge and the seam.
fn room_at(p: &SidePlace, y: f32) -> f32 {
    let a = p.area;
    let seam = a.seam(y) - a.x;
    (if p.second { a.w - seam } else { seam }) - p.pad() - GAP / 2.0 - 20.0
}

fn unit_style(size: f32) -> Style {
    Style::new(size * UNIT, Weight::Semi).tracked(0.02)
}

/// Widths of the figure and of the unit with its distance.
fn widths(fonts: &mut Fonts, side: &Side, size: f32) -> [f32; 2] {
    let unit = if side.unit.is_empty() { 0.0 } else { fonts.width(&side.unit, unit_style(size)) + size * 0.07 };
    [fonts.width(side.score.text(), SCORE.sized(size)), unit]
}

/// The largest size at which both figures fit, beside what stands in the corners; of rivals neither is larger.
pub fn score_size(fonts: &mut Fonts, area: &Area, sides: &[Option<Side>; 2]) -> f32 {
    let mut size = SCORE.size * area.scale();
    for (i, side) in sides.iter().enumerate() {
        let Some(side) = side else { continue };
        let p = SidePlace { area, second: i == 1, score: size };
        let beside = match corner_line(fonts, &p, side).width {
            w if w > 0.0 && !area.stacked => w + CORNER_GAP,
            _ => 0.0,
        };
        let room = if area.stacked { p.name_room() } else { room_at(&p, p.lines()[2]) };
        let fits = |fonts: &mut Fonts, size: f32, room: f32| widths(fonts, side, size).iter().sum::<f32>() <= room;
        let mut shrink = |least, room| {
            let fits = |fonts: &mut Fonts, style: Style| fits(fonts, style.size, room);
            size = fonts.shrink_until(SCORE.sized(size), least, 6.0, fits).size;
        };
        shrink(CORNER_UNTIL, room - beside);
        // Below that the corner goes.
        shrink(MIN_SCORE_SIZE, room);
    }
    size
}

/// Writes the figure with its unit: at the seam, or at the right where the sides lie over each other. Returns its width.
fn score(c: &mut Canvas, p: &SidePlace, side: &Side, y: f32, ink: Color) -> f32 {
    let a = p.area;
    let size = p.score;
    let [figure, unit] = widths(c.fonts, side, size);
    // A smaller figure keeps its middle.
    let y = y - (SCORE.size * a.scale() - size) * 0.35 * if a.stacked { 1.0 } else { 0.4 };
    let right = match (a.stacked, p.second) {
        (true, _) => a.x + a.w - p.pad(),
        (false, false) => a.seam(y) - GAP / 2.0 - 20.0,
        (false, true) => {
            // The unit gives way to a digit that is about to leave.
            let left = a.seam(y - size * 0.7) + GAP / 2.0 + 9.0;
            left + side.score.paint(c, left, y, SCORE.sized(size), ink, Align::Left) + unit
        }
    };
    if a.stacked || !p.second {
        side.score.paint(c, right - unit, y, SCORE.sized(size), ink, Align::Right);
    }
    if !side.unit.is_empty() {
        c.text(right, y, &side.unit, unit_style(size), ink.fade(0.85), Align::Right);
    }
    figure + unit
}

/// A side that nobody has taken.
pub fn open(c: &mut Canvas, look: &Look, p: &SidePlace, text: &str, line: Option<Part>) {
    let [_, name_y, ..] = p.lines();
    let (x, align) = p.outer();
    let room = p.name_room();
    let style = c.fonts.shrink(text, NAME.sized(NAME.size * p.area.scale()), 60.0, room);
    only(c, line, name_y - 40.0, |c| {
        let (text, _) = c.fonts.fit_text(text, style, room);
        c.line(x, name_y, &text, look.theme.mid, align);
    });
}
