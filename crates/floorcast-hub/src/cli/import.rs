//! `hub import` and `hub undo`.

use serde_json::json;

use super::{Db, Failure, Host, ImportArgs, UndoArgs, json as written, open, open_existing, print};
use crate::access::Viewer;
use crate::sources::plan::{Plan, plan};
use crate::sources::{commit, files, undo as undone};
use crate::store::{floor, hash};

/// Rows that are named one by one.
const NAMED: usize = 20;

pub fn import(args: &ImportArgs, host: &Host) -> Result<(), Failure> {
    let store = open(&args.db)?;
    let of = store.read(floor::get)?;
    let now = crate::clock::now();
    let options = files::ReadOptions { floor: &of, now, decoder: &host.decoder };
    let files = files::of_paths(&args.files, options).map_err(Failure::Refused)?;
    let (run, plan) = if args.dry_run {
        (None, store.read(|tx| plan(tx, &files, &args.source, now))?)
    } else {
        let (run, plan) = store.write(|tx| {
            let plan = plan(tx, &files, &args.source, now)?;
            Ok((commit::commit(tx, &plan, &Viewer::Owner, now)?, plan))
        })?;
        (Some(run), plan)
    };
    let floor = store.read(hash::floor)?;
    if args.json {
        print(&written(&as_json(run.as_deref(), &plan, &floor))?)
    } else {
        print(&as_text(run.as_deref(), &plan, &args.db))
    }
}

pub fn as_json(run: Option<&str>, plan: &Plan, floor: &hash::FloorHash) -> serde_json::Value {
    let file = |file: &crate::sources::plan::FilePlan| {
        json!({
            "name": file.name,
            "rows": file.rows,
            "columns": file.columns.iter().map(|column| json!({"name": column.name, "meaning": column.meaning, "filled": column.filled})).collect::<Vec<_>>(),
            "left_out": file.left_out.iter().map(|(line, why)| json!({"line": line, "why": why})).collect::<Vec<_>>(),
            "notes": file.notes,
        })
    };
    json!({
        "run": run,
        "dry_run": run.is_none(),
        "created": plan.counts.created,
        "updated": plan.counts.updated,
        "unchanged": plan.counts.unchanged,
        "skipped": plan.counts.skipped,
        "deals": {"won": plan.won, "lost": plan.lost, "open": plan.open, "without_person": plan.without_person},
        "people": {"created": plan.new_people.len()},
        "teams": {"created": plan.new_teams.len()},
        "others": plan.others,
        "files": plan.files.iter().map(file).collect::<Vec<_>>(),
        "floor": {"hash": floor.hash, "facts": floor.facts, "people": floor.people, "teams": floor.teams},
    })
}

pub fn as_text(run: Option<&str>, plan: &Plan, db: &Db) -> String {
    let mut text = String::new();
    for file in &plan.files {
        text += &format!("{}: {} rows\n", file.name, file.rows);
        for column in &file.columns {
            text += &format!("  {:<9} {:?}, {} of {} filled\n", column.meaning, column.name, column.filled, file.rows);
        }
        for (line, why) in file.left_out.iter().take(NAMED) {
            text += &format!("  line {line}: {why}\n");
        }
        if file.left_out.len() > NAMED {
            text += &format!("  and {} more lines\n", file.left_out.len() - NAMED);
        }
        for note in &file.notes {
            text += &format!("  {note}\n");
        }
    }
    let counts = plan.counts;
    text += &format!(
        "deals: {} won, {} lost, {} open; new people {}, new teams {}\n",
        plan.won,
        plan.lost,
        plan.open,
        plan.new_people.len(),
        plan.new_teams.len()
    );
    if plan.without_person > 0 {
        text += &format!("{} deals without a person\n", plan.without_person);
    }
    if !plan.others.is_empty() {
        let others: Vec<String> = plan.others.iter().map(|(what, n)| format!("{n} {what}")).collect();
        text += &format!("new or changed: {}\n", others.join(", "));
    }
    text += &format!(
        "facts: created {} · updated {} · unchanged {} · skipped {}\n",
        counts.created, counts.updated, counts.unchanged, counts.skipped
    );
    match run {
        Some(run) => {
            text += &format!("run {run}\nTo take it back: floorcast hub undo --db {} {run}\n", db.db.display())
        }
        None => text += "Nothing was written.\n",
    }
    text
}

pub fn undo(args: &UndoArgs) -> Result<(), Failure> {
    let store = open_existing(&args.db)?;
    let now = crate::clock::now();
    let done = store.write(|tx| undone::undo(tx, &args.run, now))?;
    let floor = store.read(hash::floor)?;
    if args.json {
        let kept: Vec<_> = done.kept.iter().map(|(what, why)| json!({"what": what, "why": why})).collect();
        let out = json!({
            "run": args.run, "reversed": done.reversed, "kept": kept, "failed": [],
            "floor": {"hash": floor.hash, "facts": floor.facts, "people": floor.people, "teams": floor.teams},
        });
        return print(&written(&out)?);
    }
    let mut text = format!("Undone: {} reversed, {} kept\n", done.reversed, done.kept.len());
    for (what, why) in done.kept.iter().take(NAMED) {
        text += &format!("  kept: {what}: {why}\n");
    }
    print(&text)
}
