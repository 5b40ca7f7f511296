//! Words of takeovers and lower thirds.

/// Words of takeovers and lower thirds in one language.
#[derive(Debug)]
pub struct Celebration {}

pub(super) const EN: Celebration = Celebration {};

pub(super) const JA: Celebration = Celebration {};
