//! Words of goals.

/// Words of goals in one language.
#[derive(Debug)]
pub struct Goals {}

pub(super) const EN: Goals = Goals {};

pub(super) const JA: Goals = Goals {};
