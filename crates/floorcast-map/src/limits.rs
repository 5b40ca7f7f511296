//! Lists a map's limits (FEED §6) in one place, so that tests can shorten them.

use std::time::Duration;

/// Address space of the child in bytes.
pub const MEMORY: u64 = 512 << 20;

/// Stack of the child in bytes, out of the same address space.
pub const STACK: u64 = 64 << 20;

/// Seconds of processor time of the child.
pub const CPU_S: u64 = 5;

/// Bytes of all bodies together.
pub const INPUT: usize = 16 << 20;

/// Bytes of a program.
pub const PROGRAM: usize = 256 << 10;

/// Nesting of a JSON body.
pub const DEPTH: usize = 64;

/// Bytes of the board that comes out.
pub const OUTPUT: usize = 1 << 20;

/// Bytes of what is kept of a floor from run to run.
pub const LOOK: usize = 16 << 20;

/// Bytes of records that come out: they are what is in the sources, no board.
pub const RECORDS: usize = 96 << 20;

/// Columns of a table.
pub const COLUMNS: usize = 1_000;

/// Rows of a table.
pub const ROWS: usize = 200_000;

/// Bytes of an answer.
pub fn output(question: &crate::Question) -> usize {
    if *question == crate::Question::Records { RECORDS } else { OUTPUT }
}

/// Notes that are kept.
pub const NOTES: usize = 20;

/// The limits that the parent keeps; the child's own are constants.
#[derive(Debug, Clone)]
pub struct MapLimits {
    /// The child is ended after this.
    pub wall: Duration,
    /// Bytes of all bodies together.
    pub input: usize,
}

impl Default for MapLimits {
    fn default() -> Self {
        MapLimits { wall: Duration::from_secs(10), input: INPUT }
    }
}
