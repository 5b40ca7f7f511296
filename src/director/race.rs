//! Decides when the race is shown (DESIGN 5, The race): on the hour, before the wall goes dark, and after a change of the
//! lead; never beside anything else that moves.

use jiff::Timestamp;

use super::Director;
use super::slide_change::WIPE_S;
use crate::board::fresh::Band;
use crate::board::{Board, Body, rank};
use crate::motion::{Now, Time};
use crate::slides::RACE_S;

/// The ranking stays for so long after a race.
const RESULT_S: f64 = 2.0;
/// A race waits so long for a moment in which nothing else moves.
const WAITS_S: f64 = 120.0;
/// The least time between two races; the built-in show has one in each of its laps.
const APART_S: f64 = 900.0;
const APART_IN_SHOW_S: f64 = 90.0;
/// The text of a celebration stays for so long before a race.
const AFTER_S: f64 = 4.0;
/// After rows have passed each other: by then none is lifted any more.
const SETTLED_S: f64 = 6.0;
/// After it has turned to the ranking, or after that has come on.
const CAME_S: f64 = WIPE_S + 0.3;
/// So long before the wall goes dark.
const BEFORE_DARK_S: i64 = 40;
const HOUR_US: i64 = 3_600_000_000;

/// The race that waits and the race that is shown.
#[derive(Debug, Default)]
pub(super) struct Races {
    waits: Option<Waiting>,
    on: Option<OnWall>,
}

#[derive(Debug)]
struct Waiting {
    feed: usize,
    slide: String,
    from: Time,
}

#[derive(Debug)]
struct OnWall {
    feed: usize,
    slide: String,
    start: Time,
}

impl Director {
    /// When the last race on a slide began.
    pub(super) fn race_of(&self, feed: usize, slide: &str) -> Option<Time> {
        let on = self.races.on.as_ref().filter(|on| on.feed == feed && on.slide == slide)?;
        (self.feeds[feed].health.is_none() || !self.feeds[feed].in_trouble()).then_some(on.start)
    }

    /// Until when the last race is told.
    pub(super) fn race_until(&self) -> Option<Time> {
        self.races.on.as_ref().map(|on| on.start.after(RACE_S))
    }

    /// Whoever leads one of a feed's rankings now alone has not led it on the board before: that is told, once.
    pub(super) fn want_race_after(&mut self, feed: usize, before: Option<&Board>, board: &Board, now: Time) {
        let Some(before) = before.filter(|before| before.id == board.id && before.epoch == board.epoch) else { return };
        let changed = board.slides.iter().filter(|slide| {
            let was = before.slide(&slide.id).and_then(|slide| leader(before, slide));
            let is = leader(board, slide);
            is.is_some() && was.is_some() && is != was
        });
        let changed: Vec<String> = changed.map(|slide| slide.id.clone()).collect();
        let mut racing = self.entries.iter().filter(|e| e.feed == feed && e.slide.has_race());
        if let Some(slide) = racing.find(|e| changed.contains(&e.id)).map(|e| e.id.clone()) {
            self.want_race(feed, slide, now);
        }
    }

    fn want_race(&mut self, feed: usize, slide: String, from: Time) {
        let apart = if self.is_trailer(feed) { APART_IN_SHOW_S } else { APART_S };
        let is_due = self.races.on.as_ref().is_none_or(|on| from.since(on.start) >= apart);
        let is_free = self.races.waits.as_ref().is_none_or(|waits| from.since(waits.from) > WAITS_S);
        // By the clock alone all screens show the same: one that knows other days would not.
        if is_due && is_free && !self.config.reduced_motion && !self.keeps_step() {
            self.races.waits = Some(Waiting { feed, slide, from });
        }
    }

    /// When a race is next wanted by the clock, after `self.advanced`: on the floor's hour, or before the wall goes dark.
    pub(super) fn next_race_hour(&self, now: Now) -> Option<(Time, usize)> {
        let of = |(i, feed): (usize, &super::feeds::WallFeed)| {
            let races = self.entries.iter().any(|e| e.feed == i && e.slide.has_race());
            let shown = feed.show_time(now.at(self.advanced));
            if !races || !feed.has_clock(shown) {
                return None;
            }
            let at = Timestamp::from_microsecond(shown.wall_us).ok()?;
            let zone = feed.clock.zone();
            let offset_us = i64::from(at.to_zoned(zone.clone()).offset().seconds()) * 1_000_000;
            let hour = ((shown.wall_us + offset_us).div_euclid(HOUR_US) + 1) * HOUR_US - offset_us;
            let dark = self.config.hours.goes_dark_after(at, BEFORE_DARK_S, zone).map(Timestamp::as_microsecond);
            let next = dark.into_iter().chain([hour]).filter(|us| *us > shown.wall_us).min()?;
            Some((shown.when_wall(next), i))
        };
        self.feeds.iter().enumerate().filter_map(of).min()
    }

    /// The hour has come.
    pub(super) fn race_hour(&mut self, feed: usize, at: Time) {
        let shown: Vec<usize> = self.playlist.slides().collect();
        let racing = shown.into_iter().map(|i| &self.entries[i]).find(|e| e.feed == feed && e.slide.has_race());
        if let Some(slide) = racing.map(|e| e.id.clone()) {
            self.want_race(feed, slide, at);
        }
    }

    /// When the race that waits is told, or no longer waits; not before `from`.
    pub(super) fn next_race(&self, from: Time) -> Option<Time> {
        let waits = self.races.waits.as_ref()?;
        Some(self.race_turn(waits, from).unwrap_or_else(|| waits.from.max(from)))
    }

    /// The first instant from which nothing else is told for as long as it takes.
    fn race_turn(&self, waits: &Waiting, from: Time) -> Option<Time> {
        let last = waits.from.after(WAITS_S);
        let slide = self.entries.iter().position(|e| e.feed == waits.feed && e.id == waits.slide)?;
        let mut t = waits.from.max(from);
        for _ in 0..32 {
            let plan = self.celebrations.queue.plan().iter();
            let told =
                plan.filter(|c| c.start < t.after(RACE_S + 2.0 * CAME_S) && c.end.after(AFTER_S) > t).map(|c| c.end);
            let held = self.feeds[waits.feed].held.first().map(|held| self.released_at(waits.feed, held));
            let held = held.filter(|at| at.after(AFTER_S) > t);
            let busy = self.entries[slide].slide.busy_until().filter(|until| until.after(SETTLED_S) > t);
            let clear = told.chain(held).map(|at| at.after(AFTER_S)).chain(busy.map(|at| at.after(SETTLED_S))).max();
            match clear {
                Some(at) if at > t => t = at,
                _ => return (t <= last).then_some(t),
            }
            if t > last {
                return None;
            }
        }
        None
    }

    /// The turn of the race that waits: it begins, or there is no moment for it.
    pub(super) fn begin_race(&mut self, now: Now) {
        let at = now.t;
        let Some(waits) = self.races.waits.take() else { return };
        let turn = self.race_turn(&waits, at);
        let slide = self.entries.iter().position(|e| e.feed == waits.feed && e.id == waits.slide && e.slide.has_race());
        let old = self.feeds[waits.feed].band(now).0 >= Band::Warned || self.feeds[waits.feed].in_trouble();
        let Some(slide) = slide.filter(|_| turn == Some(at) && !old && self.note.is_none()) else { return };
        let Some(on) = self.playlist.current(at) else { return };
        let start = if (on.slide, on.page) == (slide, 0) { at.max(on.since.after(CAME_S)) } else { at.after(CAME_S) };
        let end = start.after(RACE_S + RESULT_S);
        if self.takes_all(slide, at, end.since(at)) {
            return;
        }
        if (on.slide, on.page) == (slide, 0) {
            self.playlist.hold(at, end);
        } else {
            self.playlist.detour(at, (slide, 0), end);
            let turned = self.playlist.current(at).is_some_and(|on| (on.slide, on.page) == (slide, 0));
            if !turned {
                return;
            }
        }
        self.races.on = Some(OnWall { feed: waits.feed, slide: waits.slide, start });
    }
}

/// Who leads a ranking alone.
fn leader<'a>(board: &'a Board, slide: &'a crate::board::SlideData) -> Option<&'a str> {
    let Body::Ranking(r) = &slide.body else { return None };
    let places = rank::places(board, slide);
    let mut first = places.iter().filter(|place| place.rank == Some(1));
    let sole = first.next().filter(|_| first.next().is_none())?;
    Some(r.rows[sole.row].who.id.as_str())
}
