//! Answers questions of a floor: why a figure is what it is, and what would be if cells had other values.

mod text;

use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::cli::{CellValue, WhatIfArgs, WhyArgs};
use crate::clock::{wall_clock, wall_now};
use crate::config::Loaded;
use crate::exit::{Exit, Failure};
use crate::feed::{Clock, FeedOptions, OpenSource, ask_floor};
use crate::map::workbook::{Reasons, WhatIfReport};
use crate::map::{CellEdit, Question};

/// `floorcast why`.
///
/// # Errors
/// There is no such feed (2), no such figure or no readable table (1), or the answer cannot be written (74).
pub fn why(args: &WhyArgs, loaded: &Loaded) -> Result<(), Failure> {
    let question = Question::Why { slide: args.slide.clone(), who: args.who.clone() };
    let reasons: Reasons = ask(loaded, question, args.now)?;
    print(&reasons, args.json, text::reasons(&reasons))
}

/// `floorcast what-if`.
///
/// # Errors
/// As [`why`]; also where a cell does not exist or a value is of another kind.
pub fn what_if(args: &WhatIfArgs, loaded: &Loaded) -> Result<(), Failure> {
    let change = |CellValue { cell, value }: &CellValue| CellEdit { cell: cell.clone(), value: value.clone() };
    let changes: WhatIfReport = ask(loaded, Question::WhatIf { set: args.set.iter().map(change).collect() }, args.now)?;
    print(&changes, args.json, text::changes(&changes))
}

/// Asks the only feed of the settings.
fn ask<T: DeserializeOwned>(loaded: &Loaded, question: Question, now: Option<Timestamp>) -> Result<T, Failure> {
    let config = &loaded.config;
    let [feed] = config.feeds.as_slice() else {
        return Err(Failure::new(Exit::Usage, "there are several feeds: name one with --feed"));
    };
    let Some(source) = &feed.source else {
        let file = loaded.file_to_edit().display();
        return Err(Failure::new(Exit::Usage, format!("no feed is set: give --feed, or set feed.url in {file}")));
    };
    let source =
        OpenSource::open(source, crate::demo::tape()).map_err(|trouble| Failure::new(Exit::Feed, trouble.reason))?;
    let options = FeedOptions::of(feed, source).on_floor(config.tz.as_deref(), &config.locale);
    let now = now.unwrap_or_else(wall_now);
    let day: Clock = Arc::new(move || now);
    let answer = ask_floor(&options, question, &wall_clock(), &day);
    let answer = answer.map_err(|trouble| Failure::new(Exit::Feed, trouble.reason))?;
    serde_json::from_slice(&answer.board).map_err(|error| Failure::new(Exit::Feed, error))
}

fn print(answer: &impl Serialize, json: bool, text: String) -> Result<(), Failure> {
    let text = match json {
        true => serde_json::to_string_pretty(answer).map_err(|error| Failure::new(Exit::CannotWrite, error))? + "\n",
        false => text,
    };
    crate::stdout::print(&text)
}
