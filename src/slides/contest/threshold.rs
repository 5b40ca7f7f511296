//! Makes the duel of a contest that everyone wins who reaches the goal: how many are there, against the one who is next
//! (FEED §3, `threshold`).

use super::sheet::{Entry, Sheet};
use crate::board::{Better, ContestState as State};
use crate::motion::Anim;
use crate::slides::widgets::digits::Odometer;
use crate::slides::widgets::duel::{Duel, Side};

/// The entry that is nearest below the goal.
pub fn next(sheet: &Sheet) -> Option<usize> {
    let goal = sheet.contest.goal?;
    let missing = |entry: &Entry| match sheet.metric.better {
        Better::Up => goal - entry.place.value.unwrap_or(f64::NEG_INFINITY),
        Better::Down => entry.place.value.unwrap_or(f64::INFINITY) - goal,
    };
    let left = sheet.entries.iter().enumerate().filter(|(_, e)| !sheet.reached(e) && e.place.value.is_some());
    left.min_by(|(_, a), (_, b)| missing(a).total_cmp(&missing(b))).map(|(i, _)| i)
}

/// The duel, and which entry it shows.
pub fn duel(sheet: &Sheet) -> (Duel, Vec<usize>) {
    let w = &sheet.ctx.locale.words().contest;
    let all = sheet.entries.len() + sheet.contest.rows_left_out as usize;
    let there = sheet.entries.iter().filter(|e| sheet.reached(e)).count();
    let won = sheet.contest.state == State::Final && sheet.entries.iter().any(|e| e.row.won.is_some());
    let winners = sheet.entries.iter().filter(|e| e.row.won.is_some()).count();
    let goal = sheet.contest.goal.map(|g| (w.goal)(&sheet.amount(g))).unwrap_or_default();
    let n = if won { winners } else { there };
    let crowd = Side {
        // No person: a sweep is only for another one who is next.
        id: String::from("\u{0}goal"),
        kicker: if won { w.winners } else { w.reached }.to_owned(),
        name: goal,
        score: Odometer::still(&sheet.ctx.locale.whole(n as i64)),
        unit: (w.of)(all),
        accent: true,
        ..Side::default()
    };
    let next = next(sheet).filter(|_| sheet.contest.state != State::Final);
    let side = next.map(|i| Side { numeral: String::new(), ..sheet.side(&sheet.entries[i], w.next.to_owned(), false) });
    let share = n as f64 / all.max(1) as f64;
    let open = if there == all { w.nobody_left.to_owned() } else { String::new() };
    let duel = Duel { sides: [Some(crowd), side], open, share: Anim::still(share.clamp(0.02, 0.98)) };
    (duel, next.into_iter().collect())
}
