//! A look at the health of a floor: each finding with what to do about it.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::nightly;
use crate::publish::body;
use crate::store::{Store, boards, facts, figures, hash, logins, outbox, rates};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Health {
    Ok,
    /// It will be trouble.
    Warning,
    /// It is.
    Broken,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub what: &'static str,
    pub health: Health,
    pub text: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<String>,
}

/// The least room on the disk, in megabytes.
const ROOM_MB: u64 = 500;
/// A backup that is older is none.
const BACKUP_DAYS: i64 = 2;

/// Looks at everything.
pub fn examine(store: &Store, now: Timestamp) -> Vec<Finding> {
    vec![
        integrity(store),
        room(store),
        clock(store, now),
        people(store),
        board(store, now),
        backups(store, now),
        accounts(store),
        sign_in(store, now),
        outgoing(store),
    ]
}

fn finding(what: &'static str, health: Health, text: impl Into<String>, fix: &str) -> Finding {
    let fix = (health != Health::Ok).then(|| fix.to_owned());
    Finding { what, health, text: text.into(), fix }
}

fn failed(what: &'static str, error: impl std::fmt::Display) -> Finding {
    finding(what, Health::Broken, error.to_string(), "look at the log, and restore a backup if the file is damaged")
}

fn integrity(store: &Store) -> Finding {
    match store.check().and_then(|()| store.read(hash::floor)) {
        Ok(floor) => {
            let text = format!("whole: {} facts, {} people, {} teams", floor.facts, floor.people, floor.teams);
            finding("store", Health::Ok, text, "")
        }
        Err(error) => failed("store", error),
    }
}

fn room(store: &Store) -> Finding {
    let Some(folder) = store.folder() else { return finding("disk", Health::Ok, "the server has its own", "") };
    match rustix::fs::statvfs(folder) {
        Err(error) => failed("disk", error),
        Ok(of) => {
            let free = of.f_bavail.saturating_mul(of.f_frsize) / 1_000_000;
            let health = if free < ROOM_MB { Health::Warning } else { Health::Ok };
            finding(
                "disk",
                health,
                format!("{free} MB free"),
                "make room: an update and a backup each need the size of the floor",
            )
        }
    }
}

fn clock(store: &Store, now: Timestamp) -> Finding {
    match store.read(|tx| figures::newest(tx, Timestamp::MAX)) {
        Err(error) => failed("clock", error),
        Ok(newest) => {
            let ahead =
                newest.is_some_and(|newest| newest > now.saturating_add(SignedDuration::from_hours(24)).unwrap_or(now));
            let health = if ahead { Health::Warning } else { Health::Ok };
            let text =
                if ahead { "there are facts with a date in the future" } else { "no fact has a date in the future" };
            finding(
                "clock",
                health,
                text,
                "set the clock of this machine (timedatectl), or correct the days of these facts",
            )
        }
    }
}

fn people(store: &Store) -> Finding {
    match store.read(facts::without_person) {
        Err(error) => failed("people", error),
        Ok(keys) if keys.is_empty() => finding("people", Health::Ok, "every fact has a person", ""),
        Ok(keys) => {
            let facts: i64 = keys.iter().map(|(_, _, n)| n).sum();
            let first = keys.first().map(|(source, key, _)| format!("{key} of {source}")).unwrap_or_default();
            let text = format!("{facts} facts of {} unknown names, the first {first}", keys.len());
            finding("people", Health::Warning, text, "choose their people on the page Data")
        }
    }
}

fn board(store: &Store, now: Timestamp) -> Finding {
    let build = || {
        let boards = store.read(boards::list)?;
        for board in &boards {
            store.read(|tx| body::build(tx, board, now))?;
        }
        Ok::<usize, crate::store::Error>(boards.len())
    };
    match build() {
        Ok(n) => finding("boards", Health::Ok, format!("{n}, a wall accepts each"), ""),
        Err(error) => failed("boards", error),
    }
}

fn backups(store: &Store, now: Timestamp) -> Finding {
    let fix = match store.folder() {
        Some(_) => "floorcast hub backup --db DIR, and each night by itself while the hub runs",
        None => {
            "set backup_dir in [hub]: one of the hubs makes it each night; or floorcast hub backup --db ADDRESS --to DIR"
        }
    };
    let (last, error) = match nightly::last(store) {
        Ok(found) => found,
        Err(error) => return failed("backups", error),
    };
    let failed = error.map(|why| format!("; the last try failed: {why}"));
    let Some(last) = last else {
        return finding("backups", Health::Warning, format!("there is none{}", failed.unwrap_or_default()), fix);
    };
    let age = now.duration_since(last.made);
    let newest = format!("the newest is {} old: {}", hours(age), last.place);
    if age > SignedDuration::from_hours(24 * BACKUP_DAYS) || failed.is_some() {
        return finding("backups", Health::Warning, newest + &failed.unwrap_or_default(), fix);
    }
    if !last.private {
        let fix = match store.folder() {
            Some(_) => "let the hub make it, or floorcast hub backup --db DIR: its log says why coaching was left out",
            None => "name a file with the key of coaching: backup_key_file in [hub], or --key-file",
        };
        return finding("backups", Health::Warning, newest + ", without coaching and training", fix);
    }
    let text = newest + "; keep a copy of the key of its coaching elsewhere";
    finding("backups", Health::Ok, text, fix)
}

/// An age in words.
fn hours(age: SignedDuration) -> String {
    let plural = |n: i64, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    match age.as_hours() {
        0 => plural(age.as_mins().max(0), "minute"),
        n @ 1..48 => plural(n, "hour"),
        n => plural(n / 24, "day"),
    }
}

fn outgoing(store: &Store) -> Finding {
    match store.read(outbox::state) {
        Err(error) => failed("outbox", error),
        Ok(state) if state.failing + state.given_up == 0 => {
            finding("outbox", Health::Ok, format!("{} wait to go out", state.waiting), "")
        }
        Ok(state) => {
            let why = state.last_error.unwrap_or_default();
            let text = format!("{} are tried again, {} were given up: {why}", state.failing, state.given_up);
            finding(
                "outbox",
                Health::Warning,
                text,
                "look at [hub.mail] and [[hub.webhook]] in the settings, and at their servers",
            )
        }
    }
}

/// Whether people are told apart where they sign in.
fn sign_in(store: &Store, now: Timestamp) -> Finding {
    match store.read(|tx| rates::since(tx, rates::UNTRUSTED_PROXY, 1, now.as_microsecond())) {
        Err(error) => failed("sign-in", error),
        Ok(proxies) if proxies.is_empty() => {
            finding("sign-in", Health::Ok, "no request came through an unknown proxy within a day", "")
        }
        Ok(proxies) => {
            let names: Vec<&str> = proxies.iter().map(|(address, _)| address.as_str()).take(5).collect();
            let text = format!("people come through {}, and all count as one address", names.join(", "));
            let fix = format!(
                "if that is your proxy: trusted_proxies = [{}] in [hub]",
                names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ")
            );
            finding("sign-in", Health::Warning, text, &fix)
        }
    }
}

fn accounts(store: &Store) -> Finding {
    match store.read(logins::any) {
        Err(error) => failed("accounts", error),
        Ok(true) => finding("accounts", Health::Ok, "somebody can sign in", ""),
        Ok(false) => finding(
            "accounts",
            Health::Warning,
            "nobody can sign in yet",
            "start the hub and open the link that it prints",
        ),
    }
}
