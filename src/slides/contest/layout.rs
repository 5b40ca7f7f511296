//! Lays out a contest: the duel takes what the rows under it leave.

use crate::scene::{Rect, Vec2, vec2};
use crate::slides::widgets::duel::Area;

/// Rows under the duel, or further prizes in their places.
const PITCH: f32 = 84.0;
/// Height of a plate.
pub const PLATE: f32 = 76.0;
/// Rows of a column at most.
const MAX_SLOTS: [usize; 2] = [3, 6];

/// The parts of a contest, in units.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    pub area: Area,
    /// Baseline of the action line.
    pub action_y: f32,
    /// Left bottom corners of the columns.
    columns: Vec<f32>,
    /// Width of a plate.
    pub w: f32,
    /// Top of the first row.
    pub top: f32,
    /// Slots of a column.
    per_column: usize,
    /// The first slot of the further prizes.
    pub prize_slot: usize,
}

/// How many rows a contest shows under its duel.
pub const ROWS: usize = 6;

/// The layout for so many rows and further prizes; both are cut to what fits.
pub fn layout(portrait: bool, rows: usize, prizes: usize) -> Layout {
    let most = MAX_SLOTS[usize::from(portrait)];
    let rows = rows.min(ROWS);
    let base = Area::over_rows(portrait);
    let (x, w) = (base.x, base.w);
    let (columns, w, used, prize_slot) = if portrait {
        (vec![x], w, (rows + prizes).min(most), rows)
    } else if rows > most {
        (vec![x, x + 878.0], 850.0, most, rows)
    } else if prizes == 0 || (rows == 0 && prizes == 1) {
        (vec![x], w, rows + prizes, rows)
    } else if rows == 0 {
        (vec![x, x + 878.0], 850.0, prizes.div_ceil(2).min(most), 0)
    } else {
        (vec![x, x + 878.0], 850.0, rows.max(prizes.min(most)), rows.max(prizes.min(most)))
    };
    // Without any row the duel still leaves a line for the action.
    let extra = PITCH * (most - used) as f32 - if used == 0 { 42.0 } else { 0.0 };
    let area = Area { h: base.h + extra, bar_y: base.bar_y + extra, ..base };
    let (action_y, top) = if portrait { (1160.0, 1196.0) } else { (700.4, 724.0) };
    Layout { area, action_y: action_y + extra, columns, w, top: top + extra, per_column: used.max(1), prize_slot }
}

impl Layout {
    /// Left end of the bottom line, and top of a slot's plate. Slots behind the last lie under it, out of sight.
    pub fn place(&self, slot: usize) -> Vec2 {
        let column = (slot / self.per_column).min(self.columns.len() - 1);
        let row = slot - column * self.per_column;
        vec2(self.columns[column], self.top + PITCH * row.min(self.per_column) as f32)
    }

    /// Where a row of a slot goes when it goes into the duel: out of its column at the top.
    pub fn above(&self, slot: usize) -> Vec2 {
        vec2(self.place(slot).x, self.top - PITCH)
    }

    /// How many slots there are.
    pub fn slots(&self) -> usize {
        self.per_column * self.columns.len()
    }

    /// The bottom of the rows.
    pub fn bottom(&self) -> f32 {
        self.top + PITCH * (self.per_column - 1) as f32 + PLATE
    }

    /// The place of the three slots that the last minute takes, and the first of them; none where there are no three.
    pub fn last_minute(&self) -> Option<(Rect, usize)> {
        let first = self.slots().checked_sub(3)?;
        let room = (self.per_column >= 3 && first >= 3).then(|| self.place(first))?;
        Some((Rect::sized(room.x, room.y, self.w, 2.0 * PITCH + PLATE), first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_rows_lie_where_the_mock_up_has_them() {
        let l = layout(false, 6, 2);
        assert_eq!((l.area, l.action_y, l.w), (Area::over_rows(false), 700.4, 850.0));
        assert_eq!(
            [l.place(0), l.place(2), l.place(3), l.place(5)],
            [vec2(96.0, 724.0), vec2(96.0, 892.0), vec2(974.0, 724.0), vec2(974.0, 892.0)]
        );
        assert_eq!(l.last_minute(), Some((Rect::sized(974.0, 724.0, 850.0, 244.0), 3)));
    }

    #[test]
    fn any_number_of_rows_and_prizes_stays_in_the_body() {
        for portrait in [false, true] {
            let bottom = if portrait { 1694.0 } else { 970.0 };
            for (rows, prizes) in (0..9).flat_map(|r| (0..8).map(move |p| (r, p))) {
                let l = layout(portrait, rows, prizes);
                for slot in 0..rows.min(ROWS) {
                    let Vec2 { x, y } = l.place(slot);
                    assert!(y + PLATE <= bottom && y > l.action_y + 20.0, "{rows} {prizes}: {y}");
                    assert!(x + l.w <= if portrait { 1026.0 } else { 1824.0 });
                }
                assert!(l.area.bar_y + 20.0 < l.action_y - 45.0 && l.action_y < bottom, "{rows} {prizes}");
                assert!(l.area.h >= Area::over_rows(portrait).h);
            }
        }
    }
}
