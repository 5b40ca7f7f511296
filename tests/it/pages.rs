//! Pages that are turned to for a picture.

use floorcast::director::HostInfo;
use floorcast::motion::Time;
use serde_json::json;

use crate::support::wall::{Wall, says};

#[test]
fn a_page_that_comes_on_at_this_moment_is_still_to_come_in() {
    let item = |who: &str| json!({"who": [who], "badge": "star", "headline": "Well done", "text": "Thank you.", "from": "Cho"});
    let body = json!({
        "format": "salesboard/1", "board": "b", "fresh_for_s": 86_400,
        "people": {"ana": {"name": "Ana Reis"}, "ben": {"name": "Ben Moe"}},
        "slides": [{"id": "s", "type": "recognition", "title": "Shout-outs", "dwell_s": 5, "items": [item("ana"), item("ben")]}],
    });
    let wall = || {
        let mut wall = Wall::on("", HostInfo::still([1920, 1080]));
        wall.board(0.0, &body);
        wall
    };
    let turns = |s: f64, page: usize| {
        let mut wall = wall();
        wall.scene(0.0);
        let now = wall.now(Time::from_s(s));
        (wall.director.turn_to(page, now), wall)
    };
    // The second page comes on by itself after five seconds.
    let (comes_in, mut on) = turns(5.0, 1);
    assert!(comes_in && says(&on.scene(8.0), "BEN MOE"));
    assert!(!turns(8.0, 1).0, "it is in");
    let (comes_in, mut on) = turns(8.0, 0);
    assert!(comes_in && says(&on.scene(11.0), "ANA REIS"), "another page");
    assert!(!turns(0.0, 0).0, "what the wall begins with does not come in");
}
