//! Which slide is on a wall at this moment: as a screen says, else the wall of this machine, else in turns of our own.

use jiff::Timestamp;
use serde_json::Value as Json;

use super::list::{name_of, picture_of};
use crate::screens::AWAY_S;
use crate::store::screens::ScreenRow;
use crate::store::{Result as Stored, Tx, screens};
use crate::web::state::App;
use crate::web::words::{Words, fill};

/// How long a slide is on that nobody has set, where no wall says when it goes.
const TURN_S: i64 = 15;

/// What is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnNow {
    pub slide: String,
    pub title: String,
    pub alt: String,
    pub picture: String,
    /// Where, or that it is by turns.
    pub whence: String,
    /// Seconds after which a page without script looks again.
    pub again_s: i64,
}

/// What is on a board; `wanted` is the screen that the viewer has chosen. `None`: there is no such board, or nothing is on it.
///
/// # Errors
/// The store's.
pub fn on_now(
    app: &App,
    tx: &mut Tx<'_>,
    (board, wanted): (&str, Option<&str>),
    w: &Words,
    now: Timestamp,
) -> Stored<Option<OnNow>> {
    let Some(whole) = app.publisher.whole(board) else { return Ok(None) };
    let mut all = screens::list(tx)?;
    all.retain(|screen| screen.board == board);
    let of = w.of_wall();
    let (shown, said) = match said(&all, wanted, now) {
        Some((screen, slide)) => {
            let whence = fill(of.on_screen, &[("name", &screen.name)]);
            (crate::screens::screen_board(&whole, screen, now), Some((slide.to_owned(), whence)))
        }
        None => {
            let mut document = whole.document.clone();
            crate::publish::playlist::apply(&mut document, &whole.playlist);
            // Who has chosen a screen wants to see no other one.
            let is_chosen = all.iter().any(|screen| wanted == Some(&screen.id));
            let own = app.own_wall.slide(board, now.as_microsecond()).filter(|_| !is_chosen);
            (document, own.map(|slide| (slide, of.on_own.to_owned())))
        }
    };
    let slides = shown["slides"].as_array().map(Vec::as_slice).unwrap_or_default();
    let there = said.and_then(|(id, whence)| Some((slides.iter().find(|slide| slide["id"] == *id)?, whence)));
    let (slide, whence, again_s) = match there {
        Some((slide, whence)) => (slide, whence, TURN_S / 2),
        None => match in_turn(slides, now) {
            Some((slide, left)) => (slide, of.by_turns.to_owned(), left),
            None => return Ok(None),
        },
    };
    let title = name_of(w, &whole.document, slide);
    Ok(Some(OnNow {
        slide: slide["id"].as_str().unwrap_or_default().to_owned(),
        alt: fill(w.slide_alt, &[("title", &title)]),
        picture: picture_of(board, slide, "1280x720", now),
        title,
        whence,
        again_s,
    }))
}

/// The slide that a screen said was on, lately: of the chosen screen, else of the first one that says something.
fn said<'s>(all: &'s [ScreenRow], wanted: Option<&str>, now: Timestamp) -> Option<(&'s ScreenRow, &'s str)> {
    let is_fresh = |at: i64| now.as_microsecond() - at < AWAY_S * 1_000_000;
    let says = |screen: &'s ScreenRow| {
        let (slide, at) = screen.showing.as_ref()?;
        is_fresh(*at).then_some((screen, slide.as_str()))
    };
    let chosen = wanted.and_then(|id| all.iter().find(|screen| screen.id == id));
    match chosen {
        Some(screen) => says(screen),
        None => all.iter().find_map(says),
    }
}

/// Whose turn it is by the clock, and for how long still: everybody who looks sees the same.
fn in_turn(slides: &[Json], now: Timestamp) -> Option<(&Json, i64)> {
    let seconds = |slide: &Json| slide["dwell_s"].as_i64().unwrap_or(TURN_S).max(1);
    let round: i64 = slides.iter().map(seconds).sum();
    let mut at = now.as_second().checked_rem_euclid(round)?;
    for slide in slides {
        let stays = seconds(slide);
        if at < stays {
            return Some((slide, stays - at));
        }
        at -= stays;
    }
    None
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn slides_take_turns_by_the_clock() {
        let slides = [json!({"id": "a", "dwell_s": 10}), json!({"id": "b"}), json!({"id": "c", "dwell_s": 5})];
        let at = |second: i64| in_turn(&slides, Timestamp::from_second(30 * 60_000 + second).unwrap());
        let at = |second: i64| at(second).map(|(slide, left)| (slide["id"].as_str().unwrap(), left)).unwrap();
        assert_eq!(
            [at(0), at(9), at(10), at(24), at(25), at(30)],
            [("a", 10), ("a", 1), ("b", 15), ("b", 1), ("c", 5), ("a", 10)]
        );
        assert_eq!(in_turn(&[], Timestamp::UNIX_EPOCH), None);
    }

    #[test]
    fn a_screen_is_believed_while_it_speaks_and_the_chosen_one_first() {
        let now = Timestamp::from_second(1_000_000).unwrap();
        let screen = |id: &str, slide: &str, ago: i64| ScreenRow {
            id: id.into(),
            showing: Some((slide.into(), now.as_microsecond() - ago * 1_000_000)),
            ..ScreenRow::default()
        };
        let all = [screen("w1", "old", AWAY_S), screen("w2", "won", 20), screen("w3", "goals", 1)];
        let slide = |wanted| said(&all, wanted, now).map(|(of, slide)| (of.id.as_str(), slide));
        assert_eq!(slide(None), Some(("w2", "won")));
        assert_eq!(slide(Some("w3")), Some(("w3", "goals")));
        assert_eq!(slide(Some("w1")), None, "it has been silent for too long");
        assert_eq!(slide(Some("gone")), Some(("w2", "won")));
    }
}
