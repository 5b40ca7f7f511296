//! The recipes in `assets/maps` over answers of our own making: each gives the board that is expected, without a problem.

mod crm;
mod mutations;

use std::path::{Path, PathBuf};
use std::time::Duration;

use floorcast::board::derive::{Memory, Rules};
use floorcast::config::{Config, FeedSource, MapInput};
use floorcast::feed::{AcceptContext, accept};
use floorcast::map::{Child, Format, MapLimits, Request, SourceBody, run};
use serde_json::{Value, json};

fn recipe(name: &str) -> String {
    std::fs::read_to_string(folder().join(name)).unwrap()
}

/// A source and its body; paged ones come as a list of pages.
fn source(name: &str, body: impl ToString, paged: bool) -> SourceBody {
    let pages = vec![body.to_string().into_bytes()];
    SourceBody { name: name.into(), format: Format::Auto, sheet: None, pages, paged, ..SourceBody::default() }
}

/// The samples that are shipped with a recipe: `samples/RECIPE.SOURCE.EXTENSION`.
fn samples(name: &str) -> Vec<SourceBody> {
    let config = Config::parse(&settings(name), &[]).unwrap_or_else(|error| panic!("{name}: {error}"));
    let Some(FeedSource::Map(map)) = &config.feeds[0].source else { panic!("{name}: no map") };
    let source = |input: &MapInput| {
        let begins = format!("{}.{}.", name.trim_end_matches(".jq"), input.name);
        let entries = std::fs::read_dir(folder().join("samples")).unwrap().map(|entry| entry.unwrap().path());
        let mut files: Vec<_> =
            entries.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with(&begins)).collect();
        assert_eq!(files.len(), 1, "{begins}: {files:?}");
        source(&input.name, std::fs::read_to_string(files.remove(0)).unwrap(), input.paging.is_some())
    };
    map.sources.iter().map(source).collect()
}

/// The settings that a recipe says go with it.
fn settings(name: &str) -> String {
    let text = recipe(name);
    let head = text.lines().take_while(|line| line.starts_with('#') || line.is_empty());
    let settings: Vec<&str> = head.filter_map(|line| line.strip_prefix("#   ")).collect();
    let from = settings.iter().position(|line| *line == "[feed]").unwrap_or_else(|| panic!("{name}: no settings"));
    settings[from..].join("\n")
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/maps")
}

fn recipes() -> Vec<String> {
    let names = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".jq")).collect();
    names.sort();
    names
}

fn ask(name: &str, sources: Vec<SourceBody>) -> Result<(Value, Vec<String>), String> {
    let request = Request {
        program_name: name.into(),
        program: recipe(name),
        now: "2026-11-18T12:00:00Z".into(),
        tz: "Europe/Berlin".into(),
        sources,
        ..Request::default()
    };
    let limits = MapLimits { wall: Duration::from_secs(60), ..MapLimits::default() };
    let answer = run(request, &Child(env!("CARGO_BIN_EXE_floorcast").into()), &limits)?;
    let (_, report) = accept(&answer.board, &AcceptContext::default()).unwrap_or_else(|report| panic!("{report}"));
    assert_eq!(report.problems, vec![], "{name}: {}", String::from_utf8_lossy(&answer.board));
    let notes = answer.notes.into_iter().map(|note| note.text).collect();
    Ok((serde_json::from_slice(&answer.board).unwrap(), notes))
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
    assert!(notes.iter().any(|note| note.contains("without a person")), "{notes:?}");
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
    assert!(error.contains("expected one like Owner, Sales rep,") && error.ends_with("found \"a\", \"b\""), "{error}");
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
    let recipes = recipes();
    for name in &recipes {
        let config = Config::parse(&settings(name), &[]).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(config.feeds[0].source.as_ref().unwrap().to_string().ends_with(name), "{name}");
    }
    assert!(recipes.len() >= 9, "{recipes:?}");
}

#[test]
fn every_recipe_has_a_sample_and_makes_a_board_of_it() {
    for (name, expected) in [
        ("airtable.jq", json!([["Deals", [["Ana Sousa", 13900], ["Ben Okafor", 8900.5]]]])),
        (
            "deals.jq",
            json!([
                [
                    "Sales EUR",
                    [
                        ["Chiara Rossi", 15750.5],
                        ["Ana Sousa", 11200.0],
                        ["Ben Okafor", 8900.0],
                        ["Eva Lindqvist", 8900.0]
                    ]
                ],
                ["Teams EUR", [["South", 27150.5], ["North", 20100.0]]],
                ["Sales USD", [["Dan Weber", 9900.0]]],
                ["Teams USD", [["North", 9900.0]]],
            ]),
        ),
        (
            "dynamics.jq",
            json!([
                ["Won this quarter EUR", [["Ana Sousa", 12400.0], ["Ben Okafor", 8900.5]]],
                ["Won this quarter USD", [["Ben Okafor", 9900.0]]],
            ]),
        ),
        ("graph.jq", json!([["Sales", [["Ana Sousa", 13900], ["Ben Okafor", 8900.5]]]])),
        ("gsheets.jq", json!([["Sheet", [["Ana Sousa", 12400.5], ["Ben Okafor", 8900.0]]]])),
        (
            "hubspot.jq",
            json!([
                [
                    "Won this quarter EUR",
                    [["Ana Sousa", 12400.0], ["Chiara Rossi", 1500.0], ["ben@acme.example", 8900.5]]
                ],
                ["Won this quarter USD", [["ben@acme.example", 9900.0]]],
            ]),
        ),
        ("list.jq", json!([["List", [["Ana Sousa", 12], ["Ben Okafor", 7.0]]]])),
        (
            "pipedrive.jq",
            json!([["Won EUR", [["Ana Sousa", 12400], ["Ben Okafor", 8900]]], ["Won USD", [["Ben Okafor", 9900]]]]),
        ),
        ("sf_report.jq", json!([["Won by owner", [["Ana Sousa", 32400], ["Ben Okafor", 18800.5]]]])),
        ("soql.jq", json!([["Won this quarter", [["Ana Sousa", 32400.0], ["Ben Okafor", 18800.5]]]])),
        (
            "zoho.jq",
            json!([["Won EUR", [["Ana Sousa", 12400], ["Ben Okafor", 8900.5]]], ["Won USD", [["Ben Okafor", 9900]]]]),
        ),
    ] {
        assert_eq!(slides(name, samples(name)), expected, "{name}");
        assert!(recipes().contains(&name.to_owned()));
    }
    assert_eq!(recipes().len(), 11, "each stands above");
}

#[test]
fn amounts_bring_their_own_currency() {
    let csv = "Owner,Amount\nAna,$100\nAna,€50\nBen,£7\n";
    let expected =
        json!([["Sales EUR", [["Ana", 50.0]]], ["Sales GBP", [["Ben", 7.0]]], ["Sales USD", [["Ana", 100.0]]]]);
    assert_eq!(slides("deals.jq", vec![source("deals", csv, false)]), expected);
    // One that is not written everywhere stands for all.
    let (board, notes) =
        ask("deals.jq", vec![source("deals", "Owner,Amount\nAna,7\nAna,\"5,50 €\"\n", false)]).unwrap();
    assert_eq!(board["slides"][0]["rows"], json!([{"who": "Ana", "value": 12.5, "also": {"deals": 2}}]));
    assert_eq!(board["metrics"]["amountEUR"]["currency"], "EUR");
    assert!(notes.iter().all(|note| note.contains("and the wall says ")), "{notes:?}");
    // Of several, none.
    let (board, notes) =
        ask("deals.jq", vec![source("deals", "Owner,Amount\nAna,7\nAna,5 €\nAna,3 kr\n", false)]).unwrap();
    assert_eq!(board["slides"].as_array().unwrap().len(), 3);
    assert!(notes.iter().any(|note| note.contains("without a currency are counted apart")), "{notes:?}");
    let sheet = json!({"values": [["Name", "Value"], ["Ana", "$100"], ["Ben", "50 €"], ["Cia", "$7"]]});
    let apart = json!([["Sheet USD", [["Ana", 100.0], ["Cia", 7.0]]], ["Sheet EUR", [["Ben", 50.0]]]]);
    assert_eq!(slides("gsheets.jq", vec![source("sheet", sheet, false)]), apart);
}

#[test]
fn a_word_in_a_cell_for_an_amount_is_no_currency() {
    for (csv, rows) in [
        ("Ana,1200\nBen,900\nCia,TBD\n", json!([["Ana", 1200.0], ["Ben", 900.0], ["Cia", null]])),
        (
            "Ana,1200\nBen,900\nCia,pending\nDan,n/a\n",
            json!([["Ana", 1200.0], ["Ben", 900.0], ["Cia", null], ["Dan", null]]),
        ),
        ("Ana,900\nBen,1.2M\nCia,800k\n", json!([["Ana", 900.0], ["Ben", null], ["Cia", null]])),
        ("Ana,12 PCS\nBen,7\nCia,8 pcs\n", json!([["Ben", 7.0], ["Ana", null], ["Cia", null]])),
    ] {
        let (board, _) = ask("deals.jq", vec![source("deals", format!("Owner,Amount\n{csv}"), false)]).unwrap();
        assert_eq!(board["slides"].as_array().map(Vec::len), Some(1), "{csv}");
        assert_eq!((&board["slides"][0]["id"], &board["slides"][0]["metric"]), (&"people".into(), &"amount".into()));
        let read: Vec<Value> = board["slides"][0]["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| json!([row["who"], row["value"]]))
            .collect();
        assert_eq!(json!(read), rows, "{csv}");
        assert_eq!(board["metrics"]["amount"]["unit"], "number", "{csv}");
    }
}

#[test]
fn deals_in_seven_languages() {
    for (header, won, lost) in [
        ("Close date;Salesperson;Amount;Team;Currency;Stage", "Closed - Won", "Lost"),
        ("Abschlussdatum;Verkäufer;Betrag;Abteilung;Währung;Phase", "Gewonnen", "Verloren"),
        ("Date de clôture;Vendeur;Montant;Équipe;Devise;Étape", "Gagné", "Perdu"),
        ("Fecha de cierre;Vendedor;Importe;Equipo;Moneda;Etapa", "Ganado", "Perdido"),
        ("Sluitingsdatum;VERKOPER;Bedrag;Afdeling;Valuta;Fase", "gewonnen", "verloren"),
        ("Data de fechamento;Responsável;Valor;Equipa;Moeda;Situação", "Ganho", "Perdido"),
        ("Data di chiusura;Venditore;Importo;Squadra;Valuta;Fase", "Vinto", "Perso"),
    ] {
        let row = |who: &str, stage: &str| format!("04.11.2026;{who};1.200,50;N;EUR;{stage}\n");
        let csv = format!("{header}\n{}{}", row("Ana", won), row("Ben", lost));
        let expected = json!([["Sales", [["Ana", 1200.5]]], ["Teams", [["N", 1200.5]]]]);
        assert_eq!(slides("deals.jq", vec![source("deals", &csv, false)]), expected, "{header}");
        let (board, notes) = ask("deals.jq", vec![source("deals", csv, false)]).unwrap();
        assert_eq!((&board["slides"][0]["period"]["label"], notes), (&"November 2026".into(), vec![]), "{header}");
    }
}

#[test]
fn a_person_is_one_column_or_two() {
    for (header, row, who) in [
        ("First name;Last name;Amount", "Ana;Sousa;7", "Ana Sousa"),
        ("Last Name;First_Name;Amount", "Sousa;Ana;7", "Ana Sousa"),
        ("Vorname;Name;Betrag", "Ana;Sousa;7", "Ana Sousa"),
        ("Prénom;Nom;Montant", "Ana;Sousa;7", "Ana Sousa"),
        ("Nombre;Apellidos;Importe", "Ana;Sousa;7", "Ana Sousa"),
        ("Nome;Cognome;Importo", "Ana;Sousa;7", "Ana Sousa"),
        ("名;姓;金額", "美咲;佐藤;7", "佐藤 美咲"),
        ("Nom;Montant", "Ana;7", "Ana"),
        ("Owner;First name;Last name;Amount", "Ana;Cust;Omer;7", "Ana"),
        ("First name;Last name;Amount", "Ana;;7", "Ana"),
    ] {
        let csv = format!("{header}\n{row}\n");
        let found = slides("deals.jq", vec![source("deals", csv, false)]);
        assert_eq!(found[0][1], json!([[who, 7.0]]), "{header}");
    }
}

#[test]
fn a_stage_that_is_not_known_does_not_count() {
    let csv = "Owner,Amount,Stage\nAna,1,Umbrella\nAna,20,Lost\nBen,300,open\nBen,4000,\nCia,5,Perdido\nDan,6,Signed\n";
    let sources = || vec![source("deals", csv, false)];
    assert_eq!(slides("deals.jq", sources()), json!([["Sales", [["Dan", 6.0]]]]));
    let notes = ask("deals.jq", sources()).unwrap().1;
    let told = "Stage: unknown stages, their rows do not count: \"Umbrella\" (1)";
    assert!(notes.iter().any(|note| note.contains(told)), "{notes:?}");
    let none = slides("deals.jq", vec![source("deals", "Owner,Amount,Stage\nAna,1,Lost\n", false)]);
    assert_eq!(none, json!([["Sales", []]]));
}

#[test]
fn what_stands_for_an_amount_is_told() {
    let csv = "Owner,Amount,Date\nAna,N/A,5 Nov 2026\nAna,-,20261106\nAna,7,\"Nov 7, 2026\"\nAna,,7-Nov-26\n";
    let (board, notes) = ask("deals.jq", vec![source("deals", csv, false)]).unwrap();
    assert_eq!(board["slides"][0]["rows"], json!([{"who": "Ana", "value": 7.0, "also": {"deals": 4}}]));
    assert_eq!(board["slides"][0]["period"]["label"], "November 2026");
    let expected =
        ["deals.jq: row 2, Amount: \"N/A\" is not a number", "deals.jq: row 3, Amount: \"-\" is not a number"];
    assert_eq!(notes[1..], expected, "behind the missing column of stages");
}

#[test]
fn one_column_that_cannot_be_read_does_not_hide_another() {
    let rows = "Ana,7,04/11/2026\n".repeat(40);
    let csv = format!("Owner,Amount,Date\n{rows}Ben,many,2026-11-05\nCia,5,2026-11-06\n");
    let notes = ask("deals.jq", vec![source("deals", csv, false)]).unwrap().1;
    assert_eq!(notes.len(), 8, "{notes:#?}");
    assert!(notes[5].contains("row 6, Date: ") && notes[6].contains("row 42, Amount: "), "{notes:#?}");
    assert_eq!(notes[7], "deals.jq: Date: 35 more rows like these");
}

#[test]
fn a_report_without_groups_is_refused() {
    let report = |format: &str, groups: Value, sums: Value| {
        json!({
            "allData": true, "attributes": {"reportName": "Opportunities"},
            "reportMetadata": {"reportFormat": format, "aggregates": ["s!AMOUNT"], "groupingsDown": []},
            "groupingsDown": {"groupings": groups}, "factMap": sums,
        })
    };
    let total = json!({"T!T": {"aggregates": [{"value": 7}], "rows": [{"dataCells": [{"label": "Acme"}]}]}});
    let accounts = json!([{"key": "0", "label": "Acme", "value": "001"}]);
    for (report, says) in [
        (report("TABULAR", json!([]), total.clone()), "make it a summary report grouped by the owner"),
        (report("", json!([]), total.clone()), "make it a summary report"),
        (report("TABULAR", accounts.clone(), total.clone()), "make it a summary report"),
        (report("SUMMARY", accounts, total), "no sum for the group Acme"),
    ] {
        let error = ask("sf_report.jq", vec![source("report", &report, false)]).unwrap_err();
        assert!(error.contains(says), "{report}: {error}");
    }
}

#[test]
fn ten_thousand_old_deals_sound_no_gong() {
    let people = ["Ana", "Ben", "Cia", "Dan", "Eve", "Fay", "Gus", "Hal"];
    let first: String = people.iter().enumerate().map(|(i, who)| format!("{who},{}\n", 1000 + 100 * i)).collect();
    let board = |more: &str| {
        let (board, _) = ask("deals.jq", vec![source("deals", format!("Owner,Amount\n{first}{more}"), false)]).unwrap();
        accept(board.to_string().as_bytes(), &AcceptContext::default()).unwrap().0
    };
    let rules = Rules { leader: true, goal: true, deal_min: Some(5000.0), deal_metric: None };
    let celebrated = |more: &str| {
        let at = "2026-11-18T12:00:00Z".parse().unwrap();
        let step = Memory::default().step(&rules, Some(&board("")), &board(more), at, "2026-11-18");
        step.derived.into_iter().filter_map(|derived| derived.event).count()
    };
    assert_eq!(celebrated(&"Ana,10\n".repeat(10_000)), 0);
    assert_eq!(celebrated("Ana,10000\n"), 1, "one deal is one");
}
