//! Describes a slide of the programme.

use std::sync::atomic::AtomicBool;

use jiff::Timestamp;

use crate::motion::Time;
use crate::slides::Slide;

/// A slide of the programme, as the shells list it.
#[derive(Debug, Clone, PartialEq)]
pub struct SlideInfo {
    /// The name of its feed, where feeds have names.
    pub feed: Option<String>,
    pub id: String,
    /// Its kind, as feeds write it.
    pub kind: &'static str,
    /// How many pages it fills.
    pub pages: usize,
    /// How long a page stays, in seconds.
    pub dwell_s: f64,
}

impl SlideInfo {
    /// What [`HostInfo::pinned`] calls it.
    pub fn pin(&self) -> String {
        self.feed.as_ref().map_or_else(|| self.id.clone(), |feed| format!("{feed}/{}", self.id))
    }
}

/// A slide that can be drawn.
pub(super) struct SlideEntry {
    /// Index of its feed.
    pub feed: usize,
    pub id: String,
    pub kind: &'static str,
    pub slide: Box<dyn Slide>,
    pub window: (Option<Timestamp>, Option<Timestamp>),
    /// How long its board says that a page stays.
    pub dwell_s: Option<f64>,
    /// A contest that is decided has been on for long enough from here on.
    pub stale_from: Option<Timestamp>,
    /// It panicked while drawing this board; it is left out until the next.
    pub broken: AtomicBool,
    /// Whether it is about someone in front of this screen.
    pub ours: bool,
    /// It has been kept on for a change since it came on.
    pub extended_at: Option<Time>,
}
