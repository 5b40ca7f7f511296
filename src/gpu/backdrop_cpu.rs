//! Paints the backdrop on the processor, for software adapters: they take several times as long to compile and run
//! `backdrop.wgsl`. That shader stays, because on hardware this code would cost more time at start than the shader, and a
//! test compares the two pixel by pixel.

use std::num::NonZero;

use crate::scene::{Backdrop, Color, SLANT};

/// Sine and cosine of 12°.
const SIN: f32 = 0.207_911_69;
const COS: f32 = 0.978_147_6;
/// Bytes.
const PIXEL: usize = 4;
/// Starting more threads costs more than they gain.
const MAX_THREADS: usize = 4;
/// Rows painted at a time: allocators do not give back the memory of a whole picture.
const BAND_ROWS: usize = 128;

/// Calls `done` with some rows of pixels at a time and the number of the first row. `bgra` swaps red and blue.
pub(super) fn paint(backdrop: &Backdrop, size: [u32; 2], bgra: bool, mut done: impl FnMut(usize, &[u8])) {
    let [w, h] = size.map(|s| s as usize);
    let painter = BackdropPainter::new(backdrop, size, bgra);
    let mut pixels = vec![255; w * h.min(BAND_ROWS) * PIXEL];
    for first in (0..h).step_by(BAND_ROWS) {
        let part = &mut pixels[..w * BAND_ROWS.min(h - first) * PIXEL];
        painter.paint_rows(first, part);
        done(first, part);
    }
}

struct BackdropPainter<'b> {
    backdrop: &'b Backdrop,
    size: [f32; 2],
    gradient: [[f32; 3]; 3],
    glow: [f32; 3],
    beam: [f32; 3],
    hatch: [f32; 3],
    bgra: bool,
}

impl<'b> BackdropPainter<'b> {
    fn new(backdrop: &'b Backdrop, size: [u32; 2], bgra: bool) -> BackdropPainter<'b> {
        BackdropPainter {
            backdrop,
            size: size.map(|s| s as f32),
            gradient: backdrop.gradient.map(rgb),
            glow: rgb(backdrop.glow),
            beam: rgb(backdrop.beam),
            hatch: rgb(backdrop.hatch),
            bgra,
        }
    }

    /// Paints whole rows from `first` on, on several threads.
    fn paint_rows(&self, first: usize, pixels: &mut [u8]) {
        let bytes = self.size[0] as usize * PIXEL;
        let threads = std::thread::available_parallelism().map_or(1, NonZero::get).clamp(1, MAX_THREADS);
        let rows = (pixels.len() / bytes.max(1)).div_ceil(threads).max(1);
        let spawned = std::thread::scope(|scope| {
            let mut bands = pixels.chunks_mut(rows * bytes).enumerate().map(|(i, band)| (band, first + i * rows)).rev();
            let own = bands.next();
            let spawned = bands.try_for_each(|(band, first)| {
                let name = format!("backdrop-{first}");
                std::thread::Builder::new()
                    .name(name)
                    .spawn_scoped(scope, move || self.paint_band(first, band))
                    .map(|_| ())
            });
            if let Some((band, first)) = own {
                self.paint_band(first, band);
            }
            spawned
        });
        if let Err(e) = spawned {
            tracing::warn!("the backdrop is painted by one thread alone: {e}");
            self.paint_band(first, pixels);
        }
    }

    /// Paints whole rows from `first` on, on this thread.
    fn paint_band(&self, first: usize, pixels: &mut [u8]) {
        let w = self.size[0] as usize;
        let mut line = vec![[0.0; 3]; w];
        for (i, row) in pixels.chunks_exact_mut(w * PIXEL).enumerate() {
            let y = (first + i) as f32 + 0.5;
            self.gradient_and_glow(y, &mut line);
            self.beams(y, &mut line);
            self.hatch_to_bytes(y, &line, row);
        }
    }

    fn gradient_and_glow(&self, y: f32, line: &mut [[f32; 3]]) {
        let b = self.backdrop;
        let [x0, y0, radius] = b.glow_at;
        let (strength, radius) = (alpha(b.glow), radius.max(1.0));
        let v = y / self.size[1];
        for (x, color) in line.iter_mut().enumerate() {
            let x = x as f32 + 0.5;
            let g = (0.35 * (x / self.size[0]) + v) / 1.1225;
            let low = mix(self.gradient[0], self.gradient[1], (g / 0.55).clamp(0.0, 1.0));
            let ground = mix(low, self.gradient[2], ((g - 0.55) / 0.45).clamp(0.0, 1.0));
            let (dx, dy) = (x - x0, y - y0);
            let r = (dx * dx + dy * dy).sqrt() / radius;
            let glow = if r < 0.5 { 1.0 + (0.2903 - 1.0) * (r * 2.0) } else { 0.5806 * (1.0 - r.clamp(0.0, 1.0)) };
            *color = mix(ground, self.glow, strength * glow);
        }
    }

    fn beams(&self, y: f32, line: &mut [[f32; 3]]) {
        let b = self.backdrop;
        let v = y / self.size[1];
        let fade = if v < 0.6 { 1.0 + (0.2 - 1.0) * (v / 0.6) } else { 0.5 * (1.0 - v) } * alpha(b.beam);
        let shift = y * SLANT;
        for [left, right] in &b.beams {
            // One pixel beyond its ends the beam covers nothing.
            let from = (left - shift - 2.0).max(0.0) as usize;
            let to = ((right - shift + 2.0).max(0.0) as usize).min(line.len());
            let Some(part) = line.get_mut(from..to) else { continue };
            for (x, color) in part.iter_mut().enumerate() {
                let top = (from + x) as f32 + 0.5 + shift;
                let cover = ((top - left) * COS + 0.5).clamp(0.0, 1.0) * ((right - top) * COS + 0.5).clamp(0.0, 1.0);
                *color = mix(*color, self.beam, fade * cover);
            }
        }
    }

    /// Adds hatch and dither, and converts to bytes.
    fn hatch_to_bytes(&self, y: f32, line: &[[f32; 3]], row: &mut [u8]) {
        let b = self.backdrop;
        let (strength, unit) = (alpha(b.hatch), b.scale.max(0.01));
        let half_pixel = 0.5 / unit;
        let amplitude = if b.dither { 1.0 } else { 0.0 };
        for (x, (color, pixel)) in line.iter().zip(row.chunks_exact_mut(PIXEL)).enumerate() {
            let px = x as f32;
            let across = ((px + 0.5) * COS + y * SIN) / unit;
            let hatch = (ink(across + half_pixel) - ink(across - half_pixel)) / (2.0 * half_pixel);
            let color = mix(*color, self.hatch, strength * hatch);
            // Interleaved gradient noise, half a step up or down (Jimenez, "Next Generation Post Processing", 2014).
            let seed = px * 0.067_110_56 + y.floor() * 0.005_837_15;
            let noise = fract(52.982_918 * fract(seed));
            let [r, g, b] = color.map(|c| (c * 255.0 + (noise - 0.5) * amplitude + 0.5).clamp(0.0, 255.0) as u8);
            let rgb = if self.bgra { [b, g, r] } else { [r, g, b] };
            pixel[..3].copy_from_slice(&rgb);
        }
    }
}

/// Length of the inked part of a line from 0 to `t`, in units: stripes 1.5 wide every 14.
fn ink(t: f32) -> f32 {
    let cell = (t / 14.0).floor();
    cell * 1.5 + (t - cell * 14.0).min(1.5)
}

fn mix(a: [f32; 3], b: [f32; 3], share: f32) -> [f32; 3] {
    std::array::from_fn(|i| a[i] + (b[i] - a[i]) * share)
}

fn fract(v: f32) -> f32 {
    v - v.floor()
}

fn rgb(color: Color) -> [f32; 3] {
    let [r, g, b, _] = color.0;
    [r, g, b].map(|v| f32::from(v) / 255.0)
}

fn alpha(color: Color) -> f32 {
    f32::from(color.0[3]) / 255.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Higher than a band, and not a multiple of it.
    const SIZE: [u32; 2] = [40, 300];

    fn pixels(bgra: bool) -> Vec<u8> {
        let backdrop = Backdrop {
            gradient: [Color::hex(0xFF0000), Color::hex(0x800020), Color::hex(0x100008)],
            glow: Color::hex(0x2040FF).fade(0.5),
            glow_at: [10.0, 200.0, 60.0],
            beam: Color::hex(0xFFFFFF).fade(0.3),
            beams: vec![[5.0, 12.0]],
            hatch: Color::hex(0xFFFFFF).fade(0.1),
            scale: 0.5,
            dither: false,
        };
        let mut all = Vec::new();
        paint(&backdrop, SIZE, bgra, |first, part| {
            assert_eq!(all.len(), first * SIZE[0] as usize * PIXEL, "each row once, in order");
            all.extend_from_slice(part);
        });
        all
    }

    #[test]
    fn red_and_blue_are_swapped_for_bgra_surfaces() {
        let (rgba, bgra) = (pixels(false), pixels(true));
        assert_eq!(rgba.len(), 40 * 300 * PIXEL);
        assert!(rgba[0] > 200 && rgba[2] < 60, "the gradient begins red: {:?}", &rgba[..4]);
        for (a, b) in rgba.chunks(PIXEL).zip(bgra.chunks(PIXEL)) {
            assert_eq!([a[2], a[1], a[0], 255], [b[0], b[1], b[2], b[3]]);
        }
    }
}
