//! A week of the wall: no place of the panel is bright for too much of it (KIOSK rule 29).

use std::collections::BTreeSet;
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
/// No place is white for more than this share of the week; and none of the header, which all slides have.
const MAX_WHITE: f64 = 0.75;
const MAX_WHITE_IN_HEADER: f64 = 0.6;
/// Where the header ends, in rows of pixels.
const HEADER: usize = 14;
const MINUTE_S: f64 = 60.0;

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

/// The share of the week in which each place is white, and how many slides were seen.
fn white(gpu: &mut Gpu, settings: &str, looks: u32) -> (Vec<f64>, usize) {
    let mut wall = Wall::on(settings, HostInfo { orbit: true, ..HostInfo::still(SIZE) });
    let (board, _) = accept(floor().to_string().as_bytes(), &AcceptContext::default()).unwrap();
    let board = Arc::new(board);
    let (mut day, mut titles) = (-1.0, BTreeSet::new());
    let mut white = vec![0.0; (SIZE[0] * SIZE[1]) as usize];
    // An even number of minutes from one pair of looks to the next, and one minute within a pair: what is done in every second
    // minute is seen in every second look.
    let pair_s = (2.0 * WEEK_S / f64::from(looks) / (2.0 * MINUTE_S)).floor() * 2.0 * MINUTE_S;
    for look in 0..looks {
        // Nor in step with anything else that repeats.
        let within_s = (f64::from(look / 2) * 0.618_033_988_75).fract() * MINUTE_S;
        let s = 2.0 * MINUTE_S + f64::from(look / 2) * pair_s + f64::from(look % 2) * MINUTE_S + within_s;
        if (s / 43_200.0).floor() > day {
            // It comes again before it is old.
            day = (s / 43_200.0).floor();
            wall.update(0, s - 20.0, Update::Board(board.clone()));
        }
        titles.insert(wall.title(s));
        let picture = gpu.picture(&wall.scene(s), &mut wall.fonts).unwrap();
        for (white, pixel) in white.iter_mut().zip(picture.pixels()) {
            // As bright as it looks, by the weights of sRGB.
            let [r, g, b] = [0, 1, 2].map(|i| f64::from(pixel.0[i]) / 255.0);
            let light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
            *white += f64::from(u8::from(light >= WHITE)) / f64::from(looks);
        }
    }
    (white, titles.len())
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
    let (all, slides) = white(&mut gpu, "", looks);
    let (often, header) = (most(&all), most(&all[..HEADER * SIZE[0] as usize]));
    eprintln!("{slides} slides; white most often: {often:?}, in the header {header:?}");
    assert!(slides >= 6, "{slides} slides are no programme");
    assert!(often.0 <= MAX_WHITE, "{often:?}");
    assert!(header.0 <= MAX_WHITE_IN_HEADER, "{header:?}");
    // A slide that stays for the whole week is what this limit is for, and so is a panel that nobody cares for.
    let pinned = "playlist.rest = false\nplaylist.slides = [{ kind = \"ranking\" }]";
    for settings in [pinned, "pixel_shift = false"] {
        let (worse, _) = white(&mut gpu, settings, looks / 4);
        assert!(most(&worse).0 > MAX_WHITE, "{settings}: {:?}", most(&worse));
    }
}

#[test]
fn no_place_is_white_for_all_of_a_week() {
    holds(64);
}

#[test]
#[ignore = "takes minutes"]
fn nor_by_many_looks() {
    holds(4096);
}
