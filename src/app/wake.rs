//! Handles each wake of the event loop: takes updates, requests a frame when one is due, sets the next wake.

use std::time::{Duration, Instant};

use winit::event_loop::{ActiveEventLoop, ControlFlow};

use super::kiosk::Kiosk;
use crate::exit::{Exit, Failure};
use crate::host;
use crate::motion::{Now, Time};

/// The device tidies up at least so often, or memory grows (KIOSK rule 11).
const POLL_S: f64 = 10.0;
/// A network may come after the start: it is looked up so often, whatever is drawn.
const LOOK_UP_S: f64 = 10.0;

impl Kiosk {
    /// The loop has nothing else to do.
    pub(super) fn wake(&mut self, el: &ActiveEventLoop) {
        let now = self.now();
        if let Some(name) = self.feeds.gave_up() {
            let why = format!("{name} panicked too often to go on: restart the program");
            return self.finish(el, Err(Failure::new(Exit::Lost, why)));
        }
        self.apply_news(now);
        self.poll_gpu(now);
        self.look_up_network(now);
        self.request_redraw(now);
        el.set_control_flow(ControlFlow::WaitUntil(self.instant(self.wake_at(now))));
    }

    /// Applies what the feeds have sent since the last wake.
    fn apply_news(&mut self, now: Now) {
        let news = self.feeds.take();
        if news.is_empty() {
            return;
        }
        for (feed, update) in news {
            self.director.apply_from(feed, update, now, &mut self.fonts);
        }
        self.feeds.keep_ids(&mut self.director);
        self.redraw_at = Some(now.t);
    }

    fn poll_gpu(&mut self, now: Now) {
        if now.t.since(self.polled_at) >= POLL_S
            && let Some(gpu) = &self.gpu
        {
            gpu.poll();
            self.polled_at = now.t;
        }
    }

    fn look_up_network(&mut self, now: Now) {
        if now.t.since(self.looked_up_at) < LOOK_UP_S {
            return;
        }
        self.looked_up_at = now.t;
        let address = host::address();
        if self.director.set_network(host::network(), address.clone()) {
            tracing::info!("this machine's address is {}", address.as_deref().unwrap_or("not known"));
            self.redraw_at = Some(now.t);
        }
    }

    /// When the next frame is due. Not every display throttles us: the frame rate is limited here.
    fn due(&self, now: Now) -> Option<Time> {
        let due = self.redraw_at?;
        let due = self.drawn_at.map_or(due, |at| due.max(at.after(self.frame_s)));
        Some(self.awaits_first_board(now).map_or(due, |until| due.max(until)))
    }

    fn request_redraw(&mut self, now: Now) {
        if let Some(due) = self.due(now).filter(|due| *due <= now.t) {
            self.wanted_at.get_or_insert(due);
            if let Some(window) = &self.window {
                window.request_redraw();
            }
        }
    }

    fn wake_at(&self, now: Now) -> Time {
        let poll = self.polled_at.after(POLL_S).min(self.looked_up_at.after(LOOK_UP_S));
        match self.due(now) {
            // Until the redraw comes there is nothing to do but to listen.
            Some(due) if due <= now.t => now.t.after(poll.since(now.t).clamp(0.05, POLL_S)),
            Some(due) => due.min(poll),
            None => poll,
        }
    }

    /// The system's instant for one of the show.
    fn instant(&self, t: Time) -> Instant {
        self.started + Duration::from_micros(t.0.max(0).unsigned_abs())
    }
}
