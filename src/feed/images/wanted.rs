//! Lists the pictures that a board needs: those of the people and teams in its rows, leaders first.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::board::{Better, Board, Body, Named, Of, PhotoRef, Ranking};

/// The pictures of a board in the order in which they are worth fetching: first row of each slide, second rows, …;
/// each key once.
pub(super) fn wanted(board: &Board) -> Vec<PhotoRef> {
    let slides: Vec<Vec<&PhotoRef>> = board
        .slides
        .iter()
        .map(|slide| people(board, &slide.body).into_iter().filter_map(|named| photo(board, named)).collect())
        .collect();
    let longest = slides.iter().map(Vec::len).max().unwrap_or(0);
    let mut seen = BTreeSet::new();
    (0..longest)
        .flat_map(|row| slides.iter().filter_map(move |slide| slide.get(row).copied()))
        .filter(|photo| seen.insert(photo.key()))
        .cloned()
        .collect()
}

fn photo<'a>(board: &'a Board, named: Named) -> Option<&'a PhotoRef> {
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
            "teams":{"t":{"name":"T","photo":{"url":"t.png"}}},
            "slides":[
              {"type":"ranking","title":"1","rows":[{"who":"a","value":1},{"who":"b"},{"who":"c","value":5},{"who":"d","value":9}]},
              {"type":"ranking","title":"2","metric":"days","rows":[{"who":"c","value":2},{"who":"b","value":1}]},
              {"type":"ranking","title":"3","of":"teams","rows":[{"who":"t","value":2}]}]}"#;
        let (board, _) = accept(board.as_bytes(), &AcceptContext::default()).unwrap();
        let urls: Vec<String> = wanted(&board).into_iter().map(|photo| photo.url).collect();
        assert_eq!(urls, ["c.png", "b.png", "t.png", "a.png"], "and no picture of a person on no slide");
    }
}
