//! The floor and its facts as `salesfloor` computes with them.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use salesfloor::facts::{
    Activity, Aggregate, Better, Floor, Kind, Membership, Metric, MetricId, Person, PersonId, Settings, Shown, Team,
    TeamId, Unit,
};
use salesfloor::ledger::Ledger;
use salesfloor::period::Span;

use super::error::Result;
use super::floor::FloorRow;
pub use super::floor::zone;
use super::metrics::MetricRow;
use super::people::{self, PersonRow, within};
use super::sql::{Row, Tx};
use super::{erased, floor, metrics, teams};
use crate::access::Viewer;

/// What a viewer may compute with.
pub struct Loaded {
    pub floor: Floor,
    /// Others read it at the same time; what is written afterwards is not in it.
    pub ledger: Arc<Ledger>,
}

impl Loaded {
    pub fn person_id(&self, id: &str) -> Option<PersonId> {
        self.floor.person_ids().find(|person| self.floor.person(*person).key == id)
    }

    pub fn metric(&self, id: &str) -> Option<MetricId> {
        self.floor.metric_ids().find(|metric| self.floor.metric(*metric).key == id)
    }
}

/// The floor with the facts of a span, of the people whom the viewer may see. What has no person counts for whoever may see
/// everybody.
///
/// # Errors
/// The store's.
pub fn load(tx: &mut Tx<'_>, viewer: &Viewer, span: Span) -> Result<Loaded> {
    let (floor, ledger) = make(tx, viewer, span)?;
    Ok(Loaded { floor, ledger: Arc::new(ledger) })
}

/// As [`load`], for whoever keeps it.
pub(in crate::store) fn make(tx: &mut Tx<'_>, viewer: &Viewer, span: Span) -> Result<(Floor, Ledger)> {
    let row = floor::get(tx)?;
    let tz = zone(&row)?;
    let mut out = Floor { settings: settings(&row), ..Floor::default() };
    let metric_rows = metrics::list(tx)?;
    let metric_ids: HashMap<&str, MetricId> =
        metric_rows.iter().enumerate().map(|(at, row)| (row.id.as_str(), MetricId(at as u32))).collect();
    out.metrics = metric_rows.iter().map(|row| metric(row, &metric_ids, &out.settings.currency)).collect();
    let team_rows = teams::list(tx)?;
    let team_ids: HashMap<&str, TeamId> =
        team_rows.iter().enumerate().map(|(at, row)| (row.id.as_str(), TeamId(at as u32))).collect();
    let team = |row: &teams::TeamRow| Team { key: row.id.clone(), name: row.name.clone(), color: row.color.clone() };
    out.teams = team_rows.iter().map(team).collect();
    let mut person_rows = people::counted(tx, viewer)?;
    let named = person_rows.len();
    person_rows.extend(erased::rows(tx, viewer)?);
    let person_ids: HashMap<&str, PersonId> =
        person_rows.iter().enumerate().map(|(at, row)| (row.id.as_str(), PersonId(at as u32))).collect();
    out.people = person_rows.iter().map(person).collect();
    for erased in &mut out.people[named..] {
        erased.shown = Shown::Erased;
    }
    for of in people::memberships(tx, viewer)? {
        if let (Some(person), Some(team)) = (person_ids.get(of.person.as_str()), team_ids.get(of.team.as_str())) {
            let membership =
                Membership { team: *team, since: day(&of.since), until: of.until.as_deref().and_then(day) };
            out.people[person.0 as usize].memberships.push(membership);
        }
    }
    for row in tx.query("SELECT day, team, work FROM calendar", &[])? {
        let (Some(day), team, work) = (day(&row.text(0)?), row.text(1)?, row.real(2)?) else { continue };
        match team_ids.get(team.as_str()) {
            Some(team) => _ = out.calendar.team_days.insert((*team, day), work),
            None => _ = out.calendar.days.insert(day, work),
        }
    }
    for (at, digit) in row.workdays.bytes().take(7).enumerate() {
        out.calendar.week[at] = if digit == b'1' { 1.0 } else { 0.0 };
    }
    let mut ledger = Ledger::new(tz);
    let (within, mut params) = within(&viewer.reach(), "person", 3);
    let everybody = matches!(viewer.reach(), crate::access::Reach::Everybody);
    let sql = format!(
        "SELECT {FACT} FROM activity WHERE revoked IS NULL AND at >= ?1 AND at < ?2 AND ({}{within})",
        if everybody { "person IS NULL OR " } else { "" }
    );
    params.splice(0..0, [span.start.as_microsecond().into(), span.end.as_microsecond().into()]);
    tx.each(&sql, &params, |row| {
        if let Some((fact, _)) = fact(&row, &metric_ids, &person_ids)? {
            ledger.add(fact);
        }
        Ok(())
    })?;
    Ok((out, ledger))
}

const FACT: &str = "source, ext_id, metric, person, at, amount, label, revoked";

/// A row of [`FACT`], and whether it is taken back; `None`: of a figure that is no more.
fn fact(
    row: &Row,
    metrics: &HashMap<&str, MetricId>,
    people: &HashMap<&str, PersonId>,
) -> Result<Option<(Activity, bool)>> {
    let (Some(metric), Ok(at)) = (metrics.get(row.text(2)?.as_str()), Timestamp::from_microsecond(row.int(4)?)) else {
        return Ok(None);
    };
    let owner = row.opt_text(3)?;
    let fact = Activity {
        key: format!("{}\u{1f}{}", row.text(0)?, row.text(1)?),
        metric: *metric,
        person: owner.and_then(|id| people.get(id.as_str()).copied()),
        at,
        amount: row.int(5)?,
        label: row.opt_text(6)?,
    };
    Ok(Some((fact, row.opt_int(7)?.is_some())))
}

/// Brings a ledger up to date with what was written at an instant or later; what lies before `first` it does not hold.
pub(in crate::store) fn follow(
    tx: &mut Tx<'_>,
    floor: &Floor,
    ledger: &mut Ledger,
    first: Timestamp,
    seen: i64,
) -> Result<()> {
    let metrics: HashMap<&str, MetricId> = floor.metric_ids().map(|id| (floor.metric(id).key.as_str(), id)).collect();
    let people: HashMap<&str, PersonId> = floor.person_ids().map(|id| (floor.person(id).key.as_str(), id)).collect();
    let sql = format!("SELECT {FACT} FROM activity WHERE seen >= ?1");
    tx.each(&sql, &[seen.into()], |row| {
        match fact(&row, &metrics, &people)? {
            Some((fact, false)) if fact.at >= first => ledger.add(fact),
            Some((fact, _)) => _ = ledger.revoke(fact.metric, &fact.key),
            None => {}
        }
        Ok(())
    })
}

/// The instant of the newest fact that is not ahead of `now`.
///
/// # Errors
/// The store's.
pub fn newest(tx: &mut Tx<'_>, now: Timestamp) -> Result<Option<Timestamp>> {
    // Metric by metric: then the index has each answer at its end, and not every fact is looked at.
    let sql = "SELECT MAX(newest) FROM (SELECT (SELECT MAX(activity.at) FROM activity \
               WHERE activity.metric = metric.id AND activity.revoked IS NULL AND activity.at <= ?1) AS newest FROM metric) AS of_metric";
    let row = tx.one(sql, &[now.as_microsecond().into()])?;
    let at = row.map(|row| row.opt_int(0)).transpose()?.flatten();
    Ok(at.and_then(|at| Timestamp::from_microsecond(at).ok()))
}

fn settings(row: &FloorRow) -> Settings {
    Settings {
        name: row.name.clone(),
        tz: row.tz.clone(),
        locale: row.locale.clone(),
        currency: row.currency.clone(),
        week_start: row.week_start.clamp(1, 7) as i8,
        fiscal_month: row.fiscal_month.clamp(1, 12) as i8,
        ..Settings::default()
    }
}

fn metric(row: &MetricRow, ids: &HashMap<&str, MetricId>, currency: &str) -> Metric {
    let other = |id: &Option<String>| id.as_deref().and_then(|id| ids.get(id)).copied();
    Metric {
        key: row.id.clone(),
        label: row.label.clone(),
        unit: match (row.unit.as_str(), row.currency.as_deref().unwrap_or(currency)) {
            // Nobody said in which currency.
            ("currency", "") => Unit::Number,
            ("currency", code) => Unit::Currency(code.to_owned()),
            ("number", _) => Unit::Number,
            ("duration_s", _) => Unit::DurationS,
            ("days", _) => Unit::Days,
            ("points", _) => Unit::Points,
            _ => Unit::Count,
        },
        decimals: row.decimals.clamp(0, 9) as u8,
        kind: if row.kind == "leading" { Kind::Leading } else { Kind::Lagging },
        better: if row.better == "down" { Better::Down } else { Better::Up },
        aggregate: match (row.agg.as_str(), other(&row.num), other(&row.den)) {
            ("count", _, _) => Aggregate::Count,
            ("avg", _, _) => Aggregate::Average,
            ("max", _, _) => Aggregate::Max,
            ("last", _, _) => Aggregate::Last,
            ("ratio", Some(num), Some(den)) => Aggregate::Ratio { num, den },
            _ => Aggregate::Sum,
        },
        leads_to: other(&row.leads_to),
    }
}

fn person(row: &PersonRow) -> Person {
    let birthday = row.birthday.as_deref().and_then(|text| {
        let (month, day) = text.trim_start_matches('-').split_once('-')?;
        Some((month.parse().ok()?, day.parse().ok()?))
    });
    Person {
        key: row.id.clone(),
        name: row.name.clone(),
        shown: match (row.shown.as_str(), &row.alias) {
            ("hidden", _) | ("alias", None) => Shown::Hidden,
            ("alias", Some(alias)) => Shown::Alias(alias.clone()),
            _ => Shown::Name,
        },
        memberships: Vec::new(),
        started: row.started.as_deref().and_then(day),
        ended: row.ended.as_deref().and_then(day),
        birthday,
        photo: row.photo.clone(),
        mentor: None,
    }
}

fn day(text: &str) -> Option<Date> {
    text.parse().ok()
}
