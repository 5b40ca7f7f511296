//! Computes a fanfare: five short notes and a chord, with the overtones of brass.

use std::f64::consts::TAU;

use super::{Blocks, Format, RATE};

/// Begin and length in seconds, and the pitches in Hz that sound together.
const NOTES: [(f64, f64, &[f64]); 6] = [
    (0.0, 0.12, &[G4]),
    (0.14, 0.12, &[G4]),
    (0.28, 0.12, &[G4]),
    (0.42, 0.4, &[C5]),
    (0.86, 0.2, &[G4]),
    (1.1, 1.5, &[C5, E5, G5]),
];
const G4: f64 = 391.995;
const C5: f64 = 523.251;
const E5: f64 = 659.255;
const G5: f64 = 783.991;

const OVERTONES: u32 = 6;
const ATTACK_S: f64 = 0.015;
const RELEASE_S: f64 = 0.12;
/// More than it ever reaches.
const PEAK: f64 = 0.7;
const BLOCK: usize = 1024;

/// A fanfare that sounds.
pub(super) struct Fanfare {
    at: usize,
    length: usize,
}

impl Fanfare {
    pub(super) fn new() -> Fanfare {
        let end = NOTES.iter().map(|(begin, length, _)| begin + length).fold(0.0, f64::max);
        Fanfare { at: 0, length: (end * f64::from(RATE)) as usize }
    }
}

/// All notes at an instant.
fn sample(t: f64) -> f64 {
    let sum: f64 = (1..=OVERTONES).map(|n| 1.0 / f64::from(n)).sum();
    let note = |(begin, length, pitches): &(f64, f64, &[f64])| {
        let (since, left) = (t - begin, begin + length - t);
        if since < 0.0 || left < 0.0 {
            return 0.0;
        }
        let edge = (since / ATTACK_S).min(left / RELEASE_S.min(length / 2.0)).min(1.0);
        // Brass gets brighter as it gets louder.
        let bright = (since / (4.0 * ATTACK_S)).min(1.0);
        let overtone = |pitch: f64, n: u32| {
            let level = if n == 1 { 1.0 } else { bright / f64::from(n) };
            level * (TAU * pitch * f64::from(n) * since).sin()
        };
        let tone = |pitch: &f64| (1..=OVERTONES).map(|n| overtone(*pitch, n)).sum::<f64>();
        edge * pitches.iter().map(tone).sum::<f64>() / (sum * (pitches.len() as f64).sqrt())
    };
    // Three pitches together reach further than one.
    PEAK / 3f64.sqrt() * NOTES.iter().map(note).sum::<f64>()
}

impl Blocks for Fanfare {
    fn format(&self) -> Format {
        Format { rate: RATE, channels: 1 }
    }

    fn next(&mut self) -> Option<Vec<f32>> {
        let count = BLOCK.min(self.length - self.at);
        let samples = (self.at..self.at + count).map(|n| sample(n as f64 / f64::from(RATE)) as f32).collect();
        self.at += count;
        (count > 0).then_some(samples)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sound::Sound;
    use crate::sound::spectrum::{all, power};

    #[test]
    fn it_rises_to_a_chord() {
        let samples = all(&Sound::Fanfare);
        let heard = |from_s: f64, to_s: f64, pitch: f64| {
            power(&samples[(from_s * f64::from(RATE)) as usize..(to_s * f64::from(RATE)) as usize], pitch)
        };
        let begins = [G4, C5].map(|pitch| heard(0.02, 0.11, pitch));
        assert!(begins[0] > 20.0 * begins[1], "{begins:?}");
        let chord = [C5, E5, G5, G4, 600.0, 700.0].map(|pitch| heard(1.3, 2.3, pitch));
        let least = chord[..3].iter().copied().fold(f64::MAX, f64::min);
        assert!(chord[3..].iter().all(|other| *other < 0.05 * least), "{chord:?}");
    }
}
