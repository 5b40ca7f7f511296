//! A small floor: three people in two teams, calls and deals of November 2026 in Berlin.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, date};
use jiff::tz::TimeZone;
use salesfloor::facts::{
    Activity, Aggregate, Floor, Kind, Membership, Metric, MetricId, Person, PersonId, Settings, Team, TeamId, Unit,
};
use salesfloor::figures::Figures;
use salesfloor::ledger::Ledger;

pub const CALLS: MetricId = MetricId(0);
pub const SOLD: MetricId = MetricId(1);
pub const ANA: PersonId = PersonId(0);
pub const BEN: PersonId = PersonId(1);
pub const CLEO: PersonId = PersonId(2);
pub const NORTH: TeamId = TeamId(0);
pub const SOUTH: TeamId = TeamId(1);

pub struct Small {
    pub floor: Floor,
    pub ledger: Ledger,
    keys: u32,
}

pub fn zone() -> TimeZone {
    TimeZone::get("Europe/Berlin").unwrap()
}

pub fn at(when: DateTime) -> Timestamp {
    when.to_zoned(zone()).unwrap().timestamp()
}

pub fn noon(day: Date) -> Timestamp {
    at(day.at(12, 0, 0, 0))
}

pub fn november() -> (Date, Date) {
    (date(2026, 11, 1), date(2026, 12, 1))
}

impl Small {
    pub fn new() -> Small {
        let metric = |key: &str, unit, decimals, kind, leads_to| Metric {
            key: key.into(),
            label: key.into(),
            unit,
            decimals,
            kind,
            leads_to,
            aggregate: Aggregate::Sum,
            ..Metric::default()
        };
        let person = |name: &str, team| Person {
            key: name.to_lowercase(),
            name: name.into(),
            memberships: vec![Membership { team, since: None, until: None }],
            ..Person::default()
        };
        let team = |name: &str| Team { key: name.to_lowercase(), name: name.into(), color: None };
        let floor = Floor {
            settings: Settings { name: "Acme".into(), tz: "Europe/Berlin".into(), ..Settings::default() },
            people: vec![person("Ana", NORTH), person("Ben", NORTH), person("Cleo", SOUTH)],
            teams: vec![team("North"), team("South")],
            metrics: vec![
                metric("calls", Unit::Count, 0, Kind::Leading, Some(SOLD)),
                metric("sold", Unit::Currency("EUR".into()), 2, Kind::Lagging, None),
            ],
            ..Floor::default()
        };
        Small { floor, ledger: Ledger::new(zone()), keys: 0 }
    }

    /// Adds a fact at noon of a day.
    pub fn add(&mut self, metric: MetricId, person: PersonId, day: Date, amount: i64) -> String {
        self.add_at(metric, Some(person), noon(day), amount)
    }

    pub fn add_at(&mut self, metric: MetricId, person: Option<PersonId>, at: Timestamp, amount: i64) -> String {
        self.keys += 1;
        let key = format!("f{}", self.keys);
        self.ledger.add(Activity { key: key.clone(), metric, person, at, amount, label: None });
        key
    }

    pub fn at(&self, now: DateTime) -> Figures<'_> {
        Figures { floor: &self.floor, ledger: &self.ledger, now: at(now) }
    }
}
