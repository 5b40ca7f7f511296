//! Makes rankings: of the month for what comes of work, of the week and today for the work itself.

use serde_json::{Value as Json, json};

use super::{Writer, rounded};
use crate::facts::{Aggregate, Goal, Kind, Level, MetricId, Scope};
use crate::figures::{Numbering, Standing, Value};
use crate::period::{Days, PeriodKind};

/// At most so many indicators get their own rankings; more would make the round of slides too long.
const MAX_INDICATORS: usize = 4;

/// A ranking that the floor has something for.
pub(super) struct RankingSlide {
    pub id: String,
    pub title: String,
    pub metric: MetricId,
    pub days: Days,
    /// Of teams, else of people.
    pub of_teams: bool,
    label: String,
}

impl Writer<'_> {
    pub(super) fn rankings(&self) -> Vec<Json> {
        let json = |slide: &RankingSlide| if slide.of_teams { self.teams(slide) } else { self.people(slide) };
        self.ranking_slides().iter().map(json).collect()
    }

    pub(super) fn ranking_slides(&self) -> Vec<RankingSlide> {
        let floor = self.figures.floor;
        let mut slides = Vec::new();
        let mut add = |metric: MetricId, days: Days, (id, title, label): (&str, &str, &str), of_teams: bool| {
            let id = format!("{}-{}{id}", floor.metric(metric).key, if of_teams { "teams-" } else { "" });
            slides.push(RankingSlide { id, title: title.to_owned(), metric, days, of_teams, label: label.to_owned() });
        };
        let month = self.figures.current(PeriodKind::Month);
        let lagging = floor.metric_ids().filter(|id| floor.metric(*id).kind == Kind::Lagging && self.has_facts(*id));
        let mut lagging: Vec<MetricId> = lagging.collect();
        // Where deals have amounts, their number stands beside these.
        let number = floor.deals.filter(|_| lagging.len() > 1);
        lagging.retain(|metric| Some(*metric) != number);
        for (at, metric) in lagging.into_iter().enumerate() {
            let label = self.labels.month(month.start);
            let usual = if floor.sales == Some(metric) { self.labels.sales } else { &floor.metric(metric).label };
            let title = self.title.filter(|_| at == 0).unwrap_or(usual);
            add(metric, month, ("month", title, &label), false);
            // Where nobody has anything yet, the ranking of people says that the first place is open.
            if floor.teams.len() > 1 && self.has_figures_in(metric, month) {
                let teams = self.labels.teams;
                let title = if at == 0 { teams.to_owned() } else { format!("{teams} · {title}") };
                add(metric, month, ("month", &title, &label), true);
            }
        }
        let leading = floor.metric_ids().filter(|id| floor.metric(*id).kind == Kind::Leading);
        for metric in leading.filter(|id| self.has_facts(*id)).take(MAX_INDICATORS) {
            let title = &floor.metric(metric).label;
            let (week, today) = (self.figures.current(PeriodKind::Week), self.figures.current(PeriodKind::Day));
            if self.has_figures_in(metric, today) {
                add(metric, today, ("today", title, self.labels.today), false);
            }
            // On a Monday morning nobody leads with 0.
            if self.has_figures_in(metric, week) {
                add(metric, week, ("week", title, self.labels.this_week), false);
            }
        }
        slides
    }

    fn has_facts(&self, metric: MetricId) -> bool {
        self.figures.parts(metric).iter().any(|part| self.figures.ledger.days_of(*part).is_some())
    }

    /// Whether anybody has a figure above 0: a log may have a row of zeros for each day.
    fn has_figures_in(&self, metric: MetricId, days: Days) -> bool {
        let span = self.figures.span(days);
        self.figures.parts(metric).iter().any(|part| {
            let sum = self.figures.sum(*part, Scope::Company, span);
            sum.total != 0 || sum.max.is_some_and(|max| max > 0)
        })
    }

    fn people(&self, slide: &RankingSlide) -> Json {
        let (metric, days) = (slide.metric, slide.days);
        let span = self.figures.span(days);
        let standings = self.figures.people(metric, span, Numbering::Competition);
        let lagging = self.figures.floor.metric(metric).kind == Kind::Lagging;
        let beside = self.figures.floor.deals.filter(|number| lagging && *number != metric && self.has_facts(*number));
        let row = |standing: &Standing| {
            let mut row = json!({"who": self.who(standing.who)?, "value": self.value(metric, standing.value)});
            if let Some((target, pace)) = self.target_of(metric, standing.who, days).filter(|_| self.targets) {
                row["target"] = target;
                row["pace"] = pace;
            }
            if let Some(number) = beside {
                let deals = self.figures.value(number, standing.who, span);
                let key = &self.figures.floor.metric(number).key;
                row["also"] = json!({key: self.value(number, deals)});
            }
            Some(row)
        };
        // Nobody leads with 0.
        let standings = if self.has_figures_in(metric, days) { standings } else { Vec::new() };
        let rows: Vec<Json> = standings.iter().filter_map(row).collect();
        let mut json = self.slide(slide, "people", rows);
        let total = self.figures.value(metric, Scope::Company, span);
        let additive = !matches!(self.figures.floor.metric(metric).aggregate, Aggregate::Max | Aggregate::Last);
        if additive {
            json["total"] = json!({"value": self.value(metric, total)});
            if let Some((target, pace)) = self.target_of(metric, Scope::Company, days) {
                json["total"]["target"] = target;
                json["total"]["pace"] = pace;
            }
        }
        json
    }

    fn teams(&self, slide: &RankingSlide) -> Json {
        let (metric, days) = (slide.metric, slide.days);
        let span = self.figures.span(days);
        let row = |standing: &Standing| {
            let Scope::Team(team) = standing.who else { return None };
            let mut row = json!({"who": self.team_key(team), "value": self.value(metric, standing.value)});
            row["members"] = json!(self.figures.heads(team, span));
            if let Some((target, pace)) = self.target_of(metric, standing.who, days) {
                row["target"] = target;
                row["pace"] = pace;
            }
            let parts: Vec<Json> = self.parts_of(metric, team, days);
            if !parts.is_empty() {
                row["parts"] = json!(parts);
            }
            Some(row)
        };
        let standings = self.figures.teams(metric, span, Numbering::Competition);
        self.slide(slide, "teams", standings.iter().filter_map(row).collect())
    }

    /// What each member gave to the team, best first.
    fn parts_of(&self, metric: MetricId, team: crate::facts::TeamId, days: Days) -> Vec<Json> {
        if !self.figures.is_additive(metric) {
            return Vec::new();
        }
        let mut sums = std::collections::BTreeMap::new();
        self.figures.ledger.sums(metric, self.figures.until_now(self.figures.span(days)), |day, person, sum| {
            if self.figures.belongs(person, day, Scope::Team(team)) {
                let all: &mut crate::ledger::Sum = sums.entry(person).or_default();
                all.merge(sum);
            }
        });
        let of = self.figures.floor.metric(metric);
        let mut parts: Vec<(Value, crate::facts::PersonId)> = sums
            .into_iter()
            .filter_map(|(person, sum)| Some((Value::of(sum, of.aggregate, of.decimals)?, person?)))
            .collect();
        parts.sort_by(|(a, who_a), (b, who_b)| b.cmp(a).then(who_a.cmp(who_b)));
        let part = |(value, person): (Value, _)| {
            Some(json!({"who": self.who(Scope::Person(person))?, "value": self.value(metric, Some(value))}))
        };
        parts.into_iter().filter_map(part).collect()
    }

    fn slide(&self, slide: &RankingSlide, of: &str, rows: Vec<Json>) -> Json {
        let key = &self.figures.floor.metric(slide.metric).key;
        let RankingSlide { id, title, days, label, .. } = slide;
        let period = self.period(*days, label);
        json!({"type": "ranking", "id": id, "title": title, "of": of, "metric": key, "period": period, "rows": rows})
    }

    pub(super) fn value(&self, metric: MetricId, value: Option<Value>) -> Json {
        value.map_or(Json::Null, |value| rounded(value.as_f64(), self.decimals(metric)))
    }

    /// Target and pace of the goal for exactly these days.
    fn target_of(&self, metric: MetricId, who: Scope, days: Days) -> Option<(Json, Json)> {
        let goal = self.goal_for(metric, who, days)?;
        let figure = self.figures.goal(goal);
        let decimals = self.decimals(metric);
        (figure.target > 0.0).then(|| (rounded(figure.target, decimals), rounded(figure.pace, decimals)))
    }

    /// The goal for exactly these days.
    pub(super) fn goal_for(&self, metric: MetricId, who: Scope, days: Days) -> Option<&Goal> {
        self.figures.floor.goals.iter().find(|goal| {
            let same = goal.metric == metric && goal.scope == who && goal.level == Level::Must;
            same && Days { start: goal.start, end: goal.end } == days
        })
    }
}
