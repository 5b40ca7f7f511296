//! Who asks: a token, somebody who signed in, a program on this machine, or nobody who is known.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

use super::client::ClientAddress;
use super::problem::Problem;
use super::session::{self, Visitor};
use super::state::App;
use crate::access::Viewer;
use crate::store::tokens;
use crate::{clock, random};

/// The viewer of a request. Every handler takes it; what the viewer may do is asked of [`crate::access`].
pub struct RequestViewer(pub Viewer);

impl FromRequestParts<App> for RequestViewer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<RequestViewer, Problem> {
        if let Some(secret) = bearer(&parts.headers) {
            let hash = random::hash(secret);
            let found = app.read(move |tx| tokens::viewer(tx, &hash, clock::now().as_microsecond())).await?;
            let mut viewer = found.ok_or_else(Problem::unauthorized)?;
            if let Viewer::Token { address, .. } = &mut viewer {
                *address = ClientAddress::of(parts, app).0.map(|address| address.to_string());
            }
            return Ok(RequestViewer(viewer));
        }
        // A page that somebody is signed in on asks for pictures of the walls.
        if session::secret(&parts.headers, session::SESSION).is_some()
            && let Ok(visitor) = Visitor::from_request_parts(parts, app).await
        {
            return Ok(RequestViewer(visitor.viewer));
        }
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        let local = peer.is_some_and(|peer| is_of_this_machine(peer, &parts.headers));
        Ok(RequestViewer(if local { Viewer::Loopback } else { Viewer::Stranger }))
    }
}

/// What stands behind `Bearer`.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim())
}

/// Whether a request comes from a program on this machine, and neither through a proxy nor from a page of somebody else.
fn is_of_this_machine(peer: IpAddr, headers: &HeaderMap) -> bool {
    let forwarded = ["forwarded", "x-forwarded-for", "x-real-ip", "via"];
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, port)| if port.ends_with(']') { host } else { name });
    peer.to_canonical().is_loopback()
        && !forwarded.iter().any(|name| headers.contains_key(*name))
        && matches!(name, "localhost" | "127.0.0.1" | "[::1]")
        // A page of another origin that asks from a browser here says so.
        && headers.get("sec-fetch-site").is_none_or(|site| site == "same-origin" || site == "none")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_local(peer: &str, headers: &[(&'static str, &str)]) -> bool {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, value.parse().unwrap());
        }
        is_of_this_machine(peer.parse().unwrap(), &map)
    }

    #[test]
    fn a_proxy_or_a_foreign_page_is_no_program_of_this_machine() {
        assert!(is_local("127.0.0.1", &[("host", "127.0.0.1:8271")]));
        assert!(is_local("::1", &[("host", "[::1]:8271")]));
        assert!(is_local("::ffff:127.0.0.1", &[("host", "localhost")]));
        assert!(!is_local("192.168.1.4", &[("host", "127.0.0.1:8271")]));
        assert!(!is_local("127.0.0.1", &[("host", "evil.example:8271")]));
        assert!(!is_local("127.0.0.1", &[("host", "localhost"), ("x-forwarded-for", "10.0.0.9")]));
        assert!(!is_local("127.0.0.1", &[("host", "localhost"), ("sec-fetch-site", "cross-site")]));
    }
}
