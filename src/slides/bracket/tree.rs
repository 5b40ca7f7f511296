//! Builds the tree of a knock-out from the winners of earlier rounds, and picks the branch that a screen has room for.

use std::collections::BTreeMap;

use crate::board::{Bracket, Side};

/// A person in the draw.
#[derive(Debug, Clone, PartialEq)]
pub struct Entrant {
    pub id: String,
    /// Full name as it was sent.
    pub name: String,
    /// Seed, where any match tells it.
    pub seed: Option<u32>,
}

/// A round and a match of it.
pub type At = (usize, usize);

/// Who takes a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seat {
    /// An entrant, by index.
    Known(usize),
    /// The winner of a match that is not decided.
    Open(At),
    /// Nobody: the other side goes through.
    Bye,
}

/// One match, resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct Game {
    pub seats: [Seat; 2],
    pub values: [Option<f64>; 2],
    /// The side that won.
    pub winner: Option<usize>,
    /// The matches that the sides come from.
    pub from: [Option<At>; 2],
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tree {
    /// All who are in it.
    pub entrants: Vec<Entrant>,
    /// Matches by round.
    pub rounds: Vec<Vec<Game>>,
}

/// Where a match stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Over,
    /// Both sides are known and at least one has a score.
    Live,
    /// Not begun.
    Ahead,
}

impl Game {
    pub fn stage(&self) -> Stage {
        match self.winner {
            Some(_) => Stage::Over,
            None if self.ready() && self.values.iter().any(Option::is_some) => Stage::Live,
            None => Stage::Ahead,
        }
    }

    /// Whether both sides are known.
    pub fn ready(&self) -> bool {
        self.seats.iter().all(|s| matches!(s, Seat::Known(_)))
    }
}

impl Tree {
    /// Resolves all sides, round by round: a side that comes from a match is its winner, or open. References that lead
    /// nowhere, or not back, read as a bye.
    pub fn new(bracket: &Bracket) -> Tree {
        let mut tree = Tree::default();
        let mut index: BTreeMap<String, usize> = BTreeMap::new();
        for (r, round) in bracket.rounds.iter().enumerate() {
            let mut games = Vec::with_capacity(round.matches.len());
            for m in &round.matches {
                let mut game = Game { seats: [Seat::Bye; 2], values: [None; 2], winner: None, from: [None; 2] };
                for (i, side) in [&m.a, &m.b].into_iter().enumerate() {
                    match side {
                        Side::Bye => {}
                        Side::Entry { who, seed, value } => {
                            let at = *index.entry(who.id.clone()).or_insert_with(|| {
                                let entrant = Entrant { id: who.id.clone(), name: who.name.clone(), seed: None };
                                tree.entrants.push(entrant);
                                tree.entrants.len() - 1
                            });
                            tree.entrants[at].seed = tree.entrants[at].seed.or(*seed);
                            game.seats[i] = Seat::Known(at);
                            game.values[i] = *value;
                            game.from[i] = tree.last_match_of(at);
                        }
                        Side::From { round, of } => {
                            let from = (*round, *of);
                            let earlier = (*round < r).then(|| tree.game(from)).flatten();
                            if let Some(seat) = earlier.map(|g| g.winner.map_or(Seat::Open(from), |w| g.seats[w])) {
                                game.seats[i] = seat;
                                game.from[i] = Some(from);
                            }
                        }
                    }
                }
                let sent = m.winner_is_a.map(|a| usize::from(!a)).filter(|w| game.seats[*w] != Seat::Bye);
                game.winner = sent.or(match game.seats {
                    [Seat::Bye, Seat::Bye] => None,
                    [_, Seat::Bye] => Some(0),
                    [Seat::Bye, _] => Some(1),
                    _ => None,
                });
                games.push(game);
            }
            tree.rounds.push(games);
        }
        tree
    }

    pub fn game(&self, (r, m): At) -> Option<&Game> {
        self.rounds.get(r)?.get(m)
    }

    /// The latest match so far in which an entrant was.
    fn last_match_of(&self, entrant: usize) -> Option<At> {
        let has = |g: &Game| g.seats.contains(&Seat::Known(entrant));
        self.rounds.iter().enumerate().rev().find_map(|(r, games)| Some((r, games.iter().position(has)?)))
    }

    /// Who won it all.
    pub fn champion(&self) -> Option<usize> {
        let last = self.rounds.last()?;
        let [game] = &last[..] else { return None };
        match game.seats[game.winner?] {
            Seat::Known(who) => Some(who),
            _ => None,
        }
    }

    /// The first round with an undecided match whose sides are known, and those matches. Those that are being played
    /// where any is.
    pub fn on_now(&self) -> Option<(usize, Vec<usize>)> {
        let waiting = |g: &Game| g.winner.is_none() && g.ready();
        let r = self.rounds.iter().position(|games| games.iter().any(waiting))?;
        let of = |stage: Stage| -> Vec<usize> {
            let games = self.rounds[r].iter().enumerate();
            games.filter(|(_, g)| waiting(g) && g.stage() == stage).map(|(m, _)| m).collect()
        };
        let live = of(Stage::Live);
        if live.is_empty() { Some((r, of(Stage::Ahead).into_iter().take(1).collect())) } else { Some((r, live)) }
    }

    /// The match that the winner of `at` plays next, and the side he takes there.
    pub fn next_of(&self, at: At) -> Option<(At, usize)> {
        let games = self.rounds.get(at.0 + 1)?;
        games.iter().enumerate().find_map(|(m, g)| Some(((at.0 + 1, m), g.from.iter().position(|f| *f == Some(at))?)))
    }

    /// The branch that matters around a match: `columns` rounds of it, first to last, each twice as long as the next; the
    /// first begins a round before the match where there are later rounds enough. Holes stay where nobody came from.
    pub fn branch(&self, focus: At, columns: usize, deep: bool) -> Vec<Vec<Option<At>>> {
        let rounds = self.rounds.len();
        let back = usize::from(deep);
        let start = focus.0.saturating_sub(back).min(rounds.saturating_sub(columns));
        let depth = 2.min(rounds.saturating_sub(1 + start));
        let mut root = focus;
        while root.0 < start + depth {
            root = self.next_of(root).map_or((root.0 + 1, root.1 / 2), |(at, _)| at);
        }
        let mut levels = vec![vec![self.game(root).map(|_| root)]];
        for level in (start..start + depth).rev() {
            let above = &levels[0];
            let below = above
                .iter()
                .flat_map(|at| {
                    let from = at.and_then(|at| self.game(at)).map_or([None; 2], |g| g.from);
                    from.map(|f| f.filter(|f| f.0 == level))
                })
                .collect();
            levels.insert(0, below);
        }
        levels.truncate(columns.max(1));
        levels
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::{Identity, Match, Round};

    fn who(name: &str, value: Option<f64>) -> Side {
        Side::Entry { who: Identity { id: name.into(), name: name.into() }, seed: None, value }
    }

    fn play(a: Side, b: Side, winner_is_a: Option<bool>) -> Match {
        Match { a, b, winner_is_a }
    }

    fn bracket(rounds: Vec<Vec<Match>>) -> Tree {
        let rounds = rounds.into_iter().map(|matches| Round { matches, ..Round::default() }).collect();
        Tree::new(&Bracket { rounds, ..Bracket::default() })
    }

    fn from(round: usize, of: usize) -> Side {
        Side::From { round, of }
    }

    #[test]
    fn winners_take_the_seats_that_wait_for_them() {
        let t = bracket(vec![
            vec![
                play(who("a", Some(3.0)), who("b", Some(2.0)), Some(true)),
                play(who("c", Some(1.0)), who("d", None), None),
            ],
            vec![play(from(0, 0), from(0, 1), None)],
        ]);
        assert_eq!(t.rounds[1][0].seats, [Seat::Known(0), Seat::Open((0, 1))]);
        assert_eq!((t.rounds[0][1].stage(), t.rounds[1][0].stage()), (Stage::Live, Stage::Ahead));
        assert_eq!((t.on_now(), t.champion()), (Some((0, vec![1])), None));
        assert_eq!(t.next_of((0, 1)), Some(((1, 0), 1)));
    }

    #[test]
    fn a_bye_goes_through_and_nonsense_is_survived() {
        let t = bracket(vec![
            vec![play(who("a", None), Side::Bye, None), play(who("b", None), who("c", None), Some(false))],
            // Himself, a later round, a match that is not there.
            vec![play(from(1, 0), from(7, 7), None), play(from(0, 0), from(0, 9), None)],
            vec![play(from(0, 0), from(0, 1), Some(true))],
        ]);
        assert_eq!(t.rounds[0][0].winner, Some(0));
        assert_eq!((t.rounds[1][0].seats, t.rounds[1][0].winner), ([Seat::Bye; 2], None));
        assert_eq!(t.rounds[1][1].winner, Some(0));
        assert_eq!((t.rounds[2][0].seats, t.champion()), ([Seat::Known(0), Seat::Known(2)], Some(0)));
        assert_eq!(bracket(vec![]).on_now(), None);
        assert!(bracket(vec![]).branch((0, 0), 3, true)[0].iter().all(Option::is_none));
    }

    /// A whole draw of 2^n, nothing decided but the first `over` rounds.
    fn draw(n: usize, over: usize) -> Tree {
        let mut rounds = vec![
            (0..1 << (n - 1))
                .map(|i| {
                    play(who(&format!("{}", 2 * i), Some(1.0)), who(&format!("{}", 2 * i + 1), Some(0.0)), Some(true))
                })
                .collect::<Vec<_>>(),
        ];
        for r in 1..n {
            rounds.push(
                (0..1 << (n - 1 - r)).map(|i| play(from(r - 1, 2 * i), from(r - 1, 2 * i + 1), Some(true))).collect(),
            );
        }
        for round in rounds.iter_mut().skip(over) {
            round.iter_mut().for_each(|m| m.winner_is_a = None);
        }
        bracket(rounds)
    }

    #[test]
    fn of_256_the_branch_with_the_match_is_shown() {
        let t = draw(8, 2);
        assert_eq!(t.entrants.len(), 256);
        let (round, matches) = t.on_now().unwrap();
        assert_eq!((round, matches), (2, vec![0]));
        let b = t.branch((2, 5), 3, true);
        assert_eq!(b[0], [(1, 8), (1, 9), (1, 10), (1, 11)].map(Some));
        assert_eq!((b[1].clone(), b[2].clone()), (vec![Some((2, 4)), Some((2, 5))], vec![Some((3, 2))]));
        // Upright: the round itself and the next one.
        assert_eq!(
            t.branch((2, 5), 2, false),
            vec![[(2, 4), (2, 5), (2, 6), (2, 7)].map(Some).to_vec(), vec![Some((3, 2)), Some((3, 3))]]
        );
    }

    #[test]
    fn small_draws_are_shown_whole() {
        assert_eq!(draw(3, 1).branch((1, 1), 3, true).iter().map(Vec::len).collect::<Vec<_>>(), [4, 2, 1]);
        assert_eq!(draw(3, 2).branch((2, 0), 3, true).iter().map(Vec::len).collect::<Vec<_>>(), [4, 2, 1]);
        assert_eq!(draw(2, 0).branch((0, 1), 3, true).iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(draw(1, 0).branch((0, 0), 3, true), vec![vec![Some((0, 0))]]);
        assert_eq!(draw(3, 1).branch((1, 0), 2, false).iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
    }
}
