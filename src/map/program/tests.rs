//! The language of a map: what it has, what it does not have, and how mistakes are told.

use super::*;

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
    assert!(run("\"soon\" | num", "null").unwrap_err().contains("t.jq: \"soon\" is not a number"));
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
        (". + {} | .a.b.c = 1 | .a[0]", "cannot use"),
        ("{a: [range(300000)]}", "larger than 1 MiB"),
        ("{a: (\"x\" * 2000000)}", "larger than 1 MiB"),
    ] {
        let error = run(program).unwrap_err();
        assert!(error.starts_with("t.jq: ") && error.contains(says) && !error.contains('\n'), "{program}: {error}");
        assert!(error.len() < 400, "{error}");
    }
    let (board, problems) = run("{a: 1, problems: [\"row 3: odd\", 7]}").unwrap();
    assert_eq!(board, b"{\"a\":1}");
    assert_eq!(problems, ["t.jq: row 3: odd", "t.jq: 7"]);
}
