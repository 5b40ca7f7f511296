//! A new leader: somebody else stands alone at the head of a ranking, by a step of his own.

use super::{Notes, Pair, join};
use crate::board::rank::{Place, places};
use crate::board::{Board, Body, By, Event, EventKind, Ranking, SlideData};

/// Notes who took the lead, and who had it: neither is news again within the period.
pub(super) fn derive(pair: &Pair, notes: &mut Notes) {
    let Some([was, now]) = pair.rankings() else { return };
    let [old, new] = [0, 1].map(|i| places(pair.boards[i], pair.slides[i]));
    let (led, leads) = (alone(&old), alone(&new));
    let of = |ranking: &Ranking, place: Option<&Place>| place.map(|place| ranking.rows[place.row].who.id.clone());
    let (before, after) = (of(was, led), of(now, leads));
    if before == after {
        return;
    }
    let id = |who: &str| join(&["derived", "leader", pair.id(), &pair.period, who]);
    if let Some(who) = &before {
        notes.quietly(id(who));
    }
    let (Some(who), Some(place)) = (after, leads) else { return };
    let own = old.iter().find(|place| was.rows[place.row].who.id == who).and_then(|place| place.value);
    let cause = place.value > own && has_head(&old);
    let said = notes.has(EventKind::NewLeader, &who) || notes.has(EventKind::Won, &who);
    if !cause || said {
        return notes.quietly(id(&who));
    }
    let event = notes.event(id(&who), EventKind::NewLeader, Some(&now.rows[place.row].who), pair.slides[1], 2);
    let value = place.value.filter(|_| now.by == By::Value);
    notes.celebrate(Event { metric: now.metric.clone(), value, ..event });
}

/// Whether somebody is still in the lead that was taken.
pub(super) fn stands(event: &Event, board: &Board, slide: &SlideData) -> bool {
    let Body::Ranking(ranking) = &slide.body else { return false };
    let places = places(board, slide);
    alone(&places).is_some_and(|place| event.who.iter().any(|who| who.id == ranking.rows[place.row].who.id))
}

/// Who leads alone.
fn alone(places: &[Place]) -> Option<&Place> {
    let ranked = places.iter().filter(|place| place.rank.is_some()).count();
    places.first().filter(|place| ranked > 1 && place.rank == Some(1) && !place.tied && place.value > Some(0.0))
}

/// Whether the list had somebody to overtake: not when all were level, as at the start of a period.
fn has_head(places: &[Place]) -> bool {
    let first = places.first().filter(|place| place.value > Some(0.0)).and_then(|place| place.rank);
    first.is_some() && places.iter().any(|place| place.rank > first)
}
