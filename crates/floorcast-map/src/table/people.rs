//! Collects the people of a table: one key for all spellings of a name.

use std::collections::{BTreeMap, HashMap};

use super::name::{cleaned, key};

/// The people, in the order of their first rows.
#[derive(Debug, Default)]
pub struct People {
    keys: HashMap<String, usize>,
    /// By raw spelling, so that a long table folds each once: the person, and the spelling that is counted.
    spelled: HashMap<Box<str>, (usize, String)>,
    people: Vec<Person>,
    flipped: bool,
}

/// How one person is written, and how often.
#[derive(Debug, Default)]
struct Person {
    spellings: BTreeMap<String, (usize, usize)>,
}

impl People {
    /// The people of a column. Where every name is written `Müller, Jürgen`, all are turned.
    pub fn of<'a>(names: impl Iterator<Item = &'a str> + Clone) -> People {
        let mut any = false;
        let throughout = names.clone().all(|name| {
            any = true;
            turned(name).is_some()
        });
        let mut people = People { flipped: any && throughout, ..People::default() };
        for name in names {
            people.add(name);
        }
        people
    }

    /// Counts a spelling of a person, who is new where no other was seen.
    fn add(&mut self, name: &str) {
        if let Some((at, written)) = self.spelled.get(name) {
            if let Some((count, _)) = self.people[*at].spellings.get_mut(written) {
                *count += 1;
            }
            return;
        }
        let written = self.written(name);
        let count = self.people.len();
        let at = *self.keys.entry(key(&written)).or_insert(count);
        if at == count {
            self.people.push(Person::default());
        }
        let seen = self.people[at].spellings.len();
        self.people[at].spellings.entry(written.clone()).or_insert((0, seen)).0 += 1;
        self.spelled.insert(name.into(), (at, written));
    }

    /// The place of a person by a spelling that was seen.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.spelled.get(name).map(|(at, _)| *at)
    }

    /// Whether somebody is called so.
    pub fn has(&self, name: &str) -> bool {
        self.keys.contains_key(&key(&self.written(name)))
    }

    /// The name of a person as it is written most often.
    pub fn name(&self, at: usize) -> &str {
        let of = |(name, (count, order)): &(&String, &(usize, usize))| {
            let mixed = name.chars().any(char::is_uppercase) && name.chars().any(char::is_lowercase);
            (*count, mixed, std::cmp::Reverse(*order))
        };
        self.people[at].spellings.iter().max_by_key(of).map_or("", |(name, _)| name)
    }

    /// People whose names are written in several ways: each with the name that is shown and the others.
    pub fn merged(&self) -> impl Iterator<Item = (&str, Vec<&str>)> {
        self.people.iter().enumerate().filter(|(_, person)| person.spellings.len() > 1).map(|(at, person)| {
            let shown = self.name(at);
            (shown, person.spellings.keys().map(String::as_str).filter(|name| *name != shown).collect())
        })
    }

    /// Whether the names were written with the family name and a comma in front.
    pub fn is_turned(&self) -> bool {
        self.flipped
    }

    fn written(&self, name: &str) -> String {
        match turned(name).filter(|_| self.flipped) {
            Some(turned) => turned,
            None => cleaned(name),
        }
    }
}

/// `Jürgen Müller` of `Müller, Jürgen`; `None`: it is not written so.
fn turned(name: &str) -> Option<String> {
    const NO_NAMES: [&str; 14] =
        ["inc", "inc.", "llc", "ltd", "ltd.", "gmbh", "ag", "jr", "jr.", "sr", "sr.", "phd", "mba", "co"];
    let (family, given) = name.split_once(',')?;
    let (family, given) = (cleaned(family), cleaned(given));
    let plain = |part: &str| !part.is_empty() && !part.contains(',') && !part.bytes().any(|byte| byte.is_ascii_digit());
    (plain(&family) && plain(&given) && !NO_NAMES.contains(&given.to_lowercase().as_str()))
        .then(|| format!("{given} {family}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commonest_spelling_is_shown_and_the_others_are_told() {
        let names = ["mara quill", "Mara Quill", "MARA  QUILL", "Mara\u{a0}Quill", "Tiago Brandt"];
        let people = People::of(names.into_iter());
        assert_eq!(people.name(0), "Mara Quill");
        assert_eq!(people.merged().collect::<Vec<_>>(), [("Mara Quill", vec!["MARA QUILL", "mara quill"])]);
        assert!(people.has("TIAGO BRANDT") && !people.has("Tiago"));
    }

    #[test]
    fn names_with_a_comma_are_turned_where_all_are_written_so() {
        let people = People::of(["Müller, Jürgen", "Weiß, Max"].into_iter());
        assert_eq!([people.name(0), people.name(1)], ["Jürgen Müller", "Max Weiß"]);
        let mixed = People::of(["Müller, Jürgen", "Max Weiß"].into_iter());
        assert_eq!(mixed.name(0), "Müller, Jürgen");
        let firms = People::of(["Kestrel, Inc.", "Weiß, Max"].into_iter());
        assert_eq!(firms.name(0), "Kestrel, Inc.");
    }
}
