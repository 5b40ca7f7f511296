//! Tests feeds that a map makes: tables, pages, tokens, and that a bad answer costs nothing.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use floorcast::board::TroubleKind::{BadData, NoAccess, NoAnswer};
use floorcast::board::{ClockFix, Update};
use floorcast::config::Config;
use floorcast::feed::{FeedOptions, OpenSource, fetch_once};
use jiff::SignedDuration;

use super::disk::wait_until;
use crate::support::TempDir;
use crate::support::rig::{NOON, Rig, Watch, fast, options};
use crate::support::server::{Reply, Server, Step, http, ok};

/// Options for the settings in `text`, with their paths seen from `folder`.
pub fn settings(text: &str, folder: &Path) -> FeedOptions {
    let config = Config::parse(text, &["ranking"]).unwrap_or_else(|error| panic!("{error}")).rebase(folder);
    let source = OpenSource::open(config.feeds[0].source.as_ref().unwrap(), "").unwrap();
    FeedOptions { interval_s: 0.03, limits: fast(), ..FeedOptions::new(source) }
}

/// The rows of the last board's first slide.
fn rows(rig: &Rig) -> Vec<(String, Option<f64>)> {
    let Some(board) = rig.inbox.boards().pop() else { return Vec::new() };
    let json = format!("{:?}", board.slides[0]);
    vec![(json, None)]
}

fn shows(rig: &Rig, words: &[&str]) -> bool {
    rows(rig).first().is_some_and(|(text, _)| words.iter().all(|word| text.contains(word)))
}

#[test]
fn a_table_of_deals_is_a_board_and_a_broken_one_costs_nothing() {
    let dir = TempDir::new();
    let path = dir.write("deals.csv", "Owner;Amount\nAna;1.200,50 \u{20ac}\nBen;7\n");
    let rig = Rig::start(options(path.to_str().unwrap()));
    wait_until(|| shows(&rig, &["1200.5"]));
    fs::write(&path, "a;b\n1;2\n").unwrap();
    rig.inbox.wait_trouble(BadData, "no column with the person");
    fs::write(&path, "Owner;Amount\nAna;\"2\n\n").unwrap();
    rig.inbox.wait_trouble(BadData, "never closed");
    fs::remove_file(&path).unwrap();
    rig.inbox.wait_trouble(NoAnswer, "no such file");
    assert_eq!(rig.inbox.boards().len(), 1, "the last board stays through all of it");
    let next = dir.write("next", "Owner;Amount\nAna;4321\n");
    fs::rename(next, &path).unwrap();
    wait_until(|| shows(&rig, &["4321"]));
    assert_eq!(rig.inbox.health().trouble, None);
}

#[test]
fn a_workbook_at_an_address_is_a_board_and_half_of_one_costs_nothing() {
    let book = |amount: f64| {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write(0, 0, "Owner").unwrap().write(0, 1, "Amount").unwrap();
        sheet.write(1, 0, "Ana").unwrap().write(1, 1, amount).unwrap();
        book.save_to_buffer().unwrap()
    };
    let first = book(1200.5);
    let server = Server::start(move |_| http("200 OK", &[("Content-Type", "application/octet-stream")], &first));
    let rig = Rig::start(options(&server.url("/deals.xlsx")));
    wait_until(|| shows(&rig, &["Ana", "1200.5"]));
    let half = book(7.0);
    let half = half[..half.len() / 2].to_vec();
    server.answer(move |_| ok(&half));
    rig.inbox.wait_trouble(BadData, "not a readable workbook");
    server.answer(|_| ok("<html>Please log in</html>"));
    rig.inbox.wait_trouble(BadData, "a web page came instead of data");
    assert_eq!(rig.inbox.boards().len(), 1);
    let next = book(4321.0);
    server.answer(move |_| ok(&next));
    wait_until(|| shows(&rig, &["4321"]) && rig.inbox.health().trouble.is_none());
}

#[test]
fn a_map_that_runs_wild_keeps_the_board() {
    let dir = TempDir::new();
    dir.write("deals.csv", "Owner;Amount\nAna;1\n");
    let good =
        "board([{type: \"ranking\", title: \"D\", rows: [.sources.crm[] | {name: .Owner, value: (.Amount | num)}]}])";
    let program = dir.write("m.jq", good);
    let text = "[feed]\nmap = \"m.jq\"\n[[feed.source]]\nname = \"crm\"\nfile = \"deals.csv\"\n";
    let rig = Rig::start(settings(text, dir.path()));
    wait_until(|| shows(&rig, &["Ana"]));
    for (program_text, says) in [
        ("def f: 1 + f; f", "m.jq: the map nests too deep"),
        ("env", "m.jq:1:1: `env` is no part of a map"),
        ("{x: (\"x\" * 100000000)}", "m.jq: the map's board is larger than 1 MiB"),
        ("{format: \"nothing\"}", "format"),
    ] {
        fs::write(&program, program_text).unwrap();
        rig.inbox.wait_trouble(BadData, says);
    }
    assert_eq!(rig.inbox.boards().len(), 1);
    fs::write(&program, good.replace("value: (", "value: (2 * ")).unwrap();
    wait_until(|| rig.inbox.boards().len() == 2);
}

/// A run may fail because the machine has no memory for a moment: then the wall must not wait long. But a map that always
/// fails must not cost a processor for ever.
#[test]
fn a_run_that_fails_is_repeated_soon_and_then_seldom() {
    let dir = TempDir::new();
    let child = dir.write("child", "#!/bin/sh\necho run >> runs\n[ ! -e well ] || exec \"$(cat program)\" map-child\n");
    fs::set_permissions(&child, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let script = fs::read_to_string(&child).unwrap().replacen("echo", &format!("cd {}; echo", dir.path().display()), 1);
    fs::write(&child, script).unwrap();
    dir.write("program", env!("CARGO_BIN_EXE_floorcast"));
    dir.write("deals.csv", "Owner;Amount\nAna;1\n");
    dir.write("m.jq", "board([{type: \"ranking\", title: \"D\", rows: [.sources.crm[] | {name: .Owner, value: 1}]}])");
    let text = "[feed]\nmap = \"m.jq\"\n[[feed.source]]\nname = \"crm\"\nfile = \"deals.csv\"\n";
    let mut options = settings(text, dir.path());
    options.limits.map_child = floorcast::map::Child(child);
    options.limits.map_again = Duration::from_millis(200);
    let rig = Rig::start(options);
    let runs = || fs::read_to_string(dir.path().join("runs")).unwrap_or_default().lines().count();
    // After 0, 0.2, 0.6, 1.4 and 3 s, though it is asked for it thirty times a second.
    wait_until(|| runs() >= 3);
    sleep(Duration::from_secs(1));
    assert!((3..=5).contains(&runs()), "{} runs", runs());
    dir.write("well", "");
    wait_until(|| shows(&rig, &["Ana"]));
}

#[test]
fn pages_and_tokens_over_the_network() {
    let dir = TempDir::new();
    dir.write("secret", "hunter2");
    dir.write("m.jq", "board([{type: \"ranking\", title: \"D\", rows: [.sources.crm[].items[]]}])");
    let server = Server::start(|request| {
        let path = request.split(' ').nth(1).unwrap_or_default();
        let fresh = request.contains("earer t0ken");
        match path {
            "/token" => ok("{\"access_token\":\"t0ken\",\"expires_in\":3600}"),
            _ if !fresh => http("401 Unauthorized", &[], ""),
            "/deals?after=2" => ok("{\"items\":[{\"name\":\"Ben\",\"value\":2}],\"next\":null}"),
            _ => ok("{\"items\":[{\"name\":\"Ana\",\"value\":1}],\"next\":\"/deals?after=2\"}"),
        }
    });
    let text = format!(
        "[feed]\nmap = \"m.jq\"\n[[feed.source]]\nname = \"crm\"\nurl = \"{}\"\npaging = {{ next = \"/next\" }}\n\
         oauth = {{ token_url = \"{}\", client_id_file = \"secret\", client_secret_file = \"secret\" }}\n",
        server.url("/deals"),
        server.url("/token")
    );
    let once = fetch_once(&settings(&text, dir.path()), &Watch::at(NOON).clock()).unwrap();
    let body = String::from_utf8(once.body).unwrap();
    assert!(body.contains("Ana") && body.contains("Ben"), "{body}");
    assert_eq!(server.requests().iter().filter(|request| request.contains("POST /token")).count(), 1);
    let cut = format!("{text}max_pages = 1\n");
    let failure = fetch_once(&settings(&cut, dir.path()), &Watch::at(NOON).clock()).unwrap_err().to_string();
    assert!(failure.contains("source crm") && failure.contains("more than 1 pages"), "{failure}");
    server.answer(|_| http("401 Unauthorized", &[], "hunter2"));
    let rig = Rig::start(settings(&text, dir.path()));
    rig.inbox.wait_trouble(NoAccess, "source crm: ");
    let said = format!("{:?}", rig.inbox.updates());
    assert!(!said.contains("hunter2") && !said.contains("t0ken"), "no secret in what is said");
}

#[test]
fn a_board_of_a_map_is_aged_by_the_clock_of_its_source() {
    let dir = TempDir::new();
    dir.write(
        "map.jq",
        r#"{format: "salesboard/1", board: .sources.crm.b, as_of: $now, slides: [{type: "message", text: "x"}]}"#,
    );
    let server = Server::start(|_| http("200 OK", &[("Date", "Mon, 05 Jan 2026 13:00:00 GMT")], "{\"b\": \"b\"}"));
    let source =
        |name: &str| format!("[[feed.source]]\nname = \"{name}\"\nurl = {:?}\n", server.url(&format!("/{name}")));
    let text = format!("[feed]\nmap = \"map.jq\"\n{}interval_s = 3600\n{}", source("crm"), source("notes"));
    let rig = Rig::start(settings(&text, dir.path()));
    let hour = SignedDuration::from_hours(1);
    let offset = |wanted: ClockFix| {
        rig.inbox.wait(&format!("{wanted:?}"), |updates| {
            let health = updates.iter().rev().find_map(|update| match update {
                Update::Health(health) => Some(health),
                _ => None,
            });
            health.is_some_and(|health| health.clock == wanted)
        });
    };
    offset(ClockFix::Server(hour));
    // The TV is an hour slow: what the map takes for now is the server's.
    assert_eq!(rig.inbox.boards()[0].as_of, Some("2026-01-05T13:00:00Z".parse().unwrap()));
    assert_eq!(rig.inbox.health().last_good, Some("2026-01-05T13:00:00Z".parse().unwrap()));
    // Its clock is set, long before the source is asked again.
    rig.watch.forward(3600);
    offset(ClockFix::Tv);
    let asked = server.requests().iter().filter(|request| request.starts_with("GET /crm")).count();
    assert_eq!(asked, 1);
}

/// Writes a file in place in two parts with a pause between them, as a copy over a slow network does.
fn stalled(path: &Path, text: &str, cut: usize, pause: Duration) {
    let mut file = fs::File::create(path).unwrap();
    file.write_all(&text.as_bytes()[..cut]).unwrap();
    sleep(pause);
    file.write_all(&text.as_bytes()[cut..]).unwrap();
}

#[test]
fn half_a_table_is_never_shown() {
    let dir = TempDir::new();
    let path = dir.write("deals.csv", "Owner,Amount\nAna,1000\n");
    let mut slow = options(path.to_str().unwrap());
    slow.limits.file_settle = Duration::from_millis(1500);
    let rig = Rig::start(slow);
    wait_until(|| shows(&rig, &["1000"]));
    let table = "Owner,Amount\nBen,5000\nAna,1000\nCia,7000\n";
    // In the middle of a number, at the end of a line, and with nothing but the header yet.
    for (nth, cut) in [table.len() - 3, table.len() - 9, 13, 0].into_iter().enumerate() {
        let text = table.replace("7000", &format!("700{nth}"));
        stalled(&path, &text, cut, Duration::from_millis(400));
        wait_until(|| shows(&rig, &[&format!("700{nth}")]));
    }
    assert_eq!(rig.inbox.boards().len(), 5, "each table once and whole: {:#?}", rig.inbox.boards());
    assert_eq!(rig.inbox.health().trouble, None);
}

#[test]
fn a_published_sheet_is_a_table_by_its_type() {
    let csv = |amount: u32| format!("Owner\tAmount\nAna\t{amount}\n");
    let typed = |text: &str, kind: &str| http("200 OK", &[("Content-Type", kind), ("ETag", "\"1\"")], text.as_bytes());
    let first = csv(1200);
    let server = Server::start(move |_| typed(&first, "text/tab-separated-values; charset=utf-8"));
    let feed = options(&server.url("/pub?gid=0"));
    let once = fetch_once(&feed, &Watch::at(NOON).clock()).unwrap();
    assert!(String::from_utf8(once.body).unwrap().contains("1200"));
    let rig = Rig::start(feed);
    wait_until(|| shows(&rig, &["Ana", "1200"]));
    // The same again renews its age and is no news.
    rig.watch.forward(60);
    let later = rig.watch.now();
    wait_until(|| rig.inbox.health().last_good == Some(later));
    assert_eq!(rig.inbox.boards().len(), 1);
    server.answer(move |_| typed("a,b\n1,2\n", "text/csv"));
    rig.inbox.wait_trouble(BadData, "no column with the person");
    let next = csv(4321);
    server.answer(move |_| typed(&next, "text/csv"));
    wait_until(|| shows(&rig, &["4321"]) && rig.inbox.health().trouble.is_none());
    // A board from the same address is a board.
    server.answer(|_| http("200 OK", &[("Content-Type", "text/csv")], crate::support::rig::board(7).as_bytes()));
    rig.inbox.wait_rev(7);
}

#[test]
fn a_table_and_a_board_that_take_turns_are_each_shown() {
    let table = || http("200 OK", &[("Content-Type", "text/csv")], "Owner,Amount\nAna,1200\n");
    let tagged = |request: &str| {
        let known = request.to_ascii_lowercase().contains("if-none-match: \"7\"");
        let (status, body) =
            if known { ("304 Not Modified", String::new()) } else { ("200 OK", crate::support::rig::board(7)) };
        http(status, &[("ETag", "\"7\"")], body)
    };
    let server = Server::start(move |_| table());
    let rig = Rig::start(options(&server.url("/floor")));
    for _ in 0..2 {
        wait_until(|| shows(&rig, &["Ana", "1200"]));
        server.answer(tagged);
        rig.inbox.wait_rev(7);
        server.answer(move |_| table());
    }
    wait_until(|| shows(&rig, &["Ana", "1200"]));
}

#[test]
fn the_settings_say_what_stands_first_in_a_date() {
    let dir = TempDir::new();
    dir.write("deals.csv", "Owner,Amount,Date\nAna,7,02/01/2026\nBen,9,01/02/2026\n");
    let ask = |more: &str| {
        let config = Config::parse(&format!("[feed]\nurl = \"deals.csv\"\n{more}"), &[]).unwrap().rebase(dir.path());
        let source = OpenSource::open(config.feeds[0].source.as_ref().unwrap(), "").unwrap();
        let options = FeedOptions { limits: fast(), ..FeedOptions::of(&config.feeds[0], source) };
        fetch_once(&options, &Watch::at(NOON).clock())
    };
    let rows = |more: &str| {
        let board: serde_json::Value = serde_json::from_slice(&ask(more).unwrap().body).unwrap();
        board["slides"][0]["rows"].as_array().unwrap().iter().map(|row| row["who"].to_string()).collect::<String>()
    };
    assert_eq!([rows("date_order = \"dmy\"\n"), rows("date_order = \"mdy\"\n")], ["\"Ana\"", "\"Ben\""]);
    let said = ask("").unwrap_err().to_string();
    assert!(said.contains("day or month first?") && said.contains("date_order"), "{said}");
}

#[test]
fn the_settings_say_in_which_month_a_year_begins() {
    let dir = TempDir::new();
    dir.write("body.json", "{}\n");
    dir.write("map.jq", r#"board([{type: "message", text: ("quarter" | period).label}])"#);
    let label = |more: &str| {
        let text = format!("[feed]\nmap = \"map.jq\"\n{more}[[feed.source]]\nname = \"a\"\nfile = \"body.json\"\n");
        let config = Config::parse(&text, &[]).unwrap().rebase(dir.path());
        let source = OpenSource::open(config.feeds[0].source.as_ref().unwrap(), "").unwrap();
        let options = FeedOptions { limits: fast(), ..FeedOptions::of(&config.feeds[0], source) };
        let once = fetch_once(&options, &Watch::at("2026-11-18T12:00:00Z").clock()).unwrap();
        let board: serde_json::Value = serde_json::from_slice(&once.body).unwrap();
        board["slides"][0]["text"].as_str().unwrap().to_owned()
    };
    assert_eq!([label(""), label("fiscal_month = 4\n")], ["Q4 2026", "FY27 Q3"]);
}

#[test]
fn a_day_of_the_floor_begins_at_its_own_midnight() {
    let dir = TempDir::new();
    dir.write("body.json", "{}\n");
    dir.write("map.jq", r#"board([{type: "message", text: ("day" | period).label}])"#);
    let text = "[feed]\nmap = \"map.jq\"\n[[feed.source]]\nname = \"a\"\nfile = \"body.json\"\n";
    let mut floor = settings(text, dir.path());
    floor.limits.map_tz = Some("Asia/Kolkata".into());
    let rig = Rig::start_at(floor, "2026-11-03T18:29:00Z");
    wait_until(|| shows(&rig, &["3 November"]));
    rig.watch.forward(120);
    wait_until(|| shows(&rig, &["4 November"]));
}

/// An answer without a length, and what of it comes before the connection ends.
fn unmarked(headers: &str, body: &[u8]) -> Reply {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n{headers}Connection: close\r\n\r\n");
    vec![Step::Send([head.as_bytes(), body].concat()), Step::Close]
}

fn packed(plain: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(plain.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

/// Half a table has wrong figures and lacks rows: it must never take the place of a whole one.
#[test]
fn half_a_table_is_not_taken() {
    const TABLE: &str = "Owner,Amount\nAna,100\nBen,20000\n";
    let half = &TABLE[..TABLE.len() - 3];
    let gzip = packed(TABLE);
    let chunk = |text: &str| format!("{:x}\r\n{text}\r\n", text.len());
    let whole = [
        unmarked("", TABLE.as_bytes()),
        unmarked("Content-Encoding: gzip\r\n", &packed(half)),
        unmarked("Transfer-Encoding: chunked\r\n", format!("{}0\r\n\r\n", chunk(half)).as_bytes()),
    ];
    let cut = [
        (unmarked("", half.as_bytes()), "cut off in row 3"),
        (unmarked("", b"Owner,Amount\nAna,100\nBen,\"2"), "cut off in row 3"),
        (unmarked("Content-Encoding: gzip\r\n", &gzip[..gzip.len() - 9]), "gzip body is damaged"),
        (unmarked("Transfer-Encoding: chunked\r\n", chunk(half).as_bytes()), ""),
        (unmarked("Content-Length: 999\r\n", TABLE.as_bytes()), ""),
    ];
    // By what the server calls it, and by its address: the two ways in which tables come.
    for path in ["/deals", "/deals.csv"] {
        for good in &whole {
            let good = good.clone();
            let server = Server::start(move |_| good.clone());
            let rig = Rig::start(options(&server.url(path)));
            rig.inbox.wait("a board", |_| true);
            wait_until(|| rig.inbox.boards().len() == 1);
            for (bad, says) in &cut {
                let bad = bad.clone();
                server.answer(move |_| bad.clone());
                rig.inbox.wait(says, |updates| {
                    let last = updates.iter().rev().find_map(|update| match update {
                        Update::Health(health) => health.trouble.as_ref(),
                        _ => None,
                    });
                    last.is_some_and(|trouble| trouble.reason.contains(says))
                });
            }
            assert_eq!(rig.inbox.boards().len(), 1, "{path}: nothing took the place of the whole table");
        }
    }
}

#[test]
fn of_a_folder_the_newest_table_counts() {
    let dir = TempDir::new();
    let folder = dir.path().join("exports");
    fs::create_dir(&folder).unwrap();
    let place = |name: &str, amount: u32, at: u64| {
        let draft = dir.write("draft", format!("Owner;Amount\nAna;{amount}\n"));
        let time = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000 + at);
        fs::File::options().write(true).open(&draft).unwrap().set_modified(time).unwrap();
        fs::rename(draft, folder.join(name)).unwrap();
    };
    place("deals-1.csv", 1111, 10);
    place("deals-0.csv", 2222, 5);
    // A lock of an editor, and what is no table.
    place("~$deals.xlsx", 3333, 50);
    place("readme.txt", 4444, 60);
    let rig = Rig::start(options(folder.to_str().unwrap()));
    wait_until(|| shows(&rig, &["1111"]));
    place("deals-2.csv", 5555, 20);
    wait_until(|| shows(&rig, &["5555"]));
    for name in ["deals-0.csv", "deals-1.csv", "deals-2.csv", "~$deals.xlsx"] {
        fs::remove_file(folder.join(name)).unwrap();
    }
    rig.inbox.wait_trouble(NoAnswer, "a folder without a table");
}

#[test]
fn a_server_says_in_which_charset_a_table_is() {
    let polish = b"Owner;Amount\n\xa3ukasz;1234\n".to_vec();
    let server = Server::start(move |_| http("200 OK", &[("Content-Type", "text/csv; charset=windows-1250")], &polish));
    for path in ["/deals.csv", "/board"] {
        let rig = Rig::start(options(&server.url(path)));
        wait_until(|| shows(&rig, &["Łukasz", "1234"]));
    }
}

#[test]
fn a_row_that_is_added_to_a_folder_is_an_event_of_the_next_board() {
    let dir = TempDir::new();
    dir.write("People.csv", "Name,Team\nAna,North\nBen,South\n");
    let deals = "Owner,Amount,Close date\nAna,700,2026-01-02\n";
    let path = dir.write("Deals.csv", deals);
    let rig = Rig::start(options(dir.path().to_str().unwrap()));
    wait_until(|| shows(&rig, &["700"]));
    fs::write(&path, format!("{deals}Ben,300,2026-01-05\n")).unwrap();
    wait_until(|| shows(&rig, &["300"]));
    let boards = rig.inbox.boards();
    let told: Vec<(usize, bool)> = boards.iter().map(|board| (board.events.len(), board.derive)).collect();
    assert_eq!(told, [(0, false), (1, false)]);
    assert_eq!((boards[1].events[0].who[0].name.as_str(), boards[1].events[0].value), ("Ben", Some(300.0)));
}

#[test]
fn a_published_sheet_celebrates_its_new_rows_too() {
    let book = |deals: &[(&str, f64, &str)]| {
        let mut book = rust_xlsxwriter::Workbook::new();
        let people = book.add_worksheet().set_name("People").unwrap();
        people.write_row(0, 0, ["Name", "Team"]).unwrap().write_row(1, 0, ["Ana", "North"]).unwrap();
        let sheet = book.add_worksheet().set_name("Deals").unwrap();
        sheet.write_row(0, 0, ["Owner", "Amount", "Close date"]).unwrap();
        for (at, (who, amount, day)) in (1..).zip(deals) {
            sheet.write(at, 0, *who).unwrap().write(at, 1, *amount).unwrap().write(at, 2, *day).unwrap();
        }
        book.save_to_buffer().unwrap()
    };
    // Its address does not say that it is a workbook.
    let answer = |bytes: &[u8]| http("200 OK", &[("Content-Type", "application/octet-stream")], bytes);
    let first = book(&[("Ana", 700.0, "2026-01-02")]);
    let server = Server::start(move |_| answer(&first));
    let rig = Rig::start(options(&server.url("/pub?output=xlsx")));
    wait_until(|| shows(&rig, &["700"]));
    let next = book(&[("Ana", 700.0, "2026-01-02"), ("Ana", 55.0, "2026-01-05")]);
    server.answer(move |_| answer(&next));
    wait_until(|| shows(&rig, &["755"]));
    let told: Vec<usize> = rig.inbox.boards().iter().map(|board| board.events.len()).collect();
    assert_eq!(told, [0, 1]);
}
