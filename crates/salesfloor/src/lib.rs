//! Facts of a sales floor, and the figures that follow from them.
//!
//! [`facts`] are plain data: people, teams, metrics, activities, goals, contests. [`figures`] computes from facts and an
//! instant: goals with pace and forecast, scorecards, standings, contests, ramps. [`board`] writes figures as a
//! `salesboard/1` document. Nothing here reads a file or a clock; the same facts and the same instant give the same board,
//! byte for byte.
//!
//! Amounts are integers in the minor unit of their metric (`10^-decimals`), so sums are exact. Periods are half-open
//! instants in the floor's time zone.

pub mod board;
pub mod calendar;
pub mod facts;
pub mod figures;
pub mod ledger;
pub mod period;
