//! `floorcast map` from outside: a recipe with a sample, programs that are wrong, sources that do not come, wrong usage.

use std::process::{Command, Output};

use serde_json::Value;

use crate::support::TempDir;

const CSV: &str = "Owner;Amount;Close date\nAna;1.200,50;2026-11-03\nBen;900;2026-11-04\n";

/// Settings with the feed `crm`, whose map has the sources `names`, none of which can be reached.
fn settings(map: &str, names: &[&str]) -> String {
    let source =
        |name: &&str| format!("[[feed.source]]\nname = \"{name}\"\nurl = \"http://127.0.0.1:9/{name}?key=s3cret\"\n");
    let sources: String = names.iter().map(source).collect();
    format!("tz = \"Europe/Berlin\"\n[[feed]]\nname = \"crm\"\nmap = {map:?}\n{sources}")
}

fn recipe(name: &str) -> String {
    format!("{}/assets/maps/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// A folder with `kiosk.toml`.
fn place(settings: &str) -> TempDir {
    let dir = TempDir::new();
    dir.write("kiosk.toml", settings);
    dir.write("deals.csv", CSV);
    dir
}

fn map(dir: &TempDir, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_floorcast"));
    command.args(["map", "kiosk.toml"]).args(args).current_dir(dir.path()).env_clear();
    command.output().unwrap()
}

/// What it says, and that it ends with this code.
#[track_caller]
fn says(output: &Output, code: i32) -> String {
    assert_eq!(output.status.code(), Some(code), "{output:?}");
    String::from_utf8([output.stdout.as_slice(), &output.stderr].concat()).unwrap()
}

#[test]
fn a_recipe_and_its_sample_are_explained() {
    // In any month the sample's deals are of: the recipe's own period is another test's business.
    let month = floorcast::clock::wall_clock()().strftime("%Y-%m").to_string();
    let dir = place(&settings(&recipe("deals.jq"), &["deals"]));
    dir.write("deals.csv", CSV.replace("2026-11", &month));
    let said = says(&map(&dir, &["--with", "deals.csv"]), 0);
    let first = said.lines().next().unwrap_or_default();
    assert!(
        first.ends_with("(deals.csv): 67 bytes of CSV, a list of 2 objects with Owner, Amount, Close date"),
        "{said}"
    );
    assert!(said.contains("\n  [{\"Owner\":\"Ana\",") && said.contains("\nboard "), "{said}");
    assert!(said.contains("   1          1,200.5  Ana\n") && said.contains("no stage column among"), "{said}");
    let timing = said.lines().last().unwrap_or_default();
    for part in ["fetched in ", ", read in ", ", map run in ", ", accepted in "] {
        assert!(timing.contains(part), "{timing}");
    }
    let report: Value = serde_json::from_str(&says(&map(&dir, &["--with", "deals=deals.csv", "--json"]), 0)).unwrap();
    assert_eq!((&report["ok"], &report["feed"]), (&true.into(), &"crm".into()));
    let source = &report["sources"][0];
    assert_eq!((&source["format"], &source["bytes"]), (&"csv".into(), &67.into()));
    assert_eq!(report["board"]["slides"][0]["rows"][0]["value"], 1200.5);
    assert!(report["timing"]["program_ms"].as_f64().is_some_and(|ms| ms >= 0.0), "{report}");
}

#[test]
fn several_sources_are_named_and_one_that_fails_does_not_hide_the_others() {
    let dir = place(&settings(&recipe("hubspot.jq"), &["deals", "owners"]));
    dir.write("owners.json", "{\"results\": []}");
    let said = says(&map(&dir, &["--with", "owners=owners.json"]), 1);
    assert!(said.contains("source deals (http://127.0.0.1:9/deals): 127.0.0.1:9: connection refused\n"), "{said}");
    assert!(said.contains("source owners (owners.json): received, not decoded\n"), "{said}");
    assert!(said.contains(": no board\n") && said.contains("\n  source deals: 127.0.0.1:9: connection"), "{said}");
    assert!(!said.contains("s3cret") && said.contains("\nfetched in "), "{said}");
    let both = ["--with", "owners=owners.json", "--with", "deals=none.json"];
    let said = says(&map(&dir, &both), 1);
    assert!(said.contains("source deals (none.json): none.json: no such file\n"), "{said}");
    for with in ["owners.json", "owner=owners.json"] {
        let said = says(&map(&dir, &["--with", with]), 2);
        assert!(said.contains("--with: expected NAME=FILE with NAME one of deals, owners"), "{said}");
    }
}

#[test]
fn whatever_is_wrong_has_its_place_and_the_input_is_shown_all_the_same() {
    let dir = place(&settings("map.jq", &["deals"]));
    for (program, place) in [
        ("{\n  x: (.sources.deals | nonsense)\n}", "map.jq:2:24: there is no filter `nonsense`"),
        ("{", "map.jq:1:2: expected closing brace"),
        (".sources.deals[0].Amount | num | error", "map.jq: 1200.5"),
        ("{format: \"salesboard/1\", slides: []}", "slides: an empty list"),
        ("{format: \"salesboard/1\", slides: [{type: \"ranking\", rows: 7}]}", "slides[0].rows: 7 is not a list"),
        // 5 s of processor time, or 10 s on a machine that has other things to do.
        ("def f: f; f", "map.jq: the map "),
    ] {
        dir.write("map.jq", program);
        let said = says(&map(&dir, &["--with", "deals.csv"]), 1);
        assert!(said.contains(place), "{program}: {said}");
        assert!(said.contains("a list of 2 objects with Owner, Amount, Close date"), "{program}: {said}");
        let report: Value = serde_json::from_str(&says(&map(&dir, &["--with", "deals.csv", "--json"]), 1)).unwrap();
        let problems = report["problems"].as_array().unwrap().iter();
        let line = |problem: &Value| {
            format!("{}: {}", problem["path"].as_str().unwrap(), problem["message"].as_str().unwrap())
        };
        let found = problems.map(line).any(|line| line.contains(place));
        assert!(found && report["ok"] == false, "{program}: {report}");
    }
    dir.write("map.jq", "{format: \"salesboard/1\", slides: [{type: \"message\", text: \"hi\"}], problems: [\"odd\"]}");
    let said = says(&map(&dir, &["--with", "deals.csv"]), 0);
    assert!(said.contains("\n1 problem\n\nWrong or missing on the wall:\n  map.jq: odd\n"), "{said}");
}

#[test]
fn wrong_usage_is_2_and_says_what_there_is() {
    let two = settings("a.jq", &["a"])
        + &settings("b.jq", &["b"]).replace("tz = \"Europe/Berlin\"\n", "").replace("crm", "erp");
    let plain = "[[feed]]\nname = \"note\"\nurl = \"note.json\"\n";
    let dir = place(&(two + plain));
    for (args, expected) in [
        (&[][..], "several feeds in kiosk.toml have a map: name one with --feed: crm, erp"),
        (&["--feed", "nobody"], "no feed in kiosk.toml is named \"nobody\": the feeds are crm, erp, note"),
        (&["--feed", "note"], "the feed \"note\" has no map"),
        (&["--with"], "--help"),
    ] {
        let said = says(&map(&dir, args), 2);
        assert!(said.contains(expected), "{args:?}: {said}");
    }
    let dir = place("[feed]\nurl = \"note.json\"\n");
    assert!(says(&map(&dir, &[]), 2).contains("no feed in kiosk.toml has a map"));
    assert!(says(&map(&dir, &["--feed", "x"]), 2).contains("its feed has no name"));
    let dir = place("[feed]\nurl = \"deals.csv\"\n");
    assert!(says(&map(&dir, &[]), 0).contains("(deals.csv): 67 bytes of CSV"), "a table is a map too");
}
