//! What hangs on walls and in which order: a playlist over the slides that there is something for.

use serde_json::{Value as Json, json};

use crate::store::boards::{Playlist, Turn};

/// How long a slide can be set to stay, in seconds: as long as a wall takes it.
pub const SECONDS: std::ops::RangeInclusive<u32> = 3..=600;

/// By what a playlist knows a slide: its id without the days in it, so that the goals of the next month have the place of
/// this month's.
pub fn key(id: &str) -> &str {
    let mut key = id;
    while let Some((rest, day)) = key.len().checked_sub(11).and_then(|at| key.split_at_checked(at)) {
        let is_day = |n: usize, c: u8| if matches!(n, 0 | 5 | 8) { c == b'-' } else { c.is_ascii_digit() };
        if rest.is_empty() || !day.bytes().enumerate().all(|(n, c)| is_day(n, c)) {
            break;
        }
        key = rest;
    }
    key
}

/// Whether a slide hangs on walls before anybody chose it. What is expected of each person, and who is behind, is between
/// that person and the manager until a manager shows it.
fn comes_by_itself(slide: &Json) -> bool {
    !(slide["type"] == "scorecard" && slide["of"] == "people")
}

/// Every slide of a document with what the playlist says of it, in the order of the playlist; then those that it does not
/// know.
pub fn arranged(document: &Json, playlist: &Playlist) -> Vec<(Json, Turn)> {
    let slides = document["slides"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut all: Vec<(usize, Json, Turn)> = slides
        .iter()
        .map(|slide| {
            let id = key(slide["id"].as_str().unwrap_or_default());
            let known = playlist.turns.iter().position(|turn| turn.slide == id);
            let turn = known.map(|at| playlist.turns[at].clone());
            let turn = turn.unwrap_or_else(|| Turn {
                slide: id.to_owned(),
                hidden: !comes_by_itself(slide),
                ..Turn::default()
            });
            (known.unwrap_or(usize::MAX), slide.clone(), turn)
        })
        .collect();
    all.sort_by_key(|(place, _, _)| *place);
    all.into_iter().map(|(_, slide, turn)| (slide, turn)).collect()
}

/// Leaves in a document what is shown, in its order and with its seconds. Where all of it is hidden all that would hang
/// there by itself is shown: a wall with nothing on it says that something is broken.
pub fn apply(document: &mut Json, playlist: &Playlist) {
    let all = arranged(document, playlist);
    let any = all.iter().any(|(_, turn)| !turn.hidden);
    let is_shown = |slide: &Json, turn: &Turn| if any { !turn.hidden } else { comes_by_itself(slide) };
    let shown = all.into_iter().filter(|(slide, turn)| is_shown(slide, turn)).map(|(mut slide, turn)| {
        if let Some(seconds) = turn.dwell_s {
            slide["dwell_s"] = json!(seconds);
        }
        slide
    });
    document["slides"] = shown.collect();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(document: &Json) -> Vec<String> {
        document["slides"].as_array().unwrap().iter().map(|of| format!("{} {}", of["id"], of["dwell_s"])).collect()
    }

    fn turn(slide: &str, dwell_s: Option<u32>, hidden: bool) -> Turn {
        Turn { slide: slide.into(), dwell_s, hidden }
    }

    #[test]
    fn a_slide_keeps_its_place_over_the_months() {
        assert_eq!(key("goals-must-2026-11-01"), "goals-must");
        assert_eq!(key("goals-must-2026-10-01-2027-01-01"), "goals-must");
        assert_eq!(
            ["won-month", "-2026-11-01", "tore-2026-1-01", "日本-2026-11-01"].map(key),
            ["won-month", "-2026-11-01", "tore-2026-1-01", "日本"]
        );
    }

    #[test]
    fn order_seconds_and_hidden_slides_are_as_set_and_new_ones_come_last() {
        let document = json!({"slides": [{"id": "a"}, {"id": "b-2026-11-01"}, {"id": "new"}, {"id": "c"}]});
        let playlist = |turns: &[Turn]| Playlist { turns: turns.to_vec(), before: None };
        let mut set = document.clone();
        apply(
            &mut set,
            &playlist(&[
                turn("c", None, false),
                turn("gone", None, false),
                turn("b", Some(20), false),
                turn("a", None, true),
            ]),
        );
        assert_eq!(ids(&set), ["\"c\" null", "\"b-2026-11-01\" 20", "\"new\" null"]);
        let mut none = document.clone();
        apply(&mut none, &Playlist::default());
        assert_eq!(none, document);
        let all: Vec<Turn> = ["a", "b", "c", "new"].map(|id| turn(id, None, true)).to_vec();
        let mut hidden = document.clone();
        apply(&mut hidden, &playlist(&all));
        assert_eq!(hidden["slides"].as_array().unwrap().len(), 4, "a wall is never empty");
    }

    #[test]
    fn scorecards_of_people_hang_only_where_somebody_chose_them() {
        let document = json!({"slides": [
            {"id": "card-1", "type": "scorecard", "of": "people"},
            {"id": "card-1-teams", "type": "scorecard", "of": "teams"},
            {"id": "won", "type": "ranking", "of": "people"},
        ]});
        let shown = |turns: &[Turn]| {
            let mut set = document.clone();
            apply(&mut set, &Playlist { turns: turns.to_vec(), before: None });
            ids(&set)
        };
        let all_but_people = ["\"card-1-teams\" null", "\"won\" null"];
        assert_eq!(shown(&[]), all_but_people);
        assert_eq!(shown(&[turn("card-1", None, false)])[0], "\"card-1\" null");
        let none = ["card-1", "card-1-teams", "won"].map(|id| turn(id, None, true));
        assert_eq!(shown(&none), all_but_people, "a wall is never empty, and never shows by that what was not chosen");
    }
}
