//! Holds a table with what is needed to read its rows.

use super::cell::{Cell, Grid, Row};
use super::header::Header;
use crate::TableSettings;

/// Where and how rows are read.
pub struct Reading<'a> {
    pub grid: &'a Grid,
    pub header: &'a Header,
    pub settings: &'a TableSettings,
    pub tz: &'a str,
    pub date_order: &'a str,
    /// Somebody can be asked what is not clear.
    pub asks: bool,
}

impl Reading<'_> {
    pub(super) fn body(&self) -> impl Iterator<Item = (usize, &Row)> + Clone {
        self.grid.rows.iter().enumerate().skip(self.header.at + 1)
    }

    pub fn cells(&self, column: usize) -> impl Iterator<Item = &Cell> {
        self.body().map(move |(_, row)| row.cell(column))
    }
}
