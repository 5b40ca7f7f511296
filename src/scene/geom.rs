//! Points and boxes in device pixels or units, y down.

/// A point or a distance.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Vec2 {
    pub x: f32,
    pub y: f32,
}

/// Short for [`Vec2`]'s fields.
pub const fn vec2(x: f32, y: f32) -> Vec2 {
    Vec2 { x, y }
}

impl Vec2 {
    pub fn length(self) -> f32 {
        self.x.hypot(self.y)
    }

    pub fn is_finite(self) -> bool {
        self.x.is_finite() && self.y.is_finite()
    }

    pub fn dot(self, o: Vec2) -> f32 {
        self.x * o.x + self.y * o.y
    }

    pub fn round(self) -> Vec2 {
        vec2(self.x.round(), self.y.round())
    }
}

impl std::ops::Add for Vec2 {
    type Output = Vec2;

    fn add(self, o: Vec2) -> Vec2 {
        vec2(self.x + o.x, self.y + o.y)
    }
}

impl std::ops::Sub for Vec2 {
    type Output = Vec2;

    fn sub(self, o: Vec2) -> Vec2 {
        vec2(self.x - o.x, self.y - o.y)
    }
}

impl std::ops::Mul<f32> for Vec2 {
    type Output = Vec2;

    fn mul(self, k: f32) -> Vec2 {
        vec2(self.x * k, self.y * k)
    }
}

/// An axis-aligned rectangle; empty when `x1 <= x0` or `y1 <= y0`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    pub x0: f32,
    pub y0: f32,
    pub x1: f32,
    pub y1: f32,
}

impl Rect {
    /// Contains every point, and no rectangle reaches out of it.
    pub const EVERYTHING: Rect = Rect::new(f32::MIN, f32::MIN, f32::MAX, f32::MAX);
    /// Contains nothing: the start of a union.
    pub const NOTHING: Rect = Rect::new(f32::MAX, f32::MAX, f32::MIN, f32::MIN);

    pub const fn new(x0: f32, y0: f32, x1: f32, y1: f32) -> Rect {
        Rect { x0, y0, x1, y1 }
    }

    /// From the top left corner and the size.
    pub const fn sized(x: f32, y: f32, w: f32, h: f32) -> Rect {
        Rect::new(x, y, x + w, y + h)
    }

    /// Left, top, width and height.
    pub fn xywh(self) -> [f32; 4] {
        [self.x0, self.y0, self.width(), self.height()]
    }

    /// The smallest rectangle around points.
    pub fn around(points: &[Vec2]) -> Rect {
        points.iter().fold(Rect::NOTHING, |r, p| r.union(Rect::new(p.x, p.y, p.x, p.y)))
    }

    pub fn width(self) -> f32 {
        self.x1 - self.x0
    }

    pub fn height(self) -> f32 {
        self.y1 - self.y0
    }

    pub fn is_empty(self) -> bool {
        self.x0 >= self.x1 || self.y0 >= self.y1
    }

    pub fn moved(self, by: Vec2) -> Rect {
        Rect::new(self.x0 + by.x, self.y0 + by.y, self.x1 + by.x, self.y1 + by.y)
    }

    /// With every coordinate times `k`.
    pub fn scaled(self, k: f32) -> Rect {
        Rect::new(self.x0 * k, self.y0 * k, self.x1 * k, self.y1 * k)
    }

    /// Clockwise from the top left.
    pub fn corners(self) -> [Vec2; 4] {
        [vec2(self.x0, self.y0), vec2(self.x1, self.y0), vec2(self.x1, self.y1), vec2(self.x0, self.y1)]
    }

    /// The nearest whole pixels.
    pub fn round(self) -> PixelRect {
        let [x0, y0, x1, y1] = [self.x0, self.y0, self.x1, self.y1].map(|v| v.round() as i32);
        PixelRect::new(x0, y0, x1, y1)
    }

    pub fn union(self, o: Rect) -> Rect {
        Rect::new(self.x0.min(o.x0), self.y0.min(o.y0), self.x1.max(o.x1), self.y1.max(o.y1))
    }

    /// The common part; empty when they do not overlap.
    pub fn intersect(self, o: Rect) -> Rect {
        Rect::new(self.x0.max(o.x0), self.y0.max(o.y0), self.x1.min(o.x1), self.y1.min(o.y1))
    }

    /// Whether they have more than an edge in common.
    pub fn overlaps(self, o: Rect) -> bool {
        self.x0 < o.x1 && o.x0 < self.x1 && self.y0 < o.y1 && o.y0 < self.y1
    }

    /// Whether all of `o` lies inside.
    pub fn contains(self, o: Rect) -> bool {
        self.x0 <= o.x0 && self.y0 <= o.y0 && self.x1 >= o.x1 && self.y1 >= o.y1
    }

    /// Grown by so much on the left and right, and at the top and bottom; negative shrinks it.
    pub fn expand(self, dx: f32, dy: f32) -> Rect {
        Rect::new(self.x0 - dx, self.y0 - dy, self.x1 + dx, self.y1 + dy)
    }
}

/// A box of whole device pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PixelRect {
    pub x0: i32,
    pub y0: i32,
    pub x1: i32,
    pub y1: i32,
}

impl PixelRect {
    pub const fn new(x0: i32, y0: i32, x1: i32, y1: i32) -> PixelRect {
        PixelRect { x0, y0, x1, y1 }
    }

    pub fn is_empty(self) -> bool {
        self.x0 >= self.x1 || self.y0 >= self.y1
    }

    /// The common part; empty when they do not overlap.
    pub fn intersect(self, o: PixelRect) -> PixelRect {
        PixelRect::new(self.x0.max(o.x0), self.y0.max(o.y0), self.x1.min(o.x1), self.y1.min(o.y1))
    }

    pub fn to_rect(self) -> Rect {
        Rect::new(self.x0 as f32, self.y0 as f32, self.x1 as f32, self.y1 as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Rect = Rect::new(0.0, 0.0, 10.0, 20.0);

    #[test]
    fn rectangles_that_share_an_edge_do_not_overlap() {
        assert!(!A.overlaps(Rect::new(10.0, 0.0, 12.0, 20.0)));
        assert!(A.overlaps(Rect::new(9.9, 19.0, 12.0, 30.0)));
        assert!(A.intersect(Rect::new(10.0, 0.0, 12.0, 20.0)).is_empty());
        assert_eq!(A.intersect(Rect::new(5.0, -5.0, 12.0, 8.0)), Rect::new(5.0, 0.0, 10.0, 8.0));
    }

    #[test]
    fn a_union_is_the_smallest_around_both() {
        assert_eq!(A.union(Rect::NOTHING), A);
        assert_eq!(A.union(Rect::new(-1.0, 5.0, 3.0, 25.0)), Rect::new(-1.0, 0.0, 10.0, 25.0));
        assert_eq!(Rect::around(&A.corners()), A);
        assert!(Rect::around(&[]).is_empty());
        assert!(Rect::EVERYTHING.contains(A) && A.contains(A) && !A.contains(A.expand(0.0, 1.0)));
    }

    #[test]
    fn points_are_added_and_scaled() {
        assert_eq!((vec2(1.0, 2.0) + vec2(3.0, 4.0) - vec2(0.0, 1.0)) * 2.0, vec2(8.0, 10.0));
        assert_eq!(vec2(3.0, -4.0).length(), 5.0);
    }
}
