//! What is to go out at an instant. Each thing has an id by which it is made once, whichever node makes it.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use super::hooks::{self, JOB, Told};
use super::{KNOWN, Outbox};
use crate::access::Role;
use crate::ops::outgoing::MailTimes;
use crate::random;
use crate::store::mail_choices;
use crate::store::private::sessions;
use crate::store::{Error, Result, Tx, current, figures, floor, logins, outbox, words};
use crate::web::pages::mails::{About, Addressed};

/// A hub that was off at the time sends the weekly mail so much later, and no later.
const LATE_WEEKLY: SignedDuration = SignedDuration::from_hours(24);
const LATE_BEHIND: SignedDuration = SignedDuration::from_hours(2);

/// Working days after which somebody is reminded.
const UNREAD_DAYS: i32 = 2;

/// What was sent to somebody longer ago makes no mail: this hub had no mail server then.
const COACHING_NEWS: SignedDuration = SignedDuration::from_hours(24);

impl Outbox {
    /// Makes a row for everything that is to go out now.
    ///
    /// # Errors
    /// The store's.
    pub(super) fn plan(&self, now: Timestamp) -> Result<()> {
        if let Some((_, times)) = &self.mail {
            let tz = self.store.read(|tx| figures::zone(&floor::get(tx)?))?;
            self.weekly(times, &tz, now)?;
            self.behind(times, &tz, now)?;
            self.coaching(&tz, now)?;
        }
        for name in self.hooks.names() {
            self.recognition(name, now)?;
        }
        Ok(())
    }

    /// Plans a round that everybody is part of, once.
    fn once(&self, id: &str, now: Timestamp, work: impl FnOnce(&mut Tx<'_>) -> Result<()>) -> Result<()> {
        if self.store.read(|tx| outbox::is_known(tx, id))? {
            return Ok(());
        }
        self.store.write(|tx| if outbox::plan(tx, id, now.as_microsecond())? { work(tx) } else { Ok(()) })
    }

    fn weekly(&self, times: &MailTimes, tz: &TimeZone, now: Timestamp) -> Result<()> {
        let due = last_weekly(times.weekday, times.weekly, tz, now);
        let Some((day, _)) = due.filter(|(_, at)| now.duration_since(*at) <= LATE_WEEKLY) else { return Ok(()) };
        self.once(&format!("plan.week.{day}"), now, |tx| {
            // The seven days before the mail.
            let first = day.saturating_sub(7.days()).to_string();
            outbox::prune(tx, now.as_microsecond() - KNOWN.as_micros() as i64)?;
            for login in logins::in_use(tx)? {
                if login.person.is_some() {
                    mail(tx, About::Week, &login.id, &first, now)?;
                }
                if login.role > Role::Rep {
                    mail(tx, About::Teams, &login.id, &first, now)?;
                }
            }
            Ok(())
        })
    }

    fn behind(&self, times: &MailTimes, tz: &TimeZone, now: Timestamp) -> Result<()> {
        let day = tz.to_datetime(now).date();
        let due = day.to_datetime(times.behind).to_zoned(tz.clone()).map_err(Error::broken)?.timestamp();
        if now < due || now.duration_since(due) > LATE_BEHIND {
            return Ok(());
        }
        self.once(&format!("plan.behind.{day}"), now, |tx| {
            if current::load(tx, now)?.floor.calendar.work(day, None) <= 0.0 {
                return Ok(());
            }
            for login in logins::in_use(tx)? {
                let asked = mail_choices::get(tx, &login.id)?.is_some_and(|choice| choice.behind);
                if login.role > Role::Rep && asked {
                    mail(tx, About::Behind, &login.id, &day.to_string(), now)?;
                }
            }
            Ok(())
        })
    }

    /// A mail for each session that was sent, and one more where it is not read after two working days.
    fn coaching(&self, tz: &TimeZone, now: Timestamp) -> Result<()> {
        let at = now.as_microsecond();
        let waiting = self.private.read(|tx| sessions::unread_since(tx, at - COACHING_NEWS.as_micros() as i64))?;
        let today = tz.to_datetime(now).date();
        for (session, person) in waiting {
            self.to_person(About::Coaching, (&session, &person), today, now)?;
        }
        let before = at - SignedDuration::from_hours(24 * i64::from(UNREAD_DAYS)).as_micros() as i64;
        for (session, person, sent) in self.private.read(|tx| sessions::unread(tx, before))? {
            let sent = tz.to_datetime(Timestamp::from_microsecond(sent).map_err(Error::broken)?).date();
            if self.store.read(|tx| working_days(tx, &person, sent, today, now))? >= f64::from(UNREAD_DAYS) {
                self.to_person(About::CoachingAgain, (&session, &person), today, now)?;
                self.private.write(|tx| sessions::set_reminded(tx, &session, at))?;
            }
        }
        Ok(())
    }

    fn to_person(&self, about: About, (session, person): (&str, &str), day: Date, now: Timestamp) -> Result<()> {
        // The floor does not learn which session it is.
        let id = format!("{}.{}", about.job(), &random::hash(session)[..24]);
        self.once(&format!("plan.{id}"), now, |tx| {
            for login in logins::in_use(tx)?.into_iter().filter(|login| login.person.as_deref() == Some(person)) {
                mail_choices::of_login(tx, &login.id)?;
                let of = Addressed { login: login.id, day: day.to_string() };
                outbox::put(tx, &id, about.job(), &json(&of)?, now.as_microsecond())?;
            }
            Ok(())
        })
    }

    fn recognition(&self, hook: &str, now: Timestamp) -> Result<()> {
        let since = now.as_microsecond() - hooks::NEWS.as_micros() as i64;
        let news = self.store.read(|tx| {
            let mut news = Vec::new();
            for row in words::recognitions(tx)? {
                let made = format!("{JOB}{hook}.{}", row.id);
                let told = outbox::is_known(tx, &made)?;
                if !told && row.withdrawn.is_none() && row.at >= since {
                    news.push((made, Told { recognition: row.id, withdrawn: false }));
                } else if told && row.withdrawn.is_some_and(|at| at >= since) {
                    let id = format!("{made}.withdrawn");
                    if !outbox::is_known(tx, &id)? {
                        news.push((id, Told { recognition: row.id, withdrawn: true }));
                    }
                }
            }
            Ok(news)
        })?;
        if news.is_empty() {
            return Ok(());
        }
        self.store.write(|tx| {
            for (id, told) in &news {
                outbox::put(tx, id, &format!("{JOB}{hook}"), &json(told)?, now.as_microsecond())?;
            }
            Ok(())
        })
    }
}

/// Makes a mail of somebody's, with the choice that turns it off.
fn mail(tx: &mut Tx<'_>, about: About, login: &str, day: &str, now: Timestamp) -> Result<()> {
    mail_choices::of_login(tx, login)?;
    let of = Addressed { login: login.to_owned(), day: day.to_owned() };
    let id = format!("{}.{day}.{login}", about.job());
    outbox::put(tx, &id, about.job(), &json(&of)?, now.as_microsecond()).map(|_| ())
}

fn json(of: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(of).map_err(Error::broken)
}

/// The last time that the weekly mail was due: its day and instant.
fn last_weekly(weekday: Weekday, time: Time, tz: &TimeZone, now: Timestamp) -> Option<(Date, Timestamp)> {
    let today = tz.to_datetime(now).date();
    let back = today.weekday().since(weekday);
    [back, back + 7].into_iter().find_map(|days| {
        let day = today.saturating_sub(i64::from(days).days());
        let at = day.to_datetime(time).to_zoned(tz.clone()).ok()?.timestamp();
        (at <= now).then_some((day, at))
    })
}

/// Working days of somebody after one day, until another, which counts.
fn working_days(tx: &mut Tx<'_>, person: &str, after: Date, until: Date, now: Timestamp) -> Result<f64> {
    let loaded = current::load(tx, now)?;
    let days = after.saturating_add(1.day()).series(1.day()).take_while(|day| *day <= until);
    let team = |day| loaded.person_id(person).and_then(|id| loaded.floor.person(id).team_on(day));
    Ok(days.map(|day| loaded.floor.calendar.work(day, team(day))).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weekly_mail_is_due_on_the_floors_clock() {
        let tz = TimeZone::get("Asia/Tokyo").unwrap();
        let last = |now: &str| {
            let time = Time::constant(7, 0, 0, 0);
            last_weekly(Weekday::Monday, time, &tz, now.parse().unwrap())
                .map(|(day, at)| (day.to_string(), at.to_string()))
        };
        // Seven in the morning in Tokyo is ten in the evening of Sunday in London.
        let due = |day: &str, at: &str| Some((day.to_owned(), at.to_owned()));
        assert_eq!(last("2026-11-29T21:59:59Z"), due("2026-11-23", "2026-11-22T22:00:00Z"));
        assert_eq!(last("2026-11-29T22:00:00Z"), due("2026-11-30", "2026-11-29T22:00:00Z"));
        assert_eq!(last("2026-12-06T10:00:00Z"), due("2026-11-30", "2026-11-29T22:00:00Z"));
    }
}
