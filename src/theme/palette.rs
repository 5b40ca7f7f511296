//! Lists the colours of both themes, and derives from them the forms for old data and for slides that are on for long.

use super::{Mode, Theme, accent};
use crate::scene::Color;

const fn hex(rgb: u32) -> Color {
    Color::hex(rgb)
}

/// A tint that is so far from its brand in OKLab is another colour: salmon for red, olive for yellow.
const STRAYS: f64 = 0.15;

fn strays(tint: Color, brand: Color) -> bool {
    let (a, b) = (super::contrast::oklab(tint), super::contrast::oklab(brand));
    (0..3).map(|i| (a[i] - b[i]).powi(2)).sum::<f64>().sqrt() > STRAYS
}

impl Theme {
    /// The theme of a brand colour; `grey` is its form for data that is too old.
    pub fn new(mode: Mode, brand: Color, grey: bool) -> Theme {
        let base = match mode {
            Mode::Dark => Theme::dark(),
            Mode::Light => Theme::light(),
        };
        let accent = accent::derive(&accent::AccentInput {
            brand,
            surface3: base.row_top[0],
            backdrop: base.bg[1],
            text_pole_is_light: mode == Mode::Dark,
            up: base.up,
            down: base.down,
        });
        let pill = match mode {
            Mode::Dark => base.row[1],
            Mode::Light => hex(0xE2E8F2),
        };
        let theme = Theme {
            row_one: accent.row1,
            plate_one: accent.plate,
            numeral_one: accent.numeral,
            on_one: accent.on,
            // A tint that is no longer the brand's colour says nothing of it: the figure has the ink of all, and the brand its
            // plates and edges.
            accent_text: if strays(accent.text, brand) { base.hi } else { accent.text },
            accent_bar: accent.bar,
            accent: accent.fill,
            rim: accent.rim.then_some(accent.text),
            pill: accent.pill.then_some(pill),
            ..base
        };
        if grey { theme.greyed() } else { theme }
    }

    fn dark() -> Theme {
        let none = hex(0);
        Theme {
            mode: Mode::Dark,
            grey: false,
            muted: false,
            bg: [hex(0x0D1528), hex(0x080C17), hex(0x04060B)],
            glow: hex(0x1E3D72).fade(0.62),
            beam: hex(0x9CC2FF).fade(0.10),
            hatch: hex(0x9CC2FF).fade(0.045),
            row: [hex(0x1A243C), hex(0x101727)],
            row_top: [hex(0x2A395D), hex(0x141D32)],
            row_one: [none; 3],
            lift: [hex(0x1E4F73), hex(0x1D3554), hex(0x1A2944)],
            plate: [hex(0x36456B), hex(0x243151)],
            plate_top: [hex(0xFFFFFF), hex(0xCBD5EA)],
            plate_one: [none; 2],
            numeral: hex(0xF3F6FF),
            numeral_top: hex(0x0B1222),
            up_on_plate: hex(0x0077B8),
            numeral_one: none,
            on_one: none,
            hero: [hex(0x233358), hex(0x131C33), hex(0x0C1222)],
            hero_shine: hex(0x4A6BB5).fade(0.55),
            hero_base: hex(0x05080F).fade(0.55),
            scrim: hex(0x0A1020),
            stripe: hex(0xFFFFFF).fade(0.16),
            steps: [
                [hex(0x95581A), hex(0x74430F)],
                [hex(0x73501F), hex(0x5C3F18)],
                [hex(0x3C4B70), hex(0x2B3858)],
                [hex(0x27557C), hex(0x1D4364)],
                [hex(0x1F6F9C), hex(0x185880)],
            ],
            slot: hex(0x0A101E).fade(0.55),
            chart: [hex(0x1A2540), hex(0x0C1120)],
            axis: hex(0x9CC2FF),
            line_even: hex(0xC9D6F5),
            big: [hex(0x33456F), hex(0x18223C)],
            column: [[hex(0x40558A), hex(0x22315A)], [hex(0x374A7A), hex(0x1F2C52)]],
            column_base: [hex(0x141D33), hex(0x0A101E)],
            photo: [hex(0x2C4072), hex(0x1B294C), hex(0x0D1527)],
            photo_light: [hex(0x7CA2F2).fade(0.70), hex(0x5578C8).fade(0.22)],
            photo_scrim: hex(0x080E1C).fade(0.92),
            card: [hex(0x222E4C), hex(0x131A2C)],
            cell: [hex(0x2A3654), hex(0x131B2E), hex(0x1A2440)],
            flap: [hex(0x1B2439), hex(0x131A2C), hex(0x0B101D), hex(0x0F1626)],
            hi: hex(0xF3F6FF),
            mid: hex(0xB9C4DB),
            low: hex(0x8E9BB8),
            up: hex(0x5CC8FF),
            down: hex(0xFFA63D),
            down_bar: hex(0xFFA63D),
            warn: hex(0xFFD166),
            warn_plate: [hex(0xFFE08F), hex(0xFFD166), hex(0xE3B244)],
            on_warn: hex(0x0B1222),
            bar: hex(0x7286B4),
            segment: [hex(0x8C9FCB), hex(0x6A7EAD)],
            segment_down: [hex(0xFFB75E), hex(0xF09428)],
            way: hex(0xDCE5F8),
            stub: hex(0x3A4768),
            history: hex(0x6F7F9F).fade(0.55),
            track: hex(0x070C17),
            track_footer: hex(0x1C2740),
            marker: [hex(0xFFFFFF), hex(0x05070D)],
            toplight: [hex(0xFFFFFF).fade(0.10), hex(0xFFFFFF).fade(0.30)],
            shadow: [0.75, 0.65],
            row_edge: None,
            accent_text: none,
            accent_bar: [none; 3],
            accent: none,
            rim: None,
            pill: None,
        }
    }

    fn light() -> Theme {
        Theme {
            mode: Mode::Light,
            bg: [hex(0xF6F8FC), hex(0xEEF2F8), hex(0xE2E8F2)],
            glow: hex(0xFFFFFF).fade(0.62),
            beam: hex(0x7E9CCB).fade(0.20),
            hatch: hex(0x5B78A8).fade(0.05),
            row: [hex(0xFFFFFF), hex(0xF4F7FB)],
            row_top: [hex(0xCBD5E6), hex(0xE9EEF6)],
            lift: [hex(0xB5DCF2), hex(0xDCEDF8), hex(0xFFFFFF)],
            plate: [hex(0xCBD5E6), hex(0xB9C6DC)],
            plate_top: [hex(0x22304F), hex(0x0B1222)],
            numeral: hex(0x0B1222),
            numeral_top: hex(0xFFFFFF),
            up_on_plate: hex(0x5CC8FF),
            hero: [hex(0xFFFFFF), hex(0xEDF1F8), hex(0xDFE6F1)],
            hero_shine: hex(0xB9CDEC).fade(0.55),
            hero_base: hex(0xC2CEE2).fade(0.42),
            scrim: hex(0xEDF1F8),
            stripe: hex(0x6F8FC4).fade(0.20),
            steps: [
                [hex(0xF0C083), hex(0xE6AE66)],
                [hex(0xF0CA90), hex(0xECC388)],
                [hex(0xCBD5E6), hex(0xBCC8DC)],
                [hex(0xA0D0EE), hex(0x94C9E8)],
                [hex(0x86C5EA), hex(0x6BB5E0)],
            ],
            slot: hex(0xC9D3E3).fade(0.55),
            chart: [hex(0xFFFFFF), hex(0xEDF1F8)],
            axis: hex(0x4A6AA3),
            line_even: hex(0x3C4A66),
            big: [hex(0xCBD5E6), hex(0xE2E8F2)],
            column: [[hex(0xD7E0EE), hex(0xBECBE0)], [hex(0xDDE4F0), hex(0xC6D1E4)]],
            column_base: [hex(0xAFBDD6), hex(0xA2B2CE)],
            photo: [hex(0xDDE6F4), hex(0xC6D2E6), hex(0xB4C2DA)],
            photo_light: [hex(0xFFFFFF).fade(0.80), hex(0xFFFFFF).fade(0.30)],
            photo_scrim: hex(0xF1F4FA).fade(0.92),
            card: [hex(0xFFFFFF), hex(0xE9EEF6)],
            cell: [hex(0xFFFFFF), hex(0xDFE6F1), hex(0xE9EEF6)],
            flap: [hex(0xFFFFFF), hex(0xF4F7FB), hex(0xDFE6F1), hex(0xE9EEF6)],
            hi: hex(0x0B1222),
            mid: hex(0x3C4A66),
            low: hex(0x586684),
            up: hex(0x00588F),
            down: hex(0x7E4A00),
            down_bar: hex(0xB86E00),
            warn: hex(0x7A5200),
            warn_plate: [hex(0x7A5200); 3],
            on_warn: hex(0xFFFFFF),
            bar: hex(0x6F7F9F),
            segment: [hex(0x8294B8), hex(0x6F7F9F)],
            segment_down: [hex(0xC98524), hex(0xB86E00)],
            way: hex(0x22304F),
            stub: hex(0xA9B6CC),
            history: hex(0x6F7F9F).fade(0.8),
            track: hex(0xD3DBE8),
            track_footer: hex(0xC9D3E3),
            marker: [hex(0x0B1222), hex(0xFFFFFF)],
            toplight: [hex(0xFFFFFF).fade(0.9), hex(0xFFFFFF).fade(0.9)],
            shadow: [0.4, 0.3],
            row_edge: Some(hex(0x8FA0BF).fade(0.42)),
            ..Theme::dark()
        }
    }

    /// No hue left but the warn plate (DESIGN 4, `[stale]`).
    fn greyed(self) -> Theme {
        let base_segment = self.segment;
        let grey = Theme { grey: true, muted: true, rim: None, pill: None, ..self };
        let dark = Theme {
            glow: hex(0x24344F).fade(0.62),
            row_top: [hex(0x2B344A), hex(0x141B2B)],
            row_one: [hex(0x35466F), hex(0x33436A), hex(0x28344F)],
            plate_one: [hex(0xFFFFFF), hex(0xCBD5EA)],
            numeral_one: hex(0x0B1222),
            up_on_plate: hex(0x586684),
            on_one: hex(0xF3F6FF),
            hero: [hex(0x27314A), hex(0x161C2B), hex(0x0E131E)],
            hero_shine: hex(0x5A6784).fade(0.55),
            column: [[hex(0x3A455E), hex(0x222B3E)], [hex(0x333D55), hex(0x1F2738)]],
            photo: [hex(0x36415A), hex(0x222A3D), hex(0x10151F)],
            photo_light: [hex(0x8592AE).fade(0.70), hex(0x5E6B88).fade(0.22)],
            // No hue left: depth, and the signs.
            steps: [
                [hex(0x202A40), hex(0x1A2336)],
                [hex(0x27324C), hex(0x202A40)],
                [hex(0x303C5A), hex(0x27324C)],
                [hex(0x3A476A), hex(0x303C5A)],
                [hex(0x46547A), hex(0x3A476A)],
            ],
            up: hex(0xB9C4DB),
            down: hex(0xB9C4DB),
            down_bar: hex(0xB9C4DB),
            segment_down: base_segment,
            accent_text: hex(0xB9C4DB),
            accent: hex(0x7286B4),
            accent_bar: [hex(0x7286B4), hex(0x7286B4), hex(0x607197)],
            ..grey
        };
        match dark.mode {
            Mode::Dark => dark,
            // The same idea on light ground: the first row stands out by depth alone.
            Mode::Light => Theme {
                glow: hex(0xFFFFFF).fade(0.62),
                row_top: [hex(0xD3DAE6), hex(0xECEFF4)],
                row_one: [hex(0xB4C0D6), hex(0xBAC6DA), hex(0xC6D0E0)],
                plate_one: [hex(0x22304F), hex(0x0B1222)],
                numeral_one: hex(0xFFFFFF),
                up_on_plate: hex(0xB9C4DB),
                on_one: hex(0x0B1222),
                hero: [hex(0xF4F6FA), hex(0xE8ECF3), hex(0xDDE3ED)],
                hero_shine: hex(0xC6D0E0).fade(0.55),
                column: [[hex(0xD8DEE8), hex(0xC3CCDA)], [hex(0xDEE3EC), hex(0xCBD3E0)]],
                photo: [hex(0xE0E5EE), hex(0xCDD5E2), hex(0xBBC5D6)],
                photo_light: [hex(0xFFFFFF).fade(0.80), hex(0xFFFFFF).fade(0.30)],
                steps: [
                    [hex(0xE2E7F0), hex(0xDAE0EB)],
                    [hex(0xD5DCE8), hex(0xCDD5E3)],
                    [hex(0xC8D1E0), hex(0xC0CADB)],
                    [hex(0xBAC5D8), hex(0xB2BED3)],
                    [hex(0xABB8CE), hex(0xA3B1C9)],
                ],
                up: hex(0x3C4A66),
                down: hex(0x3C4A66),
                down_bar: hex(0x3C4A66),
                accent_text: hex(0x3C4A66),
                accent: hex(0x6F7F9F),
                accent_bar: [hex(0x6F7F9F), hex(0x6F7F9F), hex(0x5B6A88)],
                ..dark
            },
        }
    }

    /// The form for a slide that has been on for long: large slabs lose the accent's hue, everything else keeps it
    /// (DESIGN 2, panel care).
    pub fn to_muted(&self) -> Theme {
        let Theme { row_one, plate_one, numeral_one, on_one, .. } = self.clone().greyed();
        Theme { muted: true, row_one, plate_one, numeral_one, on_one, ..self.clone() }
    }
}
