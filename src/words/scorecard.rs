//! Words of scorecards.

/// Words of scorecards in one language.
#[derive(Debug)]
pub struct Scorecard {}

pub(super) const EN: Scorecard = Scorecard {};

pub(super) const JA: Scorecard = Scorecard {};
