//! Explains the figures of a slide: each with its formula and the facts that it is made of.

use jiff::civil::Date;

use super::Writer;
use super::contest::slide_id;
use crate::facts::{Better, Contest, ContestFormat, Goal, MetricId, Ramp, Scope, Scorecard, Shape};
use crate::figures::{CardFigure, ContestFigure, ContestState, StageState, Why, written};
use crate::ledger::Entry;
use crate::period::{Days, Span};

/// What a slide says about a person, a team or the company.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation<'a> {
    /// Id and kind of the slide, as on the board.
    pub id: String,
    pub kind: &'static str,
    pub title: String,
    pub figures: Vec<Explained<'a>>,
}

/// One figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained<'a> {
    /// Where it stands in the row: `value`, `pace`, `cells[2].target`.
    pub field: String,
    pub value: Option<f64>,
    pub formula: String,
    /// Empty where the figure follows from other figures.
    pub facts: Vec<Entry<'a>>,
}

impl<'a> Writer<'a> {
    /// Explains all figures of somebody on the slides of a kind, or on the one with an id.
    ///
    /// # Errors
    /// One line: there is no such slide, or nobody of that name stands on it.
    pub fn why(&self, slide: &str, who: Scope) -> Result<Vec<Explanation<'a>>, String> {
        let all = self.explainable(who);
        let wanted = |id: &str, kind: &str| id == slide || kind == slide;
        if !all.iter().any(|(id, kind, ..)| wanted(id, kind)) {
            let mut known: Vec<String> = all.into_iter().map(|(id, kind, ..)| format!("{kind} {id}")).collect();
            known.dedup();
            return Err(format!("no slide {slide:?} with figures; there is {}", known.join(", ")));
        }
        let found: Vec<Explanation<'a>> = all
            .into_iter()
            .filter(|(id, kind, ..)| wanted(id, kind))
            .map(|(id, kind, title, figures)| Explanation { id, kind, title, figures })
            .filter(|slide| !slide.figures.is_empty())
            .collect();
        if found.is_empty() {
            let name = match who {
                Scope::Company => "the company",
                _ => self.figures.name(who),
            };
            return Err(format!("{name} has no figure on {slide:?}"));
        }
        Ok(found)
    }

    /// Every slide with figures, and what it says of somebody: nothing where the slide does not name them.
    fn explainable(&self, who: Scope) -> Vec<(String, &'static str, String, Vec<Explained<'a>>)> {
        let shown = self.is_shown(who);
        let mut slides = Vec::new();
        for slide in self.ranking_slides() {
            let mut figures = Vec::new();
            let fits = match who {
                Scope::Company => !slide.of_teams,
                Scope::Team(_) => slide.of_teams,
                Scope::Person(_) => !slide.of_teams && shown,
            };
            if fits {
                figures.push(self.sum_of(slide.metric, who, self.figures.span(slide.days), "value"));
                if let Some(goal) = self.goal_for(slide.metric, who, slide.days) {
                    figures.extend(self.of_goal(goal).into_iter().filter(|figure| figure.field != "value"));
                }
            }
            slides.push((slide.id, "ranking", slide.title, figures));
        }
        for slide in self.goals_slides() {
            let own = slide.goals.iter().filter(|goal| goal.scope == who);
            let figures = own.flat_map(|goal| self.of_goal(goal)).collect();
            slides.push((slide.id, "goals", slide.title.to_owned(), figures));
        }
        for slide in self.card_slides() {
            let own = slide.rows.iter().find(|row| row.who == who);
            let figures = own.map(|row| self.of_card(slide.card, row)).unwrap_or_default();
            slides.push((slide.id, "scorecard", slide.card.title.clone(), figures));
        }
        for (contest, figure) in self.current_contests() {
            let kind = if contest.format == ContestFormat::Bracket { "bracket" } else { "contest" };
            let figures = if shown { self.of_contest(contest, &figure, who) } else { Vec::new() };
            slides.push((slide_id(contest), kind, contest.title.clone(), figures));
        }
        let own = |ramp: &&Ramp| Scope::Person(ramp.person) == who && shown;
        let mut ramps = self.running_ramps().peekable();
        if ramps.peek().is_some() {
            let figures = ramps.filter(own).flat_map(|ramp| self.of_ramp(ramp)).collect();
            slides.push(("ramp".to_owned(), "ramp", self.labels.ramp.to_owned(), figures));
        }
        slides
    }

    fn sum_of(&self, metric: MetricId, who: Scope, span: Span, field: &str) -> Explained<'a> {
        let Why { value, formula, facts } = self.figures.why(metric, who, span);
        let value = value.map(crate::figures::Value::as_f64);
        Explained { field: field.to_owned(), value, formula, facts }
    }

    fn of_goal(&self, goal: &Goal) -> Vec<Explained<'a>> {
        let days = Days { start: goal.start, end: goal.end };
        let figure = self.figures.goal(goal);
        let time = self.figures.working_time(days, goal.scope);
        let (over, total) = (written(time.completed), written(time.total));
        let target = written(figure.target);
        let mut all = vec![self.sum_of(goal.metric, goal.scope, self.figures.span(days), "value")];
        let mut derived = |field: &str, value: f64, formula: String| {
            all.push(follows(field, Some(value), format!("{formula} = {}", written(value))));
        };
        let whole = figure.target / figure.here.max(f64::MIN_POSITIVE);
        let part = format!("target {} × {} of its working days here", written(whole), written(figure.here));
        derived("target", figure.target, if figure.here < 1.0 { part } else { "as the goal says".to_owned() });
        let pace = match &goal.shape {
            Shape::Linear => format!("target {target} × share of the time that is over"),
            Shape::Workdays => format!("target {target} × {over} of {total} working days"),
            Shape::Weekdays(_) => format!("target {target} × weighted share of the weekdays that are over"),
            Shape::Steps(_) => "target of the last step that is over".to_owned(),
        };
        derived("pace", figure.pace, pace);
        if let (Some(forecast), Some(value)) = (figure.forecast, figure.value) {
            derived("forecast", forecast, format!("value {} × {total} / {over} working days", written(value)));
        }
        all
    }

    fn of_card(&self, card: &Scorecard, row: &CardFigure) -> Vec<Explained<'a>> {
        let days = self.figures.current(card.period);
        let time = self.figures.working_time(days, row.who);
        let (over, total) = (written(time.completed), written(time.total));
        let mut all = Vec::new();
        let mut sum = Vec::new();
        let mut missing = Vec::new();
        // Weights are compared with each other only: 30, 40, 30 are 3, 4, 3.
        let unit = card.lines.iter().fold(0, |unit, line| common(unit, line.weight)).max(1);
        for (at, (cell, line)) in row.cells.iter().zip(&card.lines).enumerate() {
            let metric = self.figures.floor.metric(line.metric);
            let span = self.figures.span(days);
            all.push(self.sum_of(line.metric, row.who, span, &format!("cells[{at}].value")));
            let label = &metric.label;
            if let Some(target) = cell.target {
                let formula = format!("{label}: target of {} = {}", self.label_of(days), written(target));
                all.push(follows(&format!("cells[{at}].target"), Some(target), formula));
            }
            if let (Some(pace), Some(target), true) = (cell.pace, cell.target, cell.today.is_some()) {
                let by_days = (target * time.share() - pace).abs() < 1e-6;
                let formula = match by_days {
                    true => format!("{label}: target {} × {over} of {total} working days", written(target)),
                    // Not everybody is there on every day.
                    false => format!("{label}: what each was to reach on the days there that are over"),
                };
                let formula = format!("{formula} = {}", written(pace));
                all.push(follows(&format!("cells[{at}].pace"), Some(pace), formula));
            }
            let parts = cell.value.zip(cell.target).zip(cell.attainment(metric.better));
            match parts.filter(|_| line.weight > 0) {
                None if line.weight > 0 => missing.push(label.as_str()),
                None => {}
                Some(((value, target), attainment)) => {
                    let (value, target) = (written(value), written(target));
                    let (over, under) = if metric.better == Better::Up { (value, target) } else { (target, value) };
                    let capped = line.cap.filter(|cap| attainment > *cap);
                    let cap = capped.map_or(String::new(), |cap| format!(" capped at {}", written(cap)));
                    sum.push(format!("{} × {over} / {under}{cap}", line.weight / unit));
                }
            }
        }
        let weights: u32 = card.lines.iter().map(|line| line.weight).sum();
        let formula = match (row.score, missing.as_slice()) {
            (Some(score), _) => format!("({}) / {} × 100 = {}", sum.join(" + "), weights / unit, written(score)),
            (None, []) => "none, for no line has a weight".to_owned(),
            (None, missing) => format!("none, for {} has no figure or no target", missing.join(", ")),
        };
        all.push(follows("score", row.score, formula));
        all
    }

    fn of_contest(&self, contest: &Contest, figure: &ContestFigure, who: Scope) -> Vec<Explained<'a>> {
        if figure.state == ContestState::Upcoming {
            return Vec::new();
        }
        if contest.format == ContestFormat::Bracket {
            let bracket = self.figures.bracket(contest);
            let begun = bracket.rounds.iter().map(|round| round.span).filter(|span| span.start <= self.figures.now);
            let round = |(at, span)| self.of_contender(contest, who, span, &format!("rounds[{at}].value"));
            return if figure.rows.iter().any(|row| row.who == who) {
                begun.enumerate().map(round).collect()
            } else {
                Vec::new()
            };
        }
        let Some(row) = figure.rows.iter().find(|row| row.who == who) else { return Vec::new() };
        let mut all = vec![self.of_contender(contest, who, figure.span, "value")];
        if let Some(at) = row.reached_at {
            all.push(follows("reached_at", None, format!("the goal was reached at {at}")));
        }
        all
    }

    /// The figure of a contender in a span: of one metric its own, of several their points.
    fn of_contender(&self, contest: &Contest, who: Scope, span: Span, field: &str) -> Explained<'a> {
        let value = self.figures.contest_value(contest, who, span).as_f64();
        let mut parts = Vec::new();
        let mut facts = Vec::new();
        for (metric, points) in &contest.metrics {
            let why = self.figures.why(*metric, who, span);
            let figure = why.value.map_or(0.0, crate::figures::Value::as_f64);
            let label = &self.figures.floor.metric(*metric).label;
            parts.push(match points {
                1 => format!("{label} {}", written(figure)),
                points => format!("{points} × {label} {}", written(figure)),
            });
            facts.extend(why.facts);
        }
        let mut formula = parts.join(" + ");
        if contest.format == ContestFormat::TeamAverage
            && let Scope::Team(team) = who
        {
            let members = self.figures.heads(team, span);
            formula = format!("({formula}) / {members} people");
        }
        Explained {
            field: field.to_owned(),
            value: Some(value),
            formula: format!("{formula} = {}", written(value)),
            facts,
        }
    }

    fn of_ramp(&self, ramp: &Ramp) -> Vec<Explained<'a>> {
        let figure = self.figures.ramp(ramp);
        let start = self.figures.span(Days { start: ramp.started, end: Date::MAX }).start;
        let span = Span { start, end: jiff::Timestamp::MAX };
        let stage = |(at, stage): (usize, &crate::figures::StageFigure)| {
            let state = match stage.state {
                StageState::Done(day) => format!("done on day {day}"),
                StageState::Open => format!("open, due on day {}", stage.due_day),
                StageState::Late => format!("late, was due on day {}", stage.due_day),
            };
            match stage.measure {
                None => follows(&format!("stages[{at}]"), None, format!("{}: {state}", stage.label)),
                Some((metric, _, target)) => {
                    let why = self.sum_of(metric, Scope::Person(ramp.person), span, &format!("stages[{at}].value"));
                    let formula =
                        format!("{}: {} of {} since day 1: {state}", stage.label, why.formula, written(target));
                    Explained { formula, ..why }
                }
            }
        };
        figure.stages.iter().enumerate().map(stage).collect()
    }
}

/// The greatest common divisor; 0 counts for nothing.
fn common(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { common(b, a % b) }
}

fn follows<'a>(field: &str, value: Option<f64>, formula: String) -> Explained<'a> {
    Explained { field: field.to_owned(), value, formula, facts: Vec::new() }
}
