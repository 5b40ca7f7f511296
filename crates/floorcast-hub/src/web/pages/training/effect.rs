//! The weeks before and after a course beside what the others did in the same weeks. No verdict.

use jiff::{Timestamp, ToSpan as _};
use salesfloor::facts::{MetricId, PersonId, Scope, Shown};
use salesfloor::figures::{Figures, Value};
use salesfloor::period::{Days, Span};

use super::map::of_axis;
use crate::store::figures::Loaded;
use crate::store::private::training::{CourseRow, TrainingRow};
use crate::web::pages::numbers::{one, percent};
use crate::web::words::{Words, fill};

/// Weeks on each side.
const WEEKS: i64 = 4;

/// With fewer cases an effect is chance.
const FEWEST: u64 = 20;

pub struct Effect {
    pub title: String,
    /// Before and after; `None`: too few.
    pub line: Option<String>,
    pub about: String,
    pub others: String,
}

pub fn effects(
    loaded: &Loaded,
    figures: &Figures<'_>,
    w: &Words,
    courses: &[CourseRow],
    rows: &[&TrainingRow],
) -> Vec<Effect> {
    let of = |row: &&TrainingRow| {
        let course = courses.iter().find(|course| course.id == row.course)?;
        let (metric, is_step) = of_axis(loaded, &course.axis)?;
        let person = loaded.person(&row.person)?;
        let done = loaded.ledger.day(Timestamp::from_microsecond(row.done?).ok()?);
        let over = done.saturating_add((7 * WEEKS).days());
        (over <= figures.today()).then(|| {
            let before = figures.span(Days { start: done.saturating_sub((7 * WEEKS).days()), end: done });
            let after = figures.span(Days { start: done, end: over });
            let day = w.short_day(done);
            match is_step {
                true => of_step(loaded, figures, w, course, (metric, person), (before, after), &day),
                false => effect(loaded, figures, w, course, (metric, person), (before, after), &day),
            }
        })
    };
    rows.iter().filter_map(of).collect()
}

fn effect(
    loaded: &Loaded,
    figures: &Figures<'_>,
    w: &Words,
    course: &CourseRow,
    (metric, person): (MetricId, PersonId),
    (before, after): (Span, Span),
    day: &str,
) -> Effect {
    let words = w.of_growth();
    let of = loaded.floor.metric(metric);
    let weekly = |who: Scope, span: Span| figures.value(metric, who, span).map_or(0.0, Value::as_f64) / WEEKS as f64;
    let n = [before, after].map(|span| cases(figures, metric, Scope::Person(person), span)).iter().sum::<u64>();
    let others = others(loaded, figures, person);
    let mean = |span: Span| {
        let sum: f64 = others.iter().map(|id| weekly(Scope::Person(*id), span)).sum();
        sum / others.len().max(1) as f64
    };
    let digits = salesfloor::facts::Metric { decimals: of.decimals.max(1), ..of.clone() };
    let number = |n: f64| one(&digits, (n * 10.0).round() / 10.0, w.lang);
    let name = &loaded.floor.person(person).name;
    let n_text = w.count(n);
    Effect {
        title: course.title.clone(),
        line: (n >= FEWEST).then(|| {
            let [before, after] = [before, after].map(|span| number(weekly(Scope::Person(person), span)));
            fill(words.effect_line, &[("before", &before), ("after", &after)])
        }),
        about: match n >= FEWEST {
            true => fill(words.effect_n, &[("name", name), ("day", day), ("n", &n_text)]),
            false => format!("{name}: {}", fill(words.effect_few, &[("n", &n_text)])),
        },
        others: match n >= FEWEST && !others.is_empty() {
            true => fill(words.others, &[("before", &number(mean(before))), ("after", &number(mean(after)))]),
            false => String::new(),
        },
    }
}

/// The rest of somebody's team.
fn others(loaded: &Loaded, figures: &Figures<'_>, person: PersonId) -> Vec<PersonId> {
    let team = |id: PersonId| loaded.floor.person(id).team_on(figures.today());
    let is_other = |id: &PersonId| *id != person && loaded.floor.person(*id).shown != Shown::Erased;
    loaded.floor.person_ids().filter(|id| is_other(id) && team(*id) == team(person)).collect()
}

/// A step of the chain: its rate on both sides, each of enough cases.
fn of_step(
    loaded: &Loaded,
    figures: &Figures<'_>,
    w: &Words,
    course: &CourseRow,
    (metric, person): (MetricId, PersonId),
    spans: (Span, Span),
    day: &str,
) -> Effect {
    let words = w.of_growth();
    let spans = [spans.0, spans.1];
    let n = spans.map(|span| cases(figures, metric, Scope::Person(person), span)).iter().sum::<u64>();
    let rate = |id: PersonId, span: Span| Some(figures.conversion(metric, Scope::Person(id), span)?.rate);
    let both = |[before, after]: [Option<f64>; 2]| Some([percent(before?), percent(after?)]);
    let mean = |span: Span| {
        let all = others(loaded, figures, person);
        let rates: Vec<f64> = all.into_iter().filter_map(|id| rate(id, span)).collect();
        (!rates.is_empty()).then(|| rates.iter().sum::<f64>() / rates.len() as f64)
    };
    let own = both(spans.map(|span| rate(person, span)));
    let theirs = both(spans.map(mean)).filter(|_| own.is_some());
    let (name, n) = (&loaded.floor.person(person).name, w.count(n));
    Effect {
        title: course.title.clone(),
        about: match own {
            Some(_) => fill(words.effect_n, &[("name", name), ("day", day), ("n", &n)]),
            None => format!("{name}: {}", fill(words.effect_few, &[("n", &n)])),
        },
        line: own.map(|[before, after]| fill(words.effect_rate, &[("before", &before), ("after", &after)])),
        others: theirs
            .map(|[before, after]| {
                let of = |n: String| format!("{n} %");
                fill(words.others, &[("before", &of(before)), ("after", &of(after))])
            })
            .unwrap_or_default(),
    }
}

/// How often something happened: a count adds up, of an amount each fact is one.
fn cases(figures: &Figures<'_>, metric: MetricId, who: Scope, span: Span) -> u64 {
    let sum = figures.sum(metric, who, span);
    let of = figures.floor.metric(metric);
    match (&of.unit, of.aggregate) {
        (salesfloor::facts::Unit::Count, salesfloor::facts::Aggregate::Sum) => {
            u64::try_from(sum.total / 10_i128.pow(u32::from(of.decimals))).unwrap_or(0)
        }
        _ => sum.n,
    }
}
