//! A mail that something stands on one's own page: it has no text, no name and no link to one session.

use super::letter::Letter;
use crate::web::words::Words;

pub fn new(words: &Words) -> Letter {
    let w = words.of_mails();
    letter(words, w.coaching_subject, w.coaching_lead)
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
