//! Reads the sheets Recognition, News and Plays: what people say.

use jiff::Timestamp;
use jiff::civil::{Time, Weekday};
use salesfloor::facts::{Badge, Notice, Play, Recognition};

use super::builder::Builder;
use super::fields::Field;
use super::periods;
use super::reader::{Reader, hour};
use super::sheets::Kind;
use crate::table::{Cell, Grid, Row, words};
use crate::text::short;

pub fn recognition(builder: &mut Builder<'_>, grid: &Grid) {
    let Some(mut reader) = builder.open(grid, Kind::Recognition) else { return };
    let (mut rows, mut count) = (0, 0);
    for row in reader.rows() {
        rows += 1;
        let names = reader.names(row, Field::Who);
        if names.is_empty() {
            reader.wrong(row, Field::Who, "nobody is named: the row is left out");
            continue;
        }
        let who = names
            .iter()
            .map(|name| builder.mentioned(name, || reader.place(row, reader.column(Field::Who).unwrap_or(0))))
            .collect();
        let (headline, text) = (reader.text(row, Field::Headline), reader.text(row, Field::Text));
        let (headline, text) = match (headline, text) {
            (Some(headline), text) => (headline, text),
            (None, Some(text)) => (text, None),
            (None, None) => {
                reader.wrong(row, Field::Headline, "no words: the row is left out");
                continue;
            }
        };
        let day = match reader.cell(row, Field::Date) {
            // Without a date it is said now.
            Cell::Empty => Some(builder.today()),
            _ => reader.day(row, Field::Date),
        };
        let Some(day) = day else { continue };
        let badge = badge(&mut reader, row);
        let from = reader.text(row, Field::FromWhom);
        builder.floor.recognitions.push(Recognition { who, badge, headline, text, from, day });
        count += 1;
    }
    builder.close(reader, format!("{count} of {rows} rows"));
}

fn badge<'g>(reader: &mut Reader<'g>, row: &'g Row) -> Badge {
    const BADGES: [(Badge, &str); 3] = [
        (Badge::ShoutOut, "shout out|thanks|kudos|danke|lob|merci|bravo|gracias|grazie|bedankt|obrigado|感謝|称賛"),
        (Badge::TopPerformer, "top performer|star|best|spitzenreiter|meilleur|mejor|migliore|beste|melhor|最優秀|優秀"),
        (Badge::Milestone, "milestone|medal|record|meilenstein|rekord|jalon|hito|traguardo|mijlpaal|marco|節目|記録"),
    ];
    let Some(text) = reader.text(row, Field::Badge) else { return Badge::ShoutOut };
    let phrase = words(&text).join(" ");
    let found = BADGES.iter().find(|(_, names)| names.split('|').any(|name| name == phrase));
    if found.is_none() {
        let known = "shout-out, top performer, milestone";
        reader.wrong(
            row,
            Field::Badge,
            format!("unknown badge {:?}; expected {known}; shown as a shout-out", short(&text, 60)),
        );
    }
    found.map_or(Badge::ShoutOut, |(badge, _)| *badge)
}

pub fn news(builder: &mut Builder<'_>, grid: &Grid) {
    let Some(mut reader) = builder.open(grid, Kind::News) else { return };
    let (mut rows, mut count) = (0, 0);
    for row in reader.rows() {
        rows += 1;
        let (title, text) = (reader.text(row, Field::Title), reader.text(row, Field::Text));
        let (title, text) = match (title, text) {
            (Some(title), text) => (title, text.unwrap_or_default()),
            (None, Some(text)) => (text, String::new()),
            (None, None) => {
                reader.wrong(row, Field::Title, "no words: the row is left out");
                continue;
            }
        };
        let Some((start, end)) = window(builder, &mut reader, row) else { continue };
        let weekly = match reader.text(row, Field::Repeats) {
            None => None,
            Some(text) => match weekly(&text) {
                Some(weekly) => Some(weekly),
                None => {
                    let what = format!("{:?}: expected when it repeats, like \"every Monday 16:00\"", short(&text, 60));
                    reader.wrong(row, Field::Repeats, what);
                    continue;
                }
            },
        };
        let team = match reader.name(row, Field::Team) {
            None => None,
            Some(name) => match builder.known_team(&name) {
                Some(team) => Some(team),
                None => {
                    reader.wrong(row, Field::Team, format!("{:?} is no team", short(&name, 60)));
                    continue;
                }
            },
        };
        let from = reader.text(row, Field::FromWhom);
        builder.floor.notices.push(Notice { title, text, from, team, start, end, weekly });
        count += 1;
    }
    builder.close(reader, format!("{count} of {rows} messages"));
}

pub fn plays(builder: &mut Builder<'_>, grid: &Grid) {
    let Some(mut reader) = builder.open(grid, Kind::Plays) else { return };
    let (mut rows, mut count) = (0, 0);
    for row in reader.rows() {
        rows += 1;
        let Some(headline) = reader.text(row, Field::Title) else {
            reader.wrong(row, Field::Title, "no headline: the row is left out");
            continue;
        };
        let text = reader.text(row, Field::Text);
        let Some((start, end)) = window(builder, &mut reader, row) else { continue };
        let names = reader.names(row, Field::Who);
        let who = names
            .iter()
            .map(|name| builder.mentioned(name, || reader.place(row, reader.column(Field::Who).unwrap_or(0))))
            .collect();
        builder.floor.plays.push(Play { headline, text, who, start, end });
        count += 1;
    }
    builder.close(reader, format!("{count} of {rows} plays"));
}

/// From and until; a last day counts whole. `None`: one of them cannot be read.
fn window<'g>(
    builder: &Builder<'_>,
    reader: &mut Reader<'g>,
    row: &'g Row,
) -> Option<(Option<Timestamp>, Option<Timestamp>)> {
    let mut read = |field: Field, whole: bool| -> Option<Option<Timestamp>> {
        if reader.cell(row, field).is_empty() {
            return Some(None);
        }
        let (day, time) = reader.moment(row, field)?;
        let day = if whole && time.is_none() { day.tomorrow().ok()? } else { day };
        Some(Some(builder.at(day, time)))
    };
    let (start, end) = (read(Field::Since, false)?, read(Field::Until, true)?);
    if start.zip(end).is_some_and(|(start, end)| end <= start) {
        reader.wrong(row, Field::Until, "it ends before it starts");
        return None;
    }
    Some((start, end))
}

/// `every Monday 16:00`; without an hour the whole day.
fn weekly(text: &str) -> Option<(Weekday, Time)> {
    let mut parts = text.split_whitespace().flat_map(|part| part.split(['、', ','])).filter(|part| !part.is_empty());
    let day = parts.clone().find_map(|part| periods::weekday(part.trim_start_matches("毎週")))?;
    let hour = parts.find_map(|part| part.contains(|c: char| c.is_ascii_digit()).then(|| hour(part)));
    match hour {
        Some(hour) => Some((day, hour?)),
        None => Some((day, Time::constant(23, 59, 59, 0))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_back_each_week_is_read() {
        let at = |hour, minute| Time::constant(hour, minute, 0, 0);
        assert_eq!(weekly("every Monday 16:00"), Some((Weekday::Monday, at(16, 0))));
        assert_eq!(weekly("jeden Freitag 9.30 Uhr"), Some((Weekday::Friday, at(9, 30))));
        assert_eq!(weekly("毎週月曜 10:00"), Some((Weekday::Monday, at(10, 0))));
        assert_eq!(weekly("Mondays").map(|(day, _)| day), Some(Weekday::Monday));
        assert_eq!((weekly("now and then"), weekly("Monday 25:00")), (None, None));
    }
}
