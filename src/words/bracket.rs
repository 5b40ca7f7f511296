//! Words of knock-outs.

/// Words of knock-outs in one language.
#[derive(Debug)]
pub struct Bracket {
    /// The format: how many are in it, and whether they are teams.
    pub knock_out: fn(n: usize, teams: bool) -> String,
    /// What decides a match, by the measure's label.
    pub most: fn(&str) -> String,
    /// The same where less is better.
    pub fewest: fn(&str) -> String,
    /// A match is being played.
    pub live: &'static str,
    /// Over the name of who is in front.
    pub leads: &'static str,
    /// Over the name of who is behind.
    pub chases: &'static str,
    /// Over both names while their scores are equal.
    pub level: &'static str,
    /// Over the names of a match that has not begun.
    pub next: &'static str,
    /// Over the name of who won it all.
    pub champion: &'static str,
    /// Whom the champion beat in the final.
    pub beat: fn(&str) -> String,
    /// A round without a name of its own, by its distance from the final.
    pub round: fn(from_final: usize) -> String,
    /// A match of such a round; the final has no number.
    pub game: fn(from_final: usize, number: usize) -> String,
    /// A match of a round whose own name ends in a number.
    pub game_of: fn(round: &str, number: usize) -> String,
    /// The seat of who wins a match.
    pub winner_of: fn(from_final: usize, number: usize) -> String,
    /// A seat without anybody.
    pub bye: &'static str,
    /// When a match was decided.
    pub played: fn(&str) -> String,
    /// Until when a match is played.
    pub to: fn(&str) -> String,
    /// In front of the countdown to the end of the round.
    pub ends_in: &'static str,
    /// In front of the countdown to its beginning.
    pub starts_in: &'static str,
    /// The round's time is over.
    pub ended: &'static str,
    /// The round's time has come.
    pub starting: &'static str,
    /// When the next match begins.
    pub starts: fn(&str) -> String,
    /// How many more bring the lead, counted in words; the first part is the bright one.
    pub to_lead: fn(&str) -> [String; 2],
    /// What the next one brings while scores are equal; what is counted, which may be empty.
    pub next_leads: fn(&str) -> [String; 2],
    /// How far behind, where it cannot be counted.
    pub behind: fn(&str) -> [String; 2],
    /// The panel before the draw.
    pub who_will_win: &'static str,
    /// The message before the draw; the second line is the bright one.
    pub no_draw: [&'static str; 2],
}

pub(super) const EN: Bracket = Bracket {
    knock_out: |n, _| format!("KNOCK-OUT OF {n}"),
    most: |label| format!("MOST {label} PER ROUND"),
    fewest: |label| format!("FEWEST {label} PER ROUND"),
    live: "LIVE",
    leads: "LEADS",
    chases: "CHASES",
    level: "LEVEL",
    next: "NEXT",
    champion: "CHAMPION",
    beat: |name| format!("BEAT {name}"),
    round: |from_final| match from_final {
        0 => "FINAL".to_owned(),
        1 => "SEMI-FINALS".to_owned(),
        2 => "QUARTER-FINALS".to_owned(),
        n => format!("ROUND OF {}", 2u64 << n.min(40)),
    },
    game: |from_final, number| match from_final {
        0 => "FINAL".to_owned(),
        1 => format!("SEMI-FINAL {number}"),
        2 => format!("QUARTER-FINAL {number}"),
        _ => format!("MATCH {number}"),
    },
    game_of: |round, number| format!("{round} · MATCH {number}"),
    winner_of: |from_final, number| match from_final {
        0 => "FINAL WINNER".to_owned(),
        1 => format!("SF {number} WINNER"),
        2 => format!("QF {number} WINNER"),
        _ => format!("MATCH {number} WINNER"),
    },
    bye: "BYE",
    played: |day| format!("PLAYED {day}"),
    to: |time| format!("TO {time}"),
    ends_in: "ENDS IN",
    starts_in: "STARTS IN",
    ended: "TIME IS UP",
    starting: "STARTING",
    starts: |day| format!("STARTS {day}"),
    to_lead: |count| [count.to_owned(), "TO LEAD".to_owned()],
    next_leads: |thing| [format!("NEXT {}", if thing.is_empty() { "ONE" } else { thing }), "LEADS".to_owned()],
    behind: |figure| [figure.to_owned(), "BEHIND".to_owned()],
    who_will_win: "WHO WILL WIN?",
    no_draw: ["THE DRAW", "COMES NEXT"],
};

pub(super) const JA: Bracket = Bracket {
    knock_out: |n, teams| {
        if teams { format!("{n}チームの勝ち抜き戦") } else { format!("{n}人の勝ち抜き戦") }
    },
    most: |label| format!("{label}の多い方が勝ち"),
    fewest: |label| format!("{label}の少ない方が勝ち"),
    live: "対戦中",
    leads: "リード",
    chases: "追走",
    level: "同点",
    next: "次の対戦",
    champion: "優勝",
    beat: |name| format!("{name}に勝利"),
    round: |from_final| match from_final {
        0 => "決勝".to_owned(),
        1 => "準決勝".to_owned(),
        2 => "準々決勝".to_owned(),
        n => format!("ベスト{}", 2u64 << n.min(40)),
    },
    game: |from_final, number| match from_final {
        0 => "決勝".to_owned(),
        1 => format!("準決勝 {number}"),
        2 => format!("準々決勝 {number}"),
        _ => format!("第{number}試合"),
    },
    game_of: |round, number| format!("{round}・第{number}試合"),
    winner_of: |from_final, number| match from_final {
        0 => "決勝勝者".to_owned(),
        1 => format!("準決勝{number}勝者"),
        2 => format!("準々決勝{number}勝者"),
        _ => format!("第{number}試合勝者"),
    },
    bye: "不戦",
    played: |day| format!("{day}終了"),
    to: |time| format!("{time}まで"),
    ends_in: "終了まで",
    starts_in: "開始まで",
    ended: "時間終了",
    starting: "まもなく開始",
    starts: |day| format!("{day}開始"),
    to_lead: |count| [format!("あと{count}"), "で逆転".to_owned()],
    next_leads: |_| ["次の1件".to_owned(), "でリード".to_owned()],
    behind: |figure| [figure.to_owned(), "差で追う".to_owned()],
    who_will_win: "優勝は誰に",
    no_draw: ["組み合わせは", "まもなく発表"],
};
