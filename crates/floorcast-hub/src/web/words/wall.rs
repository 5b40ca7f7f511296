//! The words of walls and their playlists.

#[rustfmt::skip]
words! {
    hint: "Which slides the walls show, in which order and for how long." / "テレビに出す内容と順番、表示時間。";
    round: "{n} {n:slide|slides} on, {time} a round" / "{n}枚を表示、1周 {time}";
    min_s: "{m} min {s} s" / "{m}分{s}秒";
    seconds: "{s} s" / "{s}秒";
    s: "s" / "秒";
    stays: "Seconds that {title} stays" / "「{title}」の表示秒数";
    by_reading: "as long as it is read" / "読む時間に合わせる";
    up: "Move {title} up" / "「{title}」を上へ";
    down: "Move {title} down" / "「{title}」を下へ";
    hide: "Hide" / "隠す";
    show: "Show" / "表示";
    hidden: "hidden" / "非表示";
    save: "Save the seconds" / "秒数を保存";
    saved: "Saved. The walls follow within seconds." / "保存しました。数秒でテレビに反映されます。";
    back: "As it was before." / "元に戻しました。";
    whose: "For" / "対象";
    all_screens: "All screens" / "すべての画面";
    own_list: "{name} has a playlist of its own." / "{name}には独自の順番があります。";
    shared_list: "{name} shows the same slides as all screens. Changes here are for this screen only." / "{name}は共通の順番を表示しています。ここでの変更はこの画面だけに適用されます。";
    reset: "Show what all screens show" / "共通の順番に戻す";
    bad_seconds: "{n}: from 3 to 600 seconds, or nothing." / "{n}: 3〜600秒で入力するか、空にしてください。";
    changed_meanwhile: "Somebody changed the list after you opened this page. You now see the current list: change it again." / "このページを開いた後に、ほかの人が一覧を変更しました。いまの一覧を表示しています。もう一度変更してください。";
    last_one: "At least one slide stays on: hide another one first." / "最後の1枚は隠せません。";
    on_screen: "On {name} now" / "{name}の今";
    on_own: "On the hub's own screen now" / "ハブ本体の画面の今";
    by_turns: "In turn, because no screen reports what it shows" / "画面からの報告がないため順番に表示";
    see_large: "See it large" / "大きく見る";
    which_screen: "Screens" / "画面";
    now: "now" / "表示中";
    state: "State" / "状態";
    shows: "Shows" / "表示中";
    pair: "Pair a screen" / "画面をつなぐ";
    none_yet: "No screen is paired yet. A new one shows six letters; they are entered on Screens." / "まだ画面がつながっていません。新しい画面に出る6文字を「画面」で入力してください。";
    tell: "Message to" / "メッセージ";
    tell_whom: "Which screen" / "送り先の画面";
    which_is_it: "Which one is it?" / "どの画面か確認";
    told: "The screens show it in a moment." / "まもなく画面に出ます。";
    wall_of: "Wall: {name}" / "テレビ: {name}";
    wall_hint: "The same slides as on the wall in the office, in the same order." / "オフィスのテレビと同じ内容を、同じ順番で表示します。";
    no_picture: "Nothing is on this wall yet. It fills by itself with the first facts." / "まだ何も表示されていません。最初の記録が入ると自動で表示されます。";
    people: "People" / "個人";
    teams: "Teams" / "チーム";
    ranking: "ranking" / "順位表";
    contest: "contest" / "コンテスト";
    bracket: "knock-out" / "勝ち抜き戦";
    goals: "goals" / "目標";
    scorecard: "scorecards" / "指標";
    recognition: "recognition" / "表彰";
    ramp: "new here" / "立ち上がり";
    skills: "strengths, team means only" / "強み（チーム平均のみ）";
    coaching: "play of the week" / "今週の取り組み";
    message: "news" / "お知らせ";
}
