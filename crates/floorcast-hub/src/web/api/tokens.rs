//! `/api/v1/tokens`: what programs and screens get in with.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::audited::audited;
use super::extract::{Fields, FloorAdmin, JsonBody, Page, PageQuery, PathId, QueryParams, no_content, rfc3339};
use crate::access::TokenRole;
use crate::clock;
use crate::store::Error;
use crate::store::audit::AuditAction;
use crate::store::tokens::{self, TokenRow};
use crate::web::problem::Problem;
use crate::web::state::App;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Token {
    id: String,
    role: String,
    /// Boards, with commas between them; empty: all.
    scope: String,
    label: String,
    made: String,
    expires: Option<String>,
    /// Only in the answer that makes it: it is stored as a hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
}

fn token(of: TokenRow, secret: Option<String>) -> Token {
    Token {
        id: of.id,
        role: of.role.name().into(),
        scope: of.scope,
        label: of.label,
        made: rfc3339(of.made),
        expires: of.expires.map(rfc3339),
        secret,
    }
}

/// All tokens, without their secrets.
#[utoipa::path(get, path = "/api/v1/tokens", params(PageQuery), security(("token" = [])), responses((status = 200, description = "The oldest first.", body = Vec<Token>)))]
pub async fn list_tokens(
    State(app): State<App>,
    FloorAdmin(_): FloorAdmin,
    QueryParams(query): QueryParams<PageQuery>,
) -> Result<Page<Token>, Problem> {
    let all = app.read(tokens::list).await?.into_iter().map(|of| token(of, None)).collect();
    Page::of(all, |of: &Token| of.id.as_str(), &query)
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    /// `ingest`, `screen` or `read`.
    #[schema(pattern = "^(ingest|screen|read)$")]
    role: String,
    #[schema(min_length = 1, max_length = 80)]
    label: String,
    /// Boards, with commas between them; without it all.
    #[serde(default)]
    #[schema(max_length = 200)]
    scope: String,
    /// Days until it expires.
    #[schema(minimum = 1, maximum = 3650)]
    days: Option<i64>,
}

/// Makes a token. One of the role admin is made on the machine of the hub only.
#[utoipa::path(post, path = "/api/v1/tokens", request_body = NewToken, security(("token" = [])), responses((status = 201, description = "With its secret, this once.", body = Token)))]
pub async fn add_token(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    JsonBody(given): JsonBody<NewToken>,
) -> Result<Response, Problem> {
    let mut fields = Fields::default();
    fields.word("role", &given.role, &["ingest", "screen", "read"]);
    fields.text("label", &given.label, tokens::MAX_LABEL);
    if given.scope.chars().count() > 200 || given.scope.contains('\0') {
        fields.wrong("scope", "at most 200 characters are expected");
    }
    if !given.scope.is_empty() && given.role != "screen" {
        fields.wrong("scope", "only a token of the role screen has boards");
    }
    if given.days.is_some_and(|days| !(1..=3_650).contains(&days)) {
        fields.wrong("days", "1 to 3650 are expected");
    }
    fields.done()?;
    let made = audited(&app, viewer, AuditAction::TokenAdd, move |tx| {
        let role = TokenRole::of(&given.role).ok_or_else(|| Error::refused("role: there is no such role"))?;
        let new = tokens::NewToken { role, scope: given.scope, label: given.label, days: given.days };
        let (row, secret) = tokens::issue(tx, new, clock::now().as_microsecond())?;
        Ok((row.id.clone(), token(row, Some(secret))))
    });
    Ok((StatusCode::CREATED, axum::Json(made.await?)).into_response())
}

/// Takes a token away: whoever has it gets in no more.
#[utoipa::path(delete, path = "/api/v1/tokens/{id}", params(("id" = String, Path)), security(("token" = [])), responses((status = 204, description = "Gone.")))]
pub async fn remove_token(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    PathId(id): PathId,
) -> Result<Response, Problem> {
    audited(&app, viewer, AuditAction::TokenRemove, move |tx| {
        let known = tokens::list(tx)?.into_iter().find(|token| token.id == id);
        let known = known.ok_or_else(|| Error::Missing(format!("token {id:?}")))?;
        tokens::delete(tx, &id)?;
        Ok((known.label, ()))
    })
    .await?;
    Ok(no_content())
}
