//! Letters of a board that no font has: one problem for each script, at the first place where it stands.

use super::text_index::TextIndex;
use crate::board::Board;
use crate::feed::Problem;
use crate::scene::text::MissingScript;

/// What was missed on the wall of one board.
pub struct MissingGlyphs {
    found: Vec<Found>,
    /// What was missed while all slides were made at once; whose it is shows later.
    made: Vec<MissingScript>,
}

struct Found {
    path: String,
    missing: MissingScript,
    on: String,
}

impl MissingGlyphs {
    /// With what was missed while the slides were made.
    pub fn new(made: Vec<MissingScript>) -> MissingGlyphs {
        MissingGlyphs { found: Vec::new(), made }
    }

    /// Takes what was missed on one slide or celebration: its place in the document, and what it is called.
    pub fn on(&mut self, places: &TextIndex, place: Option<&str>, on: &str, all: Vec<MissingScript>) {
        for missing in all {
            match self.found.iter_mut().find(|found| found.missing.script == missing.script) {
                Some(known) => known.missing.letters.extend(missing.letters),
                None => {
                    let path = path(places, place, &missing).or_else(|| place.map(str::to_owned));
                    self.found.push(Found { path: path.unwrap_or_default(), missing, on: format!(", first {on}") });
                }
            }
        }
    }

    /// One problem for each script.
    pub fn problems(mut self, places: &TextIndex, board: &Board) -> Vec<Problem> {
        for missing in std::mem::take(&mut self.made) {
            let mut slides = board.slides.iter().filter_map(|data| places.slide(data));
            let path = slides.find_map(|slide| path(places, Some(&slide), &missing));
            match self.found.iter_mut().find(|found| found.missing.script == missing.script) {
                Some(known) => known.missing.letters.extend(missing.letters),
                None => self.found.push(Found { path: path.unwrap_or_default(), missing, on: String::new() }),
            }
        }
        let problem = |found: Found| Problem::wrong(found.path, format!("{}{}", found.missing, found.on));
        self.found.into_iter().map(problem).collect()
    }
}

/// The first text about a slide with one of the letters.
fn path(places: &TextIndex, place: Option<&str>, missing: &MissingScript) -> Option<String> {
    let by_letter = places.character(place, &missing.letters);
    by_letter.or_else(|| places.text(place, &missing.text))
}
