//! Tests good answers: unchanged ones send nothing, gzip, the token, the server's clock, waiting as long as asked.

use std::io::Write as _;
use std::thread::sleep;
use std::time::Duration;

use floorcast::board::TroubleKind::{NoAccess, NoAnswer};
use floorcast::board::{ClockFix, fresh};
use floorcast::config::TokenSource;
use floorcast::feed::{Fetched, fetch_once};
use jiff::SignedDuration;

use crate::support::TempDir;
use crate::support::rig::{NOON, Rig, Watch, board, options};
use crate::support::server::{Server, Step, http, ok};

#[test]
fn not_modified_renews_the_age_and_sends_no_board() {
    let server = Server::start(|request| {
        if request.to_lowercase().contains("if-none-match: \"one\"") {
            http("304 Not Modified", &[("ETag", "\"one\"")], "")
        } else {
            http("200 OK", &[("ETag", "\"one\"")], board(1))
        }
    });
    let rig = Rig::start(options(&server.url("/board.json")));
    rig.inbox.wait_rev(1);
    rig.watch.forward(30);
    let later = rig.watch.now();
    rig.inbox.wait("a renewed age", |_| true);
    for _ in 0..100 {
        if rig.inbox.health().last_good == Some(later) {
            break;
        }
        sleep(Duration::from_millis(20));
    }
    assert_eq!(rig.inbox.health().last_good, Some(later));
    assert_eq!(rig.inbox.revs(), [1]);
    let asked: Vec<bool> =
        server.requests().iter().map(|request| request.to_lowercase().contains("if-none-match")).collect();
    assert!(!asked[0] && asked[1..].iter().all(|asked| *asked), "{asked:?}");
}

#[test]
fn the_etag_of_a_refused_document_is_not_remembered() {
    let server = Server::start(|_| http("200 OK", &[("ETag", "\"good\"")], board(1)));
    let rig = Rig::start(options(&server.url("/board.json")));
    rig.inbox.wait_rev(1);
    server.answer(|_| http("200 OK", &[("ETag", "\"bad\"")], "{"));
    rig.inbox.wait_trouble(floorcast::board::TroubleKind::BadData, "column");
    let before = server.requests().len();
    while server.requests().len() < before + 3 {
        sleep(Duration::from_millis(10));
    }
    assert!(server.requests()[before..].iter().all(|request| !request.contains("\"bad\"")));
}

#[test]
fn equal_content_without_an_etag_moves_nothing() {
    let server = Server::start(|_| ok(board(1)));
    let rig = Rig::start(options(&server.url("/board.json")));
    rig.inbox.wait_rev(1);
    while server.count("/board.json") < 5 {
        sleep(Duration::from_millis(10));
    }
    // The same board in other bytes.
    server.answer(|_| ok(board(1).replace(',', ", ")));
    let before = server.count("/board.json");
    while server.count("/board.json") < before + 3 {
        sleep(Duration::from_millis(10));
    }
    assert_eq!(rig.inbox.revs(), [1]);
}

#[test]
fn an_older_board_is_ignored_and_the_feed_is_well() {
    let server = Server::start(|_| ok(board(5)));
    let rig = Rig::start(options(&server.url("/board.json")));
    rig.inbox.wait_rev(5);
    server.answer(|_| ok(board(4)));
    let before = server.count("/board.json");
    while server.count("/board.json") < before + 3 {
        sleep(Duration::from_millis(10));
    }
    assert_eq!((rig.inbox.revs(), rig.inbox.health().trouble), (vec![5], None));
    server.answer(|_| ok(board(6)));
    rig.inbox.wait_rev(6);
}

#[test]
fn gzip_is_asked_for_and_unpacked() {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(board(3).as_bytes()).unwrap();
    let packed = encoder.finish().unwrap();
    let server = Server::start(move |_| http("200 OK", &[("Content-Encoding", "gzip")], &packed));
    let rig = Rig::start(options(&server.url("/board.json")));
    rig.inbox.wait_rev(3);
    let request = server.requests()[0].to_lowercase();
    assert!(request.contains("accept-encoding: gzip") && request.contains("user-agent: floorcast/"), "{request}");
    let Fetched { board: once, report, .. } =
        fetch_once(&options(&server.url("/board.json")), &rig.watch.clock()).unwrap();
    assert_eq!((once.rev, report.problems.len()), (Some(3), 0));
}

#[test]
fn retry_after_is_obeyed() {
    for header in ["3600", "Mon, 05 Jan 2026 13:00:00 GMT"] {
        let server = Server::start(move |_| http("429 Too Many Requests", &[("Retry-After", header)], ""));
        let rig = Rig::start(options(&server.url("/board.json")));
        rig.inbox.wait_trouble(NoAnswer, "HTTP 429");
        // The limit in these tests is 0.6 s; a backoff would have asked a dozen times by now.
        sleep(Duration::from_millis(400));
        assert_eq!(server.count("/board.json"), 1, "{header}");
        let retry_at = rig.inbox.health().trouble.unwrap().retry_at.unwrap();
        assert_eq!(retry_at.duration_since(rig.watch.now()), SignedDuration::from_millis(600));
        server.answer(|_| ok(board(2)));
        rig.inbox.wait_rev(2);
    }
}

#[test]
fn the_token_is_sent_and_a_missing_one_is_said() {
    let dir = TempDir::new();
    let server = Server::start(|request| {
        if request.to_lowercase().contains("authorization: bearer s3cret") {
            ok(board(1))
        } else {
            http("401 Unauthorized", &[], "")
        }
    });
    let mut options = options(&server.url("/board.json"));
    options.token = Some(TokenSource::File(dir.path().join("token")));
    let rig = Rig::start(options);
    rig.inbox.wait_trouble(NoAccess, "token");
    assert_eq!(server.requests().len(), 0, "nothing is asked without it");
    dir.write("token", "wrong\n");
    rig.inbox.wait_trouble(NoAccess, "HTTP 401 Unauthorized: the token is refused");
    dir.write("token", "s3cret\n");
    rig.inbox.wait_rev(1);
    assert!(!format!("{:?}", rig.inbox.updates()).contains("s3cret"));
}

#[test]
fn the_servers_clock_corrects_a_wrong_one() {
    let server = Server::start(|_| http("200 OK", &[("Date", "Mon, 05 Jan 2026 13:30:00 GMT")], board(1)));
    let rig = Rig::start(options(&server.url("/board.json")));
    rig.inbox.wait_rev(1);
    let health = rig.inbox.health();
    assert_eq!(health.clock, ClockFix::Server(SignedDuration::from_mins(90)));
    assert_eq!(health.last_good, Some("2026-01-05T13:30:00Z".parse().unwrap()));
    assert_eq!(fresh::age_s(None, &health, NOON.parse().unwrap()), Some(0.0));
    let right = Server::start(|_| http("200 OK", &[("Date", "Mon, 05 Jan 2026 12:00:02 GMT")], board(1)));
    let rig = Rig::start(options(&right.url("/board.json")));
    rig.inbox.wait_rev(1);
    assert_eq!(rig.inbox.health().clock, ClockFix::Tv);
}

#[test]
fn a_feed_ends_promptly_whatever_it_waits_for() {
    let server = Server::start(|_| vec![Step::Hold]);
    let mut options = options(&server.url("/board.json"));
    options.limits.whole = Duration::from_secs(3600);
    let rig = Rig::start(options);
    while server.requests().is_empty() {
        sleep(Duration::from_millis(5));
    }
    // A hang would be found by the runner's own limit; here the thread must end while the answer is awaited.
    rig.handle.stop();
    assert!(rig.inbox.boards().is_empty());
}

#[test]
fn a_single_fetch_says_everything_that_is_wrong_with_a_refused_document() {
    let server = Server::start(|_| ok(r#"{"format":"salesboard/1","slides":[]}"#));
    let failure = fetch_once(&options(&server.url("/board.json")), &Watch::at(NOON).clock()).unwrap_err();
    assert!(failure.report.is_some_and(|report| !report.problems.is_empty()));
    assert!(
        failure.trouble.reason.contains(&server.url("/board.json").replace("http://", "")),
        "{}",
        failure.trouble.reason
    );
}
