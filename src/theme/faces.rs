//! Says in which two colours faces are printed, and what lights their edge (DESIGN 4, Faces).

use super::contrast::ratio;
use super::{Mode, Theme, WHITE};
use crate::scene::Tone;

/// How much of the brand is in the lights of a face: with more, skin takes its hue, and people look ill.
const BRAND: f64 = 0.04;
/// WCAG ratio between the rim and the ground behind a face.
const RIM_RATIO: f64 = 3.0;
/// Width of the rim, in units.
const REACH: f32 = 4.0;
/// How far the corners of a rectangular photo sink into the dark, of 255.
const VIGNETTE: u8 = 215;

impl Theme {
    /// The print of a face; grey data has grey faces.
    pub fn face(&self) -> Tone {
        let (dark, light) = match self.mode {
            Mode::Dark => (self.photo[2], self.hi),
            Mode::Light => (self.hi, WHITE),
        };
        let grounds = [self.photo[1], self.hero[0]];
        let lit = grounds.iter().all(|ground| ratio(self.accent, *ground) >= RIM_RATIO);
        let rim = if lit { self.accent } else { self.accent_text };
        Tone { dark, light: light.mix(self.accent, BRAND), rim, reach: REACH, vignette: VIGNETTE }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Color;

    #[test]
    fn a_face_keeps_its_features_and_its_rim_with_any_brand() {
        // Every ninth step of red, green and blue.
        let levels = || (0..=255u32).step_by(28);
        for (r, g, b) in levels().flat_map(|r| levels().flat_map(move |g| levels().map(move |b| (r, g, b)))) {
            let brand = Color::hex(r << 16 | g << 8 | b);
            for (mode, grey) in [(Mode::Dark, false), (Mode::Light, false), (Mode::Dark, true), (Mode::Light, true)] {
                let theme = Theme::new(mode, brand, grey);
                let Tone { dark, light, rim, .. } = theme.face();
                assert!(ratio(light, dark) >= 6.0, "{brand:?} {mode:?}: {light:?} on {dark:?}");
                for ground in [theme.photo[1], theme.hero[0]] {
                    assert!(ratio(rim, ground) >= RIM_RATIO, "{brand:?} {mode:?}: rim {rim:?} on {ground:?}");
                }
                if grey {
                    assert_eq!(theme.face(), Theme::new(mode, WHITE, true).face(), "old data wears no brand");
                }
            }
        }
    }
}
