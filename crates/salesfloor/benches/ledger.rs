//! One new fact among a million: until it is in, and until the new standings of the month are there. Target: 1 ms.

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use salesfloor::facts::{Activity, Floor, Membership, Metric, MetricId, Person, PersonId, Settings, Team, TeamId};
use salesfloor::figures::{Figures, Numbering};
use salesfloor::ledger::Ledger;
use salesfloor::period::PeriodKind;

const FACTS: u32 = 1_000_000;
const PEOPLE: u32 = 200;

fn fact(n: u32) -> Activity {
    let first: jiff::Timestamp = "2026-01-01T08:00:00Z".parse().expect("an instant");
    Activity {
        key: format!("fact {n}"),
        metric: MetricId(n % 3),
        person: Some(PersonId(n % PEOPLE)),
        at: first + SignedDuration::from_mins(i64::from(n) * 330 * 1_440 / i64::from(FACTS)),
        amount: i64::from(n % 10_000),
        label: None,
    }
}

fn floor() -> Floor {
    let person = |n: u32| Person {
        key: n.to_string(),
        name: format!("Person {n}"),
        memberships: vec![Membership { team: TeamId(n % 8), since: None, until: None }],
        ..Person::default()
    };
    let team = |n: u32| Team { key: n.to_string(), name: format!("Team {n}"), color: None };
    Floor {
        settings: Settings { tz: "Europe/Berlin".into(), ..Settings::default() },
        people: (0..PEOPLE).map(person).collect(),
        teams: (0..8).map(team).collect(),
        metrics: vec![Metric::default(); 3],
        ..Floor::default()
    }
}

fn bench(c: &mut Criterion) {
    let floor = floor();
    let mut ledger = Ledger::new(TimeZone::get("Europe/Berlin").expect("a zone"));
    (0..FACTS).for_each(|n| ledger.add(fact(n)));
    let now = "2026-11-20T15:00:00Z".parse().expect("an instant");
    let mut n = FACTS;
    c.bench_function("one fact among a million, to new standings of people and teams", |b| {
        b.iter_batched(
            || {
                n += 1;
                Activity { at: now, ..fact(n) }
            },
            |fact| {
                let metric = fact.metric;
                ledger.add(fact);
                let figures = Figures { floor: &floor, ledger: &ledger, now };
                let span = figures.span(figures.current(PeriodKind::Month));
                black_box(figures.people(metric, span, Numbering::Competition));
                black_box(figures.teams(metric, span, Numbering::Competition));
            },
            BatchSize::SmallInput,
        );
    });
}

criterion_group!(benches, bench);
criterion_main!(benches);
