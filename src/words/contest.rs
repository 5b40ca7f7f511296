//! Words of contests.

/// Words of contests in one language. Figures come in as they are written; pairs are a strong part and a plain one.
#[derive(Debug)]
pub struct Contest {
    /// Over the first of a duel.
    pub leads: &'static str,
    /// Over the second.
    pub chases: &'static str,
    /// Over each of those who share the lead.
    pub tied: &'static str,
    /// How many share the lead, where there are more than a duel shows.
    pub tied_many: fn(usize) -> String,
    /// In place of somebody who is not there yet.
    pub open: &'static str,
    /// The prize in the header and on its tag.
    pub prize: &'static str,
    /// Before the countdown to the end.
    pub ends_in: &'static str,
    /// Before the countdown to the beginning.
    pub starts_in: &'static str,
    /// The end has come.
    pub time_up: &'static str,
    /// The beginning has come, but the source has not said so.
    pub starting: &'static str,
    /// When it begins.
    pub starts: fn(&str) -> [String; 2],

    /// So many of what a metric counts; its label in capitals.
    pub count: fn(figure: &str, one: bool, label: &str) -> String,
    /// The things that a metric's label counts.
    pub things: fn(&str) -> String,
    /// What is missing to the lead.
    pub to_lead: fn(&str) -> [String; 2],
    /// The next one counted leads; the metric's label.
    pub next_leads: fn(&str) -> [String; 2],
    /// Equal in a measure that is not counted.
    pub level: [&'static str; 2],
    /// How far the second is behind.
    pub behind: fn(&str) -> [String; 2],
    /// How far two lie apart, where nobody may be said to lead.
    pub apart: fn(&str) -> [String; 2],
    /// What is missing to be the nth at the goal.
    pub to_finish: fn(&str, u32) -> [String; 2],
    /// What is missing to the goal.
    pub to_goal: fn(&str) -> [String; 2],
    /// Everybody has reached the goal.
    pub all_reached: [&'static str; 2],
    /// The result may still change.
    pub provisional: [&'static str; 2],
    /// The result stands.
    pub final_result: [&'static str; 2],

    /// Over the winner.
    pub winner: &'static str,
    /// Over those who have won by reaching the goal.
    pub winners: &'static str,
    /// Over the winner's margin.
    pub won_by: &'static str,
    /// Over the instant at which it was decided.
    pub decided: &'static str,
    /// The sum of everybody.
    pub in_all: fn(&str) -> String,
    /// A place, e.g. "2ND".
    pub place: fn(u32) -> String,
    /// Over those who have reached the goal.
    pub reached: &'static str,
    /// Over the one who is nearest to it.
    pub next: &'static str,
    /// The goal.
    pub goal: fn(&str) -> String,
    /// Behind how many have reached it: of so many.
    pub of: fn(usize) -> String,
    /// Nobody is left below the goal.
    pub nobody_left: &'static str,
    /// Members of a team.
    pub members: fn(u32) -> String,
    /// People in it.
    pub people: fn(usize) -> String,
    /// Teams in it.
    pub teams: fn(usize) -> String,
    /// Nobody has a figure yet; the metric's label. The second line is the bright one.
    pub empty: fn(&str) -> [String; 2],

    // How it is won, with the metric's label.
    /// Most at the end.
    pub most: fn(&str) -> String,
    /// Least at the end.
    pub least: fn(&str) -> String,
    /// First at the goal.
    pub first_to: fn(&str) -> String,
    /// Everybody at the goal.
    pub threshold: fn(&str) -> String,
    /// Sum of the team.
    pub team_total: fn(&str) -> String,
    /// Average of the team.
    pub team_average: fn(&str) -> String,
    /// Two sides.
    pub versus: fn(&str) -> String,
}

/// What is done with the things that a label counts: "DEMOS HELD" are demos.
const DONE: [&str; 19] = [
    "HELD",
    "WON",
    "BOOKED",
    "MADE",
    "DONE",
    "CLOSED",
    "SENT",
    "SET",
    "SIGNED",
    "SOLD",
    "LOGGED",
    "CREATED",
    "OPENED",
    "DELIVERED",
    "COMPLETED",
    "QUALIFIED",
    "RECEIVED",
    "GIVEN",
    "FILED",
];

/// What a label counts, one or many: "Demos held" → "DEMO", "DEMOS".
fn thing(label: &str, one: bool) -> String {
    let mut words: Vec<&str> = label.split_whitespace().collect();
    if words.len() > 1 && words.last().is_some_and(|last| DONE.contains(&last.to_uppercase().as_str())) {
        words.pop();
    }
    let many = words.join(" ");
    let upper = many.to_uppercase();
    let cut = |n: usize| many.get(..many.len() - n).unwrap_or(&many).to_owned();
    match () {
        () if !one => many,
        () if upper.ends_with("IES") && upper.len() > 4 => {
            cut(3) + if many.ends_with(char::is_lowercase) { "y" } else { "Y" }
        }
        () if upper.ends_with("SSES") || upper.ends_with("CHES") || upper.ends_with("XES") => cut(2),
        () if upper.ends_with('S') && !upper.ends_with("SS") => cut(1),
        () => many,
    }
}

/// "LABEL" behind a phrase, with nothing where there is none.
fn with(phrase: &str, label: &str) -> String {
    if label.is_empty() { phrase.to_owned() } else { format!("{phrase} · {label}") }
}

/// "2ND"
fn ordinal(n: u32) -> String {
    let end = match (n % 10, n % 100) {
        (_, 11..=13) => "TH",
        (1, _) => "ST",
        (2, _) => "ND",
        (3, _) => "RD",
        _ => "TH",
    };
    format!("{n}{end}")
}

fn pair(strong: &str, plain: &str) -> [String; 2] {
    [strong.to_owned(), plain.to_owned()]
}

pub(super) const EN: Contest = Contest {
    leads: "LEADS",
    chases: "CHASES",
    tied: "TIED",
    tied_many: |n| format!("{n} SHARE THE LEAD"),
    open: "NO. 2 IS OPEN",
    prize: "PRIZE",
    ends_in: "ENDS IN",
    starts_in: "STARTS IN",
    time_up: "TIME IS UP",
    starting: "STARTING",
    starts: |when| pair("STARTS", when),

    count: |figure, one, label| match thing(label, one) {
        thing if thing.is_empty() => figure.to_owned(),
        thing => format!("{figure} {thing}"),
    },
    things: |label| thing(label, false),
    to_lead: |n| pair(n, "TO TAKE THE LEAD"),
    next_leads: |label| match thing(label, true) {
        thing if thing.is_empty() => pair("THE NEXT ONE", "LEADS"),
        thing => [format!("NEXT {thing}"), "LEADS".to_owned()],
    },
    level: ["LEVEL", "AT THE TOP"],
    behind: |figure| pair(figure, "BEHIND THE LEAD"),
    apart: |figure| pair(figure, "APART"),
    to_finish: |n, place| [n.to_owned(), format!("TO FINISH {}", ordinal(place))],
    to_goal: |n| pair(n, "TO THE GOAL"),
    all_reached: ["ALL OF THEM", "HAVE REACHED THE GOAL"],
    provisional: ["PROVISIONAL", "RESULT"],
    final_result: ["FINAL", "RESULT"],

    winner: "WINNER",
    winners: "WINNERS",
    won_by: "WON BY",
    decided: "DECIDED",
    in_all: |figure| format!("{figure} IN ALL"),
    place: ordinal,
    reached: "AT THE GOAL",
    next: "NEXT",
    goal: |figure| format!("GOAL {figure}"),
    of: |n| format!("OF {n}"),
    nobody_left: "EVERYONE IS IN",
    members: |n| if n == 1 { "1 MEMBER".to_owned() } else { format!("{n} MEMBERS") },
    people: |n| if n == 1 { "1 REP".to_owned() } else { format!("{n} REPS") },
    teams: |n| if n == 1 { "1 TEAM".to_owned() } else { format!("{n} TEAMS") },
    empty: |label| match thing(label, true) {
        thing if thing.is_empty() => pair("THE FIRST ONE", "TAKES THE LEAD"),
        thing => [format!("FIRST {thing}"), "TAKES THE LEAD".to_owned()],
    },

    most: |label| if label.is_empty() { "HIGHEST AT THE END".to_owned() } else { format!("MOST {label}") },
    least: |label| with("LOWEST AT THE END", label),
    first_to: |goal| if goal.is_empty() { "FIRST AT THE GOAL".to_owned() } else { format!("FIRST TO {goal}") },
    threshold: |goal| match goal {
        "" => "EVERYONE AT THE GOAL WINS".to_owned(),
        goal => format!("EVERYONE WITH {goal} WINS"),
    },
    team_total: |label| with("TEAM TOTAL", label),
    team_average: |label| with("AVERAGE PER MEMBER", label),
    versus: |label| with("HEAD TO HEAD", label),
};

pub(super) const JA: Contest = Contest {
    leads: "首位",
    chases: "追走",
    tied: "同点",
    tied_many: |n| format!("{n}者が同点首位"),
    open: "2位は空席",
    prize: "賞品",
    ends_in: "終了まで",
    starts_in: "開始まで",
    time_up: "終了",
    starting: "まもなく開始",
    starts: |when| pair(when, "スタート"),

    count: |figure, _, _| format!("{figure}件"),
    things: |_| "件".to_owned(),
    to_lead: |n| [format!("あと{n}"), "で首位".to_owned()],
    next_leads: |_| pair("次の1件", "で首位"),
    level: ["同点", "で首位"],
    behind: |figure| ["首位まで".to_owned(), figure.to_owned()],
    apart: |figure| pair("差", figure),
    to_finish: |n, place| [format!("あと{n}"), format!("で{place}着")],
    to_goal: |n| [format!("あと{n}"), "で達成".to_owned()],
    all_reached: ["全員", "目標達成"],
    provisional: ["暫定結果", "確定待ち"],
    final_result: ["最終結果", ""],

    winner: "優勝",
    winners: "達成者",
    won_by: "2位との差",
    decided: "決着",
    in_all: |figure| format!("合計{figure}"),
    place: |n| format!("{n}位"),
    reached: "目標達成",
    next: "次の達成者",
    goal: |figure| format!("目標{figure}"),
    of: |n| format!("/{n}"),
    nobody_left: "全員達成",
    members: |n| format!("{n}名"),
    people: |n| format!("{n}名"),
    teams: |n| format!("{n}チーム"),
    empty: |_| pair("最初の1件で", "首位に立つ"),

    most: |label| if label.is_empty() { "最多で優勝".to_owned() } else { format!("{label}の最多で優勝") },
    least: |label| if label.is_empty() { "最少で優勝".to_owned() } else { format!("{label}の最少で優勝") },
    first_to: |goal| if goal.is_empty() { "目標に先着".to_owned() } else { format!("{goal}に先着") },
    threshold: |goal| {
        if goal.is_empty() { "目標達成で全員受賞".to_owned() } else { format!("{goal}達成で全員受賞") }
    },
    team_total: |label| with("チーム合計", label),
    team_average: |label| with("1人平均", label),
    versus: |label| with("直接対決", label),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_name_what_they_count() {
        for (label, many, one) in [
            ("DEMOS HELD", "DEMOS", "DEMO"),
            ("Demos booked", "Demos", "Demo"),
            ("CALLS", "CALLS", "CALL"),
            ("NEW CUSTOMERS", "NEW CUSTOMERS", "NEW CUSTOMER"),
            ("OPPORTUNITIES WON", "OPPORTUNITIES", "OPPORTUNITY"),
            ("PITCHES", "PITCHES", "PITCH"),
            ("WON", "WON", "WON"),
            ("BUSINESS", "BUSINESS", "BUSINESS"),
            ("ВСТРЕЧИ", "ВСТРЕЧИ", "ВСТРЕЧИ"),
            ("", "", ""),
        ] {
            assert_eq!((thing(label, false).as_str(), thing(label, true).as_str()), (many, one));
        }
        assert_eq!((EN.count)("1", true, "DEMOS HELD"), "1 DEMO");
        assert_eq!((EN.next_leads)(""), ["THE NEXT ONE", "LEADS"]);
    }

    #[test]
    fn ordinals() {
        let said: Vec<String> = [1, 2, 3, 4, 11, 12, 13, 21, 22, 103, 111].map(ordinal).to_vec();
        assert_eq!(said.join(" "), "1ST 2ND 3RD 4TH 11TH 12TH 13TH 21ST 22ND 103RD 111TH");
    }
}
