//! Tests of a floor's figures.

#![expect(clippy::inconsistent_digit_grouping, reason = "cents stand apart")]

mod celebrations;
mod contests;
mod goals;
mod ledger;
mod membership;
mod oracle;
mod ramps;
mod random;
mod scorecards;
mod small;
mod today;
