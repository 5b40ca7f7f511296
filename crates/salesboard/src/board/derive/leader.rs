//! Finds a new leader: another person leads a ranking or a running contest alone, and that person's own figure grew.

use super::lost::Lost;
use super::standing::Standing;
use super::{Notes, Pair, join};
use crate::board::rank::{Place, places};
use crate::board::{Board, Event, EventKind, SlideData};

/// Notes who took the lead, and who had it: neither is news again within the period.
pub(super) fn derive(pair: &Pair, lost: &Lost, notes: &mut Notes) {
    let Some([was, now]) = pair.standings() else { return };
    let [old, new] = [0, 1].map(|i| places(pair.boards[i], pair.slides[i]));
    let (led, leads) = (alone(&old), alone(&new));
    let of = |list: &Standing, place: Option<&Place>| place.map(|place| list.rows[place.row].0.id.clone());
    let (before, after) = (of(&was, led), of(&now, leads));
    if before == after {
        return;
    }
    let id = |who: &str| join(&["derived", "leader", pair.id(), &pair.period, who]);
    if let Some(who) = &before {
        notes.quietly(id(who));
    }
    let (Some(who), Some(place)) = (after, leads) else { return };
    let own = old.iter().find(|place| was.rows[place.row].0.id == who).and_then(|place| place.value);
    let had = lost.had(pair, now.measure.metric, &who).filter(|_| now.measure.by_value);
    let cause = place.value > own && place.value > had && has_head(&old);
    let already_celebrated = notes.has(EventKind::NewLeader, &who) || notes.has(EventKind::Won, &who);
    if !cause || already_celebrated {
        return notes.quietly(id(&who));
    }
    let event = notes.event(id(&who), EventKind::NewLeader, Some(now.rows[place.row].0), pair.slides[1], 2);
    let value = place.value.filter(|_| now.measure.by_value);
    notes.celebrate(Event { metric: now.measure.metric.map(str::to_owned), value, ..event });
}

/// Whether a person is still in the lead that was taken.
pub(super) fn stands(event: &Event, board: &Board, slide: &SlideData) -> bool {
    let Some(list) = Standing::of(slide) else { return false };
    let places = places(board, slide);
    alone(&places).is_some_and(|place| event.who.iter().any(|who| who.id == list.rows[place.row].0.id))
}

/// Who leads alone.
fn alone(places: &[Place]) -> Option<&Place> {
    let ranked = places.iter().filter(|place| place.rank.is_some()).count();
    places.first().filter(|place| ranked > 1 && place.rank == Some(1) && !place.tied && place.value > Some(0.0))
}

/// Whether the list had a person to overtake: not when all were level, as at the start of a period.
fn has_head(places: &[Place]) -> bool {
    let first = places.first().filter(|place| place.value > Some(0.0)).and_then(|place| place.rank);
    first.is_some() && places.iter().any(|place| place.rank > first)
}
