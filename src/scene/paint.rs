//! Lists what shapes are filled with, and the plates that everything on the wall is made of.

use smallvec::{SmallVec, smallvec};

use super::{Color, Vec2};

/// tan 12°: the one angle of the programme (DESIGN 1).
pub const SLANT: f32 = 0.2126;

/// Places of a gradient, 0 to 1 in order, each with its colour.
pub type Stops = SmallVec<[(f32, Color); 4]>;

/// What a shape is filled with. Stops run from 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub enum Paint {
    Flat(Color),
    /// Top to bottom of the shape.
    Down(Stops),
    /// Left to right of the shape.
    Across(Stops),
    /// Between two points in units.
    Between(Vec2, Vec2, Stops),
}

impl Paint {
    /// Top to bottom from one colour to another.
    pub fn down(a: Color, b: Color) -> Paint {
        Paint::Down(smallvec![(0.0, a), (1.0, b)])
    }

    /// Left to right from one colour to another.
    pub fn across(a: Color, b: Color) -> Paint {
        Paint::Across(smallvec![(0.0, a), (1.0, b)])
    }

    /// The same, with `alpha` times its own.
    pub fn fade(self, alpha: f64) -> Paint {
        let fade = |stops: Stops| stops.into_iter().map(|(at, c)| (at, c.fade(alpha))).collect();
        match self {
            Paint::Flat(c) => Paint::Flat(c.fade(alpha)),
            Paint::Down(s) => Paint::Down(fade(s)),
            Paint::Across(s) => Paint::Across(fade(s)),
            Paint::Between(a, b, s) => Paint::Between(a, b, fade(s)),
        }
    }
}

impl From<Color> for Paint {
    fn from(c: Color) -> Paint {
        Paint::Flat(c)
    }
}

/// A plate: a box whose left and right side may lean. `x0` is the left bottom corner, `x1` the right top (DESIGN 1: one angle).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slab {
    /// Left end of the bottom line.
    pub x0: f32,
    pub y0: f32,
    /// Right end of the top line.
    pub x1: f32,
    /// Foot.
    pub y1: f32,
    /// Whether the left side leans.
    pub lean_left: bool,
    /// Whether the right side leans.
    pub lean_right: bool,
}

impl Slab {
    /// An upright box from its corner and size.
    pub fn rect(x: f32, y: f32, w: f32, h: f32) -> Slab {
        Slab { x0: x, y0: y, x1: x + w, y1: y + h, lean_left: false, lean_right: false }
    }

    /// Both sides lean; corner and size of the bounding box.
    pub fn lean(x: f32, y: f32, w: f32, h: f32) -> Slab {
        Slab { lean_left: true, lean_right: true, ..Slab::rect(x, y, w, h) }
    }

    /// Only the left side leans.
    pub fn lean_left(x: f32, y: f32, w: f32, h: f32) -> Slab {
        Slab { lean_left: true, ..Slab::rect(x, y, w, h) }
    }

    /// Only the right side leans.
    pub fn lean_right(x: f32, y: f32, w: f32, h: f32) -> Slab {
        Slab { lean_right: true, ..Slab::rect(x, y, w, h) }
    }
}

/// Where a text hangs on its x.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Begins there.
    Left,
    /// Has its middle there.
    Center,
    /// Ends there.
    Right,
}
