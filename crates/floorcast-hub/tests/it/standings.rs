//! Standings against a computation that shares nothing with that of the hub: it adds up the list itself.

use std::collections::BTreeMap;

use floorcast_hub::access::Viewer;
use floorcast_hub::standings::{By, Question, Rank, standings};
use floorcast_hub::store::people::{self, PersonRow};
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday, date};

use crate::support::{Deal, Floor, agent, deals, deals_csv, now, on_both_engines, team, team_of, teams_csv};

on_both_engines!(
    every_standing_is_what_the_list_comes_to,
    whoever_left_is_in_what_is_over_and_whoever_begins_later_in_what_they_did,
    a_metric_that_is_not_there_and_days_the_wrong_way_round_are_told
);

/// Name, place, whether tied, hundredths times the number of people, facts.
type Expected = Vec<(String, u32, bool, f64, u64)>;

fn members(of: usize) -> f64 {
    // Five who sell in each team, and one who never does in the first three.
    5.0 + f64::from(u8::from(of < 3))
}

fn expected(deals: &[Deal], metric: &str, days: [Date; 2], by: By, rank: Rank) -> Expected {
    let mut sums: BTreeMap<String, (f64, u64)> = BTreeMap::new();
    let counts = deals.iter().filter(|deal| deal.stage == "Won" && days[0] <= deal.day && deal.day < days[1]);
    for deal in counts {
        let of = team_of(deal.agent);
        let name = if by == By::Person { agent(deal.agent) } else { team(of) };
        let amount = if metric == "won" { deal.value as f64 } else { 1.0 };
        let share = if by == By::TeamAverage { members(of) } else { 1.0 };
        let sum = sums.entry(name).or_default();
        *sum = (sum.0 + amount / share, sum.1 + 1);
    }
    let digits = match (metric, by) {
        ("won", By::TeamAverage) => 1e3,
        ("won", _) => 1e2,
        (_, By::TeamAverage) => 1e1,
        _ => 1.0,
    };
    let rounded = |value: f64| (value * digits).round() as i64;
    let mut rows: Vec<(String, f64, u64)> = sums.into_iter().map(|(name, (value, n))| (name, value, n)).collect();
    rows.sort_by(|a, b| rounded(b.1).cmp(&rounded(a.1)).then(a.0.cmp(&b.0)));
    let place = |of: i64| {
        let better: Vec<i64> = rows.iter().map(|row| rounded(row.1)).filter(|other| *other > of).collect();
        match rank {
            Rank::Competition => better.len() as u32 + 1,
            Rank::Dense => better.into_iter().collect::<std::collections::BTreeSet<_>>().len() as u32 + 1,
        }
    };
    let tied = |of: i64| rows.iter().filter(|row| rounded(row.1) == of).count() > 1;
    rows.iter()
        .map(|(name, value, n)| (name.clone(), place(rounded(*value)), tied(rounded(*value)), *value, *n))
        .collect()
}

fn every_standing_is_what_the_list_comes_to(new: impl Fn() -> Floor) {
    let deals = deals(3_000, 20_261_129);
    let floor = new();
    floor.import(&[("crm.csv", &deals_csv(&deals)), ("teams.csv", &teams_csv())]);
    let mut spans = vec![[date(2017, 10, 1), date(2018, 1, 1)], [date(2016, 1, 1), date(2019, 1, 1)]];
    let from = date(2017, 1, 1);
    spans.extend(
        (0..12).map(|month: i64| [from.saturating_add(month.months()), from.saturating_add((month + 1).months())]),
    );
    for first in [Weekday::Monday, Weekday::Sunday] {
        let start = from.nth_weekday(1, first).unwrap();
        spans.extend(
            (0..9_i64)
                .map(|week| [start.saturating_add((week * 7).days()), start.saturating_add((week * 7 + 7).days())]),
        );
    }
    spans.extend((0..25_i64).map(|day| [from.saturating_add(day.days()), from.saturating_add((day + 1).days())]));
    let (mut compared, mut ties) = (0, 0);
    for days in spans {
        for by in [By::Person, By::Team, By::TeamAverage] {
            for rank in [Rank::Competition, Rank::Dense] {
                for metric in ["won", "deals"] {
                    let question = Question { metric: metric.into(), from: days[0], to: days[1], by, rank };
                    let found = floor.store.read(|tx| standings(tx, &Viewer::Owner, &question, now())).unwrap();
                    let expected = expected(&deals, metric, days, by, rank);
                    assert_eq!(found.rows.len(), expected.len(), "{question:?}");
                    for (row, (name, place, tied, value, n)) in found.rows.iter().zip(&expected) {
                        assert_eq!(
                            (&row.name, row.rank, row.tied, row.facts),
                            (name, *place, *tied, *n),
                            "{question:?}"
                        );
                        assert!((row.value - value).abs() < 1e-6, "{question:?}: {row:?} {value}");
                        compared += 1;
                        ties += usize::from(*tied);
                    }
                }
            }
        }
    }
    assert!(compared > 4_000 && ties > 300, "too little was compared: {compared} rows, {ties} ties");
}

fn whoever_left_is_in_what_is_over_and_whoever_begins_later_in_what_they_did(new: impl Fn() -> Floor) {
    let floor = new();
    let deal = |n: u32, owner: &str, day: &str| format!("{n},{owner},10,{day},Won\n");
    let deals = [
        deal(1, "Left Long", "2026-10-02"),
        deal(2, "Left Long", "2026-11-02"),
        deal(3, "Comes Soon", "2026-10-02"),
        deal(4, "Comes Soon", "2026-11-02"),
        deal(5, "Stays On", "2026-11-02"),
    ];
    floor.import(&[("d.csv", &format!("Deal ID,Owner,Amount,Close date,Stage\n{}", deals.concat()))]);
    floor
        .store
        .write(|tx| {
            for person in people::list(tx, &Viewer::Owner)? {
                let (started, ended) = match person.name.as_str() {
                    "Left Long" => (None, Some("2026-11-20".to_owned())),
                    "Comes Soon" => (Some("2026-12-01".to_owned()), None),
                    _ => (None, None),
                };
                people::put(tx, &PersonRow { started, ended, ..person })?;
            }
            Ok(())
        })
        .unwrap();
    let names = |from, to| {
        let question = Question { metric: "won".into(), from, to, by: By::Person, rank: Rank::Competition };
        let found = floor.store.read(|tx| standings(tx, &Viewer::Owner, &question, now())).unwrap();
        found.rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
    };
    assert_eq!(names(date(2026, 10, 1), date(2026, 11, 1)), ["Comes Soon", "Left Long"]);
    assert_eq!(names(date(2026, 11, 1), date(2026, 11, 28)), ["Comes Soon", "Left Long", "Stays On"], "it is over");
    assert_eq!(names(date(2026, 11, 1), date(2026, 12, 1)), ["Comes Soon", "Stays On"], "it runs");
}

fn a_metric_that_is_not_there_and_days_the_wrong_way_round_are_told(new: impl Fn() -> Floor) {
    let floor = new();
    let ask = |metric: &str, from, to| {
        let question = Question { metric: metric.into(), from, to, by: By::Person, rank: Rank::Dense };
        floor.store.read(|tx| standings(tx, &Viewer::Owner, &question, now()))
    };
    let said = ask("wno", date(2026, 1, 1), date(2026, 2, 1)).unwrap_err().to_string();
    assert_eq!(said, "there is no metric \"wno\"; known metrics: won, deals");
    assert!(ask("won", date(2026, 2, 1), date(2026, 2, 1)).is_err());
    let far = ask("won", date(-9999, 1, 1), date(2026, 2, 1)).unwrap_err().to_string();
    assert!(far.contains("expected days from 1970-01-01 to 2200-01-01"), "{far}");
    assert_eq!(ask("won", date(2026, 1, 1), date(2026, 2, 1)).unwrap().rows, []);
}
