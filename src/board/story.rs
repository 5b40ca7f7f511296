//! Finds what is worth a line in the footer: facts about a ranking that the kept days prove (DESIGN 6.1, The story line).
//!
//! Nothing is said about who falls, nothing that a day without a board could contradict, and nothing after its day.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::chronicle::{Chronicle, Day, Standing, follows, is_weekend, period_key};
use super::race::Race;
use super::rank;
use super::{Better, Board, Body, Identity, Of, Period, RankStyle, Ranking, SlideData};

/// Fewer days in a row are no streak, and fewer places won no climb.
const SHORTEST_STREAK: u32 = 3;
const FEWEST_PLACES: u32 = 2;
/// A pace is told from so many working days on, and from so many days that were seen, today included.
const FEWEST_DAYS: u32 = 3;

/// One fact, true on its day.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// Somebody else leads since today, for the first time since this day of the last week.
    LeadChange { since: Weekday },
    /// Closed a deal on each of so many days, the last of them today.
    Streak { who: Identity, days: u32 },
    /// Stands so many places further up than at the end of last week.
    Climb { who: Identity, places: u32 },
    /// By the sum per working day so far the goal is reached on this day of the period.
    GoalOn { date: Date },
}

/// The facts about one ranking, the most telling first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Story {
    pub facts: Vec<Fact>,
    /// The end of the day on which they are true.
    pub until: Option<Timestamp>,
    /// How the period was run, where enough of its days were seen.
    pub race: Option<Race>,
}

impl Story {
    /// What the kept days and the board that was noted last prove about one of its slides.
    pub fn of(chronicle: &Chronicle, board: &Board, slide: &SlideData, zone: &TimeZone) -> Story {
        let none = Story::default();
        let (Body::Ranking(r), Some((last, before))) = (&slide.body, chronicle.days().split_last()) else {
            return none;
        };
        let today = last.date;
        if r.rank == RankStyle::None {
            return none;
        }
        let days = Days { slide: &slide.id, period: period_key(slide.period.as_ref()), last, before };
        let facts = [
            days.lead_change(board, slide, r, zone),
            days.streak(r),
            days.climb(r),
            goal_on(board, r, slide.period.as_ref(), today, zone).filter(|_| days.seen() >= FEWEST_DAYS as usize),
        ];
        let until = today.tomorrow().ok().and_then(|next| next.to_zoned(zone.clone()).ok()).map(|end| end.timestamp());
        Story { facts: facts.into_iter().flatten().collect(), until, race: Race::of(chronicle, board, slide) }
    }
}

/// The days of one slide: the last one, and those before it.
struct Days<'a> {
    slide: &'a str,
    period: String,
    last: &'a Day,
    before: &'a [Day],
}

impl<'a> Days<'a> {
    /// A day's standing, if it counted the same period.
    fn standing(&self, day: &'a Day) -> Option<&'a Standing> {
        day.rankings.get(self.slide).filter(|standing| standing.period == self.period)
    }

    /// Days on which this period was seen, today included.
    fn seen(&self) -> usize {
        1 + self.before.iter().filter(|day| self.standing(day).is_some()).count()
    }

    fn lead_change(&self, board: &Board, slide: &SlideData, r: &Ranking, zone: &TimeZone) -> Option<Fact> {
        // Where the source says since when somebody leads, it must agree.
        let first = rank::places(board, slide).into_iter().find(|place| place.rank == Some(1))?;
        let since = r.rows[first.row].leader_since;
        if since.is_some_and(|at| at.to_zoned(zone.clone()).date() != self.last.date) {
            return None;
        }
        // The days of the last changes, the newest first.
        let mut changes = Vec::new();
        let mut later: Option<(Date, &str)> = None;
        for day in [self.last].into_iter().chain(self.before.iter().rev()) {
            let Some(leaders) = self.standing(day).map(|standing| &standing.leaders) else { break };
            let (Some(first), Some(last)) = (leaders.first(), leaders.last()) else { break };
            if later.is_some_and(|(date, _)| !follows(day.date, date)) {
                break;
            }
            // Who shares the lead, or is forgotten, may have had it before.
            if !leaders.iter().all(|leader| Standing::is_sole(leader)) {
                return None;
            }
            // A change that no board saw may belong to either day.
            if later.is_some_and(|(_, leader)| leader != last) {
                break;
            }
            changes.extend((1..leaders.len()).map(|_| day.date));
            if changes.len() > 1 {
                break;
            }
            later = Some((day.date, first.as_str()));
        }
        let [newest, before, ..] = changes[..] else { return None };
        let days = before.until(newest).ok()?.get_days();
        (newest == self.last.date && (2..=6).contains(&days)).then(|| Fact::LeadChange { since: before.weekday() })
    }

    fn streak(&self, r: &Ranking) -> Option<Fact> {
        if r.of != Of::People {
            return None;
        }
        let run = |who: &Identity| {
            if !self.last.sold.contains(&who.id) {
                return 0;
            }
            let (mut n, mut day) = (1, self.last);
            for earlier in self.before.iter().rev() {
                // A weekend on which nobody sold is no gap.
                if is_weekend(earlier.date) && earlier.sold.is_empty() {
                    continue;
                }
                if !follows(earlier.date, day.date) || !earlier.sold.contains(&who.id) {
                    break;
                }
                (n, day) = (n + 1, earlier);
            }
            n
        };
        // The first of those with the longest run, in the order of the rows.
        let runs = r.rows.iter().rev().map(|row| (run(&row.who), &row.who));
        let (days, who) = runs.max_by_key(|(days, _)| *days)?;
        (days >= SHORTEST_STREAK).then(|| Fact::Streak { who: who.clone(), days })
    }

    fn climb(&self, r: &Ranking) -> Option<Fact> {
        let now = self.standing(self.last)?;
        let into_week = i64::from(self.last.date.weekday().to_monday_zero_offset());
        let monday = self.last.date.checked_sub(into_week.days()).ok()?;
        let week_before = monday.checked_sub(7.days()).ok()?;
        let then = self.before.iter().rev().find(|day| day.date < monday).filter(|day| day.date >= week_before)?;
        let then: &BTreeMap<String, u32> = &self.standing(then)?.places;
        let won = |who: &Identity| then.get(&who.id)?.checked_sub(*now.places.get(&who.id)?);
        let climbs = r.rows.iter().rev().filter_map(|row| Some((won(&row.who)?, &row.who)));
        let (places, who) = climbs.max_by_key(|(places, _)| *places)?;
        (places >= FEWEST_PLACES).then(|| Fact::Climb { who: who.clone(), places })
    }
}

/// The day on which the sum reaches its target at the pace so far. Only where the working days that the source has left are
/// those of Monday to Friday: else nobody knows which day it is.
fn goal_on(board: &Board, r: &Ranking, period: Option<&Period>, today: Date, zone: &TimeZone) -> Option<Fact> {
    let (total, period) = (r.total?, period?);
    let better = r.metric.as_ref().and_then(|id| board.metrics.get(id)).map_or(Better::Up, |metric| metric.better);
    let (value, target) = (total.value?, total.target?);
    let (days_total, days_left) = (period.days_total?, period.days_left?);
    if better != Better::Up || value <= 0.0 || value >= target || days_left == 0 || days_left > days_total {
        return None;
    }
    // Today is one of those that are left, and counts as worked: the pace is not flattered.
    let worked = days_total - days_left + 1;
    let needs = ((target - value) / (value / f64::from(worked))).ceil();
    if worked < FEWEST_DAYS || needs > f64::from(days_left - 1) || is_weekend(today) {
        return None;
    }
    let end = period.end?.to_zoned(zone.clone()).date();
    let mut working = today.series(1.day()).take_while(|day| *day < end).take(400).filter(|day| !is_weekend(*day));
    let date = working.clone().nth(needs as usize)?;
    (working.by_ref().count() == days_left as usize).then_some(Fact::GoalOn { date })
}
