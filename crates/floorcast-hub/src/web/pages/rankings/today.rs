//! What happened on the floor today: deals, and what people say of each other, as the walls have it.

use jiff::Timestamp;
use salesboard::Locale;
use salesfloor::facts::{MetricId, Unit};
use salesfloor::figures::Figures;
use salesfloor::period::PeriodKind;

use crate::store::figures::Loaded;
use crate::store::{Result, Tx};
use crate::web::pages::numbers::one;
use crate::web::pages::recognition;
use crate::web::pages::shell::monogram;
use crate::web::session::Visitor;
use crate::web::words::dates::time;
use crate::web::words::fill;

/// More than a glance takes in is not news.
const MAX_LINES: usize = 6;

pub struct News {
    at: i64,
    pub monogram: String,
    pub who: String,
    pub what: String,
    pub time: String,
}

/// The newest first.
///
/// # Errors
/// The store's.
pub fn today(
    tx: &mut Tx<'_>,
    visitor: &Visitor,
    (loaded, figures): (&Loaded, &Figures<'_>),
    result: MetricId,
    now: Timestamp,
) -> Result<Vec<News>> {
    let w = visitor.words;
    let tz = loaded.ledger.tz();
    let clock = |at: i64| time(tz.to_datetime(Timestamp::from_microsecond(at).unwrap_or(now)));
    let of = loaded.floor.metric(result);
    let unit = 10_f64.powi(i32::from(of.decimals));
    let written = |amount: i64| match &of.unit {
        Unit::Currency(code) => Locale::new(w.lang).money(amount as f64 / unit, code),
        _ => one(of, amount as f64 / unit, w.lang),
    };
    let mut news = Vec::new();
    for fact in figures.ledger.facts(result, figures.until_now(figures.span(figures.current(PeriodKind::Day)))) {
        // Who counts in totals only is named nowhere.
        let Some(name) = fact.person.and_then(|id| loaded.floor.person(id).wall_name()) else { continue };
        let n = written(fact.amount);
        // Whose deal it was is for those who may see the facts.
        let what = fill(w.won, &[("n", &n)]);
        let at = fact.at.as_microsecond();
        news.push(News { at, monogram: monogram(name), who: name.to_owned(), what, time: clock(at) });
    }
    for of in recognition::list(tx, visitor, now)? {
        if tz.to_datetime(Timestamp::from_microsecond(of.at).unwrap_or(now)).date() == figures.today() {
            news.push(News {
                at: of.at,
                monogram: monogram(&of.who),
                what: if of.from.is_empty() { of.headline } else { format!("{} ({})", of.headline, of.from) },
                who: of.who,
                time: clock(of.at),
            });
        }
    }
    news.sort_by_key(|of| std::cmp::Reverse(of.at));
    news.truncate(MAX_LINES);
    Ok(news)
}
