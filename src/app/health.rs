//! What to do about a frame that was not shown: try again, wait, or give up so that a supervisor starts us anew.

use crate::gpu::Outcome;
use crate::motion::Time;

/// Failures in a row, or seconds of failures, after which we give up (KIOSK rule 12).
const MOST: u32 = 5;
const LONGEST_S: f64 = 10.0;
/// When to look again at a window that is covered.
const OCCLUDED_S: f64 = 1.0;
/// Pause before another try.
const AGAIN_S: f64 = 0.1;

/// What the loop does next.
#[derive(Debug, Clone, PartialEq)]
pub enum Next {
    /// The picture is on the screen.
    Shown,
    /// The screen showed it already.
    Rest,
    /// Draw again at this instant.
    Retry(Time),
    /// End with exit code 75 and this reason.
    GiveUp(String),
}

/// Counts failures in a row.
#[derive(Debug, Default)]
pub struct Health {
    row: u32,
    since: Option<Time>,
}

impl Health {
    /// Judges what came of a frame drawn at `now`.
    pub fn judge(&mut self, outcome: Outcome, now: Time) -> Next {
        let failure = match outcome {
            Outcome::Shown | Outcome::Suboptimal => {
                *self = Health::default();
                return Next::Shown;
            }
            Outcome::Unchanged => return Next::Rest,
            Outcome::Occluded => return Next::Retry(now.after(OCCLUDED_S)),
            Outcome::DeviceLost => return Next::GiveUp("the graphics device was lost".into()),
            Outcome::Outdated => "the window changed while it was drawn".to_owned(),
            Outcome::Timeout => "the display gave no picture to draw on in time".to_owned(),
            Outcome::SurfaceLost => "the window's surface was lost".to_owned(),
            Outcome::Failed(why) => why,
        };
        self.row += 1;
        let since = *self.since.get_or_insert(now);
        tracing::warn!(in_a_row = self.row, "a frame was not shown: {failure}");
        if self.row >= MOST || now.since(since) >= LONGEST_S {
            return Next::GiveUp(format!(
                "{} frames in a row could not be shown, the last because {failure}",
                self.row
            ));
        }
        Next::Retry(now.after(AGAIN_S))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_in_a_row_or_ten_seconds_are_enough() {
        let mut h = Health::default();
        for i in 0..4 {
            let next = h.judge(Outcome::Timeout, Time::from_s(f64::from(i)));
            assert_eq!(next, Next::Retry(Time::from_s(f64::from(i) + AGAIN_S)));
        }
        assert!(matches!(h.judge(Outcome::Failed("x".into()), Time::from_s(4.0)), Next::GiveUp(_)));
        let mut h = Health::default();
        assert!(matches!(h.judge(Outcome::Outdated, Time::ZERO), Next::Retry(_)));
        assert!(matches!(h.judge(Outcome::Outdated, Time::from_s(10.0)), Next::GiveUp(_)));
    }

    #[test]
    fn a_shown_frame_forgives_and_a_covered_window_is_no_failure() {
        let mut h = Health::default();
        for i in 0..100 {
            let t = Time::from_s(f64::from(i));
            assert!(matches!(h.judge(Outcome::SurfaceLost, t), Next::Retry(_)));
            assert_eq!(h.judge(Outcome::Suboptimal, t), Next::Shown);
            assert_eq!(h.judge(Outcome::Occluded, t), Next::Retry(t.after(OCCLUDED_S)));
            assert_eq!(h.judge(Outcome::Unchanged, t), Next::Rest);
        }
        assert!(matches!(h.judge(Outcome::DeviceLost, Time::ZERO), Next::GiveUp(_)));
    }
}
