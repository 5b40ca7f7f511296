//! Who stands where in a metric, for whoever asks: the command line, the API, pages.

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::Date;
use salesfloor::facts::{MetricId, Scope};
use salesfloor::figures::{Compared, Figures, Numbering, Standing};
use salesfloor::period::Days;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::{Reach, Viewer};
use crate::store::figures::{Loaded, load, zone};
use crate::store::{Error, Result, Tx, floor, people};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum By {
    #[default]
    Person,
    Team,
    /// A team's figure over its people; who has no fact counts as 0.
    TeamAverage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Rank {
    /// 1, 2, 2, 4
    #[default]
    Competition,
    /// 1, 2, 2, 3
    Dense,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    pub metric: String,
    /// First day.
    pub from: Date,
    /// First day after.
    pub to: Date,
    pub by: By,
    pub rank: Rank,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Standings {
    pub metric: String,
    pub from: String,
    pub to: String,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Row {
    pub rank: u32,
    pub tied: bool,
    pub id: String,
    pub name: String,
    /// In major units.
    pub value: f64,
    pub facts: u64,
}

/// # Errors
/// There is no such metric, the days are the wrong way round, or the store's.
pub fn standings(tx: &mut Tx<'_>, viewer: &Viewer, question: &Question, now: Timestamp) -> Result<Standings> {
    if question.from >= question.to {
        return Err(Error::Refused(format!(
            "from {} to {}: the first day has to be before the last",
            question.from, question.to
        )));
    }
    // Each day of the span is looked at.
    let (first, last) = (Date::constant(1970, 1, 1), Date::constant(2200, 1, 1));
    if question.from < first || question.to > last {
        return Err(Error::Refused(format!(
            "from {} to {}: expected days from {first} to {last}",
            question.from, question.to
        )));
    }
    let tz = zone(&floor::get(tx)?)?;
    let days = Days { start: question.from, end: question.to };
    // Places are among everybody, as on the wall; whose rows the viewer sees is asked afterwards.
    let seen = Seen::of(tx, viewer, now.to_zoned(tz.clone()).date())?;
    let of_all = if seen.is_everybody() { viewer } else { &Viewer::Publisher };
    let loaded = load(tx, of_all, days.span(&tz))?;
    let metric = loaded.metric(&question.metric).ok_or_else(|| {
        let known: Vec<&str> = loaded.floor.metrics.iter().map(|metric| metric.key.as_str()).collect();
        Error::Missing(format!("metric {:?}; known metrics: {}", question.metric, known.join(", ")))
    })?;
    let mut rows = rows(&loaded, metric, days, question, now);
    rows.retain(|row| seen.includes(question.by, &row.id));
    Ok(Standings {
        metric: question.metric.clone(),
        from: question.from.to_string(),
        to: question.to.to_string(),
        rows,
    })
}

/// Whose rows a viewer sees.
enum Seen {
    Everybody,
    /// These people; and the teams that the viewer manages or belongs to.
    Some {
        people: HashSet<String>,
        teams: HashSet<String>,
    },
}

impl Seen {
    fn of(tx: &mut Tx<'_>, viewer: &Viewer, today: Date) -> Result<Seen> {
        let (person, teams) = match viewer.reach() {
            Reach::Everybody => return Ok(Seen::Everybody),
            Reach::Some { person, teams } => (person, teams),
            Reach::Nobody => (None, Vec::new()),
        };
        let (mut teams, today) = (HashSet::from_iter(teams), today.to_string());
        for of in people::memberships(tx, viewer)? {
            let belongs = of.since <= today && of.until.is_none_or(|until| until > today);
            if belongs && person.as_ref() == Some(&of.person) {
                teams.insert(of.team);
            }
        }
        let people = people::list(tx, viewer)?.into_iter().map(|of| of.id).collect();
        Ok(Seen::Some { people, teams })
    }

    fn is_everybody(&self) -> bool {
        matches!(self, Seen::Everybody)
    }

    fn includes(&self, by: By, id: &str) -> bool {
        match (self, by) {
            (Seen::Everybody, _) => true,
            (Seen::Some { people, .. }, By::Person) => people.contains(id),
            (Seen::Some { teams, .. }, By::Team | By::TeamAverage) => teams.contains(id),
        }
    }
}

fn rows(loaded: &Loaded, metric: MetricId, days: Days, question: &Question, now: Timestamp) -> Vec<Row> {
    let figures = Figures { floor: &loaded.floor, ledger: &loaded.ledger, now };
    let span = figures.span(days);
    let numbering = match question.rank {
        Rank::Competition => Numbering::Competition,
        Rank::Dense => Numbering::Dense,
    };
    let standings = match question.by {
        By::Person => figures.people(metric, span, numbering),
        By::Team => figures.teams(metric, span, numbering),
        By::TeamAverage => figures.team_averages(metric, span, numbering),
    };
    // Who has no fact is left out before places are counted.
    let mut ranked: Vec<Standing> = standings.into_iter().filter(|standing| standing.n > 0).collect();
    let compared = Compared { averaged: question.by == By::TeamAverage, ..Compared::facts(numbering) };
    figures.place(metric, compared, &mut ranked);
    let tied = |place: u32| ranked.iter().filter(|other| other.place == Some(place)).count() > 1;
    let id = |scope: Scope| match scope {
        Scope::Company => String::new(),
        Scope::Team(team) => loaded.floor.team(team).key.clone(),
        Scope::Person(person) => loaded.floor.person(person).key.clone(),
    };
    let row = |standing: &Standing| {
        let (value, rank) = (standing.value?, standing.place?);
        Some(Row {
            rank,
            tied: tied(rank),
            id: id(standing.who),
            name: figures.name(standing.who).to_owned(),
            value: value.as_f64(),
            facts: standing.n,
        })
    };
    ranked.iter().filter_map(row).collect()
}
