//! `hub import` and `hub undo`.

use std::collections::BTreeSet;

use floorcast_map::records::Doubt;
use floorcast_map::table::words;
use serde_json::json;

use super::{Db, Failure, Host, ImportArgs, UndoArgs, json as written, open, open_existing, print};
use crate::access::Viewer;
use crate::sources::choices::{NO_COLUMN, ROLES, usual_order};
use crate::sources::plan::{FilePlan, Plan, counted, day, deals, money, of_noun, plan};
use crate::sources::{commit, files, undo as undone};
use crate::store::choices::{self, Choices};
use crate::store::floor::{self, FloorRow};
use crate::store::hash;

/// Rows that are named one by one.
const NAMED: usize = 20;

/// Stages that are asked one by one.
const STAGES: usize = 10;

pub fn import(args: &ImportArgs, host: &Host) -> Result<(), Failure> {
    let store = open(&args.db)?;
    let (of, kept) = store.read(|tx| Ok((floor::get(tx)?, choices::get(tx, &args.source)?)))?;
    let now = crate::clock::now();
    let given = args.answers.choices();
    let kept = if args.forget { Choices::default() } else { kept };
    let choices = given.clone().over(&kept);
    let options = files::ReadOptions { floor: &of, now, decoder: &host.decoder, choices: &choices };
    let files = files::look_at(&args.files, options).map_err(Failure::Refused)?;
    files.check(&given).map_err(Failure::Refused)?;
    if let Some(why) = files.refusal() {
        let roles = ROLES.join(", ");
        return Err(Failure::Refused(format!(
            "{why}; --column ROLE=HEADING says which column is which, with a role of {roles}"
        )));
    }
    let (run, plan) = if args.dry_run {
        (None, store.read(|tx| plan(tx, &files, &args.source, now))?)
    } else {
        store.write(|tx| {
            let plan = plan(tx, &files, &args.source, now)?;
            // Of nothing there is no run that could be taken back.
            let run = match plan.is_all_left_out() {
                true => None,
                false => Some(commit::commit(tx, &plan, &Viewer::Owner, now)?),
            };
            Ok((run, plan))
        })?
    };
    let floor = store.read(hash::floor)?;
    let used = of_before(&kept, &given, &plan);
    if args.json {
        let mut out = as_json(run.as_deref(), &plan, &floor);
        out["answers_of_before"] = json!(used);
        print(&written(&out)?)?;
    } else {
        let mut text = String::new();
        if !used.is_empty() {
            let (source, used) = (&args.source, used.join(" "));
            text += &format!("as an earlier import of {source:?} said: {used}; --forget leaves that out\n");
        }
        print(&(text + &as_text(run.as_deref(), &plan, &args.db) + &asked(&plan, &of)))?;
    }
    match plan.is_all_left_out() {
        true => Err(Failure::Refused(format!(
            "nothing can be imported: {} left out",
            of_noun(plan.counts.skipped, "row is", "rows are")
        ))),
        false => Ok(()),
    }
}

/// The answers of earlier imports by which these files are read, as the options that give them.
fn of_before(kept: &Choices, given: &Choices, plan: &Plan) -> Vec<String> {
    let any = |of: fn(&FilePlan) -> bool| plan.files.iter().any(of);
    let is_open = [
        ("--date-order", &kept.date_order, &given.date_order, any(|file| file.doubts.date_order.is_some())),
        ("--three-digits", &kept.three_digits, &given.three_digits, any(|file| file.doubts.three_digits.is_some())),
        ("--currency", &kept.currency, &given.currency, plan.bare.amounts > 0),
    ];
    let mut used: Vec<String> = is_open
        .into_iter()
        .filter(|(.., given, is_open)| given.is_none() && *is_open)
        .filter_map(|(option, kept, ..)| Some(format!("{option} {}", kept.as_ref()?)))
        .collect();
    let is_there = |name: &&String| {
        *name == NO_COLUMN || plan.files.iter().any(|file| file.headings.iter().any(|of| words(of) == words(name)))
    };
    for (role, names) in &kept.columns {
        let mut said = given.columns.get(role).into_iter().flatten();
        if let Some(name) = names.iter().find(is_there).filter(|_| !said.any(|name| is_there(&name))) {
            used.push(format!("--column {:?}", format!("{role}={name}")));
        }
    }
    let asked = plan.files.iter().flat_map(|file| &file.doubts.asked_stages);
    let asked: BTreeSet<&String> = asked.map(|(stage, _)| stage).filter(|stage| given.stage(stage).is_none()).collect();
    for (stage, outcome) in asked.into_iter().filter_map(|stage| Some((stage, kept.stage(stage)?))) {
        used.push(format!("--stage {:?}", format!("{stage}={outcome}")));
    }
    used
}

/// What the files leave open, and how it is answered.
fn asked(plan: &Plan, floor: &FloorRow) -> String {
    let mut text = String::new();
    let mut ask = |column: &str, doubt: &Doubt, both: [&str; 2], answers: [&str; 2]| {
        text += &format!(
            "{column}: {} like {:?} could be {} or {}: {} or {} says which\n",
            of_noun(doubt.rows, "cell", "cells"),
            doubt.samples.first().map_or("", String::as_str),
            both[0],
            both[1],
            answers[0],
            answers[1]
        );
    };
    for doubts in plan.files.iter().map(|file| &file.doubts) {
        let choices = plan.choices.as_ref();
        if let Some(doubt) = &doubts.date_order
            && choices.is_none_or(|of| of.date_order.is_none())
        {
            let usual = |order: &str, answer: &'static str| match usual_order(floor) == Some(order) {
                true => format!("{answer} (usual in {})", floor.tz),
                false => answer.to_owned(),
            };
            let answers = [usual("dmy", "--date-order dmy"), usual("mdy", "--date-order mdy")];
            ask(&doubt.column, doubt, ["day first", "month first"], [&answers[0], &answers[1]]);
        }
        if let Some(doubt) = &doubts.three_digits
            && choices.is_none_or(|of| of.three_digits.is_none())
        {
            let answers = ["--three-digits thousands", "--three-digits decimals"];
            ask(&doubt.column, doubt, ["thousands", "decimals"], answers);
        }
    }
    for doubts in plan.files.iter().map(|file| &file.doubts) {
        let Some(doubt) = &doubts.stages else { continue };
        let is_said = |stage: &str| plan.choices.as_ref().is_some_and(|of| of.stage(stage).is_some());
        for (stage, rows) in doubts.asked_stages.iter().filter(|(stage, _)| !is_said(stage)).take(STAGES) {
            let rows = of_noun(*rows, "row", "rows");
            text += &format!(
                "{}: it is not known what the stage {stage:?} of {rows} means; --stage {:?}, or lost or open, says it\n",
                doubt.column,
                format!("{stage}=won")
            );
        }
        text += "--column stage=- says that every row is won\n";
    }
    if plan.bare.mixed > 0 && plan.choices.as_ref().is_none_or(|of| of.currency.is_none()) {
        text += "--currency CODE sets another currency for the amounts that name none\n";
    }
    text
}

pub fn as_json(run: Option<&str>, plan: &Plan, floor: &hash::FloorHash) -> serde_json::Value {
    let mut out = plan.as_json(run);
    out["floor"] = json!({"hash": floor.hash, "facts": floor.facts, "people": floor.people, "teams": floor.teams});
    out
}

pub fn as_text(run: Option<&str>, plan: &Plan, db: &Db) -> String {
    let mut text = String::new();
    for file in &plan.files {
        text += &file_text(file);
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
    for (code, sum) in &plan.sums {
        text += &format!("won: {} in {}\n", money(sum.amount, code), deals(sum.deals));
    }
    if let Some((first, last)) = plan.days {
        text += &format!("won from {} to {}\n", day(first), day(last));
    }
    if let Some(code) = &plan.adopted {
        text += &format!("the floor had no currency: from now on it is {code}\n");
    }
    for remark in &plan.remarks {
        text += &format!("{}\n", remark.text("en"));
    }
    text += &whose(plan);
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

/// Which deals have no person yet, and what can be done about it.
fn whose(plan: &Plan) -> String {
    let mut text = String::new();
    if plan.without_person > 0 {
        let (have, count) = if plan.without_person == 1 { ("has", "it counts") } else { ("have", "they count") };
        text += &format!(
            "{} {have} no person yet: {count} for the company only, until you choose a person\n",
            deals(plan.without_person)
        );
    }
    let names: Vec<String> = plan.unknown.iter().map(|(name, n)| format!("{name:?} ({n})")).collect();
    if !names.is_empty() {
        text += &format!("  unknown names: {}\n", names.join(", "));
    }
    if plan.unnamed > 0 {
        text += &format!("  {}\n", of_noun(plan.unnamed, "names no person", "name no person"));
    }
    if plan.left_out > 0 {
        text += &format!("{} left out, as somebody chose before\n", of_noun(plan.left_out, "is", "are"));
    }
    text
}

/// A file with its columns, and what there is to say of it.
fn file_text(file: &FilePlan) -> String {
    let parts = [
        (file.won, "won"),
        (file.open, "open"),
        (file.lost, "lost"),
        (file.people, "people"),
        (file.unwanted, "left out as chosen before"),
    ];
    let mut parts: Vec<String> =
        parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{} {what}", counted(*n))).collect();
    if !file.left_out.is_empty() {
        parts.push(format!("{} left out", counted(file.left_out.len())));
    }
    let mut text = format!("{}: {}", file.name, of_noun(file.rows, "row", "rows"));
    text += &if parts.is_empty() { "\n".to_owned() } else { format!(": {}\n", parts.join(", ")) };
    for column in &file.columns {
        text += &format!("  {:<9} {:?}, {} of {} filled\n", column.meaning, column.name, column.filled, file.rows);
    }
    for left in file.left_out.iter().take(NAMED) {
        text += &format!("  line {}: {}", left.line, left.why);
        text += &if left.cells.is_empty() { "\n".to_owned() } else { format!(" ({})\n", left.cells.join(" | ")) };
    }
    if file.left_out.len() > NAMED {
        text += &format!("  and {}\n", of_noun(file.left_out.len() - NAMED, "more line", "more lines"));
    }
    let remarks = file.remarks.iter().map(|remark| remark.text("en"));
    for note in file.notes.iter().cloned().chain(remarks) {
        text += &format!("  {note}\n");
    }
    text
}

pub fn undo(args: &UndoArgs) -> Result<(), Failure> {
    let store = open_existing(&args.db)?;
    let now = crate::clock::now();
    let done = store.write(|tx| undone::undo(tx, &args.run, now))?;
    let floor = store.read(hash::floor)?;
    if args.json {
        let kept: Vec<_> = done.kept.iter().map(|(what, why)| json!({"what": what.name(), "why": why})).collect();
        let out = json!({
            "run": args.run, "reversed": done.reversed, "kept": kept, "failed": [],
            "newer": done.newer.as_ref().map(|run| &run.id),
            "floor": {"hash": floor.hash, "facts": floor.facts, "people": floor.people, "teams": floor.teams},
        });
        return print(&written(&out)?);
    }
    let mut text = format!("Undone: {} reversed, {} kept\n", done.reversed, done.kept.len());
    for (what, why) in done.kept.iter().take(NAMED) {
        text += &format!("  kept: {}: {why}\n", what.name());
    }
    if let Some(newer) = &done.newer {
        let files = newer.files.replace('\n', ", ");
        text +=
            &format!("  {files} was imported later: import it again, or what it has in common is as it was before\n");
    }
    print(&text)
}
