//! Digits that tell the figures of a column apart: they read in the order that they have, in no more than can be read.

use std::collections::BTreeMap;

use super::scale::{Scale, Shape, ticks};

/// Widths in quarters of the type's size: a digit is half as wide as it is high, a separator half of that.
const DIGIT: i16 = 2;
const SEPARATOR: i16 = 1;
/// Five digits and a separator, as the column of a tower holds them: no smaller unit is looked for.
const EASY: i16 = 5 * DIGIT + SEPARATOR;
/// Seven digits and their separators: nobody reads more from afar. What then still reads alike does so.
const WIDEST: i16 = 7 * DIGIT + 2 * SEPARATOR;

/// How the figures of a column are told apart in one scale.
#[derive(Debug, Default)]
pub(super) struct Precision {
    /// Figures with more digits than the column's, by their ticks in the metric's decimals.
    pub finer: BTreeMap<i128, i16>,
    /// How many neighbours read alike all the same, or like nothing.
    pub ambiguous: usize,
    /// Width of the longest figure.
    width: i16,
    /// Digits behind the point of the one with the most.
    finest: i16,
}

impl Precision {
    /// Whether nothing is gained by another unit.
    pub fn is_easy(&self, scale: &Scale) -> bool {
        self.ambiguous == 0 && self.width <= EASY && !self.shortens_nothing(scale)
    }

    /// What makes one scale worse than another.
    pub fn cost(&self, scale: &Scale) -> (usize, i16, bool) {
        (self.ambiguous, self.width, self.shortens_nothing(scale))
    }

    /// Whether a figure is as long in full: nobody writes €84.200K for €84,200.
    fn shortens_nothing(&self, scale: &Scale) -> bool {
        scale.shape == Shape::Decimal && scale.power > 0 && self.finest >= scale.power
    }
}

/// Whether a figure with no digit behind its point can be read in a scale.
pub(super) fn readable(scale: &Scale, max: f64) -> bool {
    whole(scale, max) <= WIDEST
}

/// One figure, and in how many digits it is written.
struct Reading {
    value: f64,
    digits: i16,
    /// It never gets more.
    most: i16,
}

/// Tells the figures of each group apart, and from 0: what is not nothing must not read as nothing. Figures that are equal
/// in `decimals` are one; what is in several groups is written the same in all.
pub(super) fn separate(scale: &Scale, decimals: i16, groups: &[Vec<f64>]) -> Precision {
    let mut column = Column { scale, readings: BTreeMap::new(), pairs: Vec::new() };
    for group in groups {
        let finite = group.iter().copied().filter(|value| value.is_finite());
        let sorted: BTreeMap<i128, f64> = finite.chain([0.0]).map(|value| (ticks(value, decimals), value)).collect();
        let keys: Vec<i128> = sorted.keys().copied().collect();
        column.pairs.extend(keys.windows(2).map(|pair| [pair[0], pair[1]]));
        for (key, value) in sorted {
            let most = most_digits(scale, value);
            column.readings.entry(key).or_insert(Reading { value, digits: scale.digits, most });
        }
    }
    column.settle();
    column.align();
    let ambiguous = column.pairs.iter().filter(|pair| !column.in_order(**pair)).count();
    let width = |reading: &Reading| whole(scale, reading.value) + behind(reading.digits);
    Precision {
        ambiguous,
        width: column.readings.values().map(width).max().unwrap_or(0),
        finest: column.readings.values().map(|reading| reading.digits).max().unwrap_or(0),
        finer: column.readings.iter().filter(|(_, r)| r.digits > scale.digits).map(|(k, r)| (*k, r.digits)).collect(),
    }
}

struct Column<'a> {
    scale: &'a Scale,
    /// By their ticks in the metric's decimals.
    readings: BTreeMap<i128, Reading>,
    /// Neighbours, the lower one first.
    pairs: Vec<[i128; 2]>,
}

impl Column<'_> {
    /// More digits for one pair can make one of it read like its other neighbour: 0.45 becomes 0.5. So neighbours are
    /// looked at until all are in order; digits only grow.
    fn settle(&mut self) {
        let mut of: BTreeMap<i128, Vec<usize>> = BTreeMap::new();
        for (i, pair) in self.pairs.iter().enumerate() {
            pair.iter().for_each(|key| of.entry(*key).or_default().push(i));
        }
        let mut open: Vec<usize> = (0..self.pairs.len()).rev().collect();
        while let Some(i) = open.pop() {
            let pair = self.pairs[i];
            if self.in_order(pair) {
                continue;
            }
            let digits = self.digits_for(pair);
            for (key, digits) in pair.iter().zip(digits).filter(|(key, _)| **key != 0) {
                let reading = self.readings.get_mut(key).filter(|reading| reading.digits < digits);
                if let Some(reading) = reading {
                    reading.digits = digits;
                    open.extend(of.get(key).into_iter().flatten().filter(|other| **other != i));
                }
            }
        }
    }

    /// Points stand under each other: what one figure of a column needs, all of them have, as far as it can be read.
    fn align(&mut self) {
        let finest = self.readings.values().map(|reading| reading.digits).max().unwrap_or(self.scale.digits);
        let wide = |reading: &Reading| whole(self.scale, reading.value) + behind(finest) > EASY;
        if finest > self.scale.digits && !self.readings.values().any(wide) {
            for reading in self.readings.values_mut() {
                reading.digits = reading.digits.max(finest.min(reading.most));
            }
        }
    }

    /// Whether the lower one of a pair reads as less.
    fn in_order(&self, pair: [i128; 2]) -> bool {
        let [Some(low), Some(high)] = pair.map(|key| self.readings.get(&key)) else { return true };
        self.reads_less([low, high], [low.digits, high.digits])
    }

    fn reads_less(&self, [low, high]: [&Reading; 2], [a, b]: [i16; 2]) -> bool {
        let reads = |r: &Reading, digits| self.scale.widen(self.scale.ticks(r.value, digits), digits, a.max(b));
        reads(low, a) < reads(high, b)
    }

    /// The fewest digits in which a pair reads in order. Where none are enough, those that one of them has: in equal digits
    /// the lower one never reads as more.
    fn digits_for(&self, pair: [i128; 2]) -> [i16; 2] {
        let [Some(low), Some(high)] = pair.map(|key| self.readings.get(&key)) else { return [self.scale.digits; 2] };
        let readings = [low, high];
        let from = low.digits.max(high.digits);
        // Money in single units has its cents or none.
        let may = |digits: &i16| self.scale.power != 0 || *digits == from || *digits == self.scale.most_digits;
        let coarser = |digits: i16| [low.digits.max(digits), high.digits.max(digits)];
        let one = (low.digits.min(high.digits)..from).filter(may).map(coarser);
        let both = (from..=low.most.min(high.most)).filter(may).map(|digits| [digits; 2]);
        one.chain(both).find(|digits| self.reads_less(readings, *digits)).unwrap_or([from; 2])
    }
}

/// So many digits behind the point can be read of a figure.
fn most_digits(scale: &Scale, value: f64) -> i16 {
    if scale.shape != Shape::Decimal {
        return scale.most_digits;
    }
    let room = ((WIDEST - whole(scale, value) - SEPARATOR) / DIGIT).max(0);
    let room = if scale.power == 0 && room < scale.most_digits { 0 } else { room };
    room.min(scale.most_digits).max(scale.digits)
}

/// Width of what stands before the point, without a sign.
fn whole(scale: &Scale, value: f64) -> i16 {
    let digits = scale.ticks(value, 0).unsigned_abs().checked_ilog10().map_or(1, |log| log as i16 + 1);
    digits * DIGIT + (digits - 1) / 3 * SEPARATOR
}

/// Width of the point and what stands behind it.
fn behind(digits: i16) -> i16 {
    if digits > 0 { SEPARATOR + digits * DIGIT } else { 0 }
}
