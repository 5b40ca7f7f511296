//! `/api/v1/imports`: what came at once, and taking it back.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::audited::audited;
use super::extract::{FloorAdmin, Page, PageQuery, PathId, QueryParams, rfc3339};
use crate::clock;
use crate::sources::undo;
use crate::store::audit::AuditAction;
use crate::store::runs;
use crate::web::problem::Problem;
use crate::web::state::App;

/// The newest imports that are listed.
const MAX_IMPORTS: usize = 500;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Import {
    id: String,
    source: String,
    at: String,
    by: String,
    created: i64,
    updated: i64,
    unchanged: i64,
    skipped: i64,
    undone: Option<String>,
}

/// Imports, the newest first.
#[utoipa::path(get, path = "/api/v1/imports", params(PageQuery), security(("token" = [])), responses((status = 200, description = "The newest first.", body = Vec<Import>)))]
pub async fn list_imports(
    State(app): State<App>,
    FloorAdmin(_): FloorAdmin,
    QueryParams(query): QueryParams<PageQuery>,
) -> Result<Page<Import>, Problem> {
    let out = |of: runs::Run| Import {
        id: of.id,
        source: of.source,
        at: rfc3339(of.at),
        by: of.by_whom,
        created: of.created,
        updated: of.updated,
        unchanged: of.unchanged,
        skipped: of.skipped,
        undone: of.undone.map(rfc3339),
    };
    let all = app.read(|tx| runs::list(tx, MAX_IMPORTS)).await?.into_iter().map(out).collect();
    Page::of(all, |of: &Import| of.id.as_str(), &query)
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Undone {
    reversed: usize,
    kept: Vec<SkippedRecord>,
}

/// What an undo left alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SkippedRecord {
    what: String,
    why: String,
}

/// Takes an import back. What was changed since is kept, and named.
#[utoipa::path(post, path = "/api/v1/imports/{id}/undo", params(("id" = String, Path)), security(("token" = [])), responses((status = 200, description = "How each row ended.", body = Undone)))]
pub async fn undo_import(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    PathId(id): PathId,
) -> Result<axum::Json<Undone>, Problem> {
    let made = audited(&app, viewer, AuditAction::ImportUndo, move |tx| {
        let done = undo::undo(tx, &id, clock::now())?;
        let kept = done.kept.into_iter().map(|(what, why)| SkippedRecord { what, why }).collect();
        Ok((id, Undone { reversed: done.reversed, kept }))
    });
    Ok(axum::Json(made.await?))
}
