//! Reads the sheets of a floor, and writes what they say by name.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use salesboard::board::Weight;
use salesfloor::facts::{
    Badge, ContestFormat, Contestants, Floor, Kind as MetricKind, Level, MetricId, PersonId, Scope, Settings, Shown,
    TeamId, Unit,
};
use salesfloor::period::{PeriodKind, Span, first_instant};

use super::{
    CardRecord, ContestRecord, ContestantsRecord, DayRecord, DoneRecord, FloorTable, GoalRecord, LineRecord,
    MembershipRecord, MetricRecord, NoticeRecord, PersonDetails, PlanRecord, PlayRecord, RampRecord, RecognitionRecord,
    SettingsRecord, StageRecord, Whose,
};
use crate::table::Grid;
use crate::workbook::{self, Kind, kind_of};

/// Without a word of anybody a result is final so many hours after the end.
const FINAL_AFTER_H: i64 = 24;

/// Notes of one import that are kept: nobody reads more.
const NOTES: usize = 200;

/// Reads the sheets of a floor.
///
/// # Errors
/// One line: no sheet of these can be read.
pub fn read(sheets: &[Grid], options: workbook::ReadOptions<'_>) -> Result<FloorTable, String> {
    let read = workbook::facts(sheets, options)?;
    let names = Names { floor: &read.floor };
    let floor = &read.floor;
    let deals: Vec<&str> = sheets.iter().filter_map(|grid| grid.sheet.as_deref()).filter(is_deals).collect();
    // What is wrong with deals is told line by line where they become records.
    let of_deals = |text: &str| {
        let text = text.strip_prefix("sheet ").map_or(text, |rest| rest.trim_start_matches('"'));
        deals.iter().any(|sheet| text.starts_with(sheet))
    };
    let told: Vec<_> = read.notes.iter().filter(|note| !of_deals(&note.text)).collect();
    let mut notes: Vec<String> = told.iter().map(|note| note.text.clone()).collect();
    if notes.len() > NOTES {
        let more = notes.len() - NOTES;
        notes.truncate(NOTES);
        notes.push(format!("and {more} more"));
    }
    Ok(FloorTable {
        settings: settings(&floor.settings, &read.before, floor.calendar.week),
        people: floor.people.iter().map(|person| names.person_details(person)).collect(),
        metrics: floor.metric_ids().map(|id| names.metric_record(id)).collect(),
        done: done(&read, names),
        days: days(floor, names),
        goals: floor.goals.iter().map(|goal| names.goal(goal)).collect(),
        cards: floor.scorecards.iter().map(|card| names.card(card)).collect(),
        contests: floor.contests.iter().map(|contest| names.contest(contest, options.now)).collect(),
        plans: floor.ramp_plans.iter().map(|plan| names.plan(plan)).collect(),
        ramps: floor.ramps.iter().map(|ramp| names.ramp(ramp)).collect(),
        recognitions: floor.recognitions.iter().map(|given| names.recognition(given)).collect(),
        notices: floor.notices.iter().map(|notice| names.notice(notice)).collect(),
        plays: floor.plays.iter().map(|play| names.play(play)).collect(),
        left_out: told.iter().filter(|note| note.weight == Weight::Wrong).count(),
        notes,
    })
}

fn is_deals(sheet: &&str) -> bool {
    kind_of(sheet) == Some(Kind::Deals)
}

fn settings(of: &Settings, before: &Settings, week: [f64; 7]) -> SettingsRecord {
    let text = |now: &String, before: &String| (now != before).then(|| now.clone());
    let number = |now: i8, before: i8| (now != before).then_some(now);
    let usual = salesfloor::calendar::Calendar::default().week;
    let digits = || week.iter().map(|work| if *work > 0.0 { '1' } else { '0' }).collect();
    SettingsRecord {
        name: text(&of.name, &before.name),
        tz: text(&of.tz, &before.tz),
        locale: text(&of.locale, &before.locale),
        currency: text(&of.currency, &before.currency),
        week_start: number(of.week_start, before.week_start),
        fiscal_month: number(of.fiscal_month, before.fiscal_month),
        workdays: (week != usual).then(digits),
    }
}

/// Activities, with ids that stay when rows are put in above them.
fn done(read: &workbook::Facts, names: Names<'_>) -> Vec<DoneRecord> {
    let floor = &read.floor;
    let all = Span { start: Timestamp::MIN, end: Timestamp::MAX };
    let (mut times, mut out) = (HashMap::new(), Vec::new());
    let of_deals = |metric: MetricId| {
        let key = &floor.metric(metric).key;
        key == "deals" || key == "sold" || key.starts_with("sold-")
    };
    for metric in floor.metric_ids().filter(|metric| !of_deals(*metric)) {
        let whole = 10f64.powi(i32::from(floor.metric(metric).decimals));
        for fact in read.ledger.facts(metric, all) {
            let day = read.ledger.day(fact.at);
            let since = fact.at.duration_since(first_instant(day, read.ledger.tz()));
            let person = fact.person.map(|id| names.person(id));
            let when = if since == SignedDuration::ZERO { day.to_string() } else { format!("{day} {since}") };
            let id = format!("{when} {}", person.as_deref().unwrap_or("–"));
            let nth = times.entry((metric, id.clone())).or_insert(0_u32);
            *nth += 1;
            let id = if *nth == 1 { id } else { format!("{id} #{nth}") };
            let amount = fact.amount as f64 / whole;
            out.push(DoneRecord { id, metric: names.metric(metric), person, at: fact.at, amount });
        }
    }
    out
}

fn days(floor: &Floor, names: Names<'_>) -> Vec<DayRecord> {
    let all = floor.calendar.days.iter().map(|(day, work)| DayRecord { day: *day, team: None, work: *work });
    let of_teams = floor.calendar.team_days.iter();
    let of_teams =
        of_teams.map(|((team, day), work)| DayRecord { day: *day, team: Some(names.team(*team)), work: *work });
    all.chain(of_teams).collect()
}

/// Ids as names.
#[derive(Clone, Copy)]
struct Names<'a> {
    floor: &'a Floor,
}

impl Names<'_> {
    fn person(self, id: PersonId) -> String {
        self.floor.person(id).name.clone()
    }

    fn team(self, id: TeamId) -> String {
        self.floor.team(id).name.clone()
    }

    /// Deals and what they bring are called as a hub calls them.
    fn metric(self, id: MetricId) -> String {
        let key = &self.floor.metric(id).key;
        match key.strip_prefix("sold") {
            Some(rest) if rest.is_empty() || rest.starts_with('-') && rest != "-done" => format!("won{rest}"),
            _ => key.clone(),
        }
    }

    fn major(self, id: MetricId, amount: i64) -> f64 {
        amount as f64 / 10f64.powi(i32::from(self.floor.metric(id).decimals))
    }

    fn people(self, ids: &[PersonId]) -> Vec<String> {
        ids.iter().map(|id| self.person(*id)).collect()
    }

    fn person_details(self, of: &salesfloor::facts::Person) -> PersonDetails {
        let membership = |of: &salesfloor::facts::Membership| MembershipRecord {
            team: self.team(of.team),
            since: of.since,
            until: of.until,
        };
        PersonDetails {
            name: of.name.clone(),
            memberships: of.memberships.iter().map(membership).collect(),
            started: of.started,
            ended: of.ended,
            birthday: of.birthday,
            photo: of.photo.clone(),
            alias: if let Shown::Alias(alias) = &of.shown { Some(alias.clone()) } else { None },
            hidden: of.shown == Shown::Hidden,
        }
    }

    fn metric_record(self, id: MetricId) -> MetricRecord {
        let of = self.floor.metric(id);
        MetricRecord {
            key: self.metric(id),
            label: of.label.clone(),
            unit: match &of.unit {
                Unit::Currency(code) => code.clone(),
                Unit::Count => "count".into(),
                _ => "number".into(),
            },
            leading: of.kind == MetricKind::Leading,
            leads_to: of.leads_to.map(|to| self.metric(to)),
        }
    }

    fn goal(self, of: &salesfloor::facts::Goal) -> GoalRecord {
        GoalRecord {
            whose: match of.scope {
                Scope::Company => Whose::Company,
                Scope::Team(team) => Whose::Team(self.team(team)),
                Scope::Person(person) => Whose::Person(self.person(person)),
            },
            metric: self.metric(of.metric),
            start: of.start,
            end: of.end,
            level: match of.level {
                Level::Must => "must",
                Level::Stretch => "stretch",
                Level::Challenge => "challenge",
            }
            .into(),
            target: self.major(of.metric, of.target),
        }
    }

    fn card(self, of: &salesfloor::facts::Scorecard) -> CardRecord {
        let line = |line: &salesfloor::facts::ScorecardLine| LineRecord {
            metric: self.metric(line.metric),
            weight: line.weight,
            cap: line.cap,
            target: line.target.map(|target| self.major(line.metric, target)),
            per: period(line.per).into(),
        };
        CardRecord {
            title: of.title.clone(),
            team: of.team.map(|team| self.team(team)),
            period: period(of.period).into(),
            lines: of.lines.iter().map(line).collect(),
        }
    }

    fn contest(self, of: &salesfloor::facts::Contest, now: Timestamp) -> ContestRecord {
        let is_over = of.end.is_some_and(|end| now.duration_since(end).as_hours() >= FINAL_AFTER_H);
        let goal = |goal: i64| match of.metrics.as_slice() {
            [(metric, 1)] => self.major(*metric, goal),
            _ => goal as f64,
        };
        ContestRecord {
            key: of.key.clone(),
            title: of.title.clone(),
            format: match of.format {
                ContestFormat::Most => "most",
                ContestFormat::FirstTo => "first_to",
                ContestFormat::Threshold => "threshold",
                ContestFormat::TeamTotal => "team_total",
                ContestFormat::TeamAverage => "team_average",
                ContestFormat::Versus => "versus",
                ContestFormat::Bracket => "bracket",
            }
            .into(),
            metrics: of.metrics.iter().map(|(metric, points)| (self.metric(*metric), *points)).collect(),
            of: match &of.of {
                Contestants::People(ids) => ContestantsRecord::People(self.people(ids)),
                Contestants::Teams(ids) => ContestantsRecord::Teams(ids.iter().map(|id| self.team(*id)).collect()),
            },
            start: of.start,
            end: of.end,
            goal: of.goal.map(goal),
            prizes: of.prizes.iter().map(|prize| (prize.place, prize.label.clone())).collect(),
            rules: of.rules.clone(),
            is_final: of.confirmed.unwrap_or(is_over),
        }
    }

    fn plan(self, of: &salesfloor::facts::RampPlan) -> PlanRecord {
        let stage = |stage: &salesfloor::facts::RampStage| StageRecord {
            label: stage.label.clone(),
            due_day: stage.due_day,
            measure: stage.measure.map(|(metric, target)| (self.metric(metric), self.major(metric, target))),
        };
        PlanRecord { title: of.title.clone(), days: of.days, stages: of.stages.iter().map(stage).collect() }
    }

    fn ramp(self, of: &salesfloor::facts::Ramp) -> RampRecord {
        RampRecord {
            person: self.person(of.person),
            plan: of.plan,
            started: of.started,
            mentor: of.mentor.or(self.floor.person(of.person).mentor).map(|id| self.person(id)),
            ticked: of.ticked.clone(),
        }
    }

    fn recognition(self, of: &salesfloor::facts::Recognition) -> RecognitionRecord {
        RecognitionRecord {
            who: self.people(&of.who),
            badge: match of.badge {
                Badge::ShoutOut => "shout_out",
                Badge::TopPerformer => "top_performer",
                Badge::Milestone => "milestone",
                Badge::Birthday => "birthday",
                Badge::Anniversary => "anniversary",
                Badge::NewHire => "new_hire",
            }
            .into(),
            headline: of.headline.clone(),
            text: of.text.clone(),
            from: of.from.clone(),
            day: of.day,
        }
    }

    fn notice(self, of: &salesfloor::facts::Notice) -> NoticeRecord {
        NoticeRecord {
            title: of.title.clone(),
            text: of.text.clone(),
            from: of.from.clone(),
            team: of.team.map(|team| self.team(team)),
            start: of.start,
            end: of.end,
            weekly: of.weekly.map(|(day, time)| (day.to_monday_one_offset(), time)),
        }
    }

    fn play(self, of: &salesfloor::facts::Play) -> PlayRecord {
        PlayRecord {
            headline: of.headline.clone(),
            text: of.text.clone(),
            who: self.people(&of.who),
            start: of.start,
            end: of.end,
        }
    }
}

fn period(kind: PeriodKind) -> &'static str {
    match kind {
        PeriodKind::Day => "day",
        PeriodKind::Week => "week",
        PeriodKind::Quarter => "quarter",
        PeriodKind::Month => "month",
        PeriodKind::Year => "year",
    }
}
