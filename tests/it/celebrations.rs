//! A tape with deals, and what is celebrated when: cause, then effect; nobody twice; nothing that is no news.

mod acts;
mod climb;
mod derived;
mod facts;
mod order;
mod pacing;
mod waits;

use floorcast::director::queue::Tier;
use floorcast::motion::Time;
use serde_json::{Value, json};

use crate::support::wall::{Wall, instant, says};

/// An event `at_s` after the start.
fn event(id: &str, at_s: i64, who: &str, tier: u8) -> Value {
    json!({"id": id, "at": instant(at_s as f64).to_string(), "kind": "won", "who": [who], "metric": "m", "value": 5, "tier": tier})
}

fn body(rev: u64, values: [u32; 3], events: &[Value]) -> Value {
    json!({
        "format": "salesboard/1", "board": "b", "epoch": "e", "rev": rev, "fresh_for_s": 86_400, "tz": "Asia/Tokyo",
        "metrics": {"m": {"label": "Demos"}},
        "teams": {"x": {"name": "X"}, "y": {"name": "Y"}},
        "people": {"ana": {"name": "Ana", "team": "x"}, "ben": {"name": "Ben", "team": "y"}, "cleo": {"name": "Cleo"}},
        "slides": [
            {"id": "rank", "type": "ranking", "title": "Ranking", "metric": "m", "rows": [
                {"who": "ana", "value": values[0]}, {"who": "ben", "value": values[1]}, {"who": "cleo", "value": values[2]}]},
            {"id": "other", "type": "ranking", "title": "Other", "rows": [{"name": "Dan", "value": 1}]},
        ],
        "events": events,
    })
}

fn one(tier: Tier, id: &str) -> Option<(Tier, Vec<String>)> {
    Some((tier, vec![id.to_owned()]))
}

#[test]
fn a_deal_takes_over_and_its_result_plays_afterwards() {
    let mut wall = Wall::new("");
    wall.board(0.0, &body(1, [10, 9, 3], &[]));
    wall.board(5.0, &body(2, [10, 14, 3], &[event("d", 5, "ben", 3)]));
    assert_eq!(wall.celebrated(5.0), one(Tier::Takeover, "d"));
    assert_eq!(wall.rev(), Some(1), "the cause comes first");
    let scene = wall.scene(9.0);
    assert!(says(&scene, "DEAL CLOSED") && says(&scene, "BEN") && !says(&scene, "CLEO"));
    assert_eq!(wall.celebrated(11.9), one(Tier::Takeover, "d"));
    assert_eq!(wall.celebrated(12.0), None);
    assert_eq!(wall.rev(), Some(1), "its amount flies into its row");
    wall.advance(12.9);
    assert_eq!(wall.rev(), Some(2));
    // The rows have changed places by then, and the slide is still on although its time was over at 8 s.
    assert_eq!(wall.title(14.0), "RANKING");
    assert_ne!(wall.scene(13.8), wall.scene(15.4));
    // The picture that was asked for late is the one that was asked for in time.
    let mut late = Wall::new("");
    late.board(0.0, &body(1, [10, 9, 3], &[]));
    late.board(5.0, &body(2, [10, 14, 3], &[event("d", 5, "ben", 3)]));
    assert!(late.scene(12.9).same_picture(&wall.scene(12.9)));
}

#[test]
fn a_takeover_brings_its_slide_and_gives_the_other_one_its_time_back() {
    let mut wall =
        Wall::new("[playlist]\nslides = [{ id = \"rank\", dwell_s = 10 }, { id = \"other\", dwell_s = 30 }]");
    wall.board(0.0, &body(1, [10, 9, 3], &[]));
    assert_eq!((wall.title(9.0), wall.title(11.0)), ("RANKING".into(), "OTHER".into()));
    wall.board(20.0, &body(2, [10, 14, 3], &[event("d", 20, "ben", 3)]));
    assert_eq!(wall.title(20.3), "OTHER");
    assert_eq!([26.9, 30.0, 32.9].map(|s| wall.title(s)), ["RANKING", "RANKING", "RANKING"]);
    // Four seconds more for the change that plays there.
    assert_eq!([37.8, 38.0].map(|s| wall.title(s)), ["RANKING", "OTHER"]);
    let back = (380..640).map(|tenths| f64::from(tenths) / 10.0).find(|s| wall.title(*s) == "RANKING");
    assert!(back.is_some_and(|s| (57.4..58.4).contains(&s)), "it had twenty seconds left: {back:?}");
}

#[test]
fn ids_are_handed_out_before_the_picture_and_never_celebrated_again() {
    let mut wall = Wall::new("");
    wall.board(0.0, &body(1, [10, 9, 3], &[event("old", 0, "ana", 3)]));
    assert_eq!(wall.celebrated(0.0), None, "the first board is not news");
    assert_eq!(wall.director.take_ids(0), Some(vec!["old".to_owned()]));
    wall.board(5.0, &body(2, [10, 14, 3], &[event("d", 5, "ben", 2), event("old", 0, "ana", 3)]));
    let ids = wall.director.take_ids(0).expect("a new id");
    assert_eq!(ids, ["old", "d"]);
    assert_eq!(wall.director.take_ids(0), None);
    // The power goes; the kept board comes up, then the feed says the same again with one deal more.
    let mut again = Wall::new("");
    again.director.recall(0, ids, true);
    again.board(0.0, &body(2, [10, 14, 3], &[event("d", -2, "ben", 2)]));
    again.board(1.0, &body(3, [15, 14, 3], &[event("e", -1, "ana", 2), event("d", -2, "ben", 2)]));
    assert_eq!(again.celebrated(1.0), None, "the first answer after a start is not news");
    again.board(
        9.0,
        &body(4, [15, 19, 3], &[event("f", 9, "ben", 2), event("e", -1, "ana", 2), event("d", -2, "ben", 2)]),
    );
    assert_eq!(again.celebrated(9.0), one(Tier::Banner, "f"));
}

#[test]
fn old_events_new_epochs_and_long_silences_are_no_news() {
    let mut wall = Wall::new("");
    wall.board(0.0, &body(1, [10, 9, 3], &[]));
    wall.board(5.0, &body(2, [11, 9, 3], &[event("late", 5 - 901, "ana", 3)]));
    assert_eq!(wall.celebrated(5.0), None);
    let mut other = body(1, [12, 9, 3], &[event("x", 10, "ana", 3)]);
    other["epoch"] = json!("f");
    wall.board(10.0, &other);
    assert_eq!(wall.celebrated(10.0), None);
    let mut silent = body(2, [13, 9, 3], &[event("y", 910, "ana", 3)]);
    silent["epoch"] = json!("f");
    wall.board(910.0, &silent);
    assert_eq!(wall.celebrated(910.0), None);
    let mut next = body(3, [14, 9, 3], &[event("z", 920, "ana", 3)]);
    next["epoch"] = json!("f");
    wall.board(920.0, &next);
    assert_eq!(wall.celebrated(920.0), one(Tier::Takeover, "z"));
}

#[test]
fn quiet_hours_have_lower_thirds_only() {
    let mut wall = Wall::new("[celebrations]\nquiet = [\"10:00\", \"10:31\"]");
    wall.board(0.0, &body(1, [10, 9, 3], &[]));
    wall.board(5.0, &body(2, [10, 14, 3], &[event("d", 5, "ben", 3)]));
    assert_eq!(wall.celebrated(6.0), one(Tier::Banner, "d"));
    wall.board(70.0, &body(3, [10, 19, 3], &[event("e", 70, "ben", 3)]));
    assert_eq!(wall.celebrated(71.0), one(Tier::Takeover, "e"));
}

#[test]
fn a_screen_of_one_team_leaves_out_the_others() {
    let mut wall = Wall::new("[screen]\nteams = [\"x\"]");
    let mut first = body(1, [10, 9, 3], &[]);
    first["slides"][1] =
        json!({"id": "other", "type": "ranking", "title": "Theirs", "rows": [{"who": "ben", "value": 9}]});
    wall.board(0.0, &first);
    assert_eq!([1.0, 40.0, 80.0].map(|s| wall.title(s)), ["RANKING", "RANKING", "RANKING"]);
    wall.board(81.0, &body(2, [10, 14, 3], &[event("theirs", 81, "ben", 3)]));
    assert_eq!(wall.celebrated(82.0), None);
    wall.board(90.0, &body(3, [15, 14, 3], &[event("ours", 90, "ana", 3)]));
    assert_eq!(wall.celebrated(91.0), one(Tier::Takeover, "ours"));
    wall.board(120.0, &body(4, [15, 14, 8], &[event("nobodys", 120, "cleo", 3)]));
    assert_eq!(wall.celebrated(121.0), one(Tier::Takeover, "nobodys"));
}

#[test]
fn a_window_opens_and_closes_without_a_board() {
    let mut first = body(1, [10, 9, 3], &[]);
    first["slides"][0]["end"] = json!(instant(25.0).to_string());
    first["slides"][1]["start"] = json!(instant(15.0).to_string());
    let mut wall = Wall::new("");
    wall.board(0.0, &first);
    assert_eq!([1.0, 14.9].map(|s| wall.title(s)), ["RANKING", "RANKING"], "the only one");
    let scene = wall.scene(14.9);
    assert!(scene.next.is_some_and(|next| next <= Time::from_s(15.0)));
    assert_eq!([15.1, 22.9, 24.9].map(|s| wall.title(s)), ["OTHER", "OTHER", "RANKING"], "it comes in its turn");
    assert_eq!([25.0, 60.0].map(|s| wall.title(s)), ["OTHER", "OTHER"]);
}
