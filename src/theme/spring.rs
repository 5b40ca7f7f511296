//! Lists the springs (DESIGN 5).

use crate::motion::{Curve, Spring};

/// A rank change of at most four places.
pub const MOVE: Spring = Spring { k: 90.0, c: 19.0 };
/// A longer one.
pub const MOVE_FAR: Spring = Spring { k: 50.0, c: 14.1 };
/// A climb to another page, under which the tower scrolls.
pub const CLIMB: Spring = Spring { k: 18.0, c: 8.5 };
/// Digits and bars.
pub const ROLL: Spring = Spring { k: 60.0, c: 15.5 };
/// Chips and lifts; the only one that overshoots.
pub const POP: Spring = Spring { k: 300.0, c: 24.0 };
/// Wipes.
pub const SLAB: Spring = Spring { k: 210.0, c: 27.0 };

/// The curve of a spring; with reduced motion a cut.
pub fn curve(spring: Spring, reduced: bool) -> Curve {
    if reduced { Curve::Cut } else { Curve::Spring(spring) }
}
