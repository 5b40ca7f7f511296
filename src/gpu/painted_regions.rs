//! Remembers where translucent shapes were painted, and tells whether a polygon overlaps any of them.

use smallvec::SmallVec;

use crate::scene::{Rect, Vec2};

/// Polygons that overlap by less only touch, as plates side by side do.
const TOUCH_PX: f32 = 0.01;

#[derive(Debug, Default)]
pub(super) struct PaintedRegions(Vec<Region>);

#[derive(Debug)]
struct Region {
    bounds: Rect,
    /// Empty for a region that is its bounding box.
    corners: SmallVec<[Vec2; 6]>,
}

impl PaintedRegions {
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Adds a convex polygon.
    pub fn add(&mut self, corners: impl IntoIterator<Item = Vec2>) {
        let corners: SmallVec<[Vec2; 6]> = corners.into_iter().collect();
        self.0.push(Region { bounds: Rect::around(&corners), corners });
    }

    pub fn add_boxes(&mut self, boxes: impl IntoIterator<Item = Rect>) {
        self.0.extend(boxes.into_iter().map(|bounds| Region { bounds, corners: SmallVec::new() }));
    }

    /// Whether a convex polygon overlaps one of them.
    pub fn overlap(&self, corners: &[Vec2]) -> bool {
        let own = Rect::around(corners);
        self.0.iter().any(|region| {
            let (a, b) = (own, region.bounds);
            let near =
                a.x0 < b.x1 - TOUCH_PX && b.x0 < a.x1 - TOUCH_PX && a.y0 < b.y1 - TOUCH_PX && b.y0 < a.y1 - TOUCH_PX;
            near && !(separated(corners, &region.corners, b) || separated(&region.corners, corners, own))
        })
    }
}

/// Whether a side of `a` separates the two (separating axis theorem). Without corners `b` is its `bounds`; without corners
/// `a` separates nothing, since the bounding boxes were compared before.
fn separated(a: &[Vec2], b: &[Vec2], bounds: Rect) -> bool {
    let corners = bounds.corners();
    let b = if b.is_empty() { &corners } else { b };
    let next = a.iter().cycle().skip(1);
    a.iter().zip(next).any(|(p, q)| {
        let d = *q - *p;
        let length = d.dot(d).sqrt();
        if length < TOUCH_PX {
            return false;
        }
        // How far a point is to the right of the side.
        let side = |r: &Vec2| (d.x * (r.y - p.y) - d.y * (r.x - p.x)) / length;
        let own = range(a.iter().map(side));
        let other = range(b.iter().map(side));
        other[0] > own[1] - TOUCH_PX || own[0] > other[1] - TOUCH_PX
    })
}

fn range(values: impl Iterator<Item = f32>) -> [f32; 2] {
    values.fold([f32::MAX, f32::MIN], |[low, high], v| [low.min(v), high.max(v)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::vec2;

    /// A plate of 40 by 20 that leans by 4; its bottom begins at `x`.
    fn plate(x: f32) -> [Vec2; 4] {
        [vec2(x + 4.0, 0.0), vec2(x + 44.0, 0.0), vec2(x + 40.0, 20.0), vec2(x, 20.0)]
    }

    fn painted(corners: &[Vec2]) -> PaintedRegions {
        let mut regions = PaintedRegions::default();
        regions.add(corners.iter().copied());
        regions
    }

    #[test]
    fn leaning_plates_side_by_side_only_touch() {
        assert!(!painted(&plate(0.0)).overlap(&plate(40.0)));
        assert!(!painted(&plate(40.0)).overlap(&plate(0.0)));
        assert!(!painted(&plate(0.0)).overlap(&plate(41.0)), "their boxes overlap");
        assert!(painted(&plate(0.0)).overlap(&plate(39.5)));
        assert!(painted(&plate(0.0)).overlap(&plate(-39.5)));
    }

    #[test]
    fn one_inside_of_the_other_overlaps_it() {
        let small = Rect::new(18.0, 8.0, 22.0, 12.0).corners();
        assert!(painted(&plate(0.0)).overlap(&small));
        assert!(painted(&small).overlap(&plate(0.0)));
        assert!(!painted(&plate(0.0)).overlap(&small.map(|p| p + vec2(0.0, 12.0))));
    }

    #[test]
    fn boxes_are_polygons_too() {
        let mut regions = PaintedRegions::default();
        regions.add_boxes([Rect::new(0.0, 0.0, 3.0, 10.0)]);
        // Its upper left corner is cut off by the lean.
        assert!(!regions.overlap(&plate(1.5)), "{:?}", plate(1.5));
        assert!(regions.overlap(&plate(0.0)));
        regions.clear();
        assert!(!regions.overlap(&plate(0.0)));
    }
}
