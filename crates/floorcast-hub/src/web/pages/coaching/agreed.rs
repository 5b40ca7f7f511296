//! What somebody agreed with their coach, for their own day.

use jiff::ToSpan as _;

use super::is_overdue;
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
    pub overdue: bool,
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
    let today = tz.to_datetime(clock::now()).date();
    let (w, of) = (visitor.words, visitor.words.of_coaching());
    let since = clock::now().checked_sub((24 * DAYS_DONE).hours()).map_or(0, |at| at.as_microsecond());
    let mut found: Vec<(String, Agreed)> = Vec::new();
    for (session, item) in all {
        let mine = item.kind == ItemKind::Action && item.who.as_deref() == Some(own.as_str()) && !item.carried;
        if !mine || item.done.is_some_and(|at| at < since) {
            continue;
        }
        let overdue = is_overdue(&item, today);
        let due = item.due.as_deref().and_then(|day| day.parse().ok());
        let when = match (item.done.and_then(|at| day_of(at, &tz)), due) {
            (Some(day), _) => format!("✓ {}", fill(of.done_on, &[("day", &w.short_day(day))])),
            (None, Some(day)) if overdue => format!("▼ {}", fill(of.overdue, &[("day", &w.short_day(day))])),
            (None, Some(day)) => fill(of.due, &[("day", &w.short_day(day))]),
            (None, None) => String::new(),
        };
        let tick = if item.done.is_some() { of.untick } else { of.tick };
        let tick = fill(tick, &[("what", &item.body)]);
        let order = format!("{}{}", u8::from(item.done.is_some()), item.due.unwrap_or_else(|| "9".into()));
        let done = item.done.is_some();
        found.push((order, Agreed { session, seq: item.seq, body: item.body, tick, done, when, overdue }));
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(found.into_iter().map(|(_, agreed)| agreed).collect())
}

/// Sessions that were sent to the visitor and answers that they got, none of them opened: an address each and what it is.
///
/// # Errors
/// The stores'.
pub async fn waiting(app: &App, visitor: &Visitor) -> Result<Vec<(String, String)>, Problem> {
    let Some(me) = visitor.person().map(str::to_owned) else { return Ok(Vec::new()) };
    let found = app.read_private(move |tx| sessions::waiting(tx, &me)).await?;
    let of = visitor.words.of_coaching();
    app.read(move |tx| {
        let line = |of_found: sessions::Waiting| {
            let text = match of_found.answer {
                None => of.new_from,
                Some(true) => of.agreed_from,
                Some(false) => of.talk_from,
            };
            let name = super::name_of(tx, &of_found.from)?;
            Ok((format!("/coaching/{}", of_found.session), fill(text, &[("name", &name)])))
        };
        found.into_iter().map(line).collect()
    })
    .await
}
