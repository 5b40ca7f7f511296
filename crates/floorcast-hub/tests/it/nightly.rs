//! The backup of each day: one of all programs on a floor makes it, it is proven, and what failed is told.

use std::path::Path;
use std::sync::Arc;

use floorcast_hub::access::Viewer;
use floorcast_hub::ops::backup;
use floorcast_hub::ops::doctor::{self, Health};
use floorcast_hub::ops::nightly::Nightly;
use floorcast_hub::ops::private_backup::KeyPlace;
use floorcast_hub::sources::facts::keep;
use floorcast_hub::store::private::training::{self, CourseRow};
use floorcast_hub::store::private::{self, Private};
use floorcast_hub::store::{Store, backups, hash};
use jiff::{SignedDuration, Timestamp};

use crate::support::{Folder, now, sent};

fn later(hours: i64) -> Timestamp {
    now() + SignedDuration::from_hours(hours)
}

fn node(place: &Path, folder: &Path, machine: &str) -> Nightly {
    let key = folder.join("key");
    std::fs::write(&key, "a long passphrase\n").unwrap();
    Nightly {
        store: Arc::new(Store::open(place, now()).unwrap()),
        private: Arc::new(Private::open(place, now()).unwrap()),
        place: place.to_owned(),
        folder: Some(folder.join("backups")),
        key_file: Some(key),
        keep: 2,
        version: "test",
        machine: machine.to_owned(),
    }
}

fn facts(store: &Store, call: usize) {
    let facts = sent(&call.to_string(), 20);
    store.write(|tx| keep(tx, "api", &facts, &Viewer::Owner, now())).unwrap().unwrap();
}

/// What the doctor says of backups.
fn told(store: &Store, at: Timestamp) -> (Health, String) {
    let found = doctor::examine(store, at).into_iter().find(|of| of.what == "backups").unwrap();
    (found.health, found.text + " → " + &found.fix.unwrap_or_default())
}

/// Two programs on one floor, its backup, and what comes of it at another place.
fn of_two(place: &Path, other: &Path) {
    let folder = Folder::new();
    let nodes = ["alpha", "beta"].map(|machine| node(place, &folder.0, machine));
    let course = CourseRow { id: "c".into(), title: "Calls".into(), axis: "calls".into(), url: None, minutes: None };
    nodes[0].private.write(|tx| training::put_course(tx, &course)).unwrap();
    facts(&nodes[0].store, 0);
    assert_eq!(told(&nodes[0].store, now()).0, Health::Warning, "there is none");
    // While both look whether it is due, more comes in: the copy is of one moment.
    let made: Vec<backup::Backup> = std::thread::scope(|scope| {
        let writer = scope.spawn(|| (1..30).for_each(|call| facts(&nodes[1].store, call)));
        let rounds = nodes.each_ref().map(|node| scope.spawn(|| node.round(now()).unwrap()));
        let made = rounds.into_iter().filter_map(|round| round.join().unwrap()).collect();
        writer.join().unwrap();
        made
    });
    let [made] = &made[..] else { panic!("{} backups", made.len()) };
    assert!(made.manifest.facts % 20 == 0 && made.manifest.facts >= 20, "{}", made.manifest.facts);
    let (health, text) = told(&nodes[1].store, later(5));
    assert!(health == Health::Ok && text.contains("5 hours old"), "{text}");
    // It comes back at an empty place of the same kind, with what is encrypted.
    let keys = KeyPlace::Named(folder.0.join("key"));
    assert!(backup::restore(&made.file, (other, false), &keys, now()).is_ok());
    let restored = Store::open(other, now()).unwrap().read(hash::floor).unwrap();
    assert_eq!((restored.hash, restored.facts), (made.manifest.floor_hash.clone(), made.manifest.facts));
    let rows = |place: &Path| Private::open(place, now()).unwrap().read(private::rows).unwrap();
    assert_eq!((rows(other), made.manifest.private.as_ref().unwrap().rows), (rows(place), rows(place)));
    // The next one is due a day later, whoever makes it.
    assert!(nodes.iter().all(|node| node.round(later(23)).unwrap().is_none()));
    assert!(nodes[1].round(later(25)).unwrap().is_some());
    assert!(nodes[0].round(later(25)).unwrap().is_none());
    let (health, text) = told(&nodes[0].store, later(25 + 73));
    assert!(health == Health::Warning && text.contains("3 days old"), "{text}");
    // The third one takes the first away, with everything that belongs to it, and nothing that is no backup.
    let kept = folder.0.join("backups");
    for other in ["floor-before-20200101-000000.db", "floor-20200101-000000.db.txt", "notes.json"] {
        std::fs::write(kept.join(other), "").unwrap();
    }
    std::fs::write(kept.join("floor-20200101-000000.private.age"), "").unwrap();
    let newest = nodes[1].round(later(50)).unwrap().unwrap();
    let mut left: Vec<String> = std::fs::read_dir(&kept)
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.'))
        .collect();
    left.sort();
    let of = |stem: &str| [".db", ".json", ".private.age"].map(|ending| format!("{stem}{ending}"));
    let others = ["floor-20200101-000000.db.txt", "floor-before-20200101-000000.db", "notes.json"].map(str::to_owned);
    let mut expected = [of("floor-20261130-130000"), of("floor-20261201-140000"), others].concat();
    expected.sort();
    assert_eq!(left, expected);
    assert!(!made.file.exists() && newest.file.exists());
}

#[test]
fn of_two_programs_on_a_folder_one_makes_the_backup() {
    let (place, other) = (Folder::new(), Folder::new());
    of_two(&place.0, &other.0.join("restored"));
}

#[cfg(feature = "postgres")]
#[test]
fn of_two_nodes_on_a_server_one_makes_the_backup_and_it_comes_back_on_another_server() {
    let [place, other] = [(); 2].map(|()| crate::postgres::database());
    of_two(&place, &other);
}

#[cfg(feature = "postgres")]
#[test]
fn what_a_killed_node_began_another_makes_and_what_failed_is_told() {
    let folder = Folder::new();
    let place = crate::postgres::database();
    let a = node(&place, &folder.0, "alpha");
    let unsaid = Nightly { folder: None, ..node(&place, &folder.0, "beta") };
    assert_eq!((unsaid.folder(), unsaid.round(now())), (None, Ok(None)), "a server has no folder by itself");
    let (_, text) = told(&a.store, now());
    assert!(text.contains("there is none") && text.contains("backup_dir"), "{text}");
    // A node takes its turn and is killed.
    let lease = 2 * 3_600_000_000;
    a.store.queue(|tx| backups::take(tx, now().as_microsecond(), lease)).unwrap().unwrap();
    assert!(a.round(later(1)).unwrap().is_none());
    // The next one finds a file where the folder should be, says so, and tries again an hour later.
    std::fs::write(folder.0.join("backups"), "").unwrap();
    let said = a.round(later(3)).unwrap_err();
    assert!(said.contains("backups"), "{said}");
    let (health, text) = told(&a.store, later(3));
    assert!(health == Health::Warning && text.contains("there is none; the last try failed: "), "{text}");
    std::fs::remove_file(folder.0.join("backups")).unwrap();
    assert!(a.round(later(3)).unwrap().is_none());
    let made = a.round(later(4)).unwrap().unwrap();
    assert_eq!(backup::last(&folder.0.join("backups")).unwrap(), made.manifest);
    let (health, text) = told(&a.store, later(4));
    assert!(health == Health::Ok && text.contains("on alpha") && text.contains("0 minutes old"), "{text}");
}
