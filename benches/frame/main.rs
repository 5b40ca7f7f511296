//! What a frame costs on the GPU, in times of the cheapest picture there is: one full-screen opaque pass with colours from
//! four corners.
//!
//! `cargo bench --bench frame` paints off screen at 1920 × 1080 and waits for each frame. The bar: a ranking of twelve rows,
//! all of them moving, costs at most five passes on a software adapter. `FLOORCAST_BENCH_PICTURES=folder` keeps a few
//! pictures of what was measured.

mod floor;

use std::path::PathBuf;
use std::time::Instant;

use floorcast::gpu::{AdapterChoice, Gpu, Outcome};
use floorcast::scene::{Color, Fonts, Item, Layer, Poly, Scene};

const SIZE: [u32; 2] = [1920, 1080];
/// Times of the reference that the moving ranking may cost.
const BAR: f64 = 5.0;

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
    println!("{}", gpu.describe());
    let mut fonts = Fonts::new(false);
    let subjects: Vec<(&str, Vec<Scene>)> = floor::subjects(&mut fonts, SIZE);
    keep_pictures(&mut gpu, &mut fonts, &subjects);
    for (what, scenes) in &subjects {
        let (mut times, mut passes, mut worst) = (Vec::new(), Vec::new(), 0f64);
        for (i, scene) in scenes.iter().chain(scenes).chain(scenes).enumerate() {
            passes.extend(frame(&mut yardstick, &mut fonts, &pass(i as u32 % 2)));
            let took = frame(&mut gpu, &mut fonts, scene);
            worst = worst.max(took.unwrap_or(0.0));
            times.extend(took);
        }
        let (one, took) = (median(passes), median(times));
        let (ms, worst) = (took * 1e3, worst * 1e3);
        println!("{what:28} {ms:6.2} ms (worst {worst:.1}) = {:.2} passes of {:.2} ms", took / one, one * 1e3);
        if *what == floor::BARRED {
            println!("{:28} {}", "", if took <= BAR * one { "the bar is held" } else { "the bar is BROKEN" });
        }
    }
}

/// Seconds that a frame takes from the scene to the last pixel; `None` if there was nothing to do.
#[expect(clippy::disallowed_methods, reason = "measuring is what this is for")]
fn frame(gpu: &mut Gpu, fonts: &mut Fonts, scene: &Scene) -> Option<f64> {
    let start = Instant::now();
    let outcome = gpu.draw(scene, fonts, || ());
    gpu.wait();
    match outcome {
        Outcome::Shown => Some(start.elapsed().as_secs_f64()),
        Outcome::Unchanged => None,
        other => panic!("{other:?}"),
    }
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The reference: the two shades differ, so that each is painted.
fn pass(shade: u32) -> Scene {
    let [w, h] = SIZE.map(|s| s as f32);
    let colors = [0x10_2030, 0x30_4050, 0x50_6070, 0x70_8090 + shade].map(Color::hex).to_vec();
    let poly = Poly { points: vec![[0.0, 0.0], [w, 0.0], [w, h], [0.0, h]], colors, smooth: 0 };
    Scene { size: SIZE, layers: vec![Layer { name: "pass", items: vec![Item::Poly(poly)] }], next: None }
}

fn keep_pictures(gpu: &mut Gpu, fonts: &mut Fonts, subjects: &[(&str, Vec<Scene>)]) {
    let Some(folder) = std::env::var_os("FLOORCAST_BENCH_PICTURES").map(PathBuf::from) else { return };
    for (what, scenes) in subjects {
        let Some(scene) = scenes.get(scenes.len() / 3) else { continue };
        let picture = gpu.picture(scene, fonts).expect("painted");
        picture.save(folder.join(format!("{what}.png"))).expect("kept");
    }
}
