//! Every text of the pages, English and Japanese side by side: one that is missing does not compile.

macro_rules! words {
    ($($name:ident: $en:literal / $ja:literal;)*) => {
        /// The words of one language.
        #[derive(Debug)]
        pub struct Words {
            $(pub $name: &'static str,)*
        }

        pub static EN: Words = Words { $($name: $en,)* };
        pub static JA: Words = Words { $($name: $ja,)* };

        impl Words {
            /// Every text with its name.
            #[cfg(test)]
            pub fn all(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($name), self.$name),)*]
            }
        }
    };
}

#[rustfmt::skip]
words! {
    lang: "en" / "ja";
    skip: "Skip to the content" / "本文へ移動";
    zone: "{zone} time" / "{zone}時間";
    sign_out: "Sign out" / "サインアウト";
    undo: "Undo" / "元に戻す";
    nav: "Pages" / "ページ";
    run_floor: "Run the floor" / "フロアの運営";

    my_day: "My day" / "今日";
    rankings: "Rankings" / "順位";
    my_scorecard: "My scorecard" / "自分の指標";
    floor_now: "Floor now" / "フロアの今";
    people: "People" / "メンバー";
    goals: "Goals" / "目標";
    data: "Data" / "データ";
    wall: "Wall" / "テレビ";

    seen_floor: "Everyone on the floor, and the wall" / "フロアの全員とテレビ";
    seen_self: "You, and nobody else" / "本人だけ";
    seen_person_self: "You and your manager" / "本人と上司";
    seen_person: "{name}, the managers and the administrators" / "{name}さん、上司、管理者";
    seen_managers: "You manage these teams. Reps see only their own row." / "担当チームの管理者。メンバーには自分の行だけ見えます。";
    seen_managers_admin: "Managers, each for their own teams, and administrators" / "各チームの管理者とシステム管理者";
    seen_admins: "Administrators" / "管理者だけ";

    sign_in: "Sign in" / "サインイン";
    mail_address: "Mail address" / "メールアドレス";
    password: "Password" / "パスワード";
    wrong_sign_in: "Address or password is not right. {n} tries left, then a pause of one minute." / "アドレスまたはパスワードが違います。あと{n}回で1分間お待ちいただきます。";
    wait_sign_in: "Too many tries. Try again in {n} min." / "試行回数が多すぎます。{n}分後にもう一度お試しください。";
    forgotten: "Password forgotten? Whoever runs floorcast in your office can give you a new link." / "パスワードをお忘れの場合は、社内の floorcast 担当者が新しいリンクを発行できます。";
    own_office: "This system runs in your own office. Version {v}" / "このシステムは社内で動いています。バージョン {v}";
    first_title: "Your floor" / "あなたのフロア";
    first_hint: "You are the first one here. Whoever sets this up becomes the administrator." / "最初の利用者です。ここで設定する人が管理者になります。";
    floor_name: "Name of the floor" / "フロアの名前";
    time_zone: "Time zone" / "タイムゾーン";
    currency: "Currency" / "通貨";
    currency_hint: "Three letters, e.g. EUR" / "3文字（例: JPY）";
    language: "Language of the floor" / "フロアの言語";
    working_days: "Working days" / "稼働日";
    week: "Mon Tue Wed Thu Fri Sat Sun" / "月 火 水 木 金 土 日";
    password_hint: "At least 10 letters. A sentence is good." / "10文字以上。文章にすると安全です。";
    begin: "Make the floor" / "フロアを作る";
    welcome: "Welcome, {name}" / "{name}さん、ようこそ";
    welcome_hint: "Choose a password. From then on you sign in with {email}." / "パスワードを決めてください。以後は {email} でサインインします。";
    keep_password: "Keep this password" / "このパスワードにする";
    link_used: "This link has been used, or it is too old." / "このリンクは使用済みか、期限切れです。";
    link_new: "Whoever runs floorcast in your office can give you a new one." / "社内の floorcast 担当者が新しいリンクを発行できます。";
    link_first_new: "Restart the hub: it prints a new one as long as there is no account." / "ハブを再起動すると、アカウントがない間は新しいリンクが表示されます。";

    day_of: "Day {n} of {all} in {month}, {left} selling days left." / "{month}の稼働日 {n}／{all}、残り{left}日。";
    free_day: "No working day today." / "今日は稼働日ではありません。";
    of: "of {n}" / "／{n}";
    to_go: "{n} to go" / "あと{n}件";
    usual_by_now: "usual by now {n}" / "この時刻の目安 {n}";
    reached_at: "Reached at {time}" / "{time} 達成";
    no_target: "No target yet" / "目標はまだありません";
    ahead_for: "{n} ahead for {month}" / "{month}は{n}先行";
    behind_for: "{n} behind for {month}" / "{month}は{n}遅れ";
    on_pace_for: "on pace for {month}" / "{month}は計画どおり";
    logged: "{n} {what} logged at {time}" / "{time} に{what}を{n}件記録しました";
    log_undone: "Taken back" / "元に戻しました";
    log_more: "Several, or earlier" / "まとめて、または過去の分";
    how_many: "How many" / "件数";
    when: "When" / "日時";
    for_whom: "For which customer" / "顧客名";
    log: "Log {what}" / "{what}を記録";
    no_indicators: "Nothing is counted yet that you log yourself. Whoever runs the floor chooses it on Goals." / "自分で記録する項目はまだありません。担当者が「目標」で選びます。";
    no_person: "Your account belongs to nobody on the floor, so there is nothing expected of you today." / "このアカウントはフロアのメンバーに結び付いていないため、今日の項目はありません。";
    my_place: "My place" / "自分の順位";
    you: "(you)" / "（あなた）";
    takes_place: "{gap} more takes no. {place}." / "あと{gap}で{place}位。";
    leads_by: "You lead by {gap}." / "{gap}差で首位です。";
    draws_level: "You share no. {place}." / "{place}位タイです。";
    not_ranked: "Your first deal puts you on the board." / "最初の1件で順位表に載ります。";
    not_ranked_last: "Your first deal puts you on the board. No. {place} is {value}." / "最初の1件で順位表に載ります。{place}位は{value}です。";
    my_goals: "My goals" / "自分の目標";
    which_deals: "Which deals?" / "内訳を見る";
    no_goals: "No target for {month} yet." / "{month}の目標はまだありません。";

    today: "Today" / "今日";
    this_week: "This week" / "今週";
    quarter: "This quarter" / "今四半期";
    year: "This year" / "今年度";
    reached: "Reached" / "達成";
    starts_today: "Starts today" / "今日から";
    on_pace: "On pace" / "計画どおり";
    ahead: "{n} ahead" / "{n}先行";
    behind: "{n} behind" / "{n}遅れ";
    must: "must" / "必達";
    stretch: "stretch" / "努力";
    challenge: "challenge" / "挑戦";
    company: "Company" / "全社";

    stack_ranking: "Stack ranking" / "順位表";
    figure: "Figure" / "項目";
    period: "Period" / "期間";
    show: "Show" / "表示";
    place: "Place" / "順位";
    change: "Change" / "変動";
    name: "Name" / "名前";
    next_place: "To the next place" / "次の順位まで";
    first_of: "The first {n} of {all}. ▲▼ since {day}. Right: what takes the next place. Targets of others are not shown here." / "{all}人中上位{n}人。▲▼は{day}から。右は次の順位までの差。他の人の目標は表示しません。";
    all_of: "All {all}. ▲▼ since {day}. Right: what takes the next place. Targets of others are not shown here." / "全{all}人。▲▼は{day}から。右は次の順位までの差。他の人の目標は表示しません。";
    as_of: "Figures as of {day}: nothing newer has come in." / "{day}時点の数字です。以後の記録はありません。";
    no_ranking: "Nobody has a figure in {period} yet. It fills by itself with the first fact." / "{period}の記録はまだありません。最初の記録で自動的に埋まります。";
    teams: "Teams" / "チーム";
    up: "up {n}" / "{n}上昇";
    down: "down {n}" / "{n}下降";
    same: "same place" / "変わらず";
    leader_share: "{n} of the leader's {all}" / "首位 {all} に対し {n}";

    facts_title: "From which facts?" / "どの記録から？";
    facts_of: "{metric}, {name}, {from} to {to}" / "{metric}、{name}、{from}〜{to}";
    what: "What" / "内容";
    amount: "Amount" / "値";
    who: "Who" / "担当者";
    from_source: "From" / "出どころ";
    sum: "Sum" / "合計";
    facts_none: "No facts in this time." / "この期間の記録はありません。";
    by_hand: "by hand" / "手入力";

    floor_hint: "Who needs help first. Expected today = what is left for {month}, shared over the {n} selling days left." / "助けが要る人が先頭。今日の目安＝{month}の残り÷残り{n}稼働日。";
    all_teams: "All teams" / "全チーム";
    team: "Team" / "チーム";
    needs_help: "Needs help" / "助けが要る";
    on_pace_or_ahead: "On pace or ahead" / "計画どおり・先行";
    need: "Need" / "必要度";
    need_formula: "Need = the sum over the indicators of weight × what is missing to the pace of the month / target, in points. Above 2 it is \"Needs help\"." / "必要度＝指標ごとの「重み×（計画との不足÷目標）」の合計（ポイント）。2を超えると「助けが要る」になります。";
    floor_legend: "6 / 16: done today, of what is expected today. The slanted mark is where this floor usually is by {time}. ▲ ▼ against the pace of {month}." / "6／16は今日の件数と目安。斜めの印は{time}時点の目安。▲▼は{month}の計画との差。";
    no_scorecard: "Nothing is expected of anybody yet. Choose on Goals what counts and how much of it." / "目標がまだありません。「目標」で項目と件数を選んでください。";
    behind_words: "{what} behind pace" / "計画より{what}遅れ";
    day_by_hours: "Today by hours" / "今日の時間帯";
    on_wall_now: "On the wall now" / "テレビの今";
    month_goals: "{month} goals" / "{month}の目標";
    of_target: "{value} of {target}" / "{value}／{target}";

    scorecard_weeks: "Scorecard by week" / "週ごとの指標";
    weeks_hint: "Shaded: under 80 % or over 120 % of that week's expectation, by working days." / "網かけ: その週の目安（稼働日換算）の80％未満または120％超。";
    expected_week: "Expected a week" / "週の目安";
    against_pace: "Against pace" / "計画との差";
    strengths: "Strengths and what to work on" / "強みと伸ばす点";
    strengths_hint: "Share of the pace of the month. ● {name}, ◇ median of the team, n = {n}." / "今月の計画に対する割合。● {name}、◇ チームの中央値（n＝{n}）。";
    too_few: "too few yet" / "まだ少数";
    chain: "From call to deal" / "活動から成約まで";
    chain_step: "{from} to {to}" / "{from}→{to}";
    chain_hint: "Rate over the last 90 days; n is how many it is of. Under n = 20 it is left out." / "過去90日の割合。nは母数。20未満は表示しません。";
    floor_rate: "Floor" / "フロア";
    person_rate: "Here" / "本人";
    in_team_since: "{team}, since {day}" / "{team}、{day}から";
    nobody_yet: "Nobody is on the floor yet. Bring people in on Data." / "メンバーがまだいません。「データ」から取り込んでください。";

    people_hint: "Who is on the floor, who may sign in, and who manages which team." / "メンバー、サインインできる人、チームの管理者。";
    account: "Account" / "アカウント";
    no_account: "none" / "なし";
    invited: "invited" / "招待済み";
    signs_in: "signs in" / "利用中";
    closed: "closed" / "停止中";
    role: "Role" / "役割";
    role_rep: "Rep" / "担当";
    role_manager: "Manager" / "管理者（チーム）";
    role_admin: "Administrator" / "システム管理者";
    invite: "Make an invitation" / "招待リンクを作る";
    invite_hint: "The link is shown once. Send it yourself; it works for 7 days and one person." / "リンクは一度だけ表示されます。ご自身でお送りください。7日間、1人だけ有効です。";
    invitation_for: "Invitation for {email}" / "{email} への招待";
    copy_link: "Copy this link and send it. It works once, for 7 days." / "このリンクを送ってください。7日間、1回だけ有効です。";
    new_link: "New link" / "新しいリンク";
    close_account: "Close" / "停止";
    open_account: "Open again" / "再開";
    manages: "Manages" / "担当チーム";
    no_team: "no team" / "チームなし";
    add_person: "Add a person" / "メンバーを追加";
    add: "Add" / "追加";
    new_person: "New" / "新規";
    last_admin: "This is the last administrator: make another one first." / "最後の管理者です。先に別の管理者を作ってください。";
    bad_email: "A mail address has one @ with something on both sides." / "メールアドレスの形式が正しくありません。";
    email_taken: "{email} has an account already." / "{email} にはすでにアカウントがあります。";
    short_password: "{n} letters: at least 10 are needed." / "{n}文字です。10文字以上にしてください。";
    bad_zone: "{zone}: there is no such time zone. Write it like Europe/Berlin." / "{zone} というタイムゾーンはありません。Asia/Tokyo のように入力してください。";
    bad_currency: "{code}: three letters are expected." / "{code}: 3文字で入力してください。";
    bad_name: "Write a name of 1 to 80 letters." / "1〜80文字で入力してください。";
    bad_count: "{n}: a whole number from 1 to 999 is expected." / "{n}: 1〜999の整数で入力してください。";
    bad_when: "{when}: a time of the last 31 days is expected." / "{when}: 過去31日以内の日時を入力してください。";

    data_hint: "Where facts come from, what needs a decision, and what was imported." / "記録の出どころ、確認が必要なもの、取り込み履歴。";
    import_files: "Bring people and deals in" / "メンバーと案件を取り込む";
    import_hint: "CSV, TSV, XLSX or ODS as your CRM or spreadsheet writes it. Nothing is written before you have seen what it would do." / "CRMや表計算のCSV、TSV、XLSX、ODS。内容を確認するまで何も書き込みません。";
    files: "Files" / "ファイル";
    or_paste: "or paste a table with its heading" / "または見出し付きの表を貼り付け";
    look_first: "See what it would do" / "内容を確認";
    preview: "What would happen" / "取り込みの内容";
    preview_line: "Facts: {new} new · {changed} changed · {same} unchanged · {out} rows left out" / "記録: 新規{new} · 変更{changed} · 変更なし{same} · 除外{out}行";
    new_people: "New people: {names}" / "新しいメンバー: {names}";
    new_teams: "New teams: {names}" / "新しいチーム: {names}";
    without_person: "{n} without a person: they count for the company until you say whose they are." / "担当者なし{n}件。担当者を決めるまで全社にだけ数えます。";
    line_out: "Line {line}: {why}" / "{line}行目: {why}";
    import_now: "Import {n} deals" / "{n}件を取り込む";
    import_people: "Import {n} people" / "{n}人を取り込む";
    nothing_new: "There is nothing in it that is not here already." / "新しい内容はありません。";
    imports: "Imports" / "取り込み履歴";
    no_imports: "Nothing has been imported yet." / "取り込みはまだありません。";
    imported: "Imported: {n} new facts." / "取り込みました: 新しい記録{n}件。";
    undone: "Undone, {n} kept" / "元に戻しました（{n}件は残しました）";
    undone_all: "Undone" / "元に戻しました";
    kept_why: "{what}: {why}" / "{what}: {why}";
    unowned: "Deals without a person" / "担当者のいない案件";
    unowned_hint: "Choose once: from then on every deal under this name is theirs." / "一度選ぶと、以後この名前の案件はすべてその人のものになります。";
    no_unowned: "Every deal has a person." / "すべての案件に担当者がいます。";
    n_facts: "{n} facts" / "{n}件";
    save: "Save" / "保存";
    mapped: "{key} is {name} from now on: {n} facts." / "今後 {key} は{name}さんです: {n}件。";
    nothing_given: "Choose a file or paste a table." / "ファイルを選ぶか、表を貼り付けてください。";
    preview_gone: "This preview is an hour old or the hub was restarted: choose the files again." / "確認内容の期限が切れました。もう一度ファイルを選んでください。";

    goals_hint: "What counts, how much of it a person should do in a month, and its weight in the score." / "数える項目、1人の月間目標、スコアの重み。";
    indicators: "Indicators" / "指標";
    per_month: "A month and person" / "1人あたり月間";
    weight: "Weight" / "重み";
    score: "Score" / "スコア";
    what_changes: "What would change" / "変わること";
    see_changes: "See what changes" / "変更内容を確認";
    save_changes: "Save for {n} people" / "{n}人分を保存";
    old_score: "Now" / "現在";
    new_score: "Then" / "変更後";
    template_calls: "Outbound calls" / "架電営業";
    template_field: "Field sales" / "訪問営業";
    template_inside: "Inside sales" / "内勤営業";
    what_counts: "What counts on your floor?" / "何を数えますか？";
    what_counts_hint: "Choose what is nearest. Targets and weights can be changed afterwards." / "近いものを選んでください。目標と重みは後で変えられます。";
    take_template: "Start with {name}" / "「{name}」で始める";
    bad_target: "{n}: a number above 0 is expected." / "{n}: 0より大きい数を入力してください。";
    bad_weight: "{n}: a whole number from 0 to 100 is expected." / "{n}: 0〜100の整数を入力してください。";
    company_goal: "Company, {month}" / "全社（{month}）";
    saved: "Saved" / "保存しました";
    target: "Target" / "目標";

    wall_hint: "What hangs on the walls: every slide as the wall draws it." / "テレビに出ている内容。実際の表示どおりの画像です。";
    slides: "Slides" / "スライド";
    no_slides: "The board is empty. It fills by itself from what there is." / "ボードは空です。記録があれば自動で埋まります。";
    slide_alt: "The slide {title}, as the wall draws it" / "テレビの表示: {title}";
    show_on_tv: "A TV shows this board with:" / "テレビで表示するには:";

    missing_title: "There is nothing here" / "ページがありません";
    missing: "The address is wrong, or it is not for you." / "アドレスが違うか、閲覧できないページです。";
    forbidden_title: "This page is not for you" / "このページは閲覧できません";
    broken_title: "That did not work" / "うまくいきませんでした";
    to_start: "To the start page" / "最初のページへ";
}
