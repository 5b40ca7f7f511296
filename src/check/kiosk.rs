//! Reports what the running kiosk says of its feeds in its status file.

use std::collections::HashSet;
use std::fmt;
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::board::TroubleKind;
use crate::config::Config;
use crate::store::{Attempts, FeedStatus, State, Status, TransportKind, status_files};

/// Where the shipped unit has its status file, or its files at all: `check` is run by another user with other
/// folders.
const SERVICE_DIRS: [&str; 2] = ["/run/floorcast", "/var/lib/floorcast"];

/// A file that is older was left by a kiosk that ended: it is written each minute.
const ALIVE: SignedDuration = SignedDuration::from_secs(150);

/// The running kiosk.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KioskStatus {
    /// Whether and who.
    pub kiosk: Process,
    /// Its feeds, in the order of its settings.
    pub feeds: Vec<KioskFeed>,
}

/// Whether a kiosk runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Process {
    /// It has written within the last minutes.
    pub running: bool,
    /// When it has written last.
    pub written: Option<Timestamp>,
    /// Its process.
    pub pid: Option<u32>,
    /// The same in one line.
    pub note: String,
}

/// One feed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KioskFeed {
    /// What the kiosk says.
    #[serde(flatten)]
    pub status: FeedStatus,
    /// Seconds since the last good answer.
    pub last_good_age_s: Option<i64>,
}

impl KioskStatus {
    /// The kiosk that runs with these settings, at `now`. Never fails: a file that cannot be read is one line.
    pub fn find(config: &Config, now: Timestamp) -> KioskStatus {
        let env = |name: &str| std::env::var_os(name);
        let state = config.cache_dir(env);
        let dirs: Vec<PathBuf> = Config::runtime_dirs(env).into_iter().chain(SERVICE_DIRS.map(Into::into)).collect();
        let mut files = status_files(&dirs, state.as_deref(), config.cache_dir.as_deref());
        let mut seen = HashSet::new();
        files.retain(|file| seen.insert(file.clone()));
        KioskStatus::among(&files, now)
    }

    /// Of several the one that wrote last.
    fn among(files: &[PathBuf], now: Timestamp) -> KioskStatus {
        let mut wrong = None;
        let mut found: Option<Status> = None;
        for file in files {
            match Status::read(file) {
                Ok(Some(status)) if found.as_ref().is_none_or(|best| best.written < status.written) => {
                    found = Some(status);
                }
                Ok(_) => {}
                Err(why) => wrong = wrong.or(Some(why)),
            }
        }
        match found {
            Some(status) => KioskStatus::of(status, now),
            None => {
                let places: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
                let none = || format!("No running wall found (no status file at {})", places.join(", "));
                let note = wrong.unwrap_or_else(none);
                KioskStatus { kiosk: Process { running: false, written: None, pid: None, note }, feeds: Vec::new() }
            }
        }
    }

    fn of(status: Status, now: Timestamp) -> KioskStatus {
        let age = now.duration_since(status.written);
        // A file from the future is of a clock that was set back since.
        let running = age.abs() <= ALIVE;
        let note = match running {
            true => format!("The running wall reports ({} ago):", span(age)),
            false => format!("The wall has not reported for {}; its last report:", span(age)),
        };
        let feed = |status: FeedStatus| {
            let last_good_age_s = status.attempts.last_good.map(|at| now.duration_since(at).as_secs().max(0));
            KioskFeed { status, last_good_age_s }
        };
        let kiosk = Process { running, written: Some(status.written), pid: Some(status.pid), note };
        KioskStatus { kiosk, feeds: status.feeds.into_iter().map(feed).collect() }
    }

    /// The same for people, as of `now`: after an empty line.
    pub fn text(&self, now: Timestamp) -> String {
        let mut out = format!("\n{}\n", self.kiosk.note);
        for KioskFeed { status, .. } in &self.feeds {
            let board = status.board.as_ref().map(|id| format!(", board \"{}\"", super::plain(id)));
            let as_of = status.as_of.map(|at| format!(" as of {}", instant(at)));
            let by = status.transport.map(|by| format!(", {}", TransportText(by, status.stream_fails)));
            let more = [by, board, as_of].into_iter().flatten().collect::<String>();
            let attempts = AttemptsText { attempts: &status.attempts, now };
            let next = attempts.next(status.next_try);
            out += &format!("  {}: {attempts}{next}{more}\n", super::plain(&status.name));
            out += &attempts.error("    ");
            for source in &status.sources {
                let attempts = AttemptsText { attempts: &source.attempts, now };
                let (name, from) = (super::plain(&source.name), super::plain(&source.from));
                let next = attempts.next(source.next_try);
                out += &format!("    source {name} ({from}): {attempts}{next}\n{}", attempts.error("      "));
            }
        }
        out
    }
}

/// How boards come, in words.
struct TransportText(TransportKind, bool);

impl fmt::Display for TransportText {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            TransportText(TransportKind::Polling, true) => "polled because the stream fails",
            TransportText(TransportKind::Polling, false) => "polled",
            TransportText(TransportKind::Stream, _) => "by Server-Sent Events",
            TransportText(TransportKind::Mqtt, _) => "by MQTT",
            TransportText(TransportKind::File, _) => "from a file",
            TransportText(TransportKind::Map, _) => "through a map",
            TransportText(TransportKind::Tape, _) => "from a tape",
        })
    }
}

/// What became of the attempts, in words.
struct AttemptsText<'a> {
    attempts: &'a Attempts,
    now: Timestamp,
}

impl AttemptsText<'_> {
    fn ago(&self, at: Timestamp) -> String {
        format!("{} ago ({})", span(self.now.duration_since(at)), instant(at))
    }

    /// When there is another attempt after one that failed.
    fn next(&self, at: Option<Timestamp>) -> String {
        let next = at.filter(|at| *at > self.now && self.attempts.state == State::Failing);
        next.map(|at| format!(", next try in {}", span(at.duration_since(self.now)))).unwrap_or_default()
    }

    /// The last error on a line of its own.
    fn error(&self, indent: &str) -> String {
        let Some(error) = &self.attempts.last_error else { return String::new() };
        let kind = match error.kind {
            TroubleKind::NoAnswer => "no answer",
            TroubleKind::NoAccess => "no access",
            TroubleKind::NotFound => "not found",
            TroubleKind::CertificateEnded => "certificate expired",
            TroubleKind::NotTrusted => "not trusted",
            TroubleKind::BadData => "bad data",
            TroubleKind::NoNetwork => "no network",
            TroubleKind::ClockNotSet => "clock not set",
            TroubleKind::ClockWrong => "clock wrong",
        };
        format!("{indent}last error {}, {kind}: {}\n", self.ago(error.at), super::plain(&error.text))
    }
}

impl fmt::Display for AttemptsText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let since = self.attempts.since.map(|at| format!(" for {}", span(self.now.duration_since(at))));
        let since = since.unwrap_or_default();
        match self.attempts.state {
            State::Waiting => f.write_str("not asked yet")?,
            State::Good => write!(f, "good{since}")?,
            State::Failing => write!(f, "failing{since}")?,
        }
        match self.attempts.last_good {
            Some(at) => write!(f, ", last good {}", self.ago(at)),
            None => f.write_str(", no good answer yet"),
        }
    }
}

/// A span in its largest unit.
fn span(span: SignedDuration) -> String {
    let seconds = span.as_secs().unsigned_abs();
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7_200 => format!("{} min", seconds / 60),
        7_200..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

/// An instant to the second.
fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::SourceStatus;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_767_610_800 + second).unwrap()
    }

    fn status() -> Status {
        let mut crm = FeedStatus::new("crm".into());
        crm.attempts.good(at(0));
        crm.attempts.failed(at(30), TroubleKind::NoAnswer, "hub.example: connection refused");
        (crm.transport, crm.stream_fails) = (Some(TransportKind::Polling), true);
        (crm.board, crm.as_of, crm.next_try) = (Some("floor".into()), Some(at(-60)), Some(at(75)));
        let mut deals = FeedStatus::new("deals".into());
        deals.attempts.good(at(40));
        deals.transport = Some(TransportKind::Map);
        let mut source = SourceStatus {
            name: "crm".into(),
            from: "https://crm.example/v1".into(),
            attempts: Attempts::default(),
            next_try: None,
        };
        source.attempts.failed(at(10), TroubleKind::NoAccess, "HTTP 401");
        source.attempts.good(at(40));
        deals.sources.push(source);
        let mut owners = SourceStatus {
            name: "owners".into(),
            from: "https://crm.example/o".into(),
            attempts: Attempts::default(),
            next_try: Some(at(90)),
        };
        owners.attempts.failed(at(45), TroubleKind::NoAnswer, "HTTP 502");
        deals.sources.push(owners);
        Status::new(at(50), vec![crm, deals, FeedStatus::new("new".into())])
    }

    #[test]
    fn people_read_what_the_kiosk_says() {
        let text = KioskStatus::of(status(), at(60)).text(at(60));
        let wanted = "\nThe running wall reports (10 s ago):\n  \
            crm: failing for 30 s, last good 60 s ago (2026-01-05 11:00:00 UTC), next try in 15 s, polled because the \
            stream fails, board \"floor\" as of 2026-01-05 10:59:00 UTC\n    \
            last error 30 s ago (2026-01-05 11:00:30 UTC), no answer: hub.example: connection refused\n  \
            deals: good for 20 s, last good 20 s ago (2026-01-05 11:00:40 UTC), through a map\n    \
            source crm (https://crm.example/v1): good for 20 s, last good 20 s ago (2026-01-05 11:00:40 UTC)\n      \
            last error 50 s ago (2026-01-05 11:00:10 UTC), no access: HTTP 401\n    \
            source owners (https://crm.example/o): failing for 15 s, no good answer yet, next try in 30 s\n      \
            last error 15 s ago (2026-01-05 11:00:45 UTC), no answer: HTTP 502\n  \
            new: not asked yet, no good answer yet\n";
        assert_eq!(text, wanted);
        let silent = KioskStatus::of(status(), at(7_300)).text(at(7_300));
        assert!(silent.starts_with("\nThe wall has not reported for 2 h; its last report:\n"), "{silent}");
        assert!(!silent.contains("next try"), "{silent}");
    }

    #[test]
    fn of_several_places_the_newest_counts() {
        let held = tempfile::tempdir().unwrap();
        let folder = held.path().join("kiosk");
        let files = ["old", "new", "none"].map(|name| folder.join(name).join("status.json"));
        for (file, second) in files.iter().zip([0, 50]) {
            Status::new(at(second), vec![]).write(file).unwrap();
        }
        assert_eq!(KioskStatus::among(&files, at(60)).kiosk.written, Some(at(50)));
        std::fs::write(&files[1], "{").unwrap();
        assert_eq!(KioskStatus::among(&files, at(60)).kiosk.written, Some(at(0)), "a damaged one hides no other");
        let only = KioskStatus::among(&files[1..], at(60));
        assert!(
            only.kiosk.note.contains("new/status.json is not a status file of this version: EOF"),
            "{}",
            only.kiosk.note
        );
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
