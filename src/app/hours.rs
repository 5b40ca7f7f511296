//! Keeps the hours of the wall: outside of them one black picture, and then none.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::config::Config;
use crate::motion::{Now, Time};
use crate::scene::Scene;

/// How often the hours are looked at.
const LOOK_S: f64 = 1.0;

/// A wall that was woken shows the result of what has woken it.
const RESULT_S: f64 = 30.0;

/// Whether the wall is dark, and since when it is looked at.
#[derive(Debug)]
pub(super) struct Darkness {
    tz: TimeZone,
    is_dark: bool,
    /// In percent, where the hours say so.
    brightness: Option<u8>,
    /// The black picture is on the screen.
    is_drawn: bool,
    looked_at: Option<Time>,
    /// There is news by which it may wake.
    is_asked: bool,
    /// It is awake until then, whatever the hours say.
    awake_until: Option<Time>,
}

impl Darkness {
    pub fn new(config: &Config) -> Darkness {
        Darkness {
            tz: zone(config),
            is_dark: false,
            brightness: None,
            is_drawn: false,
            looked_at: None,
            is_asked: false,
            awake_until: None,
        }
    }

    /// The same by other settings: the hours are looked at anew.
    pub fn renewed(&self, config: &Config) -> Darkness {
        let (is_dark, is_drawn, awake_until) = (self.is_dark, self.is_drawn, self.awake_until);
        Darkness { is_dark, is_drawn, awake_until, ..Darkness::new(config) }
    }

    /// Whether the wall is dark by its hours.
    pub fn is_dark(&self) -> bool {
        self.is_dark
    }

    /// The wall is black, and so it stays.
    pub fn is_drawn(&self) -> bool {
        self.is_dark && self.is_drawn
    }

    /// The picture of a dark wall of this size; `None`: it is not dark.
    pub fn scene(&self, size: [u32; 2]) -> Option<Scene> {
        self.is_dark.then(|| Scene { size, layers: Vec::new(), next: None })
    }

    /// The picture is on the screen.
    pub fn drawn(&mut self) {
        self.is_drawn = self.is_dark;
    }

    /// The screen may show anything.
    pub fn undrawn(&mut self) {
        self.is_drawn = false;
    }

    /// How bright the picture is by the hours or the settings, from 0 to 1.
    pub fn brightness(&self, config: &Config) -> f64 {
        f64::from(self.brightness.unwrap_or(config.brightness)) / 100.0
    }

    /// Has the hours looked at with the next call, however soon: a celebration may wake a wall that is dark.
    pub fn ask(&mut self) {
        self.is_asked = self.is_dark;
    }

    /// Looks at the hours. `celebrates`: until when something fills the screen. What is new: whether the wall is dark from now
    /// on, and whether that is news too.
    pub fn look(&mut self, config: &Config, celebrates: Option<Time>, now: Now) -> Option<(bool, bool)> {
        let is_asked = std::mem::take(&mut self.is_asked);
        if !is_asked && self.looked_at.is_some_and(|at| now.t.since(at) < LOOK_S) {
            return None;
        }
        let wakes = celebrates.filter(|_| config.hours.wake).map(|end| end.after(RESULT_S));
        self.awake_until = wakes.max(self.awake_until).filter(|until| now.t < *until && config.hours.wake);
        let first = self.looked_at.replace(now.t).is_none();
        let wall = Timestamp::from_microsecond(now.wall_us).unwrap_or_default();
        let is_dark = !config.hours.is_on(wall, &self.tz) && self.awake_until.is_none();
        let news = is_dark != std::mem::replace(&mut self.is_dark, is_dark);
        let bright = config.hours.brightness_at(wall, &self.tz);
        let differs = bright != std::mem::replace(&mut self.brightness, bright);
        if news {
            self.is_drawn = false;
        }
        (news || first || differs).then_some((is_dark, news || first))
    }
}

/// The zone of the settings, else the machine's.
fn zone(config: &Config) -> TimeZone {
    config.tz.as_deref().and_then(|tz| TimeZone::get(tz).ok()).unwrap_or_else(TimeZone::system)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_dark_once_and_lights_up_once() {
        let config = Config::parse("tz = \"Europe/Berlin\"\nhours.on = [\"07:30-19:00 Mo-Fr\"]", &[]).unwrap();
        let mut darkness = Darkness::new(&config);
        let start: Timestamp = "2026-01-05T17:59:55Z".parse().unwrap();
        let mut look = |second: i64| {
            let now = Now { t: Time::from_s(second as f64), wall_us: start.as_microsecond() + second * 1_000_000 };
            let news = darkness.look(&config, None, now).map(|(is_dark, _)| is_dark);
            let scene = darkness.scene([640, 360]);
            darkness.drawn();
            (news, scene.is_some(), darkness.is_drawn())
        };
        assert_eq!(look(0), (Some(false), false, false), "at the start it is said");
        assert_eq!(look(4), (None, false, false));
        assert_eq!(look(5), (Some(true), true, true));
        assert_eq!(look(6), (None, true, true), "and it rests");
        assert_eq!(look(5 + 12 * 3600 + 1800), (Some(false), false, false), "until half past seven");
    }

    #[test]
    fn what_fills_the_screen_wakes_it_for_a_while_where_that_is_asked_for() {
        let hours = "tz = \"Europe/Berlin\"\nhours.on = [\"07:30-19:00 Mo-Fr\"]\n";
        let start: Timestamp = "2026-01-05T20:00:00Z".parse().unwrap();
        let dark = |wake: bool| {
            let config = Config::parse(&format!("{hours}hours.wake = {wake}"), &[]).unwrap();
            let mut darkness = Darkness::new(&config);
            let mut look = |s: f64, celebrates: Option<f64>| {
                let now = Now { t: Time::from_s(s), wall_us: start.as_microsecond() + (s * 1e6) as i64 };
                if celebrates.is_some() {
                    darkness.ask();
                }
                darkness.look(&config, celebrates.map(Time::from_s), now);
                darkness.is_dark()
            };
            // A deal at 10.2 s, within the second of the last look, is celebrated until 17.2 s.
            [
                look(0.0, None),
                look(10.0, None),
                look(10.2, Some(17.2)),
                look(46.9, None),
                look(48.0, None),
                look(99.0, None),
            ]
        };
        assert_eq!(dark(true), [true, true, false, false, true, true]);
        assert_eq!(dark(false), [true; 6], "what nobody sees is passed over");
    }
}
