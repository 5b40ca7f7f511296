//! The same figures computed another way: weeks that begin on any day, both ways to count places, team averages, pace over
//! holidays, half days and changes of the clock.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use proptest::prelude::*;
use salesfloor::facts::{
    Activity, Contest, ContestFormat, Contestants, Goal, Level, Membership, MetricId, Person, PersonId, Scope, Shape,
    TeamId,
};
use salesfloor::figures::{Figures, Numbering, Value};
use salesfloor::ledger::Ledger;
use salesfloor::period::{Days, PeriodKind};

use crate::small::{CALLS, Small};

const ZONES: [&str; 4] = ["America/New_York", "Europe/Berlin", "Asia/Tokyo", "Australia/Lord_Howe"];
const PEOPLE: u32 = 6;

/// Person, minute of the autumn, amount.
type Fact = (u32, i64, i64);

fn first() -> Timestamp {
    "2026-09-20T00:00:00Z".parse().unwrap()
}

struct Case {
    small: Small,
    ledger: Ledger,
    zone: TimeZone,
    facts: Vec<Fact>,
    now: Timestamp,
}

impl Case {
    fn new(zone: usize, facts: Vec<Fact>, minutes: i64) -> Case {
        let zone = TimeZone::get(ZONES[zone]).unwrap();
        let mut small = Small::new();
        let person = |n: u32| Person {
            key: format!("p{n}"),
            name: format!("Person {n}"),
            memberships: vec![Membership { team: TeamId(n % 2), since: None, until: None }],
            ..Person::default()
        };
        small.floor.people = (0..PEOPLE).map(person).collect();
        let mut ledger = Ledger::new(zone.clone());
        for (n, (person, minute, amount)) in facts.iter().enumerate() {
            let at = first() + SignedDuration::from_mins(*minute);
            let (key, person) = (format!("f{n}"), Some(PersonId(*person)));
            ledger.add(Activity { key, metric: CALLS, person, at, amount: *amount, label: None });
        }
        Case { small, ledger, zone, facts, now: first() + SignedDuration::from_mins(minutes) }
    }

    fn figures(&self) -> Figures<'_> {
        Figures { floor: &self.small.floor, ledger: &self.ledger, now: self.now }
    }

    fn day(&self, minute: i64) -> Date {
        (first() + SignedDuration::from_mins(minute)).to_zoned(self.zone.clone()).date()
    }

    fn today(&self) -> Date {
        self.now.to_zoned(self.zone.clone()).date()
    }

    /// Sums by person of the facts on some days, until now.
    fn sums(&self, on: impl Fn(Date) -> bool) -> BTreeMap<u32, i64> {
        let mut sums: BTreeMap<u32, i64> = (0..PEOPLE).map(|person| (person, 0)).collect();
        for (person, minute, amount) in &self.facts {
            let past = first() + SignedDuration::from_mins(*minute) <= self.now;
            if past && on(self.day(*minute)) {
                *sums.entry(*person).or_default() += amount;
            }
        }
        sums
    }
}

fn facts() -> impl Strategy<Value = Vec<Fact>> {
    prop::collection::vec((0..PEOPLE, 0..80 * 24 * 60i64, 0..6i64), 0..150)
}

/// Days between two days.
fn between(from: Date, to: Date) -> i64 {
    i64::from(from.until(to).unwrap().get_days())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn weeks_begin_on_any_day_and_places_are_counted_both_ways(
        zone in 0..ZONES.len(),
        facts in facts(),
        minutes in 0..85 * 24 * 60i64,
        week_start in 1..=7i8,
    ) {
        let mut case = Case::new(zone, facts, minutes);
        case.small.floor.settings.week_start = week_start;
        let today = case.today();
        // Back, day by day, to the day on which weeks begin.
        let mut start = today;
        while start.weekday().to_monday_one_offset() != week_start {
            start = start.yesterday().unwrap();
        }
        let figures = case.figures();
        let week = figures.current(PeriodKind::Week);
        prop_assert_eq!(week, Days { start, end: start.checked_add(7.days()).unwrap() });
        let sums = case.sums(|day| (0..7).contains(&between(start, day)));
        for numbering in [Numbering::Competition, Numbering::Dense] {
            let rows = figures.people(CALLS, figures.span(week), numbering);
            prop_assert_eq!(rows.len(), sums.len());
            for row in rows {
                let Scope::Person(PersonId(person)) = row.who else { panic!("a person") };
                let own = sums[&person];
                prop_assert_eq!(row.value.unwrap(), Value::whole(own));
                let mut above: Vec<i64> = sums.values().copied().filter(|other| *other > own).collect();
                above.sort_unstable();
                if numbering == Numbering::Dense {
                    above.dedup();
                }
                prop_assert_eq!(row.place, Some(above.len() as u32 + 1));
            }
        }
    }

    #[test]
    fn a_team_average_is_the_sum_over_all_members(zone in 0..ZONES.len(), facts in facts(), minutes in 0..85 * 24 * 60i64) {
        let case = Case::new(zone, facts, minutes);
        let (start, end) = (first() - SignedDuration::from_hours(48), first() + SignedDuration::from_hours(100 * 24));
        let contest = Contest {
            key: "c".into(),
            title: "Per head".into(),
            format: ContestFormat::TeamAverage,
            metrics: vec![(CALLS, 1)],
            of: Contestants::Teams(Vec::new()),
            start,
            end: Some(end),
            goal: None,
            prizes: Vec::new(),
            rules: None,
            confirmed: Some(false),
        };
        let sums = case.sums(|_| true);
        for row in case.figures().contest(&contest).rows {
            let Scope::Team(TeamId(team)) = row.who else { panic!("a team") };
            let sum: i64 = sums.iter().filter(|(person, _)| *person % 2 == team).map(|(_, sum)| sum).sum();
            prop_assert_eq!(row.value, Value::whole(sum).over(Value::whole(i64::from(PEOPLE / 2))).unwrap());
        }
    }

    #[test]
    fn pace_counts_the_days_that_are_over_for_what_they_are(
        zone in 0..ZONES.len(),
        minutes in 0..85 * 24 * 60i64,
        special in prop::collection::btree_map(0..80i64, prop::sample::select(vec![0.0, 0.5, 1.0]), 0..12),
        from in 0..40i64,
        length in 1..45i64,
        joined in prop::option::of(0..60i64),
    ) {
        let mut case = Case::new(zone, Vec::new(), minutes);
        let base = date(2026, 9, 20);
        let on = |n: i64| base.checked_add(n.days()).unwrap();
        case.small.floor.calendar.days = special.iter().map(|(day, work)| (on(*day), *work)).collect();
        case.small.floor.people[0].started = joined.map(on);
        let goal = Goal {
            scope: Scope::Person(PersonId(0)),
            metric: MetricId(0),
            start: on(from),
            end: on(from + length),
            level: Level::Must,
            target: 10_000,
            shape: Shape::Workdays,
        };
        let work = |n: i64| {
            let weekend = (on(n).weekday().to_monday_zero_offset()) >= 5;
            special.get(&n).copied().unwrap_or(if weekend { 0.0 } else { 1.0 })
        };
        let all: f64 = (from..from + length).map(work).sum();
        let here = |n: &i64| joined.is_none_or(|first| *n >= first);
        let own: f64 = (from..from + length).filter(here).map(work).sum();
        let over: f64 = (from..from + length).filter(here).filter(|n| on(*n) < case.today()).map(work).sum();
        let figure = case.figures().goal(&goal);
        // The calendar is in halves, so sums of it are exact; the share of a part is not.
        let target = if all > 0.0 { 10_000.0 * own / all } else { 10_000.0 };
        prop_assert!((figure.target - target).abs() < 1e-6, "{:?} {}", figure, target);
        let pace = if own > 0.0 { target * over / own } else { 0.0 };
        prop_assert!((figure.pace - pace).abs() < 1e-6, "{:?} {}", figure, pace);
        prop_assert_eq!(figure.days_left, own - over);
    }

    #[test]
    fn a_linear_goal_is_over_by_the_hours_of_its_days(zone in 0..ZONES.len(), minutes in 0..85 * 24 * 60i64, from in 0..60i64) {
        let case = Case::new(zone, Vec::new(), minutes);
        let on = |n: i64| date(2026, 9, 20).checked_add(n.days()).unwrap();
        let (start, end) = (on(from), on(from + 9));
        let goal = Goal {
            scope: Scope::Company, metric: CALLS, start, end, level: Level::Must, target: 10_000, shape: Shape::Linear,
        };
        // Hour by hour: a day has 23 or 25 of them, or half an hour more or less.
        let half_hours = |until: Date| {
            let mut at = start.to_zoned(case.zone.clone()).unwrap().timestamp();
            let mut count = 0;
            while at.to_zoned(case.zone.clone()).date() < until {
                (at, count) = (at + SignedDuration::from_mins(30), count + 1);
            }
            f64::from(count)
        };
        let share = half_hours(case.today().clamp(start, end)) / half_hours(end);
        let figure = case.figures().goal(&goal);
        prop_assert!((figure.pace - 10_000.0 * share).abs() < 1e-6, "{:?} {}", figure, share);
    }
}
