//! The words of mails, and of the page that turns them off.

#[rustfmt::skip]
words! {
    hello: "Hello {name}," / "{name}さん";
    week_subject: "Your week, {from} to {to}" / "{from}〜{to}の数字";
    team_subject: "Your teams' week, {from} to {to}" / "チームの数字 {from}〜{to}";
    week_lead: "Your figures of the week, and what comes next." / "先週の数字と、これからの目安です。";
    team_lead: "Who did what in the week, and who is behind the pace of the month now." / "先週の結果と、今月の計画に対する状況です。";
    the_week: "The week" / "先週";
    last_week: "the week" / "先週";
    week_before: "the week before" / "前の週";
    month_now: "month" / "今月";
    where_you_stand: "Where you stand" / "順位";
    today: "Today" / "今日";
    goals: "Your goals" / "目標";
    behind_subject: "Behind pace today: {n}" / "計画より遅れ: {n}人";
    behind_lead: "At {time}, these people are behind the pace of the month in their daily figures." / "{time}時点で、今月の計画より遅れています。";
    coaching_subject: "There is something new on your Coaching page" / "「コーチング」に新しい記録があります";
    coaching_lead: "Your coach has sent you something. Read it on your Coaching page; mails never contain it." / "コーチから届いています。内容はページでのみ読めます。";
    reminder_subject: "Something on your Coaching page is not read yet" / "「コーチング」に未読の記録があります";
    reminder_lead: "Your coach sent you something two working days ago. Read it on your Coaching page; mails never contain it." / "コーチからの記録が2営業日前から未読です。内容はページでのみ読めます。";
    open_me: "Open My day" / "「今日」を開く";
    open_team: "Open Floor now" / "「フロアの今」を開く";
    open_coaching: "Open Coaching" / "「コーチング」を開く";
    why_you: "You get this because you have an account of {floor}." / "{floor}のアカウントにお送りしています。";
    off: "Turn these mails off" / "このメールを止める";
    settings: "Choose your mails" / "メールを選ぶ";

    off_title: "Turn mails off" / "メールを止める";
    off_ask: "Turn off: {what}. You can turn them on again in Settings." / "「{what}」を止めます。設定でいつでも再開できます。";
    off_do: "Turn off" / "止める";
    off_done_title: "Turned off" / "止めました";
    off_done: "Turned off: {what}. You can turn them on again in Settings." / "「{what}」を止めました。設定でいつでも再開できます。";
    off_unknown: "This link belongs to no account. Sign in, and choose your mails in Settings." / "このリンクは無効です。サインインして設定で選んでください。";

    title: "Your mails" / "メール";
    hint: "They contain your own figures, or those of your teams, and nothing from coaching." / "自分やチームの数字のみ。コーチングの内容は載りません。";
    weekly: "Each week: figures and next steps" / "毎週の数字と目安";
    behind_kind: "On working days: who of my teams is behind" / "営業日ごと: チームで遅れている人";
    coaching: "When my coach sends me something" / "コーチから届いたとき";
    language: "Language" / "言語";
    save: "Save" / "保存";
    saved: "Saved." / "保存しました。";
    no_server: "No mail is sent: this hub has no mail server in its settings." / "メールサーバーが未設定のため、メールは送られません。";
    outbox: "Outbox" / "送信待ち";
    outbox_fine: "No mail is waiting." / "送信待ちはありません。";
    outbox_waits: "{n} {n:waits|wait}, {failing} of them failed and {failing:is|are} tried again." / "送信待ち{n}件、うち再試行{failing}件。";
    outbox_gone: "{n} {n:was|were} given up after three days." / "3日間送れず中止: {n}件。";
    outbox_error: "Last error: {error}" / "最後のエラー: {error}";
}
