//! Remembers where translucent shapes were painted, and tells whether a polygon overlaps any of them.

use smallvec::SmallVec;

use crate::scene::Point;

/// Polygons that overlap by less only touch, as plates side by side do.
const TOUCH_PX: f32 = 0.01;

#[derive(Debug, Default)]
pub(super) struct PaintedRegions(Vec<Region>);

#[derive(Debug)]
struct Region {
    bounds: [f32; 4],
    /// Empty for a region that is its bounding box.
    corners: SmallVec<[Point; 6]>,
}

impl PaintedRegions {
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Adds a convex polygon.
    pub fn add(&mut self, corners: impl IntoIterator<Item = Point>) {
        let corners: SmallVec<[Point; 6]> = corners.into_iter().collect();
        self.0.push(Region { bounds: bounds(&corners), corners });
    }

    /// Adds boxes x0, y0, x1, y1.
    pub fn add_boxes(&mut self, boxes: impl IntoIterator<Item = [f32; 4]>) {
        self.0.extend(boxes.into_iter().map(|bounds| Region { bounds, corners: SmallVec::new() }));
    }

    /// Whether a convex polygon overlaps one of them.
    pub fn overlap(&self, corners: &[Point]) -> bool {
        let own = bounds(corners);
        self.0.iter().any(|region| {
            let (a, b) = (own, region.bounds);
            let near =
                a[0] < b[2] - TOUCH_PX && b[0] < a[2] - TOUCH_PX && a[1] < b[3] - TOUCH_PX && b[1] < a[3] - TOUCH_PX;
            near && !(separated(corners, &region.corners, b) || separated(&region.corners, corners, own))
        })
    }
}

/// Whether a side of `a` separates the two (separating axis theorem). Without corners `b` is its `bounds`; without corners
/// `a` separates nothing, since the bounding boxes were compared before.
fn separated(a: &[Point], b: &[Point], bounds: [f32; 4]) -> bool {
    let [x0, y0, x1, y1] = bounds;
    let corners = [[x0, y0], [x1, y0], [x1, y1], [x0, y1]];
    let b = if b.is_empty() { &corners } else { b };
    let next = a.iter().cycle().skip(1);
    a.iter().zip(next).any(|(p, q)| {
        let [dx, dy] = [q[0] - p[0], q[1] - p[1]];
        let length = (dx * dx + dy * dy).sqrt();
        if length < TOUCH_PX {
            return false;
        }
        // How far a point is to the right of the side.
        let side = |r: &Point| (dx * (r[1] - p[1]) - dy * (r[0] - p[0])) / length;
        let own = range(a.iter().map(side));
        let other = range(b.iter().map(side));
        other[0] > own[1] - TOUCH_PX || own[0] > other[1] - TOUCH_PX
    })
}

fn range(values: impl Iterator<Item = f32>) -> [f32; 2] {
    values.fold([f32::MAX, f32::MIN], |[low, high], v| [low.min(v), high.max(v)])
}

fn bounds(points: &[Point]) -> [f32; 4] {
    points.iter().fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |b, p| {
        [b[0].min(p[0]), b[1].min(p[1]), b[2].max(p[0]), b[3].max(p[1])]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A plate of 40 by 20 that leans by 4; its bottom begins at `x`.
    fn plate(x: f32) -> [Point; 4] {
        [[x + 4.0, 0.0], [x + 44.0, 0.0], [x + 40.0, 20.0], [x, 20.0]]
    }

    fn painted(corners: &[Point]) -> PaintedRegions {
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
        let small = [[18.0, 8.0], [22.0, 8.0], [22.0, 12.0], [18.0, 12.0]];
        assert!(painted(&plate(0.0)).overlap(&small));
        assert!(painted(&small).overlap(&plate(0.0)));
        assert!(!painted(&plate(0.0)).overlap(&small.map(|[x, y]| [x, y + 12.0])));
    }

    #[test]
    fn boxes_are_polygons_too() {
        let mut regions = PaintedRegions::default();
        regions.add_boxes([[0.0, 0.0, 3.0, 10.0]]);
        // Its upper left corner is cut off by the lean.
        assert!(!regions.overlap(&plate(1.5)), "{:?}", plate(1.5));
        assert!(regions.overlap(&plate(0.0)));
        regions.clear();
        assert!(!regions.overlap(&plate(0.0)));
    }
}
