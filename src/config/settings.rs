//! Lists everything that can be set about a screen.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::feed::FeedSettings;
use super::hours::Hours;
use super::hub::HubLink;
use super::remote::RemoteSettings;
use super::sound::SoundSettings;
use super::source::FeedSource;
use super::state_dir::state_dir;
use super::token::TokenSource;

/// The shipped `kiosk.toml`: the manual of every key, equal to [`Config::default`].
pub const BUILT_IN: &str = include_str!("../../kiosk.toml");

/// Everything that can be set about a screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Diagonal of the panel in inches.
    pub screen_inches: f64,
    /// Distance of the farthest reader in metres.
    pub viewing_m: f64,
    /// Part of each side that the TV cuts off, in percent of the picture, 0 to 8.
    pub overscan_percent: f64,
    /// How far the panel is turned.
    pub rotation: Rotation,
    /// Whether the picture moves a little each minute, against burn-in.
    pub pixel_shift: bool,
    /// Colours for dark or bright rooms.
    pub theme: ThemeMode,
    /// The brand's colour as red, green, blue.
    pub brand: [u8; 3],
    /// The company's logo, in front of every title.
    pub logo: Option<PathBuf>,
    /// How bright the picture is, in percent.
    pub brightness: u8,
    /// Whether names and labels keep the case they were written in.
    pub keep_case: bool,
    /// Whether changes appear in place instead of moving.
    pub reduced_motion: bool,
    /// BCP 47 tag of the floor where the board names none.
    pub locale: String,
    /// IANA time zone where the board names none; `None`: the machine's.
    pub tz: Option<String>,
    /// Address of the set-up page for the first-boot picture.
    pub setup_url: Option<String>,
    /// How the picture is drawn.
    pub graphics: GraphicsSettings,
    /// Where boards come from; never empty.
    pub feeds: Vec<FeedSettings>,
    /// Folder of what survives a power cut; `None`: see [`Config::cache_dir`].
    pub cache_dir: Option<PathBuf>,
    /// The hub that says what the screen shows.
    pub hub: HubLink,
    /// Whose screen it is.
    pub screen: ScreenSettings,
    /// How events are celebrated.
    pub celebrations: CelebrationSettings,
    /// How they are heard.
    pub sound: SoundSettings,
    /// When the wall is on.
    pub hours: Hours,
    /// What is shown.
    pub playlist: PlaylistSettings,
    /// The video wall that this screen is a tile of.
    pub wall: VideoWallSettings,
    /// The page from which the wall is steered.
    pub remote: RemoteSettings,
}

/// `[screen]`: whose screen it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ScreenSettings {
    /// Ids of the teams in front of it; what is only about other teams is not shown. Empty: everybody's.
    pub teams: Vec<String>,
    /// What it is called in its status at an MQTT broker; `None`: as the machine is.
    pub name: Option<String>,
}

/// `[celebrations]`: how events are celebrated.
#[derive(Debug, Clone, PartialEq)]
pub struct CelebrationSettings {
    /// Between these times of day nothing takes the whole screen; they may span midnight.
    pub quiet: Option<[jiff::civil::Time; 2]>,
    /// How long the winner of a contest stays on, in hours from its end.
    pub winner_h: f64,
}

/// `[graphics]`: how the picture is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct GraphicsSettings {
    /// Which programming interface.
    pub backend: GraphicsBackend,
    /// Part of the name of the adapter to take.
    pub adapter: Option<String>,
    /// Whether a software renderer may be taken when there is nothing better.
    pub allow_software: bool,
    /// Most frames per second while something moves.
    pub max_fps: u32,
}

/// `[playlist]`: what is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaylistSettings {
    /// What is named, in order.
    pub slides: Vec<PlaylistEntry>,
    /// Whether slides that no entry names are shown after those.
    pub rest: bool,
    /// Whether the clock says what is on, so that screens with the same boards show the same.
    pub in_step: bool,
}

/// `[wall]`: this screen's place among several that show one picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VideoWallSettings {
    pub columns: u32,
    pub rows: u32,
    /// Counted from 1.
    pub column: u32,
    pub row: u32,
    /// Between the pictures of two neighbours.
    pub bezel_mm: f64,
}

impl VideoWallSettings {
    /// Whether there is more than one screen.
    pub fn is_tiled(&self) -> bool {
        self.columns * self.rows > 1
    }
}

/// One entry of the playlist.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaylistEntry {
    /// Of which feed, by its name; `None`: of any.
    pub feed: Option<String>,
    /// Which slides.
    pub which: SlideSelector,
    /// For how many seconds; `None`: by how much there is to read.
    pub dwell_s: Option<f64>,
    /// Whether they are left out.
    pub hide: bool,
}

/// Which slides an entry of the playlist names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SlideSelector {
    /// All of one kind.
    Kind(String),
    /// The one with this id.
    Id(String),
    /// All of the feed that the entry names.
    All,
}

/// How far the panel is turned clockwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rotation {
    Deg0,
    Deg90,
    Deg180,
    Deg270,
}

impl Rotation {
    pub fn degrees(self) -> u16 {
        match self {
            Rotation::Deg0 => 0,
            Rotation::Deg90 => 90,
            Rotation::Deg180 => 180,
            Rotation::Deg270 => 270,
        }
    }

    /// The size of the picture on a panel of this size.
    pub fn oriented(self, [w, h]: [u32; 2]) -> [u32; 2] {
        match self {
            Rotation::Deg0 | Rotation::Deg180 => [w, h],
            Rotation::Deg90 | Rotation::Deg270 => [h, w],
        }
    }
}

/// Colours for dark or bright rooms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThemeMode {
    Dark,
    Light,
}

/// Programming interface to the graphics hardware.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GraphicsBackend {
    /// The best for the adapter.
    Auto,
    /// Vulkan only.
    Vulkan,
    /// OpenGL ES only.
    Gl,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            screen_inches: 55.0,
            viewing_m: 5.0,
            overscan_percent: 0.0,
            rotation: Rotation::Deg0,
            pixel_shift: true,
            theme: ThemeMode::Dark,
            brand: [0xD4, 0xFF, 0x3A],
            logo: None,
            brightness: 100,
            keep_case: false,
            reduced_motion: false,
            locale: "en".into(),
            tz: None,
            setup_url: None,
            graphics: GraphicsSettings {
                backend: GraphicsBackend::Auto,
                adapter: None,
                allow_software: true,
                max_fps: 60,
            },
            feeds: vec![FeedSettings::default()],
            cache_dir: None,
            hub: HubLink::default(),
            screen: ScreenSettings::default(),
            celebrations: CelebrationSettings { quiet: None, winner_h: 24.0 },
            sound: SoundSettings::default(),
            hours: Hours::default(),
            playlist: PlaylistSettings { slides: Vec::new(), rest: true, in_step: false },
            wall: VideoWallSettings { columns: 1, rows: 1, column: 1, row: 1, bezel_mm: 0.0 },
            remote: RemoteSettings::default(),
        }
    }
}

impl Config {
    /// Makes the relative paths of the file absolute, as seen from the `folder` the file lies in.
    pub fn rebase(mut self, folder: &Path) -> Config {
        for path in [&mut self.cache_dir, &mut self.logo].into_iter().flatten() {
            *path = folder.join(&path);
        }
        for feed in &mut self.feeds {
            feed.rebase(folder);
        }
        if let Some(TokenSource::File(path)) = &mut self.remote.token {
            *path = folder.join(&path);
        }
        self
    }

    /// The folder of what survives a power cut: the setting, else `$STATE_DIRECTORY` (systemd), else the user's state
    /// folder. `None`: there is nowhere to keep anything.
    pub fn cache_dir(&self, env: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
        state_dir(self.cache_dir.as_deref(), env)
    }

    /// Folders of what need not outlive a restart and is no wear on a card, the best first: `$RUNTIME_DIRECTORY`
    /// (systemd), and the user's own.
    pub fn runtime_dirs(env: impl Fn(&str) -> Option<OsString>) -> Vec<PathBuf> {
        let set = |name: &str| env(name).filter(|value| !value.is_empty());
        // Of several that a unit asks for, the first.
        let service = set("RUNTIME_DIRECTORY").and_then(|dirs| std::env::split_paths(&dirs).next());
        let user = set("XDG_RUNTIME_DIR").map(|dir| PathBuf::from(dir).join("floorcast"));
        service.into_iter().chain(user).collect()
    }

    /// Whether any feed has a source.
    pub fn is_set_up(&self) -> bool {
        self.feeds.iter().any(|feed| feed.source.is_some())
    }

    /// The same with one of its feeds, by its name; `None`: no feed has it.
    pub fn with_named_feed(&self, name: &str) -> Option<Config> {
        let feed = self.feeds.iter().find(|feed| feed.name.as_deref() == Some(name))?;
        Some(Config { feeds: vec![feed.clone()], ..self.clone() })
    }

    /// The same with one other feed instead of all. The token goes along only to the origins it was set for: it must not
    /// be sent to whatever host a command line names.
    pub fn with_feed(mut self, source: FeedSource) -> Config {
        let like = if let [only] = self.feeds.as_slice() {
            let mut like = only.clone();
            if !only.trusts(&source) {
                (like.token, like.user, like.password) = (None, None, None);
            }
            like
        } else if source.origins().is_empty() {
            FeedSettings::default()
        } else {
            // Of several feeds, the settings of one at the same server.
            self.feeds.iter().find(|feed| feed.source.is_some() && feed.trusts(&source)).cloned().unwrap_or_default()
        };
        // Another address at the same server is not what the hub shows.
        let of_hub = like.of_hub && like.source.as_ref() == Some(&source);
        self.feeds = vec![FeedSettings { name: None, source: Some(source), of_hub, ..like }];
        self
    }
}
