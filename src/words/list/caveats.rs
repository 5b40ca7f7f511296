//! Words for what the figures cannot be trusted in: they stand in the header where a sound board says LIVE.

list! {
    /// What a header says of a board whose table lacks something, or that is none of now, in one language: short, in capitals.
    pub struct Caveats {
        /// There is no column of dates, so rows of all time count.
        pub all_dates: &'static str,
        /// There is no column of stages, so every row counts as won.
        pub no_stages: &'static str,
        /// Neither: every row of all time counts as won.
        pub every_row: &'static str,
        /// The newest deal is in an earlier month.
        pub past: &'static str,
        /// The same with the month of the newest deal, as [`month`](super::Locale::month) writes it.
        pub none_since: fn(&str) -> String,
        /// A contest as it would have gone in the time before it.
        pub rehearsal: &'static str,
    }
}
