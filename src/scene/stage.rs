//! Places design units on the target.

use super::{Vec2, vec2};

/// The design's canvas on a target: 1920u × 1080u, or 1080u × 1920u upright (DESIGN 1).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stage {
    /// Width and height of the target in device pixels.
    pub size: [u32; 2],
    /// Device pixels per design unit.
    pub scale: f32,
    /// Device pixels of the stage's upper left corner.
    pub origin: Vec2,
    /// Width and height of the stage in units.
    pub units: Vec2,
}

/// One of several screens that show a picture together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tile {
    pub columns: u32,
    pub rows: u32,
    /// Counted from 0.
    pub column: u32,
    pub row: u32,
    /// Pixels between two neighbours.
    pub gap: f32,
}

impl Stage {
    /// The stage on a target of `size` pixels, shrunk on every side by `overscan` (a share of it, 0 to 0.08) and moved by
    /// `orbit` units. A target that is wider or taller than the stage has it in its middle.
    pub fn new(size: [u32; 2], overscan: f32, orbit: Vec2) -> Stage {
        let [w, h] = size.map(|s| s.max(1) as f32);
        let units = if w >= h { vec2(1920.0, 1080.0) } else { vec2(1080.0, 1920.0) };
        let shrink = 1.0 - 2.0 * overscan.clamp(0.0, 0.08);
        let scale = (w / units.x).min(h / units.y) * shrink;
        let origin = ((vec2(w, h) - units * scale) * 0.5 + orbit * scale).round();
        Stage { size, scale, origin, units }
    }

    /// Left and right end of what a slide fills (DESIGN 1).
    pub fn sides(&self) -> [f32; 2] {
        if self.portrait() { [54.0, 1026.0] } else { [96.0, 1824.0] }
    }

    /// The part of a stage that one of several screens shows. Each has `size` pixels; between two neighbours there are `gap`
    /// pixels that nobody sees.
    pub fn tile(size: [u32; 2], overscan: f32, orbit: Vec2, tile: Tile) -> Stage {
        let gap = tile.gap.round();
        let whole = |n: u32, side: u32| n * side + (n.saturating_sub(1)) * gap as u32;
        let full = [whole(tile.columns, size[0]), whole(tile.rows, size[1])];
        let stage = Stage::new(full, overscan, orbit);
        let before = |n: u32, side: u32| n as f32 * (side as f32 + gap);
        let corner = vec2(before(tile.column, size[0]), before(tile.row, size[1]));
        Stage { size, origin: stage.origin - corner, ..stage }
    }

    /// Whether the stage stands upright.
    pub fn portrait(&self) -> bool {
        self.units.y > self.units.x
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_targets() {
        let s = Stage::new([1920, 1080], 0.0, Default::default());
        assert_eq!((s.scale, s.origin, s.portrait()), (1.0, vec2(0.0, 0.0), false));
        assert_eq!(Stage::new([3840, 2160], 0.0, Default::default()).scale, 2.0);
        let upright = Stage::new([1080, 1920], 0.0, Default::default());
        assert!(upright.portrait() && upright.scale == 1.0);
        let wide = Stage::new([2560, 1080], 0.0, Default::default());
        assert_eq!((wide.scale, wide.origin), (1.0, vec2(320.0, 0.0)));
        let tile = |column, row| {
            let tile = Tile { columns: 2, rows: 2, column, row, gap: 40.0 };
            Stage::tile([1920, 1080], 0.0, Default::default(), tile)
        };
        let (first, last) = (tile(0, 0), tile(1, 1));
        // 3880 × 2200: the height decides, and the rest is at the sides.
        assert!((first.scale - 2200.0 / 1080.0).abs() < 0.01 || (first.scale - 3880.0 / 1920.0).abs() < 0.01);
        assert_eq!((first.size, first.units), ([1920, 1080], vec2(1920.0, 1080.0)));
        let moved = last.origin - first.origin;
        assert_eq!((moved, last.scale), (vec2(-1960.0, -1120.0), first.scale));
        let small = Stage::new([1920, 1080], 0.05, Default::default());
        assert!((small.scale - 0.9).abs() < 1e-6 && small.origin == vec2(96.0, 54.0));
    }
}
