//! Records: one row of a table that an import may write, with what it was before, so that it can be taken back.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::calendar::{self, DayRow};
use super::choices::{self, KeptChoices};
use super::contests::{self, ContestRow};
use super::error::{Error, Result};
use super::facts::{self, Fact, PipelineDeal};
use super::floor::FloorRow;
use super::metrics::{self, MetricRow};
use super::owners::{self, GivenDeal, OwnerRule};
use super::people::{self, AliasKey, Membership, PersonRow};
use super::ramps::{self, PlanRow, RampRow};
use super::sql::Tx;
use super::targets::{self, CardRow, GoalRow};
use super::teams::{self, TeamRow};
use super::words::{self, NoticeRow, PlayRow, RecognitionRow};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Record {
    Fact(Fact),
    Pipeline(PipelineDeal),
    Person(PersonRow),
    Team(TeamRow),
    Membership(Membership),
    AliasKey(AliasKey),
    OwnerRule(OwnerRule),
    GivenDeal(GivenDeal),
    Metric(MetricRow),
    Goal(GoalRow),
    /// The currency of the floor.
    Currency(String),
    /// All that is set for the floor.
    Settings(FloorRow),
    Day(DayRow),
    Card(CardRow),
    Contest(ContestRow),
    Plan(PlanRow),
    Ramp(RampRow),
    Recognition(RecognitionRow),
    Notice(NoticeRow),
    Play(PlayRow),
    Choices(KeptChoices),
}

/// What a record is known by; it is also how it is named to people.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Key {
    Fact {
        source: String,
        ext_id: String,
        metric: String,
    },
    Pipeline {
        source: String,
        ext_id: String,
    },
    Person(String),
    Team(String),
    Membership {
        person: String,
        team: String,
        since: String,
    },
    AliasKey {
        source: String,
        key: String,
    },
    OwnerRule {
        source: String,
        key: String,
    },
    GivenDeal {
        source: String,
        ext_id: String,
    },
    Metric(String),
    Goal(String),
    Currency,
    Settings,
    Day {
        day: String,
        team: String,
    },
    Card(String),
    Contest(String),
    Plan(String),
    Ramp(String),
    Recognition(String),
    Notice(String),
    Play(String),
    /// Of a source.
    Choices(String),
}

impl Record {
    pub fn key(&self) -> Key {
        match self {
            Record::Fact(of) => {
                Key::Fact { source: of.source.clone(), ext_id: of.ext_id.clone(), metric: of.metric.clone() }
            }
            Record::Pipeline(of) => Key::Pipeline { source: of.source.clone(), ext_id: of.ext_id.clone() },
            Record::Person(of) => Key::Person(of.id.clone()),
            Record::Team(of) => Key::Team(of.id.clone()),
            Record::Membership(of) => {
                Key::Membership { person: of.person.clone(), team: of.team.clone(), since: of.since.clone() }
            }
            Record::AliasKey(of) => Key::AliasKey { source: of.source.clone(), key: of.key.clone() },
            Record::OwnerRule(of) => Key::OwnerRule { source: of.source.clone(), key: of.key.clone() },
            Record::GivenDeal(of) => Key::GivenDeal { source: of.source.clone(), ext_id: of.ext_id.clone() },
            Record::Metric(of) => Key::Metric(of.id.clone()),
            Record::Goal(of) => Key::Goal(of.id.clone()),
            Record::Currency(_) => Key::Currency,
            Record::Settings(_) => Key::Settings,
            Record::Day(of) => Key::Day { day: of.day.clone(), team: of.team.clone() },
            Record::Card(of) => Key::Card(of.id.clone()),
            Record::Contest(of) => Key::Contest(of.id.clone()),
            Record::Plan(of) => Key::Plan(of.id.clone()),
            Record::Ramp(of) => Key::Ramp(of.person.clone()),
            Record::Recognition(of) => Key::Recognition(of.id.clone()),
            Record::Notice(of) => Key::Notice(of.id.clone()),
            Record::Play(of) => Key::Play(of.id.clone()),
            Record::Choices(of) => Key::Choices(of.source.clone()),
        }
    }

    /// By which it is seen whether somebody changed it since.
    pub fn hash(&self) -> Result<String> {
        let json = serde_json::to_vec(self).map_err(Error::broken)?;
        Ok(crate::random::hex(&Sha256::digest(json)[..12]))
    }

    /// The same of whoever it is: what somebody says of an owner changes no deal. `None`: it is nobody's anyway.
    pub fn hash_of_any_owner(&self) -> Result<Option<String>> {
        match self {
            Record::Fact(of) => {
                let is_left_out = of.why.as_deref() == Some(owners::LEFT_OUT);
                let (revoked, why) = if is_left_out { (None, None) } else { (of.revoked, of.why.clone()) };
                Record::Fact(Fact { person: None, revoked, why, ..of.clone() }).hash().map(Some)
            }
            Record::Pipeline(of) => Record::Pipeline(PipelineDeal { person: None, ..of.clone() }).hash().map(Some),
            _ => Ok(None),
        }
    }

    /// As it is, but of the owner that another one has.
    #[must_use]
    pub fn of_owner(self, other: &Record) -> Record {
        match (self, other) {
            (Record::Fact(of), Record::Fact(other)) => {
                let is_left_out = |of: &Fact| of.why.as_deref() == Some(owners::LEFT_OUT);
                let (revoked, why) = match (is_left_out(&of), is_left_out(other)) {
                    // What its source took back is not there to be left out.
                    (false, _) if of.revoked.is_some() => (of.revoked, of.why),
                    (_, true) => (other.revoked, other.why.clone()),
                    (true, false) => (None, None),
                    (false, false) => (of.revoked, of.why),
                };
                Record::Fact(Fact { person: other.person.clone(), revoked, why, ..of })
            }
            (Record::Pipeline(of), Record::Pipeline(other)) => {
                Record::Pipeline(PipelineDeal { person: other.person.clone(), ..of })
            }
            (of, _) => of,
        }
    }

    pub fn put(&self, tx: &mut Tx<'_>, seen: i64) -> Result<()> {
        match self {
            Record::Fact(of) => facts::put(tx, std::slice::from_ref(of), seen),
            Record::Pipeline(of) => facts::put_pipeline(tx, std::slice::from_ref(of), seen),
            Record::Person(of) => people::put(tx, of),
            Record::Team(of) => teams::put(tx, of),
            Record::Membership(of) => people::put_membership(tx, of),
            Record::AliasKey(of) => people::put_key(tx, of),
            Record::OwnerRule(of) => owners::put_rule(tx, of),
            Record::GivenDeal(of) => owners::put_given(tx, of),
            Record::Metric(of) => metrics::put(tx, of),
            Record::Goal(of) => targets::put_goal(tx, of),
            Record::Currency(code) => super::floor::set_currency(tx, code),
            Record::Settings(of) => super::floor::put(tx, of),
            Record::Day(of) => calendar::put(tx, of),
            Record::Card(of) => targets::put_card(tx, of),
            Record::Contest(of) => contests::put(tx, of),
            Record::Plan(of) => ramps::put_plan(tx, of),
            Record::Ramp(of) => ramps::put(tx, of),
            Record::Recognition(of) => words::put_recognition(tx, of),
            Record::Notice(of) => words::put_notice(tx, of),
            Record::Play(of) => words::put_play(tx, of),
            Record::Choices(of) => choices::put(tx, &of.source, &of.choices),
        }
    }
}

impl Key {
    /// The record as it is now.
    pub fn load(&self, tx: &mut Tx<'_>) -> Result<Option<Record>> {
        Ok(match self {
            Key::Fact { source, ext_id, metric } => facts::get(tx, source, ext_id, metric)?.map(Record::Fact),
            Key::Pipeline { source, ext_id } => facts::get_pipeline(tx, source, ext_id)?.map(Record::Pipeline),
            Key::Person(id) => people::get(tx, id)?.map(Record::Person),
            Key::Team(id) => teams::get(tx, id)?.map(Record::Team),
            Key::Membership { person, team, since } => {
                people::get_membership(tx, person, team, since)?.map(Record::Membership)
            }
            Key::AliasKey { source, key } => people::get_key(tx, source, key)?.map(Record::AliasKey),
            Key::OwnerRule { source, key } => owners::get_rule(tx, source, key)?.map(Record::OwnerRule),
            Key::GivenDeal { source, ext_id } => owners::get_given(tx, source, ext_id)?.map(Record::GivenDeal),
            Key::Metric(id) => metrics::get(tx, id)?.map(Record::Metric),
            Key::Goal(id) => targets::get_goal(tx, id)?.map(Record::Goal),
            Key::Currency => Some(Record::Currency(super::floor::get(tx)?.currency)),
            Key::Settings => Some(Record::Settings(super::floor::get(tx)?)),
            Key::Day { day, team } => calendar::get(tx, day, team)?.map(Record::Day),
            Key::Card(id) => targets::get_card(tx, id)?.map(Record::Card),
            Key::Contest(id) => contests::get(tx, id)?.map(Record::Contest),
            Key::Plan(id) => ramps::get_plan(tx, id)?.map(Record::Plan),
            Key::Ramp(person) => ramps::get(tx, person)?.map(Record::Ramp),
            Key::Recognition(id) => words::get_recognition(tx, id)?.map(Record::Recognition),
            Key::Notice(id) => words::get_notice(tx, id)?.map(Record::Notice),
            Key::Play(id) => words::get_play(tx, id)?.map(Record::Play),
            Key::Choices(source) => KeptChoices::load(tx, source)?.map(Record::Choices),
        })
    }

    /// Takes the record away. `Some`: it stays, for this reason.
    pub fn delete(&self, tx: &mut Tx<'_>) -> Result<Option<&'static str>> {
        match self {
            Key::Fact { source, ext_id, metric } => facts::delete(tx, source, ext_id, metric)?,
            Key::Pipeline { source, ext_id } => facts::delete_pipeline(tx, source, ext_id)?,
            Key::Person(id) if people::is_used(tx, id)? => {
                return Ok(Some("facts of other imports or an account are theirs"));
            }
            Key::Person(id) if people::is_meant(tx, id)? => {
                return Ok(Some("somebody said that they are meant by a name or have a deal"));
            }
            Key::Person(id) => people::delete(tx, id)?,
            Key::Team(id) if teams::is_used(tx, id)? => return Ok(Some("people are in it")),
            Key::Team(id) => teams::delete(tx, id)?,
            Key::Membership { person, team, since } => people::delete_membership(tx, person, team, since)?,
            Key::AliasKey { source, key } => people::delete_key(tx, source, key)?,
            Key::OwnerRule { source, key } => owners::delete_rule(tx, source, key)?,
            Key::GivenDeal { source, ext_id } => owners::delete_given(tx, source, ext_id)?,
            Key::Metric(id) if metrics::is_used(tx, id)? => return Ok(Some("facts or goals are of it")),
            Key::Metric(id) => metrics::delete(tx, id)?,
            Key::Goal(id) => targets::delete_goal(tx, id)?,
            Key::Currency => super::floor::set_currency(tx, "")?,
            Key::Settings => return Ok(Some("every floor has settings")),
            Key::Day { day, team } => calendar::delete(tx, day, team)?,
            Key::Card(id) => targets::delete_card(tx, id)?,
            Key::Contest(id) => contests::delete(tx, id)?,
            Key::Plan(id) if ramps::is_followed(tx, id)? => return Ok(Some("somebody follows it")),
            Key::Plan(id) => ramps::delete_plan(tx, id)?,
            Key::Ramp(person) => ramps::delete(tx, person)?,
            Key::Recognition(id) => words::delete_recognition(tx, id)?,
            Key::Notice(id) => words::delete_notice(tx, id)?,
            Key::Play(id) => words::delete_play(tx, id)?,
            Key::Choices(source) => choices::put(tx, source, &choices::Choices::default())?,
        }
        Ok(None)
    }

    /// In words, for the list of what an undo left alone.
    /// The same with the names that people know; what is gone has its id.
    ///
    /// # Errors
    /// The store's.
    pub fn said(&self, tx: &mut Tx<'_>) -> Result<String> {
        let person = |tx: &mut Tx<'_>, id: &str| -> Result<String> {
            let name = people::get(tx, id)?.map(|person| person.name).filter(|name| !name.is_empty());
            Ok(name.unwrap_or_else(|| format!("person {id}")))
        };
        Ok(match self {
            Key::Person(id) => person(tx, id)?,
            Key::Team(id) => teams::get(tx, id)?.map_or_else(|| self.name(), |team| format!("team {}", team.name)),
            Key::Membership { person: id, team, .. } => {
                let team = teams::get(tx, team)?.map_or_else(|| team.clone(), |team| team.name);
                format!("{} in team {team}", person(tx, id)?)
            }
            Key::Ramp(id) => format!("the plan of {}", person(tx, id)?),
            Key::Metric(id) => metrics::get(tx, id)?.map_or_else(|| self.name(), |metric| metric.label),
            Key::Contest(id) => contests::get(tx, id)?.map_or_else(|| self.name(), |contest| contest.title),
            _ => self.name(),
        })
    }

    pub fn name(&self) -> String {
        match self {
            Key::Fact { ext_id, metric, .. } => format!("{metric} of {ext_id}"),
            Key::Pipeline { ext_id, .. } => format!("open deal {ext_id}"),
            Key::Person(id) => format!("person {id}"),
            Key::Team(id) => format!("team {id}"),
            Key::Membership { person, team, .. } => format!("{person} in team {team}"),
            Key::AliasKey { key, .. } | Key::OwnerRule { key, .. } => format!("the name {key:?}"),
            Key::GivenDeal { ext_id, .. } => format!("whose the deal {ext_id} is"),
            Key::Metric(id) => format!("metric {id}"),
            Key::Goal(id) => format!("goal {id}"),
            Key::Currency => "the currency".into(),
            Key::Settings => "the settings of the floor".into(),
            Key::Day { day, .. } => format!("the day {day}"),
            Key::Card(id) => format!("scorecard {id}"),
            Key::Contest(id) => format!("contest {id}"),
            Key::Plan(id) => format!("plan {id}"),
            Key::Ramp(person) => format!("the plan of person {person}"),
            Key::Recognition(id) => format!("recognition {id}"),
            Key::Notice(id) => format!("message {id}"),
            Key::Play(id) => format!("play {id}"),
            Key::Choices(source) => format!("the answers about files of {source:?}"),
        }
    }
}
