//! What has been painted on where: convex polygons, and whether another one lies on any of them.

use smallvec::SmallVec;

use crate::scene::Point;

/// Polygons that reach into each other by less, in pixels, only touch: plates that stand side by side do.
const TOUCH: f32 = 0.01;

/// Convex polygons.
#[derive(Debug, Default)]
pub(super) struct Covers(Vec<Cover>);

#[derive(Debug)]
struct Cover {
    bounds: [f32; 4],
    /// None where the box says all.
    corners: SmallVec<[Point; 6]>,
}

impl Covers {
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Adds a convex polygon.
    pub fn add(&mut self, corners: impl IntoIterator<Item = Point>) {
        let corners: SmallVec<[Point; 6]> = corners.into_iter().collect();
        self.0.push(Cover { bounds: bounds(&corners), corners });
    }

    /// Adds upright boxes x0, y0, x1, y1.
    pub fn add_boxes(&mut self, boxes: impl IntoIterator<Item = [f32; 4]>) {
        self.0.extend(boxes.into_iter().map(|bounds| Cover { bounds, corners: SmallVec::new() }));
    }

    /// Whether a convex polygon lies on one of them.
    pub fn meet(&self, corners: &[Point]) -> bool {
        let own = bounds(corners);
        self.0.iter().any(|cover| {
            let (a, b) = (own, cover.bounds);
            let near = a[0] < b[2] - TOUCH && b[0] < a[2] - TOUCH && a[1] < b[3] - TOUCH && b[1] < a[3] - TOUCH;
            near && !(apart(corners, &cover.corners, b) || apart(&cover.corners, corners, own))
        })
    }
}

/// Whether a side of `a` has all of `b` behind it. Without corners `b` is its box; the sides of a box are known already.
fn apart(a: &[Point], b: &[Point], bounds: [f32; 4]) -> bool {
    let [x0, y0, x1, y1] = bounds;
    let corners = [[x0, y0], [x1, y0], [x1, y1], [x0, y1]];
    let b = if b.is_empty() { &corners } else { b };
    let next = a.iter().cycle().skip(1);
    a.iter().zip(next).any(|(p, q)| {
        let [dx, dy] = [q[0] - p[0], q[1] - p[1]];
        let length = (dx * dx + dy * dy).sqrt();
        if length < TOUCH {
            return false;
        }
        // How far a point is to the right of the side.
        let side = |r: &Point| (dx * (r[1] - p[1]) - dy * (r[0] - p[0])) / length;
        let own = range(a.iter().map(side));
        let other = range(b.iter().map(side));
        other[0] > own[1] - TOUCH || own[0] > other[1] - TOUCH
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

    /// A plate of 40 by 20 that leans by 4, with its foot's left end at `x`.
    fn plate(x: f32) -> [Point; 4] {
        [[x + 4.0, 0.0], [x + 44.0, 0.0], [x + 40.0, 20.0], [x, 20.0]]
    }

    fn covers(of: &[Point]) -> Covers {
        let mut covers = Covers::default();
        covers.add(of.iter().copied());
        covers
    }

    #[test]
    fn leaning_plates_side_by_side_only_touch() {
        assert!(!covers(&plate(0.0)).meet(&plate(40.0)));
        assert!(!covers(&plate(40.0)).meet(&plate(0.0)));
        assert!(!covers(&plate(0.0)).meet(&plate(41.0)), "their boxes meet");
        assert!(covers(&plate(0.0)).meet(&plate(39.5)));
        assert!(covers(&plate(0.0)).meet(&plate(-39.5)));
    }

    #[test]
    fn one_inside_of_the_other_lies_on_it() {
        let small = [[18.0, 8.0], [22.0, 8.0], [22.0, 12.0], [18.0, 12.0]];
        assert!(covers(&plate(0.0)).meet(&small));
        assert!(covers(&small).meet(&plate(0.0)));
        assert!(!covers(&plate(0.0)).meet(&small.map(|[x, y]| [x, y + 12.0])));
    }

    #[test]
    fn boxes_are_polygons_too() {
        let mut covers = Covers::default();
        covers.add_boxes([[0.0, 0.0, 3.0, 10.0]]);
        // Its upper left corner is cut off by the lean.
        assert!(!covers.meet(&plate(1.5)), "{:?}", plate(1.5));
        assert!(covers.meet(&plate(0.0)));
        covers.clear();
        assert!(!covers.meet(&plate(0.0)));
    }
}
