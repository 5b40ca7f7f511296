//! The acceptance checklist of the design (DESIGN 7) as far as a test can hold it: readable from five metres, by everyone,
//! and through what a TV does to colours. Layout and sizes: `layout`. Goldens: `golden`.

use floorcast::board::Body;
use floorcast::gpu::{AdapterChoice, Gpu};
use floorcast::motion::Time;
use floorcast::scene::{Color, Fonts, Item, Rect, Scene, Text};
use floorcast::theme::contrast::{luminance, oklab, ratio};
use floorcast::theme::{Mode, Theme};
use image::{RgbaImage, imageops};

use crate::support::poses;
use crate::support::show::show_of;

const BRANDS: [&str; 6] = ["D4FF3A", "E10600", "0057B8", "00A651", "FF7A00", "7B2CBF"];

fn brand(hex: &str) -> Color {
    let part = |i: usize| u8::from_str_radix(&hex[i..i + 2], 16).unwrap();
    Color::rgb([part(0), part(2), part(4)])
}

/// Rows of matrices on linear RGB: how somebody without the long, or the middle, cones sees (Machado, Oliveira and
/// Fernandes 2009, severity 1.0).
const PROTAN: [[f64; 3]; 3] =
    [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]];
const DEUTAN: [[f64; 3]; 3] =
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]];

fn seen_by(color: Color, eyes: &[[f64; 3]; 3]) -> Color {
    let linear = |v: u8| {
        let v = f64::from(v) / 255.0;
        if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
    };
    let coded = |v: f64| {
        let v = v.clamp(0.0, 1.0);
        let v = if v <= 0.0031308 { v * 12.92 } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 };
        (v * 255.0).round() as u8
    };
    let [r, g, b, _] = color.0;
    let rgb = [r, g, b].map(linear);
    Color::rgb(eyes.map(|row| coded(row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2])))
}

fn apart(a: Color, b: Color) -> f64 {
    let (a, b) = (oklab(a), oklab(b));
    (0..3).map(|i| (a[i] - b[i]).powi(2)).sum::<f64>().sqrt()
}

/// Rise and fall differ by hue for everyone, and stay readable on rows; that they also differ by sign is in the goldens.
#[test]
fn rise_and_fall_are_told_apart_by_everyone() {
    for mode in [Mode::Dark, Mode::Light] {
        for hex in BRANDS {
            let t = Theme::new(mode, brand(hex), false);
            for (who, eyes) in [("protan", &PROTAN), ("deutan", &DEUTAN)] {
                let see = |color| seen_by(color, eyes);
                let (up, down) = (see(t.up), see(t.down));
                assert!(apart(up, down) > 0.12, "{mode:?} {who}: rise {up:?} and fall {down:?}");
                for (what, ink) in [("rise", up), ("fall", down)] {
                    for row in [t.row[0], t.row[1]] {
                        let ratio = ratio(ink, see(row));
                        assert!(ratio >= 4.5, "{mode:?} {who}: {what} on a row has {ratio:.2}:1");
                    }
                }
            }
            // On a grey-scale screen the leader's slab still stands out from the rows, by depth alone.
            let lead = t.row_one.map(luminance);
            let row = luminance(t.row[0]);
            let step = lead.iter().map(|l| (l.max(row) + 0.05) / (l.min(row) + 0.05)).fold(f64::MAX, f64::min);
            let rim = t.rim.is_some() || t.row_edge.is_some();
            assert!(step > 1.25 || rim, "{mode:?} #{hex}: the leader's slab against a row {step:.2}");
        }
    }
}

fn gpu() -> Option<Gpu> {
    match Gpu::offscreen(&AdapterChoice::default().with_env(), [1920, 1080]) {
        Ok(gpu) => Some(gpu),
        Err(why) => {
            assert!(std::env::var_os("CI").is_none(), "no adapter: {why}");
            eprintln!("SKIPPED, no picture was looked at: {why}");
            None
        }
    }
}

fn texts(scene: &Scene) -> impl Iterator<Item = &Text> {
    let items = scene.layers.iter().flat_map(|layer| &layer.items);
    items.filter_map(|item| if let Item::Text(text) = item { Some(text) } else { None })
}

fn luma(pixel: &image::Rgba<u8>) -> f64 {
    let [r, g, b, _] = pixel.0.map(f64::from);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// Darkest and brightest luma of a box.
fn range(picture: &RgbaImage, [x0, y0, x1, y1]: [u32; 4]) -> (f64, f64) {
    let mut range = (255.0f64, 0.0f64);
    for y in y0..y1.min(picture.height()) {
        for x in x0..x1.min(picture.width()) {
            let l = luma(picture.get_pixel(x, y));
            range = (range.0.min(l), range.1.max(l));
        }
    }
    range
}

/// A picture through a TV that takes one colour for four pixels and only the codes 16 to 235 (BT.709).
fn through_a_tv(picture: &RgbaImage) -> RgbaImage {
    let (w, h) = picture.dimensions();
    let code = |[r, g, b]: [f64; 3]| {
        let y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
        [y, (b - y) / 1.8556, (r - y) / 1.5748]
    };
    let mut out = picture.clone();
    for by in (0..h).step_by(2) {
        for bx in (0..w).step_by(2) {
            let block: Vec<(u32, u32)> = [(0, 0), (1, 0), (0, 1), (1, 1)]
                .map(|(dx, dy)| (bx + dx, by + dy))
                .into_iter()
                .filter(|(x, y)| *x < w && *y < h)
                .collect();
            let rgb = |(x, y): (u32, u32)| {
                let [r, g, b, _] = picture.get_pixel(x, y).0;
                [r, g, b].map(|v| f64::from(v) / 255.0)
            };
            let coded: Vec<[f64; 3]> = block.iter().map(|p| code(rgb(*p))).collect();
            let mean = |i: usize| coded.iter().map(|c| c[i]).sum::<f64>() / coded.len() as f64;
            let limited = |v: f64, span: f64| (v * span).round() / span;
            let (cb, cr) = (limited(mean(1), 224.0), limited(mean(2), 224.0));
            for (at, c) in block.iter().zip(&coded) {
                let y = limited(c[0], 219.0);
                let (r, b) = (y + 1.5748 * cr, y + 1.8556 * cb);
                let g = (y - 0.2126 * r - 0.0722 * b) / 0.7152;
                let [r, g, b] = [r, g, b].map(|v| (v.clamp(0.0, 1.0) * 255.0).round() as u8);
                out.put_pixel(at.0, at.1, image::Rgba([r, g, b, 255]));
            }
        }
    }
    out
}

/// Darkest and brightest luma of a box that came through a TV. Only the box is sent, in whole blocks of four pixels: the
/// rest of the picture does not change it.
fn range_on_a_tv(picture: &RgbaImage, [x0, y0, x1, y1]: [u32; 4]) -> (f64, f64) {
    let [left, top] = [x0 & !1, y0 & !1];
    let (right, bottom) = (x1.next_multiple_of(2).min(picture.width()), y1.next_multiple_of(2).min(picture.height()));
    let part = imageops::crop_imm(picture, left, top, right.saturating_sub(left), bottom.saturating_sub(top));
    range(&through_a_tv(&part.to_image()), [x0 - left, y0 - top, x1.saturating_sub(left), y1.saturating_sub(top)])
}

/// The box of a text on the picture, shrunk by `by`.
fn ink_box(text: &Text, by: f32) -> [u32; 4] {
    let size = text.run.size() * text.scale;
    let (x1, y0) = (text.x + text.run.width * text.scale, text.y as f32 - 0.7 * size);
    let ink = Rect::new(text.x, y0, x1, text.y as f32).intersect(text.clip.to_rect());
    [ink.x0, ink.y0, ink.x1, ink.y1].map(|v| (v / by).max(0.0).round() as u32)
}

/// Every kind's picture, shrunk to 640 × 360 (about 55 inches at five metres) and sent through a TV: names, ranks and
/// values keep most of their contrast.
#[test]
fn what_matters_reads_from_five_metres_and_through_a_tv() {
    let Some(mut gpu) = gpu() else { return };
    let mut fonts = Fonts::new(false);
    let (mut wrong, mut looked) = (Vec::new(), 0);
    for kind in Body::KINDS {
        for pose in poses::of_kind(kind).into_iter().filter(|pose| pose.picture) {
            let last = pose.tape.last().map_or(0, |(ms, _)| *ms).max(pose.at_ms);
            let scene = show_of(&pose).scene([1920, 1080], None, false, Time::from_ms(last + 8_000), &mut fonts);
            let picture = gpu.picture(&scene, &mut fonts).unwrap();
            let far = imageops::resize(&picture, 640, 360, imageops::FilterType::Triangle);
            // A digit is narrow: single marks and faint texts are told by their neighbours.
            let seen = |t: &&Text| t.run.size() >= 52.0 && t.color.0[3] == 255 && t.run.width > 20.0;
            for text in texts(&scene).filter(seen) {
                looked += 1;
                let (near, small) = (range(&picture, ink_box(text, 1.0)), range(&far, ink_box(text, 3.0)));
                let (full, left) = (near.1 - near.0, small.1 - small.0);
                let sent = range_on_a_tv(&picture, ink_box(text, 1.0));
                let name = format!("{} {:?}", pose.id(), text.run.text());
                if left < 60.0 || left < 0.45 * full {
                    wrong.push(format!("{name}: {left:.0} of {full:.0} levels are left at 640 × 360"));
                }
                if sent.1 - sent.0 < 0.9 * full {
                    wrong.push(format!("{name}: {:.0} of {full:.0} levels come through a TV", sent.1 - sent.0));
                }
            }
        }
    }
    assert!(looked > 20, "{looked} texts were looked at");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_thin_grey_text_would_be_found() {
    let mut picture = RgbaImage::from_pixel(60, 60, image::Rgba([10, 10, 10, 255]));
    (0..60).for_each(|y| picture.put_pixel(30, y, image::Rgba([200, 200, 200, 255])));
    let far = imageops::resize(&picture, 20, 20, imageops::FilterType::Triangle);
    let (dark, bright) = range(&far, [0, 0, 20, 20]);
    assert!(bright - dark < 0.45 * 190.0, "a hairline keeps {:.0}", bright - dark);
    let mut coloured = RgbaImage::from_pixel(8, 8, image::Rgba([0, 0, 0, 255]));
    coloured.put_pixel(3, 3, image::Rgba([0, 0, 255, 255]));
    let through = through_a_tv(&coloured);
    assert!(through.get_pixel(3, 3).0[2] < 120, "a single blue point loses its colour");
}
