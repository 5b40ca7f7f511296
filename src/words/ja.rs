//! The interface in Japanese.

use super::Words;

pub(super) const WORDS: Words = Words {
    live: "最新",
    days_left: |n| match n {
        0 => "最終営業日".to_owned(),
        n => format!("残り{n}営業日"),
    },
    day_of: |day, days| format!("{days}営業日中{day}日目"),
    data_from: |when| format!("{when}のデータ"),
    caption: |label, unit| match (label, unit) {
        (label, "") => label.to_owned(),
        ("", unit) => unit.to_owned(),
        (label, unit) => format!("{label}（{unit}）"),
    },
    clock_not_set: "時刻未設定",
    countdown_units: ["日", "時間", "分", "秒"],
    final_pending: "最終結果待ち",

    caveats: super::caveats::JA,

    leader: "首位",
    joint_leaders: "同率首位",
    since: |when| format!("{when}に浮上"),
    at: |when| format!("{when}時点"),
    gap: "差",
    and_more: |n| format!("ほか{n}"),
    new: "新",

    team: "チーム",
    all: "全体",
    of: |target| format!("目標{target}"),
    attainment: "達成率",
    ahead: |figure| format!("{figure}先行"),
    behind: |figure| format!("{figure}遅れ"),
    on_pace: "予定どおり",

    no_1_is_open: "首位は空席",
    first_deal: |_| ["最初の1件で".to_owned(), "首位に立つ".to_owned()],
    to_beat: |period| match period {
        Some(period) => format!("目標・{period}の記録"),
        None => "目標".to_owned(),
    },
    starts: |day| [day.to_owned(), "スタート".to_owned()],

    connect: "この画面を接続",
    scan: "読み取るか、スマホで開く",
    pick_data: "データを選ぶ",
    open_settings: "設定ファイルを開く",
    set_feed: "データの取得先を書く",
    save: "保存すると始まります",
    corners: "四隅が見えますか",
    version: |version| format!("バージョン {version}"),
    settings_refused: |file, place| match place {
        Some((line, column)) => format!("設定を読めません：{file} {line}行 {column}列"),
        None => format!("設定を読めません：{file}"),
    },
    waiting: ["売上データを", "待っています"],
    idle: ["いま表示する", "ものはありません"],

    cannot_reach: ["売上データに", "つながりません"],
    retry_in: "再試行まで",
    this_screen: "この画面",
    network: "ネットワーク",
    sales_feed: "売上データ",
    ok: "正常",
    no_answer: "応答なし",
    no_access: "権限なし",
    bad_data: "データ不正",
    not_connected: "未接続",
    clock_wrong: "時刻のずれ",
    code: |code| format!("コード {code}"),
    last_data_stays: "最後のデータを表示中",

    days: "日",
    points: "点",
    hours_minutes: "時:分",
    minutes_seconds: "分:秒",

    contest: super::contest::JA,
    bracket: super::bracket::JA,
    goals: super::goals::JA,
    scorecard: super::scorecard::JA,
    recognition: super::recognition::JA,
    ramp: super::ramp::JA,
    skills: super::skills::JA,
    coaching: super::coaching::JA,
    message: super::message::JA,
    teams: super::teams::JA,
    celebration: super::celebration::JA,
};
