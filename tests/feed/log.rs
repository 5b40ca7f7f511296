//! What a fault that lasts writes into the log: the reason on change, then silence.

use std::sync::OnceLock;

use crate::disk::wait_until;
use crate::support::Log;
use crate::support::rig::{Rig, board, options};
use crate::support::server::{Server, http, ok};

/// The feed logs on its own thread, so its log is the process's; a test looks for its own port.
fn log() -> &'static Log {
    static LOG: OnceLock<Log> = OnceLock::new();
    LOG.get_or_init(|| {
        let log = Log::default();
        tracing::subscriber::set_global_default(log.subscriber()).unwrap();
        log
    })
}

#[test]
fn a_fault_that_lasts_is_one_line_a_minute() {
    let log = log();
    let server = Server::start(|_| http("500 Internal Server Error", &[], ""));
    let here = format!("127.0.0.1:{}", server.port());
    let lines = |words: &str| log.lines().iter().filter(|line| line.contains(&here) && line.contains(words)).count();
    let rig = Rig::start(options(&server.url("/board.json")));
    wait_until(|| server.count("/board.json") >= 10);
    assert_eq!(lines("HTTP 500"), 1);
    rig.watch.forward(61);
    let before = server.count("/board.json");
    wait_until(|| server.count("/board.json") >= before + 10);
    assert_eq!(lines("HTTP 500"), 2, "a minute later it is said again");
    server.answer(|_| http("404 Not Found", &[], ""));
    wait_until(|| lines("HTTP 404") == 1);
    server.answer(|_| ok(board(1)));
    rig.inbox.wait_rev(1);
    wait_until(|| lines("good again") == 1);
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
