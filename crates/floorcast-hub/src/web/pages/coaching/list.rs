//! `/coaching`: what somebody has to prepare, what waits for an answer, what is due, and every session that they may read.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::is_overdue;
use crate::access::{Audience, Viewer};
use crate::clock;
use crate::store::private::sessions::{self, Item, ItemKind, SessionRow, State as Stage};
use crate::store::private::templates;
use crate::store::{erased, figures, floor, people};
use crate::web::pages::answer;
use crate::web::pages::shell::{Place, Shell, monogram};
use crate::web::problem::Problem;
use crate::web::session::Visitor;
use crate::web::state::App;
use crate::web::words::{coaching as words, fill};

#[derive(Template)]
#[template(path = "coaching/list.html")]
struct Page {
    shell: Shell,
    w: &'static words::Words,
    hint: &'static str,
    coaches: bool,
    templates: Vec<(String, String)>,
    prepare: Vec<Prepare>,
    due: Vec<Due>,
    sessions: Vec<Line>,
}

struct Prepare {
    id: String,
    name: String,
    monogram: String,
    last: String,
    button: String,
}

struct Due {
    href: String,
    name: String,
    what: String,
    day: String,
    overdue: bool,
}

struct Line {
    href: String,
    title: String,
    with: String,
    day: String,
    state: &'static str,
    class: &'static str,
}

pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Problem> {
    let now = clock::now();
    let (w, of) = (visitor.words, visitor.words.of_coaching());
    let me = visitor.person().map(str::to_owned);
    let found = match me.clone() {
        None => None,
        Some(me) => Some(
            app.read_private(move |tx| {
                let mut all: Vec<(Vec<Item>, SessionRow)> = Vec::new();
                for session in sessions::list(tx, &me, None)? {
                    all.push((sessions::items(tx, &session)?, session));
                }
                let templates = templates::list(tx)?.into_iter().map(|of| (of.id, of.title));
                let templates: Vec<(String, String)> = templates.collect();
                Ok((all, templates))
            })
            .await?,
        ),
    };
    let (all, templates) = found.unwrap_or_default();
    let page = app
        .read(move |tx| {
            let shell = Shell::open(tx, &visitor, &Audience::Own, (Place::Coaching, w.coaching), now)?;
            let tz = figures::zone(&floor::get(tx)?)?;
            let today = tz.to_datetime(now).date();
            let names: HashMap<String, String> =
                people::list(tx, &Viewer::Publisher)?.into_iter().map(|person| (person.id, person.name)).collect();
            let name = |id: &str| names.get(id).cloned().unwrap_or_else(|| "–".into());
            let me = me.unwrap_or_default();
            let day = |at: i64| day_of(at, &tz).map(|day| w.short_day(day)).unwrap_or_default();
            let mut mine: Vec<String> = Vec::new();
            for member in people::memberships(tx, &Viewer::Publisher)? {
                let now_in = member.until.as_ref().is_none_or(|until| *until > today.to_string());
                if now_in && visitor.viewer.coaches(std::slice::from_ref(&member.team)) && member.person != me {
                    mine.push(member.person);
                }
            }
            mine.sort();
            mine.dedup();
            // Of whoever was erased a row without a name stays in the team.
            let erased = erased::ids(tx)?;
            mine.retain(|id| !erased.contains(id));
            // Whose last session is the longest ago comes first.
            let last = |id: &str| all.iter().filter(|(_, of)| of.person == id).filter_map(|(_, of)| of.sent).max();
            let drafted = |id: &str| all.iter().any(|(_, of)| of.person == id && of.state == Stage::Draft);
            mine.retain(|id| !drafted(id));
            mine.sort_by_key(|id| (last(id), name(id)));
            let prepare = mine
                .iter()
                .map(|id| Prepare {
                    id: id.clone(),
                    name: name(id),
                    monogram: monogram(&name(id)),
                    last: last(id).map_or_else(|| of.never.to_owned(), |at| fill(of.last_on, &[("day", &day(at))])),
                    button: fill(of.begin, &[("name", &name(id))]),
                })
                .collect();
            let soon = today.saturating_add(7.days()).to_string();
            let mut due: Vec<(String, Due)> = Vec::new();
            for (items, session) in all.iter().filter(|(_, session)| session.state != Stage::Draft) {
                let open = |item: &&Item| item.kind == ItemKind::Action && item.done.is_none() && !item.carried;
                for item in items.iter().filter(open) {
                    let Some(day) = item.due.clone().filter(|day| *day <= soon) else { continue };
                    let written = day.parse().map_or_else(|_| day.clone(), |day| w.short_day(day));
                    let who = item.who.as_deref().unwrap_or(&session.person);
                    let href = format!("/coaching/{}", session.id);
                    let overdue = is_overdue(item, today);
                    let written = if overdue { fill(of.overdue, &[("day", &written)]) } else { written };
                    due.push((day, Due { href, name: name(who), what: item.body.clone(), day: written, overdue }));
                }
            }
            due.sort_by(|a, b| a.0.cmp(&b.0));
            let line = |(_, session): &(Vec<Item>, SessionRow)| {
                let other = if session.person == me { &session.coach } else { &session.person };
                Line {
                    href: format!("/coaching/{}", session.id),
                    title: session.title.clone(),
                    with: name(other),
                    day: day(session.sent.unwrap_or(session.drafted)),
                    state: state_word(of, session.state),
                    class: state_class(session.state),
                }
            };
            let coaches = matches!(&visitor.viewer, Viewer::Person { person: Some(_), teams, .. } if !teams.is_empty());
            let hint = match (visitor.person(), coaches) {
                (None, _) => of.nobody,
                (_, true) => of.hint,
                (_, false) => of.hint_person,
            };
            Ok(Page {
                shell,
                w: of,
                hint,
                coaches,
                templates,
                prepare,
                due: due.into_iter().map(|(_, due)| due).collect(),
                sessions: all.iter().map(line).collect(),
            })
        })
        .await?;
    answer::page(&page)
}

pub fn day_of(at: i64, tz: &TimeZone) -> Option<jiff::civil::Date> {
    Some(tz.to_datetime(Timestamp::from_microsecond(at).ok()?).date())
}

pub fn state_word(w: &words::Words, state: Stage) -> &'static str {
    match state {
        Stage::Draft => w.draft,
        Stage::Sent => w.sent,
        Stage::Read => w.read,
        Stage::Answered => w.answered,
        Stage::Closed => w.closed,
    }
}

fn state_class(state: Stage) -> &'static str {
    match state {
        Stage::Draft | Stage::Closed => "pill",
        Stage::Sent | Stage::Read => "pill up",
        Stage::Answered => "pill done",
    }
}
