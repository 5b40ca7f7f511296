//! Boards: what hangs on walls, and the bytes that were published last.

use serde::{Deserialize, Serialize};

use super::error::{Error, Result};
use super::sql::{Row, Tx, Val};

/// What is said of one slide.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Turn {
    pub slide: String,
    /// For how many seconds a page of it stays; `None`: by how much there is to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dwell_s: Option<u32>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
}

/// Which slides are shown, in which order. What it does not name comes after it, so that nothing new is missed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Playlist {
    #[serde(default)]
    pub turns: Vec<Turn>,
    /// What it was before the last change, so that this can be taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Vec<Turn>>,
}

impl Playlist {
    /// By which a page knows whether the turns are those that it showed.
    pub fn seen(&self) -> String {
        let turn = |of: &Turn| format!("{}\u{1f}{:?}\u{1f}{}\u{1e}", of.slide, of.dwell_s, of.hidden);
        crate::random::hash(&self.turns.iter().map(turn).collect::<String>())[..16].to_owned()
    }

    /// Other turns; the present ones can be had back.
    #[must_use]
    pub fn changed(self, turns: Vec<Turn>) -> Playlist {
        Playlist { before: Some(self.turns), turns }
    }

    /// Reads what is kept. Boards of earlier versions have an empty list.
    pub(super) fn read(json: &str) -> Result<Playlist> {
        match json {
            "" | "[]" => Ok(Playlist::default()),
            json => serde_json::from_str(json).map_err(Error::broken),
        }
    }

    pub(super) fn json(&self) -> Result<String> {
        serde_json::to_string(self).map_err(Error::broken)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardRow {
    pub id: String,
    pub title: String,
    pub playlist: Playlist,
    pub epoch: String,
    pub rev: i64,
    pub etag: Option<String>,
}

/// What is sent to walls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    pub rev: i64,
    pub epoch: String,
    pub etag: String,
    pub body: String,
}

fn board(row: &Row) -> Result<BoardRow> {
    Ok(BoardRow {
        id: row.text(0)?,
        title: row.text(1)?,
        playlist: Playlist::read(&row.text(2)?)?,
        epoch: row.text(3)?,
        rev: row.int(4)?,
        etag: row.opt_text(5)?,
    })
}

pub fn list(tx: &mut Tx<'_>) -> Result<Vec<BoardRow>> {
    tx.query("SELECT id, title, slides, epoch, rev, etag FROM board ORDER BY id", &[])?.iter().map(board).collect()
}

pub fn get(tx: &mut Tx<'_>, id: &str) -> Result<Option<BoardRow>> {
    tx.one("SELECT id, title, slides, epoch, rev, etag FROM board WHERE id = ?1", &[id.into()])?
        .map(|row| board(&row))
        .transpose()
}

/// Adds a board, or changes what it shows.
pub fn put(tx: &mut Tx<'_>, of: &BoardRow) -> Result<()> {
    let sql = "INSERT INTO board(id, title, slides, epoch) VALUES(?1, ?2, ?3, ?4) ON CONFLICT(id) DO UPDATE SET title = excluded.title, slides = excluded.slides";
    let playlist = of.playlist.json()?;
    tx.execute(sql, &[Val::from(&of.id), Val::from(&of.title), playlist.into(), Val::from(&of.epoch)]).map(|_| ())
}

pub fn published(tx: &mut Tx<'_>, id: &str) -> Result<Option<Published>> {
    let row = tx.one("SELECT rev, epoch, etag, body FROM board WHERE id = ?1 AND body IS NOT NULL", &[id.into()])?;
    row.map(|row| Ok(Published { rev: row.int(0)?, epoch: row.text(1)?, etag: row.text(2)?, body: row.text(3)? }))
        .transpose()
}

/// Keeps new bytes. `false`: another publisher was quicker.
pub fn publish(tx: &mut Tx<'_>, id: &str, of: &Published) -> Result<bool> {
    let sql = "UPDATE board SET rev = ?2, etag = ?3, body = ?4 WHERE id = ?1 AND rev = ?5";
    let params = [id.into(), of.rev.into(), Val::from(&of.etag), Val::from(&of.body), (of.rev - 1).into()];
    Ok(tx.execute(sql, &params)? > 0)
}

/// What a board has to be built of, and from when on it is built anew though nothing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// Of the floor.
    pub version: i64,
    /// Microseconds since 1970, as all of these.
    pub before: i64,
    pub now: i64,
}

/// Clocks of programs on one floor differ by less: what is further ahead was written by one that went wrong, and does not count.
const AHEAD: i64 = 60_000_000;

/// Boards that were built of something older.
pub fn due(tx: &mut Tx<'_>, due: Due) -> Result<Vec<String>> {
    let sql = "SELECT id FROM board WHERE built < ?1 OR built_at < ?2 OR built_at > ?3 ORDER BY id";
    tx.query(sql, &[due.version.into(), due.before.into(), (due.now + AHEAD).into()])?
        .iter()
        .map(|row| row.text(0))
        .collect()
}

/// Takes a board that is due to build it, for so long. `false`: another program builds it, or just has.
pub fn take(tx: &mut Tx<'_>, id: &str, due: Due, lease: i64) -> Result<bool> {
    let sql = format!(
        "SELECT 1 FROM board WHERE id = ?1 AND (built < ?2 OR built_at < ?3 OR built_at > ?5) AND (builder_until <= ?4 OR builder_until > ?5){}",
        tx.skip_locked()
    );
    let params = [Val::from(id), due.version.into(), due.before.into(), due.now.into(), (due.now + AHEAD).into()];
    if tx.one(&sql, &params)?.is_none() {
        return Ok(false);
    }
    let sql = "UPDATE board SET builder_until = ?2 WHERE id = ?1";
    Ok(tx.execute(sql, &[id.into(), (due.now + lease).into()])? > 0)
}

/// Says of what a board was built, and gives it free.
pub fn built(tx: &mut Tx<'_>, id: &str, (version, now): (i64, i64), whole: &str) -> Result<()> {
    let sql = "UPDATE board SET built = ?2, built_at = ?3, builder_until = 0, whole = ?4 WHERE id = ?1";
    tx.execute(sql, &[id.into(), version.into(), now.into(), whole.into()]).map(|_| ())
}

/// Everything that a board could show, as it was built last, and what of it is shown.
pub fn whole(tx: &mut Tx<'_>, id: &str) -> Result<Option<(String, Playlist)>> {
    let row = tx.one("SELECT whole, slides FROM board WHERE id = ?1 AND whole IS NOT NULL", &[id.into()])?;
    row.map(|row| Ok((row.text(0)?, Playlist::read(&row.text(1)?)?))).transpose()
}
