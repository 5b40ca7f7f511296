//! Tells the hub that a screen belongs to which slide is on, so that others see the same on their own computers.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use serde_json::json;
use tokio::time::{Instant, sleep};
use url::Url;

use super::get;
use super::limits::Limits;
use super::options::FeedOptions;
use super::ports::Screen;
use super::redirect::host_label;
use super::source::OpenSource;
use super::timer;
use crate::config::TokenSource;

/// A slide that stays is told again as often: the hub forgets who is silent.
const AGAIN: Duration = Duration::from_secs(60);

/// A hub that does not take it is left alone for so long.
const AFTER_FAILURE: Duration = Duration::from_secs(30);

/// A wall notes what is on once a second.
const LOOK: Duration = Duration::from_millis(500);

/// Tells it for ever; a feed that is no screen of a hub has nobody to tell.
pub(super) async fn run(options: &FeedOptions) {
    match Report::of(options) {
        Some(report) => report.run().await,
        None => std::future::pending().await,
    }
}

struct Report {
    address: Url,
    token: TokenSource,
    ca_file: Option<PathBuf>,
    limits: Limits,
    wall: Arc<dyn Screen>,
}

impl Report {
    /// Only a screen of a hub has a secret of its own: no other server hears anything.
    fn of(options: &FeedOptions) -> Option<Report> {
        let token = options.token.clone().filter(|token| matches!(token, TokenSource::Own(_)))?;
        let OpenSource::Http(url) = &options.source else { return None };
        let mut address = url.clone();
        address.path_segments_mut().ok()?.push("showing");
        Some(Report {
            address,
            token,
            ca_file: options.ca_file.clone(),
            limits: options.limits.clone(),
            wall: options.wall.clone()?,
        })
    }

    async fn run(self) {
        let mut told: Option<(String, Instant)> = None;
        loop {
            sleep(LOOK).await;
            let Some(slide) = self.wall.seen().slide else { continue };
            let is_told = told.as_ref().is_some_and(|(last, at)| *last == slide && timer::now() < *at + AGAIN);
            if is_told {
                continue;
            }
            match self.tell(&slide).await {
                Ok(()) => told = Some((slide, timer::now())),
                Err(reason) => {
                    tracing::debug!("{}: not told what is on: {reason}", host_label(&self.address));
                    sleep(AFTER_FAILURE).await;
                }
            }
        }
    }

    async fn tell(&self, slide: &str) -> Result<(), String> {
        // Made anew each time: a slide stays for many seconds, and a `ca_file` may have been renewed.
        let client = get::client(&self.limits, None, self.ca_file.as_deref()).map_err(|failure| failure.reason)?;
        let token = self.token.read(|name| std::env::var_os(name)).map_err(|error| error.to_string())?;
        let request = client
            .post(self.address.clone())
            .bearer_auth(token.expose())
            .header(CONTENT_TYPE, "application/json")
            .body(json!({"slide": slide}).to_string())
            .timeout(self.limits.whole);
        let answer = request.send().await.map_err(|error| error.without_url().to_string())?;
        if answer.status().is_success() { Ok(()) } else { Err(format!("it answers {}", answer.status())) }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::*;
    use crate::feed::ports::{Command, Seen};

    #[derive(Debug)]
    struct Wall(Mutex<&'static str>);

    impl Screen for Wall {
        fn seen(&self) -> Seen {
            Seen { slide: Some((*self.0.lock().unwrap()).to_owned()), ..Seen::default() }
        }

        fn order(&self, _: Command) -> bool {
            false
        }
    }

    /// What comes next, answered as a hub does.
    async fn next(listener: &TcpListener) -> String {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut said = Vec::new();
        while !said.ends_with(b"}") {
            assert_ne!(stream.read_buf(&mut said).await.unwrap(), 0, "{}", String::from_utf8_lossy(&said));
        }
        stream.write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n").await.unwrap();
        String::from_utf8(said).unwrap()
    }

    #[tokio::test]
    async fn a_hub_hears_each_slide_once_and_no_other_server_anything() {
        let dir = std::env::temp_dir().join(format!("floorcast-report-{}", std::process::id()));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url: Url = format!("http://{}/screen", listener.local_addr().unwrap()).parse().unwrap();
        let wall = Arc::new(Wall(Mutex::new("won")));
        let other = FeedOptions { wall: Some(wall.clone()), ..FeedOptions::new(OpenSource::Http(url)) };
        let own = FeedOptions { token: Some(TokenSource::Own(Some(dir.clone()))), ..other.clone() };
        assert!(Report::of(&other).is_none(), "it is no screen of this server");
        let report = Report::of(&own).unwrap();
        let heard = async {
            let first = next(&listener).await;
            *wall.0.lock().unwrap() = "goals";
            [first, next(&listener).await]
        };
        let [first, second] = tokio::select! {
            heard = heard => heard,
            () = report.run() => panic!("it ends by itself"),
        };
        assert!(first.starts_with("POST /screen/showing ") && first.to_lowercase().contains("authorization: bearer "));
        assert!(
            first.ends_with("{\"slide\":\"won\"}") && second.ends_with("{\"slide\":\"goals\"}"),
            "{first} {second}"
        );
        std::fs::remove_dir_all(dir).unwrap();
    }
}
