//! Where the parts of a strengths map lie (DESIGN 6.7), in units.

use super::model::Model;

/// Left foot of the first cell, and the width that all columns share.
const CELLS: [f32; 2] = [528.0, 1284.0];
/// A column is at most so wide.
const WIDEST: f32 = 428.0;
/// Foot of the body.
const FOOT: f32 = 955.8;

/// From column to column; cells are 20 narrower.
pub fn pitch(columns: usize) -> f32 {
    (CELLS[1] / columns.max(1) as f32).min(WIDEST)
}

/// Where team lines and people lie on a wide stage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Layout {
    /// From column to column.
    pub pitch: f32,
    /// Height of a team line, pitch of team lines, size of their figures.
    pub team: [f32; 3],
    /// Team lines on a page.
    pub teams: usize,
    /// Top of the line with the means before.
    pub before_y: f32,
    /// Top of the first person, pitch and height of the plate.
    pub rep: [f32; 3],
    /// People on a page.
    pub reps: usize,
}

/// Top of the first team line.
pub const TEAM_Y: f32 = 266.0;
/// Height of the line with the means before.
pub const BEFORE_H: f32 = 52.0;

impl Layout {
    /// The layout of a map.
    pub fn new(m: &Model) -> Layout {
        let teams = m.teams.len().clamp(1, 6);
        let team = if teams == 1 {
            [118.0, 118.0, 84.0]
        } else {
            // Few lines and few people share the body out.
            let free = FOOT - TEAM_Y - 10.0 - 56.2 * m.reps.len().min(10) as f32;
            let pitch = (free / teams as f32).clamp(96.0, 150.0);
            [pitch - 8.0, pitch, (64.0 * pitch / 96.0).min(92.0)]
        };
        let before_y = TEAM_Y + team[1] * (teams - 1) as f32 + team[0];
        let top = before_y + 14.0 + if m.before { BEFORE_H } else { 0.0 };
        let reps = ((FOOT - top + 4.2) / 56.2).floor() as usize;
        Layout { pitch: pitch(m.columns.len()), team, teams, before_y, rep: [top, 56.2, 52.0], reps }
    }

    /// Left foot of a column's cells; `at` is its place, fractions lie between.
    pub fn x(&self, at: f64) -> f32 {
        CELLS[0] + self.pitch * at as f32
    }

    /// Width of a cell without its lean.
    pub fn cell(&self) -> f32 {
        self.pitch - 20.0
    }

    /// How many pages the map fills.
    pub fn pages(&self, m: &Model) -> usize {
        if m.teams.len() > 1 {
            m.teams.len().div_ceil(self.teams)
        } else {
            m.reps.len().div_ceil(self.reps.max(1)).max(1)
        }
    }
}
