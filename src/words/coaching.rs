//! Words of plays of the week.

/// Words of plays of the week in one language.
#[derive(Debug)]
pub struct Coaching {}

pub(super) const EN: Coaching = Coaching {};

pub(super) const JA: Coaching = Coaching {};
