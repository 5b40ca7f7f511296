//! Words of recognition.

/// Words of recognition in one language.
#[derive(Debug)]
pub struct Recognition {}

pub(super) const EN: Recognition = Recognition {};

pub(super) const JA: Recognition = Recognition {};
