//! The page: the wall as it is, and the forms by which it is steered.

use askama::Template;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::{Service, answers};
use crate::remote::desk::{Counters, Health};
use crate::remote::view::{FeedView, SlideView, View};
use crate::remote::words::{Words, asked, fill};
use crate::store::State as FeedState;

#[derive(Template)]
#[template(path = "page.html")]
struct Page {
    w: &'static Words,
    view: View,
    /// The loop answered just now.
    is_fresh: bool,
    health: Health,
    counters: Counters,
    is_done: bool,
    signs_out: bool,
}

impl Page {
    fn title(&self) -> &str {
        if self.view.screen.is_empty() { self.w.the_wall } else { &self.view.screen }
    }

    fn alt(&self) -> String {
        match &self.view.on {
            Some(on) => fill(self.w.picture_of, &[("title", &on.title)]),
            None => self.w.picture_empty.to_owned(),
        }
    }

    fn page_of(&self, page: &usize, pages: &usize) -> Option<String> {
        let of = || fill(self.w.page_of, &[("page", &(page + 1).to_string()), ("pages", &pages.to_string())]);
        (*pages > 1).then(of)
    }

    fn within(&self, seconds: &f64) -> String {
        fill(self.w.within, &[("n", &self.w.time(*seconds))])
    }

    fn up(&self) -> String {
        fill(self.w.up, &[("n", &self.w.time(self.counters.uptime_s))])
    }

    fn message_left(&self, seconds: &f64) -> String {
        fill(self.w.message_on, &[("n", &self.w.time(*seconds))])
    }

    fn state<'s>(&'s self, feed: &FeedView) -> (&'static str, &'s str) {
        match feed.status.attempts.state {
            FeedState::Good => ("up", self.w.good),
            FeedState::Failing => ("down", self.w.failing),
            FeedState::Waiting => ("", self.w.waiting),
        }
    }

    fn age(&self, feed: &FeedView) -> String {
        feed.age_s.map(|age| self.w.ago(age)).unwrap_or_default()
    }

    fn error_ago(&self, feed: &FeedView) -> String {
        feed.error_age_s.map(|age| self.w.ago(age)).unwrap_or_default()
    }

    fn ago(&self, seconds: &u64) -> String {
        self.w.ago(*seconds as f64)
    }

    fn not_on(&self, slide: &SlideView) -> Option<String> {
        slide.hidden.as_ref().map(|why| fill(self.w.not_on, &[("why", why)]))
    }

    fn seconds(&self, slide: &SlideView) -> String {
        slide.dwell_s.map(|seconds| seconds.to_string()).unwrap_or_default()
    }

    fn quiet(&self, which: usize) -> &str {
        self.view.quiet.as_ref().map_or("", |quiet| &quiet[which])
    }
}

pub(super) async fn show(State(service): State<Service>, request: Request) -> Response {
    let (view, is_fresh) = service.view().await;
    let w = asked(request.headers(), &view.locale);
    let page = Page {
        w,
        is_fresh,
        health: service.0.device.health(),
        counters: service.0.device.counters(),
        is_done: request.uri().query() == Some("done"),
        signs_out: service.0.access.asks_who(),
        view,
    };
    answers::page(StatusCode::OK, &page)
}
