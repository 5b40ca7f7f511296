//! `/api/v1/screens`: walls that are paired, and what they are told.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::audited::audited;
use super::extract::{Fields, FloorAdmin, JsonBody, Page, PageQuery, PathId, QueryParams, no_content, rfc3339};
use crate::clock;
use crate::screens::{self as rules, Command, PairError};
use crate::store::audit::AuditAction;
use crate::store::screens::{self, ScreenRow};
use crate::store::{Error, audit, boards};
use crate::web::problem::{FieldProblem, Problem};
use crate::web::state::App;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Screen {
    id: String,
    name: String,
    board: String,
    paired: String,
    /// When it was last there.
    seen: Option<String>,
    program: Option<String>,
}

fn screen(of: ScreenRow) -> Screen {
    Screen {
        id: of.id,
        name: of.name,
        board: of.board,
        paired: rfc3339(of.paired),
        seen: of.seen.map(rfc3339),
        program: of.program,
    }
}

/// All screens.
#[utoipa::path(get, path = "/api/v1/screens", params(PageQuery), security(("token" = [])), responses((status = 200, description = "By name.", body = Vec<Screen>)))]
pub async fn list_screens(
    State(app): State<App>,
    FloorAdmin(_): FloorAdmin,
    QueryParams(query): QueryParams<PageQuery>,
) -> Result<Page<Screen>, Problem> {
    let all = app.read(screens::list).await?.into_iter().map(screen).collect();
    Page::of(all, |of: &Screen| of.id.as_str(), &query)
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PairRequest {
    /// The letters on the screen.
    code: String,
    #[schema(min_length = 1, max_length = 60)]
    name: String,
    board: String,
}

/// Pairs the screen that shows these letters.
#[utoipa::path(post, path = "/api/v1/screens", request_body = PairRequest, security(("token" = [])), responses((status = 201, description = "Paired.", body = Screen)))]
pub async fn pair_screen(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    JsonBody(given): JsonBody<PairRequest>,
) -> Result<Response, Problem> {
    let mut fields = Fields::default();
    fields.text("code", &given.code, 12);
    fields.text("name", &given.name, 60);
    fields.text("board", &given.board, 60);
    fields.done()?;
    let paired = app
        .write(move |tx| {
            let request = (given.code.as_str(), given.name.as_str(), given.board.as_str());
            let paired = rules::pair(tx, &viewer.name(), request, clock::now())?;
            // Wrong letters are counted and thus written, but change no screen.
            if let Ok(screen) = &paired {
                audit::record(tx, &viewer, AuditAction::ScreenPair, &screen.id, clock::now().as_microsecond())?;
            }
            Ok(paired)
        })
        .await?;
    app.publisher.wake();
    match paired {
        Ok(row) => Ok((StatusCode::CREATED, axum::Json(screen(row))).into_response()),
        Err(PairError::Code) => {
            let reason = "no screen shows these letters now".to_owned();
            Err(Problem::fields("the letters", vec![FieldProblem { field: "code".into(), reason }]))
        }
        Err(PairError::Wait { minutes }) => {
            let detail = format!("too many wrong letters: try again in {minutes} min");
            Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, detail))
        }
    }
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScreenChange {
    #[schema(min_length = 1, max_length = 60)]
    name: Option<String>,
    board: Option<String>,
}

/// Gives a screen another name or board.
#[utoipa::path(patch, path = "/api/v1/screens/{id}", params(("id" = String, Path)), request_body = ScreenChange, security(("token" = [])), responses((status = 200, description = "As it is now.", body = Screen)))]
pub async fn change_screen(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    PathId(id): PathId,
    JsonBody(given): JsonBody<ScreenChange>,
) -> Result<axum::Json<Screen>, Problem> {
    let mut fields = Fields::default();
    for (field, text) in [("name", &given.name), ("board", &given.board)] {
        if let Some(text) = text {
            fields.text(field, text, 60);
        }
    }
    fields.done()?;
    let made = audited(&app, viewer, AuditAction::ScreenChange, move |tx| {
        let held = screens::get(tx, &id)?.ok_or_else(|| Error::Missing(format!("screen {id:?}")))?;
        let row = ScreenRow { name: given.name.unwrap_or(held.name), board: given.board.unwrap_or(held.board), ..held };
        boards::get(tx, &row.board)?
            .ok_or_else(|| Error::Refused(format!("board: there is no board {:?}", row.board)))?;
        rules::set(tx, &row, clock::now())?;
        Ok((id, screen(row)))
    });
    Ok(axum::Json(made.await?))
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScreenCommand {
    /// `identify`, `message` or `clear`.
    #[schema(pattern = "^(identify|message|clear)$")]
    command: String,
    /// Of a message.
    #[schema(max_length = 200)]
    text: Option<String>,
}

/// Tells a screen one of three things: to show its name, a message, or its board again.
#[utoipa::path(post, path = "/api/v1/screens/{id}/commands", params(("id" = String, Path)), request_body = ScreenCommand, security(("token" = [])), responses((status = 204, description = "Told.")))]
pub async fn command_screen(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    PathId(id): PathId,
    JsonBody(given): JsonBody<ScreenCommand>,
) -> Result<Response, Problem> {
    let mut fields = Fields::default();
    fields.word("command", &given.command, &["identify", "message", "clear"]);
    let text = given.text.unwrap_or_default();
    if given.command == "message" {
        fields.text("text", &text, rules::MAX_MESSAGE);
    }
    fields.done()?;
    audited(&app, viewer, AuditAction::ScreenTell, move |tx| {
        let command = match given.command.as_str() {
            "identify" => Command::Identify,
            "message" => Command::Message(text),
            _ => Command::Clear,
        };
        rules::tell(tx, &id, &command, clock::now())?;
        Ok((id, ()))
    })
    .await?;
    Ok(no_content())
}

/// Takes a screen away: it shows letters again.
#[utoipa::path(delete, path = "/api/v1/screens/{id}", params(("id" = String, Path)), security(("token" = [])), responses((status = 204, description = "Gone.")))]
pub async fn remove_screen(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    PathId(id): PathId,
) -> Result<Response, Problem> {
    audited(&app, viewer, AuditAction::ScreenRemove, move |tx| {
        let name = screens::get(tx, &id)?.map_or(id.clone(), |screen| screen.name);
        rules::remove(tx, &id)?;
        Ok((name, ()))
    })
    .await?;
    Ok(no_content())
}
