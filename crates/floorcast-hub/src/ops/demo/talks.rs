//! Who can sign in on the invented floor, and what a team lead and one of their people agreed.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};

use super::{Invitation, Person, TZ};
use crate::access::Role;
use crate::random;
use crate::store::logins::{self, LoginRow};
use crate::store::private::sessions::{self, Item, ItemKind, SessionRow, Snapshot, State};
use crate::store::private::templates::{self, Section, SectionSource, TemplateRow};
use crate::store::private::training::{self, CourseRow, TrainingRow};
use crate::store::private::{PrivateTx, coaches};
use crate::store::sessions::{LinkKind, put_link};
use crate::store::{Error, Result, Tx};

const LEAD: &str = "Aoife Brennan";
const REP: &str = "Elena Vidal";

/// An invitation works for so many days.
const DAYS: i64 = 30;
const DAY_US: i64 = 86_400_000_000;

/// A team lead, one of their people, and the account of the lead.
pub(super) struct Pair {
    lead: String,
    rep: String,
    lead_login: String,
}

pub(super) fn invite(
    tx: &mut Tx<'_>,
    people: &[Person],
    team_ids: &[String],
    now: Timestamp,
) -> Result<(Vec<Invitation>, Pair)> {
    let of = |name: &str| people.iter().find(|person| person.name == name).ok_or_else(|| Error::broken(name));
    let (lead, rep) = (of(LEAD)?, of(REP)?);
    let mut invitations = Vec::new();
    let mut lead_login = String::new();
    for (role, person, email, label) in [
        (Role::Admin, None, "admin@northwind.example", "the administrator".to_owned()),
        (
            Role::Manager,
            Some(lead),
            "aoife@northwind.example",
            format!("{LEAD}, who leads {}", super::TEAMS[lead.team].0),
        ),
        (Role::Rep, Some(rep), "elena@northwind.example", format!("{REP}, who sells")),
    ] {
        let login = LoginRow {
            id: random::id('l').map_err(Error::broken)?,
            person: person.map(|person| person.id.clone()),
            email: email.into(),
            password: None,
            role,
            invited: Some(now.as_microsecond()),
            disabled: None,
        };
        logins::put(tx, &login)?;
        if let (Role::Manager, Some(person)) = (role, person) {
            logins::set_managed(tx, &person.id, std::slice::from_ref(&team_ids[person.team]))?;
            lead_login = login.id.clone();
        }
        let secret = random::secret("join").map_err(Error::broken)?;
        let expires = now.as_microsecond() + DAYS * DAY_US;
        put_link(tx, &random::hash(&secret), LinkKind::Invitation, Some(&login.id), expires)?;
        invitations.push(Invitation { label, secret });
    }
    Ok((invitations, Pair { lead: lead.id.clone(), rep: rep.id.clone(), lead_login }))
}

/// A talk of five days ago that was answered, what was agreed in it, and a course.
pub(super) fn fill(tx: &mut PrivateTx<'_>, pair: &Pair, now: Timestamp) -> Result<()> {
    let now_us = now.as_microsecond();
    let today = now.in_tz(TZ).map_err(Error::broken)?.date();
    let then = now_us - 5 * DAY_US;
    let section = |title: &str, fill| Section { title: title.into(), fill, left: false };
    let template = TemplateRow {
        id: "first".into(),
        version: 1,
        title: "Weekly talk".into(),
        sections: vec![
            section("Last time's actions", SectionSource::LastActions),
            section("What goes well", SectionSource::Well),
            section("What to work on", SectionSource::WorkOn),
            section("What we agree", SectionSource::Actions),
        ],
        locked: false,
        by_whom: pair.lead_login.clone(),
    };
    templates::add(tx, &template, then)?;
    coaches::begin(tx, &pair.rep, &pair.lead, then)?;
    let session = SessionRow {
        id: random::id('c').map_err(Error::broken)?,
        person: pair.rep.clone(),
        coach: pair.lead.clone(),
        template: template.id,
        version: template.version,
        title: template.title,
        sections: template.sections,
        locked: false,
        period_start: today.first_of_month().to_string(),
        period_end: today.to_string(),
        snapshot: Snapshot { at: then, lines: Vec::new() },
        state: State::Answered,
        agreed: Some(true),
        drafted: then,
        saved: then,
        sent: Some(then),
        read_at: Some(then + DAY_US / 8),
        answered: Some(then + DAY_US / 6),
        closed: None,
        reminded: None,
        delete_after: today.saturating_add(2.years()).to_string(),
    };
    sessions::put(tx, &session)?;
    let line = |seq: i64, section: i64, kind: ItemKind, body: &str| Item {
        seq,
        section,
        kind,
        body: body.into(),
        due: None,
        who: None,
        done: None,
        carried: false,
    };
    let notes = [
        line(1_001, 1, ItemKind::Note, "Your calls are prepared, and people notice."),
        line(1_002, 2, ItemKind::Note, "Meetings that end without a date for the demo get lost."),
        line(2_001, 2, ItemKind::Answer, "I ask for the date while we are still talking."),
        Item {
            due: Some(next_working_day(today).to_string()),
            who: Some(pair.rep.clone()),
            ..line(3_001, 3, ItemKind::Action, "Go through ten open meetings and propose a date for a demo")
        },
    ];
    notes.iter().try_for_each(|note| sessions::put_item(tx, &session.id, note))?;
    let course = CourseRow {
        id: random::id('o').map_err(Error::broken)?,
        title: "From meeting to demo".into(),
        axis: "demos".into(),
        url: None,
        minutes: Some(45),
    };
    training::put_course(tx, &course)?;
    training::assign(
        tx,
        &TrainingRow {
            person: pair.rep.clone(),
            course: course.id,
            assigned: then,
            by_whom: pair.lead.clone(),
            due: Some(today.saturating_add(9.days()).to_string()),
            done: None,
        },
    )
    .map(drop)
}

/// The second day from now that is no weekend.
fn next_working_day(today: Date) -> Date {
    let days = (2..).map(|days: i64| today.saturating_add(days.days()));
    days.take(4).find(|day| day.weekday().to_monday_zero_offset() < 5).unwrap_or(today)
}
