//! The stage: where design units lie on the target.

/// The design's canvas on a target: 1920u × 1080u, or 1080u × 1920u upright (DESIGN 1).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stage {
    /// Width and height of the target in device pixels.
    pub size: [u32; 2],
    /// Device pixels per design unit.
    pub scale: f32,
    /// Device pixels of the stage's upper left corner.
    pub origin: [f32; 2],
    /// Width and height of the stage in units.
    pub units: [f32; 2],
}

impl Stage {
    /// The stage on a target of `size` pixels, shrunk on every side by `overscan` (a share of it, 0 to 0.08) and moved by
    /// `orbit` units. A target that is wider or taller than the stage has it in its middle.
    pub fn new(size: [u32; 2], overscan: f32, orbit: [f32; 2]) -> Stage {
        let [w, h] = size.map(|s| s.max(1) as f32);
        let units = if w >= h { [1920.0, 1080.0] } else { [1080.0, 1920.0] };
        let shrink = 1.0 - 2.0 * overscan.clamp(0.0, 0.08);
        let scale = (w / units[0]).min(h / units[1]) * shrink;
        let origin = [
            ((w - units[0] * scale) / 2.0 + orbit[0] * scale).round(),
            ((h - units[1] * scale) / 2.0 + orbit[1] * scale).round(),
        ];
        Stage { size, scale, origin, units }
    }

    /// Whether the stage stands upright.
    pub fn portrait(&self) -> bool {
        self.units[1] > self.units[0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_targets() {
        let s = Stage::new([1920, 1080], 0.0, [0.0; 2]);
        assert_eq!((s.scale, s.origin, s.portrait()), (1.0, [0.0, 0.0], false));
        assert_eq!(Stage::new([3840, 2160], 0.0, [0.0; 2]).scale, 2.0);
        let upright = Stage::new([1080, 1920], 0.0, [0.0; 2]);
        assert!(upright.portrait() && upright.scale == 1.0);
        let wide = Stage::new([2560, 1080], 0.0, [0.0; 2]);
        assert_eq!((wide.scale, wide.origin), (1.0, [320.0, 0.0]));
        let small = Stage::new([1920, 1080], 0.05, [0.0; 2]);
        assert!((small.scale - 0.9).abs() < 1e-6 && small.origin == [96.0, 54.0]);
    }
}
