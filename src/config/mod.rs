//! Reads the settings of one screen: `kiosk.toml` checked into a [`Config`].
//!
//! Plain data: paths are resolved and values are inside their limits, but nothing has been opened. The shipped
//! `kiosk.toml` is the manual of every key and, built in, the default.

mod broker;
mod error;
mod explain;
mod feed;
mod find;
mod hours;
mod hub;
mod map;
mod map_keys;
mod parse;
mod read;
mod remote;
mod settings;
mod sound;
mod source;
mod state_dir;
mod table;
mod token;

pub use broker::{Broker, screen_name};
pub use error::{ConfigError, ConfigProblem};
pub use feed::{DateOrder, DeriveSettings, FeedSettings, MAX_FEEDS};
pub use find::{Found, Loaded, MAX_FILE_BYTES, SYSTEM_FILE, find, load};
pub use hours::{Holiday, Hours, Panel, Span};
pub use hub::HubLink;
pub use map::{MAX_SOURCES, MapFormat, MapFrom, MapInput, MapSettings, OAuth, Paging};
pub use remote::RemoteSettings;
pub use settings::{
    BUILT_IN, CelebrationSettings, Config, GraphicsBackend, GraphicsSettings, PlaylistEntry, PlaylistSettings,
    Rotation, ScreenSettings, SlideSelector, ThemeMode, VideoWallSettings,
};
pub use sound::SoundSettings;
pub use source::{FeedSource, SourceError};
pub use table::DealTableSettings;
pub use token::{Secret, TokenError, TokenSource};
