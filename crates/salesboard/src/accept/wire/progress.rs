//! Defines goals, scorecards, ramps and skills on the wire.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Day, Id, List, Num, Opt, Target, Text, Whole, Word};
use crate::board::{Of, Scope, StageState};

/// Goals.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Goals {
    /// Rows.
    pub(crate) rows: List<GoalRow>,
}

/// One goal.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct GoalRow {
    /// Whose; `company` by default.
    pub(crate) scope: Opt<Word<Scope>>,
    /// Id of the team or person.
    pub(crate) who: Opt<Id>,
    /// Name, where there is no id.
    pub(crate) name: Opt<Text>,
    /// Metric id.
    pub(crate) metric: Opt<Id>,
    /// Figure.
    pub(crate) value: Opt<Num>,
    /// Target.
    pub(crate) target: Opt<Target>,
    /// What should have been reached by now.
    pub(crate) pace: Opt<Num>,
    /// Expected at the end.
    pub(crate) forecast: Opt<Num>,
}

/// Leading indicators.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Scorecard {
    /// `people` by default.
    pub(crate) of: Opt<Word<Of>>,
    /// Columns.
    pub(crate) columns: List<Column>,
    /// Rows.
    pub(crate) rows: List<ScorecardRow>,
}

/// A column of a scorecard.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Column {
    /// Metric id.
    #[schemars(required)]
    pub(crate) metric: Opt<Id>,
    /// Weight in the score.
    pub(crate) weight: Opt<Num>,
}

/// One row of a scorecard.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct ScorecardRow {
    /// Whose; by default what the slide is `of`.
    pub(crate) scope: Opt<Word<Scope>>,
    /// Id of the team or person.
    pub(crate) who: Opt<Id>,
    /// Name, where there is no id.
    pub(crate) name: Opt<Text>,
    /// One per column, or null.
    #[schemars(with = "Vec<Option<Cell>>")]
    pub(crate) cells: Opt<Vec<Opt<Cell>>>,
    /// The source's own score.
    pub(crate) score: Opt<Num>,
}

/// A figure against what is expected.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Cell {
    /// Figure.
    pub(crate) value: Opt<Num>,
    /// Target.
    pub(crate) target: Opt<Target>,
    /// What should have been reached by now.
    pub(crate) pace: Opt<Num>,
    /// Expected at the end.
    pub(crate) forecast: Opt<Num>,
}

/// New hires.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Ramp {
    /// Rows.
    pub(crate) rows: List<RampRow>,
}

/// One new hire.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct RampRow {
    /// Id of the person.
    pub(crate) who: Opt<Id>,
    /// Name, where there is no id.
    pub(crate) name: Opt<Text>,
    /// First day.
    pub(crate) started: Opt<Day>,
    /// Day of the ramp.
    pub(crate) day: Opt<Whole>,
    /// Days in the ramp.
    pub(crate) days: Opt<Whole>,
    /// Id of the mentor.
    pub(crate) mentor: Opt<Id>,
    /// Stages.
    pub(crate) stages: List<Stage>,
    /// The curve.
    pub(crate) series: List<Point>,
}

/// A stage of a ramp.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Stage {
    /// Name.
    pub(crate) label: Opt<Text>,
    /// Due on this day.
    pub(crate) due_day: Opt<Whole>,
    /// `open` by default.
    pub(crate) state: Opt<Word<StageState>>,
    /// Done on this day.
    pub(crate) on_day: Opt<Whole>,
    /// Metric id.
    pub(crate) metric: Opt<Id>,
    /// Figure.
    pub(crate) value: Opt<Num>,
    /// Target.
    pub(crate) target: Opt<Target>,
}

/// A point of a ramp's curve.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Point {
    /// Day of the ramp.
    #[schemars(required)]
    pub(crate) day: Opt<Whole>,
    /// What was planned.
    pub(crate) plan: Opt<Num>,
    /// What came.
    pub(crate) actual: Opt<Num>,
}

/// Team strengths.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Skills {
    /// `teams`, by default and always: means of people are not shown.
    pub(crate) of: Opt<Word<Of>>,
    /// Names of the axes.
    pub(crate) axes: List<Text>,
    /// The scale.
    pub(crate) scale: Opt<Scale>,
    /// Teams.
    pub(crate) rows: List<SkillsRow>,
    /// Whom to learn an axis from.
    pub(crate) ask: List<Ask>,
    /// What is trained next.
    pub(crate) focus: List<Focus>,
}

/// The scale of a skills slide.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Scale {
    /// Lowest; 0 by default.
    pub(crate) min: Opt<Num>,
    /// Highest; 100 by default.
    pub(crate) max: Opt<Num>,
    /// What is expected; the middle by default.
    pub(crate) par: Opt<Num>,
    /// Unit in words.
    pub(crate) unit: Opt<Text>,
}

/// One team of a skills slide.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct SkillsRow {
    /// Id of the team.
    pub(crate) who: Opt<Id>,
    /// Name, where there is no id.
    pub(crate) name: Opt<Text>,
    /// Means per axis, or null.
    #[schemars(with = "Vec<Option<Num>>")]
    pub(crate) now: Opt<Vec<Opt<Num>>>,
    /// Means before, or null.
    #[schemars(with = "Vec<Option<Num>>")]
    pub(crate) before: Opt<Vec<Opt<Num>>>,
    /// People behind the means; fewer than 5 are not shown.
    #[schemars(range(min = 5))]
    pub(crate) n: Opt<Whole>,
}

/// Whom to learn an axis from.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Ask {
    /// Index of the axis.
    #[schemars(required)]
    pub(crate) axis: Opt<Whole>,
    /// Id of the person.
    #[schemars(required)]
    pub(crate) who: Opt<Id>,
    /// The person's figure: of the strongest axis only.
    pub(crate) value: Opt<Num>,
}

/// What is trained next.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Focus {
    /// Index of the axis.
    #[schemars(required)]
    pub(crate) axis: Opt<Whole>,
    /// In words.
    #[schemars(required)]
    pub(crate) text: Opt<Text>,
}
