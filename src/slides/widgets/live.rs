//! Remembers until when what a slide shows is news.

use std::ops::Deref;

use crate::motion::Time;
use crate::slides::context::Ctx;

/// How long a change is news on most slides, in seconds.
pub const NEWS_S: f64 = 1.6;

/// What a slide shows, and since when it is new.
pub(crate) struct Live<T> {
    shown: T,
    changed: Option<Time>,
}

impl<T> Live<T> {
    /// A value that was there from the start: no news.
    pub fn still(shown: T) -> Live<T> {
        Live { shown, changed: None }
    }

    /// Replaces the value by that of a newer board, and returns the old one. It is news unless rank motion stops.
    pub fn take(&mut self, shown: T, ctx: &Ctx) -> T {
        self.changed = (!ctx.quiet).then_some(ctx.now.t);
        self.amend(shown)
    }

    /// Replaces the value by one that says the same in another way: no news.
    pub fn amend(&mut self, shown: T) -> T {
        std::mem::replace(&mut self.shown, shown)
    }

    /// When it became what it is, while people could see it.
    pub fn changed(&self) -> Option<Time> {
        self.changed
    }

    /// Until when the last change is news, for news that lasts `news_s`.
    pub fn news_until(&self, news_s: f64) -> Option<Time> {
        self.changed.map(|at| at.after(news_s))
    }
}

impl<T> Deref for Live<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.shown
    }
}
