//! A disk that is full: each kind of work is refused in words, what was answered stays, and with room again it goes on.

use std::path::Path;
use std::process::Command;

use floorcast_hub::access::Viewer;
use floorcast_hub::ops::backup;
use floorcast_hub::sources::facts::keep;
use floorcast_hub::store::private::Private;
use floorcast_hub::store::private::templates::{self, TemplateRow};
use floorcast_hub::store::{Error, Store, hash};

use crate::support::{Folder, now, sent};

const FOLDER: &str = "FLOORCAST_FULL_FOLDER";

/// A file system of a few megabytes in memory, which nobody but the worker sees.
const SMALL_DISK: &str =
    "mount -t tmpfs -o size=6m small \"$1\" && exec \"$2\" --exact full::worker --ignored --nocapture";

#[test]
#[ignore = "started by the other test of this file"]
fn worker() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let folder = Path::new(&folder);
    let (place, ballast) = (folder.join("db"), folder.join("ballast"));
    std::fs::write(&ballast, vec![1; 2 << 20]).unwrap();
    let store = Store::open(&place, now()).unwrap();
    let private = Private::open(&place, now()).unwrap();
    let (mut answered, said) = fill(&store, 0);
    println!("\nfacts: {said}");
    assert!(matches!(said, Error::Full(_)), "{said:?}");
    assert!(answered > 0 && said.to_string().starts_with("no room on the disk, nothing was written"), "{said}");
    let said = backup::make((&store, None), &folder.join("backups"), "test", now()).unwrap_err();
    println!("backup: {said}");
    assert!(said.contains("no room") || said.contains("No space") || said.contains("full"), "{said}");
    assert!(backup::newest(&folder.join("backups")).is_err(), "half a backup is none");
    let said = coached(&private).unwrap_err();
    println!("private: {said}");
    assert!(matches!(said, Error::Full(_)), "{said:?}");
    // What was answered can be read while there is no room, and after the hub was started again.
    assert_eq!(store.read(hash::floor).unwrap().facts, answered);
    drop((store, private));
    std::fs::remove_file(&ballast).unwrap();
    let (store, private) = (Store::open(&place, now()).unwrap(), Private::open(&place, now()).unwrap());
    store.check().unwrap();
    private.check().unwrap();
    assert_eq!(store.read(hash::floor).unwrap().facts, answered);
    let (more, _) = fill(&store, answered);
    answered += more;
    assert!(more > 0 && store.read(hash::floor).unwrap().facts == answered);
    println!("\nwhole");
}

/// Keeps facts until there is no room for more. How many were answered, and what the last try said.
fn fill(store: &Store, from: usize) -> (usize, Error) {
    let mut kept = 0;
    loop {
        let mut given = sent(&format!("f{}", from + kept), 200);
        given.iter_mut().for_each(|fact| fact.label = Some("x".repeat(100)));
        match store.write(|tx| keep(tx, "api", &given, &Viewer::Owner, now())) {
            Ok(done) => kept += done.map(|_| given.len()).unwrap(),
            Err(error) => return (kept, error),
        }
        assert!(kept < 1_000_000, "the disk is never full");
    }
}

fn coached(private: &Private) -> Result<(), Error> {
    for n in 0..1_000 {
        let template = TemplateRow {
            id: format!("t{n}"),
            version: 0,
            title: "x".repeat(20_000),
            sections: Vec::new(),
            locked: false,
            by_whom: "ben".into(),
        };
        private.write(|tx| templates::add(tx, &template, 1))?;
    }
    Ok(())
}

#[test]
fn a_full_disk_is_said_and_loses_nothing() {
    let folder = Folder::new();
    let asked = |args: &[&str]| {
        let mut command = Command::new("unshare");
        command.args(["--map-root-user", "--mount", "--"]).args(args).env(FOLDER, &folder.0);
        command.output().expect("the tests need unshare: apt install util-linux")
    };
    // Some containers let nobody mount anything.
    if !asked(&["true"]).status.success() {
        println!("skipped: this machine lets nobody have a file system of their own");
        return;
    }
    let program = std::env::current_exe().unwrap();
    let folder_path = folder.0.to_str().unwrap();
    let done = asked(&["sh", "-c", SMALL_DISK, "sh", folder_path, program.to_str().unwrap()]);
    let (out, wrong) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success() && out.contains("\nwhole\n"), "{out}\n{wrong}");
}
