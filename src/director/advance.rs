//! Does what is due, each thing at its own instant: steps of celebrations, boards that waited, windows of time, notices.

use jiff::Timestamp;

use super::Director;
use super::celebrate::{COVERED_S, Step};
use super::queue::Tier;
use crate::board::EventKind;
use crate::board::fresh::clock_set;
use crate::motion::{Now, Time};
use crate::scene::Fonts;
use crate::slides::celebration::landing::LANDS_S;
use crate::slides::celebration::{Amount, Landing};

/// How long the slide that a celebration plays on is on afterwards, at least.
const RESULT_S: f64 = 6.0;
/// Where its kind has been on for long already, the result is seen for so long.
const SEEN_S: f64 = 3.5;
/// After a line or a banner the next slide waits so long.
const CLEAR_S: f64 = 0.3;
/// Time within which nobody sees a difference.
const INSTANT_S: f64 = 0.01;
/// After a lower third the result waits for the slide to be wiped in.
const WIPED_S: f64 = 0.7;

impl Director {
    /// Does everything that was to happen until `now`, each at its own instant. Shells call it before a picture; when
    /// the next thing is due, the picture says.
    pub fn advance(&mut self, now: Now, fonts: &mut Fonts) {
        // Bounded: each step is made once, each window has two edges, each silent feed gets its message, and a day has so
        // many turns.
        for _ in 0..20_000 {
            let step = self.celebrations.next_step().map(|(t, ..)| t);
            let held = self.next_held(self.advanced);
            let window = self.next_window(now, self.advanced);
            let silent = self.next_notice(self.advanced);
            let turn = self.next_turn(now.t);
            let clearing = self.celebrations.next_clearing(self.advanced);
            let (race, hour) = (self.next_race(self.advanced), self.next_race_hour(now));
            let timed = [held.map(|h| h.0), window.map(|w| w.0), clearing.map(|c| c[0]), hour.map(|h| h.0)];
            let next = timed.into_iter().chain([step, silent, turn, race]);
            let next = next.flatten().min();
            let Some(at) = next.filter(|at| *at <= now.t) else { break };
            let late = at.max(self.advanced);
            self.note_airtime(late);
            self.advanced = late;
            let then = now.at(at);
            if let Some([_, start]) = clearing.filter(|c| c[0] == at) {
                self.clear_for(start, late);
            } else if step == Some(at) {
                self.make_step(at);
            } else if turn == Some(at) {
                self.pass_over(at);
            } else if let Some((_, feed)) = held.filter(|h| h.0 == at) {
                self.show_due_boards(feed, then, fonts);
            } else if race == Some(at) {
                self.begin_race(then);
            } else if let Some((_, feed)) = hour.filter(|h| h.0 == at) {
                self.race_hour(feed, at);
            } else if silent == Some(at) {
                self.add_notices(then, fonts);
            } else if let Some((_, feed)) = window {
                let from = &mut self.feeds[feed];
                from.windows_at = from.show_time(then).wall_us.max(from.windows_at + 1);
                let items = self.items(then);
                self.playlist.replace_items(items, Some, at);
            }
        }
        self.note_airtime(now.t);
        self.advanced = self.advanced.max(now.t);
        let is_set = Timestamp::from_microsecond(now.wall_us).is_ok_and(clock_set);
        if self.keeps_step() && is_set && self.host.pinned.is_none() && self.celebrations.queue.current(now.t).is_none()
        {
            self.playlist.keep_step(now);
        }
    }

    /// Whether the clock alone says what is on.
    pub(super) fn keeps_step(&self) -> bool {
        self.config.playlist.in_step || self.config.wall.is_tiled()
    }

    /// When the next thing is due.
    pub(super) fn due(&self, now: Now) -> Option<Time> {
        let step = self.celebrations.next_step().map(|(t, ..)| t);
        let step = step.into_iter().chain(self.celebrations.next_clearing(self.advanced).map(|c| c[0])).min();
        let window = self.next_window(now, self.advanced);
        let silent = self.next_notice(self.advanced);
        let races = [self.next_race(self.advanced), self.next_race_hour(now).map(|h| h.0)];
        let timed = [step, self.next_held(self.advanced).map(|h| h.0), window.map(|w| w.0), silent];
        timed.into_iter().chain(races).flatten().min()
    }

    /// The amount of a takeover flies into the row of whoever closed the deal, if that is on and its board comes now; the
    /// board waits for it.
    fn land(&mut self, feed: usize, end: Time, on: Option<(usize, usize)>, landed: Option<(String, Amount)>) {
        let due = self.feeds[feed].held.first().is_some_and(|held| self.released_at(feed, held) <= end);
        let Some(((slide, page), (who, amount))) = on.zip(landed).filter(|_| due && !self.config.reduced_motion) else {
            return;
        };
        let Some(row) = self.entries[slide].slide.row_of(&who, page) else { return };
        self.feeds[feed].hold_until(end.after(LANDS_S));
        let result = if self.takes_too_much(slide, end, LANDS_S + RESULT_S) { SEEN_S } else { RESULT_S };
        self.playlist.hold(end, end.after(LANDS_S + result));
        self.celebrations.landing = Some(Landing { amount, start: end, row });
    }

    /// No slide changes while a line or a banner comes in, or under it: one thing moves at a time. A slide whose kind has
    /// had its time leaves before it comes.
    fn clear_for(&mut self, start: Time, at: Time) {
        self.celebrations.cleared = Some(start);
        let celebration = self.celebrations.queue.plan().iter().find(|c| c.start == start);
        let Some((end, tier)) = celebration.map(|c| (c.end.after(CLEAR_S), c.tier)) else { return };
        let Some((slide, until)) = self.playlist.current(at).and_then(|on| Some((on.slide, on.until?))) else { return };
        // Its result plays for a moment after a banner.
        let stays = if tier == Tier::Banner { end.after(SEEN_S) } else { end };
        if self.takes_all(slide, at, stays.since(at)) {
            self.playlist.leave(at, at.after(INSTANT_S));
        } else if until < end {
            self.playlist.hold(at, end);
        }
    }

    fn make_step(&mut self, at: Time) {
        let Some((_, step, celebration)) = self.celebrations.next_step() else { return };
        let (start, end, tier, feed) = (celebration.start, celebration.end, celebration.tier, celebration.feed());
        // A banner leaves 0.3 s before its end, and then the slide is wiped in.
        let slide = celebration.events.iter().find_map(|e| e.what.slide.clone());
        let named = slide.and_then(|id| self.entries.iter().position(|e| e.feed == feed && e.id == id));
        // The result plays where whom it is about stands.
        let first = celebration.events.first();
        let (who, metric) = (first.and_then(|e| e.what.who.as_deref()), first.and_then(|e| e.metric.as_deref()));
        let named = named.map(|i| (i, self.entries[i].slide.page_of(who, metric)));
        let on = self.playlist.current(at).map(|on| (on.slide, on.page));
        let amount = self.celebrations.model(celebration).and_then(|model| model.amount.clone());
        let one_deal = celebration.events.len() == 1 && first.is_some_and(|e| e.kind == EventKind::Won);
        let landed = who.map(str::to_owned).zip(amount).filter(|_| one_deal);
        self.celebrations.made = Some((start, step));
        match (step, tier) {
            // What nobody sees takes no time from anybody.
            (Step::Begin, Tier::Takeover) => {
                if let Some(until) = self.playlist.current(at).and_then(|on| on.until) {
                    let goes = |slide: usize| self.takes_too_much(slide, end, RESULT_S);
                    let to = match named {
                        // There is no time left in which the result could be seen: another slide is on afterwards.
                        Some((slide, _)) if named == on && self.takes_all(slide, end, LANDS_S + SEEN_S) => {
                            // Just before everything is covered: the next one is on when time is made for it.
                            self.playlist.leave(at, at.after(COVERED_S - 2.0 * INSTANT_S));
                            return;
                        }
                        Some((slide, _)) if named == on => {
                            let result = if goes(slide) { SEEN_S } else { RESULT_S };
                            until.after(end.since(start)).max(end.after(result))
                        }
                        // Another slide is on soon, and this one comes back with what was left of its time.
                        Some((slide, _)) if !goes(slide) => until.after(COVERED_S),
                        _ => until.after(end.since(start)),
                    };
                    self.playlist.hold(at, to);
                }
            }
            (Step::Begin, Tier::Banner) => {
                let stays = |(slide, _): &(usize, usize)| !self.takes_all(*slide, at, end.after(SEEN_S).since(at));
                if let Some((slide, _)) = named.filter(|_| named == on).filter(stays) {
                    let result = if self.takes_too_much(slide, end, RESULT_S) { SEEN_S } else { RESULT_S };
                    self.playlist.hold(at, end.after(result));
                }
            }
            (Step::Cover, Tier::Takeover) => {
                // A slide that has come on under it takes its time when it is seen.
                let came = self.playlist.current(at).filter(|on| on.since > start);
                if let Some(until) = came.and_then(|on| on.until) {
                    self.playlist.hold(at, until.after(end.since(at)));
                }
                if let Some(slide) = named.filter(|(slide, _)| !self.takes_too_much(*slide, end, RESULT_S)) {
                    self.playlist.detour(at, slide, end.after(RESULT_S));
                }
            }
            (Step::End, Tier::Banner) => {
                let other = named.filter(|slide| Some(*slide) != on);
                if let Some(slide) = other.filter(|(slide, _)| !self.takes_too_much(*slide, at, WIPED_S + RESULT_S)) {
                    self.playlist.detour(at, slide, end.after(WIPED_S + RESULT_S));
                    let turned = self.playlist.current(at).is_some_and(|on| (on.slide, on.page) == slide);
                    if turned {
                        self.feeds[feed].hold_until(end.after(WIPED_S));
                    }
                }
            }
            (Step::End, Tier::Takeover) if named.is_some() && named == on => self.land(feed, end, named, landed),
            _ => {}
        }
    }
}
