//! Who did what, and when: rows are added and never changed.

use super::error::Result;
use super::sql::{Tx, Val};

/// What can be done, by the name under which it is kept: one list for the store, the API and the words of the pages.
macro_rules! actions {
    ($($action:ident = $name:literal,)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum AuditAction {
            $($action,)*
        }

        impl AuditAction {
            #[cfg(test)]
            pub const ALL: &[AuditAction] = &[$(AuditAction::$action,)*];

            pub fn name(self) -> &'static str {
                match self {
                    $(AuditAction::$action => $name,)*
                }
            }

            /// `None`: a name that an older or a newer version has kept.
            pub fn of(name: &str) -> Option<AuditAction> {
                match name {
                    $($name => Some(AuditAction::$action),)*
                    _ => None,
                }
            }
        }
    };
}

actions! {
    FloorBegin = "floor.begin",
    FloorChange = "floor.change",
    TokenAdd = "token.add",
    TokenRemove = "token.remove",
    WebhookAdd = "webhook.add",
    SourceAdd = "source.add",
    SourceRemove = "source.remove",
    PersonAdd = "person.add",
    PersonChange = "person.change",
    PersonRemove = "person.remove",
    PersonErase = "person.erase",
    PeopleMerge = "people.merge",
    PeoplePart = "people.part",
    PeopleApart = "people.apart",
    TeamAdd = "team.add",
    TeamChange = "team.change",
    TeamRemove = "team.remove",
    InvitationAdd = "invitation.add",
    LoginChange = "login.change",
    LoginClose = "login.close",
    LoginOpen = "login.open",
    LoginIdentity = "login.identity",
    MetricAdd = "metric.add",
    MetricChange = "metric.change",
    MetricRemove = "metric.remove",
    FactRevoke = "fact.revoke",
    FactRestore = "fact.restore",
    GoalSet = "goal.set",
    GoalRemove = "goal.remove",
    GoalSpread = "goal.spread",
    GoalUndo = "goal.undo",
    ScorecardAdd = "scorecard.add",
    ScorecardChange = "scorecard.change",
    ScorecardRemove = "scorecard.remove",
    DaySet = "day.set",
    DayRemove = "day.remove",
    ContestAdd = "contest.add",
    ContestChange = "contest.change",
    ContestRemove = "contest.remove",
    ContestDraftRemove = "contest.draft.remove",
    ContestStart = "contest.start",
    ContestCancel = "contest.cancel",
    ContestReopen = "contest.reopen",
    ContestConfirm = "contest.confirm",
    PlanStart = "plan.start",
    PlanChange = "plan.change",
    NoticeAdd = "notice.add",
    NoticeRemove = "notice.remove",
    RecognitionAdd = "recognition.add",
    RecognitionWithdraw = "recognition.withdraw",
    RuleOn = "rule.on",
    RuleOff = "rule.off",
    ScreenPair = "screen.pair",
    ScreenChange = "screen.change",
    ScreenTell = "screen.tell",
    ScreenRemove = "screen.remove",
    WallPlaylist = "wall.playlist",
    WallPlaylistUndo = "wall.playlist.undo",
    WallPlaylistReset = "wall.playlist.reset",
    ImportCommit = "import.commit",
    ImportUndo = "import.undo",
    OwnerMap = "owner.map",
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    pub at: i64,
    pub who: String,
    pub what: String,
    pub subject: Option<String>,
    pub n: Option<i64>,
}

/// Adds a row without a count.
pub fn record(tx: &mut Tx<'_>, who: &str, what: AuditAction, subject: &str, at: i64) -> Result<()> {
    let subject = Some(subject.to_owned()).filter(|subject| !subject.is_empty());
    put(tx, &AuditRow { at, who: who.to_owned(), what: what.name().to_owned(), subject, n: None })
}

/// Adds a row.
pub fn put(tx: &mut Tx<'_>, of: &AuditRow) -> Result<()> {
    let sql =
        "INSERT INTO audit(seq, at, who, what, subject, n) VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(seq) DO NOTHING";
    // In order of time; of two at the same microsecond the second stands behind.
    let mut seq = of.at;
    loop {
        let params =
            [seq.into(), of.at.into(), Val::from(&of.who), Val::from(&of.what), Val::from(&of.subject), of.n.into()];
        if tx.execute(sql, &params)? > 0 {
            return Ok(());
        }
        seq += 1;
    }
}

/// The newest first.
pub fn list(tx: &mut Tx<'_>, most: i64) -> Result<Vec<AuditRow>> {
    let rows = tx.query("SELECT at, who, what, subject, n FROM audit ORDER BY seq DESC LIMIT ?1", &[most.into()])?;
    let read = |row: &super::sql::Row| {
        Ok(AuditRow {
            at: row.int(0)?,
            who: row.text(1)?,
            what: row.text(2)?,
            subject: row.opt_text(3)?,
            n: row.opt_int(4)?,
        })
    };
    rows.iter().map(read).collect()
}
