//! Judges from its answers whether the compositor works.

use std::fmt;

/// It reads what its clients say many times a second; one that has not for so long hangs.
const ANSWER_S: f64 = 10.0;
/// A frame that was asked for comes with the next refresh of the screen.
const FRAME_S: f64 = 60.0;

/// What is known of it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Signs {
    /// It has answered at all.
    pub has_answered: bool,
    /// Since when a question waits for its answer.
    pub asked_s: Option<f64>,
    /// Since when a frame waits to be drawn that was asked for.
    pub frame_s: Option<f64>,
    pub outputs: usize,
}

/// How the compositor is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It has not answered yet, and had little time for it.
    Waits,
    Ok,
    /// It works, and there is no screen: the TV is off.
    NoOutput,
    /// Only a restart helps.
    Stuck(&'static str),
}

impl Verdict {
    /// Whether its supervisor is told that all is well.
    pub(super) fn feeds_watchdog(&self) -> bool {
        matches!(self, Verdict::Ok | Verdict::NoOutput)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Verdict::Waits => f.write_str("waits for its first answer"),
            Verdict::Ok => f.write_str("OK"),
            Verdict::NoOutput => f.write_str("NO OUTPUT"),
            Verdict::Stuck(why) => write!(f, "STUCK: {why}"),
        }
    }
}

/// Judges. Without a screen nothing is drawn, and that is no fault.
pub(super) fn judge(signs: &Signs) -> Verdict {
    if signs.asked_s.is_some_and(|s| s > ANSWER_S) {
        return Verdict::Stuck("it does not answer");
    }
    if !signs.has_answered {
        return Verdict::Waits;
    }
    if signs.outputs == 0 {
        return Verdict::NoOutput;
    }
    if signs.frame_s.is_some_and(|s| s > FRAME_S) {
        return Verdict::Stuck("it answers, and draws no frame");
    }
    Verdict::Ok
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_what_is_fed() {
        let well = Signs { has_answered: true, asked_s: None, frame_s: None, outputs: 1 };
        for (what, signs, fed, says) in [
            ("all is well", well, true, "OK"),
            ("it was just asked", Signs { asked_s: Some(9.0), frame_s: Some(59.0), ..well }, true, "OK"),
            ("it starts", Signs { has_answered: false, asked_s: Some(1.0), ..well }, false, "first answer"),
            ("it never started", Signs { has_answered: false, asked_s: Some(11.0), ..well }, false, "does not answer"),
            ("the TV is off", Signs { outputs: 0, frame_s: Some(9e4), ..well }, true, "NO OUTPUT"),
            ("it hangs", Signs { asked_s: Some(11.0), ..well }, false, "does not answer"),
            ("it hangs with the TV off", Signs { asked_s: Some(11.0), outputs: 0, ..well }, false, "does not answer"),
            ("its graphics hang", Signs { frame_s: Some(61.0), ..well }, false, "draws no frame"),
        ] {
            let verdict = judge(&signs);
            assert_eq!(verdict.feeds_watchdog(), fed, "{what}: {verdict}");
            assert!(verdict.to_string().contains(says), "{what}: {verdict}");
        }
    }
}
