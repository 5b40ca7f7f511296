//! A floor in one workbook: the template in each language, and what is wrong in any of its cells.

use std::path::Path;
use std::process::Command;

use floorcast::map::decode;
use floorcast::map::table::{Cell, Grid, Row, letters};
use floorcast::map::workbook::{self, ReadOptions, kind_of};
use floorcast::map::{Note, SourceBody, TableSettings};
use floorcast::template::{LANGUAGES, workbook as template};
use jiff::civil::{Date, date};

const TODAY: Date = date(2026, 11, 27);

/// The sheets of the template in a language.
fn sheets(language: &str) -> Vec<Grid> {
    let source = SourceBody { pages: vec![template(language, TODAY).unwrap()], ..SourceBody::default() };
    decode::sheets(&source, |name| kind_of(name).is_some()).unwrap()
}

fn board(sheets: &[Grid]) -> Result<(serde_json::Value, Vec<Note>), String> {
    let settings = TableSettings::default();
    let now = "2026-11-27T11:00:00Z".parse().unwrap();
    let options = ReadOptions { settings: &settings, now, tz: "Europe/London", date_order: "" };
    workbook::board(sheets, options).map(|(board, said)| (board, said.notes))
}

fn kinds(board: &serde_json::Value) -> Vec<String> {
    let slides = board["slides"].as_array().unwrap();
    let mut kinds: Vec<String> = slides.iter().map(|slide| slide["type"].as_str().unwrap().to_owned()).collect();
    kinds.dedup();
    kinds
}

#[test]
fn the_template_is_a_whole_show_in_each_language() {
    for language in LANGUAGES {
        let (board, notes) = board(&sheets(language)).unwrap();
        assert_eq!(notes, [], "{language}");
        let expected = ["ranking", "goals", "scorecard", "contest", "ramp", "recognition", "coaching", "message"];
        assert_eq!(kinds(&board), expected, "{language}");
        // The figures are the same in all languages; only yen have more digits.
        let of_week = |slide: &&serde_json::Value| slide["id"].as_str().is_some_and(|id| id.ends_with("-week"));
        let calls = board["slides"].as_array().unwrap().iter().find(of_week).unwrap();
        assert_eq!(calls["total"]["value"], 1038, "{language}");
    }
    assert!(template("sv", TODAY).unwrap_err().contains("en, de, fr"));
}

#[test]
fn the_program_writes_a_template_and_accepts_it() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("workbook");
    std::fs::remove_dir_all(&folder).ok();
    std::fs::create_dir_all(&folder).unwrap();
    let run = |line: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_floorcast"));
        let command = command.args(line.split_whitespace()).current_dir(&folder).env_clear().env("HOME", &folder);
        let output = command.output().unwrap();
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr),
        )
    };
    assert_eq!(run("template floor.xlsx").0, Some(0));
    let (code, said) = run("template floor.xlsx");
    assert!(code == Some(74) && said.contains("floor.xlsx"), "never over a file that is there: {said}");
    assert_eq!(run("template floor.ods").0, Some(2));
    assert_eq!(run("template --language tlh other.xlsx").0, Some(2));
    let (code, said) = run("check --feed floor.xlsx --strict=left-out");
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("People: 8 people, 2 teams") && said.contains("Contests: 2 of 2 contests"), "{said}");
}

#[test]
fn a_workbook_of_deals_alone_is_a_table_as_before() {
    let deals: Vec<Grid> = sheets("en").into_iter().filter(|grid| grid.sheet.as_deref() == Some("Deals")).collect();
    assert!(!workbook::is_floor(&deals));
    let mut named = deals.clone();
    // A cover sheet that happens to be called like a sheet of a floor makes none.
    named.push(Grid { sheet: Some("Team".into()), rows: vec![] });
    assert!(!workbook::is_floor(&named));
}

#[test]
fn any_sheet_may_be_missing() {
    let all = sheets("en");
    for left_out in &all {
        let rest: Vec<Grid> = all.iter().filter(|grid| grid.sheet != left_out.sheet).cloned().collect();
        let (board, _) = board(&rest).unwrap();
        assert!(kinds(&board).len() >= 5, "without {:?}", left_out.sheet);
    }
    for alone in
        all.iter().filter(|grid| !matches!(grid.sheet.as_deref(), Some("Settings" | "Calendar" | "People" | "Deals")))
    {
        // Alone a sheet shows what it has, or says why it has nothing.
        if let Err(error) = board(std::slice::from_ref(alone)) {
            assert!(error.contains("nothing to show"), "{:?}: {error}", alone.sheet);
        }
    }
}

#[test]
fn half_a_demo_a_day_is_a_target() {
    let mut all = sheets("en");
    let card = all.iter_mut().find(|grid| grid.sheet.as_deref() == Some("Scorecard")).unwrap();
    card.rows[3].cells[2] = Cell::Number(0.5, None);
    let (board, _) = board(&all).unwrap();
    let slides = board["slides"].as_array().unwrap();
    let card = slides.iter().find(|slide| slide["type"] == "scorecard").unwrap();
    // Five working days.
    assert_eq!(card["rows"][0]["cells"][2]["target"], 2.5);
}

/// What people and programs leave in cells.
fn poisons() -> Vec<Cell> {
    vec![
        Cell::text("soon"),
        Cell::text("#REF!"),
        Cell::text("Loading..."),
        Cell::Error("#DIV/0!".into()),
        Cell::Uncalculated,
        Cell::Number(1e308, None),
        Cell::Number(-1.0, None),
        Cell::Number(0.0, None),
        Cell::Number(f64::NAN, None),
        Cell::Day(date(1, 1, 1)),
        Cell::Day(date(9999, 12, 31)),
        Cell::text("31.02.2026"),
        Cell::text(&"long ".repeat(2_000)),
        Cell::text("\u{202e}=1+1"),
        Cell::Bool(true),
        Cell::Seconds(1.5),
        Cell::Empty,
    ]
}

/// A note that names a cell, or of a table of deals its row.
fn names(notes: &[Note], sheet: &str, column: usize, row: u32) -> bool {
    let cell = format!("{sheet}!{}{row}:", letters(column));
    let of_row = format!("row {row}");
    notes.iter().any(|note| note.text.contains(&cell) || sheet == "Deals" && note.text.contains(&of_row))
}

#[test]
fn a_poisoned_cell_is_a_note_and_never_a_panic() {
    let mut all = sheets("en");
    // A few rows of work are enough, and the latest ones are those of the month.
    for grid in all.iter_mut().filter(|grid| grid.rows.len() > 12) {
        let old = grid.rows.len() - 6;
        grid.rows.drain(1..old);
    }
    let (clean, _) = board(&all).unwrap();
    let mut silent = Vec::new();
    for (at, grid) in all.iter().enumerate() {
        let sheet = grid.sheet.clone().unwrap();
        let width = grid.rows[0].cells.len();
        for column in 0..width {
            for poison in poisons() {
                let mut sheets = all.clone();
                // A deal that is lost may have any amount.
                let is_won = |row: &Row| row.cells.iter().any(|cell| cell.as_text() == Some("Won"));
                let place = if sheet == "Deals" { grid.rows.iter().position(is_won).unwrap() } else { 1 };
                let row = &mut sheets[at].rows[place];
                row.cells.resize(width, Cell::Empty);
                let before = std::mem::replace(&mut row.cells[column], poison.clone());
                let number = row.number;
                let Ok((board, notes)) = board(&sheets) else {
                    panic!("{sheet} {column} {poison:?}: refused as a whole")
                };
                let error = matches!(poison, Cell::Error(_) | Cell::Uncalculated) || poison.as_text() == Some("#REF!");
                // Currencies and customers of deals are not asked for; a stage is told by its words, not by its row.
                let unread = sheet == "Deals" && column >= 3;
                // Where a figure changes, somebody is told, unless the cell is another good value.
                let figure = matches!(before, Cell::Number(..) | Cell::Day(_));
                let good =
                    matches!(poison, Cell::Number(n, _) if (0.0..2.0).contains(&n)) || matches!(poison, Cell::Empty);
                let changes = figure && !good && board != clean && !matches!(poison, Cell::Number(-1.0, _));
                if (error || changes) && !unread && !names(&notes, &sheet, column, number) {
                    silent.push(format!("{sheet}!{}{number}: {poison:?} instead of {before:?}", letters(column)));
                }
            }
        }
    }
    assert!(silent.is_empty(), "nobody was told of:\n{}", silent.join("\n"));
}

#[test]
fn ten_thousand_rows_of_one_name_are_one_person() {
    let mut all = sheets("en");
    let people = all.iter_mut().find(|grid| grid.sheet.as_deref() == Some("People")).unwrap();
    let row = people.rows[1].clone();
    people.rows.extend((0..10_000).map(|n| Row { number: n + 100, line: n + 100, ..row.clone() }));
    let (board, _) = board(&all).unwrap();
    assert_eq!(board["people"].as_object().unwrap().len(), 8);
}

#[test]
fn who_and_what_is_not_known_is_told_with_its_cell() {
    let mut all = sheets("en");
    let set = |all: &mut Vec<Grid>, sheet: &str, row: usize, column: usize, text: &str| {
        let grid = all.iter_mut().find(|grid| grid.sheet.as_deref() == Some(sheet)).unwrap();
        let cells = &mut grid.rows[row].cells;
        cells.resize(cells.len().max(column + 1), Cell::Empty);
        cells[column] = Cell::text(text);
    };
    set(&mut all, "Goals", 2, 0, "Osaka");
    set(&mut all, "Goals", 3, 2, "soonish");
    set(&mut all, "Contests", 1, 1, "Golf");
    set(&mut all, "Activities", 3, 1, "Zoe Moss");
    set(&mut all, "News", 1, 4, "now and then");
    set(&mut all, "Settings", 1, 0, "Colour of the bike shed");
    let (_, notes) = board(&all).unwrap();
    let texts: Vec<&str> = notes.iter().map(|note| note.text.as_str()).collect();
    for expected in [
        "Goals!A3: \"Osaka\": expected a team, a person of the sheet People, or the company",
        "Goals!C4: \"soonish\": expected a period like",
        "Contests!B2: no sheet has the indicator \"Golf\"",
        "Activities!B4: \"Zoe Moss\" is not on the sheet People",
        "News!E2: \"now and then\": expected when it repeats",
        "Settings!A2: \"Colour of the bike shed\" is no setting",
    ] {
        assert!(texts.iter().any(|text| text.starts_with(expected)), "{expected}: {texts:#?}");
    }
}

/// The sheets of a workbook that a test writes.
fn written(write: impl FnOnce(&mut rust_xlsxwriter::Workbook) -> Result<(), rust_xlsxwriter::XlsxError>) -> Vec<Grid> {
    let mut book = rust_xlsxwriter::Workbook::new();
    write(&mut book).unwrap();
    let source = SourceBody { pages: vec![book.save_to_buffer().unwrap()], ..SourceBody::default() };
    decode::sheets(&source, |name| kind_of(name).is_some()).unwrap()
}

#[test]
fn merged_cells_and_formulas_are_what_they_show() {
    let sheets = written(|book| {
        let people = book.add_worksheet().set_name("People")?;
        people.merge_range(0, 0, 0, 3, "Our team in 2026", &rust_xlsxwriter::Format::new())?;
        people.write_row(2, 0, ["Name", "Team", "Birthday"])?;
        people.write_column(3, 0, ["Ana", "Ben", "Cleo"])?;
        people.merge_range(3, 1, 4, 1, "North", &rust_xlsxwriter::Format::new())?;
        people.write(5, 1, "South")?;
        let work = book.add_worksheet().set_name("Activities")?;
        work.write_row(0, 0, ["Date", "Who", "Calls"])?;
        for (row, who) in ["Ana", "Ben", "Cleo"].into_iter().enumerate() {
            work.write_row(row as u32 + 1, 0, ["2026-11-26", who])?;
        }
        work.write_formula(1, 2, rust_xlsxwriter::Formula::new("=2+3").set_result("5"))?;
        work.write(2, 2, 7)?;
        work.write_formula(3, 2, rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!"))?;
        let goals = book.add_worksheet().set_name("Goals")?;
        goals.write_row(0, 0, ["Who", "What", "Target", "Period"])?;
        goals.write_row(1, 0, ["North", "Calls"])?;
        goals.write_formula(1, 2, rust_xlsxwriter::Formula::new("=60*2").set_result("120"))?;
        goals.write(1, 3, "November 2026")?;
        Ok(())
    });
    let (board, notes) = board(&sheets).unwrap();
    let slides = board["slides"].as_array().unwrap();
    let goals = slides.iter().find(|slide| slide["type"] == "goals").unwrap();
    assert_eq!((&goals["rows"][0]["value"], &goals["rows"][0]["target"]), (&12.into(), &120.into()));
    assert_eq!(board["people"]["p:ben"]["team"], "t:north", "a merged cell stands for each of its rows");
    let texts: Vec<&str> = notes.iter().map(|note| note.text.as_str()).collect();
    assert!(texts.iter().any(|text| text.starts_with("Activities!C4: \"#DIV/0!\"")), "{texts:?}");
}

#[test]
fn what_is_missing_for_what_is_told_by_name() {
    let sheets = written(|book| {
        let people = book.add_worksheet().set_name("People")?;
        people.write_row(0, 0, ["Name", "Team", "Birthday"])?;
        for (row, (who, team)) in [("Ana", "North"), ("Ben", "South"), ("Cleo", "")].into_iter().enumerate() {
            people.write_row(row as u32 + 1, 0, [who, team])?;
        }
        let work = book.add_worksheet().set_name("Activities")?;
        work.write_row(0, 0, ["Date", "Who", "Calls", "Demos"])?;
        work.write_row(1, 0, ["2026-11-26", "Ana"])?;
        work.write_row(1, 2, [5, 1])?;
        let goals = book.add_worksheet().set_name("Goals")?;
        goals.write_row(0, 0, ["Who", "What", "Target", "Period"])?;
        for (row, who) in ["Ana", "Cleo"].into_iter().enumerate() {
            goals.write_row(row as u32 + 1, 0, [who, "Calls"])?;
            goals.write(row as u32 + 1, 2, 100)?;
            goals.write(row as u32 + 1, 3, "November")?;
        }
        let card = book.add_worksheet().set_name("Scorecard")?;
        card.write_row(0, 0, ["What", "Weight", "Target", "Per"])?;
        card.write_row(1, 0, ["Calls"])?;
        card.write(1, 1, 100)?;
        card.write(1, 3, "month")?;
        Ok(())
    });
    let (_, notes) = board(&sheets).unwrap();
    let texts: Vec<&str> = notes.iter().map(|note| note.text.as_str()).collect();
    let expected = [
        "Cleo is in no team: counts for the company only",
        "no target for Ben in Calls, November 2026: the scorecard has no pace and no score",
    ];
    assert_eq!(texts, expected);
}

/// `tests/books` holds what LibreOffice 7.4 wrote of the English template of 29 November 2026: `soffice --headless
/// --convert-to ods floor.xlsx`, and likewise `xlsx`. Installing it takes longer than the rest of this test.
#[test]
fn what_libreoffice_writes_is_the_same_floor() {
    let source = |bytes: Vec<u8>| SourceBody { pages: vec![bytes], ..SourceBody::default() };
    let read = |bytes: Vec<u8>| {
        let sheets = decode::sheets(&source(bytes), |name| kind_of(name).is_some()).unwrap();
        board(&sheets).unwrap()
    };
    let own = read(template("en", date(2026, 11, 29)).unwrap());
    assert_eq!(own.1, []);
    for file in ["libreoffice.ods", "libreoffice.xlsx"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/books").join(file);
        assert_eq!(read(std::fs::read(path).unwrap()), own, "{file}");
    }
}

#[test]
fn an_amount_without_a_currency_is_of_none_of_several() {
    let sheets = |currency: &str| {
        written(|book| {
            let deals = book.add_worksheet().set_name("Deals")?;
            deals.write_row(0, 0, ["Owner", "Close date", "Currency", "Amount"])?;
            let rows = [("Ana", "KWD", 1.234), ("Ana", "KWD", 0.001), ("Ben", "USD", 7.0), ("Ben", "", 9.5)];
            for (row, (who, code, amount)) in (1..).zip(rows) {
                deals.write_row(row, 0, [who, "2026-11-26", code])?.write(row, 3, amount)?;
            }
            let settings = book.add_worksheet().set_name("Settings")?;
            settings.write_row(0, 0, ["Setting", "Value"])?.write_row(1, 0, ["Company", "Acme"])?;
            if !currency.is_empty() {
                settings.write_row(2, 0, ["Currency", currency])?;
            }
            Ok(())
        })
    };
    let totals = |currency: &str| {
        let (board, notes) = board(&sheets(currency)).unwrap();
        let slides = board["slides"].as_array().unwrap().clone();
        let total = |slide: &serde_json::Value| {
            (slide["metric"].as_str().unwrap().to_owned(), slide["total"]["value"].as_f64().unwrap())
        };
        let totals: Vec<(String, f64)> = slides.iter().map(total).collect();
        (totals, notes.iter().map(|note| note.text.clone()).collect::<Vec<_>>())
    };
    let of = |totals: &[(&str, f64)]| totals.iter().map(|(key, value)| ((*key).to_owned(), *value)).collect::<Vec<_>>();
    let (seen, notes) = totals("");
    assert_eq!(seen, of(&[("sold", 1.24), ("sold-USD", 7.0), ("sold-unknown", 9.5)]));
    assert!(notes.iter().any(|note| note.contains("1 deals name no currency and are counted apart")), "{notes:?}");
    // The sheet Settings says which one is meant.
    let (seen, notes) = totals("USD");
    assert_eq!(seen, of(&[("sold-KWD", 1.24), ("sold", 16.5)]));
    assert!(notes.iter().any(|note| note.contains("count as USD")), "{notes:?}");
}

#[test]
fn deals_without_an_amount_and_those_to_come_are_told() {
    let sheets = written(|book| {
        let deals = book.add_worksheet().set_name("Deals")?;
        deals.write_row(0, 0, ["Owner", "Close date", "Stage", "Amount"])?;
        let (past, to_come) = ("2026-11-26", "2026-11-30");
        let rows = [
            ("Won", past, Some(40.0)),
            ("Won", past, None),
            ("Lost", to_come, None),
            ("Won", past, Some(0.0)),
            ("Won", to_come, Some(7.0)),
        ];
        for (row, (stage, day, amount)) in (1..).zip(rows) {
            deals.write_row(row, 0, ["Ana", day, stage])?;
            if let Some(amount) = amount {
                deals.write(row, 3, amount)?;
            }
        }
        // Any second sheet makes it a floor.
        book.add_worksheet().set_name("Settings")?.write_row(0, 0, ["Setting", "Value"])?;
        Ok(())
    });
    let (board, notes) = board(&sheets).unwrap();
    assert_eq!(board["slides"][0]["total"]["value"], 40.0, "{}", board["slides"][0]);
    let told: Vec<&str> = notes.iter().map(|note| note.text.as_str()).filter(|text| text.contains("row ")).collect();
    assert_eq!(
        told,
        [
            "sheet \"Deals\": no amount is written, so what was sold counts as a deal only: row 3",
            "sheet \"Deals\": won on a day that is still to come, so it does not count yet: row 6",
        ]
    );
}

#[test]
fn a_total_is_told_where_lists_end_in_one_and_a_title_elsewhere() {
    let sheets = written(|book| {
        let work = book.add_worksheet().set_name("Activities")?;
        work.write_row(0, 0, ["Who", "Date", "Calls"])?;
        work.write_row(1, 0, ["Ana", "2026-11-26"])?.write(1, 2, 5)?;
        work.write(2, 0, "Total")?.write(2, 2, 5)?;
        let goals = book.add_worksheet().set_name("Goals")?;
        goals.write_row(0, 0, ["Who", "What", "Target"])?;
        goals.write_row(1, 0, ["Ana", "Calls"])?.write(1, 2, 40)?;
        goals.write_row(2, 0, ["Total", "Calls"])?.write(2, 2, 50)?;
        goals.write(3, 0, "Total")?.write(3, 2, 90)?;
        let contests = book.add_worksheet().set_name("Contests")?;
        contests.write_row(0, 0, ["Title", "What", "From", "To"])?;
        contests.write_row(1, 0, ["Total", "Calls", "2026-11-23", "2026-11-30"])?;
        let settings = book.add_worksheet().set_name("Settings")?;
        settings.write_row(0, 0, ["Setting", "Value"])?.write_row(1, 0, ["Currency", "seashells"])?;
        Ok(())
    });
    let (board, notes) = board(&sheets).unwrap();
    let slides = board["slides"].as_array().unwrap();
    let of = |kind: &str| slides.iter().find(|slide| slide["type"] == kind).unwrap();
    let rows = of("goals")["rows"].as_array().unwrap();
    assert_eq!((rows.len(), &rows[0]["scope"], &rows[0]["target"]), (1, &"company".into(), &50.into()));
    assert_eq!(of("contest")["title"], "Total");
    let texts: Vec<&str> = notes.iter().map(|note| note.text.as_str()).collect();
    for expected in [
        "Activities!A3: a total of the other rows is left out",
        "Goals!A4: a total of the other rows is left out",
        "Settings!B2: \"seashells\" is not a currency such as EUR",
    ] {
        assert!(texts.contains(&expected), "{expected}: {texts:#?}");
    }
}

#[test]
fn the_sheet_settings_says_which_slides_and_how_many_people_there_are() {
    let with = |key: &str, value: &str| {
        let mut all = sheets("en");
        let settings = all.iter_mut().find(|grid| grid.sheet.as_deref() == Some("Settings")).unwrap();
        let number = settings.rows.last().unwrap().number + 1;
        settings.rows.push(Row { number, line: number, cells: vec![Cell::text(key), Cell::text(value)] });
        board(&all).unwrap()
    };
    let (shown, notes) = with("Playlist", "News; Kudos; Deals");
    assert_eq!((kinds(&shown), notes), (["message", "recognition", "ranking"].map(str::to_owned).to_vec(), vec![]));
    let metrics: Vec<&str> =
        shown["slides"].as_array().unwrap().iter().filter_map(|slide| slide["metric"].as_str()).collect();
    assert_eq!(metrics, ["sold", "sold"], "rankings of work are those of the sheet Activities");
    let (shown, _) = with("People on rankings", "3");
    assert_eq!(shown["slides"][0]["show"], serde_json::json!({"top": 3}));
    for (key, value) in [("Playlist", "Deals, Golf"), ("Playlist", "People"), ("People on rankings", "none")] {
        let (_, notes) = with(key, value);
        assert!(notes.iter().any(|note| note.text.contains(&format!("{value:?} is not"))), "{value}: {notes:?}");
    }
}

#[test]
fn an_indicator_that_nobody_has_is_told() {
    let mut all = sheets("en");
    let card = all.iter_mut().find(|grid| grid.sheet.as_deref() == Some("Scorecard")).unwrap();
    card.rows[1].cells[0] = Cell::text("Cals");
    let (_, notes) = board(&all).unwrap();
    let told = "the scorecard has Cals, but no sheet has facts of it: it stands at 0";
    assert!(notes.iter().any(|note| note.text == told), "{notes:?}");
}
