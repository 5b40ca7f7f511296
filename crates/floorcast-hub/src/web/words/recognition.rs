//! The words of recognition.

#[rustfmt::skip]
words! {
    hint: "Shout-outs of people for each other, and automatic celebrations." / "互いの称賛と、自動で祝うこと。";
    shout: "A shout-out" / "ひとこと称賛";
    shout_hint: "Everybody on the floor sees it, and the wall shows it, with your name." / "あなたの名前つきで、フロア全員とテレビに表示されます。";
    no_person: "A shout-out carries the name of the person who says it, and your account is not linked to a person on the floor. People on the floor can say one here." / "称賛には送る人の名前が付きます。このアカウントはフロアのメンバーに結び付いていないため送れません。メンバーのアカウントから送れます。";
    whom: "For whom" / "誰に";
    cheer: "Cheer" / "称賛";
    own_words: "In your own words" / "自分の言葉で";
    done_today: "{what} today: {n}" / "今日の{what}: {n}件";
    ahead_this_month: "{n} ahead for {month}: {what}" / "{month}の{what}は{n}先行";
    kudos: "Kudos for you" / "あなたへの称賛";
    words_of: "In 80 letters" / "80文字以内";
    shout_button: "Say it" / "送る";
    said: "Said. The wall shows it in a moment." / "送りました。まもなくテレビに出ます。";
    withdraw: "Withdraw" / "取り下げる";
    withdrawn: "Withdrawn, on the wall too." / "テレビからも取り下げました。";
    back_again: "It is back." / "元に戻しました。";
    newest: "Newest" / "新着";
    none: "Nobody has said anything yet. Be the first." / "まだありません。最初のひとことをどうぞ。";
    from: "from {name}" / "{name}より";
    by_rule: "by a rule" / "自動";
    rules: "Automatic celebrations" / "自動で祝うこと";
    rules_hint: "Not celebrated: anything from before the rule was switched on, from imports, or older than 15 minutes." / "有効にする前のこと、取り込んだ記録、15分より古いことは祝いません。";
    deal: "A deal of at least" / "この金額以上の成約";
    goal: "A goal that is reached" / "目標の達成";
    leader: "A new leader" / "首位の交代";
    first_deal: "Somebody's first deal" / "初成約";
    best: "Somebody's best month" / "自己最高の月";
    on: "on since {day}" / "{day}から有効";
    off: "off" / "無効";
    switch_on: "Switch on" / "有効にする";
    switch_off: "Switch off" / "無効にする";
    preview: "If the chosen rules had been on in {month}" / "選んだものが{month}に有効だったら";
    preview_button: "See what it would have celebrated" / "祝われたはずのことを見る";
    preview_none: "Nothing would have been celebrated." / "祝われることはありませんでした。";
    preview_n: "{n} {n:celebration|celebrations}" / "{n}件";
    bad_whom: "Choose somebody who is on the floor." / "フロアのメンバーを選んでください。";
    said_before: "This was said to the same person already." / "同じ人に同じ内容を送信済みです。";
    enough: "{n} shout-outs a day are enough: the wall shows the newest only." / "称賛は1日{n}件までです。テレビには新しいものだけ表示します。";
    bad_words: "Write 1 to 80 letters." / "1〜80文字で入力してください。";
    bad_amount: "{n}: an amount above 0 is expected." / "{n}: 0より大きい金額を入力してください。";
}
