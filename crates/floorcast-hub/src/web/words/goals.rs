//! The words of goals that are shared out, and of working days.

#[rustfmt::skip]
words! {
    spread: "Share out" / "割り振り";
    hint: "Targets of the company, its teams and people. What you type changes, and nothing else; the rest can be shared out." / "全社、チーム、メンバーの目標。入力したものだけが変わり、残りは割り振れます。";
    level_hint: "Everybody is measured by must; stretch and challenge are higher goals beside it." / "判定は「必達」で行います。「努力」と「挑戦」はその上の目標です。";
    only_admins: "Only an administrator sets goals. Ask {names}." / "目標を設定できるのはシステム管理者だけです（{names}）。";
    look_typed: "See what I typed changes" / "入力した変更を確認";
    over: "Also those that have a target already" / "設定済みの目標も割り振り直す";
    over_hint: "Without it, what is set stays and only what is empty gets a part." / "選ばない場合、設定済みはそのまま残り、空欄だけに割り振ります。";
    undo_gone: "This can no longer be taken back: it is more than an hour ago, or the hub was restarted." / "元に戻せる期限が切れました。";
    nothing_yet: "Nothing is expected of anybody yet." / "目標がまだありません。";
    weight_hint: "A weight says how much of the score a figure makes: its share of the sum of all weights." / "重みは、スコアに占める割合です（重みの合計に対する比率）。";
    score_of: "Score of the month: now, and with what you typed" / "今月のスコア: 現在と変更後";
    no_score_change: "Nobody's score changes." / "スコアが変わる人はいません。";
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
    too_much: "What is typed or set already is {n} more than there is to share out." / "入力済みと設定済みの合計が割り振れる額を{n}超えています。";
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
