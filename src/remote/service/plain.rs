//! What programs read: health, metrics, the state as JSON, the last lines of the log.

use std::fmt::Write as _;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use super::{Service, answers};
use crate::remote::desk::Counters;
use crate::remote::view::View;
use crate::store;

pub(super) async fn health(State(service): State<Service>) -> Response {
    let health = service.0.device.health();
    let status = if health.works { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    answers::text(status, &health.text)
}

pub(super) async fn log(State(service): State<Service>) -> Response {
    answers::text(StatusCode::OK, &service.0.device.log().join("\n"))
}

pub(super) async fn status(State(service): State<Service>) -> Response {
    let (view, is_fresh) = service.view().await;
    let status = if is_fresh { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(view)).into_response()
}

pub(super) async fn metrics(State(service): State<Service>) -> Response {
    let (view, is_fresh) = service.view().await;
    let text = prometheus(&view, is_fresh, service.0.device.health().works, &service.0.device.counters());
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}

/// The text format of Prometheus.
fn prometheus(view: &View, is_fresh: bool, works: bool, counters: &Counters) -> String {
    let mut out = String::new();
    let mut add = |name: &str, kind: &str, help: &str, values: &[(String, f64)]| {
        // Writing to a text cannot fail.
        let _ = write!(out, "# HELP floorcast_{name} {help}\n# TYPE floorcast_{name} {kind}\n");
        for (labels, value) in values {
            let _ = writeln!(out, "floorcast_{name}{labels} {value}");
        }
    };
    let one = |value: f64| vec![(String::new(), value)];
    let flag = |is: bool| f64::from(u8::from(is));
    let version = format!("{{version=\"{}\"}}", escaped(&view.version));
    add("info", "gauge", "The version that runs.", &[(version, 1.0)]);
    add("healthy", "gauge", "Whether the wall works, as its own judge sees it.", &one(flag(works)));
    add("answers", "gauge", "Whether the wall's loop answered within 3 s.", &one(flag(is_fresh)));
    add("dark", "gauge", "Whether the wall is black by its hours.", &one(flag(view.is_dark)));
    add("uptime_seconds", "gauge", "Since the start of the program.", &one(counters.uptime_s));
    add("memory_bytes", "gauge", "Memory that the program holds.", &one(counters.memory_bytes as f64));
    add("frames_wanted_total", "counter", "Frames that were due.", &one(counters.wanted as f64));
    add("frames_shown_total", "counter", "Frames that reached the screen, or were there.", &one(counters.shown as f64));
    let missed = counters.wanted.saturating_sub(counters.shown) as f64;
    add("frames_missed_total", "counter", "Frames that were due and not shown.", &one(missed));
    let restarts = counters.starts.len().saturating_sub(1) as f64;
    add("restarts", "gauge", "Starts of the program since the machine's, but the first; at most 31.", &one(restarts));
    let failures = counters.starts.iter().filter(|start| start.failed).count() as f64;
    add("failures", "gauge", "Runs since the machine's start that ended by themselves.", &one(failures));
    let label = |name: &str| format!("{{feed=\"{}\"}}", escaped(name));
    let ages = view.feeds.iter().filter_map(|feed| Some((label(&feed.status.name), feed.age_s?)));
    add("feed_age_seconds", "gauge", "Since a feed's figures were true.", &ages.collect::<Vec<_>>());
    let good = |feed: &super::super::FeedView| flag(feed.status.attempts.state == store::State::Good);
    let feeds = view.feeds.iter().map(|feed| (label(&feed.status.name), good(feed)));
    add("feed_good", "gauge", "Whether a feed's last answer was good.", &feeds.collect::<Vec<_>>());
    out
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::remote::view::{FeedView, StartView};
    use crate::store::FeedStatus;

    #[test]
    fn metrics_are_read_by_prometheus() {
        let feed = FeedView { status: FeedStatus::new("c\"rm".into()), age_s: Some(12.5), error_age_s: None };
        let view = View { feeds: vec![feed], version: "1.2".into(), ..View::default() };
        let start = |failed| StartView { ago_s: 1, ended: None, failed };
        let counters = Counters {
            wanted: 10,
            shown: 8,
            starts: vec![start(false), start(true), start(false)],
            ..Counters::default()
        };
        let text = prometheus(&view, true, false, &counters);
        for line in [
            "floorcast_info{version=\"1.2\"} 1",
            "floorcast_healthy 0",
            "floorcast_frames_missed_total 2",
            "floorcast_restarts 2",
            "floorcast_failures 1",
            "floorcast_feed_age_seconds{feed=\"c\\\"rm\"} 12.5",
            "floorcast_feed_good{feed=\"c\\\"rm\"} 0",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
        }
        let bare =
            |line: &str| line.starts_with('#') || line.rsplit_once(' ').is_some_and(|(_, v)| v.parse::<f64>().is_ok());
        assert!(text.lines().all(bare), "{text}");
    }
}
