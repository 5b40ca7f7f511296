//! `/settings`: one's own devices; for administrators tokens, the state of the backups, and what was done.

mod audit;
mod mails;
#[cfg(test)]
mod test;
mod you;

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use jiff::Timestamp;
use serde::Deserialize;

use super::accounts::{may, note};
use super::answer;
use super::shell::{Place, Shell, Toast};
use crate::access::{Action, Audience, TokenRole};
use crate::clock;
use crate::ops::nightly::{self, LastBackup};
use crate::store::audit::AuditAction;
use crate::store::tokens::{self, TokenRow};
use crate::store::{Error, Tx, figures, floor, sessions};
use crate::web::problem::Problem;
use crate::web::session::{Posted, Visitor};
use crate::web::state::App;
use crate::web::words::{fill, settings as words};

#[derive(Template)]
#[template(path = "settings/page.html")]
struct Page {
    shell: Shell,
    w: &'static words::Words,
    devices: Vec<Device>,
    runs: bool,
    tokens: Vec<Token>,
    /// Label and secret of a token that was just made.
    made: Option<(String, String)>,
    backup: String,
    audit: audit::Panel,
    you: you::Panel,
    mails: mails::Panel,
}

struct Device {
    id: String,
    name: String,
    since: String,
    this: bool,
}

struct Token {
    id: String,
    label: String,
    role: &'static str,
    line: String,
}

#[derive(Debug, Default, Deserialize)]
struct Params {
    ended: Option<String>,
    taken: Option<String>,
    mailed: Option<String>,
    said: Option<String>,
    changed: Option<String>,
    /// Of what was done: the day, and by whom.
    #[serde(default)]
    day: String,
    #[serde(default)]
    who: String,
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/settings", get(show))
        .route("/settings/mail", post(mails::choose))
        .route("/settings/you", post(you::choose))
        .route("/settings/password", post(you::change_password))
        .route("/settings/device", post(end_device))
        .route("/settings/token", post(make_token))
        .route("/settings/token/delete", post(delete_token))
}

fn missing() -> Error {
    Error::Missing("such page".into())
}

/// Where backups lie, and whether they do at all.
enum Backups {
    Server,
    Last(Option<LastBackup>),
}

async fn backups(app: &App) -> Backups {
    let store = app.store.clone();
    let last = tokio::task::spawn_blocking(move || nightly::last(&store).ok().and_then(|(last, _)| last)).await;
    match last.unwrap_or_default() {
        None if app.store.folder().is_none() => Backups::Server,
        last => Backups::Last(last),
    }
}

async fn show(State(app): State<App>, visitor: Visitor, Query(params): Query<Params>) -> Result<Response, Problem> {
    let (backups, sends) = (backups(&app).await, app.options.sends_mail);
    let page = app
        .read(move |tx| {
            let mut page = page(tx, &visitor, (&backups, sends), &params)?;
            let w = page.w;
            let done = [
                (params.ended, w.ended),
                (params.taken, w.taken),
                (params.mailed, page.mails.w.saved),
                (params.said, w.said),
                (params.changed, w.password_changed),
            ];
            let done = done.into_iter().find_map(|(asked, text)| asked.map(|_| text));
            page.shell.toast = done.map(|text| Toast { text: text.to_owned(), undo: None });
            Ok(page)
        })
        .await?;
    let mut response = answer::page(&page)?;
    if page.audit.wrong.is_some() {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

fn page(
    tx: &mut Tx<'_>,
    visitor: &Visitor,
    (backups, sends_mail): (&Backups, bool),
    params: &Params,
) -> Result<Page, Error> {
    let now = clock::now();
    let (w, of) = (visitor.words, visitor.words.of_settings());
    let runs = visitor.viewer.may(Action::Administrate);
    let shell = Shell::open(tx, visitor, &Audience::Own, (Place::Settings, w.settings), now)?;
    let tz = figures::zone(&floor::get(tx)?)?;
    let day = |at: i64| {
        let at = tz.to_datetime(Timestamp::from_microsecond(at).unwrap_or(now));
        w.day_and_time(at)
    };
    let devices = sessions::of_login(tx, &visitor.login.id, now.as_microsecond())?;
    let device = |(hash, row): (String, sessions::SessionRow)| Device {
        this: hash == visitor.hash,
        id: hash[..16.min(hash.len())].to_owned(),
        name: row.device.as_deref().and_then(device_name).unwrap_or_else(|| of.unknown.to_owned()),
        since: format!(
            "{} · {}",
            fill(of.since, &[("day", &day(row.made))]),
            fill(of.until, &[("day", &day(row.expires))])
        ),
    };
    let token = |row: TokenRow| Token {
        role: may(of, row.role),
        line: format!(
            "{} · {}",
            fill(of.made, &[("day", &day(row.made))]),
            row.expires.map_or_else(|| of.never.to_owned(), |at| fill(of.expires, &[("day", &day(at))]))
        ),
        label: row.label,
        id: row.id,
    };
    let (tokens, done) = match runs {
        true => (tokens::list(tx)?, audit::panel(tx, w, &tz, (&params.day, &params.who))?),
        false => (Vec::new(), audit::Panel::default()),
    };
    Ok(Page {
        mails: mails::panel(tx, visitor, sends_mail)?,
        devices: devices.into_iter().map(device).collect(),
        tokens: tokens.into_iter().map(token).collect(),
        made: None,
        backup: match backups {
            Backups::Server => of.backup_server.to_owned(),
            Backups::Last(None) => of.backup_none.to_owned(),
            Backups::Last(Some(last)) => {
                let [facts, people] = [last.facts, last.people].map(|n| w.count(n));
                let values = [("day", day(last.made.as_microsecond())), ("facts", facts), ("people", people)];
                let values: Vec<(&str, &str)> = values.iter().map(|(key, value)| (*key, value.as_str())).collect();
                fill(of.backup_last, &values)
            }
        },
        audit: done,
        you: you::panel(visitor),
        runs,
        shell,
        w: of,
    })
}

/// `Firefox, Windows`: what a browser says of itself, as people call it. `None`: it says nothing.
fn device_name(agent: &str) -> Option<String> {
    // Each of them names those before it too, so the most particular one comes first.
    let browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    let systems = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ];
    let of =
        |known: &[(&str, &'static str)]| known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    let found: Vec<&str> = [of(&browsers), of(&systems)].into_iter().flatten().collect();
    let short = || agent.split_whitespace().next().map(str::to_owned);
    if found.is_empty() { short() } else { Some(found.join(", ")) }
}

async fn end_device(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    app.write(move |tx| {
        let id = posted.form.text("device");
        // A short start would end more than one.
        let found = id.len() == 16 && sessions::end_of_login(tx, &posted.visitor.login.id, id)?;
        if found { Ok(()) } else { Err(missing()) }
    })
    .await?;
    Ok(answer::see("/settings?ended=1"))
}

/// Makes a token and shows it this once.
async fn make_token(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let (backups, sends) = (backups(&app).await, app.options.sends_mail);
    let now = clock::now();
    let page = app
        .write(move |tx| {
            let Posted { visitor, form } = &posted;
            let of = visitor.words.of_settings();
            if !visitor.viewer.may(Action::Administrate) {
                return Err(missing());
            }
            // One that may do everything is made on the command line only.
            let role = TokenRole::of(form.text("role")).filter(|role| *role != TokenRole::Admin);
            let role = role.ok_or_else(missing)?;
            let label = form.text("label");
            if label.is_empty() || label.chars().count() > tokens::MAX_LABEL {
                return Err(Error::at("label", of.bad_label));
            }
            let days = match form.text("days") {
                "" => None,
                text => {
                    let days: Option<i64> = text.parse().ok().filter(|days| (1..=3650).contains(days));
                    Some(days.ok_or_else(|| Error::at("days", &fill(of.bad_days, &[("n", text)])))?)
                }
            };
            let new = tokens::NewToken { role, scope: String::new(), label: label.to_owned(), days };
            let (_, secret) = tokens::issue(tx, new, now.as_microsecond())?;
            note(tx, visitor, AuditAction::TokenAdd, label)?;
            let mut page = page(tx, visitor, (&backups, sends), &Params::default())?;
            page.made = Some((fill(of.the_token, &[("label", label)]), secret));
            Ok(page)
        })
        .await?;
    answer::page(&page)
}

async fn delete_token(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    app.write(move |tx| {
        let Posted { visitor, form } = &posted;
        if !visitor.viewer.may(Action::Administrate) {
            return Err(missing());
        }
        let known = tokens::list(tx)?.into_iter().find(|row| row.id == form.text("id")).ok_or_else(missing)?;
        tokens::delete(tx, &known.id)?;
        note(tx, visitor, AuditAction::TokenRemove, &known.label)
    })
    .await?;
    Ok(answer::see("/settings?taken=1"))
}

#[cfg(test)]
mod tests {
    use super::device_name;

    #[test]
    fn a_device_is_called_as_people_call_it() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0";
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/604.1";
        let fox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        let names = [edge, phone, fox, "curl/8.1", ""].map(device_name);
        assert_eq!(
            names.map(Option::unwrap_or_default),
            ["Edge, Windows", "Safari, iPhone", "Firefox, Linux", "curl/8.1", ""]
        );
    }
}
