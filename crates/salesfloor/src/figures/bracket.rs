//! Brackets: who meets whom, who goes on, and how far each came. Boards, pages, rehearsals and prizes all use this.

use super::{Figures, Value};
use crate::facts::{Better, Contest, Contestants, Scope};
use crate::period::Span;

#[derive(Debug, Clone, PartialEq)]
pub struct BracketFigure {
    /// Everybody who can stand in a pair, by seed.
    pub field: Vec<Scope>,
    /// The final is the last; empty where fewer than two take part.
    pub rounds: Vec<BracketRound>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct BracketRound {
    /// The facts of this time count in it.
    pub span: Span,
    pub pairs: Vec<Pair>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    pub sides: [Seat; 2],
    /// The figure of each side, once both sides are known and the round has begun.
    pub values: [Option<Value>; 2],
    /// The side that goes on.
    pub winner: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seat {
    /// Place in the field, from 0.
    Taken(usize),
    /// The winner of the pair at this place in the round before.
    Open(usize),
    /// No opponent: the other side goes on at once.
    Bye,
}

impl Seat {
    pub fn taken(self) -> Option<usize> {
        match self {
            Seat::Taken(seed) => Some(seed),
            Seat::Open(_) | Seat::Bye => None,
        }
    }
}

impl Pair {
    fn winner(&self) -> Option<usize> {
        self.sides[self.winner?].taken()
    }
}

impl BracketFigure {
    /// The winner of the final.
    pub fn champion(&self) -> Option<Scope> {
        let last = self.rounds.last()?.pairs.first()?;
        Some(self.field[last.winner()?])
    }

    /// The last round that a contender is in, counted from 0, and whether the contender was beaten there.
    pub fn reached(&self, seed: usize) -> (usize, bool) {
        let mut last = (0, false);
        for (at, round) in self.rounds.iter().enumerate() {
            let own = round.pairs.iter().find(|pair| pair.sides.contains(&Seat::Taken(seed)));
            if let Some(pair) = own {
                last = (at, pair.winner.is_some() && pair.winner() != Some(seed));
            }
        }
        last
    }

    /// The figure of a contender in a round.
    pub fn value(&self, seed: usize, round: usize) -> Option<Value> {
        let pair = self.rounds.get(round)?.pairs.iter().find(|pair| pair.sides.contains(&Seat::Taken(seed)))?;
        pair.values[usize::from(pair.sides[1] == Seat::Taken(seed))]
    }
}

impl Figures<'_> {
    /// Each round takes an equal part of the time. A round's winner has the better figure in it, in the digits that walls
    /// show; on a tie the higher seed goes on. The seeds are the order in which the contestants are listed. A finalist who has done
    /// nothing in all that time does not win the final; the other one does.
    pub fn bracket(&self, contest: &Contest) -> BracketFigure {
        let field = self.field(contest);
        if field.len() < 2 {
            return BracketFigure { field, rounds: Vec::new() };
        }
        // Seeds meet so that the best two can meet only in the final.
        let seats = seats(field.len().next_power_of_two());
        let mut sides: Vec<Seat> =
            seats.into_iter().map(|seed| if seed < field.len() { Seat::Taken(seed) } else { Seat::Bye }).collect();
        let mut rounds: Vec<BracketRound> = Vec::new();
        for span in round_spans(contest, field.len()) {
            let pairs: Vec<Pair> =
                sides.chunks(2).map(|pair| self.pair(contest, &field, span, [pair[0], pair[1]])).collect();
            let next = |(at, pair): (usize, &Pair)| pair.winner().map_or(Seat::Open(at), Seat::Taken);
            sides = pairs.iter().enumerate().map(next).collect();
            rounds.push(BracketRound { span, pairs });
        }
        let whole = Span { start: contest.start, end: contest.end.unwrap_or(contest.start) };
        if let Some(last) = rounds.last_mut().and_then(|round| round.pairs.first_mut()) {
            let done = |side: &usize| {
                let who = last.sides[*side].taken().map(|seed| field[seed]);
                who.is_some_and(|who| self.has_done_something(contest, self.contest_value(contest, who, whole)))
            };
            last.winner = last.winner.and_then(|side| [side, 1 - side].into_iter().find(done));
        }
        BracketFigure { field, rounds }
    }

    /// Where everybody takes part, a person who is in totals only has no seat. Where contestants are listed, each keeps the seat that
    /// was given, also once they are hidden, leave or are erased: with another field, other people would have met.
    fn field(&self, contest: &Contest) -> Vec<Scope> {
        let listed = matches!(&contest.of, Contestants::People(people) if !people.is_empty());
        let seated = |who: &Scope| listed || self.is_named(*who);
        self.contenders(contest).into_iter().filter(seated).collect()
    }

    /// Whether walls may name a contender: a person in totals only is not named.
    pub fn is_named(&self, who: Scope) -> bool {
        match who {
            Scope::Person(person) => self.floor.person(person).wall_name().is_some(),
            _ => true,
        }
    }

    fn pair(&self, contest: &Contest, field: &[Scope], span: Span, sides: [Seat; 2]) -> Pair {
        let (over, begun) = (span.end <= self.now, span.start <= self.now);
        match sides.map(Seat::taken) {
            [Some(a), Some(b)] => {
                let values = [a, b].map(|seed| self.contest_value(contest, field[seed], span));
                let decimals = self.contest_decimals(contest);
                let [of_a, of_b] = values.map(|value| match self.better_in(contest) {
                    Better::Up => value.rounded(decimals),
                    Better::Down => -value.rounded(decimals),
                });
                let second = of_b > of_a || of_a == of_b && b < a;
                Pair {
                    sides,
                    values: values.map(|value| begun.then_some(value)),
                    winner: over.then_some(usize::from(second)),
                }
            }
            [a, b] => {
                let alone = sides.contains(&Seat::Bye).then_some(usize::from(a.is_none()));
                Pair { sides, values: [None; 2], winner: alone.filter(|_| a.is_some() || b.is_some()) }
            }
        }
    }
}

/// The times of a bracket's rounds: equal parts of the contest.
fn round_spans(contest: &Contest, contenders: usize) -> Vec<Span> {
    let rounds = contenders.max(2).next_power_of_two().ilog2();
    let end = contest.end.unwrap_or(contest.start);
    let length = end.duration_since(contest.start) / rounds as i32;
    let start = |round: u32| contest.start + length * round as i32;
    (0..rounds)
        .map(|round| Span { start: start(round), end: if round + 1 == rounds { end } else { start(round + 1) } })
        .collect()
}

/// The seeds in the order of their seats: the first against the last, and so on in every half.
fn seats(size: usize) -> Vec<usize> {
    let mut seats = vec![0];
    while seats.len() < size {
        let n = seats.len() * 2;
        seats = seats.into_iter().flat_map(|seed| [seed, n - 1 - seed]).collect();
    }
    seats
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_two_meet_only_in_the_final() {
        assert_eq!(seats(2), [0, 1]);
        assert_eq!(seats(8), [0, 7, 3, 4, 1, 6, 2, 5]);
    }
}
