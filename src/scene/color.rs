//! Colours as they go to the screen: sRGB bytes and alpha.

/// sRGB red, green, blue and straight alpha.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Color(pub [u8; 4]);

impl Color {
    /// From `0xRRGGBB`, opaque.
    pub const fn hex(rgb: u32) -> Color {
        Color([(rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8, 255])
    }

    /// From sRGB bytes, opaque.
    pub const fn rgb([r, g, b]: [u8; 3]) -> Color {
        Color([r, g, b, 255])
    }

    /// The same colour with `alpha` from 0 to 1 times its own.
    pub fn fade(self, alpha: f64) -> Color {
        let [r, g, b, a] = self.0;
        Color([r, g, b, nearest(f64::from(a) * alpha.clamp(0.0, 1.0))])
    }

    /// `self` at 0, `other` at 1, straight between in sRGB, as the screen blends.
    pub fn mix(self, other: Color, at: f64) -> Color {
        let at = at.clamp(0.0, 1.0);
        let mut out = [0; 4];
        for (i, o) in out.iter_mut().enumerate() {
            let (a, b) = (f64::from(self.0[i]), f64::from(other.0[i]));
            *o = nearest(a + (b - a) * at);
        }
        Color(out)
    }

    /// As [`mix`](Color::mix), with the transparency of `self`.
    pub fn mix_rgb(self, other: Color, at: f64) -> Color {
        let Color([r, g, b, _]) = self.mix(other, at);
        Color([r, g, b, self.0[3]])
    }

    /// Whether nothing shines through.
    pub fn opaque(self) -> bool {
        self.0[3] == 255
    }
}

/// The nearest byte to a value from 0 to 255. `round` is a call on processors without such an instruction, and colours
/// are mixed for every corner of every picture.
pub(super) fn nearest(value: f64) -> u8 {
    (value + 0.5) as u8
}

impl std::fmt::Debug for Color {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [r, g, b, a] = self.0;
        write!(f, "#{r:02X}{g:02X}{b:02X}")?;
        if a != 255 {
            write!(f, "/{a}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_rounded_to_the_nearest() {
        for tenth in 0..=2550 {
            let value = f64::from(tenth) / 10.0;
            assert_eq!(nearest(value), value.round() as u8, "{value}");
        }
        assert_eq!((nearest(-0.4), nearest(255.4), nearest(f64::NAN)), (0, 255, 0));
    }

    #[test]
    fn the_ends_of_a_mix_are_its_colours() {
        let (a, b) = (Color::hex(0x00_7F_FF), Color::hex(0xFF_80_01).fade(0.5));
        assert_eq!((a.mix(b, 0.0), a.mix(b, 1.0), a.mix(b, 7.0)), (a, b, b));
        assert_eq!(a.mix(b, 0.5), Color([128, 128, 128, 192]));
    }
}
