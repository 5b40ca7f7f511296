//! Draws an address as a QR code for phones: black on white in every theme, with the quiet zone that readers need.

use qrcode::{Color as Module, EcLevel, QrCode};

use crate::scene::{Canvas, Color, Slab, vec2};
use crate::theme::{BLACK, WHITE};

/// Modules of white on each side.
const QUIET: f32 = 4.0;
/// Radius of the card's corners.
const CORNER: f32 = 16.0;

/// The modules of a code.
#[derive(Debug, Clone, PartialEq)]
pub struct Qr {
    /// Row by row: dark or not.
    dark: Vec<bool>,
    modules: usize,
}

impl Qr {
    /// The code of an address; nothing where it is longer than a code can hold.
    pub fn of(url: &str) -> Option<Qr> {
        // In capitals the alphanumeric mode keeps the modules large; scheme and host are case-blind, but a path is not.
        let text = if path_has_case(url) { url.to_owned() } else { url.to_uppercase() };
        let code = QrCode::with_error_correction_level(&text, EcLevel::M).ok()?;
        let dark = code.to_colors().into_iter().map(|module| module == Module::Dark).collect();
        Some(Qr { dark, modules: code.width() })
    }

    /// The white card with the code on it.
    pub fn paint(&self, c: &mut Canvas, x: f32, y: f32, side: f32) {
        card(c, x, y, side, WHITE);
        let n = self.modules;
        let module = (side / (n as f32 + 2.0 * QUIET)).floor();
        let start = ((side - module * n as f32) / 2.0).round();
        for (row, modules) in self.dark.chunks(n).enumerate() {
            let top = y + start + module * row as f32;
            let mut column = 0;
            for run in modules.chunk_by(|a, b| a == b) {
                if run[0] {
                    let left = x + start + module * column as f32;
                    c.slab(Slab::rect(left, top, module * run.len() as f32, module), BLACK);
                }
                column += run.len();
            }
        }
    }
}

/// An address without scheme and last slash.
pub fn bare(url: &str) -> &str {
    url.split_once("://").map_or(url, |(_, rest)| rest).trim_end_matches('/')
}

/// Whether an address has a path whose case counts.
pub fn path_has_case(url: &str) -> bool {
    let rest = bare(url);
    rest.find('/').is_some_and(|i| rest[i..].chars().any(char::is_lowercase))
}

/// A square with rounded corners.
fn card(c: &mut Canvas, x: f32, y: f32, side: f32, color: Color) {
    let r = CORNER;
    let mut points = Vec::new();
    for (cx, cy, from) in [
        (x + side - r, y + r, -90.0f32),
        (x + side - r, y + side - r, 0.0),
        (x + r, y + side - r, 90.0),
        (x + r, y + r, 180.0),
    ] {
        for step in 0..=5 {
            let a = (from + 18.0 * step as f32).to_radians();
            points.push(vec2(cx + r * a.cos(), cy + r * a.sin()));
        }
    }
    c.poly(&points, color);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The settings and the contract take no longer address.
    #[test]
    fn the_longest_address_has_modules_that_a_phone_can_read() {
        let url = format!("https://hub.example/{}", "a".repeat(193));
        assert_eq!((url.len(), Qr::of(&url).unwrap().modules), (213, 57), "seven units each on a card of 476");
    }

    #[test]
    fn an_address_whose_case_does_not_count_has_large_modules() {
        assert_eq!(Qr::of("http://192.168.20.41:8271/PAIR/BCDFGH").unwrap().modules, 25);
        assert!(Qr::of("http://192.168.20.41:8271/pair/bcdfgh").unwrap().modules > 25);
        assert!(!path_has_case("http://192.168.20.41:8080/") && path_has_case("https://hub.example/s/Ab"));
        assert!(!path_has_case("HTTP://HUB.EXAMPLE/S/AB7"));
    }
}
