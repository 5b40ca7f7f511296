//! Pictures painted and read back: what lies where, in which order, and that keeping pixels changes none.

mod letters;
mod pictures;
mod steps;

use std::sync::Arc;

use image::RgbaImage;

use smallvec::smallvec;

use super::*;
use crate::motion::{Now, Time};
use crate::scene::{
    Align, Backdrop, Canvas, Color, Item, Layer, Paint, Picture, Points, Poly, Rect, SLANT, Slab, Snapshot, Stage,
    Style, Weight, vec2,
};

const SIZE: [u32; 2] = [240, 135];

/// A device for pictures. Without an adapter the test says so and passes, but not where machines test.
pub(super) fn open() -> Option<(Gpu, Fonts)> {
    open_with(Backend::Auto)
}

fn open_with(backend: Backend) -> Option<(Gpu, Fonts)> {
    match Gpu::offscreen(&AdapterChoice { backend, ..AdapterChoice::default() }, SIZE) {
        Ok(gpu) => Some((gpu, Fonts::new(false))),
        Err(e @ GpuError::NoAdapter { .. }) if std::env::var_os("CI").is_none() || backend != Backend::Auto => skip(&e),
        // A card without a screen may list GL and not open it.
        Err(e @ GpuError::Device(_)) if std::env::var_os("CI").is_none() && backend == Backend::Gl => skip(&e),
        Err(e) => panic!("{e}"),
    }
}

fn skip(e: &GpuError) -> Option<(Gpu, Fonts)> {
    eprintln!("SKIPPED, nothing was painted: {e}");
    None
}

fn scene(layers: Vec<Layer>) -> Scene {
    Scene { size: SIZE, layers, next: None }
}

fn layer(items: Vec<Item>) -> Layer {
    Layer { name: "test", items }
}

fn rect(x0: f32, y0: f32, x1: f32, y1: f32, color: Color) -> Item {
    Item::Poly(Poly {
        points: Rect::new(x0, y0, x1, y1).corners().into_iter().collect(),
        colors: smallvec![color; 4],
        smooth: 0,
    })
}

/// Paints with a canvas of one unit per pixel.
fn painted(fonts: &mut Fonts, paint: impl FnOnce(&mut Canvas)) -> Scene {
    let stage = Stage { size: SIZE, scale: 1.0, origin: vec2(0.0, 0.0), units: vec2(SIZE[0] as f32, SIZE[1] as f32) };
    let mut canvas = Canvas::new(stage, Now { t: Time::from_s(0.0), wall_us: 0 }, fonts);
    paint(&mut canvas);
    canvas.finish()
}

fn at(image: &RgbaImage, x: u32, y: u32) -> [u8; 3] {
    let [r, g, b, _] = image.get_pixel(x, y).0;
    [r, g, b]
}

/// The box of pixels that are not black: x0, y0, x1, y1.
fn ink(image: &RgbaImage) -> [u32; 4] {
    image
        .enumerate_pixels()
        .filter(|(_, _, p)| p.0[..3] != [0, 0, 0])
        .fold([u32::MAX, u32::MAX, 0, 0], |b, (x, y, _)| [b[0].min(x), b[1].min(y), b[2].max(x + 1), b[3].max(y + 1)])
}

const WHITE: Color = Color::hex(0xFFFFFF);
const RED: Color = Color::hex(0xFF0000);
const BLUE: Color = Color::hex(0x0000FF);

#[test]
fn a_plate_lies_exactly_on_its_pixels() {
    let Some((mut gpu, mut fonts)) = open() else { return };
    let image = gpu.picture(&scene(vec![layer(vec![rect(10.0, 20.0, 50.0, 33.0, RED)])]), &mut fonts).unwrap();
    for (x, y, p) in image.enumerate_pixels() {
        let inside = (10..50).contains(&x) && (20..33).contains(&y);
        assert_eq!(p.0, if inside { [255, 0, 0, 255] } else { [0, 0, 0, 255] }, "{x}, {y}");
    }
}

#[test]
fn a_leaning_edge_is_smooth_and_weighs_its_area() {
    let Some((mut gpu, mut fonts)) = open() else { return };
    let scene = painted(&mut fonts, |c| c.slab(Slab::lean(20.0, 20.0, 100.0, 60.0), WHITE));
    let image = gpu.picture(&scene, &mut fonts).unwrap();
    let lean = 60.0 * SLANT;
    for y in 20..80 {
        let row: f32 = (0..SIZE[0]).map(|x| f32::from(at(&image, x, y)[0]) / 255.0).sum();
        assert!((row - (100.0 - lean)).abs() < 0.3, "row {y} covers {row}");
        let soft = (0..SIZE[0]).filter(|&x| !matches!(at(&image, x, y)[0], 0 | 255)).count();
        assert!((1..=4).contains(&soft), "row {y} has {soft} soft pixels");
    }
    assert_eq!((ink(&image)[1], ink(&image)[3]), (20, 80), "upright edges stay hard");
}

#[test]
fn text_lies_over_its_layer_and_under_the_next() {
    let Some((mut gpu, mut fonts)) = open() else { return };
    let style = Style::new(60.0, Weight::Heavy);
    let write = |c: &mut Canvas, color: Color| {
        c.text(20.0, 90.0, "888", style, color, Align::Left);
    };
    let over = painted(&mut fonts, |c| {
        write(c, WHITE);
        c.slab(Slab::rect(0.0, 0.0, 240.0, 135.0), BLUE);
    });
    let image = gpu.picture(&over, &mut fonts).unwrap();
    let white = image.pixels().filter(|p| p.0[..3] == [255, 255, 255]).count();
    assert!(white > 300, "text of a layer is above its plates: {white}");
    let under = painted(&mut fonts, |c| {
        write(c, WHITE);
        c.layer("above");
        c.slab(Slab::rect(0.0, 0.0, 240.0, 135.0), BLUE);
    });
    let image = gpu.picture(&under, &mut fonts).unwrap();
    assert!(image.pixels().all(|p| p.0[..3] == [0, 0, 255]), "a later layer covers it");
}

#[test]
fn nothing_is_painted_outside_a_clip() {
    let Some((mut gpu, mut fonts)) = open() else { return };
    let scene = painted(&mut fonts, |c| {
        c.clipped(50.0, 40.0, 90.0, 70.0, |c| {
            c.text(20.0, 80.0, "WWW", Style::new(70.0, Weight::Heavy), WHITE, Align::Left);
            c.slab(Slab::lean(10.0, 60.0, 200.0, 60.0), RED);
        });
    });
    let image = gpu.picture(&scene, &mut fonts).unwrap();
    let [x0, y0, x1, y1] = ink(&image);
    assert!(x0 >= 50 && y0 >= 40 && x1 <= 90 && y1 <= 70, "{:?}", ink(&image));
    assert!(x1 - x0 > 30 && y1 - y0 > 20, "{:?}", ink(&image));
}

#[test]
fn glass_and_gradients_mix_as_the_design_has_them() {
    let Some((mut gpu, mut fonts)) = open() else { return };
    let scene = painted(&mut fonts, |c| {
        c.slab(Slab::rect(0.0, 0.0, 240.0, 135.0), Color::hex(0x204060));
        c.slab(Slab::rect(0.0, 0.0, 100.0, 135.0), Color([255, 255, 255, 51]));
        c.slab(Slab::rect(120.0, 0.0, 100.0, 100.0), Paint::down(Color::hex(0), Color::hex(0xC8C8C8)));
    });
    let image = gpu.picture(&scene, &mut fonts).unwrap();
    // .8 × 20, 40, 60 + .2 × FF
    let glass = at(&image, 50, 50);
    for (is, should) in glass.into_iter().zip([76.6, 102.2, 127.8]) {
        assert!((f32::from(is) - should).abs() <= 1.0, "{glass:?}");
    }
    for y in 0..100 {
        let should = (y as f32 + 0.5) * 2.0;
        assert!((f32::from(at(&image, 170, y)[0]) - should).abs() <= 1.0, "row {y}");
    }
}

#[test]
fn a_snapshot_is_seen_through_its_window() {
    let Some((mut gpu, mut fonts)) = open() else { return };
    let old = Arc::new(vec![layer(vec![rect(0.0, 0.0, 240.0, 135.0, RED), rect(100.0, 0.0, 101.0, 135.0, WHITE)])]);
    let window: Points = smallvec![vec2(0.0, 0.0), vec2(120.0, 0.0), vec2(90.0, 135.0), vec2(0.0, 135.0)];
    let frozen = Item::Snapshot(Snapshot { layers: old.clone(), window });
    let image = gpu.picture(&scene(vec![layer(vec![rect(0.0, 0.0, 240.0, 135.0, BLUE), frozen])]), &mut fonts).unwrap();
    assert_eq!(at(&image, 5, 130), [255, 0, 0]);
    assert_eq!(at(&image, 100, 10), [255, 255, 255], "pixel on pixel");
    assert_eq!(at(&image, 99, 10), [255, 0, 0]);
    assert_eq!(at(&image, 130, 5), [0, 0, 255]);
    let soft = (0..SIZE[0]).filter(|&x| !matches!(at(&image, x, 60), [255, 0, 0] | [0, 0, 255] | [255, 255, 255]));
    assert!((1..=2).contains(&soft.count()), "the slanted edge is smooth");

    // Snapshot pictures hold frozen pictures, but not for ever.
    let mut nested = old;
    for _ in 0..8 {
        let all: Points = smallvec![vec2(0.0, 0.0), vec2(240.0, 0.0), vec2(240.0, 135.0), vec2(0.0, 135.0)];
        nested = Arc::new(vec![layer(vec![Item::Snapshot(Snapshot { layers: nested, window: all })])]);
    }
    let image = gpu.picture(&scene(nested.to_vec()), &mut fonts).unwrap();
    assert_eq!(at(&image, 50, 50), [0, 0, 0]);
}

fn backdrop(dither: bool) -> Item {
    Item::Backdrop(Backdrop {
        gradient: [Color::hex(0x0D1528), Color::hex(0x080C17), Color::hex(0x04060B)],
        glow: Color::hex(0x1E3D72).fade(0.62),
        glow_at: [37.5, 70.0, 143.75],
        beam: Color::hex(0x9CC2FF).fade(0.10),
        beams: vec![[151.2, 175.0], [20.0, 30.0], [182.4, 190.0]],
        hatch: Color::hex(0x9CC2FF).fade(0.045),
        scale: 0.125,
        dither,
    })
}

#[test]
fn the_backdrop_has_its_gradient_glow_and_beams() {
    let Some((mut gpu, mut fonts)) = open() else { return };
    let image = gpu.picture(&scene(vec![layer(vec![backdrop(false)])]), &mut fonts).unwrap();
    let near = |x, y, should: [f32; 3]| {
        let is = at(&image, x, y);
        let off = is.iter().zip(should).map(|(i, s)| (f32::from(*i) - s).abs()).fold(0.0, f32::max);
        assert!(off <= 1.5, "{x}, {y}: {is:?}, not {should:?}");
    };
    let mix = |a: [f32; 3], b: [f32; 3], t: f32| [0, 1, 2].map(|i| a[i] + (b[i] - a[i]) * t);
    let (glow, light) = ([30.0, 61.0, 114.0], [156.0, 194.0, 255.0]);
    // At this size the hatch is finer than a pixel: 1.5 of 14 everywhere.
    let hatch = 0.043 * 1.5 / 14.0;
    let g = (0.35 * 37.5 / 240.0 + 70.0 / 135.0) / 1.1225 / 0.55;
    near(37, 70, mix(mix(mix([13.0, 21.0, 40.0], [8.0, 12.0, 23.0], g), glow, 0.62), light, hatch));
    near(239, 134, mix([4.0, 6.0, 11.0], light, hatch));
    let (on, off) = (at(&image, 163, 2), at(&image, 178, 2));
    assert!(on[0] > off[0] + 8, "a beam shines: {on:?} beside {off:?}");
    let dithered = gpu.picture(&scene(vec![layer(vec![backdrop(true)])]), &mut fonts).unwrap();
    let off = image.iter().zip(dithered.iter()).map(|(a, b)| a.abs_diff(*b)).max();
    assert_eq!(off, Some(1), "dither is one step at most");
}

#[test]
fn the_processor_paints_the_backdrop_as_the_shader_does() {
    let Some((mut gpu, mut fonts)) = open() else { return };
    for dither in [false, true] {
        let pictures = [false, true].map(|on_cpu| {
            gpu.painter.backdrops.clear();
            gpu.painter.backdrops.on_cpu = on_cpu;
            gpu.picture(&scene(vec![layer(vec![backdrop(dither)])]), &mut fonts).unwrap()
        });
        let [shader, hand] = &pictures;
        let off = shader.iter().zip(hand.iter()).map(|(a, b)| a.abs_diff(*b)).max();
        let differ = shader.iter().zip(hand.iter()).filter(|(a, b)| a != b).count();
        // A value that falls on the edge between two steps goes either way: 2.7 of 100 on a graphics card.
        let most = if gpu.device.software { 1 } else { 5 };
        assert!(
            off <= Some(1) && differ * 100 < most * shader.len(),
            "{off:?} apart, {differ} of {} values",
            shader.len()
        );
    }
}

#[test]
fn a_step_of_the_orbit_leaves_no_backdrop_behind_but_another_theme_does() {
    let Some((mut gpu, mut fonts)) = open() else { return };
    let mut show = |change: &dyn Fn(&mut Backdrop)| {
        let mut item = backdrop(false);
        if let Item::Backdrop(b) = &mut item {
            change(b);
        }
        assert_eq!(gpu.draw(scene(vec![layer(vec![item])]), &mut fonts, |_| {}), FrameOutcome::Shown);
        gpu.painter.backdrops.len()
    };
    assert_eq!(show(&|_| {}), 1);
    assert_eq!(show(&|b| b.glow = RED), 2, "the data may be well again at once");
    assert_eq!(show(&|b| b.glow_at[0] += 1.0), 1);
}

#[test]
fn warming_up_leaves_nothing_in_the_picture() {
    let Some((mut gpu, mut fonts)) = open() else { return };
    let shown = scene(vec![layer(vec![rect(0.0, 0.0, 9.0, 9.0, RED)])]);
    let before = gpu.picture(&shown, &mut fonts).unwrap();
    gpu.warm_up(WarmUp::First, &mut fonts);
    gpu.warm_up(WarmUp::Rest, &mut fonts);
    assert_eq!(gpu.picture(&shown, &mut fonts).unwrap(), before);
    assert_eq!(gpu.draw(shown.clone(), &mut fonts, |_| {}), FrameOutcome::Shown);
    gpu.warm_up(WarmUp::Rest, &mut fonts);
    assert_eq!(gpu.draw(shown.clone(), &mut fonts, |_| {}), FrameOutcome::Unchanged, "what is shown is still known");
}

#[test]
fn an_unchanged_scene_is_not_drawn_again() {
    let Some((mut gpu, mut fonts)) = open() else { return };
    let first = scene(vec![layer(vec![rect(0.0, 0.0, 9.0, 9.0, RED)])]);
    let mut presents = 0;
    assert_eq!(
        gpu.draw(first.clone(), &mut fonts, |m| presents += usize::from(m == FrameEvent::Presenting)),
        FrameOutcome::Shown
    );
    let later = Scene { next: Some(Time::from_s(5.0)), ..first.clone() };
    assert_eq!(
        gpu.draw(later.clone(), &mut fonts, |m| presents += usize::from(m == FrameEvent::Presenting)),
        FrameOutcome::Unchanged
    );
    gpu.resize([0, 50]);
    assert_eq!(
        (gpu.size(), gpu.draw(later.clone(), &mut fonts, |m| presents += usize::from(m == FrameEvent::Presenting))),
        (SIZE, FrameOutcome::Unchanged)
    );
    gpu.resize([9000, 50]);
    assert_eq!(gpu.size(), [4096, 50]);
    assert_eq!(
        gpu.draw(later.clone(), &mut fonts, |m| presents += usize::from(m == FrameEvent::Presenting)),
        FrameOutcome::Shown
    );
    assert_eq!(presents, 2);
}

#[test]
fn a_destroyed_device_is_lost_for_good() {
    let Some((mut gpu, mut fonts)) = open() else { return };
    let one = scene(vec![layer(vec![rect(0.0, 0.0, 9.0, 9.0, RED)])]);
    assert!(!gpu.device_lost());
    gpu.fault(Fault::DestroyDevice);
    for _ in 0..2 {
        let outcome = gpu.draw(one.clone(), &mut fonts, |m| assert_eq!(m, FrameEvent::Prepared, "nothing goes out"));
        assert_eq!(outcome, FrameOutcome::DeviceLost);
    }
    assert!(gpu.device_lost() && gpu.picture(&one, &mut fonts).is_err());
}

#[test]
fn a_device_that_goes_while_it_works_is_found_out() {
    let Some((mut gpu, mut fonts)) = open() else { return };
    let rows = |n: usize| scene(vec![layer((0..n).map(|_| rect(0.0, 0.0, 160.0, 90.0, RED)).collect())]);
    assert_eq!(gpu.draw(rows(2000), &mut fonts, |_| {}), FrameOutcome::Shown);
    gpu.fault(Fault::DestroyDevice);
    // It works on what it has; when that is done, one frame is enough to know.
    std::thread::sleep(std::time::Duration::from_secs(1));
    assert_eq!(gpu.draw(rows(1), &mut fonts, |_| {}), FrameOutcome::DeviceLost);
}

/// What the last `draw` left on the target.
fn shown(gpu: &Gpu) -> RgbaImage {
    let Target::Texture(_, target) = &gpu.target else { panic!("these tests draw off screen") };
    target.read(&gpu.device, gpu.device.device.create_command_encoder(&Default::default())).unwrap()
}

/// A layer of one of a few looks; the same number looks the same.
fn some_layer(fonts: &mut Fonts, look: u32, frozen: &Arc<Vec<Layer>>) -> Layer {
    let x = (look * 37 % 160) as f32;
    let y = (look * 23 % 90) as f32;
    let color = Color::hex(look.wrapping_mul(0x9E_3779) & 0xFF_FFFF);
    let mut layers = painted(fonts, |c| match look % 5 {
        0 => {
            if let Item::Backdrop(b) = backdrop(false) {
                c.backdrop(b);
            }
        }
        1 => {
            c.slab(Slab::lean(x, y, 80.0, 30.0), Paint::across(color, WHITE));
            c.text(x + 10.0, y + 25.0, &look.to_string(), Style::new(28.0, Weight::Bold), BLUE, Align::Left);
        }
        2 => c.shadow(Rect::new(x, y, x + 40.0, y + 20.0), 6.0, 0.7, Rect::new(x, y, x + 40.0, y + 20.0)),
        3 => c.disc(x + 20.0, y + 20.0, 17.3, color.fade(0.6)),
        _ => c.snapshot(frozen.clone(), x),
    })
    .layers;
    layers.pop().unwrap_or_else(|| layer(vec![rect(x, y, x + 5.0, y + 5.0, color)]))
}

#[test]
fn gl_paints_what_vulkan_paints() {
    let (Some((mut vulkan, mut fonts)), Some((mut gl, _))) = (open_with(Backend::Vulkan), open_with(Backend::Gl))
    else {
        return;
    };
    let frozen = Arc::new(vec![layer(vec![backdrop(false)])]);
    let layers = [0, 1, 2, 3, 4, 6].map(|look| some_layer(&mut fonts, look, &frozen));
    let scene = scene(layers.to_vec());
    let (a, b) = (vulkan.picture(&scene, &mut fonts).unwrap(), gl.picture(&scene, &mut fonts).unwrap());
    let off = a.iter().zip(b.iter()).filter(|(a, b)| a.abs_diff(**b) > 3).count();
    assert!(off <= 30, "{off} channels differ between {} and {}", vulkan.describe(), gl.describe());
}

#[test]
fn a_rotated_panel_gets_every_pixel_rotated() {
    let Some((mut gpu, mut fonts)) = open() else { return };
    let scene = painted(&mut fonts, |c| {
        c.slab(Slab::rect(0.0, 0.0, 10.0, 5.0), RED);
        c.text(20.0, 90.0, "R7", Style::new(60.0, Weight::Heavy), WHITE, Align::Left);
    });
    let straight = gpu.picture(&scene, &mut fonts).unwrap();
    for (rotation, rotated) in [
        (Rotation::Quarter, image::imageops::rotate270(&straight)),
        (Rotation::Half, image::imageops::rotate180(&straight)),
        (Rotation::ThreeQuarters, image::imageops::rotate90(&straight)),
    ] {
        let surface = Readback::new(&gpu.device, rotation.size(SIZE), wgpu::TextureFormat::Rgba8Unorm);
        let mut encoder = gpu.device.device.create_command_encoder(&Default::default());
        let upright = gpu.painter.blit().texture(&gpu.device.device, "test", SIZE);
        let prepared = gpu.painter.prepare(&gpu.device, &scene, &mut fonts);
        gpu.painter.record(&mut encoder, prepared, upright.target());
        gpu.rotator.copy(&gpu.device, gpu.painter.blit(), &mut encoder, &upright, rotation, &surface.view);
        assert!(surface.read(&gpu.device, encoder).unwrap() == rotated, "{rotation:?}");
    }
}
