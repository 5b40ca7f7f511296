//! Words of onboarding ramps.

/// Words of onboarding ramps in one language.
#[derive(Debug)]
pub struct Ramp {}

pub(super) const EN: Ramp = Ramp {};

pub(super) const JA: Ramp = Ramp {};
