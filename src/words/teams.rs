//! Words of team rankings.

/// Words of team rankings in one language.
#[derive(Debug)]
pub struct Teams {}

pub(super) const EN: Teams = Teams {};

pub(super) const JA: Teams = Teams {};
