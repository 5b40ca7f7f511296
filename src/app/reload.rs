//! Applies changed settings to the running kiosk, without a black frame.

use super::kiosk::{Kiosk, frame_s};
use super::settings::refusal;
use crate::config::Config;
use crate::director::{Director, HostInfo};
use crate::host;
use crate::motion::Now;

impl Kiosk {
    /// Applies the settings that were read again. Whether the program has to restart for them.
    pub(super) fn take_settings(&mut self) -> bool {
        let loaded = match self.settings.take() {
            None => return false,
            Some(Err(error)) => {
                let then = if self.waits_for_settings { "waiting for correct ones" } else { "the old ones stay" };
                // What the log says since the start is not repeated.
                if self.director.set_refused(Some(refusal(&error))) || !self.waits_for_settings {
                    tracing::warn!("the settings are wrong, {then}: {error}");
                }
                self.pace.redraw_at = Some(self.elapsed());
                return false;
            }
            // Nothing of them is in force yet, not even what a running program cannot change.
            Some(Ok(_)) if self.waits_for_settings => {
                tracing::info!("the settings are correct now: starting again");
                return true;
            }
            Some(Ok(loaded)) => loaded,
        };
        if self.director.set_refused(None) {
            tracing::info!("the settings are correct again");
            self.pace.redraw_at = Some(self.elapsed());
        }
        self.desk.file = keep_restart_only(loaded.config.clone(), &self.config);
        let config = self.desk.config();
        if config == self.config {
            return false;
        }
        tracing::info!("applying changed settings");
        let now = self.now();
        let host_info =
            HostInfo { settings: loaded.place_to_edit(), logo: host::logo(&config), ..self.director.host().clone() };
        self.adopt(config, host_info, now);
        false
    }

    /// Goes over to other settings.
    pub(super) fn adopt(&mut self, config: Config, host_info: HostInfo, now: Now) {
        let mut director = Director::new(config.clone(), host_info);
        let places = self.feeds.reload(&config, &mut director);
        self.pulse.set_feeds(self.feeds.beats());
        let old = std::mem::replace(&mut self.director, director);
        self.director.take_over(old, &places, now, &mut self.fonts);
        self.pace.frame_s = frame_s(&config);
        self.darkness = self.darkness.renewed(&config);
        self.panel.set(config.hours.panel.clone());
        self.hearing.set(&config);
        self.config = config;
        self.pace.redraw_at = Some(now.t);
    }
}

/// The new settings, save for what only a start can change: of that it warns.
fn keep_restart_only(mut new: Config, old: &Config) -> Config {
    let mut waits = Vec::new();
    let graphics = crate::config::GraphicsSettings { max_fps: new.graphics.max_fps, ..old.graphics.clone() };
    if new.graphics != graphics {
        waits.push("[graphics]");
        new.graphics = graphics;
    }
    if new.rotation != old.rotation {
        waits.push("rotation");
        new.rotation = old.rotation;
    }
    if new.cache_dir != old.cache_dir {
        waits.push("[cache]");
        new.cache_dir.clone_from(&old.cache_dir);
    }
    if new.remote != old.remote {
        waits.push("[remote]");
        new.remote.clone_from(&old.remote);
    }
    if !waits.is_empty() {
        tracing::warn!("changes of {} take effect at the next start", waits.join(", "));
    }
    new
}
