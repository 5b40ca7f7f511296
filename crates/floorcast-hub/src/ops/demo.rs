//! An invented floor with three months of facts, to look at before there is one's own.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use crate::random;
use crate::store::facts::{self, Fact};
use crate::store::floor::{self, FloorRow};
use crate::store::metrics::{self, MetricRow};
use crate::store::people::{self, Membership, PersonRow};
use crate::store::targets::{self, GoalRow};
use crate::store::teams::{self, TeamRow};
use crate::store::{Error, Result, Tx};

const DAYS: i64 = 92;
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

/// What people do, how it is called, what it leads to, and how much of it a day has.
const STEPS: [(&str, &str, Option<&str>, u64); 3] = [
    ("calls", "Calls", Some("meetings"), 14),
    ("meetings", "Meetings", Some("demos"), 3),
    ("demos", "Demos", Some("won"), 1),
];

/// The same numbers for the same day.
struct Rng(u64);

impl Rng {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below.max(1)
    }
}

/// Fills an empty floor. How many facts it has then.
///
/// # Errors
/// Somebody is on the floor already, or the store's.
pub fn fill(tx: &mut Tx<'_>, now: Timestamp) -> Result<usize> {
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
    let (people, team_ids) = persons(tx)?;
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
    let made = activities(today, now, &tz, &people);
    facts::put(tx, &made, now.as_microsecond())?;
    targets(tx, today, &team_ids)?;
    floor::changed(tx)?;
    Ok(made.len())
}

fn persons(tx: &mut Tx<'_>) -> Result<(Vec<String>, Vec<String>)> {
    let mut team_ids = Vec::new();
    for (name, lead, color) in TEAMS {
        let id = random::id('t').map_err(Error::broken)?;
        teams::put(
            tx,
            &TeamRow { id: id.clone(), name: name.into(), lead: Some(lead.into()), color: Some(color.into()) },
        )?;
        team_ids.push(id);
    }
    let mut ids = Vec::new();
    for (at, name) in PEOPLE.iter().enumerate() {
        let id = random::id('p').map_err(Error::broken)?;
        people::put(
            tx,
            &PersonRow { id: id.clone(), name: (*name).into(), shown: "name".into(), ..PersonRow::default() },
        )?;
        let team = team_ids[at % TEAMS.len()].clone();
        people::put_membership(tx, &Membership { person: id.clone(), team, since: String::new(), until: None })?;
        ids.push(id);
    }
    Ok((ids, team_ids))
}

fn activities(today: Date, now: Timestamp, tz: &TimeZone, people: &[String]) -> Vec<Fact> {
    let mut made: Vec<Fact> = Vec::new();
    let mut add = |metric: &str, person: &str, at: Timestamp, amount: i64| {
        if at <= now {
            made.push(Fact {
                source: "demo".into(),
                ext_id: format!("{}", made.len()),
                metric: metric.into(),
                person: Some(person.into()),
                owner_key: None,
                at: at.as_microsecond(),
                amount,
                currency: None,
                label: None,
                revoked: None,
                by_whom: Some("demo".into()),
                why: None,
            });
        }
    };
    let mut rng = Rng(20_260_126);
    for back in (0..DAYS).rev() {
        let day = today.saturating_sub(back.days());
        if day.weekday().to_monday_zero_offset() > 4 {
            continue;
        }
        for (at, person) in people.iter().enumerate() {
            // Some are better than others, and each has good and bad days.
            let skill = 60 + (at as u64 * 37) % 80;
            let mut moment = || {
                let minute = 9 * 60 + rng.roll(9 * 60) as i64;
                let zoned = day.to_zoned(tz.clone()).ok()?.checked_add(minute.minutes()).ok()?;
                Some((zoned.timestamp(), rng.roll(100), rng.roll(1_000)))
            };
            for (metric, _, _, usual) in STEPS {
                let Some((when, luck, _)) = moment() else { continue };
                let n = (usual * skill * (50 + luck) / 10_000) as i64;
                if n > 0 {
                    add(metric, person, when, n);
                }
            }
            let Some((when, luck, worth)) = moment() else { continue };
            if luck < skill / 4 {
                add("won", person, when, (1_800 + (worth * worth / 40) as i64) * 100);
                add("deals", person, when, 1);
            }
        }
    }
    made
}

/// This month's targets: of the company, and of each team.
fn targets(tx: &mut Tx<'_>, today: Date, team_ids: &[String]) -> Result<()> {
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
    add("company", "", 84_000_000)?;
    team_ids.iter().try_for_each(|team| add("team", team, 21_000_000))
}
