//! Recognition by rules: what has just happened is celebrated once, and what a rule would have celebrated can be seen before
//! it holds.

use jiff::{SignedDuration, Timestamp};
use salesfloor::facts::{Activity, Level, MetricId, Scope};
use salesfloor::figures::{Arrival, Cause, Celebration, Figures, NEWS, Rules};
use salesfloor::ledger::Ledger;
use salesfloor::period::Span;

use crate::access::Viewer;
use crate::random;
use crate::store::figures::Loaded;
use crate::store::rules::{self, RuleRow};
use crate::store::words::{self, RecognitionRow};
use crate::store::{Result, Store, current, floor, targets};

/// Walls show what was celebrated for so long.
const SHOWN: SignedDuration = SignedDuration::from_hours(24);

/// A fact is looked for so much longer than its transaction may have lasted.
const MARGIN: SignedDuration = SignedDuration::from_secs(60);

/// The rules that hold, as figures take them; `None`: there is none.
pub fn in_force(all: &[RuleRow]) -> Option<Rules> {
    let active: Vec<&RuleRow> = all.iter().filter(|rule| rule.paused.is_none()).collect();
    let has = |kind: &str| active.iter().any(|rule| rule.kind == kind);
    let since = active.iter().map(|rule| rule.since).min()?;
    Some(Rules {
        since: Timestamp::from_microsecond(since).ok()?,
        deal_min: active.iter().filter(|rule| rule.kind == "deal").filter_map(|rule| rule.at_least).min(),
        goals: has("goal"),
        leader: has("leader"),
        first_deal: has("first_deal"),
        best: has("best"),
    })
}

/// The kind of rule that makes a celebration.
pub fn kind_of(cause: Cause) -> &'static str {
    match cause {
        Cause::Deal => "deal",
        Cause::Goal(_) => "goal",
        Cause::Leader => "leader",
        Cause::FirstDeal => "first_deal",
        Cause::Best => "best",
    }
}

/// The figures that are celebrated: what deals bring, and what the goals are of.
fn watched(loaded: &mut Loaded) -> Vec<MetricId> {
    loaded.floor.sales = loaded.metric("won");
    let mut metrics: Vec<MetricId> = loaded.floor.goals.iter().map(|goal| goal.metric).collect();
    metrics.extend(loaded.floor.sales);
    metrics.sort_unstable();
    metrics.dedup();
    metrics
}

/// What rules would have celebrated in a span, had they held and every fact come in as it happened.
pub fn rehearsed(loaded: &mut Loaded, rules: &Rules, span: Span) -> Vec<Celebration> {
    let watched = watched(loaded);
    let rules = Rules { since: Timestamp::MIN, ..rules.clone() };
    let (mut before, mut after) = (Ledger::new(loaded.ledger.tz().clone()), Ledger::new(loaded.ledger.tz().clone()));
    let mut news: Vec<Activity> = Vec::new();
    for metric in watched {
        let until = |end| Span { start: Timestamp::MIN, end };
        for fact in loaded.ledger.facts(metric, until(span.end)) {
            let fact = fact.to_activity();
            if fact.at < span.start {
                before.add(fact.clone());
                after.add(fact);
            } else {
                news.push(fact);
            }
        }
    }
    news.sort_by(|a, b| (a.at, a.metric, &a.key).cmp(&(b.at, b.metric, &b.key)));
    let mut all: Vec<Celebration> = Vec::new();
    for fact in news {
        after.add(fact.clone());
        let figures = Figures { floor: &loaded.floor, ledger: &after, now: fact.at };
        for one in figures.celebrations(&before, std::slice::from_ref(&fact), Arrival::Live, &rules) {
            // One cause is celebrated once.
            if !all.iter().any(|known| known.id == one.id) {
                all.push(one);
            }
        }
        before.add(fact);
    }
    all
}

/// Celebrates what came in since an instant. How many there were.
///
/// # Errors
/// The store's.
pub fn celebrate(store: &Store, seen: i64, now: Timestamp) -> Result<usize> {
    let found = store.read(|tx| {
        let Some(rules) = in_force(&rules::list(tx)?) else { return Ok(Vec::new()) };
        let since = |span: SignedDuration| now.checked_sub(span).unwrap_or(now).as_microsecond();
        let news = rules::news(tx, seen - MARGIN.as_micros() as i64, since(NEWS))?;
        if news.is_empty() {
            return Ok(Vec::new());
        }
        let mut loaded = current::load(tx, now)?;
        targets::load(tx, &Viewer::Publisher, &mut loaded)?;
        let watched = watched(&mut loaded);
        let fresh: Vec<Activity> = news
            .iter()
            .filter_map(|fact| {
                let metric = loaded.metric(&fact.metric).filter(|metric| watched.contains(metric))?;
                Some(Activity {
                    key: format!("{}\u{1f}{}", fact.source, fact.ext_id),
                    metric,
                    person: fact.person.as_deref().and_then(|id| loaded.person_id(id)),
                    at: Timestamp::from_microsecond(fact.at).ok()?,
                    amount: fact.amount,
                    label: None,
                })
            })
            .collect();
        if fresh.is_empty() {
            return Ok(Vec::new());
        }
        let mut before = Ledger::clone(&loaded.ledger);
        fresh.iter().for_each(|fact| _ = before.revoke(fact.metric, &fact.key));
        let figures = Figures { floor: &loaded.floor, ledger: &loaded.ledger, now };
        let all = figures.celebrations(&before, &fresh, Arrival::Live, &rules);
        Ok(all.iter().map(|one| row(&loaded, one, now)).collect::<Vec<RecognitionRow>>())
    })?;
    if found.is_empty() {
        return Ok(0);
    }
    store.write(|tx| {
        let mut new = 0;
        for row in &found {
            // What was celebrated, or celebrated and taken back, is not celebrated again.
            if words::get_recognition(tx, &row.id)?.is_none() {
                words::put_recognition(tx, row)?;
                new += 1;
            }
        }
        if new > 0 {
            floor::changed(tx)?;
        }
        Ok(new)
    })
}

fn row(loaded: &Loaded, of: &Celebration, now: Timestamp) -> RecognitionRow {
    let who = match of.who {
        Scope::Person(person) => vec![loaded.floor.person(person).key.clone()],
        _ => Vec::new(),
    };
    RecognitionRow {
        id: format!("r{}", &random::hash(&of.id)[..16]),
        at: of.at.as_microsecond(),
        kind: match of.cause {
            Cause::Deal | Cause::Leader => "top_performer",
            Cause::Goal(_) | Cause::FirstDeal | Cause::Best => "milestone",
        }
        .into(),
        who,
        headline: headline(loaded, of),
        body: None,
        from_whom: None,
        rule: Some(kind_of(of.cause).into()),
        until: now.checked_add(SHOWN).unwrap_or(now).as_microsecond(),
        withdrawn: None,
    }
}

/// What is celebrated, in the language of the floor's walls where it is English or Japanese.
pub fn headline(loaded: &Loaded, of: &Celebration) -> String {
    let japanese = loaded.floor.settings.locale.starts_with("ja");
    let metric = loaded.floor.metric(of.metric);
    let value = number(of.value.as_f64());
    let name = match of.who {
        Scope::Company => loaded.floor.settings.name.clone(),
        Scope::Team(team) => loaded.floor.team(team).name.clone(),
        Scope::Person(person) => loaded.floor.person(person).wall_name().unwrap_or_default().to_owned(),
    };
    match (of.cause, japanese) {
        (Cause::Deal, false) => format!("A deal of {value}"),
        (Cause::Deal, true) => format!("{value} の成約"),
        (Cause::Goal(Level::Must), false) => format!("{name} reached the goal for {}", metric.label),
        (Cause::Goal(Level::Must), true) => format!("{name} が{}の目標を達成", metric.label),
        (Cause::Goal(_), false) => format!("{name} went beyond the goal for {}", metric.label),
        (Cause::Goal(_), true) => format!("{name} が{}の努力目標を達成", metric.label),
        (Cause::Leader, false) => format!("New leader with {value}"),
        (Cause::Leader, true) => format!("{value} で首位"),
        (Cause::FirstDeal, false) => "The first deal".to_owned(),
        (Cause::FirstDeal, true) => "初成約".to_owned(),
        (Cause::Best, false) => format!("Best month so far: {value}"),
        (Cause::Best, true) => format!("自己最高の月 {value}"),
    }
}

/// Whole, with its thousands apart: walls shorten what they show of a figure, a sentence says it.
fn number(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}
