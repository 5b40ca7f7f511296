//! Each kind of celebration has a choreography of its own, which says its headline, ends at rest, and with reduced motion
//! is its last frame.

use floorcast::scene::{Fonts, Scene};

use super::*;
use crate::support::poses;
use crate::support::show::show_of;
use crate::support::wall::items;

/// A pose of each kind, when it has come to rest in milliseconds, and what it says.
const ACTS: [(&str, i64, &str); 6] = [
    ("takeover-leader", 4_400, "SINCE THIS MORNING"),
    ("takeover-record", 6_000, "LARGEST DEAL EVER"),
    ("takeover-goal-floor", 7_800, "MAY IS DONE"),
    ("takeover-contest", 10_000, "SPRING SPRINT"),
    ("takeover-birthday", 6_000, "HAPPY BIRTHDAY"),
    ("takeover-anniversary", 6_000, "5 YEARS WITH US"),
];

fn scene(name: &str, ms: i64, reduced: bool) -> Scene {
    let mut pose = poses::of("celebration", name);
    if reduced {
        pose.settings = format!("reduced_motion = true\n{}", pose.settings);
    }
    show_of(&pose).scene(pose.size, None, false, Time::from_ms(ms), &mut Fonts::new(false))
}

#[test]
fn each_says_its_headline_and_rests() {
    for (name, ms, headline) in ACTS {
        let rest = scene(name, ms, false);
        assert!(says(&rest, headline), "{name}");
        let next = rest.next.map_or(f64::MAX, |next| next.since(Time::from_ms(ms)));
        assert!(next > 0.1, "{name} still moves: a frame after {next} s");
        assert!(rest.same_picture(&scene(name, ms + 100, false)), "{name} is another picture later");
    }
}

#[test]
fn with_reduced_motion_each_is_its_last_frame() {
    for (name, ms, _) in ACTS {
        let (reduced, rest) = (scene(name, 1_700, true), scene(name, ms, false));
        assert!(reduced.same_picture(&rest), "{name}:\n{reduced}\n{rest}");
    }
}

#[test]
fn no_two_kinds_are_drawn_alike() {
    // By everything but the words.
    let shapes = |name: &str, ms: i64| -> Vec<floorcast::scene::Item> {
        let scene = scene(name, ms, false);
        items(&scene).filter(|item| !matches!(item, floorcast::scene::Item::Text(_))).cloned().collect()
    };
    let mut all: Vec<(&str, Vec<floorcast::scene::Item>)> =
        ACTS.iter().map(|(name, ms, _)| (*name, shapes(name, *ms))).collect();
    all.push(("takeover", shapes("takeover", 5_000)));
    for (i, (a, drawn)) in all.iter().enumerate() {
        for (b, other) in &all[i + 1..] {
            let shared = drawn.iter().filter(|item| other.contains(item)).count();
            // The backdrop, an edge, and the plate of a tag as long.
            let own = drawn.len().min(other.len()) - shared;
            assert!(own >= 2, "{a} and {b} share {shared} shapes");
        }
    }
}

#[test]
fn paper_falls_for_a_contest_and_a_goal_of_all_alone() {
    let falls = |name: &str, ms: i64| scene(name, ms, false).layers.iter().any(|layer| layer.name == "paper");
    assert!(falls("takeover-contest-paper", 4_600) && falls("takeover-goal-finish", 3_400));
    for (name, rest, _) in ACTS {
        assert!(!falls(name, rest), "{name}: it is gone at rest");
    }
    for name in ["takeover", "takeover-leader", "takeover-record", "takeover-birthday"] {
        assert!((1_000..5_000).step_by(200).all(|ms| !falls(name, ms)), "{name}");
    }
}
