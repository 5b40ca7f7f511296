//! `POST /me/log`, `POST /me/undo`: one tap is one fact, however often the browser sends it; it can be taken back.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::DateTime;
use jiff::{Timestamp, ToSpan as _};

use super::answer;
use crate::clock;
use crate::store::facts::{self, Fact};
use crate::store::{Error, Result as Stored, Tx, figures, floor, metrics};
use crate::web::problem::Problem;
use crate::web::session::{Posted, Visitor};
use crate::web::state::App;
use crate::web::words::dates::time;
use crate::web::words::fill;

/// The source of what people log by hand.
pub const SOURCE: &str = "hand";

const MAX_AT_ONCE: i64 = 999;

/// What is older is a correction, and comes by the source.
const DAYS_BACK: i64 = 31;

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
    let address = app.write(move |tx| keep(tx, &posted, now)).await?;
    app.publisher.wake();
    Ok(answer::see(&address))
}

fn keep(tx: &mut Tx<'_>, posted: &Posted, now: Timestamp) -> Stored<String> {
    let Posted { visitor, form } = posted;
    let (metric, key, w) = (form.text("metric"), form.text("key"), visitor.words);
    let person = visitor.person().ok_or_else(|| Error::refused(w.no_person))?;
    let of = metrics::get(tx, metric)?.ok_or_else(|| Error::Missing(format!("figure {metric:?}")))?;
    if of.kind != "leading" || key.is_empty() || key.len() > 40 || key.contains(|c: char| !c.is_ascii_alphanumeric()) {
        return Err(Error::refused(format!("{}: nothing that is logged by hand", of.label)));
    }
    let n = match form.text("n") {
        "" => 1,
        text => text
            .parse()
            .ok()
            .filter(|n| (1..=MAX_AT_ONCE).contains(n))
            .ok_or_else(|| Error::refused(fill(w.bad_count, &[("n", text)])))?,
    };
    let at = when(tx, visitor, form.text("at"), now)?;
    let label: String = form.text("label").chars().take(120).collect();
    // A form that is sent twice is one tap.
    if let Some(there) = facts::get(tx, SOURCE, key, metric)? {
        if there.person.as_deref() != Some(person) {
            return Err(Error::refused("this tap is somebody else's"));
        }
    } else {
        let fact = Fact {
            source: SOURCE.into(),
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
    }
    Ok(format!("/me?logged={key}&metric={metric}"))
}

/// The instant of a field in the floor's zone; now where it is empty.
fn when(tx: &mut Tx<'_>, visitor: &Visitor, text: &str, now: Timestamp) -> Stored<Timestamp> {
    if text.is_empty() {
        return Ok(now);
    }
    let wrong = || Error::refused(fill(visitor.words.bad_when, &[("when", text)]));
    let local: DateTime = text.parse().map_err(|_| wrong())?;
    let at = local.to_zoned(figures::zone(&floor::get(tx)?)?).map_err(|_| wrong())?.timestamp();
    let earliest = now.checked_sub((24 * DAYS_BACK).hours()).unwrap_or(now);
    if at < earliest || at > now { Err(wrong()) } else { Ok(at) }
}

pub async fn undo(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let now = clock::now().as_microsecond();
    app.write(move |tx| {
        let (metric, key) = posted.form.text("fact").split_once('/').unwrap_or_default();
        let fact = facts::get(tx, SOURCE, key, metric)?;
        let own = fact.filter(|fact| fact.person.is_some() && fact.person.as_deref() == posted.visitor.person());
        let mut fact = own.ok_or_else(|| Error::Missing("such tap of yours".into()))?;
        fact.revoked = fact.revoked.or(Some(now));
        facts::put(tx, &[fact], now)?;
        floor::changed(tx)
    })
    .await?;
    app.publisher.wake();
    Ok(answer::see("/me?undone=1"))
}
