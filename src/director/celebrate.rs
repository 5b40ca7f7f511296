//! From the events of a board to what is celebrated, and what waits until it is over: cause, then effect (DESIGN 5).

use std::sync::Arc;

use jiff::Timestamp;

use super::clock::Clock;
use super::feeds::{Feed, Held};
use super::queue::{Party, Queue, Tier, Waiting};
use super::{Director, teams};
use crate::board::derive::{Outcome, Rules};
use crate::board::fresh::Band;
use crate::board::{Board, Event, EventKind};
use crate::config::Derive;
use crate::motion::{Now, Time};
use crate::scene::Fonts;
use crate::slides::celebration::{CelebrationModel, Facts};

/// An event that is older when it arrives is not celebrated.
const OLDEST_S: f64 = 15.0 * 60.0;
/// When the slide under a takeover is no longer seen.
const COVERED_S: f64 = 0.45;
/// How long the slide that a celebration plays on is on afterwards, at least.
const RESULT_S: f64 = 6.0;
/// After a lower third the result waits for the slide to be wiped in.
const WIPED_S: f64 = 0.7;

/// What has been done of a celebration that is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Begin,
    Cover,
    End,
}

/// Everything about celebrations that changes.
#[derive(Default)]
pub(super) struct Celebrations {
    pub queue: Queue<Arc<Facts>>,
    /// The celebrations of the plan as they read, by their start.
    models: Vec<(Time, CelebrationModel)>,
    /// The last step that was made, and when the celebration began whose step it was.
    made: Option<(Time, Step)>,
}

impl Celebrations {
    /// What a celebration says.
    pub fn model(&self, party: &Party<Arc<Facts>>) -> Option<&CelebrationModel> {
        self.models.iter().find(|(start, _)| *start == party.start).map(|(_, m)| m)
    }

    /// When the next step is due, if it comes after the last one that was made.
    fn next_step(&self) -> Option<(Time, Step, &Party<Arc<Facts>>)> {
        self.queue.plan().iter().flat_map(steps).find(|(_, step, party)| {
            self.made.is_none_or(|(start, made)| party.start > start || party.start == start && *step > made)
        })
    }
}

fn steps(party: &Party<Arc<Facts>>) -> impl Iterator<Item = (Time, Step, &Party<Arc<Facts>>)> {
    let cover = (party.start.after(COVERED_S), Step::Cover);
    let cover = Some(cover).filter(|_| party.tier == Tier::Takeover);
    let all = [Some((party.start, Step::Begin)), cover, Some((party.end, Step::End))];
    all.into_iter().flatten().map(move |(t, step)| (t, step, party))
}

impl Director {
    /// Ids of a feed's events that an earlier run of this screen has celebrated, the oldest first. `from_disk`: the first
    /// board will be the one that was kept on disk, which is no answer of the feed.
    pub fn recall(&mut self, feed: usize, ids: impl IntoIterator<Item = String>, from_disk: bool) {
        let Some(feed) = self.feeds.get_mut(feed) else { return };
        let ids: Vec<String> = ids.into_iter().collect();
        feed.derived.recall(ids.iter().map(String::as_str));
        feed.seen.recall(ids);
        feed.contact.from_disk = from_disk;
    }

    /// The ids of all events of a feed that must not be celebrated again, the oldest first, if there are new ones since
    /// the last call. They are to be on disk before the next picture is drawn.
    pub fn take_ids(&mut self, feed: usize) -> Option<Vec<String>> {
        self.feeds.get_mut(feed)?.seen.take()
    }

    /// What is celebrated at `t`, by the ids of its events, and until when.
    pub fn celebrated(&self, t: Time) -> Option<(Tier, Vec<&str>, Time)> {
        let party = self.celebrations.queue.on(t)?;
        Some((party.tier, party.events.iter().map(|e| e.id.as_str()).collect(), party.end))
    }

    /// A board came: what is new on it is planned, and it is shown now or after what is celebrated.
    pub(super) fn receive(&mut self, feed: usize, board: Arc<Board>, now: Now, fonts: &mut Fonts) {
        let from = &mut self.feeds[feed];
        from.received = Timestamp::from_microsecond(now.wall_us).ok();
        let other = from.newest.as_ref().is_some_and(|b| b.id != board.id || b.epoch != board.epoch);
        let first = from.newest.is_none();
        let silent = from.contact.board(now.t) || other;
        let before = from.newest.replace(board.clone());
        from.words_of(&board, &self.config);
        if other {
            self.celebrations.queue.clear(feed, now.t);
        }
        self.plan(feed, &board, before.as_deref(), now, silent);
        let from = &mut self.feeds[feed];
        from.keep_photos();
        let quiet = silent && !first;
        // After a lower third the slide is still being wiped in: a board waits with the one that waits for that.
        let waits = from.held.as_ref().map(|held| held.at).filter(|at| *at > now.t);
        match self.celebrations.queue.on(now.t).map(|p| p.end).max(waits) {
            Some(at) if !first => {
                from.held = Some(Held { board, at, quiet });
                self.advance(now, fonts);
            }
            _ => {
                from.held = None;
                self.take_board(feed, board, now, quiet, fonts);
            }
        }
    }

    fn plan(&mut self, feed: usize, board: &Board, before: Option<&Board>, now: Now, silent: bool) {
        let Outcome { derived, withdrawn } = self.derive(feed, board, before, now);
        self.celebrations.queue.withdraw(feed, &withdrawn, now.t);
        let from = &mut self.feeds[feed];
        let wall_us = from.feed_time(now);
        // The oldest first; the board has the newest first.
        let mut new: Vec<&Event> = board.events.iter().rev().filter(|e| from.seen.note(&e.id)).collect();
        let derived = derived.iter().filter(|d| from.seen.note(&d.id)).collect::<Vec<_>>();
        new.extend(derived.into_iter().filter_map(|d| d.event.as_ref()));
        let news: Vec<Waiting<Arc<Facts>>> = new
            .into_iter()
            .filter(|e| !silent && (wall_us - e.at.as_microsecond()) as f64 <= OLDEST_S * 1e6)
            .filter(|e| e.until.is_none_or(|until| until.as_microsecond() > wall_us))
            .filter(|e| teams::concerns(board, &self.config.screen.teams, e.who.iter()))
            .map(|e| Waiting {
                feed,
                id: e.id.clone(),
                kind: e.kind,
                metric: e.metric.clone(),
                tier: Tier::new(e.tier),
                great: e.kind == EventKind::ContestWon || e.kind == EventKind::GoalReached && e.who.is_empty(),
                until: e.until.map(|until| Time(now.t.0.saturating_add(until.as_microsecond() - wall_us))),
                what: Arc::new(Facts::new(e, before, board, &from.locale)),
            })
            .collect();
        let loudest = {
            let quiet = self.config.celebrations.quiet;
            let rule = |f: &Feed| (f.band(now).0 >= Band::Grey, f.clock.clone(), f.show_time(now));
            let rules: Vec<(bool, Clock, Now)> = self.feeds.iter().map(rule).collect();
            move |feed: usize, t: Time| {
                let (old, clock, shown) = &rules[feed];
                match quiet {
                    Some(hours) if clock.within(shown.at(t), hours) => Tier::Banner,
                    _ if *old => Tier::Banner,
                    _ => Tier::Takeover,
                }
            }
        };
        self.celebrations.queue.take(news, now.t, loudest);
        let c = &mut self.celebrations;
        let read = |p: &Party<Arc<Facts>>| {
            let known = c.models.iter().find(|(start, _)| *start == p.start && p.start < now.t);
            let facts: Vec<&Facts> = p.events.iter().map(|e| &*e.what).collect();
            known.cloned().unwrap_or_else(|| (p.start, CelebrationModel::new(&facts, &self.feeds[p.feed()].locale)))
        };
        c.models = c.queue.plan().iter().map(read).collect();
    }

    /// What follows from the step to a board, where the settings ask for it.
    fn derive(&mut self, feed: usize, board: &Board, before: Option<&Board>, now: Now) -> Outcome {
        let Some(set) = self.config.feeds.get(feed).map(|feed| &feed.derive).filter(|set| **set != Derive::default())
        else {
            return Outcome::default();
        };
        let rules =
            Rules { leader: set.leader, goal: set.goal, deal_min: set.deal_min, deal_metric: set.deal_metric.clone() };
        let from = &mut self.feeds[feed];
        let at = Timestamp::from_microsecond(from.feed_time(now)).unwrap_or(Timestamp::UNIX_EPOCH);
        let day = from.clock.day(at);
        from.derived.step(&rules, before, board, at, &day)
    }

    /// Does everything that was to happen until `now`, each at its own instant. Shells call it before a picture; when
    /// the next thing is due, the picture says.
    pub fn advance(&mut self, now: Now, fonts: &mut Fonts) {
        // Bounded: each step is made once, each window has two edges, each silent feed gets its message.
        for _ in 0..256 {
            let step = self.celebrations.next_step().map(|(t, ..)| t);
            let held = self.next_held();
            let window = self.next_window(now, self.advanced);
            let silent = self.next_silent(self.advanced);
            let next = [step, held.map(|h| h.0), window.map(|w| w.0), silent].into_iter().flatten().min();
            let Some(at) = next.filter(|at| *at <= now.t) else { break };
            self.advanced = at.max(self.advanced);
            let then = now.at(at);
            if step == Some(at) {
                self.make_step(at);
            } else if let Some((_, feed)) = held.filter(|h| h.0 == at) {
                if let Some(Held { board, quiet, .. }) = self.feeds[feed].held.take() {
                    self.take_board(feed, board, then, quiet, fonts);
                }
            } else if silent == Some(at) {
                self.speak_for_silent(then, fonts);
            } else if let Some((_, feed)) = window {
                let from = &mut self.feeds[feed];
                from.windows_at = from.show_time(then).wall_us.max(from.windows_at + 1);
                let items = self.items(then);
                self.playlist.adopt(items, Some, at);
            }
        }
        self.advanced = self.advanced.max(now.t);
    }

    /// When the next thing is due.
    pub(super) fn due(&self, now: Now) -> Option<Time> {
        let step = self.celebrations.next_step().map(|(t, ..)| t);
        let window = self.next_window(now, self.advanced);
        let silent = self.next_silent(self.advanced);
        [step, self.next_held().map(|h| h.0), window.map(|w| w.0), silent].into_iter().flatten().min()
    }

    /// When the next board that waits is shown, and of which feed it is.
    fn next_held(&self) -> Option<(Time, usize)> {
        self.feeds.iter().enumerate().filter_map(|(i, feed)| Some((feed.held.as_ref()?.at, i))).min()
    }

    fn make_step(&mut self, at: Time) {
        let Some((_, step, party)) = self.celebrations.next_step() else { return };
        let (start, end, tier, feed) = (party.start, party.end, party.tier, party.feed());
        // A banner leaves 0.3 s before its end, and then the slide is wiped in.
        let slide = party.events.iter().find_map(|e| e.what.slide.clone());
        let named = slide.and_then(|id| self.entries.iter().position(|e| e.feed == feed && e.id == id));
        // The result plays where whom it is about stands.
        let first = party.events.first();
        let (who, metric) = (first.and_then(|e| e.what.who.as_deref()), first.and_then(|e| e.metric.as_deref()));
        let named = named.map(|i| (i, self.entries[i].slide.page_of(who, metric)));
        let on = self.playlist.on(at).map(|on| (on.slide, on.page));
        self.celebrations.made = Some((start, step));
        match (step, tier) {
            (Step::Begin, _) => {
                let rest = self.playlist.on(at).and_then(|on| on.until);
                if let Some(until) = rest {
                    let paused = until.after(end.since(start));
                    let result = end.after(if tier == Tier::Line { 0.0 } else { RESULT_S });
                    self.playlist.hold(at, if named == on { paused.max(result) } else { paused });
                }
            }
            (Step::Cover, Tier::Takeover) => {
                if let Some(slide) = named {
                    self.playlist.detour(at, slide, end.after(RESULT_S));
                }
            }
            (Step::End, Tier::Banner) => {
                if let Some(slide) = named.filter(|slide| Some(*slide) != on) {
                    self.playlist.detour(at, slide, end.after(WIPED_S + RESULT_S));
                    let turned = self.playlist.on(at).is_some_and(|on| (on.slide, on.page) == slide);
                    if let Some(held) = self.feeds[feed].held.as_mut().filter(|_| turned) {
                        held.at = held.at.max(end.after(WIPED_S));
                    }
                }
            }
            _ => {}
        }
    }
}
