//! Computes places: the place of each row, and which rows share one (FEED §3). The words choose the digits that show it.

use std::cmp::Ordering;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;

use super::round::{round, units};
use super::{
    Better, Board, Body, By, Contest, ContestFormat, Identity, Metric, RankStyle, Ranking, RankingRow, SlideData,
};

/// Largest magnitude of a measure; a larger quotient has no meaning.
const LARGEST: f64 = 1e15;

/// Digits of an attainment: 0.984 reads as 98.4 %.
const ATTAINMENT_DIGITS: i32 = 3;

/// A list of at most so many rows is shown whole when the source does not say how many to show.
const SHOWN_ALL: usize = 12;

/// So many rows of a longer list are shown when the source does not say how many to show.
const SHOWN_OF_MORE: usize = 10;

/// The place of a row. Lists of places are in drawn order: the best first, the unranked last.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Index into the slide's rows.
    pub row: usize,
    /// Place from 1; `None`: not ranked.
    pub rank: Option<u32>,
    /// Shares the place with another row.
    pub tied: bool,
    /// The measure of the order: value, value per member or attainment, rounded to `decimals`. Rows of one place have
    /// the same, or they could read differently in fewer digits.
    pub value: Option<f64>,
    /// Digits in which measures count as equal: the metric's own, one more for averages, three for attainment.
    pub decimals: i32,
    /// Places gained (positive) or lost (negative) since `was_rank`.
    pub moved: Option<i32>,
}

impl Place {
    /// "2", "=2" where it is shared; empty where the row is not ranked.
    pub fn text(&self) -> String {
        match self.rank {
            Some(rank) if self.tied => format!("={rank}"),
            Some(rank) => rank.to_string(),
            None => String::new(),
        }
    }
}

/// What rows are ordered by.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    rows: Vec<Measure>,
    decimals: i32,
    style: RankStyle,
}

/// One row's measure and its key: the smaller, the better; `None` is not ranked.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Measure {
    value: Option<f64>,
    key: Option<(i128, i128)>,
}

impl Measured {
    /// The measures of a ranking's rows.
    pub fn ranking(metric: &Metric, ranking: &Ranking) -> Measured {
        let own = i32::from(metric.decimals);
        let (decimals, better) = match ranking.by {
            By::Value => (own, metric.better),
            By::PerMember => (own + 1, metric.better),
            By::Attainment => (ATTAINMENT_DIGITS, Better::Up),
        };
        let rows = ranking.rows.iter().map(|row| {
            let value = measure(row, ranking.by, metric.better);
            Measure { value, key: value.map(|v| (0, key(v, decimals, better))) }
        });
        Measured { rows: rows.collect(), decimals, style: ranking.rank }
    }

    /// The measures of a contest's rows. Who reached the goal first is first; a tie in time is broken by value.
    pub fn contest(metric: &Metric, contest: &Contest) -> Measured {
        let own = i32::from(metric.decimals);
        let decimals = if contest.format == ContestFormat::TeamAverage { own + 1 } else { own };
        let race = contest.format == ContestFormat::FirstTo;
        let rows = contest.rows.iter().map(|row| {
            let by_value = row.value.map(|v| key(v, decimals, metric.better));
            let reached = row.reached_at.filter(|_| race).map(|at| at.as_nanosecond());
            let key = match (reached, by_value) {
                (Some(at), by_value) => Some((at, by_value.unwrap_or(i128::MAX))),
                (None, Some(by_value)) => Some((i128::MAX, by_value)),
                (None, None) => None,
            };
            Measure { value: row.value, key }
        });
        Measured { rows: rows.collect(), decimals, style: RankStyle::Competition }
    }

    /// Rows from best to last; those of one place stay in the source's order.
    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        if self.style != RankStyle::None {
            order.sort_by_key(|&i| (self.rows[i].key.is_none(), self.rows[i].key));
        }
        order
    }
}

/// The measure of a ranking's row.
fn measure(row: &RankingRow, by: By, better: Better) -> Option<f64> {
    let value = row.value?;
    let measure = match by {
        By::Value => value,
        By::PerMember => value / f64::from(row.members.filter(|&n| n > 0)?),
        By::Attainment => match better {
            Better::Up => value / row.target?,
            Better::Down => row.target.filter(|_| value > 0.0)? / value,
        },
    };
    Some(measure).filter(|m| m.abs() <= LARGEST)
}

fn key(value: f64, decimals: i32, better: Better) -> i128 {
    let units = units(value, decimals);
    match better {
        Better::Up => -units,
        Better::Down => units,
    }
}

/// Keeps the best `limit` rows in the source's order and returns how many were left out.
pub fn keep_best<T>(rows: &mut Vec<T>, measured: &Measured, limit: usize) -> u32 {
    let over = rows.len().saturating_sub(limit);
    if over == 0 {
        return 0;
    }
    let mut keep = vec![false; rows.len()];
    for i in measured.order().into_iter().take(limit) {
        keep[i] = true;
    }
    let mut keep = keep.into_iter();
    rows.retain(|_| keep.next().unwrap_or(false));
    over as u32
}

/// The places of a ranking or contest; empty for other kinds.
pub fn places(board: &Board, slide: &SlideData) -> Vec<Place> {
    let locale = board.locale.as_deref();
    match &slide.body {
        Body::Ranking(ranking) => {
            let measured = Measured::ranking(board.metric(ranking.metric.as_deref()), ranking);
            let rows: Vec<_> = ranking.rows.iter().map(|row| (&row.who, row.was_rank)).collect();
            assign(&measured, &rows, locale)
        }
        Body::Contest(contest) => {
            let measured = Measured::contest(board.metric(contest.metric.as_deref()), contest);
            let rows: Vec<_> = contest.rows.iter().map(|row| (&row.who, row.was_rank)).collect();
            assign(&measured, &rows, locale)
        }
        _ => Vec::new(),
    }
}

fn assign(measured: &Measured, rows: &[(&Identity, Option<u32>)], locale: Option<&str>) -> Vec<Place> {
    let mut order = measured.order();
    let ranked = measured.style != RankStyle::None;
    if ranked {
        let mut by_name = None;
        for tie in order.chunk_by_mut(|&a, &b| measured.rows[a].key == measured.rows[b].key) {
            if tie.len() > 1 {
                let by_name = by_name.get_or_insert_with(|| collator(locale));
                tie.sort_by(|&a, &b| compare(by_name.as_ref(), rows[a].0, rows[b].0));
            }
        }
    }
    let mut places = Vec::with_capacity(order.len());
    let mut rank = 0;
    for tie in order.chunk_by(|&a, &b| ranked && measured.rows[a].key == measured.rows[b].key) {
        let has_rank = ranked && measured.rows[tie[0]].key.is_some();
        rank = if measured.style == RankStyle::Dense { rank + 1 } else { places.len() as u32 + 1 };
        for &row in tie {
            places.push(Place {
                row,
                rank: has_rank.then_some(rank),
                tied: has_rank && tie.len() > 1,
                value: measured.rows[row].value.map(|value| round(value, measured.decimals)),
                decimals: measured.decimals,
                moved: rows[row].1.filter(|_| has_rank).map(|was| (i64::from(was) - i64::from(rank)) as i32),
            });
        }
    }
    places
}

/// The order of names in a locale; the root order where the locale is unknown.
fn collator(locale: Option<&str>) -> Option<CollatorBorrowed<'static>> {
    let locale = locale.and_then(|tag| Locale::try_from_str(tag).ok()).unwrap_or(Locale::UNKNOWN);
    Collator::try_new(CollatorPreferences::from(&locale), CollatorOptions::default()).ok()
}

fn compare(collator: Option<&CollatorBorrowed>, a: &Identity, b: &Identity) -> Ordering {
    let by_name = collator.map_or_else(|| a.name.cmp(&b.name), |c| c.compare(&a.name, &b.name));
    by_name.then_with(|| a.id.cmp(&b.id))
}

/// How many of the places are shown on a wall that has room for `capacity` rows (FEED §3, `show.top`).
///
/// A tie across the cut is shown whole where it fits, else hidden whole. Without the source's `top` no more than half
/// of a list longer than 12 is shown, ties included.
pub fn shown_top(places: &[Place], top: Option<u32>, capacity: usize) -> usize {
    let all = places.len();
    let (wanted, most) = match top {
        Some(top) => (top as usize, all),
        None if all <= SHOWN_ALL => (all, all),
        None => (SHOWN_OF_MORE.min(all.div_ceil(2)), all.div_ceil(2)),
    };
    let most = most.min(capacity);
    let cut = wanted.min(most);
    let Some(first_out) = places.get(cut) else { return cut };
    if cut == 0 || !first_out.tied || places[cut - 1].rank != first_out.rank {
        return cut;
    }
    let tie = |place: &Place| place.rank == first_out.rank;
    let end = all - places.iter().rev().take_while(|place| !tie(place)).count();
    if end <= most { end } else { places.iter().take_while(|place| !tie(place)).count() }
}

#[cfg(test)]
mod tests;
