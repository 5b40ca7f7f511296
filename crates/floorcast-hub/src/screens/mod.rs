//! Screens of the hub: how one is paired by the letters on it, and what each shows.

mod pairing;

use jiff::Timestamp;
use serde_json::{Value as Json, json};

use crate::access::TokenRole;
use crate::publish::{Whole, playlist};
use crate::random;
use crate::store::rates;
use crate::store::screens::{self, ScreenRow};
use crate::store::tokens::{self, TokenRow};
use crate::store::{Error, Result, Tx, boards, floor};

pub use pairing::{PairingPlace, pairing_board};

/// Letters that nobody takes for another one, and that make no words.
const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";

/// So many of them are a code.
pub const CODE_LETTERS: usize = 6;

/// A code changes as often, and the one before works as long again.
const CODE_S: i64 = 600;

/// After so many wrong codes of an account there is a pause.
const TRIES: i64 = 5;
const PAUSE_S: i64 = 300;

/// A message stands on a screen for so long, its name for a minute.
const MESSAGE_S: i64 = 600;
const IDENTIFY_S: i64 = 60;

/// The slide of a message.
pub const MESSAGE: &str = "hub-message";

/// The longest text of a message.
pub const MAX_MESSAGE: usize = 200;

/// A screen that was not heard of for so many seconds is away.
pub const AWAY_S: i64 = 180;

/// What a screen can be told; there is nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Show your name.
    Identify,
    Message(String),
    /// Show nothing but the board again.
    Clear,
}

/// The code of a secret: the same for a while, so that nothing has to be kept to show it again.
pub fn code(token: &str, now: Timestamp) -> String {
    code_of(token, now.as_second() / CODE_S)
}

fn code_of(token: &str, slot: i64) -> String {
    let hash = random::hash(&format!("{token}\u{1f}{slot}"));
    let digits = hash.as_bytes().chunks(4).take(CODE_LETTERS);
    digits
        .map(|of| {
            let of = of.iter().fold(0_usize, |sum, digit| sum * 16 + usize::from(*digit % 16));
            char::from(LETTERS[of % LETTERS.len()])
        })
        .collect()
}

/// A code as somebody typed it: spaces, dashes and small letters are no matter.
pub fn typed(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_uppercase()).collect()
}

/// Whether the code that a secret shows now is remembered.
///
/// # Errors
/// The store's.
pub fn is_waiting(tx: &mut Tx<'_>, token: &str, now: Timestamp) -> Result<bool> {
    screens::waits(tx, &random::hash(&code(token, now)), token, now.as_microsecond())
}

/// Remembers the code that a secret shows now.
///
/// # Errors
/// Too many wait, or the store's.
pub fn wait(tx: &mut Tx<'_>, token: &str, now: Timestamp) -> Result<()> {
    let slot = now.as_second() / CODE_S;
    let expires = (slot + 2) * CODE_S * 1_000_000;
    screens::wait(tx, &random::hash(&code_of(token, slot)), token, expires, now.as_microsecond())
}

/// Gives the screen with a code a name and a board. The inner error is for whoever typed it.
///
/// # Errors
/// There is no such board, or the store's.
pub fn pair(
    tx: &mut Tx<'_>,
    who: &str,
    (given, name, board): (&str, &str, &str),
    now: Timestamp,
) -> Result<std::result::Result<ScreenRow, PairError>> {
    let micros = now.as_microsecond();
    let tries = rates::get(tx, who, "pair", micros)?;
    let left = PAUSE_S - (micros - tries.last) / 1_000_000;
    if tries.n >= TRIES && left > 0 {
        return Ok(Err(PairError::Wait { minutes: (left + 59) / 60 }));
    }
    if tries.n >= TRIES {
        rates::forget(tx, who, "pair")?;
    }
    if boards::get(tx, board)?.is_none() {
        return Err(Error::Missing(format!("board {board:?}")));
    }
    let Some(token) = screens::take(tx, &random::hash(&typed(given)), micros)? else {
        rates::count(tx, who, "pair", micros)?;
        return Ok(Err(PairError::Code));
    };
    rates::forget(tx, who, "pair")?;
    let screen = ScreenRow {
        id: random::id('w').map_err(Error::broken)?,
        name: name.to_owned(),
        board: board.to_owned(),
        token,
        paired: micros,
        ..ScreenRow::default()
    };
    set(tx, &screen, now)?;
    Ok(Ok(screen))
}

/// Why a code did not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairError {
    Code,
    Wait { minutes: i64 },
}

/// Keeps a screen, and lets its secret see its board and no other.
///
/// # Errors
/// The store's.
pub fn set(tx: &mut Tx<'_>, of: &ScreenRow, now: Timestamp) -> Result<()> {
    screens::put(tx, of)?;
    let id = format!("screen-{}", of.id);
    tokens::delete(tx, &id)?;
    let token = TokenRow {
        id,
        role: TokenRole::Screen,
        scope: of.board.clone(),
        label: of.name.clone(),
        made: now.as_microsecond(),
        expires: None,
        used: None,
    };
    tokens::put(tx, &of.token, &token)?;
    floor::changed(tx)
}

/// Takes a screen away: it shows letters again.
///
/// # Errors
/// There is none of this id, or the store's.
pub fn remove(tx: &mut Tx<'_>, id: &str) -> Result<()> {
    if !screens::delete(tx, id)? {
        return Err(Error::Missing(format!("screen {id:?}")));
    }
    tokens::delete(tx, &format!("screen-{id}"))?;
    floor::changed(tx)
}

/// Tells a screen something.
///
/// # Errors
/// There is none of this id, the text is too long, or the store's.
pub fn tell(tx: &mut Tx<'_>, id: &str, command: &Command, now: Timestamp) -> Result<()> {
    let mut screen = screens::get(tx, id)?.ok_or_else(|| Error::Missing(format!("screen {id:?}")))?;
    let until = |seconds: i64| now.as_microsecond() + seconds * 1_000_000;
    screen.message = match command {
        Command::Identify => Some((screen.name.clone(), until(IDENTIFY_S))),
        Command::Message(text) if text.is_empty() || text.chars().count() > MAX_MESSAGE => {
            return Err(Error::Refused(format!("a message has 1 to {MAX_MESSAGE} characters")));
        }
        Command::Message(text) => Some((text.clone(), until(MESSAGE_S))),
        Command::Clear => None,
    };
    screens::put(tx, &screen)?;
    floor::changed(tx)
}

/// A board as one screen shows it: by its own playlist, where it has one, and with the message that stands on it. It has no
/// number: without one it is newer when it differs, and a screen may get another board at any time.
pub fn screen_board(whole: &Whole, screen: &ScreenRow, now: Timestamp) -> Json {
    let mut board = whole.document.clone();
    playlist::apply(&mut board, screen.playlist.as_ref().unwrap_or(&whole.playlist));
    if let Some(text) = message(screen, now) {
        board["slides"] = json!([{"type": "message", "id": MESSAGE, "title": text, "text": screen.name}]);
    }
    board
}

/// The text that stands on a screen now.
pub fn message(screen: &ScreenRow, now: Timestamp) -> Option<&str> {
    screen.message.as_ref().filter(|(_, until)| *until > now.as_microsecond()).map(|(text, _)| text.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_six_letters_that_stay_a_while_and_differ_by_secret() {
        let now: Timestamp = "2026-11-29T12:00:00Z".parse().unwrap();
        let later = |s: i64| now + jiff::SignedDuration::from_secs(s);
        let one = code("a", now);
        assert!(one.len() == 6 && one.bytes().all(|c| LETTERS.contains(&c)), "{one}");
        assert_eq!(code("a", later(599)), one);
        assert!(code("a", later(600)) != one && code("b", now) != one);
        assert_eq!(typed(" bcd-fgh "), "BCDFGH");
    }
}
