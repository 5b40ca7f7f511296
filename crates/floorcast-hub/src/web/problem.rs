//! Problem documents (RFC 9457): what is wrong, where, and what was expected.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::store::Error;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// `about:blank`: the status says what kind it is.
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    /// For people.
    pub detail: String,
    /// Each field that is wrong, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldProblem {
    /// `activities[3].amount`
    pub field: String,
    pub reason: String,
}

impl Problem {
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Problem {
        Problem {
            kind: "about:blank".into(),
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
            errors: Vec::new(),
        }
    }

    pub fn missing(what: &str) -> Problem {
        Problem::new(StatusCode::NOT_FOUND, format!("there is no {what}"))
    }

    pub fn unauthorized() -> Problem {
        Problem::new(
            StatusCode::UNAUTHORIZED,
            "this needs a token: Authorization: Bearer …, made by `floorcast hub token`",
        )
    }

    pub fn forbidden(detail: &str) -> Problem {
        Problem::new(StatusCode::FORBIDDEN, detail)
    }

    pub fn fields(detail: &str, errors: Vec<FieldProblem>) -> Problem {
        Problem { errors, ..Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail) }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Problem {
        let status = match &error {
            Error::Missing(_) => StatusCode::NOT_FOUND,
            Error::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Full(_) => StatusCode::INSUFFICIENT_STORAGE,
            Error::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
            Error::Broken(_) => {
                // The text may hold a path or a statement: it is for the log.
                tracing::error!("{error}");
                return Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the hub failed; its log says why");
            }
        };
        // `team: there is no team "x"` names the field.
        let named = match &error {
            Error::Refused(why) => why.split_once(": ").filter(|(field, _)| is_field(field)),
            _ => None,
        };
        let field = |(field, reason): (&str, &str)| FieldProblem { field: field.into(), reason: reason.into() };
        let errors = named.map(field).into_iter().collect();
        Problem { errors, ..Problem::new(status, error.to_string()) }
    }
}

fn is_field(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, axum::Json(self)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
