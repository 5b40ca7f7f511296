//! The poses that have a picture, painted and compared with the blessed ones.

use std::path::PathBuf;

use floorcast::board::Body;
use floorcast::gpu::{AdapterChoice, Gpu};
use floorcast::motion::Time;
use floorcast::scene::Fonts;
use floorcast::shot::sheet;

use crate::support::compare;
use crate::support::poses;
use crate::support::show::show_of;

#[test]
fn pictures_are_as_blessed() {
    let size = [960, 540];
    let mut gpu = match Gpu::offscreen(&AdapterChoice::default().with_env(), size) {
        Ok(gpu) => gpu,
        Err(why) => {
            assert!(std::env::var_os("CI").is_none(), "no adapter for the goldens: {why}");
            eprintln!("SKIPPED, no picture was compared: {why}");
            return;
        }
    };
    let mut fonts = Fonts::new(false);
    let renderer = gpu.describe().to_owned();
    let mut compared = 0;
    for pose in poses::all().into_iter().filter(|pose| pose.picture) {
        let scene = show_of(&pose).scene(size, None, false, Time::from_ms(pose.at_ms), &mut fonts);
        let picture = gpu.picture(&scene, &mut fonts).unwrap();
        assert_eq!(picture, gpu.picture(&scene, &mut fonts).unwrap(), "the same scene twice");
        compare::golden_on(&pose.id(), &picture, &renderer);
        compared += 1;
    }
    assert!(compared >= Body::KINDS.len(), "every kind has a picture");
}

/// One sheet with every landscape pose of every kind and celebration: states and moments that a floor at rest does not show.
#[test]
#[ignore = "writes a picture for the README: make pictures"]
fn every_state_on_one_sheet() {
    let out = PathBuf::from(std::env::var_os("FLOORCAST_SHEET").expect("FLOORCAST_SHEET names the picture to write"));
    let size = [1280, 720];
    let mut gpu = Gpu::offscreen(&AdapterChoice::default().with_env(), size).unwrap();
    let mut fonts = Fonts::new(false);
    let pictures: Vec<_> = poses::all()
        .into_iter()
        .filter(|pose| pose.size[0] > pose.size[1])
        .map(|pose| {
            let scene = show_of(&pose).scene(size, None, true, Time::from_ms(pose.at_ms), &mut fonts);
            gpu.picture(&scene, &mut fonts).unwrap()
        })
        .collect();
    sheet(&pictures, 6, 320).save(out).unwrap();
}

/// What a phone reads off a picture.
fn scanned(picture: &image::RgbaImage) -> Vec<String> {
    let (w, h) = (picture.width() as usize, picture.height() as usize);
    let grey = |x: usize, y: usize| picture.get_pixel(x as u32, y as u32).0[1];
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(w, h, grey);
    prepared.detect_grids().iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text).collect()
}

#[test]
fn the_code_on_a_new_screen_can_be_read_off_it_at_any_size() {
    let Ok(mut gpu) = Gpu::offscreen(&AdapterChoice::default().with_env(), [1920, 1080]) else {
        assert!(std::env::var_os("CI").is_none(), "no adapter for the code");
        eprintln!("SKIPPED, no code was read");
        return;
    };
    let mut fonts = Fonts::new(false);
    for name in ["code", "code-portrait"] {
        let pose = poses::of("message", name);
        let [w, h] = pose.size;
        for size in [[w, h], [w / 3, h / 3]] {
            let scene = show_of(&pose).scene(size, None, false, Time::from_ms(pose.at_ms), &mut fonts);
            let picture = gpu.picture(&scene, &mut fonts).unwrap();
            assert_eq!(scanned(&picture), ["HTTP://192.168.20.41:8271/PAIR/BCDFGH"], "{name} at {size:?}");
        }
    }
}
