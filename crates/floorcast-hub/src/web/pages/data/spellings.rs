//! Names that may be one person's: merged or told apart by an administrator, and either taken back.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use salesfloor::facts::{Aggregate, Scope};
use salesfloor::figures::Value;
use salesfloor::period::PeriodKind;

use crate::access::{Action, Viewer};
use crate::clock;
use crate::sources::spelling;
use crate::store::audit::AuditAction;
use crate::store::people::{self, PersonRow};
use crate::store::{Result as Stored, Tx, merges};
use crate::web::pages::accounts::note;
use crate::web::pages::numbers::Numbers;
use crate::web::pages::{answer, floor};
use crate::web::problem::Problem;
use crate::web::session::{Posted, Visitor};
use crate::web::state::App;
use crate::web::words::fill;

/// Pairs on the page at once: the next ones come when these are settled.
const MAX_PAIRS: usize = 5;

/// Two who may be one; the first would stay.
pub struct Pair {
    pub kept: Side,
    pub gone: Side,
    pub what: String,
    pub button: String,
}

pub struct Side {
    pub id: String,
    pub name: String,
    pub about: String,
}

/// # Errors
/// The store's.
pub fn pairs(tx: &mut Tx<'_>, visitor: &Visitor, now: Timestamp) -> Stored<Vec<Pair>> {
    let groups = spelling::proposals(tx)?;
    if groups.is_empty() {
        return Ok(Vec::new());
    }
    let (w, of) = (visitor.words, visitor.words.of_data());
    let loaded = floor::load(tx, &Viewer::Publisher, now)?;
    let figures = loaded.at(now);
    let metric = loaded
        .ranked()
        .into_iter()
        .find(|id| matches!(loaded.floor.metric(*id).aggregate, Aggregate::Sum | Aggregate::Count));
    let month = figures.span(figures.current(PeriodKind::Month));
    let counts = merges::facts_of_people(tx)?;
    let n_of = |id: &str| counts.get(id).copied().unwrap_or(0);
    let mut pairs = Vec::new();
    for mut group in groups {
        // Who has more facts stays.
        group.sort_by_key(|person| std::cmp::Reverse(n_of(&person.id)));
        let Some((kept, others)) = group.split_first() else { continue };
        for gone in others {
            let team = |person: &PersonRow| {
                let id = loaded.person(&person.id)?;
                let team = loaded.floor.person(id).team_on(figures.today())?;
                Some(loaded.floor.team(team).name.clone())
            };
            let side = |person: &PersonRow| Side {
                id: person.id.clone(),
                name: person.name.clone(),
                about: format!(
                    "{} · {}",
                    team(person).unwrap_or_else(|| w.no_team.to_owned()),
                    fill(w.n_facts, &[("n", &w.count(n_of(&person.id)))])
                ),
            };
            let value = |person: &PersonRow| {
                let who = Scope::Person(loaded.person(&person.id)?);
                Some(figures.value(metric?, who, month).map_or(0.0, Value::as_f64))
            };
            let what = match (metric, value(kept), value(gone)) {
                (Some(metric), Some(own), Some(more)) => {
                    let numbers = Numbers::of(loaded.floor.metric(metric), &[own, own + more], w.lang);
                    let values = [
                        ("metric", loaded.floor.metric(metric).label.as_str()),
                        ("name", &kept.name),
                        ("from", &numbers.write(own)),
                        ("to", &numbers.write(own + more)),
                        ("unit", &numbers.unit()),
                    ];
                    fill(of.merge_changes, &values).replace(" )", ")").replace(" ()", "").replace("（）", "")
                }
                _ => String::new(),
            };
            pairs.push(Pair {
                what,
                button: fill(of.merge_into, &[("name", &kept.name)]),
                kept: side(kept),
                gone: side(gone),
            });
        }
    }
    let apart = merges::told_apart(tx)?;
    pairs.retain(|pair| {
        !apart.iter().any(|(one, other)| {
            (one == &pair.kept.id && other == &pair.gone.id) || (one == &pair.gone.id && other == &pair.kept.id)
        })
    });
    pairs.truncate(MAX_PAIRS);
    Ok(pairs)
}

fn guard(posted: &Posted) -> Result<(), Problem> {
    match posted.visitor.viewer.may(Action::Administrate) {
        true => Ok(()),
        false => Err(Problem::missing("such page")),
    }
}

/// Makes one person of two, or says that they are two.
pub async fn settle(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    guard(&posted)?;
    let (kept, gone) = (posted.form.text("kept").to_owned(), posted.form.text("gone").to_owned());
    if posted.form.text("do") == "two" {
        let pair = format!("{kept}/{gone}");
        app.write(move |tx| {
            merges::tell_apart(tx, &kept, &gone)?;
            let name = people::seen(tx, &posted.visitor.viewer, &kept)?.map(|person| person.name).unwrap_or_default();
            note(tx, &posted.visitor, AuditAction::PeopleApart, &name)
        })
        .await?;
        return Ok(answer::see(&format!(
            "/data?two={}",
            form_urlencoded::byte_serialize(pair.as_bytes()).collect::<String>()
        )));
    }
    let id = app
        .merge_people(move |tx| {
            let merged = spelling::merge(tx, &kept, &gone, &posted.visitor.viewer, clock::now())?.0;
            note(tx, &posted.visitor, AuditAction::PeopleMerge, &kept)?;
            Ok((merged, kept, gone))
        })
        .await?;
    app.publisher.wake();
    Ok(answer::see(&format!("/data?merged={id}")))
}

/// Makes them two again; or proposes again what was told apart.
pub async fn take_back(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    guard(&posted)?;
    let what = posted.form.text("what").to_owned();
    match what.split_once('/') {
        Some((one, other)) => {
            let (one, other) = (one.to_owned(), other.to_owned());
            app.write(move |tx| merges::propose_again(tx, &one, &other)).await?;
        }
        None => {
            app.part_people(what.clone(), move |tx| note(tx, &posted.visitor, AuditAction::PeoplePart, &what)).await?;
        }
    }
    app.publisher.wake();
    Ok(answer::see("/data?parted=1"))
}
