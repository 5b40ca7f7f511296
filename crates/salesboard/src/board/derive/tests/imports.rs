//! Old deals that come in at once, and tables that lose rows for a while: neither is a cause.

use super::*;

const EIGHT: [(&str, f64); 8] = [
    ("ana", 1000.0),
    ("ben", 1100.0),
    ("cia", 1200.0),
    ("dan", 1300.0),
    ("eve", 1400.0),
    ("fay", 1500.0),
    ("gus", 1600.0),
    ("hal", 1700.0),
];

/// A table of deals without dates: what a person has, and in how many deals.
fn table(rows: &[(&str, f64, u32)]) -> Value {
    let row = |(who, value, deals): &(&str, f64, u32)| json!({"who": who, "value": value, "also": {"deals": deals}});
    json!({
        "format": "salesboard/1", "board": "b",
        "metrics": {"deals": {"label": "Deals"}, "amount": {"label": "Sales", "unit": "number"}},
        "slides": [{"id": "people", "type": "ranking", "metric": "amount", "rows": rows.iter().map(row).collect::<Vec<_>>()}],
    })
}

/// One deal each, and of this person these instead.
fn eight(who: &str, value: f64, deals: u32) -> Vec<(&'static str, f64, u32)> {
    EIGHT.map(|row| if row.0 == who { (row.0, value, deals) } else { (row.0, row.1, 1) }).to_vec()
}

#[test]
fn ten_thousand_old_deals_of_one_person_are_an_import() {
    let mut floor = Floor::default();
    floor.says(&table(&eight("", 0.0, 0)));
    assert_eq!(floor.says(&table(&eight("ana", 101_000.0, 10_001))), [], "no deal and no leader");
    // Real ones go on from there.
    let next: Vec<_> = eight("ana", 101_000.0, 10_001)
        .into_iter()
        .map(|row| if row.0 == "ben" { ("ben", 1300.0, 2) } else { row })
        .collect();
    assert_eq!(floor.says(&table(&next)), [(EventKind::Won, "ben".into(), Some(200.0))]);
    // A few at once are no import, and neither are more where there are many.
    let mut floor = Floor::default();
    floor.says(&table(&eight("", 0.0, 0)));
    assert_eq!(floor.says(&table(&eight("ana", 5000.0, 11))), [(EventKind::Won, "ana".into(), Some(4000.0))]);
    let mut floor = Floor::default();
    floor.says(&table(&eight("ana", 100_000.0, 800)));
    assert_eq!(floor.says(&table(&eight("ana", 105_000.0, 880))).len(), 1);
    assert_eq!(floor.says(&table(&eight("ana", 125_000.0, 990))), []);
}

#[test]
fn what_is_counted_beside_a_figure_is_no_import_unless_it_is_deals() {
    // Fifty seats in one deal; calls of which nobody said that they only lead to one.
    for count in ["seats", "calls"] {
        let with = |value: f64, n: u32| {
            let text = table(&eight("ana", value, n)).to_string().replace("\"deals\"", &format!("\"{count}\""));
            serde_json::from_str::<Value>(&text).unwrap()
        };
        let mut floor = Floor::default();
        floor.says(&with(1000.0, 1));
        let deal = [(EventKind::Won, "ana".to_owned(), Some(500.0))];
        assert_eq!(floor.says(&with(1500.0, 51)), deal, "{count}");
    }
    // Eleven deals of four people since the last look.
    let deals = [4, 3, 2, 2];
    let rows = |new: &[u32]| {
        let row = |(i, (who, value)): (usize, (&'static str, f64))| {
            let new = new.get(i).copied().unwrap_or(0);
            (who, value + 100.0 * f64::from(new), 1 + new)
        };
        table(&EIGHT.into_iter().enumerate().map(row).collect::<Vec<_>>())
    };
    let mut floor = Floor::default();
    floor.says(&rows(&[]));
    let won = |(who, more)| (EventKind::Won, String::from(who), Some(more));
    assert_eq!(floor.says(&rows(&deals)), [("ana", 400.0), ("ben", 300.0), ("cia", 200.0), ("dan", 200.0)].map(won));
    // Ten of each of three are old ones.
    let mut floor = Floor::default();
    floor.says(&rows(&[]));
    assert_eq!(floor.says(&rows(&[10, 10, 10])), []);
}

#[test]
fn ten_thousand_old_deals_that_are_only_counted_are_an_import() {
    let counted = |deals: u32| {
        let rows = ["ana", "ben", "cia", "dan", "eve"].into_iter().zip([deals, 9, 8, 7, 6]);
        let rows: Vec<Value> = rows.map(|(who, n)| json!({"who": who, "value": n})).collect();
        json!({"format": "salesboard/1", "board": "b", "slides": [{"id": "r", "type": "ranking", "rows": rows}]})
    };
    let mut floor = Floor::default();
    floor.says(&counted(5));
    assert_eq!(floor.says(&counted(10_005)), []);
    let mut floor = Floor::default();
    floor.says(&counted(5));
    assert_eq!(floor.says(&counted(15)), [(EventKind::NewLeader, "ana".into(), Some(15.0))]);
}

#[test]
fn a_table_that_lost_its_rows_and_has_them_again_is_no_news() {
    let whole = eight("", 0.0, 0);
    for steps in [&[3, 7, 8][..], &[1, 6, 7, 8], &[0, 7, 8], &[7, 8], &[5, 8]] {
        let mut floor = Floor::default();
        floor.says(&table(&whole));
        for rows in steps {
            assert_eq!(floor.says(&table(&whole[..*rows])), [], "{steps:?} at {rows}");
        }
        let next: Vec<_> = whole.iter().map(|row| if row.0 == "ana" { ("ana", 1090.0, 2) } else { *row }).collect();
        assert_eq!(floor.says(&table(&next)), [(EventKind::Won, "ana".into(), Some(90.0))], "{steps:?}: it goes on");
    }
    // A count that was set back for good is a new one: what was lost is forgotten after a while.
    let boards = [&whole[..], &whole[..1], &whole[..2]].map(|rows| accepted(&table(rows)));
    for (minute, events) in [(14, 0), (16, 1)] {
        let mut memory = Memory::default();
        let mut step = |before: usize, now: usize, minute: i64| {
            let at = at() + jiff::SignedDuration::from_mins(minute);
            let outcome = memory.step(&all(), Some(&boards[before]), &boards[now], at, "2026-11-26");
            outcome.derived.into_iter().filter(|derived| derived.event.is_some()).count()
        };
        assert_eq!([step(0, 1, 0), step(1, 2, minute)], [0, events], "{minute}");
    }
    // Half of a person's rows.
    let mut floor = Floor::default();
    floor.says(&table(&eight("hal", 1700.0, 2)));
    for (rows, hal) in [(2, 0.0), (7, 0.0), (8, 900.0), (8, 1700.0)] {
        assert_eq!(floor.says(&table(&eight("hal", hal, 1)[..rows])), [], "{rows} {hal}");
    }
}
