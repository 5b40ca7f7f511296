//! Lists the pictures and sounds that a board needs: those of the people and teams in its rows, leaders first.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::board::{Better, Board, Body, FileRef, Named, Of, Ranking};

/// The pictures of a board in the order in which they are worth fetching: first row of each slide, second rows, …;
/// each key once.
pub(super) fn wanted(board: &Board) -> Vec<FileRef> {
    of_slides(board, photo)
}

/// The crests of all teams: people of a team whom no slide names may be celebrated.
pub(super) fn wanted_crests(board: &Board) -> Vec<FileRef> {
    let mut seen = BTreeSet::new();
    let crests = board.teams.values().filter_map(|team| team.logo.as_ref());
    crests.filter(|crest| seen.insert(crest.key())).cloned().collect()
}

/// The sounds of those who stand on a slide or are celebrated, in the same order.
pub(super) fn wanted_sounds(board: &Board) -> Vec<FileRef> {
    let sound = |id: &str| board.people.get(id).and_then(|person| person.sound.as_ref());
    let celebrated = board.events.iter().flat_map(|event| &event.who).filter_map(|who| sound(&who.id)).cloned();
    let on_slides = of_slides(board, |board, named| board.people.get(named.who.id.as_str())?.sound.as_ref());
    let mut seen = BTreeSet::new();
    celebrated.chain(on_slides).filter(|sound| seen.insert(sound.key().to_owned())).collect()
}

fn of_slides(board: &Board, file: for<'b> fn(&'b Board, Named) -> Option<&'b FileRef>) -> Vec<FileRef> {
    let slides: Vec<Vec<&FileRef>> = board
        .slides
        .iter()
        .map(|slide| people(board, &slide.body).into_iter().filter_map(|named| file(board, named)).collect())
        .collect();
    let longest = slides.iter().map(Vec::len).max().unwrap_or(0);
    let mut seen = BTreeSet::new();
    (0..longest)
        .flat_map(|row| slides.iter().filter_map(move |slide| slide.get(row).copied()))
        .filter(|photo| seen.insert(photo.key()))
        .cloned()
        .collect()
}

fn photo<'b>(board: &'b Board, named: Named) -> Option<&'b FileRef> {
    let id = named.who.id.as_str();
    let person = || board.people.get(id).and_then(|person| person.photo.as_ref());
    let team = || board.teams.get(id).and_then(|team| team.photo.as_ref());
    match named.of {
        Of::People => person().or_else(team),
        Of::Teams => team().or_else(person),
    }
}

/// Everyone whom a slide names, leaders first.
fn people<'a>(board: &Board, body: &'a Body) -> Vec<Named<'a>> {
    match body {
        Body::Ranking(ranking) => leaders_first(board, ranking),
        body => body.people(),
    }
}

/// By the plain value: only the order of fetching depends on it, the places on the wall are `board::rank`'s.
fn leaders_first<'a>(board: &Board, ranking: &'a Ranking) -> Vec<Named<'a>> {
    let metric = ranking.metric.as_ref().and_then(|id| board.metrics.get(id));
    let down = metric.is_some_and(|metric| metric.better == Better::Down);
    let mut rows: Vec<_> = ranking.rows.iter().collect();
    rows.sort_by(|a, b| match (a.value, b.value) {
        (Some(a), Some(b)) if down => a.total_cmp(&b),
        (Some(a), Some(b)) => b.total_cmp(&a),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    });
    rows.into_iter().map(|row| Named { who: &row.who, of: ranking.of, aside: false }).collect()
}

#[cfg(test)]
mod tests {
    use crate::feed::{AcceptContext, accept};

    use super::*;

    #[test]
    fn leaders_of_all_slides_come_first() {
        let board = r#"{"format":"salesboard/1",
            "metrics":{"days":{"better":"down"}},
            "people":{"a":{"name":"A","photo":{"url":"a.png"}},"b":{"name":"B","photo":{"url":"b.png"}},
                      "c":{"name":"C","photo":{"url":"c.png"}},"d":{"name":"D"},"e":{"name":"E","photo":{"url":"e.png"}}},
            "teams":{"t":{"name":"T","photo":{"url":"t.png"},"logo":{"url":"crest.png"}}, "u":{"name":"U","logo":{"url":"a.png"}}},
            "slides":[
              {"type":"ranking","title":"1","rows":[{"who":"a","value":1},{"who":"b"},{"who":"c","value":5},{"who":"d","value":9}]},
              {"type":"ranking","title":"2","metric":"days","rows":[{"who":"c","value":2},{"who":"b","value":1}]},
              {"type":"ranking","title":"3","of":"teams","rows":[{"who":"t","value":2}]}]}"#;
        let (board, _) = accept(board.as_bytes(), &AcceptContext::default()).unwrap();
        let urls: Vec<String> = wanted(&board).into_iter().map(|photo| photo.url).collect();
        assert_eq!(urls, ["c.png", "b.png", "t.png", "a.png"], "and no picture of a person on no slide");
        let crests: Vec<String> = wanted_crests(&board).into_iter().map(|crest| crest.url).collect();
        assert_eq!(crests, ["crest.png", "a.png"], "also one whose file is somebody's photo too");
    }

    #[test]
    fn sounds_of_whom_is_celebrated_come_first() {
        let person = |name: &str| serde_json::json!({"name": name, "sound": {"url": format!("{name}.ogg")}});
        let body = serde_json::json!({"format": "salesboard/1", "as_of": "2026-01-05T10:00:00Z",
            "people": {"a": person("a"), "b": person("b"), "c": person("c"), "d": person("d"), "e": {"name": "E"}},
            "slides": [{"type": "ranking", "title": "1", "rows": [{"who": "a", "value": 3}, {"who": "b", "value": 2}, {"who": "e"}]}],
            "events": [{"id": "1", "at": "2026-01-05T10:00:00Z", "kind": "shout", "who": ["c", "b"], "headline": "x"}]});
        let (board, _) = accept(body.to_string().as_bytes(), &AcceptContext::default()).unwrap();
        let urls: Vec<String> = wanted_sounds(&board).into_iter().map(|sound| sound.url).collect();
        assert_eq!(urls, ["c.ogg", "b.ogg", "a.ogg"], "and none of a person who is nowhere");
    }
}
