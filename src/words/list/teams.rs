//! Words of team rankings.

list! {
    /// Words of team rankings in one language.
    pub struct Teams {
        /// Under a figure that is the team's sum over its members.
        pub per_head: &'static str,
        /// Under the team's sum, where the order is by another figure.
        pub total: &'static str,
        /// Measure of an order by share of the goal.
        pub of_goal: &'static str,
        /// The goal behind a sum or a share of it, where there is little room.
        pub goal: fn(&str) -> String,
        /// Members without a segment of their own.
        pub others: fn(usize) -> String,
    }
}
