//! Words of the story line in the footer.

list! {
    /// Words of the story line in one language: what a fact is about, and the fact.
    pub struct Story {
        /// Somebody else leads.
        pub lead: &'static str,
        /// For the first time since a weekday.
        pub first_change: fn(&str) -> String,
        /// Deals on days in a row.
        pub streak: &'static str,
        /// So many days; the name stands before it.
        pub deal_days: fn(u32) -> String,
        /// Since the end of last week.
        pub this_week: &'static str,
        /// So many places up; the name stands before it.
        pub places_won: fn(u32) -> String,
        /// The sum under the ranking.
        pub goal: &'static str,
        /// The date on which it is reached at the pace so far.
        pub goal_on: fn(&str) -> String,
        /// Title of the race: how a period was run; without its name where that is not known.
        pub race: fn(&str) -> String,
        /// Under whoever leads from a day of the race on.
        pub takes_lead: &'static str,
    }
}
