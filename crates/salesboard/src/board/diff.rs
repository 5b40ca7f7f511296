//! Compares two boards: what changed, and which is newer.

use std::collections::HashMap;

use super::rank::{Place, places};
use super::{Board, Body, SlideData};

/// One thing that changed. Slides and people are named by their ids.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Another epoch or another board: the two boards cannot be compared. It is always the only change.
    Reset,
    /// Metrics, people, teams, time zone or locale: every slide may read differently.
    Surroundings,
    /// The slides that both boards have are in another order.
    Reordered,
    /// A slide that was not there.
    SlideAdded {
        /// Slide.
        slide: String,
    },
    /// A slide that is gone.
    SlideRemoved {
        /// Slide.
        slide: String,
    },
    /// Something in a slide is different. Comes before the changes of its rows.
    SlideChanged {
        /// Slide.
        slide: String,
    },
    /// Another person leads, alone or in a tie. A list that had no leader before does not give this change.
    NewLeader {
        /// Slide.
        slide: String,
        /// Who leads now.
        who: String,
        /// Who led.
        was: String,
    },
    /// A row that was not there.
    RowAdded {
        /// Slide.
        slide: String,
        /// Row.
        who: String,
    },
    /// A row that is gone.
    RowRemoved {
        /// Slide.
        slide: String,
        /// Row.
        who: String,
    },
    /// A row has another place in the drawn order or another rank.
    Moved {
        /// Slide.
        slide: String,
        /// Row.
        who: String,
        /// Rank before.
        from: Option<u32>,
        /// Rank now.
        to: Option<u32>,
    },
    /// A row's measure is different.
    Value {
        /// Slide.
        slide: String,
        /// Row.
        who: String,
        /// Measure before.
        from: Option<f64>,
        /// Measure now.
        to: Option<f64>,
    },
    /// A celebration that was not there.
    EventAdded {
        /// Event.
        event: String,
    },
}

/// Whether a received board replaces the one that is shown (FEED §1).
///
/// In one epoch the larger `rev` is newer; another epoch is newer with a later `as_of`. Where one of these is missing,
/// different content is newer.
pub fn is_newer(shown: &Board, received: &Board) -> bool {
    if shown.id != received.id {
        return true;
    }
    if shown.epoch == received.epoch {
        return match (shown.rev, received.rev) {
            (Some(shown), Some(received)) => received > shown,
            _ => shown != received,
        };
    }
    match (shown.as_of, received.as_of) {
        (Some(shown), Some(received)) => received > shown,
        _ => true,
    }
}

/// What changed from the board that is shown to the newest. Empty when nothing that is drawn is different; the
/// counters and clocks of the boards are not drawn.
pub fn diff(shown: &Board, newest: &Board) -> Vec<Change> {
    if shown.id != newest.id || shown.epoch != newest.epoch {
        return vec![Change::Reset];
    }
    let mut changes = Vec::new();
    let surroundings = (&shown.metrics, &shown.people, &shown.teams, &shown.tz, &shown.locale)
        != (&newest.metrics, &newest.people, &newest.teams, &newest.tz, &newest.locale);
    if surroundings {
        changes.push(Change::Surroundings);
    }
    let old: HashMap<&str, &SlideData> = shown.slides.iter().map(|slide| (slide.id.as_str(), slide)).collect();
    let new: HashMap<&str, &SlideData> = newest.slides.iter().map(|slide| (slide.id.as_str(), slide)).collect();
    for slide in shown.slides.iter().filter(|slide| !new.contains_key(slide.id.as_str())) {
        changes.push(Change::SlideRemoved { slide: slide.id.clone() });
    }
    let kept = shown.slides.iter().map(|slide| slide.id.as_str()).filter(|id| new.contains_key(id));
    if !kept.eq(newest.slides.iter().map(|slide| slide.id.as_str()).filter(|id| old.contains_key(id))) {
        changes.push(Change::Reordered);
    }
    for slide in &newest.slides {
        match old.get(slide.id.as_str()) {
            None => changes.push(Change::SlideAdded { slide: slide.id.clone() }),
            Some(before) => {
                if *before != slide {
                    changes.push(Change::SlideChanged { slide: slide.id.clone() });
                }
                // A metric may reverse the order without a change in the slide.
                if *before != slide || shown.metrics != newest.metrics {
                    rows(&mut changes, &Standing::of(shown, before), &Standing::of(newest, slide));
                }
            }
        }
    }
    let known = |id: &str| shown.events.iter().any(|event| event.id == id);
    for event in newest.events.iter().filter(|event| !known(&event.id)) {
        changes.push(Change::EventAdded { event: event.id.clone() });
    }
    changes
}

/// A slide's places with who stands there.
struct Standing<'a> {
    slide: &'a SlideData,
    places: Vec<Place>,
    who: Vec<&'a str>,
}

impl<'a> Standing<'a> {
    fn of(board: &Board, slide: &'a SlideData) -> Standing<'a> {
        let places = places(board, slide);
        let id = |place: &Place| match &slide.body {
            Body::Ranking(ranking) => ranking.rows[place.row].who.id.as_str(),
            Body::Contest(contest) => contest.rows[place.row].who.id.as_str(),
            _ => "",
        };
        let who = places.iter().map(id).collect();
        Standing { slide, places, who }
    }

    fn index(&self) -> HashMap<&'a str, usize> {
        self.who.iter().enumerate().map(|(i, id)| (*id, i)).collect()
    }

    fn leader(&self) -> Option<&'a str> {
        self.places.first().filter(|place| place.rank.is_some()).map(|_| self.who[0])
    }
}

/// The changes of rows from one standing to another.
fn rows(changes: &mut Vec<Change>, before: &Standing, now: &Standing) {
    let slide = || now.slide.id.clone();
    let (old, new) = (before.index(), now.index());
    if let (Some(was), Some(who)) = (before.leader(), now.leader())
        && was != who
    {
        changes.push(Change::NewLeader { slide: slide(), who: who.into(), was: was.into() });
    }
    for who in before.who.iter().filter(|id| !new.contains_key(*id)) {
        changes.push(Change::RowRemoved { slide: slide(), who: (*who).into() });
    }
    for (i, who) in now.who.iter().enumerate() {
        let place = &now.places[i];
        let Some(&was) = old.get(who) else {
            changes.push(Change::RowAdded { slide: slide(), who: (*who).into() });
            continue;
        };
        let then = &before.places[was];
        if was != i || then.rank != place.rank {
            changes.push(Change::Moved { slide: slide(), who: (*who).into(), from: then.rank, to: place.rank });
        }
        if then.value != place.value {
            changes.push(Change::Value { slide: slide(), who: (*who).into(), from: then.value, to: place.value });
        }
    }
}

#[cfg(test)]
mod tests;
