//! Draws the rank numerals of a ranking while its rows move: they stand still, and names pass under them (DESIGN 5).

use std::ops::Range;

use super::model::Row;
use super::pass::{Pass, WIPE_S};
use super::plate::{self, RowStyle, Size};
use crate::motion::{Anim, Curve};
use crate::scene::Canvas;
use crate::slides::context::Look;
use crate::slides::widgets::enter;

/// Where the plates lie.
pub struct Rail<'a> {
    pub size: Size,
    /// Those that are seen.
    pub slots: Range<usize>,
    /// Top of a slot's plate.
    pub top: &'a dyn Fn(usize) -> f64,
}

/// Paints the plates in front of the rows. What they say changes when all rows have arrived, everywhere in one instant.
pub fn draw(c: &mut Canvas, look: &Look, pass: &Pass, rail: &Rail) {
    c.layer("ranks");
    let arrived = pass.arrive.is_none_or(|at| c.reached(at));
    for (place, slot) in rail.slots.clone().enumerate() {
        let (old, new) = (pass.ranks.get(slot), pass.model.rows.get(slot));
        let Some(new) = new.or(old.filter(|_| !arrived)) else { continue };
        let old = old.unwrap_or(new);
        let top = (rail.top)(slot);
        let (fade, rise) = enter::fade_and_rise(c, look, enter::STEP_S * place as f64);
        let stays = look.stays(top as f32 + rail.size.h);
        c.group(0.0, top + rise, fade * stays, |c| plate_of(c, look, pass, rail.size, [old, new], arrived));
    }
}

fn plate_of(c: &mut Canvas, look: &Look, pass: &Pass, size: Size, [old, new]: [&Row; 2], arrived: bool) {
    let paint = |c: &mut Canvas, row: &Row| {
        let style = plate::row_style(row);
        plate::rank_ground(c, look.theme, size, style, &|color| color);
        plate::rank_text(c, look.theme, size, style, &row.rank_text);
    };
    let styles = [old, new].map(plate::row_style);
    let wiped = styles[0] != styles[1] && styles.contains(&RowStyle::One);
    let at = match pass.new_lead.filter(|_| wiped && arrived && !look.screen.reduced_motion) {
        Some(at) => c.sample(&Anim::new(0.0, 1.0, 0.0, at, Curve::Ease(WIPE_S), 1e-3)),
        None => f64::from(u8::from(arrived)),
    };
    if at <= 0.0 || at >= 1.0 {
        return paint(c, if at <= 0.0 { old } else { new });
    }
    // With the edge that wipes the row.
    let Size { x: [x0, x1], h, .. } = size;
    let x = x0 - 20.0 + (x1 - x0 + 40.0) * at as f32;
    c.right_of(x, h, h / 2.0, |c| paint(c, old));
    c.layer("rank wipe");
    c.left_of(x, h, h / 2.0, |c| paint(c, new));
    c.layer("ranks");
}
