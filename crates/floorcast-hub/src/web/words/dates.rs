//! Days as sentences write them, in the floor's zone.

use jiff::civil::{Date, DateTime, Weekday};

use super::Words;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Words {
    /// `Monday 26 January`, `1月26日（月）`.
    pub fn long_day(&self, day: Date) -> String {
        if self.lang == "ja" {
            return format!("{}月{}日（{}）", day.month(), day.day(), weekday_ja(day.weekday()));
        }
        format!("{} {} {}", weekday_en(day.weekday()), day.day(), self.month(day))
    }

    /// `Mo`, `月`: over a column of days.
    pub fn weekday(&self, day: Date) -> &'static str {
        let weekday = day.weekday();
        if self.lang == "ja" { weekday_ja(weekday) } else { &weekday_en(weekday)[..2] }
    }

    /// `Mon 26 Jan`, `1/26（月）`.
    pub fn short_day(&self, day: Date) -> String {
        if self.lang == "ja" {
            return format!("{}/{}（{}）", day.month(), day.day(), weekday_ja(day.weekday()));
        }
        format!("{} {} {}", &weekday_en(day.weekday())[..3], day.day(), &self.month(day)[..3])
    }

    /// `Mon 26 Jan 2026`, `2026年1月26日（月）`.
    pub fn day_and_year(&self, day: Date) -> String {
        if self.lang == "ja" {
            return format!("{}年{}", day.year(), self.long_day(day));
        }
        format!("{} {}", self.short_day(day), day.year())
    }

    /// `January 2026`, `2026年1月`.
    pub fn month_and_year(&self, day: Date) -> String {
        let (month, year) = (self.month(day), day.year());
        if self.lang == "ja" { format!("{year}年{month}") } else { format!("{month} {year}") }
    }

    /// `Mon 26 Jan 14:31`, `1/26（月） 14:31`.
    pub fn day_and_time(&self, at: DateTime) -> String {
        format!("{} {}", self.short_day(at.date()), time(at))
    }

    /// A period of the past by its first day: `January 2017`, `Week of Mon 26 Dec 2016`, `Quarter from October 2017`.
    pub fn past_period(&self, name: &str, start: Date) -> String {
        let (month, year) = (self.month_and_year(start), start.year());
        match (name, self.lang == "ja") {
            ("today", _) => self.day_and_year(start),
            ("week", false) => format!("Week of {}", self.day_and_year(start)),
            ("week", true) => format!("{}からの週", self.day_and_year(start)),
            ("month", _) => month,
            ("quarter", false) => format!("Quarter from {month}"),
            ("quarter", true) => format!("{month}からの四半期"),
            // A fiscal year may begin in any month.
            (_, false) if start.month() == 1 => year.to_string(),
            (_, true) if start.month() == 1 => format!("{year}年"),
            (_, false) => format!("Year from {month}"),
            (_, true) => format!("{month}からの年度"),
        }
    }

    /// `January`, `1月`.
    pub fn month(&self, day: Date) -> String {
        if self.lang == "ja" {
            return format!("{}月", day.month());
        }
        MONTHS[usize::from(day.month().unsigned_abs()).clamp(1, 12) - 1].to_owned()
    }
}

/// `14:31`
pub fn time(at: DateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

fn weekday_en(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

fn weekday_ja(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "月",
        Weekday::Tuesday => "火",
        Weekday::Wednesday => "水",
        Weekday::Thursday => "木",
        Weekday::Friday => "金",
        Weekday::Saturday => "土",
        Weekday::Sunday => "日",
    }
}

#[cfg(test)]
mod tests {
    use super::super::{EN, JA};
    use jiff::civil::date;

    #[test]
    fn days_are_written_as_each_language_writes_them() {
        let day = date(2026, 1, 26);
        assert_eq!([EN.long_day(day), EN.short_day(day)], ["Monday 26 January", "Mon 26 Jan"]);
        assert_eq!([JA.long_day(day), JA.short_day(day)], ["1月26日（月）", "1/26（月）"]);
        assert_eq!([EN.day_and_year(day), EN.month_and_year(day)], ["Mon 26 Jan 2026", "January 2026"]);
        assert_eq!([JA.day_and_year(day), JA.month_and_year(day)], ["2026年1月26日（月）", "2026年1月"]);
        let past = ["today", "week", "month", "quarter", "year"].map(|name| EN.past_period(name, date(2017, 10, 2)));
        let said = ["Mon 2 Oct 2017", "Week of Mon 2 Oct 2017", "October 2017", "Quarter from October 2017"];
        assert_eq!(past[..4], said);
        assert_eq!([&past[4], &EN.past_period("year", date(2017, 1, 1))], ["Year from October 2017", "2017"]);
    }
}
