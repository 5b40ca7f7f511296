//! Kill -9 at random points: what was answered is there afterwards, and the file is whole.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use floorcast_hub::access::Viewer;
use floorcast_hub::ops::backup;
use floorcast_hub::ops::private_backup::{Key, KeyPlace};
use floorcast_hub::publish::Publisher;
use floorcast_hub::sources::facts::keep;
use floorcast_hub::sources::{commit, plan};
use floorcast_hub::store::private::Private;
use floorcast_hub::store::{Store, boards, hash, runs, sources};

use crate::support::{Deal, Dice, Folder, deals_csv, now, read_for, sent};

/// Rounds of each kind of work, in lanes that run at the same time: most of a round is waiting. `scripts/kill_points.sh` asks
/// for more.
const ROUNDS: u64 = 50;
const LANES: u64 = 5;

fn rounds_of_a_lane() -> u64 {
    let asked = std::env::var("FLOORCAST_KILL_POINTS").ok().and_then(|n| n.parse().ok());
    asked.unwrap_or(ROUNDS) / LANES
}

pub const FOLDER: &str = "FLOORCAST_CRASH_FOLDER";
pub const WORK: &str = "FLOORCAST_CRASH_WORK";
/// How many pieces of work are done if nobody kills the worker.
pub const WORK_ROUNDS: &str = "FLOORCAST_CRASH_WORK_ROUNDS";

/// The other process: does one piece of work after the other and says which of them is done.
#[test]
#[ignore = "started by other tests"]
fn worker() {
    let (Some(folder), Ok(work)) = (std::env::var_os(FOLDER), std::env::var(WORK)) else { return };
    let folder = Path::new(&folder);
    say("begin");
    let store = Arc::new(Store::open(&folder.join("db"), now()).unwrap());
    let publisher = Publisher::new(store.clone()).unwrap();
    let private = Private::open(&folder.join("db"), now()).unwrap();
    let key = Key::of_floor(None, &folder.join("db")).unwrap();
    say("open");
    let rounds = std::env::var(WORK_ROUNDS).ok().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    for at in 0..rounds {
        let done = match work.as_str() {
            "facts" => facts(&store, at),
            "webhook" => delivered(&store, at),
            "import" => import(&store, at),
            "publish" => {
                facts(&store, at);
                publisher.rebuild().unwrap();
                store.read(|tx| boards::published(tx, "main")).unwrap().unwrap().rev.to_string()
            }
            "backup" => {
                facts(&store, at);
                // A second for each, of each process: names have seconds.
                let when = now()
                    .checked_add(jiff::SignedDuration::from_secs(i64::from(std::process::id()) * 1_000 + i64::from(at)))
                    .unwrap();
                backup::make((&store, Some((&private, &key))), &folder.join("backups"), "test", when)
                    .unwrap()
                    .file
                    .display()
                    .to_string()
            }
            _ => return,
        };
        say(&format!("done {done}"));
    }
}

fn say(line: &str) {
    let mut out = std::io::stdout();
    writeln!(out, "\n{line}").unwrap();
    out.flush().unwrap();
}

/// A delivery of another system: that it came, and what it brought, are kept together.
fn delivered(store: &Store, at: u32) -> String {
    let id = format!("W{at}-{}", std::process::id());
    let given = sent(&id, 20);
    let taken = store.write(|tx| {
        let taken = sources::deliver(tx, "crm", &id, now().as_microsecond(), i64::MAX / 4)?;
        keep(tx, "api", &given, &Viewer::Owner, now())?.unwrap();
        Ok(taken)
    });
    assert!(taken.unwrap());
    id
}

fn facts(store: &Store, at: u32) -> String {
    let id = format!("F{at}-{}", std::process::id());
    let given = sent(&id, 20);
    store.write(|tx| keep(tx, "api", &given, &Viewer::Owner, now())).unwrap().unwrap();
    id
}

fn import(store: &Store, at: u32) -> String {
    let day = "2026-11-02".parse().unwrap();
    let deal = |n: u32| Deal {
        id: format!("{at}-{n}-{}", std::process::id()),
        agent: n as usize % 30,
        stage: "Won",
        day,
        value: 5,
    };
    let csv = deals_csv(&(0..300).map(deal).collect::<Vec<_>>());
    let read = read_for(store, vec![("deals.csv".into(), csv.into_bytes())]).unwrap();
    let import = |tx: &mut floorcast_hub::store::Tx<'_>| {
        let plan = plan::plan(tx, &read, "file", now())?;
        commit::commit(tx, &plan, &Viewer::Owner, now())
    };
    store.write(import).unwrap()
}

/// Starts the worker, kills it after a random time, and hands over what it said was done.
fn killed(folder: &Path, work: &str, micros: u64) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::worker", "--ignored", "--nocapture"])
        .env(FOLDER, folder)
        .env(WORK, work)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    // The time runs from the moment at which it begins, so that the opening is hit too.
    while lines.next().unwrap().unwrap() != "begin" {}
    std::thread::sleep(Duration::from_micros(micros));
    child.kill().unwrap();
    child.wait().unwrap();
    // The last line may be half of one: then its work was not said to be done.
    let rest = lines.map_while(Result::ok).collect::<Vec<_>>();
    rest.iter().filter_map(|line| line.strip_prefix("done ")).map(str::to_owned).collect()
}

fn rounds(work: &str, most_ms: u64, check: impl Fn(&Path, &Store, &[String]) + Sync) {
    let check = &check;
    let fruitful: usize = std::thread::scope(|scope| {
        let lanes: Vec<_> = (0..LANES).map(|at| scope.spawn(move || lane(work, (at, most_ms), check))).collect();
        lanes.into_iter().map(|lane| lane.join().unwrap()).sum()
    });
    assert!(fruitful > 0, "no round got as far as an answer: nothing was tested");
}

/// A part of the rounds, in a folder of its own. How many of them got as far as an answer.
fn lane(work: &str, (at, most_ms): (u64, u64), check: &(impl Fn(&Path, &Store, &[String]) + Sync)) -> usize {
    let folder = Folder::new();
    let (mut dice, mut all, mut fruitful) = (Dice(work.len() as u64 * 7_919 + at), Vec::new(), 0);
    let (mut most_us, mut barren) = (most_ms * 1_000, 0);
    for round in 0..rounds_of_a_lane() {
        let done = killed(&folder.0, work, dice.roll(most_us));
        fruitful += usize::from(!done.is_empty());
        // A machine that has much else to do gets more time, until something is answered.
        barren = if done.is_empty() { barren + 1 } else { 0 };
        if barren == 3 {
            (most_us, barren) = ((most_us * 4).min(8_000_000), 0);
        }
        all.extend(done);
        let store = Store::open(&folder.0.join("db"), now()).unwrap();
        store.check().unwrap();
        check(&folder.0, &store, &all);
        drop(store);
        // A floor that is new again is killed while it is made.
        if round % 5 == 4 {
            std::fs::remove_dir_all(&folder.0).unwrap();
            std::fs::create_dir(&folder.0).unwrap();
            all.clear();
        }
    }
    fruitful
}

#[test]
fn facts_that_were_answered_are_there() {
    rounds("facts", 120, |_, store, done| {
        let facts = store.read(hash::floor).unwrap().facts;
        assert!(facts % 20 == 0 && facts >= done.len() * 20, "{facts} facts of {} calls", done.len());
    });
}

/// A delivery that was answered is not taken again, one that was not is.
#[test]
fn deliveries_that_were_answered_are_there_once() {
    rounds("webhook", 120, |_, store, done| {
        let facts = store.read(hash::floor).unwrap().facts;
        assert!(facts % 20 == 0 && facts >= done.len() * 20, "{facts} facts of {} deliveries", done.len());
        let again =
            |id: &String| store.write(|tx| sources::deliver(tx, "crm", id, now().as_microsecond(), i64::MAX / 4));
        assert!(done.iter().all(|id| !again(id).unwrap()), "a delivery is taken twice");
    });
}

#[test]
fn imports_that_were_answered_are_there_whole() {
    rounds("import", 400, |_, store, done| {
        let held = store.read(|tx| runs::list(tx, 100_000)).unwrap();
        assert!(done.iter().all(|run| held.iter().any(|of| of.id == *run)), "a run is lost");
        let facts = store.read(hash::floor).unwrap().facts;
        assert_eq!(facts, held.len() * 600, "half a run is there");
    });
}

/// What a wall was given is what the next hub gives, and never an older one.
#[test]
fn boards_that_were_published_are_there() {
    rounds("publish", 400, |_, store, done| {
        let held = store.read(|tx| boards::published(tx, "main")).unwrap();
        let rev = held.map_or(0, |held| held.rev);
        let most = done.iter().filter_map(|rev| rev.parse::<i64>().ok()).max().unwrap_or(0);
        assert!(rev >= most, "revision {most} was given to walls, {rev} is held");
    });
}

#[test]
fn a_floor_that_was_killed_while_it_was_made_opens() {
    let one = |at: u64| {
        let (folder, mut dice) = (Folder::new(), Dice(5 + at));
        for _ in 0..rounds_of_a_lane() {
            let done = killed(&folder.0, "nothing", dice.roll(40_000));
            assert_eq!(done, Vec::<String>::new());
            let store = Store::open(&folder.0.join("db"), now()).unwrap();
            store.check().unwrap();
            assert_eq!(store.read(floorcast_hub::store::metrics::list).unwrap().len(), 2);
            drop(store);
            std::fs::remove_dir_all(folder.0.join("db")).unwrap();
        }
    };
    std::thread::scope(|scope| (0..LANES).for_each(|at| _ = scope.spawn(move || one(at))));
}

#[test]
fn a_backup_that_was_answered_can_be_restored_and_no_half_one_is_one() {
    rounds("backup", 300, |folder, _, done| {
        assert!(done.iter().all(|file| Path::new(file).exists()), "a backup is lost");
        if let Ok(newest) = backup::newest(&folder.join("backups")) {
            let verified =
                backup::verify(&newest, &folder.join("db"), &KeyPlace::Usual(folder.join("db")), now()).unwrap();
            assert!(verified.private.is_some());
        }
    });
}
