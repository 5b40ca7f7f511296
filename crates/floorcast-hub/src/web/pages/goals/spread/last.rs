//! What everybody came to in the month before, in whole units that add up: people to their team of now, and the teams with what
//! nobody of them did to the company.

use jiff::{Timestamp, ToSpan as _};
use salesfloor::facts::{Scope, Shown};
use salesfloor::figures::Value;
use salesfloor::period::Days;

use super::super::shares::share_out;
use super::{Line, Of};
use crate::store::figures::Loaded;
use crate::web::words::{Words, goals as words};

/// What nobody did who is in a team now.
pub struct Rest {
    pub name: &'static str,
    pub last: String,
}

/// Writes the figures of the month before beside the teams and their people. Who sees everybody sees the rest too.
pub fn write(
    loaded: &Loaded,
    w: &Words,
    of: &Of,
    now: Timestamp,
    (company, teams, whole): (&mut Line, &mut [Line], bool),
) -> Vec<Rest> {
    let figures = loaded.at(now);
    let Some(metric) = loaded.metric(&of.metric) else { return Vec::new() };
    let span = figures.span(Days { start: of.days.start.saturating_sub(1.month()), end: of.days.start });
    let value = |who| figures.value(metric, who, span).map_or(0.0, Value::as_f64);
    let all = value(Scope::Company);
    let of_people = loaded.floor.person_ids().map(|id| value(Scope::Person(id))).sum::<f64>();
    let is_listed = |key: &str| teams.iter().flat_map(|team| &team.people).any(|line| line.key == format!("p:{key}"));
    let (mut left, mut nowhere) = (0.0, all - of_people);
    for id in loaded.floor.person_ids() {
        let person = loaded.floor.person(id);
        let is_gone = person.ended.is_some_and(|end| end <= of.days.start) || person.shown == Shown::Erased;
        match (is_listed(&person.key), is_gone) {
            (true, _) => {}
            (false, true) => left += value(Scope::Person(id)),
            (false, false) => nowhere += value(Scope::Person(id)),
        }
    }
    let lines = teams.iter().flat_map(|team| &team.people).map(|line| line.last_value);
    let parts: Vec<f64> = lines.chain([left, nowhere].into_iter().filter(|_| whole)).collect();
    // Of what was given back more than was sold nothing can be shared out: each is rounded by itself.
    let exact = whole && parts.iter().all(|part| *part > -0.5);
    let shared = if exact { share_out(all.round() as i64, &parts, &vec![None; parts.len()]).ok() } else { None };
    let shared = shared.unwrap_or_else(|| parts.iter().map(|part| part.round() as i64).collect());
    let mut next = shared.into_iter();
    for team in teams {
        let mut sum = 0;
        for line in &mut team.people {
            let n = next.next().unwrap_or_default();
            line.last = w.count(n);
            sum += n;
        }
        team.last = w.count(sum);
    }
    company.last = w.count(all.round() as i64);
    let of: &'static words::Words = w.of_goals();
    let rest = [of.last_left, of.last_nowhere].into_iter().zip(next).filter(|(_, n)| *n != 0);
    rest.map(|(name, n)| Rest { name, last: w.count(n) }).collect()
}
