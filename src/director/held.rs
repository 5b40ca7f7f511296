//! Boards that wait: no slide shows a change before the celebration that announces it (DESIGN 5, Interrupts).

use std::sync::Arc;

use super::Director;
use super::feeds::{HeldBoard, WallFeed};
use super::queue::Tier;
use crate::board::Board;
use crate::motion::{Now, Time};
use crate::scene::Fonts;

/// No board waits longer for its celebration, in seconds: a wall whose feed sends every 30 s stays less than 90 s behind it.
const LONGEST_S: f64 = 50.0;

impl Director {
    /// Shows a board, or lets it wait: until the events that it came with have been celebrated, and until what is on now
    /// is over. A board that comes while another one waits for a celebration to come replaces it.
    pub(super) fn hold_or_show(
        &mut self,
        feed: usize,
        board: Arc<Board>,
        quiet: bool,
        events: Vec<String>,
        now: Now,
        fonts: &mut Fonts,
    ) {
        let on = self.celebrations.queue.current(now.t).map_or(now.t, |celebration| celebration.end);
        // A race is told to its end before anything on it changes.
        let on = self.race_until().map_or(on, |until| on.max(until));
        let last = self.feeds[feed].held.last();
        // What is on now still plays its own result, without what came later.
        let joins = last.is_some_and(|held| events.is_empty() || self.is_to_come(feed, held, now.t));
        let held = &mut self.feeds[feed].held;
        match held.last_mut().filter(|_| joins) {
            Some(last) => {
                (last.board, last.quiet) = (board, last.quiet && quiet);
                last.not_before = last.not_before.max(on);
                last.events.extend(events);
            }
            None => held.push(HeldBoard { board, quiet, since: now.t, not_before: on, events }),
        }
        self.show_due_boards(feed, now, fonts);
    }

    /// Shows the boards of a feed whose time has come. A celebration that comes too late for its board no longer tells the
    /// places that the board has shown.
    pub(super) fn show_due_boards(&mut self, feed: usize, now: Now, fonts: &mut Fonts) {
        while self.feeds[feed].held.first().is_some_and(|held| self.released_at(feed, held) <= now.t) {
            let held = self.feeds[feed].held.remove(0);
            let told = |id: &str| held.events.iter().any(|event| event == id);
            for event in self.celebrations.queue.to_come_mut(now.t).filter(|event| event.feed == feed) {
                if told(&event.id) {
                    Arc::make_mut(&mut event.what).forget_places();
                }
            }
            self.write_models(now.t);
            self.show_board(feed, held.board, now, held.quiet, fonts);
        }
    }

    /// When the next board that waits is shown, and of which feed it is; not before `from`.
    pub(super) fn next_held(&self, from: Time) -> Option<(Time, usize)> {
        let first = |(i, feed): (usize, &WallFeed)| Some((self.released_at(i, feed.held.first()?).max(from), i));
        self.feeds.iter().enumerate().filter_map(first).min()
    }

    /// When a board no longer waits. The plan of celebrations may change that until then.
    pub(super) fn released_at(&self, feed: usize, held: &HeldBoard) -> Time {
        let ends = self.celebrations.queue.plan().iter().filter(|c| c.feed() == feed);
        // A line tells no place, and holds nothing.
        let told = ends
            .filter(|c| c.tier != Tier::Line)
            .filter(|c| c.events.iter().any(|e| held.events.contains(&e.id)))
            .map(|c| c.end)
            .max();
        told.map_or(held.not_before, |end| end.max(held.not_before)).min(held.since.after(LONGEST_S))
    }

    /// Whether a board waits for a celebration that has not begun.
    fn is_to_come(&self, feed: usize, held: &HeldBoard, now: Time) -> bool {
        let plan =
            self.celebrations.queue.plan().iter().filter(|c| c.feed() == feed && c.start > now && c.tier != Tier::Line);
        plan.flat_map(|c| &c.events).any(|event| held.events.contains(&event.id))
    }
}
