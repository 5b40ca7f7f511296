//! The pages for people: one folder each, with its handler, template and test.
//!
//! Every page is whole without script, each form posts and comes back. [`shell`] guards a page and says who may see it.

mod accounts;
pub mod again;
mod amounts;
mod answer;
mod bar;
mod cheer;
mod coaching;
mod contests;
mod data;
mod facts;
mod floor;
mod goals;
mod home;
#[cfg(test)]
mod honest;
#[cfg(test)]
mod japanese;
mod join;
mod live;
mod mail_off;
pub mod mails;
mod me;
mod numbers;
mod people;
mod person;
mod ramps;
mod rankings;
mod recognition;
mod screens;
#[cfg(test)]
mod separators;
mod settings;
pub mod shell;
mod sign_in;
mod start;
mod team;
#[cfg(test)]
mod testing;
mod training;
#[cfg(test)]
mod walk;
mod wall;
mod walls;

use axum::Router;

use super::assets;
use super::problem::Problem;
use super::state::App;

pub fn routes(app: &App) -> Router<App> {
    Router::new()
        .merge(assets::routes())
        .merge(home::routes())
        .merge(sign_in::routes())
        .merge(start::routes())
        .merge(join::routes())
        .merge(live::routes())
        .merge(me::routes())
        .merge(rankings::routes())
        .merge(facts::routes())
        .merge(team::routes())
        .merge(person::routes())
        .merge(people::routes())
        .merge(goals::routes())
        .merge(coaching::routes())
        .merge(contests::routes())
        .merge(ramps::routes())
        .merge(recognition::routes())
        .merge(training::routes())
        .merge(settings::routes())
        .merge(mail_off::routes())
        .merge(data::routes())
        .merge(wall::routes())
        .merge(walls::routes())
        .merge(screens::routes())
        .fallback(async || Problem::missing("such page"))
        .layer(axum::middleware::from_fn_with_state(app.clone(), answer::for_browsers))
}
