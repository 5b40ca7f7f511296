//! Counts working days: the week of the floor, holidays and half days, for all or for a team.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::facts::TeamId;
use crate::period::Days;

#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    /// Share of a working day for each weekday, Monday first.
    pub week: [f64; 7],
    /// Days that differ from their weekday, for everybody: 0 a holiday, 0.5 a half day.
    pub days: BTreeMap<Date, f64>,
    /// The same for one team; it goes before the floor's.
    pub team_days: BTreeMap<(TeamId, Date), f64>,
}

impl Default for Calendar {
    fn default() -> Calendar {
        Calendar { week: [1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0], days: BTreeMap::new(), team_days: BTreeMap::new() }
    }
}

impl Calendar {
    /// The share of a working day that a day is, 0 to 1.
    pub fn work(&self, day: Date, team: Option<TeamId>) -> f64 {
        let weekday = usize::from(day.weekday().to_monday_zero_offset().unsigned_abs());
        let own = team.and_then(|team| self.team_days.get(&(team, day)));
        own.or_else(|| self.days.get(&day)).copied().unwrap_or(self.week[weekday])
    }

    /// Working days in some days.
    pub fn work_in(&self, days: Days, team: Option<TeamId>) -> f64 {
        days.iter().map(|day| self.work(day, team)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_holiday_counts_nothing_and_a_half_day_half() {
        let mut calendar = Calendar::default();
        calendar.days.insert(date(2026, 12, 24), 0.5);
        calendar.days.insert(date(2026, 12, 25), 0.0);
        let week = Days { start: date(2026, 12, 21), end: date(2026, 12, 28) };
        assert_eq!(calendar.work_in(week, None), 3.5);
        calendar.team_days.insert((TeamId(0), date(2026, 12, 25)), 1.0);
        assert_eq!(calendar.work_in(week, Some(TeamId(0))), 4.5);
        assert_eq!(calendar.work_in(week, Some(TeamId(1))), 3.5);
    }
}
