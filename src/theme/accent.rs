//! Applies the accent rule (DESIGN 4): one brand colour in, every accent colour out, each readable.

use super::contrast::{Lch, hue_distance, lc, ratio, readable};
use super::vision;
use crate::scene::Color;

const WHITE: Color = Color::hex(0xFF_FFFF);
const BLACK: Color = Color::hex(0x00_0000);

/// Lightness step of the fill's walk, and the range the walk stays in (the brand itself may lie outside).
const FILL_STEP: f64 = 0.005;
const FILL_RANGE: std::ops::RangeInclusive<f64> = 0.12..=0.93;
/// Lightness step of the text's walk. DESIGN names none; 0.01 is the one that gives its table.
const TEXT_STEP: f64 = 0.01;
/// Dark ink: lightness, and the most of the brand's chroma it keeps.
const INK_L: f64 = 0.16;
const INK_C: f64 = 0.03;
/// WCAG ratio to the backdrop below which a plate needs its rim.
const RIM_RATIO: f64 = 3.0;
/// Degrees of hue within which a brand could be read as a rise or a fall.
const PILL_HUE: f64 = 25.0;
/// Chroma below which a brand counts as grey and its hue says nothing.
const GREY_C: f64 = 0.03;

/// What the rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccentInput {
    /// The company's colour; its alpha is ignored.
    pub brand: Color,
    /// The theme's `surface.3`, the worst surface that accent text stands on.
    pub surface3: Color,
    /// The backdrop behind accent plates.
    pub backdrop: Color,
    /// Whether the theme's text is light (the dark theme).
    pub text_pole_is_light: bool,
    /// The theme's colour of a rise.
    pub up: Color,
    /// The theme's colour of a fall.
    pub down: Color,
}

/// The accent colours of one brand in one theme; all opaque.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accent {
    /// Flat accent plates.
    pub fill: Color,
    /// Text on `fill` and on every stop of `row1` and `bar`.
    pub on: Color,
    /// Words, numbers and thin marks on the theme's surfaces.
    pub text: Color,
    /// Whether `fill` is too close to the backdrop, so that plates get a rim in `text`.
    pub rim: bool,
    /// Whether it is too close to `up` or `down`, for any eye, so that change chips sit in a pill.
    pub pill: bool,
    /// Row one left to right, at 0, .55, 1.
    pub row1: [Color; 3],
    /// Bars and edges top to bottom, at 0, .5, 1.
    pub bar: [Color; 3],
    /// Rank plate of row one, top and bottom.
    pub plate: [Color; 2],
    /// Numeral on that plate.
    pub numeral: Color,
}

/// The accent colours for a brand. Never fails: any colour has a readable answer on the themes' surfaces; on a mid-grey
/// `surface3` where even white and black miss the mark, `text` is the text pole itself.
pub fn derive(input: &AccentInput) -> Accent {
    let [r, g, b, _] = input.brand.0;
    let brand = Color([r, g, b, 255]);
    let lch = Lch::of(brand);
    let (fill, on) = fill(brand, lch);
    let [bar, row1] = gradients(fill, on);
    let (plate, numeral) = plate(fill, on);
    let text = text(brand, lch, input);
    Accent {
        fill,
        on,
        text,
        rim: ratio(fill, input.backdrop) < RIM_RATIO,
        pill: [input.up, input.down].iter().any(|state| {
            let near = lch.c >= GREY_C && hue_distance(lch.h, Lch::of(*state).h) <= PILL_HUE;
            near || vision::distance(text, *state) < vision::APART
        }),
        row1,
        bar,
        plate,
        numeral,
    }
}

/// Rule 1: the colour nearest to the brand that carries an ink, and that ink.
fn fill(brand: Color, lch: Lch) -> (Color, Color) {
    let dark = Lch { l: INK_L, c: lch.c.min(INK_C), ..lch }.color();
    let ink = |fill: Color| {
        [dark, WHITE]
            .into_iter()
            .filter(|ink| readable(*ink, fill))
            .max_by(|a, b| lc(*a, fill).abs().total_cmp(&lc(*b, fill).abs()))
    };
    if let Some(on) = ink(brand) {
        return (brand, on);
    }
    for step in 1..=(1.0 / FILL_STEP) as u32 {
        for side in [1.0, -1.0] {
            let l = lch.l + side * f64::from(step) * FILL_STEP;
            if FILL_RANGE.contains(&l) {
                let fill = Lch { l, ..lch }.color();
                if let Some(on) = ink(fill) {
                    return (fill, on);
                }
            }
        }
    }
    // Not reached: white reads on everything at the dark end of the range.
    (Lch { l: *FILL_RANGE.start(), ..lch }.color(), WHITE)
}

/// Rule 2: the brand, moved toward the text pole until it reads on `surface.3`.
fn text(brand: Color, lch: Lch, input: &AccentInput) -> Color {
    if readable(brand, input.surface3) {
        return brand;
    }
    let (side, pole) = if input.text_pole_is_light { (1.0, WHITE) } else { (-1.0, BLACK) };
    (1..)
        .map(|step| lch.l + side * f64::from(step) * TEXT_STEP)
        .take_while(|l| (0.0..=1.0).contains(l))
        .map(|l| Lch { l, ..lch }.color())
        .find(|text| readable(*text, input.surface3))
        .unwrap_or(pole)
}

/// Rule 5: the bar (top to bottom) and row one (left to right). Under dark ink the shade is taken back, a hundredth at a
/// time, until the darkest stop still carries it; a fill that only just carries its ink becomes flat there.
fn gradients(fill: Color, on: Color) -> [[Color; 3]; 2] {
    if on == WHITE {
        return [[fill, fill, fill.mix(BLACK, 0.16)], [fill, fill.mix(BLACK, 0.04), fill.mix(BLACK, 0.14)]];
    }
    let shaded = |middle: f64, end: f64| {
        (0..=100)
            .rev()
            .map(|part| f64::from(part) / 100.0)
            .map(|part| [fill.mix(BLACK, middle * part), fill.mix(BLACK, end * part)])
            .find(|stops| stops.iter().all(|stop| readable(on, *stop)))
            .unwrap_or([fill, fill])
    };
    let [middle, bottom] = shaded(0.0, 0.13);
    let bar = [fill.mix(WHITE, 0.28), middle, bottom];
    let [middle, right] = shaded(0.05, 0.20);
    [bar, [fill, middle, right]]
}

/// Rule 5: the rank plate of row one and its numeral. Fills that carry dark ink only just are a little too dark to be
/// read the other way round (APCA's polarity): their numeral takes as much white as it needs.
fn plate(fill: Color, on: Color) -> ([Color; 2], Color) {
    if on == WHITE {
        return ([fill.mix(BLACK, 0.42), fill.mix(BLACK, 0.55)], WHITE);
    }
    let plate = [on.mix(fill, 0.09), on];
    let numeral = (0..=100)
        .map(|share| fill.mix(WHITE, f64::from(share) / 100.0))
        .find(|numeral| plate.iter().all(|stop| readable(*numeral, *stop)))
        .unwrap_or(WHITE);
    (plate, numeral)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::contrast::{TEXT_LC, TEXT_RATIO};

    fn dark(brand: Color) -> AccentInput {
        AccentInput {
            brand,
            surface3: Color::hex(0x2A395D),
            backdrop: Color::hex(0x080C17),
            text_pole_is_light: true,
            up: Color::hex(0x5CC8FF),
            down: Color::hex(0xFFA63D),
        }
    }

    fn light(brand: Color) -> AccentInput {
        AccentInput {
            brand,
            surface3: Color::hex(0xCBD5E6),
            backdrop: Color::hex(0xEEF2F8),
            text_pole_is_light: false,
            up: Color::hex(0x00588F),
            down: Color::hex(0x7E4A00),
        }
    }

    /// Within `levels` in every channel.
    #[track_caller]
    fn near(found: Color, expected: u32, levels: u8) {
        let expected = Color::hex(expected);
        let apart = found.0.iter().zip(expected.0).map(|(a, b)| a.abs_diff(b)).max().unwrap_or(0);
        assert!(apart <= levels, "{found:?} is {apart} levels from {expected:?}");
    }

    /// The promise for every brand: inks read on all they stand on.
    #[track_caller]
    fn holds(input: &AccentInput) {
        let accent = derive(input);
        let check = |name: &str, ink: Color, ground: Color| {
            assert!(
                ratio(ink, ground) >= TEXT_RATIO && lc(ink, ground).abs() >= TEXT_LC,
                "{:?}: {name} {ink:?} on {ground:?}: {:.2}:1, Lc {:.1}; {accent:?}",
                input.brand,
                ratio(ink, ground),
                lc(ink, ground)
            );
        };
        check("fill", accent.on, accent.fill);
        for stop in accent.row1 {
            check("row1", accent.on, stop);
        }
        for stop in accent.bar {
            check("bar", accent.on, stop);
        }
        for stop in accent.plate {
            check("plate", accent.numeral, stop);
        }
        check("text", accent.text, input.surface3);
        assert_eq!(accent.rim, ratio(accent.fill, input.backdrop) < RIM_RATIO);
    }

    #[test]
    fn the_design_table_follows_from_the_rule() {
        struct Row {
            brand: u32,
            fill: u32,
            white: Option<f64>,
            ink: Option<f64>,
            rim: bool,
            text: [u32; 2],
        }
        let row = |brand, fill, white, ink, rim, text| Row { brand, fill, white, ink, rim, text };
        for row in [
            row(0xE10600, 0xE10600, Some(5.0), None, false, [0xFFAD9F, 0xA40200]),
            row(0x0057B8, 0x0057B8, Some(6.9), None, true, [0x9BC4FF, 0x0052AE]),
            row(0x00A651, 0x008841, Some(4.6), None, false, [0x54D77F, 0x00622D]),
            row(0xFF7A00, 0xFF9452, None, Some(8.9), false, [0xFFAB7B, 0x8C4000]),
            row(0x7B2CBF, 0x7B2CBF, Some(7.1), None, true, [0xD2B1FF, 0x7524B8]),
            row(0x111111, 0x111111, Some(18.9), None, true, [0xC0C0C0, 0x111111]),
        ] {
            let accent = derive(&dark(Color::hex(row.brand)));
            near(accent.fill, row.fill, 1);
            assert_eq!(accent.on == WHITE, row.white.is_some(), "{:?}", accent.on);
            let expected = row.white.or(row.ink).unwrap_or(0.0);
            let found = ratio(accent.on, accent.fill);
            assert!((found - expected).abs() <= 0.06, "{accent:?}: {found}");
            assert_eq!(accent.rim, row.rim, "{accent:?}");
            near(accent.text, row.text[0], 1);
            let in_light = derive(&light(Color::hex(row.brand)));
            near(in_light.text, row.text[1], 1);
            assert_eq!(
                (in_light.fill, in_light.on),
                (accent.fill, accent.on),
                "the plate does not depend on the theme"
            );
        }
    }

    #[test]
    fn the_sample_brand_is_drawn_as_designed() {
        let accent = derive(&dark(Color::hex(0xD4FF3A)));
        near(accent.fill, 0xD4FF3A, 0);
        near(accent.on, 0x0A0F02, 1);
        near(accent.text, 0xD4FF3A, 0);
        near(accent.numeral, 0xD4FF3A, 0);
        assert!(!accent.rim && !accent.pill);
        // The shares of rule 5 to the byte. Some pictures of the design show an older, hand-picked set (bar E4FF6B, D4FF3A,
        // B6E51E; row D4FF3A, C6F22C, A6D413; plate 1B2410, 0A0F02). No mix with white and black gives it: red and green
        // agree within 8 levels, but its blue is up to 27 lower, for it gains chroma toward the dark end.
        for (found, expected) in accent.bar.into_iter().zip([0xE0FF71, 0xD4FF3A, 0xB8DE32]) {
            near(found, expected, 0);
        }
        for (found, expected) in accent.row1.into_iter().zip([0xD4FF3A, 0xC9F237, 0xAACC2E]) {
            near(found, expected, 0);
        }
        near(accent.plate[0], 0x1C2507, 1);
        near(accent.plate[1], 0x0A0F02, 1);
    }

    #[test]
    fn a_red_brand_under_white_ink_only_darkens() {
        let accent = derive(&light(Color::hex(0xE10600)));
        assert_eq!(accent.bar, [0xE10600, 0xE10600, 0xBD0500].map(Color::hex));
        assert_eq!(accent.row1, [0xE10600, 0xD80600, 0xC20500].map(Color::hex));
        near(accent.plate[0], 0x820300, 1);
        near(accent.plate[1], 0x650300, 1);
        assert_eq!(accent.numeral, WHITE);
        assert!(accent.pill, "37 degrees from the light theme's fall, and one colour with it to many");
    }

    #[test]
    fn a_fill_that_only_just_carries_ink_gives_up_its_shade_and_not_its_ink() {
        let orange = dark(Color::hex(0xFF7A00));
        holds(&orange);
        let accent = derive(&orange);
        near(accent.row1[2], 0xFF9452, 6);
        assert!(accent.bar[0] != accent.fill, "light is still added above");
        near(accent.numeral, 0xFF9D60, 4);
    }

    #[test]
    fn a_light_brand_gets_a_rim_in_the_light_theme_only() {
        assert!(!derive(&dark(Color::hex(0xFFD400))).rim);
        assert!(derive(&light(Color::hex(0xFFD400))).rim);
    }

    #[test]
    fn brands_near_a_rise_or_a_fall_put_chips_in_a_pill() {
        for (brand, expected) in [
            (0x5CC8FF, true),
            (0x0090D0, true),
            (0xFF7A00, true),
            // Its text is one colour with the rise to some, or with the fall.
            (0x7B2CBF, true),
            (0x00A651, true),
            (0xE10600, true),
            (0x808080, true),
            (0xD4FF3A, false),
        ] {
            assert_eq!(derive(&dark(Color::hex(brand))).pill, expected, "{:?}", Color::hex(brand));
        }
    }

    #[test]
    fn black_white_grey_and_the_primaries_work() {
        for brand in [
            0x000000, 0xFFFFFF, 0x808080, 0x777777, 0x010101, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00, 0x00FFFF,
            0xFF00FF,
        ] {
            holds(&dark(Color::hex(brand)));
            holds(&light(Color::hex(brand)));
        }
    }

    #[test]
    fn a_surface_nothing_reads_on_gets_the_pole() {
        for grey in 0..=255u8 {
            let surface3 = Color([grey, grey, grey, 255]);
            let up = derive(&AccentInput { surface3, ..dark(Color::hex(0xE10600)) });
            assert!(readable(up.text, surface3) || up.text == WHITE);
            let down = derive(&AccentInput { surface3, ..light(Color::hex(0xE10600)) });
            assert!(readable(down.text, surface3) || down.text == BLACK);
        }
    }

    #[test]
    fn alpha_of_the_brand_changes_nothing() {
        let brand = Color::hex(0x00A651);
        assert_eq!(derive(&dark(brand.fade(0.3))), derive(&dark(brand)));
    }

    #[test]
    fn a_thousand_random_brands_stay_readable_in_both_themes() {
        // SplitMix64: the same thousand colours every time.
        let mut state = 0x00F1_00C0_57A1_1E55_u64;
        for _ in 0..1000 {
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut z = state;
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            let [r, g, b, ..] = (z ^ (z >> 31)).to_le_bytes();
            let brand = Color([r, g, b, 255]);
            holds(&dark(brand));
            holds(&light(brand));
        }
    }
}
