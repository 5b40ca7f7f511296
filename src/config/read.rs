//! Reads one TOML table key by key, and collects what is wrong with where it stands.

use std::cell::RefCell;
use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::ConfigProblem;
use super::token::TokenSource;
use crate::suggest::{nearest, one_of};

/// The text and what was found wrong with it so far.
pub(super) struct Reader<'i> {
    pub text: &'i str,
    problems: RefCell<Vec<(usize, ConfigProblem)>>,
}

impl<'i> Reader<'i> {
    pub fn new(text: &'i str) -> Self {
        Reader { text, problems: RefCell::new(Vec::new()) }
    }

    /// Notes a problem at a byte range of the text.
    pub fn problem(&self, span: Range<usize>, message: impl Into<String>) {
        let problem = ConfigProblem::at(self.text, span.clone(), message.into());
        self.problems.borrow_mut().push((span.start, problem));
    }

    /// All problems in the order of the text.
    pub fn into_problems(self) -> Vec<ConfigProblem> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|(at, _)| *at);
        problems.into_iter().map(|(_, problem)| problem).collect()
    }

    /// Expected this, but that came.
    fn mismatch(&self, key: &str, value: &Spanned<DeValue<'i>>, expected: &str) {
        let came = &self.text[value.span()];
        let came = match value.get_ref() {
            DeValue::Table(_) => "a table".to_owned(),
            DeValue::Array(_) => "a list".to_owned(),
            // It may be the secret itself.
            _ if key.ends_with("_env") => "something else (not shown: it may be the secret)".to_owned(),
            _ if came.chars().count() > 60 || came.contains('\n') => "a long text".to_owned(),
            _ => came.to_owned(),
        };
        self.problem(value.span(), format!("`{key}`: expected {expected}, found {came}"));
    }
}

/// One table of the file, from which keys are taken.
pub(super) struct Section<'r, 'i> {
    reader: &'r Reader<'i>,
    table: DeTable<'i>,
    known: Vec<&'static str>,
    name: &'static str,
}

impl<'r, 'i> Section<'r, 'i> {
    /// `name` is how messages call the table.
    pub fn new(reader: &'r Reader<'i>, table: DeTable<'i>, name: &'static str) -> Self {
        Section { reader, table, known: Vec::new(), name }
    }

    fn take(&mut self, key: &'static str) -> Option<Spanned<DeValue<'i>>> {
        self.known.push(key);
        self.table.remove(key)
    }

    /// Where the value of `key` stands.
    pub fn span(&self, key: &str) -> Range<usize> {
        self.table.get(key).map_or(0..0, Spanned::span)
    }

    /// Whether `key` is there.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// The value of `key`, which is not taken by that.
    pub fn peek(&self, key: &str) -> Option<&DeValue<'i>> {
        self.table.get(key).map(Spanned::get_ref)
    }

    /// The value of `key` through `convert`; a value that `convert` does not take is a problem, told with `expected`.
    pub fn get<T>(
        &mut self,
        key: &'static str,
        expected: &str,
        convert: impl FnOnce(&DeValue<'i>) -> Option<T>,
    ) -> Option<Spanned<T>> {
        let value = self.take(key)?;
        match convert(value.get_ref()) {
            Some(out) => Some(Spanned::new(value.span(), out)),
            None => {
                self.reader.mismatch(key, &value, expected);
                None
            }
        }
    }

    /// A finite number within limits.
    pub fn number(&mut self, key: &'static str, limits: RangeInclusive<f64>, unit: &str) -> Option<f64> {
        let expected = format!("a number from {} to {}{unit}", limits.start(), limits.end());
        self.get(key, &expected, |value| number(value).filter(|n| limits.contains(n))).map(Spanned::into_inner)
    }

    /// A whole number within limits.
    pub fn whole(&mut self, key: &'static str, limits: RangeInclusive<u32>, unit: &str) -> Option<u32> {
        let expected = format!("a whole number from {} to {}{unit}", limits.start(), limits.end());
        self.get(key, &expected, |value| whole(value).filter(|n| limits.contains(n))).map(Spanned::into_inner)
    }

    /// `true` or `false`.
    pub fn flag(&mut self, key: &'static str) -> Option<bool> {
        self.get(key, "true or false", |value| value.as_bool()).map(Spanned::into_inner)
    }

    /// A text that is not empty.
    pub fn text(&mut self, key: &'static str, what: &str) -> Option<Spanned<String>> {
        self.get(key, what, |value| value.as_str().filter(|s| !s.trim().is_empty()).map(str::to_owned))
    }

    /// A list of texts, each through `convert`. `expected` names what they are, in the plural; an entry that `convert` does not
    /// take is a problem at its own place.
    pub fn list<T>(
        &mut self,
        key: &'static str,
        expected: &str,
        convert: impl Fn(&str) -> Option<T>,
    ) -> Option<Spanned<Vec<T>>> {
        let list = self.take(key)?;
        let Some(entries) = list.get_ref().as_array() else {
            self.reader.mismatch(key, &list, &format!("a list of {expected}"));
            return None;
        };
        let read = |entry: &Spanned<DeValue<'i>>| {
            let out = entry.get_ref().as_str().filter(|text| !text.trim().is_empty()).and_then(&convert);
            if out.is_none() {
                self.reader.mismatch(key, entry, &format!("{expected} in the list"));
            }
            out
        };
        let out: Vec<Option<T>> = entries.iter().map(read).collect();
        out.into_iter().collect::<Option<Vec<T>>>().map(|out| Spanned::new(list.span(), out))
    }

    /// Leaves keys to whoever else reads them.
    pub fn skip(&mut self, keys: &[&'static str]) {
        for key in keys {
            self.take(key);
        }
    }

    /// One of some words.
    pub fn word<T: Copy>(&mut self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let quoted: Vec<String> = words.iter().map(|(word, _)| format!("{word:?}")).collect();
        let convert = |value: &DeValue<'i>| words.iter().find(|(word, _)| value.as_str() == Some(word)).map(|w| w.1);
        self.get(key, &one_of(&quoted), convert).map(Spanned::into_inner)
    }

    /// The table under `key`; an empty one where there is none.
    pub fn section(&mut self, key: &'static str, name: &'static str) -> Section<'r, 'i> {
        let mut table = DeTable::new();
        if let Some(value) = self.take(key) {
            let span = value.span();
            match value.into_inner() {
                DeValue::Table(inner) => table = inner,
                other => self.reader.mismatch(key, &Spanned::new(span, other), &format!("a table {name}")),
            }
        }
        Section::new(self.reader, table, name)
    }

    /// The list of tables under `key`, each with where it stands.
    pub fn sections(&mut self, key: &'static str, name: &'static str) -> Vec<Spanned<Section<'r, 'i>>> {
        let Some(list) = self.take(key) else { return Vec::new() };
        let span = list.span();
        let DeValue::Array(items) = list.into_inner() else {
            self.reader.problem(span, format!("`{key}`: expected a list of {name}"));
            return Vec::new();
        };
        let mut out = Vec::new();
        for item in items {
            let span = item.span();
            match item.into_inner() {
                DeValue::Table(table) => out.push(Spanned::new(span, Section::new(self.reader, table, name))),
                other => self.reader.mismatch(key, &Spanned::new(span, other), &format!("a list of {name}")),
            }
        }
        out
    }

    /// The table or the list of tables under `key`, each with where it stands, and whether it is a list.
    pub fn one_or_many(
        &mut self,
        key: &'static str,
        one: &'static str,
        many: &'static str,
    ) -> (bool, Vec<Spanned<Section<'r, 'i>>>) {
        if matches!(self.table.get(key).map(Spanned::get_ref), Some(DeValue::Array(_))) {
            return (true, self.sections(key, many));
        }
        let span = self.table.get(key).map_or(0..0, Spanned::span);
        (false, vec![Spanned::new(span, self.section(key, one))])
    }

    /// Where a secret is found: in a file or in an environment variable, never both and never in the settings themselves.
    pub fn secret(&mut self, file: &'static str, env: &'static str) -> Option<TokenSource> {
        let path = self.text(file, "the path of a file");
        let name = self.get(env, "the name of an environment variable", variable);
        if let (Some(_), Some(second)) = (&path, &name) {
            self.reader.problem(second.span(), format!("`{env}`: `{file}` is set too; expected only one of the two"));
            return None;
        }
        let variable = name.map(|name| TokenSource::Env(name.into_inner()));
        path.map(|path| TokenSource::File(path.into_inner().into())).or(variable)
    }

    /// Refuses the keys that were not read.
    pub fn finish(self) {
        for (key, _) in &self.table {
            let came: &str = key.get_ref();
            let expected = match nearest(came, self.known.iter().copied()) {
                Some(known) => format!("did you mean `{known}`?"),
                None => {
                    let quoted: Vec<String> = self.known.iter().map(|known| format!("`{known}`")).collect();
                    format!("expected {}", one_of(&quoted))
                }
            };
            self.reader.problem(key.span(), format!("unknown key `{came}` in {}; {expected}", self.name));
        }
    }
}

fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Float(float) => float.as_str().parse().ok().filter(|n: &f64| n.is_finite()),
        DeValue::Integer(int) => i64::from_str_radix(int.as_str(), int.radix()).ok().map(|n| n as f64),
        _ => None,
    }
}

fn whole(value: &DeValue<'_>) -> Option<u32> {
    let int = value.as_integer()?;
    u32::from_str_radix(int.as_str(), int.radix()).ok()
}

/// Sets what the text sets; the rest keeps its default.
pub(super) fn set<T>(slot: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *slot = value;
    }
}

/// A list of texts, none of them empty.
pub(super) fn texts(value: &DeValue<'_>) -> Option<Vec<String>> {
    let text =
        |item: &Spanned<DeValue<'_>>| item.get_ref().as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned);
    value.as_array()?.iter().map(text).collect()
}

/// The key `quiet`: two times of day that differ, or none.
pub(super) fn quiet(reader: &Reader<'_>, s: &mut Section<'_, '_>) -> Option<Option<[jiff::civil::Time; 2]>> {
    let time = |text: &str| (text.len() == 5).then(|| format!("{text}:00").parse::<jiff::civil::Time>().ok())?;
    let times = s.list("quiet", "times of day like \"18:00\"", time)?;
    let came = match *times.get_ref().as_slice() {
        [] => return Some(None),
        [from, to] if from != to => return Some(Some([from, to])),
        [_, _] => "twice the same".to_owned(),
        ref other => other.len().to_string(),
    };
    reader.problem(
        times.span(),
        format!("`quiet`: expected two times of day like [\"18:00\", \"08:00\"], or [], found {came}"),
    );
    None
}

fn variable(value: &DeValue<'_>) -> Option<String> {
    let name = value.as_str()?;
    let fine = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    (!name.is_empty() && name.bytes().all(fine) && !name.as_bytes()[0].is_ascii_digit()).then(|| name.to_owned())
}
