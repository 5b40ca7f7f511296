//! Holds a knock-out slide (FEED §2): rounds of matches, each side a person, a bye or an earlier winner.

use jiff::Timestamp;

use super::{Identity, Of, Prize};

/// A knock-out slide.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bracket {
    /// People or teams.
    pub of: Of,
    /// Metric id.
    pub metric: Option<String>,
    /// Rounds, first to final.
    pub rounds: Vec<Round>,
    /// Prizes.
    pub prizes: Vec<Prize>,
}

/// One round of a bracket.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Round {
    /// Name.
    pub label: Option<String>,
    /// When it ends.
    pub end: Option<Timestamp>,
    /// Matches.
    pub matches: Vec<Match>,
}

/// One match.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Match {
    /// First side.
    pub a: Side,
    /// Second side.
    pub b: Side,
    /// `Some(true)` when `a` won.
    pub winner_is_a: Option<bool>,
}

/// One side of a match.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Side {
    /// No opponent.
    #[default]
    Bye,
    /// A person.
    Entry {
        /// Who.
        who: Identity,
        /// Seed.
        seed: Option<u32>,
        /// Score.
        value: Option<f64>,
    },
    /// The winner of an earlier match, by index.
    From {
        /// Round.
        round: usize,
        /// Match.
        of: usize,
    },
}
