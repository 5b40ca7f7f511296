//! Collects the problems of a document, each with the path that leads to it.

use std::cell::{Cell, RefCell};
use std::fmt;

use super::limits;
use crate::board::Weight;

/// Everything that is wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// The problems in the order of the document.
    pub problems: Vec<Problem>,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// Where, e.g. `slides[4].rows[17].value`; empty for the document as a whole.
    pub path: String,
    /// What came and what was expected, e.g. `"12,000" is not a number`.
    pub message: String,
    /// How much it matters.
    pub weight: Weight,
}

impl Problem {
    /// A problem by which something on the wall is wrong or missing.
    pub fn wrong(path: impl Into<String>, message: impl Into<String>) -> Problem {
        Problem { path: path.into(), message: message.into(), weight: Weight::Wrong }
    }

    /// The same with another weight.
    pub fn weighing(self, weight: Weight) -> Problem {
        Problem { weight, ..self }
    }
}

impl Report {
    /// A report of one problem with the document as a whole.
    pub fn refusal(message: impl Into<String>) -> Report {
        Report { problems: vec![Problem::wrong("", message)] }
    }

    /// The first problem as one line, for the log and the wall.
    pub fn reason(&self) -> String {
        self.problems.first().map_or_else(String::new, Problem::to_string)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        if self.path.is_empty() { f.write_str(&self.message) } else { write!(f, "{}: {}", self.path, self.message) }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for (i, problem) in self.problems.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

/// Gathers problems while a document is read.
#[derive(Default)]
pub(super) struct Sink {
    problems: RefCell<Vec<Problem>>,
    over: Cell<usize>,
    broken: Cell<usize>,
    /// What comes behind the problems with their own limit.
    behind: RefCell<Vec<Problem>>,
}

impl Sink {
    /// Whether something since the last call had the wrong JSON type, and forgets it.
    pub(super) fn take_broken(&self) -> bool {
        self.take_faults() > 0
    }

    /// The same with how many they are.
    pub(super) fn take_faults(&self) -> usize {
        self.broken.replace(0)
    }

    /// Takes problems that must not push out the others: they come behind them.
    pub(super) fn behind(&self, problems: Vec<Problem>) {
        self.behind.borrow_mut().extend(problems);
    }

    /// Puts the reason of a refusal in front of everything else.
    pub(super) fn refused(&self, problem: Problem) {
        self.problems.borrow_mut().insert(0, problem);
    }

    /// Ends the reading.
    pub(super) fn report(self) -> Report {
        let mut problems = self.problems.into_inner();
        if self.over.get() > 0 {
            problems.push(Problem::wrong("", format!("and {} more problems", self.over.get())));
        }
        problems.extend(self.behind.into_inner());
        Report { problems }
    }
}

/// A place in the document; written out only when something is wrong there.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    sink: &'a Sink,
    up: Option<&'a At<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl<'a> At<'a> {
    /// The document itself.
    pub(super) fn root(sink: &'a Sink) -> At<'a> {
        At { sink, up: None, step: Step::Root }
    }

    /// A member of the object here.
    pub(super) fn key(&'a self, key: &'a str) -> At<'a> {
        At { sink: self.sink, up: Some(self), step: Step::Key(key) }
    }

    /// An element of the list here.
    pub(super) fn index(&'a self, index: usize) -> At<'a> {
        At { sink: self.sink, up: Some(self), step: Step::Index(index) }
    }

    /// Says that something here is wrong; what holds it decides what becomes of it.
    pub(super) fn say(&self, message: impl Into<String>) {
        self.tell(Weight::Wrong, message);
    }

    /// Says that something here is left out on purpose, and the rest is right.
    pub(super) fn left_out(&self, message: impl Into<String>) {
        self.tell(Weight::LeftOut, message);
    }

    /// Says something of a weight.
    pub(super) fn tell(&self, weight: Weight, message: impl Into<String>) {
        let mut problems = self.sink.problems.borrow_mut();
        if problems.len() >= limits::PROBLEMS {
            self.sink.over.set(self.sink.over.get() + 1);
            return;
        }
        problems.push(Problem { path: self.path(), message: message.into(), weight });
    }

    /// Says it behind all others, however many of them there are.
    pub(super) fn say_behind(&self, message: impl Into<String>) {
        if self.sink.behind.borrow().len() >= limits::PROBLEMS {
            self.sink.over.set(self.sink.over.get() + 1);
            return;
        }
        self.sink.behind(vec![Problem::wrong(self.path(), message)]);
    }

    /// The way here from the document on.
    pub(super) fn path(&self) -> String {
        let mut path = String::new();
        self.write(&mut path);
        path
    }

    /// Says that what is here breaks the slide, event or entry that it is part of.
    pub(super) fn refuse(&self, message: impl Into<String>) {
        self.sink.broken.set(self.sink.broken.get() + 1);
        self.say(message);
    }

    /// How many refusals there are that nothing has taken yet.
    pub(super) fn faults(&self) -> usize {
        self.sink.broken.get()
    }

    /// Forgets the refusals since there were so many: what they broke is left out already.
    pub(super) fn forgive(&self, faults: usize) {
        self.sink.broken.set(faults);
    }

    fn write(&self, path: &mut String) {
        if let Some(up) = self.up {
            up.write(path);
        }
        match self.step {
            Step::Root => {}
            Step::Index(i) => path.push_str(&format!("[{i}]")),
            Step::Key(key) => {
                if !path.is_empty() {
                    path.push('.');
                }
                let plain = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_-:@".contains(c));
                if plain && key.len() <= limits::ID_BYTES { path.push_str(key) } else { path.push_str(&short(key)) }
            }
        }
    }
}

/// A text from outside as it may stand in a message: in quotes, escaped, at most 40 characters.
pub(super) fn short(text: &str) -> String {
    let mut chars = text.chars();
    let head: String = chars.by_ref().take(40).collect();
    if chars.next().is_some() { format!("{:?}", head + "…") } else { format!("{head:?}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_written_as_one_would_type_them() {
        let sink = Sink::default();
        let root = At::root(&sink);
        let slides = root.key("slides");
        let slide = slides.index(4);
        let also = slide.key("also");
        also.key("p:ana").say("x");
        also.key("two words").refuse("y");
        assert!(sink.take_broken() && !sink.take_broken());
        let report = sink.report();
        assert_eq!(report.problems[0].to_string(), "slides[4].also.p:ana: x");
        assert_eq!(report.problems[1].to_string(), "slides[4].also.\"two words\": y");
        assert_eq!(report.reason(), "slides[4].also.p:ana: x");
    }

    #[test]
    fn a_flood_of_problems_is_counted() {
        let sink = Sink::default();
        for _ in 0..limits::PROBLEMS + 7 {
            At::root(&sink).say("x");
        }
        let report = sink.report();
        assert_eq!(report.problems.len(), limits::PROBLEMS + 1);
        assert_eq!(report.problems[limits::PROBLEMS].message, "and 7 more problems");
    }

    #[test]
    fn foreign_text_is_cut_and_escaped() {
        assert_eq!(short("a\u{202e}b"), "\"a\\u{202e}b\"");
        assert_eq!(short(&"x".repeat(50)), format!("\"{}…\"", "x".repeat(40)));
    }
}
