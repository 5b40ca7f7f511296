//! Words of takeovers and lower thirds.

use crate::board::EventKind;

list! {
    /// Words of takeovers and lower thirds in one language.
    pub struct Celebration {
        /// Tag of a deal.
        pub won: &'static str,
        /// Tag of a goal.
        pub goal_reached: &'static str,
        /// Tag of a contest's winner.
        pub contest_won: &'static str,
        /// Tag of a record.
        pub record: &'static str,
        /// Before the best figure until a record.
        pub until_now: &'static str,
        /// Tag of a shout-out.
        pub shout: &'static str,
        /// Tag of several at once.
        pub several: fn(EventKind, usize) -> String,
        /// Between the names of two who did it together.
        pub and: &'static str,
        /// Over the sum of a period without a name.
        pub total: &'static str,
        /// Over the share of the own goal.
        pub own_goal: &'static str,
        /// Which goal: the company's, a team's, a person's.
        pub goals: [&'static str; 3],
        /// Over the places.
        pub rank: &'static str,
        /// Took the lead.
        pub new_leader: &'static str,
        /// Took the lead from somebody who had it for so many days.
        pub after: fn(who: &str, days: u32) -> String,
        /// Climbed so many places.
        pub places_up: fn(u32) -> String,
        /// So much is missing to a place.
        pub to_place: fn(gap: &str, place: u32) -> String,
        /// A place that was won.
        pub place: fn(u32) -> String,
    }
}
