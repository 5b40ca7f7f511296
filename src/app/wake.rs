//! Handles each wake of the event loop: takes updates, requests a frame when one is due, sets the next wake.

use std::time::{Duration, Instant};

use winit::event_loop::{ActiveEventLoop, ControlFlow};
use winit::platform::wayland::ActiveEventLoopExtWayland as _;

use super::kiosk::Kiosk;
use super::pictures;
use crate::config::Panel;
use crate::exit::{Exit, Failure};
use crate::host;
use crate::motion::{Now, Time};

/// A panel needs so long to show something after it was switched on.
const PANEL_S: f64 = 8.0;
/// How often the screens are counted.
const COUNT_S: f64 = 2.0;

impl Kiosk {
    /// The loop has nothing else to do.
    pub(super) fn wake(&mut self, el: &ActiveEventLoop) {
        let now = self.now();
        if let Some(name) = self.feeds.gave_up() {
            let why = format!("{name} panicked too often to go on: restart the program");
            return self.finish(el, Err(Failure::new(Exit::TempFail, why)));
        }
        self.pulse.beat();
        self.count_outputs(el, now);
        self.keep_hours(now);
        self.apply_news(now);
        self.answer_desk(el, now);
        self.note_what_is_on(now);
        self.take_pictures(now);
        self.poll_gpu(now);
        self.look_up_network(now);
        self.request_redraw(now);
        let ids = self.feeds.write_ids().map(|wait| now.t.after(wait.as_secs_f64()));
        let wake_at = self.wake_at(now);
        let wake_at = ids.map_or(wake_at, |ids| wake_at.min(ids));
        let wake_at = if self.reads_since.is_some() { wake_at.min(now.t.after(pictures::LOOK_S)) } else { wake_at };
        el.set_control_flow(ControlFlow::WaitUntil(self.instant(wake_at)));
    }

    /// Counts the screens, and says to the supervisor that the wall is ready as soon as there is a picture on one.
    fn count_outputs(&mut self, el: &ActiveEventLoop, now: Now) {
        if self.ready == self.seen && self.counted_at.is_some_and(|at| now.t.since(at) < COUNT_S) {
            return;
        }
        self.counted_at = Some(now.t);
        let outputs = el.available_monitors().count();
        self.pulse.set_outputs(outputs);
        // An X server shows what is drawn whether it knows of screens or not.
        let waits = !self.seen && outputs == 0 && el.is_wayland();
        if std::mem::replace(&mut self.waits_for_screen, waits) && !waits {
            self.redraw();
        }
        if self.seen
            && outputs > 0
            && !std::mem::replace(&mut self.ready, true)
            && let Err(e) = sd_notify::notify(false, &[sd_notify::NotifyState::Ready])
        {
            tracing::warn!("cannot report to the supervisor that floorcast is ready: {e}");
        }
    }

    /// Goes dark or lights up when the hours say so.
    fn keep_hours(&mut self, now: Now) {
        let celebrates = self.director.fills_screen_until(now);
        let Some((is_dark, is_news)) = self.darkness.look(&self.config, celebrates, now) else { return };
        self.pulse.set_off(is_dark);
        if is_news && !self.config.hours.on.is_empty() {
            let why = if celebrates.is_some() && !is_dark { "for a celebration" } else { "by its hours" };
            tracing::info!("{why} the wall is {}", if is_dark { "dark" } else { "on" });
            self.panel.switch(!is_dark);
        }
        self.pace.redraw_at = Some(now.t);
    }

    /// Applies what the feeds have sent since the last wake.
    fn apply_news(&mut self, now: Now) {
        let news = self.feeds.take();
        if news.is_empty() {
            return;
        }
        // A panel that is off is dark for some seconds after it is told.
        let wakes_panel = self.darkness.is_dark() && self.config.hours.wake && self.config.hours.panel != Panel::Black;
        self.director.celebrate_after(if wakes_panel { PANEL_S } else { 0.0 });
        for (feed, update) in news {
            self.director.apply_from(feed, update, now, &mut self.fonts);
        }
        self.feeds.keep_ids(&mut self.director);
        self.recall_pin(now);
        self.darkness.ask();
        self.keep_hours(now);
        self.pace.redraw_at = Some(now.t);
    }

    fn poll_gpu(&mut self, now: Now) {
        if let Some(gpu) = &self.gpu
            && self.pace.polls(now)
        {
            gpu.poll();
        }
    }

    fn look_up_network(&mut self, now: Now) {
        if !self.pace.looks_up(now) {
            return;
        }
        let address = host::address();
        if self.director.set_network(host::network(), address.clone()) {
            tracing::info!("this machine's address is {}", address.as_deref().unwrap_or("not known"));
            self.pace.redraw_at = Some(now.t);
        }
    }

    /// When the next frame is due.
    fn due(&self, now: Now) -> Option<Time> {
        self.pace.due(self.darkness.is_drawn(), self.director.is_waiting(now))
    }

    fn request_redraw(&mut self, now: Now) {
        if self.waits_for_screen {
            return;
        }
        if self.pace.wants_frame(now, self.darkness.is_drawn(), self.director.is_waiting(now)) {
            self.pulse.want();
            if let Some(window) = &self.window {
                window.request_redraw();
            }
        }
    }

    fn wake_at(&self, now: Now) -> Time {
        let hours = &self.config.hours;
        let at = self.pace.wake_at(now, self.due(now), !hours.on.is_empty() || !hours.brightness.is_empty());
        if self.waits_for_screen { at.min(now.t.after(COUNT_S)) } else { at }
    }

    /// The system's instant for one of the show.
    fn instant(&self, t: Time) -> Instant {
        self.started + Duration::from_micros(t.0.max(0).unsigned_abs())
    }
}
