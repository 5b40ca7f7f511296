//! Tests the last good board on disk: on screen before any network, with its true age, its own feed's only.

use std::fs;
use std::thread::sleep;
use std::time::Duration;

use floorcast::board::TroubleKind::{BadData, NoAnswer};
use floorcast::board::{Update, fresh};
use floorcast::feed::FeedOptions;
use floorcast::store::{Entry, Store};

use crate::support::TempDir;
use crate::support::rig::{NOON, Rig, board, options};
use crate::support::server::{Server, Step, http, ok};

fn with_store(feed: &str, dir: &TempDir) -> FeedOptions {
    FeedOptions { store: Some(Store::open(&dir.path().join("state"))), ..options(feed) }
}

#[test]
fn the_last_board_is_there_before_any_network() {
    let dir = TempDir::new();
    let server = Server::start(|_| ok(board(1)));
    let url = server.url("/board.json");
    let rig = Rig::start(with_store(&url, &dir));
    rig.inbox.wait_rev(1);
    rig.handle.stop();

    // Ten minutes later the network is dead.
    server.answer(|_| vec![Step::Hold]);
    let rig = Rig::start_at(with_store(&url, &dir), "2026-01-05T12:10:00Z");
    rig.inbox.wait_rev(1);
    assert!(matches!(rig.inbox.updates()[0], Update::Board(_)), "the first update");
    let health = rig.inbox.health();
    assert_eq!(health.last_good, Some(NOON.parse().unwrap()), "when it was received, not when it was read");
    assert_eq!(fresh::age_s(None, &health, rig.watch.now()), Some(600.0));
    rig.inbox.wait_trouble(NoAnswer, "the answer was not complete");

    // An equal answer renews it without a second board; a newer one replaces it.
    server.answer(|_| ok(board(1)));
    rig.inbox.wait_rev(1);
    assert_eq!(rig.inbox.revs(), [1]);
    server.answer(|_| ok(board(2)));
    rig.inbox.wait_rev(2);
}

#[test]
fn another_feeds_board_is_not_shown() {
    let dir = TempDir::new();
    let server = Server::start(|_| ok(board(1)));
    let rig = Rig::start(with_store(&server.url("/board.json"), &dir));
    rig.inbox.wait_rev(1);
    rig.handle.stop();
    server.answer(|_| http("500 Oops", &[], ""));
    let rig = Rig::start(with_store(&server.url("/board.json?floor=2"), &dir));
    rig.inbox.wait_trouble(NoAnswer, "HTTP 500");
    assert!(rig.inbox.boards().is_empty());
}

#[test]
fn a_damaged_board_is_dropped_and_the_network_heals_it() {
    for garbled in [&b""[..], b"\0\0\0\0\0\0", b"floorcast-store/1 00 3\nabc", board(8).as_bytes()] {
        let dir = TempDir::new();
        dir.write("state/board", garbled);
        let server = Server::start(|_| ok(board(1)));
        let rig = Rig::start(with_store(&server.url("/board.json"), &dir));
        rig.inbox.wait_rev(1);
        assert_eq!(rig.inbox.revs(), [1]);
    }
}

#[test]
fn a_board_is_written_at_once_then_seldom_and_at_exit() {
    let dir = TempDir::new();
    // Not through a second store: opening one sweeps the first one's temp files.
    let on_disk = || {
        let entry = Entry::decode(&fs::read(dir.path().join("state/board")).ok()?).ok()?;
        Some((entry.bytes, entry.at))
    };
    let server = Server::start(|_| ok(board(1)));
    let rig = Rig::start(with_store(&server.url("/board.json"), &dir));
    rig.inbox.wait_rev(1);
    wait_until(|| on_disk().is_some());
    server.answer(|_| ok(board(2)));
    rig.inbox.wait_rev(2);
    sleep(Duration::from_millis(150));
    assert_eq!(on_disk().unwrap().0, board(1).into_bytes(), "within a minute the card is left alone");
    rig.watch.forward(61);
    wait_until(|| on_disk().unwrap().0 == board(2).into_bytes());
    server.answer(|_| ok(board(3)));
    rig.inbox.wait_rev(3);
    rig.watch.forward(10);
    let last = rig.watch.now();
    wait_until(|| rig.inbox.health().last_good == Some(last));
    rig.handle.stop();
    assert_eq!(on_disk(), Some((board(3).into_bytes(), last)), "with the time of the last good answer");
}

#[test]
fn an_unwritable_disk_changes_nothing_on_screen() {
    let dir = TempDir::new();
    let file = dir.write("file", "");
    let server = Server::start(|_| ok(board(1)));
    let options = FeedOptions { store: Some(Store::open(&file.join("state"))), ..options(&server.url("/board.json")) };
    let rig = Rig::start(options);
    rig.inbox.wait_rev(1);
    server.answer(|_| ok("{"));
    rig.inbox.wait_trouble(BadData, "column");
    server.answer(|_| ok(board(2)));
    rig.inbox.wait_rev(2);
}

#[track_caller]
pub fn wait_until(mut right: impl FnMut() -> bool) {
    for _ in 0..400 {
        if right() {
            return;
        }
        sleep(Duration::from_millis(10));
    }
    panic!("it did not happen within 4 s");
}
