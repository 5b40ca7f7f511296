//! No more than three flashes a second anywhere (DESIGN 5, WCAG 2.3.1): measured on painted pictures of what moves most.
//!
//! A flash is a pair of opposing changes of relative luminance by a tenth or more of which the darker is below 0.8. It
//! counts where what flashes at once takes a quarter of a field of ten degrees, that is 0.006 steradians. Of a 75" screen
//! from three metres, the largest and nearest of the design's table, that are 3.5 % of the picture; of the screen that
//! WCAG reckons with, 2.8 %.

use std::collections::VecDeque;
use std::sync::Arc;

use floorcast::config::Config;
use floorcast::feed::accept;
use floorcast::gpu::{AdapterChoice, Gpu};
use floorcast::motion::Time;
use floorcast::scene::Fonts;
use floorcast::shot::Show;
use floorcast::slides::kind_names;
use image::RgbaImage;

use crate::support::poses;

const SIZE: [u32; 2] = [160, 90];
/// Pictures a second.
const RATE: usize = 30;
const MAX_FLASHES: usize = 3;
/// Share of the picture from which on it counts.
const AREA: f64 = 0.03;

/// Relative luminance, 0 to 1.
fn luminance(pixel: &image::Rgba<u8>) -> f32 {
    let linear = |v: u8| {
        let v = f32::from(v) / 255.0;
        if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
    };
    let [r, g, b] = [0, 1, 2].map(|i| linear(pixel.0[i]));
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// One pixel over time.
#[derive(Debug, Clone, Default)]
struct Pixel {
    /// The lowest and highest since the last change.
    low: f32,
    high: f32,
    /// Whether the last change went up.
    up: Option<bool>,
}

impl Pixel {
    /// Takes the next value; gives back whether it has changed its way, and which way that is.
    fn see(&mut self, first: bool, value: f32) -> Option<bool> {
        if first {
            (self.low, self.high) = (value, value);
        }
        let risen = value - self.low >= 0.1 && self.low < 0.8;
        let fallen = self.high - value >= 0.1 && value < 0.8;
        let way = match self.up {
            Some(true) => fallen.then_some(false),
            Some(false) => risen.then_some(true),
            None if risen => Some(true),
            None => fallen.then_some(false),
        };
        if way.is_some() {
            (self.up, self.low, self.high) = (way, value, value);
        } else {
            (self.low, self.high) = (self.low.min(value), self.high.max(value));
        }
        way
    }
}

/// The most flashes in any second that so much of the picture makes at once.
fn flashes(pictures: impl Iterator<Item = RgbaImage>) -> usize {
    // What changes its way in each picture.
    let mut seen: Vec<Pixel> = Vec::new();
    let mut changes: Vec<Vec<Option<bool>>> = Vec::new();
    for picture in pictures {
        let first = seen.is_empty();
        seen.resize(picture.pixels().len(), Pixel::default());
        changes.push(picture.pixels().zip(&mut seen).map(|(p, pixel)| pixel.see(first, luminance(p))).collect());
    }
    let least = (AREA * seen.len() as f64) as usize;
    // Only changes of many pixels the same way at once count.
    let many = |ways: &[Option<bool>], up: bool| ways.iter().filter(|way| **way == Some(up)).count() >= least;
    let large: Vec<[bool; 2]> = changes.iter().map(|ways| [false, true].map(|up| many(ways, up))).collect();
    let mut last: Vec<VecDeque<usize>> = vec![VecDeque::new(); seen.len()];
    let mut most = 0;
    for (i, ways) in changes.iter().enumerate() {
        for (pixel, way) in last.iter_mut().zip(ways) {
            if way.is_some_and(|up| large[i][usize::from(up)]) {
                pixel.push_back(i);
            }
            while pixel.front().is_some_and(|first| first + RATE <= i) {
                pixel.pop_front();
            }
        }
        let mut counts: Vec<usize> = last.iter().map(|changes| changes.len() / 2).collect();
        counts.sort_unstable_by_key(|n| std::cmp::Reverse(*n));
        most = most.max(counts.get(least).copied().unwrap_or(0));
    }
    most
}

/// A show between two instants, painted. `None`: there is no adapter, and that is said aloud.
fn painted(config: &str, tape: &[(i64, String)], seconds: [f64; 2]) -> Option<usize> {
    let mut gpu = match Gpu::offscreen(&AdapterChoice::default().with_env(), SIZE) {
        Ok(gpu) => gpu,
        Err(why) => {
            assert!(std::env::var_os("CI").is_none(), "no adapter: {why}");
            eprintln!("SKIPPED, no picture was painted: {why}");
            return None;
        }
    };
    let config = Config::parse(config, &kind_names()).unwrap();
    let boards = tape.iter().map(|(ms, body)| (*ms, Arc::new(accept(body.as_bytes(), &Default::default()).unwrap().0)));
    let show = Show::new(config, boards.collect(), None);
    let mut fonts = Fonts::new(false);
    let n = ((seconds[1] - seconds[0]) * RATE as f64) as usize;
    let pictures = (0..n).map(|i| {
        let t = Time::from_s(seconds[0] + i as f64 / RATE as f64);
        let scene = show.scene(SIZE, None, false, t, &mut fonts);
        gpu.picture(&scene, &mut fonts).unwrap()
    });
    Some(flashes(pictures))
}

#[track_caller]
fn holds(what: &str, config: &str, tape: &[(i64, String)], seconds: [f64; 2]) {
    if let Some(n) = painted(config, tape, seconds) {
        assert!(n <= MAX_FLASHES, "{what}: {n} flashes in a second");
    }
}

#[test]
fn takeovers_do_not_flash() {
    for name in ["takeover", "takeover-ja-light"] {
        let pose = poses::of("celebration", name);
        holds(name, &pose.settings, &pose.tape, [0.9, 3.5]);
        holds(name, &pose.settings, &pose.tape, [7.0, 9.5]);
    }
    // Each kind in the seconds in which its own choreography moves.
    for (name, seconds) in [
        ("takeover-leader", [0.9, 3.2]),
        ("takeover-record", [2.2, 4.2]),
        ("takeover-goal-floor", [1.0, 4.4]),
        ("takeover-contest", [1.4, 5.6]),
        ("takeover-birthday", [1.4, 3.6]),
    ] {
        let pose = poses::of("celebration", name);
        holds(name, &pose.settings, &pose.tape, seconds);
    }
    let banner = poses::of("celebration", "lower-third");
    holds("lower-third", &banner.settings, &banner.tape, [0.9, 2.5]);
}

#[test]
fn wipes_do_not_flash() {
    let full = vec![(0, include_str!("../boards/full.json").to_owned())];
    let first =
        "slides = [{ id = \"rank\", dwell_s = 8 }, { id = \"race\", dwell_s = 8 }, { id = \"teams\", dwell_s = 8 }]";
    for (theme, brand) in [("dark", "#D4FF3A"), ("light", "#111111")] {
        let config = format!("theme = \"{theme}\"\nbrand = \"{brand}\"\n[playlist]\n{first}");
        for change in 1..=3 {
            let at = 8.0 * f64::from(change);
            holds(&format!("{theme} wipe {change}"), &config, &full, [at - 0.4, at + 1.2]);
        }
    }
}

#[test]
fn sweeps_do_not_flash() {
    for (kind, name) in [
        ("contest", "sweep"),
        ("ranking", "moving"),
        ("ranking", "teams-sale"),
        ("bracket", "lead"),
        ("bracket", "advance"),
    ] {
        let pose = poses::of(kind, name);
        holds(&format!("{kind} {name}"), &pose.settings, &pose.tape, [0.9, 4.0]);
    }
}

#[test]
fn flashes_are_counted_where_they_are_large() {
    // So many changes a second on so much of the picture.
    let strobe = |hertz: usize, share: u32, light: u8| {
        (0..2 * RATE).map(move |i| {
            let on = (i * 2 * hertz / RATE) % 2 == 1;
            RgbaImage::from_fn(SIZE[0], SIZE[1], |x, _| {
                let v = if on && x < SIZE[0] * share / 100 { light } else { 20 };
                image::Rgba([v, v, v, 255])
            })
        })
    };
    assert_eq!([3, 5, 10].map(|hertz| flashes(strobe(hertz, 50, 255))), [3, 5, 10]);
    // Too small, too faint, too slow.
    assert_eq!((flashes(strobe(10, 2, 255)), flashes(strobe(10, 100, 80)), flashes(strobe(1, 100, 255))), (0, 0, 1));
    // A bright edge that passes is one flash for each pixel, a picture that only becomes bright is none.
    let pass = |w: u32| {
        (0..RATE as u32).map(move |i| {
            RgbaImage::from_fn(SIZE[0], SIZE[1], |x, _| {
                let v = if (i * 6..i * 6 + w).contains(&x) { 255 } else { 0 };
                image::Rgba([v, v, v, 255])
            })
        })
    };
    assert_eq!(flashes(pass(12)), 1);
    assert_eq!(
        flashes((0..RATE as u8).map(|i| RgbaImage::from_pixel(
            SIZE[0],
            SIZE[1],
            image::Rgba([i * 8, i * 8, i * 8, 255])
        ))),
        0
    );
}
