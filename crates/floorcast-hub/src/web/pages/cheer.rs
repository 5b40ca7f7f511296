//! A cheer: a shout-out from beside somebody's figures, with sentences that are made of them.

use askama::Template;
use salesfloor::facts::Scope;
use salesfloor::figures::{Figures, TodayFigure};

use super::numbers::one;
use crate::store::figures::Loaded;
use crate::web::session::Visitor;
use crate::web::words::{Words, fill, recognition};

/// Prepared sentences.
const MAX_READY: usize = 3;

#[derive(Template)]
#[template(path = "cheer.html")]
pub struct Cheer {
    pub w: &'static recognition::Words,
    pub csrf: String,
    pub person: String,
    pub name: String,
    /// The page to which it leads back.
    pub back: &'static str,
    pub ready: Vec<String>,
}

impl Cheer {
    /// `None`: the visitor is nobody on the floor, or it would be for oneself.
    pub fn of(
        visitor: &Visitor,
        (loaded, figures): (&Loaded, &Figures<'_>),
        (who, lines): (Scope, &[TodayFigure]),
        back: &'static str,
    ) -> Option<Cheer> {
        let Scope::Person(id) = who else { return None };
        let person = loaded.floor.person(id);
        // Walls show it: who is not named there is not cheered there.
        person.wall_name()?;
        let me = visitor.person()?;
        (me != person.key).then(|| Cheer {
            w: visitor.words.of_recognition(),
            csrf: visitor.csrf.clone(),
            person: person.key.clone(),
            name: person.name.clone(),
            back,
            ready: ready(visitor.words, loaded, figures, lines),
        })
    }
}

/// What was done today, the most of its expectation first.
fn ready(w: &Words, loaded: &Loaded, figures: &Figures<'_>, lines: &[TodayFigure]) -> Vec<String> {
    let share = |line: &TodayFigure| line.done / line.expected.filter(|n| *n > 0.0).unwrap_or(1.0);
    let mut done: Vec<&TodayFigure> = lines.iter().filter(|line| line.done > 0.0).collect();
    done.sort_by(|a, b| share(b).total_cmp(&share(a)));
    let sentence = |line: &&TodayFigure| {
        let of = loaded.floor.metric(line.metric);
        fill(w.of_recognition().done_today, &[("what", &of.label), ("n", &one(of, line.done, w.lang))])
    };
    let mut out: Vec<String> = done.iter().take(MAX_READY).map(sentence).collect();
    if let Some(line) = lines.iter().find(|line| out.len() < MAX_READY && line.ahead.is_some_and(|n| n >= 1.0)) {
        let of = loaded.floor.metric(line.metric);
        let n = one(of, line.ahead.unwrap_or(0.0).round(), w.lang);
        let month = w.month(figures.today());
        let values = [("what", of.label.as_str()), ("n", &n), ("month", &month)];
        out.push(fill(w.of_recognition().ahead_this_month, &values));
    }
    out
}
