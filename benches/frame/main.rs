//! What a frame costs, in times of the cheapest picture there is: one full-screen opaque pass with colours from four
//! corners.
//!
//! `cargo bench --bench frame [-- PART OF A NAME …]` paints off screen and waits for each frame: twelve rows that all move,
//! the race, then every kind in every pose, then every change of slide in the demo. Bars on a software adapter: five passes
//! for a frame that moves, half a millisecond of our own for the twelve rows, and the overdraw of DESIGN 5.
//! `FLOORCAST_BENCH_PICTURES=folder` keeps a picture of each.

mod floor;
#[path = "../../tests/support/poses.rs"]
mod poses;
mod race;
#[path = "../../tests/support/show.rs"]
mod show;
mod subjects;

use std::path::PathBuf;
use std::time::Instant;

use floorcast::gpu::{AdapterChoice, FrameEvent, FrameOutcome, Gpu};
use floorcast::scene::{Color, Fonts, Item, Layer, Poly, Rect, Scene};
use subjects::{Make, Subject};

const SIZE: [u32; 2] = [1920, 1080];
/// Times of the reference that a moving frame may cost.
const BAR: f64 = 5.0;
/// What the director and the preparation of a frame may take together.
const OWN_BAR_S: f64 = 0.5e-3;

fn main() {
    // Two devices that take turns, so that whatever else the machine does weighs on both alike.
    let open = || Gpu::offscreen(&AdapterChoice::default(), SIZE);
    let (mut gpu, mut yardstick) = match (open(), open()) {
        (Ok(gpu), Ok(yardstick)) => (gpu, yardstick),
        (Err(e), _) | (_, Err(e)) => {
            eprintln!("SKIPPED: {e}");
            return;
        }
    };
    let asked: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let wanted = |name: &str| asked.is_empty() || asked.iter().any(|part| name.contains(part));
    println!("{}", gpu.describe());
    // Passes by the clock and by processor time, what of a frame is our own and of that the director's, and passes for a
    // frame of which nothing is kept.
    println!(
        "{:38} {:>8} {:>8} {:>6} {:>8} {:>8} {:>8} {:>8}",
        "", "passes", "by cpu", "ms", "own ms", "director", "cold", "overdraw"
    );
    let mut fonts = Fonts::new(false);
    let mut subjects = floor::subjects(&mut fonts, SIZE);
    subjects.extend(race::subjects(&mut fonts, SIZE));
    subjects.retain(|subject| wanted(&subject.name));
    subjects.extend(subjects::posed(&mut fonts, &wanted));
    subjects.extend(subjects::changes(&mut fonts, SIZE, &wanted));
    let broken = subjects.iter().filter(|subject| !measure(subject, &mut gpu, &mut yardstick, &mut fonts)).count();
    println!("{} subjects, {broken} over a bar", subjects.len());
}

/// Prints a line; false if a bar is broken.
fn measure(subject: &Subject, gpu: &mut Gpu, yardstick: &mut Gpu, fonts: &mut Fonts) -> bool {
    let Subject { name, frames, made_s, overdraw, make } = subject;
    let Some(first) = frames.first() else { return true };
    gpu.resize(first.size);
    yardstick.resize(first.size);
    keep_picture(gpu, fonts, subject);
    let (mut passes, mut drawn, mut cold) = (Vec::new(), Vec::new(), Vec::new());
    for (i, scene) in frames.iter().chain(frames).enumerate() {
        passes.extend(frame(yardstick, fonts, pass(first.size, i as u32 % 2)));
        drawn.extend(frame(gpu, fonts, scene.clone()));
    }
    for i in 0..8 {
        // Something else in between: nothing that was kept helps.
        let _ = frame(gpu, fonts, pass(first.size, i % 2));
        cold.extend(frame(gpu, fonts, first.clone()));
    }
    let one = median(&passes, |cost| cost.all_s);
    let one_cpu = mean(&passes, |cost| cost.cpu_s);
    let took = median(&drawn, |cost| cost.all_s);
    let made = median(made_s, |s| *s);
    let own = match make {
        Some(make) => fresh(make, frames.len(), gpu, yardstick, fonts),
        None => made + median(&drawn, |cost| cost.own_s),
    };
    // Nothing is drawn of what stands still.
    let moves = drawn.len() > 4;
    // What stays the same from frame to frame is there already.
    let painted = if moves {
        frames.windows(2).map(|pair| pair[1].overdraw(pair[0].same_layers(&pair[1]))).fold(0.0, f32::max)
    } else {
        first.overdraw(0)
    };
    let mut wrong = Vec::new();
    if moves && took > BAR * one {
        wrong.push("passes");
    }
    if moves && *name == floor::BARRED && own > OWN_BAR_S {
        wrong.push("own time");
    }
    if painted > *overdraw {
        wrong.push("overdraw");
    }
    let verdict = if wrong.is_empty() { String::new() } else { format!("  OVER: {}", wrong.join(", ")) };
    if moves {
        let cpu = mean(&drawn, |cost| cost.cpu_s) / one_cpu;
        print!("{name:38} {:8.2} {cpu:8.2} {:6.2} {:8.3} {:8.3}", took / one, took * 1e3, own * 1e3, made * 1e3);
    } else {
        print!("{name:38} {:>8} {:>8} {:>6} {:>8} {:>8}", "still", "", "", "", "");
    }
    println!(" {:8.2} {painted:8.2}{verdict}", mean(&cold, |cost| cost.cpu_s) / one_cpu);
    wrong.is_empty()
}

/// Seconds of our own per frame that is drawn as soon as it is made.
#[expect(clippy::disallowed_methods, reason = "measuring is what this is for")]
fn fresh(make: &Make, frames: usize, gpu: &mut Gpu, yardstick: &mut Gpu, fonts: &mut Fonts) -> f64 {
    let size = gpu.size();
    let own = |i: usize| {
        // What the processor remembers of the frame before is gone, as on a wall.
        let _ = frame(yardstick, fonts, pass(size, i as u32 % 2));
        let start = Instant::now();
        let scene = make(i % frames, fonts);
        let made_s = start.elapsed().as_secs_f64();
        frame(gpu, fonts, scene).map(|cost| made_s + cost.own_s)
    };
    let own: Vec<f64> = (0..2 * frames).filter_map(own).collect();
    median(&own, |s| *s)
}

/// What a frame took.
struct Cost {
    /// Seconds from the scene to the last pixel.
    all_s: f64,
    /// Of these, until all was prepared and only the passes were left to record: our own work.
    own_s: f64,
    /// Seconds of all processors: others who use them do not count.
    cpu_s: f64,
}

/// Draws a frame; `None` if there was nothing to do.
#[expect(clippy::disallowed_methods, reason = "measuring is what this is for")]
fn frame(gpu: &mut Gpu, fonts: &mut Fonts, scene: Scene) -> Option<Cost> {
    let (cpu, start) = (cpu_s(), Instant::now());
    let mut own_s = 0.0;
    let outcome = gpu.draw(scene, fonts, |moment| {
        if moment == FrameEvent::Prepared {
            own_s = start.elapsed().as_secs_f64();
        }
    });
    gpu.wait();
    match outcome {
        FrameOutcome::Shown => Some(Cost { all_s: start.elapsed().as_secs_f64(), own_s, cpu_s: cpu_s() - cpu }),
        FrameOutcome::Unchanged => None,
        other => panic!("{other:?}"),
    }
}

/// Processor seconds of all our threads.
fn cpu_s() -> f64 {
    let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let run_ns = tasks.filter_map(|task| {
        let text = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<f64>().ok()
    });
    run_ns.sum::<f64>() / 1e9
}

fn mean<T>(all: &[T], of: impl Fn(&T) -> f64) -> f64 {
    all.iter().map(of).sum::<f64>() / all.len() as f64
}

fn median<T>(all: &[T], of: impl Fn(&T) -> f64) -> f64 {
    let mut all: Vec<f64> = all.iter().map(of).collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The reference: the two shades differ, so that each is painted.
fn pass(size: [u32; 2], shade: u32) -> Scene {
    let [w, h] = size.map(|s| s as f32);
    let colors = [0x10_2030, 0x30_4050, 0x50_6070, 0x70_8090 + shade].map(Color::hex).into_iter().collect();
    let poly = Poly { points: Rect::new(0.0, 0.0, w, h).corners().into_iter().collect(), colors, smooth: 0 };
    Scene { size, layers: vec![Layer { name: "pass", items: vec![Item::Poly(poly)] }], next: None }
}

fn keep_picture(gpu: &mut Gpu, fonts: &mut Fonts, subject: &Subject) {
    let Some(folder) = std::env::var_os("FLOORCAST_BENCH_PICTURES").map(PathBuf::from) else { return };
    if let Some(scene) = subject.frames.get(subject.frames.len() / 3) {
        let picture = gpu.picture(scene, fonts).expect("painted");
        picture.save(folder.join(format!("{}.png", subject.name))).expect("kept");
    }
}
