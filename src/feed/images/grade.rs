//! Brings photos of people to a common measure, so that those of many cameras stand beside each other: half the way in
//! contrast and in strength of colour (DESIGN 4, Faces). Skin keeps its own lightness and hue.

use image::RgbaImage;

/// Lightness of the darkest and of the lightest twentieth of a photo that is neither dull nor harsh.
const ENDS: [f32; 2] = [18.0, 232.0];
/// Between its most and its least channel, the mean of a photo whose colours are neither pale nor loud.
const CHROMA: f32 = 62.0;
/// Below this mean a photo is black and white, and stays so.
const NO_CHROMA: f32 = 6.0;
/// The most that colours change.
const CHROMA_RANGE: [f32; 2] = [0.85, 1.18];
/// Between these twentieths a plain picture has no contrast that could be told from noise.
const PLAIN: f32 = 40.0;
/// How much of the way it is pulled.
const PULL: f32 = 0.5;

/// How light each colour looks, in 65,536ths: the weights of sRGB.
const LIGHT: [i32; 3] = [13_933, 46_871, 4_732];
/// Levels that stronger colours may reach below 0 and beyond 255.
const BEYOND: i32 = 128;
/// Of so many pixels one is measured.
const EVERY: usize = 5;

/// Grades a photo, in place: the whole picture twice would be the most memory that the program ever takes. Plain loops,
/// since there are a million pixels in a photo, and it comes on without delay in programs for tests, too.
pub(super) fn apply(photo: &mut RgbaImage) {
    let Some(measured) = Measured::of(photo) else { return };
    let (curve, chroma) = (measured.levels(), measured.chroma_scale());
    let bytes: &mut [u8] = photo;
    let mut at = 0;
    while at + 3 < bytes.len() {
        if bytes[at + 3] > 0 {
            let rgb = [i32::from(bytes[at]), i32::from(bytes[at + 1]), i32::from(bytes[at + 2])];
            let grey = lightness(rgb);
            bytes[at] = curve[(BEYOND + grey + (rgb[0] - grey) * chroma / 256) as usize];
            bytes[at + 1] = curve[(BEYOND + grey + (rgb[1] - grey) * chroma / 256) as usize];
            bytes[at + 2] = curve[(BEYOND + grey + (rgb[2] - grey) * chroma / 256) as usize];
        }
        at += 4;
    }
}

/// 0 to 255.
fn lightness([r, g, b]: [i32; 3]) -> i32 {
    (r * LIGHT[0] + g * LIGHT[1] + b * LIGHT[2] + 0x8000) >> 16
}

/// What a photo is like where it is not clear.
struct Measured {
    /// Lightness of its darkest and its lightest twentieth.
    ends: [f32; 2],
    chroma: f32,
}

impl Measured {
    fn of(photo: &RgbaImage) -> Option<Measured> {
        let (mut counts, mut chroma) = ([0u64; 256], 0u64);
        for pixel in photo.pixels().step_by(EVERY).filter(|pixel| pixel.0[3] >= 128) {
            let [r, g, b, _] = pixel.0;
            counts[lightness([r, g, b].map(i32::from)) as usize & 255] += 1;
            chroma += u64::from(r.max(g).max(b) - r.min(g).min(b));
        }
        let all: u64 = counts.iter().sum();
        if all == 0 {
            return None;
        }
        let below = |share: u64| {
            let mut sum = 0;
            let level = counts.iter().position(|count| {
                sum += count;
                sum * 20 > all * share
            });
            level.unwrap_or(255) as f32
        };
        Some(Measured { ends: [below(1), below(19)], chroma: chroma as f32 / all as f32 })
    }

    /// What becomes of each level from [`BEYOND`] below 0 on: three straight pieces, so that nothing runs into black or white.
    fn levels(&self) -> [u8; 512] {
        let [low, high] = self.ends;
        let pulled = if high - low < PLAIN { self.ends } else { [0, 1].map(|i| pull(self.ends[i], ENDS[i])) };
        let points = [(0.0, 0.0), (low, pulled[0]), (high, pulled[1]), (255.0, 255.0)];
        std::array::from_fn(|level| {
            let at = (level as f32 - BEYOND as f32).clamp(0.0, 255.0);
            let i = points[1..3].iter().filter(|(from, _)| at >= *from).count();
            let ((x0, y0), (x1, y1)) = (points[i], points[i + 1]);
            let share = if x1 > x0 { (at - x0) / (x1 - x0) } else { 0.0 };
            (y0 + (y1 - y0) * share).round() as u8
        })
    }

    /// In 256ths.
    fn chroma_scale(&self) -> i32 {
        if self.chroma < NO_CHROMA || self.ends[1] - self.ends[0] < PLAIN {
            return 256;
        }
        let [least, most] = CHROMA_RANGE;
        (pull(1.0, CHROMA / self.chroma).clamp(least, most) * 256.0).round() as i32
    }
}

fn pull(from: f32, to: f32) -> f32 {
    from + (to - from) * PULL
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A face of a camera whose levels lie between two ends, and whose colours are so strong: skin with shadows, a dark
    /// jacket, a light ground, and beside it nothing.
    fn photo([low, high]: [f32; 2], strength: f32) -> RgbaImage {
        RgbaImage::from_fn(120, 100, |x, y| {
            if x >= 100 {
                return image::Rgba([7, 200, 3, 0]);
            }
            let shade = y as f32 / 100.0;
            let own = match x {
                0..40 => [0.93, 0.70, 0.56],
                40..70 => [0.10, 0.12, 0.24],
                _ => [0.96, 0.97, 1.0],
            };
            let own = own.map(|c: f32| c * (1.0 - shade * 0.4));
            let grey = own[0] * 0.2126 + own[1] * 0.7152 + own[2] * 0.0722;
            let [r, g, b] = own.map(|c| (low + (high - low) * (grey + (c - grey) * strength)).clamp(0.0, 255.0) as u8);
            image::Rgba([r, g, b, 255])
        })
    }

    fn measured(photo: &RgbaImage) -> (f32, f32) {
        let m = Measured::of(photo).unwrap();
        (m.ends[1] - m.ends[0], m.chroma)
    }

    #[test]
    fn photos_of_a_dull_and_of_a_harsh_camera_come_nearer_to_each_other() {
        let mut dull = photo([70.0, 180.0], 0.6);
        let mut harsh = photo([0.0, 255.0], 1.6);
        let before = [measured(&dull), measured(&harsh)];
        apply(&mut dull);
        apply(&mut harsh);
        let after = [measured(&dull), measured(&harsh)];
        let apart = |[a, b]: [(f32, f32); 2]| (b.0 - a.0, b.1 - a.1);
        let ((contrast, colour), (contrast_after, colour_after)) = (apart(before), apart(after));
        assert!(contrast_after < contrast * 0.75 && contrast_after > 0.0, "{before:?} → {after:?}");
        assert!(colour_after < colour * 0.85 && colour_after > 0.0, "{before:?} → {after:?}");
    }

    #[test]
    fn skin_keeps_its_hue_and_what_is_clear_stays_clear() {
        for mut graded in [photo([70.0, 180.0], 0.6), photo([0.0, 255.0], 1.0)] {
            let before = graded.clone();
            apply(&mut graded);
            for (x, y) in [(10, 10), (30, 50), (20, 90)] {
                let [[r, g, b, _], [r2, g2, b2, _]] = [before.get_pixel(x, y).0, graded.get_pixel(x, y).0];
                assert!(r2 > g2 && g2 > b2, "still skin: {:?}", [r2, g2, b2]);
                let warm = |r: u8, g: u8, b: u8| f32::from(g - b) / f32::from(r - b);
                assert!((warm(r, g, b) - warm(r2, g2, b2)).abs() < 0.12, "{:?} → {:?}", [r, g, b], [r2, g2, b2]);
            }
            assert_eq!(graded.get_pixel(110, 50).0[3], 0);
        }
    }

    #[test]
    fn black_and_white_stays_so_and_a_plain_picture_is_not_touched() {
        let mut grey = photo([60.0, 190.0], 0.0);
        apply(&mut grey);
        assert!(grey.pixels().filter(|p| p.0[3] > 0).all(|p| p.0[0] == p.0[1] && p.0[1] == p.0[2]));
        for color in [[200, 40, 40, 255], [0, 0, 0, 255], [255, 255, 255, 255], [9, 9, 9, 0]] {
            let mut plain = RgbaImage::from_pixel(20, 20, image::Rgba(color));
            apply(&mut plain);
            assert_eq!(plain.get_pixel(3, 3).0, color);
        }
    }
}
