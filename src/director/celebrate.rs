//! Plans the celebrations of what is new on a board (DESIGN 5).

use std::sync::Arc;

use jiff::Timestamp;

use super::clock::FloorClock;
use super::feeds::WallFeed;
use super::queue::{Celebration, Pending, Queue, Tier};
use super::{Director, slide_change, teams};
use crate::board::chronicle::Chronicle;
use crate::board::derive::{DerivedEvents, Rules};
use crate::board::fresh::Band;
use crate::board::{Board, Event, EventKind};
use crate::config::DeriveSettings;
use crate::motion::{Now, Time};
use crate::slides::celebration::{CelebrationModel, Facts, Landing};

/// An event that is older than this when it arrives is not celebrated.
const OLDEST_S: f64 = 15.0 * 60.0;
/// The result of a race stays for so long before a celebration.
const AFTER_RACE_S: f64 = 1.0;
/// When the slide under a takeover is no longer seen.
pub(super) const COVERED_S: f64 = 0.45;

/// What happens at one instant of a celebration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Begin,
    Cover,
    End,
}

/// The state of celebrations.
#[derive(Default)]
pub(super) struct Celebrations {
    pub queue: Queue<Arc<Facts>>,
    /// The celebrations of the plan as they read, by their start.
    models: Vec<(Time, CelebrationModel)>,
    /// The amount of the last takeover, on its way into its row.
    pub landing: Option<Landing>,
    /// The last step that was made, and when the celebration began whose step it was.
    pub made: Option<(Time, Step)>,
    /// A celebration that is planned now begins after so many seconds at the earliest.
    pub lead_s: f64,
    /// Start of the celebration before which the programme may not change.
    pub cleared: Option<Time>,
}

impl Celebrations {
    /// What a celebration says.
    pub fn model(&self, celebration: &Celebration<Arc<Facts>>) -> Option<&CelebrationModel> {
        self.models.iter().find(|(start, _)| *start == celebration.start).map(|(_, m)| m)
    }

    /// From when the programme may not change before the next celebration, and when that begins.
    pub fn next_clearing(&self, from: Time) -> Option<[Time; 2]> {
        let (start, step, celebration) = self.next_step()?;
        let clears = step == Step::Begin && celebration.tier != Tier::Takeover && self.cleared != Some(start);
        clears.then(|| [start.after(-slide_change::WIPE_S - 0.1).max(from), start])
    }

    /// When the next step is due, if it comes after the last one that was made.
    pub fn next_step(&self) -> Option<(Time, Step, &Celebration<Arc<Facts>>)> {
        self.queue.plan().iter().flat_map(steps).find(|(_, step, celebration)| {
            self.made
                .is_none_or(|(start, made)| celebration.start > start || celebration.start == start && *step > made)
        })
    }
}

fn steps(celebration: &Celebration<Arc<Facts>>) -> impl Iterator<Item = (Time, Step, &Celebration<Arc<Facts>>)> {
    let cover = (celebration.start.after(COVERED_S), Step::Cover);
    let cover = Some(cover).filter(|_| celebration.tier == Tier::Takeover);
    let all = [Some((celebration.start, Step::Begin)), cover, Some((celebration.end, Step::End))];
    all.into_iter().flatten().map(move |(t, step)| (t, step, celebration))
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

    /// What a feed's boards said on earlier days, as an earlier run of this screen has kept it.
    pub fn recall_days(&mut self, feed: usize, chronicle: Chronicle) {
        if let Some(feed) = self.feeds.get_mut(feed) {
            feed.chronicle = chronicle;
        }
    }

    /// The days before a show that a feed plays: each of its laps begins with them.
    pub fn bring_days(&mut self, feed: usize, days: Chronicle) {
        if let Some(feed) = self.feeds.get_mut(feed) {
            feed.own_days = days;
        }
    }

    /// What a feed's boards have said on the days that are kept.
    pub fn chronicle(&self, feed: usize) -> Option<&Chronicle> {
        self.feeds.get(feed).map(|feed| &feed.chronicle)
    }

    /// The ids of all events of a feed that must not be celebrated again, the oldest first, if there are new ones since
    /// the last call. They are to be on disk before the next picture is drawn.
    pub fn take_ids(&mut self, feed: usize) -> Option<Vec<String>> {
        self.feeds.get_mut(feed)?.seen.take()
    }

    /// What is celebrated at `t`, by the ids of its events, and until when.
    pub fn celebration_at(&self, t: Time) -> Option<(Tier, Vec<&str>, Time)> {
        let celebration = self.celebrations.queue.current(t)?;
        Some((celebration.tier, celebration.events.iter().map(|e| e.id.as_str()).collect(), celebration.end))
    }

    /// Until when something fills the screen, now or soon.
    pub fn fills_screen_until(&self, now: Now) -> Option<Time> {
        let plan = self.celebrations.queue.plan().iter();
        plan.filter(|c| c.tier == Tier::Takeover && c.end > now.t).map(|c| c.end).max()
    }

    /// Celebrations of later events begin after so many seconds at the earliest: before, nobody would see them.
    pub fn celebrate_after(&mut self, seconds: f64) {
        self.celebrations.lead_s = seconds;
    }

    /// Plans the celebrations of what is new on a board, and says the ids of the events. `silent`: nothing on it is news.
    pub(super) fn plan_celebrations(
        &mut self,
        feed: usize,
        board: &Board,
        before: Option<&Board>,
        now: Now,
        silent: bool,
    ) -> Vec<String> {
        let DerivedEvents { derived, withdrawn } = self.derive(feed, board, before, now);
        self.celebrations.queue.withdraw(feed, &withdrawn, now.t);
        let from = &mut self.feeds[feed];
        let wall_us = from.feed_time(now);
        // The oldest first; the board has the newest first.
        let mut new: Vec<&Event> = board.events.iter().rev().filter(|e| from.seen.note(&e.id)).collect();
        let derived = derived.iter().filter(|d| from.seen.note(&d.id)).collect::<Vec<_>>();
        new.extend(derived.into_iter().filter_map(|d| d.event.as_ref()));
        let news: Vec<Pending<Arc<Facts>>> = new
            .into_iter()
            .filter(|e| !silent && (wall_us - e.at.as_microsecond()) as f64 <= OLDEST_S * 1e6)
            .filter(|e| e.until.is_none_or(|until| until.as_microsecond() > wall_us))
            .filter(|e| teams::concerns(board, &self.config.screen.teams, e.who.iter()))
            .map(|e| Pending {
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
            let rule = |f: &WallFeed| (f.band(now).0 >= Band::Grey, f.clock.clone(), f.show_time(now));
            let rules: Vec<(bool, FloorClock, Now)> = self.feeds.iter().map(rule).collect();
            move |feed: usize, t: Time| {
                let (old, clock, shown) = &rules[feed];
                match quiet {
                    Some(hours) if clock.within(shown.at(t), hours) => Tier::Banner,
                    _ if *old => Tier::Banner,
                    _ => Tier::Takeover,
                }
            }
        };
        let ids = news.iter().map(|event| event.id.clone()).collect();
        // Never while one slide wipes over another: one thing moves at a time.
        let wiped = self.playlist.current(now.t).filter(|on| on.before.is_some());
        let wiped = wiped.map(|on| on.since.after(slide_change::WIPE_S)).filter(|_| !self.config.reduced_motion);
        let race = self.race_until().filter(|until| *until > now.t);
        let soonest = race.map_or(now.t, |until| until.after(AFTER_RACE_S)).max(now.t.after(self.celebrations.lead_s));
        self.celebrations.queue.schedule(news, wiped.map_or(soonest, |at| at.max(soonest)), loudest);
        self.write_models(now.t);
        ids
    }

    /// Writes down how the celebrations of the plan read. Those that have begun stay as they are.
    pub(super) fn write_models(&mut self, now: Time) {
        let c = &mut self.celebrations;
        let read = |p: &Celebration<Arc<Facts>>| {
            let known = c.models.iter().find(|(start, _)| *start == p.start && p.start < now);
            let facts: Vec<&Facts> = p.events.iter().map(|e| &*e.what).collect();
            known.cloned().unwrap_or_else(|| (p.start, CelebrationModel::new(&facts, &self.feeds[p.feed()].locale)))
        };
        c.models = c.queue.plan().iter().map(read).collect();
    }

    /// What follows from the step to a board, where the settings ask for it.
    fn derive(&mut self, feed: usize, board: &Board, before: Option<&Board>, now: Now) -> DerivedEvents {
        let Some(set) =
            self.config.feeds.get(feed).map(|feed| &feed.derive).filter(|set| **set != DeriveSettings::default())
        else {
            return DerivedEvents::default();
        };
        let rules =
            Rules { leader: set.leader, goal: set.goal, deal_min: set.deal_min, deal_metric: set.deal_metric.clone() };
        let from = &mut self.feeds[feed];
        let at = Timestamp::from_microsecond(from.feed_time(now)).unwrap_or(Timestamp::UNIX_EPOCH);
        let day = from.clock.day(at);
        from.derived.step(&rules, before, board, at, &day)
    }
}
