//! Draws one indicator of a scorecard: what it is, where it stands, its bar with the pace, and the figure.

use super::{Indicator, PageMotion, entrance};
use crate::scene::{Align, Canvas, Paint, Rect, SLANT, Slab, Style, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::attain::{Standing, State};
use crate::slides::widgets::bar::Scale;
use crate::slides::widgets::gauge::{self, Gauge, TextSize};
use crate::slides::widgets::{marks, panel};

const NAME: Style = Style::new(60.0, Weight::Bold);
const VERDICT: Style = Style::new(46.0, Weight::Bold).tracked(0.01);
const NEED: Style = Style::new(46.0, Weight::Semi).tracked(0.01);
const VALUE: Style = Style::new(84.0, Weight::Bold);
const TARGET: Style = Style::new(48.0, Weight::Semi);

/// Where plates lie on one shape of screen, in units.
struct PlatesPlace {
    /// What they share out: left end of the bottom line, top, width with the lean, height.
    body: Rect,
    /// Between two plates.
    gap: f32,
    /// Length of a bar; on portrait screens it gives way to the texts.
    bar_w: f32,
}

const WIDE: PlatesPlace = PlatesPlace { body: Rect::sized(732.0, 160.0, 1092.0, 796.0), gap: 24.0, bar_w: 320.0 };
const TALL: PlatesPlace = PlatesPlace { body: Rect::sized(54.0, 938.0, 972.0, 756.0), gap: 14.0, bar_w: 200.0 };

fn plates(portrait: bool) -> &'static PlatesPlace {
    if portrait { &TALL } else { &WIDE }
}

/// Where the plate `i` lies: left end of the bottom line, top, width with the lean, height.
pub fn place(portrait: bool, i: usize, n: usize) -> Rect {
    let PlatesPlace { body, gap, .. } = *plates(portrait);
    let [x, y, w, room] = body.xywh();
    // Few indicators share the body: higher plates, not padding (DESIGN 6.10).
    let h = ((room + gap) / n.clamp(1, 5) as f32 - gap).min(TALLEST);
    Rect::sized(x, y + (h + gap) * i as f32, w, h)
}

/// No plate is higher, in units.
const TALLEST: f32 = 398.0;
/// The height that what stands on a plate is made for.
const NATURAL: f32 = 140.0;
/// Figures become no smaller than this share of the design's size.
const MIN_NUMBERS_SIZE: f32 = 0.645;
/// Verdicts become no smaller than this share of the design's size: the floor of secondary text.
const MIN_VERDICT_SIZE: f32 = 44.0 / 46.0;
/// Bars become no longer than this, in units.
const LONGEST_BAR: f32 = 320.0;
/// On higher plates it grows by at most this: wider names would reach the bar.
const GROWTH: f32 = 1.4;

/// How much larger than in the design everything on a plate of height `h` is; what is left over stands above and below.
fn growth(h: f32) -> f32 {
    (h / NATURAL).clamp(1.0, GROWTH)
}

/// Its bar on a plate that is `k` times the natural one.
pub fn scale(portrait: bool, Rect { x0: x, y0: y, .. }: Rect, k: f32, full: f64) -> Scale {
    Scale { x: x + 490.0, y: y + 50.0 * k, w: plates(portrait).bar_w, h: 40.0 * k, full }
}

/// The plate itself.
pub fn ground(c: &mut Canvas, look: &Look, place: Rect) {
    let [x, y, w, h] = place.xywh();
    let t = look.theme;
    let lean = h * SLANT;
    panel::row_edge(c, t.row_edge, [x, x + w - lean], y + h);
    c.slab(Slab::lean(x, y, w, h), Paint::across(t.row[0], t.row[1]));
    c.slab(Slab::rect(x + lean, y, w - lean, 2.0), t.toplight[0]);
}

/// Paints all of a page.
pub fn all(c: &mut Canvas, look: &Look, motion: &PageMotion) {
    let portrait = c.stage().portrait();
    c.layer("indicators");
    let full = c.sample(&motion.full);
    let like = Like::of(c, look, motion);
    for (i, indicator) in motion.indicators().enumerate() {
        let place = place(portrait, i, motion.page.plates.len());
        let (fade, rise) = entrance(c, look, i);
        let stays = look.stays(place.y1);
        c.group(0.0, rise, fade * stays, |c| paint(c, look, &indicator, place, full, &like));
    }
}

/// What all plates of a page have in common: their figures stand in a column, and so do their bars; their verdicts are of
/// one size and say as much.
struct Like {
    /// Figures and their targets against the design's size; one that is too long for that is smaller alone.
    numbers: f32,
    /// Width of the bars.
    bar_w: f32,
    /// Size of the names.
    names: f32,
    /// Verdicts against the design's size.
    verdict: f32,
    /// Whether what is needed stands beside the word "BEHIND"; else in its place.
    both: bool,
}

impl Like {
    fn of(c: &mut Canvas, look: &Look, motion: &PageMotion) -> Like {
        let portrait = c.stage().portrait();
        let spot = Spot::new(portrait, place(portrait, 0, motion.page.plates.len()));
        let [left, right] = spot.numbers(true);
        let mut widest = |f: f32| {
            let paired = motion.plates.iter().filter(|gauge| !gauge.standing.target.is_empty());
            paired.map(|gauge| numbers_width(c, gauge, &target(gauge), f)[0]).fold(0.0, f32::max)
        };
        let mut f = spot.k;
        while f > 1.0 && widest(f) > right - left {
            f = (f - 0.02).max(1.0);
        }
        // Where short figures leave room the bars take it, up to the design's length.
        let bar = spot.bar;
        let room = right - widest(f) - 24.0 - bar.x;
        let bar_w = room.clamp(bar.w, LONGEST_BAR.max(bar.w));
        // Where a flag stands near the end of its bar it hangs over, and the widest figure must not meet it.
        let full = motion.full.target();
        let free = right - widest(f) - 12.0 - bar.x;
        let flagged = bar.h * SLANT + full as f32 * (free - bar.h * SLANT / 2.0 - marks::goal_reach(goal_half(spot.k)));
        let bar_w = if full > gauge::NORMAL { bar_w.min(flagged.max(bar_w / 2.0)) } else { bar_w };
        let (verdict, both) = verdicts(c, look, motion, &spot);
        let room = spot.bar.x - 16.0 - (spot.place.x0 + 62.0);
        let labels: Vec<&str> = motion.page.plates.iter().map(|plate| plate.label.as_str()).collect();
        let names = c.fonts.shrink_until(NAME.sized(NAME.size * spot.k), 46.0, 2.0, |fonts, style| {
            labels.iter().all(|label| fonts.width(label, style) <= room)
        });
        Like { numbers: f, bar_w, names: names.size, verdict, both }
    }
}

/// The size that all verdicts of a page have, and whether all that need something say both.
fn verdicts(c: &mut Canvas, look: &Look, motion: &PageMotion, spot: &Spot) -> (f32, bool) {
    let room = spot.bar.x - 10.0 - spot.place.x0 - 62.0;
    let mut size = |both: bool| {
        let widths = motion.plates.iter().filter_map(|gauge| {
            let standing = gauge.shown(c);
            let word_w = c.fonts.width(word(look, standing.state)?, VERDICT);
            let need_w = c.fonts.width(&standing.need, if both { NEED } else { VERDICT });
            Some(match (need_w > 0.0, both) {
                (false, _) => word_w,
                (true, true) => word_w + 14.0 + need_w,
                (true, false) => need_w,
            })
        });
        let widest = widths.fold(0.0, f32::max);
        0.999 * room / (42.0 + widest)
    };
    let both = size(true);
    if both >= MIN_VERDICT_SIZE {
        (both.min(spot.k), true)
    } else {
        (size(false).clamp(MIN_VERDICT_SIZE, spot.k), false)
    }
}

/// The word for a state; none where nothing is known.
fn word(look: &Look, state: State) -> Option<&'static str> {
    let w = look.locale.words();
    match state {
        State::Unknown => None,
        State::Behind => Some(w.scorecard.behind),
        State::OnPace => Some(w.on_pace),
        State::Ahead => Some(w.scorecard.ahead),
        State::Met => Some(w.goals.met),
    }
}

/// How far a goal's mast goes up from the middle of its bar on a plate `k` times the natural one.
fn goal_half(k: f32) -> f32 {
    38.0 * k
}

/// Where what stands on a plate lies.
struct Spot {
    /// Left end of the bottom line, top, width with the lean, height.
    place: Rect,
    /// How much larger than in the design everything is.
    k: f32,
    bar: Scale,
}

impl Spot {
    fn new(portrait: bool, place: Rect) -> Spot {
        let [x, y, w, h] = place.xywh();
        let k = growth(h);
        let inset = (h - NATURAL * k) / 2.0;
        let place = Rect::sized(x + inset * SLANT, y + inset, w - 2.0 * inset * SLANT, NATURAL * k);
        Spot { place, k, bar: scale(portrait, place, k, gauge::NORMAL) }
    }

    /// Left and right end of the figures.
    fn numbers(&self, has_bar: bool) -> [f32; 2] {
        [if has_bar { self.bar.x + self.bar.w + 12.0 } else { self.bar.x }, self.place.x1 - 50.0]
    }
}

fn paint(c: &mut Canvas, look: &Look, Indicator { plate, gauge }: &Indicator, place: Rect, full: f64, like: &Like) {
    let t = look.theme;
    ground(c, look, place);
    let spot = Spot::new(c.stage().portrait(), place);
    let (Rect { x0: x, y0: y, .. }, k) = (spot.place, spot.k);
    let spot = Spot { bar: Scale { full, w: like.bar_w, ..spot.bar }, ..spot };
    let bar = spot.bar;
    let s = &gauge.standing;
    let has_bar = !s.target.is_empty();
    let name_room = bar.x - 16.0 - (x + 62.0);
    gauge::text(
        c,
        &plate.label,
        vec2(x + 62.0, y + 69.0 * k),
        TextSize::new(NAME.sized(like.names), 46.0, name_room),
        t.hi,
        Align::Left,
    );
    let standing = gauge.shown(c);
    verdict(c, look, standing, &spot, like);
    if has_bar {
        gauge.bar(c, look, &bar, false, false);
        gauge.goal(c, look, &bar, goal_half(k));
        gauge.pace(c, look, &bar, goal_half(k));
    }
    numbers(c, look, gauge, &spot, like.numbers);
}

/// "/240", or nothing.
fn target(gauge: &Gauge) -> String {
    let s = &gauge.standing;
    if s.target.is_empty() { String::new() } else { format!("/{}", s.target) }
}

/// Widths of figure and target `f` times the design's size, and of the target alone.
fn numbers_width(c: &mut Canvas, gauge: &Gauge, of: &str, f: f32) -> [f32; 2] {
    let of_w = if of.is_empty() { 0.0 } else { c.fonts.width(of, TARGET.sized((48.0 * f).max(36.0))) + 5.0 };
    [c.fonts.width(gauge.value.text(), VALUE.sized(84.0 * f)) + of_w, of_w]
}

/// "212/240": both shrink, then the target goes; the bar tells it.
fn numbers(c: &mut Canvas, look: &Look, gauge: &Gauge, spot: &Spot, f: f32) {
    let t = look.theme;
    let of = target(gauge);
    let [left, right] = spot.numbers(!of.is_empty());
    let (room, y, k) = (right - left, spot.place.y0, spot.k);
    let mut f = f;
    while f > MIN_NUMBERS_SIZE && numbers_width(c, gauge, &of, f)[0] > room {
        f -= 0.02;
    }
    let [whole, of_w] = numbers_width(c, gauge, &of, f);
    let color = if gauge.standing.raw.is_some() { t.hi } else { t.mid };
    if of.is_empty() || whole > room {
        let lift = 84.0 * (k - f) * 0.3;
        let style = TextSize::new(VALUE.sized(84.0 * f), 54.0, room);
        gauge::figure(c, &gauge.value, vec2(right, y + 99.4 * k - lift), style, color, Align::Right);
        return;
    }
    let size = (48.0 * f).max(36.0);
    let baseline = y + 99.4 * k - 84.0 * (k - f) * 0.3;
    // The slash reaches under its line: both stand on one.
    c.text(right, baseline - 4.6 * f, &of, TARGET.sized(size), t.mid, Align::Right);
    gauge.value.paint(c, right - of_w, baseline, VALUE.sized(84.0 * f), color, Align::Right);
}

fn verdict(c: &mut Canvas, look: &Look, standing: &Standing, spot: &Spot, like: &Like) {
    let Some(word) = word(look, standing.state) else { return };
    let (Rect { x0: x, y0: y, .. }, k, end) = (spot.place, spot.k, spot.bar.x - 10.0);
    let color = gauge::words(look.theme, standing.state);
    let f = like.verdict;
    gauge::sign(c, look, standing.state, vec2(x + 62.0 + 15.0 * f, y + 120.1 * k - 16.7 * f), f);
    let (mut at, base) = (x + 62.0 + 42.0 * f, y + 120.1 * k);
    let style = VERDICT.sized(46.0 * f);
    if standing.need.is_empty() || like.both {
        at += c.text(at, base, word, style, color, Align::Left) + 14.0 * f;
    }
    if !standing.need.is_empty() {
        // In the place of the word it has its colour.
        let (style, ink) = if like.both { (NEED.sized(46.0 * f), look.theme.mid) } else { (style, color) };
        gauge::text(c, &standing.need, vec2(at, base), TextSize::new(style, 40.0, end - at), ink, Align::Left);
    }
}

#[cfg(test)]
mod tests;
