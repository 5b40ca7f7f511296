//! Lists the limits of a document (FEED §5).

/// Bytes of a document after decompression.
pub const DOCUMENT_BYTES: usize = 4 * 1024 * 1024;
/// Nesting of arrays and objects.
pub const DEPTH: usize = 32;
/// Values in a document, containers included.
pub const VALUES: usize = 200_000;
/// People on a board.
pub const PEOPLE: usize = 2_000;
/// Teams on a board.
pub const TEAMS: usize = 200;
/// Metrics on a board.
pub const METRICS: usize = 64;
/// Slides that are kept.
pub const SLIDES: usize = 40;
/// Seconds that a page of a slide may stay.
pub const DWELL_S: std::ops::RangeInclusive<f64> = 3.0..=600.0;
/// Rows, and members of any other list of a slide, that are kept.
pub const ROWS: usize = 500;
/// Caveats that are looked at.
pub const CAVEATS: usize = 16;
/// Events that are kept.
pub const EVENTS: usize = 32;
/// Earlier values of a row that are kept.
pub const HISTORY: usize = 12;
/// Bytes of an id that the source sent.
pub const ID_BYTES: usize = 128;
/// Grapheme clusters of a name, label or caption.
pub const NAME: usize = 60;
/// Grapheme clusters of a title or headline.
pub const TITLE: usize = 80;
/// Grapheme clusters of a running text.
pub const TEXT: usize = 280;
/// Combining marks per base.
pub const MARKS: usize = 4;
/// Code points of one grapheme cluster: the longest emoji sequences in use have eleven.
pub const CLUSTER: usize = 16;
/// Largest magnitude of a number.
pub const NUMBER: f64 = 1e15;
/// First and last year of a time.
pub const YEARS: std::ops::RangeInclusive<i16> = 2000..=2100;
/// Digits behind the decimal separator of a metric.
pub const DECIMALS: u32 = 9;
/// Hours by which an event's `until` may lie after the board's clock.
pub const EVENT_HOURS: i64 = 24;
/// Bytes of a picture's address; a `data:` address may be as long as a picture of 512 KiB is in base64.
pub const URL_BYTES: usize = 2048;
/// Bytes of a `data:` address.
pub const DATA_URL_BYTES: usize = 512 * 1024 / 3 * 4 + 128;
/// Bytes of an address that a phone reads: what a QR code of 57 modules holds at level M (version 10).
pub const LINK_BYTES: usize = 213;
/// People behind a mean of the skills slide, at least (FEED §7).
pub const SKILLS_N: u32 = 5;
/// Problems that a report keeps; the rest is counted.
pub const PROBLEMS: usize = 200;
/// Unknown fields that a report names besides; the rest is counted.
pub const UNKNOWN: usize = 50;
