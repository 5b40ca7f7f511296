//! `/mail/off`: turns a kind of mail off without signing in, by the key that stands in each mail.
//!
//! Mail programs post to it by themselves (RFC 8058); looking at it changes nothing, because they look too.

#[cfg(test)]
mod test;

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;

use super::answer;
use crate::store::floor;
use crate::store::mail_choices::{self, MailKind};
use crate::web::assets;
use crate::web::problem::Problem;
use crate::web::session::Manner;
use crate::web::state::App;
use crate::web::words::{self, Words, fill, mails};

#[derive(Template)]
#[template(path = "mail_off/page.html")]
struct Page {
    w: &'static Words,
    of: &'static mails::Words,
    css: String,
    floor: String,
    foot: String,
    text: String,
    done: bool,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Ask {
    key: String,
    kind: String,
}

pub fn routes() -> Router<App> {
    Router::new().route("/mail/off", get(ask).post(turn_off))
}

/// What a kind of mail is called where people choose.
pub fn label(of: &mails::Words, kind: MailKind) -> &'static str {
    match kind {
        MailKind::Weekly => of.weekly,
        MailKind::Behind => of.behind_kind,
        MailKind::Coaching => of.coaching,
    }
}

async fn ask(State(app): State<App>, headers: HeaderMap, Query(of): Query<Ask>) -> Result<Response, Problem> {
    answer(&app, &headers, of, false).await
}

async fn turn_off(State(app): State<App>, headers: HeaderMap, Query(of): Query<Ask>) -> Result<Response, Problem> {
    answer(&app, &headers, of, true).await
}

async fn answer(app: &App, headers: &HeaderMap, asked: Ask, turn_off: bool) -> Result<Response, Problem> {
    let kind = MailKind::of(&asked.kind);
    let (known, floor) = app
        .write(move |tx| {
            let floor = floor::get(tx)?;
            let Some((kind, mut choice)) = kind.zip(mail_choices::by_key(tx, &asked.key)?) else {
                return Ok((None, floor));
            };
            if turn_off {
                choice.turn_off(kind);
                mail_choices::put(tx, &choice)?;
            }
            Ok((Some((kind, choice)), floor))
        })
        .await?;
    let w = words::of_headers(headers, &floor.locale);
    let Some((kind, choice)) = known else {
        return answer::problem(Manner::in_words(w), StatusCode::GONE, w.link_used, w.of_mails().off_unknown);
    };
    // Whoever gets them in a language reads it.
    let w = choice.lang.as_deref().map_or(w, Words::of);
    let of = w.of_mails();
    let text = if turn_off { of.off_done } else { of.off_ask };
    let page = Page {
        w,
        of,
        css: assets::css(),
        floor: floor.name,
        foot: fill(w.own_office, &[("v", app.version)]),
        text: fill(text, &[("what", label(of, kind))]),
        done: turn_off,
    };
    answer::page(&page)
}
