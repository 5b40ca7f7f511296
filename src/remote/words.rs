//! The words of the page, in English and Japanese.

use axum::http::{HeaderMap, header};

use super::action::Wrong;

/// Every text of the page. `{n}` is a number.
#[derive(Debug)]
pub(super) struct Words {
    pub lang: &'static str,
    pub the_wall: &'static str,
    pub picture_of: &'static str,
    pub picture_empty: &'static str,
    pub on_now: &'static str,
    pub comes_next: &'static str,
    pub nothing_next: &'static str,
    pub next: &'static str,
    pub back: &'static str,
    pub refresh: &'static str,
    pub identify: &'static str,
    pub identify_hint: &'static str,
    pub pin: &'static str,
    pub unpin: &'static str,
    pub pinned: &'static str,
    pub message: &'static str,
    pub message_text: &'static str,
    pub minutes: &'static str,
    pub show: &'static str,
    pub take_away: &'static str,
    pub message_on: &'static str,
    pub feeds: &'static str,
    pub good: &'static str,
    pub failing: &'static str,
    pub waiting: &'static str,
    pub age: &'static str,
    pub last_error: &'static str,
    pub none: &'static str,
    pub playlist: &'static str,
    pub place: &'static str,
    pub slide: &'static str,
    pub seconds: &'static str,
    pub auto: &'static str,
    pub hide: &'static str,
    pub save: &'static str,
    pub as_settings: &'static str,
    pub not_on: &'static str,
    pub no_slides: &'static str,
    pub room: &'static str,
    pub brightness: &'static str,
    pub quiet: &'static str,
    pub quiet_hint: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    pub off: &'static str,
    pub sound: &'static str,
    pub sound_on: &'static str,
    pub sound_muted: &'static str,
    pub mute: &'static str,
    pub unmute: &'static str,
    pub machine: &'static str,
    pub reload: &'static str,
    pub restart: &'static str,
    pub restart_hint: &'static str,
    pub log: &'static str,
    pub starts: &'static str,
    pub runs: &'static str,
    pub up: &'static str,
    pub dark: &'static str,
    pub stale: &'static str,
    pub changed: &'static str,
    pub done: &'static str,
    pub sign_in: &'static str,
    pub code_label: &'static str,
    pub code_hint: &'static str,
    pub token_hint: &'static str,
    pub show_code: &'static str,
    pub code_is_shown: &'static str,
    pub wrong_code: &'static str,
    pub sign_out: &'static str,
    pub page_of: &'static str,
    pub ago: &'static str,
    pub within: &'static str,
    /// Units of times: seconds, minutes, hours, days.
    pub units: [&'static str; 4],
    /// In the order of [`Wrong`].
    wrong: [&'static str; 8],
}

const EN: Words = Words {
    lang: "en",
    the_wall: "The wall",
    picture_of: "The wall now: {title}",
    picture_empty: "The wall now",
    on_now: "On now",
    comes_next: "Comes next",
    nothing_next: "Nothing else is in the playlist.",
    next: "Next",
    back: "Back",
    refresh: "Look again",
    identify: "Which screen is this?",
    identify_hint: "Shows its name and address large for 20 seconds.",
    pin: "Pin",
    unpin: "Show all again",
    pinned: "Pinned: only this slide is shown.",
    message: "Message",
    message_text: "Text, at most 280 characters",
    minutes: "Minutes",
    show: "Show",
    take_away: "Take away",
    message_on: "On the wall for {n} more:",
    feeds: "Feeds",
    good: "good",
    failing: "failing",
    waiting: "waiting",
    age: "Figures from",
    last_error: "Last error",
    none: "none",
    playlist: "Playlist",
    place: "Place",
    slide: "Slide",
    seconds: "Seconds",
    auto: "auto",
    hide: "Hide",
    save: "Save",
    as_settings: "As in the settings file",
    not_on: "not on: {why}",
    no_slides: "No board has come yet.",
    room: "In the room",
    brightness: "Brightness in percent",
    quiet: "Quiet hours",
    quiet_hint: "Nothing fills the screen between these times.",
    from: "From",
    to: "To",
    off: "Off",
    sound: "Sound",
    sound_on: "Celebrations are heard.",
    sound_muted: "Celebrations are muted.",
    mute: "Mute",
    unmute: "Let them be heard",
    machine: "The program",
    reload: "Read the settings again",
    restart: "Start again",
    restart_hint: "The picture is gone for about a second.",
    log: "Log",
    starts: "Starts since the machine was switched on",
    runs: "runs",
    up: "up {n}",
    dark: "Dark by its hours.",
    stale: "The wall does not answer. This page shows its last report.",
    changed: "Playlist, brightness or quiet hours were changed here. These changes take precedence over the settings file.",
    done: "Done.",
    sign_in: "Sign in",
    code_label: "Code or token",
    code_hint: "The wall shows a code for a minute when you ask for it.",
    token_hint: "The token is in the file named by token_file in [remote] of kiosk.toml.",
    show_code: "Show the code on the wall",
    code_is_shown: "Look at the wall: the code is on it for a minute.",
    wrong_code: "Wrong code. After ten wrong codes in a minute the wall accepts none.",
    sign_out: "Sign out",
    page_of: "page {page} of {pages}",
    ago: "{n} ago",
    within: "in {n}",
    units: ["s", "min", "h", "d"],
    wrong: [
        "The wall does not know this action.",
        "A message needs 1 to 280 characters.",
        "Expected minutes from 0.1 to 1440.",
        "Expected a brightness from 10 to 100 percent.",
        "Expected two different times of day like 18:00.",
        "Expected seconds from 3 to 600, or nothing.",
        "There is no such slide on the wall.",
        "The wall does not answer.",
    ],
};

const JA: Words = Words {
    lang: "ja",
    the_wall: "スクリーン",
    picture_of: "現在の画面：{title}",
    picture_empty: "現在の画面",
    on_now: "表示中",
    comes_next: "次に表示",
    nothing_next: "ほかに表示する画面はありません。",
    next: "次へ",
    back: "前へ",
    refresh: "更新",
    identify: "どのスクリーン？",
    identify_hint: "名前とアドレスを20秒間大きく表示します。",
    pin: "固定",
    unpin: "すべて表示に戻す",
    pinned: "固定中：この画面だけを表示しています。",
    message: "メッセージ",
    message_text: "本文（280文字まで）",
    minutes: "分",
    show: "表示する",
    take_away: "消す",
    message_on: "あと{n}表示：",
    feeds: "データ元",
    good: "正常",
    failing: "エラー",
    waiting: "待機中",
    age: "データの時点",
    last_error: "最後のエラー",
    none: "なし",
    playlist: "プレイリスト",
    place: "順番",
    slide: "画面",
    seconds: "秒",
    auto: "自動",
    hide: "隠す",
    save: "保存",
    as_settings: "設定ファイルに戻す",
    not_on: "非表示：{why}",
    no_slides: "まだデータが届いていません。",
    room: "設置場所",
    brightness: "明るさ（%）",
    quiet: "静かな時間帯",
    quiet_hint: "この時間帯は全画面のお祝いを表示しません。",
    from: "開始",
    to: "終了",
    off: "オフ",
    sound: "音",
    sound_on: "お祝いの音が鳴ります。",
    sound_muted: "お祝いの音は消音中です。",
    mute: "消音",
    unmute: "音を出す",
    machine: "プログラム",
    reload: "設定を読み直す",
    restart: "再起動",
    restart_hint: "約1秒間、画面が消えます。",
    log: "ログ",
    starts: "機器起動後の起動履歴",
    runs: "稼働中",
    up: "稼働 {n}",
    dark: "表示時間外のため消灯中です。",
    stale: "スクリーンが応答しません。以下は最後に届いた内容です。",
    changed: "プレイリスト・明るさ・静かな時間帯はここで変更され、設定ファイルより優先されています。",
    done: "完了しました。",
    sign_in: "ログイン",
    code_label: "コードまたはトークン",
    code_hint: "下のボタンを押すと、スクリーンにコードが1分間表示されます。",
    token_hint: "トークンは kiosk.toml の [remote] の token_file が示すファイルにあります。",
    show_code: "スクリーンにコードを表示",
    code_is_shown: "スクリーンをご覧ください。コードは1分間表示されます。",
    wrong_code: "コードが違います。1分間に10回間違えると受け付けません。",
    sign_out: "ログアウト",
    page_of: "{pages}ページ中{page}ページ",
    ago: "{n}前",
    within: "{n}後",
    units: ["秒", "分", "時間", "日"],
    wrong: [
        "この操作はできません。",
        "メッセージは1〜280文字で入力してください。",
        "0.1〜1440分で入力してください。",
        "明るさは10〜100%で入力してください。",
        "異なる2つの時刻を 18:00 の形で入力してください。",
        "秒数は3〜600、または空欄にしてください。",
        "その画面はありません。",
        "スクリーンが応答しません。",
    ],
};

impl Words {
    pub fn english() -> &'static Words {
        &EN
    }

    pub fn wrong(&self, wrong: Wrong) -> &'static str {
        self.wrong[wrong as usize]
    }

    /// A time as people say it: `40 s`, `12 min`, `3 h`, `5 d`.
    pub fn time(&self, seconds: f64) -> String {
        let seconds = seconds.max(0.0);
        let (n, unit) = match seconds {
            s if s < 90.0 => (s, 0),
            s if s < 5400.0 => (s / 60.0, 1),
            s if s < 172_800.0 => (s / 3600.0, 2),
            s => (s / 86_400.0, 3),
        };
        let gap = if self.lang == "ja" { "" } else { " " };
        format!("{n:.0}{gap}{}", self.units[unit])
    }

    pub fn ago(&self, seconds: f64) -> String {
        fill(self.ago, &[("n", &self.time(seconds))])
    }
}

/// The first language of the browser that there are words of, else the floor's.
pub(super) fn asked(headers: &HeaderMap, floor: &str) -> &'static Words {
    let given = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    given.split(',').chain([floor]).find_map(known).unwrap_or(&EN)
}

fn known(tag: &str) -> Option<&'static Words> {
    let language = tag.split(['-', '_', ';']).next().unwrap_or_default().trim().to_ascii_lowercase();
    [&EN, &JA].into_iter().find(|words| words.lang == language)
}

/// A text with its places filled.
pub(super) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_says_in_which_language() {
        let asks = |languages: &str, floor| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, languages.parse().unwrap());
            asked(&headers, floor).lang
        };
        assert_eq!([asks("ja-JP,en;q=0.5", "en"), asks("sv,en-GB;q=0.8", "ja"), asks("sv", "ja")], ["ja", "en", "ja"]);
    }

    #[test]
    fn times_are_said_shortly() {
        let said = [0.4, 89.0, 90.0, 5400.0, 172_800.0].map(|s| EN.time(s));
        assert_eq!(said, ["0 s", "89 s", "2 min", "2 h", "2 d"]);
        assert_eq!(JA.ago(120.0), "2分前");
    }

    #[test]
    fn every_text_is_there_in_both_languages() {
        let texts = |words: &Words| {
            let text = format!("{words:?}");
            text.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()
        };
        let (en, ja) = (texts(&EN), texts(&JA));
        assert!(en.len() == ja.len() && en.len() > 70 && en.iter().chain(&ja).all(|text| !text.is_empty()));
        // A name of the code, as a rename of a type may leave it in a text.
        let is_code = |text: &str| text.as_bytes().windows(2).any(|two| matches!(two, [b'a'..=b'z', b'A'..=b'Z']));
        for (en, ja) in en.iter().zip(&ja).skip(1) {
            assert_ne!(en, ja);
            assert!(!is_code(en), "{en}");
            let places = |text: &str| text.matches('{').count();
            assert_eq!(places(en), places(ja), "{en} / {ja}");
        }
    }
}
