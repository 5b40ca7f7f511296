//! Mails: the figures of the pages, in the words of whoever gets them, as plain text and as HTML.
//!
//! A mail is written when it goes out: who has left by then, or wants no more of them, gets none.

mod behind;
pub mod coaching;
mod letter;
#[cfg(test)]
mod test;
mod week;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::store::logins::{self, LoginRow};
use crate::store::mail_choices::{self, MailKind};
use crate::store::{Error, Result, Tx, floor, people};
use crate::web::session::Visitor;
use crate::web::words::Words;

/// What a mail is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Somebody's own week.
    Week,
    /// The week of the teams of a manager.
    Teams,
    /// Who is behind today.
    Behind,
    Coaching,
    CoachingAgain,
}

impl About {
    const ALL: [(&'static str, About); 5] = [
        ("mail.week", About::Week),
        ("mail.teams", About::Teams),
        ("mail.behind", About::Behind),
        ("mail.coaching", About::Coaching),
        ("mail.coaching-again", About::CoachingAgain),
    ];

    /// The kind of job that sends it.
    pub fn job(self) -> &'static str {
        Self::ALL.iter().find(|(_, about)| *about == self).map_or("", |(name, _)| name)
    }

    pub fn of_job(kind: &str) -> Option<About> {
        Self::ALL.iter().find(|(known, _)| *known == kind).map(|(_, about)| *about)
    }

    /// By which somebody turns it off.
    pub fn choice(self) -> MailKind {
        match self {
            About::Week | About::Teams => MailKind::Weekly,
            About::Behind => MailKind::Behind,
            About::Coaching | About::CoachingAgain => MailKind::Coaching,
        }
    }
}

/// For whom a mail is, and of which day: the body of its job. It has no text of anybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addressed {
    pub login: String,
    /// First day of a week, or the day itself.
    pub day: String,
}

/// A mail as it goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    pub name: String,
    pub address: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// A request to this address turns such mails off.
    pub off: String,
}

/// Writes a mail; `None`: nobody wants it any more, or there is nothing to say.
///
/// # Errors
/// The store's.
pub fn write(tx: &mut Tx<'_>, about: About, of: &Addressed, here: &str, now: Timestamp) -> Result<Option<Mail>> {
    let Some(login) = logins::get(tx, &of.login)?.filter(|login| login.disabled.is_none()) else { return Ok(None) };
    let choice = mail_choices::get(tx, &login.id)?;
    let Some(choice) = choice.filter(|choice| choice.wants(about.choice())) else { return Ok(None) };
    let floor = floor::get(tx)?;
    let words = Words::of(choice.lang.as_deref().unwrap_or(&floor.locale));
    let visitor = Visitor::of(tx, login.clone(), words)?;
    let letter = match about {
        About::Week => week::own(tx, &visitor, &of.day, now)?,
        About::Teams => week::teams(tx, &visitor, &of.day, now)?,
        About::Behind => behind::today(tx, &visitor, now)?,
        About::Coaching => Some(coaching::new(words)),
        About::CoachingAgain => Some(coaching::again(words)),
    };
    let Some(letter) = letter else { return Ok(None) };
    let name = name_of(tx, &login)?;
    let off = format!("{here}/mail/off?key={}&kind={}", choice.off_key, about.choice().name());
    let frame = letter::Frame {
        words,
        name: &name,
        floor: if floor.name.is_empty() { "floorcast" } else { &floor.name },
        here,
        off: &off,
    };
    Ok(Some(Mail {
        text: letter.text(&frame),
        html: letter.html(&frame).map_err(Error::broken)?,
        subject: letter.subject,
        address: login.email,
        name,
        off,
    }))
}

/// How a mail addresses somebody; an account without a person is its address.
fn name_of(tx: &mut Tx<'_>, login: &LoginRow) -> Result<String> {
    let person = match &login.person {
        Some(id) => people::seen(tx, &crate::access::Viewer::Owner, id)?,
        None => None,
    };
    Ok(person.map_or_else(|| login.email.clone(), |person| person.name))
}
