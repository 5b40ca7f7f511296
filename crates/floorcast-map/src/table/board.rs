//! Makes the board of a table: a ranking of the people, one of the teams, for each currency.

use serde_json::{Map, Value, json};

use super::count::{Counted, Money, Period, Sum};
use super::rows::Deals;
use crate::TableSettings;
use salesfloor::board::Labels;

/// Most bytes of an id, people and teams of a board (FEED §5).
const ID: usize = 128;
const PEOPLE: usize = 2_000;
pub const TEAMS: usize = 200;

/// What a board is made of.
pub struct Parts<'a> {
    pub deals: &'a Deals,
    pub counted: &'a Counted,
    pub period: &'a Period,
    pub labels: &'a Labels,
    pub settings: &'a TableSettings,
    pub tz: &'a str,
    /// What the wall says in the place of LIVE.
    pub caveats: &'a [&'static str],
}

/// Makes the document.
pub fn board(parts: &Parts<'_>) -> Value {
    let Parts { deals, counted, period, labels, settings, .. } = parts;
    let amounts = deals.columns.amount.is_some();
    let many = counted.money.len() > 1;
    let with_teams = counted.teams.len() <= TEAMS;
    let mut metrics = Map::new();
    metrics.insert("deals".into(), json!({"label": labels.deals}));
    let mut slides = Vec::new();
    for (at, (currency, money)) in counted.money.iter().enumerate() {
        let code = currency.as_deref().unwrap_or_default();
        let metric = format!("amount{code}");
        metrics.insert(metric.clone(), self::metric(parts, code, amounts));
        let suffix = match (many, currency) {
            (false, _) => String::new(),
            (true, Some(code)) => format!(" {code}"),
            (true, None) => format!(", {}", labels.no_currency),
        };
        let people = settings.title.as_deref().unwrap_or(labels.sales);
        // A target is in the money of most deals.
        let target = settings.target.filter(|_| at == 0);
        slides.push(people_slide(
            parts,
            money,
            (format!("people{code}"), format!("{people}{suffix}"), &metric),
            target,
        ));
        if with_teams && !money.teams.is_empty() {
            slides.push(teams_slide(
                parts,
                money,
                (format!("teams{code}"), format!("{}{suffix}", labels.teams), &metric),
            ));
        }
    }
    if slides.is_empty() {
        let title = settings.title.as_deref().unwrap_or(labels.sales);
        let mut slide = json!({"type": "ranking", "id": "people", "title": title, "metric": "deals", "rows": []});
        with_period(&mut slide, period, labels);
        slides.push(slide);
    }
    let shown = counted.money.iter().flat_map(|(_, money)| best(parts, money));
    let people: Map<String, Value> = shown
        .map(|person| {
            let name = deals.people.name(person);
            let mut value = json!({"name": name});
            if let Some(team) = counted.team_of.get(&person).filter(|_| with_teams) {
                value["team"] = json!(id(&counted.teams[team]));
            }
            (id(name), value)
        })
        .collect();
    let teams: Map<String, Value> =
        counted.teams.values().filter(|_| with_teams).map(|name| (id(name), json!({"name": name}))).collect();
    let mut board = json!({
        "format": "salesboard/1", "tz": parts.tz, "metrics": metrics, "teams": teams, "people": people, "slides": slides,
    });
    if !parts.caveats.is_empty() {
        board["caveats"] = json!(parts.caveats);
    }
    board
}

/// A name as an id: whole where it fits.
fn id(name: &str) -> String {
    if name.len() <= ID {
        return name.to_owned();
    }
    // The end of a long name tells it from others that begin alike.
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let mut hash = DefaultHasher::new();
    name.hash(&mut hash);
    let cut = (0..=ID - 20).rev().find(|at| name.is_char_boundary(*at)).unwrap_or(0);
    format!("{}…{:016x}", &name[..cut], hash.finish())
}

fn metric(parts: &Parts<'_>, code: &str, amounts: bool) -> Value {
    let labels = parts.labels;
    if !amounts {
        return json!({"label": labels.deals});
    }
    let is_code = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if is_code {
        json!({"label": labels.amount, "unit": "currency", "currency": code, "decimals": 0})
    } else {
        json!({"label": labels.amount, "unit": "number"})
    }
}

fn with_period(slide: &mut Value, period: &Period, labels: &Labels) {
    if let Some(mut period_slide) = period.slide.clone() {
        // A whole month is named in the floor's language.
        if let Some((from, to)) = period.days
            && from.day() == 1
            && from.checked_add(jiff::Span::new().months(1)).is_ok_and(|next| next == to)
        {
            period_slide["label"] = json!(labels.month(from));
        }
        slide["period"] = period_slide;
    }
}

/// The people, the best first; equal ones by name.
fn sorted<'a, K>(rows: impl Iterator<Item = (K, &'a Sum)>, name: impl Fn(&K) -> String) -> Vec<(String, &'a Sum, K)> {
    let mut rows: Vec<(String, &Sum, K)> = rows.map(|(key, sum)| (name(&key), sum, key)).collect();
    let value = |sum: &Sum| sum.amount.unwrap_or(f64::NEG_INFINITY);
    rows.sort_by(|(a, x, _), (b, y, _)| value(y).total_cmp(&value(x)).then_with(|| a.cmp(b)));
    rows
}

/// The people that a slide shows: all, or the best where there are more than a board takes.
fn best(parts: &Parts<'_>, money: &Money) -> Vec<usize> {
    let most = PEOPLE / parts.counted.money.len().max(1);
    let name = |person: &usize| parts.deals.people.name(*person).to_owned();
    let rows = sorted(money.people.iter().map(|(person, sum)| (*person, sum)), name);
    rows.into_iter().take(most).map(|(_, _, person)| person).collect()
}

/// A sum as JSON: whole where it is whole.
fn number(sum: &Sum) -> Value {
    sum.rounded().map_or(Value::Null, |n| json!(n))
}

fn people_slide(
    parts: &Parts<'_>,
    money: &Money,
    (id_, title, metric): (String, String, &str),
    target: Option<f64>,
) -> Value {
    let amounts = parts.deals.columns.amount.is_some();
    let rows: Vec<Value> = best(parts, money)
        .into_iter()
        .map(|person| {
            let (name, sum) = (parts.deals.people.name(person), &money.people[&person]);
            let value = if amounts { number(sum) } else { json!(sum.deals) };
            let mut row = json!({"who": id(name), "value": value});
            if amounts {
                row["also"] = json!({"deals": sum.deals});
            }
            row
        })
        .collect();
    let total = if amounts { number(&money.total) } else { json!(money.total.deals) };
    let mut slide = json!({"type": "ranking", "id": id_, "title": title, "metric": metric, "total": {"value": total}, "rows": rows});
    if let Some(target) = target {
        slide["total"]["target"] = json!(target);
    }
    with_period(&mut slide, parts.period, parts.labels);
    slide
}

fn teams_slide(parts: &Parts<'_>, money: &Money, (id_, title, metric): (String, String, &str)) -> Value {
    let amounts = parts.deals.columns.amount.is_some();
    let value = |sum: &Sum| if amounts { number(sum) } else { json!(sum.deals) };
    let name = |team: &&String| parts.counted.teams[*team].clone();
    let rows: Vec<Value> = sorted(money.teams.iter().map(|(team, (sum, _))| (team, sum)), name)
        .into_iter()
        .map(|(name, sum, team)| {
            let parts_: Vec<Value> = money.teams[team]
                .1
                .iter()
                .map(|(person, sum)| json!({"who": id(parts.deals.people.name(*person)), "value": value(sum)}))
                .collect();
            json!({"who": id(&name), "value": value(sum), "members": parts_.len(), "parts": parts_})
        })
        .collect();
    let mut slide =
        json!({"type": "ranking", "id": id_, "of": "teams", "title": title, "metric": metric, "rows": rows});
    with_period(&mut slide, parts.period, parts.labels);
    slide
}
