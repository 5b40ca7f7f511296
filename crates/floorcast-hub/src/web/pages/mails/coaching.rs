//! A mail that something stands on one's own page: it has no text, no name and no link to one session.

use super::letter::{Frame, Letter};
use crate::access::Viewer;
use crate::store::mail_choices::{self, MailKind};
use crate::store::{Result, Tx, floor, logins, people};
use crate::web::words::Words;

pub fn new(words: &Words) -> Letter {
    let w = words.of_mails();
    letter(words, w.coaching_subject, w.coaching_lead)
}

/// Subject and text of the mail that tells somebody of a session, as it would go out now; `None`: they get none. The address
/// that turns it off is theirs alone.
///
/// # Errors
/// The store's.
pub fn preview(tx: &mut Tx<'_>, person: &str, here: &str) -> Result<Option<(String, String)>> {
    let login = logins::list(tx)?.into_iter().find(|login| login.person.as_deref() == Some(person));
    let Some(login) = login.filter(|login| login.disabled.is_none()) else { return Ok(None) };
    let choice = mail_choices::get(tx, &login.id)?;
    let Some(choice) = choice.filter(|choice| choice.wants(MailKind::Coaching)) else { return Ok(None) };
    let floor = floor::get(tx)?;
    let words = Words::of(choice.lang.as_deref().unwrap_or(&floor.locale));
    let letter = new(words);
    let name = people::seen(tx, &Viewer::Owner, person)?.map_or(login.email, |person| person.name);
    let floor = if floor.name.is_empty() { "floorcast" } else { &floor.name };
    let text = letter.text(&Frame { words, name: &name, floor, here, off: "…" });
    Ok(Some((letter.subject, text)))
}

/// Two working days later.
pub fn again(words: &Words) -> Letter {
    let w = words.of_mails();
    letter(words, w.reminder_subject, w.reminder_lead)
}

fn letter(words: &Words, subject: &str, lead: &str) -> Letter {
    Letter {
        subject: subject.to_owned(),
        lead: lead.to_owned(),
        blocks: Vec::new(),
        button: (words.of_mails().open_coaching, "/coaching"),
    }
}
