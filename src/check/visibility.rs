//! Finds what the settings keep off this screen: hidden slides, and playlist entries that name no slide.

use std::sync::Arc;

use super::{CheckReport, CheckedProblem};
use crate::board::{Board, Update};
use crate::config::{Config, SlideSelector};
use crate::director::{Director, HiddenReason, HostInfo};
use crate::feed::Problem;
use crate::motion::{Now, Time};
use crate::scene::Fonts;

/// What one board leaves of the settings.
pub struct Visibility {
    /// Slides that are not on, by their ids, and why.
    off: Vec<(String, HiddenReason)>,
    /// For each entry of the playlist whether it names a slide of this board.
    named: Vec<bool>,
}

impl Visibility {
    /// The wall of a board at an instant, alone on the screen.
    pub fn new(config: &Config, board: &Arc<Board>, wall_us: i64) -> Visibility {
        let (mut fonts, now) = (Fonts::new(false), Now { t: Time::ZERO, wall_us });
        let mut director = Director::new(config.clone(), HostInfo::still([1920, 1080]));
        director.apply(Update::Board(board.clone()), now, &mut fonts);
        let off = director.hidden(now).into_iter().map(|(listed, why)| (listed.id, why)).collect();
        Visibility { off, named: director.named() }
    }

    /// Why a slide is not on.
    pub fn off(&self, id: &str) -> Option<HiddenReason> {
        self.off.iter().find(|(off, _)| off == id).map(|(_, why)| *why)
    }

    /// Writes into a report which of its slides are not on.
    pub fn mark(&self, report: &mut CheckReport) {
        for slide in &mut report.slides {
            slide.off = self.off(&slide.id).map(|why| why.to_string());
            slide.shown = slide.off.is_none();
            slide.by_settings = self.off(&slide.id).is_some_and(|why| why.is_by_settings());
        }
    }
}

/// Entries of the playlist with an id that no slide has. `walls` are those of the feeds in their order; where one is not
/// there nobody knows what it would have. A kind without a slide is no fault: contests come and go.
pub fn unknown_ids(config: &Config, walls: &[Option<Visibility>]) -> Vec<CheckedProblem> {
    let lacks = |i: usize, feed: Option<&String>| {
        let mut of =
            config.feeds.iter().zip(walls).filter(|(own, _)| feed.is_none() || own.name.as_ref() == feed).peekable();
        of.peek().is_some() && of.all(|(_, wall)| wall.as_ref().is_some_and(|wall| !wall.named[i]))
    };
    let entries = config.playlist.slides.iter().enumerate();
    let wrong = entries.filter_map(|(i, entry)| match &entry.which {
        SlideSelector::Id(id) if lacks(i, entry.feed.as_ref()) => {
            let of = entry.feed.as_ref().map(|feed| format!(" of {feed}")).unwrap_or_default();
            let path = format!("kiosk.toml: playlist.slides[{i}].id");
            Some(Problem::wrong(path, format!("no slide{of} has the id {id:?}")))
        }
        _ => None,
    });
    wrong.map(CheckedProblem::from).collect()
}
