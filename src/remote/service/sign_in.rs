//! Answers a visitor who has not signed in: 401, and a form for the token or the code on the wall.

use askama::Template;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use base64::Engine as _;
use sha2::{Digest as _, Sha256};

use super::answers::{self, SHEET};
use super::{FORM_BYTES, Service};
use crate::remote::desk::Ask;
use crate::remote::form::Form;
use crate::remote::words::{Words, asked};

/// How long the code is on the wall is the wall's affair; what the form says of it is in these words.
#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    w: &'static Words,
    style: &'static str,
    has_code: bool,
    said: &'static str,
}

/// Answers a request without a valid token or cookie. Only the two forms do anything, and each answer is 401 but a sign-in's.
pub(super) async fn unauthenticated(service: &Service, request: Request<Body>) -> Response {
    let (w, access) = (asked(request.headers(), ""), &service.0.access);
    let path = request.uri().path().to_owned();
    let is_page = wants_page(request.headers());
    let mut said = "";
    if request.method() == Method::POST && path == "/sign-in" {
        let body = to_bytes(request.into_body(), FORM_BYTES).await.unwrap_or_default();
        if let Some(cookie) = access.sign_in(Form::read(&body).text("code")) {
            let mut response = Redirect::to("/").into_response();
            if let Ok(cookie) = HeaderValue::try_from(cookie) {
                response.headers_mut().insert(header::SET_COOKIE, cookie);
            }
            return response;
        }
        said = w.wrong_code;
    } else if request.method() == Method::POST && path == "/show-code" {
        if let Some(code) = access.code_to_show() {
            service.ask(Ask::ShowCode(code)).await;
        }
        said = w.code_is_shown;
    } else if !is_page {
        return unauthorized(answers::text(
            StatusCode::UNAUTHORIZED,
            "sign in first: send Authorization: Bearer TOKEN",
        ));
    }
    let page = SignInPage { w, style: SHEET, has_code: access.code().is_some(), said };
    let mut response = answers::page(StatusCode::UNAUTHORIZED, &page);
    // A visitor who has not signed in gets no file: the style stands in the page, and only that style is let through.
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(SHEET.as_bytes()));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::try_from(policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    unauthorized(response)
}

fn unauthorized(mut response: Response) -> Response {
    response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}

fn wants_page(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

pub(super) async fn sign_out(State(service): State<Service>, headers: HeaderMap) -> Response {
    service.0.access.sign_out(&headers);
    Redirect::to("/").into_response()
}
