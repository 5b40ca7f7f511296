//! Draws the countdown in a header: groups of digit cells, exact to the second, and the word at the end (DESIGN 5,
//! 6.3).

use jiff::Timestamp;

use super::cells;
use crate::board::fresh::Band;
use crate::motion::{Anim, Curve, Now, Time};
use crate::scene::{Align, Canvas, Rect, Style, Weight};
use crate::slides::context::Look;

/// Time that is left until something, in digit cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Countdown {
    /// "ENDS IN"
    pub label: String,
    /// Until when.
    pub at: Timestamp,
    /// What is said from then on, e.g. "ENDED".
    pub then: String,
}

/// Words before the cells and letters behind them.
pub const LABEL: Style = Style::new(42.0, Weight::Semi).tracked(0.05);
const UNIT: Style = Style::new(42.0, Weight::Semi);
const DIGIT: Style = Style::new(76.0, Weight::Bold);
/// What is said at the end.
const THEN: Style = Style::new(60.0, Weight::Bold).tracked(0.02);

const CELL_W: f32 = 60.0;
const CELL_H: f32 = 80.0;
/// Between cells, before a group's letter, behind it.
const GAPS: [f32; 3] = [4.0, 8.0, 17.8];

/// How long a digit rolls.
const ROLL_S: f64 = 0.16;
const SECOND_US: i64 = 1_000_000;

/// Whole seconds until `at`, each begun one counted; 0 from then on. The picture changes at the next one.
pub fn seconds_left(c: &mut Canvas, at: Timestamp) -> u64 {
    let now = c.now();
    let left_us = at.as_microsecond().saturating_sub(now.wall_us);
    if left_us <= 0 {
        return 0;
    }
    let left_s = left_us.unsigned_abs().div_ceil(SECOND_US as u64);
    c.redraw_at(begun(now, at, left_s - 1));
    left_s
}

/// When the countdown began to show `left_s`.
fn begun(now: Now, at: Timestamp, left_s: u64) -> Time {
    now.when_wall(at.as_microsecond().saturating_sub(left_s as i64 * SECOND_US))
}

/// How far the newest second has rolled in: 0 to 1.
pub fn rolled(c: &mut Canvas, look: &Look, at: Timestamp, left_s: u64) -> f64 {
    if look.screen.reduced_motion {
        return 1.0;
    }
    let start = begun(c.now(), at, left_s);
    c.sample(&Anim::new(0.0, 1.0, 0.0, start, Curve::Ease(ROLL_S), 1e-3))
}

/// What is shown once it is over: on data that is not live nobody knows how it went (DESIGN 6.9).
pub fn over<'a>(look: &Look, countdown: &'a Countdown) -> &'a str {
    if look.band == Band::Live { &countdown.then } else { look.locale.words().final_pending }
}

/// The groups that are shown of `left_s` seconds: digits and the number of their unit (days, hours, minutes, seconds).
/// Days go when there are none, hours with the last one. `brief` has no seconds while there are days.
fn groups(left_s: u64, brief: bool) -> Vec<(String, usize)> {
    let (days, hours, minutes) = (left_s / 86_400, left_s / 3600 % 24, left_s / 60 % 60);
    let mut out = Vec::with_capacity(4);
    if days > 0 {
        out.push((days.min(999).to_string(), 0));
    }
    if days > 0 || hours > 0 {
        out.push((format!("{hours:02}"), 1));
    }
    out.push((format!("{minutes:02}"), 2));
    if days == 0 || !brief {
        out.push((format!("{:02}", left_s % 60), 3));
    }
    out
}

/// Paints the cells, or what is said at the end, right-aligned at `right` around the height `middle`. On portrait screens
/// the label stands elsewhere. Returns the left end.
pub fn draw(c: &mut Canvas, look: &Look, countdown: &Countdown, right: f32, middle: f32) -> f32 {
    let t = look.theme;
    let brief = c.stage().portrait();
    let room = if brief { 560.0 } else { 700.0 };
    let say = |c: &mut Canvas, text: &str| {
        let style = c.fonts.shrink(text, THEN, 44.0, room);
        let (line, _) = c.fonts.fit_text(text, style, room);
        c.line(right, middle + style.size * 0.35, &line, t.hi, Align::Right);
        right - line.width
    };
    if look.clock_unset {
        return say(c, look.locale.words().clock_not_set);
    }
    let left_s = seconds_left(c, countdown.at);
    if left_s == 0 {
        return say(c, over(look, countdown));
    }
    let roll = rolled(c, look, countdown.at, left_s) as f32;
    let (now, before) = (groups(left_s, brief), groups(left_s + 1, brief));
    let top = middle - CELL_H / 2.0;
    let mut x = right;
    let mut seams = Vec::new();
    for (i, (digits, unit)) in now.iter().enumerate().rev() {
        let letter = look.locale.words().countdown_units[*unit];
        x -= c.text(x, middle + 30.7, letter, UNIT, t.mid, Align::Right) + GAPS[1];
        let old = before.iter().find(|(_, u)| u == unit).map_or("", |(old, _)| old.as_str());
        for (k, digit) in digits.chars().rev().enumerate() {
            x -= CELL_W;
            cells::flap(c, t, x, top, CELL_W, CELL_H);
            seams.push(x);
            let was = old.chars().rev().nth(k);
            flap_digit(c, look, Rect::sized(x, top, CELL_W, CELL_H), DIGIT, DigitTurn { was, digit, roll });
            x -= GAPS[0];
        }
        x += GAPS[0];
        if i > 0 {
            x -= GAPS[2];
        }
    }
    c.layer("seams");
    for x in seams {
        cells::seam(c, t, x, top, CELL_W, CELL_H);
    }
    x
}

/// A digit, the one before it, and from 0 to 1 how far it has taken its place.
pub struct DigitTurn {
    pub was: Option<char>,
    pub digit: char,
    pub roll: f32,
}

/// A digit in its cell, or two of which the new one rolls in from below while the old one leaves upwards.
pub fn flap_digit(c: &mut Canvas, look: &Look, place: Rect, style: Style, turn: DigitTurn) {
    let [x, y, w, h] = place.xywh();
    let DigitTurn { was, digit, roll } = turn;
    let paint = |c: &mut Canvas, digit: char, dy: f32| {
        let baseline = y + h / 2.0 + style.size * 0.35 + dy;
        c.text(x + w / 2.0, baseline, &digit.to_string(), style, look.theme.hi, Align::Center);
    };
    match was.filter(|was| *was != digit && roll < 1.0) {
        None => paint(c, digit, 0.0),
        // What has not come in at all is not written.
        Some(was) if roll < 0.01 => paint(c, was, 0.0),
        Some(was) => c.clipped(x, y + 2.0, x + w, y + h, |c| {
            paint(c, was, -roll * h);
            paint(c, digit, (1.0 - roll) * h);
        }),
    }
}

/// The label, right-aligned at `right` on `baseline`. Nothing once it is over: what is said then needs no label.
pub fn label(c: &mut Canvas, look: &Look, countdown: &Countdown, right: f32, baseline: f32) -> f32 {
    if look.clock_unset || seconds_left(c, countdown.at) == 0 {
        return right;
    }
    right - c.text(right, baseline, &countdown.label, LABEL, look.theme.mid, Align::Right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{Fonts, Stage};

    fn shown(left_s: u64, brief: bool) -> String {
        let groups = groups(left_s, brief);
        groups.iter().map(|(digits, unit)| format!("{digits}{}", ["d", "h", "m", "s"][*unit])).collect()
    }

    #[test]
    fn days_go_when_there_are_none_and_hours_with_the_last() {
        for (left, text) in [
            (2 * 86_400 + 6 * 3600 + 41 * 60 + 18, "2d06h41m18s"),
            (86_400, "1d00h00m00s"),
            (86_399, "23h59m59s"),
            (3600, "01h00m00s"),
            (3599, "59m59s"),
            (9, "00m09s"),
        ] {
            assert_eq!(shown(left, false), text);
        }
        assert_eq!(shown(86_400, true), "1d00h00m");
        assert_eq!(shown(86_399, true), "23h59m59s");
    }

    #[test]
    fn a_second_lasts_a_second_and_the_picture_changes_with_it() {
        let mut fonts = Fonts::new(false);
        let at = Timestamp::from_microsecond(1_800_000_000_000_000).unwrap();
        let mut at_ms = |before_ms: i64| {
            let now = Now { t: Time::from_ms(5000), wall_us: at.as_microsecond() - before_ms * 1000 };
            let mut c = Canvas::new(Stage::new([1920, 1080], 0.0, Default::default()), now, &mut fonts);
            (seconds_left(&mut c, at), c.finish().next.map(|t| t.since(now.t)))
        };
        assert_eq!(at_ms(90_000), (90, Some(1.0)));
        assert_eq!(at_ms(89_600), (90, Some(0.6)));
        assert_eq!(at_ms(1), (1, Some(0.001)));
        assert_eq!(at_ms(0), (0, None));
        assert_eq!(at_ms(-5000), (0, None));
    }
}
