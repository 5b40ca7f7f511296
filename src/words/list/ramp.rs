//! Words of onboarding ramps.

list! {
    /// Words of onboarding ramps in one language. Functions take figures and dates that are already written.
    pub struct Ramp {
        /// Title where the feed has none.
        pub onboarding: &'static str,
        /// What the ramp leads to.
        pub to_full: &'static str,
        /// What the figures are.
        pub of_quota: &'static str,
        /// Week of the ramp.
        pub week_of: fn(u32, u32) -> String,
        /// Over the number of the week.
        pub week: &'static str,
        /// Under the number of the week: all weeks.
        pub of_weeks: fn(u32) -> String,
        /// One week.
        pub week_n: fn(u32) -> String,
        /// First day.
        pub since: fn(&str) -> String,
        /// Who helps.
        pub mentor: fn(&str) -> String,
        /// More than planned.
        pub ahead_of_plan: fn(&str) -> String,
        /// Less than planned.
        pub behind_plan: fn(&str) -> String,
        /// The same for narrow places.
        pub to_plan: fn(&str) -> String,
        /// As planned.
        pub on_plan: &'static str,
        /// What is planned by now.
        pub plan: fn(&str) -> String,
        /// Over the next goal.
        pub next_goal: &'static str,
        /// A goal and when.
        pub by: fn(&str, &str) -> String,
        /// The end of the plan.
        pub full_quota: &'static str,
        /// The present week.
        pub now: &'static str,
        /// The next milestone's week.
        pub next: fn(&str) -> String,
        /// In front of what has been done.
        pub done: &'static str,
        /// In front of the weeks to the end of the plan.
        pub full_in: &'static str,
        /// The end of the plan is in this week.
        pub full_this_week: &'static str,
        /// So many weeks.
        pub weeks: fn(u32) -> String,
        /// So many people.
        pub hires: fn(usize) -> String,
        /// Who gets to the end of the plan first.
        pub next_full: &'static str,
        /// Under a count of stages.
        pub stages: &'static str,
        /// A count of all.
        pub of: fn(usize) -> String,
        /// Stages that are late.
        pub late: fn(usize) -> String,
        /// A stage that is late.
        pub is_late: &'static str,
        /// When a stage was done.
        pub done_on: fn(&str) -> String,
        /// When a stage is due.
        pub due: fn(&str) -> String,
        /// Nobody is new; the second line is the bright one.
        pub empty: [&'static str; 2],
    }
}
