//! Adds up what the files of an import say of their deals: one that stands in two files counts once, as the last of them says.

use std::collections::BTreeMap;

use floorcast_map::records::Outcome;
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::Planner;

/// What is said of a deal.
#[derive(Debug, Clone)]
pub struct Told {
    pub outcome: Outcome,
    /// Somebody left it out for ever.
    pub leaves: bool,
    pub has_person: bool,
    /// Nobody knows whose it is: what its owner is called.
    pub is_unknown: Option<Option<String>>,
    /// The currency as which it counts, and how much.
    pub amount: Option<(String, f64)>,
    pub day: Option<Date>,
    /// Its amount names no currency; whether others of its file do.
    pub bare: Option<bool>,
}

impl Told {
    pub fn counts(&self) -> bool {
        self.outcome == Outcome::Won && !self.leaves
    }
}

/// What became of the rows of a file.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    pub won: usize,
    pub open: usize,
    pub lost: usize,
    pub unwanted: usize,
}

impl Tally {
    pub fn add(&mut self, told: &Told) {
        let count = match (told.leaves, told.outcome) {
            (true, _) => &mut self.unwanted,
            (_, Outcome::Won) => &mut self.won,
            (_, Outcome::Open) => &mut self.open,
            (_, Outcome::Lost) => &mut self.lost,
        };
        *count += 1;
    }
}

/// What is noted of won deals.
#[derive(Default)]
pub struct Seen {
    pub below_zero: usize,
    pub to_come: usize,
    pub old: usize,
    /// Deals that stand in more than one file.
    pub twice: usize,
}

/// Deals by their ids.
pub type AllTold = BTreeMap<String, Told>;

impl Planner {
    pub(super) fn tell(&mut self, id: &str, told: Told) {
        let before = self.told.insert(id.to_owned(), told);
        if before.is_some() {
            self.twice.insert(id.to_owned());
        }
    }

    /// Adds up what was told.
    pub(super) fn sum_up(&mut self) -> Seen {
        let all = std::mem::take(&mut self.told);
        let mut tally = Tally::default();
        let mut seen = Seen { twice: self.twice.len(), ..Seen::default() };
        for told in all.values() {
            tally.add(told);
            self.plan.bare.amounts += usize::from(told.bare.is_some());
            self.plan.bare.mixed += usize::from(told.bare == Some(true));
            if !told.counts() {
                continue;
            }
            if let Some(owner) = &told.is_unknown {
                self.nobody_knows(owner.as_deref());
            }
            self.plan.without_person += usize::from(!told.has_person);
            if let Some((code, amount)) = &told.amount {
                seen.below_zero += usize::from(*amount < 0.0);
                let sum = self.plan.sums.entry(code.clone()).or_default();
                sum.deals += 1;
                sum.amount += amount;
            }
            if let Some(day) = told.day {
                seen.to_come += usize::from(day > self.today);
                seen.old += usize::from(day < self.today.saturating_sub(1.year()));
                let (first, last) = self.plan.days.unwrap_or((day, day));
                self.plan.days = Some((first.min(day), last.max(day)));
            }
        }
        (self.plan.won, self.plan.open, self.plan.lost) = (tally.won, tally.open, tally.lost);
        self.plan.left_out += tally.unwanted;
        seen
    }
}
