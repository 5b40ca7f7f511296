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
    file_by: "From, by whom" / "取得元、担当";
    undone: "Undone" / "取り消し済み";
    add_source: "Add a source" / "取得元を追加";
    source_name: "Name" / "名前";
    source_kind: "What it is" / "種類";
    kind_folder: "a folder of tables on the hub's machine" / "ハブのコンピューターにある表のフォルダー";
    kind_system: "another system, as a settings file with a map says" / "設定ファイル（マップ付き）で読む外部システム";
    kind_sends: "a system that sends by itself" / "自動で送信するシステム";
    source_path: "Folder or settings file, the whole path" / "フォルダーまたは設定ファイルの絶対パス";
    path_hint: "Nothing for a system that sends by itself." / "自動で送信するシステムでは空欄。";
    every_minutes: "Minutes between two looks" / "確認の間隔（分）";
    add_it: "Add it" / "追加";
    take_away: "Take it away" / "外す";
    source_added: "Added. It is looked at within a minute." / "追加しました。1分以内に確認します。";
    source_removed: "Taken away; its facts stay." / "外しました。記録は残ります。";
    secret_of: "The secret of {name}" / "{name} の秘密の鍵";
    secret_copy: "Copy it now: it is not shown again. The system signs with it what it sends to {address}." / "今すぐ控えてください。再表示できません。{address} への送信の署名に使います。";
    bad_source: "A name has 1 to 60 letters a to z, digits, - or _." / "名前は半角英数字と - _ で1〜60文字にしてください。";
    source_there: "{name} is there already." / "{name} はすでにあります。";
    bad_folder: "{path}: there is no such folder on the hub's machine; the whole path is expected." / "{path}: ハブのコンピューターにこのフォルダーがありません。絶対パスで入力してください。";
    bad_settings_file: "{path}: there is no such file on the hub's machine; the whole path is expected." / "{path}: ハブのコンピューターにこのファイルがありません。絶対パスで入力してください。";
    bad_minutes: "{n}: from 1 to 1,440 minutes." / "{n}: 1〜1,440分で入力してください。";
    spellings: "One person, two spellings?" / "同じ人の別表記？";
    and: "and" / "と";
    merge_changes: "Merged, {name} goes from {from} to {to} in {metric} this month ({unit}). Can be undone." / "まとめると、{name}さんの今月の{metric}は{from}から{to}になります（{unit}）。元に戻せます。";
    merge_into: "Merge into {name}" / "{name}さんにまとめる";
    two_people: "Two people" / "別の人";
    merged: "They are one person now." / "一人にまとめました。";
    two_people_said: "They are two people, and are proposed no more." / "別の人としました。今後は提案しません。";
    as_before: "As it was before." / "元に戻しました。";
    sub: "Where the facts come from. {sources} sources, {n} to settle." / "記録の出どころ。取得元{sources}件、確認待ち{n}件。";
    ownerless: "{n} facts name nobody: they count for the company only." / "担当者の記載がない記録が{n}件あります。全社にだけ数えます。";
}
