//! Words of strengths maps.

list! {
    /// Words of strengths maps in one language.
    pub struct Skills {
        /// Title where the feed has none.
        pub strengths: &'static str,
        /// What is expected, where the scale has no unit.
        pub par: fn(&str) -> String,
        /// People behind the means.
        pub reps: fn(u32) -> String,
        /// Line of the means before.
        pub before: &'static str,
        /// In front of what is trained next.
        pub train_next: &'static str,
        /// So far below what is expected.
        pub below: fn(&str) -> String,
        /// In front of whom to ask.
        pub ask: &'static str,
        /// A map without any means; the second line is the bright one.
        pub empty: [&'static str; 2],
    }
}
