//! Measures the distance between two colours: WCAG and APCA contrast, OKLCH lightness, chroma and hue.

use crate::scene::Color;

/// WCAG 2 ratio that text needs on its worst surface (DESIGN 2).
pub const TEXT_RATIO: f64 = 4.5;
/// APCA |Lc| that text needs on its worst surface (DESIGN 2).
pub const TEXT_LC: f64 = 60.0;

/// Whether `ink` reads as text on `ground`: both [`TEXT_RATIO`] and [`TEXT_LC`].
pub fn readable(ink: Color, ground: Color) -> bool {
    ratio(ink, ground) >= TEXT_RATIO && lc(ink, ground).abs() >= TEXT_LC
}

/// Contrast ratio of WCAG 2.2, from 1 to 21, in either order. Alpha is ignored.
pub fn ratio(a: Color, b: Color) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance of WCAG 2.2, from 0 to 1. Alpha is ignored.
pub fn luminance(color: Color) -> f64 {
    let [r, g, b] = linear(color);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// APCA lightness contrast of `ink` on `ground`, from -108 to 106: positive for dark ink on a light ground, negative for
/// light ink on a dark one, 0 when too close to tell. Alpha is ignored.
///
/// Constants: APCA-W3 0.1.9, base 0.0.98G-4g (Myndex, <https://github.com/Myndex/apca-w3>).
pub fn lc(ink: Color, ground: Color) -> f64 {
    const SCALE: f64 = 1.14;
    const OFFSET: f64 = 0.027;
    const LOWEST: f64 = 0.1;
    let (ink, ground) = (screen_luminance(ink), screen_luminance(ground));
    if (ground - ink).abs() < 0.0005 {
        return 0.0;
    }
    let (raw, offset) = if ground > ink {
        ((ground.powf(0.56) - ink.powf(0.57)) * SCALE, -OFFSET)
    } else {
        ((ground.powf(0.65) - ink.powf(0.62)) * SCALE, OFFSET)
    };
    if raw.abs() < LOWEST { 0.0 } else { (raw + offset) * 100.0 }
}

/// APCA's estimate of a screen's luminance, with its soft clamp near black.
fn screen_luminance(color: Color) -> f64 {
    const BLACK: f64 = 0.022;
    let [r, g, b] = channels(color).map(|v| v.powf(2.4));
    let y = 0.212_672_9 * r + 0.715_152_2 * g + 0.072_175_0 * b;
    if y < BLACK { y + (BLACK - y).powf(1.414) } else { y }
}

/// A colour in OKLCH (Björn Ottosson, <https://bottosson.github.io/posts/oklab/>).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lch {
    /// Perceived lightness, 0 (black) to 1 (white).
    pub l: f64,
    /// Chroma, 0 for greys; sRGB reaches about 0.32.
    pub c: f64,
    /// Hue, -180 to 180 degrees; means nothing for greys.
    pub h: f64,
}

impl Lch {
    /// Of an sRGB colour. Alpha is ignored.
    pub fn of(color: Color) -> Lch {
        let [l, a, b] = oklab(color);
        Lch { l, c: a.hypot(b), h: b.atan2(a).to_degrees() }
    }

    /// The nearest sRGB colour of the same lightness and hue: what lies outside loses chroma. Opaque.
    pub fn color(self) -> Color {
        let l = self.l.clamp(0.0, 1.0);
        let (sin, cos) = self.h.to_radians().sin_cos();
        let at = |c: f64| linear_of_oklab([l, c * cos, c * sin]);
        let mut rgb = at(self.c);
        if !in_gamut(rgb) {
            let (mut inside, mut outside) = (0.0, self.c);
            // 32 halvings leave less than a millionth of a level.
            for _ in 0..32 {
                let middle = (inside + outside) / 2.0;
                if in_gamut(at(middle)) {
                    inside = middle;
                } else {
                    outside = middle;
                }
            }
            rgb = at(inside);
        }
        let [r, g, b] = rgb.map(byte_of_linear);
        Color([r, g, b, 255])
    }
}

/// The shorter way around between two hues, 0 to 180 degrees.
pub fn hue_distance(a: f64, b: f64) -> f64 {
    let turn = (a - b).rem_euclid(360.0);
    turn.min(360.0 - turn)
}

/// OKLab L, a, b of an sRGB colour. Alpha is ignored.
pub fn oklab(color: Color) -> [f64; 3] {
    oklab_of_linear(linear(color))
}

/// The same of linear sRGB.
pub fn oklab_of_linear([r, g, b]: [f64; 3]) -> [f64; 3] {
    let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
    let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
    let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
    [
        0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
        1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
        0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
    ]
}

/// Linear sRGB of OKLab, outside 0 to 1 where sRGB has no such colour.
fn linear_of_oklab([l, a, b]: [f64; 3]) -> [f64; 3] {
    let long = (l + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let mid = (l - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let short = (l - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    [
        4.076_741_662_1 * long - 3.307_711_591_3 * mid + 0.230_969_929_2 * short,
        -1.268_438_004_6 * long + 2.609_757_401_1 * mid - 0.341_319_396_5 * short,
        -0.004_196_086_3 * long - 0.703_418_614_7 * mid + 1.707_614_701_0 * short,
    ]
}

/// Whether sRGB has this linear colour, give or take less than a tenth of a level for rounding in the matrices.
fn in_gamut(linear: [f64; 3]) -> bool {
    linear.iter().all(|v| (-1e-5..=1.0 + 1e-5).contains(v))
}

fn channels(color: Color) -> [f64; 3] {
    let [r, g, b, _] = color.0;
    [r, g, b].map(|v| f64::from(v) / 255.0)
}

/// Linear light of an sRGB colour (IEC 61966-2-1).
pub fn linear(color: Color) -> [f64; 3] {
    channels(color).map(|v| if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) })
}

fn byte_of_linear(v: f64) -> u8 {
    let v = v.clamp(0.0, 1.0);
    let encoded = if v <= 0.003_130_8 { v * 12.92 } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 };
    (encoded * 255.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(rgb: u32) -> Color {
        Color::hex(rgb)
    }

    #[test]
    fn wcag_ratios_are_those_of_the_standard() {
        assert!((ratio(hex(0), hex(0xFFFFFF)) - 21.0).abs() < 1e-9);
        assert!((ratio(hex(0x123456), hex(0x123456)) - 1.0).abs() < 1e-9);
        // The well-known darkest grey that fails and lightest that passes on white.
        assert!(ratio(hex(0x777777), hex(0xFFFFFF)) < 4.5);
        assert!(ratio(hex(0x767676), hex(0xFFFFFF)) >= 4.5);
    }

    #[test]
    fn lc_is_what_the_reference_implementation_says() {
        for (ink, ground, expected) in [
            (0x888888, 0xFFFFFF, 63.056_469_930_209_424),
            (0xFFFFFF, 0x888888, -68.541_464_366_449_62),
            (0x000000, 0xAAAAAA, 58.146_262_578_561_334),
            (0xAAAAAA, 0x000000, -56.241_133_368_397_42),
            (0x112233, 0xDDEEFF, 91.668_308_114_816_31),
            (0xDDEEFF, 0x112233, -93.067_700_494_842_75),
            (0x112233, 0x444444, 8.323_261_369_573_93),
            (0x444444, 0x112233, -7.526_878_460_278_154),
            (0x444444, 0x444444, 0.0),
        ] {
            let found = lc(hex(ink), hex(ground));
            assert!((found - expected).abs() < 1e-9, "{:?} on {:?}: {found}", hex(ink), hex(ground));
        }
    }

    #[test]
    fn the_worst_surface_of_the_dark_theme_measures_as_designed() {
        let surface = hex(0x2A395D);
        for (ink, expected, expected_lc) in [
            (0xF3F6FF, 10.6, 94.0),
            (0xB9C4DB, 6.5, 63.0),
            (0x5CC8FF, 6.1, 59.0),
            (0xFFA63D, 5.8, 57.0),
            (0xFFD166, 7.9, 74.0),
        ] {
            let ink = hex(ink);
            assert!((ratio(ink, surface) - expected).abs() <= 0.1, "{ink:?}: {}", ratio(ink, surface));
            assert!((-lc(ink, surface) - expected_lc).abs() <= 1.0, "{ink:?}: {}", lc(ink, surface));
        }
    }

    #[test]
    fn oklch_knows_the_primaries() {
        for (rgb, l, c, h) in
            [(0xFF0000, 0.628, 0.258, 29.2), (0x00FF00, 0.866, 0.295, 142.5), (0x0000FF, 0.452, 0.313, -95.9)]
        {
            let found = Lch::of(hex(rgb));
            assert!((found.l - l).abs() < 0.001 && (found.c - c).abs() < 0.001, "{found:?}");
            assert!(hue_distance(found.h, h) < 0.1, "{found:?}");
        }
    }

    #[test]
    fn every_colour_comes_back_from_oklch() {
        for r in (0..=255).step_by(15) {
            for g in (0..=255).step_by(15) {
                for b in (0..=255).step_by(15) {
                    let color = Color([r, g, b, 255]);
                    assert_eq!(Lch::of(color).color(), color);
                }
            }
        }
    }

    #[test]
    fn clipping_gives_up_chroma_and_keeps_lightness_and_hue() {
        for h in (-180..180).step_by(10) {
            for l in [0.2, 0.5, 0.8, 0.9] {
                let wish = Lch { l, c: 0.5, h: f64::from(h) };
                let got = Lch::of(wish.color());
                assert!(got.c < wish.c, "{wish:?} gave {got:?}");
                // Half a level of rounding is this much in the dark and at low chroma.
                assert!((got.l - wish.l).abs() < 0.006, "{wish:?} gave {got:?}");
                assert!(hue_distance(got.h, wish.h) * got.c < 0.5, "{wish:?} gave {got:?}");
            }
        }
        assert_eq!(Lch { l: 1.3, c: 0.2, h: 20.0 }.color(), hex(0xFFFFFF));
        assert_eq!(Lch { l: -0.1, c: 0.2, h: 20.0 }.color(), hex(0x000000));
    }

    #[test]
    fn hues_are_measured_the_short_way() {
        assert_eq!(hue_distance(170.0, -170.0), 20.0);
        assert_eq!(hue_distance(-170.0, 170.0), 20.0);
        assert_eq!(hue_distance(10.0, 190.0), 180.0);
        assert_eq!(hue_distance(42.0, 42.0), 0.0);
    }
}
