//! The hub's command line with its real child: whole workbooks, and files that nobody should open.

use std::io::{BufRead as _, BufReader, Cursor, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

fn floorcast(args: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_floorcast")).args(args).current_dir(folder).output().unwrap()
}

#[track_caller]
fn json(args: &[&str], folder: &Path) -> Value {
    let output = floorcast(args, folder);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn folder(name: &str) -> std::path::PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::remove_dir_all(&folder).ok();
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn a_whole_workbook_becomes_a_floor_and_is_taken_back_whole() {
    let folder = folder("hub-workbook");
    let made = floorcast(&["template", "floor.xlsx"], &folder);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let import = ["hub", "import", "--db", "floor", "floor.xlsx", "--json"];
    let empty = json(&["hub", "import", "--db", "floor", "floor.xlsx", "--json", "--dry-run"], &folder);
    let first = json(&import, &folder);
    for what in ["goals", "scorecards", "contests", "plans", "recognitions", "messages", "plays"] {
        assert!(first["others"][what].as_u64().is_some_and(|n| n > 0), "no {what}: {}", first["others"]);
    }
    assert!(first["created"].as_u64().is_some_and(|n| n > 20), "{first}");
    let again = json(&import, &folder);
    assert_eq!((again["created"].as_u64(), again["updated"].as_u64()), (Some(0), Some(0)), "{again}");
    assert_eq!((&again["others"], &again["floor"]), (&serde_json::json!({}), &first["floor"]));
    // There is neither a backup nor an account: a look for cron says so with its code.
    let looked = floorcast(&["hub", "doctor", "--db", "floor", "--json"], &folder);
    assert_eq!(looked.status.code(), Some(1));
    let board: Value = serde_json::from_slice(&looked.stdout).unwrap();
    let boards = board.as_array().unwrap().iter().find(|of| of["what"] == "boards").unwrap();
    assert_eq!(boards["health"], "ok", "{boards}");
    let second = again["run"].as_str().unwrap();
    json(&["hub", "undo", "--db", "floor", second, "--json"], &folder);
    let undone = json(&["hub", "undo", "--db", "floor", first["run"].as_str().unwrap(), "--json"], &folder);
    assert_eq!(undone["kept"], serde_json::json!([]));
    assert_eq!(undone["floor"], empty["floor"]);
}

/// 400 MiB of text in some kilobytes: it is the child that runs out of memory, and the hub says so.
#[test]
fn a_file_that_grows_without_end_is_refused_in_a_line() {
    let folder = folder("hub-bomb");
    let made = floorcast(&["template", "floor.xlsx"], &folder);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let book = std::fs::read(folder.join("floor.xlsx")).unwrap();
    let mut book = ZipArchive::new(Cursor::new(book)).unwrap();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_level(Some(1));
    for at in 0..book.len() {
        let mut file = book.by_index(at).unwrap();
        zip.start_file(file.name(), options).unwrap();
        if file.name() != "xl/worksheets/sheet1.xml" {
            std::io::copy(&mut file, &mut zip).unwrap();
            continue;
        }
        zip.write_all(b"<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>").unwrap();
        (0..400).for_each(|_| zip.write_all(&vec![b'x'; 1 << 20]).unwrap());
        zip.write_all(b"</t></is></c></row></sheetData></worksheet>").unwrap();
    }
    std::fs::write(folder.join("deals.xlsx"), zip.finish().unwrap().into_inner()).unwrap();
    std::fs::write(folder.join("long.csv"), vec![b'x'; (16 << 20) + 1]).unwrap();
    for (file, says) in [("deals.xlsx", "512 MiB of memory"), ("long.csv", "larger than 16 MiB")] {
        let output = floorcast(&["hub", "import", "--db", "floor", file], &folder);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && said.contains(file) && said.contains(says), "{said}");
        assert_eq!(said.trim().lines().count(), 1, "{said}");
    }
}

#[test]
fn a_mistyped_folder_is_no_new_floor() {
    let folder = folder("hub-typo");
    for line in [
        "backup --db typo --to copies",
        "doctor --db typo",
        "verify-backup --db typo",
        "move --db typo --to other",
        "undo --db typo r1",
        "people list --db typo",
        "standings --db typo --metric won --from 2026-01-01 --to 2027-01-01",
    ] {
        let all: Vec<&str> = ["hub"].into_iter().chain(line.split(' ')).collect();
        let output = floorcast(&all, &folder);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && said.contains("typo: there is no floor"), "{all:?}: {said}");
        assert!(!folder.join("typo").exists() && !folder.join("other").exists(), "{all:?}");
    }
}

#[test]
fn a_screen_of_a_hub_shows_letters_until_it_is_paired_and_an_embedded_hub_ends_with_its_wall() {
    use floorcast_hub::{screens, store::Store};
    let folder = folder("hub-screen");
    let made = floorcast(&["hub", "demo", "--db", "floor"], &folder);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let mut hub = Command::new(env!("CARGO_BIN_EXE_floorcast"))
        .args(["hub", "--db", "floor", "--listen", "127.0.0.1:0", "--until-stdin-ends"])
        .current_dir(&folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    BufReader::new(hub.stdout.as_mut().unwrap()).read_line(&mut said).unwrap();
    let address = said.trim().rsplit(' ').next().unwrap();
    let settings = format!("[cache]\ndir = \"state\"\n[hub]\nurl = \"{address}\"\n");
    std::fs::write(folder.join("kiosk.toml"), settings).unwrap();
    let shown = || {
        let output = floorcast(&["check", "--config", "kiosk.toml"], &folder);
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
    };
    let letters = shown();
    let code = letters.split("message pair \"").nth(1).and_then(|rest| rest.split('"').next());
    let code = code.unwrap_or_else(|| panic!("no letters: {letters}"));
    let then = jiff::Timestamp::UNIX_EPOCH;
    let store = Store::open(&folder.join("floor"), then).unwrap();
    let paired = store.write(|tx| screens::pair(tx, "somebody", (code, "Kitchen", "main"), then)).unwrap();
    assert_eq!(paired.unwrap().name, "Kitchen");
    let board = shown();
    assert!(board.contains("ranking ") && !board.contains("message pair"), "{board}");
    drop(hub.stdin.take());
    assert!(hub.wait().unwrap().success());
}

/// Runs a command of the hub: whether it went well, and all that it said.
fn said(line: &str, folder: &Path) -> (bool, String) {
    let all: Vec<&str> = ["hub"].into_iter().chain(line.split(' ')).collect();
    let output = floorcast(&all, folder);
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.success(), text)
}

#[test]
fn secrets_tokens_moves_and_restores_say_what_they_do() {
    let folder = folder("hub-secrets");
    let (made, secret) = said("webhook --db floor crm", &folder);
    assert!(made && secret.starts_with("whsec_"), "{secret}");
    let (again, why) = said("webhook --db floor crm", &folder);
    assert!(!again && why.contains("--replace"), "{why}");
    let (replaced, other) = said("webhook --db floor crm --replace", &folder);
    assert!(replaced && other.starts_with("whsec_") && other != secret, "{other}");
    for (line, why) in [
        ("token --db floor --role ingest --scope main", "only a token of the role screen"),
        ("token --db floor --role screen --scope nope", "there is no board \"nope\""),
        ("token --db floor --role read --days 99999999", "3650"),
    ] {
        let (made, text) = said(line, &folder);
        assert!(!made && text.contains(why), "{line}: {text}");
    }
    assert!(said("token --db floor --role screen --scope main --days 30", &folder).0);
    // A file with a person, so that there is somebody to name.
    std::fs::write(folder.join("plan.toml"), "[[person]]\nname = \"Ana Souza\"\n").unwrap();
    assert!(said("apply --db floor plan.toml", &folder).0);
    let exported = floorcast(&["hub", "people", "export", "--db", "floor", "ana souza"], &folder);
    let told: Value = serde_json::from_slice(&exported.stdout).unwrap();
    assert_eq!(told["person"]["name"], "Ana Souza");
    let (found, why) = said("people export --db floor Nobody", &folder);
    assert!(!found && why.contains("with the id or name"), "{why}");
    let (_, backup) = said("backup --db floor --to copies", &folder);
    let file = backup.lines().next().unwrap().to_owned();
    std::fs::write(folder.join("copies/floor-99999999-000000.db"), "cut").unwrap();
    let (whole, text) = said("verify-backup --db floor --to copies", &folder);
    assert!(whole && text.contains("skipped: copies/floor-99999999-000000.db"), "{text}");
    let (whole, text) = said("verify-backup --db floor copies/floor-99999999-000000.db", &folder);
    assert!(!whole && text.contains("is not a complete backup"), "{text}");
    let (restored, text) = said(&format!("restore --db floor {file} --replace"), &folder);
    assert!(restored && text.contains("The old floor is kept: floor/floor-before-"), "{text}");
    let (moved, text) = said("move --db floor --to other", &folder);
    assert!(moved && text.contains("other/backup.key"), "{text}");
    let key = |place: &str| std::fs::read(folder.join(place).join("backup.key")).unwrap();
    assert_eq!(key("floor"), key("other"));
}

/// An import that reads files by what an earlier one was told says so, and is read without it where somebody wants that.
#[test]
fn answers_of_an_earlier_import_are_said_when_they_hold() {
    let folder = folder("hub-answers");
    let file = |name: &str, day: &str| {
        let text = format!("Deal ID,Owner,Net,Gross,Close date\n{name},Ana,1.980,7,{day}\n");
        std::fs::write(folder.join(format!("{name}.csv")), text).unwrap();
    };
    file("a", "03/04/2026");
    file("b", "05/04/2026");
    file("c", "24/04/2026");
    let import = |rest: &[&str]| {
        let output = floorcast(&[&["hub", "import", "--db", "floor"], rest].concat(), &folder);
        (output.status.success(), String::from_utf8(output.stdout).unwrap())
    };
    let answers = ["--date-order", "dmy", "--three-digits", "decimals", "--currency", "EUR", "--column", "amount=Net"];
    let (_, first) = import(&[&["a.csv"], &answers[..]].concat());
    assert!(first.contains("won: 1.98 EUR") && !first.contains("earlier import"), "{first}");
    let said = "as an earlier import of \"file\" said: --date-order dmy --three-digits decimals --currency EUR --column \"amount=Net\"; \
                --forget leaves that out";
    let (_, second) = import(&["b.csv", "--dry-run"]);
    assert!(second.starts_with(said), "{second}");
    let (_, given) = import(&["b.csv", "--dry-run", "--date-order", "mdy", "--column", "amount=Gross"]);
    assert!(given.starts_with("as an earlier import of \"file\" said: --currency EUR; "), "{given}");
    let (_, proven) = import(&["c.csv", "--dry-run", "--three-digits", "thousands"]);
    assert!(proven.contains("said: --currency EUR --column") && !proven.contains("--date-order dmy"), "{proven}");
    let (read, forgotten) = import(&["b.csv", "--forget", "--dry-run"]);
    assert!(!read && forgotten.contains("--date-order dmy") && !forgotten.contains("earlier import"), "{forgotten}");
}
