//! Moves a strengths map from one board to the next: figures roll, cells change their colour, columns change places.

use super::layout;
use super::model::{Cell, Figure, SkillsModel};
use crate::motion::{Anim, Curve, Spring, Time};
use crate::scene::{Canvas, Color};
use crate::slides::context::Look;
use crate::slides::widgets::digits::Odometer;
use crate::theme::spring;

/// How long a cell takes to change its colour, in seconds.
const TINT_S: f64 = 0.4;

/// A figure and its colour on their way.
#[derive(Debug, Clone, PartialEq)]
pub struct MovingFigure {
    pub value: Odometer,
    /// What is said at the end.
    pub figure: Figure,
    was: Figure,
    turn: Anim,
}

impl MovingFigure {
    fn still(figure: &Figure) -> MovingFigure {
        let value = Odometer::still(&figure.text);
        MovingFigure { value, figure: figure.clone(), was: figure.clone(), turn: Anim::still(1.0) }
    }

    fn toward(&self, figure: &Figure, t: Time, curve: &dyn Fn(Spring) -> Curve) -> MovingFigure {
        // A figure that gets longer is swapped: on its way it would read as another one.
        // From 929.4T to 1,000T both a digit comes and one leaves: together they are wider than either.
        let form = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "0");
        let same_form = form(self.value.text()) == form(&figure.text);
        let value = self.value.roll(&figure.text, t, if same_form { curve(spring::ROLL) } else { Curve::Cut });
        if self.figure == *figure {
            return MovingFigure { value, ..self.clone() };
        }
        let ease = if curve(spring::ROLL) == Curve::Cut { Curve::Cut } else { Curve::Ease(TINT_S) };
        MovingFigure {
            value,
            figure: figure.clone(),
            was: self.figure.clone(),
            turn: Anim::new(0.0, 1.0, 0.0, t, ease, 1e-3),
        }
    }

    /// A cell that comes in with its figure of before and turns to the present one at an instant.
    pub fn from_before(c: &mut Canvas, cell: &Cell, at: Time, curve: &dyn Fn(Spring) -> Curve) -> Option<MovingFigure> {
        let before = MovingFigure::still(cell.before.as_ref()?);
        Some(if c.reached(at) { before.toward(&cell.now, at, curve) } else { before })
    }

    /// Top and bottom of the cell's colour now.
    pub fn tint(&self, c: &mut Canvas, look: &Look) -> [Color; 2] {
        let at = c.sample(&self.turn);
        let step = |f: &Figure| look.theme.steps[f.step as usize];
        let (from, to) = (step(&self.was), step(&self.figure));
        [from[0].mix(to[0], at), from[1].mix(to[1], at)]
    }

    /// What it says now: the new one when the colour is halfway.
    fn said(&self, c: &mut Canvas) -> &Figure {
        if c.sample(&self.turn) < 0.5 { &self.was } else { &self.figure }
    }

    /// How it has changed: −1 points up, 1 down.
    pub fn sign(&self, c: &mut Canvas) -> Option<f32> {
        Some(self.said(c).moved).filter(|moved| *moved != 0).map(|moved| -f32::from(moved))
    }

    /// How it stands against what is expected, from 1 to 5.
    pub fn level(&self, c: &mut Canvas) -> usize {
        self.said(c).step as usize + 1
    }
}

/// A person's row on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Place in the list, 0 first; fractions lie between.
    pub slot: Anim,
    /// The figure, where it is said.
    pub moving_figure: Option<MovingFigure>,
}

/// A map on the wall.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    pub model: SkillsModel,
    /// How many people the body is shared out for.
    pub people: Anim,
    /// Place of each column.
    pub columns: Vec<Anim>,
    /// Cells by team and column.
    pub cells: Vec<Vec<Option<MovingFigure>>>,
    /// One per person.
    pub rows: Vec<Row>,
}

impl Shown {
    pub fn still(model: SkillsModel) -> Shown {
        Shown {
            people: Anim::still(layout::people(&model).into()),
            columns: (0..model.columns.len()).map(|i| Anim::still(i as f64)).collect(),
            cells: model
                .teams
                .iter()
                .map(|t| t.cells.iter().map(|c| c.as_ref().map(|c| MovingFigure::still(&c.now))).collect())
                .collect(),
            rows: (0..model.reps.len())
                .map(|i| Row {
                    slot: Anim::still(i as f64),
                    moving_figure: model.reps[i].figure.as_ref().map(MovingFigure::still),
                })
                .collect(),
            model,
        }
    }

    /// On its way to a newer one. Columns are known by their axis, rows by their person.
    pub fn toward(&self, model: SkillsModel, t: Time, curve: &dyn Fn(Spring) -> Curve) -> Shown {
        let mut next = Shown::still(model);
        let old = &self.model;
        next.people = self.people.aim_eps(next.people.target(), t, curve(spring::MOVE), 2e-3);
        let column = |axis: usize, name: &str| old.columns.iter().position(|c| c.axis == axis && c.name == name);
        let was: Vec<Option<usize>> = next.model.columns.iter().map(|c| column(c.axis, &c.name)).collect();
        for (i, anim) in next.columns.iter_mut().enumerate() {
            if let Some(was) = was[i] {
                *anim = self.columns[was].aim_eps(i as f64, t, curve(spring::MOVE), 2e-3);
            }
        }
        for (team, figures) in next.model.teams.iter().zip(&mut next.cells) {
            let Some(before) = old.teams.iter().position(|t| t.id == team.id) else { continue };
            for (i, moving_figure) in figures.iter_mut().enumerate() {
                if let (Some(moving_figure), Some(Some(old))) =
                    (moving_figure.as_mut(), was[i].map(|w| &self.cells[before][w]))
                {
                    *moving_figure = old.toward(&moving_figure.figure, t, curve);
                }
            }
        }
        for (i, (rep, row)) in next.model.reps.iter().zip(&mut next.rows).enumerate() {
            let Some(before) = old.reps.iter().position(|r| r.id == rep.id) else { continue };
            row.slot = self.rows[before].slot.aim_eps(i as f64, t, curve(spring::MOVE), 2e-3);
            if let (Some(moving_figure), Some(old)) = (row.moving_figure.as_mut(), &self.rows[before].moving_figure) {
                *moving_figure = old.toward(&moving_figure.figure, t, curve);
            }
        }
        next
    }
}
