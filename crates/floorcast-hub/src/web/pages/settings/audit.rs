//! What was done, as sentences: who did what, and to what by the name that it has today.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::access::Viewer;
use crate::store::audit::{self, AuditAction, AuditQuery, AuditRow, ERASED};
use crate::store::{Result, Tx, boards, contests, facts, metrics, people, runs, screens, teams, tokens};
use crate::web::pages::accounts::who;
use crate::web::pages::recognition;
use crate::web::words::{Words, audit as words, fill};

/// Rows on the page.
const MAX_ROWS: i64 = 100;

pub struct Line {
    pub day: String,
    pub text: String,
}

/// What was done, and of which day and whom it is asked.
#[derive(Default)]
pub struct Panel {
    pub lines: Vec<Line>,
    pub day: String,
    /// By the name in the store: the name that people know, and whether it is chosen.
    pub doers: Vec<(String, String, bool)>,
    /// The day that is asked for is none.
    pub wrong: Option<String>,
    /// There are older rows.
    pub more: bool,
}

/// The newest first.
///
/// # Errors
/// The store's.
pub fn panel(tx: &mut Tx<'_>, w: &'static Words, tz: &TimeZone, (day, by): (&str, &str)) -> Result<Panel> {
    let of = w.of_settings();
    let mut wrong = None;
    let span = match day {
        "" => None,
        text => {
            let day: Option<Date> = text.parse().ok();
            let start = |day: Date| day.to_zoned(tz.clone()).ok().map(|at| at.timestamp().as_microsecond());
            let span = day.and_then(|day| Some((start(day)?, start(day.tomorrow().ok()?)?)));
            if span.is_none() {
                wrong = Some(fill(of.bad_day, &[("day", text)]));
            }
            span
        }
    };
    let query = AuditQuery {
        from: span.map(|(from, _)| from),
        to: span.map(|(_, to)| to),
        who: Some(by.to_owned()).filter(|by| !by.is_empty()),
    };
    let mut rows = if wrong.is_none() { audit::find(tx, &query, MAX_ROWS + 1)? } else { Vec::new() };
    let more = rows.len() > MAX_ROWS as usize;
    rows.truncate(MAX_ROWS as usize);
    let lines = rows.iter().map(|row| line(tx, w, tz, row)).collect::<Result<_>>()?;
    let mut doers = Vec::new();
    for id in audit::doers(tx)? {
        doers.push((id.clone(), who(tx, w, &id)?.trim_end_matches([',', '、']).to_owned(), id == by));
    }
    Ok(Panel { lines, day: day.to_owned(), doers, wrong, more })
}

fn line(tx: &mut Tx<'_>, w: &'static Words, tz: &TimeZone, row: &AuditRow) -> Result<Line> {
    let of = w.of_audit();
    let at = Timestamp::from_microsecond(row.at).map(|at| tz.to_datetime(at)).unwrap_or_default();
    let who = who(tx, w, &row.who)?;
    let text = match AuditAction::of(&row.what) {
        Some(action) => {
            let what = what(tx, w, tz, action, row.subject.as_deref().unwrap_or_default())?;
            fill(of.sentence(action), &[("who", &who), ("what", &what)])
        }
        None => fill(of.unknown, &[("who", &who), ("what", &row.what)]),
    };
    let text = match row.n {
        Some(n) => fill(of.with_count, &[("line", &text), ("n", &w.count(n))]),
        None => text,
    };
    let day = w.day_and_time(at);
    let day = row.address.as_ref().map_or_else(|| day.clone(), |address| format!("{day} · {address}"));
    Ok(Line { day, text })
}

/// The name of what it was done to. What is known by its name in the audit itself is given as it stands there.
fn what(tx: &mut Tx<'_>, w: &'static Words, tz: &TimeZone, of: AuditAction, subject: &str) -> Result<String> {
    use AuditAction as Of;
    let words: &words::Words = w.of_audit();
    let gone = || words.gone.to_owned();
    let day = |text: &str| text.parse::<Date>().ok();
    if subject == ERASED {
        return Ok(words.somebody_gone.to_owned());
    }
    Ok(match of {
        Of::FactRevoke | Of::FactRestore => fact(tx, w, tz, subject)?.unwrap_or_else(gone),
        Of::PersonAdd
        | Of::PersonChange
        | Of::PersonLeave
        | Of::PersonReturn
        | Of::PersonExport
        | Of::PeopleMerge
        | Of::PlanEnd
        | Of::PlanStart => people::seen(tx, &Viewer::Publisher, subject)?
            .map_or_else(|| words.somebody_gone.to_owned(), |person| person.name),
        Of::TeamAdd | Of::TeamChange => teams::get(tx, subject)?.map_or_else(gone, |team| team.name),
        Of::MetricAdd | Of::MetricChange => metrics::get(tx, subject)?.map_or_else(gone, |metric| metric.label),
        Of::ContestAdd
        | Of::ContestChange
        | Of::ContestStart
        | Of::ContestDraft
        | Of::ContestCancel
        | Of::ContestReopen
        | Of::ContestConfirm => contests::get(tx, subject)?.map_or_else(gone, |contest| contest.title),
        Of::TokenAdd => {
            let known = tokens::list(tx)?.into_iter().find(|token| token.id == subject);
            known.map_or_else(|| subject.to_owned(), |token| token.label)
        }
        Of::ScreenPair | Of::ScreenChange | Of::ScreenTell => {
            screens::get(tx, subject)?.map_or_else(gone, |screen| screen.name)
        }
        Of::WallPlaylist | Of::WallPlaylistUndo | Of::WallPlaylistReset => match screens::get(tx, subject)? {
            Some(screen) => screen.name,
            None => match boards::get(tx, subject)? {
                Some(board) if !board.title.is_empty() => board.title,
                Some(_) => w.of_wall().all_screens.to_owned(),
                None => gone(),
            },
        },
        Of::RuleOn | Of::RuleOff => recognition::label(w.of_recognition(), subject).to_owned(),
        Of::GoalSpread | Of::GoalUndo => day(subject).map_or_else(|| subject.to_owned(), |day| w.month_and_year(day)),
        Of::DaySet | Of::DayRemove => day(subject).map_or_else(|| subject.to_owned(), |day| w.day_and_year(day)),
        Of::ImportUndo => match runs::get(tx, subject)? {
            Some(run) => {
                let at = Timestamp::from_microsecond(run.at).map(|at| tz.to_datetime(at)).unwrap_or_default();
                w.day_and_time(at)
            }
            None => gone(),
        },
        _ => subject.to_owned(),
    })
}

/// `500 New calls, Ana Alves, Mon 30 Nov 04:49`: by source, metric and id.
fn fact(tx: &mut Tx<'_>, w: &Words, tz: &TimeZone, subject: &str) -> Result<Option<String>> {
    let mut parts = subject.splitn(3, '/');
    let (Some(source), Some(metric), Some(key)) = (parts.next(), parts.next(), parts.next()) else { return Ok(None) };
    let Some(fact) = facts::get(tx, source, key, metric)? else { return Ok(None) };
    let of = metrics::get(tx, metric)?;
    let unit = 10_i64.pow(of.as_ref().map_or(0, |of| of.decimals.clamp(0, 9)) as u32);
    let label = of.map_or_else(|| metric.to_owned(), |of| of.label);
    let person = match &fact.person {
        Some(id) => people::seen(tx, &Viewer::Publisher, id)?.map(|person| person.name),
        None => None,
    };
    let at = Timestamp::from_microsecond(fact.at).map(|at| w.day_and_time(tz.to_datetime(at))).ok();
    let all = [Some(format!("{} {label}", w.count(fact.amount / unit))), person, at];
    Ok(Some(all.into_iter().flatten().collect::<Vec<_>>().join(if w.lang == "ja" { "、" } else { ", " })))
}
