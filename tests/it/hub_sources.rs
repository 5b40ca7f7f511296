//! Sources of a hub through the real program: recipes that make facts, a watched folder, and the way back.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

fn floorcast(args: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_floorcast")).args(args).current_dir(folder).output().unwrap()
}

#[track_caller]
fn json_of(args: &[&str], folder: &Path) -> Value {
    let output = floorcast(args, folder);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::remove_dir_all(&folder).ok();
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn assets() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets")
}

fn sample(name: &str) -> String {
    std::fs::read_to_string(assets().join("maps/samples").join(name)).unwrap()
}

/// A recipe with an answer for each of its sources.
struct Recipe {
    name: &'static str,
    answers: Vec<(&'static str, String)>,
    /// Facts that come of it; 0: at least two.
    facts: u64,
    /// Whether it knows people by their names, or only what they are called in deals.
    names_people: bool,
}

fn recipes() -> Vec<Recipe> {
    let soql = json!({"records": [
        {"Id": "006A", "Name": "Crane lease", "OwnerId": "005A", "Owner": {"Name": "Ana Sousa"}, "Amount": 12400.5, "CloseDate": "2026-11-02"},
        {"Id": "006B", "Name": "Renewal", "OwnerId": "005B", "Owner": {"Name": "Ben Okafor"}, "Amount": null, "CloseDate": "2026-11-03"},
    ]});
    let airtable = json!({"records": [
        {"id": "recA", "fields": {"Owner": ["Ana Sousa"], "Amount": 900, "Date": "2026-11-02", "Name": "Crane"}},
        {"id": "recB", "fields": {"Owner": {"name": "Ben Okafor"}, "Amount": 50, "Date": "2026-11-03"}},
        {"id": "recC", "fields": {"Owner": "Ben Okafor"}},
    ]});
    let sheet = json!({"values": [["ID", "Name", "Value", "Date"], ["D1", "Ana Sousa", "€ 1,200", "2026-11-02"], ["D2", "Ben Okafor", "€ 80", "2026-11-03"], []]});
    let graph = json!({"values": [["ID", "Name", "Amount", "Date"], ["D1", "Ana Sousa", 1200, 46328], ["D2", "Ben Okafor", 80, 46329]]});
    let of =
        |name, answers: Vec<(&'static str, String)>, facts, names_people| Recipe { name, answers, facts, names_people };
    let hubspot = vec![("deals", sample("hubspot.deals.json")), ("owners", sample("hubspot.owners.json"))];
    let pipedrive = vec![("deals", sample("pipedrive.deals.json")), ("users", sample("pipedrive.users.json"))];
    vec![
        of("hubspot", hubspot, 0, true),
        of("pipedrive", pipedrive, 0, true),
        of("zoho", vec![("deals", sample("zoho.deals.json"))], 0, true),
        of("dynamics", vec![("deals", sample("dynamics.deals.json"))], 0, true),
        of("salesforce", vec![("won", soql.to_string())], 3, true),
        of("airtable", vec![("records", airtable.to_string())], 4, false),
        of("gsheets", vec![("sheet", sheet.to_string())], 4, false),
        of("graph", vec![("table", graph.to_string())], 4, false),
    ]
}

#[test]
fn every_recipe_makes_facts_that_come_once_and_go_again() {
    let folder = folder("hub-sources");
    for Recipe { name, answers, facts, names_people } in recipes() {
        std::fs::copy(assets().join(format!("facts/{name}.jq")), folder.join(format!("{name}.jq"))).unwrap();
        let mut settings = format!("[feed]\nmap = \"{name}.jq\"\n");
        for (source, body) in &answers {
            let file = format!("{name}.{source}.json");
            std::fs::write(folder.join(&file), body).unwrap();
            settings += &format!("[[feed.source]]\nname = \"{source}\"\nfile = \"{file}\"\n");
        }
        std::fs::write(folder.join(format!("{name}.toml")), settings).unwrap();
        let db = format!("db-{name}");
        let made =
            floorcast(&["hub", "source", "add", "--db", &db, name, "--settings", &format!("{name}.toml")], &folder);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let run = ["hub", "source", "run", "--db", &db, name, "--json"];
        let dry: Vec<&str> = run.iter().copied().chain(["--dry-run"]).collect();
        let planned = json_of(&dry, &folder);
        let first = json_of(&run, &folder);
        assert_eq!(planned["created"], first["created"], "{name}");
        let created = first["created"].as_u64().unwrap();
        assert!(created >= 2, "{name}: {first}");
        assert!(facts == 0 || created == facts, "{name}: {first}");
        let known = first["people"]["created"].as_u64().unwrap();
        assert_eq!(known > 0, names_people, "{name}: {first}");
        assert_eq!(json_of(&run, &folder)["run"], Value::Null, "{name}: the same answer is nothing new");
        let undone = json_of(&["hub", "undo", "--db", &db, first["run"].as_str().unwrap(), "--json"], &folder);
        assert_eq!((&undone["kept"], undone["floor"]["facts"].as_u64()), (&json!([]), Some(0)), "{name}");
    }
}

#[test]
fn a_folder_is_imported_when_it_changes_and_what_is_wrong_in_an_answer_is_left_out() {
    let folder = folder("hub-folder");
    std::fs::create_dir(folder.join("exports")).unwrap();
    let head = "Deal ID,Owner,Amount,Close date,Stage\n";
    std::fs::write(folder.join("exports/deals.csv"), format!("{head}A1,Ana,10,2026-11-02,Won\n")).unwrap();
    std::fs::write(folder.join("exports/~$deals.csv"), "a lock").unwrap();
    let add = ["hub", "source", "add", "--db", "db", "exports", "--folder", "exports"];
    assert!(floorcast(&add, &folder).status.success());
    let run = ["hub", "source", "run", "--db", "db", "exports", "--json"];
    assert_eq!(json_of(&run, &folder)["created"], 2);
    assert_eq!(json_of(&run, &folder)["run"], Value::Null);
    std::fs::write(
        folder.join("exports/deals.csv"),
        format!("{head}A1,Ana,15,2026-11-02,Won\nA2,Ana,5,2026-11-03,Won\n"),
    )
    .unwrap();
    let changed = json_of(&run, &folder);
    assert_eq!((&changed["created"], &changed["updated"], &changed["unchanged"]), (&json!(2), &json!(1), &json!(1)));
    let map = r#"{people: [{key: "7", name: "Ana"}], facts: [
        {ext_id: "1", metric: "won", owner: "7", at: "2026-11-02", value: 3},
        {ext_id: "2", metric: "wno", owner: "7", at: "2026-11-02"},
        {ext_id: "3", metric: "won", owner: "8", at: "soon", value: 3},
        {ext_id: "4", metric: "won", owner: "8", at: "2026-11-02T10:00:00Z", value: 4, hue: "red"},
        {ext_id: "5", metric: "won", owner: "9", at: "2026-11-02T10:00:00Z", value: 5, currency: "USD"}]}"#;
    std::fs::write(folder.join("odd.jq"), map).unwrap();
    std::fs::write(folder.join("in.json"), "{}").unwrap();
    std::fs::write(
        folder.join("odd.toml"),
        "[feed]\nmap = \"odd.jq\"\n[[feed.source]]\nname = \"a\"\nfile = \"in.json\"\n",
    )
    .unwrap();
    assert!(
        floorcast(&["hub", "source", "add", "--db", "db", "odd", "--settings", "odd.toml"], &folder).status.success()
    );
    let odd = json_of(&["hub", "source", "run", "--db", "db", "odd", "--json"], &folder);
    assert_eq!(
        (&odd["created"], &odd["skipped"], &odd["deals"]["without_person"]),
        (&json!(2), &json!(3), &json!(1)),
        "{odd}"
    );
    let notes = odd["files"][0]["notes"].to_string();
    for says in ["facts[1].metric", "wno", "facts[2].at", "soon", "hue"] {
        assert!(notes.contains(says), "{says}: {notes}");
    }
    let people = json_of(&["hub", "people", "list", "--db", "db", "--json"], &folder);
    assert_eq!(people["people"].as_array().unwrap().len(), 1, "the file and the system mean one Ana");
    assert_eq!(people["unknown"][0]["key"], "9");
}
