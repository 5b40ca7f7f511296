//! What calls of the API are made of, with problem documents that name the field and the reason.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::json;
use crate::access::{Action, TokenRole, Viewer};
use crate::web::line::is_line;
use crate::web::problem::{FieldProblem, Problem};
use crate::web::state::App;
use crate::web::viewer::RequestViewer;

/// Rows of one page, if nobody says.
const PAGE: usize = 500;

/// The JSON of a body.
pub struct JsonBody<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for JsonBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<JsonBody<T>, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if kind != "application/json" && !(kind.starts_with("application/") && kind.ends_with("+json")) {
            let detail = "Content-Type: application/json is expected";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
        }
        let body = Bytes::from_request(request, app).await;
        let body = body.map_err(|error| Problem::new(error.status(), unread(error.status(), error.body_text())))?;
        json::read(&body).map(JsonBody)
    }
}

/// Why a body did not come whole.
fn unread(status: StatusCode, said: String) -> String {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => "the body is too large".to_owned(),
        _ => format!("the body did not come whole: {said}"),
    }
}

/// What stands behind the question mark.
pub struct QueryParams<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for QueryParams<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<QueryParams<T>, Problem> {
        let query = Query::<T>::from_request_parts(parts, app).await;
        query.map(|Query(query)| QueryParams(query)).map_err(|error| {
            let text = error.body_text();
            let said = text.split_once("query string: ").map_or(text.as_str(), |(_, said)| said);
            let name = said.split('`').nth(1).unwrap_or_default();
            let (field, reason) = match said.split_once(": ") {
                _ if said.starts_with("missing field") => (name, "is missing".to_owned()),
                _ if said.starts_with("unknown field") => (name, "there is no such field".to_owned()),
                Some((field, reason)) if !field.contains(' ') => (field, reason.to_owned()),
                _ => ("query", said.to_owned()),
            };
            let errors = vec![FieldProblem { field: field.to_owned(), reason }];
            Problem { errors, ..Problem::new(error.status(), "the query is not understood") }
        })
    }
}

/// The id in an address.
pub struct PathId(pub String);

impl FromRequestParts<App> for PathId {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<PathId, Problem> {
        let id = Path::<String>::from_request_parts(parts, app).await;
        let id = id.map(|Path(id)| id).map_err(|error| Problem::new(error.status(), error.body_text()))?;
        // No id has one, and a database may refuse it.
        if id.contains('\0') { Err(Problem::missing("such id")) } else { Ok(PathId(id)) }
    }
}

/// A program that may change the floor.
pub struct FloorAdmin(pub Viewer);

impl FromRequestParts<App> for FloorAdmin {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<FloorAdmin, Problem> {
        let RequestViewer(viewer) = RequestViewer::from_request_parts(parts, app).await?;
        match &viewer {
            // Somebody who is signed in has pages, with forms that are known to be ours.
            Viewer::Token { role: TokenRole::Admin, .. } if viewer.may(Action::Administrate) => Ok(FloorAdmin(viewer)),
            Viewer::Token { .. } | Viewer::Person { .. } => {
                Err(Problem::forbidden("changing the floor needs a token of the role admin"))
            }
            _ => Err(Problem::unauthorized()),
        }
    }
}

/// Which part of a list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// The id with which the last page ended.
    pub after: Option<String>,
    /// At most so many rows, 1 to 500.
    #[param(minimum = 1, maximum = 500)]
    pub limit: Option<usize>,
}

/// One page of a list. Where there are more, `Link: <…>; rel="next"` says where.
pub struct Page<T> {
    rows: Vec<T>,
    next: Option<String>,
}

impl<T> Page<T> {
    /// # Errors
    /// The page would begin behind a row that there is not, or have too many.
    pub fn of(all: Vec<T>, id: impl Fn(&T) -> &str, query: &PageQuery) -> Result<Page<T>, Problem> {
        let wrong = |field: &str, reason: String| {
            Problem::fields("the page", vec![FieldProblem { field: field.into(), reason }])
        };
        let limit = query.limit.unwrap_or(PAGE);
        if !(1..=PAGE).contains(&limit) {
            return Err(wrong("limit", format!("{limit}: 1 to {PAGE} are expected")));
        }
        let from = match &query.after {
            None => 0,
            Some(after) => match all.iter().position(|row| id(row) == after) {
                Some(at) => at + 1,
                None => return Err(wrong("after", "no row has this id".into())),
            },
        };
        let more = all.len() > from + limit;
        let rows: Vec<T> = all.into_iter().skip(from).take(limit).collect();
        let next = rows.last().filter(|_| more).map(|last| {
            let query = form_urlencoded::Serializer::new(String::new())
                .append_pair("after", id(last))
                .append_pair("limit", &limit.to_string())
                .finish();
            format!("<?{query}>; rel=\"next\"")
        });
        Ok(Page { rows, next })
    }
}

impl<T: Serialize> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        let mut response = axum::Json(self.rows).into_response();
        if let Some(link) = self.next.and_then(|next| HeaderValue::from_str(&next).ok()) {
            response.headers_mut().insert(header::LINK, link);
        }
        response
    }
}

/// Collects what is wrong with the fields of a body.
#[derive(Default)]
pub struct Fields(Vec<FieldProblem>);

impl Fields {
    pub fn wrong(&mut self, field: &str, reason: impl Into<String>) {
        self.0.push(FieldProblem { field: field.into(), reason: reason.into() });
    }

    /// A line of 1 to so many characters.
    pub fn text(&mut self, field: &str, text: &str, most: usize) {
        let length = text.chars().count();
        if !is_line(text, most) {
            self.wrong(field, format!("{length} characters; a line of 1 to {most} that is not blank is expected"));
        }
    }

    /// One of a list of words.
    pub fn word(&mut self, field: &str, text: &str, known: &[&str]) {
        if !known.contains(&text) {
            let came: String = text.chars().filter(|c| !c.is_control()).take(40).collect();
            self.wrong(field, format!("{came:?}: expected {}", known.join(", ")));
        }
    }

    /// A day.
    pub fn day(&mut self, field: &str, text: &str) -> Option<jiff::civil::Date> {
        let day = text.parse::<jiff::civil::Date>().ok().filter(|day| (1900..=2300).contains(&day.year()));
        if day.is_none() {
            let came: String = text.chars().filter(|c| !c.is_control()).take(40).collect();
            self.wrong(field, format!("{came:?}: expected a day like 2026-11-29"));
        }
        day
    }

    /// An instant.
    pub fn instant(&mut self, field: &str, text: &str) -> Option<jiff::Timestamp> {
        let years = |at: &jiff::Timestamp| (1900..=2300).contains(&jiff::tz::TimeZone::UTC.to_datetime(*at).year());
        let read = text.parse::<jiff::Timestamp>().ok();
        let at = read.filter(years);
        if read.is_some() && at.is_none() {
            self.wrong(field, format!("{text:?}: a year from 1900 to 2300 is expected"));
        } else if at.is_none() {
            let came: String = text.chars().filter(|c| !c.is_control()).take(40).collect();
            self.wrong(field, format!("{came:?}: expected a time with its offset, like 2026-11-29T10:00:00+01:00"));
        }
        at
    }

    /// # Errors
    /// Something is wrong.
    pub fn done(self) -> Result<(), Problem> {
        if self.0.is_empty() { Ok(()) } else { Err(Problem::fields("some fields are wrong", self.0)) }
    }
}

/// An instant as it is sent.
pub fn rfc3339(micros: i64) -> String {
    jiff::Timestamp::from_microsecond(micros).map(|at| at.to_string()).unwrap_or_default()
}

/// The answer to a call that took something away.
pub fn no_content() -> Response {
    StatusCode::NO_CONTENT.into_response()
}
