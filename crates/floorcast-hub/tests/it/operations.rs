//! Backups, moves, plans, the demo, first accounts.

use std::path::Path;

use floorcast_hub::ops::private_backup::KeyPlace;
use floorcast_hub::ops::{apply, backup, demo, doctor};
use floorcast_hub::sources::undo::undo;
use floorcast_hub::store::{Store, floor as floors, hash, transfer};

use crate::support::{Floor, Folder, deals, deals_csv, now, teams_csv};

fn full() -> Floor {
    let floor = Floor::new();
    floor.import(&[("crm.csv", &deals_csv(&deals(400, 11))), ("teams.csv", &teams_csv())]);
    floor
}

#[test]
fn a_backup_is_restored_and_a_damaged_one_is_not() {
    let (floor, folder) = (full(), Folder::new());
    let usual = KeyPlace::Usual(folder.0.join("restored"));
    let made = backup::make((&floor.store, None), &folder.0, "test", now()).unwrap();
    assert_eq!(made.manifest.floor_hash, floor.hash().hash);
    assert_eq!(backup::newest(&folder.0).unwrap(), made.file);
    assert_eq!(backup::verify(&made.file, &folder.0, &usual, now()).unwrap(), made.manifest);
    let place = folder.0.join("restored");
    backup::restore(&made.file, (&place, false), &usual, now()).unwrap();
    assert_eq!(Store::open(&place, now()).unwrap().read(hash::floor).unwrap(), floor.hash());
    // There are names and hashes of passwords in it.
    for path in [&made.file, &place, &place.join("floor.db")] {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = path.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{} is {mode:o}", path.display());
    }
    let said = backup::restore(&made.file, (&place, false), &usual, now()).unwrap_err();
    assert!(said.contains("a floor in") && said.contains("--replace"), "{said}");
    backup::restore(&made.file, (&place, true), &usual, now()).unwrap();
    let mut bytes = std::fs::read(&made.file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&made.file, bytes).unwrap();
    assert!(backup::verify(&made.file, &folder.0, &usual, now()).unwrap_err().contains("is damaged"));
    let scratch = std::fs::read_dir(&folder.0)
        .unwrap()
        .flatten()
        .filter(|of| of.file_name().to_string_lossy().contains("scratch"))
        .count();
    assert_eq!(scratch, 0, "nothing is left behind");
}

fn moves_to(place: &Path) -> (Floor, Store) {
    let floor = full();
    let to = Store::open(place, now()).unwrap();
    transfer::copy(&floor.store, &to).unwrap();
    assert_eq!(to.read(hash::floor).unwrap(), floor.hash());
    let said = transfer::copy(&floor.store, &to).unwrap_err().to_string();
    assert!(said.contains("choose an empty place"), "{said}");
    (floor, to)
}

#[test]
fn a_floor_moves_into_another_folder() {
    let folder = Folder::new();
    moves_to(&folder.0.join("b"));
}

#[cfg(feature = "postgres")]
#[test]
fn a_floor_moves_to_a_server_and_back_and_stays_the_same() {
    let (floor, server) = moves_to(&crate::postgres::database());
    let folder = Folder::new();
    let back = Store::open(&folder.0.join("back"), now()).unwrap();
    transfer::copy(&server, &back).unwrap();
    assert_eq!(back.read(hash::floor).unwrap(), floor.hash());
    // What is on a server is backed up as a file that any hub restores.
    let usual = KeyPlace::Usual(folder.0.join("back"));
    let made = backup::make((&server, None), &folder.0.join("backups"), "test", now()).unwrap();
    assert_eq!(backup::verify(&made.file, &folder.0, &usual, now()).unwrap().floor_hash, floor.hash().hash);
}

#[test]
fn a_plan_sets_up_a_floor_and_can_be_taken_back() {
    let floor = Floor::new();
    let settings = || floor.store.read(floors::get).unwrap();
    let (before, begun) = (floor.hash(), settings());
    let text = "[floor]\nname = \"Northwind\"\ncurrency = \"EUR\"\n[[team]]\nname = \"Porto\"\nlead = \"Rui\"\n[[person]]\nname = \"Ana\"\nteam = \"Porto\"\n\
                [[metric]]\nid = \"meetings\"\nkind = \"leading\"\nleads_to = \"won\"\n[[metric]]\nid = \"calls\"\nkind = \"leading\"\nleads_to = \"meetings\"\n\
                [[goal]]\nmetric = \"won\"\nteam = \"Porto\"\nfrom = \"2026-12-01\"\nto = \"2027-01-01\"\ntarget = 210000.5\n";
    let plan = apply::parse(text).unwrap();
    let dry = floor.store.read(|tx| apply::apply(tx, &plan, false, now())).unwrap();
    assert_eq!((dry.run, dry.lines.len(), floor.hash()), (None, 7, before.clone()));
    let done = floor.store.write(|tx| apply::apply(tx, &plan, true, now())).unwrap();
    assert_eq!((settings().name.as_str(), settings().currency.as_str()), ("Northwind", "EUR"));
    let other = apply::parse(&text.replace("Northwind", "Southwind").replace("210000.5", "220000")).unwrap();
    let told = floor.store.read(|tx| apply::apply(tx, &other, false, now())).unwrap().lines;
    let goal = "change goal of Porto for won from 2026-12-01 to 2027-01-01: target 210000.5 → 220000";
    assert_eq!(told, ["change the settings of the floor: name \"Northwind\" → \"Southwind\"", goal]);
    let again = floor.store.write(|tx| apply::apply(tx, &plan, true, now())).unwrap();
    assert_eq!(again.lines, Vec::<String>::new());
    let undone = floor.store.write(|tx| undo(tx, &done.run.unwrap(), now())).unwrap();
    assert_eq!((undone.kept, floor.hash(), settings()), (vec![], before, begun));
    let wrong = apply::parse("[floor]\ntz = \"Mars\"\n").unwrap_err();
    assert_eq!(wrong, "[floor] tz = \"Mars\": expected an IANA time zone like \"Europe/Berlin\"");
    let wrong = apply::parse("[floor]\nlisten = \"127.0.0.1:1\"\n").unwrap_err();
    assert!(wrong.contains("unknown field `listen`"), "{wrong}");
    let wrong = apply::parse("[[goal]]\nmetric = \"won\"\nform = \"2026-12-01\"\n").unwrap_err();
    assert!(wrong.contains("line 3") && wrong.contains("form"), "{wrong}");
    let none = text.replace("210000.5", "0");
    let said =
        floor.store.write(|tx| apply::apply(tx, &apply::parse(&none).unwrap(), true, now())).unwrap_err().to_string();
    assert!(said.starts_with("line 18: ") && said.contains("above 0"), "{said}");
    // Everything that is wrong is told, each with its line.
    let two = text.replace("metric = \"won\"", "metric = \"wonn\"")
        + "[[goal]]\nmetric = \"won\"\nteam = \"Prto\"\nfrom = \"1\"\nto = \"2\"\ntarget = 1\n";
    let said =
        floor.store.read(|tx| apply::apply(tx, &apply::parse(&two).unwrap(), false, now())).unwrap_err().to_string();
    assert!(said.contains("line 18: ") && said.contains("metric \"wonn\""), "{said}");
    assert!(said.contains("line 24: there is no team \"Prto\"; there are Porto"), "{said}");
}

#[test]
fn the_demo_fills_an_empty_floor_and_no_other() {
    let floor = Floor::new();
    let made = floor.store.write(|tx| demo::fill(tx, now())).unwrap();
    assert!(made.facts > 3_000, "{}", made.facts);
    assert_eq!(made.invitations.len(), 3);
    let refused = floor.store.write(|tx| demo::fill(tx, now())).err().map(|error| error.to_string());
    assert!(refused.as_deref().is_some_and(|said| said.contains("needs an empty one")), "{refused:?}");
    let found = doctor::examine(&floor.store, now());
    let broken: Vec<_> = found.iter().filter(|of| of.health == doctor::Health::Broken).collect();
    assert!(broken.is_empty() && found.len() >= 7, "{broken:?}");
}
