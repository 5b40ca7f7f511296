//! The queue of celebrations (FEED §3): which event is celebrated how, and when. A plan over absolute time, made anew
//! whenever news comes; between two pieces of news nothing changes.

use std::collections::VecDeque;

use crate::board::EventKind;
use crate::motion::Time;

/// Ids that are remembered.
const REMEMBERED: usize = 256;
/// At most so many takeovers …
const TAKEOVERS: usize = 6;
/// … within this many seconds.
const WITHIN_S: f64 = 600.0;
/// From the end of one takeover to the start of the next, in seconds.
const APART_S: f64 = 20.0;
/// Between any two celebrations, in seconds: the result plays in it.
const REST_S: f64 = 3.0;
/// More than so many of a kind that wait for a banner or a line become one.
const SINGLE: usize = 2;

/// How loud a celebration is. Ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// One line at the foot.
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

    /// How long it stays where the event does not say otherwise, in seconds (DESIGN 5, Interrupts; 6.17).
    pub fn length_s(self, great: bool) -> f64 {
        match self {
            Tier::Line => 5.0,
            Tier::Banner => 6.0,
            Tier::Takeover if great => 10.0,
            Tier::Takeover => 7.0,
        }
    }
}

/// An event that waits, and what `T` knows of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting<T> {
    /// Index of the feed that it came from.
    pub feed: usize,
    /// The event's id, unique within the feed.
    pub id: String,
    /// What is celebrated.
    pub kind: EventKind,
    /// Metric of its figure: amounts of different metrics are never added.
    pub metric: Option<String>,
    /// As loud as this.
    pub tier: Tier,
    /// A contest's winner or a goal of the whole company: it stays longer.
    pub great: bool,
    /// From then on it is no longer news.
    pub until: Option<Time>,
    /// The rest.
    pub what: T,
}

impl<T> Waiting<T> {
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
pub struct Party<T> {
    /// What is celebrated, the earliest first; never empty.
    pub events: Vec<Waiting<T>>,
    /// How loud.
    pub tier: Tier,
    /// From when on.
    pub start: Time,
    /// Until when.
    pub end: Time,
}

impl<T> Party<T> {
    /// Index of the feed whose events they are: those of different feeds never become one.
    pub fn feed(&self) -> usize {
        self.events.first().map_or(0, |event| event.feed)
    }
}

/// Ids of one feed's events that were celebrated or passed over.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    ids: VecDeque<String>,
    unwritten: bool,
}

impl Seen {
    /// Takes over the ids that an earlier run has seen, the oldest first.
    pub fn recall(&mut self, ids: impl IntoIterator<Item = String>) {
        for id in ids {
            self.note(&id);
        }
        self.unwritten = false;
    }

    /// Remembers an id. Whether it was new.
    pub fn note(&mut self, id: &str) -> bool {
        if self.ids.iter().any(|seen| seen == id) {
            return false;
        }
        if self.ids.len() == REMEMBERED {
            self.ids.pop_front();
        }
        self.ids.push_back(id.to_owned());
        self.unwritten = true;
        true
    }

    /// All remembered ids, the oldest first, if they are others than when this was last asked.
    pub fn take(&mut self) -> Option<Vec<String>> {
        std::mem::take(&mut self.unwritten).then(|| self.ids.iter().cloned().collect())
    }
}

/// The plan of what is celebrated and still to come.
#[derive(Debug, Clone)]
pub struct Queue<T> {
    /// Starts and ends of the takeovers that count towards the limits.
    takeovers: Vec<(Time, Time)>,
    plan: Vec<Party<T>>,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Queue { takeovers: Vec::new(), plan: Vec::new() }
    }
}

impl<T: Clone> Queue<T> {
    /// What is on at `t`.
    pub fn on(&self, t: Time) -> Option<&Party<T>> {
        self.plan.iter().find(|p| p.start <= t && t < p.end)
    }

    /// Everything that is on or to come, in order.
    pub fn plan(&self) -> &[Party<T>] {
        &self.plan
    }

    /// A feed's celebrations that have not begun at `now` are forgotten: the board they came with is no longer true.
    pub fn clear(&mut self, feed: usize, now: Time) {
        self.plan.retain(|p| p.start <= now || p.feed() != feed);
    }

    /// These events of a feed are no longer so: those that have not begun are forgotten.
    pub fn withdraw(&mut self, feed: usize, ids: &[String], now: Time) {
        let begun = |p: &Party<T>| p.start <= now || p.feed() != feed;
        for party in self.plan.iter_mut().filter(|p| !begun(p)) {
            party.events.retain(|event| !ids.contains(&event.id));
        }
        self.plan.retain(|p| !p.events.is_empty());
    }

    /// The feeds have other places now; what is to come of those that went is forgotten.
    pub fn move_feeds(&mut self, place: impl Fn(usize) -> Option<usize>) {
        self.plan.retain_mut(|party| {
            let Some(feed) = place(party.feed()) else { return false };
            party.events.iter_mut().for_each(|event| event.feed = feed);
            true
        });
    }

    /// Plans what waits and `news` from `now` on. `loudest` says how loud a celebration of a feed may be
    /// at an instant.
    pub fn take(&mut self, news: Vec<Waiting<T>>, now: Time, loudest: impl Fn(usize, Time) -> Tier) {
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
        let mut waiting: Vec<Waiting<T>> = unbegun.flat_map(|p| p.events).chain(news).collect();
        let mut cursor = last_end.map_or(now, |end| end.after(REST_S).max(now));
        let mut takeovers = self.takeovers.clone();
        while !waiting.is_empty() {
            let ready = takeovers.iter().map(|(_, end)| end.after(APART_S)).max().map_or(cursor, |t| t.max(cursor));
            let allowed = |w: &Waiting<T>, at: Time| w.tier.min(loudest(w.feed, at));
            let loud = waiting.iter().any(|w| allowed(w, ready) == Tier::Takeover);
            let quiet_now = waiting.iter().any(|w| allowed(w, cursor) < Tier::Takeover);
            let (tier, start) = match (loud, quiet_now) {
                (true, _) if ready == cursor => (Tier::Takeover, cursor),
                // What is less loud fills the gap, if it fits into it.
                (true, true) if cursor.after(Tier::Banner.length_s(false) + REST_S) <= ready => (Tier::Banner, cursor),
                (true, _) => (Tier::Takeover, ready),
                (false, _) => (Tier::Banner, cursor),
            };
            waiting.retain(|w| w.until.is_none_or(|until| until > start));
            let full = takeovers.iter().filter(|(s, _)| start.since(*s) < WITHIN_S).count() >= TAKEOVERS;
            if tier == Tier::Takeover && full {
                waiting.iter_mut().for_each(|w| w.tier = w.tier.min(Tier::Banner));
                continue;
            }
            let fits = |w: &Waiting<T>| match tier {
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
            let as_loud = allowed(&first, start);
            let same = |w: &Waiting<T>| fits(w) && w.group() == first.group() && allowed(w, start) == as_loud;
            let many = waiting.iter().filter(|w| same(w)).count();
            let events: Vec<Waiting<T>> = if as_loud == Tier::Takeover || many > SINGLE {
                let (out, rest) = waiting.into_iter().partition(|w| same(w));
                waiting = rest;
                out
            } else {
                waiting.retain(|w| (w.feed, &w.id) != (first.feed, &first.id));
                vec![first]
            };
            let great = events.iter().any(|e| e.great);
            let end = start.after(as_loud.length_s(great));
            if as_loud == Tier::Takeover {
                takeovers.push((start, end));
            }
            self.plan.push(Party { events, tier: as_loud, start, end });
            cursor = end.after(REST_S);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn event(id: &str, tier: Tier) -> Waiting<()> {
        let (kind, metric) = (EventKind::Won, Some("m".to_owned()));
        Waiting { feed: 0, id: id.into(), kind, metric, tier, great: false, until: None, what: () }
    }

    fn s(s: f64) -> Time {
        Time::from_s(s)
    }

    fn loud(_: usize, _: Time) -> Tier {
        Tier::Takeover
    }

    /// Tier, start, end and ids of what is planned.
    fn plan(q: &Queue<()>) -> Vec<(Tier, f64, f64, Vec<&str>)> {
        q.plan()
            .iter()
            .map(|p| (p.tier, p.start.as_s(), p.end.as_s(), p.events.iter().map(|e| e.id.as_str()).collect()))
            .collect()
    }

    #[test]
    fn an_id_counts_once_and_the_last_256_are_kept() {
        let mut q: Seen = Seen::default();
        assert!(q.note("a") && !q.note("a"));
        assert_eq!(q.take(), Some(vec!["a".to_owned()]));
        assert_eq!(q.take(), None);
        for i in 0..REMEMBERED {
            q.note(&i.to_string());
        }
        assert_eq!(q.take().map(|ids| ids.len()), Some(REMEMBERED));
        assert!(q.note("a"), "the oldest went");
        let mut again: Seen = Seen::default();
        again.recall(["b".to_owned(), "c".to_owned()]);
        assert_eq!(again.take(), None);
        assert!(!again.note("c"));
    }

    #[test]
    fn feeds_share_the_wall_but_never_a_celebration() {
        let mut q = Queue::default();
        let other = Waiting { feed: 1, ..event("a", Tier::Takeover) };
        q.take(vec![event("a", Tier::Takeover), other], s(0.0), |_, _| Tier::Takeover);
        let starts: Vec<(f64, usize)> = q.plan().iter().map(|p| (p.start.as_s(), p.feed())).collect();
        assert_eq!(starts, [(0.0, 0), (27.0, 1)]);
        q.clear(0, s(1.0));
        assert_eq!(q.plan().len(), 2);
        q.clear(1, s(1.0));
        assert_eq!(q.plan().len(), 1, "the other feed starts anew, and what was to come of it is gone");
        // One feed's data is old: its deals are told quietly, the other's are not.
        let mut q = Queue::default();
        let other = Waiting { feed: 1, ..event("b", Tier::Takeover) };
        q.take(
            vec![event("a", Tier::Takeover), other],
            s(0.0),
            |f, _| if f == 0 { Tier::Banner } else { Tier::Takeover },
        );
        let tiers: Vec<(usize, Tier)> = q.plan().iter().map(|p| (p.feed(), p.tier)).collect();
        assert_eq!(tiers, [(1, Tier::Takeover), (0, Tier::Banner)]);
    }

    #[test]
    fn what_is_withdrawn_is_forgotten_unless_it_has_begun() {
        let mut q = Queue::default();
        q.take(vec![event("a", Tier::Takeover)], s(0.0), loud);
        q.take(vec![event("b", Tier::Takeover), event("c", Tier::Takeover)], s(1.0), loud);
        q.withdraw(1, &["b".to_owned()], s(2.0));
        assert_eq!(plan(&q)[1].3, ["b", "c"], "another feed's");
        q.withdraw(0, &["a".to_owned(), "b".to_owned()], s(2.0));
        assert_eq!(plan(&q).into_iter().map(|p| p.3).collect::<Vec<_>>(), [["a"], ["c"]]);
        q.withdraw(0, &["c".to_owned()], s(3.0));
        assert_eq!(q.plan().len(), 1);
    }

    #[test]
    fn takeovers_keep_apart_and_those_in_the_gap_become_one() {
        let mut q = Queue::default();
        q.take(vec![event("a", Tier::Takeover)], s(1.0), loud);
        q.take(vec![event("b", Tier::Takeover)], s(4.0), loud);
        q.take(vec![event("c", Tier::Takeover)], s(9.0), loud);
        assert_eq!(plan(&q), vec![(Tier::Takeover, 1.0, 8.0, vec!["a"]), (Tier::Takeover, 28.0, 35.0, vec!["b", "c"])]);
        assert!(q.on(s(7.9)).is_some() && q.on(s(8.0)).is_none());
    }

    #[test]
    fn the_gap_is_filled_with_what_is_less_loud() {
        let mut q = Queue::default();
        q.take(vec![event("a", Tier::Takeover), event("line", Tier::Line)], s(0.0), loud);
        q.take(vec![event("b", Tier::Takeover), event("banner", Tier::Banner)], s(2.0), loud);
        assert_eq!(
            plan(&q),
            vec![
                (Tier::Takeover, 0.0, 7.0, vec!["a"]),
                (Tier::Line, 10.0, 15.0, vec!["line"]),
                (Tier::Banner, 18.0, 24.0, vec!["banner"]),
                (Tier::Takeover, 27.0, 34.0, vec!["b"]),
            ]
        );
    }

    #[test]
    fn the_seventh_takeover_in_ten_minutes_is_a_banner() {
        let mut q = Queue::default();
        for i in 0..7 {
            q.take(vec![event(&i.to_string(), Tier::Takeover)], s(f64::from(i) * 60.0), loud);
        }
        let tiers: Vec<Tier> = (0..7).filter_map(|i| q.on(s(f64::from(i) * 60.0 + 0.5)).map(|p| p.tier)).collect();
        assert_eq!(tiers, vec![Tier::Banner], "the earlier ones are history");
        q.take(vec![event("later", Tier::Takeover)], s(601.0), loud);
        assert_eq!(q.on(s(601.0)).map(|p| p.tier), Some(Tier::Takeover));
    }

    #[test]
    fn kinds_and_metrics_do_not_mix_and_the_rarer_comes_first() {
        let mut q = Queue::default();
        let goal = Waiting { kind: EventKind::GoalReached, great: true, ..event("goal", Tier::Takeover) };
        let other = Waiting { metric: Some("n".into()), ..event("other", Tier::Takeover) };
        q.take(vec![event("deal", Tier::Takeover), other, goal], s(0.0), loud);
        let ids: Vec<_> = plan(&q).into_iter().map(|p| (p.1, p.2, p.3)).collect();
        assert_eq!(ids, vec![(0.0, 10.0, vec!["goal"]), (30.0, 37.0, vec!["deal"]), (57.0, 64.0, vec!["other"])]);
    }

    #[test]
    fn quiet_hours_and_old_data_have_no_takeovers() {
        let mut q = Queue::default();
        q.take(vec![event("a", Tier::Takeover), event("l", Tier::Line)], s(0.0), |_, _| Tier::Banner);
        let tiers: Vec<Tier> = q.plan().iter().map(|p| p.tier).collect();
        assert_eq!(tiers, vec![Tier::Banner, Tier::Line]);
        // The hours begin before its turn comes.
        let mut q = Queue::default();
        q.take(vec![event("a", Tier::Takeover)], s(0.0), loud);
        let evening = |_, t: Time| if t >= s(20.0) { Tier::Banner } else { Tier::Takeover };
        q.take(vec![event("b", Tier::Takeover)], s(1.0), evening);
        assert_eq!(q.plan()[1].tier, Tier::Banner);
    }

    #[test]
    fn what_is_no_longer_news_when_its_turn_comes_is_dropped() {
        let mut q = Queue::default();
        let brief = Waiting { until: Some(s(5.0)), ..event("b", Tier::Banner) };
        q.take(vec![event("a", Tier::Banner), brief], s(0.0), loud);
        assert_eq!(plan(&q), vec![(Tier::Banner, 0.0, 6.0, vec!["a"])]);
    }

    type News = Vec<(u32, Vec<(u8, u8, Option<u8>)>)>;

    fn news() -> impl Strategy<Value = News> {
        let one = (1..4u8, 0..5u8, prop::option::of(1..60u8));
        let gap_ms = prop_oneof![1 => Just(0), 9 => 0..90_000u32];
        prop::collection::vec((gap_ms, prop::collection::vec(one, 0..6)), 1..40)
    }

    proptest! {
        #[test]
        fn any_news_keeps_the_rules(news in news()) {
            let mut q: Queue<()> = Queue::default();
            let mut now = Time::ZERO;
            let mut begun: Vec<Party<()>> = Vec::new();
            let mut came = 0;
            for (gap_ms, events) in news {
                let until = Time::from_ms(now.0 / 1000 + i64::from(gap_ms));
                begun.extend(q.plan().iter().filter(|p| p.start > now && p.start <= until).cloned());
                now = until;
                let kinds = [EventKind::Won, EventKind::GoalReached, EventKind::Shout, EventKind::Record, EventKind::ContestWon];
                let waiting: Vec<Waiting<()>> = events.iter().map(|(tier, kind, left)| {
                    came += 1;
                    let until = left.map(|s| now.after(f64::from(s)));
                    Waiting { kind: kinds[usize::from(*kind)], until, ..event(&came.to_string(), Tier::new(*tier)) }
                }).collect();
                q.take(waiting, now, loud);
                // Two boards may come at one instant: what begins then counts once, as it is after the last of them.
                begun.retain(|p| p.start < now);
                begun.extend(q.plan().iter().filter(|p| p.start == now).cloned());
            }
            begun.extend(q.plan().iter().filter(|p| p.start > now).cloned());
            let mut ids = std::collections::BTreeSet::new();
            for p in &begun {
                prop_assert!(p.end > p.start && !p.events.is_empty());
                for e in &p.events {
                    prop_assert!(ids.insert(e.id.clone()), "{} twice", e.id);
                    prop_assert!(e.until.is_none_or(|until| until > p.start));
                    prop_assert!(p.tier <= e.tier);
                    prop_assert_eq!(e.group(), p.events[0].group());
                }
            }
            for pair in begun.windows(2) {
                prop_assert!(pair[1].start.since(pair[0].end) >= REST_S - 1e-6, "{:?}", pair);
            }
            let takeovers: Vec<&Party<()>> = begun.iter().filter(|p| p.tier == Tier::Takeover).collect();
            for pair in takeovers.windows(2) {
                prop_assert!(pair[1].start.since(pair[0].end) >= APART_S - 1e-6);
            }
            for some in takeovers.windows(TAKEOVERS + 1) {
                prop_assert!(some[TAKEOVERS].start.since(some[0].start) >= WITHIN_S);
            }
        }
    }
}
