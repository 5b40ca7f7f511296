//! Screens: which board each shows, and those that wait for somebody to say what they are.

use serde_json::{Value as Json, json};

use super::boards::Playlist;
use super::error::{Error, Result};
use super::sql::{Row, Tx, Val};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ScreenRow {
    pub id: String,
    pub name: String,
    pub board: String,
    /// Hash of the secret by which the screen is known.
    pub token: String,
    /// Microseconds since 1970.
    pub paired: i64,
    pub seen: Option<i64>,
    /// The program that it runs, as it says.
    pub program: Option<String>,
    /// A text that stands on it, and until when.
    pub message: Option<(String, i64)>,
    /// Its own, where it does not show what all screens of its board show.
    pub playlist: Option<Playlist>,
    /// The slide that it said was on, and when it said so.
    pub showing: Option<(String, i64)>,
}

/// Screens that may wait to be paired at the same time: who asks need not be a screen.
const WAITING: i64 = 100;

const SCREEN: &str = "id, name, board, token, paired, seen, status, config";

fn screen(row: &Row) -> Result<ScreenRow> {
    let config: Json = serde_json::from_str(&row.text(7)?).map_err(Error::broken)?;
    let message = config["message"]["text"].as_str().zip(config["message"]["until"].as_i64());
    let playlist = config.get("playlist").map(|of| Playlist::read(&of.to_string())).transpose()?;
    let status = row.opt_text(6)?.map(|text| Status::read(&text)).unwrap_or_default();
    Ok(ScreenRow {
        id: row.text(0)?,
        name: row.text(1)?,
        board: row.opt_text(2)?.unwrap_or_default(),
        token: row.opt_text(3)?.unwrap_or_default(),
        paired: row.opt_int(4)?.unwrap_or(0),
        seen: row.opt_int(5)?,
        program: status.program,
        message: message.map(|(text, until)| (text.to_owned(), until)),
        playlist,
        showing: status.showing,
    })
}

/// What a screen said of itself.
#[derive(Debug, Default)]
struct Status {
    program: Option<String>,
    showing: Option<(String, i64)>,
}

impl Status {
    /// Hubs of earlier versions kept the program alone.
    fn read(text: &str) -> Status {
        let Ok(of) = serde_json::from_str::<Json>(text) else {
            return Status { program: Some(text.to_owned()), showing: None };
        };
        let slide = of["slide"].as_str().zip(of["at"].as_i64());
        Status {
            program: of["program"].as_str().map(str::to_owned),
            showing: slide.map(|(slide, at)| (slide.to_owned(), at)),
        }
    }
}

fn status(of: &ScreenRow) -> String {
    let mut status = json!({"program": of.program});
    if let Some((slide, at)) = &of.showing {
        (status["slide"], status["at"]) = (json!(slide), json!(at));
    }
    status.to_string()
}

pub fn list(tx: &mut Tx<'_>) -> Result<Vec<ScreenRow>> {
    tx.query(&format!("SELECT {SCREEN} FROM screen ORDER BY name, id"), &[])?.iter().map(screen).collect()
}

pub fn get(tx: &mut Tx<'_>, id: &str) -> Result<Option<ScreenRow>> {
    tx.one(&format!("SELECT {SCREEN} FROM screen WHERE id = ?1"), &[id.into()])?.map(|row| screen(&row)).transpose()
}

/// The screen that knows a secret, by its hash.
pub fn of_token(tx: &mut Tx<'_>, hash: &str) -> Result<Option<ScreenRow>> {
    tx.one(&format!("SELECT {SCREEN} FROM screen WHERE token = ?1"), &[hash.into()])?
        .map(|row| screen(&row))
        .transpose()
}

/// Adds a screen, or changes what it shows.
pub fn put(tx: &mut Tx<'_>, of: &ScreenRow) -> Result<()> {
    let mut config = json!({});
    if let Some((text, until)) = &of.message {
        config["message"] = json!({"text": text, "until": until});
    }
    if let Some(playlist) = &of.playlist {
        config["playlist"] = json!(playlist);
    }
    let sql = format!(
        "INSERT INTO screen({SCREEN}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT(id) DO UPDATE SET name = excluded.name, \
         board = excluded.board, token = excluded.token, config = excluded.config"
    );
    let params = [
        Val::from(&of.id),
        Val::from(&of.name),
        Val::from(&of.board),
        Val::from(&of.token),
        of.paired.into(),
        of.seen.into(),
        status(of).into(),
        config.to_string().into(),
    ];
    tx.execute(&sql, &params).map(|_| ())
}

/// Says that a screen asked.
pub fn seen(tx: &mut Tx<'_>, of: &ScreenRow, now: i64, program: &str) -> Result<()> {
    let status = status(&ScreenRow { program: Some(program.to_owned()), ..of.clone() });
    let sql = "UPDATE screen SET seen = ?2, status = ?3 WHERE id = ?1";
    tx.execute(sql, &[Val::from(&of.id), now.into(), status.into()]).map(|_| ())
}

/// Says which slide is on a screen.
pub fn shows(tx: &mut Tx<'_>, of: &ScreenRow, slide: &str, now: i64) -> Result<()> {
    let status = status(&ScreenRow { showing: Some((slide.to_owned(), now)), ..of.clone() });
    let sql = "UPDATE screen SET status = ?2 WHERE id = ?1";
    tx.execute(sql, &[Val::from(&of.id), status.into()]).map(|_| ())
}

pub fn delete(tx: &mut Tx<'_>, id: &str) -> Result<bool> {
    Ok(tx.execute("DELETE FROM screen WHERE id = ?1", &[id.into()])? > 0)
}

/// Whether a code is remembered for a secret.
pub fn waits(tx: &mut Tx<'_>, code_hash: &str, token: &str, now: i64) -> Result<bool> {
    let sql = "SELECT 1 FROM pairing WHERE code_hash = ?1 AND screen = ?2 AND expires > ?3";
    Ok(tx.one(sql, &[code_hash.into(), token.into(), now.into()])?.is_some())
}

/// Remembers that a secret waits to be paired by a code.
///
/// # Errors
/// Too many wait, or the store's.
pub fn wait(tx: &mut Tx<'_>, code_hash: &str, token: &str, expires: i64, now: i64) -> Result<()> {
    // The code before stays: somebody may be entering it.
    tx.execute("DELETE FROM pairing WHERE expires <= ?1", &[now.into()])?;
    let sql = "SELECT COUNT(DISTINCT screen) FROM pairing WHERE screen <> ?1";
    let waiting = tx.one(sql, &[token.into()])?.map_or(Ok(0), |row| row.int(0))?;
    if waiting >= WAITING {
        return Err(Error::Busy(format!("{WAITING} screens wait to be paired already")));
    }
    let sql = "INSERT INTO pairing(code_hash, screen, expires) VALUES(?1, ?2, ?3) ON CONFLICT(code_hash) DO NOTHING";
    tx.execute(sql, &[code_hash.into(), token.into(), expires.into()]).map(|_| ())
}

/// The hash of the secret that a code stands for, once.
pub fn take(tx: &mut Tx<'_>, code_hash: &str, now: i64) -> Result<Option<String>> {
    let sql = "SELECT screen FROM pairing WHERE code_hash = ?1 AND expires > ?2";
    let found = tx.one(sql, &[code_hash.into(), now.into()])?.map(|row| row.text(0)).transpose()?;
    if let Some(screen) = &found {
        tx.execute("DELETE FROM pairing WHERE screen = ?1", &[screen.into()])?;
    }
    Ok(found)
}
