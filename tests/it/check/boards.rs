//! Boards with mistakes of hands, editors and programs.

use super::{Place, ranking};

#[test]
fn every_kind_of_broken_text_is_explained() {
    let place = Place::new("broken");
    for (name, bytes, says) in [
        ("quotes", "{“format”: “salesboard/1”}".as_bytes(), "line 1, column 2: “ (U+201C) where JSON needs"),
        (
            "comment",
            b"{\n  // our board\n  \"format\": \"salesboard/1\"}",
            "line 2, column 3: a comment, which JSON does not allow",
        ),
        ("comma", b"{\"format\": \"salesboard/1\",}", "take it out"),
        ("single", b"{'format': 'salesboard/1'}", "single quotes"),
        ("cut", b"{\"format\": \"salesboard/1\", \"slides\": [{\"type\": \"rank", "is the file complete?"),
        ("ansi", b"{\"board\": \"M\xfcller\"}", "it is \"Müller\"): save it as UTF-8"),
        ("page", b"<!DOCTYPE html><title>Log in</title>", "this is a web page"),
        ("empty", b"", "the document is empty"),
        ("table", b"Rep,Amount\nAna,3\n", "a table is read where its name ends in .csv"),
        ("ods", b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "OpenDocument"),
    ] {
        let file = format!("{name}.json");
        place.write(&file, bytes);
        let (code, said) = place.check(&file);
        assert!(code == 1 && said.starts_with("refused\n\n1 problem\n") && said.contains(says), "{name}: {said}");
    }
}

#[test]
fn utf_16_is_read_and_no_number_costs_only_its_value() {
    let place = Place::new("read");
    let board = ranking(r#"[{"name": "Müller", "value": 3}]"#);
    for (name, mark) in [("mark.json", "\u{feff}"), ("bare.json", "")] {
        let text = format!("{mark}{board}");
        place.write(name, text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
        let (code, said) = place.check(name);
        assert!(code == 0 && said.contains("Müller") && said.contains("no problems"), "{said}");
    }
    place.write(
        "nan.json",
        ranking(r#"[{"name": "Ana", "value": 3}, {"name": "Ben", "value": NaN}, {"name": "Chi", "value": -Infinity}]"#),
    );
    let report = place.json("nan.json");
    let rows = report["slides"][0]["rows"].as_array().unwrap();
    assert_eq!((rows.len(), &rows[0]["value"], &rows[1]["value"]), (3, &3.0.into(), &serde_json::Value::Null));
    let told = |path: &str, says: &str| {
        report["problems"]
            .as_array()
            .unwrap()
            .iter()
            .any(|p| p["path"] == path && p["message"].as_str().unwrap().contains(says))
    };
    assert!(told("slides[0].rows[1].value", "missing for \"Ben\""), "{report:#}");
    assert!(told("slides[0].rows[2].value", "-Infinity is not a number"), "{report:#}");
}

#[test]
fn what_matters_stands_first_and_strict_goes_by_weight() {
    let place = Place::new("weights");
    let long = "Maximiliane Wolkenstein von und zu Hohenlohe";
    let rows = |value: &str, key: &str, name: &str| {
        let more: Vec<String> = (2..12).map(|i| format!(r#"{{"name": "Rep {i}", "value": {i}}}"#)).collect();
        ranking(&format!(r#"[{}, {{"name": "{name}", "value": {value}, "{key}": 1}}]"#, more.join(", ")))
    };
    place.write("fine.json", rows("1", "target", "Ana"));
    place.write("smaller.json", rows("1", "target", long));
    place.write("left.json", rows("1", "taregt", long));
    place.write("wrong.json", rows("-1e16", "taregt", long));
    let (_, said) = place.check("wrong.json");
    let order = [
        "board b: 1 slide\n",
        "3 problems\n",
        "Wrong or missing on the wall:\n",
        "Left out (the rest is correct)",
        "Shown, but shrunk or cut:\n",
        "ranking \"Deals\", 11 rows",
    ];
    let at: Vec<usize> = order.iter().map(|part| said.find(part).unwrap_or_else(|| panic!("{part}: {said}"))).collect();
    assert!(at.is_sorted(), "{said}");
    assert!(said.contains("slides[0].rows[10].taregt: unknown field, ignored; did you mean `target`?"), "{said}");
    for (file, codes) in
        [("fine", [0, 0, 0, 0]), ("smaller", [0, 0, 1, 1]), ("left", [0, 1, 1, 1]), ("wrong", [1, 1, 1, 1])]
    {
        let of = |strict: &str| place.run(&format!("check {strict} --feed {file}.json")).status.code().unwrap();
        assert_eq!(["--strict=wrong", "--strict=left-out", "--strict=smaller", "--strict"].map(of), codes, "{file}");
        assert_eq!(of(""), 0, "{file}");
    }
    assert_eq!(place.json("smaller.json")["problems"][0]["weight"], "smaller");
    assert_eq!(place.run("check --strict=nonsense --feed fine.json").status.code(), Some(2));
}

#[test]
fn figures_and_ids_are_for_people_and_the_json_has_them_as_they_are() {
    let place = Place::new("figures");
    let board = ranking(r#"[{"name": "Ana", "value": 53371.74999999999}, {"name": "Ben", "value": 9000}]"#);
    let board = board.replace(
        "\"slides\"",
        r#""metrics": {"m": {"label": "Won", "unit": "currency", "currency": "EUR"}}, "slides""#,
    );
    place.write("board.json", board.replace("\"title\"", r#""metric": "m", "title""#));
    let (code, said) = place.check("board.json");
    assert!(code == 0 && said.contains("ranking \"Deals\", 2 rows, in EUR\n"), "{said}");
    assert!(said.contains("  53,371.75  Ana\n") && said.contains("  9,000  Ben\n"), "{said}");
    let report = place.json("board.json");
    assert!(report["slides"][0]["id"].as_str().unwrap().starts_with("ranking:"), "{report:#}");
    assert_eq!(report["slides"][0]["rows"][0]["value"], 53371.74999999999);
    assert_eq!(report["summary"], serde_json::json!([]));
}
