//! Makes scorecards, what teams are good at, and new people's ramps.

use serde_json::{Value as Json, json};

use super::{Writer, rounded};
use crate::facts::{Ramp, Scope, Scorecard, TeamId};
use crate::figures::{CardFigure, StageState};

/// Up to so many people are all shown; of more, only the best [`TOP`], so that no wall shows who is weak.
const ALL: usize = 12;
const TOP: usize = 10;

/// The cards of people, or of the company and its teams.
pub(super) struct CardSlide<'a> {
    pub id: String,
    pub card: &'a Scorecard,
    pub of: &'static str,
    pub rows: Vec<CardFigure>,
}

impl Writer<'_> {
    pub(super) fn cards(&self) -> Vec<Json> {
        self.card_slides().iter().map(|slide| self.card_slide(slide)).collect()
    }

    pub(super) fn card_slides(&self) -> Vec<CardSlide<'_>> {
        let mut slides = Vec::new();
        for (at, card) in self.figures.floor.scorecards.iter().enumerate() {
            let people: Vec<CardFigure> = self
                .figures
                .people_of(card)
                .into_iter()
                .map(Scope::Person)
                .filter(|who| self.is_shown(*who))
                .map(|who| self.figures.card(card, who))
                .collect();
            let mut people = best_first(people);
            if people.len() > ALL {
                people.truncate(TOP);
            }
            slides.push(CardSlide { id: format!("card-{}", at + 1), card, of: "people", rows: people });
            if card.team.is_none() && self.figures.floor.teams.len() > 1 {
                let scopes = std::iter::once(Scope::Company).chain(self.figures.floor.team_ids().map(Scope::Team));
                let rows = scopes.map(|who| self.figures.card(card, who)).collect();
                slides.push(CardSlide { id: format!("card-{}-teams", at + 1), card, of: "teams", rows });
            }
        }
        slides.retain(|slide| !slide.rows.is_empty());
        slides
    }

    fn card_slide(&self, slide: &CardSlide<'_>) -> Json {
        let CardSlide { id, card, of, rows } = slide;
        let floor = self.figures.floor;
        let weights: u32 = card.lines.iter().map(|line| line.weight).sum();
        let columns: Vec<Json> = card
            .lines
            .iter()
            .map(|line| {
                let mut column = json!({"metric": floor.metric(line.metric).key});
                if weights > 0 {
                    column["weight"] = rounded(f64::from(line.weight) / f64::from(weights) * 100.0, 0);
                }
                column
            })
            .collect();
        let row = |figure: &CardFigure| {
            let cells: Vec<Json> = figure
                .cells
                .iter()
                .zip(&card.lines)
                .map(|(cell, line)| {
                    let decimals = self.decimals(line.metric);
                    let parts = [
                        ("value", cell.value),
                        ("target", cell.target),
                        ("pace", cell.pace),
                        ("forecast", cell.forecast),
                    ];
                    let parts =
                        parts.into_iter().filter_map(|(key, part)| Some((key.to_owned(), rounded(part?, decimals))));
                    let cell: serde_json::Map<String, Json> = parts.collect();
                    if cell.is_empty() { Json::Null } else { Json::Object(cell) }
                })
                .collect();
            let scope = match figure.who {
                Scope::Company => "company",
                Scope::Team(_) => "team",
                Scope::Person(_) => "person",
            };
            let mut row = json!({"scope": scope, "cells": cells});
            if let Some(who) = self.who(figure.who) {
                row["who"] = json!(who);
            }
            if let (Scope::Company, name) = (figure.who, &self.figures.floor.settings.name)
                && !name.is_empty()
            {
                row["name"] = json!(name);
            }
            if let Some(score) = figure.score {
                row["score"] = rounded(score, 0);
            }
            row
        };
        let days = self.figures.current(card.period);
        let title = if card.title.is_empty() { self.labels.scorecard } else { &card.title };
        json!({
            "type": "scorecard", "id": id, "title": title, "of": of, "columns": columns,
            "period": self.period(days, &self.label_of(days)), "rows": rows.iter().map(row).collect::<Vec<_>>(),
        })
    }

    /// Team means against the pace, where enough people make one.
    pub(super) fn skills(&self) -> Vec<Json> {
        let floor = self.figures.floor;
        let Some(card) = floor.scorecards.iter().find(|card| card.lines.len() >= 3) else { return Vec::new() };
        let means = |team: TeamId| (team, self.figures.team_means(card, team));
        let teams: Vec<_> =
            floor.team_ids().map(means).filter(|(_, means)| means.iter().any(|mean| mean.is_some())).collect();
        if teams.is_empty() {
            return Vec::new();
        }
        let row = |(team, means): &(TeamId, Vec<Option<(f64, u32)>>)| {
            let now: Vec<Json> =
                means.iter().map(|mean| mean.map_or(Json::Null, |(mean, _)| rounded(mean, 1))).collect();
            let n = means.iter().flatten().map(|(_, n)| *n).min();
            json!({"who": self.team_key(*team), "now": now, "n": n})
        };
        let axes: Vec<&str> = card.lines.iter().map(|line| floor.metric(line.metric).label.as_str()).collect();
        vec![json!({
            "type": "skills", "id": "skills", "title": self.labels.skills, "axes": axes,
            "scale": {"min": 0, "max": 2, "par": 1, "unit": "ratio"},
            "rows": teams.iter().map(row).collect::<Vec<_>>(),
        })]
    }

    pub(super) fn ramps(&self) -> Vec<Json> {
        let rows: Vec<Json> = self.running_ramps().filter_map(|ramp| self.ramp_row(ramp)).collect();
        if rows.is_empty() {
            return Vec::new();
        }
        vec![json!({"type": "ramp", "id": "ramp", "title": self.labels.ramp, "rows": rows})]
    }

    /// Those whose plan has begun and is not over.
    pub(super) fn running_ramps(&self) -> impl Iterator<Item = &Ramp> {
        let floor = self.figures.floor;
        let today = self.figures.today();
        floor.ramps.iter().filter(move |ramp| {
            let figure = self.figures.ramp(ramp);
            (1..=figure.days as i32).contains(&figure.day) && floor.person(ramp.person).works_on(today)
        })
    }

    fn ramp_row(&self, ramp: &Ramp) -> Option<Json> {
        let figure = self.figures.ramp(ramp);
        let stage = |stage: &crate::figures::StageFigure| {
            let mut entry = json!({"label": stage.label, "due_day": stage.due_day});
            match stage.state {
                StageState::Done(day) => {
                    entry["state"] = json!("done");
                    entry["on_day"] = json!(day);
                }
                StageState::Open | StageState::Late => entry["state"] = json!("open"),
            }
            if let Some((metric, value, target)) = stage.measure {
                let decimals = self.decimals(metric);
                entry["metric"] = json!(self.figures.floor.metric(metric).key);
                entry["value"] = rounded(value, decimals);
                entry["target"] = rounded(target, decimals);
            }
            entry
        };
        let mut row = json!({
            "who": self.who(Scope::Person(ramp.person))?,
            "started": ramp.started.to_string(),
            "day": figure.day,
            "days": figure.days,
            "stages": figure.stages.iter().map(stage).collect::<Vec<_>>(),
        });
        let mentor = ramp.mentor.or(self.figures.floor.person(ramp.person).mentor);
        if let Some(mentor) = mentor.and_then(|mentor| self.who(Scope::Person(mentor))) {
            row["mentor"] = json!(mentor);
        }
        Some(row)
    }
}

/// Sorted by score; rows without a score come last.
fn best_first(mut rows: Vec<CardFigure>) -> Vec<CardFigure> {
    rows.sort_by(|a, b| match (a.score, b.score) {
        (Some(a), Some(b)) => b.total_cmp(&a),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
    rows
}
