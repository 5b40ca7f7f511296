//! Holds the slides of a board: what all kinds share, and one type per kind in a file of its own (FEED §2).

mod bracket;
mod coaching;
mod contest;
mod goals;
mod message;
mod people;
mod ramp;
mod ranking;
mod recognition;
mod scorecard;
mod skills;

use jiff::Timestamp;

pub use bracket::*;
pub use coaching::*;
pub use contest::*;
pub use goals::*;
pub use message::*;
pub use people::Named;
pub use ramp::*;
pub use ranking::*;
pub use recognition::*;
pub use scorecard::*;
pub use skills::*;

/// One slide: what all kinds share, and the kind's own content.
#[derive(Debug, Clone, PartialEq)]
pub struct SlideData {
    /// Unique on the board.
    pub id: String,
    /// Title in the source's words; may be empty.
    pub title: String,
    /// The period its figures are about.
    pub period: Option<Period>,
    /// Not shown before.
    pub start: Option<Timestamp>,
    /// Not shown from here on.
    pub end: Option<Timestamp>,
    /// Whose screens it is for, by team; empty: the teams of those who are named on it.
    pub teams: Vec<String>,
    /// For how many seconds a page of it stays; `None`: as long as there is something to read.
    pub dwell_s: Option<f64>,
    /// The content by kind.
    pub body: Body,
}

/// A period, half-open.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Period {
    /// Its name, e.g. "November".
    pub label: Option<String>,
    /// First instant.
    pub start: Option<Timestamp>,
    /// First instant after it.
    pub end: Option<Timestamp>,
    /// Working days in it.
    pub days_total: Option<u32>,
    /// Working days left.
    pub days_left: Option<u32>,
}

/// The content of a slide by kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// Stack ranking.
    Ranking(Ranking),
    /// Contest standings.
    Contest(Contest),
    /// Knock-out.
    Bracket(Bracket),
    /// Goals of company, team, person.
    Goals(Goals),
    /// Leading indicators.
    Scorecard(Scorecard),
    /// Recognition.
    Recognition(Recognition),
    /// New hires.
    Ramp(Ramp),
    /// Team strengths.
    Skills(Skills),
    /// Play of the week.
    Coaching(Coaching),
    /// A text.
    Message(Message),
}

/// Writes the list of kinds and the match of `Body::kind` from one list.
macro_rules! kinds {
    ($($name:literal => $kind:ident,)*) => {
        impl Body {
            /// All kinds, as feeds and settings write them.
            pub const KINDS: [&str; [$($name),*].len()] = [$($name),*];

            /// The kind's name as the feed writes it.
            pub fn kind(&self) -> &'static str {
                match self {
                    $(Body::$kind(_) => $name,)*
                }
            }
        }
    };
}

// In alphabetical order: a test compares them with the kinds that `accept` reads.
kinds! {
    "bracket" => Bracket,
    "coaching" => Coaching,
    "contest" => Contest,
    "goals" => Goals,
    "message" => Message,
    "ramp" => Ramp,
    "ranking" => Ranking,
    "recognition" => Recognition,
    "scorecard" => Scorecard,
    "skills" => Skills,
}

/// Whom rows are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Of {
    /// People.
    #[default]
    People,
    /// Teams.
    Teams,
}

/// Who a row is about, resolved when the board was accepted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Identity {
    /// Stable over boards: `who`, else the name or a hash of it.
    pub id: String,
    /// Cleaned display name.
    pub name: String,
}

/// Whose goal or score a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    #[default]
    Company,
    Team,
    Person,
}

/// A figure against what is expected.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Cell {
    /// Figure.
    pub value: Option<f64>,
    /// Target, above 0.
    pub target: Option<f64>,
    /// What should have been reached by now.
    pub pace: Option<f64>,
    /// Expected at the end.
    pub forecast: Option<f64>,
}

/// The last piece of a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Recent {
    /// Amount.
    pub value: f64,
    /// In words.
    pub label: Option<String>,
}

/// A labelled fact in the source's words or numbers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fact {
    /// Label.
    pub label: String,
    /// Value as text.
    pub value: String,
}

impl Fact {
    /// What it is known by: its label, else its value.
    pub fn name(&self) -> &str {
        if self.label.is_empty() { &self.value } else { &self.label }
    }
}
