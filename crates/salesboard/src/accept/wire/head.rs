//! Defines the document's head: what is said once per board, and the celebrations.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{AnySlide, Color, Day, Field, Id, List, Num, Opt, Text, Time, UnitWord, Whole, Word};
use crate::board::{Better, Caveat, EventKind, MetricKind};

/// One board of `salesboard/1`, complete in itself.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(title = "salesboard/1")]
pub(crate) struct Document {
    /// Name and major version of the format: `salesboard/1`.
    #[schemars(required, extend("pattern" = "^salesboard/1(\\.[0-9]+)?$"))]
    pub(crate) format: Opt<Text>,
    /// Id of the board; by default the feed's address.
    pub(crate) board: Opt<Id>,
    /// Generation of the counter `rev`.
    pub(crate) epoch: Opt<Id>,
    /// Counter: a larger one in the same epoch is newer.
    pub(crate) rev: Opt<Rev>,
    /// When this was true; by default the time of receipt.
    pub(crate) as_of: Opt<Time>,
    /// How long this counts as live, in seconds; 120 by default.
    pub(crate) fresh_for_s: Opt<Whole>,
    /// IANA time zone of the floor.
    pub(crate) tz: Opt<Text>,
    /// BCP 47 language tag of the floor.
    pub(crate) locale: Opt<Text>,
    /// Why the figures are not what they seem: the wall shows these words in place of LIVE.
    pub(crate) caveats: List<Word<Caveat>>,
    /// Metrics by id.
    pub(crate) metrics: Opt<BTreeMap<String, Field<Metric>>>,
    /// Teams by id.
    pub(crate) teams: Opt<BTreeMap<String, Field<Team>>>,
    /// People by id.
    pub(crate) people: Opt<BTreeMap<String, Field<Person>>>,
    /// The slides in the order of the show; an empty list is refused.
    #[schemars(required, with = "Vec<AnySlide>", length(min = 1))]
    pub(crate) slides: Opt<Vec<IgnoredAny>>,
    /// Celebrations.
    pub(crate) events: List<Event>,
    /// False: `events` are all celebrations there are, and none is derived from what changes; true by default.
    pub(crate) derive: Opt<bool>,
}

/// A counter.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub(crate) struct Rev(pub(crate) u64);

/// What a figure measures.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Metric {
    /// Caption.
    pub(crate) label: Opt<Text>,
    /// Unit of the raw numbers; `count` by default.
    pub(crate) unit: Opt<Word<UnitWord>>,
    /// ISO 4217 code; needed with the unit `currency`.
    pub(crate) currency: Opt<Text>,
    /// Digits in which values count as equal; by default the currency's, 3 for a ratio, else 0.
    pub(crate) decimals: Opt<Whole>,
    /// Whether it leads or follows results; `lagging` by default.
    pub(crate) kind: Opt<Word<MetricKind>>,
    /// Which direction is good; `up` by default.
    pub(crate) better: Opt<Word<Better>>,
}

/// A team.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Team {
    /// Display name; at most 60 characters are shown.
    pub(crate) name: Opt<Text>,
    /// Short form for narrow places.
    pub(crate) short: Opt<Text>,
    /// `#RRGGBB`.
    pub(crate) color: Opt<Color>,
    /// Picture.
    pub(crate) photo: Opt<Photo>,
    /// Crest, drawn small beside its name.
    pub(crate) logo: Opt<Photo>,
}

/// A person.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Person {
    /// Display name; at most 60 characters are shown.
    pub(crate) name: Opt<Text>,
    /// Short form for narrow places.
    pub(crate) short: Opt<Text>,
    /// Id of the team.
    pub(crate) team: Opt<Id>,
    /// Picture.
    pub(crate) photo: Opt<Photo>,
    /// What is heard when the person is celebrated.
    pub(crate) sound: Opt<Sound>,
    /// First day.
    pub(crate) joined: Opt<Day>,
}

/// Where a picture lies.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Photo {
    /// An https or `data:` address, or a path relative to the feed. PNG, JPEG or WebP.
    #[schemars(required)]
    pub(crate) url: Opt<Text>,
    /// SHA-256 of the file in hexadecimal.
    #[schemars(extend("pattern" = "^[0-9A-Fa-f]{64}$"))]
    pub(crate) sha256: Opt<Text>,
}

/// Where a sound lies.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Sound {
    /// An https or `data:` address, or a path relative to the feed. WAV, Ogg Vorbis or MP3, at most 1 MiB and 10 s.
    #[schemars(required)]
    pub(crate) url: Opt<Text>,
    /// SHA-256 of the file in hexadecimal.
    #[schemars(extend("pattern" = "^[0-9A-Fa-f]{64}$"))]
    pub(crate) sha256: Opt<Text>,
}

/// A celebration; fires once per id.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Event {
    /// Id.
    #[schemars(required)]
    pub(crate) id: Opt<Id>,
    /// When it happened.
    #[schemars(required)]
    pub(crate) at: Opt<Time>,
    /// When it is no longer news; at most 24 hours after the board's clock.
    pub(crate) until: Opt<Time>,
    /// What is celebrated; `shout` by default.
    pub(crate) kind: Opt<Word<EventKind>>,
    /// Ids of the people or teams.
    pub(crate) who: List<Id>,
    /// Metric of the value.
    pub(crate) metric: Opt<Id>,
    /// The figure.
    pub(crate) value: Opt<Num>,
    /// Of a record: the best figure before it.
    pub(crate) previous: Opt<Num>,
    /// One line in the source's words.
    pub(crate) headline: Opt<Text>,
    /// The customer.
    pub(crate) account: Opt<Text>,
    /// Id of the slide it plays on; by default the first ranking with that metric.
    pub(crate) slide: Opt<Id>,
    /// 1 line, 2 banner, 3 takeover; 2 by default.
    #[schemars(range(min = 1, max = 3))]
    pub(crate) tier: Opt<Whole>,
}
