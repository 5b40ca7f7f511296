//! What is measured: the race as the built-in show tells it.

use std::time::Instant;

use floorcast::board::Update;
use floorcast::config::Config;
use floorcast::director::Director;
use floorcast::motion::{Now, Time};
use floorcast::scene::{Fonts, Scene};
use floorcast::slides::kind_names;
use serde_json::Value;

use crate::subjects::{CALM, FRAME_US, Subject, board, host_info};

const STEP_S: f64 = 1.0 / 60.0;

/// The whole race in stretches of a second, from the first frame with its ribbons on.
pub fn subjects(fonts: &mut Fonts, size: [u32; 2]) -> Vec<Subject> {
    let (mut director, start_us) = wall(size);
    let now = |s: f64| Now { t: Time::from_s(s), wall_us: start_us + (s * 1e6) as i64 };
    let mut lines = floorcast::demo::tape().lines().map(|line| -> Value { serde_json::from_str(line).expect("JSON") });
    let mut next = lines.next();
    let (mut out, mut at) = (Vec::new(), 0.0);
    while at < 120.0 {
        while let Some(line) = next.take_if(|line| line["ms"].as_f64().is_some_and(|ms| ms / 1e3 <= at)) {
            director.apply(Update::Board(board(line["body"].to_string().as_bytes())), now(at), fonts);
            next = lines.next();
        }
        if is_race(&director.frame(now(at), fonts)) {
            let name = format!("race: second {}", out.len() + 1);
            out.push(stretch(name, &director, at, &now, fonts));
            at += 1.0;
        } else if !out.is_empty() {
            break;
        } else {
            at += 0.25;
        }
    }
    assert!(!out.is_empty(), "the built-in show has a race");
    out
}

fn is_race(scene: &Scene) -> bool {
    scene.layers.iter().any(|layer| layer.name == "ribbons")
}

#[expect(clippy::disallowed_methods, reason = "measuring is what this is for")]
fn stretch(name: String, director: &Director, from: f64, now: &dyn Fn(f64) -> Now, fonts: &mut Fonts) -> Subject {
    let (mut frames, mut made_s) = (Vec::new(), Vec::new());
    // Twice: the first shapes the texts.
    for round in 0..2 {
        for i in 0..1_000_000 / FRAME_US {
            let at = now(from + i as f64 * STEP_S);
            let start = Instant::now();
            let scene = director.frame(at, fonts);
            if round == 1 {
                made_s.push(start.elapsed().as_secs_f64());
                frames.push(scene);
            }
        }
    }
    Subject { name, frames, made_s, overdraw: CALM, make: None }
}

/// A wall that plays the built-in show with the days before it, and when it starts, in microseconds since 1970.
fn wall(size: [u32; 2]) -> (Director, i64) {
    let config = Config::parse("[feed]\nurl = \"demo\"", &kind_names()).expect("settings");
    let mut director = Director::new(config, host_info(size, None));
    director.bring_days(0, serde_json::from_str(floorcast::demo::days()).expect("days"));
    let line: Value = serde_json::from_str(floorcast::demo::tape().lines().next().expect("a board")).expect("JSON");
    let start: jiff::Timestamp = line["body"]["as_of"].as_str().and_then(|at| at.parse().ok()).expect("a time");
    (director, start.as_microsecond())
}
