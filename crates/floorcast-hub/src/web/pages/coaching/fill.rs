//! What the system puts into a session when it is begun: the scorecard of the month, and sentences made of figures.

use jiff::{Timestamp, ToSpan as _};
use salesfloor::facts::{MetricId, Scope};
use salesfloor::figures::{Figures, Value};
use salesfloor::period::{Days, PeriodKind};

use crate::store::figures::Loaded;
use crate::store::private::sessions::{FrozenFigure, Snapshot};
use crate::web::pages::floor;
use crate::web::pages::numbers::{self, Numbers, one, percent};
use crate::web::words::{Words, coaching, fill};

/// Weeks whose figures are named.
const WEEKS: i64 = 3;

/// A rate is named where it differs by more than this part of the floor's.
const DIFFERS: f64 = 0.1;

pub struct Filled {
    pub snapshot: Snapshot,
    /// First day, and the first day after.
    pub days: Days,
    pub well: Vec<String>,
    pub work_on: Vec<String>,
}

/// The month until now of a person; `None`: there is no such person.
pub fn filled(loaded: &Loaded, w: &Words, id: &str, now: Timestamp) -> Option<Filled> {
    let person = loaded.person(id)?;
    let (figures, words, who) = (loaded.at(now), w.of_coaching(), Scope::Person(person));
    let card = loaded.card_of(person, figures.today());
    let days = figures.current(card.period);
    let mut out = Filled {
        snapshot: Snapshot { at: now.as_microsecond(), lines: Vec::new() },
        days: Days { start: days.start, end: figures.today().tomorrow().unwrap_or(days.end) },
        well: Vec::new(),
        work_on: Vec::new(),
    };
    for of in figures.today_of(&card, who) {
        let metric = loaded.floor.metric(of.metric);
        let value = of.value.unwrap_or(0.0);
        let shown: Vec<f64> = std::iter::once(value).chain(of.target).collect();
        let numbers = Numbers::of(metric, &shown, w.lang);
        let share = of.target.filter(|target| *target > 0.0).map(|target| value / target);
        let ahead = of.ahead.unwrap_or(0.0).round();
        let gap = of.ahead.map(|exact| match ahead < 0.0 {
            true => numbers::behind(metric, exact, w.lang),
            false => one(metric, ahead, w.lang),
        });
        let sign = if of.ahead.is_none() || ahead == 0.0 {
            0
        } else if ahead > 0.0 {
            1
        } else {
            -1
        };
        let pace = of.target.zip(of.ahead).filter(|(target, _)| *target > 0.0);
        let percent = share.map(percent).unwrap_or_default();
        let named = |n: &str| [("what", metric.label.clone()), ("n", n.to_owned())];
        match (share, sign) {
            (Some(share), _) if share >= 1.0 => out.well.push(filled_in(words.f_reached, &named(&percent))),
            (Some(_), 1) => out.well.push(filled_in(words.f_ahead, &named(gap.as_deref().unwrap_or_default()))),
            (Some(_), -1) => {
                let [what, n] = named(gap.as_deref().unwrap_or_default());
                let weeks = ("weeks", weeks(&figures, of.metric, who, w));
                let per_week = per_week(loaded, &figures, of.target, days, who);
                let expected = ("expected", numbers::expected(metric, per_week, w.lang));
                out.work_on.push(filled_in(words.f_behind, &[what, n, weeks, expected]));
            }
            _ => {}
        }
        out.snapshot.lines.push(FrozenFigure {
            label: metric.label.clone(),
            value: numbers.spoken(value),
            target: of.target.map(|target| numbers.spoken(target)),
            share,
            pace: pace.map(|(target, ahead)| (value - ahead) / target),
            gap,
            sign,
        });
    }
    rates(loaded, &figures, w, who, &mut out);
    Some(out)
}

fn filled_in(text: &str, values: &[(&str, String)]) -> String {
    let values: Vec<(&str, &str)> = values.iter().map(|(key, value)| (*key, value.as_str())).collect();
    fill(text, &values)
}

/// The figures of the last whole weeks, the oldest first.
fn weeks(figures: &Figures<'_>, metric: MetricId, who: Scope, w: &Words) -> String {
    let this = figures.current(PeriodKind::Week).start;
    let week = |back: i64| {
        let start = this.saturating_sub((7 * back).days());
        let days = Days { start, end: start.saturating_add(7.days()) };
        let value = figures.value(metric, who, figures.span(days)).map_or(0.0, Value::as_f64);
        one(figures.floor.metric(metric), value, w.lang)
    };
    (1..=WEEKS).rev().map(week).collect::<Vec<_>>().join(if w.lang == "ja" { "、" } else { ", " })
}

fn per_week(loaded: &Loaded, figures: &Figures<'_>, target: Option<f64>, days: Days, who: Scope) -> f64 {
    let total = figures.working_time(days, who).total.max(1.0);
    let week = loaded.floor.calendar.work_in(figures.current(PeriodKind::Week), None);
    target.map_or(0.0, |target| target / total * week)
}

/// Steps of the chain that differ from the floor's rate.
fn rates(loaded: &Loaded, figures: &Figures<'_>, w: &Words, who: Scope, out: &mut Filled) {
    let window = floor::rate_window(figures);
    for metric in loaded.leading() {
        let Some(to) = loaded.floor.metric(metric).leads_to else { continue };
        let rate = |who| figures.conversion(metric, who, window);
        let (Some(own), Some(all)) = (rate(who), rate(Scope::Company)) else { continue };
        let (from, to) = (&loaded.floor.metric(metric).label, &loaded.floor.metric(to).label);
        let step = fill(w.chain_step, &[("from", from), ("to", to)]);
        let values = [("step", step), ("own", percent(own.rate)), ("all", percent(all.rate)), ("n", w.count(own.n))];
        let text = || filled_in(w.of_coaching().f_rate, &values);
        if own.rate > all.rate * (1.0 + DIFFERS) {
            out.well.push(text());
        } else if own.rate < all.rate * (1.0 - DIFFERS) {
            out.work_on.push(text());
        }
    }
}

/// The template that a floor begins with.
pub fn first_template(words: &coaching::Words) -> crate::store::private::templates::TemplateRow {
    use crate::store::private::templates::{Section, SectionSource, TemplateRow};
    let section = |title: &str, fill| Section { title: title.to_owned(), fill, left: false };
    TemplateRow {
        id: "first".into(),
        version: 1,
        title: words.default_title.to_owned(),
        sections: vec![
            section(words.s_period, SectionSource::Period),
            section(words.s_last, SectionSource::LastActions),
            section(words.s_well, SectionSource::Well),
            section(words.s_work, SectionSource::WorkOn),
            section(words.s_agree, SectionSource::Actions),
        ],
        locked: false,
        by_whom: String::new(),
    }
}
