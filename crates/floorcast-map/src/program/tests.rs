//! The language of a map: what it has, what it does not have, and how mistakes are told.

use super::*;
use crate::TableSettings;
use salesboard::board::Weight;

const NOW: &str = "2026-11-04T12:00:00Z";

/// What a program makes of JSON, wrapped so that the result is an object.
fn run(program: &str, input: &str) -> Result<String, String> {
    let program = compile("t.jq", &format!("{{r: ({program})}}"))?;
    let input = serde_json::from_str(input).unwrap();
    let (board, _) = program.run(input, [NOW, "Europe/Berlin", ""], &Context::default())?;
    let text = String::from_utf8(board).unwrap();
    Ok(text.strip_prefix("{\"r\":").unwrap().strip_suffix('}').unwrap().to_owned())
}

fn ok(program: &str, input: &str) -> String {
    run(program, input).unwrap_or_else(|error| panic!("{program}: {error}"))
}

#[test]
fn a_map_knows_when_and_where() {
    assert_eq!(ok("[$now, $tz]", "null"), format!("[\"{NOW}\",\"Europe/Berlin\"]"));
    assert_eq!(ok("\"2026-11-04T23:30:00Z\" | day", "null"), "\"2026-11-05\"");
    assert_eq!(ok("\"11/04/2026\" | day(\"mdy\")", "null"), "\"2026-11-04\"");
    assert_eq!(ok("46330 | day(\"sheet\")", "null"), "\"2026-11-04\"");
    assert_eq!(ok("\"1970-01-01T00:00:10Z\" | instant", "null"), "10");
    assert_eq!(ok("46330 | serial_date", "null"), "\"2026-11-04\"");
}

#[test]
fn periods_hold_their_days() {
    let inside = "(\"month\" | period) as $p | map(in_period($p))";
    let days = r#"["2026-10-31", "2026-11-01", "2026-11-30T22:59:00Z", "2026-11-30T23:00:00Z", "", null]"#;
    assert_eq!(ok(inside, days), "[false,true,true,false,false,false]", "half-open, by the floor's clock");
    assert_eq!(ok("\"week\" | period(\"sunday\").from", "null"), "\"2026-11-01\"");
}

#[test]
fn groups_sums_and_joins() {
    let deals = r#"[{"o":2,"v":null},{"o":1,"v":1.5},{"o":2,"v":4},{"o":2,"v":1}]"#;
    assert_eq!(ok("groups(.o; .v) | map([.key, .sum, .count])", deals), "[[1,1.5,1],[2,5,3]]");
    assert_eq!(ok("total(.v)", deals), "6.5");
    assert_eq!(ok("total(.v)", "[]"), "0");
    let joined = ".owners as $o | ($o | by_key(.id)) as $o | .deals | map($o[.owner | tostring].name)";
    let both = r#"{"owners":[{"id":7,"name":"Ana"},{"id":null}],"deals":[{"owner":"7"},{"owner":8},{"owner":null}]}"#;
    assert_eq!(ok(joined, both), "[\"Ana\",null,null]");
    assert_eq!(ok("map(word)", r#"["  Ana ", "", " ", null, 7]"#), "[\"Ana\",null,null,null,\"7\"]");
}

#[test]
fn numbers_in_words() {
    assert_eq!(
        ok("map(num)", r#"["1.200,50 €", "(12)", "1 200", "12 %", "", null, 7]"#),
        "[1200.5,-12.0,1200.0,0.12,null,null,7]"
    );
    assert_eq!(ok("map(num)", r#"[{"amount":5,"currency":null},{"value":"6"}]"#), "[5,6.0]");
    assert_eq!(ok("\"1.200\" | num(\".\")", "null"), "1.2");
    assert_eq!(ok("[.[] | num? // 0]", "[\"soon\", \"1\"]"), "[0,1.0]");
    assert!(run("\"soon\" | num", "null").unwrap_err().contains("t.jq:1:15: a text is not a number"));
}

#[test]
fn what_is_not_a_function_of_its_input_is_no_part_of_the_language() {
    for (program, word) in [
        ("env", "env"),
        ("env.HOME", "env"),
        ("$ENV", "$ENV"),
        ("input", "input"),
        ("[inputs]", "inputs"),
        ("halt", "halt"),
        ("halt(1)", "halt"),
        ("halt_error", "halt_error"),
        ("debug", "debug"),
        ("debug(1)", "debug"),
        ("stderr", "stderr"),
        ("now", "now"),
        ("0 | localtime", "localtime"),
        ("input_line_number", "input_line_number"),
        ("debug_empty", "debug_empty"),
        ("stderr_empty", "stderr_empty"),
    ] {
        let error = compile("t.jq", program).err().unwrap_or_else(|| panic!("{program} compiles"));
        assert!(error.starts_with("t.jq:1:") && error.contains(&format!("`{word}` is no part of a map")), "{error}");
    }
}

#[test]
fn mistakes_have_line_and_column() {
    for (program, place, says) in [
        (".a |\n  nope(1)", "t.jq:2:3: ", "no filter `nope`"),
        ("$x", "t.jq:1:1: ", "no variable $x"),
        ("[1, 2", "t.jq:1:6: ", "expected closing bracket"),
        ("if . then 1", "t.jq:", "expected"),
        ("", "t.jq:", "expected term, found the end"),
        (".a | | .b", "t.jq:1:6: ", "found \"|"),
        ("import \"x\" as x; .", "t.jq:1:", "one file"),
        ("include \"/etc/passwd\"; .", "t.jq:1:", "one file"),
        ("import \"x\" as $y; .", "t.jq:1:", "one file"),
    ] {
        let error = compile("t.jq", program).err().unwrap_or_else(|| panic!("{program} compiles"));
        assert!(error.starts_with(place) && error.contains(says) && !error.contains('\n'), "{program}: {error}");
    }
}

#[test]
fn a_map_gives_one_object() {
    let run = |text: &str| compile("t.jq", text).unwrap().run(Val::Null, [NOW, "UTC", ""], &Context::default());
    for (program, says) in [
        ("empty", "gave nothing"),
        ("{}, {}", "more than one"),
        ("[1]", "gave a list"),
        ("\"x\"", "gave a text"),
        ("{}, error(\"late\")", "late"),
        ("error(\"a\\nb\")", "t.jq: a b"),
        (". + {} | .a.b.c = 1 | .a[0]", "t.jq:1:10: cannot use null as iterable"),
        ("{a: [range(300000)]}", "larger than 1 MiB"),
        ("{a: (\"x\" * 2000000)}", "larger than 1 MiB"),
    ] {
        let error = run(program).unwrap_err();
        assert!(error.starts_with("t.jq:") && error.contains(says) && !error.contains('\n'), "{program}: {error}");
        assert!(error.len() < 400, "{error}");
    }
    let odd = r#"{a: 1, problems: ["row 3: odd", 7, {weight: "left_out", text: "a total"}, {weight: "x", text: "y"}]}"#;
    let (board, problems) = run(odd).unwrap();
    assert_eq!(board, b"{\"a\":1}");
    let weighed = [
        (Weight::Wrong, "t.jq: row 3: odd"),
        (Weight::Wrong, "t.jq: 7"),
        (Weight::LeftOut, "t.jq: a total"),
        (Weight::Wrong, "t.jq: y"),
    ];
    assert_eq!(problems, weighed.map(|(weight, text)| Note::new(weight, text)));
    assert!(run("{problems: \"one\"}").unwrap_err().contains("`problems` of the board is a text"));
}

#[test]
fn notes_are_told_beside_the_board() {
    let run = |text: &str| compile("t.jq", text).unwrap().run(Val::Null, [NOW, "UTC", ""], &Context::default());
    let (_, notes) = run("{a: 1} | note(\"odd\") | note(\"left_out\"; \"a row\") | note(\"odd\")").unwrap();
    assert_eq!(notes, [Note::new(Weight::Wrong, "t.jq: odd"), Note::new(Weight::LeftOut, "t.jq: a row")]);
    assert!(run("{} | note(\"heavy\"; \"x\")").unwrap_err().contains("expected \"wrong\", \"left_out\""));
    assert_eq!(run("refuse(\"no: {\\\"a\\\": 1}\")").unwrap_err(), "t.jq: no: {\"a\": 1}", "as the map says it");
}

#[test]
fn a_fault_has_its_place_and_no_piece_of_the_input() {
    let body = r#"{"deals": [{"id": 7, "amount": "twelve", "mail": "ana@acme.example"}, {"id": 8, "amount": null}]}"#;
    for (program, fault) in [
        (".x |\n  .y[]", "2:3: cannot use null as iterable (array or object)"),
        (".deals[0].mail[]", "1:10: cannot use a text as iterable (array or object)"),
        (".deals[0] | .mail.at", "1:18: cannot index a text with \"at\""),
        (".deals | .amount", "1:10: cannot index a list with \"amount\""),
        ("[.deals[] |\n .amount | num]", "2:12: a text is not a number"),
        (".deals[0] | .mail - .id", "1:13: cannot calculate a text - a number"),
        ("def far: .mail | tonumber;\n.deals[0] | far", "1:18: cannot"),
        (".deals | map(.mail | try error(\"x\") catch .) | .[0][]", "1:"),
        (".deals[0] |= (.mail | num)", "1:23: a text is not a number"),
        ("path(.deals | .mail)", "1:15: cannot index a list"),
        ("reduce .deals[] as $x (0; . + $x)", "1:31: cannot calculate a number + an object"),
        ("{a: .deals[0] | (.mail, .id) | ltrimstr(1) | num}", "1:"),
        ("\"text \\(.deals[0].mail | num)\"", "1:"),
        (".deals[0].mail | day", "1:18: a text is not a date or time"),
        ("def go: if . > 100000 then [] | num else . + 1 | go end; 0 | go", "1:33: a list is not a number"),
        ("if .deals[0].mail | num then 1 else 2 end", "1:21: a text"),
        ("label $out | .deals[] | .id | if . == 8 then .[] else empty end", "1:"),
    ] {
        let error = compile("t.jq", program).unwrap();
        let error = error.run(serde_json::from_str(body).unwrap(), [NOW, "UTC", ""], &Context::default()).unwrap_err();
        assert!(error.starts_with(&format!("t.jq:{fault}")), "{program}: {error}");
        for piece in ["ana@", "twelve", "acme"] {
            assert!(!error.contains(piece), "{program}: {error}");
        }
    }
}

#[test]
fn a_map_may_say_what_it_wants_to() {
    let run = |text: &str| compile("t.jq", text).unwrap().run(Val::Null, [NOW, "UTC", ""], &Context::default());
    assert_eq!(run("error(\"the report is cut\")").unwrap_err(), "t.jq: the report is cut");
    assert_eq!(run("def f: error(\"in f\"); {a: f}").unwrap_err(), "t.jq: in f");
    assert_eq!(run("try error(\"a\") catch error(\"b: \\(.)\")").unwrap_err(), "t.jq: b: a");
}

#[test]
fn records_tables_and_their_fields() {
    let table = r#"[["Owner ", "BETRAG", "Note"], ["Ana", 5], [], [null, ""], ["Ben", "x", "y", "z"]]"#;
    let rows = ok("table(\"t\"; [\"Owner\", \"Betrag\"])", table);
    let expected = r#"[{"Owner":"Ana","Betrag":5,"Note":null,"_at":"t, row 2"},{"Owner":"Ben","Betrag":"x","Note":"y","_at":"t, row 5"}]"#;
    let sorted = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(sorted(&rows), sorted(expected));
    for (program, input, says) in [
        ("table(\"t\"; [\"Amount\"])", table, "expected the column Amount, found Owner, BETRAG, Note"),
        ("table(\"t\"; [\"A\"])", r#"[["a","A"]]"#, "the column A stands there twice"),
        ("table(\"t\"; [\"A\"])", r#"{"a":1}"#, "expected rows in t, found an object"),
        (
            "need([\"values\"]; \"sheet\")",
            r#"{"error_at":1,"v":2}"#,
            "expected the field values in sheet, found error_at, v",
        ),
        (
            "records(\"deals\") | need([\"amount\"])",
            r#"[{"id":7,"Amount":1}]"#,
            "expected the field amount in deals[0] (7), found id, Amount",
        ),
        (
            "rows(\"deals\"; \"data\")",
            r#"{"sources":{"deals":{"data":7}}}"#,
            "expected a list in deals.data, found a number",
        ),
        ("rows(\"deals\"; \"data\")", r#"{"sources":{"other":{}}}"#, "expected the field deals in sources"),
    ] {
        let error = run(program, input).unwrap_err();
        assert!(error.contains(says), "{program}: {error}");
    }
    assert_eq!(ok("rows(\"deals\"; \"data\")", r#"{"sources":{"deals":null}}"#), "[]", "nothing is an empty list");
    assert_eq!(ok("rows(\"d\"; \"x\") | map(.n)", r#"{"sources":{"d":[{"x":[{"n":1}]},{"x":[{"n":2}]}]}}"#), "[1,2]");
    assert_eq!(ok("first_word(\" \", null, \"Ana\", \"Ben\")", "null"), "\"Ana\"");
    assert_eq!(ok("groups(.o; .v) | map(.sum)", r#"[{"o":1,"v":null},{"o":2,"v":3},{"o":2,"v":null}]"#), "[null,3]");
}

#[test]
fn a_fiscal_year_is_that_of_the_settings() {
    let label = |fiscal_month| {
        let settings = TableSettings { fiscal_month, ..TableSettings::default() };
        let context = Context { settings, ..Context::default() };
        let program = compile("t.jq", "{a: (\"quarter\" | period).label, b: (\"year\" | period).from}").unwrap();
        String::from_utf8(program.run(Val::Null, [NOW, "UTC", ""], &context).unwrap().0).unwrap()
    };
    assert_eq!(label(1), r#"{"a":"Q4 2026","b":"2026-01-01"}"#);
    assert_eq!(label(4), r#"{"a":"FY27 Q3","b":"2026-04-01"}"#);
}
