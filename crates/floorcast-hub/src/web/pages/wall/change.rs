//! Changes which slides hang on walls, their order and their seconds: for all screens of a board, or for one.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::page;
use crate::access::Action;
use crate::clock;
use crate::publish::{judged, playlist};
use crate::store::audit::AuditAction;
use crate::store::boards::{Playlist, Turn};
use crate::store::{Error, Result as Stored, Tx, boards, floor, screens};
use crate::web::pages::accounts::note;
use crate::web::pages::answer;
use crate::web::problem::Problem;
use crate::web::session::{Form, Posted};
use crate::web::state::App;
use crate::web::words::{Words, fill};

fn missing() -> Error {
    Error::Missing("such page".into())
}

/// Whose playlist a form is about.
enum Whose {
    Board(boards::BoardRow),
    Screen(screens::ScreenRow),
}

impl Whose {
    fn find(tx: &mut Tx<'_>, form: &Form) -> Stored<Whose> {
        match form.text("screen") {
            "" => boards::get(tx, form.text("board"))?.map(Whose::Board).ok_or_else(missing),
            id => screens::get(tx, id)?.map(Whose::Screen).ok_or_else(missing),
        }
    }

    fn board(&self) -> &str {
        match self {
            Whose::Board(board) => &board.id,
            Whose::Screen(screen) => &screen.board,
        }
    }

    fn seen(&self) -> String {
        match self {
            Whose::Board(board) => board.playlist.seen(),
            Whose::Screen(screen) => match &screen.playlist {
                Some(playlist) => playlist.seen(),
                None => String::new(),
            },
        }
    }

    fn set(self, tx: &mut Tx<'_>, change: impl FnOnce(Playlist) -> Option<Playlist>) -> Stored<()> {
        match self {
            Whose::Board(mut board) => {
                board.playlist = change(board.playlist).unwrap_or_default();
                boards::put(tx, &board)
            }
            Whose::Screen(mut screen) => {
                screen.playlist = change(screen.playlist.unwrap_or_default());
                screens::put(tx, &screen)
            }
        }
    }
}

pub async fn save(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let host = posted.form.text("host").to_owned();
    let asking = app.clone();
    let again = app
        .write(move |tx| {
            let Posted { visitor, form } = &posted;
            if !visitor.viewer.may(Action::Administrate) {
                return Err(missing());
            }
            let whose = Whose::find(tx, form)?;
            let (board, screen) = (whose.board().to_owned(), form.text("screen").to_owned());
            let back = |what: &str| Ok(Ok(address(&board, &screen, what)));
            match form.text("do") {
                "undo" => {
                    // A screen that had none of its own before has none again.
                    whose.set(tx, |of| match of.before {
                        Some(before) => {
                            Some(Playlist { turns: before, before: None }).filter(|of| !of.turns.is_empty())
                        }
                        None => Some(of),
                    })?;
                    note(tx, visitor, AuditAction::WallPlaylistUndo, if screen.is_empty() { &board } else { &screen })?;
                    floor::changed(tx)?;
                    back("back")
                }
                "reset" => {
                    whose.set(tx, |_| None)?;
                    note(
                        tx,
                        visitor,
                        AuditAction::WallPlaylistReset,
                        if screen.is_empty() { &board } else { &screen },
                    )?;
                    floor::changed(tx)?;
                    back("saved")
                }
                what => {
                    // The form holds the whole list: one from before somebody's change would take that back.
                    let seen = form.text("seen");
                    let made = match seen.is_empty() || seen == whose.seen() {
                        true => turns(form, what, visitor.words),
                        false => Err(visitor.words.of_wall().changed_meanwhile.to_owned()),
                    };
                    let turns = match made {
                        Ok(turns) => turns,
                        Err(why) => {
                            let chosen = Some(screen.as_str()).filter(|id| !id.is_empty());
                            let mut page = page(&asking, tx, visitor, (chosen, &host), clock::now())?;
                            page.refuse(why);
                            // After somebody else's change the list is theirs.
                            if seen.is_empty() || seen == whose.seen() {
                                page.keep_seconds(&board, form.all("slide").zip(form.all("dwell_s")));
                            }
                            return Ok(Err(Box::new(page)));
                        }
                    };
                    // What a wall would refuse is not kept.
                    let whole = asking.publisher.whole(&board).ok_or_else(missing)?;
                    let mut document = whole.document.clone();
                    playlist::apply(&mut document, &Playlist { turns: turns.clone(), before: None });
                    judged(&document)?;
                    whose.set(tx, |of| Some(of.changed(turns)))?;
                    note(tx, visitor, AuditAction::WallPlaylist, if screen.is_empty() { &board } else { &screen })?;
                    floor::changed(tx)?;
                    back("saved")
                }
            }
        })
        .await?;
    app.publisher.wake();
    match again {
        Ok(address) => Ok(answer::see(&address)),
        Err(page) => {
            let mut response = answer::page(&*page)?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
    }
}

fn address(board: &str, screen: &str, what: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::from("/wall?"));
    query.append_pair(what, board);
    if !screen.is_empty() {
        query.append_pair("screen", screen);
    }
    query.finish().replacen("?&", "?", 1)
}

/// The playlist of the form, after what its button does. The inner error is for whoever typed it.
fn turns(form: &Form, what: &str, w: &Words) -> Result<Vec<Turn>, String> {
    let of = w.of_wall();
    let slides: Vec<&str> = form.all("slide").filter(|id| !id.is_empty()).collect();
    let mut turns = Vec::new();
    for (slide, seconds) in slides.iter().zip(form.all("dwell_s")) {
        let bad = || fill(of.bad_seconds, &[("n", seconds)]);
        let dwell_s = match seconds {
            "" => None,
            text => Some(text.parse().ok().filter(|n| playlist::SECONDS.contains(n)).ok_or_else(bad)?),
        };
        let hidden = form.all("hidden").any(|id| id == *slide);
        turns.push(Turn { slide: (*slide).to_owned(), dwell_s, hidden });
    }
    let (act, slide) = what.split_once(':').unwrap_or((what, ""));
    if let Some(at) = turns.iter().position(|turn| turn.slide == slide) {
        match act {
            "up" if at > 0 => turns.swap(at - 1, at),
            "down" if at + 1 < turns.len() => turns.swap(at, at + 1),
            "hide" => turns[at].hidden = true,
            "show" => turns[at].hidden = false,
            _ => {}
        }
    }
    if turns.iter().all(|turn| turn.hidden) {
        return Err(of.last_one.to_owned());
    }
    Ok(turns)
}
