//! Tests every fault of a feed: the last board stays, the reason is shown, the next good answer ends it.

use std::io::Write as _;
use std::net::TcpListener;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use floorcast::board::TroubleKind::{self, BadData, NoAccess, NoAnswer, NotFound};
use floorcast::feed::fetch_once;

use crate::support::rig::{NOON, Rig, Watch, board, options};
use crate::support::server::{Reply, Server, Step, head, http, ok};

/// Good, then the fault, then good again; and the same fault met by a single fetch.
#[track_caller]
fn survives(fault: Reply, kind: TroubleKind, words: &str) {
    let server = Server::start(|_| ok(board(1)));
    let rig = Rig::start(options(&server.url("/board.json")));
    rig.inbox.wait_rev(1);

    server.answer(move |_| fault.clone());
    rig.inbox.wait_trouble(kind, words);
    assert_eq!(rig.inbox.revs(), [1], "the last board stays");
    assert_eq!(rig.inbox.health().last_good, Some(NOON.parse().unwrap()), "and its age is counted from before");
    let failure = fetch_once(&options(&server.url("/board.json")), &Watch::at(NOON).clock()).unwrap_err();
    assert_eq!(failure.trouble.kind, kind);
    assert!(failure.trouble.reason.contains(words), "{}", failure.trouble.reason);

    server.answer(|_| ok(board(2)));
    rig.inbox.wait_rev(2);
}

fn refused(body: impl AsRef<[u8]>, words: &str) {
    survives(ok(body), BadData, words);
}

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(plain).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn connection_refused() {
    // A port that nobody listens on: bound once, then given back.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("http://127.0.0.1:{port}/board.json");
    let rig = Rig::start(options(&url));
    rig.inbox.wait_trouble(NoAnswer, "connection refused");
    assert!(rig.inbox.boards().is_empty());
    let failure = fetch_once(&options(&url), &rig.watch.clock()).unwrap_err();
    assert!(failure.trouble.reason.contains("connection refused"), "{failure}");

    let listener = TcpListener::bind(("127.0.0.1", port)).unwrap();
    let server = Server::on(listener, |_| ok(board(7)));
    rig.inbox.wait_rev(7);
    assert!(server.count("/board.json") > 0);
}

#[test]
fn connection_reset() {
    survives(vec![Step::Reset], NoAnswer, "reset");
}

#[test]
fn reset_in_the_middle_of_the_body() {
    let mut half = head("200 OK", &[], 5000);
    half.extend_from_slice(b"{\"format\":");
    survives(
        vec![Step::Send(half), Step::Drip(vec![b' '; 2], Duration::from_millis(20)), Step::Reset],
        NoAnswer,
        "127.0.0.1",
    );
}

#[test]
fn closed_in_the_middle_of_the_body() {
    let mut half = head("200 OK", &[], 5000);
    half.extend_from_slice(b"{\"format\":");
    survives(vec![Step::Send(half), Step::Close], NoAnswer, "closed the connection before the answer was complete");
}

#[test]
fn not_http_at_all() {
    survives(vec![Step::Send(b"SSH-2.0-OpenSSH\r\n\r\n".to_vec()), Step::Close], NoAnswer, "127.0.0.1");
}

#[test]
fn status_401() {
    survives(http("401 Unauthorized", &[], "no"), NoAccess, "HTTP 401 Unauthorized: the feed needs a token");
}

#[test]
fn status_403() {
    survives(http("403 Forbidden", &[], "no"), NoAccess, "HTTP 403");
}

#[test]
fn status_404() {
    survives(http("404 Not Found", &[], "<html>"), NotFound, "HTTP 404 Not Found: no board at /board.json");
}

#[test]
fn status_429_with_retry_after() {
    survives(http("429 Too Many Requests", &[("Retry-After", "0")], ""), NoAnswer, "HTTP 429");
}

#[test]
fn status_500() {
    survives(http("500 Internal Server Error", &[], board(9)), NoAnswer, "HTTP 500");
}

#[test]
fn status_204_and_an_unasked_304() {
    survives(http("204 No Content", &[], ""), BadData, "HTTP 204 No Content: expected 200");
    survives(http("304 Not Modified", &[], ""), NoAnswer, "HTTP 304");
}

#[test]
fn a_web_page_with_200() {
    let page = "<!DOCTYPE html><title>Log in</title>";
    survives(http("200 OK", &[("Content-Type", "text/html")], page), BadData, "a web page came instead of a board");
}

#[test]
fn stall_before_the_answer() {
    survives(vec![Step::Hold], NoAnswer, "the answer was not complete after 0.6 s");
}

#[test]
fn stall_after_the_headers() {
    survives(vec![Step::Send(head("200 OK", &[], 500)), Step::Hold], NoAnswer, "stalled, no byte for 0.25 s");
}

#[test]
fn one_byte_at_a_time() {
    let body = board(9).into_bytes();
    let drip = vec![Step::Send(head("200 OK", &[], body.len())), Step::Drip(body, Duration::from_millis(100))];
    survives(drip, NoAnswer, "the answer was not complete after 0.6 s");
}

#[test]
fn five_mib() {
    refused(vec![b' '; 5 << 20], "larger than 1 MiB");
}

#[test]
fn five_mib_without_saying_so() {
    let mut endless = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".to_vec();
    endless.resize(5 << 20, b' ');
    survives(vec![Step::Send(endless), Step::Close], BadData, "larger than 1 MiB");
}

#[test]
fn a_gzip_bomb() {
    let packed = [("Content-Encoding", "gzip")];
    survives(http("200 OK", &packed, gzip(&vec![b' '; 64 << 20])), BadData, "unpacks to more than 4 MiB");
    survives(http("200 OK", &packed, gzip(&vec![b' '; 3 << 20])), BadData, "more than 100 times its size");
}

#[test]
fn a_broken_or_foreign_packing() {
    let half = gzip(board(9).as_bytes());
    let half = &half[..half.len() / 2];
    survives(http("200 OK", &[("Content-Encoding", "gzip")], half), BadData, "gzip body is damaged");
    survives(http("200 OK", &[("Content-Encoding", "br")], "x"), BadData, "packed with \"br\"");
}

#[test]
fn a_redirect_loop() {
    survives(http("302 Found", &[("Location", "/board.json")], ""), NoAnswer, "more than 3 redirects");
}

#[test]
fn a_redirect_to_nowhere() {
    survives(http("302 Found", &[("Location", "file:///etc/passwd")], ""), NoAnswer, "a redirect to file: is refused");
    survives(http("307 Temporary Redirect", &[], ""), NoAnswer, "HTTP 307 without a Location");
}

#[test]
fn a_hundred_thousand_brackets() {
    refused("[".repeat(100_000), "deep");
    let mut nested = br#"{"format":"salesboard/1","slides":"#.to_vec();
    nested.extend(std::iter::repeat_n(b'[', 100_000));
    refused(nested, "deep");
}

#[test]
fn duplicate_keys() {
    refused(board(9).replacen("\"rev\":9", "\"rev\":9,\"rev\":10", 1), "rev");
}

#[test]
fn bad_utf8() {
    let mut bytes = board(9).into_bytes();
    let at = bytes.windows(3).position(|part| part == b"Ana").unwrap();
    bytes[at] = 0xff;
    refused(bytes, "UTF-8");
}

#[test]
fn not_a_number() {
    // NaN itself costs only its value: tests/check.
    refused(board(9).replace("\"value\":9", "\"value\":nan"), "nan is no word of JSON");
}

#[test]
fn no_slides() {
    refused(r#"{"format":"salesboard/1","slides":[]}"#, "slides");
}

#[test]
fn an_empty_body_and_half_a_board() {
    refused("", "empty");
    refused(&board(9).as_bytes()[..60], "column");
}

#[test]
fn another_major_version() {
    refused(board(9).replace("salesboard/1", "salesboard/2"), "salesboard/2");
}
