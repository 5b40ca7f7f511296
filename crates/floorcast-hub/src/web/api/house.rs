//! `/api/v1/screens`, `/tokens`, `/imports` and `/audit`: the house around the floor.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::audited::audited;
use super::extract::{Asked, At, Fields, Given, Manages, Page, PageQuery, gone};
use crate::access::TokenRole;
use crate::clock;
use crate::screens::{self as rules, Command, Wrong};
use crate::sources::undo;
use crate::store::screens::{self, ScreenRow};
use crate::store::tokens::{self, TokenRow};
use crate::store::{Error, audit, boards, runs};
use crate::web::problem::{FieldProblem, Problem};
use crate::web::state::App;

/// Runs and rows of the audit that are told.
const MOST: usize = 500;

fn instant(at: i64) -> String {
    Timestamp::from_microsecond(at).map(|at| at.to_string()).unwrap_or_default()
}

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
        paired: instant(of.paired),
        seen: of.seen.map(instant),
        program: of.program,
    }
}

/// All screens.
#[utoipa::path(get, path = "/api/v1/screens", params(PageQuery), security(("token" = [])), responses((status = 200, description = "By name.", body = Vec<Screen>)))]
pub async fn list_screens(
    State(app): State<App>,
    Manages(_): Manages,
    Asked(asked): Asked<PageQuery>,
) -> Result<Page<Screen>, Problem> {
    let all = app.read(screens::list).await?.into_iter().map(screen).collect();
    Page::of(all, |of: &Screen| of.id.as_str(), &asked)
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// The letters on the screen.
    code: String,
    #[schema(min_length = 1, max_length = 60)]
    name: String,
    board: String,
}

/// Pairs the screen that shows these letters.
#[utoipa::path(post, path = "/api/v1/screens", request_body = Pair, security(("token" = [])), responses((status = 201, description = "Paired.", body = Screen)))]
pub async fn pair_screen(
    State(app): State<App>,
    Manages(viewer): Manages,
    Given(given): Given<Pair>,
) -> Result<Response, Problem> {
    let mut fields = Fields::default();
    fields.text("code", &given.code, 12);
    fields.text("name", &given.name, 60);
    fields.text("board", &given.board, 60);
    fields.done()?;
    let paired = app
        .write(move |tx| {
            let asked = (given.code.as_str(), given.name.as_str(), given.board.as_str());
            let paired = rules::pair(tx, &viewer.name(), asked, clock::now())?;
            // Wrong letters are counted and thus written, but change no screen.
            if let Ok(row) = &paired {
                audit::record(tx, &viewer.name(), "screen.pair", &row.id, clock::now().as_microsecond())?;
            }
            Ok(paired)
        })
        .await?;
    app.publisher.wake();
    match paired {
        Ok(row) => Ok((StatusCode::CREATED, axum::Json(screen(row))).into_response()),
        Err(Wrong::Code) => {
            let reason = "no screen shows these letters now".to_owned();
            Err(Problem::fields("the letters", vec![FieldProblem { field: "code".into(), reason }]))
        }
        Err(Wrong::Wait { minutes }) => {
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
    Manages(viewer): Manages,
    At(id): At,
    Given(given): Given<ScreenChange>,
) -> Result<axum::Json<Screen>, Problem> {
    let mut fields = Fields::default();
    for (field, text) in [("name", &given.name), ("board", &given.board)] {
        if let Some(text) = text {
            fields.text(field, text, 60);
        }
    }
    fields.done()?;
    let made = audited(&app, viewer, "screen.change", move |tx| {
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
pub struct Told {
    /// `identify`, `message` or `clear`.
    #[schema(pattern = "^(identify|message|clear)$")]
    command: String,
    /// Of a message.
    #[schema(max_length = 200)]
    text: Option<String>,
}

/// Tells a screen one of three things: to show its name, a message, or its board again.
#[utoipa::path(post, path = "/api/v1/screens/{id}/commands", params(("id" = String, Path)), request_body = Told, security(("token" = [])), responses((status = 204, description = "Told.")))]
pub async fn tell_screen(
    State(app): State<App>,
    Manages(viewer): Manages,
    At(id): At,
    Given(given): Given<Told>,
) -> Result<Response, Problem> {
    let mut fields = Fields::default();
    fields.word("command", &given.command, &["identify", "message", "clear"]);
    let text = given.text.unwrap_or_default();
    if given.command == "message" {
        fields.text("text", &text, rules::MAX_MESSAGE);
    }
    fields.done()?;
    audited(&app, viewer, "screen.tell", move |tx| {
        let command = match given.command.as_str() {
            "identify" => Command::Identify,
            "message" => Command::Message(text),
            _ => Command::Clear,
        };
        rules::tell(tx, &id, &command, clock::now())?;
        Ok((id, ()))
    })
    .await?;
    Ok(gone())
}

/// Takes a screen away: it shows letters again.
#[utoipa::path(delete, path = "/api/v1/screens/{id}", params(("id" = String, Path)), security(("token" = [])), responses((status = 204, description = "Gone.")))]
pub async fn remove_screen(State(app): State<App>, Manages(viewer): Manages, At(id): At) -> Result<Response, Problem> {
    audited(&app, viewer, "screen.remove", move |tx| {
        rules::remove(tx, &id)?;
        Ok((id, ()))
    })
    .await?;
    Ok(gone())
}

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
        made: instant(of.made),
        expires: of.expires.map(instant),
        secret,
    }
}

/// All tokens, without their secrets.
#[utoipa::path(get, path = "/api/v1/tokens", params(PageQuery), security(("token" = [])), responses((status = 200, description = "The oldest first.", body = Vec<Token>)))]
pub async fn list_tokens(
    State(app): State<App>,
    Manages(_): Manages,
    Asked(asked): Asked<PageQuery>,
) -> Result<Page<Token>, Problem> {
    let all = app.read(tokens::list).await?.into_iter().map(|of| token(of, None)).collect();
    Page::of(all, |of: &Token| of.id.as_str(), &asked)
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
    Manages(viewer): Manages,
    Given(given): Given<NewToken>,
) -> Result<Response, Problem> {
    let mut fields = Fields::default();
    fields.word("role", &given.role, &["ingest", "screen", "read"]);
    fields.text("label", &given.label, tokens::MAX_LABEL);
    if given.scope.chars().count() > 200 || given.scope.contains('\0') {
        fields.wrong("scope", "at most 200 characters are expected");
    }
    if given.days.is_some_and(|days| !(1..=3_650).contains(&days)) {
        fields.wrong("days", "1 to 3650 are expected");
    }
    fields.done()?;
    let made = audited(&app, viewer, "token.add", move |tx| {
        let role = TokenRole::of(&given.role).ok_or_else(|| Error::refused("role: there is no such role"))?;
        let new = tokens::NewToken { role, scope: given.scope, label: given.label, days: given.days };
        let (row, secret) = tokens::issue(tx, new, clock::now().as_microsecond())?;
        Ok((row.id.clone(), token(row, Some(secret))))
    });
    Ok((StatusCode::CREATED, axum::Json(made.await?)).into_response())
}

/// Takes a token away: whoever has it gets in no more.
#[utoipa::path(delete, path = "/api/v1/tokens/{id}", params(("id" = String, Path)), security(("token" = [])), responses((status = 204, description = "Gone.")))]
pub async fn remove_token(State(app): State<App>, Manages(viewer): Manages, At(id): At) -> Result<Response, Problem> {
    audited(&app, viewer, "token.remove", move |tx| match tokens::delete(tx, &id)? {
        true => Ok((id, ())),
        false => Err(Error::Missing(format!("token {id:?}"))),
    })
    .await?;
    Ok(gone())
}

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
pub async fn imports(
    State(app): State<App>,
    Manages(_): Manages,
    Asked(asked): Asked<PageQuery>,
) -> Result<Page<Import>, Problem> {
    let out = |of: runs::Run| Import {
        id: of.id,
        source: of.source,
        at: instant(of.at),
        by: of.by_whom,
        created: of.created,
        updated: of.updated,
        unchanged: of.unchanged,
        skipped: of.skipped,
        undone: of.undone.map(instant),
    };
    let all = app.read(|tx| runs::list(tx, MOST)).await?.into_iter().map(out).collect();
    Page::of(all, |of: &Import| of.id.as_str(), &asked)
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Undone {
    reversed: usize,
    kept: Vec<Kept>,
}

/// What an undo left alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Kept {
    what: String,
    why: String,
}

/// Takes an import back. What was changed since is kept, and named.
#[utoipa::path(post, path = "/api/v1/imports/{id}/undo", params(("id" = String, Path)), security(("token" = [])), responses((status = 200, description = "How each row ended.", body = Undone)))]
pub async fn undo_import(
    State(app): State<App>,
    Manages(viewer): Manages,
    At(id): At,
) -> Result<axum::Json<Undone>, Problem> {
    let made = audited(&app, viewer, "import.undo", move |tx| {
        let done = undo::undo(tx, &id, clock::now())?;
        let kept = done.kept.into_iter().map(|(what, why)| Kept { what, why }).collect();
        Ok((id, Undone { reversed: done.reversed, kept }))
    });
    Ok(axum::Json(made.await?))
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Deed {
    at: String,
    who: String,
    what: String,
    subject: Option<String>,
    n: Option<i64>,
}

/// Who did what, the newest first, at most 500.
#[utoipa::path(get, path = "/api/v1/audit", security(("token" = [])), responses((status = 200, description = "The newest first.", body = Vec<Deed>)))]
pub async fn deeds(State(app): State<App>, Manages(_): Manages) -> Result<axum::Json<Vec<Deed>>, Problem> {
    let out =
        |of: audit::AuditRow| Deed { at: instant(of.at), who: of.who, what: of.what, subject: of.subject, n: of.n };
    let all = app.read(|tx| audit::list(tx, MOST as i64)).await?;
    Ok(axum::Json(all.into_iter().map(out).collect()))
}
