//! The way to the company's goal: how many deals it takes, and how much of what leads to them, by the rates of the last months.

use jiff::{Timestamp, ToSpan as _};
use salesfloor::facts::{MetricId, Scope};
use salesfloor::figures::{Figures, MIN_CASES, Value, median};
use salesfloor::period::{Days, Span};

use super::Of;
use crate::store::figures::Loaded;
use crate::store::{Result as Stored, Tx, metrics, targets};
use crate::web::pages::amounts::major;
use crate::web::pages::floor::rate_window;
use crate::web::pages::goals::{card, change};
use crate::web::pages::numbers::{exact, one, tenths};
use crate::web::words::{Words, fill};

/// With fewer deals their median is chance.
const FEWEST_DEALS: usize = 5;

/// The way, as far as there are facts for it.
pub struct Way {
    /// The first one is the goal itself.
    pub steps: Vec<Step>,
    /// Why it goes no further; empty where it does.
    pub few: String,
    /// "13.2 New calls, 2.2 Meetings held", of a person and day, and the same of last month.
    pub per_day: String,
    pub before: String,
    /// The fields of *Indicators* with these targets in them; empty where no indicator is on the way.
    pub fields: Vec<(String, String)>,
}

pub struct Step {
    /// "÷ 31 %, 362 of 1,168"; empty for the first.
    pub why: String,
    pub label: String,
    pub n: String,
}

/// What the last months say of a floor.
struct Rates<'a> {
    figures: Figures<'a>,
    window: Span,
}

impl Rates<'_> {
    /// The median of the deals, in minor units, and of how many.
    fn median(&self, won: MetricId) -> (i64, usize) {
        let facts = self.figures.ledger.facts(won, self.window);
        let mut amounts: Vec<i64> = facts.iter().map(|fact| fact.amount).filter(|amount| *amount > 0).collect();
        amounts.sort_unstable();
        let sorted: Vec<f64> = amounts.iter().map(|amount| *amount as f64).collect();
        (median(&sorted).map_or(0, |median| median.round() as i64), sorted.len())
    }

    /// What leads to a figure; of several the one that happens most.
    fn leads_to(&self, to: MetricId) -> Option<MetricId> {
        let floor = self.figures.floor;
        let from = floor.metric_ids().filter(|id| floor.metric(*id).leads_to == Some(to));
        from.max_by_key(|id| self.figures.sum(*id, Scope::Company, self.window).total)
    }
}

/// The way to a target of the company in minor units; `None`: it is not about money that is won.
///
/// # Errors
/// The store's.
pub fn way(tx: &mut Tx<'_>, loaded: &Loaded, w: &Words, of: &Of, now: Timestamp) -> Stored<Option<Way>> {
    let (Some(won), Some(deals)) = (loaded.metric("won"), loaded.metric("deals")) else { return Ok(None) };
    let own = |goal: &targets::GoalRow| of.is_of(goal) && goal.scope == "company";
    let goal = targets::goals(tx)?.into_iter().find(own).map(|goal| goal.target);
    let Some(target) = goal.filter(|_| of.metric == "won") else { return Ok(None) };
    let figures = loaded.at(now);
    let window = rate_window(&figures);
    let rates = Rates { figures, window };
    let metric = |id: MetricId| loaded.floor.metric(id);
    let mut way = Way {
        steps: vec![Step {
            why: String::new(),
            label: metric(won).label.clone(),
            n: exact(metric(won), target, w.lang),
        }],
        few: String::new(),
        per_day: String::new(),
        before: String::new(),
        fields: Vec::new(),
    };
    let words = w.of_goals();
    let few = |id: MetricId, n: u64, min: u64| {
        fill(words.way_few, &[("what", &metric(id).label), ("n", &w.count(n as i64)), ("min", &w.count(min as i64))])
    };
    let (median, n) = rates.median(won);
    if n < FEWEST_DEALS {
        way.few = few(deals, n as u64, FEWEST_DEALS as u64);
        return Ok(Some(way));
    }
    let mut needed = vec![(deals, (target as f64 / median as f64).ceil())];
    way.steps.push(Step {
        why: fill(words.way_deal, &[("amount", &exact(metric(won), median, w.lang)), ("n", &w.count(n as i64))]),
        label: metric(deals).label.clone(),
        n: w.count(needed[0].1 as i64),
    });
    // What leads to the money that is won leads to deals.
    let before = |to: MetricId| rates.leads_to(to).or_else(|| rates.leads_to(won).filter(|_| to == deals));
    while let Some(from) = before(needed[needed.len() - 1].0) {
        let (to, wanted) = needed[needed.len() - 1];
        if needed.iter().any(|(known, _)| *known == from) {
            break;
        }
        let Some(rate) = rates.figures.conversion(from, Scope::Company, window).filter(|rate| rate.rate > 0.0) else {
            let n = rates.figures.value(from, Scope::Company, window).map_or(0.0, Value::as_f64);
            way.few = few(from, n.max(0.0) as u64, MIN_CASES);
            break;
        };
        let all = rate.needed(wanted).unwrap_or(0) as f64;
        let done = (rate.rate * rate.n as f64).round() as i64;
        let percent = one(&tenths(metric(from)), (rate.rate * 1000.0).round() / 10.0, w.lang);
        way.steps.push(Step {
            why: fill(
                words.way_rate,
                &[
                    ("rate", &percent),
                    ("to", &format!("{} {}", w.count(done), metric(to).label)),
                    ("from", &format!("{} {}", w.count(rate.n as i64), metric(from).label)),
                ],
            ),
            label: metric(from).label.clone(),
            n: w.count(all as i64),
        });
        needed.push((from, all));
    }
    daily(&mut way, loaded, w, (of, &rates), &needed);
    fields(tx, &mut way, loaded, (of, now), &needed)?;
    Ok(Some(way))
}

/// What it is for a person and day, and what it was in the month before: of the running one up to yesterday.
fn daily(way: &mut Way, loaded: &Loaded, w: &Words, (of, rates): (&Of, &Rates<'_>), needed: &[(MetricId, f64)]) {
    let today = rates.figures.today();
    let before = Days { start: of.days.start.saturating_sub(1.month()), end: of.days.start };
    let done_in = Days { end: before.end.min(today), ..before };
    let shares = |days: Days| {
        let people = loaded.floor.person_ids().filter(|id| loaded.floor.person(*id).works_on(days.start)).count();
        loaded.floor.calendar.work_in(days, None) * people as f64
    };
    let text = |days: Days, of: &dyn Fn(MetricId, f64) -> f64| {
        let shares = shares(days);
        let part = |(id, n): &(MetricId, f64)| {
            let metric = loaded.floor.metric(*id);
            let a_day = (of(*id, *n) / shares * 10.0).round() / 10.0;
            format!("{} {}", one(&tenths(metric), a_day, w.lang), metric.label)
        };
        let parts: Vec<String> = needed.iter().rev().map(part).collect();
        if shares > 0.0 { parts.join(if w.lang == "ja" { "、" } else { ", " }) } else { String::new() }
    };
    let words = w.of_goals();
    let planned = text(of.days, &|_, n| n);
    let done = text(done_in, &|id, _| {
        rates.figures.value(id, Scope::Company, rates.figures.span(done_in)).map_or(0.0, Value::as_f64)
    });
    if !planned.is_empty() {
        way.per_day = fill(words.way_day, &[("parts", &planned)]);
    }
    if !done.is_empty() {
        way.before = fill(words.way_before, &[("month", &w.month(before.start)), ("parts", &done)]);
    }
}

/// The fields of the scorecard, with a person's part of what is needed where the way leads past them.
fn fields(
    tx: &mut Tx<'_>,
    way: &mut Way,
    loaded: &Loaded,
    (of, now): (&Of, Timestamp),
    needed: &[(MetricId, f64)],
) -> Stored<()> {
    let people = loaded.floor.person_ids().filter(|id| loaded.floor.person(*id).works_on(of.days.start)).count();
    let Some(of_floor) = card(tx)?.filter(|_| people > 0) else { return Ok(()) };
    let known = metrics::list(tx)?;
    let mut is_on = false;
    for line in of_floor.lines {
        let Some(row) = known.iter().find(|row| row.id == line.metric) else { continue };
        let part = needed.iter().find(|(id, _)| loaded.floor.metric(*id).key == line.metric);
        is_on |= part.is_some();
        let target = match part {
            Some((_, n)) => {
                Some(((n / people as f64).ceil() as i64).max(1) * 10_i64.pow(row.decimals.clamp(0, 9) as u32))
            }
            None => line.target,
        };
        let text = target.map_or_else(String::new, |target| major(target, row.decimals));
        way.fields.push((format!("target-{}", line.metric), text));
        way.fields.push((format!("weight-{}", line.metric), line.weight.to_string()));
    }
    if !is_on {
        way.fields.clear();
        return Ok(());
    }
    let today = loaded.ledger.day(now);
    let won = known.iter().find(|row| row.id == "won").map_or(0, |row| row.decimals);
    let company = targets::goals(tx)?.into_iter().find(|goal| change::is_of_company(goal, today));
    way.fields.push(("company".into(), company.map_or_else(String::new, |goal| major(goal.target, won))));
    Ok(())
}
