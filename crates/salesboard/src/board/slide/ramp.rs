//! Holds a ramp slide (FEED §2): new hires, their stages, plan and actual.

use jiff::civil::Date;

use super::Identity;

/// A ramp slide.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ramp {
    /// New hires.
    pub rows: Vec<RampRow>,
}

/// One new hire.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RampRow {
    /// Who.
    pub who: Identity,
    /// First day.
    pub started: Option<Date>,
    /// Day of the ramp.
    pub day: Option<u32>,
    /// Days in the ramp.
    pub days: Option<u32>,
    /// Mentor.
    pub mentor: Option<Identity>,
    /// Stages.
    pub stages: Vec<Stage>,
    /// Day, plan, actual.
    pub series: Vec<(u32, Option<f64>, Option<f64>)>,
}

/// A stage of a ramp.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stage {
    /// Name.
    pub label: String,
    /// Due on day.
    pub due_day: Option<u32>,
    /// State.
    pub state: StageState,
    /// Done on day.
    pub on_day: Option<u32>,
    /// Metric id.
    pub metric: Option<String>,
    /// Figure.
    pub value: Option<f64>,
    /// Target.
    pub target: Option<f64>,
}

/// State of a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StageState {
    #[default]
    Open,
    Done,
    Late,
}
