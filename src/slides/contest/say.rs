//! Words what follows from the figures of a contest: kickers, the action line, what happened last, rules and period.

use super::sheet::{Entry, Row, Sheet};
use super::threshold;
use crate::board::{Better, ContestFormat as Format, ContestState as State, Of};
use crate::scene::text::is_cjk;
use crate::slides::widgets::duel::{Duel, Side};
use crate::words::NumberStyle;

/// The line under the duel: a strong part and a plain one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Action {
    /// While the data may say who leads.
    pub now: [String; 2],
    /// On data that is too old for that.
    pub old: [String; 2],
    /// How many share the lead, where there are more than two.
    pub note: String,
}

/// What happened last to a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Recent {
    /// Family name.
    pub name: String,
    /// "5 IN THE LAST 24 H"
    pub text: String,
    /// Up, down, or neither.
    pub sign: i8,
}

/// How many share the first place.
pub fn tied(sheet: &Sheet) -> usize {
    let first = sheet.entries.first().and_then(|e| e.place.rank);
    first.map_or(0, |rank| sheet.entries.iter().filter(|e| e.place.rank == Some(rank)).count())
}

/// What is said once the time of a running contest is up, until the source says how it ended.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Over {
    /// Over both sides.
    pub kickers: [String; 2],
    /// The line under them.
    pub action: [String; 2],
}

/// Nobody leads or chases any more: both have a place, and the result is provisional.
pub fn over(sheet: &Sheet, duel: &Duel) -> Over {
    let kicker = |side: &Option<Side>| {
        let Some(side) = side else { return String::new() };
        let at =
            sheet.entries.iter().position(|e| e.row.who.id == side.id && sheet.contest.format != Format::Threshold);
        match at {
            Some(i) if sheet.contest.format != Format::FirstTo || sheet.entries[i].row.reached_at.is_none() => {
                kicker_in(sheet, i, State::Ended)
            }
            _ => side.kicker.clone(),
        }
    };
    Over {
        kickers: [kicker(&duel.sides[0]), kicker(&duel.sides[1])],
        action: sheet.ctx.locale.words().contest.provisional.map(str::to_owned),
    }
}

/// What stands over the entry `i` of the first two.
pub fn kicker(sheet: &Sheet, i: usize) -> String {
    kicker_in(sheet, i, sheet.contest.state)
}

fn kicker_in(sheet: &Sheet, i: usize, state: State) -> String {
    let w = &sheet.ctx.locale.words().contest;
    let entry = &sheet.entries[i];
    let place = |rank: Option<u32>| rank.map(w.place).unwrap_or_default();
    let shared = entry.place.rank == Some(1) && tied(sheet) > 1;
    match state {
        State::Final => match entry.row.won {
            Some(1) => w.winner.to_owned(),
            Some(won) => (w.place)(won),
            None => place(entry.place.rank),
        },
        State::Ended if shared => w.tied.to_owned(),
        State::Ended => place(entry.place.rank),
        State::Upcoming | State::Running => match entry.row.reached_at {
            Some(at) if sheet.contest.format == Format::FirstTo => {
                format!("{} · {}", place(entry.place.rank), sheet.moment(at))
            }
            _ if shared => w.tied.to_owned(),
            _ if i == 0 => w.leads.to_owned(),
            _ => w.chases.to_owned(),
        },
    }
}

/// What is missing to the lead: one more than the leader has, for things that are counted (DESIGN 6.3).
pub fn missing_to_lead(lead: f64, second: f64) -> f64 {
    lead.round() - second.round() + 1.0
}

pub fn action(sheet: &Sheet) -> Action {
    let w = &sheet.ctx.locale.words().contest;
    let lines = |pair: [&str; 2]| pair.map(str::to_owned);
    let value = |i: usize| sheet.entries.get(i).filter(|e| e.place.rank.is_some()).and_then(|e| e.place.value);
    let both = value(0).zip(value(1));
    let old = both.map(|(a, b)| (w.gap)(&sheet.distance(a, b))).unwrap_or_default();
    let shared = tied(sheet);
    let note = if shared > 2 { (w.tied_many)(shared) } else { String::new() };
    let now = match (sheet.contest.state, sheet.contest.format, both) {
        (State::Ended, ..) => lines(w.provisional),
        (State::Final, ..) => lines(w.final_result),
        (State::Upcoming, ..) => Default::default(),
        (_, Format::Threshold, _) if sheet.contest.goal.is_some() => {
            let goal = sheet.contest.goal.unwrap_or_default();
            let next = threshold::next(sheet).and_then(|i| sheet.entries[i].place.value);
            let now = match next {
                Some(value) => (w.to_goal)(&sheet.distance(goal, value)),
                None => lines(w.all_reached),
            };
            return Action { old: now.clone(), now, note: String::new() };
        }
        (_, Format::FirstTo, _) if sheet.contest.goal.is_some() => return Action { now: race(sheet), old, note },
        (_, _, None) => Default::default(),
        (_, _, Some(_)) if shared > 1 && sheet.counts() => (w.next_leads)(&sheet.label()),
        (_, _, Some(_)) if shared > 1 => lines(w.level),
        (_, _, Some((a, b))) if sheet.counts() => (w.to_lead)(&sheet.amount(missing_to_lead(a, b))),
        (_, _, Some((a, b))) => (w.behind)(&sheet.distance(a, b)),
    };
    Action { now, old, note }
}

/// The same with what the gaps of the rows under it are to, where nothing else stands over them.
pub fn named_gaps(action: Action, sheet: &Sheet, rows: &[Row]) -> Action {
    if !action.note.is_empty() || rows.iter().all(|row| row.gap.is_empty() || row.gap == "=") {
        return action;
    }
    let w = &sheet.ctx.locale.words().contest;
    let to_goal = matches!(sheet.contest.format, Format::FirstTo | Format::Threshold) && sheet.contest.goal.is_some();
    Action { note: if to_goal { w.gap_to_goal } else { w.gap_to_first }.to_owned(), ..action }
}

/// What the best one on the way misses to be the next at the goal.
fn race(sheet: &Sheet) -> [String; 2] {
    let w = &sheet.ctx.locale.words().contest;
    let goal = sheet.contest.goal.unwrap_or_default();
    let there = sheet.entries.iter().filter(|e| sheet.reached(e)).count();
    let on_the_way = sheet.entries.iter().find(|e| !sheet.reached(e) && e.place.value.is_some());
    match on_the_way.and_then(|e| e.place.value) {
        Some(value) => (w.to_finish)(&sheet.distance(goal, value), there as u32 + 1),
        None => w.all_reached.map(str::to_owned),
    }
}

/// What happened last to the one who stands on the second side.
pub fn recent(sheet: &Sheet, side: Option<&Side>) -> Option<Recent> {
    let entry = sheet.entries.iter().find(|e| side.is_some_and(|s| s.id == e.row.who.id))?;
    if sheet.contest.state != State::Running {
        return None;
    }
    let recent = entry.row.recent.as_ref()?;
    let style = NumberStyle::for_values(&sheet.metric, &[recent.value], sheet.ctx.locale);
    let figure = match &sheet.metric.unit {
        crate::board::Unit::Currency(code) => sheet.ctx.locale.money(recent.value.abs(), code),
        _ => style.format(recent.value.abs()),
    };
    let label = recent.label.as_deref().map(|l| format!(" {}", sheet.ctx.locale.caps(l))).unwrap_or_default();
    let gain = if sheet.metric.better == Better::Down { -recent.value } else { recent.value };
    let sign = if gain > 0.0 { 1 } else { -i8::from(gain < 0.0) };
    Some(Recent { name: brief_name(sheet, entry), text: format!("{figure}{label}"), sign })
}

/// A person's family name; a short form of the source's own wins.
fn brief_name(sheet: &Sheet, entry: &Entry) -> String {
    let who = &entry.row.who;
    let board = sheet.ctx.board;
    let short = match sheet.contest.of {
        Of::People => board.people.get(&who.id).and_then(|p| p.short.clone()),
        Of::Teams => Some(board.teams.get(&who.id).and_then(|t| t.short.clone()).unwrap_or_else(|| who.name.clone())),
    };
    sheet.ctx.locale.caps(&short.unwrap_or_else(|| family(&who.name).to_owned()))
}

/// The family name stands first in kanji, last elsewhere.
fn family(name: &str) -> &str {
    let mut words = name.split_whitespace();
    if name.chars().any(is_cjk) { words.next() } else { words.next_back() }.unwrap_or(name)
}

/// How it is won, longest first: the source's rules, their first sentence, the format's own words.
pub fn rules(sheet: &Sheet) -> Vec<String> {
    let w = &sheet.ctx.locale.words().contest;
    let label = sheet.label();
    let goal = sheet.contest.goal.map(|g| sheet.amount(g)).unwrap_or_default();
    let mut out: Vec<String> = Vec::new();
    if let Some(rules) = &sheet.contest.rules {
        out.push(rules.clone());
        if let Some(end) = rules.find(['.', '!', '。', '！']) {
            let end = end + rules[end..].chars().next().map_or(0, char::len_utf8);
            out.push(rules[..end].to_owned());
        }
    }
    out.push(match sheet.contest.format {
        Format::FirstTo => (w.first_to)(&goal),
        Format::Threshold => (w.threshold)(&goal),
        Format::TeamTotal => (w.team_total)(&label),
        Format::TeamAverage => (w.team_average)(&label),
        Format::Versus => (w.versus)(&label),
        Format::Most if sheet.metric.better == Better::Down => (w.least)(&label),
        Format::Most => (w.most)(&label),
    });
    out
}

/// The first and last day, where both are said.
pub fn dates(sheet: &Sheet) -> Option<String> {
    let ctx = sheet.ctx;
    let period = ctx.data.period.as_ref();
    let day = |at: jiff::Timestamp| at.to_zoned(ctx.zone()).date();
    // Periods end before their end.
    let last = |at: jiff::Timestamp| day(at.checked_sub(jiff::SignedDuration::from_secs(1)).unwrap_or(at));
    let (start, end) = period.and_then(|p| p.start.zip(p.end))?;
    Some(ctx.locale.dates(day(start), last(end)))
}

/// The period's own name.
pub fn period_name(sheet: &Sheet) -> Option<String> {
    let label = sheet.ctx.data.period.as_ref()?.label.as_deref()?;
    Some(sheet.ctx.locale.caps(label))
}

/// Period and number of participants.
pub fn span(sheet: &Sheet) -> String {
    let w = &sheet.ctx.locale.words().contest;
    let dates = dates(sheet).or_else(|| period_name(sheet)).unwrap_or_default();
    let n = sheet.contest.rows.len() + sheet.contest.rows_left_out as usize;
    let many = match (n, sheet.contest.of) {
        (0, _) => String::new(),
        (n, Of::People) => (w.people)(n),
        (n, Of::Teams) => (w.teams)(n),
    };
    [dates, many].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_more_than_the_leader_takes_the_lead() {
        assert_eq!(
            [missing_to_lead(42.0, 39.0), missing_to_lead(7.0, 7.0), missing_to_lead(8.0, 0.0)],
            [4.0, 1.0, 9.0]
        );
    }

    #[test]
    fn family_names() {
        assert_eq!(["鈴木 大輔", "Daniel Okafor", "Prince", ""].map(family), ["鈴木", "Okafor", "Prince", ""]);
    }
}
