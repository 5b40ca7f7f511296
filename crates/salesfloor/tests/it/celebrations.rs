//! Celebrations: one for each cause, none of imports, of old facts, of corrections, of hidden people.

use jiff::SignedDuration;
use jiff::civil::date;
use salesfloor::facts::{Activity, Goal, Level, PersonId, Scope, Shape, Shown};
use salesfloor::figures::{Arrival, Cause, Celebration, Figures, Rules};

use crate::small::{ANA, BEN, CLEO, SOLD, Small, at, november};

fn rules() -> Rules {
    Rules {
        since: at(date(2026, 11, 1).at(0, 0, 0, 0)),
        deal_min: Some(500_00),
        goals: true,
        leader: true,
        first_deal: true,
        best: true,
    }
}

fn floor() -> Small {
    let mut small = Small::new();
    small.floor.sales = Some(SOLD);
    let (start, end) = november();
    small.floor.goals.push(Goal {
        scope: Scope::Company,
        metric: SOLD,
        start,
        end,
        level: Level::Must,
        target: 2_000_00,
        shape: Shape::Workdays,
    });
    small.add(SOLD, ANA, date(2026, 10, 5), 700_00);
    small.add(SOLD, ANA, date(2026, 11, 3), 400_00);
    small.add(SOLD, BEN, date(2026, 11, 4), 600_00);
    small
}

fn deal(key: &str, person: PersonId, ago: SignedDuration, amount: i64) -> Activity {
    let at = at(date(2026, 11, 20).at(15, 0, 0, 0)) - ago;
    Activity { key: key.into(), metric: SOLD, person: Some(person), at, amount, label: None }
}

fn after(small: &Small, new: &[Activity], arrival: Arrival, rules: &Rules) -> Vec<Celebration> {
    let mut ledger = small.ledger.clone();
    new.iter().for_each(|fact| ledger.add(fact.clone()));
    let figures = Figures { ledger: &ledger, ..small.at(date(2026, 11, 20).at(15, 0, 0, 0)) };
    figures.celebrations(&small.ledger, new, arrival, rules)
}

fn causes(all: &[Celebration]) -> Vec<(Cause, Scope)> {
    all.iter().map(|one| (one.cause, one.who)).collect()
}

#[test]
fn one_deal_may_be_several_causes_and_each_is_told_once() {
    let small = floor();
    let minute = SignedDuration::from_mins(1);
    let new = [deal("a", ANA, minute, 1_000_00)];
    let all = after(&small, &new, Arrival::Live, &rules());
    let ana = Scope::Person(ANA);
    let expected =
        [(Cause::Deal, ana), (Cause::Best, ana), (Cause::Goal(Level::Must), Scope::Company), (Cause::Leader, ana)];
    assert_eq!(causes(&all), expected);
    assert_eq!(all[2].value.as_f64(), 2_000.0);
    let mut ids: Vec<&str> = all.iter().map(|one| one.id.as_str()).collect();
    ids.dedup();
    assert_eq!(ids.len(), 4, "{ids:?}");
    let first = after(&small, &[deal("b", CLEO, minute, 1_00)], Arrival::Live, &rules());
    assert_eq!(causes(&first), [(Cause::FirstDeal, Scope::Person(CLEO))]);
}

#[test]
fn nothing_is_celebrated_of_imports_of_old_facts_and_of_facts_before_the_rule() {
    let small = floor();
    let minutes = SignedDuration::from_mins;
    let new = |ago| [deal("a", ANA, ago, 1_000_00)];
    assert_eq!(after(&small, &new(minutes(1)), Arrival::Import, &rules()), []);
    assert_eq!(after(&small, &new(minutes(16)), Arrival::Live, &rules()), []);
    assert_eq!(after(&small, &new(minutes(-5)), Arrival::Live, &rules()), [], "what lies ahead has not happened");
    let later = Rules { since: at(date(2026, 11, 20).at(14, 59, 30, 0)), ..rules() };
    assert_eq!(after(&small, &new(minutes(1)), Arrival::Live, &later), []);
    assert_eq!(after(&small, &new(minutes(14)), Arrival::Live, &rules()).len(), 4);
}

#[test]
fn a_correction_is_no_second_deal_and_hidden_people_are_not_celebrated() {
    let mut small = floor();
    let minute = SignedDuration::from_mins(1);
    small.ledger.add(deal("a", ANA, minute, 900_00));
    let corrected = [deal("a", ANA, minute, 950_00)];
    assert_eq!(after(&small, &corrected, Arrival::Live, &rules()), []);
    let mut hidden = floor();
    hidden.floor.people[ANA.0 as usize].shown = Shown::Hidden;
    let all = after(&hidden, &[deal("a", ANA, minute, 1_000_00)], Arrival::Live, &rules());
    assert_eq!(causes(&all), [(Cause::Goal(Level::Must), Scope::Company)]);
}
