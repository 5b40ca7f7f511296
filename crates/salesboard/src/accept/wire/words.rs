//! Lists the words of the contract and what each means.

use crate::board::{
    Better, By, Caveat, ContestFormat, ContestState, EventKind, MetricKind, Of, RankStyle, Scope, StageState,
};

/// A type that the contract writes as one of a few words.
pub(crate) trait Words: Copy + 'static {
    /// The words and what they mean.
    const WORDS: &'static [(&'static str, Self)];
}

/// The unit's word; the currency's code is a field of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum UnitWord {
    #[default]
    Count,
    Number,
    Currency,
    Ratio,
    PercentPoints,
    DurationS,
    Days,
    Points,
}

impl Words for UnitWord {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("count", Self::Count),
        ("number", Self::Number),
        ("currency", Self::Currency),
        ("ratio", Self::Ratio),
        ("percent_points", Self::PercentPoints),
        ("duration_s", Self::DurationS),
        ("days", Self::Days),
        ("points", Self::Points),
    ];
}

impl Words for Caveat {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("all_dates", Self::AllDates),
        ("no_stages", Self::NoStages),
        ("past", Self::Past),
        ("rehearsal", Self::Rehearsal),
    ];
}

impl Words for MetricKind {
    const WORDS: &'static [(&'static str, Self)] = &[("leading", Self::Leading), ("lagging", Self::Lagging)];
}

impl Words for Better {
    const WORDS: &'static [(&'static str, Self)] = &[("up", Self::Up), ("down", Self::Down)];
}

impl Words for EventKind {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("won", Self::Won),
        ("goal_reached", Self::GoalReached),
        ("contest_won", Self::ContestWon),
        ("record", Self::Record),
        ("shout", Self::Shout),
        ("new_leader", Self::NewLeader),
    ];
}

/// Which side of a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SideWord {
    A,
    B,
}

impl Words for SideWord {
    const WORDS: &'static [(&'static str, Self)] = &[("a", Self::A), ("b", Self::B)];
}

impl Words for Of {
    const WORDS: &'static [(&'static str, Self)] = &[("people", Self::People), ("teams", Self::Teams)];
}

impl Words for By {
    const WORDS: &'static [(&'static str, Self)] =
        &[("value", Self::Value), ("per_member", Self::PerMember), ("attainment", Self::Attainment)];
}

impl Words for RankStyle {
    const WORDS: &'static [(&'static str, Self)] =
        &[("competition", Self::Competition), ("dense", Self::Dense), ("none", Self::None)];
}

impl Words for ContestFormat {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("most", Self::Most),
        ("first_to", Self::FirstTo),
        ("threshold", Self::Threshold),
        ("team_total", Self::TeamTotal),
        ("team_average", Self::TeamAverage),
        ("versus", Self::Versus),
    ];
}

impl Words for ContestState {
    const WORDS: &'static [(&'static str, Self)] =
        &[("upcoming", Self::Upcoming), ("running", Self::Running), ("ended", Self::Ended), ("final", Self::Final)];
}

impl Words for Scope {
    const WORDS: &'static [(&'static str, Self)] =
        &[("company", Self::Company), ("team", Self::Team), ("person", Self::Person)];
}

impl Words for StageState {
    const WORDS: &'static [(&'static str, Self)] = &[("open", Self::Open), ("done", Self::Done), ("late", Self::Late)];
}
