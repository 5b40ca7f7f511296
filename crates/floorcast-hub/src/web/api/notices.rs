//! `/api/v1/notices`: messages to everybody or to a team.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::audited::audited;
use super::extract::{Fields, FloorAdmin, JsonBody, Page, PageQuery, PathId, QueryParams, no_content, rfc3339};
use crate::random;
use crate::store::audit::AuditAction;
use crate::store::words::{self, NoticeRow};
use crate::store::{Error, teams};
use crate::web::problem::Problem;
use crate::web::state::App;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// Made by the hub.
    #[serde(default)]
    #[schema(read_only)]
    id: String,
    #[schema(min_length = 1, max_length = 120)]
    title: String,
    #[serde(default)]
    #[schema(max_length = 500)]
    text: String,
    /// Who signs it.
    #[schema(max_length = 80)]
    from: Option<String>,
    /// Id of the team for whose screens it is; without one it is for all.
    team: Option<String>,
    /// RFC 3339.
    starts: Option<String>,
    /// RFC 3339.
    ends: Option<String>,
}

fn message(of: NoticeRow) -> Message {
    Message {
        id: of.id,
        title: of.title,
        text: of.body,
        from: of.from_whom,
        team: of.team,
        starts: of.starts.map(rfc3339),
        ends: of.ends.map(rfc3339),
    }
}

/// All messages.
#[utoipa::path(get, path = "/api/v1/notices", params(PageQuery), security(("token" = [])), responses((status = 200, description = "By title.", body = Vec<Message>)))]
pub async fn list_notices(
    State(app): State<App>,
    FloorAdmin(_): FloorAdmin,
    QueryParams(query): QueryParams<PageQuery>,
) -> Result<Page<Message>, Problem> {
    let all = app.read(words::notices).await?.into_iter().map(message).collect();
    Page::of(all, |of: &Message| of.id.as_str(), &query)
}

/// Puts up a message.
#[utoipa::path(post, path = "/api/v1/notices", request_body = Message, security(("token" = [])), responses((status = 201, description = "It is up.", body = Message)))]
pub async fn add_notice(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    JsonBody(given): JsonBody<Message>,
) -> Result<Response, Problem> {
    let mut fields = Fields::default();
    fields.text("title", &given.title, 120);
    if given.text.chars().count() > 500 || given.text.contains('\0') {
        fields.wrong("text", "at most 500 characters are expected");
    }
    if let Some(from) = &given.from {
        fields.text("from", from, 80);
    }
    let starts = given.starts.as_ref().and_then(|at| fields.instant("starts", at));
    let ends = given.ends.as_ref().and_then(|at| fields.instant("ends", at));
    if starts.zip(ends).is_some_and(|(starts, ends)| ends <= starts) {
        fields.wrong("ends", "it ends before it starts");
    }
    fields.done()?;
    let by_whom = viewer.name();
    let made = audited(&app, viewer, AuditAction::NoticeAdd, move |tx| {
        if let Some(team) = &given.team {
            teams::get(tx, team)?.ok_or_else(|| Error::Refused(format!("team: there is no team {team:?}")))?;
        }
        let row = NoticeRow {
            id: random::id('m').map_err(Error::broken)?,
            title: given.title,
            body: given.text,
            team: given.team,
            starts: starts.map(Timestamp::as_microsecond),
            ends: ends.map(Timestamp::as_microsecond),
            by_whom,
            from_whom: given.from,
            weekly: None,
        };
        words::put_notice(tx, &row)?;
        Ok((row.id.clone(), message(row)))
    });
    Ok((StatusCode::CREATED, axum::Json(made.await?)).into_response())
}

/// Takes a message down.
#[utoipa::path(delete, path = "/api/v1/notices/{id}", params(("id" = String, Path)), security(("token" = [])), responses((status = 204, description = "It is down.")))]
pub async fn remove_notice(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    PathId(id): PathId,
) -> Result<Response, Problem> {
    audited(&app, viewer, AuditAction::NoticeRemove, move |tx| {
        words::get_notice(tx, &id)?.ok_or_else(|| Error::Missing(format!("notice {id:?}")))?;
        words::delete_notice(tx, &id)?;
        Ok((id, ()))
    })
    .await?;
    Ok(no_content())
}
