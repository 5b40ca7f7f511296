//! Shows a note from a desk in the programme's place for some time: a message, or which screen this is. Celebrations still
//! play, and the programme goes on beneath.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use super::{Director, SlideEntry};
use crate::board::{Board, Body, Message, SlideData};
use crate::motion::{Now, Time};
use crate::scene::{Canvas, Fonts};
use crate::slides::{self, Ctx, Look};

/// What is up, and until when.
pub(super) struct Note {
    title: String,
    text: String,
    since: Time,
    until: Time,
    entry: SlideEntry,
}

impl Director {
    /// Puts a note up for so many seconds, in the place of one that is up.
    pub fn show_note(&mut self, title: &str, text: &str, for_s: f64, now: Now, fonts: &mut Fonts) {
        let entry = self.note_entry(title, text, now, fonts);
        let until = now.t.after(for_s);
        self.note = Some(Note { title: title.to_owned(), text: text.to_owned(), since: now.t, until, entry });
    }

    /// Takes the note away.
    pub fn clear_note(&mut self) {
        self.note = None;
    }

    /// The text of the note that is up, and for how many seconds it still is.
    pub fn note(&self, now: Now) -> Option<(&str, f64)> {
        let note = self.note.as_ref().filter(|note| now.t < note.until)?;
        Some((&note.text, note.until.since(now.t)))
    }

    /// Shows only this slide from now on; `None`: all again. Whether there is such a slide.
    pub fn hold(&mut self, pin: Option<String>, now: Now) -> bool {
        let found = pin.as_deref().is_none_or(|pin| self.has(pin));
        self.held = pin;
        let items = self.items(now);
        self.playlist.replace_items(items, Some, now.t);
        found
    }

    /// The slide that is held.
    pub fn held(&self) -> Option<&str> {
        self.held.as_deref()
    }

    /// The size or the settings are others.
    pub(super) fn rebuild_note(&mut self, now: Now, fonts: &mut Fonts) {
        if let Some(Note { title, text, since, until, .. }) = self.note.take() {
            let entry = self.note_entry(&title, &text, now, fonts);
            self.note = Some(Note { title, text, since, until, entry });
        }
    }

    /// Whether the note has the programme's place at `t`.
    pub(super) fn note_on(&self, t: Time) -> Option<&Note> {
        let celebrates = self.celebrations.queue.current(t).is_some() && self.playlist.current(t).is_some();
        self.note.as_ref().filter(|note| note.since <= t && t < note.until && !celebrates)
    }

    pub(super) fn note_frame(&self, c: &mut Canvas, look: &Look, clock: &str) {
        let Some(note) = &self.note else { return };
        c.redraw_at(note.until);
        let look = Look { entered: Some(note.since), page: 0, ..*look };
        if let Some(body) = self.body_without_burn_in(c, &look, &note.entry, note.since) {
            c.append(body);
        }
        let (alpha, t) = (self.header_alpha(c, note.since), c.now().t);
        c.group(0.0, 0.0, alpha, |c| {
            slides::widgets::header::draw(c, &look, note.entry.slide.header(t), None, clock);
        });
    }

    fn note_entry(&self, title: &str, text: &str, now: Now, fonts: &mut Fonts) -> SlideEntry {
        let message = Message { text: Some(text.to_owned()), ..Message::default() };
        self.message_entry(0, "note".into(), (title.to_owned(), message), now, fonts)
    }

    /// A slide with a message of our own, in the language of a feed.
    pub(super) fn message_entry(
        &self,
        feed: usize,
        id: String,
        (title, message): (String, Message),
        now: Now,
        fonts: &mut Fonts,
    ) -> SlideEntry {
        let (from, screen) = (&self.feeds[feed], self.screen());
        let body = Body::Message(message);
        let data =
            SlideData { id, title, period: None, start: None, end: None, teams: Vec::new(), dwell_s: None, body };
        let board = Board {
            id: String::new(),
            epoch: None,
            rev: None,
            as_of: None,
            caveats: Default::default(),
            fresh_for_s: 0,
            tz: None,
            locale: None,
            metrics: BTreeMap::new(),
            teams: BTreeMap::new(),
            people: BTreeMap::new(),
            slides: Vec::new(),
            events: Vec::new(),
            derive: true,
        };
        let ctx = Ctx {
            board: &board,
            data: &data,
            screen: &screen,
            locale: &from.locale,
            now: from.show_time(now),
            page: None,
            story: &Default::default(),
            quiet: true,
        };
        SlideEntry {
            feed,
            id: data.id.clone(),
            kind: data.body.kind(),
            slide: slides::build(&ctx, fonts),
            window: (None, None),
            dwell_s: None,
            stale_from: None,
            broken: AtomicBool::new(false),
            ours: true,
            extended_at: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::Update;
    use crate::config::Config;
    use crate::director::HostInfo;
    use crate::feed::{AcceptContext, accept};

    fn now(s: f64) -> Now {
        Now { t: Time::from_s(s), wall_us: 1_800_000_000_000_000 + (s * 1e6) as i64 }
    }

    fn director(slides: &[&str], fonts: &mut Fonts) -> Director {
        let slide = |id: &&str| serde_json::json!({"id": id, "type": "ranking", "title": id.to_uppercase(), "rows": [{"name": "Ana", "value": 3}]});
        let slides: Vec<_> = slides.iter().map(slide).collect();
        let body = serde_json::json!({"format": "salesboard/1", "fresh_for_s": 86_400, "slides": slides}).to_string();
        let board = std::sync::Arc::new(accept(body.as_bytes(), &AcceptContext::default()).unwrap().0);
        let mut director = Director::new(Config::default(), HostInfo::still([1280, 720]));
        director.apply(Update::Board(board), now(0.0), fonts);
        director
    }

    fn shows(director: &Director, s: f64, text: &str, fonts: &mut Fonts) -> bool {
        director.frame(now(s), fonts).to_string().contains(text)
    }

    #[test]
    fn a_note_has_the_wall_for_its_time_and_then_the_programme_is_where_it_would_be() {
        let mut fonts = Fonts::new(false);
        let mut director = director(&["alpha", "bravo"], &mut fonts);
        assert!(shows(&director, 1.0, "ALPHA", &mut fonts));
        director.show_note("DESK 4", "Review at four", 20.0, now(1.0), &mut fonts);
        for s in [2.0, 5.0, 20.9] {
            assert!(shows(&director, s, "Review", &mut fonts) && !shows(&director, s, "ALPHA", &mut fonts), "{s}");
        }
        assert_eq!(director.frame(now(20.9), &mut fonts).next, Some(Time::from_s(21.0)));
        assert!(!shows(&director, 21.0, "Review", &mut fonts), "and it goes by itself");
        assert_eq!(director.note(now(11.0)), Some(("Review at four", 10.0)));
        director.resize([640, 360], now(5.0), &mut fonts);
        assert!(shows(&director, 5.0, "Review", &mut fonts), "in the new size too");
        director.clear_note();
        assert!(!shows(&director, 5.0, "Review", &mut fonts));
    }

    #[test]
    fn a_slide_that_is_held_stays_until_it_leaves_its_board() {
        let mut fonts = Fonts::new(false);
        let mut director = director(&["alpha", "bravo"], &mut fonts);
        assert!(director.hold(Some("bravo".into()), now(1.0)));
        for s in [1.0, 100.0, 1000.0] {
            assert!(director.playlist.current(Time::from_s(s)).is_some_and(|on| on.slide == 1), "{s}");
        }
        assert!(!director.hold(Some("gone".into()), now(2.0)));
        let on = |s: f64| director.playlist.current(Time::from_s(s)).map(|on| on.slide);
        let both: std::collections::BTreeSet<_> = (2..200).filter_map(|s| on(f64::from(s))).collect();
        assert_eq!(both.len(), 2, "what is not there holds nobody");
    }
}
