//! A floor by the program: why figures are what they are, what would be if, and floors of folders, files and addresses.

use std::path::{Path, PathBuf};
use std::process::Command;

use floorcast::map::workbook::kind_of;
use floorcast::map::{SourceBody, decode};
use floorcast::template::workbook as template;
use jiff::civil::date;
use serde_json::Value as Json;

use crate::support::server::{Server, http};

const NOW: &str = "2026-11-27T11:00:00Z";

struct Room(PathBuf);

impl Room {
    /// A folder of its own with the template in it.
    fn new(name: &str) -> Room {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("floor").join(name);
        std::fs::remove_dir_all(&folder).ok();
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("floor.xlsx"), template("en", date(2026, 11, 27)).unwrap()).unwrap();
        Room(folder)
    }

    /// Likewise, with examples around today: `check` and the wall know no other day.
    fn today(name: &str) -> Room {
        let room = Room::new(name);
        std::fs::remove_file(room.0.join("floor.xlsx")).unwrap();
        assert_eq!(room.run(&["template", "floor.xlsx"]).0, 0);
        room
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Exit code, standard output, standard error.
    fn run(&self, args: &[&str]) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_floorcast"));
        let output = command.args(args).current_dir(&self.0).env_clear().env("HOME", &self.0).env("TZ", "UTC").output();
        let output = output.unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
    }

    fn json(&self, args: &[&str]) -> Json {
        let (code, out, err) = self.run(args);
        assert_eq!(code, 0, "{args:?}: {out}{err}");
        serde_json::from_str(&out).unwrap()
    }

    fn fails(&self, args: &[&str]) -> String {
        let (code, out, err) = self.run(args);
        assert_ne!(code, 0, "{args:?}: {out}");
        err
    }
}

/// The sheets of a room's workbook as CSV.
fn tables(room: &Room) -> Vec<(String, String)> {
    let body = SourceBody { pages: vec![std::fs::read(room.0.join("floor.xlsx")).unwrap()], ..SourceBody::default() };
    let sheets = decode::sheets(&body, |name| kind_of(name).is_some()).unwrap();
    let table = |grid: floorcast::map::table::Grid| {
        let cell = |cell: &floorcast::map::table::Cell| {
            let text = cell.shown().unwrap_or_default();
            if text.contains([',', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
        };
        let row = |row: &floorcast::map::table::Row| row.cells.iter().map(cell).collect::<Vec<_>>().join(",");
        (grid.sheet.clone().unwrap(), grid.rows.iter().map(row).collect::<Vec<_>>().join("\n"))
    };
    sheets.into_iter().map(table).collect()
}

#[test]
fn why_names_the_formula_and_every_fact_with_its_cell() {
    let room = Room::new("why");
    let ask = |slide: &str, who: &str| {
        room.json(&["why", "--feed", "floor.xlsx", "--slide", slide, "--who", who, "--now", NOW, "--json"])
    };
    for (slide, who) in [
        ("ranking", "Mara Quill"),
        ("ranking", "north"),
        ("goals", "company"),
        ("goals", "South"),
        ("scorecard", "Tiago Brandt"),
        ("scorecard", "North"),
        ("contest", "Ines Falk"),
        ("ramp", "Priya Nair"),
        ("card-1", "Mara Quill"),
    ] {
        let answer = ask(slide, who);
        let figures = answer["figures"].as_array().unwrap();
        let mut sums = 0;
        for figure in figures {
            assert!(!figure["formula"].as_str().unwrap().is_empty());
            let facts = figure["facts"].as_array().unwrap();
            if !figure["field"].as_str().unwrap().ends_with("value") || facts.is_empty() {
                continue;
            }
            let sum: f64 = facts.iter().map(|fact| fact["value"].as_f64().unwrap()).sum();
            let value = figure["value"].as_f64().unwrap();
            assert!((sum - value).abs() < 0.005, "{slide} {who}: {figure}");
            for fact in facts {
                let cell = fact["cell"].as_str().unwrap();
                assert!(cell.starts_with("Deals!") || cell.starts_with("Activities!"), "{cell}");
                assert_eq!(fact["day"].as_str().unwrap().len(), 10);
            }
            sums += 1;
        }
        assert!(sums > 0 || slide == "goals", "{slide} {who}: {answer}");
    }
    let (_, text, _) = room.run(&["why", "--feed", "floor.xlsx", "--slide", "goals", "--who", "company", "--now", NOW]);
    assert!(text.contains("working days = ") && text.contains("Deals!C"), "{text}");
    for (slide, who, says) in [
        ("goals", "Osaka", "\"Osaka\" is nobody here: there is company, North"),
        ("golf", "company", "no slide \"golf\" with figures; there is ranking"),
        ("ramp", "Mara Quill", "Mara Quill has no figure on \"ramp\""),
    ] {
        let error = room.fails(&["why", "--feed", "floor.xlsx", "--slide", slide, "--who", who, "--now", NOW]);
        assert!(error.contains(says), "{slide} {who}: {error}");
    }
    assert!(room.fails(&["why", "--feed", "demo", "--slide", "goals", "--who", "x"]).contains("expected a workbook"));
}

#[test]
fn what_if_tells_old_and_new_of_everybody_and_writes_nothing() {
    let room = Room::new("what-if");
    let before = std::fs::read(room.0.join("floor.xlsx")).unwrap();
    fn ask<'a>(set: &[&'a str]) -> Vec<&'a str> {
        let mut args = vec!["what-if", "--feed", "floor.xlsx", "--now", NOW];
        set.iter().for_each(|set| args.extend(["--set", *set]));
        args
    }
    // The weight of the first indicator.
    let mut args = ask(&["Scorecard!B2=0", "Goals!F2=1000"]);
    args.push("--json");
    let answer = room.json(&args);
    let card = answer["cards"][0]["rows"].as_array().unwrap();
    let people = card.iter().filter(|row| row["who"]["scope"] == "person").count();
    assert_eq!(people, 8, "everybody stands there: {card:?}");
    let scores = |row: &Json| [row["score"][0].as_f64(), row["score"][1].as_f64()];
    assert!(card.iter().any(|row| scores(row)[0] != scores(row)[1]), "{card:?}");
    assert!(!answer["goals"].as_array().unwrap().is_empty(), "{answer}");
    let deals = tables(&room).into_iter().find(|(sheet, _)| sheet == "Deals").unwrap().1;
    let last = deals.lines().enumerate().filter(|(_, line)| line.ends_with("Won")).last().unwrap().0 + 1;
    let (code, text, _) = room.run(&ask(&[&format!("Deals!C{last}=999999")]));
    assert!(code == 0 && text.contains("becomes 999999") && text.contains("ranking "), "{text}");
    for (set, says) in [
        ("Scorecard!Z99=1", "there is no cell Scorecard!Z99: the sheet has the columns A to"),
        ("Golf!B2=1", "there is no sheet \"Golf\"; there is People"),
        ("Scorecard!B2=lots", "Scorecard!B2: \"lots\" is not a number"),
        ("Goals!F2=-5", "Goals!F2: expected a target above 0, found -5"),
        ("Scorecard!B2", "expected a cell and its value such as Scorecard!B3=40"),
    ] {
        let error = room.fails(&ask(&[set]));
        assert!(error.contains(says), "{set}: {error}");
    }
    assert_eq!(std::fs::read(room.0.join("floor.xlsx")).unwrap(), before);
}

/// Kind and rows of each slide.
fn shown(room: &Room, feeds: &[&str]) -> Vec<String> {
    let mut args = vec!["check", "--json"];
    feeds.iter().for_each(|feed| args.extend(["--feed", feed]));
    let answer = room.json(&args);
    let slide = |slide: &Json| format!("{} {} {}", slide["type"], slide["id"], slide["rows"]);
    answer["slides"].as_array().unwrap().iter().map(slide).collect()
}

#[test]
fn a_folder_of_tables_is_the_floor_of_their_names() {
    let room = Room::today("folder");
    for (sheet, text) in tables(&room) {
        room.write(&format!("floor/{sheet}.csv"), &text);
    }
    room.write("floor/~$People.csv", "a lock");
    room.write("floor/notes.txt", "of no interest");
    assert_eq!(shown(&room, &["floor"]), shown(&room, &["floor.xlsx"]));
    // A broken table is told with its name, and the others count.
    room.write("floor/Goals.csv", "Who,What,Target\nCompany,Sales,soon\n");
    let (_, out, _) = room.run(&["check", "--feed", "floor"]);
    assert!(out.contains("Goals!C2: \"soon\""), "{out}");
    // With deals alone it is a folder of exports as before: the newest table counts.
    let deals = tables(&room).into_iter().find(|(sheet, _)| sheet == "Deals").unwrap().1;
    room.write("exports/Deals.csv", &deals);
    let (code, out, _) = room.run(&["check", "--feed", "exports"]);
    assert!(code == 0 && out.contains("rows count"), "{out}");
}

#[test]
fn several_tables_are_one_floor_and_who_is_in_one_only_is_told() {
    let room = Room::today("several");
    let deals = tables(&room).into_iter().find(|(sheet, _)| sheet == "Deals").unwrap().1;
    // A day on which somebody has made a deal.
    let day = deals.lines().nth(1).unwrap().split(',').next().unwrap().to_owned();
    room.write(
        "crm-export.csv",
        &format!("{deals}\n{day},Zoe Moss,100,GBP,Acme,Won\n{day},mara  QUILL,7,GBP,Acme,Won\n"),
    );
    for (sheet, text) in tables(&room).into_iter().filter(|(sheet, _)| sheet != "Deals") {
        room.write(&format!("rest/{sheet}.csv"), &text);
    }
    let feeds = ["check", "--feed", "crm-export.csv", "--feed", "rest/People.csv", "--feed", "rest/Goals.csv"];
    let (code, out, _) = room.run(&feeds);
    assert!(
        code == 0 && out.contains("crm-export.csv/Deals") && out.contains("\"Zoe Moss\" is not on the sheet People"),
        "{out}"
    );
    assert!(!out.contains("QUILL\" is not on"), "people are matched by their names, however written: {out}");
    // The same in the settings, where a list stands for --feed.
    room.write("kiosk.toml", "[feed]\nurl = [\"crm-export.csv\", \"rest/People.csv\", \"rest/Goals.csv\"]\n");
    let (code, out, err) = room.run(&["check", "--config", "kiosk.toml"]);
    assert!(code == 0 && out.contains("crm-export.csv/Deals"), "{out}{err}");
    assert!(room.fails(&["check", "--feed", "demo", "--feed", "crm-export.csv"]).contains("must all be tables"));
    room.write("bad.toml", "[feed]\nurl = [\"a.csv\", \"day.tape\"]\n");
    assert!(room.fails(&["check", "--config", "bad.toml"]).contains("bad.toml:2:7"));
}

#[test]
fn a_published_workbook_is_a_floor_by_its_address() {
    let room = Room::today("published");
    let book = std::fs::read(room.0.join("floor.xlsx")).unwrap();
    let xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let server = Server::start(move |_| http("200 OK", &[("Content-Type", xlsx)], &book));
    let local = shown(&room, &["floor.xlsx"]);
    for path in ["/d/e/abc/pub?output=xlsx", "/floor"] {
        assert_eq!(shown(&room, &[&server.url(path)]), local, "{path}");
        let url = server.url(path);
        let args = ["why", "--feed", &url, "--slide", "goals", "--who", "company"];
        let (code, out, err) = room.run(&args);
        assert!(code == 0 && out.contains("working days = "), "{out}{err}");
    }
}

#[test]
fn a_workbook_is_filled_from_an_export_in_each_language() {
    let room = Room::today("from");
    let export = |today: jiff::civil::Date| {
        let mut export = "Owner;Amount;Close date;Stage;Team;Currency;Customer\n".to_owned();
        for (n, (who, team)) in
            [("Mara Quill", "North"), ("Müller, Jürgen", "South"), ("mara quill", "North"), ("Sora Abe", "")]
                .iter()
                .enumerate()
        {
            export.push_str(&format!("{who};{}.50;{today};Won;{team};EUR;Acme {n}\n", 1_000 * (n + 1)));
            export.push_str(&format!("{who};9999;{today};Lost;{team};EUR;Acme\n"));
        }
        export
    };
    for language in floorcast::template::LANGUAGES {
        // The day that it is in the zone of the workbook: elsewhere the deals of today may still be to come.
        let zone = match language {
            "en" => "Europe/London",
            "pt" => "America/Sao_Paulo",
            "ja" => "Asia/Tokyo",
            _ => "Europe/Berlin",
        };
        let zone = jiff::tz::TimeZone::get(zone).unwrap();
        room.write("deals.csv", &export(floorcast::clock::wall_clock()().to_zoned(zone).date()));
        let file = format!("{language}.xlsx");
        let (code, _, err) = room.run(&["template", &file, "--language", language, "--from", "deals.csv"]);
        assert_eq!(code, 0, "{language}: {err}");
        let answer = room.json(&["check", "--feed", &file, "--json"]);
        let problems: Vec<&Json> =
            answer["problems"].as_array().unwrap().iter().filter(|p| p["weight"] != "smaller").collect();
        assert!(problems.is_empty(), "{language}: {problems:?}");
        let slides = answer["slides"].as_array().unwrap();
        let ranking = slides.iter().find(|slide| slide["type"] == "ranking").unwrap();
        let rows: Vec<(String, f64)> = ranking["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| (row["name"].as_str().unwrap().to_owned(), row["value"].as_f64().unwrap()))
            .collect();
        let expected = [("Mara Quill", 4_001.0), ("Sora Abe", 4_000.5), ("Jürgen Müller", 2_000.5)];
        let same = |(own, (name, value)): (&(String, f64), (&str, f64))| own.0.contains(name) || own.1 == value;
        assert!(rows.len() == 3 && rows.iter().zip(expected).all(same), "{language}: {rows:?}");
        assert!((rows[0].1 - 4_001.0).abs() < 1.0, "{language}: {rows:?}");
        assert!(slides.iter().any(|slide| slide["type"] == "scorecard"), "{language}: a card with a score");
    }
    room.write("people.csv", "Name,Birthday\nAna,1.2.\n");
    assert!(room.fails(&["template", "x.xlsx", "--from", "people.csv"]).contains("people.csv"));
    assert!(!room.0.join("x.xlsx").exists());
}
