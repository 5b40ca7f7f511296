//! Keeps what earlier days said: of each ranking the places, the leaders and the sum, as the last board of a day had them.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::rank;
use super::{Board, Body, EventKind, Period};

/// A month and the week before it.
const MAX_DAYS: usize = 40;
/// Rankings of a day, places of a ranking, changes of the lead on one day, people with a deal: more is left out, and then
/// nothing is said about it.
const MAX_RANKINGS: usize = 8;
const MAX_PLACES: usize = 60;
const MAX_LEADERS: usize = 12;
const MAX_SOLD: usize = 200;

/// In the place of a leader: several shared the lead, or the leader is no longer on the board.
const SHARED: &str = "=";
const GONE: &str = "";

/// The days of one board, the oldest first. It is bounded, and who is no longer on the board is forgotten.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Chronicle {
    /// Id and epoch of the board: another one begins anew.
    of: (String, Option<String>),
    days: Vec<Day>,
}

/// One day on the floor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Day {
    pub date: Date,
    /// Who closed a deal on it.
    pub sold: BTreeSet<String>,
    /// By the ids of their slides.
    pub rankings: BTreeMap<String, Standing>,
}

/// A ranking on one day.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Standing {
    /// Which period it counted.
    pub period: String,
    /// Who led, one after the other, as the boards of the day had it.
    pub leaders: Vec<String>,
    /// Places at the end of the day.
    pub places: BTreeMap<String, u32>,
}

impl Standing {
    /// Whether somebody alone was first, and is still known.
    pub fn is_sole(leader: &str) -> bool {
        leader != SHARED && leader != GONE
    }

    fn led_by(&mut self, leader: &str) {
        if self.leaders.last().is_some_and(|last| last == leader) {
            return;
        }
        // The last is always the one who leads now.
        self.leaders.truncate(MAX_LEADERS - 1);
        self.leaders.push(leader.to_owned());
    }
}

impl Chronicle {
    /// All days, the oldest first.
    pub fn days(&self) -> &[Day] {
        &self.days
    }

    /// Whether these are days of this life of a board.
    pub fn is_of(&self, board: &Board) -> bool {
        self.of == (board.id.clone(), board.epoch.clone())
    }

    /// The same days, as those of this life of a board: a show brings its own.
    pub fn for_life_of(&self, board: &Board) -> Chronicle {
        Chronicle { of: (board.id.clone(), board.epoch.clone()), days: self.days.clone() }
    }

    /// Takes in a board that was true at `at`. One from a day before the last one says nothing.
    pub fn note(&mut self, board: &Board, at: Timestamp, zone: &TimeZone) {
        if !self.is_of(board) {
            *self = Chronicle::default().for_life_of(board);
        }
        let date_of = |at: Timestamp| at.to_zoned(zone.clone()).date();
        let date = date_of(at);
        let last = self.days.last().map(|day| day.date);
        if last.is_some_and(|last| date < last) {
            return;
        }
        if last != Some(date) {
            self.days.push(Day { date, sold: BTreeSet::new(), rankings: BTreeMap::new() });
            let over = self.days.len().saturating_sub(MAX_DAYS);
            self.days.drain(..over);
        }
        let Some(day) = self.days.last_mut() else { return };
        let won = board.events.iter().filter(|event| event.kind == EventKind::Won && date_of(event.at) == date);
        day.sold.extend(won.flat_map(|event| event.who.iter().map(|who| who.id.clone())));
        while day.sold.len() > MAX_SOLD {
            day.sold.pop_last();
        }
        day.note_rankings(board);
        self.forget_others(board);
    }

    /// Who is no longer on a ranking leaves no trace on it.
    fn forget_others(&mut self, board: &Board) {
        let rows = board.slides.iter().filter_map(|slide| match &slide.body {
            Body::Ranking(r) => Some((slide.id.as_str(), r.rows.iter().map(|row| row.who.id.as_str()).collect())),
            _ => None,
        });
        let rows: BTreeMap<&str, HashSet<&str>> = rows.collect();
        let anywhere: HashSet<&str> = rows.values().flatten().copied().collect();
        for day in &mut self.days {
            day.sold.retain(|who| anywhere.contains(who.as_str()));
            day.rankings.retain(|slide, _| rows.contains_key(slide.as_str()));
            for (slide, standing) in &mut day.rankings {
                let Some(on) = rows.get(slide.as_str()) else { continue };
                standing.places.retain(|who, _| on.contains(who.as_str()));
                let others = |who: &&mut String| Standing::is_sole(who) && !on.contains(who.as_str());
                standing.leaders.iter_mut().filter(others).for_each(|who| GONE.clone_into(who));
            }
        }
    }
}

impl Day {
    fn note_rankings(&mut self, board: &Board) {
        let rankings = board.slides.iter().filter_map(|slide| match &slide.body {
            Body::Ranking(r) => Some((slide, r)),
            _ => None,
        });
        for (slide, r) in rankings.take(MAX_RANKINGS) {
            let period = period_key(slide.period.as_ref());
            let standing = self.rankings.entry(slide.id.clone()).or_default();
            if standing.period != period {
                *standing = Standing { period, ..Standing::default() };
            }
            let places = rank::places(board, slide);
            let ranked = || places.iter().filter_map(|p| Some((r.rows[p.row].who.id.as_str(), p.rank?)));
            standing.places = ranked().take(MAX_PLACES).map(|(id, rank)| (id.to_owned(), rank)).collect();
            let mut first = ranked().filter(|(_, rank)| *rank == 1).map(|(id, _)| id);
            match (first.next(), first.next()) {
                (Some(leader), None) => standing.led_by(leader),
                (Some(_), Some(_)) => standing.led_by(SHARED),
                (None, _) => {}
            }
        }
    }
}

/// What tells one period from another.
pub(super) fn period_key(period: Option<&Period>) -> String {
    let Some(period) = period else { return String::new() };
    let start = period.start.map(|at| at.to_string()).unwrap_or_default();
    format!("{start} {}", period.label.as_deref().unwrap_or_default())
}

/// Whether nothing but a weekend lies between two days.
pub(super) fn follows(earlier: Date, later: Date) -> bool {
    let mut day = earlier;
    while let Ok(next) = day.tomorrow() {
        if next >= later {
            return next == later;
        }
        if !is_weekend(next) {
            return false;
        }
        day = next;
    }
    false
}

pub(super) fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}
