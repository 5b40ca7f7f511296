//! `/screens`: the walls, what each shows and when it was last there; new ones are paired by the letters on them.

mod change;
#[cfg(test)]
mod test;

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use jiff::Timestamp;
use serde::Deserialize;

use super::answer;
use super::shell::{Place, Shell};
use crate::access::Audience;
use crate::clock;
use crate::screens::{AWAY_S, CODE_LETTERS, MAX_MESSAGE, typed};
use crate::store::screens::{self, ScreenRow};
use crate::store::{Result as Stored, Tx, boards};
use crate::web::problem::Problem;
use crate::web::session::Visitor;
use crate::web::state::App;
use crate::web::words::{Words, fill};

#[derive(Template)]
#[template(path = "screens/page.html")]
pub struct Page {
    shell: Shell,
    screens: Vec<Screen>,
    boards: Vec<(String, String)>,
    max_message: usize,
    /// What was typed, or what the code on a screen says.
    pub given: Given,
    pub error: Option<String>,
}

/// What stands in the form by which a screen is paired.
#[derive(Debug, Default)]
pub struct Given {
    pub code: String,
    pub name: String,
}

struct Screen {
    id: String,
    name: String,
    board: String,
    here: bool,
    state: String,
    program: String,
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/screens", get(show))
        // The code on a screen is in capitals, which make it easier to read for phones.
        .route("/pair/{code}", get(scanned))
        .route("/PAIR/{code}", get(scanned))
        .route("/screens/pair", post(change::pair))
        .route("/screens/change", post(change::change))
        .route("/screens/tell", post(change::tell))
        .route("/screens/remove", post(change::remove))
}

#[derive(Debug, Default, Deserialize)]
struct Params {
    #[serde(default)]
    code: String,
}

async fn show(State(app): State<App>, visitor: Visitor, Query(params): Query<Params>) -> Result<Response, Problem> {
    let mut page = app.read(move |tx| page(tx, &visitor, clock::now())).await?;
    page.given.code = only_letters(&params.code);
    answer::page(&page)
}

/// A phone that read the code on a screen: to the page, past the sign-in where nobody is signed in.
async fn scanned(Path(code): Path<String>) -> Response {
    answer::see(&format!("/screens?code={}", only_letters(&code)))
}

/// The letters of a code, and no more of them than one has.
fn only_letters(code: &str) -> String {
    typed(code).chars().take(CODE_LETTERS).collect()
}

/// # Errors
/// The viewer is no administrator, or the store's.
pub fn page(tx: &mut Tx<'_>, visitor: &Visitor, now: Timestamp) -> Stored<Page> {
    let w = visitor.words;
    let shell = Shell::open(tx, visitor, &Audience::Administrators, (Place::Screens, w.wall_and_screens), now)?;
    let screen = |of: ScreenRow| {
        let age = of.seen.map(|seen| (now.as_microsecond() - seen) / 1_000_000);
        Screen {
            here: age.is_some_and(|age| age < AWAY_S),
            state: state(w, age),
            program: of.program.unwrap_or_default(),
            id: of.id,
            name: of.name,
            board: of.board,
        }
    };
    let title = |of: boards::BoardRow| {
        // The board that every floor has is called as it is elsewhere, another one without a title by its id.
        let title = match (of.title.as_str(), of.id.as_str()) {
            ("", "main") => w.wall.to_owned(),
            ("", id) => id.to_owned(),
            (title, _) => title.to_owned(),
        };
        (of.id, title)
    };
    Ok(Page {
        shell,
        screens: screens::list(tx)?.into_iter().map(screen).collect(),
        boards: boards::list(tx)?.into_iter().map(title).collect(),
        max_message: MAX_MESSAGE,
        given: Given::default(),
        error: None,
    })
}

/// When a screen was last heard of.
pub fn state(w: &Words, age: Option<i64>) -> String {
    match age {
        None => w.screen_never.to_owned(),
        Some(age) if age < AWAY_S => w.screen_here.to_owned(),
        Some(age) if age < 7_200 => fill(w.screen_away_min, &[("n", &(age / 60).to_string())]),
        Some(age) => fill(w.screen_away_h, &[("n", &(age / 3_600).to_string())]),
    }
}
