//! Lists slides of a board that the wall does not show, with the reason, and entries of the playlist that match no slide.

use std::fmt;
use std::path::Path;
use std::sync::atomic::Ordering;

use jiff::Timestamp;

use super::{Director, SlideEntry, SlideInfo};
use crate::config::{Loaded, PlaylistEntry, SlideSelector};
use crate::motion::Now;

/// Why a slide is not on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HiddenReason {
    /// The playlist says so.
    Hidden,
    /// The playlist shows only what it names.
    NotNamed,
    /// Its time has not come.
    Early(Timestamp),
    /// Its time is over.
    Over(Timestamp),
    /// A contest that was decided long ago.
    Decided(Timestamp),
    /// It is about teams that are not in front of this screen.
    OtherTeams,
    /// It panicked while drawing this board.
    Broken,
}

impl HiddenReason {
    /// Whether it is the settings that hide the slide.
    pub fn is_by_settings(self) -> bool {
        matches!(self, HiddenReason::Hidden | HiddenReason::NotNamed | HiddenReason::OtherTeams)
    }
}

/// A note on slides that the settings hide, where the settings file was found and not named (`is_named`): it may be meant
/// for another screen. `None`: there is nothing to say.
pub(crate) fn settings_note(loaded: &Loaded, is_named: bool, hidden: usize) -> Option<String> {
    let file = loaded.file.as_ref().filter(|_| !is_named && hidden > 0)?;
    let slides = if hidden == 1 { "1 slide".to_owned() } else { format!("{hidden} slides") };
    Some(format!("the settings in {} hide {slides}", as_typed(file)))
}

/// A file as it is typed: one of this folder with ./ in front.
fn as_typed(file: &Path) -> String {
    let is_bare = file.parent().is_some_and(|folder| folder.as_os_str().is_empty());
    format!("{}{}", if is_bare { "./" } else { "" }, file.display())
}

impl fmt::Display for HiddenReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            HiddenReason::Hidden => f.write_str("hidden by the playlist"),
            HiddenReason::NotNamed => f.write_str("not named by the playlist, which has rest = false"),
            HiddenReason::Early(start) => write!(f, "not before its start, {start}"),
            HiddenReason::Over(end) => write!(f, "over since its end, {end}"),
            HiddenReason::Decided(from) => write!(f, "decided, and on for winner_h until {from}"),
            HiddenReason::OtherTeams => f.write_str("only about teams that [screen] teams does not name"),
            HiddenReason::Broken => f.write_str("drawing it panicked, it is left out until the next board"),
        }
    }
}

impl Director {
    /// Whether an entry of the playlist names a slide.
    fn fits(&self, entry: &PlaylistEntry, slide: &SlideEntry) -> bool {
        let which = match &entry.which {
            SlideSelector::Kind(kind) => slide.kind == kind && !slide.is_notice(),
            SlideSelector::Id(id) => slide.id == *id,
            SlideSelector::All => true,
        };
        which && entry.feed.as_ref().is_none_or(|name| self.feeds[slide.feed].name.as_ref() == Some(name))
    }

    /// The first entry of the playlist that names a slide, by its place.
    pub(super) fn named_by(&self, slide: &SlideEntry) -> Option<usize> {
        self.config.playlist.slides.iter().position(|entry| self.fits(entry, slide))
    }

    /// For each entry of the playlist whether it names a slide that is there.
    pub fn named(&self) -> Vec<bool> {
        let any = |entry| self.entries.iter().any(|slide| self.fits(entry, slide));
        self.config.playlist.slides.iter().map(any).collect()
    }

    /// Why a slide is not on at an instant of its feed's clock.
    fn hidden_reason(&self, slide: &SlideEntry, wall_us: i64) -> Option<HiddenReason> {
        let playlist = &self.config.playlist;
        let (start, end) = slide.window;
        match self.named_by(slide) {
            Some(entry) if playlist.slides[entry].hide => return Some(HiddenReason::Hidden),
            None if !playlist.rest && !playlist.slides.is_empty() => return Some(HiddenReason::NotNamed),
            _ => {}
        }
        let early = start.filter(|start| start.as_microsecond() > wall_us).map(HiddenReason::Early);
        let over = end.filter(|end| end.as_microsecond() <= wall_us).map(HiddenReason::Over);
        let others = (!slide.ours).then_some(HiddenReason::OtherTeams);
        let broken = slide.broken.load(Ordering::Relaxed).then_some(HiddenReason::Broken);
        early.or(over).or(others).or(broken)
    }

    /// Why each slide is not on; `wall_us` are the feeds' clocks. What has been decided for long goes, unless nothing else is
    /// left.
    pub(super) fn hidden_reasons(&self, wall_us: &[i64]) -> Vec<Option<HiddenReason>> {
        let mut off: Vec<_> = self.entries.iter().map(|entry| self.hidden_reason(entry, wall_us[entry.feed])).collect();
        let decided = |entry: &SlideEntry| entry.stale_from.filter(|at| at.as_microsecond() <= wall_us[entry.feed]);
        let all = || self.entries.iter().zip(&off).filter(|(_, off)| off.is_none());
        if !all().all(|(entry, _)| decided(entry).is_some()) {
            for (entry, off) in self.entries.iter().zip(&mut off) {
                *off = off.or(decided(entry).map(HiddenReason::Decided));
            }
        }
        off
    }

    /// The slides that are not on, and why.
    pub fn hidden(&self, now: Now) -> Vec<(SlideInfo, HiddenReason)> {
        let wall_us: Vec<i64> = self.feeds.iter().map(|feed| feed.show_time(now).wall_us).collect();
        let off = self.entries.iter().zip(self.hidden_reasons(&wall_us));
        off.filter_map(|(entry, why)| Some((self.listed(entry), why?))).collect()
    }

    /// Whether every feed has a board or has failed: no first answer is awaited.
    pub(super) fn is_complete(&self) -> bool {
        self.feeds.iter().all(|feed| feed.board.is_some() || feed.in_trouble())
    }

    /// Why nothing can be shown though a board is there, for the log.
    pub fn nothing_to_show(&self, now: Now) -> Option<String> {
        if self.playlist.current(now.t).is_some() || self.board().is_none() || !self.is_complete() {
            return None;
        }
        if let Some(pin) = &self.host.pinned {
            return Some(format!("nothing to show: {}", self.describe_missing(pin)));
        }
        let off: Vec<String> =
            self.hidden(now).iter().map(|(l, why)| format!("{} ({}) is {why}", l.pin(), l.kind)).collect();
        Some(format!(
            "nothing to show: {}",
            if off.is_empty() { "no slide can be drawn".into() } else { off.join("; ") }
        ))
    }

    /// That there is no slide of this name, and what there is.
    pub fn describe_missing(&self, pin: &str) -> String {
        let there: Vec<String> = self.programme().iter().map(|l| format!("{} ({})", l.pin(), l.kind)).collect();
        let there = if there.is_empty() { "none that can be drawn".to_owned() } else { there.join(", ") };
        format!("no slide {pin:?} on the board; there is {there}")
    }
}
