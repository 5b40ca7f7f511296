//! What a desk has changed, kept on disk: it stands before the settings file until the desk takes it back.

use std::path::PathBuf;

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use crate::config::{Config, PlaylistEntry, PlaylistSettings, SlideSelector};
use crate::files;
use crate::remote::Turn;
use crate::store::{make_folder, write_atomically};

const FILE: &str = "desk.json";
const MAX_BYTES: u64 = 64 << 10;

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(in crate::app) struct Overrides {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub playlist: Option<Vec<Turn>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brightness: Option<u8>,
    /// Set, or set to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet: Option<Quiet>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pinned: Option<String>,
    /// Celebrations are not heard, whatever the settings say.
    #[serde(default)]
    pub muted: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::app) enum Quiet {
    Never,
    Between(Time, Time),
}

impl Overrides {
    /// What an earlier run has left. What cannot be read is nothing.
    pub fn read(dir: Option<&PathBuf>) -> Overrides {
        let bytes = dir.and_then(|dir| files::read(&dir.join(FILE), MAX_BYTES).ok());
        let Some(bytes) = bytes else { return Overrides::default() };
        serde_json::from_slice(&bytes).unwrap_or_else(|error| {
            tracing::warn!("{FILE}: {error}; the changes from the remote page are lost");
            Overrides::default()
        })
    }

    pub fn write(&self, dir: Option<&PathBuf>) {
        let Some(dir) = dir else { return };
        let bytes = serde_json::to_vec(self).unwrap_or_default();
        if let Err(error) = make_folder(dir).and_then(|()| write_atomically(dir, FILE, &bytes)) {
            tracing::warn!("changes from the remote page cannot be saved, the next start loses them: {error}");
        }
    }

    /// The settings with these changes. Anything out of its limits, which the file may hold, is left out.
    pub fn over(&self, mut config: Config) -> Config {
        if let Some(turns) = &self.playlist {
            let slides = turns.iter().map(|turn| entry(turn, &config)).collect();
            config.playlist = PlaylistSettings { slides, rest: true, in_step: config.playlist.in_step };
        }
        if let Some(percent) = self.brightness.filter(|percent| (10..=100).contains(percent)) {
            config.brightness = percent;
        }
        match self.quiet {
            Some(Quiet::Never) => config.celebrations.quiet = None,
            Some(Quiet::Between(from, to)) => config.celebrations.quiet = Some([from, to]),
            None => {}
        }
        if self.muted {
            config.sound.on = Some(false);
        }
        config
    }

    /// Whether anything stands before the settings file.
    pub fn any(&self) -> bool {
        self.playlist.is_some() || self.brightness.is_some() || self.quiet.is_some()
    }
}

fn entry(turn: &Turn, config: &Config) -> PlaylistEntry {
    let is_feed = |name: &str| config.feeds.iter().any(|feed| feed.name.as_deref() == Some(name));
    let (feed, id) = match turn.slide.split_once('/') {
        Some((feed, id)) if is_feed(feed) => (Some(feed.to_owned()), id),
        _ => (None, turn.slide.as_str()),
    };
    let dwell_s = turn.dwell_s.map(|seconds| seconds.clamp(3.0, 600.0));
    PlaylistEntry { feed, which: SlideSelector::Id(id.to_owned()), dwell_s, hide: turn.hide }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_outlive_the_program_and_stand_before_the_file() {
        let held = tempfile::tempdir().unwrap();
        let dir = held.path().join("desk");
        let turn = |slide: &str| Turn { slide: slide.into(), dwell_s: Some(20.0), hide: false };
        let quiet = Quiet::Between("18:00:00".parse().unwrap(), "08:00:00".parse().unwrap());
        let changes = Overrides {
            playlist: Some(vec![turn("crm/deals"), turn("a/b")]),
            brightness: Some(40),
            quiet: Some(quiet),
            pinned: Some("x".into()),
            muted: true,
        };
        changes.write(Some(&dir));
        assert_eq!(Overrides::read(Some(&dir)), changes);
        let file = Config::parse("[[feed]]\nname = \"crm\"\nurl = \"demo\"", &[]).unwrap();
        let config = changes.over(file.clone());
        assert_eq!((config.brightness, config.playlist.slides[0].feed.as_deref()), (40, Some("crm")));
        assert_eq!(config.playlist.slides[1].which, SlideSelector::Id("a/b".into()));
        assert!(config.celebrations.quiet.is_some() && config.sound.on == Some(false));
        assert_eq!(Overrides::default().over(file.clone()), file);
        assert_eq!(Overrides { brightness: Some(3), ..Overrides::default() }.over(file.clone()), file);
        std::fs::write(dir.join(FILE), "{").unwrap();
        assert_eq!(Overrides::read(Some(&dir)), Overrides::default());
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
