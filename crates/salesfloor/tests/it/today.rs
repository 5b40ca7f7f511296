//! Today: what is left is shared over the days left, and does not shrink while it is being done.

use jiff::ToSpan as _;
use jiff::civil::date;
use salesfloor::facts::{Scope, Scorecard, ScorecardLine};
use salesfloor::period::PeriodKind;

use crate::small::{ANA, BEN, CALLS, Small, at};

fn card() -> Scorecard {
    let line = ScorecardLine { metric: CALLS, weight: 1, cap: None, target: Some(210), per: PeriodKind::Month };
    Scorecard { title: "Month".into(), team: None, period: PeriodKind::Month, lines: vec![line] }
}

#[test]
fn what_is_expected_today_does_not_shrink_while_it_is_done() {
    let mut small = Small::new();
    // 210 calls in 21 working days; on Monday 16 November ten are over and 89 are done, so 121 are left for 11 days.
    small.add(CALLS, ANA, date(2026, 11, 3), 89);
    let monday = date(2026, 11, 16);
    let today = |small: &Small| small.at(monday.at(14, 0, 0, 0)).today_of(&card(), Scope::Person(ANA)).remove(0);
    let before = today(&small);
    assert_eq!((before.done, before.expected, before.reached), (0.0, Some(11.0), None));
    assert_eq!(before.ahead, Some(89.0 - 100.0));
    // 11 behind of 210, on a card with one line.
    let need = small.at(monday.at(14, 0, 0, 0)).need(&card(), &[before]);
    assert!((need - 11.0 / 210.0 * 100.0).abs() < 1e-9, "{need}");
    small.add(CALLS, ANA, monday, 11);
    let after = today(&small);
    assert_eq!((after.done, after.expected), (11.0, Some(11.0)));
    assert!(after.is_reached() && after.reached == Some(at(monday.at(12, 0, 0, 0))), "{after:?}");
}

#[test]
fn nobody_is_expected_to_work_on_a_sunday() {
    let small = Small::new();
    let sunday = small.at(date(2026, 11, 15).at(14, 0, 0, 0)).today_of(&card(), Scope::Person(ANA)).remove(0);
    assert_eq!((sunday.expected, sunday.usual), (None, None));
}

#[test]
fn what_is_usual_by_now_needs_ten_days_of_the_whole_floor() {
    let mut small = Small::new();
    let monday = date(2026, 11, 16);
    let share = |small: &mut Small, days: i64| {
        for back in 0..days {
            // One at noon and three in the evening, by two people.
            let day = date(2026, 11, 13).checked_sub(back.days()).unwrap();
            small.add(CALLS, ANA, day, 1);
            small.add_at(CALLS, Some(BEN), at(day.at(18, 0, 0, 0)), 3);
        }
        small.at(monday.at(14, 40, 0, 0)).usual_share(CALLS)
    };
    assert_eq!(share(&mut small, 11), None, "eleven days, of which nine are working days");
    assert_eq!(share(&mut small, 14), Some(0.25));
}

#[test]
fn a_target_that_was_complete_before_today_expects_nothing_and_is_not_reached_again() {
    let mut small = Small::new();
    small.add(CALLS, ANA, date(2026, 11, 3), 210);
    let monday = date(2026, 11, 16);
    small.add(CALLS, ANA, monday, 2);
    let today = small.at(monday.at(14, 0, 0, 0)).today_of(&card(), Scope::Person(ANA)).remove(0);
    assert!(today.complete && !today.is_reached(), "{today:?}");
    assert_eq!((today.done, today.expected, today.reached, today.missing()), (2.0, None, None, Some(0.0)));
}
