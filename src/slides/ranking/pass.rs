//! Moves a ranking from what the wall shows to a newer board (DESIGN 5, staged FLIP).

use super::layout::Layout;
use super::model::{RankingModel, Row};
use crate::motion::{Anim, Curve, Time, Track};
use crate::scene::Canvas;
use crate::slides::widgets::hero::Hero;
use crate::slides::widgets::marks::Chip;
use crate::slides::widgets::row_tracks::{self, LIFT_S, MOVE_S, NEXT_S, RowTracks};
use crate::slides::widgets::sequence;
use crate::theme::spring;

/// When a move of at most four places has arrived, and a longer one (99 % of the spring).
const NEAR_S: f64 = 0.70;
const FAR_S: f64 = 0.93;
/// When somebody has arrived who climbed to another page.
const CLIMB_S: f64 = 1.57;
/// The accent row wipes so long.
pub const WIPE_S: f64 = 0.42;
/// Fallers are dimmed by this much while they move.
const DIM: f64 = 0.2;

/// A row on its way.
pub type Mover = RowTracks<Row, Place>;

/// Where a row of a ranking is.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Slot, fractional while it moves.
    pub slot: Track,
    /// How far it is dimmed.
    pub dim: Track,
    /// Length of the bar.
    pub share: Anim,
}

impl Place {
    fn still(slot: f64, row: &Row) -> Place {
        Place { slot: Track::still(slot), dim: Track::still(0.0), share: Anim::still(row.share) }
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
    /// What the slots' plates said before.
    pub ranks: Vec<Row>,
    /// Until then the numerals stand on a rail in front of the rows.
    pub rail_until: Option<Time>,
    /// Somebody climbs to another page, and the tower scrolls under them.
    pub climb: Option<Climb>,
    /// Layout and rows a page before, and from 0 to 1 how far it has become the new one.
    pub relayout: Option<(Layout, usize, Anim)>,
}

/// The way of somebody who climbs out of the page on the wall.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Climb {
    /// Among the movers.
    riser: usize,
    /// Their slot at the beginning and at the end.
    slots: [f64; 2],
    /// First slot of the page that they leave, and of the one to which they come.
    pub first: [usize; 2],
    /// These pages.
    pub pages: [usize; 2],
}

impl Climb {
    /// Of the largest gain on a page of the wall, if it leads out of it.
    fn out_of(page: usize, movers: &[Mover], model: &RankingModel) -> Option<Climb> {
        let from = model.first(page);
        let own = from..from + model.per_page;
        let rose = (0..movers.len()).filter(|&i| movers[i].gained > 0 && !movers[i].leaving);
        let rose = rose.filter(|&i| own.contains(&movers[i].was.slot));
        let riser = rose.min_by_key(|&i| std::cmp::Reverse(movers[i].gained))?;
        let m = &movers[riser];
        let to = m.row.slot / model.per_page.max(1);
        let slots = [m.was.slot as f64, m.row.slot as f64];
        (!own.contains(&m.row.slot)).then(|| Climb { riser, slots, first: [from, model.first(to)], pages: [page, to] })
    }

    /// The slot at the top of the picture now: the tower scrolls as far as they have climbed.
    pub fn top(&self, c: &mut Canvas, movers: &[Mover]) -> f64 {
        let [from, to] = self.slots;
        let way = ((c.sample_track(&movers[self.riser].at.slot) - from) / (to - from)).clamp(0.0, 1.0);
        let [from, to] = self.first.map(|slot| slot as f64);
        from + (to - from) * way
    }
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
        let movers = model.rows.iter().map(|row| {
            let chip = model.chip(row);
            Mover::still(row, Place::still(row.slot as f64, row), chip)
        });
        let movers = movers.collect();
        Pass {
            model,
            start: None,
            arrive: None,
            new_lead: None,
            movers,
            old_hero: None,
            ranks: Vec::new(),
            rail_until: None,
            climb: None,
            relayout: None,
        }
    }

    /// The pass from this one to a newer model, beginning at `start`. Everything that is still moving then is aimed anew
    /// from where it is.
    pub fn toward(&self, model: RankingModel, start: Time, reduced: bool) -> Pass {
        self.across_pages(None, model, start, reduced)
    }

    /// The same where `page` is on the wall: who climbs out of it takes the wall along.
    pub fn across_pages(&self, page: Option<usize>, mut model: RankingModel, start: Time, reduced: bool) -> Pass {
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
                Some(m) => {
                    let mut m = m.toward(row, model.chip(row), start, figures);
                    m.at.share = m.at.share.aim_eps(row.share, start, curve(spring::ROLL), 2e-4);
                    // Who comes to a shared place, or leaves one, rises or falls though nobody passes them.
                    let places = m.was.rank.zip(m.row.rank).map(|(was, now)| i64::from(was) - i64::from(now));
                    match (places.unwrap_or(0), model.chip(row)) {
                        (0, Chip::None) => m.chip[1] = m.chip[0],
                        (0, _) => {}
                        // What the room sees now is told, as the celebration told it; the day's change comes with the
                        // next board.
                        _ => m.chip[1] = Chip::gained(places),
                    }
                    m
                }
                None => {
                    // Who was not in the list at all is new; who only was out of sight has climbed.
                    let new = model.chip(row) == Chip::None && !self.model.known.contains(&row.id);
                    let chip = if new { Chip::New } else { model.chip(row) };
                    Mover::still(row, Place::still(outside, row), chip)
                }
            })
            .collect();
        let left = self.movers.iter().filter(|m| !m.leaving && !model.rows.iter().any(|r| r.id == m.row.id));
        movers.extend(left.map(Mover::leaving));
        let moves = movers.iter().any(|m| m.gained != 0 || m.leaving || m.at.slot.target() != m.row.slot as f64);
        let far = movers.iter().any(|m| m.gained.abs() > 4 && !m.leaving);
        let same_pages = self.model.per_page == model.per_page;
        let climb = page.filter(|_| same_pages).and_then(|page| Climb::out_of(page, &movers, &model));
        let ranks = self.model.rows.clone();
        let renamed = model.rows.iter().zip(&ranks).any(|(row, was)| row.rank_text != was.rank_text);
        let arrive = match (moves, far) {
            (true, _) if climb.is_some() => delay(MOVE_S + CLIMB_S),
            (true, true) => delay(MOVE_S + FAR_S),
            (true, false) => delay(MOVE_S + NEAR_S),
            // A tie is made when its value has rolled.
            (false, _) if renamed => delay(MOVE_S),
            (false, _) => start,
        };
        row_tracks::lift(&mut movers, start, arrive, reduced);
        for m in &mut movers {
            let to = if m.leaving { outside } else { m.row.slot as f64 };
            let spring = match m.gained.abs() {
                _ if climb.is_some() => spring::CLIMB,
                0..=4 => spring::MOVE,
                _ => spring::MOVE_FAR,
            };
            m.at.slot = m.at.slot.then(to, delay(MOVE_S), curve(spring), 2e-4);
            if m.gained < 0 && !m.leaving && !reduced {
                m.at.dim = m.at.dim.then(DIM, delay(LIFT_S), Curve::Ease(0.15), 2e-3);
                m.at.dim = m.at.dim.then(0.0, arrive, Curve::Ease(0.25), 2e-3);
            }
            m.gap = m.gap.roll(&m.row.gap, arrive, figures);
        }
        let leads = |m: &RankingModel| {
            let first = m.rows.iter().take_while(|r| r.rank == Some(1));
            first.map(|r| r.id.clone()).collect::<std::collections::BTreeSet<String>>()
        };
        let new_lead = (leads(&self.model) != leads(&model) && !self.model.rows.is_empty()).then_some(arrive);
        let mut old_hero = None;
        if let (Some(new), Some(was)) = (&mut model.hero, &self.model.hero) {
            if (&new.id, &new.kicker, &new.name) == (&was.id, &was.kicker, &was.name) {
                new.value = was.value.roll(new.value.text(), start, figures);
            } else if !reduced {
                // Until it is wiped over, the panel says of the old leader what his row says.
                let mut was = was.clone();
                if let Some(row) = model.rows.iter().find(|row| row.id == was.id) {
                    was.value = was.value.roll(&row.value_text, start, figures);
                    was.unit.clone_from(&new.unit);
                    was.sign.clone_from(&new.sign);
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
        let ends = movers.iter().flat_map(|m| [m.at.slot.end(), m.at.dim.end(), m.lift.end()]);
        let rail_until =
            ends.chain(new_lead.map(|at| at.after(WIPE_S))).chain([arrive]).max().filter(|end| *end > start);
        Pass {
            start: Some(start),
            arrive: Some(arrive),
            new_lead,
            movers,
            old_hero,
            ranks,
            rail_until,
            climb,
            relayout,
            model,
        }
    }
}

#[cfg(test)]
mod tests;
