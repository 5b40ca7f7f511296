//! Puts together what a desk sees of the wall.

use jiff::Timestamp;

use crate::app::kiosk::Kiosk;
use crate::motion::Now;
use crate::remote::{FeedView, OnNow, SlideView, Upcoming, View};
use crate::store::{FeedStatus, TransportKind};

/// Pages that are said to come.
const NEXT: usize = 6;

impl Kiosk {
    pub(super) fn view(&self, now: Now) -> View {
        let mut outlook = self.director.outlook(now, NEXT).into_iter();
        let until = |at: crate::motion::Time| at.since(now.t).max(0.0);
        // Before the first picture nothing is on.
        let on = outlook.next().filter(|_| self.seen).map(|on| OnNow {
            pin: on.pin,
            title: on.title,
            page: on.page,
            pages: on.pages,
            left_s: on.until.map(until),
        });
        let next = outlook.map(|next| Upcoming {
            pin: next.pin,
            title: next.title,
            page: next.page,
            pages: next.pages,
            in_s: until(next.since),
        });
        let slides = self.director.slides(now).into_iter().map(|slide| SlideView {
            pin: slide.pin,
            title: slide.title,
            kind: slide.kind.to_owned(),
            dwell_s: slide.dwell_s,
            is_hidden_by_playlist: slide.hidden.is_some_and(|why| why == crate::director::HiddenReason::Hidden),
            hidden: slide.hidden.map(|why| why.to_string()),
        });
        let wall = Timestamp::from_microsecond(now.wall_us).unwrap_or_default();
        View {
            screen: self.screen_name(),
            address: self.director.host().address.clone(),
            version: env!("FLOORCAST_VERSION").to_owned(),
            locale: self.config.locale.clone(),
            is_dark: self.darkness.is_dark(),
            on,
            next: next.collect(),
            slides: slides.collect(),
            feeds: self.feeds.statuses().into_iter().map(|status| feed(status, wall)).collect(),
            pinned: self.director.held().map(str::to_owned),
            message: self.director.note(now).map(|(text, left_s)| (text.to_owned(), left_s)),
            brightness: self.config.brightness,
            quiet: self.config.celebrations.quiet.map(|times| times.map(|time| time.strftime("%H:%M").to_string())),
            is_heard: self.hearing.is_on(),
            is_muted: self.desk.changes.muted,
            is_changed: self.desk.changes.any(),
            refused: self.director.refused().map(|refused| match refused.place {
                Some((line, column)) => format!("{}:{line}:{column}: {}", refused.path, refused.message),
                None => format!("{}: {}", refused.path, refused.message),
            }),
        }
    }
}

fn feed(status: FeedStatus, now: Timestamp) -> FeedView {
    // A tape shows another day: it is as old as its last document.
    let is_tape = status.transport == Some(TransportKind::Tape);
    let since = status.as_of.filter(|_| !is_tape).or(status.attempts.last_good);
    let age_s = |at: Timestamp| now.duration_since(at).as_secs_f64().max(0.0);
    let error_age_s = status.attempts.last_error.as_ref().map(|error| age_s(error.at));
    FeedView { age_s: since.map(age_s), error_age_s, status }
}
