//! Tests files and tapes as feeds.

use std::fs;
use std::thread::sleep;
use std::time::Duration;

use floorcast::board::ClockFix;
use floorcast::board::TroubleKind::{BadData, NoAccess, NoAnswer};
use floorcast::config::FeedSource;
use floorcast::feed::{FeedOptions, OpenSource, fetch_once};

use super::disk::wait_until;
use crate::support::TempDir;
use crate::support::rig::{NOON, Rig, Watch, board, fast, options};

#[test]
fn a_file_is_read_when_it_is_replaced() {
    let dir = TempDir::new();
    let path = dir.path().join("board.json");
    let rig = Rig::start(options(path.to_str().unwrap()));
    rig.inbox.wait_trouble(NoAnswer, "no such file");
    let replace = |content: &[u8]| {
        let next = dir.write("next", content);
        fs::rename(next, &path).unwrap();
    };
    replace(board(1).as_bytes());
    rig.inbox.wait_rev(1);
    replace(b"{\"format\":");
    rig.inbox.wait_trouble(BadData, "column");
    replace(&vec![b' '; (1 << 20) + 1]);
    rig.inbox.wait_trouble(BadData, "larger than 1 MiB");
    fs::remove_file(&path).unwrap();
    rig.inbox.wait_trouble(NoAnswer, "no such file");
    fs::create_dir(&path).unwrap();
    rig.inbox.wait_trouble(NoAccess, "board.json: this is a folder: write the name of the file in it");
    fs::remove_dir(&path).unwrap();
    assert_eq!(rig.inbox.revs(), [1], "the last board stays through all of it");
    replace(board(2).as_bytes());
    rig.inbox.wait_rev(2);
    // Written in place, in two halves: refused, then healed.
    fs::write(&path, &board(3)[..50]).unwrap();
    rig.inbox.wait_trouble(BadData, "column");
    fs::write(&path, board(3)).unwrap();
    rig.inbox.wait_rev(3);
}

#[test]
fn a_file_that_stays_renews_its_age_quietly() {
    let dir = TempDir::new();
    let path = dir.write("board.json", board(1));
    let rig = Rig::start(options(path.to_str().unwrap()));
    rig.inbox.wait_rev(1);
    let before = rig.inbox.updates().len();
    sleep(Duration::from_millis(200));
    assert_eq!(rig.inbox.updates().len(), before, "the clock stands: nothing to say");
    rig.watch.forward(60);
    let later = rig.watch.now();
    wait_until(|| rig.inbox.health().last_good == Some(later));
    assert_eq!(rig.inbox.revs(), [1]);
}

#[test]
fn a_single_fetch_reads_a_file() {
    let dir = TempDir::new();
    let path = dir.write("board.json", board(4));
    let clock = Watch::at(NOON).clock();
    assert_eq!(fetch_once(&options(path.to_str().unwrap()), &clock).unwrap().board.rev, Some(4));
    let failure = fetch_once(&options(dir.path().join("none").to_str().unwrap()), &clock).unwrap_err();
    assert!(failure.trouble.reason.contains("none: no such file"), "{failure}");
}

fn tape_line(ms: u64, rev: u64, as_of: &str) -> String {
    let body = board(rev).replacen("\"rev\"", &format!("\"as_of\":\"{as_of}\",\"rev\""), 1);
    format!("{{\"ms\":{ms},\"body\":{body}}}\n")
}

#[test]
fn a_tape_plays_and_brings_its_own_clock() {
    let dir = TempDir::new();
    let tape = tape_line(0, 1, "2017-10-01T17:00:00Z")
        + &tape_line(100, 2, "2017-10-02T17:00:00Z")
        + "{\"ms\":150,\"body\":{\"format\":\"salesboard/1\",\"slides\":[]}}\n"
        + &tape_line(250, 3, "2017-10-03T17:00:00Z");
    let path = dir.write("show.tape", tape);
    let mut options = options(path.to_str().unwrap());
    assert_eq!(fetch_once(&options, &Watch::at(NOON).clock()).unwrap().board.rev, Some(3), "its last body");
    if let OpenSource::Tape(tape) = &mut options.source {
        tape.repeat = false;
    }
    let rig = Rig::start(options);
    rig.inbox.wait_trouble(BadData, "slides");
    rig.inbox.wait_rev(3);
    assert_eq!(rig.inbox.revs(), [1, 2, 3]);
    let health = rig.inbox.health();
    assert!(matches!(health.clock, ClockFix::Show(_)));
    assert_eq!(health.wall_clock(NOON.parse().unwrap()), "2017-10-03T17:00:00Z".parse().unwrap());
}

#[test]
fn a_tape_that_repeats_starts_a_new_epoch() {
    let demo = tape_line(0, 1, "2017-10-01T17:00:00Z") + &tape_line(5, 2, "2017-10-02T17:00:00Z");
    let mut source = OpenSource::open(&FeedSource::Demo, &demo).unwrap();
    if let OpenSource::Tape(tape) = &mut source {
        assert!(tape.repeat);
        // The last body stands for at least five seconds, so time is what this test takes.
        assert_eq!(tape.tape.lap_ms(), 5005);
    }
    let rig = Rig::start(FeedOptions { limits: fast(), ..FeedOptions::new(source) });
    rig.inbox.wait("a second lap", |_| true);
    wait_until(|| rig.inbox.revs().len() >= 2);
    sleep(Duration::from_millis(4500));
    wait_until(|| rig.inbox.revs().len() >= 4);
    let boards = rig.inbox.boards();
    assert_eq!(rig.inbox.revs()[..4], [1, 2, 1, 2]);
    assert!(boards[0].epoch == boards[1].epoch && boards[1].epoch != boards[2].epoch, "a reset");
}

#[test]
fn a_broken_tape_names_file_and_line() {
    let dir = TempDir::new();
    let open = |name: &str| OpenSource::open(&FeedSource::Tape(dir.path().join(name)), "").unwrap_err().reason;
    dir.write("a.tape", tape_line(0, 1, "2017-10-01T17:00:00Z") + "{\"ms\":1}");
    assert!(open("a.tape").contains("a.tape: line 2: ") && open("a.tape").contains("body"), "{}", open("a.tape"));
    dir.write("b.tape", b"{\"ms\":0,\"body\":1}\n\xff");
    assert!(open("b.tape").contains("line 2: not UTF-8"), "{}", open("b.tape"));
    assert!(open("c.tape").contains("c.tape"));
}

#[test]
fn a_table_that_is_not_called_one_is_told_how() {
    let dir = TempDir::new();
    let ask = |name: &str, content: &[u8]| {
        let path = dir.write(name, content);
        fetch_once(&options(path.to_str().unwrap()), &Watch::at(NOON).clock()).unwrap_err().trouble.reason
    };
    let hint = "ends in .csv, .tsv or .xlsx";
    for text in ["Owner,Amount\nAna,7\n", "Owner\tAmount\nAna\t7\n", "Owner;Amount\n"] {
        let reason = ask("deals.txt", text.as_bytes());
        assert!(reason.contains("not valid JSON") && reason.contains(hint), "{reason}");
    }
    let reason = ask("deals", b"PK\x03\x04\xff");
    assert!(reason.contains("this is a workbook, not JSON") && reason.contains(".xlsx"), "{reason}");
    for text in ["{\"a\": 1,", "[1,", "nonsense"] {
        let reason = ask("board.json", text.as_bytes());
        assert!(!reason.contains(hint), "{reason}");
    }
}
