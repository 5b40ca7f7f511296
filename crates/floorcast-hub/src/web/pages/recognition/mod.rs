//! `/recognition`: shout-outs, which everybody may give and take back; and rules, seen on last month's facts before they hold.

mod preview;
mod shout;
#[cfg(test)]
mod test;

pub use shout::{Shout, for_me, list, people, said};

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;

use super::accounts::note;
use super::amounts::{major, minor};
use super::answer;
use super::shell::{Place, Shell, Toast, UndoForm};
use crate::access::Audience;
use crate::clock;
use crate::store::audit::AuditAction;
use crate::store::rules::{self, KINDS, RuleRow};
use crate::store::{Error, Tx, figures, floor, metrics};
use crate::web::problem::Problem;
use crate::web::session::{Posted, Visitor};
use crate::web::state::App;
use crate::web::words::{fill, recognition as words};

#[derive(Template)]
#[template(path = "recognition/page.html")]
struct Page {
    shell: Shell,
    w: &'static words::Words,
    may_shout: bool,
    people: Vec<(String, String)>,
    shouts: Vec<Shout>,
    manages: bool,
    rules: Vec<Rule>,
    preview: Option<preview::Preview>,
}

struct Rule {
    kind: &'static str,
    label: &'static str,
    amount: Option<String>,
    on: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Params {
    said: Option<String>,
    withdrawn: Option<String>,
    back: Option<String>,
    preview: Option<String>,
    deal: Option<String>,
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/recognition", get(show))
        .route("/recognition/shout", post(shout::give))
        .route("/recognition/withdraw", post(shout::withdraw))
        .route("/recognition/rule", post(rule))
}

fn missing() -> Error {
    Error::Missing("such page".into())
}

async fn show(State(app): State<App>, visitor: Visitor, Query(params): Query<Params>) -> Result<Response, Problem> {
    let now = clock::now();
    let page = app
        .read(move |tx| {
            let (w, of) = (visitor.words, visitor.words.of_recognition());
            let mut shell = Shell::open(tx, &visitor, &Audience::Floor, (Place::Recognition, w.recognition), now)?;
            let undo = |value: &String| UndoForm { action: "/recognition/withdraw", field: "id", value: value.clone() };
            shell.toast = match (&params.said, &params.withdrawn, &params.back) {
                (Some(id), _, _) => Some(said(w, id)),
                (_, Some(id), _) => Some(Toast { text: of.withdrawn.to_owned(), undo: Some(undo(id)) }),
                (_, _, Some(_)) => Some(Toast { text: of.back_again.to_owned(), undo: None }),
                _ => None,
            };
            let manages = Audience::Managers.includes(&visitor.viewer);
            let rules = if manages { rule_lines(tx, &visitor)? } else { Vec::new() };
            let preview = match (&params.preview, manages) {
                (Some(_), true) => Some(preview::preview(tx, &visitor, params.deal.as_deref(), now)?),
                _ => None,
            };
            Ok(Page {
                w: of,
                may_shout: visitor.person().is_some(),
                people: shout::people(tx, &visitor)?,
                shouts: shout::list(tx, &visitor, now)?,
                manages,
                rules,
                preview,
                shell,
            })
        })
        .await?;
    answer::page(&page)
}

/// What is celebrated, as a page says it.
pub fn label(w: &words::Words, kind: &str) -> &'static str {
    match kind {
        "deal" => w.deal,
        "goal" => w.goal,
        "leader" => w.leader,
        "first_deal" => w.first_deal,
        _ => w.best,
    }
}

/// Each kind once, as it stands.
fn rule_lines(tx: &mut Tx<'_>, visitor: &Visitor) -> Result<Vec<Rule>, Error> {
    let (w, of) = (visitor.words, visitor.words.of_recognition());
    let known = rules::list(tx)?;
    let tz = figures::zone(&floor::get(tx)?)?;
    let decimals = metrics::get(tx, "won")?.map_or(0, |of| of.decimals);
    let day = |at: i64| jiff::Timestamp::from_microsecond(at).map(|at| w.short_day(tz.to_datetime(at).date()));
    let line = |kind: &'static str| {
        let rule = known.iter().find(|rule| rule.kind == kind);
        let on = rule.filter(|rule| rule.paused.is_none());
        let amount = rule.and_then(|rule| rule.at_least).map_or_else(|| "10000".to_owned(), |n| major(n, decimals));
        Rule {
            kind,
            label: label(of, kind),
            amount: (kind == "deal").then_some(amount),
            on: on.and_then(|rule| day(rule.since).ok()).map(|day| fill(of.on, &[("day", &day)])),
        }
    };
    Ok(KINDS.into_iter().map(line).collect())
}

/// Switches a rule on from now, or off.
async fn rule(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let now = clock::now().as_microsecond();
    app.write(move |tx| {
        let Posted { visitor, form } = &posted;
        let kind = KINDS.into_iter().find(|kind| *kind == form.text("kind")).ok_or_else(missing)?;
        if !Audience::Managers.includes(&visitor.viewer) {
            return Err(missing());
        }
        let known = rules::list(tx)?.into_iter().find(|rule| rule.kind == kind);
        let mut rule = known.unwrap_or_else(|| RuleRow { id: kind.into(), kind: kind.into(), ..RuleRow::default() });
        if form.text("do") == "off" {
            rule.paused = Some(now);
        } else {
            if kind == "deal" {
                let decimals = metrics::get(tx, "won")?.map_or(0, |of| of.decimals);
                let text = form.text("amount");
                let wrong = || Error::at("amount", &fill(visitor.words.of_recognition().bad_amount, &[("n", text)]));
                rule.at_least = Some(minor(text, decimals).ok_or_else(wrong)?);
            }
            (rule.since, rule.paused) = (now, None);
        }
        rules::put(tx, &rule)?;
        let action = if rule.paused.is_some() { AuditAction::RuleOff } else { AuditAction::RuleOn };
        note(tx, visitor, action, kind)
    })
    .await?;
    Ok(answer::see("/recognition"))
}
