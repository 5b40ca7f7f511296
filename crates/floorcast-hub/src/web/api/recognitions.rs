//! `/api/v1/recognitions`: shout-outs and what else walls show of people for a week.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::audited::audited;
use super::entries::{MAX_ENTRIES, refuse_unknown};
use super::extract::{Fields, FloorAdmin, JsonBody, Page, PageQuery, PathId, QueryParams, no_content};
use crate::store::Error;
use crate::store::audit::AuditAction;
use crate::store::words::{self, BADGES, RecognitionRow};
use crate::web::problem::Problem;
use crate::web::state::App;
use crate::{clock, random};

/// Walls show recognition for so many days.
const SHOWN_US: i64 = 7 * 86_400_000_000;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Shout {
    /// Made by the hub.
    #[serde(default)]
    #[schema(read_only)]
    id: String,
    /// Ids of people.
    #[schema(min_items = 1, max_items = 500)]
    who: Vec<String>,
    /// `shout_out`, `top_performer` or `milestone`.
    #[schema(pattern = "^(shout_out|top_performer|milestone|birthday|anniversary|new_hire)$")]
    badge: String,
    #[schema(min_length = 1, max_length = 120)]
    headline: String,
    #[schema(max_length = 500)]
    text: Option<String>,
    /// Who says it.
    #[schema(max_length = 80)]
    from: Option<String>,
}

fn shout(of: RecognitionRow) -> Shout {
    Shout { id: of.id, who: of.who, badge: of.kind, headline: of.headline, text: of.body, from: of.from_whom }
}

/// Recognition that is not withdrawn, the newest first.
#[utoipa::path(get, path = "/api/v1/recognitions", params(PageQuery), security(("token" = [])), responses((status = 200, description = "The newest first.", body = Vec<Shout>)))]
pub async fn list_recognitions(
    State(app): State<App>,
    FloorAdmin(_): FloorAdmin,
    QueryParams(query): QueryParams<PageQuery>,
) -> Result<Page<Shout>, Problem> {
    let all = app.read(words::recognitions).await?;
    let all = all.into_iter().filter(|of| of.withdrawn.is_none()).map(shout).collect();
    Page::of(all, |of: &Shout| of.id.as_str(), &query)
}

/// Says something good of somebody; walls show it for a week.
#[utoipa::path(post, path = "/api/v1/recognitions", request_body = Shout, security(("token" = [])), responses((status = 201, description = "Said.", body = Shout)))]
pub async fn add_recognition(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    JsonBody(given): JsonBody<Shout>,
) -> Result<Response, Problem> {
    let mut fields = Fields::default();
    fields.word("badge", &given.badge, &BADGES.map(|(name, _)| name));
    fields.text("headline", &given.headline, 120);
    for (field, text, most) in [("text", &given.text, 500), ("from", &given.from, 80)] {
        if let Some(text) = text {
            fields.text(field, text, most);
        }
    }
    if given.who.is_empty() || given.who.len() > MAX_ENTRIES || given.who.iter().any(|id| id.contains('\0')) {
        fields.wrong("who", format!("1 to {MAX_ENTRIES} ids of people are expected"));
    }
    fields.done()?;
    let made = audited(&app, viewer, AuditAction::RecognitionAdd, move |tx| {
        refuse_unknown(tx, "people", &given.who)?;
        let at = clock::now().as_microsecond();
        let row = RecognitionRow {
            id: random::id('o').map_err(Error::broken)?,
            at,
            kind: given.badge,
            who: given.who,
            headline: given.headline,
            body: given.text,
            from_whom: given.from,
            rule: None,
            until: at + SHOWN_US,
            withdrawn: None,
        };
        words::put_recognition(tx, &row)?;
        Ok((row.id.clone(), shout(row)))
    });
    Ok((StatusCode::CREATED, axum::Json(made.await?)).into_response())
}

/// Withdraws recognition: it is on no wall within seconds.
#[utoipa::path(delete, path = "/api/v1/recognitions/{id}", params(("id" = String, Path)), security(("token" = [])), responses((status = 204, description = "Withdrawn.")))]
pub async fn remove_recognition(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    PathId(id): PathId,
) -> Result<Response, Problem> {
    audited(&app, viewer, AuditAction::RecognitionWithdraw, move |tx| {
        let held = words::get_recognition(tx, &id)?.filter(|of| of.withdrawn.is_none());
        let held = held.ok_or_else(|| Error::Missing(format!("recognition {id:?}")))?;
        let withdrawn = Some(clock::now().as_microsecond());
        words::put_recognition(tx, &RecognitionRow { withdrawn, ..held })?;
        Ok((id, ()))
    })
    .await?;
    Ok(no_content())
}
