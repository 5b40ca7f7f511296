//! Everything about a person: given out as a file, and erased for ever.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};

use crate::access::{Action, Audience};
use crate::clock;
use crate::store::audit::{self, AuditAction, AuditRow};
use crate::store::{Error, Result as Stored, floor, logins, merges, people, person_data};
use crate::web::line::spaced;
use crate::web::pages::accounts::note;
use crate::web::pages::answer;
use crate::web::pages::shell::{Place, Shell};
use crate::web::problem::Problem;
use crate::web::session::{Posted, Visitor};
use crate::web::state::App;
use crate::web::words::{fill, people as words};

fn guard(visitor: &Visitor) -> Result<(), Problem> {
    if visitor.viewer.may(Action::Administrate) { Ok(()) } else { Err(Problem::missing("such page")) }
}

/// How a browser calls the file of somebody: an old one that reads no UTF-8 by what is plain in the name.
fn file_called(name: &str) -> Stored<HeaderValue> {
    let plain: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '.')).collect();
    let plain = if plain.trim().is_empty() { "person" } else { plain.trim() };
    let whole: String = name.chars().filter(|c| !matches!(c, '/' | '\\' | ':')).collect();
    let whole = format!("{}.json", whole.trim());
    let whole: String = whole
        .bytes()
        .map(|byte| match byte {
            b'.' | b'-' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect();
    HeaderValue::from_str(&format!("attachment; filename=\"{plain}.json\"; filename*=UTF-8''{whole}"))
        .map_err(Error::broken)
}

/// The file that somebody gets who asks what is known of them.
pub async fn export(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, Problem> {
    guard(&visitor)?;
    let (called, told) = app
        .write(move |tx| {
            let told = person_data::export(tx, &id)?;
            note(tx, &visitor, AuditAction::PersonExport, &id)?;
            let name = told["person"]["name"].as_str().unwrap_or_default();
            Ok((file_called(name)?, told))
        })
        .await?;
    let text = serde_json::to_string_pretty(&told).map_err(Error::broken)? + "\n";
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CONTENT_DISPOSITION, called);
    Ok(response)
}

#[derive(Template)]
#[template(path = "people/erase.html")]
struct Page {
    shell: Shell,
    w: &'static words::Words,
    person: String,
    stays: String,
    button: String,
}

/// What goes and what stays, before anything does.
pub async fn ask(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, Problem> {
    let page = app
        .read(move |tx| {
            let (w, of) = (visitor.words, visitor.words.of_people());
            let person = people::seen(tx, &visitor.viewer, &id)?;
            let title =
                person.as_ref().map_or(String::new(), |of_person| fill(of.erase_title, &[("name", &of_person.name)]));
            let shell = Shell::open(tx, &visitor, &Audience::Administrators, (Place::People, &title), clock::now())?;
            let person = person.ok_or_else(|| Error::Missing("such person".into()))?;
            let facts = merges::facts_of_people(tx)?.get(&person.id).copied().unwrap_or_default();
            Ok(Page {
                shell,
                w: of,
                stays: fill(of.erase_stays, &[("facts", &w.count(facts as usize))]),
                button: fill(of.erase_button, &[("name", &person.name)]),
                person: person.id,
            })
        })
        .await?;
    answer::page(&page)
}

/// Asked for the second time: the name has to be written.
pub async fn erase(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    guard(&posted.visitor)?;
    let id = posted.form.text("person").to_owned();
    let w = posted.visitor.words.of_people();
    if posted.visitor.person() == Some(&id) {
        return Err(Error::refused(w.erase_self).into());
    }
    app.erase_person(id.clone(), move |tx| {
        let person =
            people::seen(tx, &posted.visitor.viewer, &id)?.ok_or_else(|| Error::Missing("such person".into()))?;
        if spaced(&person.name).to_lowercase() != spaced(posted.form.text("name")).to_lowercase() {
            return Err(Error::at("name", w.not_the_name));
        }
        let all = logins::list(tx)?;
        let own = all.iter().find(|login| login.person.as_deref() == Some(&id));
        if own.is_some_and(|own| own.disabled.is_none() && super::is_last_admin(&all, own)) {
            return Err(Error::refused(posted.visitor.words.last_admin));
        }
        let facts = person_data::erase(tx, &id, clock::now())?;
        let row = AuditRow {
            at: clock::now().as_microsecond(),
            who: posted.visitor.viewer.name(),
            address: posted.visitor.address.clone(),
            what: AuditAction::PersonErase.name().into(),
            subject: Some(id),
            n: i64::try_from(facts).ok(),
        };
        audit::put(tx, &row)?;
        floor::changed(tx)
    })
    .await?;
    app.publisher.wake();
    Ok(answer::see("/people?done=erase"))
}
