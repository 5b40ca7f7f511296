//! One person of two: what would happen, and doing it.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

use super::{team_names, today};
use crate::access::{Action, Audience, Viewer};
use crate::clock;
use crate::sources::spelling;
use crate::store::audit::AuditAction;
use crate::store::people::{self, PersonRow};
use crate::store::{Error, merges};
use crate::web::pages::accounts::note;
use crate::web::pages::answer;
use crate::web::pages::shell::{Place, Shell};
use crate::web::problem::Problem;
use crate::web::session::{Posted, Visitor};
use crate::web::state::App;
use crate::web::words::{fill, people as words};

#[derive(Template)]
#[template(path = "people/merge.html")]
struct Page {
    shell: Shell,
    w: &'static words::Words,
    kept: String,
    gone: String,
    lines: Vec<String>,
    /// Of whoever stays, and of the other.
    names: [String; 2],
    /// Empty: it cannot be done.
    button: String,
}

#[derive(Debug, Default, Deserialize)]
pub struct Params {
    #[serde(default)]
    with: String,
}

pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(params): Query<Params>,
) -> Result<Response, Problem> {
    let page = app
        .read(move |tx| {
            let (w, of) = (visitor.words, visitor.words.of_people());
            let shell =
                Shell::open(tx, &visitor, &Audience::Administrators, (Place::People, of.merge_title), clock::now())?;
            let missing = || Error::Missing("such person".into());
            let kept = people::seen(tx, &visitor.viewer, &id)?.ok_or_else(missing)?;
            let gone = people::seen(tx, &visitor.viewer, &params.with)?.filter(|gone| gone.id != kept.id);
            let gone = gone.ok_or_else(missing)?;
            // Whoever has an account, goals or a plan is the one who stays.
            let in_use = [merges::is_in_use(tx, &kept.id)?, merges::is_in_use(tx, &gone.id)?];
            let (kept, gone) = if in_use == [false, true] { (gone, kept) } else { (kept, gone) };
            let facts: HashMap<String, i64> = merges::facts_of_people(tx)?;
            let n = |person: &PersonRow| w.count(facts.get(&person.id).copied().unwrap_or_default() as usize);
            let day = today(tx)?;
            let team = team_names(tx, day)?.remove(&kept.id).unwrap_or_else(|| w.no_team.to_owned());
            let keys = people::all_keys(tx, &gone.id)?;
            let keys = match keys.is_empty() {
                true => of.no_keys.to_owned(),
                false => keys.iter().map(|of| format!("{}: {}", of.source, of.key)).collect::<Vec<_>>().join(" · "),
            };
            let mut lines = vec![
                fill(of.stays, &[("name", &kept.name), ("facts", &n(&kept)), ("team", &team)]),
                fill(of.goes, &[("name", &gone.name), ("facts", &n(&gone)), ("keys", &keys)]),
            ];
            let mut button = String::new();
            if in_use == [true, true] {
                lines.push(of.merge_both.to_owned());
            } else {
                lines.extend([of.merge_private.to_owned(), of.merge_undo.to_owned()]);
                button = of.merge_button.to_owned();
            }
            Ok(Page { shell, w: of, kept: kept.id, gone: gone.id, names: [kept.name, gone.name], lines, button })
        })
        .await?;
    answer::page(&page)
}

pub async fn merge(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    if !posted.visitor.viewer.may(Action::Administrate) {
        return Err(Problem::missing("such page"));
    }
    let (kept, gone) = (posted.form.text("kept").to_owned(), posted.form.text("gone").to_owned());
    let back = kept.clone();
    let id = app
        .merge_people(move |tx| {
            let seen = people::seen(tx, &Viewer::Owner, &gone)?;
            seen.ok_or_else(|| Error::Missing("such person".into()))?;
            let merged = spelling::merge(tx, &kept, &gone, &posted.visitor.viewer, clock::now())?.0;
            if posted.form.text("name") == "gone" {
                merges::take_name(tx, &merged)?;
            }
            note(tx, &posted.visitor, AuditAction::PeopleMerge, &kept)?;
            Ok((merged, kept, gone))
        })
        .await?;
    app.publisher.wake();
    Ok(answer::see(&format!("/people?who={back}&merged={id}#open")))
}
