//! Words of strengths maps.

/// Words of strengths maps in one language.
#[derive(Debug)]
pub struct Skills {
    /// Title where the feed has none.
    pub strengths: &'static str,
    /// What is expected, where the scale has no unit.
    pub par: fn(&str) -> String,
    /// People behind the means.
    pub reps: fn(u32) -> String,
    /// Line of the means before.
    pub before: &'static str,
    /// In front of what is trained next.
    pub train_next: &'static str,
    /// So far below what is expected.
    pub below: fn(&str) -> String,
    /// In front of whom to ask.
    pub ask: &'static str,
    /// A map without any means; the second line is the bright one.
    pub empty: [&'static str; 2],
}

pub(super) const EN: Skills = Skills {
    strengths: "STRENGTHS",
    par: |figure| format!("PAR {figure}"),
    reps: |n| format!("{n} REPS"),
    before: "BEFORE",
    train_next: "TRAIN NEXT",
    below: |figure| format!("{figure} BELOW PAR"),
    ask: "ASK",
    empty: ["STRENGTHS", "SHOW UP HERE"],
};

pub(super) const JA: Skills = Skills {
    strengths: "チームの強み",
    par: |figure| format!("基準{figure}"),
    reps: |n| format!("{n}名"),
    before: "前回",
    train_next: "次の強化",
    below: |figure| format!("基準まで{figure}"),
    ask: "教わる人",
    empty: ["チームの強みが", "ここに並びます"],
};
