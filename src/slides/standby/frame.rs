//! Lays out the error picture (DESIGN 6.12), with a sentence and without.

use crate::scene::{Canvas, Vec2, vec2};

/// Where things lie, in units.
pub(super) struct Frame {
    /// Top, height and right end of the slab.
    pub y: f32,
    pub h: f32,
    pub right: f32,
    /// Where its texts begin.
    pub text_x: f32,
    /// Largest size of the headline, and its baselines.
    pub size: f32,
    pub lines: [f32; 2],
    /// First baseline and width of the sentence.
    pub detail: Option<[f32; 2]>,
    /// Corner of the countdown's first cell.
    pub cells: Vec2,
    /// Top, height and pitch of the stations.
    pub links: [f32; 3],
}

/// With a sentence the headline is smaller, and the slab reaches further down; upright only where it counts down too.
pub(super) fn frame(c: &Canvas, detailed: bool, counts: bool) -> Frame {
    match (c.stage().portrait(), detailed) {
        (false, false) => Frame {
            y: 262.0,
            h: 372.0,
            right: 1867.0,
            text_x: 140.0,
            size: 158.0,
            lines: [455.3, 597.3],
            detail: None,
            cells: vec2(1390.0, 382.0),
            links: [690.0, 226.0, 0.0],
        },
        (false, true) => Frame {
            y: 262.0,
            h: 428.0,
            right: 1867.0,
            text_x: 140.0,
            size: 124.0,
            lines: [406.0, 522.0],
            detail: Some([606.0, 1590.0]),
            cells: vec2(1390.0, 362.0),
            links: [726.0, 190.0, 0.0],
        },
        (true, false) => Frame {
            y: 420.0,
            h: 620.0,
            right: 1000.0,
            text_x: 70.0,
            size: 158.0,
            lines: [613.3, 755.3],
            detail: None,
            cells: vec2(400.0, 830.0),
            links: [1130.0, 160.0, 190.0],
        },
        (true, true) if !counts => Frame {
            y: 420.0,
            h: 620.0,
            right: 1000.0,
            text_x: 70.0,
            size: 128.0,
            lines: [590.0, 712.0],
            detail: Some([830.0, 780.0]),
            cells: vec2(0.0, 0.0),
            links: [1130.0, 160.0, 190.0],
        },
        (true, true) => Frame {
            y: 380.0,
            h: 760.0,
            right: 1000.0,
            text_x: 70.0,
            size: 128.0,
            lines: [530.0, 650.0],
            detail: Some([738.0, 800.0]),
            cells: vec2(400.0, 910.0),
            links: [1186.0, 150.0, 172.0],
        },
    }
}
