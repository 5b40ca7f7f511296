//! Computes periods: half-open days of the floor, and the half-open instants that they are.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use crate::facts::Settings;

/// Days from `start` to the day before `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Days {
    pub start: Date,
    pub end: Date,
}

/// Instants from `start` until before `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    pub start: Timestamp,
    pub end: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum PeriodKind {
    Day,
    Week,
    #[default]
    Month,
    Quarter,
    Year,
}

impl PeriodKind {
    /// The period of this kind in which a day lies. Quarters and years are fiscal.
    pub fn containing(self, day: Date, settings: &Settings) -> Days {
        let first = day.first_of_month();
        let month_back = |months: i8| first.saturating_sub(i64::from(months).months());
        match self {
            PeriodKind::Day => Days { start: day, end: day.saturating_add(1.day()) },
            PeriodKind::Week => {
                let offset = (day.weekday().to_monday_one_offset() - settings.week_start).rem_euclid(7);
                let start = day.saturating_sub(i64::from(offset).days());
                Days { start, end: start.saturating_add(7.days()) }
            }
            PeriodKind::Month => Days { start: first, end: first.saturating_add(1.month()) },
            PeriodKind::Quarter => {
                let start = month_back((day.month() - settings.fiscal_month).rem_euclid(12) % 3);
                Days { start, end: start.saturating_add(3.months()) }
            }
            PeriodKind::Year => {
                let start = month_back((day.month() - settings.fiscal_month).rem_euclid(12));
                Days { start, end: start.saturating_add(12.months()) }
            }
        }
    }
}

impl Days {
    pub fn iter(self) -> impl Iterator<Item = Date> {
        std::iter::successors(Some(self.start), |day| day.tomorrow().ok()).take_while(move |day| *day < self.end)
    }

    pub fn contains(self, day: Date) -> bool {
        self.start <= day && day < self.end
    }

    /// What both have in common; empty days where that is nothing.
    pub fn and(self, other: Days) -> Days {
        let start = self.start.max(other.start);
        Days { start, end: self.end.min(other.end).max(start) }
    }

    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// From the first instant of the first day to the first instant after the last.
    pub fn span(self, tz: &TimeZone) -> Span {
        Span { start: first_instant(self.start, tz), end: first_instant(self.end, tz) }
    }
}

/// The first instant of a day, also where clocks jump over midnight.
pub fn first_instant(day: Date, tz: &TimeZone) -> Timestamp {
    day.to_zoned(tz.clone()).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn days(kind: PeriodKind, day: Date, week_start: i8, fiscal_month: i8) -> [Date; 2] {
        let days = kind.containing(day, &Settings { week_start, fiscal_month, ..Settings::default() });
        [days.start, days.end]
    }

    #[test]
    fn weeks_begin_on_the_floors_day_and_years_in_its_month() {
        let sunday = date(2026, 11, 29);
        assert_eq!(days(PeriodKind::Week, sunday, 1, 1), [date(2026, 11, 23), date(2026, 11, 30)]);
        assert_eq!(days(PeriodKind::Week, sunday, 7, 1), [date(2026, 11, 29), date(2026, 12, 6)]);
        assert_eq!(days(PeriodKind::Quarter, sunday, 1, 1), [date(2026, 10, 1), date(2027, 1, 1)]);
        assert_eq!(days(PeriodKind::Quarter, sunday, 1, 2), [date(2026, 11, 1), date(2027, 2, 1)]);
        assert_eq!(days(PeriodKind::Year, sunday, 1, 4), [date(2026, 4, 1), date(2027, 4, 1)]);
        assert_eq!(days(PeriodKind::Year, date(2026, 2, 28), 1, 4), [date(2025, 4, 1), date(2026, 4, 1)]);
        assert_eq!(days(PeriodKind::Month, date(2024, 2, 29), 1, 1), [date(2024, 2, 1), date(2024, 3, 1)]);
    }

    #[test]
    fn a_day_has_23_or_25_hours_where_clocks_change() {
        let tz = TimeZone::get("Europe/Berlin").unwrap();
        let hours = |day: Date| {
            let span = Days { start: day, end: day.tomorrow().unwrap() }.span(&tz);
            span.end.duration_since(span.start).as_hours()
        };
        assert_eq!([date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 1)].map(hours), [23, 25, 24]);
    }
}
