//! Knows the badges that the wall has a sign for, with a word each. The contract's other names count as no badge.

use crate::scene::{Canvas, Color, Vec2, vec2};
use crate::words::Locale;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Badge {
    Star,
    Trophy,
    Medal,
    Rocket,
    Heart,
    Flame,
    Target,
    Team,
    Bolt,
    Idea,
    Cake,
}

/// Names that feeds use for them.
const NAMES: &[(&str, Badge)] = &[
    ("star", Badge::Star),
    ("trophy", Badge::Trophy),
    ("cup", Badge::Trophy),
    ("winner", Badge::Trophy),
    ("medal", Badge::Medal),
    ("podium", Badge::Medal),
    ("rocket", Badge::Rocket),
    ("heart", Badge::Heart),
    ("thanks", Badge::Heart),
    ("fire", Badge::Flame),
    ("flame", Badge::Flame),
    ("streak", Badge::Flame),
    ("target", Badge::Target),
    ("goal", Badge::Target),
    ("team", Badge::Team),
    ("teamwork", Badge::Team),
    ("bolt", Badge::Bolt),
    ("speed", Badge::Bolt),
    ("idea", Badge::Idea),
    ("bulb", Badge::Idea),
    ("birthday", Badge::Cake),
    ("anniversary", Badge::Cake),
    ("welcome", Badge::Cake),
    ("cake", Badge::Cake),
];

impl Badge {
    /// The badge of a name; `None` for one that the wall has no sign for.
    pub fn named(name: &str) -> Option<Badge> {
        let name = name.trim();
        NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, badge)| *badge)
    }

    pub fn word(self, words: &Locale) -> &'static str {
        words.words().recognition.badges[self as usize]
    }

    /// Whether it is given for a contest that was won.
    pub fn is_won(self) -> bool {
        matches!(self, Badge::Trophy | Badge::Medal)
    }

    /// Paints the sign around a point, `s` units high. `hole` is the colour of what it stands on.
    pub fn paint(self, c: &mut Canvas, x: f32, y: f32, s: f32, color: Color, hole: Color) {
        let at = |px: f32, py: f32| vec2(x + px * s, y + py * s);
        let poly = |c: &mut Canvas, points: &[Vec2], color: Color| {
            let points: Vec<Vec2> = points.iter().map(|p| at(p.x, p.y)).collect();
            c.poly(&points, color);
        };
        match self {
            Badge::Star => star(c, x, y, s * 0.54, color),
            Badge::Trophy => {
                ring(c, at(-0.30, -0.22), s * 0.19, s * 0.10, color, hole);
                ring(c, at(0.30, -0.22), s * 0.19, s * 0.10, color, hole);
                poly(
                    c,
                    &[vec2(-0.33, -0.48), vec2(0.33, -0.48), vec2(0.24, 0.02), vec2(0.0, 0.18), vec2(-0.24, 0.02)],
                    color,
                );
                poly(c, &[vec2(-0.07, 0.1), vec2(0.07, 0.1), vec2(0.07, 0.36), vec2(-0.07, 0.36)], color);
                poly(c, &[vec2(-0.26, 0.34), vec2(0.26, 0.34), vec2(0.30, 0.48), vec2(-0.30, 0.48)], color);
            }
            Badge::Medal => {
                poly(c, &[vec2(-0.34, -0.5), vec2(-0.10, -0.5), vec2(0.12, 0.02), vec2(-0.08, 0.08)], color);
                poly(c, &[vec2(0.34, -0.5), vec2(0.10, -0.5), vec2(-0.12, 0.02), vec2(0.08, 0.08)], color);
                c.disc(x, y + 0.18 * s, 0.36 * s, hole);
                c.disc(x, y + 0.18 * s, 0.32 * s, color);
                star(c, x, y + 0.18 * s, s * 0.21, hole);
            }
            Badge::Rocket => {
                poly(
                    c,
                    &[vec2(0.0, -0.52), vec2(0.17, -0.26), vec2(0.19, 0.2), vec2(-0.19, 0.2), vec2(-0.17, -0.26)],
                    color,
                );
                poly(c, &[vec2(0.19, -0.04), vec2(0.36, 0.22), vec2(0.34, 0.36), vec2(0.19, 0.24)], color);
                poly(c, &[vec2(-0.19, -0.04), vec2(-0.36, 0.22), vec2(-0.34, 0.36), vec2(-0.19, 0.24)], color);
                poly(c, &[vec2(-0.12, 0.26), vec2(0.12, 0.26), vec2(0.0, 0.52)], color);
                c.disc(x, y - 0.12 * s, 0.085 * s, hole);
            }
            Badge::Heart => {
                c.disc(x - 0.22 * s, y - 0.16 * s, 0.26 * s, color);
                c.disc(x + 0.22 * s, y - 0.16 * s, 0.26 * s, color);
                poly(c, &[vec2(-0.43, -0.01), vec2(0.0, -0.2), vec2(0.43, -0.01), vec2(0.0, 0.48)], color);
            }
            Badge::Flame => {
                poly(
                    c,
                    &[
                        vec2(0.06, -0.54),
                        vec2(0.30, -0.12),
                        vec2(0.36, 0.16),
                        vec2(0.22, 0.42),
                        vec2(0.0, 0.5),
                        vec2(-0.12, 0.1),
                    ],
                    color,
                );
                poly(
                    c,
                    &[vec2(-0.22, -0.2), vec2(-0.36, 0.14), vec2(-0.24, 0.42), vec2(0.0, 0.5), vec2(0.06, -0.05)],
                    color,
                );
                poly(
                    c,
                    &[vec2(0.02, 0.02), vec2(0.15, 0.24), vec2(0.08, 0.4), vec2(-0.08, 0.4), vec2(-0.14, 0.24)],
                    hole,
                );
            }
            Badge::Target => {
                c.disc(x, y, 0.48 * s, color);
                c.disc(x, y, 0.34 * s, hole);
                c.disc(x, y, 0.21 * s, color);
                c.disc(x, y, 0.08 * s, hole);
            }
            Badge::Team => {
                for dx in [-0.34, 0.34] {
                    c.disc(x + dx * s, y - 0.16 * s, 0.14 * s, color);
                    poly(
                        c,
                        &[vec2(dx - 0.2, 0.38), vec2(dx - 0.14, 0.06), vec2(dx + 0.14, 0.06), vec2(dx + 0.2, 0.38)],
                        color,
                    );
                }
                c.disc(x, y - 0.26 * s, 0.235 * s, hole);
                c.disc(x, y - 0.26 * s, 0.19 * s, color);
                poly(c, &[vec2(-0.33, 0.5), vec2(-0.23, 0.0), vec2(0.23, 0.0), vec2(0.33, 0.5)], hole);
                poly(c, &[vec2(-0.28, 0.48), vec2(-0.19, 0.02), vec2(0.19, 0.02), vec2(0.28, 0.48)], color);
            }
            Badge::Bolt => {
                poly(c, &[vec2(0.16, -0.52), vec2(-0.30, 0.08), vec2(0.02, 0.08)], color);
                poly(c, &[vec2(-0.16, 0.52), vec2(0.30, -0.08), vec2(-0.02, -0.08)], color);
                poly(c, &[vec2(-0.30, 0.08), vec2(0.05, -0.1), vec2(0.30, -0.08), vec2(-0.05, 0.1)], color);
            }
            Badge::Idea => {
                c.disc(x, y - 0.16 * s, 0.33 * s, color);
                poly(c, &[vec2(-0.24, 0.02), vec2(0.24, 0.02), vec2(0.14, 0.24), vec2(-0.14, 0.24)], color);
                poly(c, &[vec2(-0.14, 0.29), vec2(0.14, 0.29), vec2(0.13, 0.37), vec2(-0.13, 0.37)], color);
                poly(c, &[vec2(-0.10, 0.42), vec2(0.10, 0.42), vec2(0.06, 0.5), vec2(-0.06, 0.5)], color);
            }
            Badge::Cake => {
                poly(c, &[vec2(-0.46, 0.12), vec2(0.46, 0.12), vec2(0.46, 0.5), vec2(-0.46, 0.5)], color);
                poly(c, &[vec2(-0.32, -0.14), vec2(0.32, -0.14), vec2(0.32, 0.07), vec2(-0.32, 0.07)], color);
                poly(c, &[vec2(-0.05, -0.34), vec2(0.05, -0.34), vec2(0.05, -0.14), vec2(-0.05, -0.14)], color);
                poly(c, &[vec2(0.0, -0.54), vec2(0.08, -0.4), vec2(0.0, -0.35), vec2(-0.08, -0.4)], color);
            }
        }
    }
}

fn ring(c: &mut Canvas, Vec2 { x, y }: Vec2, r: f32, width: f32, color: Color, hole: Color) {
    c.disc(x, y, r, color);
    c.disc(x, y, r - width, hole);
}

/// A star of five points around a point, `r` units to each.
fn star(c: &mut Canvas, x: f32, y: f32, r: f32, color: Color) {
    let at = |i: usize, r: f32| {
        let a = i as f32 * std::f32::consts::TAU / 10.0 - std::f32::consts::FRAC_PI_2;
        vec2(x + r * a.cos(), y + r * a.sin())
    };
    let inner = r * 0.42;
    for i in 0..5 {
        c.poly(&[at(2 * i, r), at(2 * i + 1, inner), vec2(x, y), at(2 * i + 9, inner)], color);
    }
    // The quarters meet in the middle; this covers their smoothed seams.
    let core: Vec<Vec2> = (0..5).map(|i| at(2 * i + 1, inner)).collect();
    c.poly(&core, color);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_any_case_and_others_are_no_badge() {
        assert_eq!(Badge::named("Star"), Some(Badge::Star));
        assert_eq!(Badge::named(" trophy "), Some(Badge::Trophy));
        assert_eq!(Badge::named("birthday"), Some(Badge::Cake));
        assert_eq!(Badge::named("platinum-elite"), None);
    }
}
