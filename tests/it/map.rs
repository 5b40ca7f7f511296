//! The child of a map through the real program: what exhausts it, what it answers, and that each ends as one message.

mod command;

use std::time::Duration;

use floorcast::map::{Answer, Child, Format, MapLimits, Request, SourceBody, run};

fn child() -> Child {
    Child(env!("CARGO_BIN_EXE_floorcast").into())
}

fn request(program: &str, body: &[u8]) -> Request {
    Request {
        program_name: "deals.jq".into(),
        program: program.into(),
        now: "2026-11-04T12:00:00Z".into(),
        tz: "Europe/Berlin".into(),
        sources: vec![SourceBody {
            name: "crm".into(),
            format: Format::Auto,
            sheet: None,
            pages: vec![body.to_vec()],
            paged: false,
            ..SourceBody::default()
        }],
        ..Request::default()
    }
}

fn ask(program: &str, body: &[u8]) -> Result<Answer, String> {
    // Processor time is what the child is limited by; a loaded machine gets all the wall time it needs.
    run(request(program, body), &child(), &MapLimits { wall: Duration::from_secs(120), ..MapLimits::default() })
}

fn board(answer: Result<Answer, String>) -> String {
    String::from_utf8(answer.unwrap().board).unwrap()
}

#[test]
fn a_map_makes_a_board() {
    let program = "{format: \"salesboard/1\", n: (.sources.crm | length), at: $now, tz: $tz}";
    let answer = ask(program, b"Owner;Amount\nAna;1\nBen;2;x\n").unwrap();
    let expected = r#"{"format":"salesboard/1","n":2,"at":"2026-11-04T12:00:00Z","tz":"Europe/Berlin"}"#;
    assert_eq!(String::from_utf8(answer.board).unwrap(), expected);
    assert_eq!(answer.sources[0].shape, "a list of 2 objects with Owner, Amount");
    assert!(answer.notes[0].text.starts_with("source crm: 1 row longer"), "{:?}", answer.notes);
}

#[test]
fn whatever_exhausts_a_map_ends_as_one_message() {
    let deep = "[".repeat(200_000);
    let nested = format!("\"{}\" | fromjson", "[".repeat(200_000));
    let bomb = "[range(10000000) | tostring] | add | {x: .}";
    for (what, program, body, says) in [
        ("a call without end", "def f: f; f", "{}", "5 s of processor time"),
        ("recursion", "def f: 1 + f; f", "{}", "too deep"),
        ("memory", "[range(1e9)]", "{}", "512 MiB of memory"),
        ("doubling", "reduce range(60) as $i (\"x\"; . + .)", "{}", "512 MiB of memory"),
        ("an answer of 100 MB", "{x: (\"x\" * 100000000)}", "{}", "larger than 1 MiB"),
        ("an answer of many parts", bomb, "{}", ""),
        ("deep JSON", ".", deep.as_str(), "source crm: nested deeper than 64 levels"),
        ("deep JSON inside", nested.as_str(), "{}", ""),
        ("the environment", "env", "{}", "`env` is no part of a map"),
        ("no board", "[1]", "{}", "expected a board"),
        ("nothing", "empty", "{}", "gave nothing"),
        ("no program", "{", "{}", "deals.jq:1:2: expected closing brace"),
        ("no JSON", ".", "{\"a\":", "source crm: not valid JSON"),
    ] {
        let error = ask(program, body.as_bytes()).expect_err(what);
        assert!(error.contains(says), "{what}: {error}");
        assert!(error.starts_with("deals.jq") || error.starts_with("source crm"), "{what}: {error}");
        assert!(!error.contains('\n') && error.len() < 500, "{what}: {error}");
    }
}

#[test]
fn a_child_that_takes_too_long_is_ended() {
    let limits = MapLimits { wall: Duration::from_millis(300), ..MapLimits::default() };
    let error = run(request("def f: f; f", b"{}"), &child(), &limits).unwrap_err();
    assert_eq!(error, "deals.jq: the map took longer than 0.3 s and was ended");
}

#[test]
fn more_than_16_mib_is_not_even_sent() {
    let error = ask(".", &vec![b' '; (16 << 20) + 1]).unwrap_err();
    assert!(error.contains("more than the 16777216 allowed"), "{error}");
    let error = ask(&" ".repeat(300 << 10), b"{}").unwrap_err();
    assert!(error.contains("larger than 256 KiB"), "{error}");
}

#[test]
fn sixteen_mib_of_deals_fit() {
    let mut csv = String::from("Owner,Team,Amount,Currency,Close date,Stage\n");
    let mut row = 0;
    while csv.len() < (16 << 20) - 200 && row < 190_000 {
        csv.push_str(&format!(
            "Person {} of the sales floor,Team {},{}.50,EUR,2026-11-0{},Closed won\n",
            row % 300,
            row % 9,
            row,
            1 + row % 4
        ));
        row += 1;
    }
    let program = "{rows: (.sources.crm | length), sum: (.sources.crm | map(.Amount | num) | add)}";
    let text = board(ask(program, csv.as_bytes()));
    assert!(text.starts_with(&format!("{{\"rows\":{row},")), "{text}");
}

#[test]
fn the_child_sees_nothing_of_its_parent() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_floorcast"))
        .arg("map-child")
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    assert!(output.status.success() && output.stderr.is_empty());
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("{\"error\":\"no request"));
}

/// An old kernel, or a container that forbids it: maps run as they did, and say what is missing.
#[test]
fn a_kernel_without_landlock_and_filters_runs_maps_all_the_same() {
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, apply_filter};
    let old_kernel = || {
        let lacks = [libc::SYS_landlock_create_ruleset, libc::SYS_seccomp].map(|call| (call, Vec::new()));
        let missing = SeccompAction::Errno(libc::ENOSYS.unsigned_abs());
        let arch = std::env::consts::ARCH.try_into().unwrap();
        let filter = SeccompFilter::new(lacks.into_iter().collect(), SeccompAction::Allow, missing, arch).unwrap();
        let program: BpfProgram = filter.try_into().unwrap();
        apply_filter(&program).unwrap();
        ask("{format: \"salesboard/1\", n: (.sources.crm | length)}", b"[1, 2]")
    };
    // What this thread starts has its kernel.
    let old = std::thread::Builder::new().name("old-kernel".into()).spawn(old_kernel).unwrap().join().unwrap().unwrap();
    assert_eq!(String::from_utf8(old.board).unwrap(), r#"{"format":"salesboard/1","n":2}"#);
    let names: Vec<&str> = old.unconfined.iter().filter_map(|text| text.split(' ').next()).collect();
    assert_eq!(names, ["landlock", "seccomp"], "{:?}", old.unconfined);
    let here = ask("{format: \"salesboard/1\"}", b"{}").unwrap();
    eprintln!("missing on this machine: {:?}", here.unconfined);
    assert!(!here.unconfined.iter().any(|text| text.starts_with("seccomp")), "{:?}", here.unconfined);
}

#[test]
fn a_program_that_is_not_there_is_one_message() {
    let error = run(request(".", b"{}"), &Child("/nowhere/floorcast".into()), &MapLimits::default()).unwrap_err();
    assert!(error.starts_with("deals.jq: the map cannot be started"), "{error}");
    let error = run(request(".", b"{}"), &Child("/bin/true".into()), &MapLimits::default()).unwrap_err();
    assert!(error.contains("without an answer"), "{error}");
}

#[test]
fn the_child_goes_first_where_memory_is_short() {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_floorcast"))
        .arg("map-child")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let file = format!("/proc/{}/oom_score_adj", child.id());
    let score = || std::fs::read_to_string(&file).unwrap().trim().to_owned();
    let first = (0..1_000).any(|_| {
        std::thread::sleep(Duration::from_millis(10));
        score() == "1000"
    });
    let last = score();
    drop(child.stdin.take());
    child.wait().unwrap();
    assert!(first, "{last}");
}
