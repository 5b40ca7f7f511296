//! Times the race: which day its clock shows, and how far rows have given way and come back.

use super::model::RaceModel;
use crate::motion::{Anim, Curve, Time};
use crate::scene::Canvas;

/// Figures go, rows line up for the first day, the clock runs, ribbons become rows, figures come back: in seconds from the
/// start.
const GOES_S: f64 = 0.35;
const LINES_UP: [f64; 2] = [0.35, 0.4];
const RUNS_S: f64 = 0.8;
pub const ENDS_S: f64 = 6.5;
const GROWS_S: f64 = 0.5;
const FIGURES: [f64; 2] = [7.1, 0.7];
/// At a change of the lead the clock stands still; at the last ones, where there are many.
pub const STANDS_S: f64 = 0.4;
const MOST_STOPS: usize = 6;

/// One instant of the race.
pub struct Moment {
    /// Which day it is: whole at the end of a day, counted from 0.
    pub day: f64,
    /// How far the rows have their figures, from 0 to 1.
    pub figures: f64,
    /// How far the rows have their whole width.
    pub open: f64,
    /// How far the rows are in the lanes of the first day, and not in those of today; 1 from the start of the clock on.
    pub lined_up: f64,
    /// Index of the change of the lead that was told last, and how far its flag has come in.
    pub change: Option<(usize, f64)>,
}

impl Moment {
    /// The canvas's instant of a race that began at `start`.
    pub fn at(c: &mut Canvas, start: Time, race: &RaceModel) -> Moment {
        let rise = |c: &mut Canvas, [from, length]: [f64; 2]| {
            c.sample(&Anim::new(0.0, 1.0, 0.0, start.after(from), Curve::Ease(length), 1e-3))
        };
        // The clock runs evenly, frame by frame.
        c.sample(&Anim::new(0.0, 1.0, 0.0, start, Curve::Ease(ENDS_S), 0.0));
        let at_s = c.now().t.since(start);
        let goes = rise(c, [0.0, GOES_S]);
        let comes = rise(c, FIGURES);
        let [narrow, wide] = [LINES_UP, [ENDS_S, GROWS_S]].map(|span| rise(c, span));
        let told = reached(race, at_s);
        Moment {
            day: day_at(race, at_s),
            figures: (1.0 - goes).max(comes),
            open: (1.0 - narrow).max(wide),
            lined_up: rise(c, LINES_UP),
            change: told.map(|(i, since_s)| (i, (since_s / 0.25).clamp(0.0, 1.0))),
        }
    }
}

/// Days at which the clock stands still.
fn stops(race: &RaceModel) -> impl Iterator<Item = usize> {
    race.changes.iter().rev().take(MOST_STOPS).rev().map(|change| change.day)
}

/// How long one day takes.
fn pace_s(race: &RaceModel) -> f64 {
    let days = race.days.len().saturating_sub(1).max(1) as f64;
    (ENDS_S - RUNS_S - STANDS_S * stops(race).count() as f64) / days
}

/// When the clock comes to the end of a day.
fn comes_to_s(race: &RaceModel, day: usize) -> f64 {
    RUNS_S + pace_s(race) * day as f64 + STANDS_S * stops(race).filter(|stop| *stop < day).count() as f64
}

fn day_at(race: &RaceModel, at_s: f64) -> f64 {
    let last = race.days.len().saturating_sub(1);
    let next = (0..=last).find(|day| comes_to_s(race, *day) > at_s);
    match next {
        None => last as f64,
        Some(0) => 0.0,
        Some(day) => day as f64 - ((comes_to_s(race, day) - at_s) / pace_s(race)).min(1.0),
    }
}

/// The last change to which the clock has come, and for how long it has been told.
fn reached(race: &RaceModel, at_s: f64) -> Option<(usize, f64)> {
    let told = race.changes.iter().enumerate().rev();
    told.map(|(i, change)| (i, at_s - comes_to_s(race, change.day))).find(|(_, since_s)| *since_s >= 0.0)
}

#[cfg(test)]
mod tests {
    use super::super::model::Change;
    use super::*;

    fn race(days: usize, changes: &[usize]) -> RaceModel {
        let change = |day: &usize| Change { day: *day, name: "ANA".into() };
        RaceModel {
            title: "RACE".into(),
            days: (0..days).map(|day| day.to_string()).collect(),
            lanes: Vec::new(),
            climber: None,
            changes: changes.iter().map(change).collect(),
        }
    }

    #[test]
    fn the_clock_goes_forward_stands_at_each_change_and_ends_in_time() {
        for (days, changes) in [(5, vec![]), (17, vec![3, 4, 16]), (40, (1..40).collect::<Vec<usize>>())] {
            let race = race(days, &changes);
            let at: Vec<f64> = (0..800).map(|i| day_at(&race, f64::from(i) / 100.0)).collect();
            assert!(at.windows(2).all(|pair| pair[0] <= pair[1]), "{days}");
            assert_eq!((at[0], at[650]), (0.0, (days - 1) as f64));
            for day in stops(&race) {
                let stands = at.iter().filter(|at| (**at - day as f64).abs() < 1e-6).count();
                assert!((39..=42).contains(&stands) || day + 1 == days, "{stands} at {day} of {days}");
            }
        }
        assert_eq!(reached(&race(17, &[3, 16]), 6.5).map(|(i, _)| i), Some(1));
        assert_eq!(reached(&race(17, &[3, 16]), 0.9), None);
    }
}
