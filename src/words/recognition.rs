//! Words of recognition.

/// Words of recognition in one language.
#[derive(Debug)]
pub struct Recognition {
    /// A place among so many, both in digits.
    pub no_of: fn(place: &str, n: &str) -> String,
    /// Behind a percentage of the goal.
    pub of_goal: &'static str,
    /// How far beyond the goal.
    pub over: fn(&str) -> String,
    /// How much is missing to the goal.
    pub to_go: fn(&str) -> String,
    /// Over the name of the first on a podium.
    pub winner: &'static str,
    /// Over the threshold that was passed.
    pub we_passed: &'static str,
    /// Under the threshold that was passed today.
    pub today: &'static str,
    /// Under the threshold that comes next.
    pub next: &'static str,
    /// Behind a name and the amount with which a threshold was passed; behind the name alone.
    pub took_us_over: [&'static str; 2],
    /// Over the name of who says thanks.
    pub from: &'static str,
    /// Over a shout-out without a badge.
    pub shout_out: &'static str,
    /// Nothing has been said yet: two lines, the second is the bright one.
    pub first: [&'static str; 2],
    /// Over them.
    pub first_kicker: &'static str,
    /// Badges: star, trophy, medal, rocket, heart, flame, target, team, bolt, idea.
    pub badges: [&'static str; 10],
}

pub(super) const EN: Recognition = Recognition {
    no_of: |place, n| format!("NO. {place} OF {n}"),
    of_goal: "OF GOAL",
    over: |figure| format!("{figure} OVER"),
    to_go: |figure| format!("{figure} TO GO"),
    winner: "WINNER",
    we_passed: "WE PASSED",
    today: "TODAY",
    next: "NEXT",
    took_us_over: ["TOOK US OVER"; 2],
    from: "FROM",
    shout_out: "SHOUT-OUT",
    first: ["WHO HELPED", "YOU TODAY?"],
    first_kicker: "THE NEXT SHOUT-OUT",
    badges: [
        "STAR",
        "TROPHY",
        "MEDAL",
        "LIFT-OFF",
        "THANK YOU",
        "ON FIRE",
        "ON TARGET",
        "TEAMWORK",
        "FULL SPEED",
        "BRIGHT IDEA",
    ],
};

pub(super) const JA: Recognition = Recognition {
    no_of: |place, n| format!("{n}人中{place}位"),
    of_goal: "達成",
    over: |figure| format!("{figure}超過"),
    to_go: |figure| format!("あと{figure}"),
    winner: "優勝",
    we_passed: "大台突破",
    today: "本日",
    next: "次の大台",
    took_us_over: ["の受注で突破", "の受注で突破"],
    from: "贈り主",
    shout_out: "称賛",
    first: ["今日、助けて", "くれた人は？"],
    first_kicker: "次の称賛",
    badges: [
        "スター",
        "トロフィー",
        "メダル",
        "急上昇",
        "ありがとう",
        "絶好調",
        "的中",
        "チームワーク",
        "全速力",
        "名案",
    ],
};
