//! Words of goals, and what scorecards share with them.

list! {
    /// Words of goals in one language.
    pub struct Goals {
        /// Working day of the period, and how many it has.
        pub day_of: fn(day: u32, total: u32) -> String,
        /// A figure with its unit, which may be empty.
        pub amount: fn(figure: &str, unit: &str) -> String,
        /// Over the company's name.
        pub company: &'static str,
        /// Over a person's name.
        pub person: &'static str,
        /// The company as a name.
        pub all_offices: &'static str,
        /// Over the name: whose goal it is, and the measure.
        pub of_metric: fn(kind: &str, metric: &str) -> String,
        /// Over the pace marker.
        pub pace: &'static str,
        /// Over the flag.
        pub goal: &'static str,
        /// In front of what is expected at the end.
        pub forecast: &'static str,
        /// The target is reached.
        pub met: &'static str,
        /// In front of what is needed a day: the company.
        pub company_needs: &'static str,
        /// In front of what is needed a day: a person.
        pub needs: fn(who: &str) -> String,
        /// What is needed a day.
        pub a_day: fn(figure: &str) -> String,
        /// The message while there is no goal; the second line is the bright one.
        pub empty: [&'static str; 2],
    }
}
