//! Counts places of standings and contests, as the hub, `why` and `what-if` print them (FEED §3). What a wall ranks, it ranks by
//! itself: `salesboard::board::rank`.

use super::Figures;
use crate::facts::{Aggregate, MetricId, Unit};

/// How places are counted after a tie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Numbering {
    /// 1224.
    #[default]
    Competition,
    /// 1223.
    Dense,
}

/// In which digits figures are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digits {
    /// In the digits of the facts: a cent makes a difference.
    Facts,
    /// In the digits that the wall shows: figures that read the same are equal.
    Wall,
}

/// How the rows of a standing are compared and counted.
#[derive(Debug, Clone, Copy)]
pub struct Compared {
    pub digits: Digits,
    /// The figures are averages over people.
    pub averaged: bool,
    pub numbering: Numbering,
}

impl Compared {
    /// By the digits of the facts.
    pub fn facts(numbering: Numbering) -> Compared {
        Compared { digits: Digits::Facts, averaged: false, numbering }
    }

    /// By the digits of the wall.
    pub fn wall(numbering: Numbering) -> Compared {
        Compared { digits: Digits::Wall, averaged: false, numbering }
    }
}

/// Places from 1 of rows that are sorted best first. Equal neighbours share one; a row without a key has none.
pub(super) fn places<K: PartialEq>(keys: &[Option<K>], numbering: Numbering) -> Vec<Option<u32>> {
    let mut place = 0;
    let mut places = Vec::with_capacity(keys.len());
    for (at, key) in keys.iter().enumerate() {
        if key.is_some() && (at == 0 || keys[at - 1] != *key) {
            place = if numbering == Numbering::Dense { place + 1 } else { at as u32 + 1 };
        }
        places.push(key.is_some().then_some(place));
    }
    places
}

impl Figures<'_> {
    /// Digits of a metric on the wall. Money is shown without cents.
    pub fn wall_decimals(&self, metric: MetricId) -> u8 {
        let metric = self.floor.metric(metric);
        match (&metric.unit, metric.aggregate) {
            (_, Aggregate::Ratio { .. }) => 3,
            (Unit::Currency(_), _) => 0,
            (Unit::Count, Aggregate::Average) => 1,
            (_, Aggregate::Average) => metric.decimals.max(1),
            (Unit::Count, _) => 0,
            _ => metric.decimals,
        }
    }

    /// In which digits the figures of a metric are compared. Averages over people get one digit more.
    pub(super) fn compared_decimals(&self, metric: MetricId, digits: Digits, averaged: bool) -> u8 {
        let of = self.floor.metric(metric);
        let is_quotient = matches!(of.aggregate, Aggregate::Average | Aggregate::Ratio { .. });
        match digits {
            Digits::Facts => of.decimals + u8::from(averaged || is_quotient),
            Digits::Wall => self.wall_decimals(metric) + u8::from(averaged),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_neighbours_share_a_place() {
        let keys = [Some(9), Some(7), Some(7), Some(3), None];
        assert_eq!(places(&keys, Numbering::Competition), [Some(1), Some(2), Some(2), Some(4), None]);
        assert_eq!(places(&keys, Numbering::Dense), [Some(1), Some(2), Some(2), Some(3), None]);
        assert_eq!(places::<i32>(&[None, None], Numbering::Dense), [None, None]);
    }
}
