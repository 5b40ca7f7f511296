//! Says how faces are lit: in which colour their edge, and what the corners of a photo sink into (DESIGN 4, Faces).

use super::contrast::ratio;
use super::{Mode, Theme};
use crate::scene::Tone;

/// WCAG ratio between the rim and the ground behind a face.
const RIM_RATIO: f64 = 3.0;
/// Width of the rim, in units.
const REACH: f32 = 4.0;
/// How far the corners of a rectangular photo sink, of 255: into dark ground further than into light, where they would fade.
const VIGNETTE: [u8; 2] = [215, 120];

impl Theme {
    /// The light on a face; grey data has grey faces.
    pub fn face(&self) -> Tone {
        let vignette = VIGNETTE[usize::from(self.mode == Mode::Light)];
        let grounds = [self.photo[1], self.hero[0]];
        let lit = grounds.iter().all(|ground| ratio(self.accent, *ground) >= RIM_RATIO);
        let rim = if lit { self.accent } else { self.accent_text };
        Tone { ground: self.photo[2], rim, reach: REACH, vignette, chroma: if self.grey { 0 } else { 255 } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Color;
    use crate::theme::WHITE;

    #[test]
    fn a_rim_is_seen_with_any_brand_and_grey_data_has_grey_faces() {
        // Every ninth step of red, green and blue.
        let levels = || (0..=255u32).step_by(28);
        for (r, g, b) in levels().flat_map(|r| levels().flat_map(move |g| levels().map(move |b| (r, g, b)))) {
            let brand = Color::hex(r << 16 | g << 8 | b);
            for (mode, grey) in [(Mode::Dark, false), (Mode::Light, false), (Mode::Dark, true), (Mode::Light, true)] {
                let theme = Theme::new(mode, brand, grey);
                let Tone { rim, chroma, .. } = theme.face();
                for ground in [theme.photo[1], theme.hero[0]] {
                    assert!(ratio(rim, ground) >= RIM_RATIO, "{brand:?} {mode:?}: rim {rim:?} on {ground:?}");
                }
                assert_eq!(chroma, if grey { 0 } else { 255 });
                if grey {
                    assert_eq!(theme.face(), Theme::new(mode, WHITE, true).face(), "old data wears no brand");
                }
            }
        }
    }
}
