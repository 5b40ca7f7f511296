//! The recipes in `assets/maps` over answers of our own making: each gives the board that is expected, without a problem.

use std::path::Path;
use std::time::Duration;

use floorcast::config::Config;
use floorcast::feed::{AcceptContext, accept};
use floorcast::map::{Child, Format, MapLimits, Request, SourceBody, run};
use serde_json::{Value, json};

fn recipe(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/maps").join(name)).unwrap()
}

/// A source and its body; paged ones come as a list of pages.
fn source(name: &str, body: impl ToString, paged: bool) -> SourceBody {
    let pages = vec![body.to_string().into_bytes()];
    SourceBody { name: name.into(), format: Format::Auto, sheet: None, pages, paged }
}

fn ask(name: &str, sources: Vec<SourceBody>) -> Result<(Value, Vec<String>), String> {
    let request = Request {
        program_name: name.into(),
        program: recipe(name),
        now: "2026-11-18T12:00:00Z".into(),
        tz: "Europe/Berlin".into(),
        date_order: String::new(),
        sources,
    };
    let limits = MapLimits { wall: Duration::from_secs(60), ..MapLimits::default() };
    let answer = run(request, &Child(env!("CARGO_BIN_EXE_floorcast").into()), &limits)?;
    let (_, report) = accept(&answer.board, &AcceptContext::default()).unwrap_or_else(|report| panic!("{report}"));
    assert_eq!(report.problems, vec![], "{name}: {}", String::from_utf8_lossy(&answer.board));
    Ok((serde_json::from_slice(&answer.board).unwrap(), answer.notes))
}

/// The slides of a board as titles and rows.
fn slides(name: &str, sources: Vec<SourceBody>) -> Value {
    let (board, _) = ask(name, sources).unwrap();
    let row = |row: &Value| json!([row.get("name").unwrap_or(&row["who"]), row["value"]]);
    let slide =
        |slide: &Value| json!([slide["title"], slide["rows"].as_array().unwrap().iter().map(row).collect::<Vec<_>>()]);
    board["slides"].as_array().unwrap().iter().map(slide).collect()
}

#[test]
fn deals_have_a_month_teams_ties_and_currencies_apart() {
    let csv = "Close date;Deal owner;Amount;Team;Currency;Stage\n\
        2026-11-03;Ana;1.200,50 €;North;EUR;Won\n2026-11-04;Ben;1.200,50;South;EUR;won\n2026-11-10;Ana;(100);North;EUR;Lost\n\
        2026-11-11;Cem;1300;South;USD;Closed won\n2026-10-31;Ben;5000;South;EUR;Won\n2026-11-05;;10;South;EUR;Won\n";
    let expected = json!([
        ["Sales EUR", [["Ana", 1200.5], ["Ben", 1200.5]]],
        ["Teams EUR", [["South", 1210.5], ["North", 1200.5]]],
        ["Sales USD", [["Cem", 1300.0]]],
        ["Teams USD", [["South", 1300.0]]],
    ]);
    assert_eq!(slides("deals.jq", vec![source("deals", csv, false)]), expected);
    let (board, notes) = ask("deals.jq", vec![source("deals", csv, false)]).unwrap();
    assert_eq!(board["slides"][0]["total"]["value"], 2411.0, "a deal without a person counts in the total");
    assert_eq!(board["slides"][0]["period"]["label"], "November 2026");
    assert!(notes[0].contains("without a person"), "{notes:?}");
}

#[test]
fn deals_of_one_person_keep_the_last_team_the_month_of_now_and_every_problem() {
    let csv = "Rep,Team,Amount,Date\nAna,South,1,2026-10-30\nAna,North,20,2026-11-03\nAna,South,300,2026-10-31\n\
        Ben,South,4000,2026-12-24\nBen,South,many,never\n";
    let (board, notes) = ask("deals.jq", vec![source("deals", csv, false)]).unwrap();
    assert_eq!(board["people"]["Ana"]["team"], "South", "as in her last row");
    assert_eq!(board["slides"][0]["period"]["label"], "November 2026", "not that of a day to come");
    assert_eq!(board["slides"][0]["rows"], json!([{"who": "Ana", "value": 20.0, "also": {"deals": 1}}]));
    for part in ["row 6, Amount: ", "row 6, Date: "] {
        assert!(notes.iter().any(|note| note.contains(part)), "{part}: {notes:?}");
    }
}

#[test]
fn deals_in_japanese_and_deals_without_amounts() {
    let csv = "担当者,金額,受注日\n佐藤 美咲,\"1,200,000\",2026年11月4日\n鈴木 翔,980000,2026/11/5\n";
    let expected = json!([["売上ランキング", [["佐藤 美咲", 1_200_000.0], ["鈴木 翔", 980_000.0]]]]);
    assert_eq!(slides("deals.jq", vec![source("deals", csv, false)]), expected);
    let counted = slides("deals.jq", vec![source("deals", "Rep\nAna\nBen\nAna\n", false)]);
    assert_eq!(counted, json!([["Sales", [["Ana", 2], ["Ben", 1]]]]));
    let error = ask("deals.jq", vec![source("deals", "a,b\n1,2\n", false)]).unwrap_err();
    assert!(error.contains("found \"a\", \"b\"; expected one of \"person\", \"owner\""), "{error}");
}

#[test]
fn hubspot_joins_deals_with_owners() {
    let deal = |owner: &str, amount: Value, stage: &str, day: &str| json!({"properties": {"amount": amount, "closedate": day, "dealstage": stage, "hubspot_owner_id": owner}});
    let deals = json!({"results": [
        deal("7", json!("1200.5"), "closedwon", "2026-11-03T09:00:00Z"), deal("7", json!(null), "closedwon", "2026-10-05T09:00:00Z"),
        deal("8", json!("900"), "closedwon", "2026-11-03T09:00:00Z"), deal("", json!("10"), "closedwon", "2026-11-03T09:00:00Z"),
        deal("8", json!("5000"), "closedlost", "2026-11-03T09:00:00Z"), deal("8", json!("5000"), "closedwon", "2026-09-30T09:00:00Z"),
    ]});
    let owners = json!({"results": [{"id": "7", "firstName": "Ana", "lastName": "Sousa"}]});
    let sources = vec![source("deals", deals, true), source("owners", owners, false)];
    assert_eq!(
        slides("hubspot.jq", sources),
        json!([["Won this quarter", [["Ana Sousa", 1200.5], ["Owner 8", 900.0]]]])
    );
}

#[test]
fn pipedrive_keeps_currencies_apart() {
    let deal = |id: u32, name: &str, value: u32, currency: &str, at: &str| json!({"status": "won", "user_id": {"id": id, "name": name}, "value": value, "currency": currency, "won_time": at});
    let deals = json!({"success": true, "data": [
        deal(1, "Ana", 100, "EUR", "2026-11-03 09:00:00"), deal(1, "Ana", 50, "EUR", "2026-11-04 09:00:00"),
        deal(2, "Ben", 70, "USD", "2026-11-04 09:00:00"), deal(2, "Ben", 70, "USD", "2026-10-30 09:00:00"),
    ]});
    let expected = json!([["Won EUR", [["Ana", 150]]], ["Won USD", [["Ben", 70]]]]);
    assert_eq!(slides("pipedrive.jq", vec![source("deals", deals, true)]), expected);
    let none = json!({"success": true, "data": null});
    assert_eq!(slides("pipedrive.jq", vec![source("deals", none, true)]), json!([["Won", []]]));
}

#[test]
fn salesforce_queries_and_reports() {
    let won = json!({"done": true, "records": [{"name": "Ana", "amount": 300.0}, {"Name": "Ben", "expr0": 100.0}, {"name": null, "amount": 4}]});
    let expected = json!([["Won this quarter", [["Ana", 300.0], ["Ben", 100.0]]]]);
    assert_eq!(slides("soql.jq", vec![source("won", won, true)]), expected);
    let error = json!([{"message": "session expired", "errorCode": "INVALID_SESSION_ID"}]);
    assert!(ask("soql.jq", vec![source("won", error, true)]).unwrap_err().contains("session expired"));

    let report = |all: bool| {
        json!({
            "allData": all, "attributes": {"reportName": "Won by owner"},
            "reportMetadata": {"aggregates": ["RowCount", "s!AMOUNT"]},
            "groupingsDown": {"groupings": [{"key": "0", "label": "Ana", "value": "005A"}, {"key": "1", "label": "-", "value": null}]},
            "factMap": {"0!T": {"aggregates": [{"value": 2}, {"value": {"amount": 50.5, "currency": "EUR"}}]}, "1!T": {"aggregates": [{"value": 1}, {"value": 1}]}},
        })
    };
    assert_eq!(
        slides("sf_report.jq", vec![source("report", report(true), false)]),
        json!([["Won by owner", [["Ana", 50.5]]]])
    );
    assert!(
        ask("sf_report.jq", vec![source("report", report(false), false)]).unwrap_err().contains("the report is cut")
    );
}

#[test]
fn sheets_and_lists() {
    let sheet = json!({"values": [["Name", "Value", "Note"], ["Ana", "1.200,50 €"], [], ["Ben", "7", "x"], ["", "9"]]});
    assert_eq!(
        slides("gsheets.jq", vec![source("sheet", sheet, false)]),
        json!([["Sheet", [["Ana", 1200.5], ["Ben", 7.0]]]])
    );
    let table = json!({"values": [["Name", "Date", "Amount"], ["Ana", 46331, 5], ["Ana", 46332.5, 6], ["Ben", 46300, 7], ["", 46331, 8]]});
    assert_eq!(slides("graph.jq", vec![source("table", table, false)]), json!([["Sales", [["Ana", 11]]]]));
    let records = json!({"records": [{"fields": {"Owner": {"name": "Ana"}, "Amount": 5}}, {"fields": {"Owner": ["Ben"], "Amount": 6}}, {"fields": {"Amount": 7}}]});
    assert_eq!(
        slides("airtable.jq", vec![source("records", records, true)]),
        json!([["Deals", [["Ana", 5], ["Ben", 6]]]])
    );
    let widget = json!({"items": [{"label": "Ana", "value": 12}, {"label": "Ben", "value": "7"}]});
    assert_eq!(slides("list.jq", vec![source("list", widget, false)]), json!([["List", [["Ana", 12], ["Ben", 7.0]]]]));
    let grafana = json!([{"columns": [{"text": "Time"}], "rows": [[1_700_000_000_000_u64, "Ana", 3]]}]);
    assert_eq!(slides("list.jq", vec![source("list", grafana, false)]), json!([["List", [["Ana", 3]]]]));
}

#[test]
fn every_recipe_says_which_settings_go_with_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/maps");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let text = recipe(&name);
        let settings: Vec<&str> = text
            .lines()
            .take_while(|line| line.starts_with('#'))
            .filter_map(|line| line.strip_prefix("#   "))
            .collect();
        let from = settings.iter().position(|line| *line == "[feed]").unwrap_or_else(|| panic!("{name}: no settings"));
        let config = Config::parse(&settings[from..].join("\n"), &[]).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(config.feeds[0].source.as_ref().unwrap().to_string().ends_with(&name), "{name}");
        seen += 1;
    }
    assert!(seen >= 9, "{seen} recipes");
}
