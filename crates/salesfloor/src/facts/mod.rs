//! Holds the facts of a floor, as plain data.

mod activity;
mod contest;
mod floor;
mod goal;
mod ids;
mod metric;
mod people;
mod ramp;
mod settings;
mod words;

pub use activity::Activity;
pub use contest::{Contest, ContestFormat, Contestants, Prize};
pub use floor::Floor;
pub use goal::{Goal, Level, Scope, Scorecard, ScorecardLine, Shape};
pub use ids::{MetricId, PersonId, TeamId};
pub use metric::{Aggregate, Better, Kind, Metric, Unit};
pub use people::{Membership, Person, Shown, Team};
pub use ramp::{Ramp, RampPlan, RampStage};
pub use settings::Settings;
pub use words::{Badge, Notice, Play, Recognition};
