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
        Color([r, g, b, (f64::from(a) * alpha.clamp(0.0, 1.0)).round() as u8])
    }

    /// `self` at 0, `other` at 1, straight between in sRGB, as the screen blends.
    pub fn mix(self, other: Color, at: f64) -> Color {
        let at = at.clamp(0.0, 1.0);
        let mut out = [0; 4];
        for (i, o) in out.iter_mut().enumerate() {
            let (a, b) = (f64::from(self.0[i]), f64::from(other.0[i]));
            *o = (a + (b - a) * at).round() as u8;
        }
        Color(out)
    }

    /// Whether nothing shines through.
    pub fn opaque(self) -> bool {
        self.0[3] == 255
    }
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
