//! Shows a colour as people with a colour blindness see it (DESIGN 2: colour never alone).

use super::contrast::{linear, oklab_of_linear};
use crate::scene::Color;

/// How an eye sees colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vision {
    Normal,
    /// Without the cones for long waves: red is dark.
    Protanopia,
    /// Without those for middle waves; the most frequent one.
    Deuteranopia,
    /// Without those for short waves.
    Tritanopia,
}

/// All of them.
pub const VISIONS: [Vision; 4] = [Vision::Normal, Vision::Protanopia, Vision::Deuteranopia, Vision::Tritanopia];

/// Two colours that differ by this in OKLab are told apart at a glance.
pub const APART: f64 = 0.12;

impl Vision {
    /// Machado, Oliveira and Fernandes 2009, severity 1: what linear sRGB becomes.
    fn matrix(self) -> [[f64; 3]; 3] {
        match self {
            Vision::Normal => [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
            Vision::Protanopia => {
                [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
            }
            Vision::Deuteranopia => {
                [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
            }
            Vision::Tritanopia => {
                [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
            }
        }
    }

    /// OKLab of a colour as this eye sees it.
    fn oklab(self, color: Color) -> [f64; 3] {
        let rgb = linear(color);
        let seen = self.matrix().map(|row| (0..3).map(|i| row[i] * rgb[i]).sum::<f64>().clamp(0.0, 1.0));
        oklab_of_linear(seen)
    }
}

/// How far apart two colours are in OKLab for the eye that tells them apart worst.
pub fn distance(a: Color, b: Color) -> f64 {
    let between = |vision: &Vision| {
        let (a, b) = (vision.oklab(a), vision.oklab(b));
        (0..3).map(|i| (a[i] - b[i]).powi(2)).sum::<f64>().sqrt()
    };
    VISIONS.iter().map(between).fold(f64::MAX, f64::min)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn red_and_green_are_one_colour_to_some_and_blue_and_orange_to_nobody() {
        let [red, green] = [0xC84B31, 0x6E8B2B].map(Color::hex);
        assert!(distance(red, green) < APART, "{}", distance(red, green));
        let [blue, orange] = [0x5CC8FF, 0xFFA63D].map(Color::hex);
        assert!(distance(blue, orange) > 0.2, "{}", distance(blue, orange));
        assert_eq!(distance(blue, blue), 0.0);
    }
}
