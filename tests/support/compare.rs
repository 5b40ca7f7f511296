//! Pictures compared: two numbers of tolerance, where the worst pixel is, and goldens on disk.

#![allow(dead_code, reason = "each test binary uses its part")]

use std::fmt;
use std::path::{Path, PathBuf};

use image::{Rgba, RgbaImage};

/// How much two pictures may differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tolerance {
    /// A pixel counts as off when a channel differs by more, of 255.
    pub per_channel: u8,
    /// So many pixels may be off.
    pub max_pixels: u64,
}

impl Tolerance {
    /// For the software renderer that the goldens were made on; another CPU rounds a few pixels differently.
    pub const SAME_RENDERER: Tolerance = Tolerance { per_channel: 3, max_pixels: 10 };

    /// For any other renderer, on a picture of this size: .04 % of it.
    pub fn other_renderer(image: &RgbaImage) -> Tolerance {
        let pixels = u64::from(image.width()) * u64::from(image.height());
        Tolerance { per_channel: 16, max_pixels: pixels * 4 / 10_000 }
    }
}

/// How two pictures differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Diff {
    /// Their sizes do.
    Size {
        /// Of the first.
        a: (u32, u32),
        /// Of the second.
        b: (u32, u32),
    },
    /// Too many pixels are off.
    Pixels {
        /// How many.
        count: u64,
        /// The largest difference of a channel.
        worst: u8,
        /// Where they are: x0, y0, x1, y1.
        bbox: [u32; 4],
    },
}

impl fmt::Display for Diff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Diff::Size { a, b } => write!(f, "{} × {} pixels, not {} × {}", a.0, a.1, b.0, b.1),
            Diff::Pixels { count, worst, bbox: [x0, y0, x1, y1] } => {
                write!(f, "{count} pixels differ by up to {worst}, within {x0}, {y0} to {x1}, {y1}")
            }
        }
    }
}

/// Compares two pictures.
pub fn compare(a: &RgbaImage, b: &RgbaImage, tolerance: Tolerance) -> Result<(), Diff> {
    if a.dimensions() != b.dimensions() {
        return Err(Diff::Size { a: a.dimensions(), b: b.dimensions() });
    }
    let (mut count, mut worst, mut bbox) = (0, 0, [u32::MAX, u32::MAX, 0, 0]);
    for ((x, y, p), q) in a.enumerate_pixels().zip(b.pixels()) {
        let off = distance(p, q);
        worst = worst.max(off);
        if off > tolerance.per_channel {
            count += 1;
            bbox = [bbox[0].min(x), bbox[1].min(y), bbox[2].max(x + 1), bbox[3].max(y + 1)];
        }
    }
    if count > tolerance.max_pixels { Err(Diff::Pixels { count, worst, bbox }) } else { Ok(()) }
}

fn distance(p: &Rgba<u8>, q: &Rgba<u8>) -> u8 {
    p.0.iter().zip(q.0).map(|(a, b)| a.abs_diff(b)).max().unwrap_or(0)
}

/// Compares a picture with `tests/golden/NAME.png`, which the same renderer made. `FLOORCAST_BLESS=1` makes it the golden
/// instead. On failure the picture and what differs are left in `target/golden/`.
pub fn golden(name: &str, image: &RgbaImage) {
    check(name, image, Tolerance::SAME_RENDERER);
}

/// The same, for a picture painted by the renderer that [`describe`](floorcast::gpu::Gpu::describe) names: strict on that
/// which made the goldens, lenient on others.
pub fn golden_on(name: &str, image: &RgbaImage, renderer: &str) {
    let made_on = folder().join("renderer.txt");
    if blessing() {
        std::fs::create_dir_all(folder()).unwrap();
        std::fs::write(&made_on, format!("{renderer}\n")).unwrap();
    }
    let same = std::fs::read_to_string(&made_on).is_ok_and(|made| made.trim() == renderer);
    check(name, image, if same { Tolerance::SAME_RENDERER } else { Tolerance::other_renderer(image) });
}

fn check(name: &str, image: &RgbaImage, tolerance: Tolerance) {
    let path = folder().join(format!("{name}.png"));
    if blessing() {
        std::fs::create_dir_all(folder()).unwrap();
        image.save(&path).unwrap();
        return;
    }
    let failed = folder_of_failures();
    let wrong = match image::open(&path) {
        Err(e) => format!("no golden {}: {e}", path.display()),
        Ok(golden) => {
            let golden = golden.into_rgba8();
            match compare(image, &golden, tolerance) {
                Ok(()) => return,
                Err(diff) => {
                    save(&failed, &format!("{name}-diff.png"), &difference(image, &golden));
                    format!("\"{name}\" is not its golden: {diff}")
                }
            }
        }
    };
    save(&failed, &format!("{name}-actual.png"), image);
    panic!("{wrong}. See {}; FLOORCAST_BLESS=1 accepts it", failed.display());
}

/// Black where the pictures agree, the difference made brighter where they do not; red where only one has pixels.
fn difference(a: &RgbaImage, b: &RgbaImage) -> RgbaImage {
    let (w, h) = (a.width().max(b.width()), a.height().max(b.height()));
    RgbaImage::from_fn(w, h, |x, y| match (a.get_pixel_checked(x, y), b.get_pixel_checked(x, y)) {
        (Some(p), Some(q)) => {
            let v = distance(p, q).saturating_mul(8);
            Rgba([v, v, v, 255])
        }
        _ => Rgba([255, 0, 0, 255]),
    })
}

fn save(folder: &Path, file: &str, image: &RgbaImage) {
    let saved = std::fs::create_dir_all(folder)
        .map_err(image::ImageError::IoError)
        .and_then(|()| image.save(folder.join(file)));
    if let Err(e) = saved {
        eprintln!("{file} cannot be kept: {e}");
    }
}

fn blessing() -> bool {
    std::env::var_os("FLOORCAST_BLESS").is_some_and(|v| v == "1")
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn folder_of_failures() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target"), PathBuf::from);
    target.join("golden")
}
