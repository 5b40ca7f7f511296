//! Keeps how long each kind of slide has been on lately: none takes the wall while others wait (DESIGN 5, Dwell).

use std::collections::VecDeque;

use super::Director;
use super::queue::Tier;
use crate::motion::Time;

/// What is looked back on, in seconds.
const WINDOW_S: f64 = 180.0;
/// So much of it a kind is given, so that with what holds a slide for a moment it has 40 % at most.
const MOST_S: f64 = 0.3 * WINDOW_S;
/// With what holds a slide for a moment: two seconds less than 40 %.
const MOST_EVER_S: f64 = 0.4 * WINDOW_S - 2.0;
/// Among fewer kinds one has more than that by itself.
const FEWEST_KINDS: usize = 3;
/// A longer sleep is not made up for turn by turn.
const LONGEST_SLEEP_S: f64 = 86_400.0;

/// What was on, and from when until when.
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

    /// Whether a slide on for so many seconds from `at` on would have its kind on for too long, while others wait.
    pub(super) fn takes_too_much(&self, slide: usize, at: Time, seconds: f64) -> bool {
        let kind = self.entries[slide].kind;
        let mut kinds: Vec<&str> = self.playlist.slides().map(|slide| self.entries[slide].kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds.len() >= FEWEST_KINDS && self.airtime.of(kind, at) + seconds > MOST_S
    }

    /// Whether so many seconds more of a slide would have its kind on for more than is ever given to one while others wait.
    pub(super) fn takes_all(&self, slide: usize, at: Time, seconds: f64) -> bool {
        self.takes_too_much(slide, at, seconds - (MOST_EVER_S - MOST_S))
    }

    /// When the programme next comes to another item, if somebody has to look which.
    pub(super) fn next_turn(&self, now: Time) -> Option<Time> {
        if self.keeps_step() || now.since(self.advanced) > LONGEST_SLEEP_S {
            return None;
        }
        self.playlist.current(self.advanced)?.until.filter(|until| *until > self.advanced)
    }

    /// The programme has come to another item: those whose kind has had its time are passed over.
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
