//! `/goals`: what counts, how much of it is expected, with what weight; nothing is saved before it is seen what changes.

mod change;
mod days;
mod kits;
mod shares;
mod spread;
#[cfg(test)]
mod test;

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use jiff::Timestamp;
use serde::Deserialize;

use super::amounts::major;
use super::shell::{Place, Shell, Toast};
use super::{answer, floor as pages_floor};
use crate::access::{Action, Audience, Viewer};
use crate::clock;
use crate::store::targets::{self, CardRow};
use crate::store::{Result as Stored, Tx, figures, floor, metrics, teams};
use crate::web::problem::Problem;
use crate::web::session::Visitor;
use crate::web::state::App;
use crate::web::words::{Words, fill, goals as words};

#[derive(Template)]
#[template(path = "goals/page.html")]
pub struct Page {
    shell: Shell,
    wg: &'static words::Words,
    days: Vec<days::Day>,
    teams: Vec<(String, String)>,
    edit: bool,
    /// Who may set goals, for those who may not.
    only: String,
    lines: Vec<Line>,
    /// Figures that could be added: id and label.
    others: Vec<Choice>,
    /// Metrics that are taken off, once it is saved.
    off: Vec<String>,
    kits: Vec<(&'static str, String, String)>,
    company_label: String,
    company: String,
    /// The company's goal as pages write it; empty where there is none.
    company_shown: String,
    currency: String,
    /// What a save would do; the fields are in the lines.
    pub changes: Option<Vec<change::Change>>,
    pub button: &'static str,
    pub error: Option<String>,
}

/// Id and label of something to choose.
type Choice = (String, String);

/// A line of the scorecard as its fields show it.
pub struct Line {
    pub metric: String,
    pub label: String,
    pub target: String,
    /// The target as pages write it.
    pub shown: String,
    pub weight: String,
}

#[derive(Debug, Default, Deserialize)]
struct Params {
    saved: Option<String>,
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/goals", get(show))
        .route("/goals/kit", post(change::kit))
        .route("/goals/preview", post(change::preview))
        .route("/goals/save", post(change::save))
        .route("/goals/spread", get(spread::show))
        .route("/goals/spread/preview", post(spread::preview))
        .route("/goals/spread/save", post(spread::save))
        .route("/goals/spread/undo", post(spread::undo))
        .route("/goals/day", post(days::add))
        .route("/goals/day/remove", post(days::remove))
}

async fn show(State(app): State<App>, visitor: Visitor, Query(params): Query<Params>) -> Result<Response, Problem> {
    let now = clock::now();
    let page = app
        .read(move |tx| {
            let mut page = page(tx, &visitor, now)?;
            if params.saved.is_some() {
                page.shell.toast = Some(Toast { text: visitor.words.saved.to_owned(), undo: None });
            }
            Ok(page)
        })
        .await?;
    answer::page(&page)
}

/// The scorecard of the whole floor; `None`: nobody chose yet what counts.
///
/// # Errors
/// The store's.
pub fn card(tx: &mut Tx<'_>) -> Stored<Option<CardRow>> {
    Ok(targets::cards(tx)?.into_iter().find(|card| card.team.is_none()))
}

/// The lines of a scorecard, and the figures that are not on it.
fn lines(tx: &mut Tx<'_>, w: &Words, card: &CardRow) -> Stored<(Vec<Line>, Vec<Choice>)> {
    let known = metrics::list(tx)?;
    let line = |line: &targets::LineRow| {
        let of = known.iter().find(|of| of.id == line.metric)?;
        Some(Line {
            metric: line.metric.clone(),
            label: of.label.clone(),
            shown: line.target.map_or_else(|| "–".to_owned(), |target| spread::written(w, target, of.decimals)),
            target: line.target.map_or_else(String::new, |target| major(target, of.decimals)),
            weight: line.weight.to_string(),
        })
    };
    let is_other = |of: &&metrics::MetricRow| !card.lines.iter().any(|line| line.metric == of.id);
    let others = known.iter().filter(is_other).map(|of| (of.id.clone(), of.label.clone())).collect();
    Ok((card.lines.iter().filter_map(line).collect(), others))
}

fn page(tx: &mut Tx<'_>, visitor: &Visitor, now: Timestamp) -> Stored<Page> {
    let w = visitor.words;
    let shell = Shell::open(tx, visitor, &Audience::Managers, (Place::Goals, w.goals), now)?;
    let known = metrics::list(tx)?;
    let floor = floor::get(tx)?;
    let (today, currency) = (figures::zone(&floor)?.to_datetime(now).date(), floor.currency);
    let (lines, others) = match card(tx)? {
        Some(card) => lines(tx, w, &card)?,
        None => (Vec::new(), Vec::new()),
    };
    let edit = visitor.viewer.may(Action::Administrate);
    let manages = teams::list(tx)?.iter().any(|team| visitor.viewer.sets_targets(&team.id));
    let only = if manages { w.of_goals().only_card } else { w.of_goals().only_admins };
    let kits = match lines.is_empty() {
        true => kits::all(w, &pages_floor::load(tx, &Viewer::Publisher, now)?, now),
        false => Vec::new(),
    };
    let won = known.iter().find(|of| of.id == "won").map_or(0, |of| of.decimals);
    let company = targets::goals(tx)?.into_iter().find(|goal| change::is_of_company(goal, today));
    let days = days::days(tx, visitor)?;
    let teams = teams::list(tx)?.into_iter().map(|team| (team.id, team.name)).collect();
    Ok(Page {
        wg: w.of_goals(),
        days,
        teams,
        only: if edit { String::new() } else { spread::only(tx, visitor, only)? },
        edit,
        lines,
        others,
        off: Vec::new(),
        kits,
        company_label: fill(w.company_goal, &[("month", &w.month(today))]),
        company_shown: company.as_ref().map_or_else(String::new, |goal| spread::written(w, goal.target, won)),
        currency,
        company: company.map_or_else(String::new, |goal| major(goal.target, won)),
        changes: None,
        button: "",
        error: None,
        shell,
    })
}
