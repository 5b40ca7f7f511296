//! Words of knock-outs.

list! {
    /// Words of knock-outs in one language.
    pub struct Bracket {
        /// The format: how many are in it, and whether they are teams.
        pub knock_out: fn(n: usize, teams: bool) -> String,
        /// What decides a match, by the measure's label.
        pub most: fn(&str) -> String,
        /// The same where less is better.
        pub fewest: fn(&str) -> String,
        /// A match is being played.
        pub live: &'static str,
        /// Over the name of who is in front.
        pub leads: &'static str,
        /// Over the name of who is behind.
        pub chases: &'static str,
        /// Over both names while their scores are equal.
        pub level: &'static str,
        /// Over the names of a match that has not begun.
        pub next: &'static str,
        /// Over the name of who won it all.
        pub champion: &'static str,
        /// Whom the champion beat in the final.
        pub beat: fn(&str) -> String,
        /// A round without a name of its own, by its distance from the final.
        pub round: fn(from_final: usize) -> String,
        /// A match of such a round; the final has no number.
        pub game: fn(from_final: usize, number: usize) -> String,
        /// A match of a round whose own name ends in a number.
        pub game_of: fn(round: &str, number: usize) -> String,
        /// The seat of who wins a match.
        pub winner_of: fn(from_final: usize, number: usize) -> String,
        /// A seat without anybody.
        pub bye: &'static str,
        /// When a match was decided.
        pub played: fn(&str) -> String,
        /// Until when a match is played.
        pub to: fn(&str) -> String,
        /// In front of the countdown to the end of the round.
        pub ends_in: &'static str,
        /// In front of the countdown to its beginning.
        pub starts_in: &'static str,
        /// The round's time is over.
        pub ended: &'static str,
        /// The round's time has come.
        pub starting: &'static str,
        /// When the next match begins.
        pub starts: fn(&str) -> String,
        /// How many more bring the lead, counted in words; the first part is the bright one.
        pub to_lead: fn(&str) -> [String; 2],
        /// What the next one brings while scores are equal; what is counted, which may be empty.
        pub next_leads: fn(&str) -> [String; 2],
        /// How far behind, where it cannot be counted.
        pub behind: fn(&str) -> [String; 2],
        /// The panel before the draw.
        pub who_will_win: &'static str,
        /// The message before the draw; the second line is the bright one.
        pub no_draw: [&'static str; 2],
    }
}
