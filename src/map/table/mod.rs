//! Tables of deals: what a spreadsheet or the export of a CRM says, read so that nothing counts that was not understood.

use super::Note;

/// A table as it was read: rows of cells.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Grid {}

/// What reading the tables of a run brought to light.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Said {
    /// Which rows count and which columns were taken for what, one line each.
    pub summary: Vec<String>,
    /// What is wrong.
    pub notes: Vec<Note>,
}
