//! Ramps tick by themselves; conversions, records and anniversaries follow from facts.

use jiff::civil::date;
use salesfloor::board::{Labels, Writer};
use salesfloor::facts::{Ramp, RampPlan, RampStage, Scope, Shown};
use salesfloor::figures::{Occasion, StageState};
use salesfloor::period::{Days, PeriodKind};

use crate::small::{ANA, BEN, CALLS, CLEO, SOLD, Small};

#[test]
fn a_stage_is_done_on_the_day_on_which_its_facts_say_so() {
    let mut small = Small::new();
    let stage = |label: &str, due_day, measure| RampStage { label: label.into(), due_day, measure };
    small.floor.ramp_plans.push(RampPlan {
        title: "90 days".into(),
        days: 90,
        stages: vec![
            stage("Product", 5, None),
            stage("40 calls", 10, Some((CALLS, 40))),
            stage("First deal", 20, Some((SOLD, 1))),
        ],
    });
    let ramp = Ramp { person: CLEO, plan: 0, started: date(2026, 11, 2), mentor: Some(ANA), ticked: vec![] };
    small.add(CALLS, CLEO, date(2026, 10, 30), 99);
    small.add(CALLS, CLEO, date(2026, 11, 3), 30);
    small.add(CALLS, CLEO, date(2026, 11, 5), 12);
    let figure = small.at(date(2026, 11, 9).at(9, 0, 0, 0)).ramp(&ramp);
    assert_eq!((figure.day, figure.days), (8, 90));
    let states: Vec<_> = figure.stages.iter().map(|stage| stage.state).collect();
    assert_eq!(states, [StageState::Late, StageState::Done(4), StageState::Open]);
    assert_eq!(figure.stages[1].measure, Some((CALLS, 42.0, 40.0)), "what was before the first day does not count");
    let ticked = Ramp { ticked: vec![(0, date(2026, 11, 4))], ..ramp };
    let figure = small.at(date(2026, 11, 9).at(9, 0, 0, 0)).ramp(&ticked);
    assert_eq!(figure.stages[0].state, StageState::Done(3));
}

#[test]
fn a_plan_lasts_until_its_last_stage_is_due() {
    let mut small = Small::new();
    let stage = RampStage { label: "Test".into(), due_day: 6, measure: None };
    small.floor.ramp_plans.push(RampPlan { title: "A week".into(), days: 6, stages: vec![stage] });
    // Day 6 is a Saturday, so the stage is due on Monday.
    let ramp = Ramp { person: CLEO, plan: 0, started: date(2026, 11, 2), mentor: None, ticked: vec![] };
    small.floor.ramps.push(ramp.clone());
    let now = date(2026, 11, 9).at(9, 0, 0, 0);
    let figure = small.at(now).ramp(&ramp);
    assert_eq!((figure.day, figure.days, figure.stages[0].state), (8, 8, StageState::Open));
    let slides = |now| {
        let writer = Writer { figures: small.at(now), labels: Labels::of("en"), title: None, targets: true };
        writer.board()["slides"].to_string()
    };
    assert!(slides(now).contains("\"type\":\"ramp\""), "it still runs");
    assert!(!slides(date(2026, 11, 10).at(9, 0, 0, 0)).contains("\"type\":\"ramp\""));
}

#[test]
fn a_rate_is_said_of_enough_cases_only() {
    let mut small = Small::new();
    let window = Days { start: date(2026, 11, 1), end: date(2026, 12, 1) };
    small.add(CALLS, ANA, date(2026, 11, 3), 19);
    for _ in 0..4 {
        small.add(SOLD, ANA, date(2026, 11, 4), 100_00);
    }
    let now = date(2026, 11, 20).at(9, 0, 0, 0);
    let figures = small.at(now);
    assert_eq!(figures.conversion(CALLS, Scope::Person(ANA), figures.span(window)), None);
    small.add(CALLS, ANA, date(2026, 11, 5), 1);
    let figures = small.at(now);
    let rate = figures.conversion(CALLS, Scope::Person(ANA), figures.span(window)).unwrap();
    assert_eq!((rate.n, rate.rate, rate.needed(3.0)), (20, 0.2, Some(15)));
}

#[test]
fn a_record_is_the_best_period_of_anybody() {
    let mut small = Small::new();
    small.add(SOLD, ANA, date(2026, 10, 7), 900_00);
    small.add(SOLD, ANA, date(2026, 11, 4), 500_00);
    small.add(SOLD, BEN, date(2026, 11, 5), 800_00);
    let figures = small.at(date(2026, 11, 20).at(9, 0, 0, 0));
    let best = figures.best(SOLD, Scope::Person(ANA), PeriodKind::Month).unwrap();
    assert_eq!((best.days.start, best.value.as_f64(), best.now), (date(2026, 10, 1), 900.0, false));
    assert_eq!(figures.record(SOLD, PeriodKind::Month).unwrap().0, ANA);
    small.add(SOLD, BEN, date(2026, 11, 6), 100_00);
    let figures = small.at(date(2026, 11, 20).at(9, 0, 0, 0));
    assert_eq!(figures.record(SOLD, PeriodKind::Month), None, "a shared best is nobody's record");
}

#[test]
fn a_month_is_somebodys_best_only_after_another_one() {
    let mut small = Small::new();
    small.floor.sales = Some(SOLD);
    for (who, month, amount) in
        [(ANA, 9, 700), (ANA, 10, 200), (ANA, 11, 800), (BEN, 10, 900), (CLEO, 10, 100), (CLEO, 11, 150)]
    {
        small.add(SOLD, who, date(2026, month, 7), amount * 100);
    }
    let now = date(2026, 11, 20).at(9, 0, 0, 0);
    let bests = |small: &Small| {
        let bests = small.at(now).bests_now(SOLD, PeriodKind::Month);
        bests.iter().map(|best| (best.person, best.value.as_f64(), best.is_record)).collect::<Vec<_>>()
    };
    assert_eq!(bests(&small), [(ANA, 800.0, false), (CLEO, 150.0, false)], "Ben had 900");
    small.add(SOLD, BEN, date(2026, 11, 9), 950_00);
    assert_eq!(bests(&small), [(BEN, 950.0, true), (ANA, 800.0, false), (CLEO, 150.0, false)]);
    let shown = |small: &Small| {
        let board = Writer { figures: small.at(now), labels: Labels::of("en"), title: None, targets: true }.board();
        let slide = board["slides"].as_array().unwrap().iter().find(|slide| slide["type"] == "recognition").cloned();
        slide.map(|slide| {
            slide["items"].as_array().unwrap().iter().map(|item| item["headline"].clone()).collect::<Vec<_>>()
        })
    };
    assert_eq!(shown(&small).unwrap(), ["Record month", "Best month yet", "Best month yet"]);
    small.floor.people.iter_mut().for_each(|person| person.shown = Shown::Hidden);
    assert_eq!(shown(&small), None);
}

#[test]
fn people_are_congratulated_while_they_are_here() {
    let mut small = Small::new();
    small.floor.people[0].birthday = Some((11, 29));
    small.floor.people[1].started = Some(date(2023, 11, 29));
    small.floor.people[2].birthday = Some((11, 29));
    small.floor.people[2].ended = Some(date(2026, 11, 1));
    let day = Days { start: date(2026, 11, 29), end: date(2026, 11, 30) };
    let found = small.at(date(2026, 11, 29).at(9, 0, 0, 0)).anniversaries(day);
    let found: Vec<_> = found.iter().map(|found| (found.person, found.occasion)).collect();
    assert_eq!(found, [(ANA, Occasion::Birthday), (BEN, Occasion::Work(3))]);
}

#[test]
fn nobody_leads_with_nothing() {
    let mut small = Small::new();
    small.floor.sales = Some(SOLD);
    small.add(SOLD, ANA, date(2026, 10, 7), 700_00);
    small.add(CALLS, BEN, date(2026, 11, 20), 0);
    let slides = |small: &Small| {
        let figures = small.at(date(2026, 11, 20).at(19, 0, 0, 0));
        let board = Writer { figures, labels: Labels::of("en"), title: None, targets: true }.board();
        let slides = board["slides"].as_array().unwrap().iter();
        let rows = |slide: &serde_json::Value| slide["rows"].as_array().unwrap().len();
        slides.map(|slide| (slide["id"].as_str().unwrap().to_owned(), rows(slide))).collect::<Vec<_>>()
    };
    assert_eq!(slides(&small), [("sold-month".to_owned(), 0)], "the first place is open");
    small.add(SOLD, ANA, date(2026, 11, 20), 100);
    small.add(CALLS, BEN, date(2026, 11, 20), 1);
    let of = |id: &str, rows| (id.to_owned(), rows);
    let expected = [of("sold-month", 3), of("sold-teams-month", 2), of("calls-today", 3), of("calls-week", 3)];
    assert_eq!(slides(&small), expected);
}
