//! Lays out a strengths map (DESIGN 6.7), in units.

use super::grid::{CELLS, pitch};
use super::model::SkillsModel;
use crate::scene::SLANT;

/// So far a cell may lean to the right without leaving the body.
const LEAN: f32 = 32.0;
/// From person to person where there are many.
const REP: f32 = 56.2;
/// Team lines and people are at most so far apart, however few there are.
const MAX_PITCH: [f32; 2] = [250.0, 92.0];
/// Foot of the body.
const FOOT: f32 = 955.8;

/// How many people the body is shared out for.
pub fn people(m: &SkillsModel) -> f32 {
    m.reps.len().min(10) as f32
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
    /// The layout of a map at rest.
    pub fn new(m: &SkillsModel) -> Layout {
        Layout::around(m, people(m))
    }

    /// The layout with room for so many people: a fraction while people come or go.
    pub fn around(m: &SkillsModel, people: f32) -> Layout {
        let teams = m.teams.len().clamp(1, 6);
        let before = if m.before { BEFORE_H } else { 0.0 };
        let free = FOOT - TEAM_Y - 10.0 - before;
        // Few lines and few people share the body out.
        let (team, rep) = if m.teams.is_empty() {
            // Nothing is known of a team: its people begin under the heads.
            ([-14.0, 118.0, 84.0], ((free + 10.0) / people.max(1.0)).clamp(REP, MAX_PITCH[1]))
        } else if teams == 1 {
            ([118.0, 118.0, 84.0], ((free - 118.0) / people.max(1.0)).clamp(REP, MAX_PITCH[1]))
        } else {
            let rep = (REP * free / (96.0 * teams as f32 + REP * people)).clamp(REP, MAX_PITCH[1]);
            let pitch = ((free - rep * people) / teams as f32).clamp(96.0, MAX_PITCH[0]);
            ([pitch - 8.0, pitch, (64.0 * pitch / 96.0).min(140.0)], rep)
        };
        let before_y = TEAM_Y + team[1] * (teams - 1) as f32 + team[0];
        let top = before_y + 14.0 + before;
        let reps = ((FOOT - top + 4.2) / rep).floor() as usize;
        // High cells lean further: the last one still ends with the body.
        let over = ((team[0] - 16.0) * SLANT - LEAN).max(0.0) / m.columns.len().max(1) as f32;
        Layout { pitch: pitch(m.columns.len()) - over, team, teams, before_y, rep: [top, rep, rep - 4.2], reps }
    }

    /// Bottom left corner of a column's cells; `at` is its place, fractions lie between.
    pub fn x(&self, at: f64) -> f32 {
        CELLS[0] + self.pitch * at as f32
    }

    /// Width of a cell without its lean.
    pub fn cell(&self) -> f32 {
        self.pitch - 20.0
    }

    /// How much larger what stands on a person's plate is than where there are many.
    pub fn grown(&self) -> f32 {
        self.rep[1] / REP
    }

    /// How many pages the map fills.
    pub fn pages(&self, m: &SkillsModel) -> usize {
        if m.teams.len() > 1 {
            m.teams.len().div_ceil(self.teams)
        } else {
            m.reps.len().div_ceil(self.reps.max(1)).max(1)
        }
    }
}
