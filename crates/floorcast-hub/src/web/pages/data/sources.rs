//! Where facts come from by themselves: how each source is, and what it has brought today.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::store::facts::{self, Brought};
use crate::store::sources::{self, SourceRow};
use crate::store::{Result, Tx};
use crate::web::words::dates::time;
use crate::web::words::{Words, fill};

pub struct SourceLine {
    /// By what it is taken away; `None`: it cannot be.
    pub id: Option<String>,
    pub name: String,
    pub how: String,
    pub state_class: &'static str,
    pub state: String,
    pub last_good: String,
    pub today: String,
    pub wrong: String,
}

/// Sources by their names, and at the end what people log themselves.
///
/// # Errors
/// The store's.
pub fn list(tx: &mut Tx<'_>, w: &Words, tz: &TimeZone, now: Timestamp) -> Result<Vec<SourceLine>> {
    let today = tz.to_datetime(now).date();
    let since = salesfloor::period::first_instant(today, tz).as_microsecond();
    let brought = facts::brought_since(tx, since)?;
    let of_source = |id: &str| brought.iter().find(|of| of.source == id);
    let when = |micros: i64| {
        let at = Timestamp::from_microsecond(micros).map(|at| tz.to_datetime(at)).unwrap_or_default();
        if at.date() == today { time(at) } else { w.day_and_time(at) }
    };
    let count = |of: Option<&Brought>| of.map_or_else(|| "–".to_owned(), |of| w.count(of.n));
    let words = w.of_data();
    let line = |of: &SourceRow| {
        let (state_class, state) = match (&of.last_error, of.last_ok) {
            (Some(_), _) => ("down", format!("✕ {}", words.failed)),
            (None, Some(_)) => ("up", format!("● {}", words.good)),
            (None, None) => ("mid", format!("– {}", words.not_yet)),
        };
        SourceLine {
            id: Some(of.id.clone()),
            name: of.id.clone(),
            how: how(w, of),
            state_class,
            state,
            last_good: of.last_ok.map_or_else(|| "–".to_owned(), when),
            today: count(of_source(&of.id)),
            wrong: of.last_error.clone().unwrap_or_default(),
        }
    };
    let mut lines: Vec<SourceLine> = sources::list(tx)?.iter().map(line).collect();
    let by_hand = of_source(facts::BY_HAND);
    lines.push(SourceLine {
        id: None,
        name: words.by_hand.to_owned(),
        how: words.taps.to_owned(),
        state_class: "up",
        state: format!("● {}", words.good),
        last_good: by_hand.map_or_else(|| "–".to_owned(), |of| when(of.last)),
        today: count(by_hand),
        wrong: String::new(),
    });
    Ok(lines)
}

fn how(w: &Words, of: &SourceRow) -> String {
    let words = w.of_data();
    let every = match of.every_s {
        None => return words.sends.to_owned(),
        Some(s) if s >= 60 && s % 60 == 0 => fill(words.minutes, &[("n", &w.count(s / 60))]),
        Some(s) => fill(words.seconds, &[("n", &w.count(s))]),
    };
    let text = if of.kind == "folder" { words.folder } else { words.system };
    fill(text, &[("every", &every)])
}
