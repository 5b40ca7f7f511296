//! What the cells of a table leave open, and whoever knows the table can say.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::table::{Amount, Cell, Dates, Day, Deals, Fate, Reading, Writing, cleaned, meaning};

/// Cells that are shown of a question.
const SAMPLES: usize = 3;

/// Stages that are asked at once: a column of other texts has a new one in each row.
const STAGES: usize = 40;

/// Questions to whoever knows the table. Each stands as long as the cells alone do not answer it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Doubts {
    /// Whether the day or the month stands first.
    pub date_order: Option<Doubt>,
    /// Whether three digits behind a sign are thousands or decimals.
    pub three_digits: Option<Doubt>,
    /// What stages mean that no word tells.
    pub stages: Option<Box<Doubt>>,
    /// Each of those stages and how many rows have it, also where somebody said what it is; those of most rows first.
    pub asked_stages: Vec<(String, usize)>,
}

/// Cells that could mean two things.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    pub column: String,
    pub rows: usize,
    /// Some of them, as they are written.
    pub samples: Vec<String>,
}

impl Doubts {
    /// `more`: columns with amounts beside the one that was chosen.
    pub fn of(reading: &Reading<'_>, deals: &Deals, headings: &[String], more: &[usize]) -> Doubts {
        let is_row = |fate: Fate| !matches!(fate, Fate::Total | Fate::Footer | Fate::Header);
        let cells = |column: usize| {
            let rows = deals.rows.iter().filter(|deal| is_row(deal.fate));
            rows.map(move |deal| reading.grid.rows[deal.row].cell(column))
        };
        let doubt = |column: usize, is_open: &mut dyn FnMut(&Cell) -> bool| {
            let open: Vec<String> = cells(column).filter(|cell| is_open(cell)).filter_map(Cell::shown).collect();
            let mut samples: Vec<String> = Vec::new();
            for text in &open {
                if samples.len() < SAMPLES && !samples.contains(text) {
                    samples.push(text.clone());
                }
            }
            (!open.is_empty()).then(|| Doubt { column: headings[column].clone(), rows: open.len(), samples })
        };
        let date_order = deals.columns.date.and_then(|(column, _)| {
            let mut dates = Dates::of(reading.cells(column), reading.tz, "");
            doubt(column, &mut |cell| dates.day(cell) == Day::Either)
        });
        let three_digits = deals.columns.amount.into_iter().chain(more.iter().copied()).find_map(|column| {
            let writing = Writing::of(reading.cells(column)).asking(reading.asks);
            let told = reading.writing(column);
            // What is read otherwise because somebody said so is a question, too.
            doubt(column, &mut |cell| {
                let by_itself = writing.amount(cell);
                by_itself == Amount::Unclear || by_itself != told.amount(cell)
            })
        });
        let stages = deals.columns.stage.and_then(|(column, _)| {
            let unknown: Vec<usize> =
                deals.rows.iter().filter(|deal| deal.fate == Fate::UnknownStage).map(|deal| deal.row).collect();
            let mut samples: Vec<String> = deals.unknown_stages.keys().cloned().collect();
            samples.truncate(SAMPLES);
            let column = headings[column].clone();
            (!unknown.is_empty()).then(|| Box::new(Doubt { column, rows: unknown.len(), samples }))
        });
        Doubts { date_order, three_digits, stages, asked_stages: asked_stages(reading, deals) }
    }
}

/// The stages that no word tells.
fn asked_stages(reading: &Reading<'_>, deals: &Deals) -> Vec<(String, usize)> {
    let Some((column, _)) = deals.columns.stage else { return Vec::new() };
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for deal in &deals.rows {
        let Some(text) = reading.grid.rows[deal.row].cell(column).shown() else { continue };
        let is_said = || reading.said_stage(&text).is_some() && meaning(&text).is_none();
        if deal.fate == Fate::UnknownStage || is_said() {
            *found.entry(cleaned(&text)).or_default() += 1;
        }
    }
    let mut all: Vec<(String, usize)> = found.into_iter().collect();
    all.sort_by_key(|(_, rows)| Reverse(*rows));
    all.truncate(STAGES);
    all
}
