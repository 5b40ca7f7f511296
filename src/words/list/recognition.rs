//! Words of recognition.

list! {
    /// Words of recognition in one language.
    pub struct Recognition {
        /// A place among so many, both in digits.
        pub no_of: fn(place: &str, n: &str) -> String,
        /// Behind a percentage of the goal.
        pub of_goal: &'static str,
        /// How far beyond the goal.
        pub over: fn(&str) -> String,
        /// How much is missing to the goal.
        pub to_go: fn(&str) -> String,
        /// Over the name of the first on a podium.
        pub winner: &'static str,
        /// Over the threshold that was passed.
        pub we_passed: &'static str,
        /// Under the threshold that was passed today.
        pub today: &'static str,
        /// Under the threshold that comes next.
        pub next: &'static str,
        /// Behind a name and the amount with which a threshold was passed; behind the name alone.
        pub took_us_over: [&'static str; 2],
        /// Over the name of who says thanks.
        pub from: &'static str,
        /// Over a shout-out without a badge.
        pub shout_out: &'static str,
        /// Nothing has been said yet: two lines, the second is the bright one.
        pub first: [&'static str; 2],
        /// Over them.
        pub first_kicker: &'static str,
        /// Badges: star, trophy, medal, rocket, heart, flame, target, team, bolt, idea.
        pub badges: [&'static str; 11],
    }
}
