//! Words of plays of the week.

/// Words of plays of the week in one language.
#[derive(Debug)]
pub struct Coaching {
    /// Over the name of who showed the play.
    pub run_by: &'static str,
    /// Over the evidence where nobody is named.
    pub proof: &'static str,
    /// Last day on which it is shown.
    pub until: fn(&str) -> String,
    /// Monday to Sunday.
    pub weekdays: [&'static str; 7],
    /// What to do with it.
    pub try_it: &'static str,
    /// In front of a figure, what it measures.
    pub measured: fn(&str) -> String,
    /// Figures before and after.
    pub became: fn(before: &str, after: &str) -> String,
    /// The figure of today, where none from before is known.
    pub now: fn(&str) -> String,
    /// Words that are said, in quotes.
    pub quote: fn(&str) -> String,
    /// The panel while there is no play.
    pub who_is_next: &'static str,
    /// The message while there is none; the second line is the bright one.
    pub next_play: [&'static str; 2],
}

pub(super) const EN: Coaching = Coaching {
    run_by: "RUN BY",
    proof: "PROOF",
    until: |day| format!("UNTIL {day}"),
    weekdays: ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"],
    try_it: "TRY IT TODAY",
    measured: |label| format!("{label}:"),
    became: |before, after| format!("{before} became {after}."),
    now: |figure| format!("{figure} now."),
    quote: |text| format!("“{text}”"),
    who_is_next: "WHO IS NEXT?",
    next_play: ["THE NEXT PLAY", "COULD BE YOURS"],
};

pub(super) const JA: Coaching = Coaching {
    run_by: "お手本",
    proof: "実績",
    until: |day| format!("{day}まで"),
    weekdays: ["月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日", "日曜日"],
    try_it: "今日から試そう",
    measured: |label| format!("{label}："),
    became: |before, after| format!("{before}から{after}へ"),
    now: |figure| format!("現在{figure}"),
    quote: |text| format!("「{text}」"),
    who_is_next: "次は誰？",
    next_play: ["次のお手本は", "あなたかも"],
};
