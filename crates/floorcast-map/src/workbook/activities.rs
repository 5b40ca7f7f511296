//! Reads the sheet Activities: a log with one activity in each row, or a column for each.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use salesfloor::facts::{MetricId, PersonId, Unit};

use super::builder::Builder;
use super::fields::Field;
use super::reader::Reader;
use super::sheets::Kind;
use crate::table::{Cell, Grid, Row};
use crate::text::short;

/// One cell of work: who did how much of what, when.
struct Done {
    key: String,
    metric: MetricId,
    person: Option<PersonId>,
    day: Date,
    at: Timestamp,
    amount: f64,
}

pub fn read(builder: &mut Builder<'_>, grid: &Grid) {
    let Some(mut reader) = builder.open(grid, Kind::Activities) else { return };
    if reader.rows().next().is_none() {
        reader.header.others.clear();
        builder.close(reader, "0 rows".into());
        return;
    }
    let long = reader.column(Field::What).is_some();
    let columns: Vec<(usize, MetricId)> = match long {
        true => Vec::new(),
        false => numeric_columns(&reader).into_iter().map(|(at, name)| (at, named(builder, &name))).collect(),
    };
    if !long && columns.is_empty() {
        let text = format!(
            "sheet {:?} is left out: no column says what was done; found {}",
            short(grid.sheet.as_deref().unwrap_or("Activities"), 40),
            reader
                .header
                .others
                .iter()
                .map(|(_, name)| format!("{:?}", short(name, 30)))
                .collect::<Vec<_>>()
                .join(", ")
        );
        builder.report.notes.push(crate::Note::new(salesboard::board::Weight::Wrong, text));
        return;
    }
    reader.header.others.retain(|(at, _)| !columns.iter().any(|(known, _)| known == at));
    let sheet = short(grid.sheet.as_deref().unwrap_or("Activities"), 60);
    let mut done = Vec::new();
    let (mut rows, mut counted) = (0, 0);
    for row in reader.rows() {
        rows += 1;
        let before = done.len();
        let Some((day, at)) = when(builder, &mut reader, row) else { continue };
        let person = reader
            .name(row, Field::Who)
            .map(|name| builder.mentioned(&name, || reader.place(row, reader.column(Field::Who).unwrap_or(0))));
        if person.is_none() {
            reader.note(
                salesboard::board::Weight::LeftOut,
                row,
                Field::Who,
                "no person: it counts for the company only",
            );
        }
        let mut push = |column: usize, metric, amount| {
            done.push(Done { key: crate::table::place(&sheet, column, row.number), metric, person, day, at, amount });
        };
        if long {
            let Some(what) = reader.text(row, Field::What) else {
                reader.wrong(row, Field::What, "what was done is missing: the row does not count");
                continue;
            };
            let amount = match reader.column(Field::HowMany) {
                // A log with a row for each call has no number.
                None => Some(1.0),
                Some(_) if reader.cell(row, Field::HowMany).is_empty() => {
                    reader.wrong(row, Field::HowMany, "how many is missing: the row does not count");
                    None
                }
                Some(_) => reader.number(row, Field::HowMany),
            };
            if let Some(amount) = amount {
                push(reader.column(Field::What).unwrap_or(0), named(builder, &what), amount);
            }
        } else {
            for (column, metric) in &columns {
                if !row.cell(*column).is_empty()
                    && let Some(amount) = reader.number_at(row, *column)
                {
                    push(*column, *metric, amount);
                }
            }
        }
        counted += usize::from(done.len() > before);
    }
    if builder.running_totals {
        differences(&mut done);
    }
    // Half a day of work is no count.
    for metric in done.iter().filter(|done| done.amount.fract() != 0.0).map(|done| done.metric) {
        let of = &mut builder.floor.metrics[metric.0 as usize];
        if of.unit == Unit::Count {
            of.unit = Unit::Number;
        }
    }
    for Done { key, metric, person, at, amount, .. } in done {
        let amount = builder.minor(metric, amount);
        builder.add(key, metric, person, at, amount);
    }
    let totals = if builder.running_totals { ", as running totals" } else { "" };
    builder.close(reader, format!("{counted} of {rows} rows count{totals}"));
}

fn when<'g>(builder: &Builder<'_>, reader: &mut Reader<'g>, row: &'g Row) -> Option<(Date, Timestamp)> {
    if reader.cell(row, Field::Date).is_empty() {
        reader.wrong(row, Field::Date, "no date: the row does not count");
        return None;
    }
    let (day, time) = reader.moment(row, Field::Date)?;
    Some((day, builder.at(day, time)))
}

fn named(builder: &mut Builder<'_>, name: &str) -> MetricId {
    match builder.metric(name) {
        Some(id) => id,
        None => builder.new_metric(name),
    }
}

/// Columns of other names that hold numbers.
fn numeric_columns(reader: &Reader<'_>) -> Vec<(usize, String)> {
    let is_numeric = |column: usize| {
        let cells = || reader.rows().map(|row| row.cell(column)).filter(|cell| !cell.is_empty());
        let numbers = cells().filter(|cell| match cell {
            Cell::Number(..) => true,
            Cell::Text(text) => text.trim().starts_with(|c: char| c.is_ascii_digit()),
            _ => false,
        });
        let (numbers, all) = (numbers.count(), cells().count());
        numbers > 0 && numbers * 2 >= all
    };
    let mut columns = reader.header.others.clone();
    // Wide sheets may call a column of theirs "Number" or "Amount" too.
    if let Some(at) = reader.column(Field::HowMany) {
        let name = reader.grid.rows[reader.header.at].cell(at).shown().unwrap_or_default();
        columns.push((at, name));
    }
    columns.sort_by_key(|(at, _)| *at);
    columns.into_iter().filter(|(at, _)| is_numeric(*at)).collect()
}

/// Running totals as what was done since the one before. A total that is lower than the one before begins anew.
fn differences(done: &mut [Done]) {
    let mut by_line: BTreeMap<(MetricId, Option<PersonId>), Vec<usize>> = BTreeMap::new();
    for (at, one) in done.iter().enumerate() {
        by_line.entry((one.metric, one.person)).or_default().push(at);
    }
    for places in by_line.values_mut() {
        places.sort_by_key(|at| (done[*at].day, done[*at].at, *at));
        let totals: Vec<f64> = places.iter().map(|at| done[*at].amount).collect();
        for (n, at) in places.iter().enumerate().skip(1) {
            if totals[n] >= totals[n - 1] {
                done[*at].amount = totals[n] - totals[n - 1];
            }
        }
    }
}
