//! Pictures: where they lie, how they are cut, and what stays of them.

use super::*;
use crate::scene::{Pixels, Rect, Tone};

#[test]
fn a_picture_lies_where_it_should_and_fades() {
    let Some((mut gpu, mut fonts)) = open() else { return };
    let mut pixels = RgbaImage::from_pixel(20, 20, image::Rgba([0, 200, 0, 255]));
    for (x, _, p) in pixels.enumerate_pixels_mut() {
        if x >= 10 {
            *p = image::Rgba([255, 255, 255, 0]);
        }
    }
    let image = Arc::new(pixels);
    let picture = |key: &str, rect, uv, alpha| {
        Item::Picture(Picture {
            key: key.into(),
            pixels: Pixels::Colour(image.clone()),
            rect,
            uv,
            shape: Points::new(),
            alpha,
        })
    };
    let scene = scene(vec![layer(vec![
        rect(0.0, 0.0, 240.0, 135.0, RED),
        picture("half", Rect::new(10.0, 10.0, 30.0, 30.0), Rect::new(0.0, 0.0, 1.0, 1.0), 255),
        picture("half", Rect::new(50.0, 10.0, 60.0, 30.0), Rect::new(0.0, 0.0, 0.5, 1.0), 127),
        picture("half", Rect::new(100.0, 10.0, 105.0, 15.0), Rect::new(0.0, 0.0, 1.0, 1.0), 255),
    ])]);
    let shown = gpu.picture(&scene, &mut fonts).unwrap();
    assert_eq!(at(&shown, 10, 10), [0, 200, 0]);
    assert_eq!(at(&shown, 19, 29), [0, 200, 0]);
    assert_eq!(at(&shown, 25, 20), [255, 0, 0], "transparent white leaves no trace");
    let half = at(&shown, 55, 20);
    assert!(half[0].abs_diff(128) <= 1 && half[1].abs_diff(100) <= 1, "{half:?}");
    assert_eq!(at(&shown, 100, 12), [0, 200, 0], "made smaller");
    assert_eq!(at(&shown, 104, 12), [255, 0, 0], "made smaller");
}

#[test]
fn a_picture_is_cut_by_a_leaning_line_and_does_not_move() {
    let Some((mut gpu, mut fonts)) = open() else { return };
    let mut pixels = RgbaImage::from_pixel(100, 100, image::Rgba([0, 200, 0, 255]));
    for (x, _, p) in pixels.enumerate_pixels_mut() {
        if x >= 50 {
            *p = image::Rgba([0, 0, 200, 255]);
        }
    }
    let image = Arc::new(pixels);
    let scene = painted(&mut fonts, |c| {
        c.slab(Slab::rect(0.0, 0.0, 240.0, 135.0), RED);
        // The line stands at 80 on the bottom of the picture, and at 80 + 100 × SLANT at its top.
        c.cut_left_of(80.0, 110.0, 10.0, |c| {
            c.picture("cut", &image, Rect::new(10.0, 10.0, 110.0, 110.0), Rect::new(0.0, 0.0, 1.0, 1.0))
        });
    });
    let shown = gpu.picture(&scene, &mut fonts).unwrap();
    assert_eq!(at(&shown, 58, 60), [0, 200, 0]);
    assert_eq!(at(&shown, 62, 60), [0, 0, 200]);
    assert_eq!(at(&shown, 98, 12), [0, 0, 200]);
    assert_eq!(at(&shown, 103, 12), [255, 0, 0]);
    assert_eq!(at(&shown, 79, 108), [0, 0, 200]);
    assert_eq!(at(&shown, 83, 108), [255, 0, 0]);
}

#[test]
fn each_of_many_faces_is_its_own() {
    let Some((mut gpu, mut fonts)) = open() else { return };
    // More than are kept, and a frame that shows old and new ones together.
    let face = |i: u32| {
        let color = image::Rgba([(i % 200) as u8 + 20, (i / 200 * 60) as u8, 77, 255]);
        let pixels = Pixels::Colour(Arc::new(RgbaImage::from_pixel(512, 512, color)));
        let rect = Rect::new((i % 4 * 50) as f32, 0.0, (i % 4 * 50 + 40) as f32, 40.0);
        let (uv, shape) = (Rect::new(0.0, 0.0, 0.07, 0.07), Points::new());
        Item::Picture(Picture { key: i.to_string(), pixels, rect, uv, shape, alpha: 255 })
    };
    for i in 0..30 {
        let shown = [i, i + 1, (i * 7 + 2) / 4 * 4 + i % 4 + 2, i / 4 * 4 + (i + 3) % 4];
        let outcome = gpu.draw(scene(vec![layer(shown.map(face).to_vec())]), &mut fonts, |_| {});
        assert_eq!(outcome, FrameOutcome::Shown);
        let image = super::shown(&gpu);
        for (k, f) in shown.iter().enumerate().filter(|(k, f)| shown[k + 1..].iter().all(|g| g % 4 != **f % 4)) {
            let color = [(f % 200) as u8 + 20, (f / 200 * 60) as u8, 77];
            assert_eq!(at(&image, f % 4 * 50 + 20, 20), color, "frame {i}, face {k}");
        }
    }
}

#[test]
fn a_face_keeps_its_colours_and_is_lit_at_one_edge() {
    let Some((mut gpu, mut fonts)) = open() else { return };
    // A figure, dark hair above and skin below, with clear ground around it.
    let [hair, skin] = [[58, 36, 30], [226, 166, 132]];
    let [ground, rim] = [Color::hex(0x0D_15_27), Color::hex(0xFF_00_FF)];
    let image = Arc::new(RgbaImage::from_fn(80, 80, |x, y| match (x, y) {
        (20..60, 20..50) => image::Rgba([hair[0], hair[1], hair[2], 255]),
        (20..60, 50..) => image::Rgba([skin[0], skin[1], skin[2], 255]),
        _ => image::Rgba([160, 0, 0, 0]),
    }));
    let face = |x: f32, vignette, chroma| {
        Item::Picture(Picture {
            key: "figure".into(),
            pixels: Pixels::Face(image.clone(), Tone { ground, rim, reach: 3.0, vignette, chroma }),
            rect: Rect::new(x, 10.0, x + 80.0, 90.0),
            uv: Rect::new(0.0, 0.0, 1.0, 1.0),
            shape: Points::new(),
            alpha: 255,
        })
    };
    let faces = [face(0.0, 0, 255), face(80.0, 255, 255), face(160.0, 0, 0)];
    let scene = scene(vec![layer([&[rect(0.0, 0.0, 240.0, 135.0, BLUE)][..], &faces].concat())]);
    let shown = gpu.picture(&scene, &mut fonts).unwrap();
    let near = |[x, y]: [u32; 2], c: [u8; 3]| {
        let p = at(&shown, x, y);
        assert!(p.iter().zip(c).all(|(a, b)| a.abs_diff(b) <= 2), "{p:?} at {x}, {y}, expected {c:?}");
    };
    assert_eq!(at(&shown, 5, 15), [0, 0, 255], "the ground shines through");
    near([40, 45], hair);
    near([40, 80], skin);
    near([58, 75], [255, 0, 255]);
    near([21, 80], skin);
    let corner = at(&shown, 101, 88);
    assert!(corner[0] < 180 && corner[0] > 13, "the corner of a photo sinks: {corner:?}");
    let grey = at(&shown, 200, 80);
    assert!(grey[0].abs_diff(grey[2]) <= 1 && grey[0].abs_diff(176) <= 2, "old data has grey faces: {grey:?}");
}
