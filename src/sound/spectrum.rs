//! Measures samples for tests: peak, level, and the power at one frequency.

use super::{RATE, Sound};

/// Everything that is heard.
pub(super) fn all(sound: &Sound) -> Vec<f32> {
    let mut blocks = sound.blocks().unwrap();
    std::iter::from_fn(|| blocks.next()).flatten().collect()
}

pub(super) fn peak(samples: &[f32]) -> f32 {
    samples.iter().fold(0.0, |most, sample| most.max(sample.abs()))
}

/// The root of the mean square.
pub(super) fn level(samples: &[f32]) -> f64 {
    (samples.iter().map(|sample| f64::from(*sample).powi(2)).sum::<f64>() / samples.len() as f64).sqrt()
}

/// The power at a frequency, by Goertzel's filter behind a Hann window.
pub(super) fn power(samples: &[f32], frequency: f64) -> f64 {
    let turn = std::f64::consts::TAU * frequency / f64::from(RATE);
    let (mut one, mut two) = (0.0, 0.0);
    for (n, sample) in samples.iter().enumerate() {
        let window = (std::f64::consts::PI * n as f64 / samples.len() as f64).sin().powi(2);
        let now = f64::from(*sample) * window + 2.0 * turn.cos() * one - two;
        (two, one) = (one, now);
    }
    (one * one + two * two - 2.0 * turn.cos() * one * two) / (samples.len() as f64).powi(2)
}
