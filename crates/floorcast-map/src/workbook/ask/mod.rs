//! Answers other questions of a floor than its board: why a figure is what it is, and what would be if.

mod address;
mod export;
mod what_if;
mod why;

pub use export::{Export, ExportedDeal, export};
pub use what_if::{Card, CardRow, GoalChange, PlaceChange, WhatIfReport, Who, what_if};
pub use why::{Fact, Reason, Reasons, why};
