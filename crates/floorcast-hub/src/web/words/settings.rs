//! The words of the settings.

#[rustfmt::skip]
words! {
    hint: "Your devices; for administrators also tokens, backups and what was done." / "自分の端末。管理者にはトークン、バックアップ、操作の記録も。";
    devices: "Your devices" / "自分の端末";
    this_one: "this one" / "この端末";
    since: "signed in {day}" / "{day}にサインイン";
    until: "until {day}" / "{day}まで";
    unknown: "a browser" / "ブラウザ";
    end: "Sign out there" / "サインアウトさせる";
    ended: "Signed out there." / "サインアウトさせました。";
    tokens: "Tokens of programs and screens" / "プログラムと画面のトークン";
    tokens_hint: "A token is shown once, when it is made. Whoever has it does what it is for, and nothing else." / "トークンは作成時に一度だけ表示されます。用途以外には使えません。";
    no_tokens: "No token yet." / "トークンはまだありません。";
    for_what: "For" / "用途";
    ingest: "sends facts" / "記録を送る";
    screen: "shows boards" / "ボードを表示する";
    read: "reads figures" / "数字を読む";
    runs: "runs the floor" / "フロアを運営する";
    label: "Name" / "名前";
    days: "Expires after days (empty: never)" / "有効日数（空欄は無期限）";
    expires: "expires {day}" / "{day}まで";
    never: "does not expire" / "無期限";
    made: "made {day}" / "{day}作成";
    make: "Make the token" / "トークンを作る";
    the_token: "The token {label}" / "トークン {label}";
    copy: "Copy it now: it is not shown again." / "今すぐ控えてください。再表示できません。";
    take_away: "Take it away" / "取り消す";
    taken: "Taken away. Whoever uses it is refused from now on." / "取り消しました。以後は使えません。";
    backups: "Backups" / "バックアップ";
    backup_last: "{day}: {facts} facts, {people} people, compared" / "{day}: 記録{facts}件、{people}人、照合済み";
    backup_none: "There is no backup yet. The hub makes one each day by itself." / "バックアップはまだありません。毎日自動で作成します。";
    backup_server: "There is no backup yet. One is made each day where backup_dir stands in [hub] of the settings." / "バックアップはまだありません。設定の [hub] に backup_dir があれば毎日作成します。";
    backup_private: "Coaching is in it, encrypted: without its key nobody reads it. Keep a copy of the key elsewhere." / "コーチングは暗号化して含みます。鍵がなければ誰も読めません。鍵の控えは別の場所に。";
    audit: "What was done" / "操作の記録";
    audit_hint: "Who changed what, the newest first. What people write in coaching is never here." / "誰が何を変えたか、新しい順。コーチングの内容は含みません。";
    no_audit: "Nothing has been done yet." / "記録はまだありません。";
    who: "Who" / "誰が";
    what: "What" / "内容";
    when: "When" / "日時";
    bad_days: "{n}: a number of days from 1 to 3650 is expected." / "{n}: 1〜3650の日数を入力してください。";
    bad_label: "A token needs a name of 1 to 60 letters." / "名前を1〜60文字で入力してください。";
}
