//! The contests that somebody is in, for My day: where they stand, and what takes the next place.

use jiff::Timestamp;
use salesfloor::board::Labels;
use salesfloor::facts::{Contest, ContestFormat, Scope};
use salesfloor::figures::{Contender, ContestState, Figures};

use super::result::numbers;
use crate::access::Viewer;
use crate::store::contests;
use crate::store::figures::Loaded;
use crate::store::results::NAMELESS;
use crate::store::{Result as Stored, Tx};
use crate::web::pages::floor::{self, plate, plate_class};
use crate::web::session::Visitor;
use crate::web::words::{Words, fill};

/// One that runs or comes within a week.
pub struct Mine {
    pub href: String,
    pub title: String,
    pub when: String,
    /// The own rank plate; `None` before there is a figure.
    pub plate: Option<(String, &'static str)>,
    pub line: String,
    pub prize: String,
    /// Today.
    pub began: bool,
}

/// A contest that begins later is no news yet, in seconds.
const SOON_S: i64 = 7 * 86_400;

/// # Errors
/// The store's.
pub fn mine(tx: &mut Tx<'_>, visitor: &Visitor, now: Timestamp) -> Stored<Vec<Mine>> {
    let Some(me) = visitor.person() else { return Ok(Vec::new()) };
    let mut rows = contests::list(tx)?;
    rows.retain(|row| row.stage == "open" && row.starts <= now.as_microsecond() + SOON_S * 1_000_000);
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let (w, of) = (visitor.words, visitor.words.of_contests());
    let loaded = floor::load(tx, &Viewer::Publisher, now)?;
    let figures = loaded.at(now);
    let Some(person) = loaded.person(me) else { return Ok(Vec::new()) };
    let team = loaded.floor.person(person).team_on(figures.today());
    let is_mine = |who: &Scope| match who {
        Scope::Person(of) => *of == person,
        Scope::Team(of) => Some(*of) == team,
        Scope::Company => false,
    };
    let mut out = Vec::new();
    for row in &rows {
        let Some(contest) = contests::as_facts(row, &loaded) else { continue };
        if !figures.contenders(&contest).iter().any(is_mine) {
            continue;
        }
        let figure = figures.contest(&contest);
        let at = |at: Timestamp| w.day_and_time(loaded.ledger.tz().to_datetime(at));
        let when = match (figure.state, contest.end) {
            (ContestState::Upcoming, _) => fill(of.starts_in, &[("when", &at(contest.start))]),
            (ContestState::Running, Some(end)) => fill(of.ends_in, &[("when", &at(end))]),
            (ContestState::Running, None) => String::new(),
            _ => continue,
        };
        let values: Vec<f64> = figure.rows.iter().map(|row| row.value.as_f64()).collect();
        let numbers = numbers(&loaded, &contest, &values, w.lang);
        // Nobody has a place with nothing.
        let cup = contest.format == ContestFormat::Bracket;
        let own = figure.rows.iter().find(|row| is_mine(&row.who) && row.place.is_some());
        let ahead =
            own.and_then(|own| figure.rows.iter().rev().find(|row| row.place.is_some() && row.place < own.place));
        // Whoever has nothing is behind, too.
        let after = |row: &&Contender, own: &Contender| row.place.is_none() || row.place > own.place;
        let behind = own.and_then(|own| figure.rows.iter().find(|row| after(row, own)));
        let level = own.map_or(0, |own| figure.rows.iter().filter(|row| row.place == own.place).count());
        let (tied, others) = (level > 1, w.count(level.saturating_sub(1)));
        let pair = |high: &Contender, low: &Contender| (high.value.as_f64(), low.value.as_f64());
        let place = |of: &Contender| of.place.unwrap_or_default();
        let line = match (own, ahead, behind) {
            _ if cup && figure.state == ContestState::Running => pair_line(&loaded, &figures, &contest, w, is_mine),
            (None, _, _) if figure.state == ContestState::Upcoming => String::new(),
            (None, _, _) => of.nobody_yet.to_owned(),
            (Some(own), Some(next), _) => {
                let (high, low) = pair(next, own);
                let gap = numbers.distance(high, low);
                fill(w.takes_place, &[("gap", &gap), ("place", &place(next).to_string())])
            }
            (Some(_), None, _) if tied => fill(w.draws_level, &[("place", "1"), ("n", &others)]),
            (Some(own), None, Some(next)) => {
                let (high, low) = pair(own, next);
                fill(w.leads_by, &[("gap", &numbers.lead(high, low))])
            }
            (Some(own), None, None) => {
                fill(of.yours, &[("place", &place(own).to_string()), ("n", &numbers.spoken(own.value.as_f64()))])
            }
        };
        let prize = row
            .prizes
            .first()
            .map(|(place, label)| format!("{}: {label}", fill(of.prize, &[("n", &place.to_string())])));
        out.push(Mine {
            href: format!("/contests/{}", row.id),
            title: row.title.clone(),
            when,
            plate: own.filter(|_| !cup).map(|own| (plate(place(own), tied), plate_class(place(own), true))),
            line,
            prize: prize.unwrap_or_default(),
            began: figure.state == ContestState::Running && loaded.ledger.day(contest.start) == figures.today(),
        });
    }
    Ok(out)
}

/// The pair that somebody stands in, or that they are out.
fn pair_line(
    loaded: &Loaded,
    figures: &Figures<'_>,
    contest: &Contest,
    w: &Words,
    is_mine: impl Fn(&Scope) -> bool,
) -> String {
    let of = w.of_contests();
    let bracket = figures.bracket(contest);
    let Some(seed) = bracket.field.iter().position(is_mine) else { return String::new() };
    let (at, beaten) = bracket.reached(seed);
    let round = Labels::of(w.lang).round(at, bracket.rounds.len());
    if beaten {
        return fill(of.out_in, &[("round", round.as_str())]);
    }
    let pair = bracket.rounds[at].pairs.iter().find(|pair| pair.sides.iter().any(|side| side.taken() == Some(seed)));
    let Some(pair) = pair else { return String::new() };
    let mine = usize::from(pair.sides[1].taken() == Some(seed));
    let Some(other) = pair.sides[1 - mine].taken() else { return fill(of.through, &[("round", round.as_str())]) };
    let values = [mine, 1 - mine].map(|side| pair.values[side].map_or(0.0, salesfloor::figures::Value::as_f64));
    let numbers = numbers(loaded, contest, &values, w.lang);
    let [own, theirs] = values.map(|value| numbers.spoken(value));
    let other = bracket.field[other];
    let name = if figures.is_named(other) { figures.name(other) } else { NAMELESS };
    fill(of.against, &[("round", round.as_str()), ("name", name), ("n", &own), ("all", &theirs)])
}
