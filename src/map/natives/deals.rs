//! A table of deals added up by person, team, currency and month, in one go: a table of a whole year is read row by row,
//! and a program in jq takes a hundred times as long for that.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use jaq_core::ValR;
use jaq_json::{Map, Val};
use jaq_std::ValT as _;

use super::super::decode::plain;
use super::{Error, came, currency, date, fail, number, object, text};

/// Deals that were added up.
#[derive(Default)]
struct Sum {
    amount: f64,
    count: usize,
    /// The newest day up to today.
    newest: Option<String>,
    /// The last row that counts in it.
    last: usize,
}

/// What deals are told apart by.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    person: Option<String>,
    team: Option<String>,
    currency: Option<String>,
    month: Option<String>,
}

/// `_deals`: of rows (objects) to `{deals, problems}`. `how` has `columns` (the names of `person`, or of `given` and
/// `family` in the order of a name, `amount`, `team`, `date`, `currency`, `stage`; null where there is none), `decimal`,
/// `order`, `tz`, `today`, and `counts`, an object with the stages that count; null: all do. Without a column of amounts
/// each deal counts 1. Amounts bring their own currency where no column has it.
pub(super) fn deals(rows: &Val, how: &Val) -> ValR<Val> {
    let (Val::Arr(rows), Val::Obj(how)) = (rows, how) else {
        return fail(format_args!("_deals: expected rows and how to read them, found {}", came(rows)));
    };
    let columns = match how.get(&text("columns")) {
        Some(Val::Obj(columns)) => columns.clone(),
        _ => Rc::new(Map::default()),
    };
    let column = |name: &str| columns.get(&text(name)).filter(|column| matches!(column, Val::TStr(_)));
    let said = |name: &str| how.get(&text(name)).filter(|said| matches!(said, Val::TStr(_))).map(plain);
    let [person, given, family, amount, team, day, currency, stage] =
        ["person", "given", "family", "amount", "team", "date", "currency", "stage"].map(column);
    let decimal = said("decimal");
    let [order, tz, today] = ["order", "tz", "today"].map(|name| said(name).unwrap_or_default());
    let counts = match how.get(&text("counts")) {
        Some(Val::Obj(counts)) => Some(counts),
        _ => None,
    };
    let (mut places, mut sums, mut problems) = (HashMap::new(), Vec::<(Key, Sum)>::new(), Problems::default());
    for (at, row) in rows.iter().enumerate() {
        let Val::Obj(row) = row else { continue };
        let cell = |column: Option<&Val>| column.and_then(|column| row.get(column)).unwrap_or(&Val::Null);
        let at_stage = if matches!(cell(stage), Val::Null) { String::new() } else { plain(cell(stage)) };
        if counts.is_some_and(|counts| !counts.contains_key(&text(at_stage))) {
            continue;
        }
        // The header is the first line of a table.
        let mut wrong = |column: Option<&Val>, error: Error| {
            problems.add(at + 2, column.map(plain).unwrap_or_default(), &plain(&error.into_val()));
        };
        let value = match amount {
            None => Some(1.0),
            Some(_) => match number::num(cell(amount), decimal.as_deref()) {
                // An empty cell is no amount yet; what somebody wrote instead of one is said.
                Ok(Val::Null) if word(cell(amount)).is_some() => {
                    wrong(amount, Error::str(format_args!("{} is not a number", came(cell(amount)))));
                    None
                }
                Ok(value) => value.as_f64(),
                Err(error) => {
                    wrong(amount, error);
                    None
                }
            },
        };
        let on = date::day(cell(day), &tz, &order).map_err(|error| wrong(day, error)).ok();
        let on = on.filter(|on| matches!(on, Val::TStr(_))).map(|on| plain(&on));
        let key = Key {
            person: person.map_or_else(|| named([cell(given), cell(family)]), |_| word(cell(person))),
            team: word(cell(team)),
            currency: currency::named(cell(currency)).or_else(|| value.and_then(|_| currency::of(cell(amount)))),
            month: on.as_ref().and_then(|on| on.get(..7)).map(str::to_owned),
        };
        let place = *places.entry(key.clone()).or_insert_with(|| {
            sums.push((key, Sum::default()));
            sums.len() - 1
        });
        let sum = &mut sums[place].1;
        sum.amount += value.unwrap_or(0.0);
        sum.count += 1;
        sum.last = at;
        sum.newest = sum.newest.take().max(on.filter(|on| *on <= today));
    }
    // Where only one is written at all, it stands for those that have none.
    let written: BTreeSet<String> = sums.iter().filter_map(|(key, _)| key.currency.clone()).collect();
    if currency.is_none() && written.len() == 1 {
        sums.iter_mut().for_each(|(key, _)| key.currency = written.first().cloned());
    }
    let deals: Vec<Val> =
        sums.into_iter().map(|(key, sum)| line(key, sum, amount.is_some())).collect::<Result<_, _>>()?;
    object(vec![("deals", deals.into_iter().collect()), ("problems", problems.told().collect())])
}

/// What is wrong with rows: the first of each column in full, so that one column does not hide the others.
#[derive(Default)]
struct Problems {
    told: Vec<String>,
    more: BTreeMap<String, usize>,
}

impl Problems {
    const FULL: usize = 5;

    fn add(&mut self, row: usize, column: String, what: &str) {
        let line = format!("row {row}, {column}: {what}");
        let count = self.more.entry(column).or_insert(0);
        *count += 1;
        if *count <= Self::FULL {
            self.told.push(line);
        }
    }

    fn told(self) -> impl Iterator<Item = Val> {
        let more = self.more.into_iter().filter(|(_, count)| *count > Self::FULL);
        let more = more.map(|(column, count)| format!("{column}: {} more rows like these", count - Self::FULL));
        self.told.into_iter().chain(more).map(text)
    }
}

/// `_texts`: the different texts of a column of rows, in their order.
pub(super) fn texts(rows: &Val, column: &Val) -> ValR<Val> {
    let Val::Arr(rows) = rows else { return fail(format_args!("_texts: expected rows, found {}", came(rows))) };
    let cells = rows.iter().filter_map(|row| if let Val::Obj(row) = row { row.get(column) } else { None });
    let texts: BTreeSet<String> = cells.filter(|cell| !matches!(cell, Val::Null)).map(plain).collect();
    Ok(texts.into_iter().map(text).collect())
}

fn line(key: Key, sum: Sum, amounts: bool) -> ValR<Val> {
    let word = |word: Option<String>| word.map_or(Val::Null, text);
    object(vec![
        ("person", word(key.person)),
        ("team", word(key.team)),
        ("currency", word(key.currency)),
        ("month", word(key.month)),
        ("newest", word(sum.newest)),
        ("amount", if amounts { Val::from(sum.amount) } else { Val::from(sum.count as isize) }),
        ("count", Val::from(sum.count as isize)),
        ("last", Val::from(sum.last as isize)),
    ])
}

/// A name of two parts.
fn named(parts: [&Val; 2]) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().filter_map(word).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// A text without spaces around it; none where nothing is written.
fn word(value: &Val) -> Option<String> {
    if matches!(value, Val::Null) {
        return None;
    }
    let word = plain(value).trim().to_owned();
    (!word.is_empty()).then_some(word)
}
