//! A week of the wall: no place of the panel is bright for too much of it (KIOSK rule 29).

use std::sync::Arc;

use floorcast::board::{Body, Update};
use floorcast::director::HostInfo;
use floorcast::feed::{AcceptContext, accept};
use floorcast::gpu::{AdapterChoice, Gpu};
use serde_json::Value;

use crate::support::poses;
use crate::support::wall::Wall;

const SIZE: [u32; 2] = [192, 108];
const WEEK_S: f64 = 7.0 * 86_400.0;
/// A place is white from this share of full light on.
const WHITE: f64 = 0.7;
/// No place is white for more than this share of the week.
const MAX_WHITE: f64 = 0.5;
/// And in the mean no place is brighter than this.
const MAX_MEAN: f64 = 0.5;

/// A board with slides of each kind.
fn floor() -> Value {
    let mut floor = serde_json::json!({"format": "salesboard/1", "id": "floor", "fresh_for_s": 86_400, "slides": []});
    let lies = |pose: &poses::Pose| pose.size[0] > pose.size[1];
    let of = |kind: &&str| poses::of_kind(kind).into_iter().find(lies);
    for pose in Body::KINDS.iter().filter_map(of) {
        let body: Value = serde_json::from_str(pose.first_body()).unwrap();
        for table in ["metrics", "teams", "people"] {
            let own = body[table].as_object().cloned().unwrap_or_default();
            let all = floor[table].as_object().cloned().unwrap_or_default();
            floor[table] = all.into_iter().chain(own).collect::<serde_json::Map<_, _>>().into();
        }
        let slides = body["slides"].as_array().unwrap().iter().cloned().map(|mut slide| {
            slide["id"] = pose.id().into();
            slide
        });
        floor["slides"].as_array_mut().unwrap().extend(slides);
    }
    floor
}

/// How much light each place gives: its mean, and the share of the time in which it is white.
fn light(gpu: &mut Gpu, settings: &str, looks: u32) -> (Vec<f64>, Vec<f64>) {
    let mut wall = Wall::on(settings, HostInfo { orbit: true, ..HostInfo::still(SIZE) });
    let body = floor().to_string();
    let (board, _) = accept(body.as_bytes(), &AcceptContext::default()).unwrap();
    assert!(board.slides.len() >= 6, "{} slides", board.slides.len());
    let board = Arc::new(board);
    let mut day = -1.0;
    let places = (SIZE[0] * SIZE[1]) as usize;
    let (mut sum, mut white) = (vec![0.0; places], vec![0.0; places]);
    for look in 0..looks {
        // Not in step with anything that repeats each minute or hour.
        let s =
            30.0 + (f64::from(look) * 0.618_033_988_75).fract() * 97.0 + f64::from(look) * WEEK_S / f64::from(looks);
        if (s / 43_200.0).floor() > day {
            // It comes again before it is old.
            day = (s / 43_200.0).floor();
            wall.update(0, s - 20.0, Update::Board(board.clone()));
        }
        let scene = wall.scene(s);
        let picture = gpu.picture(&scene, &mut wall.fonts).unwrap();
        for (place, pixel) in picture.pixels().enumerate() {
            // As bright as it looks, by the weights of sRGB.
            let [r, g, b] = [0, 1, 2].map(|i| f64::from(pixel.0[i]) / 255.0);
            let light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
            sum[place] += light / f64::from(looks);
            white[place] += f64::from(u8::from(light >= WHITE)) / f64::from(looks);
        }
    }
    (sum, white)
}

fn most(values: &[f64]) -> (f64, [u32; 2]) {
    let (place, value) = values.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).unwrap();
    (*value, [place as u32 % SIZE[0], place as u32 / SIZE[0]])
}

fn holds(looks: u32) {
    let mut gpu = match Gpu::offscreen(&AdapterChoice::default().with_env(), SIZE) {
        Ok(gpu) => gpu,
        Err(why) => {
            assert!(std::env::var_os("CI").is_none(), "no adapter: {why}");
            eprintln!("SKIPPED, no picture was drawn: {why}");
            return;
        }
    };
    let (mean, white) = light(&mut gpu, "", looks);
    let (bright, often) = (most(&mean), most(&white));
    eprintln!("brightest in the mean: {bright:?}; white most often: {often:?}");
    assert!(bright.0 <= MAX_MEAN, "{bright:?}");
    assert!(often.0 <= MAX_WHITE, "{often:?}");
    // A slide that stays for the whole week is what these limits are for.
    let (_, pinned) =
        light(&mut gpu, "playlist.rest = false\nplaylist.slides = [{ kind = \"ranking\" }]", looks.min(40));
    assert!(most(&pinned).0 > often.0, "{:?} is not worse than {often:?}", most(&pinned));
}

#[test]
fn no_place_is_white_for_half_of_a_week() {
    holds(150);
}

#[test]
#[ignore = "takes minutes"]
fn nor_by_many_looks() {
    holds(5000);
}
