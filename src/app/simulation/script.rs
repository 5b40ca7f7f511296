//! What happens to a wall, from a seed.

/// Small and the same everywhere (splitmix64).
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n.max(1)
    }

    /// Seconds up to `most`.
    pub fn seconds(&mut self, most: f64) -> f64 {
        self.below(1_000_000) as f64 / 1e6 * most
    }
}

/// Something that happens at an instant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Happening {
    /// The source has another board, with a deal on it.
    Board,
    /// The source answers no more for so many seconds.
    Outage(f64),
    /// The TV is off for so many seconds, and presenting blocks meanwhile or is refused.
    Off(f64, bool),
    /// Presenting hangs for so many seconds, with the TV on.
    Hang(f64),
    /// The next frames fail.
    Failures(u64),
    /// The device is lost with the next frame.
    Lost,
    /// The clock is set by so many seconds.
    Clock(f64),
    /// The power fails.
    Cut,
}

/// What happens, in its order, and when the wall is told to stop.
#[derive(Debug, Clone)]
pub(super) struct Script {
    pub happenings: Vec<(f64, Happening)>,
    pub stop_s: f64,
    pub random: Random,
}

impl Script {
    pub fn of(seed: u64, span_s: f64) -> Script {
        let mut random = Random(seed);
        // One each half minute at least, and no more than a month can bear.
        let gap_s = if span_s > 86_400.0 { 900.0 } else { 15.0 + random.seconds(60.0) };
        let mut happenings = Vec::new();
        let mut at = random.seconds(10.0);
        while at < span_s {
            let what = match random.below(16) {
                0..=6 => Happening::Board,
                7 | 8 => Happening::Outage(random.seconds(200.0)),
                9 => Happening::Off(random.seconds(200.0), random.below(2) == 0),
                10 | 11 => Happening::Hang(random.seconds(150.0)),
                12 => Happening::Failures(1 + random.below(8)),
                13 => Happening::Lost,
                14 => Happening::Clock(random.seconds(7200.0) - 3600.0),
                _ => Happening::Cut,
            };
            happenings.push((at, what));
            at += random.seconds(2.0 * gap_s);
        }
        Script { happenings, stop_s: span_s, random }
    }
}
