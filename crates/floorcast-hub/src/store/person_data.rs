//! Everything that is known of one person: given out on request, and taken away.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value as Json, json};

pub use super::erasing::erase;
use super::error::{Error, Result};
use super::metrics::{self, MetricRow};
use super::sql::{Tx, Val};
use super::{figures, floor, people};
use crate::access::Viewer;

/// What is given out: a name, and a question with the id as its parameter.
const TOLD: &[(&str, &str, &[&str])] = &[
    (
        "names_at_sources",
        "SELECT source, key FROM alias_key WHERE person = ?1 ORDER BY source, key",
        &["source", "key"],
    ),
    (
        "former_names",
        "SELECT name FROM former_name WHERE who = ?1 OR who IN(SELECT id FROM login WHERE person = ?1) ORDER BY name",
        &["name"],
    ),
    (
        "teams",
        "SELECT team.name, since, until FROM membership JOIN team ON team.id = membership.team WHERE person = ?1 ORDER BY since",
        &["team", "since", "until"],
    ),
    (
        "facts",
        "SELECT source, ext_id, metric, at, amount, currency, label, revoked, by_whom, why FROM activity WHERE person = ?1 ORDER BY at, source, ext_id, metric",
        &["source", "ext_id", "metric", "at", "amount", "currency", "label", "revoked", "by_whom", "why"],
    ),
    (
        "open_and_lost_deals",
        "SELECT source, ext_id, outcome, stage, at, amount, currency, label FROM pipeline WHERE person = ?1 ORDER BY source, ext_id",
        &["source", "ext_id", "outcome", "stage", "at", "amount", "currency", "label"],
    ),
    (
        "deals_given_by_hand",
        "SELECT source, ext_id FROM given_deal WHERE person = ?1 ORDER BY source, ext_id",
        &["source", "ext_id"],
    ),
    (
        "goals",
        "SELECT metric, period_start, period_end, level, target FROM goal WHERE scope = 'person' AND who = ?1 ORDER BY period_start, metric",
        &["metric", "from", "to", "level", "target"],
    ),
    ("plan", "SELECT plan, started, mentor FROM ramp WHERE person = ?1", &["plan", "started", "mentor"]),
    (
        "contests",
        "SELECT title FROM contest JOIN contest_entry ON contest_entry.contest = contest.id WHERE who = ?1 ORDER BY starts",
        &["title"],
    ),
    (
        "account",
        "SELECT email, role, invited, disabled FROM login WHERE person = ?1",
        &["email", "role", "invited", "disabled"],
    ),
    (
        "mails",
        "SELECT mail_choice.lang, weekly, behind, coaching FROM mail_choice JOIN login ON login.id = mail_choice.login WHERE person = ?1",
        &["language", "weekly", "behind", "coaching"],
    ),
    (
        "devices",
        "SELECT device, made, used FROM session JOIN login ON login.id = session.login WHERE person = ?1 ORDER BY used",
        &["device", "made", "used"],
    ),
];

/// Everything that is known of a person, as JSON.
///
/// # Errors
/// There is nobody with this id, or the store's.
pub fn export(tx: &mut Tx<'_>, id: &str) -> Result<Json> {
    let person = people::seen(tx, &Viewer::Owner, id)?.ok_or_else(|| Error::Missing(format!("person {id:?}")))?;
    let row = floor::get(tx)?;
    let told = Told { tz: figures::zone(&row)?, currency: row.currency, metrics: metrics::list(tx)? };
    let mut out = json!({"person": person});
    for (name, sql, columns) in TOLD {
        let rows = tx.query(sql, &[id.into()])?;
        let row = |row: &super::sql::Row| {
            let cells =
                columns.iter().zip(&row.0).map(|(column, cell)| ((*column).to_owned(), told.cell(column, cell)));
            told.in_units(cells.collect())
        };
        out[*name] = rows.iter().map(row).collect();
    }
    let said = super::words::recognitions(tx)?.into_iter().filter(|of| of.who.iter().any(|who| who == id));
    out["recognition"] =
        said.map(|of| json!({"headline": of.headline, "text": of.body, "at": told.instant(of.at)})).collect();
    Ok(out)
}

/// Columns that are instants: people read them, so they are written out.
const INSTANTS: &[&str] = &["at", "revoked", "invited", "disabled", "made", "used"];

/// How the figures and the times of the floor are written for people.
struct Told {
    tz: TimeZone,
    currency: String,
    metrics: Vec<MetricRow>,
}

impl Told {
    fn cell(&self, column: &str, cell: &Val) -> Json {
        match cell {
            Val::Int(micros) if INSTANTS.contains(&column) => self.instant(*micros),
            cell => value(cell),
        }
    }

    /// `2026-11-29T11:00:00+01:00`, by the clock of the floor; of what has a day and no time that day.
    fn instant(&self, micros: i64) -> Json {
        let Ok(at) = Timestamp::from_microsecond(micros) else { return json!(micros) };
        let at = at.to_zoned(self.tz.clone());
        let is_day = salesfloor::period::first_instant(at.date(), &self.tz) == at.timestamp();
        let form = if is_day { "%Y-%m-%d" } else { "%Y-%m-%dT%H:%M:%S%:z" };
        json!(at.strftime(form).to_string())
    }

    /// A row with its amounts as people write them: 1980.5 and the currency, not 198050.
    fn in_units(&self, mut row: Map<String, Json>) -> Json {
        let metric = row.get("metric").and_then(Json::as_str).and_then(|id| self.metrics.iter().find(|of| of.id == id));
        let amount = if row.contains_key("target") { "target" } else { "amount" };
        let Some(minor) = row.get(amount).and_then(Json::as_i64) else { return Json::Object(row) };
        let is_money = metric.is_none_or(|of| of.unit == "currency");
        let own = row.get("currency").and_then(Json::as_str).map(str::to_owned);
        let of_metric = metric.and_then(|of| of.currency.clone());
        let code =
            own.or(of_metric).or_else(|| Some(self.currency.clone())).filter(|code| is_money && !code.is_empty());
        let decimals = match (metric, &code) {
            (Some(of), _) => of.decimals,
            (None, Some(code)) => metrics::decimals_of(code),
            (None, None) => metrics::decimals_of(""),
        };
        let units = minor as f64 / 10_f64.powi(decimals.clamp(0, 9) as i32);
        let whole = units.fract() == 0.0 && units.abs() < 1e15;
        row.insert(amount.to_owned(), if whole { json!(units as i64) } else { json!(units) });
        row.insert("currency".to_owned(), json!(code));
        Json::Object(row)
    }
}

fn value(cell: &Val) -> Json {
    match cell {
        Val::Null => Json::Null,
        Val::Int(n) => json!(n),
        Val::Real(n) => json!(n),
        Val::Text(text) => json!(text),
    }
}
