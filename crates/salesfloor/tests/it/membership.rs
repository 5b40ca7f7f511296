//! Who joins, leaves, moves or is erased changes no day before: what teams are expected to do, and over how many heads.

use jiff::civil::{Date, date};
use jiff::{SignedDuration, ToSpan as _};
use proptest::prelude::*;
use salesfloor::facts::{
    Contest, ContestFormat, Contestants, Goal, Level, Membership, Scope, Scorecard, ScorecardLine, Shape, Shown, TeamId,
};
use salesfloor::figures::{CardCell, Numbering};
use salesfloor::period::{Days, PeriodKind};

use crate::small::{ANA, BEN, CALLS, NORTH, SOUTH, Small, at};

fn card() -> Scorecard {
    let line = ScorecardLine { metric: CALLS, weight: 1, cap: None, target: Some(10), per: PeriodKind::Day };
    Scorecard { title: "Month".into(), team: None, period: PeriodKind::Month, lines: vec![line] }
}

fn cell(small: &Small, who: Scope, day: Date) -> CardCell {
    small.at(day.at(9, 0, 0, 0)).card(&card(), who).cells[0]
}

fn move_to(small: &mut Small, person: usize, team: TeamId, day: Date) {
    let of = &mut small.floor.people[person].memberships;
    of[0].until = Some(day);
    of.push(Membership { team, since: Some(day), until: None });
}

#[test]
fn the_target_of_whoever_leaves_counts_up_to_their_last_day() {
    let mut small = Small::new();
    let today = date(2026, 11, 27);
    // 21 working days, and 19 of them over.
    let before = cell(&small, Scope::Team(NORTH), today);
    assert_eq!((before.target, before.pace), (Some(420.0), Some(380.0)));
    small.floor.people[1].ended = Some(today);
    let after = cell(&small, Scope::Team(NORTH), today);
    assert_eq!((after.target, after.pace), (Some(400.0), Some(380.0)));
    assert_eq!(cell(&small, Scope::Company, today).target, Some(610.0));
    small.floor.people[1].shown = Shown::Erased;
    assert_eq!(cell(&small, Scope::Team(NORTH), today), after, "without a name it is the same");
}

#[test]
fn whoever_left_without_a_target_takes_none_from_the_others() {
    let mut small = Small::new();
    let today = date(2026, 11, 27);
    let mut own = card();
    own.lines[0].target = None;
    let goal = |(person, target)| Goal {
        scope: Scope::Person(person),
        metric: CALLS,
        start: date(2026, 11, 1),
        end: date(2026, 12, 1),
        level: Level::Must,
        target,
        shape: Shape::Linear,
    };
    small.floor.goals.extend([(ANA, 10), (BEN, 20)].map(goal));
    let target = |small: &Small| small.at(today.at(9, 0, 0, 0)).card(&own, Scope::Team(NORTH)).cells[0].target;
    let both = target(&small);
    small.floor.goals.retain(|goal| goal.scope != Scope::Person(BEN));
    small.floor.people[1].ended = Some(date(2026, 11, 5));
    assert!(both.is_some() && target(&small).is_some_and(|left| left > 0.0), "{both:?} {:?}", target(&small));
}

#[test]
fn the_target_of_whoever_moves_goes_with_their_work() {
    let mut small = Small::new();
    // Ten of 21 working days are over.
    let day = date(2026, 11, 16);
    move_to(&mut small, 1, SOUTH, day);
    let targets = |small: &Small| [NORTH, SOUTH].map(|team| cell(small, Scope::Team(team), day).target.unwrap());
    assert_eq!(targets(&small), [310.0, 320.0]);
    assert_eq!(cell(&small, Scope::Person(BEN), day).target, Some(210.0), "their own is whole");
    // A holiday of the team that was left long before is not theirs.
    small.floor.calendar.team_days.insert((NORTH, date(2026, 11, 24)), 0.0);
    assert_eq!(targets(&small), [300.0, 320.0]);
    assert_eq!(cell(&small, Scope::Person(BEN), day).target, Some(210.0));
}

#[test]
fn a_head_counts_where_it_had_a_day() {
    let mut small = Small::new();
    small.add(CALLS, ANA, date(2026, 11, 3), 30);
    small.add(CALLS, BEN, date(2026, 11, 3), 10);
    let today = date(2026, 11, 5);
    let days = Days { start: date(2026, 11, 2), end: date(2026, 11, 9) };
    let contest = Contest {
        key: "c".into(),
        title: "Per head".into(),
        format: ContestFormat::TeamAverage,
        metrics: vec![(CALLS, 1)],
        of: Contestants::Teams(vec![NORTH]),
        start: at(date(2026, 11, 2).at(0, 0, 0, 0)),
        end: Some(at(date(2026, 11, 9).at(0, 0, 0, 0))),
        goal: None,
        prizes: Vec::new(),
        rules: None,
        confirmed: Some(false),
    };
    let both = |small: &Small| {
        let figures = small.at(today.at(9, 0, 0, 0));
        let row = figures.contest(&contest).rows[0].clone();
        let averages = figures.team_averages(CALLS, figures.span(days), Numbering::Competition);
        let average = averages.iter().find(|row| row.who == Scope::Team(NORTH)).unwrap().value.unwrap();
        (row.members, row.value.as_f64(), average.as_f64())
    };
    let before = (Some(2), 20.0, 20.0);
    assert_eq!(both(&small), before);
    small.floor.people[1].ended = Some(today);
    assert_eq!(both(&small), before);
    small.floor.people[1].shown = Shown::Erased;
    assert_eq!(both(&small), before);
    // Who left on the first day had none in it.
    small.floor.people[1].ended = Some(date(2026, 11, 2));
    assert_eq!(both(&small), (Some(1), 40.0, 40.0));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever somebody does on a day: what was to be reached by its start stays, and teams make the company.
    #[test]
    fn a_change_of_today_changes_no_day_before(
        person in 0..3usize,
        today in 1..=30i8,
        change in 0..4u8,
        holidays in prop::collection::vec((0..2u32, 1..=30i8), 0..4),
        earlier in prop::option::of((0..3usize, 1..=30i8)),
    ) {
        let mut small = Small::new();
        for (team, day) in holidays {
            small.floor.calendar.team_days.insert((TeamId(team), date(2026, 11, day)), 0.5);
        }
        let today = date(2026, 11, today);
        if let Some((other, day)) = earlier.filter(|(other, day)| *other != person && *day < today.day()) {
            small.floor.people[other].ended = Some(date(2026, 11, day));
        }
        let scopes = [Scope::Team(NORTH), Scope::Team(SOUTH), Scope::Company];
        let expected = |small: &Small| scopes.map(|who| {
            let cell = cell(small, who, today);
            (cell.target.unwrap_or(0.0), cell.pace.unwrap_or(0.0))
        });
        let before = expected(&small);
        let of = &mut small.floor.people[person];
        match change {
            0 => of.ended = Some(today),
            1 => (of.ended, of.shown) = (Some(today), Shown::Erased),
            2 => of.memberships[0].until = Some(today),
            _ => {
                let to = if of.memberships[0].team == NORTH { SOUTH } else { NORTH };
                move_to(&mut small, person, to, today);
            }
        }
        let after = expected(&small);
        for at in 0..3 {
            prop_assert!((before[at].1 - after[at].1).abs() < 1e-9, "{:?} {:?}", before, after);
        }
        // Who is in no team counts for the company alone.
        if change != 2 {
            prop_assert!((after[0].0 + after[1].0 - after[2].0).abs() < 1e-9, "{:?}", after);
            prop_assert!((after[0].1 + after[1].1 - after[2].1).abs() < 1e-9, "{:?}", after);
        }
        // Nobody changes the heads of the days before.
        let start = at(date(2026, 11, 1).at(0, 0, 0, 0));
        let yesterday = today.saturating_sub(1.day()).at(12, 0, 0, 0);
        if at(yesterday) > start + SignedDuration::from_hours(48) {
            let span = salesfloor::period::Span { start, end: at(yesterday) };
            let heads = |small: &Small| [NORTH, SOUTH].map(|team| small.at(today.at(9, 0, 0, 0)).heads(team, span));
            let now = heads(&small);
            small.floor.people[person] = Small::new().floor.people[person].clone();
            prop_assert_eq!(now, heads(&small));
        }
    }
}
