//! An invented floor that has been in use for three months, to look at before there is one's own.

mod facts;
mod life;
mod talks;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use crate::random;
use crate::store::facts as store_facts;
use crate::store::floor::{self, FloorRow};
use crate::store::metrics::{self, MetricRow};
use crate::store::people::{self, Membership, PersonRow};
use crate::store::private::PrivateTx;
use crate::store::targets::{self, CardRow, GoalRow, LineRow};
use crate::store::teams::{self, TeamRow};
use crate::store::{Error, Result, Tx};

const TZ: &str = "Europe/Lisbon";

const TEAMS: [(&str, &str, &str); 4] = [
    ("Lisbon", "Inês Carvalho", "#3A86FF"),
    ("Porto", "Rui Tavares", "#FF8A5B"),
    ("Madrid", "Lucía Romero", "#8AC926"),
    ("Remote", "Anneke de Wit", "#B56BFF"),
];

const PEOPLE: [&str; 23] = [
    "Katarzyna Wiśniewska-Kowalczyk",
    "Kwame Mensah",
    "Sofia Lindqvist",
    "Tomás Figueiredo",
    "Aoife Brennan",
    "Mateo Herrera",
    "Yuki Tanabe",
    "Beatriz Antunes",
    "Nils Aaltonen",
    "Leila Haddad",
    "Diogo Pacheco",
    "Marta Szabó",
    "Oluwaseun Adeyemi",
    "Chiara Fontana",
    "Jonas Keller",
    "Priya Raman",
    "Elena Vidal",
    "Hugo Marchetti",
    "Nour Saleh",
    "Ida Sørensen",
    "Pavel Novotný",
    "Amara Diallo",
    "長谷川 ひかる",
];

/// A month's deals of a team, in cents.
const TEAM_GOAL: i64 = 30_000_000;

/// Who is new, and for how many days.
const NEW: [(&str, i64); 2] = [("Amara Diallo", 40), ("長谷川 ひかる", 26)];

/// What people do, how it is called, what it leads to, and how much of it a day has.
const STEPS: [(&str, &str, Option<&str>, u64); 3] = [
    ("calls", "Calls", Some("meetings"), 14),
    ("meetings", "Meetings", Some("demos"), 3),
    ("demos", "Demos", Some("won"), 1),
];

/// Somebody of the invented floor.
struct Person {
    id: String,
    name: &'static str,
    team: usize,
    /// Their first day.
    started: Date,
}

/// A way into the invented floor.
pub struct Invitation {
    /// Who it is for, as a person reads it.
    pub label: String,
    /// The end of its address: `/join/SECRET`.
    pub secret: String,
}

/// What was made.
pub struct Made {
    pub facts: usize,
    /// Of an administrator, a team lead and one of their people.
    pub invitations: Vec<Invitation>,
    pair: talks::Pair,
}

/// Fills an empty floor: people, three months of facts, goals, a contest that runs, two who are new, praise. What only two
/// people may read follows with [`fill_private`].
///
/// # Errors
/// Somebody is on the floor already, or the store's.
pub fn fill(tx: &mut Tx<'_>, now: Timestamp) -> Result<Made> {
    if !people::list(tx, &crate::access::Viewer::Owner)?.is_empty() {
        return Err(Error::refused(
            "there are people on this floor already: the demo needs an empty one (--db another folder)",
        ));
    }
    let held = floor::get(tx)?;
    let floor = FloorRow {
        name: "Northwind Atlantic".into(),
        tz: TZ.into(),
        locale: "en".into(),
        currency: "EUR".into(),
        ..held
    };
    floor::put(tx, &floor)?;
    let tz = TimeZone::get(TZ).map_err(Error::broken)?;
    let today = tz.to_datetime(now).date();
    let (people, team_ids) = persons(tx, today)?;
    // What a metric leads to is there before it.
    for (at, (id, label, leads_to, _)) in STEPS.iter().enumerate().rev() {
        metrics::put(
            tx,
            &MetricRow {
                id: (*id).into(),
                label: (*label).into(),
                unit: "count".into(),
                kind: "leading".into(),
                better: "up".into(),
                agg: "sum".into(),
                leads_to: leads_to.map(Into::into),
                position: at as i64 + 2,
                ..MetricRow::default()
            },
        )?;
    }
    let made = facts::activities(today, now, &tz, &people);
    store_facts::put(tx, &made, now.as_microsecond())?;
    targets(tx, today, &team_ids)?;
    life::fill(tx, &people, (now, today, &tz))?;
    let (invitations, pair) = talks::invite(tx, &people, &team_ids, now)?;
    floor::changed(tx)?;
    Ok(Made { facts: made.len(), invitations, pair })
}

/// Fills what only a person and a coach may read: a talk that was answered, and a course.
///
/// # Errors
/// The store's.
pub fn fill_private(tx: &mut PrivateTx<'_>, made: &Made, now: Timestamp) -> Result<()> {
    talks::fill(tx, &made.pair, now)
}

fn persons(tx: &mut Tx<'_>, today: Date) -> Result<(Vec<Person>, Vec<String>)> {
    let mut team_ids = Vec::new();
    for (name, lead, color) in TEAMS {
        let id = random::id('t').map_err(Error::broken)?;
        teams::put(
            tx,
            &TeamRow { id: id.clone(), name: name.into(), lead: Some(lead.into()), color: Some(color.into()) },
        )?;
        team_ids.push(id);
    }
    let mut all = Vec::new();
    for (at, name) in PEOPLE.into_iter().enumerate() {
        let id = random::id('p').map_err(Error::broken)?;
        let new = NEW.iter().find(|(new, _)| *new == name);
        let started = today.saturating_sub(new.map_or(400, |(_, days)| *days).days());
        let row = PersonRow {
            id: id.clone(),
            name: name.into(),
            shown: "name".into(),
            started: Some(started.to_string()),
            ..PersonRow::default()
        };
        people::put(tx, &row)?;
        let team = at % TEAMS.len();
        let membership =
            Membership { person: id.clone(), team: team_ids[team].clone(), since: String::new(), until: None };
        people::put_membership(tx, &membership)?;
        all.push(Person { id, name, team, started });
    }
    Ok((all, team_ids))
}

/// A month's target of a person, and its weight.
const EXPECTED: [(&str, i64, i64); 4] = [("calls", 280, 30), ("meetings", 45, 25), ("demos", 10, 25), ("deals", 5, 20)];

/// What is expected of each person, and this month's targets of the company and of each team.
fn targets(tx: &mut Tx<'_>, today: Date, team_ids: &[String]) -> Result<()> {
    let line = |(at, (metric, target, weight)): (usize, (&str, i64, i64))| LineRow {
        metric: metric.into(),
        position: at as i64,
        weight,
        target: Some(target),
        ..LineRow::default()
    };
    let lines = EXPECTED.into_iter().enumerate().map(line).collect();
    let card = CardRow { id: "floor".into(), title: String::new(), team: None, period: "month".into(), lines };
    targets::put_card(tx, &card)?;
    let start = today.first_of_month();
    let end = start.saturating_add(1.month());
    let mut add = |scope: &str, who: &str, target: i64| {
        targets::put_goal(
            tx,
            &GoalRow {
                id: random::id('g').map_err(Error::broken)?,
                scope: scope.into(),
                who: who.into(),
                metric: "won".into(),
                period_start: start.to_string(),
                period_end: end.to_string(),
                level: "must".into(),
                target,
            },
        )
    };
    add("company", "", 4 * TEAM_GOAL)?;
    team_ids.iter().try_for_each(|team| add("team", team, TEAM_GOAL))
}
