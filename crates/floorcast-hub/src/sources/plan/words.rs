//! Plans contests, first weeks, recognition, messages and plays.

use floorcast_map::records::{
    ContestRecord, ContestantsRecord, FloorTable, NoticeRecord, PlanRecord, PlayRecord, RecognitionRecord,
};
use jiff::{Timestamp, ToSpan as _};
use salesfloor::period::first_instant;

use super::Planner;
use super::floor::Ids;
use super::targets::hashed;
use crate::store::contests::{self, ContestRow};
use crate::store::ramps::{self, PlanRow, RampRow, StageRow};
use crate::store::records::Record;
use crate::store::words::{NoticeRow, PlayRow, RecognitionRow};
use crate::store::{Result, Tx};

/// Walls show recognition for so many days.
const SHOWN_DAYS: i64 = 7;

fn micros(at: Option<Timestamp>) -> Option<i64> {
    at.map(Timestamp::as_microsecond)
}

impl Planner {
    pub(super) fn contests(&mut self, tx: &mut Tx<'_>, all: &[ContestRecord], ids: &Ids) -> Result<()> {
        for of in all {
            let metrics: Option<Vec<(String, i64)>> = of
                .metrics
                .iter()
                .map(|(metric, points)| Some((ids.get(metric)?.clone(), i64::from(*points))))
                .collect();
            let Some(metrics) = metrics else {
                self.plan.counts.skipped += 1;
                continue;
            };
            let goal = match (of.goal, metrics.as_slice()) {
                (None, _) => None,
                (Some(goal), [(metric, 1)]) => self.minor(&metric.clone(), goal),
                (Some(goal), _) => Some(goal.round() as i64),
            };
            let (of_whom, entries) = match &of.of {
                ContestantsRecord::People(names) => ("people", self.persons(names)?),
                ContestantsRecord::Teams(names) => {
                    let teams: Result<Vec<String>> = names.iter().map(|name| self.identity.team(name, None)).collect();
                    ("teams", teams?)
                }
            };
            let id = hashed('c', &[&self.source, &of.key]);
            // A result that somebody confirmed, or took back, stays.
            let ended =
                contests::get(tx, &id)?.map(|held| held.stage).filter(|stage| stage == "final" || stage == "cancelled");
            let row = ContestRow {
                id,
                title: of.title.clone(),
                format: of.format.clone(),
                of_whom: of_whom.into(),
                starts: of.start.as_microsecond(),
                ends: micros(of.end),
                goal,
                rules: of.rules.clone().unwrap_or_default(),
                stage: ended.unwrap_or_else(|| if of.is_final { "final".into() } else { "open".into() }),
                metrics: sorted(metrics),
                entries,
                prizes: sorted(of.prizes.iter().map(|(place, label)| (i64::from(*place), label.clone())).collect()),
            };
            self.other(tx, "contests", Record::Contest(row))?;
        }
        Ok(())
    }

    pub(super) fn ramps(&mut self, tx: &mut Tx<'_>, table: &FloorTable, ids: &Ids) -> Result<()> {
        let mut plans = Vec::new();
        for of in &table.plans {
            let row = self.ramp_plan(of, ids);
            plans.push(row.id.clone());
            self.other(tx, "plans", Record::Plan(row))?;
        }
        for of in &table.ramps {
            let Some(plan) = plans.get(of.plan).cloned() else { continue };
            let person = self.identity.person(&of.person)?;
            let mentor = of.mentor.as_deref().map(|name| self.identity.person(name)).transpose()?;
            let held = ramps::get(tx, &person)?.unwrap_or_default();
            // What somebody ticked on a page stays.
            let mut ticked = held.ticked;
            for (stage, day) in &of.ticked {
                let seq = *stage as i64;
                let at = first_instant(*day, &self.tz).as_microsecond();
                if !ticked.iter().any(|(known, ..)| *known == seq) {
                    ticked.push((seq, at, format!("import:{}", self.source)));
                }
            }
            ticked.sort();
            let started = of.started.to_string();
            // The sheet is written for a wall.
            let row = RampRow { person, plan, started, mentor, on_wall: true, ticked };
            self.other(tx, "people with a plan", Record::Ramp(row))?;
        }
        Ok(())
    }

    fn ramp_plan(&mut self, of: &PlanRecord, ids: &Ids) -> PlanRow {
        let mut stages = Vec::new();
        for stage in &of.stages {
            let measure = stage.measure.as_ref().and_then(|(metric, target)| {
                let metric = ids.get(metric)?.clone();
                let target = self.minor(&metric, *target)?;
                Some((metric, target))
            });
            let (metric, target) = measure.unzip();
            stages.push(StageRow { label: stage.label.clone(), due_day: i64::from(stage.due_day), metric, target });
        }
        let id = hashed('n', &[&self.source, &of.title]);
        PlanRow { id, title: of.title.clone(), days: i64::from(of.days), stages }
    }

    pub(super) fn recognitions(&mut self, tx: &mut Tx<'_>, all: &[RecognitionRecord]) -> Result<()> {
        for of in all {
            let at = first_instant(of.day, &self.tz);
            let until = first_instant(of.day.saturating_add(SHOWN_DAYS.days()), &self.tz);
            let row = RecognitionRow {
                id: hashed('o', &[&self.source, &of.day.to_string(), &of.headline, &of.who.join("\u{1f}")]),
                at: at.as_microsecond(),
                kind: of.badge.clone(),
                who: self.persons(&of.who)?,
                headline: of.headline.clone(),
                body: of.text.clone(),
                from_whom: of.from.clone(),
                rule: None,
                until: until.as_microsecond(),
                withdrawn: None,
            };
            self.other(tx, "recognitions", Record::Recognition(row))?;
        }
        Ok(())
    }

    pub(super) fn notices(&mut self, tx: &mut Tx<'_>, all: &[NoticeRecord]) -> Result<()> {
        for of in all {
            let start = of.start.map(|at| at.to_string()).unwrap_or_default();
            let row = NoticeRow {
                id: hashed('m', &[&self.source, &of.title, &start]),
                title: of.title.clone(),
                body: of.text.clone(),
                team: of.team.as_deref().map(|team| self.identity.team(team, None)).transpose()?,
                starts: micros(of.start),
                ends: micros(of.end),
                by_whom: format!("import:{}", self.source),
                from_whom: of.from.clone(),
                weekly: of.weekly.map(|(day, time)| format!("{day} {time}")),
            };
            self.other(tx, "messages", Record::Notice(row))?;
        }
        Ok(())
    }

    pub(super) fn plays(&mut self, tx: &mut Tx<'_>, all: &[PlayRecord]) -> Result<()> {
        for of in all {
            let start = of.start.map(|at| at.to_string()).unwrap_or_default();
            let row = PlayRow {
                id: hashed('y', &[&self.source, &of.headline, &start]),
                headline: of.headline.clone(),
                body: of.text.clone().unwrap_or_default(),
                who: self.persons(&of.who)?,
                starts: micros(of.start),
                ends: micros(of.end),
            };
            self.other(tx, "plays", Record::Play(row))?;
        }
        Ok(())
    }

    fn persons(&mut self, names: &[String]) -> Result<Vec<String>> {
        names.iter().map(|name| self.identity.person(name)).collect()
    }
}

/// As they are read back.
fn sorted<T: Ord>(mut all: Vec<T>) -> Vec<T> {
    all.sort_unstable();
    all
}
