//! What a contest comes to: its rows and the rounds of a bracket, as they stand and as they are kept when somebody confirms them.

use jiff::Timestamp;
use salesfloor::board::Labels;
use salesfloor::facts::{Contest, ContestFormat, Metric, Scope, Unit};
use salesfloor::figures::{BracketRound, Contender, ContestFigure, ContestState, Pair, Seat};
use serde::{Deserialize, Serialize};

use crate::store::figures::Loaded;
use crate::store::results::NAMELESS;
use crate::web::pages::numbers::Numbers;
use crate::web::words::{Words, fill};

/// A row of a result as it is kept: figures as they were written, so that nothing later changes them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FinalRow {
    /// Of a person or team.
    pub id: String,
    pub name: String,
    /// `None`: with nothing there is no place.
    pub place: Option<u32>,
    pub tied: bool,
    pub value: String,
    pub reached: Option<i64>,
    pub won: Option<u32>,
}

/// A round of a bracket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RoundLine {
    pub title: String,
    pub pairs: Vec<PairLine>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairLine {
    pub sides: [SideLine; 2],
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SideLine {
    pub name: String,
    pub value: String,
    pub goes_on: bool,
}

/// What a contest came to when it was confirmed, with the facts that made it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ContestResult {
    pub rows: Vec<FinalRow>,
    #[serde(default)]
    pub rounds: Vec<RoundLine>,
    /// Source and id, metric, person, amount.
    pub facts: Vec<(String, String, Option<String>, i64)>,
    /// The slide of the wall.
    pub slide: Option<serde_json::Value>,
    /// How the lead went.
    pub chart: Option<String>,
}

/// How the figures of a contest are written: as those of its one metric, else as points. Averages have the decimal by which they
/// are told apart.
pub fn numbers(loaded: &Loaded, contest: &Contest, values: &[f64], lang: &str) -> Numbers {
    let points = Metric { unit: Unit::Points, ..Default::default() };
    let metric = match contest.metrics.as_slice() {
        [(metric, 1)] => loaded.floor.metric(*metric),
        _ => &points,
    };
    if contest.format == ContestFormat::TeamAverage {
        let decimals = loaded.at(Timestamp::MIN).contest_decimals(contest).max(metric.decimals);
        let unit = if metric.unit == Unit::Count { Unit::Number } else { metric.unit.clone() };
        return Numbers::of(&Metric { unit, decimals, ..metric.clone() }, values, lang);
    }
    Numbers::of(metric, values, lang)
}

/// Somebody as walls name them, by id and name; `None`: in totals only.
fn named(loaded: &Loaded, who: Scope) -> Option<(String, String)> {
    match who {
        Scope::Company => None,
        Scope::Team(team) => Some((loaded.floor.team(team).key.clone(), loaded.floor.team(team).name.clone())),
        Scope::Person(person) => {
            let person = loaded.floor.person(person);
            Some((person.key.clone(), person.wall_name()?.to_owned()))
        }
    }
}

/// The rows of a contest as it stands, of those whom walls name.
pub fn rows(loaded: &Loaded, contest: &Contest, figure: &ContestFigure, lang: &str) -> Vec<FinalRow> {
    let values: Vec<f64> = figure.rows.iter().map(|row| row.value.as_f64()).collect();
    let numbers = numbers(loaded, contest, &values, lang);
    let over = matches!(figure.state, ContestState::Ended | ContestState::Final);
    let row = |row: &Contender| {
        let (id, name) = named(loaded, row.who)?;
        Some(FinalRow {
            id,
            name,
            place: row.place,
            tied: row.place.is_some() && figure.rows.iter().filter(|other| other.place == row.place).count() > 1,
            value: numbers.spoken(row.value.as_f64()),
            reached: row.reached_at.map(|at| at.as_microsecond()),
            won: row.holds.filter(|_| over),
        })
    };
    figure.rows.iter().filter_map(row).collect()
}

/// The rounds of a bracket at an instant, the final last; of another contest none.
pub fn rounds(loaded: &Loaded, contest: &Contest, now: jiff::Timestamp, w: &Words) -> Vec<RoundLine> {
    if contest.format != ContestFormat::Bracket {
        return Vec::new();
    }
    let (figure, of) = (loaded.at(now).bracket(contest), w.of_contests());
    let all = figure.rounds.len();
    let values = figure.rounds.iter().flat_map(|round| &round.pairs).flat_map(|pair| pair.values);
    let values: Vec<f64> = values.flatten().map(salesfloor::figures::Value::as_f64).collect();
    let numbers = numbers(loaded, contest, &values, w.lang);
    let is_named =
        |pair: &Pair, at: usize| pair.sides[at].taken().is_some_and(|seed| named(loaded, figure.field[seed]).is_some());
    let side = |pair: &Pair, at: usize| SideLine {
        name: match pair.sides[at] {
            Seat::Taken(seed) => {
                named(loaded, figure.field[seed]).map_or_else(|| NAMELESS.to_owned(), |(_, name)| name)
            }
            Seat::Open(_) => of.open_seat.to_owned(),
            Seat::Bye => of.bye.to_owned(),
        },
        value: pair.values[at]
            .filter(|_| is_named(pair, at))
            .map(|value| numbers.spoken(value.as_f64()))
            .unwrap_or_default(),
        goes_on: pair.winner == Some(at),
    };
    // The end of a round is the first instant that does not count any more.
    let last_day = |round: &BracketRound| {
        loaded.ledger.day(round.span.end.checked_sub(jiff::SignedDuration::from_micros(1)).unwrap_or(round.span.end))
    };
    let days: Vec<jiff::civil::Date> = figure.rounds.iter().map(last_day).collect();
    let until = |at: usize, round: &BracketRound| match days.iter().filter(|day| **day == days[at]).count() {
        1 => w.short_day(days[at]),
        // Rounds that end on one day are told apart by the time.
        _ => w.day_and_time(loaded.ledger.tz().to_datetime(round.span.end)),
    };
    let line = |(at, round): (usize, &BracketRound)| RoundLine {
        title: fill(
            of.round_until,
            &[("round", Labels::of(w.lang).round(at, all).as_str()), ("day", until(at, round).as_str())],
        ),
        pairs: round.pairs.iter().map(|pair| PairLine { sides: [side(pair, 0), side(pair, 1)] }).collect(),
    };
    figure.rounds.iter().enumerate().map(line).collect()
}
