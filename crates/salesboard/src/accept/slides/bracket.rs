//! Reads a knock-out.

use super::super::limits;
use super::super::report::At;
use super::super::wire::{self, Field, Opt, SideWord, Word};
use super::Around;
use super::contest::prize;
use crate::board::{Bracket, Match, Of, Round, Side};

pub(super) fn read(at: &At, wire: &wire::Bracket, around: &Around) -> Bracket {
    let of = at.key("of").word(&wire.of);
    // Matches per round so far: a side may only come from an earlier round.
    let mut earlier: Vec<usize> = Vec::new();
    let rounds = at.key("rounds").each(&wire.rounds, limits::ROWS, |at, wire| {
        let matches = at.key("matches").each(&wire.matches, limits::ROWS, |at, wire| {
            Some(Match {
                a: side(&at.key("a"), &wire.a, of, around, &earlier),
                b: side(&at.key("b"), &wire.b, of, around, &earlier),
                winner_is_a: winner(&at.key("winner"), &wire.winner),
            })
        });
        earlier.push(matches.len());
        let label = at.key("label").text(&wire.label, limits::NAME);
        Some(Round { label, end: at.key("end").time(&wire.end), matches })
    });
    let prizes = at.key("prizes").each(&wire.prizes, limits::ROWS, |at, wire| prize(&at, wire));
    Bracket { of, metric: around.metric(&at.key("metric"), &wire.metric), rounds, prizes }
}

fn winner(at: &At, field: &Opt<Word<SideWord>>) -> Option<bool> {
    match field.as_ref()? {
        Field::Good(Word(side)) => Some(*side == SideWord::A),
        Field::Bad(message) => {
            at.say(format!("{message}; taken as not decided"));
            None
        }
    }
}

fn side(at: &At, field: &Opt<wire::Side>, of: Of, around: &Around, earlier: &[usize]) -> Side {
    let Some(wire) = at.get(field) else { return Side::Bye };
    if wire.from.is_none() {
        let Some(who) = around.directory.row(at, of, &wire.who, &wire.name) else {
            // Drawn as a bye it would claim a win that nobody had.
            at.refuse("a side is {who}, {from: [round, match]} or null");
            return Side::Bye;
        };
        let seed = at.key("seed").place(&wire.seed);
        return Side::Entry { who, seed, value: at.key("value").num(&wire.value) };
    }
    let at_from = at.key("from");
    let from = at_from.each(&wire.from, 2, |at, whole| at.whole(&Some(Field::Good(whole.clone()))));
    match from[..] {
        [round, of] if earlier.get(round as usize).is_some_and(|matches| (of as usize) < *matches) => {
            Side::From { round: round as usize, of: of as usize }
        }
        _ => {
            at_from.refuse("no [round, match] of an earlier round");
            Side::Bye
        }
    }
}
