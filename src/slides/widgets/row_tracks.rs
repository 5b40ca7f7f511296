//! Moves rows that pass each other (DESIGN 5, staged FLIP): figures roll, risers are lifted, then all move.

use crate::motion::{Anim, Curve, Time, Track};
use crate::scene::Canvas;
use crate::slides::context::Look;
use crate::slides::widgets::digits::Odometer;
use crate::slides::widgets::enter;
use crate::slides::widgets::marks::Chip;
use crate::theme::spring;

/// Values roll first; then risers are lifted; then all move. In seconds after the start of a pass.
pub const LIFT_S: f64 = 0.6;
pub const MOVE_S: f64 = 0.75;
/// A lift stays so long after the arrival.
const STAY_S: f64 = 6.0;
/// Changes within this time of a pass's start form the next one.
pub const NEXT_S: f64 = 2.0;
/// Lifted rows per pass, largest gain first.
const MAX_LIFTED: usize = 4;
/// With reduced motion a row that changed its place fades in there.
const FADE_S: f64 = 0.22;
/// What a row that leaves has gained: it lies behind all others.
const LEAVES: i64 = -99;

/// What motion has to know of a row.
pub(crate) trait Row: Clone + PartialEq {
    /// Slot, 0 first.
    fn slot(&self) -> usize;
    fn value(&self) -> Option<f64>;
    fn value_text(&self) -> &str;
    /// Gap to the next row, or to the goal.
    fn gap(&self) -> &str;
}

/// A row on its way; `P` says where it is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RowTracks<R, P> {
    /// What it says at the end.
    pub row: R,
    /// What it said before; the same at rest.
    pub was: R,
    pub at: P,
    /// 0 flat, 1 lifted.
    pub lift: Track,
    pub value: Odometer,
    pub gap: Odometer,
    /// Chip before and after the arrival.
    pub chip: [Chip; 2],
    /// Size of the chip after the arrival.
    pop: Track,
    /// Places gained in this pass; negative: lost.
    pub gained: i64,
    /// Whether it leaves the wall.
    pub leaving: bool,
}

impl<R: Row, P: Clone> RowTracks<R, P> {
    /// A row at rest, or about to come in.
    pub fn still(row: &R, at: P, chip: Chip) -> RowTracks<R, P> {
        RowTracks {
            at,
            lift: Track::still(0.0),
            value: Odometer::still(row.value_text()),
            gap: Odometer::still(row.gap()),
            chip: [chip; 2],
            pop: Track::still(1.0),
            gained: 0,
            leaving: false,
            was: row.clone(),
            row: row.clone(),
        }
    }

    /// The same row on a newer board: its value rolls from `start` on, where it is and its gap are the caller's.
    pub fn toward(&self, row: &R, chip: Chip, start: Time, figures: Curve) -> RowTracks<R, P> {
        // A change that nobody would see roll is swapped (DESIGN 5: below 0.1 % of the value).
        let small = match (self.row.value(), row.value()) {
            (Some(a), Some(b)) => (b - a).abs() < 0.001 * a.abs().max(b.abs()),
            _ => true,
        };
        let roll = if small { Curve::Cut } else { figures };
        let gained = self.row.slot() as i64 - row.slot() as i64;
        let shown = self.chip[1];
        // What the source says wins; else what this wall saw itself; else what it showed before.
        let next = match (chip, gained) {
            (Chip::None, 0) => shown,
            (Chip::None, n) => Chip::gained(Some(n)),
            (said, _) => said,
        };
        RowTracks {
            value: self.value.roll(row.value_text(), start, roll),
            chip: [shown, next],
            was: self.row.clone(),
            row: row.clone(),
            gained,
            ..self.clone()
        }
    }

    /// The same row on its way out.
    pub fn leaving(&self) -> RowTracks<R, P> {
        RowTracks { was: self.row.clone(), gained: LEAVES, leaving: true, ..self.clone() }
    }

    /// Whether it has arrived, so that what belongs to the new order may be said.
    pub fn arrived(&self, c: &mut Canvas, arrive: Option<Time>) -> bool {
        self.row == self.was || arrive.is_none_or(|at| c.reached(at))
    }

    /// The chip now, and its size.
    pub fn chip(&self, c: &mut Canvas, arrived: bool) -> (Chip, f32) {
        let [before, after] = self.chip;
        match arrived {
            true if before != after => (after, c.sample_track(&self.pop) as f32),
            true => (after, 1.0),
            false => (before, 1.0),
        }
    }

    /// Fade and rise of its entrance in this place of the page, counted from the top.
    pub fn entrance(&self, c: &mut Canvas, look: &Look, start: Option<Time>, place: usize) -> (f64, f64) {
        let (mut fade, rise) = enter::fade_and_rise(c, look, enter::STEP_S * place as f64);
        if let Some(start) = start.filter(|_| look.screen.reduced_motion && self.gained != 0) {
            fade *= c.sample(&Anim::new(0.0, 1.0, 0.0, start, Curve::Ease(FADE_S), 1e-3));
        }
        (fade, rise)
    }
}

/// Lifts those who gained most, from before they move until some time after they `arrive`, and lets chips that change
/// pop up then.
pub(crate) fn lift<R: Row, P>(rows: &mut [RowTracks<R, P>], start: Time, arrive: Time, reduced: bool) {
    let curve = |s| spring::curve(s, reduced);
    let mut lifted: Vec<usize> = (0..rows.len()).filter(|&i| rows[i].gained > 0 && !rows[i].leaving).collect();
    lifted.sort_by_key(|&i| std::cmp::Reverse(rows[i].gained));
    lifted.truncate(MAX_LIFTED);
    for (i, row) in rows.iter_mut().enumerate() {
        if lifted.contains(&i) && !reduced {
            row.lift = row.lift.then(1.0, start.after(LIFT_S), curve(spring::POP), 2e-3);
            row.lift = row.lift.then(0.0, arrive.after(STAY_S), curve(spring::MOVE), 2e-3);
        } else {
            // What was lifted by the pass before is no news any more.
            row.lift = row.lift.then(0.0, start, curve(spring::MOVE), 2e-3);
        }
        if row.chip[0] != row.chip[1] {
            row.pop = Track::still(0.0).then(1.0, arrive, curve(spring::POP), 2e-3);
        }
    }
}
