//! Answers a desk: does what it asks for, and tells and shows what is on the wall.

use jiff::civil::Time as DayTime;
use winit::event_loop::ActiveEventLoop;

use super::overrides::{Overrides, Quiet};
use crate::app::kiosk::Kiosk;
use crate::host;
use crate::motion::Now;
use crate::remote::{Action, Answer, Ask, Inbox, Wrong};

/// How long the name of the screen, and its code, are on.
const IDENTIFY_S: f64 = 20.0;
const CODE_S: f64 = 60.0;

impl Kiosk {
    /// Answers what was asked since the last wake.
    pub(in crate::app) fn answer_desk(&mut self, el: &ActiveEventLoop, now: Now) {
        for action in self.ordered() {
            tracing::info!("from a broker: {}", said(&action));
            if let Err(wrong) = self.act(el, action, now) {
                tracing::warn!("a command from the broker cannot be done: {wrong:?}");
            }
        }
        while let Some(request) = self.desk.inbox.as_mut().and_then(Inbox::take) {
            match request.ask.clone() {
                Ask::View => {
                    let view = self.view(now);
                    request.answer(Answer::View(Box::new(view)));
                }
                Ask::Picture => self.desk.pictures.push(request),
                Ask::Do(action) => {
                    tracing::info!("from a desk: {}", said(&action));
                    let done = self.act(el, action, now);
                    request.answer(done.map_or_else(Answer::Refused, |()| Answer::Done));
                }
                Ask::ShowCode(code) => {
                    let name = self.screen_name();
                    self.director.show_note(&name, &code, CODE_S, now, &mut self.fonts);
                    self.redraw();
                    request.answer(Answer::Done);
                }
            }
        }
    }

    fn act(&mut self, el: &ActiveEventLoop, action: Action, now: Now) -> Result<(), Wrong> {
        match action {
            Action::Next => self.director.skip(1, now),
            Action::Back => self.director.skip(-1, now),
            Action::Pin(pin) => {
                if pin.as_deref().is_some_and(|pin| !self.director.has(pin)) {
                    return Err(Wrong::NoSlide);
                }
                self.desk.changes.pinned.clone_from(&pin);
                self.director.hold(pin, now);
                self.desk.changes.write(self.desk.dir.as_ref());
            }
            Action::Say { text, for_s } => {
                let name = self.screen_name();
                self.director.show_note(&name, &text, for_s, now, &mut self.fonts);
            }
            Action::Unsay => self.director.clear_note(),
            Action::Playlist(turns) => {
                let is_there = |slide: &str| self.director.has(slide);
                if turns.iter().flatten().any(|turn| !is_there(&turn.slide)) {
                    return Err(Wrong::NoSlide);
                }
                self.change(now, |changes| changes.playlist = turns);
            }
            Action::Brightness(percent) => self.change(now, |changes| changes.brightness = Some(percent)),
            Action::Quiet(quiet) => {
                let quiet = quiet.map_or(Quiet::Never, |[from, to]: [DayTime; 2]| Quiet::Between(from, to));
                self.change(now, |changes| changes.quiet = Some(quiet));
            }
            Action::Mute(muted) => self.change(now, |changes| changes.muted = muted),
            Action::Reload => self.settings.reread()(),
            Action::Identify => {
                let (name, address) = (self.screen_name(), host::address().unwrap_or_default());
                let text = if address.is_empty() { name.clone() } else { format!("{name} {address}") };
                self.director.show_note(&name, &text, IDENTIFY_S, now, &mut self.fonts);
            }
            Action::Restart => {
                self.restarts = true;
                self.finish(el, Ok(()));
            }
        }
        self.redraw();
        Ok(())
    }

    fn change(&mut self, now: Now, change: impl FnOnce(&mut Overrides)) {
        change(&mut self.desk.changes);
        self.desk.changes.write(self.desk.dir.as_ref());
        let host_info = self.director.host().clone();
        self.adopt(self.desk.config(), host_info, now);
    }

    /// What the screen is called.
    pub(super) fn screen_name(&self) -> String {
        self.config.screen.name.clone().unwrap_or_else(host::name)
    }

    /// Pins what an earlier run had pinned.
    pub(in crate::app) fn recall_pin(&mut self, now: Now) {
        if self.director.held().is_none() && self.desk.changes.pinned.is_some() {
            self.director.hold(self.desk.changes.pinned.clone(), now);
        }
    }
}

/// An action in a few words, without what people wrote.
fn said(action: &Action) -> &'static str {
    match action {
        Action::Next => "next",
        Action::Back => "back",
        Action::Pin(Some(_)) => "pin a slide",
        Action::Pin(None) => "show all slides",
        Action::Say { .. } => "a message",
        Action::Unsay => "no message",
        Action::Playlist(Some(_)) => "another playlist",
        Action::Playlist(None) => "the playlist of the settings",
        Action::Brightness(_) => "another brightness",
        Action::Quiet(_) => "other quiet hours",
        Action::Mute(true) => "mute",
        Action::Mute(false) => "celebrations are heard again",
        Action::Reload => "read the settings again",
        Action::Identify => "identify",
        Action::Restart => "start again",
    }
}
