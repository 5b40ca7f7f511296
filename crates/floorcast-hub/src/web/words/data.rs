//! The words of sources and imports.

#[rustfmt::skip]
words! {
    sources: "Sources" / "データの取得元";
    source: "Source" / "取得元";
    state: "State" / "状態";
    last_good: "last good" / "最後の成功";
    today: "facts today" / "今日の件数";
    what_is_wrong: "What is wrong" / "問題";
    good: "Good" / "正常";
    failed: "Failed" / "失敗";
    not_yet: "Nothing yet" / "未取得";
    by_hand: "By hand" / "手入力";
    taps: "taps on My day, corrections" / "「今日」での記録と訂正";
    sends: "sends by itself" / "自動で送信";
    folder: "folder, looked at each {every}" / "フォルダー（{every}ごとに確認）";
    system: "another system, asked each {every}" / "外部システム（{every}ごとに取得）";
    minutes: "{n} min" / "{n}分";
    seconds: "{n} s" / "{n}秒";
    when: "When" / "日時";
    new: "new" / "新規";
    changed: "changed" / "変更";
    left_out: "left out" / "除外";
}
