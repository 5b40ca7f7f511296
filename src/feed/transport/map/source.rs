//! Names a map: its sources, its program, and what makes it another feed.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::config::{MapFrom, MapSettings};
use crate::feed::failure::Failure;
use crate::feed::redirect::label;
use crate::files;
use crate::map;

/// The sources of a map and its program.
#[derive(Debug, Clone)]
pub struct MapSource {
    /// As they are written.
    pub settings: MapSettings,
}

impl MapSource {
    /// Whether every source is a file.
    pub(in crate::feed) fn is_local(&self) -> bool {
        self.settings.sources.iter().all(|input| matches!(input.from, MapFrom::File(_)))
    }

    /// Its name in messages: the program's file, or the table that goes through the built-in recipe.
    pub fn name(&self) -> String {
        match (&self.settings.program, self.settings.sources.first().map(|input| &input.from)) {
            (Some(path), _) | (None, Some(MapFrom::File(path))) => path.display().to_string(),
            (None, Some(MapFrom::Web(url))) => label(url),
            (None, None) => "map".into(),
        }
    }

    /// The folder that paths of its pictures are relative to.
    pub(in crate::feed) fn folder(&self) -> PathBuf {
        let file = match self.settings.sources.first().map(|input| &input.from) {
            // Of a folder of tables the pictures lie in it.
            Some(MapFrom::File(path)) if path.is_dir() => return path.clone(),
            Some(MapFrom::File(path)) => Some(path),
            _ => self.settings.program.as_ref(),
        };
        let folder = file.and_then(|path| path.parent()).filter(|folder| !folder.as_os_str().is_empty());
        folder.unwrap_or(Path::new(".")).to_owned()
    }

    /// Seconds between two rounds: the shortest interval of its sources on the web.
    pub(in crate::feed) fn interval_s(&self, feed_s: f64) -> f64 {
        let web = self.settings.sources.iter().filter(|input| matches!(input.from, MapFrom::Web(_)));
        web.map(|input| input.interval_s.map_or(feed_s, f64::from)).reduce(f64::min).unwrap_or(feed_s)
    }

    /// Everything that makes it another feed than one with other settings.
    pub(in crate::feed) fn identity(&self) -> String {
        let from = |from: &MapFrom| match from {
            MapFrom::Web(url) => url.to_string(),
            MapFrom::File(path) => path.display().to_string(),
        };
        let sources: Vec<String> = self.settings.sources.iter().map(|input| from(&input.from)).collect();
        format!("map:{:?}:{sources:?}", self.settings.program)
    }

    /// Reads the program: its name in messages, and its text.
    pub(super) fn program(&self) -> Result<(String, String), Failure> {
        let Some(path) = &self.settings.program else { return Ok((self.name(), map::DEALS.to_owned())) };
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let mut text = String::new();
        let read = files::open(path).and_then(|file| file.take(1 << 20).read_to_string(&mut text));
        read.map_err(|error| Failure::no_answer(format!("{}: {error}", path.display())))?;
        Ok((name, text))
    }
}
