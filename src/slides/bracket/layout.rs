//! Lays out the seats of a branch: columns that grow with the round, each seat on the middle of the match that feeds
//! it.

use crate::scene::SLANT;

/// Space between two matches of the first round, and between two seats of one.
const GAP: f32 = 22.2;
const SEAM: f32 = 6.0;

/// The place of a seat: left end of the bottom line, top, width with the lean, height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// Left end of the bottom line.
    pub x: f32,
    pub y: f32,
    pub w: f32,
    pub h: f32,
}

impl Spot {
    /// The height of its middle.
    pub fn middle(&self) -> f32 {
        self.y + self.h / 2.0
    }

    /// Between two places: `at` 0 is `self`, 1 is `to`.
    pub fn toward(&self, to: &Spot, at: f32) -> Spot {
        let mix = |a: f32, b: f32| a + (b - a) * at;
        Spot { x: mix(self.x, to.x), y: mix(self.y, to.y), w: mix(self.w, to.w), h: mix(self.h, to.h) }
    }
}

/// The columns of a branch.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// Bottom left corner and width of each column.
    pub columns: Vec<[f32; 2]>,
    top: f32,
    pitch: f32,
}

impl Grid {
    /// The grid of `columns` rounds, the first of which has `matches`.
    pub fn new(portrait: bool, columns: usize, matches: usize) -> Grid {
        let (top, bottom) = if portrait { (822.0, 1690.0) } else { (160.0, 954.6) };
        let columns = match (portrait, columns) {
            (true, 0 | 1) => vec![[54.0, 972.0]],
            (true, _) => vec![[54.0, 520.0], [602.0, 424.0]],
            (false, 0 | 1) => vec![[636.0, 1188.0]],
            (false, 2) => vec![[636.0, 560.0], [1240.0, 584.0]],
            (false, _) => vec![[636.0, 428.0], [1092.0, 384.0], [1504.0, 320.0]],
        };
        Grid { columns, top, pitch: (bottom - top + GAP) / matches.max(1) as f32 }
    }

    /// The middle of a match, between its seats.
    pub fn match_y(&self, level: usize, i: usize) -> f32 {
        // The matches that lead to it in the first column.
        let n = (1 << level.min(4)) as f32;
        self.top - GAP / 2.0 + self.pitch * (i as f32 + 0.5) * n
    }

    /// The place of a seat: the upper (0) or lower (1) of a match.
    pub fn seat(&self, level: usize, i: usize, side: usize) -> Spot {
        let [x, w] = self.columns[level.min(self.columns.len() - 1)];
        if level == 0 {
            // The further apart matches lie, the higher their seats.
            let h = if self.pitch < 300.0 { 88.0 } else { (self.pitch * 0.38).clamp(130.0, 168.0) };
            let y = self.match_y(0, i) + if side == 0 { -h - SEAM / 2.0 } else { SEAM / 2.0 };
            return Spot { x, y, w, h };
        }
        let apart = self.match_y(level - 1, 1) - self.match_y(level - 1, 0);
        let h = if apart > 300.0 { 148.0 } else { 104.0 };
        Spot { x, y: self.match_y(level - 1, 2 * i + side) - h / 2.0, w, h }
    }

    /// The connector from a column to the next: where it leaves a seat, where it turns, where it arrives.
    pub fn connector(&self, level: usize) -> [f32; 3] {
        let [x, w] = self.columns[level];
        let next = self.seat(level + 1, 0, 0);
        let turn = x + w + (next.x - x - w) * 0.22;
        [x + w - 14.0, turn, next.x + next.h * SLANT / 2.0 + 4.0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_lie_where_the_mock_up_has_them() {
        let g = Grid::new(false, 3, 4);
        let near = |a: f32, b: f32| (a - b).abs() < 0.35;
        let spots = [
            (0, 0, 0, 160.0),
            (0, 0, 1, 254.0),
            (0, 3, 1, 866.6),
            (1, 0, 0, 199.0),
            (1, 1, 1, 811.6),
            (2, 0, 1, 687.5),
        ];
        for (level, i, side, y) in spots {
            assert!(near(g.seat(level, i, side).y, y), "{level} {i} {side}: {:?}", g.seat(level, i, side));
        }
        assert!(near(g.match_y(1, 0), 353.1) && near(g.match_y(2, 0), 557.3));
        assert!(
            near(g.connector(0)[0], 1050.0)
                && near(g.connector(0)[1], 1070.2)
                && (g.connector(0)[2] - 1106.0).abs() < 1.5,
            "{:?}",
            g.connector(0)
        );
    }

    #[test]
    fn all_seats_stay_inside_and_apart() {
        for (portrait, bottom) in [(false, 955.0), (true, 1691.0)] {
            for (columns, matches) in [(3, 4), (2, 4), (2, 2)] {
                let g = Grid::new(portrait, columns, matches);
                for level in 0..columns.min(g.columns.len()) {
                    let seats: Vec<Spot> =
                        (0..matches >> level).flat_map(|i| [g.seat(level, i, 0), g.seat(level, i, 1)]).collect();
                    for pair in seats.windows(2) {
                        assert!(pair[1].y >= pair[0].y + pair[0].h + 5.9, "{pair:?}");
                    }
                    let last = seats[seats.len() - 1];
                    assert!(last.y + last.h <= bottom, "{last:?}");
                }
            }
        }
    }
}
