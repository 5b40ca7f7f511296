//! What is measured: frames of the demo floor's ranking, as the director makes them.

use std::sync::Arc;
use std::time::Instant;

use floorcast::board::Update;
use floorcast::config::Config;
use floorcast::director::Director;
use floorcast::feed::accept::{AcceptContext, accept};
use floorcast::motion::{Now, Time};
use floorcast::scene::Fonts;
use serde_json::Value;

use crate::subjects::{Subject, host_info};

/// The subject that the bar is for.
pub const BARRED: &str = "ranking, 12 rows moving";

/// The twelve rows, and the same slide when only its clock moves.
pub fn subjects(fonts: &mut Fonts, size: [u32; 2]) -> Vec<Subject> {
    let mut first = demo_body();
    // The data stays live however late it is.
    first["fresh_for_s"] = Value::from(86_400);
    let mut upside_down = first.clone();
    turn_over(&mut upside_down);
    let mut director = wall(size);
    director.apply(Update::Board(Arc::new(board(&first))), at(0.0), fonts);
    let ticking = frames("ranking, only the clock", &director, 20.0, 60.0, fonts);
    director.apply(Update::Board(Arc::new(board(&upside_down))), at(30.0), fonts);
    // Rows leave their places .75 s after the numbers, and are there a second later.
    let (from, step) = (30.8, 1.0 / 60.0);
    let mut moving = frames(BARRED, &director, from, step, fonts);
    moving.make = Some(Box::new(move |i, fonts| director.frame(at(from + i as f64 * step), fonts)));
    vec![moving, ticking]
}

#[expect(clippy::disallowed_methods, reason = "measuring is what this is for")]
fn frames(name: &str, director: &Director, from: f64, step: f64, fonts: &mut Fonts) -> Subject {
    let mut made_s = Vec::new();
    let mut frame = |i: i32| {
        let start = Instant::now();
        let scene = director.frame(at(from + f64::from(i) * step), fonts);
        made_s.push(start.elapsed().as_secs_f64());
        scene
    };
    // Twice: the first shapes the texts.
    (0..60).for_each(|i| drop(frame(i)));
    let frames = (0..60).map(frame).collect();
    Subject { name: name.into(), frames, made_s: made_s.split_off(60), overdraw: 2.0, make: None }
}

fn at(s: f64) -> Now {
    // 2026-01-26T14:30:00Z, when the demo's first board was true.
    Now { t: Time::from_s(s), wall_us: 1_769_437_800_000_000 + (s * 1e6) as i64 }
}

fn wall(size: [u32; 2]) -> Director {
    // Near enough for twelve rows.
    Director::new(Config { viewing_m: 4.0, ..Config::default() }, host_info(size, Some("stack")))
}

fn demo_body() -> Value {
    let line = floorcast::demo::tape().lines().next().expect("the demo has a board");
    let mut line: Value = serde_json::from_str(line).expect("the demo is JSON");
    line["body"].take()
}

/// The last becomes the first.
fn turn_over(body: &mut Value) {
    body["rev"] = Value::from(2);
    let slides = body["slides"].as_array_mut().expect("slides");
    let stack = slides.iter_mut().find(|s| s["id"] == "stack").expect("the stack ranking");
    let rows = stack["rows"].as_array_mut().expect("rows");
    let mut ranked: Vec<(f64, usize)> =
        rows.iter().enumerate().filter_map(|(i, r)| Some((r["value"].as_f64()?, i))).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked.truncate(12);
    for (up, down) in ranked.iter().zip(ranked.iter().rev()) {
        rows[up.1]["value"] = Value::from(down.0);
    }
}

fn board(body: &Value) -> floorcast::board::Board {
    match accept(body.to_string().as_bytes(), &AcceptContext::default()) {
        Ok((board, _)) => board,
        Err(report) => panic!("the demo is refused: {}", report.reason()),
    }
}
