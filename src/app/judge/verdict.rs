//! Judges from the signs of life whether the wall works (KIOSK rule 16).

use std::fmt;

/// A loop that has not gone round for so long is blocked: it wakes at least each 10 s.
const LOOP_S: f64 = 60.0;
/// A picture that is due for so long does not come.
const WANTED_S: f64 = 60.0;
/// A feed beats each 5 s, and may wait for a slow disk.
const FEED_S: f64 = 120.0;

/// What the judge sees.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::app) struct Signs {
    /// Seconds since the main loop last went round.
    pub loop_s: f64,
    /// Since when a picture is due that was not shown; `None`: none is.
    pub wanted_s: Option<f64>,
    /// Seconds since the last picture was handed to the display; `None`: none was.
    pub shown_s: Option<f64>,
    /// Screens, as of the last time that the loop could ask; `None`: it never could.
    pub outputs: Option<u32>,
    /// The hours say that the wall is dark.
    pub is_off: bool,
    /// The clock ticks and the pixels of the picture stay.
    pub is_frozen: bool,
    /// Each feed, and seconds since it last beat.
    pub feeds: Vec<(String, f64)>,
}

/// How the wall is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) enum Verdict {
    /// The wall can be seen, or it is dark by its hours.
    Ok,
    /// Nobody could: the TV is off or not there. That is no fault of the program.
    NoOutput,
    /// It does not work any more: only a restart helps.
    Stuck(String),
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Verdict::Ok => f.write_str("OK"),
            Verdict::NoOutput => f.write_str("NO OUTPUT"),
            Verdict::Stuck(why) => write!(f, "STUCK: {why}"),
        }
    }
}

impl Verdict {
    /// Whether the supervisor's watchdog is fed: with this the program goes on as it is.
    pub(in crate::app) fn feeds_watchdog(&self) -> bool {
        !matches!(self, Verdict::Stuck(_))
    }
}

/// Judges.
pub(in crate::app) fn judge(signs: &Signs) -> Verdict {
    if let Some((name, silent_s)) = signs.feeds.iter().find(|(_, silent_s)| *silent_s > FEED_S) {
        return Verdict::Stuck(format!("{name} has not moved for {silent_s:.0} s"));
    }
    // Presenting may block for as long as the TV is off, and with it the loop.
    if signs.outputs == Some(0) {
        return Verdict::NoOutput;
    }
    if signs.is_off {
        return Verdict::Ok;
    }
    if signs.loop_s > LOOP_S {
        return Verdict::Stuck(format!("the display has not answered for {:.0} s", signs.loop_s));
    }
    if let Some(wanted_s) = signs.wanted_s.filter(|wanted_s| *wanted_s > WANTED_S) {
        return Verdict::Stuck(format!("a picture is due for {wanted_s:.0} s and is not shown"));
    }
    if signs.is_frozen {
        return Verdict::Stuck("the clock changes but the drawn picture does not".into());
    }
    Verdict::Ok
}

/// The signs in a few words, for the supervisor's status line.
pub(super) fn described(verdict: &Verdict, signs: &Signs) -> String {
    let screens = match signs.outputs {
        Some(1) => "1 screen".to_owned(),
        Some(n) => format!("{n} screens"),
        None => "no screen known".to_owned(),
    };
    let shown = match signs.shown_s {
        Some(s) => format!("last picture {s:.0} s ago"),
        None => "no picture yet".to_owned(),
    };
    let off = if signs.is_off { ", dark by its hours" } else { "" };
    format!("{verdict}; {screens}, {shown}, {} feeds{off}", signs.feeds.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn well() -> Signs {
        Signs {
            loop_s: 9.0,
            shown_s: Some(50.0),
            outputs: Some(1),
            feeds: vec![("crm".into(), 5.0)],
            ..Signs::default()
        }
    }

    #[test]
    fn the_table_of_what_is_fed() {
        let slow = |name: &str| vec![("crm".to_owned(), 1.0), (name.to_owned(), 121.0)];
        for (what, signs, fed, says) in [
            ("all is well", well(), true, "OK"),
            ("it rests for an hour", Signs { shown_s: Some(3600.0), ..well() }, true, "OK"),
            ("it is about to draw", Signs { wanted_s: Some(59.0), ..well() }, true, "OK"),
            ("it is starting", Signs { shown_s: None, outputs: None, loop_s: 20.0, ..well() }, true, "OK"),
            ("the TV is off", Signs { outputs: Some(0), wanted_s: Some(9e4), ..well() }, true, "NO OUTPUT"),
            ("and the loop blocks", Signs { outputs: Some(0), loop_s: 9e4, ..well() }, true, "NO OUTPUT"),
            ("it is night", Signs { is_off: true, loop_s: 9e4, wanted_s: Some(9e4), ..well() }, true, "OK"),
            ("the loop hangs", Signs { loop_s: 61.0, ..well() }, false, "has not answered for 61 s"),
            ("hangs at the start", Signs { loop_s: 61.0, outputs: None, shown_s: None, ..well() }, false, "answered"),
            ("no picture comes", Signs { wanted_s: Some(61.0), ..well() }, false, "due for 61 s"),
            ("the picture is frozen", Signs { is_frozen: true, ..well() }, false, "the drawn picture does not"),
            ("it is dark", Signs { is_frozen: true, is_off: true, ..well() }, true, "OK"),
            ("a feed hangs", Signs { feeds: slow("deals"), ..well() }, false, "deals has not moved for 121 s"),
            ("at night too", Signs { feeds: slow("deals"), is_off: true, ..well() }, false, "deals"),
            ("with the TV off too", Signs { feeds: slow("deals"), outputs: Some(0), ..well() }, false, "deals"),
        ] {
            let verdict = judge(&signs);
            assert_eq!(verdict.feeds_watchdog(), fed, "{what}: {verdict}");
            assert!(described(&verdict, &signs).contains(says), "{what}: {}", described(&verdict, &signs));
        }
    }
}
