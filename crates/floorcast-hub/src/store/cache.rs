//! The floor and its facts as they were made last, kept until something changes.

use std::sync::Arc;

use jiff::Timestamp;
use parking_lot::Mutex;
use salesfloor::facts::Floor;
use salesfloor::ledger::Ledger;

#[derive(Default)]
pub struct FigureCache(pub(in crate::store) Mutex<Option<CachedFigures>>);

/// What boards may show: the figures of everybody, and nobody's targets.
pub(in crate::store) struct CachedFigures {
    pub version: i64,
    pub made: i64,
    /// Facts before it are not held.
    pub first: Timestamp,
    /// The instant of the last look.
    pub seen: i64,
    pub floor: Floor,
    pub ledger: Arc<Ledger>,
}
