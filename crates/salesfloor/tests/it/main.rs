//! Tests of a floor's figures.

#![expect(clippy::inconsistent_digit_grouping, reason = "cents stand apart")]

mod contests;
mod goals;
mod ledger;
mod ramps;
mod random;
mod scorecards;
mod small;
