//! What each sub-command takes.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use clap::builder::{OsStringValueParser, TypedValueParser as _};
use jiff::Timestamp;

use super::values::{self, CellValue, Fault, Sample, Size, Strict};
use crate::config::{ConfigError, FeedSource, Loaded, SourceError, load};

/// Arguments of `template`.
#[derive(Debug, Clone, PartialEq, Args)]
pub struct TemplateArgs {
    /// The .xlsx file to create; never overwritten
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Language of the headings and examples: en, de, fr, es, it, nl, pt, ja
    #[arg(long, value_name = "TAG", default_value = "en")]
    pub language: String,
    /// An export of deals: its people, teams, deals and currency stand in the workbook instead of examples
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
}

/// Arguments of `manual`.
#[derive(Debug, Clone, PartialEq, Args)]
pub struct ManualArgs {
    /// The folder; made if it is not there. What it holds of the same name is written anew
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// Arguments of `why`.
#[derive(Debug, Clone, PartialEq, Args)]
pub struct WhyArgs {
    /// Where the tables come from.
    #[command(flatten)]
    pub source: SourceArgs,
    /// The slide: a kind (ranking, goals, scorecard, contest, bracket, ramp), or the id of a slide
    #[arg(long, value_name = "KIND|ID")]
    pub slide: String,
    /// Whose figures: a person, a team, or "company"
    #[arg(long, value_name = "NAME")]
    pub who: String,
    /// The figures of this instant; by default of now
    #[arg(long, value_name = "RFC3339", value_parser = values::instant)]
    pub now: Option<Timestamp>,
    /// Print JSON instead of text
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `what-if`.
#[derive(Debug, Clone, PartialEq, Args)]
pub struct WhatIfArgs {
    /// Where the tables come from.
    #[command(flatten)]
    pub source: SourceArgs,
    /// Another value for a cell; may be given several times
    #[arg(long, value_name = "SHEET!CELL=VALUE", required = true, value_parser = values::cell)]
    pub set: Vec<CellValue>,
    /// The figures of this instant; by default of now
    #[arg(long, value_name = "RFC3339", value_parser = values::instant)]
    pub now: Option<Timestamp>,
    /// Print JSON instead of text
    #[arg(long)]
    pub json: bool,
}

/// Where settings and boards come from.
#[derive(Debug, Clone, Default, PartialEq, Args)]
pub struct SourceArgs {
    /// Settings file; by default $FLOORCAST_CONFIG, ./kiosk.toml, ~/.config/floorcast/kiosk.toml, /etc/floorcast/kiosk.toml
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Use this feed instead of those in the settings: an http(s), sse+http(s) or mqtt(s) address, a file, a .tape, or "demo"; or
    /// the name of one feed in the settings (for a file of the same name write ./NAME). Several tables, each with --feed of
    /// its own, are one floor; a folder is one where its tables are called like the sheets of a workbook
    #[arg(long, value_name = "URL|FILE|TAPE|NAME", value_parser = OsStringValueParser::new().try_map(|text| FeedSource::parse_os(&text)))]
    pub feed: Vec<FeedSource>,
}

impl SourceArgs {
    /// Finds and reads the settings, with what the command line says instead. `kinds` are the slide kinds that a playlist
    /// may name.
    ///
    /// # Errors
    /// The settings file cannot be read, or is refused.
    pub fn load(&self, kinds: &[&str]) -> Result<Loaded, ConfigError> {
        let mut loaded = load(self.config.as_deref(), |name| std::env::var_os(name), kinds)?;
        if let Ok(Some(feed)) = self.feed() {
            let named = match feed {
                FeedSource::File(ref path) => path.to_str().and_then(|name| loaded.config.with_named_feed(name)),
                _ => None,
            };
            loaded.config = named.unwrap_or_else(|| loaded.config.with_feed(feed));
        }
        Ok(loaded)
    }

    /// The feed in place of those in the settings.
    ///
    /// # Errors
    /// Several are given, and one of them can be no table.
    pub fn feed(&self) -> Result<Option<FeedSource>, SourceError> {
        if self.feed.is_empty() { Ok(None) } else { FeedSource::together(self.feed.clone()).map(Some) }
    }
}

/// Arguments of `run`.
#[derive(Debug, Clone, Default, PartialEq, Args)]
pub struct RunArgs {
    /// Where settings and boards come from.
    #[command(flatten)]
    pub source: SourceArgs,
    /// Show only this slide: a kind, or the id of a slide
    #[arg(long, value_name = "KIND|ID")]
    pub slide: Option<String>,
    /// Playback speed of a tape, 0.1 to 1000 (1 is real time)
    #[arg(long, value_name = "FACTOR", value_parser = values::speed)]
    pub speed: Option<f64>,
    /// Open a window of this size instead of using the whole screen
    #[arg(long, value_name = "WxH")]
    pub windowed: Option<Size>,
    /// List the graphics adapters, mark the one that floorcast would use, and exit
    #[arg(long)]
    pub list_adapters: bool,
    /// Make something go wrong, for tests: KIND@FRAME
    #[arg(long, value_name = "KIND@FRAME", hide = true)]
    pub fault: Option<Fault>,
    /// Seconds between two looks of the visual watchdog, for tests
    #[arg(long, value_name = "S", hide = true)]
    pub look_every: Option<f64>,
    /// Write a line for each frame into this file, for tests and measurements
    #[arg(long, value_name = "FILE", hide = true)]
    pub frame_log: Option<PathBuf>,
}

/// Arguments of `shot`.
#[derive(Debug, Clone, PartialEq, Args)]
pub struct ShotArgs {
    /// Where settings and boards come from.
    #[command(flatten)]
    pub source: SourceArgs,
    /// Draw only this slide: a kind, or the id of a slide; by default the playlist decides
    #[arg(long, value_name = "KIND|ID", conflicts_with = "all")]
    pub slide: Option<String>,
    /// Time of the picture, counted from the first accepted board
    #[arg(long, value_name = "TIME", default_value = "0s", value_parser = values::duration)]
    pub at: Duration,
    /// Clock time when the first board arrives; by default the board's own time
    #[arg(long, value_name = "RFC3339", value_parser = values::instant)]
    pub now: Option<Timestamp>,
    /// Size of the picture in pixels
    #[arg(long, value_name = "WxH", default_value = "1920x1080")]
    pub size: Size,
    /// Draw every slide and a contact sheet into a folder
    #[arg(long)]
    pub all: bool,
    /// Draw this many moments side by side in one picture
    #[arg(long, value_name = "N", requires = "every", conflicts_with = "all", group = "moments", value_parser = clap::value_parser!(u32).range(1..=64))]
    pub strip: Option<u32>,
    /// Draw this many moments into one animated PNG
    #[arg(long, value_name = "N", requires = "every", conflicts_with = "all", group = "moments", value_parser = clap::value_parser!(u32).range(2..=600))]
    pub animate: Option<u32>,
    /// Time between two moments of a strip or an animated picture
    #[arg(long, value_name = "TIME", requires = "moments", value_parser = values::step)]
    pub every: Option<Duration>,
    /// PNG file to write; with --all a folder
    #[arg(short, long, value_name = "PATH")]
    pub output: PathBuf,
}

/// Arguments of `record`.
#[derive(Debug, Clone, PartialEq, Args)]
pub struct RecordArgs {
    /// Where settings and boards come from.
    #[command(flatten)]
    pub source: SourceArgs,
    /// Tape to write
    #[arg(short, long, value_name = "TAPE")]
    pub output: PathBuf,
}

/// Arguments of `check`.
#[derive(Debug, Clone, Default, PartialEq, Args)]
pub struct CheckArgs {
    /// Where settings and boards come from.
    #[command(flatten)]
    pub source: SourceArgs,
    /// Size of the screen in pixels, before `rotation` is applied; 1920x1080 by default
    #[arg(long, value_name = "WxH")]
    pub size: Option<Size>,
    /// Print JSON instead of text
    #[arg(long)]
    pub json: bool,
    /// Also fail (exit 1) on any problem at least this severe: `wrong` (shown wrong or missing), `left-out` (dropped, the
    /// rest is correct), `smaller` (text shrunk or cut; used when --strict has no value)
    #[arg(long, value_name = "WEIGHT", num_args = 0..=1, require_equals = true, default_missing_value = "smaller")]
    pub strict: Option<Strict>,
}

/// Arguments of `map`.
#[derive(Debug, Clone, Default, PartialEq, Args)]
pub struct MapArgs {
    /// Settings file; by default the one that `run` would use
    #[arg(value_name = "SETTINGS")]
    pub settings: Option<PathBuf>,
    /// Run the map of this feed, when several feeds have one
    #[arg(long, value_name = "NAME")]
    pub feed: Option<String>,
    /// Use this file in place of a source; NAME= is needed when there are several sources
    #[arg(long, value_name = "[NAME=]FILE")]
    pub with: Vec<Sample>,
    /// Print JSON instead of text
    #[arg(long)]
    pub json: bool,
}
