//! The store on a real disk: every step at which the power can go, damaged files, a directory that cannot be written.

use std::fs;

use floorcast::store::{Entry, Store};

use crate::support::{Log, TempDir};

fn entry(text: &str) -> Entry {
    Entry { key: "feed".into(), at: "2026-01-05T09:00:00Z".parse().unwrap(), bytes: text.as_bytes().to_vec() }
}

#[test]
fn an_entry_survives_a_restart() {
    let dir = TempDir::new();
    let path = dir.path().join("state");
    Store::open(&path).put("board", entry("one"));
    let store = Store::open(&path);
    assert_eq!(store.get("board"), Some(entry("one")));
    store.put("board", entry("two"));
    assert_eq!(Store::open(&path).get("board"), Some(entry("two")));
    assert_eq!(store.get("events"), None);
}

#[test]
fn the_power_may_go_at_any_step_of_a_write() {
    let new = entry("new").encode();
    // While the temp file is written: any prefix of it lies beside the old entry.
    for cut in [0, 1, new.len() / 2, new.len() - 1, new.len()] {
        let dir = TempDir::new();
        Store::open(dir.path()).put("board", entry("old"));
        dir.write("board.tmp", &new[..cut]);
        let store = Store::open(dir.path());
        assert_eq!(store.get("board"), Some(entry("old")), "cut at {cut}");
        assert_eq!(dir.names(), ["board"], "the temp file is swept");
        store.put("board", entry("new"));
        assert_eq!(Store::open(dir.path()).get("board"), Some(entry("new")), "cut at {cut}");
    }
    // After the rename.
    let dir = TempDir::new();
    dir.write("board.tmp", &new);
    fs::rename(dir.path().join("board.tmp"), dir.path().join("board")).unwrap();
    assert_eq!(Store::open(dir.path()).get("board"), Some(entry("new")));
}

#[test]
fn a_damaged_file_is_dropped_with_one_warning() {
    let good = entry("a board").encode();
    let mut flipped = good.clone();
    let last = flipped.len() - 1;
    flipped[last] ^= 1;
    let corpus: [&[u8]; 6] = [b"", b"\0\0\0\0", b"{\"format\":\"salesboard/1\"}", &good[..40], &good[..last], &flipped];
    for damaged in corpus {
        let dir = TempDir::new();
        dir.write("board", damaged);
        let store = Store::open(dir.path());
        let log = Log::default();
        tracing::subscriber::with_default(log.subscriber(), || {
            assert_eq!(store.get("board"), None);
            assert_eq!(store.get("board"), None);
        });
        assert_eq!(log.count("WARN"), 1, "{:?}", log.lines());
        assert!(dir.names().is_empty(), "dropped");
        store.put("board", entry("next"));
        assert_eq!(store.get("board"), Some(entry("next")));
    }
}

#[test]
fn an_unwritable_directory_is_one_warning_and_memory() {
    let dir = TempDir::new();
    let file = dir.write("a-file", "");
    let log = Log::default();
    tracing::subscriber::with_default(log.subscriber(), || {
        let store = Store::open(&file.join("state"));
        for round in 0..5 {
            store.put("board", entry(&format!("round {round}")));
        }
        assert_eq!(store.get("board"), Some(entry("round 4")));
    });
    assert_eq!(log.count("WARN"), 1, "{:?}", log.lines());
}

#[test]
fn a_disk_that_can_be_written_again_is_used_again() {
    let dir = TempDir::new();
    let state = dir.path().join("state");
    let store = Store::open(&state);
    fs::remove_dir(&state).unwrap();
    store.put("board", entry("in memory"));
    assert_eq!(store.get("board"), Some(entry("in memory")));
    fs::create_dir(&state).unwrap();
    store.put("board", entry("on disk"));
    assert_eq!(store.get("board"), Some(entry("on disk")));
    assert_eq!(Store::open(&state).get("board"), Some(entry("on disk")));
}

#[test]
fn names_stay_inside_the_directory() {
    let dir = TempDir::new();
    let store = Store::open(&dir.path().join("state"));
    for name in ["../outside", "/etc/hostname", "", ".", "a/b", "Board"] {
        store.put(name, entry("x"));
        assert_eq!(store.get(name), None, "{name:?}");
    }
    assert_eq!(dir.names(), ["state"]);
}

#[test]
fn a_store_in_memory_keeps_what_it_is_given() {
    let store = Store::in_memory();
    store.put("events", entry("ids"));
    assert_eq!(store.clone().get("events"), Some(entry("ids")));
}
