//! What everybody came to in the month before. Each figure is the one that rankings have: what somebody did counts for the team
//! of that day, and for themselves wherever they were.

use jiff::{Timestamp, ToSpan as _};
use salesfloor::facts::Scope;
use salesfloor::figures::Value;
use salesfloor::period::Days;

use super::{Line, Of};
use crate::store::figures::Loaded;
use crate::web::words::Words;

/// What counts for no team.
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
    let value = |who| figures.value(metric, who, span).unwrap_or(Value::whole(0));
    for team in teams {
        team.last = w.count(team.last_value.round() as i64);
        for line in &mut team.people {
            line.last = w.count(line.last_value.round() as i64);
        }
    }
    let all = value(Scope::Company);
    company.last = w.count(all.rounded(0) as i64);
    let of_teams: Vec<Value> = loaded.floor.team_ids().map(|team| value(Scope::Team(team))).collect();
    let exact = of_teams.iter().fold(all, |rest, team| rest.minus(*team));
    if !whole || exact.is_zero() {
        return Vec::new();
    }
    // It stands nowhere else: so it takes what the others lost by rounding.
    let rest = of_teams.iter().fold(all.rounded(0), |rest, team| rest - team.rounded(0));
    vec![Rest { name: w.of_goals().last_nowhere, last: w.count(rest as i64) }]
}
