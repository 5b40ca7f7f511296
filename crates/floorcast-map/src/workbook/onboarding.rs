//! Reads the sheet Onboarding: the stages of one plan or of several, or of one plan per person where it names people.

use std::collections::BTreeMap;

use jiff::civil::Date;
use salesboard::board::Weight;
use salesfloor::facts::{PersonId, Ramp, RampPlan, RampStage};

use super::builder::Builder;
use super::fields::Field;
use super::reader::Reader;
use super::sheets::Kind;
use crate::Note;
use crate::table::{Grid, key};
use crate::text::short;

struct StageRow {
    stage: RampStage,
    done_on: Option<Date>,
}

pub fn read(builder: &mut Builder<'_>, grid: &Grid) {
    let Some(mut reader) = builder.open(grid, Kind::Onboarding) else { return };
    let own = reader.column(Field::Who).is_some();
    // By person where the sheet names people, else by plan.
    let mut plans: BTreeMap<String, (String, Vec<StageRow>)> = BTreeMap::new();
    let mut people: BTreeMap<String, (PersonId, Option<Date>, Option<PersonId>)> = BTreeMap::new();
    let mut before: Option<String> = None;
    let (mut rows, mut count) = (0, 0);
    for row in reader.rows() {
        rows += 1;
        let field = if own { Field::Who } else { Field::Plan };
        // A name stands in the first of its rows.
        let name = reader.name(row, field).or_else(|| before.clone()).unwrap_or_default();
        if own && name.is_empty() {
            reader.wrong(row, Field::Who, "no name: the stage does not count");
            continue;
        }
        before = Some(name.clone());
        let Some(label) = reader.text(row, Field::Stage) else {
            reader.wrong(row, Field::Stage, "no stage: the row does not count");
            continue;
        };
        let Some(due) = reader.number(row, Field::DueDay) else {
            if reader.cell(row, Field::DueDay).is_empty() {
                reader.wrong(row, Field::DueDay, "no day by which it is due: the stage does not count");
            }
            continue;
        };
        if !(1.0..=400.0).contains(&due) || due.fract() != 0.0 {
            reader.wrong(row, Field::DueDay, format!("{due} is not a whole day from 1 to 400"));
            continue;
        }
        let measure = match reader.text(row, Field::What) {
            None => {
                if !reader.cell(row, Field::Target).is_empty() {
                    reader.wrong(row, Field::Target, "a target without an indicator: fill in What");
                }
                None
            }
            Some(what) => {
                let Some(metric) = builder.metric(&what) else {
                    reader.wrong(row, Field::What, format!("no sheet has the indicator {:?}", short(&what, 60)));
                    continue;
                };
                let target = if reader.cell(row, Field::Target).is_empty() {
                    Some(1.0)
                } else {
                    reader.number(row, Field::Target)
                };
                let Some(target) = target.filter(|target| *target > 0.0) else {
                    reader.wrong(row, Field::Target, "a stage needs a target above 0");
                    continue;
                };
                Some((metric, builder.minor(metric, target)))
            }
        };
        let done = if reader.cell(row, Field::Done).is_empty() { None } else { reader.day(row, Field::Done) };
        if own {
            let id = builder.mentioned(&name, || reader.place(row, reader.column(Field::Who).unwrap_or(0)));
            let started =
                if reader.cell(row, Field::Started).is_empty() { None } else { reader.day(row, Field::Started) };
            let mentor = reader.name(row, Field::Mentor).map(|mentor| builder.person(&mentor));
            let entry = people.entry(key(&name)).or_insert((id, None, None));
            entry.1 = entry.1.or(started);
            entry.2 = entry.2.or(mentor);
        }
        let plan = plans.entry(key(&name)).or_insert_with(|| (name, Vec::new()));
        plan.1.push(StageRow { stage: RampStage { label, due_day: due as u32, measure }, done_on: done });
        count += 1;
    }
    let mut ids = BTreeMap::new();
    for (of, (title, mut stages)) in plans {
        stages.sort_by_key(|stage| stage.stage.due_day);
        let days = stages.last().map_or(1, |stage| stage.stage.due_day);
        let ticked: Vec<(usize, Date)> =
            stages.iter().enumerate().filter_map(|(at, stage)| Some((at, stage.done_on?))).collect();
        ids.insert(of, (builder.floor.ramp_plans.len(), ticked));
        builder.floor.ramp_plans.push(RampPlan {
            title,
            days,
            stages: stages.into_iter().map(|stage| stage.stage).collect(),
        });
    }
    if own {
        for (of, (person, started, mentor)) in people {
            let Some((plan, ticked)) = ids.get(&of) else { continue };
            let first = started.or(builder.floor.person(person).started);
            let Some(started) = first else {
                let name = &builder.floor.person(person).name;
                let text = format!(
                    "{}: {:?} has no first day on the sheets People and Onboarding: no ramp is shown",
                    "Onboarding",
                    short(name, 60)
                );
                reader.notes.push(Note::new(Weight::Wrong, text));
                continue;
            };
            builder.floor.ramps.push(Ramp { person, plan: *plan, started, mentor, ticked: ticked.clone() });
        }
    } else {
        let plans: BTreeMap<String, usize> = ids.into_iter().map(|(of, (plan, _))| (of, plan)).collect();
        follow(builder, &mut reader, &plans);
    }
    builder.close(reader, format!("{count} of {rows} stages"));
}

/// Whoever has begun within the days of a plan follows it: the one that the sheet People names, else the only one.
fn follow(builder: &mut Builder<'_>, reader: &mut Reader<'_>, plans: &BTreeMap<String, usize>) {
    let today = builder.today();
    let known: Vec<String> =
        plans.values().map(|plan| format!("{:?}", short(&builder.floor.ramp_plans[*plan].title, 60))).collect();
    let people: Vec<PersonId> = builder.floor.person_ids().collect();
    for person in people {
        let named = builder.plan_of.get(&person);
        let plan = match named {
            Some((name, place)) => {
                let plan = plans.get(&key(name));
                if plan.is_none() {
                    let text = format!(
                        "{place}: the sheet Onboarding has no plan {:?}, it has {}",
                        short(name, 60),
                        known.join(", ")
                    );
                    reader.notes.push(Note::new(Weight::Wrong, text));
                }
                plan
            }
            None => plans.values().next().filter(|_| plans.len() == 1),
        };
        let Some(started) = builder.floor.person(person).started else { continue };
        let day = started.until(today).map_or(-1, |span| span.get_days()) + 1;
        let is_new = |plan: usize| (1..=builder.floor.ramp_plans[plan].days as i32).contains(&day);
        match plan {
            Some(plan) if is_new(*plan) => {
                builder.floor.ramps.push(Ramp { person, plan: *plan, started, mentor: None, ticked: Vec::new() });
            }
            None if named.is_none() && plans.values().any(|plan| is_new(*plan)) => {
                let text = format!(
                    "People: {:?} is new and has no plan: fill in Plan with {}",
                    short(&builder.floor.person(person).name, 60),
                    known.join(" or ")
                );
                reader.notes.push(Note::new(Weight::Wrong, text));
            }
            _ => {}
        }
    }
}
