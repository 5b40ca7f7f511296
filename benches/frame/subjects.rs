//! What is measured: every kind and celebration in every pose, from the pose's instant on, and the change from slide to slide.

use std::sync::Arc;
use std::time::Instant;

use floorcast::board::Board;
use floorcast::config::Config;
use floorcast::director::{Director, HostInfo};
use floorcast::feed::accept::{AcceptContext, accept};
use floorcast::motion::Time;
use floorcast::scene::{Fonts, Scene};
use floorcast::shot::Show;
use serde_json::Value;

use crate::poses;
use crate::show::show_of;

/// Frames of a subject, a sixtieth of a second apart.
const FRAMES: i64 = 60;
pub const FRAME_US: i64 = 16_667;

/// Makes the frame of an index.
pub type Make = Box<dyn Fn(usize, &mut Fonts) -> Scene>;

/// A stretch of frames.
pub struct Subject {
    /// What is shown.
    pub name: String,
    /// Each as the director makes it.
    pub frames: Vec<Scene>,
    /// Seconds that the director took for each.
    pub made_s: Vec<f64>,
    /// How often a pixel may be painted on average.
    pub overdraw: f32,
    /// Makes each frame anew, where our own time has a bar: as on a wall it is drawn as soon as it is made.
    pub make: Option<Make>,
}

/// Overdraw of a slide at rest and in moves, and while two are seen or one takes over (DESIGN 5).
pub const CALM: f32 = 2.0;
const CHANGE: f32 = 3.0;

/// Every kind and every celebration in every pose.
pub fn posed(fonts: &mut Fonts, wanted: &dyn Fn(&str) -> bool) -> Vec<Subject> {
    let all = poses::all().into_iter().map(|pose| (format!("{}: {}", pose.kind, pose.name), pose));
    all.filter(|(name, ..)| wanted(name))
        .map(|(name, pose)| {
            let show = show_of(&pose);
            let at = Time::from_ms(pose.at_ms);
            let director = show.director(pose.size, None, true, at, fonts);
            let overdraw = if pose.name.starts_with("takeover") { CHANGE } else { CALM };
            subject(name, &show, &director, at, overdraw, fonts)
        })
        .collect()
}

/// The demo's programme, from each slide to the next.
pub fn changes(fonts: &mut Fonts, size: [u32; 2], wanted: &dyn Fn(&str) -> bool) -> Vec<Subject> {
    let show = Show::new(Config::default(), demo(), None);
    let start = Time::from_s(2.0);
    let programme = show.director(size, None, true, start, fonts).programme();
    let mut out = Vec::new();
    let ids: Vec<&str> = programme.iter().flat_map(|slide| vec![slide.id.as_str(); slide.pages.max(1)]).collect();
    for (i, id) in ids.iter().enumerate() {
        let name = format!("change: {id} to {}", ids[(i + 1) % ids.len()]);
        if wanted(&name) {
            let mut director = show.director(size, None, true, start, fonts);
            director.skip(i as i64, show.at(start));
            let at = start.after(3.0);
            director.skip(1, show.at(at));
            out.push(subject(name, &show, &director, at, CHANGE, fonts));
        }
    }
    out
}

#[expect(clippy::disallowed_methods, reason = "measuring is what this is for")]
fn subject(name: String, show: &Show, director: &Director, at: Time, overdraw: f32, fonts: &mut Fonts) -> Subject {
    let (mut frames, mut made_s) = (Vec::new(), Vec::new());
    // Twice: the first shapes the texts.
    for round in 0..2 {
        for i in 0..FRAMES {
            let now = show.at(Time(at.0 + i * FRAME_US));
            let start = Instant::now();
            let scene = director.frame(now, fonts);
            if round == 1 {
                made_s.push(start.elapsed().as_secs_f64());
                frames.push(scene);
            }
        }
    }
    Subject { name, frames, made_s, overdraw, make: None }
}

fn demo() -> Vec<(i64, Arc<Board>)> {
    let line = floorcast::demo::tape().lines().next().expect("the demo has a board");
    let mut line: Value = serde_json::from_str(line).expect("the demo is JSON");
    // The data stays live however late it is.
    line["body"]["fresh_for_s"] = Value::from(86_400);
    vec![(0, board(line["body"].to_string().as_bytes()))]
}

pub fn board(body: &[u8]) -> Arc<Board> {
    match accept(body, &AcceptContext::default()) {
        Ok((board, _)) => Arc::new(board),
        Err(report) => panic!("refused: {}", report.reason()),
    }
}

/// A screen of this size that nothing is known of.
pub fn host_info(size: [u32; 2], pinned: Option<&str>) -> HostInfo {
    HostInfo {
        size,
        pinned: pinned.map(str::to_owned),
        dither: true,
        orbit: false,
        settings: String::new(),
        network: None,
        address: None,
        logo: None,
    }
}
