//! Tells the hub that a screen belongs to which slide is on, so that others see the same on their own computers.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use serde_json::json;
use tokio::time::{Instant, sleep};
use url::Url;

use super::get;
use super::hub_address::HubAddress;
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
    hub: HubAddress,
    /// `None`: the hub is on this machine, which needs no secret.
    token: Option<TokenSource>,
    ca_file: Option<PathBuf>,
    limits: Limits,
    wall: Arc<dyn Screen>,
}

impl Report {
    /// A server that is not the screen's own hub hears nothing.
    fn of(options: &FeedOptions) -> Option<Report> {
        if !options.of_hub {
            return None;
        }
        let hub = match &options.source {
            OpenSource::Http(url) => HubAddress::known(url.clone()),
            OpenSource::FoundHub => options.found_hub.clone(),
            _ => return None,
        };
        Some(Report {
            hub,
            token: options.token.clone(),
            ca_file: options.ca_file.clone(),
            limits: options.limits.clone(),
            wall: options.wall.clone()?,
        })
    }

    async fn run(self) {
        let mut told: Option<(String, Instant)> = None;
        loop {
            sleep(LOOK).await;
            let (Some(slide), Some(hub)) = (self.wall.seen().slide, self.hub.get()) else { continue };
            let is_told = told.as_ref().is_some_and(|(last, at)| *last == slide && timer::now() < *at + AGAIN);
            if is_told {
                continue;
            }
            match self.tell(&hub, &slide).await {
                Ok(()) => told = Some((slide, timer::now())),
                Err(reason) => {
                    tracing::debug!("{}: cannot tell the hub which slide is on: {reason}", host_label(&hub));
                    sleep(AFTER_FAILURE).await;
                }
            }
        }
    }

    async fn tell(&self, hub: &Url, slide: &str) -> Result<(), String> {
        let mut address = hub.clone();
        address.path_segments_mut().map_err(|()| "the address has no path".to_owned())?.push("showing");
        // Made anew each time: a slide stays for many seconds, and a `ca_file` may have been renewed.
        let client = get::client(&self.limits, None, self.ca_file.as_deref()).map_err(|failure| failure.reason)?;
        let mut request = client.post(address);
        if let Some(token) = &self.token {
            let token = token.read(|name| std::env::var_os(name)).map_err(|error| error.to_string())?;
            request = request.bearer_auth(token.expose());
        }
        let request = request
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
        let held = tempfile::tempdir().unwrap();
        let dir = held.path().join("report");
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url: Url = format!("http://{}/screen", listener.local_addr().unwrap()).parse().unwrap();
        let wall = Arc::new(Wall(Mutex::new("won")));
        let other = FeedOptions { wall: Some(wall.clone()), ..FeedOptions::new(OpenSource::Http(url)) };
        let token = Some(TokenSource::Own(Some(dir.clone())));
        let own = FeedOptions { token, of_hub: true, ..other.clone() };
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

    #[tokio::test]
    async fn a_hub_that_is_found_later_hears_it_and_so_does_one_on_this_machine_without_a_secret() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let hub = FeedOptions {
            wall: Some(Arc::new(Wall(Mutex::new("won")))),
            of_hub: true,
            ..FeedOptions::new(OpenSource::FoundHub)
        };
        let report = Report::of(&hub).unwrap();
        let heard = async {
            hub.found_hub.set(format!("http://{at}/screen").parse().unwrap());
            next(&listener).await
        };
        let said = tokio::select! {
            said = heard => said,
            () = report.run() => panic!("it ends by itself"),
        };
        assert!(said.starts_with("POST /screen/showing "), "{said}");
        let own: Url = format!("http://{at}/boards/main").parse().unwrap();
        let report = Report::of(&FeedOptions { source: OpenSource::Http(own), ..hub }).unwrap();
        let said = tokio::select! {
            said = next(&listener) => said,
            () = report.run() => panic!("it ends by itself"),
        };
        assert!(
            said.starts_with("POST /boards/main/showing ") && !said.to_lowercase().contains("authorization"),
            "{said}"
        );
    }
}
