//! Random floors: parts make the whole, every figure is made of its facts, order changes nothing, revoking undoes.

use std::collections::BTreeMap;

use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use salesfloor::board::{Labels, Writer};
use salesfloor::facts::{
    Activity, Contest, ContestFormat, Contestants, Goal, Level, Membership, MetricId, Person, PersonId, Prize, Ramp,
    RampPlan, RampStage, Scope, Scorecard, ScorecardLine, Shape, Shown, TeamId,
};
use salesfloor::figures::{Contender, ContestState, Figures, Numbering, Value};
use salesfloor::ledger::{Entry, Ledger};
use salesfloor::period::{Days, PeriodKind, Span};
use serde_json::{Value as Json, json};

use crate::small::{CALLS, SOLD, Small, at, zone};

const PEOPLE: u32 = 7;

fn facts() -> impl Strategy<Value = Vec<Activity>> {
    let fact = (0..2u32, 0..PEOPLE, 0..90 * 24 * 60i64, -50_000..500_000i64);
    prop::collection::vec(fact, 0..120).prop_map(|facts| {
        let first = at(date(2026, 9, 1).at(0, 0, 0, 0));
        let fact = |(n, (metric, person, minute, amount)): (usize, (u32, u32, i64, i64))| Activity {
            key: format!("k{n}"),
            metric: MetricId(metric),
            person: Some(PersonId(person)),
            at: first + SignedDuration::from_mins(minute),
            amount,
            label: None,
        };
        facts.into_iter().enumerate().map(fact).collect()
    })
}

/// Seven people; some change their team, all are in one at any time.
fn floor(moves: &[(bool, i8)]) -> Small {
    let mut small = Small::new();
    small.floor.people = moves
        .iter()
        .enumerate()
        .map(|(n, (changes, day))| {
            let (from, to) = (TeamId(n as u32 % 2), TeamId((n as u32 + 1) % 2));
            let day = date(2026, 10, *day);
            let membership = |team, since, until| Membership { team, since, until };
            let memberships = match changes {
                true => vec![membership(from, None, Some(day)), membership(to, Some(day), None)],
                false => vec![membership(from, None, None)],
            };
            Person { key: format!("p{n}"), name: format!("Person {n}"), memberships, ..Person::default() }
        })
        .collect();
    let days = PeriodKind::Month.containing(date(2026, 11, 1), &small.floor.settings);
    small.floor.goals = vec![Goal {
        scope: Scope::Company,
        metric: SOLD,
        start: days.start,
        end: days.end,
        level: Level::Must,
        target: 1_000_000,
        shape: Shape::Workdays,
    }];
    small.floor.contests = vec![Contest {
        key: "race".into(),
        title: "Race".into(),
        format: ContestFormat::Most,
        metrics: vec![(CALLS, 1)],
        of: Contestants::People(Vec::new()),
        start: at(date(2026, 11, 2).at(9, 30, 0, 0)),
        end: Some(at(date(2026, 11, 20).at(17, 15, 0, 0))),
        goal: None,
        prizes: Vec::new(),
        rules: None,
        confirmed: Some(false),
    }];
    small.floor.contests.push(Contest {
        key: "cup".into(),
        title: "Cup".into(),
        format: ContestFormat::Bracket,
        metrics: vec![(CALLS, 2), (SOLD, 1)],
        ..small.floor.contests[0].clone()
    });
    small.floor.ramp_plans = vec![RampPlan {
        title: "First weeks".into(),
        days: 60,
        stages: vec![
            RampStage { label: "Calls".into(), due_day: 10, measure: Some((CALLS, 100_000)) },
            RampStage { label: "Deals".into(), due_day: 40, measure: Some((SOLD, 500_000)) },
        ],
    }];
    let ramp = |person, day| Ramp { person, plan: 0, started: date(2026, 10, day), mentor: None, ticked: Vec::new() };
    small.floor.ramps = vec![ramp(PersonId(1), 5), ramp(PersonId(4), 27)];
    small.floor.scorecards = vec![Scorecard {
        title: "Week".into(),
        team: None,
        period: PeriodKind::Week,
        lines: vec![ScorecardLine { metric: CALLS, weight: 1, cap: Some(1.5), target: Some(10), per: PeriodKind::Day }],
    }];
    small
}

fn ledger<'a>(facts: impl IntoIterator<Item = &'a Activity>) -> Ledger {
    let mut ledger = Ledger::new(zone());
    facts.into_iter().for_each(|fact| ledger.add(fact.clone()));
    ledger
}

/// Whom a key of a board means.
fn scope(small: &Small, key: Option<&str>) -> Scope {
    let Some(key) = key else { return Scope::Company };
    let team = |id: &TeamId| format!("t:{}", small.floor.team(*id).key) == key;
    let person = |id: &PersonId| format!("p:{}", small.floor.person(*id).key) == key;
    let found = small.floor.team_ids().find(team).map(Scope::Team);
    found.or_else(|| small.floor.person_ids().find(person).map(Scope::Person)).unwrap()
}

/// What a person has in each round of a bracket.
fn seats(slide: &Json, small: &Small, id: PersonId) -> Json {
    let key = json!(format!("p:{}", small.floor.person(id).key));
    let value = |round: &Json| {
        let matches = round["matches"].as_array().unwrap();
        let own = matches.iter().flat_map(|pair| [&pair["a"], &pair["b"]]).find(|seat| seat["who"] == key);
        own.map_or(json!({}), |seat| json!({"value": seat["value"]}))
    };
    json!({"who": key, "rounds": slide["rounds"].as_array().unwrap().iter().map(value).collect::<Vec<_>>()})
}

fn board(small: &Small, ledger: &Ledger, now: Timestamp) -> String {
    let figures = Figures { floor: &small.floor, ledger, now };
    Writer { figures, labels: Labels::of("en"), title: None, targets: true }.board().to_string()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parts_make_the_whole_and_facts_make_the_parts(
        facts in facts(),
        moves in prop::collection::vec((any::<bool>(), 1..30i8), PEOPLE as usize),
        minutes in 0..95 * 24 * 60i64,
        first in 0..80i64,
        length in 1..40i64,
    ) {
        let small = floor(&moves);
        let ledger = ledger(&facts);
        let now = at(date(2026, 9, 1).at(0, 0, 0, 0)) + SignedDuration::from_mins(minutes);
        let figures = Figures { floor: &small.floor, ledger: &ledger, now };
        let start = date(2026, 9, 1).checked_add(jiff::Span::new().days(first)).unwrap();
        let days = Days { start, end: start.checked_add(jiff::Span::new().days(length)).unwrap() };
        let span = figures.span(days);
        for metric in [CALLS, SOLD] {
            let sum = |rows: Vec<salesfloor::figures::Standing>| {
                rows.iter().filter_map(|row| row.value).fold(Value::whole(0), Value::plus)
            };
            let company = figures.value(metric, Scope::Company, span).unwrap();
            prop_assert_eq!(company, sum(figures.people(metric, span, Numbering::Dense)));
            prop_assert_eq!(company, sum(figures.teams(metric, span, Numbering::Dense)));
            let scopes = small.floor.person_ids().map(Scope::Person)
                .chain(small.floor.team_ids().map(Scope::Team)).chain([Scope::Company]);
            for who in scopes {
                let why = figures.why(metric, who, span);
                let made: i64 = why.facts.iter().map(|fact| fact.amount).sum();
                let decimals = small.floor.metric(metric).decimals;
                prop_assert_eq!(why.value.unwrap(), Value::minor(made, decimals));
                // The slow way: every fact by itself.
                let counts = |fact: &&Activity| {
                    let day = ledger.day(fact.at);
                    fact.metric == metric && days.contains(day) && fact.at <= now
                        && figures.belongs(fact.person, day, who)
                };
                prop_assert_eq!(made, facts.iter().filter(counts).map(|fact| fact.amount).sum::<i64>());
            }
        }
    }

    #[test]
    fn every_figure_of_the_board_is_the_sum_of_the_facts_that_explain_it(
        facts in facts(),
        moves in prop::collection::vec((any::<bool>(), 1..30i8), PEOPLE as usize),
        minutes in 62 * 24 * 60..89 * 24 * 60i64,
    ) {
        let small = floor(&moves);
        let ledger = ledger(&facts);
        let now = at(date(2026, 9, 1).at(0, 0, 0, 0)) + SignedDuration::from_mins(minutes);
        let figures = Figures { floor: &small.floor, ledger: &ledger, now };
        let writer = Writer { figures, labels: Labels::of("en"), title: None, targets: true };
        let board = writer.board();
        let mut seen = BTreeMap::new();
        for slide in board["slides"].as_array().unwrap() {
            let (id, kind) = (slide["id"].as_str().unwrap(), slide["type"].as_str().unwrap());
            let explained = ["ranking", "goals", "scorecard", "contest", "bracket", "ramp"].contains(&kind);
            if !explained || slide["state"] == "upcoming" {
                continue;
            }
            // A bracket has no rows: its seats stand in the rounds.
            let seats: Vec<Json> = small.floor.person_ids().filter(|_| kind == "bracket").map(|id| seats(slide, &small, id)).collect();
            for row in slide["rows"].as_array().unwrap_or(&seats) {
                let who = scope(&small, row["who"].as_str());
                // A cup that has not begun has no figures yet.
                let Ok(slides) = writer.why(id, who) else {
                    prop_assert!(kind == "bracket" && now < small.floor.contests[1].start, "{} {:?}", id, who);
                    continue;
                };
                let mut explained = slides[0].figures.iter();
                let own = |name: &str| {
                    let list = name.split_once('[').and_then(|(list, rest)| Some((list, rest.split_once("].")?)));
                    match list {
                        Some((list, (place, of))) => row[list][place.parse::<usize>().unwrap()][of].as_f64(),
                        None => row[name].as_f64(),
                    }
                };
                for figure in explained.by_ref() {
                    // Who is out of a bracket has figures that nobody is shown.
                    if kind == "bracket" && own(&figure.field).is_none() {
                        continue;
                    }
                    let (Some(shown), Some(value)) = (own(&figure.field), figure.value) else {
                        prop_assert!(own(&figure.field).is_none(), "{} {}: {:?} {}", id, figure.field, own(&figure.field), row);
                        continue;
                    };
                    prop_assert!((shown - value).abs() <= 0.006 + value.abs() * 1e-9, "{} {}: {} {}", id, figure.field, shown, value);
                    if figure.field.ends_with("value") {
                        let points = |metric: MetricId| if kind == "bracket" && metric == CALLS { 2 } else { 1 };
                        let amount = |fact: &Entry<'_>| {
                            Value::minor(fact.amount, small.floor.metric(fact.metric).decimals).times(points(fact.metric))
                        };
                        let sum = figure.facts.iter().map(amount).fold(Value::whole(0), Value::plus).as_f64();
                        prop_assert!((sum - value).abs() < 1e-6, "{} {}: {} {}", id, figure.field, sum, value);
                        *seen.entry(kind).or_insert(0) += 1;
                    }
                }
            }
        }
        let race = &small.floor.contests[0];
        let runs = race.start <= now && race.end.is_some_and(|end| now < end);
        // Whoever has nothing has no figure in a race.
        let begun = runs && figures.contest(race).rows.iter().any(|row| row.place.is_some());
        let races = [("contest", begun), ("bracket", runs)].into_iter().filter_map(|(kind, there)| there.then_some(kind));
        for kind in ["goals", "scorecard", "ramp"].into_iter().chain(races) {
            prop_assert!(seen.contains_key(kind), "{}: {:?}", kind, seen);
        }
    }

    #[test]
    fn the_total_of_any_span_is_that_of_its_facts_by_themselves(
        facts in facts(),
        (start, minutes) in (0..90 * 24 * 60i64, 0..4 * 24 * 60i64),
        revoked in 0..60usize,
    ) {
        let mut ledger = ledger(&facts);
        for fact in facts.iter().take(revoked) {
            prop_assert!(ledger.revoke(fact.metric, &fact.key));
        }
        let start = at(date(2026, 9, 1).at(0, 0, 0, 0)) + SignedDuration::from_mins(start);
        // Cut within a quarter of an hour, at its edge, and over the change of the clocks.
        for seconds in [0, 1, -1, 59] {
            let end = start + SignedDuration::from_secs(minutes * 60 + seconds);
            let span = Span { start, end };
            for metric in [CALLS, SOLD] {
                let within = |fact: &&Activity| fact.metric == metric && start <= fact.at && fact.at < end;
                let own: Vec<&Activity> = facts.iter().skip(revoked).filter(within).collect();
                let total = ledger.total(metric, span);
                prop_assert_eq!(total.n as usize, own.len());
                prop_assert_eq!(total.total, own.iter().map(|fact| i128::from(fact.amount)).sum::<i128>());
                prop_assert_eq!(total.max, own.iter().map(|fact| fact.amount).max());
                prop_assert_eq!(total.last, own.iter().map(|fact| (fact.at, fact.amount)).max());
            }
        }
    }

    #[test]
    fn order_changes_nothing_and_a_revoked_fact_leaves_no_trace(
        facts in facts(),
        order in any::<prop::sample::Index>(),
        extra in facts(),
    ) {
        let moves = [(true, 5), (false, 1), (true, 20), (false, 1), (true, 9), (false, 1), (false, 1)];
        let small = floor(&moves);
        let now = at(date(2026, 11, 20).at(15, 0, 0, 0));
        let plain = board(&small, &ledger(&facts), now);
        let cut = order.index(facts.len().max(1)).min(facts.len());
        prop_assert_eq!(&plain, &board(&small, &ledger(facts[cut..].iter().rev().chain(&facts[..cut])), now));
        let mut with = ledger(&facts);
        for fact in &extra {
            with.add(Activity { key: format!("extra {}", fact.key), ..fact.clone() });
        }
        for fact in extra.iter().rev() {
            let key = format!("extra {}", fact.key);
            prop_assert!(with.revoke(fact.metric, &key), "it was there");
        }
        prop_assert_eq!(&plain, &board(&small, &with, now));
    }

    #[test]
    fn a_bracket_stands_as_its_rounds_went(
        facts in facts(),
        field in 2..=PEOPLE,
        hidden in prop::option::of(0..PEOPLE),
        minutes in 0..20 * 24 * 60i64,
    ) {
        let mut small = floor(&[(false, 1); PEOPLE as usize]);
        let prize = |place| Prize { place, label: "Dinner".into() };
        let cup = &mut small.floor.contests[1];
        (cup.of, cup.confirmed) = (Contestants::People((0..field).map(PersonId).collect()), Some(true));
        cup.prizes = vec![prize(1), prize(2)];
        let cup = cup.clone();
        if let Some(hidden) = hidden {
            small.floor.people[hidden as usize].shown = Shown::Hidden;
        }
        let ledger = ledger(&facts);
        let figures = Figures { floor: &small.floor, ledger: &ledger, now: cup.start + SignedDuration::from_mins(minutes) };
        let board = Writer { figures, labels: Labels::of("en"), title: None, targets: true }.board();
        let slides = board["slides"].as_array().unwrap();
        let slide = slides.iter().find(|slide| slide["id"] == "contest-cup").unwrap();
        // How far everybody came, as a wall has it: the round of their last pair, and whether they are still in.
        let rounds = slide["rounds"].as_array().unwrap();
        let mut came: BTreeMap<PersonId, usize> = BTreeMap::new();
        let seated = |side: &Json| Some(PersonId(side["seed"].as_u64()? as u32 - 1));
        for (at, round) in rounds.iter().enumerate() {
            for pair in round["matches"].as_array().unwrap() {
                for side in ["a", "b"] {
                    let Some(who) = seated(&pair[side]) else { continue };
                    let named = json!(format!("p:{}", small.floor.person(who).key));
                    match hidden == Some(who.0) {
                        true => prop_assert_eq!(&pair[side], &json!({"name": "–", "seed": who.0 + 1})),
                        false => prop_assert_eq!(&pair[side]["who"], &named),
                    }
                    let beaten = pair["winner"].as_str().is_some_and(|winner| winner != side);
                    came.insert(who, if beaten { at } else { rounds.len() });
                }
            }
        }
        let figure = figures.contest(&cup);
        let key = |who: Scope| match who {
            Scope::Person(id) => id,
            _ => panic!("people"),
        };
        let placed: Vec<(usize, u32)> =
            figure.rows.iter().filter_map(|row| Some((*came.get(&key(row.who))?, row.place?))).collect();
        prop_assert_eq!(came.len(), field as usize, "everybody has a seat");
        for pair in placed.windows(2) {
            let ((first, high), (second, low)) = (pair[0], pair[1]);
            prop_assert!(first >= second && (first > second) == (high < low), "{:?} {}", placed, slide);
        }
        let last = &rounds.last().unwrap()["matches"][0];
        let winner = last["winner"].as_str().and_then(|side| seated(&last[side]));
        let over = figure.state == ContestState::Final;
        let won: Vec<PersonId> = figure.rows.iter().filter(|row| row.won == Some(1)).map(|row| key(row.who)).collect();
        prop_assert_eq!(won, if over { Vec::from_iter(winner) } else { Vec::new() });
        // With nothing there is neither a place nor a prize.
        let sums = figures.contest(&Contest { format: ContestFormat::Most, ..cup }).rows;
        let sum = |row: &Contender| sums.iter().find(|other| other.who == row.who).unwrap().value;
        for row in &figure.rows {
            prop_assert!(row.place.is_none() || sum(row) > Value::whole(0), "{:?}", row);
        }
    }
}
