//! The words of goals that are shared out, and of working days.

#[rustfmt::skip]
words! {
    spread: "Share out" / "割り振り";
    hint: "From the company to teams and people. What you type by hand stays; the rest is shared out." / "全社からチーム、メンバーへ。手入力はそのまま残り、残りを割り振ります。";
    month: "Month" / "月";
    level: "Level" / "区分";
    by: "Share out by" / "割り振り方";
    by_days: "working days" / "稼働日";
    by_last: "last month" / "先月の実績";
    company: "Company" / "全社";
    target: "Target" / "目標";
    last: "Last month" / "先月";
    days: "Days" / "日数";
    hand: "by hand" / "手入力";
    adds_up: "adds up" / "一致";
    above: "{n} above" / "{n}超過";
    below: "{n} below" / "{n}不足";
    adds: "Adds up?" / "合計";
    look: "Share out and see what changes" / "割り振って確認";
    changes: "What changes" / "変わること";
    from_to: "{old} → {new}" / "{old} → {new}";
    new: "new: {new}" / "新規: {new}";
    no_change: "Nothing changes." / "変更はありません。";
    save: "Save {n} targets" / "{n}件の目標を保存";
    bad_company: "Write the company's target first: a number above 0." / "先に全社の目標を入力してください（0より大きい数）。";
    bad_target: "{name}: {n} is no number above 0." / "{name}: {n} は0より大きい数ではありません。";
    too_much: "What is typed by hand is {n} more than there is to share out." / "手入力の合計が割り振れる額を{n}超えています。";
    no_teams: "There are no teams yet: bring people in on Data." / "チームがまだありません。「データ」で取り込んでください。";
    working_days: "Days that differ from their weekday" / "曜日と異なる日";
    days_hint: "Holidays and half days change the pace of every month that has them." / "休日と半日は、その月の計画に反映されます。";
    no_days: "None yet." / "まだありません。";
    day: "Day" / "日付";
    everybody: "everybody" / "全員";
    free: "free" / "休み";
    half: "half a day" / "半日";
    full: "a working day" / "稼働日";
    what: "What for" / "理由";
    add: "Add" / "追加";
    remove: "Remove" / "削除";
    bad_day: "{day}: a day like 2026-12-24 is expected." / "{day}: 2026-12-24 の形で入力してください。";
}
