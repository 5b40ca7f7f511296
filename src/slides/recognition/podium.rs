//! The podium of a contest's winners: three leaning columns that rise out of one line (DESIGN 6.4 b). Takes plain words,
//! so that every kind that knows a winner can show one.

use crate::board::fresh::Band;
use crate::motion::{Anim, Time};
use crate::scene::{Align, Canvas, Color, Paint, SLANT, Slab, Style, Weight};
use crate::slides::{Look, card};
use crate::theme::{Theme, WHITE, spring, style};

/// What a podium says. Texts are as they are drawn, not yet fitted; an empty one is not drawn.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Podium {
    /// "WINNER". On grey data the time of the data stands in its place.
    pub kicker: String,
    /// At most three, the first place first.
    pub columns: Vec<Column>,
    /// "WON BY" and "1 DEMO".
    pub margin: Option<[String; 2]>,
    /// "DECIDED" and "30 NOV 17:48".
    pub decided: Option<[String; 2]>,
    /// "PRIZE" and what it is.
    pub prize: Option<[String; 2]>,
    /// "318 DEMOS IN ALL"
    pub total: String,
}

/// One of the winners.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Column {
    /// "1", "=1"; may be empty.
    pub place: String,
    /// Name.
    pub name: String,
    /// "47"
    pub score: String,
    /// "DEMOS"
    pub unit: String,
}

/// Between the first moves of two columns.
const STEP_S: f64 = 0.5;
/// What stands around the columns comes after them.
const AROUND_S: f64 = 0.3;

/// Where a column stands and how large its texts are, in units. Centres of capitals count from the top.
struct Stand {
    /// Left foot, top, width of the foot, height.
    at: [f32; 4],
    /// Height of the dark foot; on upright screens the width of the dark end.
    dark: f32,
    rank: f32,
    name: f32,
    /// Centre of the name, of the second line if there is one.
    name_y: [f32; 2],
    score: f32,
    score_y: f32,
    unit: f32,
}

const LANDSCAPE: [Stand; 3] = [
    Stand {
        at: [610.0, 164.0, 604.0, 724.0],
        dark: 166.0,
        rank: 200.0,
        name: 108.0,
        name_y: [142.0, 256.0],
        score: 250.0,
        score_y: 434.0,
        unit: 64.0,
    },
    Stand {
        at: [96.0, 372.0, 500.0, 516.0],
        dark: 166.0,
        rank: 168.0,
        name: 100.0,
        name_y: [74.0, 74.0],
        score: 170.0,
        score_y: 233.0,
        unit: 52.0,
    },
    Stand {
        at: [1228.0, 452.0, 498.0, 436.0],
        dark: 166.0,
        rank: 168.0,
        name: 92.0,
        name_y: [74.0, 74.0],
        score: 124.0,
        score_y: 193.0,
        unit: 46.0,
    },
];

/// Upright, the columns lie down: three steps from the left, the longest on top.
const PORTRAIT: [Stand; 3] = [
    Stand {
        at: [54.0, 426.0, 857.2, 540.0],
        dark: 190.0,
        rank: 200.0,
        name: 108.0,
        name_y: [148.0, 262.0],
        score: 250.0,
        score_y: 424.0,
        unit: 64.0,
    },
    Stand {
        at: [54.0, 990.0, 812.2, 300.0],
        dark: 170.0,
        rank: 168.0,
        name: 100.0,
        name_y: [84.0, 84.0],
        score: 170.0,
        score_y: 206.0,
        unit: 52.0,
    },
    Stand {
        at: [54.0, 1314.0, 726.8, 250.0],
        dark: 170.0,
        rank: 168.0,
        name: 92.0,
        name_y: [74.0, 74.0],
        score: 124.0,
        score_y: 176.0,
        unit: 46.0,
    },
];

impl Stand {
    fn foot(&self) -> f32 {
        self.at[1] + self.at[3]
    }

    /// The slanted middle of what carries the texts, at the height `y`.
    fn axis(&self, y: f32, portrait: bool) -> f32 {
        let dark = if portrait { self.dark } else { 0.0 };
        self.at[0] + (self.at[2] + dark) / 2.0 + (self.foot() - y) * SLANT
    }

    /// Room for a text.
    fn room(&self, portrait: bool) -> f32 {
        self.at[2] - if portrait { self.dark } else { 0.0 } - 68.0
    }
}

/// When the podium stands, in seconds from its beginning.
pub fn settled_s(columns: usize) -> f64 {
    STEP_S * columns.saturating_sub(1) as f64 + 1.2
}

/// Paints the podium. The columns rise from `since` on, the last place first; `None`: they stand.
pub fn draw(c: &mut Canvas, look: &Look, podium: &Podium, since: Option<Time>) {
    let portrait = c.stage().portrait();
    let stands = if portrait { &PORTRAIT } else { &LANDSCAPE };
    let since = since.filter(|_| !look.screen.reduced_motion);
    let shown = podium.columns.len().min(3);
    // The winner stands in front.
    for place in [1, 2, 0] {
        let (Some(column), stand) = (podium.columns.get(place), &stands[place]) else { continue };
        let start = since.map(|at| at.after(STEP_S * (shown - 1 - place) as f64));
        let risen = start.map_or(1.0, |start| {
            let curve = spring::curve(spring::MOVE_FAR, false);
            c.sample(&Anim::new(0.0, 1.0, 0.0, start, curve, 5e-4))
        });
        if risen <= 0.0 {
            continue;
        }
        c.layer("column");
        if portrait {
            let away = f64::from(stand.at[0] + stand.at[2]) + 260.0;
            c.group(-away * (1.0 - risen), 0.0, look.stays(stand.foot()), |c| {
                let pen = Pen { look, podium, column, stand, place, portrait, seen: &|_, _| true };
                lying(c, &pen);
            });
        } else {
            let down = f64::from(stand.at[3]) * (1.0 - risen);
            // It comes up along its own slant, out of the foot line.
            c.clipped(0.0, 0.0, 1e4, stand.foot(), |c| {
                let seen = |base: f32, size: f32| base - size * 0.72 + (down as f32) < stand.foot() - 4.0;
                let pen = Pen { look, podium, column, stand, place, portrait, seen: &seen };
                c.group(-down * f64::from(SLANT), down, 1.0, |c| upright(c, &pen));
            });
        }
    }
    let around = since.map(|at| at.after(STEP_S * shown.saturating_sub(1) as f64 + 0.5));
    let fade =
        around.map_or(1.0, |at| c.sample(&Anim::new(0.0, 1.0, 0.0, at, crate::motion::Curve::Ease(AROUND_S), 1e-3)));
    c.layer("corners");
    c.group(0.0, 0.0, fade, |c| corners(c, look, podium, portrait));
    let foot = if portrait { 1704.0 } else { 1008.0 };
    c.group(0.0, 0.0, fade * look.stays(foot), |c| prize(c, look, podium, portrait));
}

/// What a column is painted from.
struct Pen<'a> {
    look: &'a Look<'a>,
    podium: &'a Podium,
    column: &'a Column,
    stand: &'a Stand,
    /// 0 is the first.
    place: usize,
    portrait: bool,
    /// Whether anything of a text is above the line that the column comes out of, by its baseline and size.
    seen: &'a dyn Fn(f32, f32) -> bool,
}

/// Ground and ink of a column: its face, its foot, the numeral on it.
struct Dress {
    face: Paint,
    foot: [Color; 2],
    numeral: Color,
    ink: Color,
    stripe: [Color; 2],
    light: f64,
}

fn dress(t: &Theme, place: usize) -> Dress {
    if place == 0 {
        // On old data the bright end of the bars would not carry the text.
        let top = if t.grey { t.row_one[0] } else { t.accent_bar[0] };
        let face = Paint::Down(vec![(0.0, top), (0.5, t.row_one[1]), (1.0, t.row_one[2])]);
        let stripe = [WHITE.fade(if t.grey { 0.05 } else { 0.13 }); 2];
        return Dress { face, foot: t.plate_one, numeral: t.numeral_one, ink: t.on_one, stripe, light: 0.7 };
    }
    let [a, b] = t.column[place - 1];
    let stripe = [t.stripe.fade(0.6), t.stripe.fade(0.2)];
    Dress { face: Paint::down(a, b), foot: t.column_foot, numeral: t.hi, ink: t.hi, stripe, light: 0.3 }
}

/// The face of a plate with its stripes and the light on its top line, from the left foot.
fn face(c: &mut Canvas, d: &Dress, [x, y, w, h]: [f32; 4]) {
    let lean = h * SLANT;
    c.slab(Slab::lean(x, y, w + lean, h), d.face.clone());
    for (from, wide) in [(0.1, 0.1), (0.26, 0.3), (0.8, 0.06)] {
        c.slab(Slab::lean(x + w * from, y, w * wide + lean, h), Paint::down(d.stripe[0], d.stripe[1]));
    }
    c.slab(Slab::lean(x + (h - 4.0) * SLANT, y, w + 4.0 * SLANT, 4.0), WHITE.fade(d.light));
}

/// The shade that a plate throws to its right.
fn shade(c: &mut Canvas, look: &Look, [x, y, w, h]: [f32; 4]) {
    let strength = look.theme.shadow[1];
    for (wide, drop, part) in [(56.0, 34.0, 0.45), (26.0, 16.0, 0.35)] {
        let h = h - drop;
        let foot = [x + w, y + drop + h];
        let dark = crate::theme::BLACK.fade(strength * part);
        let paint =
            Paint::Between(foot, [foot[0] + wide, foot[1] + wide * SLANT], vec![(0.0, dark), (1.0, dark.fade(0.0))]);
        c.slab(Slab::lean(foot[0] - 2.0, y + drop, wide + h * SLANT, h), paint);
    }
}

fn upright(c: &mut Canvas, pen: &Pen) {
    let (look, s) = (pen.look, pen.stand);
    let d = dress(look.theme, pen.place);
    let [x, y, w, h] = s.at;
    shade(c, look, s.at);
    let line = s.foot() - s.dark;
    face(c, &d, [x + s.dark * SLANT, y, w, h - s.dark]);
    c.group(0.0, 0.0, look.stays(s.foot()), |c| {
        c.slab(Slab::lean(x, line, w + s.dark * SLANT, s.dark), Paint::down(d.foot[0], d.foot[1]));
        c.slab(Slab::lean(x + (s.dark - 3.0) * SLANT, line, w + 3.0 * SLANT, 3.0), WHITE.fade(0.10));
        let middle = line + s.dark / 2.0;
        let style = Style::new(s.rank, Weight::Heavy);
        let base = middle + 0.35 * s.rank;
        if (pen.seen)(base, s.rank) {
            c.text(s.axis(middle, false), base, &pen.column.place, style, d.numeral, Align::Center);
        }
    });
    words(c, pen, d.ink);
}

fn lying(c: &mut Canvas, pen: &Pen) {
    let (look, s) = (pen.look, pen.stand);
    let d = dress(look.theme, pen.place);
    let [x, y, _, h] = s.at;
    shade(c, look, s.at);
    face(c, &d, s.at);
    let lean = h * SLANT;
    c.slab(Slab::lean(x, y, s.dark + lean, h), Paint::down(d.foot[0], d.foot[1]));
    let middle = y + h / 2.0;
    let at = x + s.dark / 2.0 + lean / 2.0;
    let style = Style::new(s.rank, Weight::Heavy);
    c.text(at, middle + 0.35 * s.rank, &pen.column.place, style, d.numeral, Align::Center);
    words(c, pen, d.ink);
}

fn words(c: &mut Canvas, pen: &Pen, ink: Color) {
    let Pen { look, podium, column, stand: s, place, portrait, seen } = *pen;
    let y = s.at[1];
    let room = s.room(portrait);
    if place == 0 {
        let old = look.band >= Band::Grey;
        let at = old.then(|| look.as_of.map(|at| (look.clock)(at)).unwrap_or_default());
        let kicker = at.map_or_else(|| podium.kicker.clone(), |at| (look.words.words().at)(&at));
        let (line, _) = c.fonts.fit_text(&kicker, style::KICKER.tracked(0.06), room);
        let middle = y + 56.0;
        if seen(middle + 20.3, 58.0) {
            c.line(s.axis(middle, portrait), middle + 20.3, &line, ink, Align::Center);
        }
    }
    let two = s.name_y[0] != s.name_y[1];
    match column.name.split_once(' ').filter(|_| two) {
        Some((first, second)) => {
            let mut size = s.name;
            let wide = |c: &mut Canvas, size: f32| {
                [first, second].iter().any(|l| c.fonts.width(l, Style::new(size, Weight::Bold)) > room)
            };
            while size > 76.0 && wide(c, size) {
                size -= 2.0;
            }
            for (text, middle) in [first, second].into_iter().zip(s.name_y) {
                let (line, _) = c.fonts.fit_text(text, Style::new(size, Weight::Bold), room);
                let base = y + middle + 0.35 * size;
                if seen(base, size) {
                    c.line(s.axis(y + middle, portrait), base, &line, ink, Align::Center);
                }
            }
        }
        None => {
            let middle = y + (s.name_y[0] + s.name_y[1]) / 2.0;
            let mut size = if two { s.name * 1.3 } else { s.name };
            while size > s.name * 0.72 && c.fonts.width(&column.name, Style::new(size, Weight::Bold)) > room {
                size -= 2.0;
            }
            let (line, _) = c.fonts.fit_name(&column.name, Style::new(size, Weight::Bold), room);
            if seen(middle + 0.35 * size, size) {
                c.line(s.axis(middle, portrait), middle + 0.35 * size, &line, ink, Align::Center);
            }
        }
    }
    score(c, pen, room, ink);
}

/// The score with its unit behind it, both on one baseline and centred together.
fn score(c: &mut Canvas, pen: &Pen, room: f32, ink: Color) {
    let Pen { column, stand: s, portrait, seen, .. } = *pen;
    if column.score.is_empty() {
        return;
    }
    let unit_style = Style::new(s.unit, Weight::Semi).tracked(0.03);
    let (unit, _) = c.fonts.fit_text(&column.unit, unit_style, room * 0.45);
    let gap = if column.unit.is_empty() { 0.0 } else { s.unit * 0.34 };
    let mut style = Style::new(s.score, Weight::Heavy);
    let left = room - unit.width - gap;
    while style.size > s.score * 0.4 && c.fonts.width(&column.score, style) > left {
        style.size -= 4.0;
    }
    let (figure, _) = c.fonts.fit_text(&column.score, style, left);
    let middle = s.at[1] + s.score_y;
    let x = s.axis(middle, portrait) - (figure.width + gap + unit.width) / 2.0;
    let y = middle + 0.35 * style.size;
    if !seen(y, style.size) {
        return;
    }
    c.line(x, y, &figure, ink, Align::Left);
    c.line(x + figure.width + gap, y, &unit, ink.fade(0.85), Align::Left);
}

fn corners(c: &mut Canvas, look: &Look, podium: &Podium, portrait: bool) {
    let t = look.theme;
    let ((left, right), top, room) =
        if portrait { ((54.0, 1026.0), 310.0, [500.0, 440.0]) } else { ((96.0, 1824.0), 229.4, [560.0, 425.0]) };
    if let Some([label, text]) = &podium.margin {
        let (line, _) = c.fonts.fit_text(label, style::LABEL, room[0]);
        c.line(left, top, &line, t.mid, Align::Left);
        corner_figure(
            c,
            [left, top + 90.8],
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
        corner_figure(c, [right, top + 75.8], text, Style::new(72.0, Weight::Bold), room[1], t.hi, Align::Right);
    }
}

fn corner_figure(c: &mut Canvas, [x, y]: [f32; 2], text: &str, largest: Style, room: f32, color: Color, align: Align) {
    let mut style = largest;
    while style.size > 54.0 && c.fonts.width(text, style) > room {
        style.size -= 2.0;
    }
    let (line, _) = c.fonts.fit_text(text, style, room);
    c.line(x, y, &line, color, align);
}

fn prize(c: &mut Canvas, look: &Look, podium: &Podium, portrait: bool) {
    let t = look.theme;
    let (x, right, y, h) = if portrait { (54.0, 1026.0, 1600.0, 104.0) } else { (96.0, 1824.0, 904.0, 104.0) };
    if podium.prize.is_none() && podium.total.is_empty() {
        return;
    }
    c.layer("prize");
    let lean = h * SLANT;
    let total_style = Style::new(56.0, Weight::Semi).tracked(0.03);
    let mut end = right - 60.0;
    let plate = podium.prize.is_some() || !portrait;
    if plate {
        card::plate(c, look, [x, y, right - x, h]);
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
    corner_figure(c, [text_x, y + 78.6], text, Style::new(76.0, Weight::Bold), end - text_x, t.hi, Align::Left);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slanted_axis_is_the_mockups() {
        let s = &LANDSCAPE[1];
        assert!((s.axis(888.0, false) - 346.0).abs() < 0.1);
        assert!((s.axis(605.0, false) - 406.2).abs() < 0.2);
        assert!((LANDSCAPE[0].axis(220.0, false) - 1054.0).abs() < 0.2);
    }
}
