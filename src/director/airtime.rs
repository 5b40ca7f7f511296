//! Keeps how long each kind of slide has been on lately, so that none fills the wall while others wait (DESIGN 5, Dwell).

use std::collections::VecDeque;

use super::Director;
use super::queue::Tier;
use crate::motion::Time;

/// The length of the past that counts, in seconds.
const WINDOW_S: f64 = 180.0;
/// A kind gets at most so much of it: what holds a slide for a moment may then bring it to 40 %.
const MOST_S: f64 = 0.3 * WINDOW_S;
/// The same with what holds a slide for a moment: two seconds less than 40 %.
const MOST_EVER_S: f64 = 0.4 * WINDOW_S - 2.0;
/// With fewer kinds than this, each has a larger share in any case.
const FEWEST_KINDS: usize = 3;
/// After a longer sleep the missed turns are not computed one by one.
const LONGEST_SLEEP_S: f64 = 86_400.0;

/// Which kinds were on, each with its start and end.
#[derive(Default)]
pub(super) struct Airtime {
    spans: VecDeque<(&'static str, Time, Time)>,
    /// Everything up to here is known.
    until: Time,
}

impl Airtime {
    /// How long a kind was on in the minutes before an instant, in seconds.
    fn of(&self, kind: &str, at: Time) -> f64 {
        let from = at.after(-WINDOW_S);
        let own = self.spans.iter().filter(|(of, ..)| *of == kind);
        own.map(|(_, start, end)| end.since((*start).max(from)).max(0.0)).sum()
    }
}

impl Director {
    /// Notes what has been on until `at`. Under a takeover nothing is.
    pub(super) fn note_airtime(&mut self, at: Time) {
        let mut t = self.airtime.until.max(at.after(-WINDOW_S));
        while t < at {
            let Some(on) = self.playlist.current(t) else { break };
            let hidden = self.celebrations.queue.current(t).filter(|c| c.tier == Tier::Takeover);
            let begins = self.celebrations.queue.plan().iter().filter(|c| c.tier == Tier::Takeover && c.start > t);
            let ends = [on.until, hidden.map(|c| c.end), begins.map(|c| c.start).min()].into_iter().flatten();
            let end = ends.filter(|end| *end > t).min().map_or(at, |end| end.min(at));
            if hidden.is_none() {
                let kind = self.entries[on.slide].kind;
                match self.airtime.spans.back_mut().filter(|(of, _, until)| *of == kind && *until == t) {
                    Some((.., until)) => *until = end,
                    None => self.airtime.spans.push_back((kind, t, end)),
                }
            }
            t = end;
        }
        self.airtime.until = self.airtime.until.max(at);
        let old = at.after(-WINDOW_S);
        while self.airtime.spans.front().is_some_and(|(.., end)| *end < old) {
            self.airtime.spans.pop_front();
        }
    }

    /// Whether a slide that is on for so many seconds from `at` would bring its kind over its limit while others wait.
    pub(super) fn takes_too_much(&self, slide: usize, at: Time, seconds: f64) -> bool {
        let kind = self.entries[slide].kind;
        let mut kinds: Vec<&str> = self.playlist.slides().map(|slide| self.entries[slide].kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds.len() >= FEWEST_KINDS && self.airtime.of(kind, at) + seconds > MOST_S
    }

    /// Whether so many seconds more of a slide would bring its kind over the limit of 40 % while others wait.
    pub(super) fn takes_all(&self, slide: usize, at: Time, seconds: f64) -> bool {
        self.takes_too_much(slide, at, seconds - (MOST_EVER_S - MOST_S))
    }

    /// When the programme next comes to another item, if the item has to be chosen then.
    pub(super) fn next_turn(&self, now: Time) -> Option<Time> {
        if self.keeps_step() || now.since(self.advanced) > LONGEST_SLEEP_S {
            return None;
        }
        self.playlist.current(self.advanced)?.until.filter(|until| *until > self.advanced)
    }

    /// Called when the programme comes to another item: skips items whose kind has had its time.
    pub(super) fn pass_over(&mut self, at: Time) {
        let waits: Vec<usize> = self.playlist.slides().collect();
        let over: Vec<usize> = waits
            .iter()
            .copied()
            .filter(|slide| self.takes_too_much(*slide, at, self.playlist.dwell_s(*slide)))
            .collect();
        if over.len() < waits.len() {
            self.playlist.pass_over(at, |slide| over.contains(&slide));
        }
    }
}
