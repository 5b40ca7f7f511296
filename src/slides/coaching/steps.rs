//! Draws a play in steps: the headline, a plate for each step with what to do and say, and the route over their right
//! ends.

use super::diagram;
use super::model::Page;
use crate::motion::Time;
use crate::scene::{Align, Canvas, Paint, Rect, SLANT, Slab, Style, Vec2, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::{accents, enter, lines};
use crate::theme::WHITE;

const HEADLINE: Style = Style::new(124.0, Weight::Heavy).tracked(0.005);
const NUMERAL: Style = Style::new(116.0, Weight::Heavy);
const ACTION: Style = Style::new(78.0, Weight::Bold);
const SAY: Style = Style::new(54.0, Weight::Semi);
/// Between two plates.
const GAP: f32 = 28.3;
/// Plates grow with the room, up to here.
const TALLEST: f32 = 251.0;

/// Paints headline and plates from `x` to `right` and from `top` to `bottom`. `since`: when it came on.
pub fn draw(
    c: &mut Canvas,
    look: &Look,
    page: &Page,
    Rect { x0: x, y0: top, x1: right, y1: bottom }: Rect,
    since: Option<Time>,
) {
    let portrait = c.stage().portrait();
    c.layer("headline");
    let block = set(c, page, right - x);
    let n = block.lines.len();
    let pitch = block.size * accents::pitch_em(&block.lines, 0.952);
    let head_h = if portrait { 52.0 + pitch.max(118.0) * n as f32 } else { 264.0 };
    let middle = top + if portrait { head_h / 2.0 } else { 121.0 };
    for (i, text) in block.lines.iter().enumerate() {
        let y = middle + (i as f32 - (n - 1) as f32 / 2.0) * pitch + block.size * 0.35;
        let ink = if i + 1 == n { look.theme.accent_text } else { look.theme.hi };
        let (line, _) = c.fonts.fit_text(text, HEADLINE.sized(block.size), right - x);
        c.line(x, y, &line, ink, Align::Left);
    }
    let plates = plates(Rect::new(x, top + head_h, right, bottom), page.steps.len());
    c.layer("steps");
    let fit = StepSizes::of(c, page, &plates);
    for (i, y) in plates.tops.iter().enumerate() {
        let (fade, rise) = enter::fade_and_rise_since(c, look, since, enter::STEP_S * i as f64);
        let stays = look.stays(y + plates.h);
        c.group(0.0, rise, fade * stays, |c| step(c, look, page, i, &plates, &fit));
    }
    let Some(last) = plates.tops.last().filter(|_| fit.route) else { return };
    let f = if portrait { 0.82 } else { 1.0 } * (plates.h / 158.0).clamp(0.8, 1.0);
    let middle_of = |y: &f32| y + plates.h / 2.0;
    // The rings sway to and fro, the first at the outer end.
    let stops: Vec<Vec2> = plates.tops[..plates.tops.len() - 1]
        .iter()
        .enumerate()
        .map(|(i, p)| vec2(right - if i % 2 == 0 { 134.0 * f } else { 234.0 * f }, middle_of(p)))
        .collect();
    c.group(0.0, 0.0, look.stays(bottom), |c| {
        diagram::route(c, look, &stops, vec2(right - 92.0 * f, middle_of(last)), f)
    });
}

/// The headline in its lines, for `w` units.
pub fn set(c: &mut Canvas, page: &Page, w: f32) -> lines::Fitted {
    let portrait = c.stage().portrait();
    let counts = [(2, 124.0), (1, 124.0), (3, if portrait { 124.0 } else { 82.0 })];
    lines::headline(c.fonts, &page.headline, HEADLINE, w, &counts, 60.0)
}

/// Plates under each other: left end of their bottom lines, width and height, and the top of each.
struct Plates {
    x: f32,
    w: f32,
    h: f32,
    tops: Vec<f32>,
}

fn plates(Rect { x0: x, y0: top, x1: right, y1: bottom }: Rect, n: usize) -> Plates {
    let room = bottom - top;
    let h = ((room + GAP) / n.max(1) as f32 - GAP).min(TALLEST);
    let start = top + (room - h * n as f32 - GAP * (n.max(1) - 1) as f32) / 2.0;
    Plates { x, w: right - x, h, tops: (0..n).map(|i| start + i as f32 * (h + GAP)).collect() }
}

/// The sizes in which all steps of a page fit, and whether they leave room for the route.
struct StepSizes {
    action: f32,
    say: f32,
    say_lines: usize,
    /// Right end of the text.
    end: f32,
    route: bool,
}

impl StepSizes {
    fn of(c: &mut Canvas, page: &Page, plates: &Plates) -> StepSizes {
        let portrait = c.stage().portrait();
        if plates.tops.is_empty() {
            return StepSizes { action: ACTION.size, say: SAY.size, say_lines: 1, end: 0.0, route: false };
        }
        let &Plates { x, w, h, .. } = plates;
        let f = (h / 158.0).clamp(0.8, 1.15);
        let left = x + 196.0;
        let widest = |c: &mut Canvas, style: Style, say: bool| {
            let texts = page.steps.iter().map(|(action, words)| if say { words } else { action });
            texts.map(|t| c.fonts.width(t, style)).fold(1.0, f32::max)
        };
        let (action_w, say_w) = (widest(c, ACTION, false), widest(c, SAY, true));
        let route_w = if portrait { 250.0 } else { 298.0 };
        let mut last = StepSizes { action: ACTION.size, say: SAY.size, say_lines: 1, end: x + w - 40.0, route: false };
        for (route, end, say_lines, least) in [
            (true, x + w - route_w, 1, [62.0, 46.0]),
            (true, x + w - route_w, 2, [62.0, 44.0]),
            (false, x + w - 50.0, 1, [62.0, 46.0]),
            (false, x + w - 50.0, 2, [54.0, 42.0]),
        ] {
            let room = end - left;
            let action = (ACTION.size * f).min(ACTION.size * room / action_w * 0.998);
            let tall = if h >= 185.0 { 0.92 } else { 0.78 };
            let most = if say_lines == 1 { SAY.size * f } else { SAY.size * f.min(tall) };
            // Two lines are never filled wholly.
            let say = most.min(SAY.size * room * if say_lines == 1 { 0.998 } else { 1.8 } / say_w);
            let fits = action >= least[0] && say >= least[1] && (say_lines == 1 || h >= 150.0);
            last = StepSizes { action: action.max(54.0), say: say.max(42.0), say_lines, end, route };
            if fits {
                break;
            }
        }
        if h < 150.0 {
            last.say_lines = 1;
        }
        last
    }
}

fn step(c: &mut Canvas, look: &Look, page: &Page, i: usize, plates: &Plates, room: &StepSizes) {
    let (&Plates { x, w, h, .. }, y) = (plates, plates.tops[i]);
    let t = look.theme;
    let lean = h * SLANT;
    let under = Rect::new(x + lean, y, x + w - lean, y + h);
    c.shadow(Rect::new(x + 10.0, y + 18.0, x + w - 10.0, y + h + 18.0), 14.0, t.shadow[1] * 0.77, under);
    // The last step is the one that counts.
    let last = i + 1 == page.steps.len();
    let ground = if last && !t.grey { t.lift_paint() } else { Paint::across(t.row_top[0], t.row_top[1]) };
    c.slab(Slab::lean(x, y, w, h), ground);
    c.slab(Slab::rect(x + lean, y, w - lean, 2.0), WHITE.fade(0.2));
    let plate_w = 116.4 + lean;
    c.slab(Slab::lean(x, y, plate_w, h), Paint::down(t.plate_top[0], t.plate_top[1]));
    let middle = y + h / 2.0;
    let numeral = (page.first_step + i).to_string();
    let size = NUMERAL.size * (h / 158.0).clamp(0.8, 1.15) * if numeral.len() > 1 { 0.8 } else { 1.0 };
    c.text(x + plate_w / 2.0, middle + size * 0.35, &numeral, NUMERAL.sized(size), t.numeral_top, Align::Center);
    let (action, say) = &page.steps[i];
    let action_style = ACTION.sized(room.action);
    let say_style = SAY.sized(room.say);
    let max = room.end - (x + 196.0);
    let (action, _) = c.fonts.fit_text(action, action_style, max);
    if say.is_empty() {
        c.line(x + 196.0, middle + room.action * 0.35, &action, t.hi, Align::Left);
        return;
    }
    let words = if room.say_lines == 1 || c.fonts.width(say, say_style) <= max {
        vec![say.clone()]
    } else {
        lines::headline(c.fonts, say, say_style, max, &[(2, room.say)], room.say).lines
    };
    // The block of both keeps the middle; the design's own distances for one line.
    let pitch = room.say * 1.03;
    let first = middle + 0.3 - (words.len() - 1) as f32 * pitch / 2.0;
    c.line(x + 196.0, first, &action, t.hi, Align::Left);
    for (k, words) in words.iter().enumerate() {
        let (line, _) = c.fonts.fit_text(words, say_style, max + 10.0);
        // The quotation mark hangs; lines follow the slant.
        let hang = if k == 0 { 0.0 } else { room.say * 0.26 };
        let baseline = first + room.say * 1.03 + k as f32 * pitch;
        c.line(x + 186.0 + hang - k as f32 * pitch * SLANT, baseline, &line, t.mid, Align::Left);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_plates_lie_where_the_mock_up_has_them() {
        let p = plates(Rect::new(640.0, 424.0, 1824.0, 954.6), 3);
        assert!((p.h - 158.0).abs() < 0.1 && (p.tops[1] - 610.3).abs() < 0.1 && (p.tops[2] - 796.6).abs() < 0.1);
    }

    #[test]
    fn any_number_of_plates_stays_inside() {
        for n in 1..=4 {
            let p = plates(Rect::new(640.0, 424.0, 1824.0, 954.6), n);
            assert!(p.tops[0] >= 424.0 && p.tops[n - 1] + p.h <= 954.7 && p.h > 110.0, "{:?}", p.tops);
        }
    }
}
