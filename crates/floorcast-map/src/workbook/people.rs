//! Reads the sheet People: names, teams with dates, first days, birthdays, faces, aliases, mentors.

use jiff::civil::Date;
use salesfloor::facts::{Membership, Shown};

use super::builder::Builder;
use super::fields::Field;
use super::sheets::Kind;
use crate::table::{Cell, Grid};
use crate::text::short;

pub fn read(builder: &mut Builder<'_>, grid: &Grid) {
    let Some(mut reader) = builder.open(grid, Kind::People) else { return };
    builder.has_people = true;
    let mut mentors = Vec::new();
    let before = builder.floor.people.len();
    for row in reader.rows() {
        let Some(name) = reader.name(row, Field::Who) else {
            reader.wrong(row, Field::Who, "no name: the row is left out");
            continue;
        };
        let id = builder.person(&name);
        let (since, until) = (reader.day(row, Field::Since), reader.day(row, Field::Until));
        if let Some(team) = reader.name(row, Field::Team) {
            // A second row of a person is another team from then on.
            let team = builder.team(&team);
            let person = &mut builder.floor.people[id.0 as usize];
            if let (Some(since), Some(last)) = (since, person.memberships.last_mut()) {
                last.until.get_or_insert(since);
            }
            person.memberships.push(Membership { team, since, until: None });
        }
        let started = reader.day(row, Field::Started);
        let birthday = birthday(&mut reader, row);
        let photo = reader.text(row, Field::Photo);
        let alias = reader.text(row, Field::Alias);
        let hidden = reader.yes(row, Field::Hidden) == Some(true);
        if let Some(mentor) = reader.name(row, Field::Mentor) {
            mentors.push((id, mentor, reader.place(row, reader.column(Field::Mentor).unwrap_or(0))));
        }
        if let Some(plan) = reader.text(row, Field::Plan) {
            let place = reader.place(row, reader.column(Field::Plan).unwrap_or(0));
            builder.plan_of.insert(id, (plan, place));
        }
        let person = &mut builder.floor.people[id.0 as usize];
        person.started = started.or(person.started);
        person.ended = until.and_then(|last| last.tomorrow().ok()).or(person.ended);
        person.birthday = birthday.or(person.birthday);
        person.photo = photo.or_else(|| person.photo.take());
        match (hidden, alias) {
            (true, _) => person.shown = Shown::Hidden,
            (false, Some(alias)) => {
                person.shown = Shown::Alias(alias.clone());
                builder.also_known(&alias, id);
            }
            (false, None) => {}
        }
    }
    for (id, mentor, place) in mentors {
        match builder.known_person(&mentor) {
            Some(mentor) => builder.floor.people[id.0 as usize].mentor = Some(mentor),
            None => {
                let text = format!("{place}: {:?} is not on the sheet People", short(&mentor, 60));
                reader.notes.push(crate::Note::new(salesboard::board::Weight::Wrong, text));
            }
        }
    }
    let people = builder.floor.people.len() - before;
    let teams = builder.floor.teams.len();
    builder.close(reader, format!("{people} people, {teams} teams"));
}

/// Month and day of a birthday; `24.12.`, `12-24`, `24 December` and a whole date are read.
fn birthday(reader: &mut super::reader::Reader<'_>, row: &crate::table::Row) -> Option<(i8, i8)> {
    let column = reader.column(Field::Birthday)?;
    let cell = row.cell(column);
    let of = |day: &Date| (day.month(), day.day());
    let found = match cell {
        Cell::Empty => return None,
        Cell::Day(day) => Some(of(day)),
        Cell::Moment(at) => Some(of(&at.date())),
        Cell::Text(text) => of_text(text),
        _ => None,
    };
    if found.is_none() {
        let written = cell.shown().unwrap_or_default();
        reader.wrong_at(row, column, format!("{:?} is no day and month", short(&written, 60)));
    }
    found
}

fn of_text(text: &str) -> Option<(i8, i8)> {
    let valid = |month: i8, day: i8| Date::new(2024, month, day).ok().map(|_| (month, day));
    if let Ok(day) = text.trim().parse::<Date>() {
        return Some((day.month(), day.day()));
    }
    // 12月24日
    if let Some((month, rest)) = text.split_once('月') {
        return valid(month.trim().parse().ok()?, rest.trim().trim_end_matches('日').parse().ok()?);
    }
    let parts: Vec<&str> = text.split(['.', '/', '-', ' ', ',']).filter(|part| !part.is_empty()).collect();
    let (first, second) = match parts.as_slice() {
        [first, second] | [first, second, _] => (*first, *second),
        _ => return None,
    };
    if let Some(month) = super::periods::month(first) {
        return valid(month, second.parse().ok()?);
    }
    if let Some(month) = super::periods::month(second) {
        return valid(month, first.parse().ok()?);
    }
    let (a, b) = (first.parse::<i8>().ok()?, second.parse::<i8>().ok()?);
    // 12-24 is month and day, 24.12. and 24/12 day and month; where both would do, the sign says which.
    match (valid(b, a), valid(a, b)) {
        (Some(day_first), Some(_)) if text.contains('.') => Some(day_first),
        (Some(_), Some(month_first)) if text.contains('-') => Some(month_first),
        (Some(one), Some(other)) if one == other => Some(one),
        (Some(_), Some(_)) => None,
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::of_text;

    #[test]
    fn birthdays_are_read_where_they_are_clear() {
        for text in
            ["24.12.", "24.12.1990", "12-24", "24/12", "12/24", "24 December", "Dec 24", "1990-12-24", "12月24日"]
        {
            assert_eq!(of_text(text), Some((12, 24)), "{text}");
        }
        assert_eq!(of_text("3.4."), Some((4, 3)));
        assert_eq!(of_text("29.2."), Some((2, 29)));
        assert_eq!(["3/4", "soon", "31.2.", "40"].map(of_text), [None; 4], "two readings are none");
    }
}
