//! `hub apply`.

use serde_json::json;

use super::{ApplyArgs, Failure, json as written, open, print};
use crate::clock;
use crate::ops::apply::{apply, parse};
use crate::store::Error;

pub fn run(args: &ApplyArgs) -> Result<(), Failure> {
    let named = |error: &dyn std::fmt::Display| Failure::Refused(format!("{}: {error}", args.file.display()));
    let text = std::fs::read_to_string(&args.file).map_err(|error| named(&error))?;
    let plan = parse(&text).map_err(|error| named(&error))?;
    let store = open(&args.db)?;
    let now = clock::now();
    // Working it out may write nothing, whatever it does.
    let done = match args.dry_run {
        true => store.read(|tx| apply(tx, &plan, false, now)),
        false => store.write(|tx| apply(tx, &plan, true, now)),
    };
    let done = done.map_err(|error| match error {
        // Each line names its file.
        Error::Refused(_) | Error::Missing(_) => {
            let lines: Vec<String> = error.to_string().lines().map(|line| named(&line).to_string()).collect();
            Failure::Refused(lines.join("\n"))
        }
        other => other.into(),
    })?;
    if args.json {
        return print(&written(&json!({"run": done.run, "changes": done.lines}))?);
    }
    let mut out: String = done.lines.iter().map(|line| format!("{line}\n")).collect();
    match &done.run {
        _ if done.lines.is_empty() => out += "Nothing to change: the floor is as the plan says.\n",
        Some(run) => {
            out += &format!("run {run}\nTo take it back: floorcast hub undo --db {} {run}\n", args.db.db.display())
        }
        None => out += "Nothing was written.\n",
    }
    print(&out)
}
