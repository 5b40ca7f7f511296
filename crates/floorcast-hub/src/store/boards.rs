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
