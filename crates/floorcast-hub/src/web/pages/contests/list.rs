//! `/contests`: those that run, those that come, those that are over.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use salesfloor::facts::Scope;
use salesfloor::figures::ContestState;

use super::{audience, contest, missing};
use crate::access::Audience;
use crate::clock;
use crate::store::contests::{self, ContestRow};
use crate::store::results;
use crate::store::{Error, Tx};
use crate::web::pages::answer;
use crate::web::pages::shell::{Place, Shell};
use crate::web::problem::Problem;
use crate::web::session::Visitor;
use crate::web::state::App;
use crate::web::words::{contests as words, fill};

/// So many who share a place are named, more are counted.
const NAMED: usize = 3;

#[derive(Template)]
#[template(path = "contests/list.html")]
struct Page {
    shell: Shell,
    w: &'static words::Words,
    may_make: bool,
    rows: Vec<Line>,
}

struct Line {
    href: String,
    title: String,
    format: &'static str,
    when: String,
    state: &'static str,
    class: &'static str,
    leader: String,
}

pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Problem> {
    let now = clock::now();
    let page = app
        .read(move |tx| {
            let (w, of) = (visitor.words, visitor.words.of_contests());
            let shell = Shell::open(tx, &visitor, &Audience::Floor, (Place::Contests, w.contests), now)?;
            let mut rows = Vec::new();
            for row in contests::list(tx)?.into_iter().rev() {
                let result = results::get(tx, &row.id)?;
                if audience(&row, &result).includes(&visitor.viewer) {
                    rows.push(line(tx, &visitor, &row, now)?);
                }
            }
            let may_make = Audience::Managers.includes(&visitor.viewer);
            Ok(Page { shell, w: of, may_make, rows })
        })
        .await?;
    answer::page(&page)
}

fn line(tx: &mut Tx<'_>, visitor: &Visitor, row: &ContestRow, now: jiff::Timestamp) -> Result<Line, Error> {
    let (w, of) = (visitor.words, visitor.words.of_contests());
    let found = match contest(tx, row, now) {
        Ok(found) => Some(found),
        // It names somebody who is not here any more: it stays in the list.
        Err(Error::Refused(_)) => None,
        Err(error) => return Err(error),
    };
    let figure = found.as_ref().map(|(loaded, contest)| loaded.at(now).contest(contest));
    let state = figure.as_ref().map(|figure| figure.state);
    let (word, class) = state_of(of, &row.stage, state);
    let leader = found.as_ref().zip(figure.as_ref()).and_then(|((loaded, _), figure)| {
        // Of a bracket nobody is in front before the final is over.
        let first: Vec<Scope> = figure.rows.iter().filter(|row| row.place == Some(1)).map(|row| row.who).collect();
        if row.stage == "draft" || row.stage == "cancelled" || row.format == "bracket" && first.len() > 1 {
            return None;
        }
        let name = |who: &Scope| match *who {
            Scope::Person(person) => loaded.floor.person(person).wall_name().map(str::to_owned),
            who => Some(loaded.at(now).name(who).to_owned()),
        };
        let names: Option<Vec<String>> = first.iter().map(name).collect();
        match names {
            Some(names) if names.len() <= NAMED => Some(names.join(if w.lang == "ja" { "、" } else { ", " })),
            _ if first.len() == 1 => None,
            _ => Some(fill(of.share_first, &[("n", &w.count(first.len()))])),
        }
    });
    let day = |at: i64| -> Result<String, Error> {
        let (loaded, _) = found.as_ref().ok_or_else(missing)?;
        let at = jiff::Timestamp::from_microsecond(at).map_err(Error::broken)?;
        Ok(w.short_day(loaded.ledger.day(at)))
    };
    let when = match (&found, row.ends) {
        (Some(_), Some(end)) => format!("{} – {}", day(row.starts)?, day(end - 1)?),
        (Some(_), None) => day(row.starts)?,
        (None, _) => String::new(),
    };
    Ok(Line {
        href: format!("/contests/{}", row.id),
        title: row.title.clone(),
        format: format_word(of, &row.format),
        when,
        state: word,
        class,
        leader: leader.unwrap_or_default(),
    })
}

/// The stage of a contest in words, with its look.
pub fn state_of(w: &words::Words, stage: &str, state: Option<ContestState>) -> (&'static str, &'static str) {
    match (stage, state) {
        ("cancelled", _) => (w.cancelled, "pill"),
        ("draft" | "hidden", _) => (w.stage_draft, "pill"),
        (_, Some(ContestState::Upcoming)) => (w.upcoming, "pill"),
        (_, Some(ContestState::Running)) => (w.running, "pill up"),
        (_, Some(ContestState::Ended)) => (w.ended, "pill down"),
        (_, Some(ContestState::Final)) => (w.final_stage, "pill done"),
        (_, None) => (w.ended, "pill"),
    }
}

pub fn format_word(w: &words::Words, format: &str) -> &'static str {
    match format {
        "first_to" => w.first_to,
        "threshold" => w.threshold,
        "team_total" => w.team_total,
        "team_average" => w.team_average,
        "versus" => w.versus,
        "bracket" => w.bracket,
        _ => w.most,
    }
}
