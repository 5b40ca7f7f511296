//! Carries the wall over to other settings or another size.

use super::feeds::WallFeed;
use super::{Director, SlideEntry};
use crate::motion::Now;
use crate::scene::Fonts;

impl Director {
    /// Goes on where the director of older settings was. `from` says for each feed which one it was there.
    pub fn take_over(&mut self, old: Director, from: &[Option<usize>], now: Now, fonts: &mut Fonts) {
        let place = |was: usize| from.iter().position(|feed| *feed == Some(was));
        let slide = |e: &SlideEntry| place(e.feed).map(|feed| (feed, e.id.clone()));
        let were: Vec<Option<(usize, String)>> = old.entries.iter().map(slide).collect();
        self.held = old.held;
        self.note = old.note;
        self.celebrations = old.celebrations;
        self.celebrations.queue.reindex_feeds(place);
        self.advanced = old.advanced;
        let mut feeds: Vec<Option<WallFeed>> = old.feeds.into_iter().map(Some).collect();
        let mut boards = Vec::new();
        for (i, was) in from.iter().enumerate().take(self.feeds.len()) {
            if let Some(mut feed) = was.and_then(|was| feeds.get_mut(was)?.take()) {
                boards.extend(feed.board.take().map(|board| (i, board)));
                self.feeds[i] = WallFeed { name: self.feeds[i].name.take(), ..feed };
            }
        }
        for (feed, board) in boards {
            self.show_board(feed, board, now, true, fonts);
            if let Some(newest) = self.feeds[feed].newest.clone() {
                self.feeds[feed].words_of(&newest, &self.config);
            }
        }
        self.add_notices(now, fonts);
        self.rebuild_note(now, fonts);
        // What was on stays on, for the rest of its time.
        let is = |at: usize| {
            let (feed, id) = were.get(at)?.as_ref()?;
            self.entries.iter().position(|e| e.feed == *feed && e.id == *id)
        };
        let items = self.items(now);
        let mut playlist = old.playlist;
        playlist.replace_items(items, is, now.t);
        self.playlist = playlist;
    }

    /// The picture got another size.
    pub fn resize(&mut self, size: [u32; 2], now: Now, fonts: &mut Fonts) {
        if self.host.size != size {
            self.host.size = size;
            self.rebuild_note(now, fonts);
            self.entries.clear();
            for feed in 0..self.feeds.len() {
                if let Some(board) = self.feeds[feed].board.clone() {
                    self.show_board(feed, board, now, true, fonts);
                }
            }
            self.add_notices(now, fonts);
        }
    }
}
