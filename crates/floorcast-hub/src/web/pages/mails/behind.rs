//! Who of a manager's teams is behind today, as the page Floor now says.

use jiff::Timestamp;

use super::letter::{Block, Letter, Row};
use crate::access::Role;
use crate::store::{Result, Tx, figures, floor};
use crate::web::pages::team;
use crate::web::session::Visitor;
use crate::web::words::fill;

/// `None`: nobody is.
///
/// # Errors
/// The store's.
pub fn today(tx: &mut Tx<'_>, visitor: &Visitor, now: Timestamp) -> Result<Option<Letter>> {
    if visitor.login.role == Role::Rep {
        return Ok(None);
    }
    let w = visitor.words.of_mails();
    let Some(all) = team::floor(tx, visitor, "", now)? else { return Ok(None) };
    let behind: Vec<_> = all.groups.into_iter().filter(|group| group.behind).collect();
    let rows: Vec<Row> = behind
        .into_iter()
        .flat_map(|group| group.rows)
        .map(|row| Row { name: row.name, cells: vec![row.why] })
        .collect();
    if rows.is_empty() {
        return Ok(None);
    }
    let at = figures::zone(&floor::get(tx)?)?.to_datetime(now);
    let time = format!("{:02}:{:02}", at.hour(), at.minute());
    Ok(Some(Letter {
        subject: fill(w.behind_subject, &[("n", &visitor.words.count(rows.len()))]),
        lead: fill(w.behind_lead, &[("time", &time)]),
        blocks: vec![Block { title: visitor.words.long_day(at.date()), rows, ..Block::default() }],
        button: (w.open_team, "/team"),
    }))
}
