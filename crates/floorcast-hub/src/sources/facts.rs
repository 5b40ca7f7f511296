//! Facts that a program sends one by one: over the API, by a webhook, as what a map made of an answer.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use salesfloor::period::first_instant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::whose::{Known, Whose, leave_out, of_deal, stays};
use crate::access::Viewer;
use crate::store::facts::{self, Fact};
use crate::store::metrics::{self, MetricRow};
use crate::store::{Result, Tx, figures, floor, owners};

/// One fact, as it is sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFact {
    /// The id in the other system: the same again corrects the fact.
    #[schema(min_length = 1, max_length = 200)]
    pub ext_id: String,
    /// A metric of the floor.
    #[schema(min_length = 1, max_length = 60)]
    pub metric: String,
    /// Who did it, as the other system calls that person.
    #[schema(max_length = 200)]
    pub owner: Option<String>,
    /// RFC 3339, or a day of the floor.
    pub at: String,
    /// In major units; 1 where it is left out.
    pub value: Option<f64>,
    /// ISO 4217; only of an amount of money.
    #[schema(min_length = 3, max_length = 3)]
    pub currency: Option<String>,
    #[schema(max_length = 280)]
    pub label: Option<String>,
    /// Takes the fact back.
    #[serde(default)]
    pub revoked: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    pub created: usize,
    pub updated: usize,
    pub unchanged: usize,
    pub without_person: usize,
}

/// Field and reason of everything that is wrong.
pub type FieldErrors = Vec<(String, String)>;

/// No amount is larger: a board carries no more.
const MAX_AMOUNT: f64 = 1e13;

/// Days of other years are typing mistakes.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2200;

/// What facts are checked against.
pub struct Checker {
    metrics: HashMap<String, MetricRow>,
    currency: String,
    tz: TimeZone,
    source: String,
    by_whom: String,
    now: Timestamp,
}

impl Checker {
    /// # Errors
    /// The store's.
    pub fn load(tx: &mut Tx<'_>, source: &str, by_whom: String, now: Timestamp) -> Result<Checker> {
        let floor = floor::get(tx)?;
        let metrics = metrics::list(tx)?.into_iter().map(|metric| (metric.id.clone(), metric)).collect();
        Ok(Checker {
            metrics,
            tz: figures::zone(&floor)?,
            currency: floor.currency,
            source: source.to_owned(),
            by_whom,
            now,
        })
    }

    /// The currency that the floor gets with these facts.
    pub fn counts_in(&mut self, currency: &str) {
        currency.clone_into(&mut self.currency);
        if let Some(won) = self.metrics.get_mut("won") {
            won.decimals = won.decimals.max(metrics::decimals_of(currency));
        }
    }

    /// Adds a metric, or knows it better.
    pub fn learn(&mut self, metric: MetricRow) {
        self.metrics.insert(metric.id.clone(), metric);
    }

    /// The currency of an amount of which the metric names none.
    fn own_currency(&self, given: &NewFact) -> Option<String> {
        let metric = self.metrics.get(&given.metric).filter(|of| of.unit == "currency" && of.currency.is_none());
        let is_code = |code: &&String| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
        metric.and_then(|_| given.currency.as_ref().filter(is_code).cloned())
    }

    /// # Errors
    /// Each field that is wrong, with the reason.
    pub fn check(&self, given: &NewFact, person: Option<String>) -> std::result::Result<Fact, FieldErrors> {
        let mut wrong: FieldErrors = Vec::new();
        let mut is_wrong = |field: &str, reason: String| wrong.push((field.to_owned(), reason));
        for (field, text, most) in [
            ("ext_id", Some(&given.ext_id), 200),
            ("owner", given.owner.as_ref(), 200),
            ("label", given.label.as_ref(), 280),
        ] {
            let length = text.map_or(1, |text| text.chars().count());
            if length == 0 && field == "ext_id" || length > most {
                is_wrong(field, format!("{length} characters; at most {most} and not empty"));
            }
            if text.is_some_and(|text| text.contains('\0')) {
                is_wrong(field, "a NUL character".into());
            }
        }
        let metric = self.metrics.get(&given.metric);
        match metric {
            None => {
                let mut known: Vec<&str> = self.metrics.keys().map(String::as_str).collect();
                known.sort_unstable();
                let (came, known) = (short(&given.metric), known.join(", "));
                is_wrong("metric", format!("there is no metric {came:?}; known metrics: {known}"));
            }
            Some(metric) if metric.agg == "ratio" => {
                is_wrong("metric", format!("{:?} is computed from others: it has no facts of its own", given.metric));
            }
            Some(metric) => {
                let own = metric.currency.as_deref().unwrap_or(&self.currency);
                if let Some(currency) = given.currency.as_ref().filter(|code| !own.is_empty() && *code != own) {
                    let came = short(currency);
                    let reason =
                        format!("{came:?}: amounts of {:?} are in {own}, and currencies are never added", given.metric);
                    is_wrong("currency", reason);
                }
            }
        }
        let is_code = |code: &String| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
        if given.currency.as_ref().is_some_and(|code| !is_code(code)) {
            is_wrong("currency", "three capital letters of ISO 4217 are expected".into());
        }
        let tz = &self.tz;
        let instant = given.at.parse::<Timestamp>().ok();
        let instant = instant.or_else(|| Some(first_instant(given.at.parse::<Date>().ok()?, tz)));
        let instant = instant.filter(|at| YEARS.contains(&tz.to_datetime(*at).year()));
        if instant.is_none() {
            let came = short(&given.at);
            is_wrong(
                "at",
                format!(
                    "{came:?} is neither a time with its offset (2026-11-29T10:00:00+01:00) nor a day (2026-11-29)"
                ),
            );
        }
        let value = given.value.unwrap_or(1.0);
        if !value.is_finite() || value.abs() > MAX_AMOUNT {
            is_wrong("value", format!("{value:e} is too large"));
        }
        match (metric, instant) {
            (Some(metric), Some(instant)) if wrong.is_empty() => Ok(Fact {
                source: self.source.clone(),
                ext_id: given.ext_id.clone(),
                metric: given.metric.clone(),
                person,
                owner_key: given.owner.clone(),
                at: instant.as_microsecond(),
                amount: (value * 10f64.powi(metric.decimals as i32)).round() as i64,
                currency: given.currency.clone(),
                label: given.label.clone(),
                revoked: given.revoked.then(|| self.now.as_microsecond()),
                by_whom: Some(self.by_whom.clone()),
                why: None,
            }),
            _ => Err(wrong),
        }
    }
}

/// Keeps facts, all or none.
///
/// # Errors
/// The store's. What is wrong with the facts is in the inner one.
pub fn keep(
    tx: &mut Tx<'_>,
    source: &str,
    given: &[NewFact],
    viewer: &Viewer,
    now: Timestamp,
) -> Result<std::result::Result<Written, FieldErrors>> {
    let mut checker = Checker::load(tx, source, viewer.name(), now)?;
    // A floor whose currency nobody chose has that of its first amount: two are never added.
    let adopted =
        checker.currency.is_empty().then(|| given.iter().find_map(|fact| checker.own_currency(fact))).flatten();
    if let Some(code) = &adopted {
        let ids: Vec<&str> = given.iter().map(|fact| fact.ext_id.as_str()).collect();
        if facts::has_bare(tx, source, Some(&ids))? {
            let at = given.iter().position(|fact| fact.currency.as_ref() == Some(code)).unwrap_or_default();
            let reason = format!(
                "{code:?}: the floor has no currency but has amounts without one: choose its currency first, because currencies are never added"
            );
            return Ok(Err(vec![(format!("activities[{at}].currency"), reason)]));
        }
        checker.counts_in(code);
    }
    let (mut wrong, mut wanted): (FieldErrors, Vec<Fact>) = (Vec::new(), Vec::new());
    let mut places: HashMap<(String, String), usize> = HashMap::new();
    for (at, fact) in given.iter().enumerate() {
        let made = match checker.check(fact, None) {
            Ok(made) => made,
            Err(fields) => {
                wrong.extend(fields.into_iter().map(|(field, why)| (format!("activities[{at}].{field}"), why)));
                continue;
            }
        };
        let place = places.entry((made.ext_id.clone(), made.metric.clone())).or_insert(wanted.len());
        // Of one that comes twice in a call the last one counts.
        match *place == wanted.len() {
            true => wanted.push(made),
            false => wanted[*place] = made,
        }
    }
    if !wrong.is_empty() {
        return Ok(Err(wrong));
    }
    let ids: Vec<&str> = wanted.iter().map(|fact| fact.ext_id.as_str()).collect();
    let known = facts::of_ids(tx, source, &ids)?;
    // Whoever sends facts corrects what was sent: an import, an entry by hand or a folder corrects its own.
    if let Viewer::Token { .. } = viewer {
        for (at, given) in given.iter().enumerate() {
            let mut others = known.get(&given.ext_id).into_iter().flatten();
            if others.any(|of| of.metric == given.metric && of.by_whom.as_deref() != Some(&checker.by_whom)) {
                let reason = format!(
                    "{:?} of {:?} was not sent with a token: correct it where it came from",
                    short(&given.ext_id),
                    short(source)
                );
                wrong.push((format!("activities[{at}].ext_id"), reason));
            }
        }
        if !wrong.is_empty() {
            return Ok(Err(wrong));
        }
    }
    if let Some(code) = &adopted {
        floor::set_currency(tx, code)?;
    }
    let by_hand = owners::given_of_ids(tx, source, &ids)?;
    let people = Known::load(tx, source)?;
    let said = |mut fact: Fact| {
        let by_name = |owner: &str| Ok(people.whose(owner));
        let mut whose = of_deal(by_hand.get(&fact.ext_id), fact.owner_key.as_deref(), by_name)?;
        let before = known.get(&fact.ext_id).into_iter().flatten().map(|of| &of.person);
        let forgets = fact.owner_key.take_if(|owner| people.forgets(owner, &whose, before)).is_some();
        let cleared = fact.label.as_deref().and_then(|label| people.without_erased(label, forgets));
        fact.label = cleared.or(fact.label);
        if forgets && !by_hand.contains_key(&fact.ext_id) {
            whose = Whose::Unknown;
        }
        Ok((whose, fact))
    };
    let wanted = wanted.into_iter().map(said).collect::<Result<_>>()?;
    write(tx, &known, wanted, now).map(Ok)
}

fn write(
    tx: &mut Tx<'_>,
    known: &HashMap<String, Vec<Fact>>,
    wanted: Vec<(Whose, Fact)>,
    now: Timestamp,
) -> Result<Written> {
    let (mut kept, mut new) = (Written::default(), Vec::new());
    for (whose, mut fact) in wanted {
        let before = known.get(&fact.ext_id).and_then(|of| of.iter().find(|of| of.metric == fact.metric));
        if let Some(before) = before {
            // Taken back twice is taken back once.
            fact.revoked = fact.revoked.and(before.revoked).or(fact.revoked);
        }
        fact.person = stays(&whose, fact.owner_key.as_deref(), before.map_or(&[], std::slice::from_ref));
        match whose {
            Whose::LeftOut => leave_out(&mut fact, before, now.as_microsecond()),
            _ => kept.without_person += usize::from(fact.person.is_none()),
        }
        match before {
            Some(before) if *before == fact => {
                kept.unchanged += 1;
                continue;
            }
            Some(_) => kept.updated += 1,
            None => kept.created += 1,
        }
        new.push(fact);
    }
    if !new.is_empty() {
        facts::put(tx, &new, now.as_microsecond())?;
        floor::changed(tx)?;
    }
    Ok(kept)
}

fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}
