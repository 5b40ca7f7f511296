//! The desk's end of the wall: what was asked and not answered yet, and what was changed from there.

mod answer;
mod device;
mod overrides;
mod view;

use std::path::PathBuf;

use crate::config::Config;
use crate::remote::{Inbox, Request};

pub(super) use device::Signs;
use overrides::Overrides;

/// The desk's end of the wall.
pub(super) struct Desk {
    /// `None`: no desk is let in.
    inbox: Option<Inbox>,
    /// The settings as the file has them.
    pub file: Config,
    pub changes: Overrides,
    /// Where the changes are kept.
    dir: Option<PathBuf>,
    /// Those who wait for a picture.
    pub pictures: Vec<Request>,
}

impl Desk {
    /// Of these settings as the file has them.
    pub fn new(inbox: Option<Inbox>, file: Config) -> Desk {
        let dir = file.cache_dir(|name| std::env::var_os(name));
        let changes = if inbox.is_some() { Overrides::read(dir.as_ref()) } else { Overrides::default() };
        Desk { inbox, file, changes, dir, pictures: Vec::new() }
    }

    /// The settings in force.
    pub fn config(&self) -> Config {
        self.changes.over(self.file.clone())
    }
}
