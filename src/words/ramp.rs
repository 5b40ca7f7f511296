//! Words of onboarding ramps.

/// Words of onboarding ramps in one language. Functions take figures and dates that are already written.
#[derive(Debug)]
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

pub(super) const EN: Ramp = Ramp {
    onboarding: "ONBOARDING",
    to_full: "RAMP TO FULL QUOTA",
    of_quota: "% OF FULL QUOTA",
    week_of: |week, all| format!("WEEK {week} OF {all}"),
    week: "WEEK",
    of_weeks: |all| format!("OF {all}"),
    week_n: |week| format!("WEEK {week}"),
    since: |date| format!("SINCE {date}"),
    mentor: |name| format!("MENTOR {name}"),
    ahead_of_plan: |n| format!("{n} AHEAD OF PLAN"),
    behind_plan: |n| format!("{n} BEHIND PLAN"),
    to_plan: |n| format!("{n} TO PLAN"),
    on_plan: "ON PLAN",
    plan: |n| format!("PLAN {n}"),
    next_goal: "NEXT GOAL",
    by: |what, when| format!("{what} BY {when}"),
    full_quota: "FULL QUOTA",
    now: "NOW",
    next: |when| format!("NEXT · {when}"),
    done: "DONE",
    full_in: "FULL QUOTA IN",
    full_this_week: "FULL QUOTA THIS WEEK",
    weeks: |n| if n == 1 { "1 WEEK".to_owned() } else { format!("{n} WEEKS") },
    hires: |n| if n == 1 { "1 NEW HIRE".to_owned() } else { format!("{n} NEW HIRES") },
    next_full: "NEXT AT FULL QUOTA",
    stages: "STAGES",
    of: |all| format!("OF {all}"),
    late: |n| format!("{n} LATE"),
    is_late: "LATE",
    done_on: |when| format!("DONE {when}"),
    due: |when| format!("BY {when}"),
    empty: ["NEW HIRES", "START HERE"],
};

pub(super) const JA: Ramp = Ramp {
    onboarding: "新人の立ち上がり",
    to_full: "フル目標まで",
    of_quota: "フル目標比（%）",
    week_of: |week, all| format!("第{week}週／全{all}週"),
    week: "第",
    of_weeks: |all| format!("全{all}週"),
    week_n: |week| format!("第{week}週"),
    since: |date| format!("{date}入社"),
    mentor: |name| format!("メンター {name}"),
    ahead_of_plan: |n| format!("計画より{n}先行"),
    behind_plan: |n| format!("計画まで{n}"),
    to_plan: |n| format!("計画まで{n}"),
    on_plan: "計画どおり",
    plan: |n| format!("計画{n}"),
    next_goal: "次の目標",
    by: |what, when| format!("{when}に{what}"),
    full_quota: "フル目標",
    now: "現在",
    next: |when| format!("次・{when}"),
    done: "達成",
    full_in: "フル目標まで",
    full_this_week: "今週フル目標",
    weeks: |n| format!("{n}週間"),
    hires: |n| format!("新人{n}名"),
    next_full: "次にフル目標",
    stages: "ステップ",
    of: |all| format!("／{all}"),
    late: |n| format!("{n}件遅れ"),
    is_late: "遅れ",
    done_on: |when| format!("{when}達成"),
    due: |when| format!("{when}まで"),
    empty: ["新人の歩みが", "ここから始まります"],
};
