//! Reads the sheet Calendar: holidays and half days.

use super::builder::Builder;
use super::fields::Field;
use super::sheets::Kind;
use crate::table::{Cell, Grid, words};
use crate::text::short;

pub fn read(builder: &mut Builder<'_>, grid: &Grid) {
    let Some(mut reader) = builder.open(grid, Kind::Calendar) else { return };
    let mut days = 0;
    for row in reader.rows() {
        let Some(day) = reader.day(row, Field::Date) else { continue };
        // A day of the calendar is free unless it says how much of it is worked.
        let half = reader.text(row, Field::Text).is_some_and(|text| is_half(&text));
        let work = match reader.cell(row, Field::Work) {
            Cell::Empty => Some(if half { 0.5 } else { 0.0 }),
            Cell::Text(text) if is_half(text) => Some(0.5),
            Cell::Bool(_) | Cell::Text(_)
                if reader
                    .cell(row, Field::Work)
                    .as_text()
                    .is_none_or(|text| !text.contains(|c: char| c.is_ascii_digit())) =>
            {
                reader.yes(row, Field::Work).map(f64::from)
            }
            _ => reader.number(row, Field::Work),
        };
        let Some(work) = work else { continue };
        if !(0.0..=1.0).contains(&work) {
            reader.wrong(row, Field::Work, format!("expected 0 (holiday) to 1 (full day), found {work}"));
            continue;
        }
        let team = reader.name(row, Field::Team);
        match team.map(|name| (builder.known_team(&name), name)) {
            None => {
                builder.floor.calendar.days.insert(day, work);
            }
            Some((Some(team), _)) => {
                builder.floor.calendar.team_days.insert((team, day), work);
            }
            Some((None, name)) => {
                reader.wrong(row, Field::Team, format!("{:?} is no team", short(&name, 60)));
                continue;
            }
        }
        days += 1;
    }
    builder.close(reader, format!("{days} days"));
}

fn is_half(text: &str) -> bool {
    const HALF: &str = "half|half day|1/2|halb|halber tag|halbtags|demi|demi journee|medio|medio dia|media jornada|mezza giornata|meta|halve dag|meio|meio dia|meio periodo|半日|午前|午後";
    let phrase = words(text).join(" ");
    HALF.split('|').any(|word| word == phrase) || short(text, 3) == "1/2"
}
