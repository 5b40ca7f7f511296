//! What a desk sees of the wall besides its picture.

use serde::{Deserialize, Serialize};

use crate::store::FeedStatus;

/// The wall at one moment.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct View {
    /// What the screen is called.
    pub screen: String,
    /// This machine's address in its network.
    pub address: Option<String>,
    pub version: String,
    /// The floor's language.
    pub locale: String,
    /// The wall is black by its hours.
    pub is_dark: bool,
    pub on: Option<OnNow>,
    pub next: Vec<Upcoming>,
    /// All slides, in the order in which they are shown.
    pub slides: Vec<SlideView>,
    pub feeds: Vec<FeedView>,
    /// The slide that was pinned from a desk.
    pub pinned: Option<String>,
    /// The message that is on, and for how many seconds still.
    pub message: Option<(String, f64)>,
    /// In percent.
    pub brightness: u8,
    /// Two times of day between which nothing fills the screen.
    pub quiet: Option<[String; 2]>,
    /// Celebrations are heard.
    pub is_heard: bool,
    /// They would be, if a desk had not muted them.
    pub is_muted: bool,
    /// The playlist, brightness or quiet hours are those of a desk, not of the settings file.
    pub is_changed: bool,
    /// Why the settings file is not taken.
    pub refused: Option<String>,
}

/// The slide that is on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OnNow {
    pub pin: String,
    pub title: String,
    pub page: usize,
    pub pages: usize,
    /// For how many seconds still; `None`: nothing else is there.
    pub left_s: Option<f64>,
}

/// A slide that comes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Upcoming {
    pub pin: String,
    pub title: String,
    pub page: usize,
    pub pages: usize,
    pub in_s: f64,
}

/// A slide of the boards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SlideView {
    pub pin: String,
    pub title: String,
    pub kind: String,
    /// Seconds that the playlist gives it; `None`: by how much there is to read.
    pub dwell_s: Option<f64>,
    /// Why it is not on.
    pub hidden: Option<String>,
    /// It is the playlist that hides it.
    pub is_hidden_by_playlist: bool,
}

/// A feed and how old its figures are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FeedView {
    #[serde(flatten)]
    pub status: FeedStatus,
    /// Seconds since its figures were true.
    pub age_s: Option<f64>,
    /// Seconds since its last error.
    pub error_age_s: Option<f64>,
}

/// A start of the program.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StartView {
    pub ago_s: u64,
    /// How it ended; `None`: it runs.
    pub ended: Option<String>,
    /// It ended by itself.
    pub failed: bool,
}
