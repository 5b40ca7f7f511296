//! Words of goals, and what scorecards share with them.

/// Words of goals in one language.
#[derive(Debug)]
pub struct Goals {
    /// Working day of the period, and how many it has.
    pub day_of: fn(day: u32, total: u32) -> String,
    /// A figure with its unit, which may be empty.
    pub amount: fn(figure: &str, unit: &str) -> String,
    /// Over the company's name.
    pub company: &'static str,
    /// Over a person's name.
    pub person: &'static str,
    /// The company as a name.
    pub all_offices: &'static str,
    /// Over the name: whose goal it is, and the measure.
    pub of_metric: fn(kind: &str, metric: &str) -> String,
    /// Over the pace marker.
    pub pace: &'static str,
    /// Over the flag.
    pub goal: &'static str,
    /// In front of what is expected at the end.
    pub forecast: &'static str,
    /// The target is reached.
    pub met: &'static str,
    /// In front of what is needed a day: the company.
    pub company_needs: &'static str,
    /// In front of what is needed a day: somebody.
    pub needs: fn(who: &str) -> String,
    /// What is needed a day.
    pub a_day: fn(figure: &str) -> String,
    /// The message while there is no goal; the second line is the bright one.
    pub empty: [&'static str; 2],
}

pub(super) const EN: Goals = Goals {
    day_of: |day, total| format!("DAY {day} OF {total}"),
    amount: |figure, unit| match unit {
        "" => figure.to_owned(),
        "%" => format!("{figure}%"),
        unit => format!("{figure} {unit}"),
    },
    company: "COMPANY",
    person: "REP",
    all_offices: "ALL OFFICES",
    of_metric: |kind, metric| format!("{kind} · {metric}"),
    pace: "PACE",
    goal: "GOAL",
    forecast: "FORECAST",
    met: "GOAL MET",
    company_needs: "THE COMPANY NEEDS",
    needs: |who| format!("{who} NEEDS"),
    a_day: |figure| format!("{figure} A DAY"),
    empty: ["GOALS FOR ALL", "GO UP HERE"],
};

pub(super) const JA: Goals = Goals {
    day_of: |day, total| format!("{total}営業日中{day}日目"),
    amount: |figure, unit| format!("{figure}{unit}"),
    company: "全社",
    person: "個人",
    all_offices: "全拠点",
    of_metric: |kind, metric| format!("{kind}・{metric}"),
    pace: "ペース",
    goal: "目標",
    forecast: "着地見込",
    met: "目標達成",
    company_needs: "全社は",
    needs: |who| format!("{who}は"),
    a_day: |figure| format!("1日{figure}が必要"),
    empty: ["全員の目標が", "ここに並ぶ"],
};
