//! Lists the instants of a takeover, in seconds from its start.

pub const SLAB: f64 = 0.12;
pub const AMOUNT: f64 = 0.30;
pub const NAME: f64 = 0.42;
pub const TAG: f64 = 0.52;
pub const CARDS: [f64; 3] = [0.70, 0.825, 0.95];
pub const RANK: f64 = 1.1;
pub const SPEED_END: f64 = 1.2;
pub const SLICE: f64 = 1.6;
