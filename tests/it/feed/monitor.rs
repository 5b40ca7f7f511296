//! Tests what a feed reports to its monitor: its transport, the last trouble and its time, the sources of a map.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use floorcast::board::TroubleKind;
use floorcast::feed::{FeedOptions, Monitor};
use floorcast::store::{FeedStatus, State, Store, TransportKind};

use super::disk::wait_until;
use super::maps::settings;
use crate::support::TempDir;
use crate::support::rig::{NOON, Rig, board, options};
use crate::support::server::{Server, Step, http, ok};

/// Keeps everything that it is told.
#[derive(Debug, Default)]
struct Ledger(Mutex<Vec<FeedStatus>>);

impl Monitor for Ledger {
    fn status(&self, status: &FeedStatus) {
        self.0.lock().unwrap().push(status.clone());
    }
}

impl Ledger {
    fn last(&self) -> Option<FeedStatus> {
        self.0.lock().unwrap().last().cloned()
    }

    #[track_caller]
    fn wait(&self, right: impl Fn(&FeedStatus) -> bool) -> FeedStatus {
        wait_until(|| self.last().is_some_and(|status| right(&status)));
        self.last().unwrap()
    }
}

fn watched(options: FeedOptions) -> (Arc<Ledger>, FeedOptions) {
    let ledger = Arc::new(Ledger::default());
    (ledger.clone(), FeedOptions { monitor: Some(ledger), ..options })
}

#[test]
fn a_polled_feed_says_what_went_wrong_and_that_it_is_over() {
    let server = Server::start(|_| ok(board(1)));
    let (ledger, options) = watched(options(&server.url("/board.json?key=s3cret")));
    let rig = Rig::start(options);
    let good = ledger.wait(|status| status.attempts.state == State::Good);
    let noon = Some(NOON.parse().unwrap());
    assert_eq!((good.attempts.since, good.attempts.last_good, good.attempts.last_error), (noon, noon, None));
    assert_eq!((good.transport, good.board.as_deref()), (Some(TransportKind::Polling), Some("b")));
    assert_eq!(good.name, server.url("/board.json"));

    rig.watch.forward(30);
    server.answer(|_| http("500 Oops", &[], ""));
    let failing = ledger.wait(|status| status.attempts.state == State::Failing);
    let error = failing.attempts.last_error.clone().unwrap();
    assert_eq!((error.at, error.kind), (rig.watch.now(), TroubleKind::NoAnswer));
    assert!(error.text.contains("HTTP 500"), "{error:?}");
    assert_eq!((failing.attempts.last_good, failing.attempts.since), (noon, Some(rig.watch.now())));
    assert!(failing.next_try.is_some() && failing.board.is_some(), "{failing:?}");

    let failed_at = rig.watch.now();
    rig.watch.forward(30);
    server.answer(|_| ok(board(2)));
    let again = ledger.wait(|status| status.attempts.state == State::Good);
    assert_eq!((again.attempts.since, again.next_try), (Some(rig.watch.now()), None));
    let error = again.attempts.last_error.unwrap();
    assert!(error.at >= failed_at && error.at < rig.watch.now(), "kept, with its own time");
    let told = format!("{:?}", ledger.0.lock().unwrap());
    assert!(!told.contains("s3cret"));
}

#[test]
fn a_server_with_another_clock_does_not_make_the_answer_old() {
    // Ten minutes behind the TV.
    let date = ("Date", "Mon, 05 Jan 2026 11:50:00 GMT");
    let server = Server::start(move |_| http("200 OK", &[date], board(1)));
    let (ledger, options) = watched(options(&server.url("/board.json")));
    let rig = Rig::start(options);
    rig.inbox.wait_rev(1);
    assert_ne!(rig.inbox.health().last_good, Some(NOON.parse().unwrap()), "the wall counts by the server's clock");
    let good = ledger.wait(|status| status.attempts.state == State::Good);
    assert_eq!(good.attempts.last_good, Some(NOON.parse().unwrap()));
}

#[test]
fn a_stream_that_fails_is_told_to_be_polled_and_comes_back() {
    let works = Arc::new(AtomicBool::new(true));
    let asked = works.clone();
    let server = Server::start(move |request| {
        let stream = request.contains("text/event-stream");
        match (stream, asked.load(Ordering::SeqCst)) {
            (true, true) => {
                let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
                vec![Step::Send(format!("{head}event: state\ndata: {}\n\n", board(1)).into_bytes()), Step::Hold]
            }
            (true, false) => http("503 Busy", &[], ""),
            (false, _) => ok(board(2)),
        }
    });
    let (ledger, options) = watched(options(&format!("sse+{}", server.url("/stream"))));
    let rig = Rig::start(options);
    let good = ledger.wait(|status| status.attempts.state == State::Good);
    assert_eq!((good.transport, good.stream_fails), (Some(TransportKind::Stream), false));
    works.store(false, Ordering::SeqCst);
    rig.inbox.wait_rev(2);
    let polled = ledger.wait(|status| status.attempts.state == State::Good && status.stream_fails);
    assert_eq!(polled.transport, Some(TransportKind::Polling));
    works.store(true, Ordering::SeqCst);
    ledger.wait(|status| status.attempts.state == State::Good && status.transport == Some(TransportKind::Stream));
}

#[test]
fn a_map_tells_which_of_its_sources_fails() {
    let dir = TempDir::new();
    dir.write("map.jq", "{format: \"salesboard/1\", slides: [{type: \"message\", text: .sources.note.text}]}");
    let server = Server::start(|request| match request.starts_with("GET /note") {
        true => ok(r#"{"text": "hello"}"#),
        false => http("403 Forbidden", &[], ""),
    });
    let text = format!(
        "[feed]\nmap = \"map.jq\"\n[[feed.source]]\nname = \"note\"\nurl = {:?}\n[[feed.source]]\nname = \"crm\"\nurl = {:?}\n",
        server.url("/note"),
        server.url("/crm?key=s3cret")
    );
    let (ledger, options) = watched(settings(&text, dir.path()));
    let rig = Rig::start(options);
    let failing = ledger.wait(|status| status.attempts.state == State::Failing);
    assert_eq!(failing.transport, Some(TransportKind::Map));
    let [note, crm] = failing.sources.as_slice() else { panic!("{failing:?}") };
    assert_eq!((note.attempts.state, note.from.clone()), (State::Good, server.url("/note")));
    assert_eq!((crm.attempts.state, crm.from.clone()), (State::Failing, server.url("/crm")));
    assert!(crm.attempts.last_error.as_ref().unwrap().text.contains("HTTP 403"), "{crm:?}");
    assert!(crm.next_try.is_some() && crm.next_try == failing.next_try && note.next_try.is_none(), "{failing:?}");
    server.answer(|_| ok(r#"{"text": "hello"}"#));
    rig.inbox.wait("a board", |updates| updates.iter().any(|u| matches!(u, floorcast::board::Update::Board(_))));
    let good = ledger.wait(|status| status.attempts.state == State::Good);
    assert!(
        good.sources.iter().all(|source| source.attempts.state == State::Good && source.next_try.is_none()),
        "{good:?}"
    );
}

#[test]
fn a_board_from_disk_is_no_answer() {
    let dir = TempDir::new();
    let server = Server::start(|_| ok(board(1)));
    let url = server.url("/board.json");
    let stored = || FeedOptions { store: Some(Store::open(&dir.path().join("state"))), ..options(&url) };
    let rig = Rig::start(stored());
    rig.inbox.wait_rev(1);
    rig.handle.stop();
    let (ledger, options) = watched(stored());
    server.answer(|_| vec![Step::Hold]);
    let rig = Rig::start_at(options, "2026-01-05T12:10:00Z");
    rig.inbox.wait_rev(1);
    let waiting = ledger.0.lock().unwrap()[0].clone();
    assert_eq!((waiting.attempts.state, waiting.attempts.last_good), (State::Waiting, Some(NOON.parse().unwrap())));
    assert_eq!(waiting.board.as_deref(), Some("b"));
}
