//! Words of contests.

/// Words of contests in one language.
#[derive(Debug)]
pub struct Contest {}

pub(super) const EN: Contest = Contest {};

pub(super) const JA: Contest = Contest {};
