//! The words of the audit: a sentence for each thing that can be done.

use crate::store::audit::AuditAction;

#[rustfmt::skip]
words! {
    command_line: "The command line" / "コマンドライン";
    settings_file: "The settings file" / "設定ファイル";
    program: "A program with a token that {may}" / "「{may}」トークンのプログラム";
    program_named: "The token {label}, which {may}," / "トークン「{label}」（{may}）";
    stranger: "Somebody" / "誰か";
    gone: "something that no longer exists" / "すでにないもの";
    somebody_gone: "somebody who is no longer here" / "すでにいない人";
    unknown: "{who} did something that this version cannot describe: {what}." / "{who}: この版にない操作 {what}。";
    with_count: "{line} Facts: {n}." / "{line}記録{n}件。";

    floor_begin: "{who} made the floor." / "{who}がフロアを作りました。";
    floor_change: "{who} changed the settings of the floor." / "{who}がフロアの設定を変えました。";
    token_add: "{who} made the token {what}." / "{who}がトークン「{what}」を作りました。";
    token_remove: "{who} removed the token {what}." / "{who}がトークン「{what}」を取り消しました。";
    webhook_add: "{who} allowed {what} to send facts." / "{who}が{what}からの記録の受信を始めました。";
    source_add: "{who} added the source {what}." / "{who}がデータ元 {what} を追加しました。";
    source_remove: "{who} removed the source {what}; its facts stay." / "{who}がデータ元 {what} を外しました。記録は残ります。";
    person_add: "{who} added {what}." / "{who}が{what}を追加しました。";
    person_change: "{who} changed the details of {what}." / "{who}が{what}の情報を変えました。";
    person_remove: "{who} removed a person without facts." / "{who}が記録のない人を削除しました。";
    person_erase: "{who} erased a person: name, photo and keys are gone." / "{who}が一人の名前、写真、キーを消去しました。";
    person_leave: "{who} recorded that {what} has left." / "{who}が{what}を退職にしました。";
    person_return: "{who} recorded that {what} is back." / "{who}が{what}を復職にしました。";
    person_export: "{who} exported the data of {what}." / "{who}が{what}の全情報をファイルに出しました。";
    people_merge: "{who} merged two people: {what}." / "{who}が二人を一人にまとめました: {what}。";
    people_part: "{who} undid the merge of two people." / "{who}がまとめた人を二人に戻しました。";
    people_apart: "{who} said that two people have a name like {what}." / "{who}が{what}と同じような名前の人は二人いるとしました。";
    team_add: "{who} made the team {what}." / "{who}がチーム「{what}」を作りました。";
    team_change: "{who} changed the team {what}." / "{who}がチーム「{what}」を変えました。";
    team_remove: "{who} removed an empty team." / "{who}が空のチームを削除しました。";
    invitation_add: "{who} invited {what}." / "{who}が{what}を招待しました。";
    login_change: "{who} changed what {what} may do." / "{who}が{what}の役割を変えました。";
    login_close: "{who} closed the account {what}." / "{who}がアカウント {what} を停止しました。";
    login_open: "{who} opened the account {what} again." / "{who}がアカウント {what} を再開しました。";
    login_identity: "{who} signed in with the company account for the first time." / "{who}が会社アカウントで初めてサインインしました。";
    login_enter: "{who} signed in." / "{who}がサインインしました。";
    login_join: "{who} accepted the invitation." / "{who}が招待を受けました。";
    login_fail: "{who} gave a wrong password for {what}." / "{who}が{what}のパスワードを間違えました。";
    login_lock: "{who} gave wrong passwords for {what}: sign-in for that address is paused." / "{who}が{what}のパスワードを間違え続けたため、そのアドレスは待機になりました。";
    login_password: "{who} chose another password." / "{who}がパスワードを変えました。";
    metric_add: "{who} added the figure {what}." / "{who}が項目「{what}」を追加しました。";
    metric_change: "{who} changed the figure {what}." / "{who}が項目「{what}」を変えました。";
    metric_remove: "{who} removed a figure without facts." / "{who}が記録のない項目を削除しました。";
    fact_revoke: "{who} took an entry back: {what}." / "{who}が記録を取り消しました: {what}。";
    fact_restore: "{who} put an entry back: {what}." / "{who}が取り消した記録を元に戻しました: {what}。";
    goal_undo: "{who} undid a change of the goals for {what}." / "{who}が{what}の目標の変更を元に戻しました。";
    plan_start: "{who} started the onboarding of {what}." / "{who}が{what}の立ち上がり計画を始めました。";
    plan_add: "{who} made the onboarding plan {what}." / "{who}が立ち上がり計画「{what}」を作りました。";
    plan_end: "{who} took the onboarding of {what} back." / "{who}が{what}の立ち上がり計画を取り消しました。";
    plan_change: "{who} changed the onboarding plan {what}." / "{who}が立ち上がり計画「{what}」を変えました。";
    plan_remove: "{who} removed the onboarding plan {what}." / "{who}が立ち上がり計画「{what}」を削除しました。";
    contest_draft_remove: "{who} deleted the draft of a contest: {what}." / "{who}がコンテストの下書きを捨てました: {what}。";
    goal_set: "{who} set goals." / "{who}が目標を設定しました。";
    goal_remove: "{who} removed a goal." / "{who}が目標を削除しました。";
    goal_spread: "{who} shared out the goals for {what}." / "{who}が{what}の目標を配分しました。";
    scorecard_add: "{who} made a scorecard." / "{who}が指標の表を作りました。";
    scorecard_change: "{who} changed what counts and how much." / "{who}が数える項目と目標を変えました。";
    scorecard_remove: "{who} removed a scorecard." / "{who}が指標の表を削除しました。";
    day_set: "{who} set how {what} differs from its weekday." / "{who}が{what}を特別な日にしました。";
    day_remove: "{who} made {what} a day like its weekday again." / "{who}が{what}を普通の日に戻しました。";
    contest_add: "{who} made the contest {what}." / "{who}がコンテスト「{what}」を作りました。";
    contest_change: "{who} changed the contest {what}." / "{who}がコンテスト「{what}」を変えました。";
    contest_remove: "{who} removed a contest." / "{who}がコンテストを削除しました。";
    contest_start: "{who} started the contest {what}." / "{who}がコンテスト「{what}」を始めました。";
    contest_draft: "{who} took the contest {what} back to a draft." / "{who}がコンテスト「{what}」を下書きに戻しました。";
    contest_cancel: "{who} called the contest {what} off." / "{who}がコンテスト「{what}」を中止しました。";
    contest_reopen: "{who} opened the contest {what} again." / "{who}がコンテスト「{what}」を再開しました。";
    contest_confirm: "{who} confirmed the result of the contest {what}." / "{who}がコンテスト「{what}」の結果を確定しました。";
    course_add: "{who} added the course {what}." / "{who}が研修「{what}」を追加しました。";
    course_change: "{who} renamed the course {what}." / "{who}が研修「{what}」の名前を変えました。";
    course_remove: "{who} removed the course {what}." / "{who}が研修「{what}」を削除しました。";
    training_assign: "{who} assigned the course {what}." / "{who}が研修「{what}」を割り当てました。";
    training_withdraw: "{who} took an assignment of the course {what} back." / "{who}が研修「{what}」の割り当てを取り消しました。";
    notice_add: "{who} put a notice on the walls." / "{who}がお知らせをテレビに出しました。";
    notice_remove: "{who} removed a notice from the walls." / "{who}がお知らせを取り下げました。";
    recognition_add: "{who} gave a shout-out." / "{who}が称賛を送りました。";
    recognition_withdraw: "{who} withdrew the shout-out “{what}”." / "{who}が称賛「{what}」を取り下げました。";
    rule_on: "{who} switched a celebration on: {what}." / "{who}が自動のお祝い「{what}」を有効にしました。";
    rule_off: "{who} switched a celebration off: {what}." / "{who}が自動のお祝い「{what}」を無効にしました。";
    screen_pair: "{who} paired the screen {what}." / "{who}が画面「{what}」をつなぎました。";
    screen_change: "{who} changed the screen {what}." / "{who}が画面「{what}」を変えました。";
    screen_tell: "{who} sent something to the screen {what}." / "{who}が画面「{what}」に指示を送りました。";
    screen_remove: "{who} removed the screen {what}." / "{who}が画面「{what}」を外しました。";
    wall_playlist: "{who} changed the slides of {what}." / "{who}が{what}のスライドを変えました。";
    wall_playlist_undo: "{who} undid the last change to the slides of {what}." / "{who}が{what}のスライドの変更を元に戻しました。";
    wall_playlist_reset: "{who} removed the playlist of {what}." / "{who}が{what}のスライドを初期の並びに戻しました。";
    import_commit: "{who} imported files." / "{who}がファイルを取り込みました。";
    import_undo: "{who} undid the import of {what}." / "{who}が{what}の取り込みを元に戻しました。";
    owner_map: "{who} chose the person for the deals of {what}." / "{who}が{what}の案件の担当者を決めました。";
    deal_give: "{who} chose the person for single deals, or left them out: {what}." / "{who}が案件ごとに担当者を決めたか、除外しました: {what}。";
}

impl Words {
    /// The sentence of an action, with places for `who` and `what`.
    pub fn sentence(&self, of: AuditAction) -> &'static str {
        match of {
            AuditAction::FloorBegin => self.floor_begin,
            AuditAction::FloorChange => self.floor_change,
            AuditAction::TokenAdd => self.token_add,
            AuditAction::TokenRemove => self.token_remove,
            AuditAction::WebhookAdd => self.webhook_add,
            AuditAction::SourceAdd => self.source_add,
            AuditAction::SourceRemove => self.source_remove,
            AuditAction::PersonAdd => self.person_add,
            AuditAction::PersonChange => self.person_change,
            AuditAction::PersonRemove => self.person_remove,
            AuditAction::PersonErase => self.person_erase,
            AuditAction::PersonLeave => self.person_leave,
            AuditAction::PersonReturn => self.person_return,
            AuditAction::PersonExport => self.person_export,
            AuditAction::PeopleMerge => self.people_merge,
            AuditAction::PeoplePart => self.people_part,
            AuditAction::PeopleApart => self.people_apart,
            AuditAction::TeamAdd => self.team_add,
            AuditAction::TeamChange => self.team_change,
            AuditAction::TeamRemove => self.team_remove,
            AuditAction::InvitationAdd => self.invitation_add,
            AuditAction::LoginChange => self.login_change,
            AuditAction::LoginClose => self.login_close,
            AuditAction::LoginOpen => self.login_open,
            AuditAction::LoginIdentity => self.login_identity,
            AuditAction::LoginEnter => self.login_enter,
            AuditAction::LoginJoin => self.login_join,
            AuditAction::LoginFail => self.login_fail,
            AuditAction::LoginLock => self.login_lock,
            AuditAction::LoginPassword => self.login_password,
            AuditAction::MetricAdd => self.metric_add,
            AuditAction::MetricChange => self.metric_change,
            AuditAction::MetricRemove => self.metric_remove,
            AuditAction::FactRevoke => self.fact_revoke,
            AuditAction::FactRestore => self.fact_restore,
            AuditAction::GoalUndo => self.goal_undo,
            AuditAction::PlanStart => self.plan_start,
            AuditAction::PlanAdd => self.plan_add,
            AuditAction::PlanEnd => self.plan_end,
            AuditAction::PlanChange => self.plan_change,
            AuditAction::PlanRemove => self.plan_remove,
            AuditAction::ContestDraftRemove => self.contest_draft_remove,
            AuditAction::GoalSet => self.goal_set,
            AuditAction::GoalRemove => self.goal_remove,
            AuditAction::GoalSpread => self.goal_spread,
            AuditAction::ScorecardAdd => self.scorecard_add,
            AuditAction::ScorecardChange => self.scorecard_change,
            AuditAction::ScorecardRemove => self.scorecard_remove,
            AuditAction::DaySet => self.day_set,
            AuditAction::DayRemove => self.day_remove,
            AuditAction::ContestAdd => self.contest_add,
            AuditAction::ContestChange => self.contest_change,
            AuditAction::ContestRemove => self.contest_remove,
            AuditAction::ContestStart => self.contest_start,
            AuditAction::ContestDraft => self.contest_draft,
            AuditAction::ContestCancel => self.contest_cancel,
            AuditAction::ContestReopen => self.contest_reopen,
            AuditAction::ContestConfirm => self.contest_confirm,
            AuditAction::CourseAdd => self.course_add,
            AuditAction::CourseChange => self.course_change,
            AuditAction::CourseRemove => self.course_remove,
            AuditAction::TrainingAssign => self.training_assign,
            AuditAction::TrainingWithdraw => self.training_withdraw,
            AuditAction::NoticeAdd => self.notice_add,
            AuditAction::NoticeRemove => self.notice_remove,
            AuditAction::RecognitionAdd => self.recognition_add,
            AuditAction::RecognitionWithdraw => self.recognition_withdraw,
            AuditAction::RuleOn => self.rule_on,
            AuditAction::RuleOff => self.rule_off,
            AuditAction::ScreenPair => self.screen_pair,
            AuditAction::ScreenChange => self.screen_change,
            AuditAction::ScreenTell => self.screen_tell,
            AuditAction::ScreenRemove => self.screen_remove,
            AuditAction::WallPlaylist => self.wall_playlist,
            AuditAction::WallPlaylistUndo => self.wall_playlist_undo,
            AuditAction::WallPlaylistReset => self.wall_playlist_reset,
            AuditAction::ImportCommit => self.import_commit,
            AuditAction::ImportUndo => self.import_undo,
            AuditAction::OwnerMap => self.owner_map,
            AuditAction::DealGive => self.deal_give,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_a_sentence_of_its_own_that_says_who() {
        for words in [&EN, &JA] {
            let mut all: Vec<&str> = AuditAction::ALL.iter().map(|of| words.sentence(*of)).collect();
            assert!(all.iter().all(|sentence| sentence.starts_with("{who}")), "{all:?}");
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), AuditAction::ALL.len(), "two actions share a sentence");
        }
        for of in AuditAction::ALL {
            assert_eq!(AuditAction::of(of.name()), Some(*of));
        }
    }
}
