//! Under which address others reach the hub.

use axum::http::{HeaderMap, header};

use super::session;
use super::state::App;

/// As the settings say, as whoever asks found the hub, or by the name of this machine in its network. `None`: no other machine
/// reaches it.
pub fn origin(app: &App, headers: &HeaderMap) -> Option<String> {
    match &app.options.public_url {
        Some(url) => Some(url.trim_end_matches('/').to_owned()),
        None if !session::is_this_machine(host(headers)) => Some(here(headers)),
        None => app.options.announced.get().map(|name| format!("http://{name}")),
    }
}

/// As whoever asks found it.
pub fn here(headers: &HeaderMap) -> String {
    format!("{}://{}", if session::is_tls(headers) { "https" } else { "http" }, host(headers))
}

pub fn host(headers: &HeaderMap) -> &str {
    headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1:8271")
}
