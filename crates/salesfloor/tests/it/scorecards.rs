//! Scorecards: targets over the working days of a period, scores that miss nothing.

use jiff::civil::date;
use salesfloor::facts::{Scope, Scorecard, ScorecardLine};
use salesfloor::period::PeriodKind;

use crate::small::{ANA, BEN, CALLS, CLEO, NORTH, SOLD, Small};

fn card() -> Scorecard {
    let line = |metric, weight, target, per| ScorecardLine { metric, weight, cap: None, target: Some(target), per };
    Scorecard {
        title: "This week".into(),
        team: None,
        period: PeriodKind::Week,
        lines: vec![line(CALLS, 60, 10, PeriodKind::Day), line(SOLD, 40, 4_000_00, PeriodKind::Month)],
    }
}

#[test]
fn a_target_per_day_grows_with_the_working_days_of_the_period() {
    let mut small = Small::new();
    small.add(CALLS, ANA, date(2026, 11, 3), 25);
    let figures = small.at(date(2026, 11, 5).at(9, 0, 0, 0));
    let own = figures.card(&card(), Scope::Person(ANA));
    let calls = own.cells[0];
    assert_eq!((calls.value, calls.target, calls.pace), (Some(25.0), Some(50.0), Some(30.0)));
    assert_eq!(calls.today, Some(12.5), "25 left on Thursday and Friday");
    // A month of 21 working days, of which the week has 5.
    assert!((own.cells[1].target.unwrap() - 4_000.0 * 5.0 / 21.0).abs() < 1e-9);
    let team = figures.card(&card(), Scope::Team(NORTH));
    assert_eq!(team.cells[0].target, Some(100.0), "two people");
    assert_eq!(figures.card(&card(), Scope::Company).cells[0].target, Some(150.0));
}

#[test]
fn a_score_weighs_attainment_and_a_missing_line_makes_none() {
    let mut small = Small::new();
    small.add(CALLS, ANA, date(2026, 11, 3), 100);
    small.add(SOLD, ANA, date(2026, 11, 3), 1_000_00);
    let mut card = card();
    card.lines[1] = ScorecardLine { target: Some(1_000_00), per: PeriodKind::Week, ..card.lines[1].clone() };
    let now = date(2026, 11, 5).at(9, 0, 0, 0);
    assert_eq!(small.at(now).card(&card, Scope::Person(ANA)).score, Some(0.6 * 200.0 + 0.4 * 100.0));
    card.lines[0].cap = Some(1.5);
    assert_eq!(small.at(now).card(&card, Scope::Person(ANA)).score, Some(0.6 * 150.0 + 0.4 * 100.0));
    assert_eq!(small.at(now).card(&card, Scope::Person(BEN)).score, Some(0.0), "no calls are 0 calls");
    card.lines[0].target = None;
    assert_eq!(small.at(now).card(&card, Scope::Person(ANA)).score, None);
    card.lines[0].weight = 0;
    assert_eq!(small.at(now).card(&card, Scope::Person(ANA)).score, Some(100.0), "what has no weight is not missed");
}

#[test]
fn needs_are_weighted_gaps_and_means_want_enough_people() {
    let mut small = Small::new();
    small.add(CALLS, ANA, date(2026, 11, 3), 30);
    small.add(CALLS, BEN, date(2026, 11, 3), 15);
    small.add(SOLD, ANA, date(2026, 11, 3), 2_000_00);
    let figures = small.at(date(2026, 11, 5).at(9, 0, 0, 0));
    let needs = figures.needs(&card());
    let first: Vec<_> = needs.iter().map(|need| (need.person, need.line, need.n)).collect();
    assert_eq!(first[..2], [(CLEO, 0, 1), (BEN, 1, 2)], "{needs:?}");
    assert!(needs.iter().all(|need| need.person != ANA));
    assert_eq!(figures.team_means(&card(), NORTH), [None, None], "two people make no mean");
}
