//! Contests: their states, ties, who reached a goal first, what comes after the end.

use jiff::civil::date;
use salesfloor::board::{Labels, Writer};
use salesfloor::facts::{Aggregate, Better, Contest, ContestFormat, Contestants, Prize, Scope, Shown};
use salesfloor::figures::ContestState;
use serde_json::json;

use crate::small::{ANA, BEN, CALLS, CLEO, NORTH, SOLD, SOUTH, Small, at};

fn contest(format: ContestFormat, goal: Option<i64>) -> Contest {
    Contest {
        key: "c".into(),
        title: "Most calls".into(),
        format,
        metrics: vec![(CALLS, 1)],
        of: Contestants::People(Vec::new()),
        start: at(date(2026, 11, 2).at(9, 0, 0, 0)),
        end: Some(at(date(2026, 11, 6).at(17, 0, 0, 0))),
        goal,
        prizes: vec![Prize { place: 1, label: "Dinner".into() }],
        rules: None,
        confirmed: Some(false),
    }
}

fn calls() -> Small {
    let mut small = Small::new();
    small.add_at(CALLS, Some(ANA), at(date(2026, 11, 2).at(8, 59, 0, 0)), 50);
    small.add_at(CALLS, Some(ANA), at(date(2026, 11, 2).at(9, 0, 0, 0)), 5);
    small.add(CALLS, BEN, date(2026, 11, 3), 8);
    small.add(CALLS, ANA, date(2026, 11, 4), 3);
    small.add(CALLS, CLEO, date(2026, 11, 5), 9);
    small.add_at(CALLS, Some(CLEO), at(date(2026, 11, 6).at(17, 0, 0, 0)), 90);
    small
}

#[test]
fn a_contest_counts_from_its_start_to_before_its_end() {
    let small = calls();
    let of = contest(ContestFormat::Most, None);
    assert_eq!(small.at(date(2026, 11, 2).at(8, 0, 0, 0)).contest(&of).state, ContestState::Upcoming);
    let figure = small.at(date(2026, 11, 7).at(8, 0, 0, 0)).contest(&of);
    let rows: Vec<_> = figure.rows.iter().map(|row| (row.who, row.value.as_f64(), row.place)).collect();
    let [ana, ben, cleo] = [ANA, BEN, CLEO].map(Scope::Person);
    assert_eq!(rows, [(cleo, 9.0, Some(1)), (ana, 8.0, Some(2)), (ben, 8.0, Some(2))]);
    assert_eq!(
        (figure.state, figure.rows[0].won),
        (ContestState::Ended, None),
        "nobody has won before it is confirmed"
    );
    let confirmed = Contest { confirmed: Some(true), ..of };
    let figure = small.at(date(2026, 11, 7).at(8, 0, 0, 0)).contest(&confirmed);
    assert_eq!(figure.rows.iter().map(|row| row.won).collect::<Vec<_>>(), [Some(1), None, None]);
}

#[test]
fn what_reads_equal_on_the_wall_shares_the_prize() {
    let mut small = Small::new();
    small.add(SOLD, ANA, date(2026, 11, 3), 100_40);
    small.add(SOLD, BEN, date(2026, 11, 3), 100_20);
    small.add(SOLD, CLEO, date(2026, 11, 3), 99_40);
    let of = Contest { metrics: vec![(SOLD, 1)], confirmed: Some(true), ..contest(ContestFormat::Most, None) };
    let figure = small.at(date(2026, 11, 7).at(8, 0, 0, 0)).contest(&of);
    let won: Vec<_> = figure.rows.iter().map(|row| (row.who, row.place, row.won)).collect();
    let [ana, ben, cleo] = [ANA, BEN, CLEO].map(Scope::Person);
    assert_eq!(won, [(ana, Some(1), Some(1)), (ben, Some(1), Some(1)), (cleo, Some(3), None)]);
}

#[test]
fn where_less_is_better_the_least_wins() {
    let mut small = calls();
    small.floor.metrics[0].better = Better::Down;
    let figure = small.at(date(2026, 11, 7).at(8, 0, 0, 0)).contest(&contest(ContestFormat::Most, None));
    let rows: Vec<_> = figure.rows.iter().map(|row| (row.who, row.place)).collect();
    assert_eq!(rows, [(Scope::Person(ANA), Some(1)), (Scope::Person(BEN), Some(1)), (Scope::Person(CLEO), Some(3))]);
}

#[test]
fn first_to_a_goal_is_who_reached_it_first() {
    let small = calls();
    let of = Contest { end: None, ..contest(ContestFormat::FirstTo, Some(8)) };
    let figure = small.at(date(2026, 11, 7).at(8, 0, 0, 0)).contest(&of);
    assert_eq!(figure.ended, Some(at(date(2026, 11, 3).at(12, 0, 0, 0))), "the goal ends it");
    assert_eq!(figure.rows[0].who, Scope::Person(BEN));
    // What came after the end counts for nobody.
    assert_eq!(figure.rows.iter().map(|row| row.value.as_f64()).collect::<Vec<_>>(), [8.0, 5.0, 0.0]);
}

#[test]
fn teams_compete_by_total_or_by_average() {
    let mut small = calls();
    small.add(CALLS, BEN, date(2026, 11, 5), 1);
    let teams = |format| Contest { of: Contestants::Teams(vec![NORTH, SOUTH]), ..contest(format, None) };
    let now = date(2026, 11, 6).at(8, 0, 0, 0);
    let values = |format| -> Vec<(Scope, f64)> {
        let figure = small.at(now).contest(&teams(format));
        figure.rows.iter().map(|row| (row.who, row.value.as_f64())).collect()
    };
    assert_eq!(values(ContestFormat::TeamTotal), [(Scope::Team(NORTH), 17.0), (Scope::Team(SOUTH), 9.0)]);
    assert_eq!(values(ContestFormat::TeamAverage), [(Scope::Team(SOUTH), 9.0), (Scope::Team(NORTH), 8.5)]);
}

#[test]
fn several_behaviours_make_points() {
    let mut small = calls();
    small.add(SOLD, ANA, date(2026, 11, 4), 2_50);
    let of = Contest { metrics: vec![(CALLS, 1), (SOLD, 10)], ..contest(ContestFormat::Most, Some(33)) };
    let figure = small.at(date(2026, 11, 5).at(8, 0, 0, 0)).contest(&of);
    assert_eq!((figure.rows[0].who, figure.rows[0].value.as_f64()), (Scope::Person(ANA), 33.0));
    assert!(figure.rows[0].reached_at.is_some());
}

#[test]
fn with_nothing_there_is_neither_a_place_nor_a_prize() {
    let mut small = Small::new();
    small.add(CALLS, BEN, date(2026, 11, 3), 2);
    let prizes = [1, 2, 3].map(|place| Prize { place, label: "Dinner".into() }).to_vec();
    let of = Contest { prizes, confirmed: Some(true), ..contest(ContestFormat::Most, None) };
    let figure = small.at(date(2026, 11, 7).at(8, 0, 0, 0)).contest(&of);
    let rows: Vec<_> = figure.rows.iter().map(|row| (row.who, row.place, row.won)).collect();
    let [ana, ben, cleo] = [ANA, BEN, CLEO].map(Scope::Person);
    assert_eq!(rows, [(ben, Some(1), Some(1)), (ana, None, None), (cleo, None, None)]);
}

fn bracket() -> Contest {
    Contest { of: Contestants::People(vec![CLEO, ANA, BEN]), ..contest(ContestFormat::Bracket, None) }
}

/// Cleo goes on at once, Ana meets Ben from Monday to Wednesday, the final is on Thursday and Friday.
const AFTER: jiff::civil::DateTime = date(2026, 11, 7).at(8, 0, 0, 0);

#[test]
fn a_pair_is_decided_in_the_digits_that_the_wall_shows() {
    let mut small = Small::new();
    small.floor.metrics[0].aggregate = Aggregate::Average;
    for (who, calls) in [(ANA, [1, 1, 1, 2].as_slice()), (BEN, &[1, 1, 1, 2, 2])] {
        for amount in calls {
            small.add(CALLS, who, date(2026, 11, 3), *amount);
        }
    }
    let figures = small.at(date(2026, 11, 5).at(8, 0, 0, 0));
    let pair = figures.bracket(&bracket()).rounds[0].pairs[1].clone();
    assert_eq!(pair.values.map(|value| value.unwrap().as_f64()), [1.25, 1.4]);
    assert_eq!(pair.winner, Some(1), "1.3 is less than 1.4, though both are 1 in whole numbers");
}

#[test]
fn where_no_finalist_did_anything_nobody_wins() {
    let mut small = Small::new();
    small.add(CALLS, BEN, date(2026, 11, 3), 9);
    let of = Contest { confirmed: Some(true), ..bracket() };
    let won = |small: &Small| -> Vec<_> {
        small.at(AFTER).contest(&of).rows.iter().map(|row| (row.who, row.place, row.won)).collect()
    };
    let [ana, ben, cleo] = [ANA, BEN, CLEO].map(Scope::Person);
    assert_eq!(won(&small)[0], (ben, Some(1), Some(1)), "the only one who has done something");
    // Ben and Cleo take back what they had: Ana is out, however much she did before the final.
    let mut other = Small::new();
    other.add(CALLS, ANA, date(2026, 11, 5), 9);
    let figure = other.at(AFTER).bracket(&of);
    assert_eq!(figure.champion(), Some(ana), "as seed 2 she beats Ben, who has nothing either");
    let mut nobody = Small::new();
    nobody.add(CALLS, BEN, date(2026, 11, 5), 9);
    assert_eq!(nobody.at(AFTER).bracket(&of).champion(), None, "Ben went out with nothing, the others have nothing");
    assert_eq!(won(&nobody).iter().map(|row| (row.1, row.2)).collect::<Vec<_>>(), [(None, None); 3]);
    let _ = cleo;
}

#[test]
fn who_is_hidden_keeps_a_seat_without_a_name() {
    let mut small = Small::new();
    small.add(CALLS, ANA, date(2026, 11, 3), 4);
    small.add(CALLS, BEN, date(2026, 11, 3), 7);
    small.floor.contests.push(bracket());
    let winner = |small: &Small| small.at(AFTER).bracket(&small.floor.contests[0]).champion();
    assert_eq!(winner(&small), Some(Scope::Person(BEN)));
    small.floor.people[0].shown = Shown::Hidden;
    assert_eq!(winner(&small), Some(Scope::Person(BEN)), "everybody else has met whom they met");
    let figures = small.at(AFTER);
    let board = Writer { figures, labels: Labels::of("en"), title: None, targets: true }.board();
    let slides = board["slides"].as_array().unwrap();
    let slide = slides.iter().find(|slide| slide["type"] == "bracket").unwrap();
    let pair = &slide["rounds"][0]["matches"][1];
    assert_eq!(pair["a"], json!({"name": "–", "seed": 2}), "neither name nor figure");
    assert_eq!(pair["b"], json!({"who": "p:ben", "seed": 3, "value": 7}));
}

#[test]
fn whoever_has_left_before_the_start_takes_no_part() {
    let mut small = calls();
    let of = Contest { of: Contestants::People(vec![ANA, BEN, CLEO]), ..contest(ContestFormat::Most, None) };
    let all = |small: &Small| small.at(date(2026, 11, 1).at(9, 0, 0, 0)).contenders(&of);
    small.floor.people[1].ended = Some(date(2026, 11, 2));
    assert_eq!(all(&small), [ANA, CLEO].map(Scope::Person));
    small.floor.people[1].ended = Some(date(2026, 11, 3));
    assert_eq!(all(&small), [ANA, BEN, CLEO].map(Scope::Person), "who leaves while it runs was there at the start");
}
