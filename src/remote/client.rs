//! `say`, `sound` and `look`: the commands that use a wall's remote control from a shell.

use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::access::OURS;
use super::view::View;
use super::words::Words;
use crate::cli::{LookArgs, SayArgs, SoundArgs, WallArgs};
use crate::config::{Loaded, Secret, TokenSource};
use crate::exit::{Exit, Failure};
use crate::stdout;

/// One request takes at most so long.
const LIMIT: Duration = Duration::from_secs(20);
/// A picture of a wall is smaller.
const MAX_BYTES: usize = 64 << 20;

/// Puts a message up.
///
/// # Errors
/// The wall cannot be reached, or takes no such message.
pub fn say(args: &SayArgs, loaded: &Loaded) -> Result<(), Failure> {
    let client = WallClient::of(&args.wall, loaded)?;
    let minutes = (args.time.as_secs_f64() / 60.0).to_string();
    let fields: &[(&str, &str)] = match args.text.trim() {
        "" => &[("do", "unsay")],
        text => &[("do", "say"), ("text", text), ("minutes", &minutes)],
    };
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    client.ask(Method::POST, "/do", body).map(drop)
}

/// Mutes it, or lets it be heard again.
///
/// # Errors
/// The wall cannot be reached.
pub fn sound(args: &SoundArgs, loaded: &Loaded) -> Result<(), Failure> {
    let action = if args.state == "off" { "mute" } else { "unmute" };
    WallClient::of(&args.wall, loaded)?.ask(Method::POST, "/do", format!("do={action}")).map(drop)
}

/// Says what is on the wall, and saves its picture.
///
/// # Errors
/// The wall cannot be reached, or the file cannot be written.
pub fn look(args: &LookArgs, loaded: &Loaded) -> Result<(), Failure> {
    let client = WallClient::of(&args.wall, loaded)?;
    let status = client.ask(Method::GET, "/status.json", String::new())?;
    if let Some(path) = &args.output {
        let png = client.ask(Method::GET, "/screenshot.png", String::new())?;
        std::fs::write(path, &png)
            .map_err(|error| Failure::new(Exit::CannotWrite, format!("cannot write {}: {error}", path.display())))?;
    }
    let view: View = serde_json::from_slice(&status).map_err(|error| {
        Failure::new(Exit::Feed, format!("{}: the answer does not come from a wall: {error}", client.at))
    })?;
    if args.json {
        return stdout::print(&format!("{}\n", String::from_utf8_lossy(&status)));
    }
    stdout::print(&described(&view))
}

fn described(view: &View) -> String {
    let (w, mut out) = (Words::english(), String::new());
    let mut line = |name: &str, text: String| {
        // Writing to a text cannot fail.
        let _ = writeln!(out, "{name:8}{text}");
    };
    line("screen", format!("{} ({})", view.screen, view.version));
    if view.is_dark {
        line("", w.dark.to_owned());
    }
    if let Some((text, left_s)) = &view.message {
        line("message", format!("{text} ({} left)", w.time(*left_s)));
    }
    let of = |page: usize, pages: usize| if pages > 1 { format!(" ({} of {pages})", page + 1) } else { String::new() };
    if let Some(on) = &view.on {
        line("on", format!("{}{}", on.title, of(on.page, on.pages)));
    }
    for next in &view.next {
        line("next", format!("{}{} in {}", next.title, of(next.page, next.pages), w.time(next.in_s)));
    }
    for feed in &view.feeds {
        let age = feed.age_s.map(|age| format!(", figures from {}", w.ago(age))).unwrap_or_default();
        let error = feed.status.attempts.last_error.as_ref().map(|error| format!(", last error: {}", error.text));
        let state = match feed.status.attempts.state {
            crate::store::State::Good => w.good,
            crate::store::State::Failing => w.failing,
            crate::store::State::Waiting => w.waiting,
        };
        line("feed", format!("{} {state}{age}{}", feed.status.name, error.unwrap_or_default()));
    }
    out
}

/// Where a wall listens, and what opens it.
struct WallClient {
    at: String,
    token: Option<Secret>,
}

impl WallClient {
    fn of(args: &WallArgs, loaded: &Loaded) -> Result<WallClient, Failure> {
        let remote = &loaded.config.remote;
        let listens = remote.listen.map(|listen| reachable(listen).to_string());
        let at = args.at.clone().or(listens).ok_or_else(|| {
            let file = loaded.place_to_edit();
            Failure::new(
                Exit::Usage,
                format!("{file} has no listen in [remote]: set it, or name the wall with --at HOST:PORT"),
            )
        })?;
        let at = at.strip_prefix("http://").unwrap_or(&at).trim_end_matches('/').to_owned();
        let source = match &args.token_file {
            Some(path) => Some(TokenSource::File(path.clone())),
            // The settings' token is for that wall alone.
            None => remote.token.clone().filter(|_| args.at.is_none()),
        };
        let token = source.map(|source| source.read(|name| std::env::var_os(name))).transpose();
        Ok(WallClient { at, token: token.map_err(|error| Failure::new(Exit::Usage, error))? })
    }

    fn ask(&self, method: Method, path: &str, body: String) -> Result<Bytes, Failure> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Failure::new(Exit::Feed, error))?;
        let answer = runtime.block_on(async { tokio::time::timeout(LIMIT, self.send(method, path, body)).await });
        let (status, bytes) = answer
            .unwrap_or_else(|_| Err(format!("no answer within {} s", LIMIT.as_secs())))
            .map_err(|why| Failure::new(Exit::Feed, format!("{}: {why}", self.at)))?;
        let said = || String::from_utf8_lossy(&bytes).trim().to_owned();
        match status {
            StatusCode::OK => Ok(bytes),
            StatusCode::UNAUTHORIZED => {
                let hint = "the wall needs its token: use --token-file, or token_file in [remote] of its settings";
                Err(Failure::new(Exit::Feed, format!("{}: {hint}", self.at)))
            }
            StatusCode::UNPROCESSABLE_ENTITY => Err(Failure::new(Exit::Usage, said())),
            _ => Err(Failure::new(Exit::Feed, format!("{}: {} {}", self.at, status.as_u16(), said()))),
        }
    }

    async fn send(&self, method: Method, path: &str, body: String) -> Result<(StatusCode, Bytes), String> {
        let stream = TcpStream::connect(&self.at).await.map_err(|error| error.to_string())?;
        let (mut sender, connection) =
            http1::handshake::<_, Body>(TokioIo::new(stream)).await.map_err(|error| error.to_string())?;
        tokio::spawn(connection);
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, &self.at)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(OURS, "1");
        if let Some(token) = &self.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {}", token.expose()));
        }
        let request = request.body(Body::from(body)).map_err(|error| error.to_string())?;
        let response = sender.send_request(request).await.map_err(|error| error.to_string())?;
        let status = response.status();
        let bytes = to_bytes(Body::new(response.into_body()), MAX_BYTES).await.map_err(|error| error.to_string())?;
        Ok((status, bytes))
    }
}

/// Where something that listens here is reached from here.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wall_that_listens_everywhere_is_reached_here() {
        for (listen, at) in
            [("0.0.0.0:8270", "127.0.0.1:8270"), ("[::]:80", "[::1]:80"), ("192.168.1.9:80", "192.168.1.9:80")]
        {
            assert_eq!(reachable(listen.parse().unwrap()).to_string(), at);
        }
    }
}
