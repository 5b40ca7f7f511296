//! Who is where in each figure and step of the chain, and what would help most. Every number says what it is of.

use std::collections::HashSet;

use salesfloor::facts::{MetricId, PersonId, Scope};
use salesfloor::figures::Figures;

use crate::store::figures::Loaded;
use crate::store::private::training::CourseRow;
use crate::web::pages::floor;
use crate::web::pages::numbers::whole;
use crate::web::words::{Words, fill};

/// Percent between which nothing is said.
const LOW: f64 = 85.0;
const HIGH: f64 = 115.0;

/// Before the figure that a step begins with, where a course is for a step.
const STEP: &str = "step:";

/// The figure of what a course is for, and whether it is the step from there; `None`: there is no such figure or step.
pub fn of_axis(loaded: &Loaded, axis: &str) -> Option<(MetricId, bool)> {
    match axis.strip_prefix(STEP) {
        Some(from) => {
            let from = loaded.metric(from)?;
            loaded.floor.metric(from).leads_to.map(|_| (from, true))
        }
        None => Some((loaded.metric(axis)?, false)),
    }
}

/// Everything that a course may be for: figures, then steps of the chain; each with its name.
pub fn axes(loaded: &Loaded, w: &Words) -> Vec<(String, String)> {
    let metric = |id: MetricId| (loaded.floor.metric(id).key.clone(), loaded.floor.metric(id).label.clone());
    let step = |id: MetricId| {
        let (key, from) = metric(id);
        let (_, to) = metric(loaded.floor.metric(id).leads_to?);
        Some((format!("{STEP}{key}"), fill(w.chain_step, &[("from", &from), ("to", &to)])))
    };
    loaded.floor.metric_ids().map(metric).chain(loaded.floor.metric_ids().filter_map(step)).collect()
}

/// Suggestions that are shown.
const MOST: usize = 3;

#[derive(Default)]
pub struct Map {
    pub heads: Vec<String>,
    pub medians: Vec<String>,
    pub under: Vec<String>,
    pub median_of: String,
    pub rows: Vec<Row>,
    pub helps: Vec<Help>,
}

pub struct Row {
    pub id: String,
    pub name: String,
    pub cells: Vec<Cell>,
}

pub struct Cell {
    pub text: String,
    pub class: &'static str,
}

pub struct Help {
    pub title: String,
    pub pill: String,
    pub reason: String,
    pub ask: Option<String>,
    pub button: String,
    /// Id and name of everybody who is under 85 %.
    pub people: Vec<(String, String)>,
    pub courses: Vec<(String, String)>,
}

/// A column: a figure against its pace, or a step of the chain against the floor's rate.
struct Column {
    title: String,
    /// The figure or the step that a course would help with.
    axis: String,
    /// The figure that a step leads to: what helps with it helps here too.
    leads_to: Option<String>,
    weight: f64,
    /// For each person of the map.
    values: Vec<Option<f64>>,
    /// For everybody of their teams.
    all: Vec<f64>,
}

impl Column {
    fn under(&self) -> usize {
        self.values.iter().flatten().filter(|value| **value < LOW).count()
    }

    /// Σ (what is missing × weight), in points.
    fn gap(&self) -> f64 {
        self.values
            .iter()
            .flatten()
            .filter(|value| **value < LOW)
            .map(|value| (100.0 - value) / 100.0 * self.weight)
            .sum()
    }
}

pub fn map(
    loaded: &Loaded,
    figures: &Figures<'_>,
    w: &Words,
    shown: &HashSet<String>,
    coaches: bool,
    courses: &[CourseRow],
) -> Map {
    let of = w.of_growth();
    let here = |id: &PersonId| {
        let person = loaded.floor.person(*id);
        person.works_on(figures.today()) && shown.contains(&person.key)
    };
    let mut people: Vec<PersonId> = loaded.floor.person_ids().filter(here).collect();
    // Who needs most stands first.
    let need = |id: &PersonId| {
        let card = loaded.card_of(*id, figures.today());
        figures.need(&card, &figures.today_beside(&card, Scope::Person(*id), &vec![None; card.lines.len()]))
    };
    let mut needs: Vec<(f64, PersonId)> = people.iter().map(|id| (need(id), *id)).collect();
    needs.sort_by(|a, b| {
        b.0.total_cmp(&a.0).then_with(|| loaded.floor.person(a.1).name.cmp(&loaded.floor.person(b.1).name))
    });
    let needs_nothing = needs.iter().all(|(need, _)| *need <= 0.0);
    people = needs.into_iter().map(|(_, id)| id).collect();
    let crowd = team_mates(loaded, figures, &people);
    let mut columns = columns(loaded, figures, w, &people, &crowd);
    columns.retain(|column| column.values.iter().any(Option::is_some));
    columns.sort_by(|a, b| b.under().cmp(&a.under()).then_with(|| b.gap().total_cmp(&a.gap())));
    let all = w.count(people.len());
    let row = |(at, id): (usize, &PersonId)| {
        let person = loaded.floor.person(*id);
        let cells = columns.iter().map(|column| cell(column.values[at])).collect();
        (short(&columns, at), Row { id: person.key.clone(), name: person.name.clone(), cells })
    };
    let mut rows: Vec<(f64, Row)> = people.iter().enumerate().map(row).collect();
    if needs_nothing {
        // Where nothing is expected of anybody, whoever is furthest below the others in the chain stands first.
        rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    }
    let mut helps: Vec<&Column> = columns.iter().filter(|column| column.under() > 0).collect();
    helps.sort_by(|a, b| b.gap().total_cmp(&a.gap()));
    Map {
        heads: columns.iter().map(|column| column.title.clone()).collect(),
        medians: columns.iter().map(|column| median(column).map_or("–".into(), whole)).collect(),
        under: columns.iter().map(|column| fill(of.n_of, &[("n", &w.count(column.under())), ("all", &all)])).collect(),
        median_of: fill(of.median_of, &[("n", &w.count(crowd.len()))]),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        helps: match coaches {
            true => helps
                .into_iter()
                .take(MOST)
                .enumerate()
                .map(|(at, column)| help(loaded, w, &people, (at == 0, column), courses))
                .collect(),
            false => Vec::new(),
        },
    }
}

/// Everybody of the teams of some people, as on scorecards: whoever works there today counts, the manager and the viewer too.
fn team_mates(loaded: &Loaded, figures: &Figures<'_>, people: &[PersonId]) -> Vec<PersonId> {
    let today = figures.today();
    let team = |id: &PersonId| loaded.floor.person(*id).team_on(today);
    let teams: HashSet<_> = people.iter().filter_map(team).collect();
    let here = |id: &PersonId| {
        people.contains(id)
            || loaded.floor.person(*id).works_on(today) && team(id).is_some_and(|team| teams.contains(&team))
    };
    loaded.floor.person_ids().filter(here).collect()
}

fn columns(loaded: &Loaded, figures: &Figures<'_>, w: &Words, people: &[PersonId], crowd: &[PersonId]) -> Vec<Column> {
    let place = |id: &PersonId| crowd.iter().position(|of| of == id);
    let own = |all: &[Option<f64>]| people.iter().map(|id| all[place(id)?]).collect();
    let cards: Vec<_> = crowd.iter().map(|id| loaded.card_of(*id, figures.today())).collect();
    let mut metrics: Vec<MetricId> = Vec::new();
    for line in cards.iter().flat_map(|card| &card.lines) {
        if !metrics.contains(&line.metric) {
            metrics.push(line.metric);
        }
    }
    let cells: Vec<_> =
        crowd.iter().zip(&cards).map(|(id, card)| figures.card(card, Scope::Person(*id)).cells).collect();
    let mut out = Vec::new();
    for metric in metrics {
        let line = |card: &salesfloor::facts::Scorecard| card.lines.iter().position(|line| line.metric == metric);
        let value = |at: usize| {
            let cell = &cells[at][line(&cards[at])?];
            Some(cell.value? / cell.pace.filter(|pace| *pace > 0.0)? * 100.0)
        };
        let weight = cards.iter().filter_map(|card| Some(card.lines[line(card)?].weight)).max().unwrap_or(1);
        let all: Vec<Option<f64>> = (0..crowd.len()).map(value).collect();
        out.push(Column {
            title: loaded.floor.metric(metric).label.clone(),
            axis: loaded.floor.metric(metric).key.clone(),
            leads_to: None,
            weight: f64::from(weight),
            values: own(&all),
            all: all.into_iter().flatten().collect(),
        });
    }
    let window = floor::rate_window(figures);
    for metric in loaded.leading() {
        let Some(to) = loaded.floor.metric(metric).leads_to else { continue };
        let Some(usual) = figures.conversion(metric, Scope::Company, window).filter(|all| all.rate > 0.0) else {
            continue;
        };
        let value =
            |id: &PersonId| Some(figures.conversion(metric, Scope::Person(*id), window)?.rate / usual.rate * 100.0);
        let (from, to) = (loaded.floor.metric(metric), loaded.floor.metric(to));
        let weight = out.iter().find(|column: &&Column| column.axis == to.key).map_or(20.0, |column| column.weight);
        let all: Vec<Option<f64>> = crowd.iter().map(value).collect();
        out.push(Column {
            title: fill(w.chain_step, &[("from", &from.label), ("to", &to.label)]),
            axis: format!("{STEP}{}", from.key),
            leads_to: Some(to.key.clone()),
            weight,
            values: own(&all),
            all: all.into_iter().flatten().collect(),
        });
    }
    out
}

/// What somebody is short of over all columns, in points.
fn short(columns: &[Column], at: usize) -> f64 {
    let missing =
        |column: &Column| column.values[at].filter(|value| *value < LOW).map(|value| (100.0 - value) * column.weight);
    columns.iter().filter_map(missing).sum()
}

fn cell(value: Option<f64>) -> Cell {
    let Some(value) = value else { return Cell { text: "–".into(), class: "cell" } };
    let (shape, class) = match value.round() {
        n if n < 75.0 => ("▼ ", "cell d2"),
        n if n < LOW => ("▼ ", "cell d1"),
        n if n > 125.0 => ("▲ ", "cell u2"),
        n if n > HIGH => ("▲ ", "cell u1"),
        _ => ("", "cell"),
    };
    Cell { text: format!("{shape}{}", whole(value)), class }
}

fn median(column: &Column) -> Option<f64> {
    let mut all = column.all.clone();
    all.sort_by(f64::total_cmp);
    salesfloor::figures::median(&all)
}

fn help(
    loaded: &Loaded,
    w: &Words,
    people: &[PersonId],
    (is_first, column): (bool, &Column),
    courses: &[CourseRow],
) -> Help {
    let of = w.of_growth();
    let known: Vec<(PersonId, f64)> =
        people.iter().zip(&column.values).filter_map(|(id, value)| Some((*id, (*value)?))).collect();
    let name = |id: PersonId| loaded.floor.person(id).name.clone();
    let low: Vec<PersonId> = known.iter().filter(|(_, value)| *value < LOW).map(|(id, _)| *id).collect();
    let best = known.iter().max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, value)| *value >= 100.0);
    let [n, all, of_n] = [low.len(), people.len(), known.len()].map(|n| w.count(n));
    let reason = fill(if is_first { of.reason_first } else { of.reason }, &[("n", &n), ("of", &of_n)]);
    Help {
        title: column.title.clone(),
        pill: format!("▼ {}", fill(of.n_of, &[("n", &n), ("all", &all)])),
        reason,
        ask: best.map(|(id, value)| fill(of.ask, &[("name", &name(*id)), ("n", &whole(*value))])),
        button: fill(of.assign_to, &[("n", &n)]),
        people: low.iter().map(|id| (loaded.floor.person(*id).key.clone(), name(*id))).collect(),
        courses: courses
            .iter()
            .filter(|course| course.axis == column.axis || Some(&course.axis) == column.leads_to.as_ref())
            .map(|course| (course.id.clone(), course.title.clone()))
            .collect(),
    }
}
