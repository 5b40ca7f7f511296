//! Plans settings, days off, goals and scorecards.

use floorcast_map::records::{CardRecord, DayRecord, GoalRecord, LineRecord, SettingsRecord, Whose};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Planner;
use super::floor::Ids;
use crate::random;
use crate::store::calendar::DayRow;
use crate::store::floor::{self, FloorRow};
use crate::store::records::Record;
use crate::store::runs::Change;
use crate::store::targets::{self, CardRow, GoalRow, LineRow};
use crate::store::{Error, Result, Tx, figures};

impl Planner {
    /// A floor on which nothing has happened takes over what the sheet Settings says; another one only what nobody has said.
    pub(super) fn settings(&mut self, tx: &mut Tx<'_>, of: &SettingsRecord) -> Result<Vec<String>> {
        let before = floor::get(tx)?;
        let is_new = self.identity.is_empty() && figures::newest(tx, Timestamp::MAX)?.is_none();
        let mut notes = Vec::new();
        let mut text = |what: &str, held: &String, said: &Option<String>, free: bool| match said {
            Some(said) if said != held && (free || held.is_empty()) => said.clone(),
            Some(said) if said != held => {
                notes.push(format!("Settings: the {what} of the floor stays {held}; the sheet says {said}"));
                held.clone()
            }
            _ => held.clone(),
        };
        let number = |said: Option<i8>| said.map(|n| n.to_string());
        let after = FloorRow {
            name: text("name", &before.name, &of.name, is_new),
            tz: text("time zone", &before.tz, &of.tz, is_new),
            locale: text("language", &before.locale, &of.locale, is_new),
            currency: text("currency", &before.currency, &of.currency, false),
            week_start: parsed(&text(
                "first day of the week",
                &before.week_start.to_string(),
                &number(of.week_start),
                is_new,
            ))?,
            fiscal_month: parsed(&text(
                "fiscal month",
                &before.fiscal_month.to_string(),
                &number(of.fiscal_month),
                is_new,
            ))?,
            workdays: text("working days", &before.workdays, &of.workdays, is_new),
        };
        if after != before {
            self.tz = TimeZone::get(&after.tz).map_err(|error| Error::Refused(error.to_string()))?;
            self.currency.clone_from(&after.currency);
            self.fit();
            *self.plan.others.entry("settings").or_default() += 1;
            let change = Change { before: Some(Record::Settings(before)), after: Some(Record::Settings(after)) };
            self.identity.changes.push(change);
        }
        Ok(notes)
    }

    pub(super) fn days(&mut self, tx: &mut Tx<'_>, days: &[DayRecord]) -> Result<()> {
        for of in days {
            let team = of.team.as_deref().map(|team| self.identity.team(team, None)).transpose()?;
            let row = DayRow { day: of.day.to_string(), team: team.unwrap_or_default(), work: of.work, label: None };
            self.other(tx, "days", Record::Day(row))?;
        }
        Ok(())
    }

    pub(super) fn goals(&mut self, tx: &mut Tx<'_>, goals: &[GoalRecord], ids: &Ids) -> Result<()> {
        let held = targets::goals(tx)?;
        for of in goals {
            let Some(metric) = ids.get(&of.metric).cloned() else { continue };
            let (scope, who) = match &of.whose {
                Whose::Company => ("company", String::new()),
                Whose::Team(name) => ("team", self.identity.team(name, None)?),
                Whose::Person(name) => ("person", self.identity.person(name)?),
            };
            let Some(target) = self.minor(&metric, of.target).filter(|target| *target > 0) else {
                self.plan.counts.skipped += 1;
                continue;
            };
            let mut row = GoalRow {
                id: String::new(),
                scope: scope.into(),
                who,
                metric,
                period_start: of.start.to_string(),
                period_end: of.end.to_string(),
                level: of.level.clone(),
                target,
            };
            // One goal for a figure, period and level: the same row again changes it.
            let same = held.iter().find(|held| GoalRow { id: String::new(), target, ..(*held).clone() } == row);
            row.id = same.map_or_else(
                || hashed('g', &[&row.scope, &row.who, &row.metric, &row.period_start, &row.period_end, &row.level]),
                |held| held.id.clone(),
            );
            self.other(tx, "goals", Record::Goal(row))?;
        }
        Ok(())
    }

    pub(super) fn cards(&mut self, tx: &mut Tx<'_>, cards: &[CardRecord], ids: &Ids) -> Result<()> {
        let held = targets::cards(tx)?;
        for of in cards {
            let team = of.team.as_deref().map(|team| self.identity.team(team, None)).transpose()?;
            let mut lines: Vec<LineRow> = Vec::new();
            for line in &of.lines {
                let Some(row) = self.line(line, lines.len(), &of.period, ids) else { continue };
                // A figure stands on a scorecard once.
                lines.retain(|other| other.metric != row.metric);
                lines.push(row);
            }
            let same = held.iter().find(|held| held.team == team && held.title == of.title && held.period == of.period);
            let id = same.map_or_else(
                || hashed('s', &[&of.title, team.as_deref().unwrap_or_default(), &of.period]),
                |held| held.id.clone(),
            );
            let row = CardRow { id, title: of.title.clone(), team, period: of.period.clone(), lines };
            self.other(tx, "scorecards", Record::Card(row))?;
        }
        Ok(())
    }

    fn line(&mut self, of: &LineRecord, position: usize, period: &str, ids: &Ids) -> Option<LineRow> {
        let metric = ids.get(&of.metric)?.clone();
        let target = match of.target {
            // A target is above 0, or it is none.
            Some(target) => Some(self.minor(&metric, target).filter(|target| *target > 0)?),
            None => None,
        };
        Some(LineRow {
            metric,
            position: position as i64,
            weight: i64::from(of.weight),
            target,
            cap: of.cap,
            per: Some(of.per.clone()).filter(|per| per != period),
        })
    }
}

fn parsed(text: &str) -> Result<i64> {
    text.parse().map_err(Error::broken)
}

/// An id that is the same whenever the same thing comes again.
pub fn hashed(first: char, parts: &[&str]) -> String {
    format!("{first}{}", &random::hash(&parts.join("\u{1f}"))[..12])
}
