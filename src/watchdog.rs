//! How often the supervisor's watchdog is fed.

use std::time::Duration;

/// Between two pings: a third of what the supervisor waits (KIOSK rule 17), and no longer than `most`, which holds where no
/// watchdog is to be fed.
pub(crate) fn pause(most: Duration) -> Duration {
    pause_of(std::env::var("WATCHDOG_USEC").ok().as_deref(), most)
}

fn pause_of(watchdog_usec: Option<&str>, most: Duration) -> Duration {
    let usec = watchdog_usec.and_then(|usec| usec.trim().parse::<u64>().ok()).filter(|usec| *usec > 0);
    usec.map_or(most, |usec| Duration::from_micros(usec / 3).clamp(Duration::from_millis(50), most))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pings_come_three_times_as_often_as_they_must() {
        for (usec, pause_ms) in [
            (None, 10_000),
            (Some("3000000"), 1_000),
            (Some(" 60000000\n"), 10_000),
            (Some("20000000"), 6_666),
            (Some("1"), 50),
            (Some("0"), 10_000),
            (Some("soon"), 10_000),
        ] {
            assert_eq!(pause_of(usec, Duration::from_secs(10)).as_millis(), pause_ms, "{usec:?}");
        }
    }
}
