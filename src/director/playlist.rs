//! Decides what is on when: a pure function of the instant and of what was recorded when something last changed.

use crate::motion::{Now, Time};

/// A slide does not come back for a shorter time than this, in seconds.
const MOMENT_S: f64 = 3.0;
/// Screens that differ by at most this are in step, in microseconds: less than a frame.
const IN_STEP_US: i64 = 5_000;

/// One entry of the programme.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaylistItem {
    /// Index into the director's slides.
    pub slide: usize,
    /// Which of its pages.
    pub page: usize,
    /// How many pages take turns here, one each time round; 1: it is always [`page`](Item::page).
    pub in_turn: usize,
    /// How long it is on, in seconds.
    pub dwell_s: f64,
}

impl PlaylistItem {
    fn page(&self, round: u64) -> usize {
        if self.in_turn > 1 { (round % self.in_turn as u64) as usize } else { self.page }
    }
}

/// What is on at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OnScreen {
    /// Index into the director's slides.
    pub slide: usize,
    /// Which of its pages.
    pub page: usize,
    /// Since when.
    pub since: Time,
    /// Since when the slide has been on, whichever of its pages.
    pub slide_since: Time,
    /// Until when; none while it is the only one.
    pub until: Option<Time>,
    /// Slide and page that were on before, if any were.
    pub before: Option<(usize, usize)>,
    /// Since when that slide had been on, whichever of its pages.
    pub before_since: Time,
    /// How many items have been on since the programme was laid out.
    pub count: u64,
    /// How often the programme has gone round.
    pub round: u64,
}

/// A slide shown out of turn: where a celebration's result plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Detour {
    slide: usize,
    page: usize,
    since: Time,
    slide_since: Time,
    until: Time,
    before: Option<(usize, usize)>,
    before_since: Time,
}

/// The programme: items in a circle, one of which was on at a recorded instant.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Playlist {
    items: Vec<PlaylistItem>,
    detour: Option<Detour>,
    /// Position in `items` of what was on at `since`.
    at: usize,
    since: Time,
    slide_since: Time,
    until: Time,
    before: Option<(usize, usize)>,
    before_since: Time,
    count: u64,
    round: u64,
    /// Until when a slide stays that a person chose instead of the clock's.
    free_until: Option<Time>,
}

impl Playlist {
    /// A programme whose first item comes on at `now`.
    pub fn new(items: Vec<PlaylistItem>, now: Time) -> Playlist {
        let until = items.first().map_or(now, |i| now.after(i.dwell_s));
        let (since, slide_since, before_since) = (now, now, now);
        Playlist {
            items,
            detour: None,
            at: 0,
            since,
            slide_since,
            until,
            before: None,
            before_since,
            count: 0,
            round: 0,
            free_until: None,
        }
    }

    /// Shows what is on by the clock alone: every screen with these items shows the same at the same time, whenever it was
    /// started. What is out of turn stays so for its time.
    pub fn keep_step(&mut self, now: Now) {
        let n = self.items.len();
        let lengths: Vec<i64> = self.items.iter().map(|item| Time::ZERO.after(item.dwell_s.max(0.1)).0).collect();
        let round: i64 = lengths.iter().sum();
        let is_free =
            self.free_until.is_some_and(|until| now.t < until) || self.detour.is_some_and(|d| now.t < d.until);
        if n < 2 || round <= 0 || is_free {
            return;
        }
        let (turn, mut left) = (now.wall_us.div_euclid(round), now.wall_us.rem_euclid(round));
        let mut at = 0;
        while left >= lengths[at] {
            left -= lengths[at];
            at += 1;
        }
        let turn = turn.max(0).unsigned_abs();
        let since = Time(now.t.0 - left);
        let (slide, page) = (self.items[at].slide, self.items[at].page(turn));
        let is_on = |on: &OnScreen| {
            (on.slide, on.page, on.round) == (slide, page, turn) && (on.since.0 - since.0).abs() <= IN_STEP_US
        };
        let on = self.current(now.t);
        if on.as_ref().is_some_and(is_on) {
            return;
        }
        let last_at = (at + n - 1) % n;
        let last = &self.items[last_at];
        let before = (last.slide, last.page(if at == 0 { turn.saturating_sub(1) } else { turn }));
        let slide_since = self.came_on(at, since).unwrap_or(since);
        let before_since = self.came_on(last_at, since.after(-last.dwell_s)).unwrap_or(since);
        *self = Playlist {
            items: std::mem::take(&mut self.items),
            detour: None,
            at,
            since,
            slide_since,
            until: Time(since.0 + lengths[at]),
            before: on.map(|_| before),
            before_since,
            count: turn.saturating_mul(n as u64).saturating_add(at as u64),
            round: turn,
            free_until: None,
        };
    }

    /// Replaces the programme. The item that is on stays for the rest of its time if the new programme has it; else the first
    /// item comes on. `index` says where a slide of the old programme is now.
    pub fn replace_items(&mut self, items: Vec<PlaylistItem>, index: impl Fn(usize) -> Option<usize>, now: Time) {
        let moved = |(slide, page): (usize, usize)| {
            Some((index(slide)?, page)).filter(|(s, _)| items.iter().any(|i| i.slide == *s))
        };
        // A slide shown out of turn stays so, and what comes after it is looked for behind its end.
        let detour = self
            .detour
            .filter(|d| now < d.until)
            .and_then(|d| Some(Detour { slide: moved((d.slide, d.page))?.0, before: d.before.and_then(moved), ..d }));
        let at = detour.map_or(now, |d| d.until);
        self.detour = None;
        let Some(on) = self.current(at) else {
            *self = Playlist { detour, ..Playlist::new(items, at) };
            return;
        };
        let (slide, page, before) = (index(on.slide), on.page, on.before.and_then(moved));
        let same = |i: &PlaylistItem| Some(i.slide) == slide && i.page(on.round) == page;
        let found = items.iter().position(same).or_else(|| items.iter().position(|i| Some(i.slide) == slide));
        let Some(found) = found else {
            *self = Playlist { detour, count: on.count + 1, round: on.round, ..Playlist::new(items, at) };
            return;
        };
        let until = on.until.unwrap_or(on.since.after(items[found].dwell_s)).max(at);
        let OnScreen { since, slide_since, before_since, count, round, .. } = on;
        let free_until = self.free_until;
        *self = Playlist {
            items,
            detour,
            at: found,
            since,
            slide_since,
            until,
            before,
            before_since,
            count,
            round,
            free_until,
        };
    }

    /// The item that is on at `now` stays until `t` at least.
    pub fn hold(&mut self, now: Time, t: Time) {
        if let Some(detour) = self.detour.as_mut().filter(|d| now < d.until) {
            let more = t.since(detour.until).max(0.0);
            detour.until = detour.until.after(more);
            if self.slide_since == self.since {
                self.slide_since = self.since.after(more);
            }
            (self.since, self.until) = (self.since.after(more), self.until.after(more));
            return;
        }
        self.settle(now);
        self.until = self.until.max(t);
    }

    /// Shows a page of a slide out of turn from `now` until `t`, if it is in the programme; then what was on goes on.
    pub fn detour(&mut self, now: Time, (slide, page): (usize, usize), t: Time) {
        if !self.items.iter().any(|i| i.slide == slide) || self.items.len() < 2 {
            return;
        }
        let Some(on) = self.current(now).filter(|on| (on.slide, on.page) != (slide, page)) else { return };
        let left = match self.detour.filter(|d| now < d.until) {
            Some(_) => self.until.since(self.since),
            None => {
                self.settle(now);
                self.until.since(now)
            }
        };
        // An item that would come back only for a moment does not come back.
        let left = if left < MOMENT_S {
            self.at = (self.at + 1) % self.items.len();
            self.round += u64::from(self.at == 0);
            self.count += 1;
            self.items[self.at].dwell_s
        } else {
            left
        };
        let before = Some((on.slide, on.page));
        let slide_since = if on.slide == slide { on.slide_since } else { now };
        let before_since = on.slide_since;
        self.detour = Some(Detour { slide, page, since: now, slide_since, until: t, before, before_since });
        (self.since, self.until, self.before) = (t, t.after(left), Some((slide, page)));
        self.slide_since = if self.items[self.at].slide == slide { slide_since } else { t };
        self.before_since = slide_since;
    }

    /// The slide that is on turns to another of its pages and stays there until `t` at least.
    pub fn turn(&mut self, now: Time, page: usize, t: Time) {
        let Some(on) = self.current(now) else { return };
        let until = self.detour.filter(|d| now < d.until).map_or(t, |d| d.until.max(t));
        self.detour(now, (on.slide, page), until);
        if let Some(detour) = self.detour.as_mut().filter(|d| d.since == now && d.page == page) {
            (detour.since, detour.before) = (on.since, Some((on.slide, page)));
        }
    }

    /// The item that is on at `now` leaves at `t`, if it would stay longer.
    pub fn leave(&mut self, now: Time, t: Time) {
        if self.items.len() < 2 {
            return;
        }
        if let Some(detour) = self.detour.as_mut().filter(|d| now < d.until) {
            let less = detour.until.since(t).max(0.0);
            detour.until = detour.until.after(-less);
            (self.since, self.until) = (self.since.after(-less), self.until.after(-less));
            return;
        }
        self.settle(now);
        self.until = self.until.min(t);
    }

    /// The item that is on now stays `s` seconds longer.
    pub fn extend(&mut self, now: Time, s: f64) {
        let until = self.current(now).and_then(|on| on.until);
        if let Some(until) = until {
            self.hold(now, until.after(s));
        }
    }

    /// The slides that take turns, each once for each of its items.
    pub fn slides(&self) -> impl Iterator<Item = usize> {
        self.items.iter().map(|item| item.slide)
    }

    /// How long an item of a slide is on, in seconds.
    pub fn dwell_s(&self, slide: usize) -> f64 {
        self.items.iter().find(|item| item.slide == slide).map_or(0.0, |item| item.dwell_s)
    }

    /// An item comes on at `now`: if `over` is true for it, the next item comes on for which it is false.
    pub fn pass_over(&mut self, now: Time, over: impl Fn(usize) -> bool) {
        self.settle(now);
        if self.detour.is_some() || self.since != now {
            return;
        }
        let n = self.items.len();
        let Some(more) = (0..n).find(|more| !over(self.items[(self.at + more) % n].slide)) else { return };
        if more == 0 {
            return;
        }
        self.round += u64::from(self.at + more >= n);
        self.count += more as u64;
        self.at = (self.at + more) % n;
        self.until = now.after(self.items[self.at].dwell_s.max(0.1));
        self.slide_since = match self.before {
            Some((slide, _)) if slide == self.items[self.at].slide => self.before_since,
            _ => now,
        };
    }

    /// Goes `n` items forward, or back.
    pub fn skip(&mut self, now: Time, n: i64) {
        self.detour = None;
        self.settle(now);
        let len = self.items.len() as i64;
        if len < 2 {
            return;
        }
        let was = &self.items[self.at];
        let was = (was.slide, was.page(self.round));
        self.before_since = self.slide_since;
        let to = self.at as i64 + n;
        self.round = self.round.saturating_add_signed(to.div_euclid(len));
        self.at = to.rem_euclid(len) as usize;
        (self.since, self.until) = (now, now.after(self.items[self.at].dwell_s));
        if self.items[self.at].slide != was.0 {
            self.slide_since = now;
        }
        self.before = Some(was);
        self.count += 1;
        self.free_until = Some(self.until);
    }

    /// What is on at `t`; none where there is nothing to show.
    pub fn current(&self, t: Time) -> Option<OnScreen> {
        let n = self.items.len();
        if n == 0 {
            return None;
        }
        if let Some(d) = self.detour.filter(|d| d.since <= t && t < d.until) {
            let (count, round) = (self.count, self.round);
            return Some(OnScreen {
                slide: d.slide,
                page: d.page,
                since: d.since,
                slide_since: d.slide_since,
                until: Some(d.until),
                before: d.before,
                before_since: d.before_since,
                count,
                round,
            });
        }
        if n == 1 {
            let (slide, page) = (self.items[0].slide, self.items[0].page(self.round));
            let Playlist { since, slide_since, before, before_since, count, round, .. } = *self;
            return Some(OnScreen { slide, page, since, slide_since, until: None, before, before_since, count, round });
        }
        let (mut at, mut since, mut until) = (self.at, self.since, self.until);
        let (mut before, mut count, mut turn) = (self.before, self.count, self.round);
        let (mut slide_since, mut before_since) = (self.slide_since, self.before_since);
        // Whole rounds are skipped at once; what is left is at most one round.
        let round: i64 = self.items.iter().map(|i| Time::ZERO.after(i.dwell_s).0).sum();
        if t >= until && round > 0 {
            let rounds = (t.0 - until.0) / round;
            if rounds > 0 {
                since = Time(until.0 + rounds * round - Time::ZERO.after(self.items[at].dwell_s).0);
                until = Time(until.0 + rounds * round);
                turn += rounds as u64;
                let last_at = (at + n - 1) % n;
                let last = &self.items[last_at];
                before = Some((last.slide, last.page(if at == 0 { turn - 1 } else { turn })));
                slide_since = self.came_on(at, since).unwrap_or(slide_since);
                before_since = self.came_on(last_at, since.after(-last.dwell_s)).unwrap_or(slide_since);
                count += rounds as u64 * n as u64;
            }
        }
        while t >= until {
            let left = self.items[at].slide;
            before = Some((left, self.items[at].page(turn)));
            at = (at + 1) % n;
            turn += u64::from(at == 0);
            before_since = slide_since;
            since = until;
            if self.items[at].slide != left {
                slide_since = since;
            }
            until = since.after(self.items[at].dwell_s.max(0.1));
            count += 1;
        }
        let (slide, page) = (self.items[at].slide, self.items[at].page(turn));
        Some(OnScreen { slide, page, since, slide_since, until: Some(until), before, before_since, count, round: turn })
    }

    /// When the slide of the item `at`, which comes on at `since`, came on with the first of its pages in a row; none where
    /// there is no other slide.
    fn came_on(&self, at: usize, since: Time) -> Option<Time> {
        let (n, slide) = (self.items.len(), self.items[at].slide);
        let earlier = (1..n).map(|back| &self.items[(at + n - back) % n]);
        let row = earlier.take_while(|i| i.slide == slide);
        let came = row.fold(since, |t, i| t.after(-i.dwell_s));
        self.items.iter().any(|i| i.slide != slide).then_some(came)
    }

    /// Records where the programme is now.
    fn settle(&mut self, now: Time) {
        self.detour = self.detour.filter(|d| now < d.until);
        if let Some(on) = self.current(now) {
            if let Some(at) = self.items.iter().position(|i| i.slide == on.slide && i.page(on.round) == on.page) {
                self.at = at;
            }
            self.round = on.round;
            self.since = on.since;
            self.slide_since = on.slide_since;
            self.until = on.until.unwrap_or(self.until);
            self.before = on.before;
            self.before_since = on.before_since;
            self.count = on.count;
        }
    }
}

#[cfg(test)]
mod tests;
