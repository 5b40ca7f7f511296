//! Strengths and needs: in which lines a person is above or below what is expected, and above or below the others.
//!
//! These figures are for the person and the coach. On a wall only team means of enough people may appear.

use super::Figures;
use crate::facts::{PersonId, Scope, Scorecard, TeamId};

/// How a person stands in one line of a scorecard.
#[derive(Debug, Clone, PartialEq)]
pub struct Strength {
    /// Index of the line.
    pub line: usize,
    /// Value over what should be reached by now.
    pub attainment: f64,
    /// The median of the team, this person included.
    pub median: f64,
    /// The number of people behind the median.
    pub n: u32,
}

/// What to train next: the gap to the expectation times the line's weight.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    pub person: PersonId,
    pub line: usize,
    pub gap: f64,
    pub attainment: f64,
    pub median: f64,
    pub n: u32,
}

impl Figures<'_> {
    /// Value over pace for each line; `None` where either is missing.
    fn against_pace(&self, card: &Scorecard, person: PersonId) -> Vec<Option<f64>> {
        let figure = self.card(card, Scope::Person(person));
        figure.cells.iter().map(|cell| Some(cell.value? / cell.pace.filter(|pace| *pace > 0.0)?)).collect()
    }

    pub fn strengths(&self, card: &Scorecard, person: PersonId) -> Vec<Strength> {
        let team = self.floor.person(person).team_on(self.today());
        let others: Vec<Vec<Option<f64>>> = self
            .people_of(card)
            .into_iter()
            .filter(|other| self.floor.person(*other).team_on(self.today()) == team)
            .map(|other| self.against_pace(card, other))
            .collect();
        let own = self.against_pace(card, person);
        let line = |(line, attainment): (usize, Option<f64>)| {
            let mut all: Vec<f64> = others.iter().filter_map(|other| other[line]).collect();
            all.sort_by(f64::total_cmp);
            Some(Strength { line, attainment: attainment?, median: median(&all)?, n: all.len() as u32 })
        };
        own.into_iter().enumerate().filter_map(line).collect()
    }

    /// The needs of people, the largest weighted gap first.
    pub fn needs(&self, card: &Scorecard) -> Vec<Need> {
        let mut needs: Vec<Need> = Vec::new();
        for person in self.people_of(card) {
            for strength in self.strengths(card, person).into_iter().filter(|s| s.attainment < 1.0) {
                let Strength { line, attainment, median, n } = strength;
                let gap = (1.0 - attainment) * f64::from(card.lines[line].weight);
                needs.push(Need { person, line, gap, attainment, median, n });
            }
        }
        needs.sort_by(|a, b| b.gap.total_cmp(&a.gap).then(a.person.cmp(&b.person)).then(a.line.cmp(&b.line)));
        needs
    }

    /// A team's mean attainment for each line; `None` under the floor's fewest people of a mean.
    pub fn team_means(&self, card: &Scorecard, team: TeamId) -> Vec<Option<(f64, u32)>> {
        let all: Vec<Vec<Option<f64>>> = self
            .people_of(card)
            .into_iter()
            .filter(|person| self.floor.person(*person).team_on(self.today()) == Some(team))
            .map(|person| self.against_pace(card, person))
            .collect();
        let mean = |line: usize| {
            let values: Vec<f64> = all.iter().filter_map(|one| one[line]).collect();
            let n = values.len() as u32;
            (n >= self.floor.settings.fewest_of_a_mean.max(1)).then(|| (values.iter().sum::<f64>() / f64::from(n), n))
        };
        (0..card.lines.len()).map(mean).collect()
    }
}

/// The median of sorted figures; with two in the middle their mean; `None`: there are none.
pub fn median(sorted: &[f64]) -> Option<f64> {
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        n if n % 2 == 1 => Some(sorted[middle]),
        _ => Some((sorted[middle - 1] + sorted[middle]) / 2.0),
    }
}
