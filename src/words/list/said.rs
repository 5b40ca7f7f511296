//! For tests: every word of a language, with sample figures and names in place of what it is given.

use crate::board::EventKind;

/// What a word says, and what it was given to say.
#[derive(Debug)]
pub struct Line {
    /// Where the word stands: `words.contest.to_lead`.
    pub path: String,
    /// What it says, one text for each line of it.
    pub texts: Vec<String>,
    /// What it was given; all of it should be in the texts.
    pub given: Vec<String>,
}

/// All that was said.
pub type Said = Vec<Line>;

/// Something that says words.
pub trait Says {
    /// Adds what it says.
    fn says(&self, path: &str, said: &mut Said);
}

/// Numbers, with which words change: none, one, a pair, several, many.
const NUMBERS: [u8; 5] = [0, 1, 2, 7, 21];

fn line(path: &str, texts: Vec<String>, given: &[Option<String>]) -> Line {
    Line { path: path.to_owned(), texts, given: given.iter().flatten().cloned().collect() }
}

impl Says for &'static str {
    fn says(&self, path: &str, said: &mut Said) {
        said.push(line(path, vec![(*self).to_owned()], &[]));
    }
}

impl<const N: usize> Says for [&'static str; N] {
    fn says(&self, path: &str, said: &mut Said) {
        said.push(line(path, self.map(str::to_owned).to_vec(), &[]));
    }
}

/// Functions by the shape of what they are given; the result is one text or several.
macro_rules! functions {
    ($(($($type:ty),*) -> $result:ty, $texts:expr, $($with:pat in $samples:expr => ($($given:expr),*)),+;)*) => {$(
        impl Says for fn($($type),*) -> $result {
            fn says(&self, path: &str, said: &mut Said) {
                $(for $with in $samples {
                    said.push(line(path, $texts(self($($given),*)), &[$($given.seen()),*]));
                })+
            }
        }
    )*};
}

/// What a function is given, as it should be found in what it says.
trait Seen {
    fn seen(&self) -> Option<String>;
}

impl Seen for &str {
    fn seen(&self) -> Option<String> {
        Some((*self).to_owned())
    }
}

impl Seen for u32 {
    fn seen(&self) -> Option<String> {
        // What happens once or not at all may be said without its number.
        (*self > 1).then(|| self.to_string())
    }
}

impl Seen for usize {
    fn seen(&self) -> Option<String> {
        (*self > 1).then(|| self.to_string())
    }
}

impl Seen for i64 {
    fn seen(&self) -> Option<String> {
        Some(self.to_string())
    }
}

impl Seen for bool {
    fn seen(&self) -> Option<String> {
        None
    }
}

impl Seen for Option<&str> {
    fn seen(&self) -> Option<String> {
        self.map(str::to_owned)
    }
}

impl Seen for Option<(usize, usize)> {
    fn seen(&self) -> Option<String> {
        self.map(|(line, _)| line.to_string())
    }
}

impl Seen for EventKind {
    fn seen(&self) -> Option<String> {
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
