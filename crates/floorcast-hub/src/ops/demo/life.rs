//! What goes on on the invented floor: a contest, first weeks, praise, rules of recognition, a notice.

use jiff::civil::{Date, time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::Person;
use crate::random;
use crate::store::contests::{self, ContestRow};
use crate::store::ramps::{self, PlanRow, RampRow, StageRow};
use crate::store::rules::{self, RuleRow};
use crate::store::words::{self, NoticeRow, PlayRow, RecognitionRow};
use crate::store::{Error, Result, Tx};

/// Deals from this on are celebrated, in cents.
const LARGE_DEAL: i64 = 2_500_000;

/// Whom, what for, who says it, how many days ago.
const PRAISE: [(&str, &str, &str, i64); 3] = [
    ("Oluwaseun Adeyemi", "Took over my demo when the train stood still", "Elena Vidal", 1),
    ("Sofia Lindqvist", "Found the one person who could sign", "Nour Saleh", 2),
    ("長谷川 ひかる", "First demo in two languages", "Amara Diallo", 4),
];

/// The floor's midday at so many days from today.
fn midday((today, tz): (Date, &TimeZone), days: i64) -> Result<Timestamp> {
    let at = today.saturating_add(days.days()).at(12, 0, 0, 0);
    tz.to_timestamp(at).map_err(Error::broken)
}

pub fn fill(tx: &mut Tx<'_>, people: &[Person], (now, today, tz): (Timestamp, Date, &TimeZone)) -> Result<()> {
    contest(tx, (today, tz))?;
    first_weeks(tx, people, now)?;
    for (whom, what, from, ago) in PRAISE {
        let at = midday((today, tz), -ago)?;
        let row = RecognitionRow {
            id: random::id('r').map_err(Error::broken)?,
            at: at.as_microsecond(),
            kind: "shout_out".into(),
            who: people.iter().filter(|person| person.name == whom).map(|person| person.id.clone()).collect(),
            headline: what.into(),
            from_whom: Some(from.into()),
            until: at.checked_add((24 * 7).hours()).map_err(Error::broken)?.as_microsecond(),
            ..RecognitionRow::default()
        };
        words::put_recognition(tx, &row)?;
    }
    for (kind, at_least) in [("deal", Some(LARGE_DEAL)), ("goal", None), ("leader", None), ("first_deal", None)] {
        let id = random::id('u').map_err(Error::broken)?;
        rules::put(tx, &RuleRow { id, kind: kind.into(), at_least, since: now.as_microsecond(), paused: None })?;
    }
    let notice = NoticeRow {
        id: random::id('n').map_err(Error::broken)?,
        title: "Pipeline review".into(),
        body: "Fridays at 16:00 in the kitchen: bring the one deal that is stuck.".into(),
        by_whom: "demo".into(),
        from_whom: Some("Aoife Brennan".into()),
        ..NoticeRow::default()
    };
    words::put_notice(tx, &notice)?;
    let play = PlayRow {
        id: random::id('y').map_err(Error::broken)?,
        headline: "Ask for the next step before the demo ends".into(),
        body: "Of the demos that ended with a date in the calendar twice as many became deals.".into(),
        who: Vec::new(),
        starts: Some(midday((today, tz), -3)?.as_microsecond()),
        ends: Some(midday((today, tz), 11)?.as_microsecond()),
    };
    words::put_play(tx, &play)
}

/// Most demos from Monday morning to Friday afternoon of this week.
fn contest(tx: &mut Tx<'_>, (today, tz): (Date, &TimeZone)) -> Result<()> {
    let monday = today.saturating_sub(i64::from(today.weekday().to_monday_zero_offset()).days());
    let at = |day: Date, hour: i8| -> Result<i64> {
        let instant = tz.to_timestamp(day.to_datetime(time(hour, 0, 0, 0))).map_err(Error::broken)?;
        Ok(instant.as_microsecond())
    };
    let mut row = ContestRow {
        id: random::id('k').map_err(Error::broken)?,
        title: "Demo week".into(),
        format: "most".into(),
        of_whom: "people".into(),
        starts: at(monday, 8)?,
        ends: Some(at(monday.saturating_add(4.days()), 17)?),
        rules: "Demos that were held count.".into(),
        stage: "open".into(),
        metrics: vec![("demos".into(), 1)],
        prizes: vec![(1, "Dinner for two".into()), (2, "A Friday afternoon off".into())],
        ..ContestRow::default()
    };
    contests::name_entries(tx, &mut row, &today.to_string())?;
    contests::put(tx, &row)
}

/// Two people are new: one agreed that walls show it.
fn first_weeks(tx: &mut Tx<'_>, people: &[Person], now: Timestamp) -> Result<()> {
    let stage = |label: &str, due_day: i64, metric: Option<&str>, target: Option<i64>| StageRow {
        label: label.into(),
        due_day,
        metric: metric.map(Into::into),
        target,
    };
    let plan = PlanRow {
        id: "first-weeks".into(),
        title: "First weeks".into(),
        days: 60,
        stages: vec![
            stage("First 50 calls", 7, Some("calls"), Some(50)),
            stage("Product exam", 14, None, None),
            stage("First meeting of one's own", 14, Some("meetings"), Some(1)),
            stage("Three demos held", 35, Some("demos"), Some(3)),
            stage("First deal", 60, Some("deals"), Some(1)),
        ],
    };
    ramps::put_plan(tx, &plan)?;
    let mentor = people.iter().find(|person| person.name == "Diogo Pacheco").map(|person| person.id.clone());
    for (at, (name, _)) in super::NEW.iter().enumerate() {
        let Some(person) = people.iter().find(|person| person.name == *name) else { continue };
        let ramp = RampRow {
            person: person.id.clone(),
            plan: plan.id.clone(),
            started: person.started.to_string(),
            mentor: mentor.clone(),
            on_wall: at == 0,
            ticked: vec![(1, now.as_microsecond(), "demo".into())],
        };
        ramps::put(tx, &ramp)?;
    }
    Ok(())
}
