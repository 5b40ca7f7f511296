//! `/sign-in/oidc`: to the provider of single sign-on and back. It makes no accounts: whoever comes was invited before.

#[cfg(test)]
mod test;

use axum::Router;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

use super::{Browser, Params, begin, draw, is_own, set, set_entry};
use crate::clock;
use crate::store::audit::{AuditAction, By};
use crate::store::logins::{self, LoginRow};
use crate::store::{Result as Stored, Tx, audit, mail_choices, sessions};
use crate::web::client::ClientAddress;
use crate::web::oidc::{Failure, Identity, Provider, error_code};
use crate::web::pages::answer;
use crate::web::problem::Problem;
use crate::web::session;
use crate::web::state::App;
use crate::web::words::{self, Words, fill};

/// Whoever is away longer begins anew.
const AWAY_S: i64 = 600;

/// What a browser keeps while it is at the provider.
const COOKIE: &str = "floorcast-oidc";

#[derive(Debug, Default, Deserialize)]
struct Callback {
    #[serde(default)]
    state: String,
    #[serde(default)]
    code: String,
    error: Option<String>,
}

/// Why nobody is signed in.
enum Refusal {
    Unavailable,
    Stale,
    Provider(String),
    Unverified,
    Unknown(String),
    Closed,
}

pub fn routes() -> Router<App> {
    Router::new().route("/sign-in/oidc", get(leave)).route("/sign-in/oidc/callback", get(come_back))
}

fn provider(app: &App) -> Result<&Provider, Problem> {
    app.options.oidc.as_ref().ok_or_else(|| Problem::missing("such page"))
}

async fn leave(State(app): State<App>, headers: HeaderMap, Query(params): Query<Params>) -> Result<Response, Problem> {
    match provider(&app)?.start().await {
        Ok(started) => {
            let mut response = answer::see(&started.address);
            let kept = format!("{}.{}", started.kept, URL_SAFE_NO_PAD.encode(&params.next));
            set(&mut response, &session::cookie(&headers, COOKIE, Some(&kept), AWAY_S));
            Ok(response)
        }
        Err(failure) => tell(&app, &headers, params.next, refusal(failure)).await,
    }
}

async fn come_back(
    State(app): State<App>,
    client: ClientAddress,
    headers: HeaderMap,
    Query(callback): Query<Callback>,
) -> Result<Response, Problem> {
    let provider = provider(&app)?;
    let cookie = session::secret(&headers, COOKIE).unwrap_or_default();
    let (kept, next) = cookie.rsplit_once('.').unwrap_or_default();
    let next = URL_SAFE_NO_PAD.decode(next).ok().and_then(|next| String::from_utf8(next).ok()).unwrap_or_default();
    if let Some(error) = callback.error {
        return tell(&app, &headers, next, Refusal::Provider(error_code(&error))).await;
    }
    let identity = match provider.finish(kept, &callback.state, &callback.code).await {
        Ok(identity) => identity,
        Err(failure) => return tell(&app, &headers, next, refusal(failure)).await,
    };
    let (device, from) = (Browser::of(&headers), client.text());
    let lang = words::of_headers(&headers, "").lang;
    let entered = app
        .write(move |tx| {
            Ok(match account(tx, &identity)? {
                Ok(login) => {
                    mail_choices::learn(tx, &login.id, lang)?;
                    let by = By { who: format!("login:{}", login.id), address: from };
                    audit::record(tx, by, AuditAction::LoginEnter, "", clock::now().as_microsecond())?;
                    Ok(begin(tx, &login.id, &device)?)
                }
                Err(refusal) => Err(refusal),
            })
        })
        .await?;
    match entered {
        Ok(entry) => {
            let mut response = answer::see(if is_own(&next) { &next } else { "/" });
            set_entry(&mut response, &headers, &entry);
            set(&mut response, &session::cookie(&headers, COOKIE, None, 0));
            Ok(response)
        }
        Err(refusal) => {
            tracing::warn!("a sign-in at the provider is refused here: there is no open account for it");
            tell(&app, &headers, next, refusal).await
        }
    }
}

/// The account of whoever came back: known from before, or invited under the address that the provider vouches for.
fn account(tx: &mut Tx<'_>, of: &Identity) -> Stored<Result<LoginRow, Refusal>> {
    let login = match (logins::by_identity(tx, &of.issuer, &of.subject)?, &of.email) {
        (Some(login), _) => login,
        (None, None) => return Ok(Err(Refusal::Unverified)),
        (None, Some(email)) => match logins::by_email(tx, email)? {
            Some(login) if login.disabled.is_none() => {
                logins::put_identity(tx, &of.issuer, &of.subject, &login.id)?;
                // The invitation is used.
                sessions::forget_links(tx, &login.id)?;
                audit::record(
                    tx,
                    format!("login:{}", login.id).as_str(),
                    AuditAction::LoginIdentity,
                    &of.issuer,
                    clock::now().as_microsecond(),
                )?;
                login
            }
            Some(login) => login,
            None => return Ok(Err(Refusal::Unknown(email.clone()))),
        },
    };
    Ok(if login.disabled.is_some() { Err(Refusal::Closed) } else { Ok(login) })
}

fn refusal(failure: Failure) -> Refusal {
    match failure {
        Failure::Unavailable(why) => {
            tracing::warn!("the provider of single sign-on: {why}");
            Refusal::Unavailable
        }
        Failure::Stale => Refusal::Stale,
        Failure::Refused(why) => Refusal::Provider(why),
    }
}

/// The form for the password, with the reason above it.
async fn tell(app: &App, headers: &HeaderMap, next: String, refusal: Refusal) -> Result<Response, Problem> {
    let label = app.options.oidc.as_ref().map_or("", |provider| provider.label.as_str());
    let is_unavailable = matches!(refusal, Refusal::Unavailable);
    let status = if is_unavailable { StatusCode::BAD_GATEWAY } else { StatusCode::FORBIDDEN };
    let said = |w: &Words| {
        let of = w.of_sign_on();
        match &refusal {
            Refusal::Unavailable => fill(of.unavailable, &[("label", label)]),
            Refusal::Stale => of.stale.to_owned(),
            Refusal::Provider(why) => fill(of.refused, &[("label", label), ("why", why)]),
            Refusal::Unverified => fill(of.unverified, &[("label", label)]),
            Refusal::Unknown(email) => fill(of.unknown, &[("email", email)]),
            Refusal::Closed => of.closed.to_owned(),
        }
    };
    draw(app, headers, status, (String::new(), next), Some(&said)).await
}
