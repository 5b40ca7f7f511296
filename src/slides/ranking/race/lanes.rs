//! Draws the ribbons of the race: the place of each row by day, from left to right.

use super::clock::Moment;
use super::model::RaceModel;
use super::{AFTER_NAME, BEFORE_NAME};
use crate::scene::{Canvas, Color, SLANT, Vec2, vec2};
use crate::slides::ranking::layout::Layout;
use crate::theme::Theme;

/// Widths of the leader's ribbon, the best climber's, and all others', in units.
const WIDTHS: [f32; 3] = [12.0, 9.0, 6.0];
/// Length of a piece of a ribbon, in units, and how many pieces lie between two days.
const PIECE: f32 = 9.0;
const PIECES: [usize; 2] = [4, 14];
/// From the rank plates to the first day.
const FIRST: f32 = 34.0;
/// Ribbons take at least this width; longer names are shortened while they run.
const SHORTEST: f32 = 300.0;
/// Alpha of what is not blended twice: a ribbon is many pieces, which would each wait for those behind them if they were
/// opaque.
const ALMOST: f64 = 0.996;

/// Where rows and their ribbons are at one instant.
pub struct Lanes<'a> {
    l: &'a Layout,
    race: &'a RaceModel,
    moment: &'a Moment,
    /// Where the first and the last day stand.
    x: [f32; 2],
}

impl<'a> Lanes<'a> {
    /// `names`: width of the longest name.
    pub fn new(l: &'a Layout, race: &'a RaceModel, moment: &'a Moment, names: f32) -> Lanes<'a> {
        let first = l.x[0] + l.rank_w + FIRST;
        let last = (l.x[1] - names.min(l.name_w) - BEFORE_NAME - AFTER_NAME).max(first + SHORTEST);
        Lanes { l, race, moment, x: [first, last] }
    }

    /// Where the clock's day stands.
    fn front(&self) -> f32 {
        self.x_of(self.moment.day)
    }

    fn x_of(&self, day: f64) -> f32 {
        let days = self.race.days.len().saturating_sub(1).max(1) as f64;
        self.x[0] + (self.x[1] - self.x[0]) * (day / days) as f32
    }

    /// Left end of the rows' bottom line.
    pub fn left(&self) -> f32 {
        self.mix(self.front(), self.l.x[0])
    }

    /// Left end of the names.
    pub fn name_x(&self) -> f32 {
        self.mix(self.front() + self.l.plate * SLANT + BEFORE_NAME, self.l.name_x)
    }

    fn mix(&self, narrow: f32, wide: f32) -> f32 {
        narrow + (wide - narrow) * self.moment.open as f32
    }

    /// The lane of a row now, fractional between two.
    pub fn lane(&self, slot: usize) -> f64 {
        let today = slot as f64;
        let then = self.lane_on(slot, self.moment.day);
        today + (then - today) * self.moment.lined_up
    }

    pub fn is_between(&self, slot: usize) -> bool {
        (self.lane(slot) - self.lane(slot).round()).abs() > 1e-3
    }

    /// The lane on a day; those without a place wait under the last one.
    fn lane_on(&self, slot: usize, day: f64) -> f64 {
        // Who has no place today has no way to it.
        if self.race.lanes.get(slot).is_none_or(|lanes| lanes.last().is_none_or(Option::is_none)) {
            return slot as f64;
        }
        let last = self.race.days.len().saturating_sub(1);
        let at = |day: usize| {
            let lane = self.race.lanes.get(slot).and_then(|lanes| *lanes.get(day)?);
            lane.map_or(self.below(), f64::from).min(self.below())
        };
        let slope = |day: usize| match day {
            0 => 0.0,
            day if day >= last => 0.0,
            day => slope(at(day) - at(day - 1), at(day + 1) - at(day)),
        };
        let from = (day.floor() as usize).min(last);
        let to = (from + 1).min(last);
        between([at(from), at(to)], [slope(from), slope(to)], day - from as f64)
    }

    fn below(&self) -> f64 {
        f64::from((self.l.bottom - self.l.top) / self.l.pitch) + 0.3
    }

    /// Paints the ribbons: the leader's in front, the best climber's under it, then all others.
    pub fn paint(&self, c: &mut Canvas, t: &Theme) {
        if self.moment.open >= 1.0 {
            return;
        }
        let slots = (0..self.race.lanes.len()).rev();
        let is_bold = |slot: &usize| *slot == 0 || Some(*slot) == self.race.climber;
        let (bold, rest): (Vec<usize>, Vec<usize>) = slots.partition(is_bold);
        for slot in rest {
            self.ribbon(c, slot, WIDTHS[2], t.hi.fade(0.25));
        }
        for slot in bold {
            let (width, ink) = if slot == 0 { (WIDTHS[0], t.accent) } else { (WIDTHS[1], t.hi) };
            self.ribbon(c, slot, width, ink.fade(ALMOST));
        }
    }

    fn ribbon(&self, c: &mut Canvas, slot: usize, width: f32, ink: Color) {
        let Some(first) = self.race.lanes[slot].iter().position(Option::is_some) else { return };
        let now = self.moment.day;
        if (first as f64) >= now {
            return;
        }
        let point = |day: f64| {
            let y = self.l.slot_y(self.lane_on(slot, day)) as f32 + self.l.plate / 2.0;
            vec2(self.x_of(day), y)
        };
        let mut points: Vec<Vec2> = vec![point(first as f64)];
        for day in first..now.ceil() as usize {
            let end = ((day + 1) as f64).min(now);
            let [a, b] = [day, day + 1].map(|day| point(day as f64));
            let pieces = if a.y == b.y { 1 } else { (((b - a).length() / PIECE) as usize).clamp(PIECES[0], PIECES[1]) };
            for piece in 1..=pieces {
                // Closer to each other at the days, where a way turns.
                let part = (1.0 - (std::f64::consts::PI * piece as f64 / pieces as f64).cos()) / 2.0;
                let at = day as f64 + part;
                points.push(point(at.min(end)));
                if at >= end {
                    break;
                }
            }
        }
        // Where nobody passes, days in a row are one piece.
        let flat: Vec<Vec2> = points
            .iter()
            .enumerate()
            .filter(|(i, p)| *i == 0 || *i + 1 == points.len() || points[i - 1].y != p.y || points[i + 1].y != p.y)
            .map(|(_, p)| *p)
            .collect();
        // Under the plate that stands at its end.
        let end = point(now) + vec2(self.l.plate * SLANT, 0.0);
        let points: Vec<Vec2> = flat.into_iter().chain([end]).collect();
        c.ribbon(&points, width, false, ink);
    }
}

/// The slope at a day between the steps before and after it: level where a way turns, and never so steep that it leaves
/// the lanes of its days.
fn slope(before: f64, after: f64) -> f64 {
    if before * after <= 0.0 { 0.0 } else { 2.0 * before * after / (before + after) }
}

/// A cubic from one lane to another, with the slopes that it has there.
fn between([a, b]: [f64; 2], [slope_a, slope_b]: [f64; 2], part: f64) -> f64 {
    let left = 1.0 - part;
    let eased = part * part * (3.0 - 2.0 * part);
    a + (b - a) * eased + part * left * (left * slope_a - part * slope_b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_has_no_corner_at_a_day_and_stays_between_its_lanes() {
        for lanes in [[0.0, 3.0, 4.0], [5.0, 1.0, 0.0], [2.0, 7.0, 1.0], [4.0, 4.0, 9.0], [1.0, 2.0, 3.0]] {
            let middle = slope(lanes[1] - lanes[0], lanes[2] - lanes[1]);
            let [first, second] = [0, 1].map(|i| {
                let slopes = if i == 0 { [0.0, middle] } else { [middle, 0.0] };
                let pair = [lanes[i], lanes[i + 1]];
                let at: Vec<f64> = (0..=1000).map(|n| between(pair, slopes, f64::from(n) / 1000.0)).collect();
                assert_eq!([at[0], at[1000]], pair);
                let up = (pair[1] - pair[0]).signum();
                assert!(at.windows(2).all(|p| (p[1] - p[0]) * up >= -1e-9), "{lanes:?}");
                at
            });
            let turn = (first[1000] - first[999]) - (second[1] - second[0]);
            assert!(turn.abs() < 1e-4, "{lanes:?}: {turn}");
        }
    }
}
