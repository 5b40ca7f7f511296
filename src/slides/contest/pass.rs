//! Moves a contest to a newer board: figures roll, then rows move and the seam sweeps across to the new leader (DESIGN
//! 5, 6.3).

use super::model::ContestModel;
use super::sheet::Row;
use crate::motion::{Curve, Spring, Time, Track};
use crate::scene::{Vec2, vec2};
use crate::slides::widgets::digits::Odometer;
use crate::slides::widgets::duel::{Duel, SWEEP_S};
use crate::slides::widgets::marks::Chip;
use crate::slides::widgets::row_tracks::{self, MOVE_S, NEXT_S, RowTracks};
use crate::slides::widgets::sequence;
use crate::theme::spring;

/// When the rows have arrived (99 % of the spring).
const ARRIVE_S: f64 = 0.70;

/// A row on its way.
pub type Mover = RowTracks<Row, Place>;

/// Where a row of a contest is: left end of the bottom line, and top of its plate.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    pub x: Track,
    pub y: Track,
}

impl Place {
    fn still(Vec2 { x, y }: Vec2) -> Place {
        Place { x: Track::still(x.into()), y: Track::still(y.into()) }
    }

    /// Where it moves to, or stands.
    fn target(&self) -> Vec2 {
        vec2(self.x.target() as f32, self.y.target() as f32)
    }

    /// When it stands.
    pub fn end(&self) -> Time {
        self.x.end().max(self.y.end())
    }
}

impl row_tracks::Row for Row {
    fn slot(&self) -> usize {
        self.slot
    }

    fn value(&self) -> Option<f64> {
        self.value
    }

    fn value_text(&self) -> &str {
        &self.value_text
    }

    fn gap(&self) -> &str {
        &self.gap
    }
}

/// One pass. At rest it is a pass in which nothing moves.
#[derive(Debug, Clone, PartialEq)]
pub struct Pass {
    /// What the wall shows at its end.
    pub model: ContestModel,
    /// When it begins; none at rest.
    pub start: Option<Time>,
    /// When all rows have arrived.
    pub arrive: Option<Time>,
    /// The duel with its figures on their way.
    pub duel: Duel,
    /// The duel and the words under it before, and when they are swept over.
    pub swept: Option<(Duel, Box<ContestModel>, Time)>,
    /// The strong part of the line under the duel, on its way.
    pub strong: Odometer,
    /// The rows; those that leave behind them.
    pub movers: Vec<Mover>,
    /// What the slots' plates said before.
    pub ranks: Vec<Row>,
    /// Until then the numerals stand on a rail in front of the rows.
    pub rail_until: Option<Time>,
}

fn chip(row: &Row) -> Chip {
    Chip::gained(row.moved)
}

impl sequence::Pass for Pass {
    fn start(&self) -> Option<Time> {
        self.start
    }

    fn free_at(&self) -> Option<Time> {
        self.start.map(|start| start.after(NEXT_S)).max(self.arrive)
    }

    fn quiet_at(&self) -> Option<Time> {
        self.arrive.map(|arrive| arrive.after(SWEEP_S + 0.8))
    }
}

impl Pass {
    /// A board at rest.
    pub fn rest(model: ContestModel) -> Pass {
        let still = |row: &Row| Mover::still(row, Place::still(model.layout.place(row.slot)), chip(row));
        let movers = model.rows.iter().map(still).collect();
        let strong = Odometer::still(&model.action.now[0]);
        Pass {
            start: None,
            arrive: None,
            duel: model.duel.clone(),
            swept: None,
            strong,
            movers,
            ranks: Vec::new(),
            rail_until: None,
            model,
        }
    }

    /// The pass from this one to a newer model, beginning at `start`. What still moves then is aimed anew from where it is.
    pub fn toward(&self, model: ContestModel, start: Time, reduced: bool) -> Pass {
        let curve = |s| spring::curve(s, reduced);
        let delay = |s: f64| if reduced { start } else { start.after(s) };
        let mut duel = model.duel.clone();
        // Amounts in another unit than before do not roll.
        let same_unit = self.model.unit == model.unit;
        let figures = if same_unit { curve(spring::ROLL) } else { Curve::Cut };
        duel.roll_from(&self.duel, start, same_unit, reduced);
        let swept = (!duel.same_sides(&self.duel)).then(|| {
            let before = self.duel.before_sweep(&duel, start, reduced);
            (before, Box::new(self.model.clone()), delay(MOVE_S))
        });
        let mut movers: Vec<Mover> = model.rows.iter().map(|row| self.mover(row, &model, start, &curve)).collect();
        for m in self.movers.iter().filter(|m| !m.leaving && !model.rows.iter().any(|r| r.id == m.row.id)) {
            let mut leaving = m.leaving();
            if let Some(side) = duel.sides.iter().flatten().find(|s| s.id == m.row.id) {
                // Cause before effect: its figure rolls before it rises into the duel.
                leaving.value = m.value.roll(side.score.text(), start, figures);
                leaving.gap = Odometer::still("");
                leaving.gained = 1;
            }
            movers.push(leaving);
        }
        let in_duel = |id: &str| model.duel.sides.iter().flatten().any(|s| s.id == id);
        let target = |m: &Mover| match m.leaving {
            false => model.layout.place(m.row.slot),
            true if in_duel(&m.row.id) => model.layout.above(m.row.slot),
            true => model.layout.place(usize::MAX / 2),
        };
        let moves = movers.iter().any(|m| target(m) != m.at.target());
        let arrive = if moves || swept.is_some() { delay(MOVE_S + ARRIVE_S) } else { start };
        row_tracks::lift(&mut movers, start, arrive, reduced);
        for m in &mut movers {
            let Vec2 { x, y } = target(m);
            let moved = |track: &Track, to: f32| track.then(to.into(), delay(MOVE_S), curve(spring::MOVE), 0.02);
            m.at = Place { x: moved(&m.at.x, x), y: moved(&m.at.y, y) };
        }
        // New sides have words of their own, which come with them.
        let said = &model.action.now[0];
        let strong =
            if swept.is_some() { Odometer::still(said) } else { self.strong.roll(said, start, curve(spring::ROLL)) };
        let ends = movers.iter().flat_map(|m| [m.at.end(), m.lift.end()]).chain([arrive]);
        let rail_until = ends.max().filter(|end| *end > start);
        let ranks = self.model.rows.clone();
        Pass { start: Some(start), arrive: Some(arrive), duel, swept, strong, movers, ranks, rail_until, model }
    }

    fn mover(&self, row: &Row, model: &ContestModel, start: Time, curve: &dyn Fn(Spring) -> Curve) -> Mover {
        let Some(m) = self.movers.iter().find(|m| !m.leaving && m.row.id == row.id) else {
            // From the duel it comes out under it, else from below.
            let known = self.duel.sides.iter().flatten().any(|s| s.id == row.id);
            let from = if known { model.layout.above(row.slot) } else { model.layout.place(usize::MAX / 2) };
            let mut mover = Mover::still(row, Place::still(from), chip(row));
            mover.gained = if known { -1 } else { 0 };
            return mover;
        };
        let figures = if self.model.unit == model.unit { curve(spring::ROLL) } else { Curve::Cut };
        let mut mover = m.toward(row, chip(row), start, figures);
        mover.gap = m.gap.roll(&row.gap, start, figures);
        mover
    }
}
