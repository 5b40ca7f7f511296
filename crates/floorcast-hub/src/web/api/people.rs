//! `/api/v1/people` and `/teams`: who there is.

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::audited::audited;
use super::extract::{Fields, FloorAdmin, JsonBody, Page, PageQuery, PathId, QueryParams, no_content};
use super::figures::may_read;
use crate::clock;
use crate::random;
use crate::store::audit::AuditAction;
use crate::store::people::{self, Membership, PersonRow};
use crate::store::records::Key;
use crate::store::teams::{self, TeamRow};
use crate::store::{Error, Result as Stored, Tx, figures, floor};
use crate::web::line::spaced;
use crate::web::problem::Problem;
use crate::web::state::App;
use crate::web::viewer::RequestViewer;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PersonOut {
    id: String,
    name: String,
    /// The team of today.
    team: Option<String>,
}

/// Somebody new.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPerson {
    #[schema(min_length = 1, max_length = 80)]
    name: String,
    /// Id of a team.
    team: Option<String>,
    #[schema(max_length = 200)]
    email: Option<String>,
    /// First day at work.
    #[schema(format = Date)]
    started: Option<String>,
}

/// What is to be different; what is left out stays.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonChange {
    #[schema(min_length = 1, max_length = 80)]
    name: Option<String>,
    /// Id of a team; the person leaves the old one today.
    team: Option<String>,
    #[schema(max_length = 200)]
    email: Option<String>,
    #[schema(format = Date)]
    started: Option<String>,
    /// First day on which the person no longer works here.
    #[schema(format = Date)]
    ended: Option<String>,
    /// `name` or `hidden`: how the person appears on walls.
    #[schema(pattern = "^(name|hidden)$")]
    shown: Option<String>,
}

fn out(of: PersonRow, members: &[Membership]) -> PersonOut {
    let team = members.iter().rev().find(|m| m.person == of.id && m.until.is_none()).map(|m| m.team.clone());
    PersonOut { team, id: of.id, name: of.name }
}

/// The people whom the token may see, by name.
#[utoipa::path(get, path = "/api/v1/people", params(PageQuery), security(("token" = [])), responses((status = 200, description = "By name.", body = Vec<PersonOut>)))]
pub async fn list(
    State(app): State<App>,
    RequestViewer(viewer): RequestViewer,
    QueryParams(query): QueryParams<PageQuery>,
) -> Result<Page<PersonOut>, Problem> {
    may_read(&viewer)?;
    let all = app.read(move |tx| {
        let members = people::memberships(tx, &viewer)?;
        Ok(people::list(tx, &viewer)?.into_iter().map(|of| out(of, &members)).collect())
    });
    Page::of(all.await?, |of| of.id.as_str(), &query)
}

fn known(tx: &mut Tx<'_>, team: &str) -> Stored<()> {
    teams::get(tx, team)?.ok_or_else(|| Error::Refused(format!("team: there is no team {team:?}"))).map(|_| ())
}

/// Into a team from today on.
fn join(tx: &mut Tx<'_>, person: &str, team: &str) -> Stored<()> {
    known(tx, team)?;
    let tz = figures::zone(&floor::get(tx)?)?;
    let today = tz.to_datetime(clock::now()).date().to_string();
    people::join(tx, person, Some(team), &today)
}

/// Adds somebody.
#[utoipa::path(post, path = "/api/v1/people", request_body = NewPerson, security(("token" = [])), responses((status = 201, description = "Added.", body = PersonOut)))]
pub async fn add(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    JsonBody(given): JsonBody<NewPerson>,
) -> Result<Response, Problem> {
    let mut fields = Fields::default();
    fields.text("name", &given.name, 80);
    if let Some(email) = &given.email {
        fields.text("email", email, 200);
    }
    let started = given.started.as_ref().and_then(|day| fields.day("started", day));
    fields.done()?;
    let made = audited(&app, viewer, AuditAction::PersonAdd, move |tx| {
        let id = random::id('p').map_err(Error::broken)?;
        let row = PersonRow {
            id: id.clone(),
            name: spaced(&given.name),
            email: given.email,
            started: started.map(|day| day.to_string()),
            shown: "name".into(),
            ..PersonRow::default()
        };
        people::put(tx, &row)?;
        if let Some(team) = &given.team {
            known(tx, team)?;
            people::begin_in(tx, &id, team)?;
        }
        Ok((id, PersonOut { id: row.id, name: row.name, team: given.team }))
    });
    Ok((axum::http::StatusCode::CREATED, axum::Json(made.await?)).into_response())
}

/// Changes somebody.
#[utoipa::path(patch, path = "/api/v1/people/{id}", params(("id" = String, Path)), request_body = PersonChange, security(("token" = [])), responses((status = 200, description = "As the person is now.", body = PersonOut)))]
pub async fn change(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    PathId(id): PathId,
    JsonBody(given): JsonBody<PersonChange>,
) -> Result<axum::Json<PersonOut>, Problem> {
    let mut fields = Fields::default();
    for (field, text, most) in [("name", &given.name, 80), ("email", &given.email, 200)] {
        if let Some(text) = text {
            fields.text(field, text, most);
        }
    }
    let mut day = |field: &str, text: &Option<String>| {
        text.as_ref().and_then(|text| fields.day(field, text)).map(|day| day.to_string())
    };
    let (started, ended) = (day("started", &given.started), day("ended", &given.ended));
    if let Some(shown) = &given.shown {
        fields.word("shown", shown, &["name", "hidden"]);
    }
    fields.done()?;
    let gave_ended = ended.is_some();
    let made = audited(&app, viewer.clone(), AuditAction::PersonChange, move |tx| {
        let before = people::seen(tx, &viewer, &id)?.ok_or_else(|| Error::Missing(format!("person {id:?}")))?;
        let row = PersonRow {
            name: given.name.map_or(before.name.clone(), |name| spaced(&name)),
            email: given.email.or(before.email.clone()),
            started: started.or(before.started.clone()),
            ended: ended.or(before.ended.clone()),
            shown: given.shown.unwrap_or_else(|| before.shown.clone()),
            ..before
        };
        // Days are written alike, so that they compare as they follow each other.
        if let (Some(started), Some(ended)) = (&row.started, &row.ended)
            && ended < started
        {
            let field = if gave_ended { "ended" } else { "started" };
            let why = format!("nobody leaves before the first day: came started {started} and ended {ended}");
            return Err(Error::at(field, &why));
        }
        people::put(tx, &row)?;
        if let Some(team) = &given.team {
            join(tx, &id, team)?;
        }
        let members = people::memberships(tx, &viewer)?;
        Ok((id, out(row, &members)))
    });
    Ok(axum::Json(made.await?))
}

/// Takes somebody away on whom nothing hangs: no facts, no goals, no account.
#[utoipa::path(delete, path = "/api/v1/people/{id}", params(("id" = String, Path)), security(("token" = [])), responses((status = 204, description = "Gone.")))]
pub async fn remove(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    PathId(id): PathId,
) -> Result<Response, Problem> {
    audited(&app, viewer.clone(), AuditAction::PersonRemove, move |tx| {
        people::seen(tx, &viewer, &id)?.ok_or_else(|| Error::Missing(format!("person {id:?}")))?;
        match Key::Person(id.clone()).delete(tx)? {
            None => Ok((id, ())),
            Some(why) => Err(Error::Refused(format!("{why}: say when the person left with `ended`"))),
        }
    })
    .await?;
    Ok(no_content())
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TeamOut {
    id: String,
    name: String,
    lead: Option<String>,
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTeam {
    #[schema(min_length = 1, max_length = 80)]
    name: String,
    /// Who leads it, in words.
    #[schema(max_length = 80)]
    lead: Option<String>,
    /// `#RRGGBB`.
    #[schema(pattern = "^#[0-9A-Fa-f]{6}$")]
    color: Option<String>,
}

fn team(of: TeamRow) -> TeamOut {
    TeamOut { id: of.id, name: of.name, lead: of.lead }
}

/// The teams of the floor, by name.
#[utoipa::path(get, path = "/api/v1/teams", params(PageQuery), security(("token" = [])), responses((status = 200, description = "By name.", body = Vec<TeamOut>)))]
pub async fn teams(
    State(app): State<App>,
    RequestViewer(viewer): RequestViewer,
    QueryParams(query): QueryParams<PageQuery>,
) -> Result<Page<TeamOut>, Problem> {
    may_read(&viewer)?;
    let all = app.read(teams::list).await?.into_iter().map(team).collect();
    Page::of(all, |of| of.id.as_str(), &query)
}

fn checked(given: &NewTeam) -> Result<(), Problem> {
    let mut fields = Fields::default();
    fields.text("name", &given.name, 80);
    if let Some(lead) = &given.lead {
        fields.text("lead", lead, 80);
    }
    let is_color = |text: &String| {
        text.len() == 7 && text.starts_with('#') && text.bytes().skip(1).all(|byte| byte.is_ascii_hexdigit())
    };
    if given.color.as_ref().is_some_and(|color| !is_color(color)) {
        fields.wrong("color", "expected #RRGGBB");
    }
    fields.done()
}

fn named(tx: &mut Tx<'_>, id: &str, name: &str) -> Stored<()> {
    match teams::list(tx)?.iter().find(|of| of.name == name && of.id != id) {
        Some(other) => Err(Error::Refused(format!("name: the team {} has this name already", other.id))),
        None => Ok(()),
    }
}

/// Adds a team.
#[utoipa::path(post, path = "/api/v1/teams", request_body = NewTeam, security(("token" = [])), responses((status = 201, description = "Added.", body = TeamOut)))]
pub async fn add_team(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    JsonBody(given): JsonBody<NewTeam>,
) -> Result<Response, Problem> {
    checked(&given)?;
    let made = audited(&app, viewer, AuditAction::TeamAdd, move |tx| {
        let id = random::id('t').map_err(Error::broken)?;
        let row = TeamRow { id: id.clone(), name: spaced(&given.name), lead: given.lead, color: given.color };
        named(tx, &id, &row.name)?;
        teams::put(tx, &row)?;
        Ok((id, team(row)))
    });
    Ok((axum::http::StatusCode::CREATED, axum::Json(made.await?)).into_response())
}

/// Puts another name, lead and colour in the place of a team's.
#[utoipa::path(put, path = "/api/v1/teams/{id}", params(("id" = String, Path)), request_body = NewTeam, security(("token" = [])), responses((status = 200, description = "As it is now.", body = TeamOut)))]
pub async fn change_team(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    PathId(id): PathId,
    JsonBody(given): JsonBody<NewTeam>,
) -> Result<axum::Json<TeamOut>, Problem> {
    checked(&given)?;
    let made = audited(&app, viewer, AuditAction::TeamChange, move |tx| {
        teams::get(tx, &id)?.ok_or_else(|| Error::Missing(format!("team {id:?}")))?;
        let row = TeamRow { id: id.clone(), name: spaced(&given.name), lead: given.lead, color: given.color };
        named(tx, &id, &row.name)?;
        teams::put(tx, &row)?;
        Ok((id, team(row)))
    });
    Ok(axum::Json(made.await?))
}

/// Takes a team away in which nobody is or was.
#[utoipa::path(delete, path = "/api/v1/teams/{id}", params(("id" = String, Path)), security(("token" = [])), responses((status = 204, description = "Gone.")))]
pub async fn remove_team(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    PathId(id): PathId,
) -> Result<Response, Problem> {
    audited(&app, viewer, AuditAction::TeamRemove, move |tx| {
        teams::get(tx, &id)?.ok_or_else(|| Error::Missing(format!("team {id:?}")))?;
        match Key::Team(id.clone()).delete(tx)? {
            None => Ok((id, ())),
            Some(why) => Err(Error::refused(why)),
        }
    })
    .await?;
    Ok(no_content())
}
