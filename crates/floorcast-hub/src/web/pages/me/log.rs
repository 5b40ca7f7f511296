//! `POST /me/log`, `POST /me/undo`: one tap is one fact, however often the browser sends it; it can be taken back.

use std::collections::HashMap;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, ToSpan as _};
use salesfloor::facts::PersonId;
use salesfloor::period::Span;

use super::Params;
use crate::access::Viewer;
use crate::clock;
use crate::store::facts::{self, Fact};
use crate::store::metrics::MetricRow;
use crate::store::{Error, Result as Stored, Tx, figures, floor, metrics};
use crate::web::pages::{answer, facts as facts_page, floor as pages_floor};
use crate::web::problem::Problem;
use crate::web::session::{Posted, Visitor};
use crate::web::state::App;
use crate::web::words::dates::time;
use crate::web::words::fill;

pub const MAX_AT_ONCE: i64 = 999;

/// What is older is a correction, and comes by the source.
const DAYS_BACK: i64 = 31;

/// So many at once are nothing unusual anywhere.
const NEVER_ASKED: i64 = 10;

/// What was typed and is not kept yet, with what is wrong about it or what is asked.
#[derive(Debug, Clone, Default)]
pub struct Retry {
    pub metric: String,
    pub key: String,
    pub n: String,
    pub at: String,
    pub label: String,
    pub n_wrong: Option<String>,
    pub at_wrong: Option<String>,
    pub ask: Option<String>,
}

/// `14:32` on the floor's clock.
///
/// # Errors
/// The store's.
pub fn clock_of(tx: &mut Tx<'_>, at: i64) -> Stored<String> {
    let at = Timestamp::from_microsecond(at).map_err(Error::broken)?.to_zoned(figures::zone(&floor::get(tx)?)?);
    Ok(time(at.datetime()))
}

pub async fn log(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let now = clock::now();
    let visitor = posted.visitor.clone();
    match app.write(move |tx| keep(tx, &posted, now)).await? {
        Ok(address) => {
            app.publisher.wake();
            Ok(answer::see(&address))
        }
        Err(retry) => {
            let wrong = retry.ask.is_none();
            let mut response = super::render(&app, visitor, Params::default(), Some(retry)).await?;
            if wrong {
                *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            }
            Ok(response)
        }
    }
}

/// The inner error is for whoever typed it.
fn keep(tx: &mut Tx<'_>, posted: &Posted, now: Timestamp) -> Stored<Result<String, Retry>> {
    let Posted { visitor, form } = posted;
    let (metric, key, w) = (form.text("metric"), form.text("key"), visitor.words);
    let person = visitor.person().ok_or_else(|| Error::refused(w.no_person))?;
    let of = metrics::get(tx, metric)?.ok_or_else(|| Error::Missing(format!("figure {metric:?}")))?;
    if of.kind != "leading" || key.is_empty() || key.len() > 40 || key.contains(|c: char| !c.is_ascii_alphanumeric()) {
        return Err(Error::refused(format!("{} is not logged by hand", of.label)));
    }
    let label: String = form.text("label").chars().take(120).collect();
    let typed = Retry {
        metric: metric.to_owned(),
        key: key.to_owned(),
        n: form.text("n").to_owned(),
        at: form.text("at").to_owned(),
        label: label.clone(),
        ..Retry::default()
    };
    let n = match form.text("n") {
        "" => Some(1),
        text => text.parse().ok().filter(|n| (1..=MAX_AT_ONCE).contains(n)),
    };
    let at = when(tx, visitor, form.text("at"), now)?;
    let (n, at) = match (n, at) {
        (Some(n), Ok(at)) => (n, at),
        (n, at) => {
            let n_wrong = n.is_none().then(|| fill(w.bad_count, &[("n", form.text("n"))]));
            return Ok(Err(Retry { n_wrong, at_wrong: at.err(), ..typed }));
        }
    };
    // A form that is sent twice is one tap.
    if let Some(there) = facts::get(tx, facts::BY_HAND, key, metric)? {
        if there.person.as_deref() != Some(person) {
            return Err(Error::refused("another person made this entry"));
        }
        return Ok(Ok(logged(key, metric)));
    }
    if n > NEVER_ASKED
        && form.text("sure") != n.to_string()
        && let Some(ask) = unusual(tx, visitor, &of, n, now)?
    {
        return Ok(Err(Retry { ask: Some(ask), n: n.to_string(), ..typed }));
    }
    let fact = Fact {
        source: facts::BY_HAND.into(),
        ext_id: key.to_owned(),
        metric: metric.to_owned(),
        person: Some(person.to_owned()),
        owner_key: None,
        at: at.as_microsecond(),
        amount: n * 10_i64.pow(of.decimals.clamp(0, 9) as u32),
        currency: None,
        label: (!label.is_empty()).then_some(label),
        revoked: None,
        by_whom: Some(visitor.viewer.name()),
        why: None,
    };
    facts::put(tx, &[fact], now.as_microsecond())?;
    floor::changed(tx)?;
    Ok(Ok(logged(key, metric)))
}

fn logged(key: &str, metric: &str) -> String {
    format!("/me?logged={key}&metric={metric}")
}

/// The question that is asked before more counts at once than anybody on the floor did on a day lately.
fn unusual(tx: &mut Tx<'_>, visitor: &Visitor, of: &MetricRow, n: i64, now: Timestamp) -> Stored<Option<String>> {
    let loaded = pages_floor::load(tx, &Viewer::Publisher, now)?;
    let Some(metric) = loaded.metric(&of.id) else { return Ok(None) };
    let start = now.checked_sub((24 * DAYS_BACK).hours()).unwrap_or(now);
    let mut days: HashMap<(Date, PersonId), i128> = HashMap::new();
    loaded.ledger.sums(metric, Span { start, end: now }, |day, person, sum| {
        if let Some(person) = person {
            *days.entry((day, person)).or_default() += sum.total;
        }
    });
    let unit = 10_i128.pow(of.decimals.clamp(0, 9) as u32);
    let most = days.into_values().max().unwrap_or(0) / unit;
    if i128::from(n) <= most {
        return Ok(None);
    }
    let w = visitor.words;
    let (n, days, most) = (w.count(n), w.count(DAYS_BACK), w.count(i64::try_from(most).unwrap_or(i64::MAX)));
    let values = [("n", n.as_str()), ("what", &of.label), ("days", &days), ("most", &most)];
    Ok(Some(fill(if most == "0" { w.many_first } else { w.many_at_once }, &values)))
}

/// The instant of a field in the floor's zone; now where it is empty. The inner error is for whoever typed it.
fn when(tx: &mut Tx<'_>, visitor: &Visitor, text: &str, now: Timestamp) -> Stored<Result<Timestamp, String>> {
    if text.is_empty() {
        return Ok(Ok(now));
    }
    let tz = figures::zone(&floor::get(tx)?)?;
    let earliest = now.checked_sub((24 * DAYS_BACK).hours()).unwrap_or(now);
    let at = text.parse::<DateTime>().ok().and_then(|local| local.to_zoned(tz.clone()).ok());
    let at = at.map(|at| at.timestamp()).filter(|at| *at >= earliest && *at <= now);
    let from = || visitor.words.day_and_time(tz.to_datetime(earliest));
    Ok(at.ok_or_else(|| fill(visitor.words.bad_when, &[("text", text), ("from", &from())])))
}

/// What a field of a time takes: from the earliest day that may still be logged until tonight.
pub fn bounds(today: Date) -> [String; 2] {
    [format!("{}T00:00", today.saturating_sub(DAYS_BACK.days())), format!("{today}T23:59")]
}

pub async fn undo(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let now = clock::now();
    app.write(move |tx| {
        let fact = facts_page::by_hand(tx, &posted.visitor, posted.form.text("fact"))?;
        // Here one takes one's own back.
        if fact.person.as_deref() != posted.visitor.person() {
            return Err(Error::Missing("such tap of yours".into()));
        }
        facts_page::set_revoked(tx, &posted.visitor, fact, true, now)
    })
    .await?;
    app.publisher.wake();
    Ok(answer::see("/me?undone=1"))
}
