//! Reads the sheets Goals and Scorecard: what is expected.

use jiff::civil::Date;
use salesfloor::facts::{Goal, Level, MetricId, Scope, Scorecard, ScorecardLine, Shape};
use salesfloor::period::{Days, PeriodKind};

use super::builder::Builder;
use super::fields::Field;
use super::periods;
use super::reader::Reader;
use super::sheets::Kind;
use crate::table::{Cell, Grid, Row, words};
use crate::text::short;

pub fn read(builder: &mut Builder<'_>, grid: &Grid) {
    let Some(mut reader) = builder.open(grid, Kind::Goals) else { return };
    let (mut rows, mut count) = (0, 0);
    for row in reader.rows() {
        rows += 1;
        let Some(goal) = goal(builder, &mut reader, row) else { continue };
        let same = |other: &&Goal| {
            (other.scope, other.metric, other.level) == (goal.scope, goal.metric, goal.level)
                && (other.start, other.end) == (goal.start, goal.end)
        };
        if builder.floor.goals.iter().find(same).is_some() {
            reader.wrong(row, Field::Target, "the same goal is there already: this row does not count");
            continue;
        }
        builder.floor.goals.push(goal);
        count += 1;
    }
    builder.close(reader, format!("{count} of {rows} goals"));
}

fn goal<'g>(builder: &mut Builder<'_>, reader: &mut Reader<'g>, row: &'g Row) -> Option<Goal> {
    let scope = match reader.name(row, Field::Who) {
        None => Scope::Company,
        Some(name) => match builder.scope(&name) {
            Some(scope) => scope,
            None => {
                let what =
                    format!("{:?}: expected a team, a person of the sheet People, or the company", short(&name, 60));
                reader.wrong(row, Field::Who, what);
                return None;
            }
        },
    };
    let metric = metric(builder, reader, row)?;
    let target = reader.number(row, Field::Target);
    if target.is_none() && reader.cell(row, Field::Target).is_empty() {
        reader.wrong(row, Field::Target, "no target: the goal does not count");
    }
    let target = target?;
    if target <= 0.0 {
        reader.wrong(row, Field::Target, format!("expected a target above 0, found {target}"));
        return None;
    }
    let days = period(builder, reader, row)?;
    let level = level(reader, row)?;
    let target = builder.minor(metric, target);
    Some(Goal { scope, metric, start: days.start, end: days.end, level, target, shape: Shape::Workdays })
}

/// The metric of a row; without a column it is what deals bring.
fn metric<'g>(builder: &mut Builder<'_>, reader: &mut Reader<'g>, row: &'g Row) -> Option<MetricId> {
    match reader.text(row, Field::What) {
        None if reader.cell(row, Field::What).is_empty() => Some(builder.sold(None)),
        None => None,
        Some(name) => Some(match builder.metric(&name) {
            Some(id) => id,
            None => builder.new_metric(&name),
        }),
    }
}

/// From and to, both days included; or a period in words; or the month of today.
fn period<'g>(builder: &Builder<'_>, reader: &mut Reader<'g>, row: &'g Row) -> Option<Days> {
    let settings = &builder.floor.settings;
    let today = builder.today();
    if !reader.cell(row, Field::Period).is_empty() {
        for field in [Field::Since, Field::Until] {
            if reader.cell(row, field).is_empty() {
                continue;
            }
            reader.wrong(row, field, "the goal has a period already: this day is not read");
        }
    }
    for field in [Field::Period, Field::Since] {
        let cell = reader.cell(row, field);
        if let Some(text) = cell.as_text()
            && let Some(days) = periods::days(text, today, settings)
        {
            return Some(days);
        }
        // A workbook turns "November 2026" into its first day.
        if field == Field::Period && matches!(cell, Cell::Day(_) | Cell::Moment(_)) {
            let day = reader.day(row, field)?;
            return Some(PeriodKind::Month.containing(day, settings));
        }
        if field == Field::Period && !cell.is_empty() {
            let written = cell.shown().unwrap_or_default();
            reader.wrong(
                row,
                field,
                format!("{:?}: expected a period like \"November\", \"Q4 2026\" or \"2026\"", short(&written, 60)),
            );
            return None;
        }
    }
    let empty = |field: Field| reader.cell(row, field).is_empty();
    let (no_start, no_end) = (empty(Field::Since), empty(Field::Until));
    if no_start && no_end {
        return Some(PeriodKind::Month.containing(today, settings));
    }
    if no_start || no_end {
        let field = if no_start { Field::Since } else { Field::Until };
        reader.wrong(row, field, "a goal needs its first and its last day, or a period such as \"November\"");
        return None;
    }
    let (start, last) = (reader.day(row, Field::Since)?, reader.day(row, Field::Until)?);
    ends_after(reader, row, start, last)
}

/// The days from one to another, both included.
pub fn ends_after<'g>(reader: &mut Reader<'g>, row: &'g Row, start: Date, last: Date) -> Option<Days> {
    if last < start {
        reader.wrong(row, Field::Until, format!("the last day {last} is before the first {start}"));
        return None;
    }
    Some(Days { start, end: last.tomorrow().ok()? })
}

fn level<'g>(reader: &mut Reader<'g>, row: &'g Row) -> Option<Level> {
    const MUST: &str = "must|commit|minimum|base|pflicht|muss|minimum|obligatoire|obligatorio|minimo|obbligatorio|verplicht|必達|必達目標";
    const STRETCH: &str = "stretch|ambitious|target|ehrgeizig|ambitieux|ambicioso|ambizioso|ambitieus|努力|努力目標";
    const CHALLENGE: &str = "challenge|dream|herausforderung|defi|reto|sfida|uitdaging|desafio|挑戦|挑戦目標";
    let Some(text) = reader.text(row, Field::Level) else { return Some(Level::Must) };
    let phrase = words(&text).join(" ");
    let is = |list: &str| list.split('|').any(|word| word == phrase);
    let level = [(MUST, Level::Must), (STRETCH, Level::Stretch), (CHALLENGE, Level::Challenge)];
    let found = level.into_iter().find(|(list, _)| is(list)).map(|(_, level)| level);
    if found.is_none() {
        reader.wrong(row, Field::Level, format!("{:?}: expected must, stretch or challenge", short(&text, 60)));
    }
    found
}

/// The sheet Scorecard: one indicator in each row.
pub fn scorecard(builder: &mut Builder<'_>, grid: &Grid) {
    let Some(mut reader) = builder.open(grid, Kind::Scorecard) else { return };
    // "Target per week" says it for all rows.
    let title = reader.column(Field::Target).and_then(|at| grid.rows[reader.header.at].cell(at).shown());
    let of_header = title.as_deref().and_then(per_of);
    let (mut lines, mut rows) = (Vec::new(), 0);
    let mut leads = Vec::new();
    for row in reader.rows() {
        rows += 1;
        let Some(name) = reader.text(row, Field::What) else {
            reader.wrong(row, Field::What, "no indicator: the row does not count");
            continue;
        };
        let metric = builder.metric(&name).unwrap_or_else(|| builder.new_metric(&name));
        let per = match reader.text(row, Field::Per) {
            None => of_header.unwrap_or(PeriodKind::Month),
            Some(text) => match per_of(&text) {
                Some(per) => per,
                None => {
                    reader.wrong(
                        row,
                        Field::Per,
                        format!("{:?}: expected day, week, month or quarter", short(&text, 60)),
                    );
                    continue;
                }
            },
        };
        let target = reader.number(row, Field::Target);
        if target.is_none() && !reader.cell(row, Field::Target).is_empty() {
            continue;
        }
        if let Some(target) = target.filter(|target| *target <= 0.0) {
            reader.wrong(row, Field::Target, format!("expected a target above 0, found {target}"));
            continue;
        }
        let weight = match reader.cell(row, Field::Weight) {
            Cell::Empty => Some(if reader.column(Field::Weight).is_some() { 0.0 } else { 1.0 }),
            Cell::Text(text) if text.contains('%') => reader.share(row, Field::Weight).map(|share| share * 100.0),
            _ => reader.number(row, Field::Weight),
        };
        let Some(weight) = weight else { continue };
        if !(0.0..=1e6).contains(&weight) {
            reader.wrong(row, Field::Weight, format!("expected a weight of 0 or more, found {weight}"));
            continue;
        }
        let cap = if reader.cell(row, Field::Cap).is_empty() { None } else { reader.share(row, Field::Cap) };
        if let Some(to) = reader.text(row, Field::LeadsTo) {
            leads.push((metric, to, row));
        }
        let target = target.map(|target| builder.minor(metric, target));
        // Weights are compared with each other only: hundredths keep "0.4".
        lines.push(ScorecardLine { metric, weight: (weight * 100.0).round() as u32, cap, target, per });
    }
    for (metric, to, row) in leads {
        match builder.metric(&to) {
            Some(to) => builder.floor.metrics[metric.0 as usize].leads_to = Some(to),
            None => reader.wrong(row, Field::LeadsTo, format!("no sheet has the indicator {:?}", short(&to, 60))),
        }
    }
    let count = lines.len();
    if count > 0 {
        let period = lines.iter().map(|line| line.per).max().unwrap_or_default().max(PeriodKind::Week);
        let title = salesfloor::board::Labels::of(&builder.floor.settings.locale).scorecard.to_owned();
        builder.floor.scorecards.push(Scorecard { title, team: None, period, lines });
    }
    builder.close(reader, format!("{count} of {rows} indicators"));
}

fn per_of(text: &str) -> Option<PeriodKind> {
    const DAY: &str =
        "day|daily|tag|taglich|jour|quotidien|dia|diario|giorno|giornaliero|dag|dagelijks|日|日次|毎日|1日";
    const WEEK: &str = "week|weekly|woche|wochentlich|semaine|hebdomadaire|semana|semanal|settimana|settimanale|wekelijks|週|週次|毎週";
    const MONTH: &str =
        "month|monthly|monat|monatlich|mois|mensuel|mes|mensual|mese|mensile|maand|maandelijks|mensal|月|月次|毎月";
    const QUARTER: &str = "quarter|quarterly|quartal|trimestre|trimestral|kwartaal|四半期";
    let all = words(text);
    let has = |list: &str| {
        all.iter()
            .any(|word| list.split('|').any(|known| known == word || !known.is_ascii() && word.starts_with(known)))
    };
    let kinds =
        [(QUARTER, PeriodKind::Quarter), (MONTH, PeriodKind::Month), (WEEK, PeriodKind::Week), (DAY, PeriodKind::Day)];
    kinds.into_iter().find(|(list, _)| has(list)).map(|(_, kind)| kind)
}
