//! Takes the updates of the feeds. The state of a feed and its slides changes here.
//!
//! [`Director::apply_from`] takes an update. Of a board, `receive_board` plans the celebrations, and shows it or holds it
//! until they have been; `show_board` makes its slides and lays out the programme.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::Timestamp;

use super::entry::SlideEntry;
use super::playlist::Playlist;
use super::{Director, programme, teams};
use crate::board::fresh::Band;
use crate::board::story::Story;
use crate::board::{Board, Update};
use crate::motion::{Now, Time};
use crate::scene::Fonts;
use crate::slides::{self, Ctx};

/// A change on the slide that is on keeps it on for so much longer, once.
const EXTEND_S: f64 = 4.0;
/// Who climbs to another page is seen there for so long at least, the climb included.
const CLIMBED_S: f64 = 8.3;

impl Director {
    /// Takes an update of the first feed: [`Director::apply_from`] for settings that have only one.
    pub fn apply(&mut self, update: Update, now: Now, fonts: &mut Fonts) {
        self.apply_from(0, update, now, fonts);
    }

    /// Takes an update of a feed, by its index in the settings.
    pub fn apply_from(&mut self, feed: usize, update: Update, now: Now, fonts: &mut Fonts) {
        self.advance(now, fonts);
        let Some(from) = self.feeds.get_mut(feed) else { return };
        match update {
            Update::Board(board) => self.receive_board(feed, board, now, fonts),
            Update::Health(health) => {
                from.contact.health(&health, now);
                from.trouble_since = from.trouble_since.or(health.trouble.as_ref().map(|_| now.t));
                from.health = Some(health);
            }
            Update::Photo(photo) => from.take_photo(photo, now.t),
            Update::Crest(crest) => from.take_crest(crest),
            Update::Clip(clip) => {
                from.clips.insert(clip.key, clip.bytes);
            }
        }
        self.add_notices(now, fonts);
    }

    /// Plans what is new on a board, and shows it now or after it has been celebrated: cause, then effect (DESIGN 5).
    fn receive_board(&mut self, feed: usize, board: Arc<Board>, now: Now, fonts: &mut Fonts) {
        let from = &mut self.feeds[feed];
        from.received = Timestamp::from_microsecond(now.wall_us).ok();
        let other = from.newest.as_ref().is_some_and(|b| b.id != board.id || b.epoch != board.epoch);
        let first = from.newest.is_none();
        let silent = from.contact.board(now.t) || other;
        let before = from.newest.replace(board.clone());
        from.words_of(&board, &self.config);
        if other {
            self.celebrations.queue.clear(feed, now.t);
        }
        let events = self.plan_celebrations(feed, &board, before.as_deref(), now, silent);
        self.feeds[feed].keep_files();
        if first {
            return self.show_board(feed, board, now, false, fonts);
        }
        if other {
            self.feeds[feed].held.clear();
        }
        self.hold_or_show(feed, board, silent, events, now, fonts);
        // Other feeds' boards waited for what the new plan may have moved.
        self.advance(now, fonts);
    }

    /// Shows a board: makes or updates the slides of its feed, and lays the programme out around what is on. `quiet`:
    /// nothing on it moves as news.
    pub(super) fn show_board(&mut self, feed: usize, board: Arc<Board>, now: Now, quiet: bool, fonts: &mut Fonts) {
        let was_empty = self.feeds.iter().all(|feed| feed.board.is_none());
        let ids: Vec<(usize, String)> = self.entries.iter().map(|e| (e.feed, e.id.clone())).collect();
        let from = &mut self.feeds[feed];
        from.words_of(&board, &self.config);
        let before = from.board.replace(board.clone());
        let is_first = before.is_none();
        // When it was true: a board from the disk that does not say so was noted when it came.
        if !from.chronicle.is_of(&board) && !from.own_days.days().is_empty() {
            from.chronicle = from.own_days.for_life_of(&board);
        }
        if let Some(at) = board.as_of.or(from.health.as_ref().and_then(|health| health.last_good)) {
            from.chronicle.note(&board, at, from.clock.zone());
        }
        let quiet = quiet || is_first || from.band(now).0 >= Band::Warned;
        from.windows_at = from.show_time(now).wall_us;
        let on = self.playlist.current(now.t).and_then(|on| Some((ids.get(on.slide)?.clone(), on)));
        let page = on.as_ref().filter(|((of, _), _)| *of == feed).map(|((_, id), on)| (id.as_str(), on.page));
        self.update_entries(feed, &board, now, quiet, page, fonts);
        let items = self.items(now);
        if was_empty {
            self.playlist = Playlist::new(items, now.t);
            return;
        }
        // Indices changed with the board; the programme is laid out anew around the slide that is on.
        let place = |(feed, id): &(usize, String)| self.entries.iter().position(|e| e.feed == *feed && e.id == *id);
        self.playlist.replace_items(items, |i| ids.get(i).and_then(place), now.t);
        let still = on.and_then(|(id, on)| Some((place(&id)?, on.since)));
        if let Some((slide, since)) = still.filter(|(slide, _)| self.entries[*slide].feed == feed) {
            self.extend_for_change(slide, since, now);
            if let Some(page) = self.entries[slide].slide.turns_to() {
                self.playlist.turn(now.t, page, now.t.after(CLIMBED_S));
            }
        }
        if !quiet {
            self.want_race_after(feed, before.as_deref(), &board, now.t);
        }
    }

    /// Makes the slides of a feed's board; a slide that was there before is updated. Those of other feeds stay. `on` is
    /// the slide on the wall and its page, if it is one of them.
    fn update_entries(
        &mut self,
        feed: usize,
        board: &Board,
        now: Now,
        quiet: bool,
        on: Option<(&str, usize)>,
        fonts: &mut Fonts,
    ) {
        let screen = self.screen();
        let from = &self.feeds[feed];
        let (mut old, others): (Vec<SlideEntry>, Vec<SlideEntry>) =
            std::mem::take(&mut self.entries).into_iter().partition(|e| e.feed == feed);
        let mut made = Vec::new();
        for data in &board.slides {
            let page = on.filter(|(id, _)| *id == data.id).map(|(_, page)| page);
            let story = &Story::of(&from.chronicle, board, data, from.clock.zone());
            let (locale, now) = (&from.locale, from.show_time(now));
            let ctx = Ctx { board, data, screen: &screen, locale, now, page, story, quiet };
            let known = old.iter().position(|e| e.id == data.id && e.kind == data.body.kind());
            let (slide, extended_at) = match known {
                Some(i) => {
                    let SlideEntry { mut slide, extended_at, .. } = old.swap_remove(i);
                    slide.update(&ctx, fonts);
                    (slide, extended_at)
                }
                None => (slides::build(&ctx, fonts), None),
            };
            made.push(SlideEntry {
                feed,
                id: data.id.clone(),
                kind: data.body.kind(),
                slide,
                window: (data.start, data.end),
                dwell_s: data.dwell_s,
                stale_from: programme::stale_from(data, self.config.celebrations.winner_h),
                broken: AtomicBool::new(false),
                ours: teams::shows(board, &self.config.screen.teams, data),
                extended_at,
            });
        }
        let (before, after): (Vec<SlideEntry>, Vec<SlideEntry>) = others.into_iter().partition(|e| e.feed < feed);
        self.entries = before.into_iter().chain(made).chain(after).collect();
    }

    fn extend_for_change(&mut self, slide: usize, since: Time, now: Now) {
        if self.is_trailer(self.entries[slide].feed) {
            return;
        }
        let left = self.playlist.current(now.t).and_then(|on| on.until).map_or(0.0, |until| until.since(now.t));
        if self.takes_all(slide, now.t, left + EXTEND_S) {
            return;
        }
        let entry = &mut self.entries[slide];
        if entry.slide.busy_until() > Some(now.t) && entry.extended_at != Some(since) {
            entry.extended_at = Some(since);
            self.playlist.extend(now.t, EXTEND_S);
        }
    }
}
