//! The rules of the queue: apart, merged, withdrawn, quiet; and that any news keeps them.

use proptest::prelude::*;

use super::*;

fn event(id: &str, tier: Tier) -> Pending<()> {
    let (kind, metric) = (EventKind::Won, Some("m".to_owned()));
    Pending { feed: 0, id: id.into(), kind, metric, tier, great: false, until: None, what: () }
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
fn feeds_share_the_wall_but_never_a_celebration() {
    let mut q = Queue::default();
    let other = Pending { feed: 1, ..event("a", Tier::Takeover) };
    q.schedule(vec![event("a", Tier::Takeover), other], s(0.0), |_, _| Tier::Takeover);
    let starts: Vec<(f64, usize)> = q.plan().iter().map(|p| (p.start.as_s(), p.feed())).collect();
    assert_eq!(starts, [(0.0, 0), (27.0, 1)]);
    q.clear(0, s(1.0));
    assert_eq!(q.plan().len(), 2);
    q.clear(1, s(1.0));
    assert_eq!(q.plan().len(), 1, "the other feed starts anew, and what was to come of it is gone");
    // One feed's data is old: its deals are told quietly, the other's are not.
    let mut q = Queue::default();
    let other = Pending { feed: 1, ..event("b", Tier::Takeover) };
    q.schedule(
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
    q.schedule(vec![event("a", Tier::Takeover)], s(0.0), loud);
    q.schedule(vec![event("b", Tier::Takeover), event("c", Tier::Takeover)], s(1.0), loud);
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
    q.schedule(vec![event("a", Tier::Takeover)], s(1.0), loud);
    q.schedule(vec![event("b", Tier::Takeover)], s(4.0), loud);
    q.schedule(vec![event("c", Tier::Takeover)], s(9.0), loud);
    assert_eq!(plan(&q), vec![(Tier::Takeover, 1.0, 8.0, vec!["a"]), (Tier::Takeover, 28.0, 35.0, vec!["b", "c"])]);
    assert!(q.current(s(7.9)).is_some() && q.current(s(8.0)).is_none());
}

#[test]
fn the_gap_is_filled_with_what_is_less_loud() {
    let mut q = Queue::default();
    q.schedule(vec![event("a", Tier::Takeover), event("line", Tier::Line)], s(0.0), loud);
    q.schedule(vec![event("b", Tier::Takeover), event("banner", Tier::Banner)], s(2.0), loud);
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
        q.schedule(vec![event(&i.to_string(), Tier::Takeover)], s(f64::from(i) * 60.0), loud);
    }
    let tiers: Vec<Tier> = (0..7).filter_map(|i| q.current(s(f64::from(i) * 60.0 + 0.5)).map(|p| p.tier)).collect();
    assert_eq!(tiers, vec![Tier::Banner], "the earlier ones are history");
    q.schedule(vec![event("later", Tier::Takeover)], s(601.0), loud);
    assert_eq!(q.current(s(601.0)).map(|p| p.tier), Some(Tier::Takeover));
}

#[test]
fn kinds_and_metrics_do_not_mix_and_the_rarer_comes_first() {
    let mut q = Queue::default();
    let goal = Pending { kind: EventKind::GoalReached, great: true, ..event("goal", Tier::Takeover) };
    let other = Pending { metric: Some("n".into()), ..event("other", Tier::Takeover) };
    q.schedule(vec![event("deal", Tier::Takeover), other, goal], s(0.0), loud);
    let ids: Vec<_> = plan(&q).into_iter().map(|p| (p.1, p.2, p.3)).collect();
    assert_eq!(ids, vec![(0.0, 8.0, vec!["goal"]), (28.0, 35.0, vec!["deal"]), (55.0, 62.0, vec!["other"])]);
}

#[test]
fn quiet_hours_and_old_data_have_no_takeovers() {
    let mut q = Queue::default();
    q.schedule(vec![event("a", Tier::Takeover), event("l", Tier::Line)], s(0.0), |_, _| Tier::Banner);
    let tiers: Vec<Tier> = q.plan().iter().map(|p| p.tier).collect();
    assert_eq!(tiers, vec![Tier::Banner, Tier::Line]);
    // The hours begin before its turn comes.
    let mut q = Queue::default();
    q.schedule(vec![event("a", Tier::Takeover)], s(0.0), loud);
    let evening = |_, t: Time| if t >= s(20.0) { Tier::Banner } else { Tier::Takeover };
    q.schedule(vec![event("b", Tier::Takeover)], s(1.0), evening);
    assert_eq!(q.plan()[1].tier, Tier::Banner);
}

#[test]
fn what_is_no_longer_news_when_its_turn_comes_is_dropped() {
    let mut q = Queue::default();
    let brief = Pending { until: Some(s(5.0)), ..event("b", Tier::Banner) };
    q.schedule(vec![event("a", Tier::Banner), brief], s(0.0), loud);
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
        let mut begun: Vec<Celebration<()>> = Vec::new();
        let mut came = 0;
        for (gap_ms, events) in news {
            let until = Time::from_ms(now.0 / 1000 + i64::from(gap_ms));
            begun.extend(q.plan().iter().filter(|p| p.start > now && p.start <= until).cloned());
            now = until;
            let kinds = [EventKind::Won, EventKind::GoalReached, EventKind::Shout, EventKind::Record, EventKind::ContestWon];
            let waiting: Vec<Pending<()>> = events.iter().map(|(tier, kind, left)| {
                came += 1;
                let until = left.map(|s| now.after(f64::from(s)));
                Pending { kind: kinds[usize::from(*kind)], until, ..event(&came.to_string(), Tier::new(*tier)) }
            }).collect();
            q.schedule(waiting, now, loud);
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
        let takeovers: Vec<&Celebration<()>> = begun.iter().filter(|p| p.tier == Tier::Takeover).collect();
        for pair in takeovers.windows(2) {
            prop_assert!(pair[1].start.since(pair[0].end) >= APART_S - 1e-6);
        }
        for some in takeovers.windows(TAKEOVERS + 1) {
            prop_assert!(some[TAKEOVERS].start.since(some[0].start) >= WITHIN_S);
        }
    }
}
