//! How a contest went or would have gone: who led each evening, and the same contest on the last time of equal length.

use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan as _};
use salesfloor::facts::{Contest, ContestFormat, Scope};
use salesfloor::figures::{Contender, Figures};
use salesfloor::period::{Span, first_instant};

use crate::store::figures::Loaded;

/// Lines of a chart, and days that it has room for.
const LINES: usize = 3;
const MAX_DAYS: usize = 92;

/// Whether facts have times is told by those of so many days, if there are so many.
const LOOKED_BACK: i64 = 60;
const ENOUGH_FACTS: usize = 5;

const WEEK_S: i64 = 7 * 24 * 3_600;

/// What a rehearsal says.
pub struct Rehearsal {
    pub first: Date,
    pub last: Date,
    pub rows: Vec<Contender>,
    /// Who did something of it.
    pub took_part: usize,
    pub all: usize,
    pub changes: usize,
    /// How many share a place with a prize.
    pub tied: usize,
}

/// The contest moved back by whole weeks until it is over and decided, and the instant of its end.
pub fn rehearsed(loaded: &Loaded, contest: &Contest, now: Timestamp) -> (Contest, Timestamp) {
    let tz = loaded.ledger.tz();
    // A contest that only a goal ends is rehearsed on four weeks.
    let end = contest.end.unwrap_or_else(|| {
        let start = tz.to_datetime(contest.start).saturating_add(28.days());
        start.to_zoned(tz.clone()).map_or(contest.start, |end| end.timestamp())
    });
    let ahead = end.duration_since(now).as_secs().max(0);
    let weeks = (ahead + WEEK_S - 1) / WEEK_S;
    let back = |at: Timestamp| {
        let moved = tz.to_datetime(at).saturating_sub((7 * weeks).days());
        moved.to_zoned(tz.clone()).map_or(at, |moved| moved.timestamp())
    };
    let mut moved = contest.clone();
    let end = back(end);
    (moved.start, moved.end, moved.confirmed) = (back(contest.start), Some(end), Some(true));
    (moved, end.min(now))
}

pub fn rehearsal(loaded: &Loaded, contest: &Contest, now: Timestamp) -> Rehearsal {
    let (moved, end) = rehearsed(loaded, contest, now);
    let rows = Figures { floor: &loaded.floor, ledger: &loaded.ledger, now: end }.contest(&moved).rows;
    // A contest until midnight ends on the day before.
    let last = end.checked_sub(1.second()).unwrap_or(end);
    let leaders: Vec<Vec<Scope>> = evenings(loaded, &moved, last).into_iter().map(|(_, rows)| leaders(&rows)).collect();
    let leaders: Vec<&Vec<Scope>> = leaders.iter().filter(|leaders| !leaders.is_empty()).collect();
    let shares =
        |row: &&Contender| row.holds.is_some() && rows.iter().filter(|other| other.place == row.place).count() > 1;
    let apart = matches!(contest.format, ContestFormat::Bracket | ContestFormat::Threshold);
    let day = |at: Timestamp| loaded.ledger.day(at);
    Rehearsal {
        first: day(moved.start),
        last: day(last),
        took_part: rows.iter().filter(|row| row.place.is_some()).count(),
        all: rows.len(),
        changes: leaders.windows(2).filter(|pair| pair[0] != pair[1]).count(),
        tied: if apart { 0 } else { rows.iter().filter(shares).count() },
        rows,
    }
}

/// The one time of day at which all facts of a contest's figures come; `None`: they have times of their own, or are too few to
/// tell.
pub fn only_time(loaded: &Loaded, contest: &Contest, now: Timestamp) -> Option<Time> {
    let tz = loaded.ledger.tz();
    let start = first_instant(tz.to_datetime(now).date().saturating_sub(LOOKED_BACK.days()), tz);
    let span = Span { start, end: now };
    let facts = contest.metrics.iter().flat_map(|(metric, _)| loaded.ledger.facts(*metric, span));
    let times: Vec<Time> = facts.map(|fact| tz.to_datetime(fact.at).time()).collect();
    let first = *times.first()?;
    (times.len() >= ENOUGH_FACTS && times.iter().all(|time| *time == first)).then_some(first)
}

/// The contestants by their figures in the same time before it, the best first, as a bracket seats them.
pub fn seeds(loaded: &Loaded, contest: &Contest, now: Timestamp) -> Vec<String> {
    let (moved, now) = rehearsed(loaded, contest, now);
    let most = Contest { format: ContestFormat::Most, ..moved };
    let figures = Figures { floor: &loaded.floor, ledger: &loaded.ledger, now };
    let key = |row: &Contender| match row.who {
        Scope::Company => None,
        Scope::Team(team) => Some(loaded.floor.team(team).key.clone()),
        Scope::Person(person) => Some(loaded.floor.person(person).key.clone()),
    };
    figures.contest(&most).rows.iter().filter_map(key).collect()
}

/// Everybody at the top who has done something.
pub fn leaders(rows: &[Contender]) -> Vec<Scope> {
    let mut top: Vec<Scope> = rows.iter().filter(|row| row.place == Some(1)).map(|row| row.who).collect();
    top.sort();
    top
}

/// The rows at the end of each day of a contest, until an instant.
fn evenings(loaded: &Loaded, contest: &Contest, until: Timestamp) -> Vec<(Date, Vec<Contender>)> {
    let (first, last) = (loaded.ledger.day(contest.start), loaded.ledger.day(until));
    let days = std::iter::successors(Some(first), |day| day.tomorrow().ok()).take_while(|day| *day <= last);
    let evening = |day: Date| {
        let next = first_instant(day.tomorrow().unwrap_or(day), loaded.ledger.tz());
        let now = next.checked_sub(1.millisecond()).unwrap_or(next).min(until);
        (day, Figures { floor: &loaded.floor, ledger: &loaded.ledger, now }.contest(contest).rows)
    };
    days.take(MAX_DAYS).map(evening).collect()
}

/// The lines of those who end in front, as SVG; `None`: there is nothing to draw a line of, or it is a bracket.
pub fn chart(loaded: &Loaded, contest: &Contest, now: Timestamp, day_name: impl Fn(Date) -> String) -> Option<String> {
    // Who leads a bracket is not who has most in all.
    if contest.format == ContestFormat::Bracket {
        return None;
    }
    let figures = Figures { floor: &loaded.floor, ledger: &loaded.ledger, now };
    let figure = figures.contest(contest);
    let until = figure.ended.unwrap_or(now).min(now);
    let evenings = evenings(loaded, contest, until);
    let named = |row: &&Contender| match row.who {
        Scope::Person(person) => loaded.floor.person(person).wall_name().is_some(),
        _ => true,
    };
    let front: Vec<&Contender> =
        figure.rows.iter().filter(named).filter(|row| row.place.is_some()).take(LINES).collect();
    let top = front.iter().map(|row| row.value.as_f64()).fold(0.0, f64::max);
    if evenings.len() < 2 || top <= 0.0 {
        return None;
    }
    let x = |at: usize| 20.0 + 560.0 * at as f64 / (evenings.len() - 1) as f64;
    let y = |value: f64| 170.0 - 150.0 * (value / top).clamp(0.0, 1.0);
    let mut out = String::from("<svg class=\"chart\" viewBox=\"0 0 760 200\" aria-hidden=\"true\">");
    let step = evenings.len().div_ceil(8);
    for (at, (day, _)) in evenings.iter().enumerate().filter(|(at, _)| at % step == 0) {
        out += &format!("<line class=\"grid0\" x1=\"{0:.0}\" x2=\"{0:.0}\" y1=\"14\" y2=\"172\"/>", x(at));
        out +=
            &format!("<text x=\"{:.0}\" y=\"192\" text-anchor=\"middle\">{}</text>", x(at), escaped(&day_name(*day)));
    }
    let mut taken: Vec<f64> = Vec::new();
    for (n, row) in front.iter().enumerate().rev() {
        let points: Vec<String> = evenings
            .iter()
            .enumerate()
            .filter_map(|(at, (_, rows))| {
                let value = rows.iter().find(|other| other.who == row.who)?.value.as_f64();
                Some(format!("{:.1},{:.1}", x(at), y(value)))
            })
            .collect();
        let class = if n == 0 { "first" } else { "other" };
        out += &format!("<polyline class=\"{class}\" points=\"{}\"/>", points.join(" "));
        let (end, mut text) = (y(row.value.as_f64()), y(row.value.as_f64()) + 4.0);
        while taken.iter().any(|other| (other - text).abs() < 16.0) {
            text += 16.0;
        }
        taken.push(text);
        out += &format!("<circle class=\"dot\" cx=\"580\" cy=\"{end:.1}\" r=\"5\"/>");
        out += &format!("<text x=\"594\" y=\"{text:.1}\">{}</text>", escaped(figures.name(row.who)));
    }
    Some(out + "</svg>")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
