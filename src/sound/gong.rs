//! Computes a gong: inharmonic partials that bloom and die away, the high ones first.

use std::f64::consts::{LN_10, TAU};

use super::{Blocks, Format, RATE};

/// What one gong is made of.
pub(super) struct Kind {
    /// Of the lowest partial, in Hz.
    pub fundamental: f64,
    /// In which the lowest partial falls by 60 dB.
    pub decay_s: f64,
    /// Until the partials above it are at their full strength.
    pub bloom_s: f64,
    /// More than it ever reaches.
    pub peak: f64,
}

pub(super) const CHIME: Kind = Kind { fundamental: 784.0, decay_s: 1.2, bloom_s: 0.002, peak: 0.3 };
pub(super) const GONG: Kind = Kind { fundamental: 262.0, decay_s: 2.6, bloom_s: 0.01, peak: 0.6 };
/// Speakers of a TV give nothing below 120 Hz.
pub(super) const GREAT_GONG: Kind = Kind { fundamental: 147.0, decay_s: 4.8, bloom_s: 0.06, peak: 0.9 };

/// Of each partial: times the fundamental, how strong, and its share of the time in which that dies away.
const PARTIALS: [(f64, f64, f64); 8] = [
    (1.0, 1.0, 1.0),
    (1.52, 0.5, 0.72),
    (2.03, 0.46, 0.6),
    (2.74, 0.34, 0.48),
    (3.62, 0.24, 0.38),
    (4.47, 0.17, 0.3),
    (5.9, 0.1, 0.22),
    (7.3, 0.06, 0.16),
];

/// The stroke itself takes so long; shorter is a click.
const ATTACK_S: f64 = 0.004;
/// At the end what is left is faded out.
const FADE_S: f64 = 0.05;
const BLOCK: usize = 1024;

/// A tone that turns a little further with each sample and gets weaker.
struct Tone {
    at: [f64; 2],
    turn: [f64; 2],
}

impl Tone {
    fn new(frequency: f64, level: f64, decay_s: f64) -> Tone {
        let rate = f64::from(RATE);
        let (sin, cos) = (TAU * frequency / rate).sin_cos();
        // By 60 dB in that time.
        let weaker = (-3.0 * LN_10 / (decay_s * rate)).exp();
        Tone { at: [level, 0.0], turn: [cos * weaker, sin * weaker] }
    }

    fn next(&mut self) -> f64 {
        let ([re, im], [cos, sin]) = (self.at, self.turn);
        self.at = [re * cos - im * sin, re * sin + im * cos];
        im
    }
}

/// A gong that sounds.
pub(super) struct Gong {
    tones: Vec<Tone>,
    at: usize,
    length: usize,
}

impl Gong {
    pub(super) fn new(kind: &Kind) -> Gong {
        let sum: f64 = PARTIALS.iter().map(|(_, level, _)| level).sum();
        let tones = PARTIALS.iter().enumerate().flat_map(|(i, (times, level, share))| {
            let (frequency, level, decay_s) = (kind.fundamental * times, kind.peak * level / sum, kind.decay_s * share);
            let whole = Tone::new(frequency, level, decay_s);
            // A partial that blooms is itself without one that dies away at once.
            let bloom_s = 1.0 / (1.0 / decay_s + 1.0 / (3.0 * kind.bloom_s));
            let missing = (i > 0).then(|| Tone::new(frequency, -level, bloom_s));
            std::iter::once(whole).chain(missing)
        });
        Gong { tones: tones.collect(), at: 0, length: (kind.decay_s * f64::from(RATE)) as usize }
    }
}

impl Blocks for Gong {
    fn format(&self) -> Format {
        Format { rate: RATE, channels: 1 }
    }

    fn next(&mut self) -> Option<Vec<f32>> {
        let (rate, count) = (f64::from(RATE), BLOCK.min(self.length - self.at));
        let samples = (self.at..self.at + count).map(|n| {
            let (since, left) = (n as f64 / rate, (self.length - n) as f64 / rate);
            let edge = (since / ATTACK_S).min(left / FADE_S).min(1.0);
            (self.tones.iter_mut().map(Tone::next).sum::<f64>() * edge) as f32
        });
        let samples: Vec<f32> = samples.collect();
        self.at += count;
        (count > 0).then_some(samples)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sound::spectrum::{all, power};
    use crate::sound::{RATE, Sound};

    #[test]
    fn each_gong_has_its_pitch_and_dies_away_in_its_time() {
        for (sound, kind) in [(Sound::Chime, CHIME), (Sound::Gong, GONG), (Sound::GreatGong, GREAT_GONG)] {
            let samples = all(&sound);
            let whole = |from_s: f64, to_s: f64| {
                &samples[(from_s * f64::from(RATE)) as usize..(to_s * f64::from(RATE)) as usize]
            };
            let late = whole(0.4 * kind.decay_s, 0.8 * kind.decay_s);
            let at = |times: f64| power(late, kind.fundamental * times);
            assert!(
                [0.5, 0.8, 1.25, 2.0, 3.0].iter().all(|times| at(*times) < 0.1 * at(1.0)),
                "{sound:?}: no clear pitch"
            );
            let early = whole(kind.bloom_s * 3.0, kind.bloom_s * 3.0 + 0.15);
            let bright = PARTIALS[1..5].iter().map(|(times, ..)| power(early, kind.fundamental * times)).sum::<f64>();
            assert!(bright > 0.15 * power(early, kind.fundamental), "{sound:?} is a sine: {bright}");
            // From one window to another the fundamental falls by as many dB as its time says.
            let (a, b) = (0.2 * kind.decay_s, 0.6 * kind.decay_s);
            let window = 0.2 * kind.decay_s;
            let of = |from: f64| 10.0 * power(whole(from, from + window), kind.fundamental).log10();
            let fell = of(a) - of(b);
            assert!((fell - 24.0).abs() < 2.0, "{sound:?}: {fell} dB instead of 24");
        }
    }
}
