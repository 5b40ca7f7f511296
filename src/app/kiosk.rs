//! Holds everything of the running wall: director, feeds, window and GPU, and when what is due.

use std::sync::Arc;
use std::time::Instant;

use winit::dpi::PhysicalSize;
use winit::event_loop::ActiveEventLoop;
use winit::window::Window;

use super::counters::FrameCount;
use super::desk::Desk;
use super::ending::Ending;
use super::eye::Eye;
use super::feeds::Feeds;
use super::frame_log::FrameLog;
use super::hours::Darkness;
use super::judge::Pulse;
use super::log_on_change::LogOnChange;
use super::on_screen::OnScreen;
use super::pace::Pace;
use super::panel::PanelSwitch;
use super::settings::SettingsWatch;
use super::sound::{Hearing, Sounds};
use crate::cli::{Fault, RunArgs};
use crate::clock::{monotonic_now, wall_now};
use crate::config::Config;
use crate::director::Director;
use crate::exit::{Exit, Failure};
use crate::gpu::{AdapterChoice, Gpu};
use crate::motion::{Now, Time};
use crate::scene::Fonts;

/// The running wall.
pub(super) struct Kiosk {
    pub director: Director,
    pub feeds: Feeds,
    /// The settings in force.
    pub config: Config,
    pub settings: SettingsWatch,
    /// The settings file was wrong at the start, and nothing of it is in force.
    pub waits_for_settings: bool,
    pub fonts: Fonts,
    pub rotation: u16,
    pub pace: Pace,
    /// The size of the window; `None`: fullscreen.
    pub windowed: Option<PhysicalSize<u32>>,
    pub fault: Option<Fault>,
    pub choice: AdapterChoice,
    // The GPU goes before its window.
    pub gpu: Option<Gpu>,
    pub window: Option<Arc<Window>>,
    pub started: Instant,
    pub frame_log: FrameLog,
    /// What the health judge sees.
    pub pulse: Arc<Pulse>,
    pub frame_count: Arc<FrameCount>,
    pub desk: Desk,
    /// What feeds say of the wall.
    pub on_screen: Arc<OnScreen>,
    /// Looks whether what is drawn changes.
    pub eye: Eye,
    /// Since when a picture is read back.
    pub reads_since: Option<Time>,
    /// Whether the hours say that the wall is dark.
    pub darkness: Darkness,
    pub panel: PanelSwitch,
    /// Nothing is drawn before there is a screen: without one the compositor gives the window no size, and ends who draws one.
    pub waits_for_screen: bool,
    pub hearing: Hearing,
    /// When the screens were last counted.
    pub counted_at: Option<Time>,
    /// The first picture was handed to the display.
    pub seen: bool,
    /// The supervisor was told that the wall can be seen.
    pub ready: bool,
    pub nothing_to_show: LogOnChange,
    /// The program starts once more when it has ended.
    pub restarts: bool,
    pub end: Option<Result<(), Failure>>,
}

/// What a wall is started with.
pub(super) struct Parts {
    pub director: Director,
    pub feeds: Feeds,
    pub config: Config,
    pub settings: SettingsWatch,
    pub waits_for_settings: bool,
    pub choice: AdapterChoice,
    pub frame_log: FrameLog,
    pub started: Instant,
    pub pulse: Arc<Pulse>,
    pub frame_count: Arc<FrameCount>,
    pub desk: Desk,
    pub on_screen: Arc<OnScreen>,
    pub panel: PanelSwitch,
    pub sounds: Sounds,
}

impl Kiosk {
    /// A wall without a window yet.
    pub fn new(args: &RunArgs, parts: Parts) -> Kiosk {
        let Parts { director, feeds, config, settings, waits_for_settings, choice, .. } = parts;
        let Parts { frame_log, started, pulse, frame_count, desk, on_screen, panel, sounds, .. } = parts;
        pulse.set_feeds(feeds.beats());
        let darkness = Darkness::new(&config);
        let hearing = Hearing::new(sounds, &config);
        Kiosk {
            director,
            feeds,
            settings,
            waits_for_settings,
            fonts: Fonts::new(true),
            rotation: config.rotation.degrees(),
            pace: Pace::new(frame_s(&config)),
            config,
            windowed: args.windowed.map(|s| PhysicalSize::new(s.width, s.height)),
            fault: args.fault,
            choice,
            gpu: None,
            window: None,
            started,
            frame_log,
            pulse,
            frame_count,
            desk,
            on_screen,
            eye: Eye::new(args.look_every),
            reads_since: None,
            darkness,
            panel,
            waits_for_screen: true,
            hearing,
            counted_at: None,
            seen: false,
            ready: false,
            nothing_to_show: LogOnChange::default(),
            restarts: false,
            end: None,
        }
    }

    /// Both clocks, read once per wake.
    pub fn now(&self) -> Now {
        Now { t: self.elapsed(), wall_us: wall_now().as_microsecond() }
    }

    pub fn elapsed(&self) -> Time {
        Time::from_s(monotonic_now().duration_since(self.started).as_secs_f64())
    }

    /// Ends the loop. The first reason counts.
    pub fn finish(&mut self, el: &ActiveEventLoop, end: Result<(), Failure>) {
        self.end.get_or_insert(end);
        el.exit();
    }

    /// Ends the loop so that a supervisor starts the program again.
    pub fn lost(&mut self, el: &ActiveEventLoop, why: impl std::fmt::Display) {
        self.finish(el, Err(Failure::new(Exit::TempFail, why)));
    }

    /// Closes the window. How the wall ended; `None`: the loop ended by itself.
    pub fn close(self) -> (Ending, Option<Result<(), Failure>>) {
        self.panel.end();
        self.hearing.end();
        (if self.restarts { Ending::Restart } else { Ending::Quit }, self.end)
    }
}

/// The shortest time from one frame to the next.
pub(super) fn frame_s(config: &Config) -> f64 {
    1.0 / f64::from(config.graphics.max_fps.clamp(1, 240))
}
