//! Holds the board: what a feed says, checked and cleaned. It is plain data and says nothing about pixels.
//!
//! Everything in here has passed [`accept`](crate::accept): texts are clean, numbers finite, lists within their limits. The rules
//! that turn rows into places live in [`rank`]; what changed between two boards lives in [`diff`].

pub mod currency;
pub mod derive;
pub mod diff;
pub mod rank;
pub mod round;
mod slide;
mod weight;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

pub use slide::*;
pub use weight::Weight;

/// One document of the feed, complete in itself (FEED §1).
#[derive(Debug, Clone, PartialEq)]
pub struct Board {
    /// Id of the board; the feed's address where the document has none.
    pub id: String,
    /// Generation of the source's counter.
    pub epoch: Option<String>,
    /// Counter within the epoch.
    pub rev: Option<u64>,
    /// When the figures were true, as the source says; `None`: the time of receipt counts.
    pub as_of: Option<Timestamp>,
    /// How long this counts as live, in seconds (F in FEED §3).
    pub fresh_for_s: u32,
    /// IANA name of the floor's time zone; `None`: the TV's.
    pub tz: Option<String>,
    /// BCP 47 tag of the floor's language; `None`: the TV's.
    pub locale: Option<String>,
    /// Why its figures count more or other rows than a reader expects; such a board is not called live.
    pub caveats: BTreeSet<Caveat>,
    /// Measures by id.
    pub metrics: BTreeMap<String, Metric>,
    /// Teams by id.
    pub teams: BTreeMap<String, Team>,
    /// People by id.
    pub people: BTreeMap<String, Person>,
    /// The slides in the source's order; never empty.
    pub slides: Vec<SlideData>,
    /// Celebrations, newest first.
    pub events: Vec<Event>,
    /// Whether the wall may derive more celebrations from changes of the figures.
    pub derive: bool,
}

impl Board {
    /// The metric of an id; a plain count where there is none (FEED §1).
    pub fn metric(&self, id: Option<&str>) -> &Metric {
        static COUNT: Metric = Metric {
            label: String::new(),
            unit: Unit::Count,
            decimals: 0,
            kind: MetricKind::Lagging,
            better: Better::Up,
        };
        id.and_then(|id| self.metrics.get(id)).unwrap_or(&COUNT)
    }

    /// The slide of an id.
    pub fn slide(&self, id: &str) -> Option<&SlideData> {
        self.slides.iter().find(|slide| slide.id == id)
    }
}

/// Why the figures are not what they seem: what the source could not understand, or that they are of another time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Caveat {
    /// There was no date: rows of all time count.
    AllDates,
    /// There was no stage: every row counts as won.
    NoStages,
    /// The newest deal is in an earlier period than now.
    Past,
    /// A contest on facts of a time before it, as it would have gone.
    Rehearsal,
}

/// What a figure measures and how it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Metric {
    /// Label for captions.
    pub label: String,
    /// Unit of the raw number.
    pub unit: Unit,
    /// Decimal places in which values count as equal.
    pub decimals: u8,
    /// Whether this leads or follows results.
    pub kind: MetricKind,
    /// Which direction is good.
    pub better: Better,
}

impl Default for Metric {
    fn default() -> Self {
        Metric { label: String::new(), unit: Unit::Count, decimals: 0, kind: MetricKind::Lagging, better: Better::Up }
    }
}

/// Unit of a metric's raw numbers (FEED §1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unit {
    /// Whole things.
    Count,
    /// A plain number.
    Number,
    /// Money in major units; ISO 4217 code.
    Currency(String),
    /// 0.184 is 18.4 %.
    Ratio,
    /// 18.4 is 18.4 %.
    PercentPoints,
    /// Seconds.
    DurationS,
    /// Days.
    Days,
    /// Points of a game or score.
    Points,
}

/// Whether a measure leads or follows results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetricKind {
    /// Activity that comes before results.
    Leading,
    /// The result.
    Lagging,
}

/// Which direction is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// Larger is better.
    Up,
    /// Smaller is better.
    Down,
}

/// A team.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Team {
    /// Display name, cleaned; the id where the name was empty.
    pub name: String,
    /// Short form for narrow places.
    pub short: Option<String>,
    /// `#RRGGBB` as red, green, blue.
    pub color: Option<[u8; 3]>,
    /// Picture of the team.
    pub photo: Option<FileRef>,
    /// Crest of the team.
    pub logo: Option<FileRef>,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Person {
    /// Display name, cleaned; the id where the name was empty.
    pub name: String,
    /// Short form for narrow places.
    pub short: Option<String>,
    /// Id of the person's team.
    pub team: Option<String>,
    /// Picture of the person.
    pub photo: Option<FileRef>,
    /// What is heard when the person is celebrated.
    pub sound: Option<FileRef>,
    /// First day.
    pub joined: Option<jiff::civil::Date>,
}

/// Where a picture or a sound lies and what it must hash to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileRef {
    /// https, `data:` or a path relative to the feed.
    pub url: String,
    /// Lower-case hex SHA-256 of the file, when the source sends one.
    pub sha256: Option<String>,
}

impl FileRef {
    /// The key under which the file travels: the hash where sent, else the address.
    pub fn key(&self) -> &str {
        self.sha256.as_deref().unwrap_or(&self.url)
    }
}

/// A celebration (FEED §1, `events`).
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Fires once per id.
    pub id: String,
    /// When it happened.
    pub at: Timestamp,
    /// When it is too old to be celebrated.
    pub until: Option<Timestamp>,
    /// What is celebrated.
    pub kind: EventKind,
    /// People or teams.
    pub who: Vec<Identity>,
    /// Metric of the value.
    pub metric: Option<String>,
    /// The figure.
    pub value: Option<f64>,
    /// Of a record: the best figure before it.
    pub previous: Option<f64>,
    /// One line in the source's words.
    pub headline: Option<String>,
    /// Customer.
    pub account: Option<String>,
    /// The ranking it plays on.
    pub slide: Option<String>,
    /// 1 line, 2 banner, 3 takeover.
    pub tier: u8,
}

/// What a celebration celebrates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    /// A deal.
    Won,
    /// A goal.
    GoalReached,
    /// A contest.
    ContestWon,
    /// A record.
    Record,
    /// A shout-out.
    Shout,
    /// Somebody took the lead.
    NewLeader,
}
