//! The working days of a month as a calendar.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::Of;
use crate::store::figures::Loaded;
use crate::web::words::Words;

/// A month by weeks, each of seven days.
pub struct Month {
    pub heads: Vec<String>,
    pub weeks: Vec<Vec<Cell>>,
}

#[derive(Default)]
pub struct Cell {
    /// Empty outside the month.
    pub day: String,
    /// How it is drawn: `work`, `off`, or `other` where somebody works otherwise than on that weekday.
    pub class: &'static str,
    /// The same in words.
    pub said: &'static str,
}

pub fn month(loaded: &Loaded, w: &Words, of: &Of) -> Month {
    let (calendar, words) = (&loaded.floor.calendar, w.of_goals());
    let first = i64::from(loaded.floor.settings.week_start.clamp(1, 7)) - 1;
    let lead = (i64::from(of.days.start.weekday().to_monday_zero_offset()) - first).rem_euclid(7);
    let start = of.days.start.saturating_sub(lead.days());
    let cell = |day: Date| {
        if !of.days.contains(day) {
            return Cell::default();
        }
        let weekday = calendar.week[usize::from(day.weekday().to_monday_zero_offset().unsigned_abs())];
        let teams = loaded.floor.team_ids().map(Some);
        let differs = std::iter::once(None).chain(teams).any(|team| calendar.work(day, team) != weekday);
        let (class, said) = match (differs, calendar.work(day, None) > 0.0) {
            (true, _) => ("other", words.otherwise),
            (false, true) => ("work", words.full),
            (false, false) => ("off", words.free),
        };
        Cell { day: day.day().to_string(), class, said }
    };
    let day = |n: i64| start.saturating_add(n.days());
    let weeks = (0..6).map(|week| (0..7).map(|at| cell(day(week * 7 + at))).collect::<Vec<Cell>>());
    Month {
        heads: (0..7).map(|at| w.weekday(day(at)).to_owned()).collect(),
        weeks: weeks.filter(|week| week.iter().any(|cell| !cell.day.is_empty())).collect(),
    }
}

#[cfg(test)]
mod tests {
    use salesfloor::facts::Floor;
    use salesfloor::ledger::Ledger;
    use salesfloor::period::Days;

    use super::*;

    #[test]
    fn a_month_stands_under_its_weekdays_and_marks_what_differs() {
        let mut floor = Floor::default();
        floor.settings.week_start = 7;
        floor.calendar.days.insert("2026-12-25".parse().unwrap(), 0.0);
        let ledger = std::sync::Arc::new(Ledger::new(jiff::tz::TimeZone::UTC));
        let loaded = Loaded { floor, ledger };
        let days = Days { start: "2026-12-01".parse().unwrap(), end: "2027-01-01".parse().unwrap() };
        let of = Of { metric: "won".into(), days, level: "must", decimals: 2 };
        let month = month(&loaded, &crate::web::words::EN, &of);
        assert_eq!((month.heads[0].as_str(), month.weeks.len()), ("Su", 5));
        let class = |day: &str| month.weeks.iter().flatten().find(|cell| cell.day == day).unwrap().class;
        assert_eq!(["1", "5", "25", "31"].map(class), ["work", "off", "other", "work"]);
        // The first is a Tuesday.
        assert_eq!(
            month.weeks[0].iter().map(|cell| cell.day.as_str()).collect::<Vec<_>>(),
            ["", "", "1", "2", "3", "4", "5"]
        );
    }
}
