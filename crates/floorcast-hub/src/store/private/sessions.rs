//! Coaching sessions and their lines, each read by whoever may read it and by nobody else.

use serde::{Deserialize, Serialize};

use super::super::error::{Error, Result};
use super::super::sql::{Row, Val};
use super::PrivateTx;
use super::readers::may_read;
use super::templates::Section;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Draft,
    Sent,
    Read,
    Answered,
    Closed,
}

impl State {
    pub const ALL: [(&'static str, State); 5] = [
        ("draft", State::Draft),
        ("sent", State::Sent),
        ("read", State::Read),
        ("answered", State::Answered),
        ("closed", State::Closed),
    ];

    fn of(name: &str) -> Result<State> {
        let found = Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, state)| *state);
        found.ok_or_else(|| Error::broken(format!("a session in the state {name:?}")))
    }

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, state)| *state == self).map_or("", |(name, _)| name)
    }
}

/// A figure of the period as it was when the session was begun; major units.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FrozenFigure {
    pub label: String,
    /// As the page wrote it, with its unit.
    pub value: String,
    pub target: Option<String>,
    pub share: Option<f64>,
    /// Where the figure should have been, as a share of the target.
    pub pace: Option<f64>,
    /// Figure minus pace, as the page wrote it without a sign.
    pub gap: Option<String>,
    /// -1 behind, 0 on pace, 1 ahead.
    pub sign: i8,
}

/// The scorecard of a session.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Snapshot {
    pub at: i64,
    pub lines: Vec<FrozenFigure>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct SessionRow {
    pub id: String,
    pub person: String,
    pub coach: String,
    pub template: String,
    pub version: i64,
    pub title: String,
    pub sections: Vec<Section>,
    pub locked: bool,
    pub period_start: String,
    pub period_end: String,
    pub snapshot: Snapshot,
    pub state: State,
    /// What the answer was: agreed, or to be talked about.
    pub agreed: Option<bool>,
    pub drafted: i64,
    pub saved: i64,
    pub sent: Option<i64>,
    pub read_at: Option<i64>,
    pub answered: Option<i64>,
    pub closed: Option<i64>,
    pub reminded: Option<i64>,
    /// Day after which it is deleted.
    pub delete_after: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemKind {
    Filled,
    Note,
    Answer,
    Action,
}

impl ItemKind {
    const ALL: [(&'static str, ItemKind); 4] = [
        ("filled", ItemKind::Filled),
        ("note", ItemKind::Note),
        ("answer", ItemKind::Answer),
        ("action", ItemKind::Action),
    ];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub seq: i64,
    /// Place in the session's sections.
    pub section: i64,
    pub kind: ItemKind,
    pub body: String,
    pub due: Option<String>,
    /// Who does it.
    pub who: Option<String>,
    pub done: Option<i64>,
    /// It went on into the next session.
    pub carried: bool,
}

const SESSION: &str = "id, person, coach, template, version, title, sections, locked, period_start, period_end, snapshot, state, agreed, drafted, saved, \
                       sent, read_at, answered, closed, reminded, delete_after";

fn session(row: &Row) -> Result<SessionRow> {
    Ok(SessionRow {
        id: row.text(0)?,
        person: row.text(1)?,
        coach: row.text(2)?,
        template: row.text(3)?,
        version: row.int(4)?,
        title: row.text(5)?,
        sections: serde_json::from_str(&row.text(6)?).map_err(Error::broken)?,
        locked: row.int(7)? != 0,
        period_start: row.text(8)?,
        period_end: row.text(9)?,
        snapshot: serde_json::from_str(&row.text(10)?).map_err(Error::broken)?,
        state: State::of(&row.text(11)?)?,
        agreed: row.opt_int(12)?.map(|agreed| agreed != 0),
        drafted: row.int(13)?,
        saved: row.int(14)?,
        sent: row.opt_int(15)?,
        read_at: row.opt_int(16)?,
        answered: row.opt_int(17)?,
        closed: row.opt_int(18)?,
        reminded: row.opt_int(19)?,
        delete_after: row.text(20)?,
    })
}

/// A session that the reader may read.
pub fn get(tx: &mut PrivateTx<'_>, reader: &str, id: &str) -> Result<Option<SessionRow>> {
    let (may_read, reader) = may_read(reader, 2);
    let sql = format!("SELECT {SESSION} FROM coaching WHERE id = ?1 AND {may_read}");
    tx.0.one(&sql, &[id.into(), reader])?.map(|row| session(&row)).transpose()
}

/// What the reader may read, the newest first; of one person where one is named.
pub fn list(tx: &mut PrivateTx<'_>, reader: &str, person: Option<&str>) -> Result<Vec<SessionRow>> {
    let (may_read, reader) = may_read(reader, 1);
    let sql = format!(
        "SELECT {SESSION} FROM coaching WHERE {may_read} AND (?2 = '' OR person = ?2) ORDER BY COALESCE(sent, drafted) DESC, id LIMIT 200"
    );
    tx.0.query(&sql, &[reader, person.unwrap_or_default().into()])?.iter().map(session).collect()
}

/// The session of a person before an instant that the reader may read.
pub fn before(tx: &mut PrivateTx<'_>, reader: &str, person: &str, at: i64) -> Result<Option<SessionRow>> {
    let all = list(tx, reader, Some(person))?;
    Ok(all.into_iter().find(|session| session.sent.is_some_and(|sent| sent < at)))
}

/// Keeps a session; who may is for the caller to have asked with [`get`].
pub fn put(tx: &mut PrivateTx<'_>, of: &SessionRow) -> Result<()> {
    let json = |value: std::result::Result<String, serde_json::Error>| value.map_err(Error::broken);
    let sql = format!(
        "INSERT INTO coaching({SESSION}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21) \
         ON CONFLICT(id) DO UPDATE SET template = excluded.template, version = excluded.version, title = excluded.title, sections = excluded.sections, \
         locked = excluded.locked, snapshot = excluded.snapshot, state = excluded.state, agreed = excluded.agreed, saved = excluded.saved, sent = excluded.sent, \
         read_at = excluded.read_at, answered = excluded.answered, closed = excluded.closed, reminded = excluded.reminded, delete_after = excluded.delete_after"
    );
    let params = [
        Val::from(&of.id),
        Val::from(&of.person),
        Val::from(&of.coach),
        Val::from(&of.template),
        of.version.into(),
        Val::from(&of.title),
        json(serde_json::to_string(&of.sections))?.into(),
        i64::from(of.locked).into(),
        Val::from(&of.period_start),
        Val::from(&of.period_end),
        json(serde_json::to_string(&of.snapshot))?.into(),
        of.state.name().into(),
        of.agreed.map(i64::from).into(),
        of.drafted.into(),
        of.saved.into(),
        of.sent.into(),
        of.read_at.into(),
        of.answered.into(),
        of.closed.into(),
        of.reminded.into(),
        Val::from(&of.delete_after),
    ];
    tx.0.execute(&sql, &params).map(|_| ())
}

/// A draft that nobody got is thrown away.
pub fn delete_draft(tx: &mut PrivateTx<'_>, id: &str) -> Result<()> {
    tx.0.execute("DELETE FROM coaching WHERE id = ?1 AND state = 'draft'", &[id.into()]).map(|_| ())
}

/// Sessions whose day of deletion is over. How many went.
pub fn delete_old(tx: &mut PrivateTx<'_>, today: &str) -> Result<u64> {
    let old = "SELECT id FROM coaching WHERE delete_after < ?1";
    tx.0.execute(&format!("DELETE FROM read_log WHERE what = 'session' AND subject IN({old})"), &[today.into()])?;
    tx.0.execute("DELETE FROM coaching WHERE delete_after < ?1", &[today.into()])
}

const ITEM: &str = "seq, section, kind, body, due, who, done, carried";

fn item(row: &Row) -> Result<Item> {
    let kind = row.text(2)?;
    let found = ItemKind::ALL.iter().find(|(known, _)| *known == kind).map(|(_, kind)| *kind);
    Ok(Item {
        seq: row.int(0)?,
        section: row.int(1)?,
        kind: found.ok_or_else(|| Error::broken(format!("a line of the kind {kind:?}")))?,
        body: row.text(3)?,
        due: row.opt_text(4)?,
        who: row.opt_text(5)?,
        done: row.opt_int(6)?,
        carried: row.opt_int(7)?.is_some(),
    })
}

/// The lines of a session that was got with [`get`] or [`list`].
pub fn items(tx: &mut PrivateTx<'_>, of: &SessionRow) -> Result<Vec<Item>> {
    let sql = format!("SELECT {ITEM} FROM coaching_item WHERE coaching = ?1 ORDER BY section, seq");
    tx.0.query(&sql, &[Val::from(&of.id)])?.iter().map(item).collect()
}

pub fn put_item(tx: &mut PrivateTx<'_>, session: &str, of: &Item) -> Result<()> {
    let sql = format!(
        "INSERT INTO coaching_item(coaching, {ITEM}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT(coaching, seq) DO UPDATE SET \
         section = excluded.section, body = excluded.body, due = excluded.due, who = excluded.who, done = excluded.done, carried = excluded.carried"
    );
    let params = [
        session.into(),
        of.seq.into(),
        of.section.into(),
        of.kind.name().into(),
        Val::from(&of.body),
        Val::from(&of.due),
        Val::from(&of.who),
        of.done.into(),
        of.carried.then_some(1).into(),
    ];
    tx.0.execute(&sql, &params).map(|_| ())
}

pub fn delete_item(tx: &mut PrivateTx<'_>, session: &str, seq: i64) -> Result<()> {
    tx.0.execute("DELETE FROM coaching_item WHERE coaching = ?1 AND seq = ?2", &[session.into(), seq.into()])
        .map(|_| ())
}

/// A session that waits for somebody to open it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub session: String,
    /// Who sent it, or who answered.
    pub from: String,
    /// `None`: it is new. Else what the answer was: agreed, or to be talked about.
    pub answer: Option<bool>,
}

/// What waits for a reader: sessions that were sent to them and answers that they got, neither opened yet. It says nothing of
/// the text.
pub fn waiting(tx: &mut PrivateTx<'_>, reader: &str) -> Result<Vec<Waiting>> {
    let sent = "SELECT id, coach FROM coaching WHERE person = ?1 AND state = 'sent' ORDER BY sent";
    let sent = tx.0.query(sent, &[reader.into()])?;
    let answered = "SELECT id, person, agreed FROM coaching WHERE coach = ?1 AND state = 'answered' AND NOT EXISTS( \
                    SELECT 1 FROM read_log WHERE what = 'session' AND subject = coaching.id AND who = ?1 AND at > answered) ORDER BY answered";
    let answered = tx.0.query(answered, &[reader.into()])?;
    let new = sent.iter().map(|row| Ok(Waiting { session: row.text(0)?, from: row.text(1)?, answer: None }));
    let answers = answered.iter().map(|row| {
        let agreed = row.opt_int(2)?.is_some_and(|agreed| agreed != 0);
        Ok(Waiting { session: row.text(0)?, from: row.text(1)?, answer: Some(agreed) })
    });
    new.chain(answers).collect()
}

/// What was sent since an instant and is not read: id and person. It says nothing of the text.
pub fn unread_since(tx: &mut PrivateTx<'_>, since: i64) -> Result<Vec<(String, String)>> {
    let sql = "SELECT id, person FROM coaching WHERE state = 'sent' AND sent >= ?1 ORDER BY sent";
    tx.0.query(sql, &[since.into()])?.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
}

/// What is sent and not read since before an instant, and was not reminded of: id, person and when it was sent.
pub fn unread(tx: &mut PrivateTx<'_>, before: i64) -> Result<Vec<(String, String, i64)>> {
    let sql =
        "SELECT id, person, sent FROM coaching WHERE state = 'sent' AND sent < ?1 AND reminded IS NULL ORDER BY sent";
    tx.0.query(sql, &[before.into()])?.iter().map(|row| Ok((row.text(0)?, row.text(1)?, row.int(2)?))).collect()
}

pub fn set_reminded(tx: &mut PrivateTx<'_>, id: &str, now: i64) -> Result<()> {
    tx.0.execute("UPDATE coaching SET reminded = ?2 WHERE id = ?1", &[id.into(), now.into()]).map(|_| ())
}
