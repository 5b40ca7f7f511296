//! The slides of a board, one type per kind (FEED §2).

use jiff::Timestamp;
use jiff::civil::Date;

/// One slide: what all kinds share, and the kind's own content.
#[derive(Debug, Clone, PartialEq)]
pub struct SlideData {
    /// Unique on the board.
    pub id: String,
    /// Title in the source's words; may be empty.
    pub title: String,
    /// The period its figures are about.
    pub period: Option<Period>,
    /// Not shown before.
    pub start: Option<Timestamp>,
    /// Not shown from here on.
    pub end: Option<Timestamp>,
    /// The content by kind.
    pub body: Body,
}

/// A period, half-open.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Period {
    /// Its name, e.g. "November".
    pub label: Option<String>,
    /// First instant.
    pub start: Option<Timestamp>,
    /// First instant after it.
    pub end: Option<Timestamp>,
    /// Working days in it.
    pub days_total: Option<u32>,
    /// Working days left.
    pub days_left: Option<u32>,
}

/// The content of a slide by kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// Stack ranking.
    Ranking(Ranking),
    /// Contest standings.
    Contest(Contest),
    /// Knock-out.
    Bracket(Bracket),
    /// Goals of company, team, person.
    Goals(Goals),
    /// Leading indicators.
    Scorecard(Scorecard),
    /// Recognition.
    Recognition(Recognition),
    /// New hires.
    Ramp(Ramp),
    /// Team strengths.
    Skills(Skills),
    /// Play of the week.
    Coaching(Coaching),
    /// A text.
    Message(Message),
}

impl Body {
    /// The kind's name as the feed writes it.
    pub fn kind(&self) -> &'static str {
        match self {
            Body::Ranking(_) => "ranking",
            Body::Contest(_) => "contest",
            Body::Bracket(_) => "bracket",
            Body::Goals(_) => "goals",
            Body::Scorecard(_) => "scorecard",
            Body::Recognition(_) => "recognition",
            Body::Ramp(_) => "ramp",
            Body::Skills(_) => "skills",
            Body::Coaching(_) => "coaching",
            Body::Message(_) => "message",
        }
    }
}

/// Whom rows are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Of {
    /// People.
    #[default]
    People,
    /// Teams.
    Teams,
}

/// By what a ranking is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// The value itself.
    #[default]
    Value,
    /// Value per member.
    PerMember,
    /// Value over target.
    Attainment,
}

/// How places are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RankStyle {
    /// 1, 2, 2, 4.
    #[default]
    Competition,
    /// 1, 2, 2, 3.
    Dense,
    /// The source's order, no numbers.
    None,
}

/// Who a row is about, resolved when the board was accepted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Identity {
    /// Stable over boards: `who`, else the name or a hash of it.
    pub id: String,
    /// Cleaned display name.
    pub name: String,
}

/// A ranking slide.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ranking {
    /// People or teams.
    pub of: Of,
    /// Metric id.
    pub metric: Option<String>,
    /// Measure of the order.
    pub by: By,
    /// Numbering.
    pub rank: RankStyle,
    /// `show.top` where the source sets it.
    pub top: Option<u32>,
    /// Sum line.
    pub total: Option<Total>,
    /// Rows in the source's order, identities unique, at most 500.
    pub rows: Vec<RankingRow>,
    /// Rows over the limit that were left out.
    pub rows_left_out: u32,
}

/// Sum line of a ranking; a target of 0 or less was refused.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Total {
    /// Sum.
    pub value: Option<f64>,
    /// Target.
    pub target: Option<f64>,
    /// What should have been reached by now.
    pub pace: Option<f64>,
}

/// One row of a ranking.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RankingRow {
    /// Who.
    pub who: Identity,
    /// The figure; `None` is not ranked.
    pub value: Option<f64>,
    /// Target, above 0.
    pub target: Option<f64>,
    /// What should have been reached by now.
    pub pace: Option<f64>,
    /// Place before, as the source remembers it.
    pub was_rank: Option<u32>,
    /// Further metrics by id.
    pub also: Vec<(String, f64)>,
    /// Leads since.
    pub leader_since: Option<Timestamp>,
    /// At most 12 earlier values, oldest first.
    pub history: Vec<f64>,
    /// The last piece of it.
    pub recent: Option<Recent>,
    /// Members of the team.
    pub members: Option<u32>,
    /// Shares of the members.
    pub parts: Vec<(Identity, f64)>,
}

/// The last piece of a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Recent {
    /// Amount.
    pub value: f64,
    /// In words.
    pub label: Option<String>,
}

/// A contest slide.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Contest {
    /// People or teams.
    pub of: Of,
    /// Metric id.
    pub metric: Option<String>,
    /// How it is won.
    pub format: ContestFormat,
    /// Where it stands.
    pub state: ContestState,
    /// The figure to reach.
    pub goal: Option<f64>,
    /// Rules in words.
    pub rules: Option<String>,
    /// Prizes.
    pub prizes: Vec<Prize>,
    /// Rows in the source's order.
    pub rows: Vec<ContestRow>,
    /// Rows over the limit that were left out.
    pub rows_left_out: u32,
}

/// How a contest is won (FEED §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the names are the contract's")]
pub enum ContestFormat {
    #[default]
    Most,
    FirstTo,
    Threshold,
    TeamTotal,
    TeamAverage,
    Versus,
}

/// Where a contest stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the names are the contract's")]
pub enum ContestState {
    Upcoming,
    #[default]
    Running,
    Ended,
    Final,
}

/// A prize.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Prize {
    /// For this place.
    pub place: u32,
    /// In words.
    pub label: String,
    /// Amount and ISO 4217 code.
    pub worth: Option<(f64, String)>,
}

/// One row of a contest.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ContestRow {
    /// Who.
    pub who: Identity,
    /// Figure.
    pub value: Option<f64>,
    /// Place before.
    pub was_rank: Option<u32>,
    /// When the goal was reached.
    pub reached_at: Option<Timestamp>,
    /// Place won, the source's word.
    pub won: Option<u32>,
    /// Members of the team.
    pub members: Option<u32>,
    /// The last piece of it.
    pub recent: Option<Recent>,
}

/// A knock-out slide.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bracket {
    /// People or teams.
    pub of: Of,
    /// Metric id.
    pub metric: Option<String>,
    /// Rounds, first to final.
    pub rounds: Vec<Round>,
}

/// One round of a bracket.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Round {
    /// Name.
    pub label: Option<String>,
    /// When it ends.
    pub end: Option<Timestamp>,
    /// Matches.
    pub matches: Vec<Match>,
}

/// One match.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Match {
    /// First side.
    pub a: Side,
    /// Second side.
    pub b: Side,
    /// `Some(true)` when `a` won.
    pub winner_is_a: Option<bool>,
}

/// One side of a match.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Side {
    /// No opponent.
    #[default]
    Bye,
    /// Somebody.
    Entry {
        /// Who.
        who: Identity,
        /// Seed.
        seed: Option<u32>,
        /// Score.
        value: Option<f64>,
    },
    /// The winner of an earlier match, by index.
    From {
        /// Round.
        round: usize,
        /// Match.
        of: usize,
    },
}

/// Whose goal or score a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the names are the contract's")]
pub enum Scope {
    #[default]
    Company,
    Team,
    Person,
}

/// A goals slide.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Goals {
    /// Rows.
    pub rows: Vec<GoalRow>,
}

/// One goal.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GoalRow {
    /// Whose.
    pub scope: Scope,
    /// Who; `None` for the company.
    pub who: Option<Identity>,
    /// Metric id.
    pub metric: Option<String>,
    /// Figure, target, pace, forecast.
    pub cell: Cell,
}

/// A figure against what is expected.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Cell {
    /// Figure.
    pub value: Option<f64>,
    /// Target, above 0.
    pub target: Option<f64>,
    /// What should have been reached by now.
    pub pace: Option<f64>,
    /// Expected at the end.
    pub forecast: Option<f64>,
}

/// A scorecard slide.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scorecard {
    /// People or teams.
    pub of: Of,
    /// Metric id and weight per column.
    pub columns: Vec<(String, Option<f64>)>,
    /// Rows.
    pub rows: Vec<ScorecardRow>,
}

/// One row of a scorecard.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ScorecardRow {
    /// Whose.
    pub scope: Scope,
    /// Who; `None` for the company.
    pub who: Option<Identity>,
    /// One per column.
    pub cells: Vec<Option<Cell>>,
    /// The source's own score.
    pub score: Option<f64>,
}

/// A recognition slide.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Recognition {
    /// Items.
    pub items: Vec<RecognitionItem>,
}

/// One recognition.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RecognitionItem {
    /// Who.
    pub who: Vec<Identity>,
    /// Badge name.
    pub badge: Option<String>,
    /// Headline.
    pub headline: Option<String>,
    /// Text.
    pub text: Option<String>,
    /// From whom.
    pub from: Option<String>,
    /// When.
    pub at: Option<Timestamp>,
    /// Metric id.
    pub metric: Option<String>,
    /// Figure.
    pub value: Option<f64>,
    /// Facts.
    pub facts: Vec<Fact>,
    /// Earlier thresholds.
    pub milestones: Vec<Milestone>,
}

/// A labelled fact in the source's words or numbers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fact {
    /// Label.
    pub label: String,
    /// Value as text.
    pub value: String,
}

impl Fact {
    /// What it is known by: its label, else its value.
    pub fn said(&self) -> &str {
        if self.label.is_empty() { &self.value } else { &self.label }
    }
}

/// A threshold and when it was passed.
#[derive(Debug, Clone, PartialEq)]
pub struct Milestone {
    /// Threshold.
    pub value: f64,
    /// When, `None` still to come.
    pub at: Option<Timestamp>,
}

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
#[expect(missing_docs, reason = "the names are the contract's")]
pub enum StageState {
    #[default]
    Open,
    Done,
    Late,
}

/// A skills slide.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Skills {
    /// Names of the axes.
    pub axes: Vec<String>,
    /// Lowest, highest, expected, unit.
    pub scale: Scale,
    /// Teams.
    pub rows: Vec<SkillsRow>,
    /// Whom to learn an axis from.
    pub ask: Vec<(usize, Identity, Option<f64>)>,
    /// What to train next, by axis.
    pub focus: Vec<(usize, String)>,
}

/// Scale of a skills slide.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// Lowest.
    pub min: f64,
    /// Highest.
    pub max: f64,
    /// Expected.
    pub par: f64,
    /// Unit in words.
    pub unit: Option<String>,
}

impl Default for Scale {
    fn default() -> Self {
        Scale { min: 0.0, max: 100.0, par: 50.0, unit: None }
    }
}

/// One team of a skills slide.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SkillsRow {
    /// Team.
    pub who: Identity,
    /// Means per axis.
    pub now: Vec<Option<f64>>,
    /// Means before.
    pub before: Vec<Option<f64>>,
    /// People behind the means.
    pub n: Option<u32>,
}

/// A coaching slide.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Coaching {
    /// Plays.
    pub items: Vec<Play>,
}

/// A play of the week.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Play {
    /// Headline.
    pub headline: String,
    /// Text.
    pub text: Option<String>,
    /// Who showed it.
    pub who: Vec<Identity>,
    /// Do and say.
    pub steps: Vec<(String, Option<String>)>,
    /// Evidence.
    pub proof: Option<Proof>,
    /// Shown from.
    pub start: Option<Timestamp>,
    /// Shown until.
    pub end: Option<Timestamp>,
}

/// Evidence for a play.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Proof {
    /// Of what.
    pub label: String,
    /// Before.
    pub before: Option<f64>,
    /// After.
    pub after: Option<f64>,
    /// Unit in words.
    pub unit: Option<String>,
}

/// A message slide.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Message {
    /// Text.
    pub text: Option<String>,
    /// From whom.
    pub from: Option<String>,
    /// Facts.
    pub facts: Vec<Fact>,
}
