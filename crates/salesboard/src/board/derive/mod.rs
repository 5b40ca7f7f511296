//! Derives celebrations for a source that only sends totals: a leader, a goal or a deal from two boards in a row.
//!
//! A cause is a step that was seen: from one board to the next of the same period and measure. Where so much changes at
//! once that it is an import or a new count, nothing is a cause. Ids follow from the cause alone, so that a wall that
//! remembers them celebrates nothing twice, over restarts and corrections too.

mod deal;
mod goal;
mod leader;
mod lost;
mod standing;

use std::collections::HashSet;

use jiff::Timestamp;

use super::{Better, Board, Body, Event, EventKind, Identity, Ranking, SlideData, Unit};
use deal::Peaks;
use lost::Lost;
use standing::{Standing, columns, more, more_deals};

/// Most celebrations of one step, as on a board.
const EVENTS: usize = 32;
/// Most ids of one step: an import must not push all others out of the memory.
const IDS: usize = 64;
/// So many rows may grow at once and still be deals.
const LEAPS: usize = 3;
/// So many more deals in one step still count as deals, however few there were before.
const DEALS: f64 = 10.0;
/// So many per person who has more still count as deals: a source that answers rarely brings some for everybody.
const DEALS_EACH: f64 = 5.0;
/// At most so many count as deals in one step, however many there were before.
const MAX_DEALS: f64 = 100.0;

/// Which celebrations are derived.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rules {
    /// Another person leads a ranking.
    pub leader: bool,
    /// 100 % of a target.
    pub goal: bool,
    /// A person's value grew by so much in one step.
    pub deal_min: Option<f64>,
    /// The metric of deals; `None`: results in amounts.
    pub deal_metric: Option<String>,
}

/// What a step from one board to the next gives.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DerivedEvents {
    /// What follows from the step; those to be celebrated come first.
    pub derived: Vec<Derived>,
    /// Ids of celebrations of earlier steps that are no longer true: they are dropped unless they have begun.
    pub withdrawn: Vec<String>,
}

/// One thing that follows from a step.
#[derive(Debug, Clone, PartialEq)]
pub struct Derived {
    /// Never to be celebrated (again).
    pub id: String,
    /// To be celebrated, if the id is new.
    pub event: Option<Event>,
}

/// What is remembered between steps.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    peaks: Peaks,
    lost: Lost,
    /// Celebrations that may still wait for their turn, the oldest first.
    recent: Vec<Event>,
}

impl Memory {
    /// Takes over the ids that an earlier run has celebrated.
    pub fn recall<'a>(&mut self, ids: impl Iterator<Item = &'a str>) {
        self.peaks.recall(ids);
    }

    /// The celebrations of the step to `now`. `at` is when the step was seen, `day` the day on the floor:
    /// the period of a slide without one.
    pub fn step(
        &mut self,
        rules: &Rules,
        before: Option<&Board>,
        now: &Board,
        at: Timestamp,
        day: &str,
    ) -> DerivedEvents {
        let Some(before) = before else { return DerivedEvents::default() };
        if before.id != now.id || before.epoch != now.epoch {
            *self = Memory::default();
            return DerivedEvents::default();
        }
        let (standing, gone): (Vec<Event>, _) =
            std::mem::take(&mut self.recent).into_iter().partition(|event| stands(event, now));
        let withdrawn = gone.into_iter().map(|event| event.id).collect();
        self.recent = standing;
        let mut pairs: Vec<Pair> = now.slides.iter().filter_map(|slide| Pair::new(before, now, slide, day)).collect();
        // A cause that is on several slides is celebrated on one that can be seen.
        pairs.sort_by_key(|pair| !is_open(pair.slides[1], at));
        let upheaval = pairs.iter().any(|pair| pair.is_upheaval(rules));
        self.peaks.keep(&pairs);
        self.lost.remember(&pairs, upheaval, at);
        let mut notes = Notes { at: now.as_of.unwrap_or(at), list: Vec::new(), ids: HashSet::new() };
        // A deal comes first: its picture also says that the person now leads.
        for pair in &pairs {
            deal::derive(pair, rules, (&mut self.peaks, &self.lost), upheaval, &mut notes);
            if rules.leader {
                leader::derive(pair, &self.lost, &mut notes);
            }
            if rules.goal {
                goal::derive(pair, &mut notes);
            }
        }
        let mut list = notes.list;
        // A source that sends its own events needs none from us.
        if upheaval || !now.events.is_empty() || !now.derive {
            list.iter_mut().for_each(|derived| derived.event = None);
        }
        // What is celebrated stands on a slide that can be seen.
        let seen = |event: &Event| event.slide.as_deref().and_then(|id| now.slide(id)).is_some_and(|s| is_open(s, at));
        for derived in &mut list {
            derived.event.take_if(|event| !seen(event));
        }
        list.sort_by_key(|derived| derived.event.is_none());
        list.iter_mut().skip(EVENTS).for_each(|derived| derived.event = None);
        list.truncate(IDS);
        self.recent.extend(list.iter().filter_map(|derived| derived.event.clone()));
        self.recent.drain(..self.recent.len().saturating_sub(EVENTS));
        DerivedEvents { derived: list, withdrawn }
    }
}

/// Whether a board still says what is to be celebrated.
fn stands(event: &Event, board: &Board) -> bool {
    let Some(slide) = event.slide.as_deref().and_then(|id| board.slide(id)) else { return false };
    match event.kind {
        EventKind::NewLeader => leader::stands(event, board, slide),
        EventKind::GoalReached => goal::stands(event, board, slide),
        _ => deal::stands(event, board, slide),
    }
}

/// Whether a slide is shown at an instant.
fn is_open(slide: &SlideData, at: Timestamp) -> bool {
    slide.start.is_none_or(|start| start <= at) && slide.end.is_none_or(|end| at < end)
}

/// A slide before and now, of the same period.
struct Pair<'a> {
    boards: [&'a Board; 2],
    slides: [&'a SlideData; 2],
    period: String,
    /// The period is said; else it is the day.
    named: bool,
}

impl<'a> Pair<'a> {
    fn new(before: &'a Board, now: &'a Board, slide: &'a SlideData, day: &str) -> Option<Pair<'a>> {
        let was = before.slide(&slide.id)?;
        let period = |slide: &SlideData| {
            let period = slide.period.clone().unwrap_or_default();
            [period.label, period.start.map(|at| at.to_string()), period.end.map(|at| at.to_string())]
        };
        let parts = period(slide);
        let named = parts.iter().any(Option::is_some);
        let same = period(was) == parts;
        let period = if named { parts.map(Option::unwrap_or_default).join("/") } else { day.to_owned() };
        same.then_some(Pair { boards: [before, now], slides: [was, slide], period, named })
    }

    /// The ranking before and now, if figures of the one can be compared with those of the other and more is better.
    fn rankings(&self) -> Option<[&'a Ranking; 2]> {
        let [Body::Ranking(was), Body::Ranking(now)] = self.slides.map(|slide| &slide.body) else { return None };
        let same_measure = was.of == now.of && was.by == now.by && was.rank == now.rank;
        (same_measure && was.metric == now.metric && self.counts_up(now.metric.as_deref())).then_some([was, now])
    }

    /// Whether a metric means the same on both boards, and more of it is better: of a figure that shall be small
    /// nobody knows before the end of its period.
    fn counts_up(&self, metric: Option<&str>) -> bool {
        let [was, now] = self.boards.map(|board| board.metric(metric));
        was.unit == now.unit && was.decimals == now.decimals && [was.better, now.better] == [Better::Up; 2]
    }

    /// The list before and now, if figures of the one can be compared with those of the other and more is better.
    fn standings(&self) -> Option<[Standing<'a>; 2]> {
        let [was, now] = self.slides.map(Standing::of);
        let (was, now) = (was?, now?);
        (was.measure == now.measure && self.counts_up(now.measure.metric)).then_some([was, now])
    }

    /// Whether more than half of the rows leapt or fell in one of the figures, or more deals came at once than people
    /// make: an import, or a new count.
    fn is_upheaval(&self, rules: &Rules) -> bool {
        let many = |(more, was, people)| {
            let each = more > DEALS_EACH * people as f64;
            more > MAX_DEALS || more > DEALS && each && more * 4.0 > was
        };
        if more_deals(self).is_some_and(many) {
            return true;
        }
        let min = rules.deal_min.filter(|_| self.rankings().is_some_and(|[_, now]| self.has_deals(rules, now)));
        columns(self).iter().any(|[old, new]| {
            let leapt = |(who, value): &(&&str, &f64)| {
                let from = old.get(**who).copied().unwrap_or(0.0);
                let growth = *value - from;
                growth > 0.0 && (growth >= from / 2.0 || min.is_some_and(|min| growth >= min))
            };
            let fell = |(who, value): &(&&str, &f64)| new.get(**who).is_none_or(|now| now < *value);
            let (leaps, falls) = (new.iter().filter(leapt).count(), old.iter().filter(fell).count());
            let (was, now) = (old.len(), new.len());
            let many = leaps > LEAPS || leaps > 1 && leaps == now;
            // A list of counts that is another one all at once, by whomever. What is no amount is a count.
            let (more, all) = more(old, new);
            let recounted = self.is_count() && more > MAX_DEALS && more > all;
            // One alone is no list.
            many && leaps * 2 > now || was > 1 && (recounted || falls * 2 > was)
        })
    }

    /// Whether the figures of a list are counts.
    fn is_count(&self) -> bool {
        let counted = |list: &Standing| self.boards[1].metric(list.measure.metric).unit == Unit::Count;
        self.standings().is_some_and(|[_, now]| counted(&now))
    }

    /// Whether the deals are seen on this ranking.
    fn has_deals(&self, rules: &Rules, now: &Ranking) -> bool {
        let metric = self.boards[1].metric(now.metric.as_deref());
        let fits = match &rules.deal_metric {
            Some(id) => now.metric.as_deref() == Some(id),
            None => {
                matches!(metric.unit, Unit::Currency(_) | Unit::Number) && metric.kind == super::MetricKind::Lagging
            }
        };
        now.of == super::Of::People && fits
    }

    fn id(&self) -> &'a str {
        &self.slides[1].id
    }
}

/// What the step has said so far.
struct Notes {
    at: Timestamp,
    list: Vec<Derived>,
    ids: HashSet<String>,
}

impl Notes {
    /// Never to be celebrated.
    fn quietly(&mut self, id: String) {
        if self.ids.insert(id.clone()) {
            self.list.push(Derived { id, event: None });
        }
    }

    /// To be celebrated.
    fn celebrate(&mut self, event: Event) {
        if self.ids.insert(event.id.clone()) {
            self.list.push(Derived { id: event.id.clone(), event: Some(event) });
        }
    }

    /// Whether a person has a celebration of this kind already: one cause stands on several slides.
    fn has(&self, kind: EventKind, who: &str) -> bool {
        self.events().any(|event| event.kind == kind && event.who.iter().any(|one| one.id == who))
    }

    /// What is to be celebrated so far.
    fn events(&self) -> impl Iterator<Item = &Event> {
        self.list.iter().filter_map(|derived| derived.event.as_ref())
    }

    fn event(&self, id: String, kind: EventKind, who: Option<&Identity>, slide: &SlideData, tier: u8) -> Event {
        Event {
            id,
            at: self.at,
            until: None,
            kind,
            who: who.into_iter().cloned().collect(),
            metric: None,
            value: None,
            headline: None,
            previous: None,
            account: None,
            slide: Some(slide.id.clone()),
            tier,
        }
    }
}

/// One text of several; no two lists give the same, as ids of the feed have no control characters.
fn join(parts: &[&str]) -> String {
    parts.join("\u{1f}")
}

#[cfg(test)]
mod tests;
