//! The rows of a ranking, the teams beside it, and where everybody stood before today.

use std::collections::{HashMap, HashSet};

use jiff::{Timestamp, ToSpan as _};
use salesfloor::facts::{Goal, Level, MetricId, Scope};
use salesfloor::figures::{Figures, Numbering, Value};
use salesfloor::period::{Days, PeriodKind};

use super::Params;
use super::today::{News, today};
use crate::store::figures::{self, Loaded};
use crate::store::{Error, Result, Tx, current, floor as row, people, targets};
use crate::web::pages::bar::{Bar, BarKind};
use crate::web::pages::facts;
use crate::web::pages::floor::{self, Ranked, plate, plate_class};
use crate::web::pages::me;
use crate::web::pages::numbers::Numbers;
use crate::web::pages::shell::monogram;
use crate::web::session::Visitor;
use crate::web::words::{Words, fill};

/// As many as a wall shows; one's own place comes below.
const FIRST: usize = 12;

const PERIODS: [(&str, PeriodKind); 5] = [
    ("month", PeriodKind::Month),
    ("week", PeriodKind::Week),
    ("today", PeriodKind::Day),
    ("quarter", PeriodKind::Quarter),
    ("year", PeriodKind::Year),
];

pub struct Rankings {
    pub about: String,
    pub old: Option<String>,
    /// Address, name, chosen.
    pub metrics: Vec<(String, String, bool)>,
    pub periods: Vec<(&'static str, String, bool)>,
    pub rows: Vec<Place>,
    pub note: String,
    /// Where everybody is listed, and in words; `None`: they are.
    pub more: Option<(String, String)>,
    pub empty: String,
    /// What its figures count, and their unit.
    pub head: String,
    pub teams: Vec<TeamPlace>,
    pub news: Vec<News>,
}

pub struct Place {
    pub plate: String,
    pub class: &'static str,
    pub moved_class: &'static str,
    pub moved: String,
    pub moved_words: String,
    pub monogram: String,
    pub name: String,
    pub own: bool,
    /// Not beside the row above.
    pub apart: bool,
    pub bar: String,
    pub value: String,
    pub facts: Option<String>,
    pub gap: String,
}

pub struct TeamPlace {
    pub plate: String,
    pub class: &'static str,
    pub name: String,
    pub value: String,
    pub bar: String,
    pub state: Option<me::Mood>,
}

/// # Errors
/// There is no such figure, or the store's.
pub fn rankings(tx: &mut Tx<'_>, visitor: &Visitor, params: &Params, now: Timestamp) -> Result<Rankings> {
    let w = visitor.words;
    let tz = figures::zone(&row::get(tx)?)?;
    let this_day = tz.to_datetime(now).date();
    // A floor whose facts end before this month shows the last day that has some, as its walls do.
    let newest = figures::newest(tx, now)?.filter(|newest| tz.to_datetime(*newest).date() < this_day.first_of_month());
    let at = newest.unwrap_or(now);
    let mut loaded = current::load(tx, at)?;
    // Targets of teams hang on the wall, those of people do not.
    targets::load(tx, &crate::access::Viewer::Publisher, &mut loaded)?;
    let reach: HashSet<String> = people::list(tx, &visitor.viewer)?.into_iter().map(|person| person.id).collect();
    let figures = loaded.at(at);
    let known = loaded.ranked();
    let metric = match &params.metric {
        Some(key) => Some(loaded.metric(key).ok_or_else(|| Error::Missing("such figure".into()))?),
        None => known.first().copied(),
    };
    let asked = params.period.as_deref().unwrap_or("month");
    let (name, kind) =
        *PERIODS.iter().find(|(name, _)| *name == asked).ok_or_else(|| Error::Missing("such period".into()))?;
    let days = figures.current(kind);
    let period = |name: &str, days: Days| match (name, newest.is_some()) {
        // What is not of now is not called so: each period says which it is.
        (name, true) => w.past_period(name, days.start),
        ("month", _) => w.month(days.start),
        ("week", _) => w.this_week.to_owned(),
        ("today", _) => w.today.to_owned(),
        ("quarter", _) => w.quarter.to_owned(),
        _ => w.year.to_owned(),
    };
    let said = |day: jiff::civil::Date| match day.year() == this_day.year() {
        true => w.short_day(day),
        false => w.day_and_year(day),
    };
    let mut out = Rankings {
        about: String::new(),
        old: newest.map(|newest| fill(w.as_of, &[("day", &said(tz.to_datetime(newest).date()))])),
        metrics: known
            .iter()
            .map(|id| loaded.floor.metric(*id))
            .map(|of| {
                (of.key.clone(), of.label.clone(), metric.is_some_and(|id| loaded.floor.metric(id).key == of.key))
            })
            .collect(),
        periods: PERIODS.iter().map(|(of, kind)| (*of, period(of, figures.current(*kind)), *of == name)).collect(),
        rows: Vec::new(),
        note: String::new(),
        more: None,
        empty: fill(w.no_ranking, &[("period", &period(name, days))]),
        head: String::new(),
        teams: Vec::new(),
        news: Vec::new(),
    };
    let Some(metric) = metric else { return Ok(out) };
    let of = loaded.floor.metric(metric);
    let all = floor::ranking(&figures, metric, figures.span(days));
    let values: Vec<f64> = all.iter().map(|row| row.value).collect();
    let numbers = Numbers::of(of, &values, w.lang);
    out.head = numbers.headed(&of.label);
    let about = [of.label.clone(), period(name, days), numbers.unit()];
    let about: Vec<String> = about.into_iter().filter(|text| !text.is_empty()).collect();
    out.about = about.join(if w.lang == "ja" { "、" } else { ", " });
    let (before, day) = places_before(&loaded, &figures, metric, days);
    let since = said(day);
    let first = if params.all.is_some() { all.len() } else { FIRST };
    let n = w.count(all.len().min(first));
    let values = [("n", n.as_str()), ("all", &w.count(all.len())), ("day", &since)];
    out.note = fill(if all.len() > first { w.first_of } else { w.all_of }, &values);
    out.more = (all.len() > first).then(|| {
        let address = "/rankings?";
        let mut query = form_urlencoded::Serializer::for_suffix(address.to_owned(), address.len());
        query.append_pair("metric", &of.key).append_pair("period", name).append_pair("all", "1");
        (query.finish(), fill(w.show_all, &[("n", &w.count(all.len()))]))
    });
    let facts_of = |row: &Ranked| {
        let key = &loaded.floor.person(row.person).key;
        reach.contains(key).then(|| facts::address(&of.key, Some(key), days))
    };
    let own = all.iter().position(|row| visitor.person() == Some(loaded.floor.person(row.person).key.as_str()));
    let shown = (0..all.len()).filter(|at| *at < first || Some(*at) == own);
    out.rows = shown
        .map(|at| {
            let row = &all[at];
            let next = all[..at].iter().rev().find(|other| other.place < row.place);
            let was = before.get(&row.person).copied();
            let (moved_class, moved, moved_words) = moved(w, was, row.place);
            let leader = all[0].value;
            let words = [("n", numbers.spoken(row.value)), ("all", numbers.spoken(leader))];
            let words: Vec<(&str, &str)> = words.iter().map(|(key, value)| (*key, value.as_str())).collect();
            let look = if Some(at) == own { BarKind::Reached } else { BarKind::Fine };
            let bar = Bar::of(row.value.max(0.0), leader.max(row.value), None, look, fill(w.leader_share, &words));
            Place {
                plate: plate(row.place, row.tied),
                class: plate_class(row.place, Some(at) == own),
                moved_class,
                moved,
                moved_words,
                monogram: monogram(&row.name),
                name: if Some(at) == own { format!("{} {}", row.name, w.you) } else { row.name.clone() },
                own: Some(at) == own,
                apart: at > first,
                bar: bar.map_or(String::new(), |bar| bar.svg()),
                value: numbers.write(row.value),
                facts: facts_of(row),
                gap: next.map_or(String::new(), |next| numbers.gap(next.value, row.value)),
            }
        })
        .collect();
    out.teams = teams(&loaded, &figures, w, metric, days);
    if let (Some(first), None) = (known.first(), newest) {
        out.news = today(tx, visitor, (&loaded, &figures), *first, now)?;
    }
    Ok(out)
}

/// The places at the end of the last working day, and that day.
fn places_before(
    loaded: &Loaded,
    figures: &Figures<'_>,
    metric: MetricId,
    days: Days,
) -> (HashMap<salesfloor::facts::PersonId, u32>, jiff::civil::Date) {
    let mut day = figures.today().yesterday().unwrap_or(figures.today());
    for _ in 0..14 {
        if loaded.floor.calendar.work(day, None) > 0.0 {
            break;
        }
        day = day.yesterday().unwrap_or(day);
    }
    let end = figures.span(Days { start: day, end: day.saturating_add(1.day()) }).end;
    let then = Figures { now: end.saturating_sub(jiff::SignedDuration::from_nanos(2)).unwrap_or(end), ..*figures };
    if !days.contains(day) {
        return (HashMap::new(), day);
    }
    (floor::ranking(&then, metric, then.span(days)).into_iter().map(|row| (row.person, row.place)).collect(), day)
}

fn moved(w: &Words, was: Option<u32>, place: u32) -> (&'static str, String, String) {
    match was {
        Some(was) if was > place => {
            let n = w.count(was - place);
            ("up", format!("▲{n}"), fill(w.up, &[("n", &n)]))
        }
        Some(was) if was < place => {
            let n = w.count(place - was);
            ("down", format!("▼{n}"), fill(w.down, &[("n", &n)]))
        }
        Some(_) => ("mid", "–".into(), w.same.to_owned()),
        None => ("mid", String::new(), w.new_person.to_owned()),
    }
}

fn teams(loaded: &Loaded, figures: &Figures<'_>, w: &Words, metric: MetricId, days: Days) -> Vec<TeamPlace> {
    if loaded.floor.teams.len() < 2 {
        return Vec::new();
    }
    let of = loaded.floor.metric(metric);
    let all = figures.teams(metric, figures.span(days), Numbering::Competition);
    let values: Vec<f64> = all.iter().filter_map(|team| team.value).map(Value::as_f64).collect();
    let numbers = Numbers::of(of, &values, w.lang);
    let most = values.iter().copied().fold(0.0, f64::max);
    let tied = |place| all.iter().filter(|other| other.place == Some(place)).count() > 1;
    let row = |team: &salesfloor::figures::Standing| {
        let (value, place) = (team.value?.as_f64(), team.place?);
        let goal = loaded.floor.goals.iter().find(|goal: &&Goal| {
            let same = goal.scope == team.who && goal.metric == metric && goal.level == Level::Must;
            same && Days { start: goal.start, end: goal.end } == days
        });
        let figure = goal.map(|goal| figures.goal(goal));
        let target = figure.as_ref().map_or(most, |figure| figure.target);
        let pace = figure.as_ref().map(|figure| figure.pace);
        let behind = figure.as_ref().is_some_and(|figure| value < figure.pace);
        let look = if behind { BarKind::Behind } else { BarKind::Fine };
        let words = fill(w.of_target, &[("value", &numbers.spoken(value)), ("target", &numbers.spoken(target))]);
        let state = figure.map(|figure| {
            me::goal_state(w, &numbers, &figure, (days.start == figures.today(), me::last_day(figures, days, team.who)))
        });
        Some(TeamPlace {
            plate: plate(place, tied(place)),
            class: plate_class(place, false),
            name: match team.who {
                Scope::Team(id) => loaded.floor.team(id).name.clone(),
                _ => String::new(),
            },
            // The heading of the page says the unit of its people.
            value: numbers.spoken(value),
            bar: Bar::of(value.max(0.0), target, pace, look, words).map_or(String::new(), |bar| bar.svg()),
            state,
        })
    };
    all.iter().filter_map(row).collect()
}
