//! Filters of the prelude that jq itself cannot have: numbers in words, dates with time zones, tables, notes.

mod errors;

use jaq_core::native::{Fun, bome, run, v};
use jaq_core::{Cv, RunPtr, ValR};
use jaq_json::Val;

use super::program::Data;
use super::reading::{currency, date, number, period};
use super::table;
use super::value::{Error, came, fail, plain, text};

pub(super) use errors::{complaint, refusal};

/// All of them, as the compiler takes them.
pub(super) fn funs() -> impl Iterator<Item = Fun<Data>> {
    let funs: [(&'static str, usize, RunPtr<Data>); 9] = [
        ("num", 0, |cv| bome(number::num(&cv.1, None))),
        ("num", 1, |mut cv| bome(one(&mut cv).and_then(|decimal| number::num(&cv.1, Some(&decimal))))),
        ("currency", 0, |cv| bome(currency::currency(&cv.1))),
        ("serial_date", 0, |cv| bome(date::serial(&cv.1))),
        ("_norm", 0, |cv| bome(Ok(text(table::words(&plain(&cv.1)).join(" "))))),
        // Hidden behind the prelude, which hands on $now and $tz.
        ("_instant", 2, |mut cv| {
            bome(two(&mut cv).and_then(|[tz, order]| date::instant(&cv.1, &tz, &order)).map(seconds))
        }),
        ("_day", 2, |mut cv| bome(two(&mut cv).and_then(|[tz, order]| date::day(&cv.1, &tz, &order)))),
        ("_period", 3, |mut cv| {
            let week = plain(&cv.0.pop_var());
            let args = two(&mut cv);
            let fiscal = cv.0.data().context.settings.fiscal_month;
            bome(args.and_then(|[now, tz]| period::period(&cv.1, &now, &tz, (&week, fiscal))))
        }),
        ("_deals", 4, |mut cv| {
            let [date_order, tz, now, name] = std::array::from_fn(|_| plain(&cv.0.pop_var()));
            bome(deals(&cv, &name, [&now, &tz, &date_order]))
        }),
    ];
    funs.into_iter().map(|(name, args, fun)| run::<Data>((name, v(args), fun))).chain(errors::funs())
}

fn one(cv: &mut Cv<'_, Data>) -> Result<String, Error> {
    Ok(plain(&cv.0.pop_var()))
}

/// Two arguments in the order in which they were written.
fn two(cv: &mut Cv<'_, Data>) -> Result<[String; 2], Error> {
    let second = one(cv)?;
    Ok([one(cv)?, second])
}

/// `deals`: the board of a table of deals. The table is the source of this name; without one it is the input, a list
/// of objects.
fn deals(cv: &Cv<'_, Data>, name: &str, [now, tz, date_order]: [&str; 3]) -> ValR<Val> {
    let context = cv.0.data().context;
    let own = if name.is_empty() { table::of_objects(&cv.1) } else { None };
    let Some(grid) = own.as_ref().or_else(|| context.tables.get(name)) else {
        return match name {
            "" => fail(format_args!("deals: expected a list of objects, found {}", came(&cv.1))),
            _ => fail(format_args!("deals: the source {name:?} is no table")),
        };
    };
    let options = table::ReadOptions { settings: &context.settings, now, tz, date_order };
    let (board, report) = table::deals(grid, options).map_err(|error| errors::raise(context, &error))?;
    let mut all = context.report.borrow_mut();
    all.summary.extend(report.summary);
    all.notes.extend(report.notes);
    serde_json::from_str(&board.to_string()).or_else(fail)
}

/// Whole seconds without a decimal point.
fn seconds(n: f64) -> Val {
    if n.fract() == 0.0 { Val::from(n as isize) } else { Val::from(n) }
}
