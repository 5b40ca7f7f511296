//! `/coaching/{id}/mail`: the mail that a session sends, before it is sent. It has a link and nothing of the session.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::{name_of, readable, reader, readers_of};
use crate::access::Audience;
use crate::clock;
use crate::web::pages::answer;
use crate::web::pages::shell::{Place, Shell};
use crate::web::problem::Problem;
use crate::web::session::Visitor;
use crate::web::state::App;
use crate::web::words::{coaching as words, fill};

#[derive(Template)]
#[template(path = "coaching/mail.html")]
struct Page {
    shell: Shell,
    w: &'static words::Words,
    id: String,
    mail: Mail,
}

pub struct Mail {
    pub subject: String,
    pub text: String,
}

/// The link leads to the list: not even which session it is stands in the mail.
pub fn mail(w: &words::Words, name: &str, coach: &str, here: &str) -> Mail {
    let link = format!("{here}/coaching");
    Mail {
        subject: w.mail_subject.to_owned(),
        text: fill(w.mail_text, &[("name", name), ("coach", coach), ("link", &link)]),
    }
}

pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let now = clock::now();
    let who = reader(&visitor)?;
    let (session, readers) = app
        .read_private(move |tx| {
            let session = readable(tx, &who, &id)?;
            let readers = readers_of(tx, &session)?;
            Ok((session, readers))
        })
        .await?;
    let host = headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1:8271").to_owned();
    let page = app
        .read(move |tx| {
            let w = visitor.words.of_coaching();
            let audience = Audience::Readers(readers.into_iter().map(|(id, _)| id).collect());
            let shell = Shell::open(tx, &visitor, &audience, (Place::Coaching, w.preview_mail), now)?;
            let (name, coach) = (name_of(tx, &session.person)?, name_of(tx, &session.coach)?);
            let mail = mail(w, &name, &coach, &format!("http://{host}"));
            Ok(Page { shell, w, id: session.id, mail })
        })
        .await?;
    answer::page(&page)
}
