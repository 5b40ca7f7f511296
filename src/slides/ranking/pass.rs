//! Moves a ranking from what the wall shows to a newer board (DESIGN 5, staged FLIP).

use super::layout::Layout;
use super::model::{RankingModel, Row};
use crate::motion::{Anim, Curve, Time, Track};
use crate::slides::widgets::digits::Odometer;
use crate::slides::widgets::hero::Hero;
use crate::slides::widgets::marks::Chip;
use crate::slides::widgets::sequence;
use crate::theme::spring;

/// Values roll first; then the movers up are lifted; then all move.
const LIFT_S: f64 = 0.6;
const MOVE_S: f64 = 0.75;
/// When a move of at most four places has arrived, and a longer one (99 % of the spring).
const NEAR_S: f64 = 0.70;
const FAR_S: f64 = 0.93;
/// A lift stays so long after the arrival.
const STAY_S: f64 = 6.0;
/// The accent row wipes so long.
pub const WIPE_S: f64 = 0.42;
/// Changes within this time of a pass's start form the next one.
const NEXT_S: f64 = 2.0;
/// Lifted rows per pass, largest gain first.
const MAX_LIFTED: usize = 4;
/// Fallers are dimmed by this much while they move.
const DIM: f64 = 0.2;

/// A row on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct Mover {
    /// What it says at the end.
    pub row: Row,
    /// What it said before; the same at rest.
    pub was: Row,
    /// Slot, fractional while it moves.
    pub slot: Track,
    /// 0 flat, 1 lifted.
    pub lift: Track,
    /// How far it is dimmed.
    pub dim: Track,
    pub value: Odometer,
    /// Gap to the next.
    pub gap: Odometer,
    /// Length of the bar.
    pub share: Anim,
    /// Chip before and after the arrival.
    pub chip: [Chip; 2],
    /// Size of the chip after the arrival.
    pub pop: Track,
    /// Places gained in this pass; negative: lost.
    pub gained: i64,
    /// Whether it leaves the wall.
    pub leaving: bool,
}

/// One pass. At rest it is a pass in which nothing moves.
#[derive(Debug, Clone, PartialEq)]
pub struct Pass {
    /// What the wall shows at its end.
    pub model: RankingModel,
    /// When it begins; none at rest.
    pub start: Option<Time>,
    /// When all rows have arrived; rank numerals and styles change then.
    pub arrive: Option<Time>,
    /// When the lead changed hands, the accent wipes from here.
    pub new_lead: Option<Time>,
    /// The rows, in slot order of the end; those that leave behind them.
    pub movers: Vec<Mover>,
    /// The panel before, while it is wiped over.
    pub old_hero: Option<Hero>,
    /// Layout and rows a page before, and from 0 to 1 how far it has become the new one.
    pub relayout: Option<(Layout, usize, Anim)>,
}

impl sequence::Pass for Pass {
    fn start(&self) -> Option<Time> {
        self.start
    }

    fn free_at(&self) -> Option<Time> {
        self.start.map(|start| start.after(NEXT_S)).max(self.arrive)
    }

    fn quiet_at(&self) -> Option<Time> {
        self.arrive.map(|arrive| arrive.after(WIPE_S + 0.8))
    }
}

impl Pass {
    /// A board at rest.
    pub fn rest(model: RankingModel) -> Pass {
        let movers = model
            .rows
            .iter()
            .map(|row| Mover {
                chip: [model.chip(row); 2],
                slot: Track::still(row.slot as f64),
                lift: Track::still(0.0),
                dim: Track::still(0.0),
                value: Odometer::still(&row.value_text),
                gap: Odometer::still(&row.gap),
                share: Anim::still(row.share),
                pop: Track::still(1.0),
                gained: 0,
                leaving: false,
                was: row.clone(),
                row: row.clone(),
            })
            .collect();
        Pass { model, start: None, arrive: None, new_lead: None, movers, old_hero: None, relayout: None }
    }

    /// The pass from this one to a newer model, beginning at `start`. Everything that is still moving then is aimed anew
    /// from where it is.
    pub fn toward(&self, mut model: RankingModel, start: Time, reduced: bool) -> Pass {
        let curve = |s| spring::curve(s, reduced);
        let delay = |s: f64| if reduced { start } else { start.after(s) };
        // Amounts in another unit than before do not roll: from 999.9 K to 1.0 M they would be too large on their way.
        let same_unit = self.model.header.measure == model.header.measure;
        let figures = if same_unit { curve(spring::ROLL) } else { Curve::Cut };
        let old: std::collections::HashMap<&str, &Mover> =
            self.movers.iter().filter(|m| !m.leaving).map(|m| (m.row.id.as_str(), m)).collect();
        let outside = self.model.rows.len().max(model.rows.len()) as f64 + 0.3;
        let mut movers: Vec<Mover> = model
            .rows
            .iter()
            .map(|row| match old.get(row.id.as_str()) {
                Some(m) => m.aimed(row, model.chip(row), start, figures, &curve),
                None => {
                    // Who was not in the list at all is new; who only was out of sight has climbed.
                    let new = model.chip(row) == Chip::None && !self.model.known.contains(&row.id);
                    Mover::entering(row, if new { Chip::New } else { model.chip(row) }, outside)
                }
            })
            .collect();
        for m in self.movers.iter().filter(|m| !m.leaving && !model.rows.iter().any(|r| r.id == m.row.id)) {
            let was = m.row.clone();
            movers.push(Mover { was, gained: -99, leaving: true, ..m.clone() });
        }
        let moves = movers.iter().any(|m| m.gained != 0 || m.leaving || m.slot.target() != m.row.slot as f64);
        let far = movers.iter().any(|m| m.gained.abs() > 4 && !m.leaving);
        let arrive = if moves { delay(MOVE_S + if far { FAR_S } else { NEAR_S }) } else { start };
        let mut lifted: Vec<usize> = (0..movers.len()).filter(|&i| movers[i].gained > 0).collect();
        lifted.sort_by_key(|&i| std::cmp::Reverse(movers[i].gained));
        lifted.truncate(MAX_LIFTED);
        for (i, m) in movers.iter_mut().enumerate() {
            let to = if m.leaving { outside } else { m.row.slot as f64 };
            let spring = if m.gained.abs() > 4 { spring::MOVE_FAR } else { spring::MOVE };
            m.slot = m.slot.then(to, delay(MOVE_S), curve(spring), 2e-4);
            if lifted.contains(&i) && !reduced {
                m.lift = m.lift.then(1.0, delay(LIFT_S), curve(spring::POP), 2e-3);
                m.lift = m.lift.then(0.0, arrive.after(STAY_S), curve(spring::MOVE), 2e-3);
            } else {
                // What was lifted by the pass before is no news any more.
                m.lift = m.lift.then(0.0, start, curve(spring::MOVE), 2e-3);
            }
            if m.gained < 0 && !m.leaving && !reduced {
                m.dim = m.dim.then(DIM, delay(LIFT_S), Curve::Ease(0.15), 2e-3);
                m.dim = m.dim.then(0.0, arrive, Curve::Ease(0.25), 2e-3);
            }
            if m.chip[0] != m.chip[1] {
                m.pop = Track::still(0.0).then(1.0, arrive, curve(spring::POP), 2e-3);
            }
            m.gap = m.gap.roll(&m.row.gap, arrive, figures);
        }
        let leads = |m: &RankingModel| m.rows.first().filter(|r| r.rank == Some(1)).map(|r| r.id.clone());
        let new_lead = (leads(&self.model) != leads(&model) && !self.model.rows.is_empty()).then_some(arrive);
        let mut old_hero = None;
        if let (Some(new), Some(was)) = (&mut model.hero, &self.model.hero) {
            if new.id == was.id {
                new.value = was.value.roll(new.value.text(), start, figures);
            } else if !reduced {
                // Until it is wiped over, the panel says of the old leader what his row says.
                let mut was = was.clone();
                if let Some(row) = model.rows.iter().find(|row| row.id == was.id) {
                    was.value = was.value.roll(&row.value_text, start, figures);
                    was.unit.clone_from(&new.unit);
                }
                old_hero = Some(was);
            }
        }
        if let (Some(new), Some(was)) = (&mut model.footer, &self.model.footer) {
            new.roll_from(was, start, curve(spring::ROLL));
        }
        let (was, is) = ((self.model.layout, self.model.per_page), (model.layout, model.per_page));
        let relayout = (was != is && !reduced)
            .then(|| (was.0, was.1, Anim::new(0.0, 1.0, 0.0, delay(MOVE_S), curve(spring::MOVE), 1e-3)));
        Pass { start: Some(start), arrive: Some(arrive), new_lead, movers, old_hero, relayout, model }
    }
}

impl Mover {
    fn aimed(
        &self,
        row: &Row,
        chip: Chip,
        start: Time,
        figures: Curve,
        curve: &dyn Fn(crate::motion::Spring) -> Curve,
    ) -> Mover {
        // A change that nobody would see roll is swapped (DESIGN 5: below 0.1 % of the value).
        let small = match (self.row.value, row.value) {
            (Some(a), Some(b)) => (b - a).abs() < 0.001 * a.abs().max(b.abs()),
            _ => true,
        };
        let roll = if small { Curve::Cut } else { figures };
        let gained = self.row.slot as i64 - row.slot as i64;
        let shown = self.chip[1];
        // What the source says wins; else what this wall saw itself; else what it showed before.
        let next = match (chip, gained) {
            (Chip::None, 0) => shown,
            (Chip::None, n) => Chip::gained(Some(n)),
            (said, _) => said,
        };
        Mover {
            row: row.clone(),
            was: self.row.clone(),
            value: self.value.roll(&row.value_text, start, roll),
            share: self.share.aim_eps(row.share, start, curve(spring::ROLL), 2e-4),
            chip: [shown, next],
            gained,
            ..self.clone()
        }
    }

    fn entering(row: &Row, chip: Chip, outside: f64) -> Mover {
        Mover {
            row: row.clone(),
            was: row.clone(),
            slot: Track::still(outside),
            lift: Track::still(0.0),
            dim: Track::still(0.0),
            value: Odometer::still(&row.value_text),
            gap: Odometer::still(&row.gap),
            share: Anim::still(row.share),
            chip: [chip; 2],
            pop: Track::still(1.0),
            gained: 0,
            leaving: false,
        }
    }
}

#[cfg(test)]
mod tests;
