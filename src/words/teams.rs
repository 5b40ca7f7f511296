//! Words of team rankings.

/// Words of team rankings in one language.
#[derive(Debug)]
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

pub(super) const EN: Teams = Teams {
    per_head: "PER HEAD",
    total: "TOTAL",
    of_goal: "% OF GOAL",
    goal: |goal| format!("OF {goal}"),
    others: |n| format!("+{n}"),
};

pub(super) const JA: Teams = Teams {
    per_head: "1人あたり",
    total: "合計",
    of_goal: "目標達成率",
    goal: |goal| format!("/{goal}"),
    others: |n| format!("+{n}"),
};
