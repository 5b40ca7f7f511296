//! Tests what a fault that lasts writes into the log: the reason on change, then nothing.

use std::sync::OnceLock;

use floorcast::board::TroubleKind::NotFound;

use super::disk::wait_until;
use crate::support::Log;
use crate::support::rig::{Rig, board, options};
use crate::support::server::{Server, http, ok};

/// The feed logs on its own thread, so its log is the process's; a test looks for its own port.
pub fn log() -> &'static Log {
    static LOG: OnceLock<Log> = OnceLock::new();
    LOG.get_or_init(|| {
        let log = Log::default();
        tracing::subscriber::set_global_default(log.subscriber()).unwrap();
        log
    })
}

#[test]
fn a_fault_that_lasts_is_one_line() {
    let log = log();
    let server = Server::start(|_| http("500 Internal Server Error", &[], ""));
    let here = format!("127.0.0.1:{}", server.port());
    let lines = |words: &str| log.lines().iter().filter(|line| line.contains(&here) && line.contains(words)).count();
    let ten_more = || {
        let before = server.count("/board.json");
        wait_until(|| server.count("/board.json") >= before + 10);
    };
    let rig = Rig::start(options(&server.url("/board.json")));
    ten_more();
    assert_eq!(lines("HTTP 500"), 1);
    rig.watch.forward(61);
    ten_more();
    assert_eq!(lines("HTTP 500"), 1, "the same state a minute later is no news");
    server.answer(|_| http("404 Not Found", &[], ""));
    wait_until(|| lines("HTTP 404") == 1);
    server.answer(|_| ok(board(1)));
    rig.inbox.wait_rev(1);
    wait_until(|| lines("good again") == 1);
    // What comes and goes is said once a minute, and never that it ended without that it began.
    for round in 0..4 {
        server.answer(|_| http("404 Not Found", &[], ""));
        rig.inbox.wait_trouble(NotFound, "HTTP 404");
        server.answer(|_| ok(board(1)));
        rig.inbox.wait_rev(1);
        assert_eq!((lines("HTTP 404"), lines("good again")), (1, 1), "round {round}");
    }
    server.answer(|_| http("404 Not Found", &[], ""));
    rig.watch.forward(61);
    wait_until(|| lines("HTTP 404") == 2);
}

#[test]
fn what_is_odd_in_a_good_board_is_said_once() {
    let log = log();
    let bad = r#"{"type":"ranking","title":"Calls","rows":[{"name":"Ana","value":"12,000"}]}"#;
    let odd = board(1).replace("\"slides\":[", &format!("\"slides\":[{bad},"));
    let server = Server::start(move |_| ok(&odd));
    let here = format!("127.0.0.1:{}", server.port());
    let rig = Rig::start(options(&server.url("/board.json")));
    rig.inbox.wait_rev(1);
    wait_until(|| server.count("/board.json") >= 5);
    let lines: Vec<String> = log.lines().into_iter().filter(|line| line.contains(&here)).collect();
    assert!(lines.len() == 1 && lines[0].contains("slides[0].rows[0].value"), "{lines:?}");
}
