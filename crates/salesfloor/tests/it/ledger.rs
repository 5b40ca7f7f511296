//! The ledger: corrections, edges of days, facts without a person.

use jiff::civil::date;
use salesfloor::facts::{Activity, Membership, Scope};
use salesfloor::figures::Numbering;
use salesfloor::period::{Days, Span};

use crate::small::{ANA, BEN, NORTH, SOLD, SOUTH, Small, at, noon};

const NOVEMBER: Days = Days { start: date(2026, 11, 1), end: date(2026, 12, 1) };

#[test]
fn the_same_key_again_corrects_a_fact() {
    let mut small = Small::new();
    let key = small.add(SOLD, ANA, date(2026, 11, 3), 100_00);
    let corrected =
        Activity { key, metric: SOLD, person: Some(BEN), at: noon(date(2026, 11, 4)), amount: 70_00, label: None };
    small.ledger.add(corrected);
    let figures = small.at(date(2026, 11, 20).at(9, 0, 0, 0));
    let value = |who| figures.value(SOLD, who, figures.span(NOVEMBER)).unwrap().as_f64();
    assert_eq!([value(Scope::Person(ANA)), value(Scope::Person(BEN)), value(Scope::Company)], [0.0, 70.0, 70.0]);
    assert_eq!(small.ledger.len(), 1);
}

#[test]
fn a_fact_belongs_to_the_day_of_the_floor_and_to_the_team_of_that_day() {
    let mut small = Small::new();
    let moved = |team, since, until| Membership { team, since, until };
    let day = date(2026, 11, 16);
    small.floor.people[0].memberships = vec![moved(NORTH, None, Some(day)), moved(SOUTH, Some(day), None)];
    small.add_at(SOLD, Some(ANA), at(date(2026, 11, 15).at(23, 59, 59, 0)), 1_00);
    small.add_at(SOLD, Some(ANA), at(day.at(0, 0, 0, 0)), 2_00);
    let figures = small.at(date(2026, 11, 20).at(9, 0, 0, 0));
    let teams = figures.teams(SOLD, figures.span(NOVEMBER), Numbering::Competition);
    let teams: Vec<_> = teams.iter().map(|row| (row.who, row.value.unwrap().as_f64(), row.place)).collect();
    assert_eq!(teams, [(Scope::Team(SOUTH), 2.0, Some(1)), (Scope::Team(NORTH), 1.0, Some(2))]);
}

#[test]
fn a_fact_without_a_person_counts_for_the_company_only() {
    let mut small = Small::new();
    small.add_at(SOLD, None, noon(date(2026, 11, 3)), 5_00);
    let figures = small.at(date(2026, 11, 20).at(9, 0, 0, 0));
    let span = figures.span(NOVEMBER);
    assert_eq!(figures.value(SOLD, Scope::Company, span).unwrap().as_f64(), 5.0);
    assert!(figures.people(SOLD, span, Numbering::Competition).iter().all(|row| row.value.unwrap().is_zero()));
    let why = figures.why(SOLD, Scope::Company, span);
    assert_eq!((why.formula.as_str(), why.facts.len()), ("sold: sum of 1 fact = 5", 1));
}

#[test]
fn a_span_within_a_day_takes_its_facts_only() {
    let mut small = Small::new();
    for hour in [8, 9, 10] {
        small.add_at(SOLD, Some(ANA), at(date(2026, 11, 3).at(hour, 0, 0, 0)), 100);
    }
    let figures = small.at(date(2026, 11, 20).at(9, 0, 0, 0));
    let span = Span { start: at(date(2026, 11, 3).at(9, 0, 0, 0)), end: at(date(2026, 11, 3).at(10, 0, 0, 0)) };
    assert_eq!(figures.value(SOLD, Scope::Person(ANA), span).unwrap().as_f64(), 1.0);
}

#[test]
fn ties_share_a_place_in_both_numberings() {
    let mut small = Small::new();
    small.add(SOLD, ANA, date(2026, 11, 3), 10_00);
    small.add(SOLD, BEN, date(2026, 11, 3), 10_00);
    let figures = small.at(date(2026, 11, 20).at(9, 0, 0, 0));
    let places = |numbering| -> Vec<Option<u32>> {
        figures.people(SOLD, figures.span(NOVEMBER), numbering).iter().map(|row| row.place).collect()
    };
    assert_eq!(places(Numbering::Competition), [Some(1), Some(1), Some(3)]);
    assert_eq!(places(Numbering::Dense), [Some(1), Some(1), Some(2)]);
}
