//! The slides of a board as the page lists them.

use jiff::Timestamp;
use salesfloor::board::Labels;
use serde_json::Value as Json;

use crate::publish::{Whole, one_slide, playlist};
use crate::store::boards::Playlist;
use crate::web::words::{Words, fill};

/// A row of the playlist.
pub struct Row {
    /// By what the playlist knows it.
    pub key: String,
    pub id: String,
    pub title: String,
    pub about: String,
    pub picture: String,
    pub alt: String,
    pub seconds: String,
    pub hidden: bool,
    pub first: bool,
    pub last: bool,
    pub stays: String,
    pub up: String,
    pub down: String,
}

/// How long a round is that nobody has set is not known here: so long a page that nobody has set is taken for.
const USUAL_S: u32 = 15;

/// What a board calls something by itself, in the language of the page: the board is in the floor's.
fn said(w: &Words, locale: &Json, text: &str) -> String {
    Labels::of(locale.as_str().unwrap_or_default()).said_in(Labels::of(w.lang), text)
}

/// What a slide of a board is called: its title, else its kind.
pub fn name_of(w: &Words, document: &Json, slide: &Json) -> String {
    match slide["title"].as_str().filter(|title| !title.is_empty()) {
        Some(title) => said(w, &document["locale"], title),
        None => {
            let kind = kind_of(w, slide);
            let mut letters = kind.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
        }
    }
}

fn kind_of(w: &Words, slide: &Json) -> &'static str {
    let of = w.of_wall();
    match slide["type"].as_str().unwrap_or_default() {
        "ranking" => of.ranking,
        "contest" => of.contest,
        "bracket" => of.bracket,
        "goals" => of.goals,
        "scorecard" => of.scorecard,
        "recognition" => of.recognition,
        "ramp" => of.ramp,
        "skills" => of.skills,
        "coaching" => of.coaching,
        _ => of.message,
    }
}

/// What is on a slide, in a few words: its kind, whom it is of, the period.
fn about(w: &Words, document: &Json, slide: &Json) -> String {
    let of = w.of_wall();
    let whom = match slide["of"].as_str() {
        Some("teams") => Some(of.teams),
        Some("people") => Some(of.people),
        _ => None,
    };
    let period = slide["period"]["label"].as_str().filter(|label| !label.is_empty());
    let period = period.map(|label| said(w, &document["locale"], label));
    let parts = [Some(kind_of(w, slide).to_owned()), whom.map(str::to_owned), period];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The address of a slide's picture. It changes with what is on it: a browser then asks for the new one.
pub fn picture_of(board: &str, slide: &Json, size: &str, now: Timestamp) -> String {
    let id = slide["id"].as_str().unwrap_or_default();
    let mark = crate::random::hash(&slide.to_string());
    let id = percent(id);
    format!("/wall/{board}/{id}.png?size={size}&of={}-{}", &mark[..12], now.as_second() / crate::publish::CLOCK_S)
}

/// An id as a part of an address.
fn percent(id: &str) -> String {
    form_urlencoded::byte_serialize(id.as_bytes()).collect::<String>().replace('+', "%20")
}

pub fn rows(whole: &Whole, of: &Playlist, board: &str, w: &Words, now: Timestamp) -> Vec<Row> {
    let all = playlist::arranged(&whole.document, of);
    let last = all.len().saturating_sub(1);
    let words = w.of_wall();
    let row = |(at, (slide, turn)): (usize, (Json, crate::store::boards::Turn))| {
        let title = name_of(w, &whole.document, &slide);
        let named = |text: &str| fill(text, &[("title", &title)]);
        Row {
            id: slide["id"].as_str().unwrap_or_default().to_owned(),
            about: about(w, &whole.document, &slide),
            picture: picture_of(board, &slide, "320x180", now),
            alt: named(w.slide_alt),
            seconds: turn.dwell_s.map(|seconds| seconds.to_string()).unwrap_or_default(),
            hidden: turn.hidden,
            first: at == 0,
            last: at == last,
            stays: named(words.stays),
            up: named(words.up),
            down: named(words.down),
            key: turn.slide,
            title,
        }
    };
    all.into_iter().enumerate().map(row).collect()
}

/// How many slides are on, and how long a round of them takes.
pub fn round(rows: &[Row], w: &Words) -> String {
    let of = w.of_wall();
    let on: Vec<u32> =
        rows.iter().filter(|row| !row.hidden).map(|row| row.seconds.parse().unwrap_or(USUAL_S)).collect();
    let all: u32 = on.iter().sum();
    let [m, s] = [all / 60, all % 60].map(|n| n.to_string());
    let time = if all < 60 { fill(of.seconds, &[("s", &s)]) } else { fill(of.min_s, &[("m", &m), ("s", &s)]) };
    fill(of.round, &[("n", &on.len().to_string()), ("time", &time)])
}

/// Whether a slide is one of a board's.
pub fn find(whole: &Whole, id: &str) -> Option<crate::store::boards::Published> {
    let slide = whole.document["slides"].as_array()?.iter().find(|slide| slide["id"] == id)?;
    Some(one_slide(&whole.document, slide))
}
