//! Words of plays of the week.

list! {
    /// Words of plays of the week in one language.
    pub struct Coaching {
        /// Over the name of who showed the play.
        pub run_by: &'static str,
        /// Over the evidence where nobody is named.
        pub proof: &'static str,
        /// Last day on which it is shown.
        pub until: fn(&str) -> String,
        /// Monday to Sunday.
        pub weekdays: [&'static str; 7],
        /// What to do with it.
        pub try_it: &'static str,
        /// In front of a figure, what it measures.
        pub measured: fn(&str) -> String,
        /// Figures before and after.
        pub became: fn(before: &str, after: &str) -> String,
        /// The figure of today, where none from before is known.
        pub now: fn(&str) -> String,
        /// Words that are said, in quotes.
        pub quote: fn(&str) -> String,
        /// The panel while there is no play.
        pub who_is_next: &'static str,
        /// The message while there is none; the second line is the bright one.
        pub next_play: [&'static str; 2],
    }
}
