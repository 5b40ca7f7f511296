//! What the page of a person shows, as text and shapes.

use askama::Template as _;
use jiff::{Timestamp, ToSpan as _};
use salesfloor::facts::{Metric, Scope, Scorecard};
use salesfloor::figures::{Figures, Value};
use salesfloor::period::{Days, PeriodKind};

use crate::store::figures::Loaded;
use crate::store::{Error, Result, Tx};
use crate::web::pages::cheer::Cheer;
use crate::web::pages::facts;
use crate::web::pages::floor;
use crate::web::pages::me::Mood;
use crate::web::pages::numbers::{self, Numbers, one, percent};
use crate::web::session::Visitor;
use crate::web::words::{Words, fill};

/// Weeks before the running one.
const WEEKS: i64 = 8;

/// Outside of these shares of the expectation a week is shaded.
const USUAL: std::ops::RangeInclusive<f64> = 0.8..=1.2;

/// So near to the median nothing stands out.
const CLOSE: f64 = 0.05;

pub struct Card {
    pub sub: String,
    pub weeks: Vec<String>,
    pub lines: Vec<Line>,
    pub month: String,
    pub strengths: Vec<Strength>,
    pub strengths_hint: String,
    /// The strongest and the weakest in a sentence.
    pub strengths_say: String,
    pub cheer: Option<String>,
    pub steps: Vec<Step>,
}

pub struct Line {
    pub label: String,
    pub expected: String,
    pub cells: Vec<WeekCell>,
    pub month: String,
    pub month_facts: String,
    pub pace: Option<Mood>,
}

pub struct WeekCell {
    pub value: String,
    pub facts: String,
    /// `▼` under, `▲` over what was expected; empty within.
    pub shape: &'static str,
    pub class: &'static str,
}

pub struct Strength {
    pub label: String,
    pub own: String,
    pub median: String,
    pub dots: String,
    pub class: &'static str,
}

pub struct Step {
    pub label: String,
    pub own: String,
    pub all: String,
}

/// # Errors
/// The store's.
pub fn card(tx: &mut Tx<'_>, visitor: &Visitor, id: &str, now: Timestamp) -> Result<Option<Card>> {
    let loaded = floor::load(tx, &visitor.viewer, now)?;
    let Some(person) = loaded.person(id) else { return Ok(None) };
    let (figures, w) = (loaded.at(now), visitor.words);
    let card = loaded.card_of(person, figures.today());
    let week = PeriodKind::Week.containing(figures.today(), &loaded.floor.settings);
    let weeks: Vec<Days> = (0..=WEEKS)
        .rev()
        .map(|back| PeriodKind::Week.containing(week.start.saturating_sub((7 * back).days()), &loaded.floor.settings))
        .collect();
    let who = Scope::Person(person);
    let cells = figures.card(&card, who).cells;
    let today = figures.today_of(&card, who);
    let line = |at: usize| {
        let metric = card.lines[at].metric;
        let of = loaded.floor.metric(metric);
        let days = figures.current(card.period);
        let per_day = cells[at].target.map(|target| target / figures.working_time(days, who).total.max(1.0));
        line_of(&loaded, &figures, w, (id, who, of, metric), &weeks, per_day, &today[at])
    };
    let (sub, team) = head(&loaded, &figures, w, person);
    let strengths = figures.strengths(&card, person);
    let n = strengths.iter().map(|of| of.n).max().unwrap_or(0);
    let n = w.count(n);
    let name = &loaded.floor.person(person).name;
    let most = strengths.iter().map(|of| of.attainment.max(of.median)).fold(1.0, f64::max);
    let cheer = Cheer::of(visitor, (&loaded, &figures), (who, &today), "person");
    Ok(Some(Card {
        sub: if team.is_empty() { sub } else { team },
        weeks: weeks.iter().map(|days| w.short_day(days.start)).collect(),
        lines: (0..card.lines.len()).map(line).collect(),
        month: w.month(figures.today()),
        strengths: strengths.iter().map(|of| strength((&loaded, w), &card, of, most)).collect(),
        strengths_say: say(&loaded, &card, w, &strengths),
        cheer: cheer.map(|cheer| cheer.render().map_err(Error::broken)).transpose()?,
        strengths_hint: fill(w.strengths_hint, &[("name", name), ("n", &n)]),
        steps: steps(&loaded, &figures, w, who),
    }))
}

fn head(loaded: &Loaded, figures: &Figures<'_>, w: &Words, id: salesfloor::facts::PersonId) -> (String, String) {
    let person = loaded.floor.person(id);
    let team = person.team_on(figures.today()).map(|team| loaded.floor.team(team).name.clone()).unwrap_or_default();
    let text = match person.started {
        Some(day) if !team.is_empty() => fill(w.in_team_since, &[("team", &team), ("day", &w.day_and_year(day))]),
        _ => team,
    };
    let gap = if w.lang == "ja" { "・" } else { " · " };
    let left = person
        .ended
        .and_then(|end| end.yesterday().ok())
        .map(|day| fill(w.last_day_here, &[("day", &w.day_and_year(day))]));
    let parts: Vec<String> = [Some(text).filter(|text| !text.is_empty()), left].into_iter().flatten().collect();
    (w.month(figures.today()), parts.join(gap))
}

type Of<'a> = (&'a str, Scope, &'a Metric, salesfloor::facts::MetricId);

fn line_of(
    loaded: &Loaded,
    figures: &Figures<'_>,
    w: &Words,
    (id, who, of, metric): Of<'_>,
    weeks: &[Days],
    per_day: Option<f64>,
    today: &salesfloor::figures::TodayFigure,
) -> Line {
    let values: Vec<f64> =
        weeks.iter().map(|days| figures.value(metric, who, figures.span(*days)).map_or(0.0, Value::as_f64)).collect();
    let month = figures.current(PeriodKind::Month);
    let value = figures.value(metric, who, figures.span(month)).map_or(0.0, Value::as_f64);
    let shown: Vec<f64> = values.iter().copied().chain([value]).collect();
    let numbers = Numbers::of(of, &shown, w.lang);
    let running = weeks.last().copied();
    // Before anybody wrote this figure down, nobody fell short in it.
    let first = loaded.ledger.days_of(metric).map(|days| days[0]);
    let is_ratio = matches!(of.aggregate, salesfloor::facts::Aggregate::Ratio { .. });
    let is_counted = of.decimals == 0 && of.unit == salesfloor::facts::Unit::Count;
    let cell = |(days, value): (&Days, &f64)| {
        // A week with a holiday is judged as the days that it has; the running one as those that are over.
        let until = if Some(*days) == running { figures.today() } else { days.end };
        let worked = Days { start: days.start, end: until.max(days.start) };
        let known = is_ratio || first.is_some_and(|first| first < days.end);
        let expected = per_day.map(|n| n * figures.working_time(worked, who).total).filter(|n| *n > 0.0 && known);
        let share = expected.map(|expected| value / expected);
        let (shape, class) = match share {
            // Less than one of what is counted is no shortfall.
            Some(_) if is_counted && expected.is_some_and(|n| *value < n && n - value < 1.0) => ("", ""),
            Some(share) if share < *USUAL.start() => ("▼", "shade down"),
            Some(share) if share > *USUAL.end() => ("▲", "shade up"),
            _ => ("", ""),
        };
        WeekCell { value: numbers.write(*value), facts: facts::address(&of.key, Some(id), *days), shape, class }
    };
    let number = |n: f64| one(of, n, w.lang);
    let week = weeks.last().map_or(0.0, |days| loaded.floor.calendar.work_in(*days, None));
    Line {
        // Its weeks stand without their unit.
        label: numbers.headed(&of.label),
        expected: per_day.map_or_else(|| "–".to_owned(), |n| numbers::expected(of, n * week, w.lang)),
        cells: weeks.iter().zip(&values).map(cell).collect(),
        month: numbers.write(value),
        month_facts: facts::address(&of.key, Some(id), month),
        pace: today.ahead.map(|ahead| match ahead.round() {
            _ if today.missing().is_some_and(|missing| missing <= 0.0) => {
                Mood { class: "done", text: format!("✓ {}", w.reached) }
            }
            n if n > 0.0 => Mood { class: "up", text: format!("▲ {}", fill(w.ahead, &[("n", &number(n))])) },
            n if n < 0.0 => {
                let n = numbers::behind(of, ahead, w.lang);
                Mood { class: "down", text: format!("▼ {}", fill(w.behind, &[("n", &n)])) }
            }
            _ => Mood { class: "mid", text: format!("– {}", w.on_pace) },
        }),
    }
}

fn strength(
    (loaded, w): (&Loaded, &Words),
    card: &Scorecard,
    of: &salesfloor::figures::Strength,
    most: f64,
) -> Strength {
    let percent = |share: f64| w.count((share * 100.0).round() as i64);
    let label = loaded.floor.metric(card.lines[of.line].metric).label.clone();
    let class = match of.attainment - of.median {
        gap if gap > CLOSE => "up",
        gap if gap < -CLOSE => "down",
        _ => "",
    };
    let words = format!("{label}: ● {} %, ◇ {} %", percent(of.attainment), percent(of.median));
    Strength {
        dots: dots(of.attainment.max(0.0) / most, of.median.max(0.0) / most, class, &words),
        label,
        own: percent(of.attainment),
        median: percent(of.median),
        class,
    }
}

/// A dot where somebody is and a diamond where the median is, as shares of the track.
fn dots(own: f64, median: f64, class: &str, words: &str) -> String {
    let [own, median] = [own, median].map(|share| 3.0 + 94.0 * share.clamp(0.0, 1.0));
    let (from, width) = (own.min(median), (own - median).abs());
    let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    format!(
        "<svg class=\"dots {class}\" role=\"img\" aria-label=\"{words}\"><rect class=\"t\" y=\"7\" width=\"100%\" height=\"2\"/>\
         <rect class=\"l\" x=\"{from:.1}%\" y=\"6\" width=\"{width:.1}%\" height=\"4\"/>\
         <svg class=\"d\" x=\"{median:.1}%\" y=\"8\" overflow=\"visible\"><path d=\"M0-6 6 0 0 6-6 0z\"/></svg>\
         <circle class=\"o\" cx=\"{own:.1}%\" cy=\"8\" r=\"5\"/></svg>"
    )
}

/// What stands out on either side of the median.
fn say(loaded: &Loaded, card: &Scorecard, w: &Words, all: &[salesfloor::figures::Strength]) -> String {
    let gap = |of: &salesfloor::figures::Strength| of.attainment - of.median;
    let label = |of: &salesfloor::figures::Strength| loaded.floor.metric(card.lines[of.line].metric).label.clone();
    let best = all.iter().max_by(|a, b| gap(a).total_cmp(&gap(b))).filter(|of| gap(of) > CLOSE);
    // Whoever is at the pace, or has reached the target, has nothing to work on there, however far others are.
    let short = all.iter().filter(|of| of.attainment < 1.0);
    let worst = short.min_by(|a, b| gap(a).total_cmp(&gap(b))).filter(|of| gap(of) < -CLOSE);
    let parts = [
        best.map(|of| fill(w.stands_out, &[("what", &label(of))])),
        worst.map(|of| fill(w.falls_short, &[("what", &label(of))])),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(if w.lang == "ja" { "" } else { " " })
}

/// Each step of the chain for the person and for the floor.
fn steps(loaded: &Loaded, figures: &Figures<'_>, w: &Words, who: Scope) -> Vec<Step> {
    let window = floor::rate_window(figures);
    let rate = |metric, who| match figures.conversion(metric, who, window) {
        Some(found) => format!("{}\u{a0}% (n\u{a0}=\u{a0}{})", percent(found.rate), w.count(found.n)),
        None => w.too_few.to_owned(),
    };
    let step = |metric: salesfloor::facts::MetricId| {
        let to = loaded.floor.metric(metric).leads_to?;
        let (from, to) = (&loaded.floor.metric(metric).label, &loaded.floor.metric(to).label);
        let label = fill(w.chain_step, &[("from", from), ("to", to)]);
        Some(Step { label, own: rate(metric, who), all: rate(metric, Scope::Company) })
    };
    loaded.floor.metric_ids().filter_map(step).collect()
}
