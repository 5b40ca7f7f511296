//! A feed that has never had a board, where another one has: after a while its own place on the wall says so, in a
//! message. It has no slides that could be marked, and takes no turn of another feed's.

use super::feeds::WallFeed;
use super::{Director, SlideEntry};
use crate::board::{Message, TroubleKind};
use crate::motion::{Now, Time};
use crate::scene::Fonts;

/// It may still come for as long as old data is not warned of either (FEED §3, age bands).
const AFTER_S: f64 = 15.0 * 60.0;

/// Ids of feeds have no control characters.
const MARK: char = '\u{1f}';

/// Its slide's id.
fn id(kind: TroubleKind) -> String {
    format!("{MARK}{kind:?}")
}

impl SlideEntry {
    /// Whether it is the message of a silent feed: who asks for messages means those of the feeds.
    pub(super) fn is_notice(&self) -> bool {
        self.id.starts_with(MARK)
    }
}

/// A feed whose message is still to be said.
struct Silent {
    /// When it is time.
    at: Time,
    /// Index of the feed.
    feed: usize,
    name: String,
    kind: TroubleKind,
}

impl Director {
    /// The feeds that have no board where another one has, and whose message is still to be said.
    fn silent(&self) -> impl Iterator<Item = Silent> {
        let silent = move |(i, feed): (usize, &WallFeed)| {
            let since = feed.trouble_since.filter(|_| feed.newest.is_none())?;
            let kind = feed.health.as_ref()?.trouble.as_ref()?.kind;
            let said = self.entries.iter().any(|e| e.feed == i && e.id == id(kind));
            Some(Silent { at: since.after(AFTER_S), feed: i, name: feed.name.clone()?, kind }).filter(|_| !said)
        };
        let any = self.board().is_some();
        self.feeds.iter().enumerate().filter(move |_| any).filter_map(silent)
    }

    /// When the next silent feed gets its message, not before `from`.
    pub(super) fn next_notice(&self, from: Time) -> Option<Time> {
        self.silent().map(|silent| silent.at.max(from)).min()
    }

    /// Gives each silent feed its message, once it is time.
    pub(super) fn add_notices(&mut self, now: Now, fonts: &mut Fonts) {
        let silent: Vec<Silent> = self.silent().filter(|silent| silent.at <= now.t).collect();
        for Silent { feed, name, kind, .. } in silent {
            let entry = self.message(feed, name, kind, now, fonts);
            // It had another trouble until now.
            if let Some(old) = self.entries.iter_mut().find(|e| e.feed == feed) {
                *old = entry;
                continue;
            }
            let at = self.entries.iter().take_while(|e| e.feed < feed).count();
            self.entries.insert(at, entry);
            let items = self.items(now);
            self.playlist.replace_items(items, |i| Some(if i < at { i } else { i + 1 }), now.t);
        }
    }

    fn message(&self, feed: usize, name: String, kind: TroubleKind, now: Now, fonts: &mut Fonts) -> SlideEntry {
        let words = self.feeds[feed].locale.words();
        let text = match kind {
            TroubleKind::NoAnswer => words.no_answer,
            TroubleKind::NoAccess => words.no_access,
            TroubleKind::NotFound => words.not_found,
            TroubleKind::CertificateEnded => words.certificate_ended,
            TroubleKind::NotTrusted => words.not_trusted,
            TroubleKind::BadData => words.bad_data,
            TroubleKind::NoNetwork => words.not_connected,
            TroubleKind::ClockNotSet => words.clock_not_set,
            TroubleKind::ClockWrong => words.clock_wrong,
        };
        let message = Message { text: Some(text.to_owned()), ..Message::default() };
        self.message_entry(feed, id(kind), (name, message), now, fonts)
    }
}
