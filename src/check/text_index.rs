//! Finds where in the document a text on the wall comes from.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::Value;

use crate::board::SlideData;
use crate::feed::accept::tree;

/// Every text of a document with the path that leads to it.
pub struct TextIndex {
    /// Path, the text as it was sent, and in a form in which the wall's capitals and cuts do not matter.
    texts: Vec<(String, String, String)>,
    /// Which of them all slides share: those of people, teams and metrics.
    shared: Vec<usize>,
    /// What stands in each slide and event, by its path.
    own: HashMap<String, Own>,
    /// Type, title and id of each slide of the document.
    slides: Vec<[String; 3]>,
}

/// The texts of one slide.
#[derive(Default)]
struct Own {
    at: Vec<usize>,
    sent: HashSet<String>,
}

/// Texts shorter than this (in compared letters) are not looked for inside others: they would be found everywhere.
const PART: usize = 2;

impl TextIndex {
    /// Reads a document; one that is no JSON has no places.
    pub fn new(body: &[u8]) -> TextIndex {
        let (shared, own) = (Vec::new(), HashMap::new());
        let mut places = TextIndex { texts: Vec::new(), shared, own, slides: Vec::new() };
        if let Some(document) = tree(body) {
            let slides = document.get("slides").and_then(Value::as_array);
            let field = |slide: &Value, key: &str| slide.get(key).and_then(Value::as_str).unwrap_or("").to_owned();
            places.slides = slides
                .map(|s| s.iter().map(|s| [field(s, "type"), letters(&field(s, "title")), field(s, "id")]).collect())
                .unwrap_or_default();
            gather(&document, String::new(), &mut places.texts);
        }
        for (at, (path, sent, _)) in places.texts.iter().enumerate() {
            match path.split_once('.') {
                None => {}
                Some(("people" | "teams" | "metrics", _)) => places.shared.push(at),
                Some((slide, _)) => {
                    let own = places.own.entry(slide.to_owned()).or_default();
                    own.at.push(at);
                    own.sent.insert(sent.clone());
                }
            }
        }
        places
    }

    /// The texts that can be about a slide, and how near they are to it: 1 in it, 0 among what all slides share.
    fn near(&self, slide: Option<&str>) -> impl DoubleEndedIterator<Item = (usize, u8)> {
        let own = slide.and_then(|slide| self.own.get(slide)).into_iter().flat_map(|own| &own.at);
        self.shared.iter().map(|at| (*at, 0)).chain(own.map(|at| (*at, 1)))
    }

    /// The path of a slide of the board.
    pub fn slide(&self, slide: &SlideData) -> Option<String> {
        let title = letters(&slide.title);
        let kind = slide.body.kind();
        let by_id = self.slides.iter().position(|[_, _, id]| !id.is_empty() && *id == slide.id);
        let by_title = || self.slides.iter().position(|[k, t, _]| k == kind && *t == title);
        by_id.or_else(by_title).map(|i| format!("slides[{i}]"))
    }

    /// The paths of all texts that stand on a slide as this one does: four people of one family name have one text.
    pub fn all(&self, slide: Option<&str>, text: &str) -> Vec<String> {
        let Some(first) = self.text(slide, text) else { return Vec::new() };
        let wanted = letters(text);
        let key = |path: &str| path.rsplit('.').next().unwrap_or("").to_owned();
        let room = |path: &str| ["people.", "teams."].into_iter().find(|room| path.starts_with(room));
        let like = |path: &str, place: u8| match room(&first) {
            Some(shared) => path
                .strip_prefix(shared)
                .and_then(|rest| rest.rsplit_once('.'))
                .is_some_and(|(id, _)| self.says(slide, id)),
            None => place == 1,
        };
        // Cheap questions first: a board may have thousands of texts, and nearly all of them say something else.
        let others =
            self.near(slide).map(|(at, place)| (&self.texts[at], place)).filter(|((path, sent, have), place)| {
                (have.starts_with(&wanted) || have.ends_with(&wanted))
                    && *path != first
                    && key(path) == key(&first)
                    && room(path) == room(&first)
                    && has_words(sent, &wanted)
                    && like(path, *place)
            });
        let mut all: Vec<String> = others.map(|((path, ..), _)| path.clone()).collect();
        // Where nobody else is meant the best place stays the only one.
        all.insert(0, first);
        all
    }

    /// Whether a slide has this very text.
    fn says(&self, slide: Option<&str>, text: &str) -> bool {
        slide.and_then(|slide| self.own.get(slide)).is_some_and(|own| own.sent.contains(text))
    }

    /// The path of an event.
    pub fn event(&self, id: &str) -> Option<String> {
        let of = |path: &str| Some(path.strip_suffix(".id")?.to_owned()).filter(|path| path.starts_with("events["));
        self.texts.iter().filter(|(_, sent, _)| sent == id).find_map(|(path, ..)| of(path))
    }

    /// The path of the first text about a slide that has one of these characters.
    pub fn character(&self, slide: Option<&str>, of: &BTreeSet<char>) -> Option<String> {
        let has = |text: &str| text.chars().any(|c| of.contains(&c));
        let first = self.near(slide).map(|(at, _)| at).filter(|at| has(&self.texts[*at].1)).min();
        first.map(|at| self.texts[at].0.clone())
    }

    /// The path of a text that stands on a slide: in the slide itself, else among people, teams and metrics. A text that
    /// the wall put together is found by its parts.
    pub fn text(&self, slide: Option<&str>, text: &str) -> Option<String> {
        let wanted = letters(text);
        if wanted.is_empty() {
            return None;
        }
        let score = |have: &str, place: u8| {
            let kind = if have == wanted {
                3
            } else if wanted.len() >= PART && have.contains(&wanted) {
                2
            } else if have.len() > PART && wanted.contains(have) {
                1
            } else {
                return None;
            };
            Some((kind, have.len().min(wanted.len()), place))
        };
        let best = self.near(slide).filter_map(|(at, place)| {
            let (path, _, have) = &self.texts[at];
            Some((score(have, place)?, path))
        });
        // Of equals the first in the document.
        best.rev().max_by_key(|(score, _)| *score).map(|(_, path)| path.clone())
    }
}

/// Whether whole words at the beginning or at the end of a text make these letters.
fn has_words(sent: &str, wanted: &str) -> bool {
    let words: Vec<&str> = sent.split_whitespace().collect();
    (0..words.len()).any(|i| letters(&words[i..].concat()) == wanted || letters(&words[..=i].concat()) == wanted)
}

fn gather(value: &Value, path: String, into: &mut Vec<(String, String, String)>) {
    match value {
        Value::String(text) => into.push((path, text.clone(), letters(text))),
        Value::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                gather(item, format!("{path}[{i}]"), into);
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                let dot = if path.is_empty() { "" } else { "." };
                gather(field, format!("{path}{dot}{key}"), into);
            }
        }
        _ => {}
    }
}

/// The letters and digits of a text, in capitals.
fn letters(text: &str) -> String {
    text.chars().flat_map(char::to_uppercase).filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn places() -> TextIndex {
        let document = json!({
            "people": {"p1": {"name": "Ana Sousa"}, "p2": {"name": "佐藤 美咲"}},
            "metrics": {"m": {"label": "Closed revenue"}},
            "slides": [
                {"type": "message", "title": "Hello", "text": "Ana Sousa did it"},
                {"type": "ranking", "title": "Deals", "id": "d", "rows": [{"who": "p1"}, {"name": "Ben Ó"}]},
            ],
        });
        TextIndex::new(document.to_string().as_bytes())
    }

    #[test]
    fn texts_are_found_where_they_were_sent() {
        let p = places();
        let find = |slide: &str, text: &str| p.text(Some(slide), text);
        assert_eq!(find("slides[1]", "BEN Ó").as_deref(), Some("slides[1].rows[1].name"));
        assert_eq!(find("slides[1]", "ANA SOUSA").as_deref(), Some("people.p1.name"), "not the other slide's text");
        assert_eq!(find("slides[0]", "Ana Sousa did it").as_deref(), Some("slides[0].text"));
        assert_eq!(find("slides[1]", "美咲").as_deref(), Some("people.p2.name"), "a part of it");
        assert_eq!(find("slides[1]", "CLOSED REVENUE · ¥ MILLION").as_deref(), Some("metrics.m.label"));
        assert_eq!(find("slides[1]", "5 SELLING DAYS LEFT"), None);
    }

    #[test]
    fn people_of_one_name_are_all_found_where_they_are_meant() {
        let document = json!({
            "people": {"p1": {"name": "Ana Sousa"}, "p:2": {"name": "Rui Sousa"}, "p3": {"name": "Eva Sousa"}, "p4": {"name": "Jo Sousamar"}},
            "events": [{"id": "e0", "account": "x"}, {"id": "e1", "account": "Deep Sea"}],
            "slides": [{"type": "bracket", "rounds": [{"who": "p1"}, {"who": "p:2"}, {"who": "p4"}]},
                {"type": "ranking", "rows": [{"name": "Sousa"}, {"name": "Mia"}, {"name": "Sousa"}]}],
        });
        let p = TextIndex::new(document.to_string().as_bytes());
        assert_eq!(p.all(Some("slides[0]"), "SOUSA"), ["people.p1.name", "people.p:2.name"]);
        assert_eq!(p.all(Some("slides[1]"), "SOUSA"), ["slides[1].rows[0].name", "slides[1].rows[2].name"]);
        assert_eq!(p.all(Some("slides[1]"), "MIA"), ["slides[1].rows[1].name"]);
        assert_eq!(p.all(Some("slides[1]"), "LIVE"), Vec::<String>::new());
        let event = p.event("e1").unwrap();
        assert_eq!(p.all(Some(&event), "DEEP SEA"), ["events[1].account"]);
    }

    #[test]
    fn a_large_board_is_searched_by_slide() {
        const PEOPLE: usize = 400;
        let people: serde_json::Map<String, Value> =
            (0..PEOPLE).map(|i| (format!("p{i}"), json!({"name": format!("Maximiliane{i} Wolkenstein")}))).collect();
        let rows: Vec<Value> = (0..PEOPLE).map(|i| json!({"who": format!("p{i}")})).collect();
        let slides: Vec<Value> = (0..10).map(|_| json!({"type": "ranking", "rows": rows})).collect();
        let p = TextIndex::new(json!({"people": people, "slides": slides}).to_string().as_bytes());
        // Each slide looks at its own texts and at those of the people, not at those of the other slides.
        for slide in 0..10 {
            assert_eq!(p.near(Some(&format!("slides[{slide}]"))).count(), PEOPLE + PEOPLE + 1);
        }
        assert_eq!(p.near(None).count(), PEOPLE);
        for i in 0..PEOPLE {
            let path = vec![format!("people.p{i}.name")];
            assert_eq!(p.all(Some("slides[9]"), &format!("MAXIMILIANE{i} WOLKENSTEIN")), path);
        }
        assert_eq!(p.all(Some("slides[9]"), "WOLKENSTEIN").len(), PEOPLE);
    }

    #[test]
    fn a_document_that_is_none_has_no_places() {
        assert_eq!(TextIndex::new(b"<html>").text(None, "A"), None);
    }
}
