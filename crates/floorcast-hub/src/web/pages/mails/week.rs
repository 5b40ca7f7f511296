//! The weekly mails: somebody's own figures, and those of a manager's teams.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use salesfloor::facts::{Aggregate, Kind, MetricId, PersonId, Scope};
use salesfloor::figures::{Figures, Value};
use salesfloor::period::Days;

use super::letter::{Block, Letter, Row};
use crate::access::Role;
use crate::store::figures::Loaded;
use crate::store::{Error, Result, Tx};
use crate::web::pages::floor::{self, IN_FRONT};
use crate::web::pages::me;
use crate::web::pages::numbers::Numbers;
use crate::web::pages::team;
use crate::web::session::Visitor;
use crate::web::words::{Words, fill};

fn week_of(first: &str) -> Result<Days> {
    let start: Date = first.parse().map_err(|error| Error::broken(format!("a week from {first:?}: {error}")))?;
    Ok(Days { start, end: start.saturating_add(7.days()) })
}

/// Somebody's own week; `None`: they are on no floor, or nothing is known of them.
///
/// # Errors
/// The store's.
pub fn own(tx: &mut Tx<'_>, visitor: &Visitor, first: &str, now: Timestamp) -> Result<Option<Letter>> {
    let (week, words) = (week_of(first)?, visitor.words);
    let w = words.of_mails();
    let Some(person) = visitor.person() else { return Ok(None) };
    let Some(day) = me::day(tx, visitor, person, now)? else { return Ok(None) };
    let loaded = floor::load(tx, &visitor.viewer, now)?;
    let Some(id) = loaded.person(person) else { return Ok(None) };
    let rows = figures(&loaded, words, id, week, now, &day);
    let mut blocks = Vec::new();
    if !rows.is_empty() {
        let heads = [w.last_week, w.week_before, w.month_now].map(str::to_owned).to_vec();
        blocks.push(Block { title: w.the_week.to_owned(), heads, rows, ..Block::default() });
    }
    if let Some(own) = day.place.rows.iter().find(|row| row.own) {
        let stands = format!("{}: {} · {}", day.place.about, own.plate, own.value);
        let lines = [stands, day.place.line.clone()].into_iter().filter(|line| !line.is_empty()).collect();
        blocks.push(Block { title: w.where_you_stand.to_owned(), lines, ..Block::default() });
    }
    let goals: Vec<String> = day
        .goals
        .iter()
        .map(|goal| format!("{} {}: {} / {} · {}", goal.when, goal.label, goal.value, goal.target, goal.state.text))
        .collect();
    if !goals.is_empty() {
        blocks.push(Block { title: w.goals.to_owned(), lines: goals, ..Block::default() });
    }
    let today: Vec<String> =
        day.indicators.iter().filter_map(|of| Some(format!("{}: {} {}", of.label, of.done, of.of.as_ref()?))).collect();
    if !today.is_empty() {
        blocks.push(Block { title: w.today.to_owned(), lines: today, ..Block::default() });
    }
    if blocks.is_empty() {
        return Ok(None);
    }
    Ok(Some(Letter {
        subject: titled(words, w.week_subject, week),
        lead: w.week_lead.to_owned(),
        blocks,
        button: (w.open_me, "/me"),
    }))
}

fn titled(words: &Words, text: &str, week: Days) -> String {
    let last = week.end.saturating_sub(1.day());
    fill(text, &[("from", &words.short_day(week.start)), ("to", &words.short_day(last))])
}

/// What somebody does and what comes of it, in the week and in the one before.
fn figures(loaded: &Loaded, words: &Words, id: PersonId, week: Days, now: Timestamp, day: &me::Day) -> Vec<Row> {
    let figures = loaded.at(now);
    let card = loaded.card_of(id, figures.today());
    let counts = |of: &MetricId| {
        let of = loaded.floor.metric(*of);
        of.kind == Kind::Leading && matches!(of.aggregate, Aggregate::Sum | Aggregate::Count)
    };
    let mut metrics: Vec<MetricId> = card.lines.iter().map(|line| line.metric).filter(counts).take(IN_FRONT).collect();
    metrics.extend(loaded.ranked().into_iter().find(|of| loaded.floor.metric(*of).kind == Kind::Lagging));
    let before = Days { start: week.start.saturating_sub(7.days()), end: week.start };
    let row = |metric: MetricId| {
        let of = loaded.floor.metric(metric);
        let [this, last] = [week, before].map(|days| value(&figures, metric, id, days));
        let numbers = Numbers::of(of, &[this.unwrap_or(0.0), last.unwrap_or(0.0)], words.lang);
        let written = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| numbers.write(value));
        let unit = Some(numbers.unit()).filter(|unit| !unit.is_empty()).map(|unit| format!(" ({unit})"));
        let month = day.indicators.iter().find(|shown| shown.id == of.key).and_then(|shown| shown.month.as_ref());
        Row {
            name: format!("{}{}", of.label, unit.unwrap_or_default()),
            cells: vec![written(this), written(last), month.map_or_else(String::new, |month| month.text.clone())],
        }
    };
    metrics.into_iter().map(row).collect()
}

fn value(figures: &Figures<'_>, metric: MetricId, id: PersonId, days: Days) -> Option<f64> {
    figures.value(metric, Scope::Person(id), figures.span(days)).map(Value::as_f64)
}

/// The week of a manager's teams; `None`: it is no manager, or nobody is in them.
///
/// # Errors
/// The store's.
pub fn teams(tx: &mut Tx<'_>, visitor: &Visitor, first: &str, now: Timestamp) -> Result<Option<Letter>> {
    let (week, words) = (week_of(first)?, visitor.words);
    let w = words.of_mails();
    if visitor.login.role == Role::Rep {
        return Ok(None);
    }
    let Some(all) = team::floor(tx, visitor, "", now)? else { return Ok(None) };
    let loaded = floor::load(tx, &visitor.viewer, now)?;
    let figures = loaded.at(now);
    let result = loaded.ranked().into_iter().find(|of| loaded.floor.metric(*of).kind == Kind::Lagging);
    let values: Vec<f64> = result.map_or(Vec::new(), |metric| {
        let of_person = |id| value(&figures, metric, id, week);
        loaded.floor.person_ids().filter_map(of_person).collect()
    });
    let numbers = result.map(|metric| Numbers::of(loaded.floor.metric(metric), &values, words.lang));
    let mut blocks = Vec::new();
    let head = result.zip(numbers.as_ref()).map_or_else(String::new, |(metric, numbers)| {
        let unit = Some(numbers.unit()).filter(|unit| !unit.is_empty()).map(|unit| format!(" ({unit})"));
        format!("{}{}", loaded.floor.metric(metric).label, unit.unwrap_or_default())
    });
    for group in all.groups {
        let row = |row: team::Row| {
            let id = loaded.person(&row.id);
            let won = id.zip(result).and_then(|(id, metric)| value(&figures, metric, id, week));
            let won = won.zip(numbers.as_ref()).map_or_else(String::new, |(value, numbers)| numbers.write(value));
            Row { name: row.name, cells: vec![won, row.why] }
        };
        let rows = group.rows.into_iter().map(row).collect();
        blocks.push(Block { title: group.title, heads: vec![head.clone(), String::new()], rows, ..Block::default() });
    }
    if blocks.is_empty() {
        return Ok(None);
    }
    let goals: Vec<String> =
        all.goals.iter().map(|goal| format!("{}: {} · {}", goal.name, goal.of, goal.state.text)).collect();
    if !goals.is_empty() {
        blocks.push(Block { title: all.goals_title, lines: goals, ..Block::default() });
    }
    Ok(Some(Letter {
        subject: titled(words, w.team_subject, week),
        lead: w.team_lead.to_owned(),
        blocks,
        button: (w.open_team, "/team"),
    }))
}
