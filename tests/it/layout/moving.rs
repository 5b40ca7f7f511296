//! What must hold while things move: random boards at random instants. No two names are read through each other, texts
//! stay in the safe area, nothing is faster than its spring, and what is still stays still.

use std::collections::{HashMap, HashSet};

use floorcast::board::Update;
use floorcast::config::Config;
use floorcast::director::{Director, HostInfo};
use floorcast::motion::Time;
use floorcast::scene::{Rect, Scene, Text};
use floorcast::slides::kind_names;
use floorcast::theme::spring;
use proptest::prelude::*;

use super::boards::{Tape, sequences};
use super::seen::{Picture, Seen};
use super::{SHARED, area, ink};
use crate::support::cases;
use crate::support::wall::Wall;

/// Fainter texts are part of the ground; lower than at rest, so that two names that fade through each other are seen.
const FAINT: u8 = 64;
/// From frame to frame.
const FRAME_S: f64 = 1.0 / 60.0;
/// Less than this is looked at no closer, in units.
const LEAP: f32 = 12.0;
/// Frames of one look.
const LOOK: usize = 24;

/// A wall on which boards arrive at their instants; it goes forward only.
struct Playback {
    tape: Tape,
    wall: Wall,
    arrived: usize,
}

impl Playback {
    fn new(tape: Tape) -> Playback {
        let mut wall = Wall::on(&tape.settings, HostInfo::still(tape.size));
        wall.start_us = tape.boards[0].1.as_of.map_or(0, |at| at.as_microsecond());
        Playback { tape, wall, arrived: 0 }
    }

    fn scene(&mut self, t: Time) -> Scene {
        while let Some((ms, board)) = self.tape.boards.get(self.arrived).filter(|(ms, _)| Time::from_ms(*ms) <= t) {
            let (board, now) = (board.clone(), self.wall.now(Time::from_ms(*ms)));
            self.wall.director.apply(Update::Board(board), now, &mut self.wall.fonts);
            self.arrived += 1;
        }
        self.wall.scene_at(t)
    }

    /// From the beginning, for an instant that has passed.
    fn again(&mut self, t: Time) -> Scene {
        let config = Config::parse(&self.tape.settings, &kind_names()).unwrap();
        self.wall.director = Director::new(config, HostInfo::still(self.tape.size));
        self.arrived = 0;
        self.scene(t)
    }
}

/// Texts that stand on each other, and those that leave the safe area.
fn faults(scene: &Scene) -> Vec<String> {
    let [w, h] = scene.size.map(|v| v as f32);
    let unit = w.min(h) / 1080.0;
    let picture = Picture::new(scene, FAINT);
    let mut faults = Vec::new();
    for (i, a) in picture.texts.iter().enumerate() {
        let box_a = ink(a.text);
        let Rect { x0, y0, x1, y1 } = box_a;
        // What is lifted leaves the tower by 14 units.
        let (mx, my) = (w * 0.05, h * 0.05);
        let out =
            x0 < mx - 16.0 * unit || x1 > w - mx + 4.0 * unit || y0 < my - 24.0 * unit || y1 > h - my + 4.0 * unit;
        if out && picture.area_of(&[a], box_a) > 0.0 {
            faults.push(format!("{:?} leaves the safe area: {x0:.0} {y0:.0} {x1:.0} {y1:.0}", a.text.run.text()));
        }
        for b in &picture.texts[i + 1..] {
            let box_b = ink(b.text);
            let both = box_a.intersect(box_b);
            let most = SHARED * area(box_a).min(area(box_b));
            // What leaves together fades together, one through the other.
            let alpha = |seen: &Seen| seen.text.color.0[3];
            if alpha(a) < u8::MAX && alpha(a) == alpha(b) {
                continue;
            }
            if area(both) > most && picture.area_of(&[a, b], both) > most {
                let (x, y) = (both.x0, both.y1);
                faults.push(format!("{:?} and {:?} overlap at {x:.0},{y:.0}", a.text.run.text(), b.text.run.text()));
            }
        }
    }
    faults
}

/// Places of the names that are there once, in units. Figures and words are not the same when they read the same.
fn places(scene: &Scene, names: &HashSet<String>) -> HashMap<(String, u32, u16), [f32; 2]> {
    let unit = scene.size[0].min(scene.size[1]) as f32 / 1080.0;
    let mut places: HashMap<_, Vec<[f32; 2]>> = HashMap::new();
    let picture = Picture::new(scene, FAINT);
    let named = |text: &&Text| names.contains(text.run.text());
    for text in picture.texts.iter().map(|seen| seen.text).filter(named) {
        let key = (text.run.text().to_owned(), text.run.size().to_bits(), text.run.weight());
        places.entry(key).or_default().push([text.x / unit, text.y as f32 / unit]);
    }
    places.into_iter().filter(|(_, at)| at.len() == 1).map(|(key, at)| (key, at[0])).collect()
}

/// The farthest that a name has gone from one picture to another, in units.
fn farthest(a: &Scene, b: &Scene, names: &HashSet<String>) -> (f32, String) {
    let (from, to) = (places(a, names), places(b, names));
    let gone = from.iter().filter_map(|(key, p)| {
        let q = to.get(key)?;
        Some(((p[0] - q[0]).hypot(p[1] - q[1]), format!("{:?} from {p:?} to {q:?}", key.0)))
    });
    gone.max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or_default()
}

/// The speed that no name exceeds, in units per second: its longest way, from one column and end of the body to the
/// other, on the spring of a change of rank. A critically damped spring from rest is fastest at √k · d / e.
fn limit(size: [u32; 2]) -> f64 {
    let [column, body]: [f64; 2] = if size[0] > size[1] { [864.0, 955.0 - 160.0] } else { [486.0, 1694.0 - 246.0] };
    column.hypot(body) * spring::MOVE.k.sqrt() / std::f64::consts::E
}

/// What a name does between two instants that no spring does: halves the time until it is clear.
fn leap(play: &mut Playback, [from, to]: [Time; 2], [a, b]: [&Scene; 2]) -> Option<String> {
    let (gone, what) = farthest(a, b, &play.tape.names);
    let span = to.since(from);
    // A baseline is a whole pixel.
    let pixel = 1.5 * 1080.0 / f64::from(play.tape.size[0].min(play.tape.size[1]));
    if f64::from(gone) > limit(play.tape.size) * span + pixel {
        return Some(format!(
            "{what} between {} and {} s: {:.0} units/s",
            from.as_s(),
            to.as_s(),
            f64::from(gone) / span
        ));
    }
    if gone < LEAP || span < 1e-3 {
        return None;
    }
    let middle = from.after(span / 2.0);
    let between = play.again(middle);
    leap(play, [from, middle], [a, &between]).or_else(|| leap(play, [middle, to], [&between, b]))
}

/// Looks at some frames from an instant on.
fn look(play: &mut Playback, from: Time) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut before: Option<(Time, Scene)> = None;
    for frame in 0..LOOK {
        let t = from.after(frame as f64 * FRAME_S);
        let scene = if frame == 0 { play.again(t) } else { play.scene(t) };
        wrong.extend(faults(&scene).into_iter().map(|fault| format!("{:.3} s: {fault}", t.as_s())));
        if let Some((at, last)) = &before {
            wrong.extend(leap(play, [*at, t], [last, &scene]));
        }
        before = Some((t, scene));
    }
    wrong
}

/// What changes although nothing is said to: from an instant on until the next change, or the next board.
fn stirs(play: &mut Playback, from: Time, share: f64) -> Option<String> {
    play.again(from);
    let mut t = from;
    // Things are on their way for a few seconds; then the wall sleeps.
    for _ in 0..40 {
        let scene = play.scene(t);
        let board = play.tape.boards.get(play.arrived).map(|(ms, _)| Time::from_ms(*ms));
        let next = [scene.next, board].into_iter().flatten().min()?;
        if next > t.after(0.01) {
            let between = t.after(next.since(t) * share);
            let same = scene.same_picture(&play.scene(between));
            return (!same)
                .then(|| format!("not the same at {} and {} s, next {}", t.as_s(), between.as_s(), next.as_s()));
        }
        t = t.after(0.21);
    }
    None
}

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn what_moves_keeps_apart_on_the_stage_and_to_its_spring(
        sequence in sequences(),
        from in prop::collection::vec((0..8usize, 0..4000i64), 2),
        share in 0.01..0.99,
    ) {
        let mut play = Playback::new(sequence.tape());
        for (board, ms) in from {
            let t = Time::from_ms(play.tape.boards[board % play.tape.boards.len()].0 + ms);
            let mut wrong = look(&mut play, t);
            wrong.extend(stirs(&mut play, t, share));
            prop_assert!(wrong.is_empty(), "{}:\n{}", play.tape.name, wrong.join("\n"));
        }
    }
}
