//! Finds a deal: a person's value grew by enough in one step, counted from the most that it has been within the period.

use std::collections::HashMap;

use super::lost::Lost;
use super::{Notes, Pair, Rules, join};
use crate::board::round::{from_units, units};
use crate::board::{Board, Body, Event, EventKind, SlideData};

/// Most people of one measure who are remembered when they are no longer on a slide.
const REMEMBERED: usize = 2000;

/// The most that each person has had within a period, in units of the metric's last digit.
#[derive(Debug, Clone, Default)]
pub(super) struct Peaks {
    /// By period and metric, then by person.
    of: HashMap<String, HashMap<String, i128>>,
}

impl Peaks {
    /// Takes over what an earlier run has celebrated: an id of a deal says how much a person had by then.
    pub fn recall<'a>(&mut self, ids: impl Iterator<Item = &'a str>) {
        for id in ids {
            let Some((of, value)) =
                id.strip_prefix(&join(&["derived", "deal", ""])).and_then(|id| id.rsplit_once(SEPARATOR))
            else {
                continue;
            };
            let (Some((measure, who)), Ok(value)) = (of.rsplit_once(SEPARATOR), value.parse::<i128>()) else {
                continue;
            };
            let peak = self.of.entry(measure.to_owned()).or_default().entry(who.to_owned()).or_insert(value);
            *peak = value.max(*peak);
        }
    }

    /// Forgets everything but these measures.
    pub fn keep(&mut self, pairs: &[Pair]) {
        self.of.retain(|measure, _| pairs.iter().any(|pair| measure_of(pair).as_ref() == Some(measure)));
    }
}

const SEPARATOR: char = '\u{1f}';

/// A period and a metric.
fn measure_of(pair: &Pair) -> Option<String> {
    let [_, now] = pair.rankings()?;
    Some(join(&[&pair.period, now.metric.as_deref().unwrap_or_default()]))
}

/// Whether a person still has as much as after the deal.
pub(super) fn stands(event: &Event, board: &Board, slide: &SlideData) -> bool {
    let Body::Ranking(ranking) = &slide.body else { return false };
    let had = event.id.rsplit_once(SEPARATOR).and_then(|(_, value)| value.parse::<i128>().ok());
    let decimals = i32::from(board.metric(event.metric.as_deref()).decimals);
    let row = ranking.rows.iter().find(|row| event.who.iter().any(|who| who.id == row.who.id));
    let has = row.and_then(|row| row.value).map(|value| units(value, decimals));
    has.is_some() && has >= had
}

/// Notes the deals of a ranking; of an upheaval only what everybody has then. What was lost is no deal when it is back.
pub(super) fn derive(
    pair: &Pair,
    rules: &Rules,
    (peaks, lost): (&mut Peaks, &Lost),
    upheaval: bool,
    notes: &mut Notes,
) {
    let Some((min, [was, now])) = rules.deal_min.zip(pair.rankings()) else { return };
    let Some(measure) = measure_of(pair).filter(|_| pair.has_deals(rules, now)) else { return };
    let decimals = i32::from(pair.boards[1].metric(now.metric.as_deref()).decimals);
    let peaks = peaks.of.entry(measure.clone()).or_default();
    if upheaval && !pair.named {
        // It may be that a new period has begun.
        peaks.clear();
    }
    let old: HashMap<&str, Option<f64>> = was.rows.iter().map(|row| (row.who.id.as_str(), row.value)).collect();
    if !upheaval || pair.named {
        // A person who is missing for a while is known all the same.
        for (who, had) in old.iter().filter_map(|(who, had)| Some((*who, units((*had)?, decimals)))) {
            let peak = peaks.entry(who.to_owned()).or_insert(had);
            *peak = had.max(*peak);
        }
    }
    for row in &now.rows {
        let (who, Some(value)) = (row.who.id.as_str(), row.value) else { continue };
        let value = units(value, decimals);
        let known = match old.get(who) {
            Some(was) => Some(was.map_or(0, |was| units(was, decimals))),
            // A person's first deal; but of a list that was cut nobody knows who was below.
            None => (was.rows_left_out == 0 && !was.rows.is_empty()).then_some(0),
        };
        let peak = peaks.get(who).copied();
        if upheaval {
            peaks.insert(who.to_owned(), peak.map_or(value, |peak| peak.max(value)));
            continue;
        }
        let had = lost.had(pair, now.metric.as_deref(), who).map(|had| units(had, decimals));
        let from = known.max(peak);
        let from = from.map(|from| had.map_or(from, |had| from.max(had)));
        peaks.insert(who.to_owned(), from.map_or(value, |from| from.max(value)));
        let Some(growth) = from.map(|from| from_units(value - from, decimals)) else { continue };
        if growth >= min && !notes.has(EventKind::Won, who) {
            let id = join(&["derived", "deal", &measure, who, &value.to_string()]);
            let event = notes.event(id, EventKind::Won, Some(&row.who), pair.slides[1], 3);
            notes.celebrate(Event { metric: now.metric.clone(), value: Some(growth), ..event });
        }
    }
    if peaks.len() > REMEMBERED {
        peaks.retain(|who, _| now.rows.iter().any(|row| row.who.id == *who));
    }
}
