//! `hub backup`, `restore`, `verify-backup`, `doctor`, `config`, `move`, `demo`.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::{
    BackupArgs, ConfigArgs, DemoArgs, DoctorArgs, Failure, Host, MoveArgs, RestoreArgs, VerifyArgs, json as written,
    open, print,
};
use crate::clock;
use crate::ops::config::HubSettings;
use crate::ops::doctor::Health;
use crate::ops::{backup, demo, doctor};
use crate::store::private::{self, Private};
use crate::store::{Store, address, floor, hash, transfer};

/// Where backups lie, if nobody says.
fn backups(db: &Path) -> Result<PathBuf, Failure> {
    match address(db) {
        Some(_) => Err(Failure::Refused("--to names the folder for the backups of a server".into())),
        None => Ok(db.join("backups")),
    }
}

pub fn backup(args: &BackupArgs, host: &Host) -> Result<(), Failure> {
    let folder = args.to.clone().map_or_else(|| backups(&args.db.db), Ok)?;
    let store = open(&args.db)?;
    let made = backup::make(&store, &folder, host.version, clock::now()).map_err(Failure::CannotWrite)?;
    if args.json {
        return print(&written(&json!({"file": made.file, "manifest": made.manifest}))?);
    }
    print(&format!(
        "{}\n{} facts, {} people, {} teams\n",
        made.file.display(),
        made.manifest.facts,
        made.manifest.people,
        made.manifest.teams
    ))
}

pub fn restore(args: &RestoreArgs) -> Result<(), Failure> {
    let manifest = backup::restore(&args.file, &args.db.db, args.replace, clock::now()).map_err(Failure::Refused)?;
    print(&format!(
        "Restored and compared: {} facts, {} people, {} teams, as they were on {}\n",
        manifest.facts, manifest.people, manifest.teams, manifest.made
    ))
}

pub fn verify(args: &VerifyArgs) -> Result<(), Failure> {
    let file = match &args.file {
        Some(file) => file.clone(),
        None => backup::newest(&args.to.clone().map_or_else(|| backups(&args.db.db), Ok)?).map_err(Failure::Refused)?,
    };
    let manifest = backup::verify(&file, clock::now()).map_err(Failure::Refused)?;
    print(&format!(
        "{} can be restored: {} facts, {} people, {} teams\n",
        file.display(),
        manifest.facts,
        manifest.people,
        manifest.teams
    ))
}

pub fn doctor(args: &DoctorArgs) -> Result<(), Failure> {
    let store = open(&args.db)?;
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
    let broken = found.iter().filter(|of| of.health == Health::Broken).count();
    if broken > 0 { Err(Failure::Refused(format!("{broken} of {} are broken", found.len()))) } else { Ok(()) }
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
    let told = settings.effective(args.config.as_deref(), floor.as_ref());
    if args.json {
        let rows: Vec<_> = told.iter().map(|of| json!({"key": of.key, "value": of.value, "from": of.from})).collect();
        return print(&written(&rows)?);
    }
    let mut text = String::new();
    for of in told {
        text += &format!("{:<13} {:<28} {}\n", of.key, of.value, of.from);
    }
    print(&text)
}

pub fn moved(args: &MoveArgs) -> Result<(), Failure> {
    let from = open(&args.db)?;
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
        "Moved and compared: {} facts, {} people, {} teams\nhash before {}\nhash after  {}\nThe floor in the old place is as it was.\n",
        after.facts, after.people, after.teams, before.hash, after.hash
    ))
}

pub fn demo(args: &DemoArgs) -> Result<(), Failure> {
    let store = open(&args.db)?;
    let facts = store.write(|tx| demo::fill(tx, clock::now()))?;
    print(&format!(
        "The invented floor is there, with {facts} facts of three months.\nServe it: floorcast hub --db {}\n",
        args.db.db.display()
    ))
}
