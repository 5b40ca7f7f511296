//! Answers of CRMs as they are in the world: other pipelines, people who left, newer versions, cells that hold no number.

use serde_json::{Value, json};

use super::{ask, slides, source};

/// The first slide's rows as names and values, its total, and the notes.
fn first(name: &str, sources: Vec<floorcast::map::SourceBody>) -> (Value, Value, Vec<String>) {
    let (board, notes) = ask(name, sources).unwrap();
    let slide = &board["slides"][0];
    let rows = slide["rows"].as_array().unwrap().iter();
    let rows = rows.map(|row| json!([row.get("name").unwrap_or(&row["who"]), row["value"]])).collect();
    assert!(!board.to_string().contains(":null\"") && !board.to_string().contains("pd:,"), "{board}");
    (rows, slide["total"]["value"].clone(), notes)
}

fn hubspot_deal(id: &str, owner: Value, amount: &str, stage: &str, won: Option<&str>) -> Value {
    let mut deal = json!({"id": id, "properties": {"amount": amount, "closedate": "2026-11-03T09:00:00Z", "dealstage": stage, "hubspot_owner_id": owner, "deal_currency_code": "EUR"}});
    if let Some(won) = won {
        deal["properties"]["hs_is_closed_won"] = won.into();
    }
    deal
}

#[test]
fn hubspot_counts_all_pipelines_and_names_who_left() {
    let deals = json!({"results": [
        hubspot_deal("1", json!("7"), "100", "closedwon", None),
        hubspot_deal("2", json!("7"), "2000", "55501", Some("true")),
        hubspot_deal("3", json!("9"), "30", "closedwon", Some("true")),
        hubspot_deal("4", json!("8"), "4", "closedwon", Some("true")),
        hubspot_deal("5", json!("7"), "99999", "closedwon", Some("false")),
        hubspot_deal("6", json!("7"), "88888", "55502", None),
        hubspot_deal("7", json!(null), "1000", "closedwon", Some("true")),
    ]});
    let owner = |id: &str, first: &str, archived: bool| json!({"id": id, "email": format!("{id}@a.example"), "firstName": first, "lastName": "", "archived": archived});
    let pages = |owners: &[Value]| json!({"results": owners});
    let mut owners = source("owners", pages(&[owner("7", "Ana", false)]), true);
    owners.pages.push(pages(&[owner("6", "Zoe", false)]).to_string().into_bytes());
    let sources = || vec![source("deals", &deals, true), owners.clone()];
    let archived = source("archived", pages(&[owner("9", "Gone", true)]), true);
    let (rows, total, notes) = first("hubspot.jq", [sources(), vec![archived]].concat());
    assert_eq!(rows, json!([["Ana", 2100.0], ["Gone", 30.0], ["Owner 8", 4.0]]));
    assert_eq!(total, 3134.0, "with the deal that nobody owns");
    let told = [
        "deals[3] (4).properties: hubspot_owner_id: no owner has the id 8",
        "deals[5] (6).properties: neither hs_is_closed_won",
        "1 of 5 deals without a hubspot_owner_id",
    ];
    assert!(told.iter().all(|told| notes.iter().any(|note| note.contains(told))), "{notes:#?}");
    let (rows, _, notes) = first("hubspot.jq", sources());
    assert_eq!(rows[1], json!(["Owner 8", 4.0]));
    assert!(notes.iter().any(|note| note.contains("no owner has the id 9")), "{notes:#?}");
}

#[test]
fn pipedrive_is_read_in_both_of_its_versions() {
    let second = json!({"success": true, "data": [
        {"id": 1, "status": "won", "value": 100, "currency": "EUR", "won_time": "2026-11-02T09:30:00Z", "owner_id": 21, "is_deleted": false},
        {"id": 2, "status": "won", "value": 20, "currency": "EUR", "won_time": "2026-11-03T15:00:00Z", "owner_id": 22, "is_deleted": false},
        {"id": 3, "status": "won", "value": 7777, "currency": "EUR", "won_time": "2026-11-03T15:00:00Z", "owner_id": 22, "is_deleted": true},
        {"id": 4, "status": "won", "value": 3, "currency": "EUR", "won_time": "2026-11-03T15:00:00Z", "owner_id": null, "is_deleted": false},
    ], "additional_data": {"next_cursor": null}});
    let users = json!({"success": true, "data": [{"id": 21, "name": "Ana"}]});
    let (rows, total, notes) =
        first("pipedrive.jq", vec![source("deals", &second, true), source("users", users, false)]);
    assert_eq!((rows, total), (json!([["Ana", 100], ["Owner 22", 20]]), json!(123)));
    assert!(notes.iter().any(|note| note.contains("owner_id: no name for 22")), "{notes:#?}");
    // The first version: times without a zone are UTC, owners are objects, and may be gone.
    let first_version = json!({"success": true, "data": [
        {"id": 1, "status": "won", "value": 100, "currency": "EUR", "won_time": "2026-10-31 23:30:00", "user_id": {"id": 21, "name": "Ana"}},
        {"id": 2, "status": "won", "value": 20, "currency": "EUR", "won_time": "2026-11-03 15:00:00", "user_id": null},
        {"id": 3, "status": "won", "value": null, "currency": "EUR", "won_time": "2026-11-03 15:00:00", "user_id": {"id": 21, "name": "Ana"}},
        {"id": 4, "status": "won", "value": 5, "currency": "EUR", "won_time": "soon", "user_id": {"id": 21, "name": "Ana"}},
    ]});
    let (rows, total, notes) = first("pipedrive.jq", vec![source("deals", first_version, true)]);
    assert_eq!((rows, total), (json!([["Ana", 100]]), json!(120)), "00:30 in Berlin on the first of November");
    let told = [
        "deals[2] (3): value: nothing is written",
        "deals[3] (4): won_time: \"soon\" is not a date or time; left out",
        "1 of 3 deals without an owner",
    ];
    assert!(told.iter().all(|told| notes.iter().any(|note| note.contains(told))), "{notes:#?}");
}

#[test]
fn an_airtable_cell_that_is_no_number_is_a_note() {
    let record =
        |id: &str, owner: Value, amount: Value| json!({"id": id, "fields": {"Owner": owner, "Amount": amount}});
    let records = json!({"records": [
        record("rec1", json!({"id": "usr1", "name": "Ana"}), json!(100)),
        record("rec2", json!(["Ben"]), json!({"specialValue": "Infinity"})),
        record("rec3", json!(["Ben"]), json!([20])),
        record("rec4", json!("Cia"), json!({"error": "#ERROR!"})),
        record("rec5", json!(["recA1b2C3d4E5f6G7"]), json!(3)),
        record("rec6", json!([{"id": "usr1", "name": "Ana"}, {"id": "usr2", "name": "Ben"}]), json!(4)),
        record("rec7", json!("Ana"), json!([1, 2])),
    ]});
    let (rows, total, notes) = first("airtable.jq", vec![source("records", records, true)]);
    assert_eq!((rows, total), (json!([["Ana", 100], ["Ben", 20], ["Cia", null]]), json!(127)));
    let told = [
        "records[1] (rec2).fields: Amount: {\"specialValue\":\"Infinity\"} is not a number",
        "records[3] (rec4).fields: Amount: {\"error\":\"#ERROR!\"} is not a number",
        "recA1b2C3d4E5f6G7 is the id of a linked record",
        "records[5] (rec6).fields: Owner: expected one entry, found 2",
        "records[6] (rec7).fields: Amount: expected one entry, found 2",
    ];
    assert!(told.iter().all(|told| notes.iter().any(|note| note.contains(told))), "{notes:#?}");
    assert_eq!(notes.len(), told.len(), "{notes:#?}");
}

#[test]
fn numbers_as_texts_count_and_words_do_not() {
    let record = |amount: Value| json!({"name": "Ana", "amount": amount});
    for (amount, value, says) in [
        (json!("12.5"), json!(12.5), ""),
        (json!("1200"), json!(1200.0), ""),
        (json!("NaN"), Value::Null, "amount: \"NaN\" is not a number"),
        (json!("Infinity"), Value::Null, "is not a number"),
        (json!("-"), Value::Null, "amount: \"-\" is not a number"),
        (json!("n/a"), Value::Null, "amount: \"n/a\" is not a number"),
        (json!("soon"), Value::Null, "amount: \"soon\" is not a number"),
        (json!(true), Value::Null, "is not a number"),
        (json!(null), Value::Null, "amount: nothing is written"),
        (json!(0), json!(0), ""),
    ] {
        let (rows, _, notes) = first(
            "soql.jq",
            vec![source("won", json!({"records": [record(amount.clone()), {"name": "Ben", "amount": 1}]}), true)],
        );
        assert_eq!(rows, json!([["Ana", value], ["Ben", 1]]), "{amount}");
        assert!(
            says.is_empty() && notes.is_empty() || notes.iter().any(|note| note.contains(says)),
            "{amount}: {notes:?}"
        );
    }
}

#[test]
fn deals_that_nobody_owns_count_in_the_total_only() {
    let won = json!({"records": [{"name": "Ana", "amount": 300}, {"name": null, "amount": 44}]});
    let (rows, total, notes) = first("soql.jq", vec![source("won", won, true)]);
    assert_eq!((rows, total), (json!([["Ana", 300]]), json!(344)));
    assert!(notes[0].contains("1 of 2 deals without a name count in the total only"), "{notes:?}");
    let table = json!({"values": [["Name", "Date", "Amount"], ["Ana", 46331, 5], ["", 46331, 8], ["Ben", "", 1]]});
    let (rows, total, notes) = first("graph.jq", vec![source("table", table, false)]);
    assert_eq!((rows, total), (json!([["Ana", 5]]), json!(13)));
    assert!(notes.iter().any(|note| note.contains("table, row 4: Date: nothing is written; left out")), "{notes:?}");
}

#[test]
fn a_list_that_goes_on_behind_its_last_page_is_refused() {
    let page = json!({"data": [{"id": "1", "Amount": 5, "Closing_Date": "2026-11-02", "Stage": "Closed Won", "Currency": "EUR", "Owner": {"id": "7", "name": "Ana"}}], "info": {"more_records": true}});
    let error = ask("zoho.jq", vec![source("deals", &page, true)]).unwrap_err();
    assert!(error.contains("goes on behind its last page"), "{error}");
    let open = page.to_string().replace("Closed Won", "Gewonnen").replace("true", "false");
    let (rows, _, notes) = first("zoho.jq", vec![source("deals", open, true)]);
    assert_eq!(rows, json!([]));
    assert!(notes[0].contains("no deal has the Stage closed won; there is Gewonnen"), "{notes:?}");
}

#[test]
fn nothing_at_all_is_an_empty_list() {
    for name in super::recipes().iter().filter(|name| *name != "deals.jq") {
        let mut sources = super::samples(name);
        sources.iter_mut().for_each(|source| source.pages.clear());
        let found = slides(name, sources);
        assert_eq!((found.as_array().unwrap().len(), &found[0][1]), (1, &json!([])), "{name}");
    }
}

#[test]
fn a_source_that_answers_with_its_own_error_is_told_in_its_words() {
    for (body, says) in [
        (
            json!({"status": "error", "message": "This app lacks the scope", "category": "MISSING_SCOPES"}),
            "This app lacks the scope",
        ),
        (json!({"error": {"message": "Quota exceeded", "code": 429}}), "Quota exceeded"),
        (
            json!([{"message": "Session expired", "errorCode": "INVALID_SESSION_ID"}]),
            "INVALID_SESSION_ID: Session expired",
        ),
        (json!({"errors": [{"message": "no such field"}], "data": null}), "no such field"),
    ] {
        for name in super::recipes().iter().filter(|name| *name != "deals.jq") {
            let mut sources = super::samples(name);
            sources[0].pages = vec![body.to_string().into_bytes()];
            let error = ask(name, sources).unwrap_err();
            assert!(
                error.starts_with("source ") && error.contains("it says: ") && error.contains(says),
                "{name}: {error}"
            );
        }
    }
}
