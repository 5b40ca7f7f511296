//! Decides what follows a frame that was not shown: try again, wait, or give up so that a supervisor restarts us.

use crate::gpu::FrameOutcome;
use crate::motion::Time;

/// Failures in a row, or seconds of failures, after which we give up (KIOSK rule 12).
const MAX_FAILURES: u32 = 5;
const MAX_FAILING_S: f64 = 10.0;
/// When to look again at a window that is covered.
const OCCLUDED_S: f64 = 1.0;
/// Pause before another try.
const RETRY_S: f64 = 0.1;

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
pub struct FrameHealth {
    failures: u32,
    since: Option<Time>,
}

impl FrameHealth {
    /// Judges what came of a frame drawn at `now`.
    pub fn judge(&mut self, outcome: FrameOutcome, now: Time) -> Next {
        let failure = match outcome {
            FrameOutcome::Shown | FrameOutcome::Suboptimal => {
                *self = FrameHealth::default();
                return Next::Shown;
            }
            FrameOutcome::Unchanged => return Next::Rest,
            FrameOutcome::Occluded => return Next::Retry(now.after(OCCLUDED_S)),
            FrameOutcome::DeviceLost => return Next::GiveUp("the graphics device was lost".into()),
            FrameOutcome::Outdated => "the window changed while it was drawn".to_owned(),
            FrameOutcome::Timeout => "the display gave no buffer in time".to_owned(),
            FrameOutcome::SurfaceLost => "the window's surface was lost".to_owned(),
            FrameOutcome::Failed(why) => why,
        };
        self.failures += 1;
        let since = *self.since.get_or_insert(now);
        tracing::warn!(in_a_row = self.failures, "a frame was not shown: {failure}");
        if self.failures >= MAX_FAILURES || now.since(since) >= MAX_FAILING_S {
            return Next::GiveUp(format!(
                "{} frames in a row could not be shown, the last because {failure}",
                self.failures
            ));
        }
        Next::Retry(now.after(RETRY_S))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_in_a_row_or_ten_seconds_are_enough() {
        let mut h = FrameHealth::default();
        for i in 0..4 {
            let next = h.judge(FrameOutcome::Timeout, Time::from_s(f64::from(i)));
            assert_eq!(next, Next::Retry(Time::from_s(f64::from(i) + RETRY_S)));
        }
        assert!(matches!(h.judge(FrameOutcome::Failed("x".into()), Time::from_s(4.0)), Next::GiveUp(_)));
        let mut h = FrameHealth::default();
        assert!(matches!(h.judge(FrameOutcome::Outdated, Time::ZERO), Next::Retry(_)));
        assert!(matches!(h.judge(FrameOutcome::Outdated, Time::from_s(10.0)), Next::GiveUp(_)));
    }

    #[test]
    fn a_shown_frame_forgives_and_a_covered_window_is_no_failure() {
        let mut h = FrameHealth::default();
        for i in 0..100 {
            let t = Time::from_s(f64::from(i));
            assert!(matches!(h.judge(FrameOutcome::SurfaceLost, t), Next::Retry(_)));
            assert_eq!(h.judge(FrameOutcome::Suboptimal, t), Next::Shown);
            assert_eq!(h.judge(FrameOutcome::Occluded, t), Next::Retry(t.after(OCCLUDED_S)));
            assert_eq!(h.judge(FrameOutcome::Unchanged, t), Next::Rest);
        }
        assert!(matches!(h.judge(FrameOutcome::DeviceLost, Time::ZERO), Next::GiveUp(_)));
    }
}
