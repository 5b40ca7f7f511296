//! The activities of a floor, kept so that a figure of any period is at hand after each new fact.
//!
//! Facts lie in one bucket for each metric and day of the floor. A bucket knows the sums of its people, so a figure of a
//! month adds up some thirty buckets, however many facts there are. A period that begins or ends within a day looks at the
//! facts of that day.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::facts::{Activity, MetricId, PersonId};
use crate::period::{Span, first_instant};

/// What the amounts of some facts come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    pub n: u64,
    pub total: i128,
    pub max: Option<i64>,
    /// The latest amount; of facts of the same instant the highest.
    pub last: Option<(Timestamp, i64)>,
}

impl Sum {
    pub(crate) fn put(&mut self, at: Timestamp, amount: i64) {
        self.merge(Sum { n: 1, total: i128::from(amount), max: Some(amount), last: Some((at, amount)) });
    }

    pub fn merge(&mut self, other: Sum) {
        self.n += other.n;
        self.total += other.total;
        self.max = self.max.max(other.max);
        self.last = self.last.max(other.last);
    }
}

#[derive(Debug, Clone, Default)]
struct Bucket {
    sums: HashMap<Option<PersonId>, Sum>,
    /// Places in [`Ledger::facts`].
    facts: Vec<u32>,
}

/// All facts. The same facts in any order make the same figures.
#[derive(Debug, Clone)]
pub struct Ledger {
    tz: TimeZone,
    facts: Vec<Option<Activity>>,
    /// By metric and key, in [`Ledger::facts`].
    places: HashMap<MetricId, HashMap<String, u32>>,
    buckets: HashMap<MetricId, BTreeMap<Date, Bucket>>,
}

impl Ledger {
    /// An empty one. Days are those of `tz`.
    pub fn new(tz: TimeZone) -> Ledger {
        Ledger { tz, facts: Vec::new(), places: HashMap::new(), buckets: HashMap::new() }
    }

    /// Adds a fact. One with the same key and metric is replaced: the new one corrects it.
    pub fn add(&mut self, fact: Activity) {
        self.revoke(fact.metric, &fact.key);
        let place = self.facts.len() as u32;
        let day = self.day(fact.at);
        let bucket = self.buckets.entry(fact.metric).or_default().entry(day).or_default();
        bucket.facts.push(place);
        bucket.sums.entry(fact.person).or_default().put(fact.at, fact.amount);
        self.places.entry(fact.metric).or_default().insert(fact.key.clone(), place);
        self.facts.push(Some(fact));
    }

    /// Takes a fact back, as if it had never been there. Whether it was there.
    pub fn revoke(&mut self, metric: MetricId, key: &str) -> bool {
        let Some(place) = self.places.get_mut(&metric).and_then(|keys| keys.remove(key)) else { return false };
        let Some(fact) = self.facts[place as usize].take() else { return false };
        let day = self.day(fact.at);
        let Some(days) = self.buckets.get_mut(&metric) else { return false };
        let Some(bucket) = days.get_mut(&day) else { return false };
        bucket.facts.retain(|at| *at != place);
        let mut sum = Sum::default();
        let person = fact.person;
        for other in bucket.facts.iter().filter_map(|at| self.facts[*at as usize].as_ref()) {
            if other.person == person {
                sum.put(other.at, other.amount);
            }
        }
        if sum.n == 0 {
            bucket.sums.remove(&person);
        } else {
            bucket.sums.insert(person, sum);
        }
        if bucket.facts.is_empty() {
            days.remove(&day);
        }
        true
    }

    /// Whether there is a fact of this key.
    pub fn contains(&self, metric: MetricId, key: &str) -> bool {
        self.places.get(&metric).is_some_and(|keys| keys.contains_key(key))
    }

    /// The floor's day of an instant.
    pub fn day(&self, at: Timestamp) -> Date {
        self.tz.to_datetime(at).date()
    }

    pub fn tz(&self) -> &TimeZone {
        &self.tz
    }

    /// How many facts a metric has.
    pub fn count(&self, metric: MetricId) -> usize {
        self.places.get(&metric).map_or(0, HashMap::len)
    }

    /// How many facts there are.
    pub fn len(&self) -> usize {
        self.places.values().map(HashMap::len).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// First and last day with a fact of a metric.
    pub fn days_of(&self, metric: MetricId) -> Option<[Date; 2]> {
        let days = self.buckets.get(&metric)?;
        Some([*days.first_key_value()?.0, *days.last_key_value()?.0])
    }

    /// The sums of a metric in a span, for each day and person.
    pub fn sums(&self, metric: MetricId, span: Span, mut each: impl FnMut(Date, Option<PersonId>, Sum)) {
        if span.start >= span.end {
            return;
        }
        let Some(days) = self.buckets.get(&metric) else { return };
        for (day, bucket) in days.range(self.day(span.start)..=self.day(span.end)) {
            if self.covers(span, *day) {
                for (person, sum) in &bucket.sums {
                    each(*day, *person, *sum);
                }
                continue;
            }
            for fact in self.of(bucket).filter(|fact| span.start <= fact.at && fact.at < span.end) {
                let mut sum = Sum::default();
                sum.put(fact.at, fact.amount);
                each(*day, fact.person, sum);
            }
        }
    }

    /// The sum of a metric in a span for one person.
    pub fn sum_of(&self, metric: MetricId, span: Span, person: PersonId) -> Sum {
        let mut all = Sum::default();
        let Some(days) = self.buckets.get(&metric).filter(|_| span.start < span.end) else { return all };
        for (day, bucket) in days.range(self.day(span.start)..=self.day(span.end)) {
            let Some(sum) = bucket.sums.get(&Some(person)) else { continue };
            if self.covers(span, *day) {
                all.merge(*sum);
                continue;
            }
            let own = self.of(bucket).filter(|fact| fact.person == Some(person));
            for fact in own.filter(|fact| span.start <= fact.at && fact.at < span.end) {
                all.put(fact.at, fact.amount);
            }
        }
        all
    }

    /// The facts of a metric in a span, in order of instant and key.
    pub fn facts(&self, metric: MetricId, span: Span) -> Vec<&Activity> {
        if span.start >= span.end {
            return Vec::new();
        }
        let days = self.buckets.get(&metric).into_iter();
        let buckets = days.flat_map(|days| days.range(self.day(span.start)..=self.day(span.end)));
        let mut facts: Vec<&Activity> = buckets
            .flat_map(|(_, bucket)| self.of(bucket))
            .filter(|fact| span.start <= fact.at && fact.at < span.end)
            .collect();
        facts.sort_by(|a, b| (a.at, &a.key).cmp(&(b.at, &b.key)));
        facts
    }

    fn of<'a>(&'a self, bucket: &'a Bucket) -> impl Iterator<Item = &'a Activity> {
        bucket.facts.iter().filter_map(|place| self.facts[*place as usize].as_ref())
    }

    /// Whether a span has all of a day.
    fn covers(&self, span: Span, day: Date) -> bool {
        let after = day.tomorrow().map_or(Timestamp::MAX, |next| first_instant(next, &self.tz));
        span.start <= first_instant(day, &self.tz) && after <= span.end
    }
}
