//! Words of messages.

/// Words of messages in one language. Weekdays count from Monday, 0.
#[derive(Debug)]
pub struct Message {
    /// Title of the slide.
    pub news: &'static str,
    /// Who says it.
    pub from: fn(&str) -> String,
    /// It is about the present day.
    pub today: &'static str,
    /// About the next day.
    pub tomorrow: &'static str,
    /// About a day later in this week.
    pub this_weekday: fn(usize) -> String,
    /// About a day of the next week, at most six days away.
    pub next_weekday: fn(usize) -> String,
    /// A weekday in front of a time of day, which may be empty.
    pub weekday: fn(usize, &str) -> String,
    /// A date in front of a time of day, which may be empty.
    pub on_date: fn(&str, &str) -> String,
    /// The end of the present day.
    pub midnight: &'static str,
    /// How long it is shown.
    pub shown_until: fn(&str) -> String,
    /// Days to the day that it is about: a small and a large part.
    pub in_days: fn(i64) -> [String; 2],
    /// A message that says nothing yet; the second line is the bright one.
    pub empty: [&'static str; 2],
}

const WEEKDAYS: [&str; 7] = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];
const YOUBI: [&str; 7] = ["月曜", "火曜", "水曜", "木曜", "金曜", "土曜", "日曜"];

pub(super) const EN: Message = Message {
    news: "TEAM NEWS",
    from: |who| format!("FROM {who}"),
    today: "TODAY",
    tomorrow: "TOMORROW",
    this_weekday: |day| format!("THIS {}", WEEKDAYS[day % 7]),
    next_weekday: |day| format!("NEXT {}", WEEKDAYS[day % 7]),
    weekday: |day, time| format!("{} {time}", &WEEKDAYS[day % 7][..3]).trim_end().to_owned(),
    on_date: |date, time| format!("{date} {time}").trim_end().to_owned(),
    midnight: "MIDNIGHT",
    shown_until: |when| format!("SHOWN UNTIL {when}"),
    in_days: |n| ["IN".to_owned(), if n == 1 { "1 DAY".to_owned() } else { format!("{n} DAYS") }],
    empty: ["TEAM NEWS", "GOES UP HERE"],
};

pub(super) const JA: Message = Message {
    news: "お知らせ",
    from: |who| format!("{who}より"),
    today: "本日",
    tomorrow: "明日",
    this_weekday: |day| format!("今週{}", YOUBI[day % 7]),
    next_weekday: |day| format!("来週{}", YOUBI[day % 7]),
    weekday: |day, time| format!("{}{time}", YOUBI[day % 7]),
    on_date: |date, time| format!("{date} {time}").trim_end().to_owned(),
    midnight: "24:00",
    shown_until: |when| format!("{when}まで表示"),
    in_days: |n| ["あと".to_owned(), format!("{n}日")],
    empty: ["お知らせは", "ここに出ます"],
};
