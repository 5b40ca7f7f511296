//! Computes what would be if cells had other values: scores, places and paces before and after.

use std::collections::HashMap;

use salesfloor::facts::{Scope, Scorecard};
use salesfloor::figures::{Figures, Numbering};
use serde::{Deserialize, Serialize};

use super::address;
use crate::table::Grid;
use crate::workbook::{Read, ReadOptions, read};

/// Before and after. People are all who work here, hidden ones too: this is for whoever has the file.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct WhatIfReport {
    /// Cell, what stood there, what stands there now.
    pub set: Vec<[String; 3]>,
    pub cards: Vec<Card>,
    pub places: Vec<PlaceChange>,
    pub goals: Vec<GoalChange>,
}

/// A scorecard with everybody on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Card {
    pub title: String,
    pub rows: Vec<CardRow>,
}

/// Score and place, before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CardRow {
    pub who: Who,
    pub score: [Option<f64>; 2],
    pub place: [Option<u32>; 2],
}

/// Whom a row is about: `company`, `team` or `person`, and the name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Who {
    pub scope: String,
    pub name: String,
}

/// Another place on a ranking.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceChange {
    pub slide: String,
    pub title: String,
    pub who: Who,
    pub value: [Option<f64>; 2],
    pub place: [Option<u32>; 2],
}

/// A goal with another value, target or pace; the sides are empty where there is no such goal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoalChange {
    pub who: Who,
    pub what: String,
    pub period: String,
    pub value: [Option<f64>; 2],
    pub target: [Option<f64>; 2],
    pub pace: [Option<f64>; 2],
}

/// Compares the figures of the sheets with those of the changed ones.
///
/// # Errors
/// One line: a cell does not exist, a value is of the wrong kind or not understood, or the sheets cannot be read.
pub fn what_if(sheets: &[Grid], options: ReadOptions<'_>, set: &[crate::CellEdit]) -> Result<WhatIfReport, String> {
    let before = read(sheets, options)?;
    let mut changed = sheets.to_vec();
    let mut told = Vec::new();
    for change in set {
        let old = address::set(&mut changed, change)?;
        told.push([change.cell.clone(), old, change.value.clone()]);
    }
    let after = read(&changed, options)?;
    // A new note about a changed cell says why the change does not count: that is the answer then.
    let known: Vec<&str> = before.report.notes.iter().map(|note| note.text.as_str()).collect();
    let names_cell = |text: &str| {
        let place = |change: &crate::CellEdit| change.cell.rsplit_once('!').map(|(_, place)| place.replace('$', ""));
        let is = |place: String| text.to_ascii_uppercase().contains(&format!("!{}:", place.to_ascii_uppercase()));
        set.iter().filter_map(place).any(is)
    };
    let mut new = after.report.notes.iter().filter(|note| !known.contains(&note.text.as_str()));
    if let Some(note) = new.find(|note| names_cell(&note.text)) {
        return Err(note.text.clone());
    }
    let reads = [&before, &after];
    let sides = reads.map(|read| read.writer(options.now).figures);
    Ok(WhatIfReport { set: told, cards: cards(sides), places: places(reads, options), goals: goals(sides) })
}

fn who(figures: &Figures<'_>, scope: Scope) -> Who {
    let kind = match scope {
        Scope::Company => "company",
        Scope::Team(_) => "team",
        Scope::Person(_) => "person",
    };
    Who { scope: kind.to_owned(), name: figures.name(scope).to_owned() }
}

/// The two sides of each key, in the order of the first one that has it.
fn pairs<K: Clone + Eq + std::hash::Hash, V>(before: Vec<(K, V)>, after: Vec<(K, V)>) -> Vec<(K, [Option<V>; 2])> {
    let mut order: Vec<K> = Vec::new();
    let mut all: HashMap<K, [Option<V>; 2]> = HashMap::new();
    for (side, rows) in [before, after].into_iter().enumerate() {
        for (key, value) in rows {
            let entry = all.entry(key.clone()).or_insert_with(|| {
                order.push(key);
                [None, None]
            });
            entry[side] = Some(value);
        }
    }
    order.into_iter().filter_map(|key| all.remove(&key).map(|sides| (key, sides))).collect()
}

/// A figure, and the place that it gives.
type Placed = (Option<f64>, Option<u32>);

fn cards(sides: [Figures<'_>; 2]) -> Vec<Card> {
    type Scores = Vec<(Who, Placed)>;
    let all = |figures: Figures<'_>| -> Vec<((usize, String), Scores)> {
        let card = |(at, card): (usize, &Scorecard)| ((at, card.title.clone()), scores(&figures, card));
        figures.floor.scorecards.iter().enumerate().map(card).collect()
    };
    let card = |((_, title), [before, after]): ((usize, String), [Option<Vec<_>>; 2])| {
        let row = |(who, sides): (Who, [Option<Placed>; 2])| CardRow {
            who,
            score: sides.map(|side| side.and_then(|(score, _)| score)),
            place: sides.map(|side| side.and_then(|(_, place)| place)),
        };
        let rows = pairs(before.unwrap_or_default(), after.unwrap_or_default()).into_iter().map(row).collect();
        Card { title, rows }
    };
    pairs(all(sides[0]), all(sides[1])).into_iter().map(card).collect()
}

/// Everybody's score and place, the best first; then teams and the company, which have none.
fn scores(figures: &Figures<'_>, card: &Scorecard) -> Vec<(Who, Placed)> {
    let score = |scope: Scope| (scope, figures.card(card, scope).score);
    let mut people: Vec<(Scope, Option<f64>)> =
        figures.people_of(card).into_iter().map(Scope::Person).map(score).collect();
    people.sort_by(|a, b| b.1.unwrap_or(f64::NEG_INFINITY).total_cmp(&a.1.unwrap_or(f64::NEG_INFINITY)));
    let scores: Vec<f64> = people.iter().filter_map(|(_, score)| *score).collect();
    let place = |own: f64| 1 + scores.iter().filter(|other| **other > own).count() as u32;
    let row = |(scope, score): (Scope, Option<f64>)| (who(figures, scope), (score, score.map(place)));
    let others = figures.floor.team_ids().map(Scope::Team).chain([Scope::Company]).filter(|_| card.team.is_none());
    let others: Vec<_> = others.map(score).map(|(scope, score)| (who(figures, scope), (score, None))).collect();
    people.into_iter().map(row).chain(others).collect()
}

fn places(sides: [&Read; 2], options: ReadOptions<'_>) -> Vec<PlaceChange> {
    type Key = (String, String, Who);
    let all = |read: &Read| -> Vec<(Key, Placed)> {
        let writer = read.writer(options.now);
        let mut rows = Vec::new();
        for (id, title, standings) in writer.standings(Numbering::Competition) {
            for row in standings {
                let key = (id.clone(), title.clone(), who(&writer.figures, row.who));
                rows.push((key, (row.value.map(salesfloor::figures::Value::as_f64), row.place)));
            }
        }
        rows
    };
    let change = |((slide, title, who), sides): (Key, [Option<Placed>; 2])| {
        let value = sides.map(|side| side.and_then(|(value, _)| value));
        let place = sides.map(|side| side.and_then(|(_, place)| place));
        (value[0] != value[1] || place[0] != place[1]).then_some(PlaceChange { slide, title, who, value, place })
    };
    pairs(all(sides[0]), all(sides[1])).into_iter().filter_map(change).collect()
}

fn goals(sides: [Figures<'_>; 2]) -> Vec<GoalChange> {
    type Key = (Who, String, String, u8);
    let all = |figures: Figures<'_>| -> Vec<(Key, [Option<f64>; 3])> {
        let goal = |goal: &salesfloor::facts::Goal| {
            let figure = figures.goal(goal);
            let last = goal.end.yesterday().unwrap_or(goal.end);
            let what = figures.floor.metric(goal.metric).label.clone();
            let key = (who(&figures, goal.scope), what, format!("{} to {last}", goal.start), goal.level as u8);
            (key, [figure.value, Some(figure.target), Some(figure.pace)])
        };
        figures.floor.goals.iter().map(goal).collect()
    };
    let change = |((who, what, period, _), [before, after]): (Key, [Option<[Option<f64>; 3]>; 2])| {
        let side = |at: usize| [before.and_then(|side| side[at]), after.and_then(|side| side[at])];
        (before != after).then(|| GoalChange { who, what, period, value: side(0), target: side(1), pace: side(2) })
    };
    pairs(all(sides[0]), all(sides[1])).into_iter().filter_map(change).collect()
}
