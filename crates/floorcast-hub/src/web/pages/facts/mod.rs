//! `/facts`: the rows that make a figure, with their sum: of people whom the viewer may see. Entries by hand are taken back here.

mod change;
#[cfg(test)]
mod test;

use std::collections::{BTreeMap, HashMap};

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use salesfloor::facts::{Aggregate, Scope};
use salesfloor::period::{Days, Span, first_instant};
use serde::Deserialize;

use super::numbers::{exact, one};
use super::shell::{Place, Shell, Toast, UndoForm};
use super::{answer, coaching};
use crate::access::Audience;
use crate::clock;
use crate::sources::plan::BY_CONTENT;
use crate::store::facts::{self, Fact};
use crate::store::{Error, Result as Stored, Tx, figures, floor, people, places};
use crate::web::problem::Problem;
use crate::web::session::Visitor;
use crate::web::state::App;
use crate::web::words::dates::time;
use crate::web::words::{Words, fill};

pub use change::{by_hand, set_revoked};

/// More rows are not drawn; the sum counts all.
const MAX_ROWS: usize = 2_000;

#[derive(Debug, Deserialize)]
struct Params {
    metric: String,
    person: Option<String>,
    /// A day, or an instant where a figure begins within one.
    from: String,
    /// First day or instant after.
    to: String,
    /// The entry that was taken back, or put back, just before.
    revoked: Option<String>,
    restored: Option<String>,
}

/// A day begins at midnight of the floor.
fn instant(text: &str, tz: &TimeZone) -> Result<Timestamp, Error> {
    if let Ok(day) = text.parse::<Date>() {
        return Ok(first_instant(day, tz));
    }
    text.parse().map_err(|_| Error::refused(format!("{text:?}: expected a day like 2026-11-29, or an instant")))
}

#[derive(Template)]
#[template(path = "facts/page.html")]
struct Page {
    shell: Shell,
    about: String,
    rows: Vec<Row>,
    value: String,
    formula: String,
    /// By which the forms of the page come back to it.
    place: [(&'static str, String); 4],
    taken_back: Vec<Row>,
}

struct Row {
    at: String,
    what: String,
    amount: String,
    source: String,
    /// `metric/key` of an entry by hand that the viewer may take back, or put back.
    entry: Option<String>,
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/facts", get(show))
        .route("/facts/revoke", post(change::revoke))
        .route("/facts/restore", post(change::restore))
}

/// The address of the facts of a figure.
pub fn address(metric: &str, person: Option<&str>, days: Days) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("metric", metric);
    if let Some(person) = person {
        query.append_pair("person", person);
    }
    query.append_pair("from", &days.start.to_string()).append_pair("to", &days.end.to_string());
    format!("/facts?{}", query.finish())
}

/// The address of the facts of a figure that begins or ends within a day.
pub fn address_between(metric: &str, person: &str, span: Span) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("metric", metric).append_pair("person", person);
    query.append_pair("from", &span.start.to_string()).append_pair("to", &span.end.to_string());
    format!("/facts?{}", query.finish())
}

async fn show(State(app): State<App>, visitor: Visitor, Query(params): Query<Params>) -> Result<Response, Problem> {
    let now = clock::now();
    let page = app
        .read(move |tx| {
            let w = visitor.words;
            let missing = || Error::Missing("such page".into());
            let (audience, name) = match &params.person {
                // Somebody whom the viewer may not see is nobody for them.
                Some(id) => {
                    let person = people::seen(tx, &visitor.viewer, id)?.ok_or_else(missing)?;
                    (Audience::Person { id: id.clone(), teams: coaching::teams_of(tx, id)? }, person.name)
                }
                None => (Audience::Administrators, w.company.to_owned()),
            };
            let mut shell = Shell::open(tx, &visitor, &audience, (Place::Elsewhere, w.facts_title), now)?;
            let tz = figures::zone(&floor::get(tx)?)?;
            let span = Span { start: instant(&params.from, &tz)?, end: instant(&params.to, &tz)? };
            if span.start >= span.end {
                return Err(Error::refused(format!(
                    "{} to {}: the first day has to be before the last",
                    params.from, params.to
                )));
            }
            let loaded = figures::load(tx, &visitor.viewer, span)?;
            let may_correct = match &params.person {
                Some(person) => change::may_correct(tx, &visitor, person)?,
                None => true,
            };
            let metric = loaded.metric(&params.metric).ok_or_else(missing)?;
            let who = match &params.person {
                Some(id) => Scope::Person(loaded.person(id).ok_or_else(missing)?),
                None => Scope::Company,
            };
            let figures = loaded.at(now);
            let why = figures.why(metric, who, figures.until_now(span));
            let of = loaded.floor.metric(metric);
            let counted = of.aggregate == Aggregate::Count;
            let amount = |amount: i64| if counted { w.count(1) } else { exact(of, amount, w.lang) };
            let value = match of.aggregate {
                Aggregate::Sum => Some(exact(of, why.facts.iter().map(|fact| fact.amount).sum(), w.lang)),
                _ => why.value.map(|value| one(of, value.as_f64(), w.lang)),
            };
            // Of another year a day alone would be taken for one of this year.
            let this_year = tz.to_datetime(now).year();
            let written = |day: Date| if day.year() == this_year { w.short_day(day) } else { w.day_and_year(day) };
            let keys = why.facts.iter().take(MAX_ROWS).filter_map(|fact| fact.key.split_once('\u{1f}'));
            let places = places_of(tx, keys)?;
            let row = |fact: &salesfloor::ledger::Entry<'_>| {
                let at = tz.to_datetime(fact.at);
                let (source, key) = fact.key.split_once('\u{1f}').unwrap_or(("", fact.key));
                let entry = format!("{}/{key}", loaded.floor.metric(fact.metric).key);
                let time =
                    if at.time() == jiff::civil::Time::midnight() { String::new() } else { format!(" {}", time(at)) };
                Row {
                    at: format!("{}{time}", written(at.date())),
                    what: fact.label.unwrap_or(&loaded.floor.metric(fact.metric).label).to_owned(),
                    amount: amount(fact.amount),
                    source: match places.get(&(source, key)) {
                        _ if source == facts::BY_HAND => w.by_hand.to_owned(),
                        // What a row without an id is known by says nothing to anybody.
                        Some((file, line)) if key.starts_with(BY_CONTENT) => in_file(w, file, *line),
                        Some((file, line)) => format!("{} · {key}", in_file(w, file, *line)),
                        None if key.starts_with(BY_CONTENT) => source.to_owned(),
                        None => format!("{source} {key}"),
                    },
                    entry: (source == facts::BY_HAND && fact.person.is_some() && may_correct).then_some(entry),
                }
            };
            let between = [span.start.as_microsecond(), span.end.as_microsecond()];
            let gone = match may_correct {
                true => facts::taken_back(tx, facts::BY_HAND, &params.metric, params.person.as_deref(), between)?,
                false => Vec::new(),
            };
            let taken_back = gone.iter().map(|fact| taken_back(w, &tz, of, fact)).collect::<Stored<Vec<Row>>>()?;
            shell.toast = toast(tx, &visitor, &params, of)?;
            let day = |at: Timestamp| written(tz.to_datetime(at).date());
            let last = span.end.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(span.end);
            let about = fill(
                w.facts_of,
                &[("metric", &of.label), ("name", &name), ("from", &day(span.start)), ("to", &day(last))],
            );
            Ok(Page {
                place: [
                    ("metric", params.metric),
                    ("person", params.person.unwrap_or_default()),
                    ("from", params.from),
                    ("to", params.to),
                ],
                taken_back,
                shell,
                about,
                rows: why.facts.iter().take(MAX_ROWS).map(row).collect(),
                value: value.unwrap_or_else(|| "–".to_owned()),
                // Its words are English.
                formula: if w.lang == "en" { why.formula } else { String::new() },
            })
        })
        .await?;
    answer::page(&page)
}

fn in_file(w: &Words, file: &str, line: i64) -> String {
    fill(w.in_file, &[("file", file), ("line", &line.to_string())])
}

/// File and line by source and id.
type Places<'k> = HashMap<(&'k str, &'k str), (String, i64)>;

/// Where in files the facts with these keys stand.
fn places_of<'k>(tx: &mut Tx<'_>, keys: impl Iterator<Item = (&'k str, &'k str)>) -> Stored<Places<'k>> {
    let mut by_source: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (source, key) in keys {
        by_source.entry(source).or_default().push(key);
    }
    let mut all = HashMap::new();
    for (source, keys) in by_source {
        let mut found = places::of_ids(tx, source, &keys)?;
        all.extend(keys.into_iter().filter_map(|key| Some(((source, key), found.remove(key)?))));
    }
    Ok(all)
}

/// An entry that was taken back, as a row of its own: it counts nowhere.
fn taken_back(w: &Words, tz: &TimeZone, of: &salesfloor::facts::Metric, fact: &Fact) -> Stored<Row> {
    let at = Timestamp::from_microsecond(fact.at).map_err(Error::broken)?;
    Ok(Row {
        at: w.day_and_time(tz.to_datetime(at)),
        what: fact.label.clone().unwrap_or_else(|| of.label.clone()),
        amount: exact(of, fact.amount, w.lang),
        source: w.by_hand.to_owned(),
        entry: Some(format!("{}/{}", fact.metric, fact.ext_id)),
    })
}

/// What was done just before, with the way back.
fn toast(tx: &mut Tx<'_>, visitor: &Visitor, params: &Params, of: &salesfloor::facts::Metric) -> Stored<Option<Toast>> {
    let w = visitor.words;
    let (name, text, action) = match (&params.revoked, &params.restored) {
        (Some(name), _) => (name, w.entry_taken_back, "/facts/restore"),
        (None, Some(name)) => (name, w.entry_put_back, "/facts/revoke"),
        (None, None) => return Ok(None),
    };
    let fact = match by_hand(tx, visitor, name) {
        Ok(fact) => fact,
        Err(Error::Missing(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    let n = exact(of, fact.amount, w.lang);
    let text = fill(text, &[("n", &n), ("what", &of.label)]);
    Ok(Some(Toast { text, undo: Some(UndoForm { action, field: "fact", value: name.clone() }) }))
}
