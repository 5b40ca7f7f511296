//! Has celebrations heard: on a thread of its own, by a program of the system, so that neither a missing nor a hanging device
//! is in the way of the picture.

use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::player::{Ended, PROGRAM, Player};
use super::supervise::Supervisor;
use crate::config::{Config, FeedSource, SoundSettings};
use crate::director::Cue;
use crate::director::queue::Tier;
use crate::files;
use crate::motion::{Now, Time};
use crate::sound::{Sound, gain};

/// A celebration that could not be drawn in time is not heard either.
const LATE_S: f64 = 1.0;
/// How often a player is looked after: what it takes at once lasts for longer.
const LOOK: Duration = Duration::from_millis(20);
/// A list of cards is not longer.
const CARDS_BYTES: u64 = 16 << 10;

/// Who has sounds played. Clones share it.
#[derive(Debug, Clone, Default)]
pub(super) struct Sounds(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    wanted: Option<Wanted>,
    /// Counts what was wanted: what plays ends when there is something else.
    turn: u64,
    over: bool,
}

#[derive(Debug)]
struct Wanted {
    sound: Sound,
    settings: SoundSettings,
}

impl Sounds {
    /// Starts the thread.
    pub fn start(supervisor: &Supervisor) -> std::io::Result<Sounds> {
        let sounds = Sounds::default();
        let works = sounds.clone();
        supervisor.spawn("sound", move || {
            let mut last = None;
            while let Some((wanted, turn)) = works.next() {
                match works.sound_out(&wanted, turn) {
                    Ok(()) => last = None,
                    // Said once, and again when it is something else or it has worked meanwhile.
                    Err(reason) if last.as_ref() != Some(&reason) => {
                        tracing::warn!("[sound]: nothing is heard: {reason}");
                        last = Some(reason);
                    }
                    Err(_) => {}
                }
            }
            Ok(())
        })?;
        Ok(sounds)
    }

    /// Has it heard, in the place of what is.
    pub fn play(&self, sound: Sound, settings: &SoundSettings) {
        self.turn(Some(Wanted { sound, settings: settings.clone() }));
    }

    /// Ends what is heard.
    pub fn hush(&self) {
        self.turn(None);
    }

    /// Ends the thread.
    pub fn end(&self) {
        self.lock().over = true;
        self.hush();
    }

    fn turn(&self, wanted: Option<Wanted>) {
        let mut state = self.lock();
        (state.wanted, state.turn) = (wanted, state.turn + 1);
        drop(state);
        self.0.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere leaves whole values behind.
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for what is wanted next; `None`: there will be nothing.
    fn next(&self) -> Option<(Wanted, u64)> {
        let waited = self.0.changed.wait_while(self.lock(), |state| state.wanted.is_none() && !state.over);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        let turn = state.turn;
        state.wanted.take().filter(|_| !state.over).map(|wanted| (wanted, turn))
    }

    /// Waits a little. Whether something else is wanted now.
    fn is_over_after(&self, wait: Duration, turn: u64) -> bool {
        let is_same = |state: &mut State| state.turn == turn;
        let waited = self.0.changed.wait_timeout_while(self.lock(), wait, is_same);
        waited.unwrap_or_else(PoisonError::into_inner).0.turn != turn
    }

    fn sound_out(&self, wanted: &Wanted, turn: u64) -> Result<(), String> {
        let (blocks, settings) = (wanted.sound.blocks()?, &wanted.settings);
        let mut player = Player::start(PROGRAM, blocks, &settings.output, gain(settings.volume))?;
        loop {
            match player.go_on()? {
                Ended::Yes => return Ok(()),
                // Dropped, it falls silent.
                Ended::NotYet if self.is_over_after(LOOK, turn) => return Ok(()),
                Ended::NotYet => {}
            }
        }
    }
}

/// Which celebration was heard last, and whether any is.
#[derive(Debug)]
pub(super) struct Hearing {
    sounds: Sounds,
    /// By the settings.
    is_on: bool,
    last: Option<Time>,
}

impl Hearing {
    pub fn new(sounds: Sounds, config: &Config) -> Hearing {
        Hearing { sounds, is_on: is_heard(config), last: None }
    }

    /// Other settings.
    pub fn set(&mut self, config: &Config) {
        let was_on = std::mem::replace(&mut self.is_on, is_heard(config));
        if was_on && !self.is_on {
            self.sounds.hush();
        }
    }

    pub fn is_on(&self) -> bool {
        self.is_on
    }

    /// Has the celebration heard that begins with the picture of `now`.
    pub fn follow(&mut self, cue: impl FnOnce() -> Option<Cue>, config: &Config, now: Now) {
        if !self.is_on {
            return;
        }
        let Some(cue) = cue().filter(|cue| self.last != Some(cue.start)) else { return };
        self.last = Some(cue.start);
        if now.t.since(cue.start) <= LATE_S {
            self.sounds.play(sound(cue), &config.sound);
        }
    }

    pub fn end(&self) {
        self.sounds.end();
    }
}

fn sound(cue: Cue) -> Sound {
    match (cue.clip, cue.is_contest, cue.tier) {
        (_, _, Tier::Line) => Sound::Chime,
        (_, true, _) => Sound::Fanfare,
        (Some(clip), ..) => Sound::Clip(clip),
        (None, _, Tier::Banner) => Sound::Gong,
        (None, _, Tier::Takeover) => Sound::GreatGong,
    }
}

/// Whether celebrations are heard: as the settings say, and the built-in show where the machine has a sound card.
pub(super) fn is_heard(config: &Config) -> bool {
    config.sound.on.unwrap_or_else(|| {
        let is_demo = config.feeds.iter().any(|feed| feed.source == Some(FeedSource::Demo));
        is_demo && has_card(Path::new("/proc/asound/cards"))
    })
}

/// Whether the kernel's list names a sound card: each has a number.
fn has_card(list: &Path) -> bool {
    let text = files::read(list, CARDS_BYTES).unwrap_or_default();
    String::from_utf8_lossy(&text).lines().any(|line| line.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_show_is_heard_where_there_is_a_card_and_a_wall_where_it_is_asked_for() {
        let held = tempfile::tempdir().unwrap();
        let dir = held.path().join("cards");
        std::fs::write(&dir, "--- no soundcards ---\n").unwrap();
        assert!(!has_card(&dir) && !has_card(Path::new("/nowhere")));
        std::fs::write(&dir, " 0 [vc4hdmi0       ]: vc4-hdmi - vc4-hdmi-0\n                      vc4-hdmi-0\n")
            .unwrap();
        assert!(has_card(&dir));
        std::fs::remove_file(&dir).unwrap();
        let heard = |text: &str| is_heard(&Config::parse(text, &[]).unwrap());
        assert!(heard("sound.on = true") && !heard("sound.on = false\nfeed.url = \"demo\""));
        assert!(!heard("feed.url = \"https://hub.example/board.json\""));
    }

    #[test]
    fn each_celebration_has_its_sound() {
        let cue = |tier, is_contest, clip: Option<&[u8]>| Cue {
            start: Time::ZERO,
            tier,
            is_contest,
            clip: clip.map(Arc::from),
        };
        let own = Some(&b"own"[..]);
        assert_eq!(sound(cue(Tier::Takeover, false, None)), Sound::GreatGong);
        assert_eq!(sound(cue(Tier::Banner, false, None)), Sound::Gong);
        assert_eq!(sound(cue(Tier::Takeover, true, own)), Sound::Fanfare);
        assert_eq!(sound(cue(Tier::Takeover, false, own)), Sound::Clip(Arc::from(&b"own"[..])));
        assert_eq!(sound(cue(Tier::Line, false, own)), Sound::Chime, "a line is no reason to interrupt anybody");
    }

    #[test]
    fn each_is_heard_once_and_none_that_is_late() {
        let sounds = Sounds::default();
        let config = Config::parse("sound.on = true", &[]).unwrap();
        let mut hearing = Hearing::new(sounds.clone(), &config);
        let mut follow = |start: f64, at: f64| {
            let cue = Cue { start: Time::from_s(start), tier: Tier::Banner, is_contest: false, clip: None };
            hearing.follow(|| Some(cue), &config, Now { t: Time::from_s(at), wall_us: 0 });
            sounds.lock().wanted.take().is_some()
        };
        let heard =
            [follow(10.0, 10.01), follow(10.0, 10.03), follow(20.0, 22.0), follow(20.0, 22.1), follow(30.0, 30.0)];
        assert_eq!(heard, [true, false, false, false, true]);
        hearing.set(&Config::default());
        hearing.follow(|| panic!("nobody is asked"), &config, Now { t: Time::ZERO, wall_us: 0 });
    }
}
