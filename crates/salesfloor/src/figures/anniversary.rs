//! Birthdays and anniversaries of work.

use jiff::civil::Date;

use super::Figures;
use crate::facts::PersonId;
use crate::period::Days;

#[derive(Debug, Clone, PartialEq)]
pub struct Anniversary {
    pub person: PersonId,
    pub day: Date,
    pub occasion: Occasion,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Occasion {
    Birthday,
    /// Full years here.
    Work(i16),
    /// The first day.
    Start,
}

impl Figures<'_> {
    /// What there is to congratulate people for on these days, by day and name. Who was born on 29 February is
    /// congratulated on the 28th where there is no 29th.
    pub fn anniversaries(&self, days: Days) -> Vec<Anniversary> {
        let mut found = Vec::new();
        for id in self.floor.person_ids() {
            let person = self.floor.person(id);
            for day in days.iter().filter(|day| person.works_on(*day)) {
                let mut add = |occasion| found.push(Anniversary { person: id, day, occasion });
                if person.birthday.is_some_and(|birthday| falls_on(birthday, day)) {
                    add(Occasion::Birthday);
                }
                if let Some(started) = person.started {
                    let years = day.year() - started.year();
                    if started == day {
                        add(Occasion::Start);
                    } else if years > 0 && falls_on((started.month(), started.day()), day) {
                        add(Occasion::Work(years));
                    }
                }
            }
        }
        found.sort_by(|a, b| {
            let name = |id: PersonId| &self.floor.person(id).name;
            a.day.cmp(&b.day).then_with(|| name(a.person).cmp(name(b.person))).then(a.occasion.cmp(&b.occasion))
        });
        found
    }
}

fn falls_on((month, of_month): (i8, i8), day: Date) -> bool {
    let leap_day = month == 2 && of_month == 29 && !day.in_leap_year();
    day.month() == month && day.day() == if leap_day { 28 } else { of_month }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_leap_days_birthday_is_each_year() {
        let days = [date(2026, 2, 28), date(2028, 2, 28), date(2028, 2, 29), date(2026, 3, 1)];
        assert_eq!(days.map(|day| falls_on((2, 29), day)), [true, false, true, false]);
    }
}
