//! The queue of celebrations (FEED §3): which event is celebrated how, and when. A plan over absolute time, made anew
//! whenever news comes; between two pieces of news nothing changes.

mod seen;

use crate::board::EventKind;
use crate::motion::Time;

pub use seen::SeenEvents;

/// At most so many takeovers …
const TAKEOVERS: usize = 6;
/// … within this many seconds.
const WITHIN_S: f64 = 600.0;
/// From the end of one takeover to the start of the next, in seconds.
const APART_S: f64 = 20.0;
/// Between any two celebrations, in seconds: the result plays in it.
const REST_S: f64 = 3.0;
/// If more than so many of a kind wait for a banner or a line, they become one celebration.
const SINGLE: usize = 2;

/// How much of the screen a celebration takes, from the least to the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// One line at the bottom.
    Line,
    /// The lower third.
    Banner,
    /// The whole screen.
    Takeover,
}

impl Tier {
    /// From the feed's 1, 2, 3.
    pub fn new(tier: u8) -> Tier {
        match tier {
            1 => Tier::Line,
            3 => Tier::Takeover,
            _ => Tier::Banner,
        }
    }

    /// How long a kind stays, in seconds (DESIGN 5, Interrupts; 6.17): each takeover has its own choreography.
    pub fn length_s(self, kind: EventKind, great: bool) -> f64 {
        match (self, kind) {
            (Tier::Line, _) => 5.0,
            (Tier::Banner, _) => 6.0,
            (Tier::Takeover, EventKind::NewLeader) => 4.0,
            (Tier::Takeover, EventKind::GoalReached) => 8.0,
            (Tier::Takeover, EventKind::ContestWon) => 12.0,
            (Tier::Takeover, _) if great => 10.0,
            (Tier::Takeover, _) => 7.0,
        }
    }
}

/// An event that waits, with the caller's own data `T`.
#[derive(Debug, Clone, PartialEq)]
pub struct Pending<T> {
    /// Index of the feed that it came from.
    pub feed: usize,
    /// The event's id, unique within the feed.
    pub id: String,
    pub kind: EventKind,
    /// Metric of its figure: amounts of different metrics are never added.
    pub metric: Option<String>,
    /// How much of the screen it takes.
    pub tier: Tier,
    /// A contest's winner or a goal of the whole company: it stays longer.
    pub great: bool,
    /// From then on it is too old to be celebrated.
    pub until: Option<Time>,
    /// The rest.
    pub what: T,
}

impl<T> Pending<T> {
    fn group(&self) -> (u8, usize, &Option<String>) {
        // Contests and goals first: they are rarer.
        let order = match self.kind {
            EventKind::ContestWon => 0,
            EventKind::GoalReached => 1,
            EventKind::Record => 2,
            EventKind::Won => 3,
            EventKind::NewLeader => 4,
            EventKind::Shout => 5,
        };
        (order, self.feed, &self.metric)
    }
}

/// One celebration: one event, or several of a kind that became one.
#[derive(Debug, Clone, PartialEq)]
pub struct Celebration<T> {
    /// What is celebrated, the earliest first; never empty.
    pub events: Vec<Pending<T>>,
    /// How loud.
    pub tier: Tier,
    /// From when on.
    pub start: Time,
    /// Until when.
    pub end: Time,
}

impl<T> Celebration<T> {
    /// Index of the feed whose events they are: those of different feeds never become one.
    pub fn feed(&self) -> usize {
        self.events.first().map_or(0, |event| event.feed)
    }
}

/// The plan of what is celebrated and still to come.
#[derive(Debug, Clone)]
pub struct Queue<T> {
    /// Starts and ends of the takeovers that count towards the limits.
    takeovers: Vec<(Time, Time)>,
    plan: Vec<Celebration<T>>,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Queue { takeovers: Vec::new(), plan: Vec::new() }
    }
}

impl<T: Clone> Queue<T> {
    /// What is on at `t`.
    pub fn current(&self, t: Time) -> Option<&Celebration<T>> {
        self.plan.iter().find(|p| p.start <= t && t < p.end)
    }

    /// Everything that is on or to come, in order.
    pub fn plan(&self) -> &[Celebration<T>] {
        &self.plan
    }

    /// The events whose celebrations have not begun at `now`.
    pub fn to_come_mut(&mut self, now: Time) -> impl Iterator<Item = &mut Pending<T>> {
        self.plan.iter_mut().filter(move |p| p.start > now).flat_map(|p| &mut p.events)
    }

    /// A feed's celebrations that have not begun at `now` are forgotten: the board they came with is no longer true.
    pub fn clear(&mut self, feed: usize, now: Time) {
        self.plan.retain(|p| p.start <= now || p.feed() != feed);
    }

    /// These events of a feed are no longer so: those that have not begun are forgotten.
    pub fn withdraw(&mut self, feed: usize, ids: &[String], now: Time) {
        let begun = |p: &Celebration<T>| p.start <= now || p.feed() != feed;
        for celebration in self.plan.iter_mut().filter(|p| !begun(p)) {
            celebration.events.retain(|event| !ids.contains(&event.id));
        }
        self.plan.retain(|p| !p.events.is_empty());
    }

    /// The feeds have other places now; what is to come of those that went is forgotten.
    pub fn reindex_feeds(&mut self, place: impl Fn(usize) -> Option<usize>) {
        self.plan.retain_mut(|celebration| {
            let Some(feed) = place(celebration.feed()) else { return false };
            celebration.events.iter_mut().for_each(|event| event.feed = feed);
            true
        });
    }

    /// Plans what waits and `news` from `now` on. `loudest` says how loud a celebration of a feed may be
    /// at an instant.
    pub fn schedule(&mut self, news: Vec<Pending<T>>, now: Time, loudest: impl Fn(usize, Time) -> Tier) {
        let begun = self.plan.iter().filter(|p| p.start <= now && p.tier == Tier::Takeover);
        let begun: Vec<(Time, Time)> = begun.map(|p| (p.start, p.end)).collect();
        for one in begun {
            if !self.takeovers.contains(&one) {
                self.takeovers.push(one);
            }
        }
        self.takeovers.retain(|(start, _)| now.since(*start) < WITHIN_S);
        let last_end = self.plan.iter().filter(|p| p.start <= now).map(|p| p.end).max();
        let (kept, unbegun): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.plan).into_iter().partition(|p| p.start <= now && p.end.after(REST_S) > now);
        self.plan = kept;
        let unbegun = unbegun.into_iter().filter(|p| p.start > now);
        let mut waiting: Vec<Pending<T>> = unbegun.flat_map(|p| p.events).chain(news).collect();
        let mut cursor = last_end.map_or(now, |end| end.after(REST_S).max(now));
        let mut takeovers = self.takeovers.clone();
        while !waiting.is_empty() {
            let ready = takeovers.iter().map(|(_, end)| end.after(APART_S)).max().map_or(cursor, |t| t.max(cursor));
            let allowed = |w: &Pending<T>, at: Time| w.tier.min(loudest(w.feed, at));
            let loud = waiting.iter().any(|w| allowed(w, ready) == Tier::Takeover);
            let quiet_now = waiting.iter().any(|w| allowed(w, cursor) < Tier::Takeover);
            let (tier, start) = match (loud, quiet_now) {
                (true, _) if ready == cursor => (Tier::Takeover, cursor),
                // A smaller celebration fills the gap, if it fits into it.
                (true, true) if cursor.after(Tier::Banner.length_s(EventKind::Won, false) + REST_S) <= ready => {
                    (Tier::Banner, cursor)
                }
                (true, _) => (Tier::Takeover, ready),
                (false, _) => (Tier::Banner, cursor),
            };
            waiting.retain(|w| w.until.is_none_or(|until| until > start));
            let full = takeovers.iter().filter(|(s, _)| start.since(*s) < WITHIN_S).count() >= TAKEOVERS;
            if tier == Tier::Takeover && full {
                waiting.iter_mut().for_each(|w| w.tier = w.tier.min(Tier::Banner));
                continue;
            }
            let fits = |w: &Pending<T>| match tier {
                Tier::Takeover => allowed(w, start) == Tier::Takeover,
                _ => allowed(w, start) < Tier::Takeover,
            };
            // The first of its kind decides how loud; among takeovers the rarest kind comes first.
            let first = match tier {
                Tier::Takeover => waiting.iter().filter(|w| fits(w)).min_by_key(|w| w.group().0),
                _ => waiting.iter().find(|w| fits(w)),
            };
            let Some(first) = first.cloned() else {
                if waiting.is_empty() {
                    break;
                }
                // Only what may become loud later is left.
                cursor = cursor.max(ready);
                if !waiting.iter().any(|w| allowed(w, cursor) == Tier::Takeover) {
                    waiting.iter_mut().for_each(|w| w.tier = w.tier.min(Tier::Banner));
                }
                continue;
            };
            let (as_loud, kind) = (allowed(&first, start), first.kind);
            let same = |w: &Pending<T>| fits(w) && w.group() == first.group() && allowed(w, start) == as_loud;
            let many = waiting.iter().filter(|w| same(w)).count();
            let events: Vec<Pending<T>> = if as_loud == Tier::Takeover || many > SINGLE {
                let (out, rest) = waiting.into_iter().partition(|w| same(w));
                waiting = rest;
                out
            } else {
                waiting.retain(|w| (w.feed, &w.id) != (first.feed, &first.id));
                vec![first]
            };
            let great = events.iter().any(|e| e.great);
            let end = start.after(as_loud.length_s(kind, great));
            if as_loud == Tier::Takeover {
                takeovers.push((start, end));
            }
            self.plan.push(Celebration { events, tier: as_loud, start, end });
            cursor = end.after(REST_S);
        }
    }
}

#[cfg(test)]
mod tests;
