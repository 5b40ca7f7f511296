//! Words of scorecards.

/// Words of scorecards in one language.
#[derive(Debug)]
pub struct Scorecard {
    /// A measure and its unit, which is not empty.
    pub labelled: fn(label: &str, unit: &str) -> String,
    /// More than expected by now.
    pub ahead: &'static str,
    /// Less than expected by now.
    pub behind: &'static str,
    /// What is needed today, behind [`behind`](Scorecard::behind).
    pub need_today: fn(&str) -> String,
    /// The big figure against its pace.
    pub ahead_of_pace: fn(&str) -> String,
    /// The big figure against its pace.
    pub behind_pace: fn(&str) -> String,
    /// What the marker means.
    pub legend: &'static str,
    /// Under a figure that is a score.
    pub score: &'static str,
    /// So many things of a measure a day close the largest gap.
    pub things_close: fn(things: &str, label: &str) -> String,
    /// One thing, or an amount, a day closes the largest gap.
    pub amount_closes: fn(amount: &str, label: &str) -> String,
    /// Nothing is behind.
    pub all_on_pace: &'static str,
    /// Every target is reached.
    pub all_met: &'static str,
    /// The message while there is nobody; the second line is the bright one.
    pub empty: [&'static str; 2],
}

pub(super) const EN: Scorecard = Scorecard {
    labelled: |label, unit| format!("{label} {unit}"),
    ahead: "AHEAD",
    behind: "BEHIND",
    need_today: |n| format!("NEED {n} TODAY"),
    ahead_of_pace: |figure| format!("{figure} AHEAD OF PACE"),
    behind_pace: |figure| format!("{figure} BEHIND PACE"),
    legend: "PACE: WHERE THE LINE STANDS TODAY",
    score: "SCORE",
    things_close: |things, label| format!("{things} {label} A DAY CLOSE THE GAP"),
    amount_closes: |amount, label| format!("{label}: {amount} A DAY CLOSES THE GAP"),
    all_on_pace: "ALL ON PACE",
    all_met: "EVERY GOAL MET",
    empty: ["THE SCORECARD", "STARTS HERE"],
};

pub(super) const JA: Scorecard = Scorecard {
    labelled: |label, unit| format!("{label}（{unit}）"),
    ahead: "先行",
    behind: "遅れ",
    need_today: |n| format!("本日あと{n}"),
    ahead_of_pace: |figure| format!("ペースより{figure}先行"),
    behind_pace: |figure| format!("ペースより{figure}遅れ"),
    legend: "線は今日時点のペース",
    score: "スコア",
    things_close: |things, label| format!("{label} 1日{things}で挽回"),
    amount_closes: |amount, label| format!("{label} 1日{amount}で挽回"),
    all_on_pace: "すべて予定どおり",
    all_met: "全目標達成",
    empty: ["スコアカードは", "ここから始まる"],
};
