//! The program from outside: exit codes, and what it says where.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::support::server::{Server, http};

/// An empty folder of this test's own, and the program started in it with none of the machine's settings.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Place {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Place(path)
    }

    fn write(&self, name: &str, text: &str) -> &Place {
        std::fs::write(self.0.join(name), text).unwrap();
        self
    }

    fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_floorcast"));
        command.args(line.split_whitespace()).current_dir(&self.0).env_clear().env("HOME", &self.0);
        command.env("XDG_CONFIG_HOME", self.0.join("config"));
        command
    }

    fn run(&self, line: &str) -> Output {
        self.command(line).output().unwrap()
    }
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| panic!("ended by a signal: {output:?}"))
}

const BOARD: &str = r#"{"format": "salesboard/1", "board": "floor", "slides": [{"type": "ranking", "title": "Deals",
    "rows": [{"name": "Ben", "value": 2}, {"name": "Ana", "value": 3}]}]}"#;

#[test]
fn wrong_usage_is_2() {
    let place = Place::new("usage");
    for line in ["--nonsense", "check extra", "shot", "shot -o x.png --size 9x", "--windowed 0x0", "nonsense"] {
        let output = place.run(line);
        assert_eq!(code(&output), 2, "{line}: {}", err(&output));
        assert!(out(&output).is_empty() && err(&output).contains("--help"), "{line}: {}", err(&output));
    }
}

#[test]
fn help_and_version_are_0_with_an_example() {
    let place = Place::new("help");
    for line in [
        "--help",
        "run --help",
        "shot --help",
        "check --help",
        "map --help",
        "record --help",
        "schema --help",
        "help",
        "help check",
    ] {
        let output = place.run(line);
        assert_eq!(code(&output), 0, "{line}");
        assert!(out(&output).contains("Example") && !out(&output).contains("--fault"), "{line}: {}", out(&output));
    }
    assert!(out(&place.run("--version")).starts_with("floorcast "));
}

#[test]
fn wrong_settings_are_2_with_their_place() {
    let place = Place::new("settings");
    place.write("bad.toml", "theme = \"dark\"\n\n[feed]\ninterval_s = \"often\"\n");
    // The kiosk itself shows them and waits, but there is no display here.
    for (line, ends) in [
        ("check --config bad.toml", 2),
        ("shot --config bad.toml -o x.png", 2),
        ("--list-adapters --config bad.toml", 2),
        ("--config bad.toml", 69),
        ("run --config bad.toml", 69),
    ] {
        let output = place.run(line);
        assert_eq!(code(&output), ends, "{line}: {}", err(&output));
        assert!(err(&output).contains("bad.toml:4:14: `interval_s`: expected a number"), "{}", err(&output));
    }
    let missing = place.run("check --config none.toml");
    assert_eq!(code(&missing), 2);
    assert!(err(&missing).contains("none.toml"), "{}", err(&missing));
}

/// A driver's layer writes of it at each start from a shell that has no such folder, as root's.
#[test]
fn no_runtime_folder_is_no_error() {
    let output = Place::new("runtime").run("--list-adapters");
    assert!(!err(&output).contains("XDG_RUNTIME_DIR"), "{}", err(&output));
}

#[test]
fn settings_are_found_in_the_usual_places() {
    let place = Place::new("places");
    std::fs::create_dir_all(place.0.join("config/floorcast")).unwrap();
    place.write("env.toml", "env = 1\n").write("config/floorcast/kiosk.toml", "user = 1\n");
    let user = place.run("check");
    assert!(err(&user).contains("floorcast/kiosk.toml:1:1: unknown key `user`"), "{}", err(&user));
    place.write("kiosk.toml", "here = 1\n");
    let here = place.run("check");
    assert!(err(&here).contains("kiosk.toml:1:1: unknown key `here`"), "{}", err(&here));
    let env = place.command("check").env("FLOORCAST_CONFIG", "env.toml").output().unwrap();
    assert!(err(&env).contains("env.toml:1:1: unknown key `env`"), "{}", err(&env));
}

#[test]
fn the_schema_is_json() {
    let output = Place::new("schema").run("schema");
    assert_eq!(code(&output), 0);
    let schema: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(schema["properties"]["slides"].is_object(), "{schema}");
}

#[test]
fn check_says_what_is_on_the_wall() {
    let place = Place::new("check");
    place.write("board.json", BOARD).write("kiosk.toml", "[feed]\nurl = \"board.json\"\n");
    let text = place.run("check");
    assert_eq!(code(&text), 0, "{}", err(&text));
    assert!(out(&text).contains("Ana") && out(&text).contains("no problems"), "{}", out(&text));
    let json = place.run("check --json --feed board.json");
    let report: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((code(&json), &report["ok"], &report["board"]), (0, &true.into(), &"floor".into()));
    let first = serde_json::json!({"rank": 1, "tied": false, "name": "Ana", "value": 3.0, "shown": true});
    assert_eq!(report["slides"][0]["rows"][0], first);
}

/// A board with a slide for each reason to be off the wall.
const OFF: &str = r#"{"format": "salesboard/1", "board": "floor", "as_of": "2026-11-02T09:00:00Z",
    "teams": {"t1": {"name": "North"}, "t2": {"name": "South"}},
    "slides": [
        {"id": "on", "type": "ranking", "title": "On", "rows": [{"name": "Ben", "value": 2}]},
        {"id": "early", "type": "message", "title": "Early", "text": "x", "start": "2026-11-02T09:00:01Z"},
        {"id": "over", "type": "message", "title": "Over", "text": "x", "end": "2026-11-02T09:00:00Z"},
        {"id": "south", "type": "ranking", "title": "South", "of": "teams", "rows": [{"who": "t2", "value": 2}]},
        {"id": "shy", "type": "ranking", "title": "Shy", "rows": [{"name": "Eve", "value": 2}]}]}"#;

/// What `check` says of each slide of [`OFF`] with these settings.
fn off(name: &str, settings: &str) -> (Vec<(bool, String)>, String) {
    let place = Place::new(name);
    place.write("board.json", OFF).write("kiosk.toml", &format!("{settings}\n[feed]\nurl = \"board.json\"\n"));
    let json = place.run("check --json");
    let report: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((code(&json), &report["ok"]), (0, &true.into()), "{}", err(&json));
    let slides = report["slides"].as_array().unwrap().iter().map(|slide| {
        let shown = slide["shown"].as_bool().unwrap();
        let rows = slide["rows"].as_array().unwrap();
        assert!(rows.iter().all(|row| row["shown"] == shown), "{slide}");
        (shown, slide["off"].as_str().unwrap_or("").to_owned())
    });
    (slides.collect(), out(&place.run("check")))
}

#[test]
fn check_says_what_is_kept_off_the_wall_and_why() {
    let (slides, text) =
        off("off-teams", "[screen]\nteams = [\"t1\"]\n[playlist]\nslides = [{ id = \"shy\", hide = true }]");
    let why = [
        "",
        "not before its start, 2026-11-02T09:00:01Z",
        "over since its end, 2026-11-02T09:00:00Z",
        "only about teams that [screen] teams does not name",
        "hidden by the playlist",
    ];
    assert_eq!(slides, why.map(|why| (why.is_empty(), why.to_owned())));
    assert!(text.contains("ranking shy \"Shy\", 1 row, not on the wall: hidden by the playlist"), "{text}");
    assert!(text.contains("message over \"Over\", not on the wall: over since"), "{text}");
    let (slides, _) = off("off-rest", "[playlist]\nrest = false\nslides = [{ id = \"shy\" }]");
    let shown: Vec<bool> = slides.iter().map(|(shown, _)| *shown).collect();
    assert_eq!(shown, [false, false, false, false, true]);
    assert_eq!(slides[0].1, "not named by the playlist, which has rest = false");
}

#[test]
fn check_names_what_the_playlist_names_in_vain() {
    let place = Place::new("vain");
    place.write("board.json", BOARD).write(
        "kiosk.toml",
        "[playlist]\nslides = [{ kind = \"contest\" }, { id = \"typo\" }]\n[feed]\nurl = \"board.json\"\n",
    );
    let text = place.run("check");
    let wanted =
        "1 problem\n\nWrong or missing on the wall:\n  kiosk.toml: playlist.slides[1].id: no slide has the id \"typo\"";
    assert!(code(&text) == 0 && out(&text).contains(wanted), "{}", out(&text));
    assert_eq!(code(&place.run("check --strict")), 1);
    // Nobody knows what a feed has that cannot be had.
    place.write("kiosk.toml", "[playlist]\nslides = [{ id = \"typo\" }]\n[feed]\nurl = \"none.json\"\n");
    let text = out(&place.run("check"));
    assert!(!text.contains("typo") && text.contains("none.json"), "{text}");
}

#[test]
fn one_of_several_feeds_is_called_by_its_name() {
    let place = Place::new("named");
    let feeds = "[[feed]]\nname = \"crm\"\nurl = \"none.json\"\n[[feed]]\nname = \"notice\"\nurl = \"board.json\"\n";
    place.write("board.json", BOARD).write("kiosk.toml", feeds);
    assert_eq!(code(&place.run("check")), 1, "the other one cannot be had");
    let output = place.run("check --feed notice");
    assert!(
        code(&output) == 0 && out(&output).starts_with("board floor: 1 slide\n"),
        "{}{}",
        out(&output),
        err(&output)
    );
    let output = place.run("check --feed crm");
    assert!(code(&output) == 1 && out(&output).contains("none.json"), "{}", out(&output));
    // A file of that name has its folder in front.
    place.write("crm", BOARD);
    assert_eq!((code(&place.run("check --feed crm")), code(&place.run("check --feed ./crm"))), (1, 0));
    let output = place.run("record -o day.tape");
    assert!(code(&output) == 2 && err(&output).contains("name one with --feed: crm, notice"), "{}", err(&output));
    assert!(out(&place.run("check --help")).contains("sse+http(s)"), "every kind of address");
}

#[test]
fn check_is_a_lint_for_the_wall_and_strict_makes_it_fail() {
    let place = Place::new("lint");
    place.write("board.json", BOARD).write("kiosk.toml", "brand = \"#00A651\"\n[feed]\nurl = \"board.json\"\n");
    let text = place.run("check");
    assert_eq!(code(&text), 0, "{}", err(&text));
    assert!(out(&text).contains("kiosk.toml: brand: #00A651 has too little contrast for plates"), "{}", out(&text));
    assert_eq!(code(&place.run("check --strict")), 1);
    place.write("kiosk.toml", "[feed]\nurl = \"board.json\"\n");
    assert_eq!(code(&place.run("check --strict")), 0);
    place.write("kiosk.toml", "logo = \"none.png\"\n[feed]\nurl = \"board.json\"\n");
    assert!(out(&place.run("check")).contains("kiosk.toml: logo: "), "a logo that is not there is told");
    let logo = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/img/aoi.png");
    place.write("kiosk.toml", &format!("logo = {logo:?}\n[feed]\nurl = \"board.json\"\n"));
    assert_eq!(code(&place.run("check --strict")), 0);
}

#[test]
fn check_reads_the_built_in_show_and_tapes() {
    let place = Place::new("tapes");
    let body: serde_json::Value = serde_json::from_str(BOARD).unwrap();
    place.write("show.tape", &format!("{}\n", serde_json::json!({"ms": 0, "body": body})));
    for feed in ["demo", "show.tape"] {
        let output = place.run(&format!("check --feed {feed}"));
        assert_eq!(code(&output), 0, "{feed}: {} {}", out(&output), err(&output));
    }
}

#[test]
fn of_a_tape_every_body_is_examined() {
    let place = Place::new("tape-bodies");
    let body = |value: &str| {
        format!(
            r#"{{"format":"salesboard/1","slides":[{{"type":"ranking","title":"T","rows":[{{"name":"A","value":{value}}}]}}]}}"#
        )
    };
    let bodies = [body("1"), body("\"12\""), "7".to_owned(), body("\"12\""), body("2")];
    let lines: Vec<String> =
        bodies.iter().enumerate().map(|(i, body)| format!("{{\"ms\":{i},\"body\":{body}}}\n")).collect();
    place.write("bad.tape", &lines.join("\n"));
    let json = place.run("check --json --feed bad.tape");
    let report: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((code(&json), &report["ok"], &report["slides"][0]["rows"][0]["value"]), (1, &false.into(), &2.0.into()));
    let problems: Vec<String> =
        report["problems"].as_array().unwrap().iter().map(|p| format!("{}: {}", p["path"], p["message"])).collect();
    // A blank line stands between two.
    let told = |start: &str, says: &str| problems.iter().any(|p| p.starts_with(start) && p.contains(says));
    assert_eq!(problems.len(), 4, "{problems:?}");
    assert!(told("\"line 3: slides[0].rows[0].value\"", "and in 1 more body"), "{problems:?}");
    assert!(told("\"line 3: slides[0]\"", "is left out: 1 of its 1 values are texts"), "{problems:?}");
    assert!(told("\"line 3: slides\"", "refused: ") && told("\"line 5\"", "refused: "), "{problems:?}");
    let shot = place.run("shot --feed bad.tape -o x.png --size 640x360");
    assert!(err(&shot).contains("bad.tape: line 3: slides[0].rows[0].value"), "{}", err(&shot));
}

#[test]
fn a_feed_that_is_refused_or_cannot_be_had_is_1() {
    let place = Place::new("refused");
    place.write("bad.json", "{\"format\": \"salesboard/2\", \"slides\": []}").write("bad.tape", "{\n");
    for (feed, says) in [
        ("bad.json", "salesboard/2"),
        ("none.json", "none.json"),
        ("bad.tape", "line 1"),
        ("http://127.0.0.1:1/board.json", "127.0.0.1"),
    ] {
        let text = place.run(&format!("check --feed {feed}"));
        assert_eq!(code(&text), 1, "{feed}: {}", err(&text));
        assert!(out(&text).contains(says), "{feed}: {} {}", out(&text), err(&text));
        let json = place.run(&format!("check --json --feed {feed}"));
        assert_eq!(code(&json), 1, "{feed}");
        let report: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
        assert_eq!(report["ok"], false);
        assert!(report["problems"][0]["message"].as_str().unwrap().len() > 5, "{report}");
    }
}

#[test]
fn no_feed_at_all_is_2_with_the_file_to_edit() {
    let place = Place::new("unset");
    let unset = place.run("check");
    assert_eq!(code(&unset), 2);
    assert!(err(&unset).contains("no feed is set") && err(&unset).contains("kiosk.toml"), "{}", err(&unset));
}

#[test]
fn a_token_that_is_missing_is_told_without_asking_the_feed() {
    let place = Place::new("token");
    place.write("kiosk.toml", "[feed]\nurl = \"http://127.0.0.1:1/b\"\ntoken_env = \"NO_SUCH_TOKEN\"\n");
    let output = place.run("check");
    assert_eq!(code(&output), 1);
    assert!(out(&output).contains("NO_SUCH_TOKEN"), "{}", out(&output));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let place = Place::new("pipe");
    let mut child = place.command("schema").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((code(&output), err(&output).as_str()), (0, ""));
}

#[test]
fn output_that_cannot_be_written_is_74() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else {
        eprintln!("SKIPPED: this system has no /dev/full");
        return;
    };
    let output = Place::new("full").command("schema").stdout(full).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(code(&output), 74);
    assert!(err(&output).contains("cannot write"), "{}", err(&output));
}

#[test]
fn a_wrong_log_filter_is_said_and_does_not_stop_anything() {
    let place = Place::new("log");
    let output = place.command("schema").env("FLOORCAST_LOG", "floorcast=shout").output().unwrap();
    assert_eq!(code(&output), 0);
    assert!(err(&output).contains("FLOORCAST_LOG"), "{}", err(&output));
}

/// Runs a command that draws. `None`: no adapter here, which is said aloud and is a failure in CI.
fn draw(place: &Place, line: &str) -> Option<Output> {
    let output = place.run(line);
    if code(&output) == 69 {
        assert!(std::env::var_os("CI").is_none(), "no adapter: apt-get install mesa-vulkan-drivers\n{}", err(&output));
        eprintln!("SKIPPED: no graphics adapter: {}", err(&output));
        return None;
    }
    Some(output)
}

#[test]
fn a_shot_is_a_picture_of_the_size_that_was_asked_for() {
    let place = Place::new("shot");
    place.write("board.json", BOARD);
    let Some(output) = draw(&place, "shot --feed board.json --size 320x180 -o a.png") else { return };
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert_eq!(code(&place.run("shot --feed board.json --size 320x180 -o b.png")), 0);
    let [a, b] = ["a.png", "b.png"].map(|name| std::fs::read(place.0.join(name)).unwrap());
    assert_eq!(a, b, "the same command gives the same bytes");
    assert_eq!(image::load_from_memory(&a).unwrap().into_rgba8().dimensions(), (320, 180));
}

#[test]
fn a_table_is_drawn_on_the_day_that_was_asked_for_wherever_it_comes_from() {
    const TABLE: &str = "Owner,Amount,Date\nAna,7,2026-10-05\nBen,9,2026-11-05\n";
    let place = Place::new("day");
    place.write("deals.csv", TABLE);
    let server = Server::start(|_| http("200 OK", &[("Content-Type", "text/csv")], TABLE));
    let picture = |feed: &str, day: &str| {
        let output = draw(&place, &format!("shot --feed {feed} --now {day}T12:00:00Z --size 320x180 -o a.png"))?;
        assert_eq!(code(&output), 0, "{}", err(&output));
        Some(std::fs::read(place.0.join("a.png")).unwrap())
    };
    // By a name that ends in .csv it would be a map.
    let url = server.url("/floor");
    for day in ["2026-10-20", "2026-11-20"] {
        let Some(file) = picture("deals.csv", day) else { return };
        assert!(Some(file) == picture(&url, day), "{day}: other pixels than of the file");
    }
}

#[test]
fn a_shot_that_cannot_be_made_says_why() {
    let place = Place::new("noshot");
    place.write("board.json", BOARD).write("file", "");
    for (line, expected, says) in [
        ("shot --feed board.json --size 64x36 -o file/x.png", 74, "file/x.png"),
        ("shot --feed board.json --size 64x36 --slide nope -o x.png", 2, "nope"),
        ("shot --feed none.json --size 64x36 -o x.png", 1, "none.json"),
    ] {
        let Some(output) = draw(&place, line) else { return };
        assert_eq!(code(&output), expected, "{line}: {}", err(&output));
        assert!(err(&output).contains(says), "{line}: {}", err(&output));
    }
}

#[test]
fn without_a_display_the_wall_says_so() {
    let output = Place::new("display").run("--feed demo");
    assert_eq!(code(&output), 69);
    assert!(err(&output).contains("WAYLAND_DISPLAY") && !err(&output).contains("panicked"), "{}", err(&output));
}
