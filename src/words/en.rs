//! The interface in English.

use super::Words;

pub(super) const WORDS: Words = Words {
    live: "LIVE",
    days_left: |n| match n {
        0 => "LAST SELLING DAY".to_owned(),
        1 => "1 SELLING DAY LEFT".to_owned(),
        n => format!("{n} SELLING DAYS LEFT"),
    },
    day_of: |day, days| format!("DAY {day} OF {days}"),
    data_from: |when| format!("DATA FROM {when}"),
    caption: |label, unit| match (label, unit) {
        (label, "") => label.to_owned(),
        ("", unit) => unit.to_owned(),
        (label, unit) => format!("{label} · {unit}"),
    },
    clock_not_set: "CLOCK NOT SET",
    countdown_units: ["D", "H", "M", "S"],
    final_pending: "FINAL RESULT PENDING",

    caveats: super::caveats::EN,

    leader: "LEADER",
    joint_leaders: "SHARED LEAD",
    since: |when| format!("SINCE {when}"),
    at: |when| format!("AT {when}"),
    gap: "GAP",
    and_more: |n| format!("AND {n} MORE"),
    new: "NEW",

    team: "TEAM",
    all: "ALL",
    of: |target| format!("OF {target}"),
    attainment: "",
    ahead: |figure| format!("{figure} AHEAD"),
    behind: |figure| format!("{figure} BEHIND"),
    on_pace: "ON PACE",

    no_1_is_open: "NO. 1 IS OPEN",
    first_deal: |thing| [format!("FIRST {}", if thing.is_empty() { "DEAL" } else { thing }), "TAKES NO. 1".to_owned()],
    to_beat: |period| match period {
        Some(period) => format!("TO BEAT · {period}"),
        None => "TO BEAT".to_owned(),
    },
    starts: |day| ["STARTS".to_owned(), day.to_owned()],

    connect: "CONNECT THIS SCREEN",
    scan: "SCAN, OR OPEN ON YOUR PHONE",
    pick_data: "PICK YOUR DATA",
    open_settings: "OPEN THE SETTINGS FILE",
    set_feed: "SET THE ADDRESS OF THE FEED",
    save: "SAVE. THE BOARD STARTS.",
    corners: "ALL FOUR CORNERS VISIBLE?",
    version: |version| format!("VERSION {version}"),
    settings_refused: |file, place| match place {
        Some((line, column)) => format!("SETTINGS NOT TAKEN: {file}, LINE {line}, COLUMN {column}"),
        None => format!("SETTINGS NOT TAKEN: {file} CANNOT BE READ"),
    },
    waiting: ["WAITING FOR", "THE SALES DATA"],
    idle: ["NOTHING TO", "SHOW NOW"],

    cannot_reach: ["CAN’T REACH", "THE SALES DATA"],
    retry_in: "RETRY IN",
    this_screen: "THIS SCREEN",
    network: "NETWORK",
    sales_feed: "SALES FEED",
    ok: "OK",
    no_answer: "NO ANSWER",
    no_access: "NO ACCESS",
    bad_data: "BAD DATA",
    not_connected: "NOT CONNECTED",
    clock_wrong: "CLOCK WRONG",
    code: |code| format!("CODE {code}"),
    last_data_stays: "THE LAST DATA STAYS ON SCREEN",

    days: "DAYS",
    points: "PTS",
    hours_minutes: "H:MM",
    minutes_seconds: "M:SS",

    contest: super::contest::EN,
    bracket: super::bracket::EN,
    goals: super::goals::EN,
    scorecard: super::scorecard::EN,
    recognition: super::recognition::EN,
    ramp: super::ramp::EN,
    skills: super::skills::EN,
    coaching: super::coaching::EN,
    message: super::message::EN,
    teams: super::teams::EN,
    celebration: super::celebration::EN,
};
