//! Explains why a figure of a slide is what it is: its formula, and each fact with sheet, row, day and value.

use salesfloor::board::{Explained, Explanation};
use salesfloor::figures::Value;
use salesfloor::ledger::Entry;
use serde::{Deserialize, Serialize};

use crate::table::Grid;
use crate::text::short;
use crate::workbook::{Read, ReadOptions, build, zone};

/// What the slides of a kind say of somebody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reasons {
    pub who: String,
    pub figures: Vec<Reason>,
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// Id, kind and title of its slide.
    pub slide: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    /// Where it stands in the row: `value`, `pace`, `cells[2].target`.
    pub field: String,
    pub value: Option<f64>,
    pub formula: String,
    pub facts: Vec<Fact>,
    /// Facts that are not listed, and what they come to.
    pub more: Option<(usize, f64)>,
}

/// One fact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// `Deals!C12`.
    pub cell: String,
    pub day: String,
    /// Who did it; `None`: it counts for the company only.
    pub who: Option<String>,
    pub what: String,
    pub value: f64,
}

/// Most facts of an answer: more nobody reads, and an answer has its limit.
const FACTS: usize = 4_000;

/// Explains the figures of somebody on the slides of a kind, or on the one with an id.
///
/// # Errors
/// One line: the sheets cannot be read, there is nobody of that name, or no such figure.
pub fn why(sheets: &[Grid], options: ReadOptions<'_>, slide: &str, who: &str) -> Result<Reasons, String> {
    let tz = zone(sheets, options);
    let builder = build(sheets, ReadOptions { tz: &tz, ..options })?;
    let scope = builder.scope(who);
    let read = builder.end();
    let scope = scope.ok_or_else(|| {
        let people = read.floor.people.iter().map(|person| &person.name);
        let names: Vec<&str> =
            read.floor.teams.iter().map(|team| &team.name).chain(people).map(String::as_str).collect();
        let more = names.len().saturating_sub(NAMES);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let names = names.into_iter().take(NAMES).collect::<Vec<_>>().join(", ");
        format!("{:?} is nobody here: there is company, {names}{more}", short(who, 60))
    })?;
    let writer = read.writer(options.now);
    let explanations = writer.why(slide, scope)?;
    let mut room = FACTS;
    let figures = explanations.iter().flat_map(|slide| slide.figures.iter().map(move |figure| (slide, figure)));
    let figures = figures.map(|(slide, figure)| reason(&read, slide, figure, &mut room)).collect();
    let name = match writer.figures.name(scope) {
        "" => "company".to_owned(),
        name => name.to_owned(),
    };
    Ok(Reasons { who: name, figures })
}

/// Names that an error lists.
const NAMES: usize = 20;

fn reason(read: &Read, slide: &Explanation<'_>, figure: &Explained<'_>, room: &mut usize) -> Reason {
    let (listed, rest) = figure.facts.split_at(figure.facts.len().min(*room));
    *room -= listed.len();
    let sum = rest.iter().map(|fact| amount(read, fact)).sum();
    Reason {
        slide: slide.id.clone(),
        kind: slide.kind.to_owned(),
        title: slide.title.clone(),
        field: figure.field.clone(),
        value: figure.value,
        formula: figure.formula.clone(),
        facts: listed.iter().map(|fact| of(read, fact)).collect(),
        more: (!rest.is_empty()).then_some((rest.len(), sum)),
    }
}

fn amount(read: &Read, fact: &Entry<'_>) -> f64 {
    Value::minor(fact.amount, read.floor.metric(fact.metric).decimals).as_f64()
}

fn of(read: &Read, fact: &Entry<'_>) -> Fact {
    Fact {
        cell: fact.key.to_owned(),
        day: read.ledger.day(fact.at).to_string(),
        who: fact.person.map(|person| read.floor.person(person).name.clone()),
        what: read.floor.metric(fact.metric).label.clone(),
        value: amount(read, fact),
    }
}
