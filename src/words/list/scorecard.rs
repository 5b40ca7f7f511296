//! Words of scorecards.

list! {
    /// Words of scorecards in one language.
    pub struct Scorecard {
        /// A measure and its unit, which is not empty.
        pub labelled: fn(label: &str, unit: &str) -> String,
        /// More than expected by now.
        pub ahead: &'static str,
        /// Less than expected by now.
        pub behind: &'static str,
        /// What is needed today, behind [`behind`](Scorecard::behind).
        pub need_today: fn(&str) -> String,
        /// The big figure against its pace.
        pub ahead_of_pace: fn(&str) -> String,
        /// The big figure against its pace.
        pub behind_pace: fn(&str) -> String,
        /// What the marker means.
        pub legend: &'static str,
        /// Under a figure that is a score.
        pub score: &'static str,
        /// So many things of a measure a day close the largest gap.
        pub things_close: fn(things: &str, label: &str) -> String,
        /// One thing, or an amount, a day closes the largest gap.
        pub amount_closes: fn(amount: &str, label: &str) -> String,
        /// Nothing is behind.
        pub all_on_pace: &'static str,
        /// Every target is reached.
        pub all_met: &'static str,
        /// The message while there is nobody; the second line is the bright one.
        pub empty: [&'static str; 2],
    }
}
