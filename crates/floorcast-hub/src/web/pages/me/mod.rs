//! `/me`: what is expected of somebody today, with taps that log it, and where they stand.

pub mod log;
mod model;
mod news;
#[cfg(test)]
mod test;

pub use model::{Day, State as Mood, day, goal_state, last_day};

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;

use super::shell::{Place, Shell, Toast, UndoForm};
use super::{answer, coaching, contests, ramps, recognition};
use crate::access::Audience;
use crate::clock;
use crate::store::facts;
use crate::web::problem::Problem;
use crate::web::session::Visitor;
use crate::web::state::App;
use crate::web::words::{self, fill};

#[derive(Template)]
#[template(path = "me/page.html")]
struct Page {
    shell: Shell,
    day: Option<model::Day>,
    agreed: Vec<coaching::Agreed>,
    shouts: Vec<recognition::Shout>,
    shouts_title: &'static str,
    shout: &'static str,
    agreed_title: &'static str,
    news: Vec<news::News>,
    news_title: &'static str,
    contests: Vec<contests::Mine>,
    contests_title: &'static str,
    /// Whom one may praise, and the words of it.
    people: Vec<(String, String)>,
    wr: &'static words::recognition::Words,
    ramp: Option<ramps::Brief>,
    onboarding: &'static str,
}

/// What was done just before, for the line that offers to take it back.
#[derive(Debug, Default, Deserialize)]
struct Params {
    logged: Option<String>,
    metric: Option<String>,
    undone: Option<String>,
    said: Option<String>,
}

pub fn routes() -> Router<App> {
    Router::new().route("/me", get(show)).route("/me/log", post(log::log)).route("/me/undo", post(log::undo))
}

async fn show(State(app): State<App>, visitor: Visitor, Query(params): Query<Params>) -> Result<Response, Problem> {
    render(&app, visitor, params, None).await
}

/// The page; with what was typed into a form of it that could not be kept.
async fn render(app: &App, visitor: Visitor, params: Params, retry: Option<log::Retry>) -> Result<Response, Problem> {
    let now = clock::now();
    let agreed = coaching::agreed(app, &visitor).await?;
    let mut news = news::private(app, &visitor).await?;
    let agreed_title = visitor.words.of_coaching().agreed_title;
    let page = app
        .read(move |tx| {
            let w = visitor.words;
            let audience = Audience::self_and_managers(visitor.person());
            let mut shell = Shell::open(tx, &visitor, &audience, (Place::Me, w.my_day), now)?;
            let day = match visitor.person() {
                Some(person) => model::day(tx, &visitor, person, now)?.map(|day| day.with(retry)),
                None => None,
            };
            if params.undone.is_some() {
                shell.toast = Some(Toast { text: w.log_undone.to_owned(), undo: None });
            }
            if let Some(id) = &params.said {
                shell.toast = Some(recognition::said(w, id));
            }
            if let (Some(key), Some(metric)) = (&params.logged, &params.metric)
                && let Some(fact) = facts::get(tx, facts::BY_HAND, key, metric)?
                && fact.person.as_deref() == visitor.person()
                && fact.revoked.is_none()
            {
                let of = crate::store::metrics::get(tx, metric)?;
                let unit = 10_i64.pow(of.as_ref().map_or(0, |of| of.decimals.clamp(0, 9)) as u32);
                let what = of.map_or_else(|| metric.clone(), |of| of.label);
                let n = w.count(fact.amount / unit);
                let text = fill(w.logged, &[("n", &n), ("what", &what), ("time", &log::clock_of(tx, fact.at)?)]);
                let undo = UndoForm { action: "/me/undo", field: "fact", value: format!("{metric}/{key}") };
                shell.toast = Some(Toast { text, undo: Some(undo) });
            }
            let shouts = recognition::for_me(tx, &visitor, now)?;
            let contests = contests::mine(tx, &visitor, now)?;
            news.extend(news::contests(&visitor, &contests));
            Ok(Page {
                news,
                news_title: w.for_you,
                contests,
                contests_title: w.of_contests().mine,
                people: recognition::people(tx, &visitor)?,
                wr: w.of_recognition(),
                ramp: ramps::brief(tx, &visitor, now)?,
                onboarding: w.onboarding,
                shell,
                day,
                agreed,
                agreed_title,
                shouts,
                shouts_title: w.of_recognition().kudos,
                shout: w.of_recognition().shout,
            })
        })
        .await?;
    answer::page(&page)
}
