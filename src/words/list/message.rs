//! Words of messages.

list! {
    /// Words of messages in one language. Weekdays count from Monday, 0.
    pub struct Message {
        /// Title of the slide.
        pub news: &'static str,
        /// Who says it.
        pub from: fn(&str) -> String,
        /// It is about the present day.
        pub today: &'static str,
        /// About the next day.
        pub tomorrow: &'static str,
        /// About a day later in this week.
        pub this_weekday: fn(usize) -> String,
        /// About a day of the next week, at most six days away.
        pub next_weekday: fn(usize) -> String,
        /// A weekday in front of a time of day, which may be empty.
        pub weekday: fn(usize, &str) -> String,
        /// A date in front of a time of day, which may be empty.
        pub on_date: fn(&str, &str) -> String,
        /// The end of the present day.
        pub midnight: &'static str,
        /// How long it is shown.
        pub shown_until: fn(&str) -> String,
        /// Days to the day that it is about: a small and a large part.
        pub in_days: fn(i64) -> [String; 2],
        /// A message that says nothing yet; the second line is the bright one.
        pub empty: [&'static str; 2],
    }
}
