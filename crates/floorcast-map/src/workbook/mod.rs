//! A floor in one workbook: its sheets become the facts of [`salesfloor`], and these the board.
//!
//! [`sheets`] tells which sheet is which and which column is which; each sheet has a reader of its own that fills the
//! [`builder`]. What is not understood is a note with sheet and cell, and counts for nothing.

mod activities;
mod ask;
mod builder;
mod calendar;
mod contests;
mod deals;
mod fields;
mod goals;
mod missing;
mod onboarding;
mod people;
mod periods;
mod playlist;
mod reader;
mod settings;
mod sheets;
mod words;

use salesfloor::board::{Labels, Look, Writer};
use salesfloor::figures::Figures;
use salesfloor::ledger::Ledger;

use super::Note;
use super::table::{Grid, Report};
pub use ask::{
    Card, CardRow, Export, ExportedDeal, Fact, GoalChange, PlaceChange, Reason, Reasons, WhatIfReport, Who, export,
    what_if, why,
};
use builder::Builder;
pub use sheets::{Kind, is_table, kind_of};

/// When and how a workbook is read.
#[derive(Debug, Clone, Copy)]
pub struct ReadOptions<'a> {
    pub settings: &'a super::TableSettings,
    pub now: jiff::Timestamp,
    /// IANA name of the zone where the sheet Settings names none.
    pub tz: &'a str,
    /// `dmy`, `mdy`, or empty.
    pub date_order: &'a str,
}

/// Facts, and what there is to say of them.
pub struct Read {
    pub floor: salesfloor::facts::Floor,
    pub ledger: Ledger,
    pub report: Report,
    /// Title of the main ranking, where the sheet Settings has one.
    pub title: Option<String>,
    /// Whether people's targets may be shown on rankings.
    pub targets: bool,
    /// Deals count as won without a stage that says so.
    pub no_stages: bool,
    /// Deals are celebrated from this amount on, in the minor unit of the floor's sales; `None`: no deal is.
    pub deal_min: Option<i64>,
    /// The sheets whose slides are shown, in this order; empty: all.
    pub playlist: Vec<Kind>,
    /// So many people stand on a ranking; `None`: as many as the wall chooses.
    pub top: Option<u32>,
}

impl Read {
    /// Writes the board of an instant.
    pub fn writer(&self, now: jiff::Timestamp) -> Writer<'_> {
        let figures = Figures { floor: &self.floor, ledger: &self.ledger, now };
        let labels = Labels::of(&self.floor.settings.locale);
        Writer { figures, labels, title: self.title.as_deref(), targets: self.targets }
    }
}

/// Whether these sheets are a floor: besides deals there is at least one other sheet that is known by its name and has the
/// columns that it needs.
pub fn is_floor(sheets: &[Grid]) -> bool {
    sheets.iter().any(|grid| {
        let kind = grid.sheet.as_deref().and_then(kind_of).filter(|kind| *kind != Kind::Deals);
        kind.is_some_and(|kind| fields::find(grid, kind).is_ok())
    })
}

/// Reads all sheets.
///
/// # Errors
/// One line: no sheet of these can be read.
pub fn read(sheets: &[Grid], options: ReadOptions<'_>) -> Result<Read, String> {
    let tz = zone(sheets, options);
    Ok(build(sheets, ReadOptions { tz: &tz, ..options })?.end())
}

/// What the sheets say, without what a wall would miss in them.
pub struct Facts {
    pub floor: salesfloor::facts::Floor,
    pub ledger: Ledger,
    /// The settings as they are where no sheet says otherwise.
    pub before: salesfloor::facts::Settings,
    pub notes: Vec<Note>,
}

/// Reads all sheets as facts.
///
/// # Errors
/// One line: no sheet of these can be read.
pub fn facts(sheets: &[Grid], options: ReadOptions<'_>) -> Result<Facts, String> {
    let before = Builder::new(options).floor.settings;
    let tz = zone(sheets, options);
    let Builder { floor, ledger, report, .. } = build(sheets, ReadOptions { tz: &tz, ..options })?;
    Ok(Facts { floor, ledger, before, notes: report.notes })
}

/// Whether a list of people says more of them than their teams.
pub fn has_details(grid: &Grid) -> bool {
    use fields::Field::{Alias, Birthday, Hidden, Mentor, Photo, Plan, Since, Started, Until};
    let more = [Since, Until, Started, Birthday, Photo, Alias, Hidden, Mentor, Plan];
    fields::find(grid, Kind::People).is_ok_and(|header| more.iter().any(|field| header.columns.contains_key(field)))
}

/// Days are those of the zone that the sheet Settings names, so it is read before all others.
fn zone(sheets: &[Grid], options: ReadOptions<'_>) -> String {
    let mut first = Builder::new(options);
    let is_settings = |grid: &&Grid| grid.sheet.as_deref().and_then(kind_of) == Some(Kind::Settings);
    sheets.iter().filter(is_settings).for_each(|grid| settings::read(&mut first, grid));
    first.floor.settings.tz
}

/// As [`read`], before what is missing is told. The zone of `options` is the floor's.
fn build<'a>(sheets: &[Grid], options: ReadOptions<'a>) -> Result<Builder<'a>, String> {
    let mut builder = Builder::new(options);
    let of = |kind: Kind| sheets.iter().filter(move |grid| grid.sheet.as_deref().and_then(kind_of) == Some(kind));
    of(Kind::Settings).for_each(|grid| settings::read(&mut builder, grid));
    builder.begin()?;
    of(Kind::People).for_each(|grid| people::read(&mut builder, grid));
    of(Kind::Deals).for_each(|grid| deals::read(&mut builder, grid));
    // Its teams are those of the sheets People and Deals.
    of(Kind::Calendar).for_each(|grid| calendar::read(&mut builder, grid));
    of(Kind::Activities).for_each(|grid| activities::read(&mut builder, grid));
    of(Kind::Goals).for_each(|grid| goals::read(&mut builder, grid));
    of(Kind::Scorecard).for_each(|grid| goals::scorecard(&mut builder, grid));
    of(Kind::Contests).for_each(|grid| contests::read(&mut builder, grid));
    of(Kind::Onboarding).for_each(|grid| onboarding::read(&mut builder, grid));
    of(Kind::Recognition).for_each(|grid| words::recognition(&mut builder, grid));
    of(Kind::News).for_each(|grid| words::news(&mut builder, grid));
    of(Kind::Plays).for_each(|grid| words::plays(&mut builder, grid));
    for grid in sheets.iter().filter(|grid| grid.sheet.as_deref().and_then(kind_of).is_none()) {
        builder.unknown_sheet(grid);
    }
    Ok(builder)
}

/// The board of a workbook, and what there is to say of it.
///
/// # Errors
/// One line: nothing of it can be shown.
pub fn board(sheets: &[Grid], options: ReadOptions<'_>) -> Result<(serde_json::Value, Report), String> {
    board_since(sheets, options, &[]).map(|(board, report, _)| (board, report))
}

/// Likewise, with what is to be celebrated since an earlier look, and the look for the next time. `look` is what an
/// earlier call gave; anything else stands for none, and then nothing is celebrated.
///
/// # Errors
/// As [`board`].
pub fn board_since(
    sheets: &[Grid],
    options: ReadOptions<'_>,
    look: &[u8],
) -> Result<(serde_json::Value, Report, Option<Vec<u8>>), String> {
    let read = read(sheets, options)?;
    let writer = read.writer(options.now);
    let mut board = writer.board();
    playlist::apply(&mut board, &read.playlist, read.top);
    let before: Option<Look> = serde_json::from_slice(look).ok();
    let (look, events) = writer.news(&board, before.as_ref(), read.deal_min);
    // What two boards in a row say is known better from the facts.
    board["derive"] = serde_json::json!(false);
    if !events.is_empty() {
        board["events"] = serde_json::json!(events);
    }
    if read.no_stages {
        board["caveats"] = serde_json::json!(["no_stages"]);
    }
    if board["slides"].as_array().is_none_or(Vec::is_empty) {
        let why = read.report.notes.first().map_or(String::new(), |note: &Note| format!("; {}", note.text));
        let playlist = if read.playlist.is_empty() { "" } else { " of the slides that its sheet Settings names" };
        return Err(format!("the workbook has nothing to show{playlist}{why}"));
    }
    let look = serde_json::to_vec(&look).ok();
    Ok((board, read.report, look))
}
