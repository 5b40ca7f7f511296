//! What a person has done today, what is expected by the evening, and what is usual by now.

use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, ToSpan as _};

use super::{Figures, Value};
use crate::facts::{Kind, MetricId, Scope, Scorecard};
use crate::period::{Days, PeriodKind, Span};

/// What is usual by a time of day is a median of so many working days at most.
const DAYS_OF_USUAL: usize = 20;

/// With fewer days the median would be chance.
const FEWEST_DAYS: usize = 10;

/// How many days back the calendar is searched for those days.
const DAYS_SEARCHED: usize = 60;

/// One line of a scorecard on one day, in major units.
#[derive(Debug, Clone, PartialEq)]
pub struct TodayFigure {
    pub metric: MetricId,
    pub done: f64,
    /// What was left at the first instant of the day over the working days left; whole where the metric counts. `None`
    /// without a target, where the target was complete before today, and on a day on which nobody works.
    pub expected: Option<f64>,
    /// The target of the period was reached before today: today nothing is expected any more.
    pub complete: bool,
    /// The part of it that is usually done by this half hour.
    pub usual: Option<f64>,
    /// When the expectation was reached.
    pub reached: Option<Timestamp>,
    /// The figure of the period over its pace; below 0 behind.
    pub ahead: Option<f64>,
    /// The figure of the period, and its target.
    pub value: Option<f64>,
    pub target: Option<f64>,
}

impl TodayFigure {
    pub fn is_reached(&self) -> bool {
        self.expected.is_some_and(|expected| self.done >= expected && self.done > 0.0)
    }

    /// What is missing to the target of the period; 0 where it is reached.
    pub fn missing(&self) -> Option<f64> {
        let missing = self.target? - self.value.unwrap_or(0.0);
        Some(if missing > 1e-9 { missing } else { 0.0 })
    }

    /// Whether less is done than is usual by now.
    pub fn is_behind(&self) -> bool {
        self.usual.is_some_and(|usual| self.done < usual) && !self.is_reached()
    }
}

impl Figures<'_> {
    /// Every line of a scorecard, as it stands today.
    pub fn today_of(&self, card: &Scorecard, who: Scope) -> Vec<TodayFigure> {
        self.today_beside(card, who, &self.usual_shares(card))
    }

    /// The floor's usual share by now for each line of a scorecard: the same for everybody.
    pub fn usual_shares(&self, card: &Scorecard) -> Vec<Option<f64>> {
        card.lines.iter().map(|line| self.usual_share(line.metric)).collect()
    }

    /// As [`today_of`](Self::today_of), with the usual shares of the lines at hand.
    pub fn today_beside(&self, card: &Scorecard, who: Scope, usual: &[Option<f64>]) -> Vec<TodayFigure> {
        let cells = self.card(card, who).cells;
        let days = self.current(card.period);
        let time = self.working_time(days, who);
        let works = self.works_today(who);
        let line = |((line, cell), usual): ((&crate::facts::ScorecardLine, super::CardCell), &Option<f64>)| {
            let today = self.span(self.current(PeriodKind::Day));
            let done = self.value(line.metric, who, today).map_or(0.0, Value::as_f64);
            let left = cell.target.map(|target| target - (cell.value.unwrap_or(0.0) - done));
            let complete = self.is_additive(line.metric) && left.is_some_and(|left| left <= 1e-9);
            let left = left.filter(|_| !complete);
            let per_day = left.map(|left| left.max(0.0) / (time.total - time.completed).max(1.0));
            let expected = per_day.filter(|_| works && self.is_additive(line.metric));
            // A value slightly above a whole number is that number: the division has left a rounding error.
            let whole = self.floor.metric(line.metric).decimals == 0;
            let expected = expected.map(|n| if whole { (n - 1e-9).ceil() } else { n });
            TodayFigure {
                metric: line.metric,
                done,
                expected,
                complete,
                usual: expected.and_then(|n| Some(n * (*usual)?)),
                reached: expected.filter(|n| done >= *n).and_then(|n| self.reached_today(line.metric, who, n)),
                ahead: cell.value.and_then(|value| Some(value - cell.pace?)),
                value: cell.value,
                target: cell.target,
            }
        };
        card.lines.iter().zip(cells).zip(usual).map(line).collect()
    }

    /// The metrics of a card by which a day is judged: those that lead to results; all, where the card has none of these.
    pub fn judged(&self, card: &Scorecard) -> Vec<MetricId> {
        let all: Vec<MetricId> = card.lines.iter().map(|line| line.metric).collect();
        let leading: Vec<MetricId> =
            all.iter().copied().filter(|id| self.floor.metric(*id).kind == Kind::Leading).collect();
        if leading.is_empty() { all } else { leading }
    }

    /// How much help a person needs, in points. For each line by which a day is judged: weight × what is missing to the pace /
    /// target; added up, times 100, divided by the sum of all weights.
    pub fn need(&self, card: &Scorecard, today: &[TodayFigure]) -> f64 {
        let weights: u32 = card.lines.iter().map(|line| line.weight).sum();
        let judged = self.judged(card);
        let missing = |of: &TodayFigure| {
            let target = of.target.filter(|target| *target > 0.0)?;
            Some((-of.ahead?).max(0.0) / target)
        };
        let lines = card.lines.iter().zip(today).filter(|(_, of)| judged.contains(&of.metric));
        let sum: f64 = lines.map(|(line, of)| f64::from(line.weight) * missing(of).unwrap_or(0.0)).sum();
        if weights > 0 { sum * 100.0 / f64::from(weights) } else { 0.0 }
    }

    fn works_today(&self, who: Scope) -> bool {
        let team = match who {
            Scope::Company => None,
            Scope::Team(team) => Some(team),
            Scope::Person(person) => self.floor.person(person).team_on(self.today()),
        };
        self.floor.calendar.work(self.today(), team) > 0.0
    }

    /// When today's figure reached an amount, by adding up its facts in order.
    fn reached_today(&self, metric: MetricId, who: Scope, amount: f64) -> Option<Timestamp> {
        let of = self.floor.metric(metric);
        let today = self.span(self.current(PeriodKind::Day));
        let mut sum = crate::ledger::Sum::default();
        let span = self.until_now(today);
        let facts = match who {
            Scope::Person(person) => self.ledger.facts_of(metric, span, person),
            _ => self.ledger.facts(metric, span),
        };
        facts.into_iter().find_map(|fact| {
            if !self.belongs(fact.person, self.today(), who) {
                return None;
            }
            sum.put(fact.at, fact.amount);
            let value = Value::of(sum, of.aggregate, of.decimals)?.as_f64();
            (value >= amount && value > 0.0).then_some(fact.at)
        })
    }

    /// The floor's usual share of a day's figure by this half hour: the median of its last working days that have facts.
    pub fn usual_share(&self, metric: MetricId) -> Option<f64> {
        let time = self.ledger.tz().to_datetime(self.now).time();
        let minute = if time.minute() < 30 { 0 } else { 30 };
        let half_hour = jiff::civil::Time::new(time.hour(), minute, 0, 0).ok()?;
        let before = std::iter::successors(self.today().yesterday().ok(), |day| day.yesterday().ok());
        let worked = before.take(DAYS_SEARCHED).filter(|day| self.floor.calendar.work(*day, None) > 0.0);
        let mut shares: Vec<f64> = worked
            .take(DAYS_OF_USUAL)
            .filter_map(|day| self.share_by(metric, day, day.to_datetime(half_hour)))
            .collect();
        if shares.len() < FEWEST_DAYS {
            return None;
        }
        shares.sort_by(f64::total_cmp);
        let middle = shares.len() / 2;
        Some(if shares.len() % 2 == 1 { shares[middle] } else { (shares[middle - 1] + shares[middle]) / 2.0 })
    }

    fn share_by(&self, metric: MetricId, day: Date, by: DateTime) -> Option<f64> {
        let whole = self.span(Days { start: day, end: day.saturating_add(1.day()) });
        let by = by.to_zoned(self.ledger.tz().clone()).ok()?.timestamp();
        let all = self.value(metric, Scope::Company, whole)?.as_f64();
        let part = self.value(metric, Scope::Company, Span { end: by, ..whole }).map_or(0.0, Value::as_f64);
        (all > 0.0).then(|| (part / all).clamp(0.0, 1.0))
    }
}
