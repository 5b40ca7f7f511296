//! Moves a contest to a newer board: figures roll, then rows move and the seam sweeps across to the new leader (DESIGN
//! 5, 6.3).

use super::model::ContestModel;
use super::sheet::Row;
use crate::motion::{Curve, Time, Track};
use crate::scene::{Vec2, vec2};
use crate::slides::widgets::digits::Odometer;
use crate::slides::widgets::duel::{Duel, SWEEP_S};
use crate::slides::widgets::marks::Chip;
use crate::slides::widgets::sequence;
use crate::theme::spring;

/// Figures roll first; then the risers are lifted; then all move.
const LIFT_S: f64 = 0.6;
const MOVE_S: f64 = 0.75;
/// When the rows have arrived (99 % of the spring).
const ARRIVE_S: f64 = 0.70;
/// A lift stays so long after the arrival.
const STAY_S: f64 = 6.0;
/// Changes within this time of a pass's start form the next one.
const NEXT_S: f64 = 2.0;
/// Lifted rows per pass, largest gain first.
const MAX_LIFTED: usize = 4;

/// A row on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct Mover {
    /// What it says at the end.
    pub row: Row,
    /// What it said before; the same at rest.
    pub was: Row,
    /// Left end of the bottom line, and top of its plate.
    pub at: [Track; 2],
    /// 0 flat, 1 lifted.
    pub lift: Track,
    pub value: Odometer,
    /// Distance to the leader or the goal.
    pub gap: Odometer,
    /// Chip before and after the arrival.
    pub chip: [Chip; 2],
    /// Size of the chip after the arrival.
    pub pop: Track,
    /// Places gained in this pass; negative: lost.
    pub gained: i64,
    /// Whether it leaves the rows.
    pub leaving: bool,
}

impl Mover {
    /// Where it moves to, or stands.
    fn target(&self) -> Vec2 {
        vec2(self.at[0].target() as f32, self.at[1].target() as f32)
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
        let movers = model
            .rows
            .iter()
            .map(|row| {
                let Vec2 { x, y } = model.layout.place(row.slot);
                Mover {
                    at: [Track::still(x.into()), Track::still(y.into())],
                    lift: Track::still(0.0),
                    value: Odometer::still(&row.value_text),
                    gap: Odometer::still(&row.gap),
                    chip: [chip(row); 2],
                    pop: Track::still(1.0),
                    gained: 0,
                    leaving: false,
                    was: row.clone(),
                    row: row.clone(),
                }
            })
            .collect();
        let strong = Odometer::still(&model.action.now[0]);
        Pass { start: None, arrive: None, duel: model.duel.clone(), swept: None, strong, movers, model }
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
            let mut leaving = Mover { was: m.row.clone(), gained: -99, leaving: true, ..m.clone() };
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
        let moves = movers.iter().any(|m| target(m) != m.target());
        let arrive = if moves || swept.is_some() { delay(MOVE_S + ARRIVE_S) } else { start };
        let mut lifted: Vec<usize> =
            (0..movers.len()).filter(|&i| movers[i].gained > 0 && !movers[i].leaving).collect();
        lifted.sort_by_key(|&i| std::cmp::Reverse(movers[i].gained));
        lifted.truncate(MAX_LIFTED);
        for (i, m) in movers.iter_mut().enumerate() {
            let places = target(m);
            for (track, to) in m.at.iter_mut().zip([places.x, places.y]) {
                *track = track.then(to.into(), delay(MOVE_S), curve(spring::MOVE), 0.02);
            }
            if lifted.contains(&i) && !reduced {
                m.lift = m.lift.then(1.0, delay(LIFT_S), curve(spring::POP), 2e-3);
                m.lift = m.lift.then(0.0, arrive.after(STAY_S), curve(spring::MOVE), 2e-3);
            } else {
                // What was lifted by the pass before is no news any more.
                m.lift = m.lift.then(0.0, start, curve(spring::MOVE), 2e-3);
            }
            if m.chip[0] != m.chip[1] {
                m.pop = Track::still(0.0).then(1.0, arrive, curve(spring::POP), 2e-3);
            }
        }
        // New sides have words of their own, which come with them.
        let said = &model.action.now[0];
        let strong =
            if swept.is_some() { Odometer::still(said) } else { self.strong.roll(said, start, curve(spring::ROLL)) };
        Pass { start: Some(start), arrive: Some(arrive), duel, swept, strong, movers, model }
    }

    fn mover(
        &self,
        row: &Row,
        model: &ContestModel,
        start: Time,
        curve: &dyn Fn(crate::motion::Spring) -> Curve,
    ) -> Mover {
        let Some(m) = self.movers.iter().find(|m| !m.leaving && m.row.id == row.id) else {
            // From the duel it comes out under it, else from below.
            let known = self.duel.sides.iter().flatten().any(|s| s.id == row.id);
            let Vec2 { x, y } = if known { model.layout.above(row.slot) } else { model.layout.place(usize::MAX / 2) };
            return Mover {
                at: [Track::still(x.into()), Track::still(y.into())],
                lift: Track::still(0.0),
                value: Odometer::still(&row.value_text),
                gap: Odometer::still(&row.gap),
                chip: [chip(row); 2],
                pop: Track::still(1.0),
                gained: if known { -1 } else { 0 },
                leaving: false,
                was: row.clone(),
                row: row.clone(),
            };
        };
        // A change that nobody would see roll is swapped (DESIGN 5: below 0.1 % of the value).
        let small = match (m.row.value, row.value) {
            (Some(a), Some(b)) => (b - a).abs() < 0.001 * a.abs().max(b.abs()),
            _ => true,
        };
        let figures = if self.model.unit == model.unit { curve(spring::ROLL) } else { Curve::Cut };
        let roll = if small { Curve::Cut } else { figures };
        let gained = m.row.slot as i64 - row.slot as i64;
        let shown = m.chip[1];
        // What the source says wins; else what this wall saw itself; else what it showed before.
        let next = match (chip(row), gained) {
            (Chip::None, 0) => shown,
            (Chip::None, n) => Chip::gained(Some(n)),
            (said, _) => said,
        };
        Mover {
            value: m.value.roll(&row.value_text, start, roll),
            gap: m.gap.roll(&row.gap, start, figures),
            chip: [shown, next],
            was: m.row.clone(),
            row: row.clone(),
            gained,
            ..m.clone()
        }
    }
}
