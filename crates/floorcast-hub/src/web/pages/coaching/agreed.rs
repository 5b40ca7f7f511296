//! What somebody agreed with their coach, for their own day.

use jiff::ToSpan as _;

use super::list::day_of;
use crate::clock;
use crate::store::private::sessions::{self, ItemKind, State as Stage};
use crate::store::{figures, floor};
use crate::web::problem::Problem;
use crate::web::session::Visitor;
use crate::web::state::App;
use crate::web::words::fill;

/// What was done stays in sight for so many days.
const DAYS_DONE: i64 = 7;

pub struct Agreed {
    pub session: String,
    pub seq: i64,
    pub body: String,
    pub tick: String,
    pub done: bool,
    pub when: String,
}

/// Open and recently done actions of the visitor, the earliest due first.
///
/// # Errors
/// The store's.
pub async fn agreed(app: &App, visitor: &Visitor) -> Result<Vec<Agreed>, Problem> {
    let Some(me) = visitor.person().map(str::to_owned) else { return Ok(Vec::new()) };
    let own = me.clone();
    let all = app
        .read_private(move |tx| {
            let mut all = Vec::new();
            for session in sessions::list(tx, &me, None)? {
                if session.state != Stage::Draft {
                    all.extend(sessions::items(tx, &session)?.into_iter().map(|item| (session.id.clone(), item)));
                }
            }
            Ok(all)
        })
        .await?;
    let tz = app.read(|tx| figures::zone(&floor::get(tx)?)).await?;
    let (w, of) = (visitor.words, visitor.words.of_coaching());
    let since = clock::now().checked_sub((24 * DAYS_DONE).hours()).map_or(0, |at| at.as_microsecond());
    let mut found: Vec<(String, Agreed)> = Vec::new();
    for (session, item) in all {
        let mine = item.kind == ItemKind::Action && item.who.as_deref() == Some(own.as_str()) && !item.carried;
        if !mine || item.done.is_some_and(|at| at < since) {
            continue;
        }
        let due = item.due.as_deref().and_then(|day| day.parse().ok());
        let when = match (item.done.and_then(|at| day_of(at, &tz)), due) {
            (Some(day), _) => format!("✓ {}", fill(of.done_on, &[("day", &w.short_day(day))])),
            (None, Some(day)) => fill(of.due, &[("day", &w.short_day(day))]),
            (None, None) => String::new(),
        };
        let tick = if item.done.is_some() { of.untick } else { of.tick };
        let tick = fill(tick, &[("what", &item.body)]);
        let order = format!("{}{}", u8::from(item.done.is_some()), item.due.unwrap_or_else(|| "9".into()));
        found.push((order, Agreed { session, seq: item.seq, body: item.body, tick, done: item.done.is_some(), when }));
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(found.into_iter().map(|(_, agreed)| agreed).collect())
}
