//! Where in the document a text on the wall comes from.

use serde_json::Value;

use crate::board::SlideData;

/// Every text of a document with the path that leads to it.
pub struct Places {
    /// Path, the text as it was sent, and in a form in which the wall's capitals and cuts do not matter.
    texts: Vec<(String, String, String)>,
    /// Type, title and id of each slide of the document.
    slides: Vec<[String; 3]>,
}

/// Texts shorter than this (in compared letters) are not looked for inside others: they would be found everywhere.
const PART: usize = 2;

impl Places {
    /// Reads a document; one that is no JSON has no places.
    pub fn new(body: &[u8]) -> Places {
        let mut places = Places { texts: Vec::new(), slides: Vec::new() };
        if let Ok(document) = serde_json::from_slice::<Value>(body) {
            let slides = document.get("slides").and_then(Value::as_array);
            let field = |slide: &Value, key: &str| slide.get(key).and_then(Value::as_str).unwrap_or("").to_owned();
            places.slides = slides
                .map(|s| s.iter().map(|s| [field(s, "type"), letters(&field(s, "title")), field(s, "id")]).collect())
                .unwrap_or_default();
            gather(&document, String::new(), &mut places.texts);
        }
        places
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
        let like = |path: &str| match room(&first) {
            Some(shared) => path
                .strip_prefix(shared)
                .and_then(|rest| rest.rsplit_once('.'))
                .is_some_and(|(id, _)| self.says(slide, id)),
            None => nearness(slide, path) == Some(1),
        };
        let others = self.texts.iter().filter(|(path, sent, _)| {
            *path != first
                && key(path) == key(&first)
                && room(path) == room(&first)
                && like(path)
                && has_words(sent, &wanted)
        });
        let mut all: Vec<String> = others.map(|(path, ..)| path.clone()).collect();
        // Where nobody else is meant the best place stays the only one.
        all.insert(0, first);
        all
    }

    /// Whether a slide has this very text.
    fn says(&self, slide: Option<&str>, text: &str) -> bool {
        self.texts.iter().any(|(path, sent, _)| sent == text && nearness(slide, path) == Some(1))
    }

    /// The path of an event.
    pub fn event(&self, id: &str) -> Option<String> {
        let of = |path: &str| Some(path.strip_suffix(".id")?.to_owned()).filter(|path| path.starts_with("events["));
        self.texts.iter().filter(|(_, sent, _)| sent == id).find_map(|(path, ..)| of(path))
    }

    /// The path of the first text about a slide that has this character.
    pub fn character(&self, slide: Option<&str>, c: char) -> Option<String> {
        let with = self.texts.iter().filter(|(path, sent, _)| sent.contains(c) && nearness(slide, path).is_some());
        with.map(|(path, ..)| path.clone()).next()
    }

    /// The path of a text that stands on a slide: in the slide itself, else among people, teams and metrics. A text that
    /// the wall put together is found by its parts.
    pub fn text(&self, slide: Option<&str>, text: &str) -> Option<String> {
        let wanted = letters(text);
        if wanted.is_empty() {
            return None;
        }
        let score = |path: &str, have: &str| {
            let place = nearness(slide, path)?;
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
        let best = self.texts.iter().filter_map(|(path, _, have)| Some((score(path, have)?, path)));
        // Of equals the first in the document.
        best.rev().max_by_key(|(score, _)| *score).map(|(_, path)| path.clone())
    }
}

/// Whether whole words at the beginning or at the end of a text make these letters.
fn has_words(sent: &str, wanted: &str) -> bool {
    let words: Vec<&str> = sent.split_whitespace().collect();
    (0..words.len()).any(|i| letters(&words[i..].concat()) == wanted || letters(&words[..=i].concat()) == wanted)
}

/// Whether a path can be about a slide: 1 in it, 0 among what all slides share.
fn nearness(slide: Option<&str>, path: &str) -> Option<u8> {
    let own = slide.and_then(|s| path.strip_prefix(s)).is_some_and(|rest| rest.starts_with('.'));
    let shared = ["people.", "teams.", "metrics."].iter().any(|room| path.starts_with(room));
    if own { Some(1) } else { shared.then_some(0) }
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

    fn places() -> Places {
        let document = json!({
            "people": {"p1": {"name": "Ana Sousa"}, "p2": {"name": "佐藤 美咲"}},
            "metrics": {"m": {"label": "Closed revenue"}},
            "slides": [
                {"type": "message", "title": "Hello", "text": "Ana Sousa did it"},
                {"type": "ranking", "title": "Deals", "id": "d", "rows": [{"who": "p1"}, {"name": "Ben Ó"}]},
            ],
        });
        Places::new(document.to_string().as_bytes())
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
        let p = Places::new(document.to_string().as_bytes());
        assert_eq!(p.all(Some("slides[0]"), "SOUSA"), ["people.p1.name", "people.p:2.name"]);
        assert_eq!(p.all(Some("slides[1]"), "SOUSA"), ["slides[1].rows[0].name", "slides[1].rows[2].name"]);
        assert_eq!(p.all(Some("slides[1]"), "MIA"), ["slides[1].rows[1].name"]);
        assert_eq!(p.all(Some("slides[1]"), "LIVE"), Vec::<String>::new());
        let event = p.event("e1").unwrap();
        assert_eq!(p.all(Some(&event), "DEEP SEA"), ["events[1].account"]);
    }

    #[test]
    fn a_document_that_is_none_has_no_places() {
        assert_eq!(Places::new(b"<html>").text(None, "A"), None);
    }
}
