//! Moves a ramp from one board to the next: the line goes on to the new point, figures roll.

use super::model::{Hire, PlanCurve, RampModel, Verdict};
use crate::motion::{Anim, Curve, Spring, Time};
use crate::scene::Canvas;
use crate::slides::context::Look;
use crate::slides::widgets::digits::Odometer;
use crate::slides::widgets::swap_midway::SwapMidway;
use crate::theme::spring;

/// How long a line takes to be drawn from left to right, in seconds (DESIGN 6.8).
const DRAW_S: f64 = 0.9;
/// After the slide came on, in seconds.
const DRAW_AFTER_S: f64 = 0.15;

/// A line as far as it is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Drawn {
    /// Up to which day.
    pub day: f64,
    /// How high its last point stands, as a share.
    pub tip: f64,
    /// The size of that point, 1 when it has come.
    pub size: f64,
}

/// One hire's moving parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Moving {
    pub figure: Odometer,
    /// How it stands to the plan.
    verdict: SwapMidway<Verdict>,
    /// Up to which day the line is drawn.
    day: Anim,
    /// Where its last point stands, as a share.
    tip: Anim,
}

impl Moving {
    fn still(h: &Hire) -> Moving {
        let [day, share] = h.curve.as_ref().map_or([0.0; 2], PlanCurve::tip);
        Moving {
            figure: Odometer::still(&h.figure),
            verdict: SwapMidway::still(h.verdict.clone()),
            day: Anim::still(day),
            tip: Anim::still(share),
        }
    }

    /// What is said now of how it stands to the plan, by words and colours: the new half way.
    pub fn verdict(&self, c: &mut Canvas) -> &Verdict {
        self.verdict.now(c)
    }

    /// How much of the line is drawn.
    pub fn drawn(&self, c: &mut Canvas, look: &Look, curve: &PlanCurve) -> Drawn {
        let (day, tip) = (c.sample(&self.day), c.sample(&self.tip));
        let entered = look.entered.filter(|_| !look.screen.reduced_motion);
        let start = curve.actual.first().map_or(0.0, |p| p.0[0]);
        let came = match entered {
            Some(at) => {
                let line = Anim::new(0.0, 1.0, 0.0, at.after(DRAW_AFTER_S), Curve::Ease(DRAW_S), 1e-3);
                c.sample(&line)
            }
            None => 1.0,
        };
        let pop = entered.map(|at| at.after(DRAW_AFTER_S + DRAW_S * 0.7));
        let size = match pop {
            Some(at) => c.sample(&Anim::new(0.0, 1.0, 0.0, at, Curve::Spring(spring::POP), 1e-3)),
            None => 1.0,
        };
        // While the point is not drawn yet, the line is.
        Drawn { day: start + (day - start) * came, tip, size: size.max(0.0) }
    }
}

/// A ramp on the wall.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    pub model: RampModel,
    /// One per hire.
    pub hires: Vec<Moving>,
}

impl Shown {
    pub fn still(model: RampModel) -> Shown {
        Shown { hires: model.hires.iter().map(Moving::still).collect(), model }
    }

    /// On its way to a newer one.
    pub fn toward(&self, model: RampModel, t: Time, curve: &dyn Fn(Spring) -> Curve) -> Shown {
        let mut next = Shown::still(model);
        for (hire, moving) in next.model.hires.iter().zip(&mut next.hires) {
            let Some(i) = self.model.hires.iter().position(|h| h.id == hire.id) else { continue };
            let was = &self.hires[i];
            moving.figure = was.figure.roll(&hire.figure, t, curve(spring::ROLL));
            moving.verdict = was.verdict.toward(hire.verdict.clone(), t, curve(spring::ROLL));
            if let (Some(new), Some(_)) = (&hire.curve, &self.model.hires[i].curve) {
                let [day, share] = new.tip();
                moving.day = was.day.aim_eps(day, t, curve(spring::ROLL), 0.02);
                // A new day goes on along the line; the same day moves its point up or down.
                if was.day.target() == day {
                    moving.tip = was.tip.aim_eps(share, t, curve(spring::ROLL), 5e-4);
                }
            }
        }
        next
    }
}
