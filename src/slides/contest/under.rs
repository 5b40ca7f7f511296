//! Draws what stands under the duel besides the rows: the action line, the last minute in large digits, the footer.

use super::layout::PLATE;
use super::model::{ContestModel, Picture};
use super::pass::Pass;
use crate::board::ContestState as State;
use crate::board::fresh::Band;
use crate::motion::{Anim, Curve};
use crate::scene::text::is_cjk;
use crate::scene::{Align, Canvas, Fit, Rect, Style, Vec2, Weight};
use crate::slides::context::Look;
use crate::slides::widgets::countdown::DigitTurn;
use crate::slides::widgets::digits::Odometer;
use crate::slides::widgets::footer_lines::FooterLines;
use crate::slides::widgets::{cells, countdown, marks};

const STRONG: Style = Style::new(64.0, Weight::Heavy);
const PLAIN: Style = Style::new(64.0, Weight::Semi).tracked(0.01);
const RECENT: Style = Style::new(48.0, Weight::Semi).tracked(0.02);
const RECENT_NAME: Style = Style::new(50.0, Weight::Semi);
const FOOT: Style = Style::new(44.0, Weight::Semi).tracked(0.02);
const BIG_DIGIT: Style = Style::new(224.0, Weight::Heavy);
/// From so many seconds before the end on the digits are large (DESIGN 5).
const LAST_S: u64 = 60;
/// How long the rows take to make room for them.
const ROOM_S: f64 = 0.3;

/// The action line: what is missing, and what happened last to the second.
pub fn action(c: &mut Canvas, look: &Look, pass: &Pass, claims: bool, pending: bool) {
    let (m, strong) = match &pass.swept {
        // The old words belong to the old sides.
        Some((_, before, at)) if !c.reached(*at) => (before.as_ref(), None),
        _ => (&pass.model, Some(&pass.strong)),
    };
    let l = &pass.model.layout;
    c.layer("action");
    let line = ActionLine { model: m, strong, y: l.action_y, claims, pending };
    c.group(0.0, 0.0, look.stays(l.action_y + 14.0), |c| line.paint(c, look));
}

/// What the action line says, and where.
struct ActionLine<'a> {
    model: &'a ContestModel,
    /// Its strong part while it rolls.
    strong: Option<&'a Odometer>,
    /// Its baseline.
    y: f32,
    /// Whether the data may say who leads or has won.
    claims: bool,
    /// Its time is up, and the source has not said how it ended.
    pending: bool,
}

impl ActionLine<'_> {
    fn paint(&self, c: &mut Canvas, look: &Look) {
        let ActionLine { model: m, y, claims, pending, .. } = *self;
        let t = look.theme;
        let w = look.locale.words();
        let a = &m.layout.area;
        let right = a.x + a.w;
        let over = matches!(m.state, State::Ended | State::Final);
        let [strong, plain] = match (&m.picture, claims) {
            (Picture::Upcoming, _) => m.starts(look),
            (Picture::Empty(_), _) => match m.prizes.first() {
                Some((_, prize)) => [w.contest.prize.to_owned(), prize.clone()],
                None => Default::default(),
            },
            (_, true) if pending => m.over.action.clone(),
            (_, true) => m.action.now.clone(),
            // While it still counts, the header says so.
            (_, false) if over => [String::new(), w.final_pending.to_owned()],
            (_, false) => m.action.old.clone(),
        };
        let end = if m.picture == Picture::Duel { recent(c, look, m, right, y, claims && !pending) } else { right };
        let room = end - 40.0 - a.x;
        let gap = if plain.chars().next().is_some_and(is_cjk) { 6.0 } else { 16.0 };
        let size = c
            .fonts
            .shrink_until(STRONG, 48.0, 2.0, |fonts, style| {
                fonts.width(&strong, style) + gap + fonts.width(&plain, PLAIN.sized(style.size)) <= room
            })
            .size;
        let (first, fit) = c.fonts.fit_text(&strong, STRONG.sized(size), room);
        let first = match self.strong.filter(|rolling| rolling.text() == strong && fit == Fit::Natural) {
            Some(rolling) => rolling.paint(c, a.x, y, STRONG.sized(size), t.accent_text, Align::Left),
            None => {
                c.line(a.x, y, &first, t.accent_text, Align::Left);
                first.width
            }
        };
        let x = if strong.is_empty() { a.x } else { a.x + first + gap };
        let (second, _) = c.fonts.fit_text(&plain, PLAIN.sized(size), (a.x + room - x).max(0.0));
        if x + 40.0 < a.x + room {
            c.line(x, y, &second, t.hi, Align::Left);
        }
    }
}

/// What happened last to the second, right-aligned; else how many share the lead. Returns its left end.
fn recent(c: &mut Canvas, look: &Look, m: &ContestModel, right: f32, y: f32, claims: bool) -> f32 {
    let t = look.theme;
    if !claims {
        return right;
    }
    let Some(recent) = m.recent.as_ref().filter(|_| !m.layout.area.stacked) else {
        let (line, _) = c.fonts.fit_text(&m.action.note, RECENT, 700.0);
        c.line(right, y - 5.6, &line, t.mid, Align::Right);
        return right - line.width;
    };
    let color = match recent.sign {
        1 => t.up,
        -1 => t.down,
        _ => t.mid,
    };
    let (text, _) = c.fonts.fit_text(&recent.text, RECENT, 560.0);
    c.line(right, y - 5.6, &text, color, Align::Right);
    let mut x = right - text.width - 12.0;
    if recent.sign != 0 {
        marks::triangle(c, x - 14.0, y - 23.1, 1.075, -f32::from(recent.sign), color);
        x -= 28.0 + 16.0;
    }
    let (name, _) = c.fonts.fit_name(&recent.name, RECENT_NAME, 320.0);
    c.line(x, y - 4.9, &name, t.hi, Align::Right);
    x - name.width
}

/// Rules at the left, period and number of participants at the right; on portrait screens under each other.
pub fn footer(c: &mut Canvas, look: &Look, m: &ContestModel) {
    let t = look.theme;
    let lines = FooterLines::new(c.stage(), 1018.4, [1753.1, 1815.0]);
    let FooterLines { left, right, y: [y, low], stacked } = lines;
    c.layer("footer");
    c.group(0.0, 0.0, look.stays(if stacked { low } else { 1024.0 }), |c| {
        let (span, _) = c.fonts.fit_text(&m.span, FOOT, lines.room(0.5));
        let room = if stacked {
            c.line(left, low, &span, t.mid, Align::Left);
            right - left
        } else {
            c.line(right, y, &span, t.mid, Align::Right);
            right - left - span.width - 60.0
        };
        let fits = |c: &mut Canvas, text: &str| c.fonts.width(text, FOOT) <= room;
        // Where there is no prize to fill the duel, the format's words do.
        let said = m.picture == Picture::Upcoming && m.prizes.is_empty();
        let rules = &m.rules[..m.rules.len() - usize::from(said)];
        let rule = rules.iter().find(|rule| fits(c, rule)).or(rules.last());
        let (rule, _) = c.fonts.fit_text(rule.map_or("", String::as_str), FOOT, room);
        c.line(left, y, &rule, t.hi, Align::Left);
    });
}

/// The last minute: seconds in cells as high as three rows, which make room for it.
pub struct LastMinute {
    place: Option<(Rect, usize)>,
    /// 0 before, 1 when the rows are gone.
    there: f64,
    left_s: u64,
    at: Option<jiff::Timestamp>,
}

/// Whether the last minute runs, and how far it has made room.
pub fn last_minute(c: &mut Canvas, look: &Look, m: &ContestModel) -> LastMinute {
    let none = LastMinute { place: None, there: 0.0, left_s: 0, at: None };
    let (Some(at), Some(place)) = (m.ends, m.layout.last_minute()) else { return none };
    if m.picture != Picture::Duel || look.band >= Band::Warned || look.clock_unset {
        return none;
    }
    let begin = c.now().when_wall(at.as_microsecond() - LAST_S as i64 * 1_000_000);
    if !c.reached(begin) {
        return none;
    }
    let left_s = countdown::seconds_left(c, at);
    if left_s == 0 {
        return none;
    }
    let anim = Anim::new(0.0, 1.0, 0.0, begin, Curve::Ease(ROOM_S), 1e-3);
    let there = if look.screen.reduced_motion { 1.0 } else { c.sample(&anim) };
    LastMinute { place: Some(place), there, left_s, at: Some(at) }
}

impl LastMinute {
    /// Where rows end while the cells come in under them; none where those stand beside rows. Rows are cut there, not seen
    /// through: two that pass each other are never read at once.
    pub fn cut(&self, portrait: bool) -> Option<f32> {
        let (place, _) = self.place.filter(|_| portrait)?;
        Some(place.y1 + 8.0 - (place.height() + 8.0) * self.there as f32)
    }

    /// How much of a slot's row is still there.
    pub fn stays(&self, slot: usize, portrait: bool) -> f64 {
        match self.place {
            Some((_, first)) if slot >= first && !portrait => 1.0 - self.there,
            _ => 1.0,
        }
    }

    /// How much of a row is still there, by the left end and the top of its plate: what passes under the cells is gone too.
    pub fn stays_at(&self, Vec2 { x, y }: Vec2, portrait: bool) -> f64 {
        let Some((place, _)) = self.place.filter(|_| !portrait) else { return 1.0 };
        let beside = x >= place.x1 || x + place.width() <= place.x0;
        let under = ((y + PLATE).min(place.y1) - y.max(place.y0)).max(0.0) / PLATE;
        if beside { 1.0 } else { 1.0 - self.there * f64::from(under) }
    }

    pub fn paint(&self, c: &mut Canvas, look: &Look) {
        let (Some((place, _)), Some(at)) = (self.place, self.at) else { return };
        let [x, y, w, h] = place.xywh();
        let t = look.theme;
        let roll = countdown::rolled(c, look, at, self.left_s) as f32;
        let (cell_w, gap) = (196.0, 14.0);
        let bottom = y + h;
        c.group(0.0, 0.0, self.there * look.stays(bottom), |c| {
            let digits = |s: u64| format!("{s:02}").chars().collect::<Vec<char>>();
            let (now, was) = (digits(self.left_s), digits(self.left_s + 1));
            let left = x + (w - 2.0 * cell_w - gap) / 2.0;
            c.layer("last minute");
            for (i, digit) in now.iter().enumerate() {
                let place = Rect::sized(left + (cell_w + gap) * i as f32, y, cell_w, h);
                cells::flap(c, t, place.x0, y, cell_w, h);
                let turn = DigitTurn { was: was.get(i).copied(), digit: *digit, roll };
                countdown::flap_digit(c, look, place, BIG_DIGIT, turn);
            }
            let unit = look.locale.words().countdown_units[3];
            let letter = Style::new(84.0, Weight::Semi);
            c.text(left + 2.0 * (cell_w + gap), bottom - 36.0, unit, letter, t.mid, Align::Left);
            c.layer("last minute seams");
            for i in 0..2 {
                cells::seam(c, t, left + (cell_w + gap) * i as f32, y, cell_w, h);
            }
        });
    }
}

impl ContestModel {
    /// When it begins, as the floor says it.
    fn starts(&self, look: &Look) -> [String; 2] {
        let at = self.header.countdown.as_ref().map(|countdown| (look.clock)(countdown.at));
        at.map(|at| (look.locale.words().contest.starts)(&at)).unwrap_or_default()
    }
}
