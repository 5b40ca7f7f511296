//! What people say on walls: recognition, notices, plays of the week.

use jiff::Timestamp;
use jiff::civil::{Time, Weekday};
use salesfloor::facts::{Badge, Notice, PersonId, Play, Recognition, TeamId};
use serde::{Deserialize, Serialize};

use super::error::{Error, Result};
use super::figures::Loaded;
use super::sql::{Row, Tx, Val};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RecognitionRow {
    pub id: String,
    /// Microseconds since 1970.
    pub at: i64,
    /// One of [`BADGES`].
    pub kind: String,
    /// Ids of people.
    pub who: Vec<String>,
    pub headline: String,
    pub body: Option<String>,
    pub from_whom: Option<String>,
    /// The rule that made it.
    pub rule: Option<String>,
    /// Walls show it until then.
    pub until: i64,
    pub withdrawn: Option<i64>,
}

pub const BADGES: [(&str, Badge); 6] = [
    ("shout_out", Badge::ShoutOut),
    ("top_performer", Badge::TopPerformer),
    ("milestone", Badge::Milestone),
    ("birthday", Badge::Birthday),
    ("anniversary", Badge::Anniversary),
    ("new_hire", Badge::NewHire),
];

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NoticeRow {
    pub id: String,
    pub title: String,
    pub body: String,
    pub team: Option<String>,
    pub starts: Option<i64>,
    pub ends: Option<i64>,
    /// Who put it up: an account, a token or an import.
    pub by_whom: String,
    /// Who signs it.
    pub from_whom: Option<String>,
    /// Weekday from 1, Monday, and hour: `1 16:00:00`.
    pub weekly: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlayRow {
    pub id: String,
    pub headline: String,
    pub body: String,
    pub who: Vec<String>,
    pub starts: Option<i64>,
    pub ends: Option<i64>,
}

const RECOGNITION: &str = "id, at, kind, who, headline, body, from_whom, rule, until, withdrawn";
const NOTICE: &str = "id, title, body, team, starts, ends, by_whom, from_whom, weekly";
const PLAY: &str = "id, headline, body, who, starts, ends";

fn names(text: &str) -> Result<Vec<String>> {
    serde_json::from_str(text).map_err(Error::broken)
}

fn listed(who: &[String]) -> Result<Val> {
    serde_json::to_string(who).map(Val::Text).map_err(Error::broken)
}

fn recognition(row: &Row) -> Result<RecognitionRow> {
    Ok(RecognitionRow {
        id: row.text(0)?,
        at: row.int(1)?,
        kind: row.text(2)?,
        who: names(&row.text(3)?)?,
        headline: row.text(4)?,
        body: row.opt_text(5)?,
        from_whom: row.opt_text(6)?,
        rule: row.opt_text(7)?,
        until: row.int(8)?,
        withdrawn: row.opt_int(9)?,
    })
}

fn notice(row: &Row) -> Result<NoticeRow> {
    Ok(NoticeRow {
        id: row.text(0)?,
        title: row.text(1)?,
        body: row.text(2)?,
        team: row.opt_text(3)?,
        starts: row.opt_int(4)?,
        ends: row.opt_int(5)?,
        by_whom: row.text(6)?,
        from_whom: row.opt_text(7)?,
        weekly: row.opt_text(8)?,
    })
}

fn play(row: &Row) -> Result<PlayRow> {
    Ok(PlayRow {
        id: row.text(0)?,
        headline: row.text(1)?,
        body: row.text(2)?,
        who: names(&row.opt_text(3)?.unwrap_or_else(|| "[]".into()))?,
        starts: row.opt_int(4)?,
        ends: row.opt_int(5)?,
    })
}

/// The newest first.
pub fn recognitions(tx: &mut Tx<'_>) -> Result<Vec<RecognitionRow>> {
    tx.query(&format!("SELECT {RECOGNITION} FROM recognition ORDER BY at DESC, id"), &[])?
        .iter()
        .map(recognition)
        .collect()
}

pub fn get_recognition(tx: &mut Tx<'_>, id: &str) -> Result<Option<RecognitionRow>> {
    tx.one(&format!("SELECT {RECOGNITION} FROM recognition WHERE id = ?1"), &[id.into()])?
        .map(|row| recognition(&row))
        .transpose()
}

pub fn put_recognition(tx: &mut Tx<'_>, of: &RecognitionRow) -> Result<()> {
    let sql = format!(
        "INSERT INTO recognition({RECOGNITION}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT(id) DO UPDATE SET at = excluded.at, \
         kind = excluded.kind, who = excluded.who, headline = excluded.headline, body = excluded.body, from_whom = excluded.from_whom, \
         rule = excluded.rule, until = excluded.until, withdrawn = excluded.withdrawn"
    );
    let params = [
        Val::from(&of.id),
        of.at.into(),
        Val::from(&of.kind),
        listed(&of.who)?,
        Val::from(&of.headline),
        Val::from(&of.body),
        Val::from(&of.from_whom),
        Val::from(&of.rule),
        of.until.into(),
        of.withdrawn.into(),
    ];
    tx.execute(&sql, &params).map(|_| ())
}

pub fn delete_recognition(tx: &mut Tx<'_>, id: &str) -> Result<()> {
    tx.execute("DELETE FROM recognition WHERE id = ?1", &[id.into()]).map(|_| ())
}

pub fn notices(tx: &mut Tx<'_>) -> Result<Vec<NoticeRow>> {
    tx.query(&format!("SELECT {NOTICE} FROM notice ORDER BY title, id"), &[])?.iter().map(notice).collect()
}

pub fn get_notice(tx: &mut Tx<'_>, id: &str) -> Result<Option<NoticeRow>> {
    tx.one(&format!("SELECT {NOTICE} FROM notice WHERE id = ?1"), &[id.into()])?.map(|row| notice(&row)).transpose()
}

pub fn put_notice(tx: &mut Tx<'_>, of: &NoticeRow) -> Result<()> {
    let sql = format!(
        "INSERT INTO notice({NOTICE}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT(id) DO UPDATE SET title = excluded.title, \
         body = excluded.body, team = excluded.team, starts = excluded.starts, ends = excluded.ends, by_whom = excluded.by_whom, \
         from_whom = excluded.from_whom, weekly = excluded.weekly"
    );
    let params = [
        Val::from(&of.id),
        Val::from(&of.title),
        Val::from(&of.body),
        Val::from(&of.team),
        of.starts.into(),
        of.ends.into(),
        Val::from(&of.by_whom),
        Val::from(&of.from_whom),
        Val::from(&of.weekly),
    ];
    tx.execute(&sql, &params).map(|_| ())
}

pub fn delete_notice(tx: &mut Tx<'_>, id: &str) -> Result<()> {
    tx.execute("DELETE FROM notice WHERE id = ?1", &[id.into()]).map(|_| ())
}

pub fn plays(tx: &mut Tx<'_>) -> Result<Vec<PlayRow>> {
    tx.query(&format!("SELECT {PLAY} FROM play ORDER BY headline, id"), &[])?.iter().map(play).collect()
}

pub fn get_play(tx: &mut Tx<'_>, id: &str) -> Result<Option<PlayRow>> {
    tx.one(&format!("SELECT {PLAY} FROM play WHERE id = ?1"), &[id.into()])?.map(|row| play(&row)).transpose()
}

pub fn put_play(tx: &mut Tx<'_>, of: &PlayRow) -> Result<()> {
    let sql = format!(
        "INSERT INTO play({PLAY}) VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(id) DO UPDATE SET headline = excluded.headline, body = excluded.body, \
         who = excluded.who, starts = excluded.starts, ends = excluded.ends"
    );
    let params = [
        Val::from(&of.id),
        Val::from(&of.headline),
        Val::from(&of.body),
        listed(&of.who)?,
        of.starts.into(),
        of.ends.into(),
    ];
    tx.execute(&sql, &params).map(|_| ())
}

pub fn delete_play(tx: &mut Tx<'_>, id: &str) -> Result<()> {
    tx.execute("DELETE FROM play WHERE id = ?1", &[id.into()]).map(|_| ())
}

/// Reads what may hang on walls now into a floor.
pub fn load(tx: &mut Tx<'_>, into: &mut Loaded, now: Timestamp) -> Result<()> {
    let tz = into.ledger.tz().clone();
    let floor = &mut into.floor;
    let people = floor.people.iter().zip(0..).map(|(of, at)| (of.key.clone(), PersonId(at)));
    let people: std::collections::HashMap<String, PersonId> = people.collect();
    let ids = |who: &[String]| -> Vec<PersonId> { who.iter().filter_map(|id| people.get(id)).copied().collect() };
    let instant = |at: Option<i64>| at.and_then(|at| Timestamp::from_microsecond(at).ok());
    for of in recognitions(tx)? {
        if of.withdrawn.is_some() || of.until <= now.as_microsecond() {
            continue;
        }
        let Ok(at) = Timestamp::from_microsecond(of.at) else { continue };
        let badge = BADGES.iter().find(|(name, _)| *name == of.kind).map_or(Badge::ShoutOut, |(_, badge)| *badge);
        floor.recognitions.push(Recognition {
            who: ids(&of.who),
            badge,
            headline: of.headline,
            text: of.body,
            from: of.from_whom,
            day: tz.to_datetime(at).date(),
        });
    }
    for of in notices(tx)? {
        let team = of.team.as_ref().map(|id| floor.teams.iter().position(|team| team.key == *id));
        // A message of a team that is gone is for nobody.
        let Some(team) = team.map_or(Some(None), |at| at.map(Some)) else { continue };
        floor.notices.push(Notice {
            title: of.title,
            text: of.body,
            from: of.from_whom,
            team: team.and_then(|at| u32::try_from(at).ok()).map(TeamId),
            start: instant(of.starts),
            end: instant(of.ends),
            weekly: of.weekly.as_deref().and_then(weekly),
        });
    }
    for of in plays(tx)? {
        floor.plays.push(Play {
            headline: of.headline,
            text: Some(of.body).filter(|body| !body.is_empty()),
            who: ids(&of.who),
            start: instant(of.starts),
            end: instant(of.ends),
        });
    }
    Ok(())
}

/// `1 16:00:00`: the weekday from 1, Monday, and the hour.
pub fn weekly(text: &str) -> Option<(Weekday, Time)> {
    let (day, time) = text.split_once(' ')?;
    Some((Weekday::from_monday_one_offset(day.parse().ok()?).ok()?, time.parse().ok()?))
}
