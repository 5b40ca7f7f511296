//! Tests Server-Sent Events over real sockets: what a stream brings, how it ends, and how polling stands in for it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use floorcast::board::{Event, TroubleKind, Update};
use floorcast::config::FeedSource;
use floorcast::feed::{FeedOptions, OpenSource, fetch_once};

use crate::support::rig::{NOON, Rig, Watch, board, fast, options};
use crate::support::server::{Reply, Server, Step, http, ok};

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

/// A stream that says this and then does `end`.
fn stream(text: &str, end: Step) -> Reply {
    vec![Step::Send(format!("{HEAD}{text}").into_bytes()), end]
}

fn state(rev: u64) -> String {
    format!("event: state\nid: e-{rev}\ndata: {}\n\n", board(rev))
}

fn listening(server: &Server) -> FeedOptions {
    let source = FeedSource::parse(&format!("sse+{}", server.url("/stream"))).unwrap();
    FeedOptions { interval_s: 0.03, limits: fast(), ..FeedOptions::new(OpenSource::open(&source, "").unwrap()) }
}

/// The value of a header of the last request that had it.
fn header(server: &Server, name: &str) -> Option<String> {
    let of = |request: &String| {
        let mut lines = request.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
    };
    server.requests().iter().rev().find_map(of)
}

#[test]
fn a_stream_brings_the_board_and_asks_for_events() {
    let server = Server::start(|_| stream(&format!(": hello\n\nretry: 10\n\n{}", state(1)), Step::Hold));
    let rig = Rig::start(listening(&server));
    rig.inbox.wait_rev(1);
    assert_eq!(header(&server, "Accept").as_deref(), Some("text/event-stream"));
    assert_eq!(rig.inbox.revs(), [1]);
}

#[test]
fn a_burst_of_boards_is_collected_to_the_first_and_the_newest() {
    let burst: String = (1..=20).map(state).collect();
    let server = Server::start(move |_| stream(&burst, Step::Hold));
    let rig = Rig::start(listening(&server));
    rig.inbox.wait_rev(20);
    assert_eq!(rig.inbox.revs(), [1, 20]);
}

#[test]
fn a_silent_stream_is_dead_and_the_next_goes_on_where_it_ended() {
    let turn = AtomicUsize::new(0);
    let server = Server::start(move |_| match turn.fetch_add(1, Ordering::SeqCst) {
        0 => stream(&state(1), Step::Hold),
        _ => stream(&state(2), Step::Hold),
    });
    let rig = Rig::start(listening(&server));
    rig.inbox.wait_trouble(TroubleKind::NoAnswer, "silent for 0.3 s");
    rig.inbox.wait_rev(2);
    assert_eq!(header(&server, "Last-Event-ID").as_deref(), Some("e-1"));
}

#[test]
fn comments_and_unknown_events_prove_life() {
    let mut alive = vec![Step::Send(format!("{HEAD}{}", state(1)).into_bytes())];
    for beat in 0..12 {
        let text = if beat % 2 == 0 { ": still here\n" } else { "event: weather\ndata: rain\n\ndata: unnamed\n\n" };
        alive.push(Step::Drip(text.into(), Duration::from_millis(4)));
    }
    alive.push(Step::Send(state(2).into_bytes()));
    alive.push(Step::Hold);
    let server = Server::start(move |_| alive.clone());
    let rig = Rig::start(listening(&server));
    rig.inbox.wait_rev(2);
    assert_eq!(server.connections(), 1, "longer than the silence that kills, and never silent");
    assert_eq!(rig.inbox.revs(), [1, 2]);
}

#[test]
fn a_broken_board_on_a_stream_leaves_the_last_and_the_next_heals_it() {
    let broken = "event: state\nid: e-9\ndata: {\"format\":\"salesboard/1\",\"slides\":[]}\n\n";
    let mut steps = vec![Step::Send(format!("{HEAD}{}{broken}", state(1)).into_bytes())];
    steps.push(Step::Drip(vec![b':'; 40], Duration::from_millis(4)));
    steps.push(Step::Send(format!("\n{}", state(2)).into_bytes()));
    steps.push(Step::Hold);
    let server = Server::start(move |_| steps.clone());
    let rig = Rig::start(listening(&server));
    rig.inbox.wait_trouble(TroubleKind::BadData, "slides");
    rig.inbox.wait_rev(2);
    assert_eq!(rig.inbox.revs(), [1, 2]);
}

#[test]
fn a_celebration_comes_by_itself_and_once() {
    let event = r#"{"id":"d7","at":"2026-01-05T12:00:00Z","kind":"won","headline":"Ana closed it","tier":3}"#;
    let said = format!("event: event\ndata: {event}\n\n");
    let broken = "event: event\ndata: {\"at\":7}\n\nevent: event\ndata: garbage{\n\n";
    let text = format!("{said}{}{said}{said}{broken}{}", state(1), said.replace("d7", "d8"));
    let log = super::log::log();
    let server = Server::start(move |_| stream(&text, Step::Hold));
    let rig = Rig::start(listening(&server));
    rig.inbox.wait("the last celebration", |updates| {
        updates.iter().any(|update| matches!(update, Update::Board(board) if board.events.len() == 2))
    });
    let events: Vec<Vec<Event>> = rig.inbox.boards().iter().map(|board| board.events.clone()).collect();
    assert_eq!(events.iter().map(Vec::len).collect::<Vec<_>>(), [0, 1, 2], "not before the first board, and once");
    assert_eq!((events[1][0].id.as_str(), events[1][0].tier), ("d7", 3));
    // Those that are refused are in the log; the board is as good as it was.
    let troubled = |update: &Update| matches!(update, Update::Health(health) if health.trouble.is_some());
    assert!(!rig.inbox.updates().iter().any(troubled), "{:?}", rig.inbox.health());
    let refused = format!("127.0.0.1:{}", server.port());
    let refused = log.lines().iter().filter(|l| l.contains(&refused) && l.contains("celebration is refused")).count();
    assert_eq!(refused, 2);
}

#[test]
fn three_failures_and_it_is_polled_until_the_stream_is_tried_again() {
    let streams = std::sync::Arc::new(AtomicUsize::new(0));
    let count = streams.clone();
    let server = Server::start(move |request| {
        if !request.to_ascii_lowercase().contains("text/event-stream") {
            return ok(board(1));
        }
        match count.fetch_add(1, Ordering::SeqCst) {
            0..=2 => http("503 Service Unavailable", &[], ""),
            _ => stream(&state(2), Step::Hold),
        }
    });
    let rig = Rig::start(listening(&server));
    rig.inbox.wait_rev(1);
    assert_eq!(streams.load(Ordering::SeqCst), 3, "polled after three");
    rig.inbox.wait_rev(2);
    assert!(streams.load(Ordering::SeqCst) >= 4);
}

#[test]
fn a_server_that_only_streams_is_back_as_soon_as_it_answers_again() {
    for down in [http("502 Bad Gateway", &[("Content-Type", "text/html")], "<html>"), http("204 No Content", &[], "")] {
        let server = Server::start(|_| stream(&state(1), Step::Close));
        let mut options = listening(&server);
        // The wait before a stream is tried again, were polling to stand in for it.
        options.limits.stream_again = Duration::from_secs(3600);
        options.interval_s = 3600.0;
        let rig = Rig::start(options);
        rig.inbox.wait_rev(1);
        server.answer(move |_| down.clone());
        // Three that fail and the poll behind them, twice.
        let before = server.requests().len();
        super::disk::wait_until(|| server.requests().len() > before + 8);
        server.answer(|_| stream(&state(2), Step::Hold));
        rig.inbox.wait_rev(2);
    }
}

#[test]
fn a_stream_in_the_place_of_a_board_is_not_waited_for() {
    let server = Server::start(|_| stream(&state(1), Step::Hold));
    let rig = Rig::start(options(&server.url("/board.json")));
    rig.inbox.wait_trouble(TroubleKind::BadData, "a stream of events came (its address begins with sse+)");
}

#[test]
fn a_letter_in_pieces_and_any_line_end_come_through() {
    let text = board(7).replace("Ana", "Überraschung 東京 🎉");
    let text = format!("\u{feff}: hello\r\revent: state\r\ndata: {text}\r\n\r\n");
    let head = Step::Send(HEAD.as_bytes().to_vec());
    let drip = Step::Drip(text.into_bytes(), Duration::from_micros(200));
    let server = Server::start(move |_| vec![head.clone(), drip.clone(), Step::Hold]);
    let rig = Rig::start(listening(&server));
    rig.inbox.wait_rev(7);
    let shown = format!("{:?}", rig.inbox.boards()[0]);
    assert!(shown.contains("Überraschung 東京 🎉"), "{shown}");
}

#[test]
fn polling_moves_up_to_the_stream_that_the_server_offers() {
    let server = Server::start(|request| {
        if request.starts_with("GET /live") {
            return stream(&state(2), Step::Hold);
        }
        let link = "</next>; rel=next, </live>; rel=\"stream\"";
        http("200 OK", &[("Content-Type", "application/json"), ("Link", link)], board(1))
    });
    let rig = Rig::start(options(&server.url("/board.json")));
    rig.inbox.wait_rev(2);
    assert_eq!(rig.inbox.revs(), [1, 2]);
}

#[test]
fn an_answer_that_is_no_stream_and_one_that_never_ends_are_told() {
    for (reply, kind, says) in [
        (ok(board(1)), TroubleKind::BadData, "instead of a stream of events"),
        (http("401 Unauthorized", &[], ""), TroubleKind::NoAccess, "needs a token"),
        (stream(&format!("data: {}", "x".repeat(5 << 20)), Step::Hold), TroubleKind::BadData, "larger than a board"),
        (stream("event: state\ndata: {\"for", Step::Close), TroubleKind::NoAnswer, "the stream ended"),
    ] {
        let server = Server::start(move |_| reply.clone());
        let mut options = listening(&server);
        options.limits.stream_failures = u32::MAX;
        let rig = Rig::start(options);
        rig.inbox.wait_trouble(kind, says);
        assert!(rig.inbox.boards().is_empty(), "{says}");
    }
}

#[test]
fn one_question_to_a_stream_is_answered_by_its_first_board() {
    let server = Server::start(|_| stream(&format!(": hi\n\nevent: event\ndata: {{}}\n\n{}", state(5)), Step::Hold));
    let once = fetch_once(&listening(&server), &Watch::at(NOON).clock()).unwrap();
    assert_eq!(once.board.rev, Some(5));
    let silent = Server::start(|_| stream("", Step::Hold));
    let failure = fetch_once(&listening(&silent), &Watch::at(NOON).clock()).unwrap_err();
    assert!(failure.to_string().contains("no board on the stream"), "{failure}");
}
