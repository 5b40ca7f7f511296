//! Who did what, and when: rows are added, and never changed but for the name of somebody who is erased.

use super::called::Called;
pub use super::called::ERASED;
use super::error::Result;
use super::sql::{Tx, Val};
use crate::access::Viewer;

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
    PersonLeave = "person.leave",
    PersonReturn = "person.return",
    PersonExport = "person.export",
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
    LoginEnter = "login.enter",
    LoginJoin = "login.join",
    LoginFail = "login.fail",
    LoginLock = "login.lock",
    LoginPassword = "login.password",
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
    ContestDraft = "contest.draft",
    ContestCancel = "contest.cancel",
    ContestReopen = "contest.reopen",
    ContestConfirm = "contest.confirm",
    PlanStart = "plan.start",
    PlanAdd = "plan.add",
    PlanChange = "plan.change",
    PlanEnd = "plan.end",
    PlanRemove = "plan.remove",
    CourseAdd = "course.add",
    CourseChange = "course.change",
    CourseRemove = "course.remove",
    TrainingAssign = "training.assign",
    TrainingWithdraw = "training.withdraw",
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
    DealGive = "deal.give",
}

/// Who did something, and from which address where that is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct By {
    pub who: String,
    pub address: Option<String>,
}

impl From<&str> for By {
    fn from(who: &str) -> By {
        By { who: who.to_owned(), address: None }
    }
}

impl From<&String> for By {
    fn from(who: &String) -> By {
        By::from(who.as_str())
    }
}

impl From<&Viewer> for By {
    /// Of a token its label too: there may be several of a kind.
    fn from(viewer: &Viewer) -> By {
        match viewer {
            Viewer::Token { label, address, .. } => {
                By { who: format!("{}:{label}", viewer.name()), address: address.clone() }
            }
            _ => By { who: viewer.name(), address: None },
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuditRow {
    pub at: i64,
    pub who: String,
    pub address: Option<String>,
    pub what: String,
    pub subject: Option<String>,
    pub n: Option<i64>,
}

/// Adds a row without a count.
pub fn record(tx: &mut Tx<'_>, by: impl Into<By>, what: AuditAction, subject: &str, at: i64) -> Result<()> {
    let subject = Some(subject.to_owned()).filter(|subject| !subject.is_empty());
    let By { who, address } = by.into();
    put(tx, &AuditRow { at, who, address, what: what.name().to_owned(), subject, n: None })
}

/// Adds a row.
pub fn put(tx: &mut Tx<'_>, of: &AuditRow) -> Result<()> {
    let sql = "INSERT INTO audit(seq, at, who, what, subject, n, address) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT(seq) DO NOTHING";
    // In order of time; of two at the same microsecond the second stands behind.
    let mut seq = of.at;
    loop {
        let params = [
            seq.into(),
            of.at.into(),
            Val::from(&of.who),
            Val::from(&of.what),
            Val::from(&of.subject),
            of.n.into(),
            Val::from(&of.address),
        ];
        if tx.execute(sql, &params)? > 0 {
            return Ok(());
        }
        seq += 1;
    }
}

/// Which rows: of a time, of somebody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuditQuery {
    pub from: Option<i64>,
    /// Not this one any more.
    pub to: Option<i64>,
    pub who: Option<String>,
}

/// The newest first.
pub fn list(tx: &mut Tx<'_>, most: i64) -> Result<Vec<AuditRow>> {
    find(tx, &AuditQuery::default(), most)
}

/// Those that are asked for, the newest first.
pub fn find(tx: &mut Tx<'_>, of: &AuditQuery, most: i64) -> Result<Vec<AuditRow>> {
    let sql = "SELECT at, who, what, subject, n, address FROM audit WHERE at >= ?1 AND at < ?2 AND (?3 = '' OR who = ?3) ORDER BY seq DESC LIMIT ?4";
    let who = of.who.clone().unwrap_or_default();
    let params = [of.from.unwrap_or(i64::MIN).into(), of.to.unwrap_or(i64::MAX).into(), Val::from(who), most.into()];
    let read = |row: &super::sql::Row| {
        Ok(AuditRow {
            at: row.int(0)?,
            who: row.text(1)?,
            what: row.text(2)?,
            subject: row.opt_text(3)?,
            n: row.opt_int(4)?,
            address: row.opt_text(5)?,
        })
    };
    tx.query(sql, &params)?.iter().map(read).collect()
}

/// Takes the names and keys of somebody out of what was done, where they stand alone.
pub(in crate::store) fn forget(tx: &mut Tx<'_>, called: &Called) -> Result<()> {
    for row in tx.query("SELECT seq, what, subject FROM audit WHERE subject IS NOT NULL", &[])? {
        let (what, subject) = (row.text(1)?, row.text(2)?);
        // Elsewhere a key like `7` may be something else.
        let is_key = what == AuditAction::OwnerMap.name() && called.is_key_of_any(&subject);
        if is_key || called.is_name(&subject) {
            tx.execute("UPDATE audit SET subject = ?2 WHERE seq = ?1", &[row.int(0)?.into(), ERASED.into()])?;
        }
    }
    Ok(())
}

/// Everybody who has done something.
pub fn doers(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.query("SELECT DISTINCT who FROM audit ORDER BY who", &[])?.iter().map(|row| row.text(0)).collect()
}
