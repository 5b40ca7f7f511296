//! Random days: no board tells what its celebration still has to tell, none waits long, and none without a reason.

use proptest::prelude::*;

use super::*;

/// How long a board waits at most.
const LONGEST_S: f64 = 50.0;
/// How long one that had a lower third waits for its slide to be wiped in.
const WIPED_S: f64 = 0.7;
const STEP_S: f64 = 0.25;

/// A deal: so many seconds after the one before, in one of two feeds.
#[derive(Debug, Clone)]
struct Deal {
    after_s: f64,
    feed: usize,
    who: usize,
    value: u32,
    tier: u8,
    kind: &'static str,
}

prop_compose! {
    fn deals()(
        after_s in 0.0..40.0f64,
        feed in prop::sample::select(vec![0, 0, 0, 1]),
        who in 0..14usize,
        value in 1..40u32,
        tier in 1..=3u8,
        kind in prop::sample::select(vec!["won", "won", "won", "record", "goal_reached"]),
    ) -> Deal {
        Deal { after_s, feed, who, value, tier, kind }
    }
}

/// What a feed has said so far.
#[derive(Default)]
struct Said {
    rev: u64,
    values: Vec<u32>,
    events: Vec<Value>,
    /// When each revision came, by its number.
    came: Vec<f64>,
}

impl Said {
    fn body(&self, feed: usize) -> Value {
        let rows: Vec<Value> =
            self.values.iter().enumerate().map(|(i, v)| json!({"name": format!("P{feed} {i}"), "value": v})).collect();
        json!({"format": "salesboard/1", "board": "b", "epoch": "e", "rev": self.rev, "fresh_for_s": 86_400,
            "metrics": {"m": {"label": "Demos"}}, "events": self.events,
            "slides": [{"id": "rank", "type": "ranking", "title": "Ranking", "metric": "m", "rows": rows}]})
    }
}

/// An event on its way through the wall.
struct Told {
    feed: usize,
    id: String,
    rev: u64,
    span: Option<[f64; 2]>,
    /// When the board with it was on the wall for the first time.
    shown: Option<f64>,
    /// Whether its takeover told a place.
    placed: bool,
    /// A line: it tells no place, and no board waits for it.
    line: bool,
}

fn play(deals: &[Deal]) -> Result<(), TestCaseError> {
    let mut wall = Wall::new("[[feed]]\nname = \"a\"\nurl = \"a.json\"\n[[feed]]\nname = \"b\"\nurl = \"b.json\"");
    let mut said = [Said::default(), Said::default()];
    for (feed, said) in said.iter_mut().enumerate() {
        said.values = (0..14).map(|i| 100 - 7 * i).collect();
        said.came.push(0.0);
        wall.board_of(feed, 0.0, &said.body(feed));
    }
    let (mut told, mut at, mut due) = (Vec::<Told>::new(), 0.0, 5.0);
    let end = deals.iter().map(|deal| deal.after_s).sum::<f64>() + 160.0;
    let mut left = deals.iter();
    let mut next = left.next();
    while at < end {
        while let Some(deal) = next.filter(|deal| due + deal.after_s <= at) {
            due += deal.after_s;
            next = left.next();
            let said = &mut said[deal.feed];
            said.rev += 1;
            said.values[deal.who] += deal.value;
            said.came.push(at);
            let id = format!("{}-{}", deal.feed, said.rev);
            said.events.insert(
                0,
                json!({"id": id, "at": instant(at).to_string(), "kind": deal.kind, "metric": "m", "slide": "rank",
                "who": [format!("P{} {}", deal.feed, deal.who)], "value": deal.value, "tier": deal.tier}),
            );
            told.push(Told {
                feed: deal.feed,
                id,
                rev: said.rev,
                span: None,
                shown: None,
                placed: false,
                line: deal.tier == 1,
            });
            wall.board_of(deal.feed, at, &said.body(deal.feed));
        }
        wall.advance(at);
        let on = wall.director.celebration_at(Time::from_s(at));
        let on = on.map(|(_, ids, until)| (ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>(), until.as_s()));
        for (feed, said) in said.iter().enumerate() {
            let shown = wall.director.board_of(feed).and_then(|board| board.rev).unwrap_or(0);
            for told in told.iter_mut().filter(|told| told.feed == feed) {
                if let Some((_, until)) = on.as_ref().filter(|(ids, _)| ids.contains(&told.id)) {
                    told.span = told.span.or(Some([at, *until]));
                }
                if shown >= told.rev {
                    told.shown = told.shown.or(Some(at));
                }
            }
            // Nothing is to come that could explain what is held: none waits.
            let explained = told
                .iter()
                .any(|t| t.feed == feed && t.rev > shown && t.span.is_none_or(|[_, e]| at < e + WIPED_S + STEP_S));
            prop_assert!(
                shown == said.rev || explained || on.is_some(),
                "feed {feed} at {at}: rev {shown} without a reason"
            );
            // None waits longer than it may.
            let oldest = said.came.get(shown as usize + 1);
            prop_assert!(oldest.is_none_or(|came| at - came <= LONGEST_S + STEP_S), "feed {feed} at {at}: rev {shown}");
        }
        if let Some((ids, until)) = &on {
            // Once, when all of it stands there.
            if (until - at - 3.0).abs() < STEP_S / 2.0 {
                let placed = says(&wall.scene(at), "RANK");
                for told in told.iter_mut().filter(|told| ids.contains(&told.id)) {
                    told.placed = placed;
                }
            }
        }
        at += STEP_S;
    }
    for (feed, said) in said.iter().enumerate() {
        let shown = wall.director.board_of(feed).and_then(|board| board.rev).unwrap_or(0);
        prop_assert_eq!(shown, said.rev, "feed {} ends with its newest board", feed);
    }
    for told in &told {
        let (id, shown) = (&told.id, told.shown.unwrap_or(f64::MAX));
        match told.span {
            Some([_, end]) if !told.line && shown < end - STEP_S => {
                let came = said[told.feed].came[told.rev as usize];
                // Somebody waited for a minute: the oldest news that this board carries.
                let waited = said[told.feed].came.iter().any(|c| (shown - c - LONGEST_S).abs() <= 2.0 * STEP_S);
                prop_assert!(waited, "{id} came at {came}, was on the wall at {shown} and celebrated until {end}");
                prop_assert!(!told.placed, "{id}: its place was on the wall already");
            }
            _ => {}
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn cause_comes_before_effect(deals in prop::collection::vec(deals(), 1..9)) {
        play(&deals)?;
    }
}
