//! Keeps the activities of a floor so that the figure of any period can be computed fast after each new fact.
//!
//! Facts lie in one bucket for each metric and day of the floor. A bucket knows the sums of its people, so a figure of a
//! month adds up some thirty buckets, however many facts there are. Only a period that begins or ends between the facts of a
//! day looks at them; today until now does not. What everybody has done is summed for each quarter of an hour too, so that a
//! part of a day reads the facts of at most two quarters.
//!
//! A copy shares everything with its original; a later write copies the small part that it changes. So a reader that
//! computes keeps the facts of that moment, and readers and writers do not wait for each other, even with a million facts.

mod held;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

pub use held::Entry;

use self::held::{Facts, Figure};
use crate::facts::{Activity, MetricId, PersonId};
use crate::period::Span;

/// Number, total, highest and latest amount of some facts.
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

/// Some facts of a bucket, at least one. There are a hundred thousand parts on a large floor: what they come to takes 40 bytes
/// here, as a [`Sum`] twice as many.
#[derive(Debug, Clone)]
struct Part {
    /// The high and the low half of a total.
    total: (i64, u64),
    max: i64,
    /// When the latest amount was, in microseconds since 1970, and what it is.
    last: (i64, i64),
    /// In [`Facts`].
    places: Vec<u32>,
}

impl Part {
    fn one(place: u32, fact: &Activity) -> Part {
        let mut sum = Sum::default();
        sum.put(fact.at, fact.amount);
        let mut part = Part { total: (0, 0), max: 0, last: (0, 0), places: vec![place] };
        part.set(sum);
        part
    }

    fn put(&mut self, place: u32, fact: &Activity) {
        let mut sum = self.sum();
        sum.put(fact.at, fact.amount);
        self.set(sum);
        self.places.push(place);
    }

    /// Leaves one out; the others lie in `facts`. A highest or latest amount cannot be subtracted: they are summed anew.
    fn leave_out(&mut self, place: u32, metric: MetricId, facts: &Facts) {
        self.places.retain(|at| *at != place);
        let mut sum = Sum::default();
        for other in self.places.iter().filter_map(|at| facts.figure(metric, *at)) {
            sum.put(other.at, other.amount);
        }
        self.set(sum);
    }

    fn sum(&self) -> Sum {
        let (high, low) = self.total;
        let (at, amount) = self.last;
        Sum {
            n: self.places.len() as u64,
            total: i128::from(high) << 64 | i128::from(low),
            max: Some(self.max),
            last: Some((held::instant(at), amount)),
        }
    }

    fn set(&mut self, sum: Sum) {
        let (at, amount) = sum.last.unwrap_or_default();
        self.total = ((sum.total >> 64) as i64, sum.total as u64);
        self.max = sum.max.unwrap_or_default();
        self.last = (at.as_microsecond(), amount);
    }
}

/// Seconds of a quarter of an hour. Every zone of today is so many quarters ahead of UTC or behind it, so half hours and days
/// of a floor begin with one.
const QUARTER_S: i64 = 900;

/// Quarters of an hour since 1970.
fn quarter(at: Timestamp) -> i64 {
    // Rounded down, before 1970 too.
    at.as_nanosecond().div_euclid(i128::from(QUARTER_S) * 1_000_000_000) as i64
}

#[derive(Debug, Clone)]
struct Bucket {
    people: HashMap<Option<PersonId>, Part>,
    quarters: BTreeMap<i64, Part>,
    /// No fact lies before the first of these or after the last.
    first: Timestamp,
    last: Timestamp,
}

impl Bucket {
    fn starting(at: Timestamp) -> Bucket {
        Bucket { people: HashMap::new(), quarters: BTreeMap::new(), first: at, last: at }
    }

    fn lies_in(&self, span: Span) -> bool {
        span.start <= self.first && self.last < span.end
    }
}

/// All facts. The same facts in any order make the same figures.
#[derive(Debug, Clone)]
pub struct Ledger {
    tz: TimeZone,
    facts: Facts,
    buckets: HashMap<MetricId, BTreeMap<Date, Arc<Bucket>>>,
}

impl Ledger {
    /// An empty one. Days are those of `tz`.
    pub fn new(tz: TimeZone) -> Ledger {
        Ledger { tz, facts: Facts::default(), buckets: HashMap::new() }
    }

    /// Adds a fact. One with the same key and metric is replaced: the new one corrects it. An instant is kept to the microsecond.
    pub fn add(&mut self, fact: Activity) {
        let fact = Activity { at: held::kept(fact.at), ..fact };
        // A reader of changes gets most facts more than once.
        if self.facts.has(&fact) {
            return;
        }
        self.revoke(fact.metric, &fact.key);
        let place = self.facts.add(&fact);
        let day = self.day(fact.at);
        let new = || Arc::new(Bucket::starting(fact.at));
        let bucket = self.buckets.entry(fact.metric).or_default().entry(day).or_insert_with(new);
        let bucket = Arc::make_mut(bucket);
        (bucket.first, bucket.last) = (bucket.first.min(fact.at), bucket.last.max(fact.at));
        let one = || Part::one(place, &fact);
        bucket.people.entry(fact.person).and_modify(|part| part.put(place, &fact)).or_insert_with(one);
        bucket.quarters.entry(quarter(fact.at)).and_modify(|part| part.put(place, &fact)).or_insert_with(one);
    }

    /// Removes a fact, as if it had never been there. Returns whether it was there.
    pub fn revoke(&mut self, metric: MetricId, key: &str) -> bool {
        let Some((place, fact)) = self.facts.find(metric, key) else { return false };
        let (at, person) = (fact.at, fact.person);
        self.facts.remove(metric, place);
        let day = self.day(at);
        let Some(days) = self.buckets.get_mut(&metric) else { return false };
        let Some(bucket) = days.get_mut(&day).map(Arc::make_mut) else { return false };
        let Some(own) = bucket.people.get_mut(&person) else { return false };
        own.leave_out(place, metric, &self.facts);
        if own.places.is_empty() {
            bucket.people.remove(&person);
        }
        let at = quarter(at);
        if let Some(part) = bucket.quarters.get_mut(&at) {
            part.leave_out(place, metric, &self.facts);
            if part.places.is_empty() {
                bucket.quarters.remove(&at);
            }
        }
        if bucket.people.is_empty() {
            days.remove(&day);
        }
        true
    }

    /// Frees memory that was reserved for more facts, after many were added: a quarter of a large floor's memory.
    pub fn shrink_to_fit(&mut self) {
        for bucket in self.buckets.values_mut().flat_map(BTreeMap::values_mut).filter_map(Arc::get_mut) {
            // Made of what comes in order it has no room between.
            bucket.quarters = std::mem::take(&mut bucket.quarters).into_iter().collect();
            for part in bucket.people.values_mut().chain(bucket.quarters.values_mut()) {
                part.places.shrink_to_fit();
            }
        }
    }

    /// Whether there is a fact of this key.
    pub fn contains(&self, metric: MetricId, key: &str) -> bool {
        self.facts.find(metric, key).is_some()
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
        self.facts.count(metric)
    }

    /// How many facts there are.
    pub fn len(&self) -> usize {
        self.facts.len()
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
            if bucket.lies_in(span) {
                for (person, own) in &bucket.people {
                    each(*day, *person, own.sum());
                }
                continue;
            }
            for fact in bucket.people.values().flat_map(|own| self.figures(metric, &own.places, span)) {
                let mut sum = Sum::default();
                sum.put(fact.at, fact.amount);
                each(*day, fact.person, sum);
            }
        }
    }

    /// The sum of a metric in a span for everybody.
    pub fn total(&self, metric: MetricId, span: Span) -> Sum {
        let mut all = Sum::default();
        for bucket in self.within(metric, span) {
            let (first, last) = (quarter(span.start.max(bucket.first)), quarter(span.end.min(bucket.last)));
            if first > last {
                continue;
            }
            for (at, part) in bucket.quarters.range(first..=last) {
                // Only the first and the last one may be cut, and their facts are looked at.
                if bucket.lies_in(span) || (*at > quarter(span.start) && *at < quarter(span.end)) {
                    all.merge(part.sum());
                    continue;
                }
                for fact in self.figures(metric, &part.places, span) {
                    all.put(fact.at, fact.amount);
                }
            }
        }
        all
    }

    /// The sum of a metric in a span for one person.
    pub fn sum_of(&self, metric: MetricId, span: Span, person: PersonId) -> Sum {
        let mut all = Sum::default();
        let Some(days) = self.buckets.get(&metric).filter(|_| span.start < span.end) else { return all };
        for (_, bucket) in days.range(self.day(span.start)..=self.day(span.end)) {
            let Some(own) = bucket.people.get(&Some(person)) else { continue };
            if bucket.lies_in(span) {
                all.merge(own.sum());
                continue;
            }
            for fact in self.figures(metric, &own.places, span) {
                all.put(fact.at, fact.amount);
            }
        }
        all
    }

    /// The facts of a metric in a span, in order of instant and key.
    pub fn facts(&self, metric: MetricId, span: Span) -> Vec<Entry<'_>> {
        in_order(self.within(metric, span).flat_map(|bucket| self.of(metric, bucket)), span)
    }

    /// Those of one person.
    pub fn facts_of(&self, metric: MetricId, span: Span, person: PersonId) -> Vec<Entry<'_>> {
        let own = self.within(metric, span).filter_map(|bucket| bucket.people.get(&Some(person)));
        in_order(own.flat_map(|own| self.at(metric, &own.places)), span)
    }

    /// The buckets in which facts of a span may lie.
    fn within(&self, metric: MetricId, span: Span) -> impl Iterator<Item = &Bucket> {
        let days = self.buckets.get(&metric).filter(|_| span.start < span.end).into_iter();
        days.flat_map(move |days| days.range(self.day(span.start)..=self.day(span.end))).map(|(_, bucket)| &**bucket)
    }

    fn of<'a>(&'a self, metric: MetricId, bucket: &'a Bucket) -> impl Iterator<Item = Entry<'a>> {
        bucket.people.values().flat_map(move |own| self.at(metric, &own.places))
    }

    /// What of some facts is summed, of those that lie in a span.
    fn figures<'a>(&'a self, metric: MetricId, places: &'a [u32], span: Span) -> impl Iterator<Item = Figure> + 'a {
        let all = places.iter().filter_map(move |place| self.facts.figure(metric, *place));
        all.filter(move |fact| span.start <= fact.at && fact.at < span.end)
    }

    fn at<'a>(&'a self, metric: MetricId, places: &'a [u32]) -> impl Iterator<Item = Entry<'a>> {
        places.iter().filter_map(move |place| self.facts.get(metric, *place))
    }
}

/// What lies in a span, in order of instant and key.
fn in_order<'a>(facts: impl Iterator<Item = Entry<'a>>, span: Span) -> Vec<Entry<'a>> {
    let mut facts: Vec<Entry<'a>> = facts.filter(|fact| span.start <= fact.at && fact.at < span.end).collect();
    facts.sort_by(|a, b| (a.at, a.key).cmp(&(b.at, b.key)));
    facts
}
