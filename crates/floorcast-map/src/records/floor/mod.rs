//! What the sheets of a floor say besides its deals, everything by name and in major units.

mod read;

pub use read::read;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FloorTable {
    pub settings: SettingsRecord,
    pub people: Vec<PersonDetails>,
    pub metrics: Vec<MetricRecord>,
    pub done: Vec<DoneRecord>,
    pub days: Vec<DayRecord>,
    pub goals: Vec<GoalRecord>,
    pub cards: Vec<CardRecord>,
    pub contests: Vec<ContestRecord>,
    pub plans: Vec<PlanRecord>,
    pub ramps: Vec<RampRecord>,
    pub recognitions: Vec<RecognitionRecord>,
    pub notices: Vec<NoticeRecord>,
    pub plays: Vec<PlayRecord>,
    /// What was not understood, with sheet and cell.
    pub notes: Vec<String>,
    /// How many rows or cells that is.
    pub left_out: usize,
}

/// What the sheet Settings says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SettingsRecord {
    pub name: Option<String>,
    pub tz: Option<String>,
    pub locale: Option<String>,
    pub currency: Option<String>,
    pub week_start: Option<i8>,
    pub fiscal_month: Option<i8>,
    /// A digit for each weekday, Monday first.
    pub workdays: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembershipRecord {
    pub team: String,
    pub since: Option<Date>,
    pub until: Option<Date>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PersonDetails {
    pub name: String,
    pub memberships: Vec<MembershipRecord>,
    pub started: Option<Date>,
    pub ended: Option<Date>,
    /// Month and day.
    pub birthday: Option<(i8, i8)>,
    pub photo: Option<String>,
    pub alias: Option<String>,
    pub hidden: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetricRecord {
    pub key: String,
    pub label: String,
    /// `count`, `number`, or an ISO 4217 code.
    pub unit: String,
    pub leading: bool,
    pub leads_to: Option<String>,
}

/// An activity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DoneRecord {
    /// The same when the file comes again: day, person, and which of several it is.
    pub id: String,
    pub metric: String,
    pub person: Option<String>,
    pub at: Timestamp,
    pub amount: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DayRecord {
    pub day: Date,
    pub team: Option<String>,
    pub work: f64,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    Company,
    Team(String),
    Person(String),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoalRecord {
    pub whose: Whose,
    pub metric: String,
    pub start: Date,
    pub end: Date,
    /// `must`, `stretch` or `challenge`.
    pub level: String,
    pub target: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CardRecord {
    pub title: String,
    pub team: Option<String>,
    pub period: String,
    pub lines: Vec<LineRecord>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LineRecord {
    pub metric: String,
    pub weight: u32,
    pub cap: Option<f64>,
    pub target: Option<f64>,
    pub per: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContestantsRecord {
    People(Vec<String>),
    Teams(Vec<String>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContestRecord {
    pub key: String,
    pub title: String,
    /// `most`, `first_to`, `threshold`, `team_total`, `team_average`, `versus` or `bracket`.
    pub format: String,
    /// Metrics with their points.
    pub metrics: Vec<(String, u32)>,
    pub of: ContestantsRecord,
    pub start: Timestamp,
    pub end: Option<Timestamp>,
    /// Of one metric with one point in its major unit, else in points.
    pub goal: Option<f64>,
    pub prizes: Vec<(u32, String)>,
    pub rules: Option<String>,
    pub is_final: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanRecord {
    pub title: String,
    pub days: u32,
    pub stages: Vec<StageRecord>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StageRecord {
    pub label: String,
    pub due_day: u32,
    pub measure: Option<(String, f64)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RampRecord {
    pub person: String,
    /// Place in [`FloorTable::plans`].
    pub plan: usize,
    pub started: Date,
    pub mentor: Option<String>,
    /// Stages that a person ticked, with the day.
    pub ticked: Vec<(usize, Date)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecognitionRecord {
    pub who: Vec<String>,
    /// `shout_out`, `top_performer`, `milestone`, `birthday`, `anniversary` or `new_hire`.
    pub badge: String,
    pub headline: String,
    pub text: Option<String>,
    pub from: Option<String>,
    pub day: Date,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeRecord {
    pub title: String,
    pub text: String,
    pub from: Option<String>,
    pub team: Option<String>,
    pub start: Option<Timestamp>,
    pub end: Option<Timestamp>,
    /// Weekday from 1, Monday, and the hour to which it calls.
    pub weekly: Option<(i8, Time)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlayRecord {
    pub headline: String,
    pub text: Option<String>,
    pub who: Vec<String>,
    pub start: Option<Timestamp>,
    pub end: Option<Timestamp>,
}
