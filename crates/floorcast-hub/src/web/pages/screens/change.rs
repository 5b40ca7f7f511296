//! What an administrator does with screens: pair, rename, give another board, tell, take away.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::{Given, page};
use crate::access::Action;
use crate::clock;
use crate::screens::{self as rules, Command, PairError};
use crate::store::audit::AuditAction;
use crate::store::screens;
use crate::store::{Error, Result as Stored, Tx, boards};
use crate::web::line::is_line;
use crate::web::pages::accounts::note;
use crate::web::pages::answer;
use crate::web::problem::Problem;
use crate::web::session::Posted;
use crate::web::state::App;
use crate::web::words::fill;

/// The longest name of a screen.
const MAX_NAME: usize = 60;

/// Back to the page, or the page again with what is wrong.
async fn again(
    app: &App,
    posted: Posted,
    work: impl FnOnce(&mut Tx<'_>, &Posted) -> Stored<Result<(), String>> + Send + 'static,
) -> Result<Response, Problem> {
    let back = if posted.form.text("back") == "wall" { "/wall?told=1" } else { "/screens" };
    let wrong = app
        .write(move |tx| {
            if !posted.visitor.viewer.may(Action::Administrate) {
                return Err(Error::Missing("such page".into()));
            }
            match work(tx, &posted)? {
                Ok(()) => Ok(None),
                Err(why) => {
                    let mut page = page(tx, &posted.visitor, clock::now())?;
                    page.error = Some(why);
                    page.given = Given { code: posted.form.text("code").into(), name: posted.form.text("name").into() };
                    Ok(Some(page))
                }
            }
        })
        .await?;
    app.publisher.wake();
    let Some(page) = wrong else { return Ok(answer::see(back)) };
    let mut response = answer::page(&page)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

fn is_name(name: &str) -> bool {
    is_line(name, MAX_NAME)
}

pub async fn pair(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    again(&app, posted, |tx, posted| {
        let (form, w) = (&posted.form, posted.visitor.words);
        if !is_name(form.text("name")) {
            return Ok(Err(w.bad_name.to_owned()));
        }
        let asked = (form.text("code"), form.text("name"), form.text("board"));
        Ok(match rules::pair(tx, &posted.visitor.login.id, asked, clock::now())? {
            Ok(screen) => {
                note(tx, &posted.visitor, AuditAction::ScreenPair, &screen.id)?;
                Ok(())
            }
            Err(PairError::Code) => Err(w.wrong_code.to_owned()),
            Err(PairError::Wait { minutes }) => Err(fill(w.wait_sign_in, &[("n", &minutes.to_string())])),
        })
    })
    .await
}

pub async fn change(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    again(&app, posted, |tx, posted| {
        let (form, w) = (&posted.form, posted.visitor.words);
        let mut screen = screens::get(tx, form.text("screen"))?.ok_or_else(|| Error::Missing("such screen".into()))?;
        if !is_name(form.text("name")) {
            return Ok(Err(w.bad_name.to_owned()));
        }
        let board = boards::get(tx, form.text("board"))?.ok_or_else(|| Error::Missing("such board".into()))?;
        (screen.name, screen.board) = (form.text("name").to_owned(), board.id);
        rules::set(tx, &screen, clock::now())?;
        note(tx, &posted.visitor, AuditAction::ScreenChange, &screen.id)?;
        Ok(Ok(()))
    })
    .await
}

pub async fn tell(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    again(&app, posted, |tx, posted| {
        let form = &posted.form;
        let command = match form.text("command") {
            "identify" => Command::Identify,
            "message" => Command::Message(form.text("text").to_owned()),
            "clear" => Command::Clear,
            _ => return Err(Error::refused("there is no such command")),
        };
        let whom = match form.text("screen") {
            "" => screens::list(tx)?.into_iter().map(|screen| screen.id).collect(),
            one => vec![one.to_owned()],
        };
        if let Command::Message(text) = &command
            && (text.is_empty() || text.chars().count() > rules::MAX_MESSAGE)
        {
            let n = posted.visitor.words.count(rules::MAX_MESSAGE);
            return Ok(Err(fill(posted.visitor.words.bad_message, &[("n", &n)])));
        }
        for screen in &whom {
            rules::tell(tx, screen, &command, clock::now())?;
            note(tx, &posted.visitor, AuditAction::ScreenTell, screen)?;
        }
        Ok(Ok(()))
    })
    .await
}

pub async fn remove(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    again(&app, posted, |tx, posted| {
        let screen =
            screens::get(tx, posted.form.text("screen"))?.ok_or_else(|| Error::Missing("such screen".into()))?;
        rules::remove(tx, &screen.id)?;
        note(tx, &posted.visitor, AuditAction::ScreenRemove, &screen.name)?;
        Ok(Ok(()))
    })
    .await
}
