//! Words of contests.

list! {
    /// Words of contests in one language. Figures come in as they are written; pairs are a strong part and a plain one.
    pub struct Contest {
        /// Over the first of a duel.
        pub leads: &'static str,
        /// Over the second.
        pub chases: &'static str,
        /// Over each of those who share the lead.
        pub tied: &'static str,
        /// How many share the lead, where there are more than a duel shows.
        pub tied_many: fn(usize) -> String,
        /// In place of a person who is not there yet.
        pub open: &'static str,
        /// The prize in the header and on its tag.
        pub prize: &'static str,
        /// Before the countdown to the end.
        pub ends_in: &'static str,
        /// Before the countdown to the beginning.
        pub starts_in: &'static str,
        /// The end has come.
        pub time_up: &'static str,
        /// The beginning has come, but the source has not said so.
        pub starting: &'static str,
        /// When it begins.
        pub starts: fn(&str) -> [String; 2],

        /// So many of what a metric counts; its label in capitals.
        pub count: fn(figure: &str, one: bool, label: &str) -> String,
        /// The things that a metric's label counts.
        pub things: fn(&str) -> String,
        /// What is missing to the lead.
        pub to_lead: fn(&str) -> [String; 2],
        /// The next one counted leads; the metric's label.
        pub next_leads: fn(&str) -> [String; 2],
        /// Equal in a measure that is not counted.
        pub level: [&'static str; 2],
        /// How far the second is behind.
        pub behind: fn(&str) -> [String; 2],
        /// How far two lie apart, where nobody may be said to lead.
        pub gap: fn(&str) -> [String; 2],
        /// Over the gaps of rows: what they are to, the first or the goal.
        pub gap_to_first: &'static str,
        pub gap_to_goal: &'static str,
        /// What is missing to be the nth at the goal.
        pub to_finish: fn(&str, u32) -> [String; 2],
        /// What is missing to the goal.
        pub to_goal: fn(&str) -> [String; 2],
        /// Everybody has reached the goal.
        pub all_reached: [&'static str; 2],
        /// The result may still change.
        pub provisional: [&'static str; 2],
        /// The result stands.
        pub final_result: [&'static str; 2],

        /// Over the winner.
        pub winner: &'static str,
        /// Over those who have won by reaching the goal.
        pub winners: &'static str,
        /// Over the winner's margin.
        pub won_by: &'static str,
        /// Over the instant at which it was decided.
        pub decided: &'static str,
        /// The sum of everybody.
        pub in_all: fn(&str) -> String,
        /// A place, e.g. "2ND".
        pub place: fn(u32) -> String,
        /// Over those who have reached the goal.
        pub reached: &'static str,
        /// Over the one who is nearest to it.
        pub next: &'static str,
        /// The goal.
        pub goal: fn(&str) -> String,
        /// Behind how many have reached it: of so many.
        pub of: fn(usize) -> String,
        /// Nobody is left below the goal.
        pub nobody_left: &'static str,
        /// Members of a team.
        pub members: fn(u32) -> String,
        /// People in it.
        pub people: fn(usize) -> String,
        /// Teams in it.
        pub teams: fn(usize) -> String,
        /// Nobody has a figure yet; the metric's label. The second line is the bright one.
        pub empty: fn(&str) -> [String; 2],

        // How it is won, with the metric's label.
        /// Most at the end.
        pub most: fn(&str) -> String,
        /// Least at the end.
        pub least: fn(&str) -> String,
        /// First at the goal.
        pub first_to: fn(&str) -> String,
        /// Everybody at the goal.
        pub threshold: fn(&str) -> String,
        /// Sum of the team.
        pub team_total: fn(&str) -> String,
        /// Average of the team.
        pub team_average: fn(&str) -> String,
        /// Two sides.
        pub versus: fn(&str) -> String,
    }
}
