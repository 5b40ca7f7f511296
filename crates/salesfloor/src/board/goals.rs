//! Goals of the company and its teams. What is expected of a person is on her ranking row, not on a slide of its own.

use serde_json::{Value as Json, json};

use super::{Writer, rounded};
use crate::facts::{Goal, Level, Scope};
use crate::period::{Days, PeriodKind};

/// The goals of one period and level.
pub(super) struct GoalsSlide<'a> {
    pub id: String,
    pub title: &'static str,
    pub days: Days,
    pub goals: Vec<&'a Goal>,
}

impl Writer<'_> {
    pub(super) fn goals(&self) -> Vec<Json> {
        let json = |slide: GoalsSlide<'_>| {
            let rows: Vec<Json> = slide.goals.iter().map(|goal| self.goal_row(goal)).collect();
            json!({
                "type": "goals", "id": slide.id, "title": slide.title,
                "period": self.period(slide.days, &self.label_of(slide.days)), "rows": rows,
            })
        };
        self.goals_slides().into_iter().map(json).collect()
    }

    /// One slide for each period and level that has goals now.
    pub(super) fn goals_slides(&self) -> Vec<GoalsSlide<'_>> {
        let today = self.figures.today();
        let current = |goal: &&Goal| {
            let days = Days { start: goal.start, end: goal.end };
            days.contains(today) && !matches!(goal.scope, Scope::Person(_))
        };
        let mut slides: Vec<((Days, Level), Vec<&Goal>)> = Vec::new();
        for goal in self.figures.floor.goals.iter().filter(current) {
            let key = (Days { start: goal.start, end: goal.end }, goal.level);
            match slides.iter_mut().find(|(other, _)| *other == key) {
                Some((_, goals)) => goals.push(goal),
                None => slides.push((key, vec![goal])),
            }
        }
        let mut taken = std::collections::BTreeSet::new();
        let slide = |((days, level), mut goals): ((Days, Level), Vec<_>)| {
            goals.sort_by_key(|goal: &&Goal| (goal.scope, goal.metric));
            let level_key = ["must", "stretch", "challenge"][level as usize];
            let mut id = format!("goals-{level_key}-{}", days.start);
            // Two periods may begin on one day.
            while !taken.insert(id.clone()) {
                id = format!("goals-{level_key}-{}-{}", days.start, days.end);
            }
            GoalsSlide { id, title: self.labels.goals[level as usize], days, goals }
        };
        slides.into_iter().map(slide).collect()
    }

    fn goal_row(&self, goal: &Goal) -> Json {
        let figure = self.figures.goal(goal);
        let decimals = self.decimals(goal.metric);
        let scope = match goal.scope {
            Scope::Company => "company",
            Scope::Team(_) => "team",
            Scope::Person(_) => "person",
        };
        let mut row = json!({
            "scope": scope,
            "metric": self.figures.floor.metric(goal.metric).key,
            "value": figure.value.map(|value| rounded(value, decimals)),
            "target": rounded(figure.target, decimals),
            "pace": rounded(figure.pace, decimals),
        });
        if let Some(who) = self.who(goal.scope) {
            row["who"] = json!(who);
        }
        if let (Scope::Company, name) = (goal.scope, &self.figures.floor.settings.name)
            && !name.is_empty()
        {
            row["name"] = json!(name);
        }
        if let Some(forecast) = figure.forecast {
            row["forecast"] = rounded(forecast, decimals);
        }
        row
    }

    /// A period in words: `November 2026`, `Q4 2026`, `This week`, or its first and last day.
    pub(super) fn label_of(&self, days: Days) -> String {
        let kinds = [PeriodKind::Day, PeriodKind::Week, PeriodKind::Month, PeriodKind::Quarter, PeriodKind::Year];
        let settings = &self.figures.floor.settings;
        let kind = kinds.into_iter().find(|kind| kind.containing(days.start, settings) == days);
        let this = kind.is_some_and(|kind| self.figures.current(kind) == days);
        match kind {
            Some(PeriodKind::Day) if this => self.labels.today.to_owned(),
            Some(PeriodKind::Week) if this => self.labels.this_week.to_owned(),
            Some(PeriodKind::Month) => self.labels.month(days.start),
            Some(PeriodKind::Quarter) => {
                let months = (days.start.month() - settings.fiscal_month).rem_euclid(12);
                self.labels.quarter(months / 3 + 1, days.start.year())
            }
            Some(PeriodKind::Year) => self.labels.year(days.start.year()),
            _ => format!("{} – {}", days.start, days.end.yesterday().unwrap_or(days.end)),
        }
    }
}
