//! Writes months and stretches of days for the languages that write them alike.

use jiff::civil::Date;

/// The name of a date's month.
pub(super) fn month_of(date: Date, months: &[&'static str; 12]) -> &'static str {
    months[usize::from(date.month().unsigned_abs()) - 1]
}

/// "OCTOBER 2026"
pub(super) fn month(date: Date, months: &[&'static str; 12]) -> String {
    format!("{} {}", month_of(date, months), date.year())
}

/// "1–30 NOV", "28 NOV–2 DEC", by the writing of a day with its month.
pub(super) fn days(first: Date, last: Date, day: fn(Date, &str) -> String, number: &str) -> String {
    let one_month = (first.year(), first.month()) == (last.year(), last.month());
    if one_month { format!("{number}–{}", day(last, "")) } else { format!("{}–{}", day(first, ""), day(last, "")) }
}
