//! Reads numbers, currencies, dates and periods as people write them.

pub(crate) mod currency;
pub(crate) mod date;
mod month;
pub(crate) mod number;
pub(crate) mod period;
pub(crate) mod sign;
