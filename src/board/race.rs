//! Tells how a period was run: the order of a ranking on each of its kept days (DESIGN 6.1, The race).
//!
//! A day that nobody saw is left out, and a change of the lead is told only where its day is proven.

use std::collections::HashMap;

use jiff::civil::Date;

use super::chronicle::{Chronicle, Standing, follows, period_key};
use super::{Board, Body, RankStyle, SlideData, rank};

/// Fewer days are no story, and fewer people no race.
const FEWEST_DAYS: usize = 5;
const FEWEST_PEOPLE: usize = 4;

/// The days of one ranking in the period that it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Race {
    /// The oldest first; the last one is today.
    pub days: Vec<Date>,
    /// In the order of the ranking as it is now.
    pub runners: Vec<Runner>,
    pub changes: Vec<LeadChange>,
}

/// Somebody's way.
#[derive(Debug, Clone, PartialEq)]
pub struct Runner {
    /// Their id.
    pub who: String,
    /// From the top, 0 first, at the end of each day; none before they had a place.
    pub lanes: Vec<Option<u32>>,
}

/// Somebody took the lead on a day, and had it at its end.
#[derive(Debug, Clone, PartialEq)]
pub struct LeadChange {
    /// Index of the day.
    pub day: usize,
    /// Their id.
    pub who: String,
}

impl Race {
    /// What the kept days and the board that was noted last tell of one of its slides.
    pub fn of(chronicle: &Chronicle, board: &Board, slide: &SlideData) -> Option<Race> {
        let Body::Ranking(r) = &slide.body else { return None };
        if r.rank == RankStyle::None {
            return None;
        }
        let period = period_key(slide.period.as_ref());
        let seen = |day: &super::chronicle::Day| {
            let standing = day.rankings.get(&slide.id).filter(|standing| standing.period == period)?;
            Some((day.date, standing.clone()))
        };
        let kept: Vec<(Date, Standing)> = chronicle.days().iter().filter_map(seen).collect();
        let order: Vec<&str> = rank::places(board, slide)
            .into_iter()
            .filter(|place| place.rank.is_some())
            .map(|place| r.rows[place.row].who.id.as_str())
            .collect();
        if kept.len() < FEWEST_DAYS || order.len() < FEWEST_PEOPLE {
            return None;
        }
        let lanes: Vec<HashMap<&str, u32>> = kept.iter().map(|(_, standing)| lanes(standing, &order)).collect();
        let of = |who: &&str| Runner {
            who: (*who).to_owned(),
            lanes: lanes.iter().map(|day| day.get(who).copied()).collect(),
        };
        let runners: Vec<Runner> = order.iter().map(of).collect();
        let is_run = runners.iter().any(|runner| {
            let mut known = runner.lanes.iter().flatten();
            let first = known.next();
            known.any(|lane| Some(lane) != first)
        });
        // The ends of the ribbons are the rows of the board: one that was not noted has others.
        let is_now = runners.iter().enumerate().all(|(i, of)| of.lanes.last().copied().flatten() == Some(i as u32));
        (is_run && is_now).then(|| Race {
            days: kept.iter().map(|(date, _)| *date).collect(),
            runners,
            changes: changes(&kept),
        })
    }
}

/// The lane of each on a day: those who share a place stand in the order that they have now.
fn lanes<'a>(standing: &Standing, order: &[&'a str]) -> HashMap<&'a str, u32> {
    let mut shared: HashMap<u32, u32> = HashMap::new();
    let lane = |who: &&'a str| {
        let place = *standing.places.get(*who)?;
        let before = shared.entry(place).or_default();
        *before += 1;
        Some((*who, place.saturating_sub(1) + *before - 1))
    };
    order.iter().filter_map(lane).collect()
}

/// The days on which a board saw somebody take the lead from somebody who is still known.
fn changes(kept: &[(Date, Standing)]) -> Vec<LeadChange> {
    let mut changes = Vec::new();
    for (i, pair) in kept.windows(2).enumerate() {
        let [(earlier, before), (later, after)] = pair else { continue };
        let (Some(was), Some(first), Some(is)) = (before.leaders.last(), after.leaders.first(), after.leaders.last())
        else {
            continue;
        };
        // Who led in the morning led the evening before: else the change may belong to either day, or to one between.
        let is_proven = follows(*earlier, *later) && was == first;
        if is_proven && was != is && after.leaders.iter().all(|leader| Standing::is_sole(leader)) {
            changes.push(LeadChange { day: i + 1, who: is.clone() });
        }
    }
    changes
}
