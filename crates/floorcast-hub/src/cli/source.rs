//! `hub source`: folders and other systems that are asked from time to time.

use std::path::Path;

use serde_json::json;

use super::import::{as_json, as_text};
use super::{Failure, Host, SourceArgs, SourceCommand, json as written, open, print};
use crate::clock;
use crate::sources::poll::{self, EVERY_S, PollOutcome, Tools};
use crate::store::sources::{self, SourceRow};
use crate::store::{choices, hash};

pub fn run(args: &SourceArgs, host: &Host) -> Result<(), Failure> {
    match &args.command {
        SourceCommand::Add { db, name, folder, settings, every, answers } => {
            let plain = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
            if name.is_empty() || name.len() > 60 || !name.chars().all(plain) {
                return Err(Failure::Refused(format!("{name:?}: a name of letters, digits, - and _ is expected")));
            }
            if !EVERY_S.contains(every) {
                return Err(Failure::Refused(format!(
                    "--every {every}: {} to {} seconds",
                    EVERY_S.start(),
                    EVERY_S.end()
                )));
            }
            let (kind, path) = match (folder, settings) {
                (Some(folder), _) => ("folder", folder),
                (None, Some(settings)) => ("map", settings),
                (None, None) => return Err(Failure::Refused("--folder or --settings says where to look".into())),
            };
            // The hub may run elsewhere than this command.
            let path = absolute(path)?;
            let row = SourceRow {
                id: name.clone(),
                kind: kind.into(),
                settings: path,
                every_s: Some(*every),
                ..SourceRow::default()
            };
            open(db)?.write(|tx| {
                sources::put(tx, &row)?;
                let kept = choices::get(tx, name)?;
                choices::put(tx, name, &answers.choices().over(&kept))
            })?;
            print(&format!("{name} is asked every {every} s while the hub serves\n"))
        }
        SourceCommand::List { db, json } => {
            let all = open(db)?.read(sources::list)?;
            // What a webhook is signed with is nobody's business.
            let place = |of: &SourceRow| if of.kind == "webhook" { String::new() } else { of.settings.clone() };
            if *json {
                let rows: Vec<_> = all
                    .iter()
                    .map(|of| json!({"name": of.id, "kind": of.kind, "from": place(of), "every_s": of.every_s, "last_ok": of.last_ok, "last_error": of.last_error}))
                    .collect();
                return print(&written(&rows)?);
            }
            let line = |of: &SourceRow| {
                let state = of.last_error.clone().unwrap_or_else(|| match of.last_ok {
                    Some(_) => "fine".into(),
                    None => "not asked yet".into(),
                });
                format!("{:<16} {:<8} {}  {state}\n", of.id, of.kind, place(of))
            };
            print(&all.iter().map(line).collect::<String>())
        }
        SourceCommand::Run { db, name, dry_run, json } => {
            let store = open(db)?;
            let source = store.read(|tx| sources::get(tx, name))?;
            let source = source.ok_or_else(|| Failure::Refused(format!("there is no source {name:?}")))?;
            let tools = Tools { decoder: host.decoder.clone(), program: host.renderer.clone() };
            let now = clock::now();
            let looked = poll::poll(&store, &tools, &source, *dry_run, now);
            if !*dry_run {
                let error = looked.as_ref().err().cloned();
                store.write(|tx| sources::note_outcome(tx, name, now.as_microsecond(), error.as_deref()))?;
            }
            let (run, plan) = match looked.map_err(Failure::Refused)? {
                PollOutcome::Same => (None, None),
                PollOutcome::Planned(plan) => (None, Some(plan)),
                PollOutcome::Written(run, plan) => (Some(run), Some(plan)),
            };
            let Some(plan) = plan else {
                let text =
                    if *json { "{\"run\": null, \"created\": 0, \"updated\": 0}\n" } else { "Nothing is new.\n" };
                return print(text);
            };
            let floor = store.read(hash::floor)?;
            match *json {
                true => print(&written(&as_json(run.as_deref(), &plan, &floor))?),
                false => print(&as_text(run.as_deref(), &plan, db)),
            }
        }
        SourceCommand::Remove { db, name } => match open(db)?.write(|tx| sources::delete(tx, name))? {
            true => print(&format!("{name} is removed; its facts stay\n")),
            false => Err(Failure::Refused(format!("there is no source {name:?}"))),
        },
    }
}

fn absolute(path: &Path) -> Result<String, Failure> {
    let full = path.canonicalize().map_err(|error| Failure::Refused(format!("{}: {error}", path.display())))?;
    full.to_str().map(str::to_owned).ok_or_else(|| Failure::Refused(format!("{}: not UTF-8", full.display())))
}
