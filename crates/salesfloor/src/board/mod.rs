//! Figures as a `salesboard/1` document: every slide that the facts have something for.

mod card;
mod contest;
mod goals;
mod labels;
mod look;
mod news;
mod ranking;
mod recognition;
mod why;
mod words;

pub use labels::Labels;
pub use look::Look;
pub use why::{Explained, Explanation};

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

use crate::facts::{Aggregate, Better, Kind, MetricId, PersonId, Scope, Shown, TeamId, Unit};
use crate::figures::{Compared, Figures, Numbering, Standing};
use crate::period::Days;

/// Writes boards.
#[derive(Debug, Clone, Copy)]
pub struct Writer<'a> {
    pub figures: Figures<'a>,
    pub labels: &'a Labels,
    /// Title of the main ranking; `None`: the label of its metric.
    pub title: Option<&'a str>,
    /// Whether rankings show people's targets.
    pub targets: bool,
}

impl Writer<'_> {
    /// The whole document. The same facts, labels and instant give the same document.
    pub fn board(&self) -> Json {
        let mut slides = self.rankings();
        slides.extend(self.goals());
        slides.extend(self.cards());
        slides.extend(self.contests());
        slides.extend(self.ramps());
        slides.extend(self.skills());
        slides.extend(self.recognition());
        slides.extend(self.plays());
        slides.extend(self.notices());
        let floor = self.figures.floor;
        let mut named = BTreeSet::new();
        for slide in &slides {
            collect(slide, &mut named);
        }
        let today = self.figures.today();
        let mut people = Map::new();
        for id in floor.person_ids().filter(|id| named.contains(&self.person_key(*id))) {
            let person = floor.person(id);
            let mut entry = json!({"name": person.wall_name()});
            if let Some(team) = person.team_on(today) {
                entry["team"] = json!(self.team_key(team));
            }
            // An alias with a face is none.
            if let (Some(photo), Shown::Name) = (&person.photo, &person.shown) {
                entry["photo"] = json!({"url": photo});
            }
            if let Some(started) = person.started {
                entry["joined"] = json!(started.to_string());
            }
            people.insert(self.person_key(id), entry);
        }
        let team = |id: TeamId| {
            let team = floor.team(id);
            let mut entry = json!({"name": team.name});
            if let Some(color) = &team.color {
                entry["color"] = json!(color);
            }
            (self.team_key(id), entry)
        };
        let metric = |id: MetricId| (floor.metric(id).key.clone(), self.metric(id));
        json!({
            "format": "salesboard/1",
            "tz": floor.settings.tz,
            "locale": floor.settings.locale,
            "metrics": floor.metric_ids().map(metric).collect::<Map<_, _>>(),
            "teams": floor.team_ids().map(team).collect::<Map<_, _>>(),
            "people": people,
            "slides": slides,
        })
    }

    /// Who stands where on each ranking: its id and title, and its rows.
    pub fn standings(&self, numbering: Numbering) -> Vec<(String, String, Vec<Standing>)> {
        let rows = |slide: &ranking::RankingSlide| {
            let span = self.figures.span(slide.days);
            let mut rows = match slide.of_teams {
                true => self.figures.teams(slide.metric, span, numbering),
                false => self.figures.people(slide.metric, span, numbering),
            };
            self.figures.place(slide.metric, Compared::wall(numbering), &mut rows);
            rows
        };
        self.ranking_slides().into_iter().map(|slide| (slide.id.clone(), slide.title.clone(), rows(&slide))).collect()
    }

    fn metric(&self, id: MetricId) -> Json {
        let metric = self.figures.floor.metric(id);
        let mut entry = json!({"label": metric.label, "decimals": self.decimals(id)});
        let unit = match (&metric.unit, metric.aggregate) {
            (_, Aggregate::Ratio { .. }) => "ratio",
            (Unit::Count, Aggregate::Average) => "number",
            (Unit::Count, _) => "count",
            (Unit::Number, _) => "number",
            (Unit::Currency(code), _) => {
                entry["currency"] = json!(code);
                "currency"
            }
            (Unit::DurationS, _) => "duration_s",
            (Unit::Days, _) => "days",
            (Unit::Points, _) => "points",
        };
        entry["unit"] = json!(unit);
        if metric.kind == Kind::Leading {
            entry["kind"] = json!("leading");
        }
        if metric.better == Better::Down {
            entry["better"] = json!("down");
        }
        entry
    }

    fn decimals(&self, id: MetricId) -> u8 {
        self.figures.wall_decimals(id)
    }

    fn person_key(&self, id: PersonId) -> String {
        format!("p:{}", self.figures.floor.person(id).key)
    }

    fn team_key(&self, id: TeamId) -> String {
        format!("t:{}", self.figures.floor.team(id).key)
    }

    /// Whom a row is about; `None` for people who are in totals only.
    fn who(&self, scope: Scope) -> Option<String> {
        match scope {
            Scope::Company => None,
            Scope::Team(team) => Some(self.team_key(team)),
            Scope::Person(person) => {
                self.figures.floor.person(person).wall_name()?;
                Some(self.person_key(person))
            }
        }
    }

    fn is_shown(&self, scope: Scope) -> bool {
        !matches!(scope, Scope::Person(_)) || self.who(scope).is_some()
    }

    /// The period of a slide, with its working days.
    fn period(&self, days: Days, label: &str) -> Json {
        let span = self.figures.span(days);
        let time = self.figures.working_time(days, Scope::Company);
        json!({
            "label": label,
            "start": span.start.to_string(),
            "end": span.end.to_string(),
            "days_total": time.total.ceil() as u32,
            "days_left": (time.total - time.completed).ceil() as u32,
        })
    }
}

/// A figure as JSON: whole where it is whole.
fn number(value: f64) -> Json {
    if value.fract() == 0.0 && value.abs() < 9e15 { json!(value as i64) } else { json!(value) }
}

/// Rounded to two digits more than the wall shows, so that equal boards are equal bytes.
fn rounded(value: f64, decimals: u8) -> Json {
    let scale = 10f64.powi(i32::from(decimals) + 2);
    number((value * scale).round() / scale)
}

/// The ids of people in a slide.
fn collect(value: &Json, ids: &mut BTreeSet<String>) {
    match value {
        Json::String(text) if text.starts_with("p:") => {
            ids.insert(text.clone());
        }
        Json::Array(items) => items.iter().for_each(|item| collect(item, ids)),
        Json::Object(fields) => fields.values().for_each(|field| collect(field, ids)),
        _ => {}
    }
}
