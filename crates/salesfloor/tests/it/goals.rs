//! Goals: pace by working days, half days and holidays, clocks that change, people who come later.

use jiff::civil::date;
use salesfloor::facts::{Goal, Level, Scope, Shape};

use crate::small::{ANA, SOLD, Small, november};

fn goal(scope: Scope, target: i64, shape: Shape) -> Goal {
    let (start, end) = november();
    Goal { scope, metric: SOLD, start, end, level: Level::Must, target, shape }
}

#[test]
fn pace_counts_working_days_that_are_over() {
    let mut small = Small::new();
    // 21 working days; the first week with All Saints on a Sunday.
    small.add(SOLD, ANA, date(2026, 11, 3), 500_00);
    let of = goal(Scope::Company, 2_100_00, Shape::Workdays);
    let figure = small.at(date(2026, 11, 6).at(9, 0, 0, 0)).goal(&of);
    // 2 to 5 November are over, four of 21 days.
    assert_eq!((figure.value, figure.target, figure.pace), (Some(500.0), 2_100.0, 400.0));
    assert_eq!((figure.days_total, figure.days_left), (21.0, 17.0));
    let later = small.at(date(2026, 11, 6).at(23, 59, 59, 0)).goal(&of);
    assert_eq!(later.pace, figure.pace, "it does not creep during the day");
    assert_eq!(figure.today, Some(1_600.0 / 17.0));
    assert_eq!(figure.forecast, None, "four of 21 days are less than a fifth");
    let after_five = small.at(date(2026, 11, 9).at(9, 0, 0, 0)).goal(&of);
    assert_eq!(after_five.forecast, Some(500.0 * 21.0 / 5.0));
}

#[test]
fn a_holiday_and_a_half_day_count_for_what_they_are() {
    let mut small = Small::new();
    small.floor.calendar.days.insert(date(2026, 11, 3), 0.0);
    small.floor.calendar.days.insert(date(2026, 11, 4), 0.5);
    let figure = small.at(date(2026, 11, 6).at(9, 0, 0, 0)).goal(&goal(Scope::Company, 1_950_00, Shape::Workdays));
    // 2 and 5 whole, 4 half, of 19.5 days.
    assert_eq!((figure.pace, figure.days_total, figure.days_left), (250.0, 19.5, 17.0));
}

#[test]
fn a_linear_goal_follows_the_clock_over_changes_of_it() {
    let small = Small::new();
    let of = Goal { start: date(2026, 10, 25), end: date(2026, 10, 27), ..goal(Scope::Company, 49_00, Shape::Linear) };
    // 25 October has 25 hours, 26 October 24.
    let figure = small.at(date(2026, 10, 26).at(8, 0, 0, 0)).goal(&of);
    assert!((figure.pace - 25.0).abs() < 1e-9, "{}", figure.pace);
}

#[test]
fn weekdays_have_weights_and_steps_their_days() {
    let small = Small::new();
    let weights = Shape::Weekdays([0.0, 1.0, 1.0, 1.0, 2.0, 0.0, 0.0]);
    let now = date(2026, 11, 7).at(9, 0, 0, 0);
    // Tuesday to Thursday 3, Friday 2, of 4 × 5 and a Monday that counts nothing.
    assert_eq!(small.at(now).goal(&goal(Scope::Company, 2_000_00, weights)).pace, 500.0);
    let steps = Shape::Steps(vec![(date(2026, 11, 6), 300_00), (date(2026, 11, 20), 900_00)]);
    let of = goal(Scope::Company, 2_000_00, steps);
    assert_eq!(small.at(date(2026, 11, 6).at(9, 0, 0, 0)).goal(&of).pace, 0.0, "by the end of the 6th");
    assert_eq!(small.at(now).goal(&of).pace, 300.0);
}

#[test]
fn who_comes_within_the_period_has_a_part_of_the_target() {
    let mut small = Small::new();
    small.floor.people[0].started = Some(date(2026, 11, 16));
    let of = goal(Scope::Person(ANA), 2_100_00, Shape::Workdays);
    let figure = small.at(date(2026, 11, 18).at(9, 0, 0, 0)).goal(&of);
    // 11 of 21 working days are hers, two of them over.
    assert!((figure.target - 1_100.0).abs() < 1e-9 && (figure.pace - 200.0).abs() < 1e-9, "{figure:?}");
    assert!((figure.here - 11.0 / 21.0).abs() < 1e-9);
}

#[test]
fn before_and_after_the_period() {
    let mut small = Small::new();
    small.add(SOLD, ANA, date(2026, 11, 30), 3_000_00);
    let of = goal(Scope::Company, 2_100_00, Shape::Workdays);
    let before = small.at(date(2026, 10, 30).at(9, 0, 0, 0)).goal(&of);
    assert_eq!((before.value, before.pace, before.forecast), (Some(0.0), 0.0, None), "what lies ahead does not count");
    let after = small.at(date(2026, 12, 2).at(9, 0, 0, 0)).goal(&of);
    assert_eq!((after.value, after.pace, after.today, after.reached), (Some(3_000.0), 2_100.0, None, true));
}
