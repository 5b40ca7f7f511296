//! Tests which servers a feed trusts: an own authority by its file, no other one, the right name, at the right time.

use floorcast::board::TroubleKind::{CertificateEnded, ClockNotSet, ClockWrong, NoAccess, NoAnswer, NotTrusted};
use floorcast::config::Config;
use floorcast::feed::{FeedOptions, OpenSource, fetch_once};

use crate::support::TempDir;
use crate::support::rig::{NOON, Rig, Watch, board, fast};
use crate::support::server::{Server, Step, http, ok};
use crate::support::tls::{Authority, TlsDoor, self_signed};

const HERE: &[&str] = &["localhost", "127.0.0.1"];
const VALID: [i32; 2] = [2020, 2100];

/// A server that answers whatever a feed asks for, behind TLS; the folder has the authority's file and a map.
struct Office {
    dir: TempDir,
    authority: Authority,
    server: Server,
}

impl Office {
    fn open() -> Office {
        let dir = TempDir::new();
        let authority = Authority::new("Office authority");
        dir.write("ca.pem", authority.pem());
        dir.write("other.pem", Authority::new("Another authority").pem());
        dir.write("secret", "hunter2");
        dir.write("m.jq", "board([{type: \"ranking\", title: \"D\", rows: [.sources.crm[] | {name: .Owner}]}])");
        let server = Server::start(|request| match request.split(' ').nth(1) {
            Some("/board.json") => ok(board(1)),
            Some("/stream") => {
                let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
                let text = format!("{head}event: state\ndata: {}\n\n", board(1));
                vec![Step::Send(text.into_bytes()), Step::Hold]
            }
            Some("/token") => ok("{\"access_token\":\"t0ken\"}"),
            Some("/deals.csv") => ok("Owner,Amount\nAna,1\n"),
            _ => http("404 Not Found", &[], ""),
        });
        Office { dir, authority, server }
    }

    fn door(&self, names: &[&str], years: [i32; 2]) -> u16 {
        TlsDoor::before(self.server.port(), &self.authority.certificate(names, years)).port
    }

    /// Every kind of feed that asks the web, all at this port: board, stream, table, map, map with a token.
    fn feeds(&self, port: u16, ca_file: &str) -> [FeedOptions; 5] {
        let ca = if ca_file.is_empty() { String::new() } else { format!("ca_file = \"{ca_file}\"\n") };
        let at = |path: &str| format!("https://localhost:{port}{path}");
        let source = format!("[[feed.source]]\nname = \"crm\"\nurl = \"{}\"\n", at("/deals.csv"));
        let oauth = "client_id_file = \"secret\", client_secret_file = \"secret\"";
        let oauth = format!("oauth = {{ token_url = \"{}\", {oauth} }}\n", at("/token"));
        [
            format!("[feed]\nurl = \"{}\"\n{ca}", at("/board.json")),
            format!("[feed]\nurl = \"sse+{}\"\n{ca}", at("/stream")),
            format!("[feed]\nurl = \"{}\"\n{ca}", at("/deals.csv")),
            format!("[feed]\nmap = \"m.jq\"\n{ca}{source}"),
            format!("[feed]\nmap = \"m.jq\"\n{source}{oauth}{ca}"),
        ]
        .map(|text| {
            let config = Config::parse(&text, &["ranking"]).unwrap_or_else(|error| panic!("{error}"));
            let config = config.rebase(self.dir.path());
            let feed = &config.feeds[0];
            let source = OpenSource::open(feed.source.as_ref().unwrap(), "").unwrap();
            FeedOptions { interval_s: 0.03, limits: fast(), ..FeedOptions::of(feed, source) }
        })
    }
}

#[test]
fn an_own_authority_is_trusted_by_its_file_and_no_other_one_is() {
    let office = Office::open();
    let port = office.door(HERE, VALID);
    for ca_file in ["", "other.pem"] {
        for feed in office.feeds(port, ca_file) {
            let rig = Rig::start(feed);
            rig.inbox.wait_trouble(NotTrusted, "no secure connection");
            rig.inbox.wait_trouble(NotTrusted, "your own goes into ca_file");
            assert!(rig.inbox.boards().is_empty());
        }
    }
    assert_eq!(office.server.requests().len(), 0, "not a word to a server that nobody knows");
    for feed in office.feeds(port, "ca.pem") {
        let rig = Rig::start(feed.clone());
        super::disk::wait_until(|| rig.inbox.boards().len() == 1 && rig.inbox.health().trouble.is_none());
        fetch_once(&feed, &Watch::at(NOON).clock()).unwrap();
    }
}

#[test]
fn pictures_of_the_same_server_come_too() {
    let office = Office::open();
    let port = office.door(HERE, VALID);
    let with_picture = board(1).replacen(
        "\"rev\"",
        "\"people\":{\"Ana\":{\"name\":\"Ana\",\"photo\":{\"url\":\"ana.png\"}}},\"rev\"",
        1,
    );
    let with_picture = with_picture.replace("{\"name\":\"Ana\",\"value\"", "{\"who\":\"Ana\",\"value\"");
    office.server.answer(move |request| match request.split(' ').nth(1) {
        Some("/ana.png") => http("200 OK", &[("Content-Type", "image/png")], super::photos::png()),
        _ => ok(&with_picture),
    });
    let [feed, ..] = office.feeds(port, "ca.pem");
    let rig = Rig::start(feed);
    rig.inbox.wait_rev(1);
    super::disk::wait_until(|| rig.inbox.photos().len() == 1);
}

#[test]
fn a_certificate_of_another_name_is_refused() {
    let office = Office::open();
    let port = office.door(&["hub.example"], VALID);
    for feed in office.feeds(port, "ca.pem") {
        let rig = Rig::start(feed);
        rig.inbox.wait_trouble(NoAnswer, "no secure connection");
        rig.inbox.wait_trouble(NoAnswer, "not valid for name \"localhost\"");
    }
    assert_eq!(office.server.requests().len(), 0);
}

#[test]
fn a_clock_that_was_never_set_is_told_as_that_and_a_wrong_one_as_wrong() {
    let office = Office::open();
    for (years, kind, says) in [
        ([2010, 2015], CertificateEnded, "ended on 2015-01-01 00:00 UTC"),
        ([2098, 2100], ClockWrong, "valid from 2098-01-01"),
    ] {
        let port = office.door(HERE, years);
        for feed in office.feeds(port, "ca.pem") {
            let rig = Rig::start_at(feed.clone(), "1970-01-01T00:02:00Z");
            rig.inbox.wait_trouble(ClockNotSet, "clock not set: the TV's clock says 1970-01-01");
            // Set, clocks lag behind and certificates end; both are told.
            let rig = Rig::start(feed);
            rig.inbox.wait_trouble(kind, says);
            rig.inbox.wait_trouble(kind, "(the TV's clock says 2026-01-05: is it right?)");
        }
    }
}

#[test]
fn a_clock_that_is_set_ends_the_wait() {
    let office = Office::open();
    let port = office.door(HERE, [2010, 2015]);
    let rigs = ["1970-01-01T00:02:00Z", "2025-01-01T00:00:00Z"].into_iter().flat_map(|from| {
        office.feeds(port, "ca.pem").map(|mut feed| {
            feed.limits.backoff_max = std::time::Duration::from_secs(60);
            let rig = Rig::start_at(feed, from);
            rig.inbox.wait_trouble(if from < "2" { ClockNotSet } else { CertificateEnded }, &from[..10]);
            rig
        })
    });
    let rigs: Vec<Rig> = rigs.collect();
    rigs.iter().for_each(|rig| rig.watch.forward(1_770_000_000));
    let by_now = |from: usize| if from < 5 { (CertificateEnded, "2026") } else { (ClockWrong, "2081") };
    for (i, rig) in rigs.iter().enumerate() {
        // 2081 is no time to judge a certificate by.
        let (kind, year) = by_now(i);
        rig.inbox.wait_trouble(kind, &format!("the TV's clock says {year}"));
    }
    let later =
        |rig: &Rig| ["2026", "2081"].iter().any(|year| rig.inbox.health().trouble.unwrap().reason.contains(year));
    rigs.iter().for_each(|rig| super::disk::wait_until(|| later(rig)));
}

/// A screen whose server has answered well once.
fn after_a_right_board() -> (Office, TlsDoor, Rig) {
    let office = Office::open();
    let door = TlsDoor::before(office.server.port(), &office.authority.certificate(HERE, VALID));
    let [mut feed, ..] = office.feeds(door.port, "ca.pem");
    feed.limits.backoff_max = std::time::Duration::from_millis(100);
    let rig = Rig::start(feed);
    rig.inbox.wait_rev(1);
    (office, door, rig)
}

#[test]
fn a_certificate_that_ends_is_the_servers_trouble_unless_the_clock_is_known_to_be_wrong() {
    let (office, door, rig) = after_a_right_board();
    door.change(&office.authority.certificate(HERE, [2010, 2015]));
    rig.inbox.wait_trouble(CertificateEnded, "its certificate ended on 2015-01-01");
    for days in [3, -6] {
        rig.watch.forward(days * 86_400);
        let day = rig.watch.now().strftime("the TV's clock says %Y-%m-%d").to_string();
        rig.inbox.wait_trouble(CertificateEnded, &day);
    }
    // The server has told its own clock, and it is another day there.
    let office = Office::open();
    let far = [("Content-Type", "application/json"), ("Date", "Fri, 02 Jan 2026 12:00:00 GMT")];
    office.server.answer(move |_| http("200 OK", &far, board(1)));
    let door = TlsDoor::before(office.server.port(), &office.authority.certificate(HERE, VALID));
    let [feed, ..] = office.feeds(door.port, "ca.pem");
    let rig = Rig::start(feed);
    rig.inbox.wait_rev(1);
    door.change(&office.authority.certificate(HERE, [2010, 2015]));
    rig.inbox.wait_trouble(ClockWrong, "its certificate ended on 2015-01-01");
}

#[test]
fn a_certificate_that_signs_itself_is_trusted_by_its_own_file() {
    let office = Office::open();
    for is_authority in [true, false] {
        let own = self_signed(HERE, VALID, is_authority);
        let port = TlsDoor::before(office.server.port(), &own).port;
        for ca_file in ["", "other.pem", "ca.pem"] {
            for feed in office.feeds(port, ca_file) {
                let rig = Rig::start(feed);
                rig.inbox.wait_trouble(NotTrusted, "nobody who is trusted here has signed its certificate");
                assert!(rig.inbox.boards().is_empty());
            }
        }
        // Beside another one, as people collect them.
        let both = format!("{}{}", office.authority.pem(), own.cert.pem());
        office.dir.write("own.pem", both);
        for feed in office.feeds(port, "own.pem") {
            let rig = Rig::start(feed.clone());
            super::disk::wait_until(|| rig.inbox.boards().len() == 1 && rig.inbox.health().trouble.is_none());
            fetch_once(&feed, &Watch::at(NOON).clock()).unwrap();
        }
    }
}

#[test]
fn a_certificate_that_signs_itself_still_needs_its_name_and_its_time() {
    let office = Office::open();
    for is_authority in [true, false] {
        for (names, years, kind, says) in [
            (&["hub.example"][..], VALID, NoAnswer, "not valid for name \"localhost\""),
            (HERE, [2010, 2015], CertificateEnded, "its certificate ended on 2015-01-01"),
            (HERE, [2098, 2100], ClockWrong, "its certificate is valid from 2098-01-01"),
        ] {
            let own = self_signed(names, years, is_authority);
            let port = TlsDoor::before(office.server.port(), &own).port;
            office.dir.write("own.pem", own.cert.pem());
            for feed in office.feeds(port, "own.pem") {
                let rig = Rig::start(feed);
                rig.inbox.wait_trouble(kind, says);
                assert!(rig.inbox.boards().is_empty());
            }
        }
    }
    assert_eq!(office.server.requests().len(), 0);
}

#[test]
fn a_certificate_that_is_not_valid_yet_is_told_as_a_wrong_clock() {
    let (office, door, rig) = after_a_right_board();
    door.change(&office.authority.certificate(HERE, [2098, 2100]));
    rig.inbox.wait_trouble(ClockWrong, "its certificate is valid from 2098-01-01");
}

#[test]
fn check_and_shot_go_by_the_machines_clock() {
    let office = Office::open();
    let port = office.door(HERE, [2098, 2100]);
    let settings = format!("[feed]\nurl = \"https://localhost:{port}/board.json\"\nca_file = \"ca.pem\"\n");
    office.dir.write("kiosk.toml", settings);
    let day = || floorcast::clock::wall_clock()().strftime("the TV's clock says %Y-%m-%d: is it right?").to_string();
    for args in [&["check"][..], &["shot", "-o", "x.png"], &["shot", "-o", "x.png", "--now", "2020-01-05T12:00:00Z"]] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_floorcast"));
        command.args(args).args(["--config", "kiosk.toml"]).current_dir(office.dir.path());
        // It may run over midnight.
        let before = day();
        let output = command.env_clear().env("HOME", office.dir.path()).output().unwrap();
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        assert!([before, day()].iter().any(|day| said.contains(day.as_str())), "{args:?}: {said}");
    }
}

#[test]
fn the_file_is_read_anew_until_it_is_right() {
    let office = Office::open();
    let port = office.door(HERE, VALID);
    for feed in office.feeds(port, "late.pem") {
        let rig = Rig::start(feed);
        rig.inbox.wait_trouble(NoAccess, "late.pem");
        office.dir.write("late.pem", "nothing of use");
        rig.inbox.wait_trouble(NoAccess, "no certificate in it");
        office.dir.write("late.pem", std::fs::read(office.dir.path().join("other.pem")).unwrap());
        rig.inbox.wait_trouble(NotTrusted, "no secure connection");
        office.dir.write("late.pem", office.authority.pem());
        super::disk::wait_until(|| rig.inbox.boards().len() == 1 && rig.inbox.health().trouble.is_none());
        std::fs::remove_file(office.dir.path().join("late.pem")).unwrap();
    }
}
