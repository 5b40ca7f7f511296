//! Defines rankings, contests and knock-outs on the wire.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Id, List, Num, Opt, Recent, SideWord, Target, Text, Time, Whole, Word};
use crate::board::{By, ContestFormat, ContestState, Of, RankStyle};

/// A stack ranking.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Ranking {
    /// `people` by default.
    pub(crate) of: Opt<Word<Of>>,
    /// Metric id.
    pub(crate) metric: Opt<Id>,
    /// Measure of the order; `value` by default.
    pub(crate) by: Opt<Word<By>>,
    /// Numbering; `competition` (1, 2, 2, 4) by default.
    pub(crate) rank: Opt<Word<RankStyle>>,
    /// How much of the list goes on the wall.
    pub(crate) show: Opt<Show>,
    /// Sum line.
    pub(crate) total: Opt<Total>,
    /// Rows in any order; the wall ranks.
    pub(crate) rows: List<RankingRow>,
}

/// How much of a list is shown.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Show {
    /// Best rows; by default all up to 12, else 10 and never beyond half of the list.
    #[schemars(range(min = 1))]
    pub(crate) top: Opt<Whole>,
}

/// Sum line of a ranking.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Total {
    /// Sum.
    pub(crate) value: Opt<Num>,
    /// Target.
    pub(crate) target: Opt<Target>,
    /// What should have been reached by now.
    pub(crate) pace: Opt<Num>,
}

/// One row of a ranking.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct RankingRow {
    /// Id of the person or team.
    pub(crate) who: Opt<Id>,
    /// Name, for rows without `who`.
    pub(crate) name: Opt<Text>,
    /// The figure; absent or null is not ranked.
    pub(crate) value: Opt<Num>,
    /// Target.
    pub(crate) target: Opt<Target>,
    /// What should have been reached by now.
    pub(crate) pace: Opt<Num>,
    /// Place before.
    pub(crate) was_rank: Opt<Whole>,
    /// Further figures by metric id.
    pub(crate) also: Opt<BTreeMap<String, Opt<Num>>>,
    /// Leads since.
    pub(crate) leader_since: Opt<Time>,
    /// At most 12 earlier values, oldest first.
    #[schemars(with = "Option<Vec<Num>>")]
    pub(crate) history: Opt<Vec<Opt<Num>>>,
    /// The last piece of it.
    pub(crate) recent: Opt<Recent>,
    /// Members of the team.
    pub(crate) members: Opt<Whole>,
    /// Shares of the members.
    pub(crate) parts: List<Part>,
}

/// One member's share of a team's figure.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Part {
    /// Id of the person.
    pub(crate) who: Opt<Id>,
    /// Name, where there is no id.
    pub(crate) name: Opt<Text>,
    /// Share.
    #[schemars(required)]
    pub(crate) value: Opt<Num>,
}

/// Contest standings.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Contest {
    /// `people` by default.
    pub(crate) of: Opt<Word<Of>>,
    /// Metric id.
    pub(crate) metric: Opt<Id>,
    /// How it is won; `most` by default.
    pub(crate) format: Opt<Word<ContestFormat>>,
    /// Where it stands; `running` by default.
    pub(crate) state: Opt<Word<ContestState>>,
    /// The figure to reach.
    pub(crate) goal: Opt<Target>,
    /// Rules in words.
    pub(crate) rules: Opt<Text>,
    /// Prizes.
    pub(crate) prizes: List<Prize>,
    /// Rows in any order.
    pub(crate) rows: List<ContestRow>,
}

/// A prize.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Prize {
    /// For this place.
    pub(crate) place: Opt<Whole>,
    /// In words.
    pub(crate) label: Opt<Text>,
    /// What it is worth.
    pub(crate) worth: Opt<Worth>,
}

/// An amount of money.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Worth {
    /// Amount in major units.
    #[schemars(required)]
    pub(crate) value: Opt<Num>,
    /// ISO 4217 code.
    #[schemars(required)]
    pub(crate) currency: Opt<Text>,
}

/// One row of a contest.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct ContestRow {
    /// Id of the person or team.
    pub(crate) who: Opt<Id>,
    /// Name, for rows without `who`.
    pub(crate) name: Opt<Text>,
    /// The figure.
    pub(crate) value: Opt<Num>,
    /// Place before.
    pub(crate) was_rank: Opt<Whole>,
    /// When the goal was reached.
    pub(crate) reached_at: Opt<Time>,
    /// Place won: the source's word.
    pub(crate) won: Opt<Whole>,
    /// Members of the team.
    pub(crate) members: Opt<Whole>,
    /// The last piece of it.
    pub(crate) recent: Opt<Recent>,
}

/// A knock-out.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Bracket {
    /// `people` by default.
    pub(crate) of: Opt<Word<Of>>,
    /// Metric id.
    pub(crate) metric: Opt<Id>,
    /// Rounds, first to final.
    pub(crate) rounds: List<Round>,
    /// Prizes; the first stands in the tree.
    pub(crate) prizes: List<Prize>,
}

/// One round.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Round {
    /// Name.
    pub(crate) label: Opt<Text>,
    /// When it ends.
    pub(crate) end: Opt<Time>,
    /// Matches.
    pub(crate) matches: List<Match>,
}

/// One match; a side that is null or absent is a bye.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Match {
    /// First side.
    pub(crate) a: Opt<Side>,
    /// Second side.
    pub(crate) b: Opt<Side>,
    /// Who won.
    pub(crate) winner: Opt<Word<SideWord>>,
}

/// One side: a person, or the winner of an earlier match.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Side {
    /// Id of the person or team.
    pub(crate) who: Opt<Id>,
    /// Name, where there is no id.
    pub(crate) name: Opt<Text>,
    /// Seed.
    pub(crate) seed: Opt<Whole>,
    /// Score.
    pub(crate) value: Opt<Num>,
    /// Round and match, both from 0, whose winner stands here.
    #[schemars(length(min = 2, max = 2))]
    pub(crate) from: List<Whole>,
}
