//! Words of takeovers and lower thirds.

use crate::board::EventKind;

/// Words of takeovers and lower thirds in one language.
#[derive(Debug)]
pub struct Celebration {
    /// Tag of a deal.
    pub won: &'static str,
    /// Tag of a goal.
    pub goal_reached: &'static str,
    /// Tag of a contest's winner.
    pub contest_won: &'static str,
    /// Tag of a record.
    pub record: &'static str,
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
    /// Over the places.
    pub rank: &'static str,
    /// Took the lead.
    pub new_leader: &'static str,
    /// Climbed so many places.
    pub places_up: fn(u32) -> String,
    /// So much is missing to a place.
    pub to_place: fn(gap: &str, place: u32) -> String,
    /// A place that was won.
    pub place: fn(u32) -> String,
}

pub(super) const EN: Celebration = Celebration {
    won: "DEAL CLOSED",
    goal_reached: "GOAL REACHED",
    contest_won: "CONTEST WON",
    record: "NEW RECORD",
    shout: "SHOUT-OUT",
    several: |kind, n| {
        let noun = match kind {
            EventKind::Won => "DEALS",
            EventKind::GoalReached => "GOALS",
            EventKind::ContestWon => "CONTESTS",
            EventKind::Record => "RECORDS",
            EventKind::Shout => "SHOUT-OUTS",
            EventKind::NewLeader => "NEW LEADERS",
        };
        format!("{n} {noun}")
    },
    and: " & ",
    total: "TOTAL",
    own_goal: "OWN GOAL",
    rank: "RANK",
    new_leader: "NEW LEADER",
    places_up: |n| format!("UP {n}"),
    to_place: |gap, place| format!("{gap} TO NO. {place}"),
    place: |place| format!("NOW NO. {place}"),
};

pub(super) const JA: Celebration = Celebration {
    won: "受注決定",
    goal_reached: "目標達成",
    contest_won: "コンテスト優勝",
    record: "新記録",
    shout: "ナイスプレー",
    several: |kind, n| match kind {
        EventKind::Won => format!("受注{n}件"),
        EventKind::GoalReached => format!("目標達成{n}件"),
        EventKind::ContestWon => format!("優勝{n}件"),
        EventKind::Record => format!("新記録{n}件"),
        EventKind::Shout => format!("ナイスプレー{n}件"),
        EventKind::NewLeader => format!("首位浮上{n}件"),
    },
    and: "・",
    total: "累計",
    own_goal: "個人達成率",
    rank: "順位",
    new_leader: "首位浮上",
    places_up: |n| format!("{n}つ上昇"),
    to_place: |gap, place| format!("{place}位まで{gap}"),
    place: |place| format!("{place}位に浮上"),
};
