//! Words of knock-outs.

/// Words of knock-outs in one language.
#[derive(Debug)]
pub struct Bracket {}

pub(super) const EN: Bracket = Bracket {};

pub(super) const JA: Bracket = Bracket {};
