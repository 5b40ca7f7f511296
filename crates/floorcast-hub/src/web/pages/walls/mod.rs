//! `/walls/{board}`: the slide that a wall shows, as the wall draws it, turning with it.

#[cfg(test)]
mod test;

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;

use super::answer;
use super::shell::{Place, Shell};
use super::wall::now::{OnNow, on_now};
use crate::access::Audience;
use crate::clock;
use crate::store::{Error, boards, screens};
use crate::web::problem::Problem;
use crate::web::session::Visitor;
use crate::web::state::App;
use crate::web::words::{fill, wall as words};

#[derive(Template)]
#[template(path = "walls/page.html")]
struct Page {
    shell: Shell,
    w: &'static words::Words,
    board: String,
    on: Option<OnNow>,
    /// Screens of this board, with which of them is chosen.
    screens: Vec<(String, String, bool)>,
}

#[derive(Debug, Default, Deserialize)]
struct Params {
    screen: Option<String>,
}

pub fn routes() -> Router<App> {
    Router::new().route("/walls/{board}", get(show))
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(board): Path<String>,
    Query(params): Query<Params>,
) -> Result<Response, Problem> {
    let now = clock::now();
    let asking = app.clone();
    let page = app
        .read(move |tx| {
            // Which boards there are is nobody's business who may not see them.
            let row = boards::get(tx, &board)?.filter(|_| visitor.viewer.may_see_board(&board));
            let row = row.ok_or_else(|| Error::Missing("such page".into()))?;
            let (w, of) = (visitor.words, visitor.words.of_wall());
            let title = match row.title.as_str() {
                "" => w.wall.to_owned(),
                title => fill(of.wall_of, &[("name", title)]),
            };
            let shell = Shell::open(tx, &visitor, &Audience::Floor, (Place::Wall, &title), now)?;
            let chosen = params.screen.as_deref();
            let screens = screens::list(tx)?.into_iter().filter(|screen| screen.board == board);
            Ok(Page {
                shell,
                w: of,
                on: on_now(&asking, tx, (&board, chosen), w, now)?,
                screens: screens.map(|of| (chosen == Some(&of.id), of)).map(|(on, of)| (of.id, of.name, on)).collect(),
                board,
            })
        })
        .await?;
    answer::page(&page)
}
