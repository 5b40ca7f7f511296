//! Scores scorecards: indicators against their targets, and one score.

use super::goal::FORECAST_FROM;
use super::{Figures, Value};
use crate::facts::{Better, Level, PersonId, Scope, Scorecard, ScorecardLine};
use crate::period::{Days, PeriodKind};

/// One person's, team's or the company's card.
#[derive(Debug, Clone, PartialEq)]
pub struct CardFigure {
    pub who: Scope,
    /// One for each line of the scorecard.
    pub cells: Vec<CardCell>,
    /// 100 = every target reached. `None` where a weighted line has no figure or no target: a missing line is not 0.
    pub score: Option<f64>,
}

/// Major units.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct CardCell {
    pub value: Option<f64>,
    pub target: Option<f64>,
    pub pace: Option<f64>,
    pub forecast: Option<f64>,
    /// What is left over the working days left, today included.
    pub today: Option<f64>,
}

impl CardCell {
    /// 1.0 where the target is reached.
    pub fn attainment(&self, better: Better) -> Option<f64> {
        let (value, target) = (self.value?, self.target.filter(|target| *target > 0.0)?);
        match better {
            Better::Up => Some(value / target),
            Better::Down if value == 0.0 => None,
            Better::Down => Some(target / value),
        }
    }
}

impl Figures<'_> {
    /// The people of a scorecard, in order of their names.
    pub fn people_of(&self, card: &Scorecard) -> Vec<PersonId> {
        let (floor, today) = (self.floor, self.today());
        let mut people: Vec<PersonId> = floor
            .person_ids()
            .filter(|id| floor.person(*id).works_on(today))
            .filter(|id| card.team.is_none_or(|team| floor.person(*id).team_on(today) == Some(team)))
            .collect();
        people.sort_by(|a, b| floor.person(*a).name.cmp(&floor.person(*b).name).then(a.cmp(b)));
        people
    }

    pub fn card(&self, card: &Scorecard, who: Scope) -> CardFigure {
        let days = self.current(card.period);
        let cells: Vec<CardCell> = card.lines.iter().map(|line| self.card_cell(card, line, who, days)).collect();
        CardFigure { who, score: self.score(card, &cells), cells }
    }

    /// Σ weight × attainment over Σ weight, in percent.
    fn score(&self, card: &Scorecard, cells: &[CardCell]) -> Option<f64> {
        let mut sum = 0.0;
        let weights: u32 = card.lines.iter().map(|line| line.weight).sum();
        for (line, cell) in card.lines.iter().zip(cells).filter(|(line, _)| line.weight > 0) {
            let attainment = cell.attainment(self.floor.metric(line.metric).better)?;
            sum += f64::from(line.weight) * line.cap.map_or(attainment, |cap| attainment.min(cap));
        }
        (weights > 0).then(|| sum / f64::from(weights) * 100.0)
    }

    fn card_cell(&self, card: &Scorecard, line: &ScorecardLine, who: Scope, days: Days) -> CardCell {
        let value = self.value(line.metric, who, self.span(days)).map(Value::as_f64);
        let additive = self.is_additive(line.metric);
        let target = match who {
            Scope::Person(person) => self.line_target(line, person, days, additive),
            _ => self.target_of_many(card, line, who, days, additive),
        };
        let time = self.working_time(days, who);
        let (pace, forecast, today) = match target.filter(|_| additive) {
            Some(target) => {
                let share = time.share();
                let left = (target - value.unwrap_or(0.0)).max(0.0);
                let forecast = value.filter(|_| share >= FORECAST_FROM).map(|value| value / share);
                (Some(target * share), forecast, Some(left / (time.total - time.completed).max(1.0)))
            }
            // A mean does not grow over the period: it should be there all the time.
            None => (target, None, None),
        };
        CardCell { value, target, pace, forecast, today }
    }

    /// Whether the figure of a period is the sum of those of its days.
    pub(crate) fn is_additive(&self, metric: crate::facts::MetricId) -> bool {
        use crate::facts::Aggregate::{Count, Sum};
        matches!(self.floor.metric(metric).aggregate, Sum | Count)
    }

    /// The target of a line for a person and the card's period.
    fn line_target(&self, line: &ScorecardLine, person: PersonId, days: Days, additive: bool) -> Option<f64> {
        let unit = Value::minor(1, self.floor.metric(line.metric).decimals).as_f64();
        let who = Scope::Person(person);
        let goal = self.floor.goals.iter().find(|goal| {
            goal.scope == who
                && goal.metric == line.metric
                && goal.level == Level::Must
                && Days { start: goal.start, end: goal.end } == days
        });
        if let Some(goal) = goal {
            return Some(self.goal(goal).target);
        }
        let target = line.target? as f64 * unit;
        if !additive {
            return Some(target);
        }
        let own = self.working_time(days, who).total;
        let per = match line.per {
            PeriodKind::Day => 1.0,
            kind => self.floor.calendar.work_in(kind.containing(self.today(), &self.floor.settings), None),
        };
        (per > 0.0 && own > 0.0).then(|| target * own / per)
    }

    /// What is expected of all together; of a mean, what is expected of each where that is the same.
    fn target_of_many(
        &self,
        card: &Scorecard,
        line: &ScorecardLine,
        who: Scope,
        days: Days,
        additive: bool,
    ) -> Option<f64> {
        let own = self.floor.goals.iter().find(|goal| {
            goal.scope == who
                && goal.metric == line.metric
                && goal.level == Level::Must
                && Days { start: goal.start, end: goal.end } == days
        });
        if let Some(goal) = own {
            return Some(self.goal(goal).target);
        }
        let people = self.people_of(card).into_iter().filter(|person| match who {
            Scope::Team(team) => self.floor.person(*person).team_on(self.today()) == Some(team),
            _ => true,
        });
        let targets: Vec<f64> =
            people.map(|person| self.line_target(line, person, days, additive)).collect::<Option<_>>()?;
        if additive {
            return (!targets.is_empty()).then(|| targets.iter().sum());
        }
        targets.first().copied().filter(|first| targets.iter().all(|target| target == first))
    }
}
