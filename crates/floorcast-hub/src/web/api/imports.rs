//! `/api/v1/imports`: what came at once, and taking it back.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::audited::audited;
use super::extract::{Fields, FloorAdmin, JsonBody, Page, PageQuery, PathId, QueryParams, rfc3339};
use crate::clock;
use crate::sources::choices::{ORDERS, THREE_DIGITS, column, currency, stage};
use crate::sources::commit::commit;
use crate::sources::plan::plan;
use crate::sources::{files, undo};
use crate::store::audit::AuditAction;
use crate::store::choices::{self, Choices};
use crate::store::{Error, floor, runs};
use crate::web::problem::Problem;
use crate::web::state::App;

/// The newest imports that are listed.
const MAX_IMPORTS: usize = 500;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Import {
    id: String,
    source: String,
    /// The files by name, where there were any.
    files: Vec<String>,
    /// What of them was not read: other sheets, other columns of amounts.
    notes: Vec<String>,
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
        files: of.files.lines().map(str::to_owned).collect(),
        notes: of.notes.into_iter().map(|[en, _]| en).collect(),
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

/// Files to be imported, and answers to what they leave open. The answers are kept for the next files of the source.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewImport {
    /// The same deal in two sources is two deals.
    #[serde(default = "file")]
    #[schema(min_length = 1, max_length = 60)]
    source: String,
    /// Say what would happen, and write nothing.
    #[serde(default)]
    dry_run: bool,
    #[schema(min_items = 1, max_items = 20)]
    files: Vec<NewFile>,
    /// `dmy` or `mdy`, where the dates of a file leave it open.
    date_order: Option<String>,
    /// `thousands` or `decimals`: what `1.980` is, where its column leaves it open.
    three_digits: Option<String>,
    /// The currency of amounts that name none.
    currency: Option<String>,
    /// Headings by what their columns hold: who, amount, date, stage, team, currency, id, label; `-`: no column.
    #[serde(default)]
    columns: BTreeMap<String, Vec<String>>,
    /// What stages are that no word tells: `won`, `lost` or `open`.
    #[serde(default)]
    stages: BTreeMap<String, String>,
}

fn file() -> String {
    "file".to_owned()
}

/// A table: CSV as `text`, anything as `base64`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFile {
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    text: Option<String>,
    base64: Option<String>,
}

/// What is asked for, checked.
type Asked = (Vec<(String, Vec<u8>)>, Choices);

impl NewImport {
    fn checked(&self) -> Result<Asked, Problem> {
        let mut fields = Fields::default();
        let words = [("date_order", &self.date_order, ORDERS), ("three_digits", &self.three_digits, THREE_DIGITS)];
        for (field, given, known) in words {
            if let Some(given) = given {
                fields.word(field, given, &known);
            }
        }
        let code = self.currency.as_deref().map(currency).transpose().unwrap_or_else(|why| {
            fields.wrong("currency", why);
            None
        });
        for (role, headings) in &self.columns {
            for why in headings.iter().filter_map(|heading| column(&format!("{role}={heading}")).err()) {
                fields.wrong(&format!("columns.{role}"), why);
            }
        }
        for (of, outcome) in &self.stages {
            if let Err(why) = stage(&format!("{of}={outcome}")) {
                fields.wrong(&format!("stages.{of}"), why);
            }
        }
        let is_name = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
        if self.source.is_empty() || self.source.len() > 60 || !self.source.chars().all(is_name) {
            fields.wrong("source", "1 to 60 letters, digits, - and _ are expected");
        }
        if self.files.is_empty() || self.files.len() > 20 {
            fields.wrong("files", "1 to 20 files are expected");
        }
        let mut bodies = Vec::new();
        for (at, file) in self.files.iter().enumerate() {
            fields.text(&format!("files[{at}].name"), &file.name, 200);
            let body = match (&file.text, &file.base64) {
                (Some(text), None) => Ok(text.clone().into_bytes()),
                (None, Some(text)) => BASE64_STANDARD.decode(text).map_err(|error| error.to_string()),
                _ => Err("either text or base64 is expected".to_owned()),
            };
            match body {
                Ok(body) => bodies.push((file.name.clone(), body)),
                Err(why) => fields.wrong(&format!("files[{at}]"), why),
            }
        }
        fields.done()?;
        let (date_order, three_digits) = (self.date_order.clone(), self.three_digits.clone());
        let (columns, stages) = (self.columns.clone(), self.stages.clone());
        Ok((bodies, Choices { date_order, three_digits, currency: code, columns, stages }))
    }
}

/// Imports files, or says what that would do: the answer is that of `hub import --json`.
#[utoipa::path(post, path = "/api/v1/imports", request_body = NewImport, security(("token" = [])), responses((status = 200, description = "What was or would be written: counts, files with their columns, left-out rows and doubts, remarks, and the run.", body = serde_json::Value)))]
pub async fn add_import(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    JsonBody(given): JsonBody<NewImport>,
) -> Result<axum::Json<serde_json::Value>, Problem> {
    let (bodies, answers) = given.checked()?;
    let source = given.source.clone();
    let (of, kept) = app.read(move |tx| Ok((floor::get(tx)?, choices::get(tx, &source)?))).await?;
    let decoder = app.decoder.clone();
    let read = move || {
        let choices = answers.clone().over(&kept);
        let options = files::ReadOptions { floor: &of, now: clock::now(), decoder: &decoder, choices: &choices };
        let read = files::of_bodies(bodies, options)?;
        read.check(&answers).map(|()| read)
    };
    let read = tokio::task::spawn_blocking(clock::on_this(read)).await.map_err(Error::broken)?;
    let read = read.map_err(|why| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, why))?;
    let NewImport { source, dry_run, .. } = given;
    if dry_run {
        let plan = app.read(move |tx| plan(tx, &read, &source, clock::now())).await?;
        return Ok(axum::Json(plan.as_json(None)));
    }
    let by = viewer.clone();
    let made = audited(&app, viewer, AuditAction::ImportCommit, move |tx| {
        let now = clock::now();
        let plan = plan(tx, &read, &source, now)?;
        if let Some((file, left)) = plan.all_left_out() {
            return Err(Error::refused(format!("{file}: every row is left out; line {}: {}", left.line, left.why)));
        }
        let run = commit(tx, &plan, &by, now)?;
        Ok((run.clone(), plan.as_json(Some(&run))))
    });
    Ok(axum::Json(made.await?))
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
        let kept = done.kept.into_iter().map(|(what, why)| SkippedRecord { what: what.name(), why }).collect();
        Ok((id, Undone { reversed: done.reversed, kept }))
    });
    Ok(axum::Json(made.await?))
}
