//! `/wall`: what hangs on the walls, as the wall draws it, in which order and for how long.

mod change;
mod list;
pub mod now;
mod picture;
#[cfg(test)]
mod test;

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{get, post};
use jiff::Timestamp;
use serde::Deserialize;

use super::answer;
use super::shell::{Place, Shell, Toast};
use crate::access::{Action, Audience};
use crate::clock;
use crate::screens::{AWAY_S, MAX_MESSAGE};
use crate::store::screens::ScreenRow;
use crate::store::{Error, Result as Stored, Tx, boards, screens};
use crate::web::problem::Problem;
use crate::web::session::Visitor;
use crate::web::state::App;
use crate::web::words::{Words, fill, wall as words};
use list::{Row, name_of, rows};
use now::{OnNow, on_now};

#[derive(Template)]
#[template(path = "wall/page.html")]
pub struct Page {
    shell: Shell,
    w: &'static words::Words,
    /// Only administrators change what hangs there.
    edits: bool,
    max_message: usize,
    boards: Vec<Board>,
    screens: Vec<Screen>,
    host: String,
    error: Option<String>,
}

impl Page {
    /// Says why nothing was saved, and no more that something else was.
    fn refuse(&mut self, why: String) {
        self.error = Some(why);
        self.boards.iter_mut().for_each(|board| board.undo = false);
    }

    /// Keeps the seconds that were typed in the form of a board, right ones and wrong ones.
    fn keep_seconds<'f>(&mut self, board: &str, typed: impl Iterator<Item = (&'f str, &'f str)>) {
        let Some(board) = self.boards.iter_mut().find(|of| of.id == board) else { return };
        for (slide, seconds) in typed {
            if let Some(row) = board.rows.iter_mut().find(|row| row.key == slide) {
                seconds.clone_into(&mut row.seconds);
            }
        }
    }
}

struct Board {
    id: String,
    title: String,
    address: String,
    rows: Vec<Row>,
    round: String,
    on: Option<OnNow>,
    /// The screen whose playlist this is; `None`: that of all screens.
    chosen: Option<String>,
    /// By which its form knows whether somebody changed it since.
    seen: String,
    /// A change of it can be taken back.
    undo: bool,
    /// What is to be said of the chosen screen's playlist, and whether it has one.
    own: Option<(String, bool)>,
}

struct Screen {
    id: String,
    name: String,
    board: String,
    here: bool,
    state: String,
    shows: String,
}

#[derive(Debug, Default, Deserialize)]
struct Params {
    screen: Option<String>,
    saved: Option<String>,
    back: Option<String>,
    told: Option<String>,
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/wall", get(show))
        .route("/wall/playlist", post(change::save))
        .route("/wall/{board}/{slide}", get(picture::picture))
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(params): Query<Params>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let now = clock::now();
    let host = headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1:8271").to_owned();
    let asking = app.clone();
    let page = app
        .read(move |tx| {
            let mut page = page(&asking, tx, &visitor, (params.screen.as_deref(), &host), now)?;
            let text = match (&params.saved, &params.back, &params.told) {
                (Some(_), ..) => Some(page.w.saved),
                (_, Some(_), _) => Some(page.w.back),
                (.., Some(_)) => Some(page.w.told),
                _ => None,
            };
            page.shell.toast = text.map(|text| Toast { text: text.to_owned(), undo: None });
            for board in &mut page.boards {
                board.undo = page.edits && params.saved.as_ref() == Some(&board.id) && board.undo;
            }
            Ok(page)
        })
        .await?;
    answer::page(&page)
}

/// # Errors
/// The viewer manages nothing, or the store's.
pub fn page(
    app: &App,
    tx: &mut Tx<'_>,
    visitor: &Visitor,
    (chosen, host): (Option<&str>, &str),
    now: Timestamp,
) -> Stored<Page> {
    let w = visitor.words;
    let edits = visitor.viewer.may(Action::Administrate);
    let title = if edits { w.wall_and_screens } else { w.wall };
    let shell = Shell::open(tx, visitor, &Audience::Managers, (Place::Wall, title), now)?;
    let all = screens::list(tx)?;
    let chosen = match chosen {
        Some(id) => {
            Some(all.iter().find(|screen| screen.id == id).ok_or_else(|| Error::Missing("such screen".into()))?)
        }
        None => None,
    };
    let mut listed = Vec::new();
    for row in boards::list(tx)? {
        let title = if row.title.is_empty() { w.wall.to_owned() } else { row.title.clone() };
        listed.push(board(app, tx, (row, title), (chosen, host), (w, now))?);
    }
    let titles: Vec<(String, String)> = listed.iter().map(|of| (of.id.clone(), of.title.clone())).collect();
    Ok(Page {
        w: w.of_wall(),
        edits,
        max_message: MAX_MESSAGE,
        boards: listed,
        screens: all.iter().map(|of| screen(app, of, &titles, w, now)).collect(),
        host: host.to_owned(),
        error: None,
        shell,
    })
}

fn board(
    app: &App,
    tx: &mut Tx<'_>,
    (row, title): (boards::BoardRow, String),
    (chosen, host): (Option<&ScreenRow>, &str),
    (w, now): (&'static Words, Timestamp),
) -> Stored<Board> {
    let chosen = chosen.filter(|screen| screen.board == row.id);
    let own = chosen.and_then(|screen| screen.playlist.as_ref());
    let playlist = own.unwrap_or(&row.playlist);
    let rows = app.publisher.whole(&row.id).map(|whole| rows(&whole, playlist, &row.id, w, now)).unwrap_or_default();
    let of = w.of_wall();
    Ok(Board {
        on: on_now(app, tx, (&row.id, chosen.map(|screen| screen.id.as_str())), w, now)?,
        round: list::round(&rows, w),
        // A screen without one of its own follows the board's.
        seen: if chosen.is_some() && own.is_none() { String::new() } else { playlist.seen() },
        undo: if chosen.is_some() { own.is_some_and(|of| of.before.is_some()) } else { row.playlist.before.is_some() },
        own: chosen.map(|screen| {
            let text = if own.is_some() { of.own_list } else { of.shared_list };
            (fill(text, &[("name", &screen.name)]), own.is_some())
        }),
        chosen: chosen.map(|screen| screen.id.clone()),
        address: format!("floorcast --feed http://{host}/boards/{}", row.id),
        id: row.id,
        title,
        rows,
    })
}

fn screen(app: &App, of: &ScreenRow, titles: &[(String, String)], w: &Words, now: Timestamp) -> Screen {
    let age = of.seen.map(|seen| (now.as_microsecond() - seen) / 1_000_000);
    let shown = of.showing.as_ref().and_then(|(id, _)| {
        let whole = app.publisher.whole(&of.board)?;
        let slide = whole.document["slides"].as_array()?.iter().find(|slide| slide["id"] == id.as_str())?;
        Some(name_of(w, &whole.document, slide))
    });
    let message = crate::screens::message(of, now).map(str::to_owned);
    Screen {
        id: of.id.clone(),
        name: of.name.clone(),
        board: titles.iter().find(|(id, _)| *id == of.board).map(|(_, title)| title.clone()).unwrap_or_default(),
        here: age.is_some_and(|age| age < AWAY_S),
        state: super::screens::state(w, age),
        shows: message.or(shown).unwrap_or_else(|| "–".into()),
    }
}
