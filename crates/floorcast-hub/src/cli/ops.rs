//! `hub backup`, `restore`, `verify-backup`, `doctor`, `config`, `move`, `demo`.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::{
    BackupArgs, ConfigArgs, DemoArgs, DoctorArgs, Failure, Host, KeyArgs, MoveArgs, RestoreArgs, VerifyArgs,
    json as written, open, open_existing, print,
};
use crate::clock;
use crate::ops::backup::Manifest;
use crate::ops::config::{HubSettings, LISTEN, without_password};
use crate::ops::doctor::Health;
use crate::ops::private_backup::{KEY_FILE, Key, KeyPlace, PrivatePart, keep_key};
use crate::ops::{backup, demo, doctor, lock, nightly};
use crate::store::private::{self, Private};
use crate::store::{Store, address, backups, floor, hash, transfer};

/// Where backups lie, if nobody says: where the last one of a floor on a server went.
fn backups(store: &Store) -> Result<PathBuf, Failure> {
    let noted = store.read(backups::state)?.map(|noted| PathBuf::from(noted.folder)).filter(|folder| folder.is_dir());
    match (noted, store.folder()) {
        (Some(folder), _) => Ok(folder),
        (None, Some(floor)) => Ok(floor.join("backups")),
        (None, None) => Err(Failure::Refused("--to names the folder for the backups of a server".into())),
    }
}

/// Where the key of coaching and training is.
fn key_place(args: &KeyArgs, db: &Path) -> KeyPlace {
    match &args.key_file {
        _ if args.without_private => KeyPlace::LeftOut,
        Some(file) => KeyPlace::Named(file.clone()),
        None => KeyPlace::Usual(db.to_owned()),
    }
}

/// What a backup has of coaching and training, in words.
fn told(part: Option<&PrivatePart>) -> String {
    match part {
        Some(part) => {
            format!("Coaching and training: {} rows, encrypted; nobody reads them without the key", part.rows)
        }
        None => "Coaching and training are not in it".to_owned(),
    }
}

pub fn backup(args: &BackupArgs, host: &Host) -> Result<(), Failure> {
    let store = open_existing(&args.db)?;
    let folder = args.to.clone().map_or_else(|| backups(&store), Ok)?;
    let now = clock::now();
    // On a server nobody keeps a key by itself.
    let is_out = args.key.without_private || (store.folder().is_none() && args.key.key_file.is_none());
    let private = match is_out {
        true => None,
        false => Some((
            Private::open(&args.db.db, now)?,
            Key::of_floor(args.key.key_file.as_deref(), &args.db.db).map_err(Failure::Refused)?,
        )),
    };
    let private = private.as_ref().map(|(private, key)| (private, key));
    let made = backup::make((&store, private), &folder, host.version, now).map_err(Failure::CannotWrite)?;
    if store.folder().is_none() {
        // Other machines cannot look into the folder: what was made is noted with the floor.
        store.queue(|tx| backups::note(tx, &nightly::state(&made, &nightly::machine()), now.as_microsecond()))?;
    }
    if args.json {
        return print(&written(&json!({"file": made.file, "manifest": made.manifest}))?);
    }
    print(&format!(
        "{}\n{} facts, {} people, {} teams\n{}\n",
        made.file.display(),
        made.manifest.facts,
        made.manifest.people,
        made.manifest.teams,
        told(made.manifest.private.as_ref())
    ))
}

pub fn restore(args: &RestoreArgs) -> Result<(), Failure> {
    let keys = key_place(&args.key, &args.db.db);
    let restored = backup::restore(&args.file, (&args.db.db, args.replace), &keys, clock::now());
    let (manifest, before) = restored.map_err(Failure::Refused)?;
    let before = before.map_or_else(String::new, |file| format!("The old floor is kept: {}\n", file.display()));
    print(&format!(
        "Restored and compared: {} facts, {} people, {} teams, as they were on {}\n{}\n{before}",
        manifest.facts,
        manifest.people,
        manifest.teams,
        manifest.made,
        restored_private(&manifest, &keys)
    ))
}

pub fn verify(args: &VerifyArgs) -> Result<(), Failure> {
    let file = match &args.file {
        Some(file) => file.clone(),
        None => {
            let folder = args.to.clone().map_or_else(|| backups(&open_existing(&args.db)?), Ok)?;
            let newest = backup::newest(&folder).map_err(Failure::Refused)?;
            for file in backup::unfinished(&folder).into_iter().filter(|file| file.file_name() > newest.file_name()) {
                print(&format!(
                    "skipped: {} is newer but not a complete backup: its .json is not beside it\n",
                    file.display()
                ))?;
            }
            newest
        }
    };
    let keys = key_place(&args.key, &args.db.db);
    let manifest = backup::verify(&file, &args.db.db, &keys, clock::now()).map_err(Failure::Refused)?;
    print(&format!(
        "{} can be restored: {} facts, {} people, {} teams\n{}\n",
        file.display(),
        manifest.facts,
        manifest.people,
        manifest.teams,
        restored_private(&manifest, &keys)
    ))
}

/// What came back of coaching and training, in words.
fn restored_private(manifest: &Manifest, keys: &KeyPlace) -> String {
    match &manifest.private {
        Some(part) if *keys != KeyPlace::LeftOut => format!("Coaching and training: {} rows", part.rows),
        Some(_) => "Coaching and training were left out".to_owned(),
        None => told(None),
    }
}

pub fn doctor(args: &DoctorArgs) -> Result<(), Failure> {
    let store = open_existing(&args.db)?;
    let found = doctor::examine(&store, clock::now());
    if args.json {
        print(&written(&found)?)?;
    } else {
        let mut text = String::new();
        for of in &found {
            let mark = match of.health {
                Health::Ok => "✓",
                Health::Warning => "◆",
                Health::Broken => "✕",
            };
            text += &format!("{mark} {:<9} {}\n", of.what, of.text);
            if let Some(fix) = &of.fix {
                text += &format!("            → {fix}\n");
            }
        }
        print(&text)?;
    }
    let wrong = found.iter().filter(|of| of.health != Health::Ok).count();
    if wrong > 0 { Err(Failure::Found(format!("{wrong} of {} need attention", found.len()))) } else { Ok(()) }
}

pub fn config(args: &ConfigArgs) -> Result<(), Failure> {
    let settings = match &args.config {
        Some(file) => HubSettings::load(file).map_err(Failure::Refused)?,
        None => HubSettings::default(),
    };
    let db = args.db.clone().or_else(|| settings.db.clone());
    // A floor that is not there yet is not made by looking at its settings.
    let there = db.as_ref().filter(|db| address(db).is_some() || db.join(crate::store::FILE).exists());
    let floor = match there {
        Some(db) => Some(Store::open(db, clock::now())?.read(floor::get)?),
        None => None,
    };
    let mut told = settings.effective(args.config.as_deref(), floor.as_ref());
    if let (Some(db), Some(of)) = (&args.db, told.iter_mut().find(|of| of.key == "db")) {
        (of.value, of.from) = (without_password(&db.to_string_lossy()), "--db".into());
    }
    if args.json {
        let rows: Vec<_> = told.iter().map(|of| json!({"key": of.key, "value": of.value, "from": of.from})).collect();
        return print(&written(&rows)?);
    }
    let mut text = String::new();
    for of in told {
        text += &format!("{:<15} {:<28} {}\n", of.key, of.value, of.from);
    }
    print(&text)
}

pub fn moved(args: &MoveArgs) -> Result<(), Failure> {
    let from = open_existing(&args.db)?;
    // What a hub takes in meanwhile would be lost.
    let _lock = from.folder().map(lock::take).transpose().map_err(Failure::Refused)?;
    let to = Store::open(&args.to, clock::now())?;
    let before = from.read(hash::floor)?;
    transfer::copy(&from, &to)?;
    private::copy(&Private::open(&args.db.db, clock::now())?, &Private::open(&args.to, clock::now())?)?;
    let after = to.read(hash::floor)?;
    if before != after {
        return Err(Failure::CannotWrite(format!(
            "the other floor comes to {} facts instead of {}: stay with this one",
            after.facts, before.facts
        )));
    }
    print(&format!(
        "Moved and compared: {} facts, {} people, {} teams\nhash before {}\nhash after  {}\nThe floor in the old place is as it was, and so are its backups.\n{}",
        after.facts,
        after.people,
        after.teams,
        before.hash,
        after.hash,
        key_moved(from.folder(), to.folder())?
    ))
}

/// The key of the backups of before opens those to come too.
fn key_moved(from: Option<&Path>, to: Option<&Path>) -> Result<String, Failure> {
    let Some(key) = from.map(|from| from.join(KEY_FILE)).filter(|key| key.exists()) else { return Ok(String::new()) };
    match to {
        Some(to) => {
            keep_key(&key, to).map_err(Failure::CannotWrite)?;
            Ok(format!("The key of the coaching in backups came along: {}\n", to.join(KEY_FILE).display()))
        }
        None => {
            let key = key.display();
            Ok(format!("Say backup_key_file = \"{key}\" in [hub]: a floor on a server keeps no key itself.\n"))
        }
    }
}

pub fn demo(args: &DemoArgs) -> Result<(), Failure> {
    let (store, now) = (open(&args.db)?, clock::now());
    let made = store.write(|tx| demo::fill(tx, now))?;
    let private = Private::open(&args.db.db, now)?;
    private.write(|tx| demo::fill_private(tx, &made, now))?;
    let mut said = format!(
        "The invented floor is there, with {} facts of three months.\nServe it: floorcast hub --db {}\nThen sign in; each link works once:\n",
        made.facts,
        args.db.db.display()
    );
    for invitation in &made.invitations {
        said += &format!("  as {}:\n    http://{LISTEN}/join/{}\n", invitation.label, invitation.secret);
    }
    print(&said)
}
