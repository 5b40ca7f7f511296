//! Declares the wire types that several slide kinds share.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Id, List, Num, Opt, Text, TextOrNumber, Time, Whole};

/// What all slides share.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct SlideHead {
    /// Id, unique on the board; by default a hash of type and title.
    pub(crate) id: Opt<Id>,
    /// Title; at most 80 characters are shown.
    pub(crate) title: Opt<Text>,
    /// The period that the figures are about.
    pub(crate) period: Opt<Period>,
    /// Not shown before. (A `message` of a meeting, say.)
    pub(crate) start: Opt<Time>,
    /// Not shown from here on.
    pub(crate) end: Opt<Time>,
    /// Ids of the teams whose screens show it; by default those of the people and teams named on it.
    pub(crate) teams: List<Id>,
    /// For how many seconds a page of it stays, 3 to 600; by default as long as there is something to read.
    pub(crate) dwell_s: Opt<Num>,
}

/// A period, half-open.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Period {
    /// Its name.
    pub(crate) label: Opt<Text>,
    /// First instant.
    pub(crate) start: Opt<Time>,
    /// First instant after it.
    pub(crate) end: Opt<Time>,
    /// Working days in it.
    pub(crate) days_total: Opt<Whole>,
    /// Working days left.
    pub(crate) days_left: Opt<Whole>,
}

/// The last piece of a figure.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Recent {
    /// Amount.
    #[schemars(required)]
    pub(crate) value: Opt<Num>,
    /// In words.
    pub(crate) label: Opt<Text>,
}

/// A labelled fact.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Fact {
    /// Label.
    pub(crate) label: Opt<Text>,
    /// In words, or a number.
    pub(crate) value: Opt<TextOrNumber>,
}
