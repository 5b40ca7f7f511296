//! Fills every word of a language with sample figures and names, for tests.

use crate::board::EventKind;

/// A word, filled with samples.
#[derive(Debug)]
pub struct Line {
    /// Where the word stands: `words.contest.to_lead`.
    pub path: String,
    /// One text for each of its lines.
    pub texts: Vec<String>,
    /// The samples that it was filled with; all of them should be in the texts.
    pub given: Vec<String>,
}

pub type Samples = Vec<Line>;

/// A word or a list of words.
pub trait Sample {
    fn samples(&self, path: &str, out: &mut Samples);
}

/// Numbers, with which words change: none, one, a pair, several, many.
const NUMBERS: [u8; 5] = [0, 1, 2, 7, 21];

fn line(path: &str, texts: Vec<String>, given: &[Option<String>]) -> Line {
    Line { path: path.to_owned(), texts, given: given.iter().flatten().cloned().collect() }
}

impl Sample for &'static str {
    fn samples(&self, path: &str, out: &mut Samples) {
        out.push(line(path, vec![(*self).to_owned()], &[]));
    }
}

impl<const N: usize> Sample for [&'static str; N] {
    fn samples(&self, path: &str, out: &mut Samples) {
        out.push(line(path, self.map(str::to_owned).to_vec(), &[]));
    }
}

/// Functions by the shape of what they are given; the result is one text or several.
macro_rules! functions {
    ($(($($type:ty),*) -> $result:ty, $texts:expr, $($with:pat in $samples:expr => ($($given:expr),*)),+;)*) => {$(
        impl Sample for fn($($type),*) -> $result {
            fn samples(&self, path: &str, out: &mut Samples) {
                $(for $with in $samples {
                    out.push(line(path, $texts(self($($given),*)), &[$($given.expected()),*]));
                })+
            }
        }
    )*};
}

/// How an argument of a word should be found in its text.
trait Expected {
    fn expected(&self) -> Option<String>;
}

impl Expected for &str {
    fn expected(&self) -> Option<String> {
        Some((*self).to_owned())
    }
}

impl Expected for u32 {
    fn expected(&self) -> Option<String> {
        // A word may leave out the number of what happens once or not at all.
        (*self > 1).then(|| self.to_string())
    }
}

impl Expected for usize {
    fn expected(&self) -> Option<String> {
        (*self > 1).then(|| self.to_string())
    }
}

impl Expected for i64 {
    fn expected(&self) -> Option<String> {
        Some(self.to_string())
    }
}

impl Expected for bool {
    fn expected(&self) -> Option<String> {
        None
    }
}

impl Expected for Option<&str> {
    fn expected(&self) -> Option<String> {
        self.map(str::to_owned)
    }
}

impl Expected for Option<(usize, usize)> {
    fn expected(&self) -> Option<String> {
        self.map(|(line, _)| line.to_string())
    }
}

impl Expected for EventKind {
    fn expected(&self) -> Option<String> {
        None
    }
}

fn one(text: String) -> Vec<String> {
    vec![text]
}

fn two(texts: [String; 2]) -> Vec<String> {
    texts.to_vec()
}

/// Names and moments that stand for what a floor sends: a capital name, a figure, a time, a date, a weekday.
const TEXTS: [&str; 5] = ["ZARA QUIST", "12.5", "09:05", "3 NOV 23:59", "FREITAG 16:30"];
const KINDS: [EventKind; 6] = [
    EventKind::Won,
    EventKind::GoalReached,
    EventKind::ContestWon,
    EventKind::Record,
    EventKind::Shout,
    EventKind::NewLeader,
];

functions! {
    (&str) -> String, one, text in TEXTS => (text);
    (&str) -> [String; 2], two, text in TEXTS => (text);
    (u32) -> String, one, n in NUMBERS.map(u32::from) => (n);
    (usize) -> String, one, n in NUMBERS.map(usize::from) => (n);
    (i64) -> [String; 2], two, n in NUMBERS.map(i64::from) => (n);
    (u32, u32) -> String, one, n in NUMBERS.map(u32::from) => (n, 23u32);
    (usize, usize) -> String, one, n in NUMBERS.map(usize::from) => (n, 23usize);
    (usize, bool) -> String, one, n in NUMBERS.map(usize::from) => (n, true), n in NUMBERS.map(usize::from) => (n, false);
    (&str, &str) -> String, one, text in TEXTS => (text, "QED"), text in TEXTS => (text, "");
    (&str, u32) -> String, one, n in NUMBERS.map(u32::from) => ("12.5", n);
    (&str, u32) -> [String; 2], two, n in NUMBERS.map(u32::from) => ("12.5", n);
    (&str, usize) -> String, one, n in NUMBERS.map(usize::from) => ("QED", n);
    (usize, &str) -> String, one, n in 0..7 => (n, "16:30"), n in 0..7 => (n, "");
    (&str, bool, &str) -> String, one, single in [true, false] => ("7", single, "DEMOS HELD"), single in [true, false] => ("7", single, "");
    (Option<&str>) -> String, one, period in [None, Some("NOVEMBER")] => (period);
    (&str, Option<(usize, usize)>) -> String, one, place in [None, Some((12, 7))] => ("kiosk.toml", place);
    (EventKind, usize) -> String, one, kind in KINDS => (kind, 21usize);
}
