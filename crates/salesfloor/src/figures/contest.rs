//! Contests: their state, the places, and when each contender reached the goal.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::place::{Digits, Numbering, places};
use super::{Figures, Value};
use crate::facts::{Better, Contest, ContestFormat, Contestants, PersonId, Scope};
use crate::period::Span;

/// A result that nobody has to confirm is final this long after the end: until then a CRM is corrected.
const FINAL_AFTER: SignedDuration = SignedDuration::from_hours(24);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContestState {
    Upcoming,
    Running,
    /// Over, but late corrections may still move it.
    Ended,
    Final,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ContestFigure {
    pub state: ContestState,
    /// Best first; empty before the start.
    pub rows: Vec<Contender>,
    /// When it ended: at its end, or when the first reached the goal.
    pub ended: Option<Timestamp>,
    /// The facts of this time count.
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Contender {
    pub who: Scope,
    pub value: Value,
    /// From 1; equal figures share a place. A contender without a figure has no place.
    pub place: Option<u32>,
    pub reached_at: Option<Timestamp>,
    /// People who had a day in the team.
    pub members: Option<u32>,
    /// The place with a prize that the contender has now.
    pub holds: Option<u32>,
    /// The place that is won, once the result is final.
    pub won: Option<u32>,
}

impl Figures<'_> {
    pub fn contest(&self, contest: &Contest) -> ContestFigure {
        let whole = Span { start: contest.start, end: contest.end.unwrap_or(Timestamp::MAX) };
        if self.now < contest.start {
            return ContestFigure { state: ContestState::Upcoming, rows: Vec::new(), ended: None, span: whole };
        }
        let contenders = self.contenders(contest);
        let reached =
            contest.goal.map(|goal| self.reached(contest, &contenders, self.goal_value(contest, goal), whole));
        let first = reached.as_ref().and_then(|at| at.values().min().copied());
        let by_goal = first.filter(|_| contest.end.is_none());
        let ended = by_goal.or(contest.end.filter(|end| *end <= self.now));
        // What comes after the end does not count, however it ended.
        let span = match by_goal {
            Some(at) => Span { end: at.saturating_add(jiff::SignedDuration::from_nanos(1)).unwrap_or(at), ..whole },
            None => whole,
        };
        let mut rows: Vec<Contender> = contenders
            .iter()
            .map(|who| Contender {
                who: *who,
                value: self.contest_value(contest, *who, span),
                place: None,
                reached_at: reached.as_ref().and_then(|at| at.get(who).copied()),
                members: self.members_of(*who, span),
                holds: None,
                won: None,
            })
            .collect();
        match contest.format {
            ContestFormat::Bracket => self.place_in_bracket(contest, &mut rows),
            _ => self.place_contenders(contest, &mut rows),
        }
        let state = match ended {
            None => ContestState::Running,
            Some(end) if contest.confirmed.unwrap_or(self.now.duration_since(end) >= FINAL_AFTER) => {
                ContestState::Final
            }
            Some(_) => ContestState::Ended,
        };
        let prizes = contest.prizes.iter().map(|prize| prize.place).max().unwrap_or(1);
        for row in &mut rows {
            row.holds = match contest.format {
                ContestFormat::Threshold => row.reached_at.map(|_| 1),
                _ => row.place.filter(|place| *place <= prizes),
            };
            row.won = row.holds.filter(|_| state == ContestState::Final);
        }
        ContestFigure { state, rows, ended, span }
    }

    /// Everybody who takes part.
    pub fn contenders(&self, contest: &Contest) -> Vec<Scope> {
        let today = self.today();
        match &contest.of {
            Contestants::People(people) if people.is_empty() => {
                let here = self.floor.person_ids().filter(|id| self.floor.person(*id).works_on(today));
                here.map(Scope::Person).collect()
            }
            Contestants::People(people) => {
                let seated = matches!(contest.format, ContestFormat::Bracket | ContestFormat::Versus);
                let first = self.ledger.day(contest.start);
                // Whoever has left before the start takes no part; a bracket keeps their seat, or others would have met.
                let there = |id: &&PersonId| seated || self.floor.person(**id).ended.is_none_or(|end| first < end);
                people.iter().filter(there).map(|id| Scope::Person(*id)).collect()
            }
            Contestants::Teams(teams) if teams.is_empty() => self.floor.team_ids().map(Scope::Team).collect(),
            Contestants::Teams(teams) => teams.iter().map(|id| Scope::Team(*id)).collect(),
        }
    }

    /// The figure of a contender: of one metric its value, of several the points for each unit.
    pub(crate) fn contest_value(&self, contest: &Contest, who: Scope, span: Span) -> Value {
        let total = match contest.metrics.as_slice() {
            [(metric, 1)] => self.value(*metric, who, span).unwrap_or(Value::whole(0)),
            metrics => metrics.iter().fold(Value::whole(0), |sum, (metric, points)| {
                let value = self.value(*metric, who, span).unwrap_or(Value::whole(0));
                sum.plus(value.times(i128::from(*points)))
            }),
        };
        let members = self.members_of(who, span).filter(|members| *members > 0);
        match (contest.format, members) {
            (ContestFormat::TeamAverage, Some(members)) => {
                total.over(Value::whole(i128::from(members))).unwrap_or(Value::whole(0))
            }
            _ => total,
        }
    }

    /// The digits in which the figures of a contest are compared and shown on walls.
    pub fn contest_decimals(&self, contest: &Contest) -> u8 {
        let averaged = contest.format == ContestFormat::TeamAverage;
        match contest.metrics.as_slice() {
            [(metric, 1)] => self.compared_decimals(*metric, Digits::Wall, averaged),
            _ => u8::from(averaged),
        }
    }

    /// The side that is better in what a contest counts; more points are.
    pub(super) fn better_in(&self, contest: &Contest) -> Better {
        match contest.metrics.as_slice() {
            [(metric, 1)] => self.floor.metric(*metric).better,
            _ => Better::Up,
        }
    }

    /// Whether a figure gets a place: 0 gets none, except where less is better.
    pub(super) fn has_done_something(&self, contest: &Contest, value: Value) -> bool {
        self.better_in(contest) == Better::Down || value > Value::whole(0)
    }

    fn members_of(&self, who: Scope, span: Span) -> Option<u32> {
        match who {
            Scope::Team(team) => Some(self.heads(team, span) as u32),
            _ => None,
        }
    }

    fn goal_value(&self, contest: &Contest, goal: i64) -> Value {
        match contest.metrics.as_slice() {
            [(metric, 1)] => Value::minor(goal, self.floor.metric(*metric).decimals),
            _ => Value::whole(goal),
        }
    }

    /// When each contender reached the goal: by adding up their facts in order.
    fn reached(&self, contest: &Contest, contenders: &[Scope], goal: Value, span: Span) -> BTreeMap<Scope, Timestamp> {
        let mut facts = Vec::new();
        for (metric, points) in &contest.metrics {
            let of = self.floor.metric(*metric);
            let counted = of.aggregate == crate::facts::Aggregate::Count;
            for fact in self.ledger.facts(*metric, self.until_now(span)) {
                let value = if counted { Value::whole(1) } else { Value::minor(fact.amount, of.decimals) };
                facts.push((fact.at, fact.person, value.times(i128::from(*points))));
            }
        }
        facts.sort_by_key(|(at, _, _)| *at);
        let mut sums: BTreeMap<Scope, Value> = BTreeMap::new();
        let mut reached = BTreeMap::new();
        let who = |person: Option<PersonId>, at: Timestamp| -> Option<Scope> {
            let person = person?;
            match contest.of {
                Contestants::People(_) => Some(Scope::Person(person)),
                Contestants::Teams(_) => self.floor.person(person).team_on(self.ledger.day(at)).map(Scope::Team),
            }
        };
        for (at, person, value) in facts {
            let Some(who) = who(person, at).filter(|who| contenders.contains(who)) else { continue };
            let sum = sums.entry(who).or_insert(Value::whole(0));
            *sum = sum.plus(value);
            if *sum >= goal {
                reached.entry(who).or_insert(at);
            }
        }
        reached
    }

    /// Sorts the best to the top and counts places, in the digits of the wall. Who reached the goal earlier goes before who
    /// reached it later, where that is what counts.
    fn place_contenders(&self, contest: &Contest, rows: &mut [Contender]) {
        let decimals = self.contest_decimals(contest);
        let better = self.better_in(contest);
        let race = contest.format == ContestFormat::FirstTo;
        let key = |row: &Contender| {
            let value = row.value.rounded(decimals);
            let value = if better == Better::Up { -value } else { value };
            let reached = row.reached_at.filter(|_| race);
            (reached.is_none(), reached, value)
        };
        rows.sort_by(|a, b| {
            key(a).cmp(&key(b)).then_with(|| self.name(a.who).cmp(self.name(b.who))).then_with(|| a.who.cmp(&b.who))
        });
        let placed = |row: &Contender| self.has_done_something(contest, row.value).then(|| key(row));
        let keys: Vec<_> = rows.iter().map(placed).collect();
        for (row, place) in rows.iter_mut().zip(places(&keys, Numbering::Competition)) {
            row.place = place;
        }
    }

    /// Sorts those who are still in to the top, then by the round in which they were beaten. The figure of each is that of their
    /// last round.
    fn place_in_bracket(&self, contest: &Contest, rows: &mut Vec<Contender>) {
        let bracket = self.bracket(contest);
        let over = bracket.rounds.last().is_some_and(|last| last.span.end <= self.now);
        // Where neither finalist has done anything, nobody has won, and neither have those who lost to them.
        let nobody = over && bracket.champion().is_none();
        // Still in, or the round in which they were beaten; `None`: in totals only, or nothing done at all.
        let mut standing: Vec<(Option<usize>, Reverse<Value>, usize, Contender)> = Vec::new();
        for mut row in std::mem::take(rows) {
            let done = self.has_done_something(contest, row.value);
            let seed = bracket.field.iter().position(|who| *who == row.who);
            let last = seed.map(|seed| {
                let (round, beaten) = bracket.reached(seed);
                let value = (0..=round).rev().find_map(|round| bracket.value(seed, round));
                (if beaten { round } else { bracket.rounds.len() }, value.unwrap_or(Value::whole(0)))
            });
            row.value = last.map_or(Value::whole(0), |(_, value)| value);
            let came = last.map(|(came, _)| came).filter(|_| done && !nobody);
            standing.push((came, Reverse(row.value), seed.unwrap_or(usize::MAX), row));
        }
        standing.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)).then(a.3.who.cmp(&b.3.who)));
        let keys: Vec<Option<usize>> = standing.iter().map(|of| of.0).collect();
        let places = places(&keys, Numbering::Competition);
        *rows = standing.into_iter().zip(places).map(|(of, place)| Contender { place, ..of.3 }).collect();
    }
}
