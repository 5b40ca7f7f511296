//! Shares out the width of a strengths map among its columns.

/// Left end of the first cell's bottom line, and the width that all columns share.
pub const CELLS: [f32; 2] = [528.0, 1284.0];
/// A column is at most so wide.
const WIDEST: f32 = 428.0;

/// From column to column; cells are 20 narrower.
pub fn pitch(columns: usize) -> f32 {
    (CELLS[1] / columns.max(1) as f32).min(WIDEST)
}
