//! Tells what is missing for what: targets without which there is no score, facts without which a goal stands at 0, teams.

use salesfloor::board::Labels;
use salesfloor::facts::{Aggregate, Floor, Kind, Level, Scope, Scorecard};
use salesfloor::figures::Figures;
use salesfloor::ledger::Ledger;
use salesfloor::period::PeriodKind;

use crate::Note;
use crate::text::{first_of, short};
use salesboard::board::Weight;

/// Names that a note lists.
const NAMES: usize = 3;

/// Adds what is missing to the notes.
pub fn tell(floor: &Floor, ledger: &Ledger, now: jiff::Timestamp, notes: &mut Vec<Note>) {
    let figures = Figures { floor, ledger, now };
    let mut missing: Vec<String> = floor.scorecards.iter().flat_map(|card| targets(&figures, card)).collect();
    missing.extend(facts(&figures));
    missing.extend(teams(&figures));
    missing.extend(quiet(&figures));
    missing.sort();
    missing.dedup();
    notes.extend(missing.into_iter().map(|text| Note::new(Weight::Smaller, text)));
}

/// Lines of a card without a target, for everybody or for some.
fn targets(figures: &Figures<'_>, card: &Scorecard) -> Vec<String> {
    let people = figures.people_of(card);
    let mut missing = Vec::new();
    for (at, line) in card.lines.iter().enumerate().filter(|(_, line)| line.target.is_none()) {
        let has_none =
            |id: &&salesfloor::facts::PersonId| figures.card(card, Scope::Person(**id)).cells[at].target.is_none();
        let without: Vec<&str> =
            people.iter().filter(has_none).map(|id| figures.floor.person(*id).name.as_str()).collect();
        let label = &figures.floor.metric(line.metric).label;
        let period = period(figures, card.period);
        let score = if line.weight > 0 { "pace and no score" } else { "pace" };
        if without.is_empty() {
            continue;
        }
        missing.push(match (without.len() == people.len(), line.weight) {
            (true, 0) => continue,
            (true, _) => format!("no target for {label} on the sheets Scorecard and Goals: nobody has a score"),
            (false, _) => {
                format!(
                    "no target for {} in {label}, {period}: the scorecard has no {score}",
                    first_of(&without, NAMES)
                )
            }
        });
    }
    missing
}

/// Goals and lines of scorecards of what nobody has done.
fn facts(figures: &Figures<'_>) -> Vec<String> {
    let floor = figures.floor;
    let goals = floor.goals.iter().filter(|goal| goal.level == Level::Must);
    let without = goals.filter(|goal| {
        let ratio = matches!(floor.metric(goal.metric).aggregate, Aggregate::Ratio { .. });
        !ratio && figures.ledger.days_of(goal.metric).is_none()
    });
    let text = |label: &str| format!("a goal is for {label}, but no sheet has facts of it: it stands at 0");
    let goals = without.map(|goal| text(&short(&floor.metric(goal.metric).label, 60)));
    let lines = floor.scorecards.iter().flat_map(|card| &card.lines);
    let lines = lines.filter(|line| figures.ledger.days_of(line.metric).is_none());
    let line = |label: &str| format!("the scorecard has {label}, but no sheet has facts of it: it stands at 0");
    goals.chain(lines.map(|of| line(&short(&floor.metric(of.metric).label, 60)))).collect()
}

/// What people do that nobody has done this week.
fn quiet(figures: &Figures<'_>) -> Vec<String> {
    let floor = figures.floor;
    let week = figures.span(figures.current(PeriodKind::Week));
    let leading = floor.metric_ids().filter(|id| floor.metric(*id).kind == Kind::Leading);
    let quiet =
        leading.filter(|id| figures.ledger.days_of(*id).is_some() && figures.sum(*id, Scope::Company, week).n == 0);
    quiet.map(|id| format!("nothing of {} this week yet: it has no ranking", floor.metric(id).label)).collect()
}

/// Where there are teams, who is in none.
fn teams(figures: &Figures<'_>) -> Option<String> {
    let floor = figures.floor;
    let today = figures.today();
    let without: Vec<&str> = floor
        .people
        .iter()
        .filter(|person| person.works_on(today) && person.team_on(today).is_none())
        .map(|person| person.name.as_str())
        .collect();
    let (one, some) = (without.len() == 1, floor.teams.len() > 1 && !without.is_empty());
    let counts = if one { "is in no team: counts" } else { "are in no team: they count" };
    some.then(|| format!("{} {counts} for the company only", first_of(&without, NAMES)))
}

fn period(figures: &Figures<'_>, kind: PeriodKind) -> String {
    match kind {
        PeriodKind::Month => Labels::of("en").month(figures.today()),
        PeriodKind::Day => "today".to_owned(),
        PeriodKind::Week => "this week".to_owned(),
        PeriodKind::Quarter => "this quarter".to_owned(),
        PeriodKind::Year => "this year".to_owned(),
    }
}
