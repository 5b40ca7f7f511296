//! What somebody is called and was, and where a text says so.

use std::collections::{BTreeSet, HashSet};

use serde_json::{Map, Value as Json};
use unicode_normalization::UnicodeNormalization as _;

/// Stands in a text where somebody's name stood who was erased.
pub const ERASED: &str = "(erased)";

/// What is searched for a name: in some texts a name of one word may well be something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextKind {
    /// What the floor says, and notes on what is theirs: `Max` is somebody, `max` is a word.
    OfTheirs,
    /// The name of a file: whoever names files writes small letters.
    FileName,
    /// A note on what is not theirs: a name of one word may be that of a customer.
    OfOthers,
}

/// Everything that somebody is called and was. What somebody else is called too is not in it: it stays theirs.
#[derive(Debug, Default)]
pub struct Called {
    /// The person, and those who were merged into it.
    pub ids: BTreeSet<String>,
    /// Names and addresses.
    pub names: BTreeSet<String>,
    /// What sources say: the source and its key.
    pub keys: BTreeSet<(String, String)>,
    own: Vec<Pattern>,
    of_others: HashSet<String>,
    others: Vec<Pattern>,
}

impl Called {
    /// `others` are the names, addresses and keys of everybody else.
    pub fn new(
        ids: BTreeSet<String>,
        names: BTreeSet<String>,
        keys: BTreeSet<(String, String)>,
        others: &[String],
    ) -> Called {
        let of_others: HashSet<String> = others.iter().map(|name| folded(name)).collect();
        let mut own: Vec<Pattern> = names.iter().flat_map(|name| Pattern::of(name)).collect();
        // A key of one word may be a number or a desk: it is looked for only where keys stand.
        own.extend(keys.iter().flat_map(|(_, key)| Pattern::of(key)).filter(|of| of.exact.is_none()));
        let others = others.iter().flat_map(|name| Pattern::of(name)).collect();
        Called { ids, names, keys, own, of_others, others }
    }

    /// Whether a text is one of the names, however it is written.
    pub fn is_name(&self, text: &str) -> bool {
        let text = folded(text);
        !self.of_others.contains(&text) && self.names.iter().any(|name| folded(name) == text)
    }

    /// Whether a source means this person by a key, or a key has the name in it.
    pub fn is_key(&self, source: &str, key: &str) -> bool {
        self.keys.contains(&(source.to_owned(), key.to_owned())) || self.names_in(key)
    }

    /// Whether any source means this person, and nobody else, by a key.
    pub fn is_key_of_any(&self, key: &str) -> bool {
        let key = folded(key);
        !self.of_others.contains(&key) && self.keys.iter().any(|(_, own)| folded(own) == key)
    }

    /// Whether a text says who it is about.
    fn names_in(&self, text: &str) -> bool {
        self.is_name(text) || self.without(text, TextKind::OfOthers).is_some()
    }

    /// Whether anything in a document is of this person.
    pub fn is_in(&self, json: &Json) -> bool {
        match json {
            Json::String(text) => self.ids.contains(text) || self.names_in(text),
            Json::Array(all) => all.iter().any(|of| self.is_in(of)),
            Json::Object(fields) => self.has_key(fields) || fields.values().any(|of| self.is_in(of)),
            _ => false,
        }
    }

    /// A key counts with its source only: `7` may be the id of a deal.
    fn has_key(&self, fields: &Map<String, Json>) -> bool {
        let text = |name: &str| fields.get(name).and_then(Json::as_str);
        let key = text("key").or_else(|| text("owner_key"));
        text("source").zip(key).is_some_and(|(source, key)| self.is_key(source, key))
    }

    /// Takes the names out of the texts of a document. Whether any was there.
    pub fn clear(&self, json: &mut Json) -> bool {
        match json {
            Json::String(text) if self.is_name(text) => {
                ERASED.clone_into(text);
                true
            }
            Json::String(text) => {
                let cleared = self.without(text, TextKind::OfTheirs);
                cleared.map(|cleared| *text = cleared).is_some()
            }
            Json::Array(all) => all.iter_mut().fold(false, |any, of| self.clear(of) | any),
            Json::Object(fields) => fields.values_mut().fold(false, |any, of| self.clear(of) | any),
            _ => false,
        }
    }

    /// The text without the names; `None`: none is in it. A name within that of somebody else is left alone.
    pub fn without(&self, text: &str, kind: TextKind) -> Option<String> {
        let chars: Vec<char> = text.nfc().collect();
        let small: Vec<char> = chars.iter().map(|c| small(*c)).collect();
        let spans = |patterns: &[Pattern], kind: TextKind| -> Vec<(usize, usize)> {
            let end = |at: usize| patterns.iter().filter_map(|of| of.end(&chars, &small, at, kind)).max();
            (0..chars.len()).filter_map(|at| Some((at, end(at)?))).collect()
        };
        let own = spans(&self.own, kind);
        if own.is_empty() {
            return None;
        }
        let others = spans(&self.others, TextKind::FileName);
        let (mut out, mut at, mut any) = (String::with_capacity(text.len()), 0, false);
        for (start, end) in own {
            let is_of_others = others.iter().any(|(from, to)| *from <= start && end <= *to);
            if start < at || is_of_others {
                continue;
            }
            out.extend(&chars[at..start]);
            out.push_str(ERASED);
            (at, any) = (end, true);
        }
        out.extend(&chars[at..]);
        any.then_some(out)
    }
}

/// A name as it is found in texts.
#[derive(Debug)]
struct Pattern {
    /// In small letters.
    words: Vec<Vec<char>>,
    /// The one word as it is written; `None`: there are several, or it is an address.
    exact: Option<Vec<char>>,
    is_mail: bool,
}

impl Pattern {
    /// `Ana Souza` is `Souza, Ana` too.
    fn of(name: &str) -> Vec<Pattern> {
        let name: String = name.trim().nfc().collect();
        let lower = |word: &str| word.chars().map(small).collect::<Vec<char>>();
        if name.contains('@') {
            return vec![Pattern { words: vec![lower(&name)], exact: None, is_mail: true }];
        }
        let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let letters = name.chars().filter(|c| c.is_alphabetic()).count();
        match words.as_slice() {
            // `7` or `X` is no name that could be found in a text.
            [] => Vec::new(),
            _ if letters < 2 => Vec::new(),
            [word] => {
                vec![Pattern { words: vec![lower(word)], exact: Some(word.chars().collect()), is_mail: false }]
            }
            words => {
                let several = |words: Vec<Vec<char>>| Pattern { words, exact: None, is_mail: false };
                let straight: Vec<Vec<char>> = words.iter().map(|word| lower(word)).collect();
                let mut turned = straight.clone();
                turned.rotate_right(1);
                vec![several(straight), several(turned)]
            }
        }
    }

    /// Where a match that begins at a place ends.
    fn end(&self, chars: &[char], small: &[char], at: usize, kind: TextKind) -> Option<usize> {
        let goes_on = |c: char| c.is_alphanumeric() || self.is_mail && "._+-".contains(c);
        let starts = at == 0 || !goes_on(small[at - 1]) || is_without_spaces(small[at]);
        if !starts || self.exact.is_some() && kind == TextKind::OfOthers {
            return None;
        }
        let mut end = at;
        for (n, word) in self.words.iter().enumerate() {
            if n > 0 {
                let between = small[end..].iter().take(3).take_while(|c| parts_words(**c)).count();
                if between == 0 && !is_without_spaces(small[end - 1]) {
                    return None;
                }
                end += between;
            }
            if !small[end..].starts_with(word) {
                return None;
            }
            end += word.len();
        }
        let ends = small.get(end).is_none_or(|c| !c.is_alphanumeric()) || is_without_spaces(small[end - 1]);
        let is_exact =
            self.exact.as_ref().is_none_or(|exact| kind != TextKind::OfTheirs || chars[at..end] == exact[..]);
        (ends && is_exact).then_some(end)
    }
}

pub(in crate::store) fn small(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

fn folded(text: &str) -> String {
    let text: String = text.nfc().collect();
    text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

pub(in crate::store) fn parts_words(c: char) -> bool {
    c.is_whitespace() || "_-.,'’·・+".contains(c)
}

/// Letters of which words are written without spaces between them.
pub(in crate::store) fn is_without_spaces(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn called(names: &[&str], keys: &[&str], others: &[&str]) -> Called {
        let set = |all: &[&str]| all.iter().map(|of| (*of).to_owned()).collect::<BTreeSet<String>>();
        let keys = keys.iter().map(|key| ("crm".to_owned(), (*key).to_owned())).collect();
        let others: Vec<String> = others.iter().map(|of| (*of).to_owned()).collect();
        Called::new(set(&["p7"]), set(names), keys, &others)
    }

    #[test]
    fn a_name_is_found_in_every_writing_and_within_no_other_one() {
        let ana = called(
            &["Ana Souza", "ana@x.example", "Ötzi", "山田 太郎"],
            &["A. Souza", "7"],
            &["Ana Souza Lima", "Diana"],
        );
        let gone = |text: &str, kind| ana.without(text, kind);
        for (text, left) in [
            ("Renewal, Ana Souza", "Renewal, (erased)"),
            ("ANA  SOUZA and Ben", "(erased) and Ben"),
            ("Souza, Ana: 3", "(erased): 3"),
            ("by a. souza.", "by (erased)."),
            ("to ana@x.example!", "to (erased)!"),
            ("山田太郎さんの案件", "(erased)さんの案件"),
        ] {
            assert_eq!(gone(text, TextKind::OfOthers).as_deref(), Some(left), "{text}");
        }
        assert_eq!(gone("ana_souza-q3.csv", TextKind::FileName).as_deref(), Some("(erased)-q3.csv"));
        assert_eq!(gone("o\u{308}tzi.csv", TextKind::FileName).as_deref(), Some("(erased).csv"));
        assert_eq!(gone("Bravo, O\u{308}tzi", TextKind::OfTheirs).as_deref(), Some("Bravo, (erased)"));
        for text in ["Ana Souza Lima", "Diana Souza", "diana@x.example", "Ana Souzas", "7 deals", "Ana", "Ötzi Inc."] {
            assert_eq!(gone(text, TextKind::OfOthers), None, "{text}");
        }
        assert_eq!(gone("ötzi is a word here", TextKind::OfTheirs), None);
    }

    #[test]
    fn a_document_is_theirs_by_id_name_or_key_and_not_by_letters_that_it_has_in_common() {
        let ana = called(&["Ana"], &["7", "Ann A"], &["Diana", "Ben"]);
        for theirs in [
            json!({"person": {"id": "p7"}}),
            json!([{"alias_key": {"source": "crm", "key": "7"}}]),
            json!({"fact": {"source": "crm", "owner_key": "ann a", "ext_id": "9"}}),
            json!({"who": ["p1", "p7"]}),
            json!({"name": "ANA"}),
        ] {
            assert!(ana.is_in(&theirs), "{theirs}");
        }
        for not in [
            json!({"person": {"id": "p70", "name": "Diana"}}),
            json!({"fact": {"source": "crm", "ext_id": "7", "label": "Ana Bank"}}),
            json!({"alias_key": {"source": "erp", "key": "7"}}),
        ] {
            assert!(!ana.is_in(&not), "{not}");
        }
        let twin = called(&["Ana"], &[], &["Ana"]);
        assert!(!twin.is_in(&json!({"name": "Ana"})), "somebody else is called so too");
        let mut frozen = json!({"rows": [["Ana", 3], ["Diana", 2]]});
        assert!(ana.clear(&mut frozen));
        assert_eq!(frozen, json!({"rows": [["(erased)", 3], ["Diana", 2]]}));
    }
}
