//! Who may in: whoever has the token, whoever has read the code on the wall, and on this machine alone everybody.

use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::http::{HeaderMap, HeaderName, header};

use super::random;
use crate::clock::monotonic_now;
use crate::config::{RemoteSettings, TokenSource};

/// The cookie of whoever has signed in.
const COOKIE: &str = "floorcast-remote";
/// A sign-in lasts so long.
const LASTS: Duration = Duration::from_secs(12 * 3600);
/// Sign-ins that are remembered; the oldest go.
const SESSIONS: usize = 32;
/// Wrong codes within a minute after which none is looked at.
const TRIES: usize = 10;
const MINUTE: Duration = Duration::from_secs(60);
/// What programs send with a post: a page of another site cannot.
pub(super) const OURS: &str = "x-floorcast";

/// Decides who may use the remote control.
pub(super) struct Access {
    token: Option<TokenSource>,
    /// What the wall shows; `None`: there is no code.
    code: Option<String>,
    /// Names under which the wall may be asked.
    names: Vec<String>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    sessions: Vec<(String, Instant)>,
    wrong: Vec<Instant>,
    code_shown: Option<Instant>,
}

impl Access {
    /// The access rules of these settings. `screen` is this machine's name.
    ///
    /// # Errors
    /// The system gives no random numbers for the code.
    pub fn new(settings: &RemoteSettings, screen: &str) -> Result<Access, String> {
        let code = settings.code.then(|| random::letters(8)).transpose()?;
        let plain = screen.to_lowercase();
        let own = [format!("{plain}.local"), plain, floorcast_mdns::name(screen), "localhost".to_owned()];
        let names = own.into_iter().chain(settings.names.iter().map(|name| name.to_lowercase())).collect();
        Ok(Access { token: settings.token.clone(), code, names, state: Mutex::default() })
    }

    /// The code on the wall, in two halves.
    pub fn code(&self) -> Option<String> {
        self.code.as_ref().map(|code| format!("{}-{}", &code[..4], &code[4..]))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere leaves whole values behind.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether visitors have to sign in.
    pub fn asks_who(&self) -> bool {
        self.token.is_some() || self.code.is_some()
    }

    /// Whether this visitor may see and do everything. There is no less.
    pub fn is_known(&self, headers: &HeaderMap) -> bool {
        if !self.asks_who() {
            // The settings allow that on this machine's own address alone.
            return true;
        }
        if let Some(bearer) = text(headers, &header::AUTHORIZATION).strip_prefix("Bearer ") {
            return self.is_token(bearer.trim());
        }
        let Some(secret) = cookie(headers) else { return false };
        let mut state = self.lock();
        state.sessions.retain(|(_, at)| at.elapsed() < LASTS);
        state.sessions.iter().any(|(known, _)| random::is_same(known, secret))
    }

    fn is_token(&self, came: &str) -> bool {
        let Some(token) = &self.token else { return false };
        match token.read(|name| std::env::var_os(name)) {
            Ok(secret) => random::is_same(secret.expose(), came),
            Err(error) => {
                tracing::warn!("[remote]: {error}");
                false
            }
        }
    }

    /// A cookie for whoever brings the token or the code.
    pub fn sign_in(&self, came: &str) -> Option<String> {
        let mut state = self.lock();
        state.wrong.retain(|at| at.elapsed() < MINUTE);
        if state.wrong.len() >= TRIES {
            return None;
        }
        let plain = came.replace(['-', ' '], "").to_uppercase();
        let is_code = self.code.as_ref().is_some_and(|code| random::is_same(code, &plain));
        if !is_code && !self.is_token(came) {
            state.wrong.push(monotonic_now());
            return None;
        }
        let secret = random::letters(40).ok()?;
        state.sessions.push((secret.clone(), monotonic_now()));
        let over = state.sessions.len().saturating_sub(SESSIONS);
        state.sessions.drain(..over);
        Some(format!("{COOKIE}={secret}; Path=/; HttpOnly; SameSite=Strict; Max-Age={}", LASTS.as_secs()))
    }

    pub fn sign_out(&self, headers: &HeaderMap) {
        if let Some(secret) = cookie(headers) {
            self.lock().sessions.retain(|(known, _)| !random::is_same(known, secret));
        }
    }

    /// The code for the wall, at most once a minute: nobody keeps it there from afar.
    pub fn code_to_show(&self) -> Option<String> {
        let code = self.code()?;
        let mut state = self.lock();
        if state.code_shown.is_some_and(|at| at.elapsed() < MINUTE) {
            return None;
        }
        state.code_shown = Some(monotonic_now());
        Some(code)
    }

    /// Whether the wall is asked under a name of its own. A page elsewhere whose name leads here all at once is not.
    pub fn is_own_host(&self, headers: &HeaderMap) -> bool {
        let host = text(headers, &header::HOST);
        let name = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => name,
            _ => host,
        };
        let plain = name.trim_start_matches('[').trim_end_matches(']');
        plain.parse::<IpAddr>().is_ok() || self.names.iter().any(|own| *own == name.to_lowercase())
    }
}

/// Whether a post comes from our own page, or from a program: never from a page of another site.
pub(super) fn is_own_post(headers: &HeaderMap) -> bool {
    let origin = text(headers, &header::ORIGIN);
    let site = text(headers, &HeaderName::from_static("sec-fetch-site"));
    if !matches!(site, "" | "same-origin" | "none") {
        return false;
    }
    match origin.split_once("://") {
        Some((_, host)) => host == text(headers, &header::HOST),
        None if !origin.is_empty() => false,
        // No browser leaves both out; a program says who it is.
        None => site == "same-origin" || headers.contains_key(OURS),
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> &'h str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == COOKIE).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())).collect()
    }

    fn with_code() -> Access {
        Access::new(&RemoteSettings { code: true, ..RemoteSettings::default() }, "wall-2").unwrap()
    }

    #[test]
    fn the_code_opens_and_guessing_does_not() {
        let access = with_code();
        assert!(!access.is_known(&headers(&[])));
        let cookie = access.sign_in(&access.code().unwrap().to_lowercase()).unwrap();
        let cookie = cookie.split(';').next().unwrap();
        assert!(access.is_known(&headers(&[("cookie", cookie)])));
        assert!(!access.is_known(&headers(&[("cookie", "floorcast-remote=A")])));
        access.sign_out(&headers(&[("cookie", cookie)]));
        assert!(!access.is_known(&headers(&[("cookie", cookie)])));
        for _ in 0..TRIES {
            assert_eq!(access.sign_in("AAAA-AAAA"), None);
        }
        assert_eq!(access.sign_in(&access.code().unwrap()), None, "after ten wrong ones none is looked at");
    }

    #[test]
    fn the_code_is_on_the_wall_once_a_minute() {
        let access = with_code();
        assert_eq!(access.code_to_show(), access.code());
        assert_eq!(access.code_to_show(), None);
        let none = Access::new(&RemoteSettings::default(), "wall").unwrap();
        assert_eq!(none.code_to_show(), None);
    }

    #[test]
    fn names_that_are_not_ours_lead_nowhere() {
        let settings = RemoteSettings { names: vec!["Wall.Office.Example".into()], ..RemoteSettings::default() };
        let access = Access::new(&settings, "Wall-2").unwrap();
        for (host, own) in [
            ("127.0.0.1:8270", true),
            ("[::1]:8270", true),
            ("[::1]", true),
            ("192.168.1.9", true),
            ("localhost:8270", true),
            ("wall-2.local:8270", true),
            ("WALL-2", true),
            ("wall.office.example", true),
            ("evil.example:8270", false),
            ("127.0.0.1.evil.example", false),
            ("", false),
        ] {
            assert_eq!(access.is_own_host(&headers(&[("host", host)])), own, "{host}");
        }
    }

    #[test]
    fn posts_of_other_sites_are_none_of_ours() {
        let host = ("host", "127.0.0.1:8270");
        for (pairs, own) in [
            (&[host, ("origin", "http://127.0.0.1:8270")][..], true),
            (&[host, ("origin", "http://127.0.0.1:8270"), ("sec-fetch-site", "same-origin")], true),
            (&[host, ("sec-fetch-site", "same-origin")], true),
            (&[host, ("x-floorcast", "1")], true),
            (&[host], false),
            (&[host, ("origin", "null")], false),
            (&[host, ("origin", "https://evil.example")], false),
            (&[host, ("origin", "https://evil.example"), ("x-floorcast", "1")], false),
            (&[host, ("origin", "http://127.0.0.1:9999")], false),
            (&[host, ("sec-fetch-site", "cross-site"), ("x-floorcast", "1")], false),
            (&[host, ("sec-fetch-site", "same-site")], false),
        ] {
            assert_eq!(is_own_post(&headers(pairs)), own, "{pairs:?}");
        }
    }
}
