//! Words of strengths maps.

/// Words of strengths maps in one language.
#[derive(Debug)]
pub struct Skills {}

pub(super) const EN: Skills = Skills {};

pub(super) const JA: Skills = Skills {};
