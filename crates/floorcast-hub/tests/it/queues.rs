//! Rows that nodes on one PostgreSQL server take from each other: each is taken once, nobody waits, and a killed node leaves none behind.
#![expect(clippy::disallowed_methods, reason = "a worker of a test is killed, and waits have ends")]

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use floorcast_hub::store::sources::{self, SourceRow};
use floorcast_hub::store::{Store, outbox};

use crate::support::now;

const PLACE: &str = "FLOORCAST_QUEUE_PLACE";

/// Longer than anything here takes, however busy the machine is.
const PATIENCE: Duration = Duration::from_secs(60);

const LEASE: i64 = 300_000_000;

fn at() -> i64 {
    now().as_microsecond()
}

fn take(store: &Store, at: i64) -> Option<String> {
    store.queue(|tx| outbox::take(tx, at, LEASE)).unwrap().map(|job| job.id)
}

fn filled(jobs: usize) -> (PathBuf, [Store; 2]) {
    let place = crate::postgres::database();
    let nodes = [(); 2].map(|()| Store::open(&place, now()).unwrap());
    nodes[0]
        .write(|tx| {
            for n in 0..jobs {
                outbox::put(tx, &format!("j{n:04}"), "hook.x", "{}", at() - 1)?;
            }
            Ok(())
        })
        .unwrap();
    (place, nodes)
}

#[test]
fn a_row_that_a_node_is_taking_is_left_out_and_nobody_waits() {
    let (_, [a, b]) = filled(3);
    let (first, second) = a
        .queue(|tx| {
            let first = outbox::take(tx, at(), LEASE)?.map(|job| job.id);
            // The row is locked until this transaction ends.
            Ok((first, take(&b, at())))
        })
        .unwrap();
    assert_eq!([first.as_deref(), second.as_deref()], [Some("j0000"), Some("j0001")]);
    // A long import holds the lock of whoever writes; what goes out does not wait for it.
    let third = a.write(|_| Ok(take(&b, at()))).unwrap();
    assert_eq!((third.as_deref(), take(&a, at())), (Some("j0002"), None));
    // The same for sources that are asked from time to time.
    let source = SourceRow { id: "s".into(), kind: "folder".into(), every_s: Some(60), ..SourceRow::default() };
    a.write(|tx| sources::put(tx, &source)).unwrap();
    let looked = a.queue(|tx| {
        let mine = sources::claim(tx, &source, 5)?;
        Ok((mine, b.queue(|tx| sources::claim(tx, &source, 5))?))
    });
    assert_eq!(looked, Ok((true, false)));
    assert_eq!(b.queue(|tx| sources::claim(tx, &source, 6)), Ok(false), "it was looked at");
}

#[test]
fn two_nodes_take_each_row_once() {
    let (_, nodes) = filled(300);
    let work = |store: &Store| {
        let mut taken = Vec::new();
        while let Some(job) = store.queue(|tx| outbox::take(tx, at(), LEASE)).unwrap() {
            assert!(store.queue(|tx| outbox::done(tx, &job, at())).unwrap());
            taken.push(job.id);
        }
        taken
    };
    let mut all = std::thread::scope(|scope| {
        let running = [&nodes[0], &nodes[1], &nodes[0], &nodes[1]].map(|node| scope.spawn(move || work(node)));
        running.map(|one| one.join().unwrap()).concat()
    });
    all.sort();
    assert_eq!(all, (0..300).map(|n| format!("j{n:04}")).collect::<Vec<_>>());
}

/// The other process: takes a row and never comes back.
#[test]
#[ignore = "started by the other test of this file"]
fn worker() {
    let Some(place) = std::env::var_os(PLACE) else { return };
    let store = Store::open(Path::new(&place), now()).unwrap();
    // One is taken whole, the second is being taken.
    let first = take(&store, at());
    store
        .queue(|tx| {
            let second = outbox::take(tx, at(), LEASE)?.map(|job| job.id);
            println!("\ntaken {} {}", first.unwrap_or_default(), second.unwrap_or_default());
            std::io::stdout().flush().ok();
            // Whoever started this kills it.
            std::thread::sleep(10 * PATIENCE);
            Ok(())
        })
        .unwrap();
}

#[test]
fn what_a_killed_node_had_taken_is_taken_up_again() {
    let (place, [_, other]) = filled(3);
    let program = std::env::current_exe().unwrap();
    let mut killed = Command::new(program)
        .args(["--exact", "queues::worker", "--ignored", "--nocapture"])
        .env(PLACE, &place)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(killed.stdout.take().unwrap()).lines();
    let taken = lines.map_while(Result::ok).find(|line| line.starts_with("taken ")).unwrap();
    assert_eq!(taken, "taken j0000 j0001");
    assert_eq!(take(&other, at()).as_deref(), Some("j0002"), "what is being taken is left out");
    assert_eq!(take(&other, at()), None);
    killed.kill().unwrap();
    killed.wait().unwrap();
    // What was being taken is free as soon as the server knows; what was taken, when its time is over.
    let deadline = Instant::now() + PATIENCE;
    let again = loop {
        match take(&other, at()) {
            Some(job) => break job,
            None => assert!(Instant::now() < deadline, "j0001 is not taken up again"),
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    assert_eq!((again.as_str(), take(&other, at())), ("j0001", None));
    let later = other.queue(|tx| outbox::take(tx, at() + LEASE, LEASE)).unwrap();
    assert_eq!(later.map(|job| (job.id, job.tries)), Some(("j0000".into(), 2)));
}
