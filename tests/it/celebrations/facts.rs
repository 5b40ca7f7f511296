//! Celebrations of a floor in tables: what a row that is added between two reads becomes, and what becomes of an import.

use floorcast::director::queue::Tier;
use floorcast::map::TableSettings;
use floorcast::map::table::{Cell, Grid, Row};
use floorcast::map::workbook::{self, ReadOptions};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::support::wall::{Wall, accepted, instant, says};

/// Seconds after the start of a wall, which is at 10:30 of 19 May 2026 in Tokyo.
const READ_S: f64 = 5.0;

/// A sheet of lines with commas between their cells.
fn sheet(name: &str, lines: &[&str]) -> Grid {
    let row = |(at, line): (usize, &&str)| {
        let cells = line.split(',').map(|text| match text.parse::<f64>() {
            _ if text.is_empty() => Cell::Empty,
            Ok(number) => Cell::Number(number, None),
            Err(_) => Cell::text(text),
        });
        Row { number: at as u32 + 1, line: at as u32 + 1, cells: cells.collect() }
    };
    Grid { sheet: Some(name.into()), rows: lines.iter().enumerate().map(row).collect() }
}

const PEOPLE: [&str; 5] = ["Name,Team,Hidden,Start date", "Ana,North,", "Ben,North,", "Cleo,South,", "Dora,South,yes"];
const DEALS: [&str; 5] = [
    "Owner,Amount,Close date,Customer,Stage",
    "Ana,700,2026-04-05,Ikeda,Won",
    "Ana,400,2026-05-03,Kubo,Won",
    "Ben,600,2026-05-04,Mori,Won",
    "Ben,50,2026-05-19,Abe,Open",
];

/// A floor in tables that is read again and again.
struct Floor {
    sheets: Vec<Grid>,
    look: Vec<u8>,
    settings: TableSettings,
    now: Timestamp,
}

impl Floor {
    fn new(more: &[Grid]) -> Floor {
        let base =
            [sheet("People", &PEOPLE), sheet("Deals", &DEALS), sheet("Settings", &["Setting,Value", "Currency,EUR"])];
        let sheets = [base.as_slice(), more].concat();
        let mut floor = Floor { sheets, look: Vec::new(), settings: TableSettings::default(), now: instant(READ_S) };
        let board = floor.read();
        assert_eq!(board.get("events"), None, "nothing of a first read");
        floor
    }

    fn read(&mut self) -> Value {
        let options = ReadOptions { settings: &self.settings, now: self.now, tz: "Asia/Tokyo", date_order: "" };
        let (board, _, look) = workbook::board_since(&self.sheets, options, &self.look).unwrap();
        self.look = look.unwrap();
        board
    }

    fn lines(&mut self, name: &str) -> &mut Vec<Row> {
        let grid = self.sheets.iter_mut().find(|grid| grid.sheet.as_deref() == Some(name)).unwrap();
        &mut grid.rows
    }

    fn add(&mut self, name: &str, lines: &[&str]) {
        let mut rows = sheet(name, lines).rows;
        let last = self.lines(name).last().map_or(0, |row| row.number);
        rows.iter_mut().for_each(|row| row.number += last);
        self.lines(name).extend(rows);
    }

    /// `kind who value headline` of each celebration of the next read, the first to be celebrated first.
    fn told(&mut self) -> Vec<String> {
        let board = accepted(&self.read());
        let told = board.events.iter().rev().map(|event| {
            let who: Vec<&str> = event.who.iter().map(|who| who.name.as_str()).collect();
            let value = event.value.map(|value| value.to_string()).unwrap_or_default();
            let said = event.headline.as_deref().or(event.account.as_deref()).unwrap_or_default();
            format!("{:?} {} {value} {said}", event.kind, who.join("+"))
        });
        told.collect()
    }
}

const NONE: [&str; 0] = [];

#[test]
fn a_row_that_is_added_takes_the_wall_with_amount_and_person() {
    let mut floor = Floor::new(&[]);
    let mut wall = Wall::new("[feed]\nderive = { leader = true, goal = true, deal_min = 5 }\n");
    wall.board(0.0, &floor.read());
    floor.add("Deals", &["Cleo,950,2026-05-19,Toda,Won"]);
    wall.board(READ_S, &floor.read());
    let (tier, ids) = wall.celebrated(READ_S).unwrap();
    assert_eq!((tier, ids.len()), (Tier::Takeover, 1), "once, whatever `derive` says");
    let scene = wall.scene(9.0);
    assert!(["DEAL CLOSED", "CLEO", "FIRST DEAL"].iter().all(|text| says(&scene, text)));
    // The same facts once more, and from another run without a memory.
    wall.board(60.0, &floor.read());
    assert_eq!(wall.celebrated(60.0), None);
    floor.look.clear();
    wall.board(90.0, &floor.read());
    assert_eq!(wall.celebrated(90.0), None);
}

#[test]
fn each_cause_is_told_once_and_in_order() {
    let goals = sheet("Goals", &["Who,What,Target,Period", "Company,Sales,1900,2026-05", "South,Sales,100,2026-05"]);
    let mut floor = Floor::new(&[goals]);
    floor.add("Deals", &["Ana,950,2026-05-19,Toda,Won"]);
    let expected = ["Won Ana 950 Best month yet", "GoalReached  1950 Sales"];
    assert_eq!(floor.told(), expected, "the picture of a deal says that she leads");
    floor.add("Deals", &["Cleo,120,2026-05-19 10:20,Sato,Won", "Ben,80,2026-05-19 10:25,Ono,Won"]);
    assert_eq!(floor.told(), ["Won Cleo 120 First deal", "Won Ben 80 Ono", "GoalReached South 120 "]);
    // An open deal that is won now.
    let stage = floor.lines("Deals").iter().position(|row| row.cells[4].as_text() == Some("Open")).unwrap();
    floor.lines("Deals")[stage].cells[4] = Cell::text("Won");
    assert_eq!(floor.told(), ["Won Ben 50 Abe"]);
    assert_eq!(floor.told(), NONE);
}

#[test]
fn imports_corrections_and_old_deals_are_no_news() {
    let many: Vec<String> = (0..20).map(|n| format!("Ana,{},2026-05-19,C{n},Won", 100 + n)).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let mut floor = Floor::new(&[]);
    floor.add("Deals", &many);
    assert_eq!(floor.told(), NONE, "twenty rows are an import");
    let mut change = |what: &str, change: &dyn Fn(&mut Floor)| {
        change(&mut floor);
        assert_eq!(floor.told(), NONE, "{what}");
    };
    change("yesterday's", &|floor| floor.add("Deals", &["Ben,90,2026-05-18,Ono,Won"]));
    change("older than a quarter of an hour", &|floor| floor.add("Deals", &["Ben,91,2026-05-19 10:14,Ono,Won"]));
    change("in an hour", &|floor| floor.add("Deals", &["Ben,92,2026-05-19 11:30,Ono,Won"]));
    change("of one who is in totals only", &|floor| floor.add("Deals", &["Dora,93,2026-05-19,Ono,Won"]));
    change("another amount", &|floor| floor.lines("Deals")[6].cells[1] = Cell::Number(5000.0, None));
    change("another person", &|floor| floor.lines("Deals")[7].cells[0] = Cell::text("Ben"));
    change("another day", &|floor| floor.lines("Deals")[3].cells[2] = Cell::text("2026-05-19"));
    change("a row less", &|floor| drop(floor.lines("Deals").remove(8)));
    change("sorted", &|floor| floor.lines("Deals")[1..].reverse());
    // A zone that is another one moves every day.
    change("another zone", &|floor| floor.add("Settings", &["Time zone,Europe/London"]));
    change("a memory that cannot be read", &|floor| {
        floor.look = b"{".to_vec();
        floor.add("Deals", &["Ben,94,2026-05-19,Ono,Won"]);
    });
    change("what was there already comes of age", &|floor| floor.now = instant(3_700.0));
}

#[test]
fn a_row_at_the_top_is_one_new_deal_and_so_is_the_same_deal_again() {
    let mut floor = Floor::new(&[]);
    let mut top = |line: &str| {
        let new = sheet("Deals", &[line]).rows.remove(0);
        let rows = floor.lines("Deals");
        rows.insert(1, new);
        rows.iter_mut().zip(1..).for_each(|(row, number)| row.number = number);
        let board = floor.read();
        let events = board["events"].as_array().cloned().unwrap_or_default();
        (events.len(), events.first().map(|event| event["id"].clone()))
    };
    let (first, second) = (top("Ben,80,2026-05-19,Ono,Won"), top("Ben,80,2026-05-19,Ono,Won"));
    assert_eq!((first.0, second.0), (1, 1));
    assert_ne!(first.1, second.1, "two deals that say the same");
}

#[test]
fn the_sheet_settings_says_from_which_amount_on() {
    for (says, count) in [("yes", 2), ("no", 0), ("100", 1), ("1000 €", 0)] {
        let mut floor = Floor::new(&[]);
        floor.add("Settings", &[&format!("Celebrate deals,{says}")]);
        floor.read();
        floor.add("Deals", &["Ben,120,2026-05-19,Ono,Won", "Ben,80,2026-05-19,Ono,Won"]);
        assert_eq!(floor.told().iter().filter(|line| line.starts_with("Won ")).count(), count, "{says}");
    }
}

#[test]
fn praise_new_people_and_contests_are_celebrated_too() {
    let contests = sheet(
        "Contests",
        &[
            "Title,What,Format,Who,From,To,Goal,Prize,Confirmed",
            "Race,Deals,first to,everyone,2026-05-01,,3,Dinner,",
            "April,Sales,most,everyone,2026-05-01,2026-05-17,,Cinema,",
            "Cup,Deals,bracket,Ana; Ben,2026-05-01,2026-05-17,,Cup,",
        ],
    );
    let praise = sheet("Recognition", &["Who,Headline,Text,From,Date", "Ana,Great call,,Ben,2026-05-18"]);
    let mut floor = Floor::new(&[contests, praise]);
    floor.add(
        "Recognition",
        &["Ben; Cleo,Saved the day,,Ana,2026-05-19", "Dora,Saved it too,,Ana,", "Ana,Long ago,,,2026-05-12"],
    );
    floor.add("People", &["Finn,North,,2026-05-19", "Gil,North,,2026-06-01"]);
    assert_eq!(floor.told(), ["Shout Ben+Cleo  Saved the day", "Shout Finn  Welcome"]);
    floor.add("Deals", &["Ben,80,2026-05-19,Ono,Won", "Ben,81,2026-05-19,Ono,Won"]);
    assert_eq!(floor.told(), ["Won Ben 80 Ono", "Won Ben 81 Ono", "ContestWon Ben  Race"]);
    for row in [2, 3] {
        floor.lines("Contests")[row].cells[8] = Cell::text("yes");
    }
    assert_eq!(floor.told(), ["ContestWon Ben  April", "ContestWon Ana  Cup"]);
    assert_eq!(floor.told(), NONE);
}

#[test]
fn a_floor_without_amounts_celebrates_its_deals() {
    let deals = ["Owner,Close date,Stage", "Ana,2026-05-03,Won", "Ben,2026-05-04,Won", "Ben,2026-05-05,Won"];
    let sheets = vec![sheet("People", &PEOPLE), sheet("Deals", &deals)];
    let now = instant(READ_S);
    let mut floor = Floor { sheets, look: Vec::new(), settings: TableSettings::default(), now };
    floor.read();
    floor.add("Deals", &["Cleo,2026-05-19,Won"]);
    assert_eq!(floor.told(), ["Won Cleo  First deal"]);
    floor.add("Deals", &["Ana,2026-05-19,Won", "Ana,2026-05-19,Won"]);
    assert_eq!(floor.told(), ["Won Ana  ", "Won Ana  "]);
    assert_eq!(json!(floor.read()["derive"]), json!(false));
}
