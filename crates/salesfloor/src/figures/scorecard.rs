//! Scores scorecards: indicators against their targets, and one score.

use super::goal::FORECAST_FROM;
use super::{Figures, Value};
use crate::facts::{Better, PersonId, Scope, Scorecard, ScorecardLine};
use crate::period::Days;

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
        let expected = self.expected(card, line, who, days);
        let target = expected.map(|expected| expected.target);
        let time = self.working_time(days, who);
        let (forecast, today) = match target.filter(|_| self.is_additive(line.metric)) {
            Some(target) => {
                let share = time.share();
                let left = (target - value.unwrap_or(0.0)).max(0.0);
                let forecast = value.filter(|_| share >= FORECAST_FROM).map(|value| value / share);
                (forecast, Some(left / (time.total - time.completed).max(1.0)))
            }
            // A mean does not grow over the period: it should be there all the time.
            None => (None, None),
        };
        CardCell { value, target, pace: expected.map(|expected| expected.pace), forecast, today }
    }

    /// Whether the figure of a period is the sum of those of its days.
    pub(crate) fn is_additive(&self, metric: crate::facts::MetricId) -> bool {
        use crate::facts::Aggregate::{Count, Sum};
        matches!(self.floor.metric(metric).aggregate, Sum | Count)
    }
}
