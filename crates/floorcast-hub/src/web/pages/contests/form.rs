//! `/contests/new`, `/contests/{id}/edit`: one page without steps. What is typed is kept as a draft that its maker and the
//! administrators see, with the slide and a rehearsal beside it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use jiff::{Timestamp, ToSpan as _};
use salesfloor::facts::{ContestFormat, Scope};

use super::entry::{self, PRIZES, decimals, instant};
use super::formats::{Format, formats, tie};
use super::lead::{self, Rehearsal, rehearsal};
use super::result::numbers;
use super::steps::{announce, is_late};
use super::{audience, contest, decides, login, missing};
use crate::access::{Audience, Viewer};
use crate::store::audit::AuditAction;
use crate::store::contests::{self, ContestRow};
use crate::store::metrics::MetricRow;
use crate::store::results::{self, ResultRow};
use crate::store::{Error, Result as Stored, Tx, figures, floor, metrics, people, teams};
use crate::web::pages::accounts::note;
use crate::web::pages::amounts::major;
use crate::web::pages::answer;
use crate::web::pages::shell::{Place, Shell, Toast};
use crate::web::problem::Problem;
use crate::web::session::{Form, Posted, Visitor};
use crate::web::state::App;
use crate::web::words::{Words, contests as words, fill};
use crate::{clock, random};

#[derive(Template)]
#[template(path = "contests/form.html")]
struct Page {
    shell: Shell,
    w: &'static words::Words,
    error: Option<String>,
    id: String,
    formats: Vec<Format>,
    title: String,
    of_teams: bool,
    people: Vec<(String, String, bool)>,
    teams: Vec<(String, String, bool)>,
    sides: [String; 2],
    metrics: Vec<(String, String, String)>,
    starts: String,
    ends: String,
    goal: String,
    prizes: Vec<(i64, String, String)>,
    tie: &'static str,
    start_button: String,
    picture: Option<(String, String)>,
    rehearsal: Option<Rehearsed>,
    saved: bool,
    /// Everybody knows of it already: it stays so, or becomes a draft again.
    announced: bool,
}

struct Rehearsed {
    title: String,
    rows: Vec<(u32, String, String)>,
    text: String,
    warnings: Vec<String>,
}

pub async fn new(State(app): State<App>, visitor: Visitor) -> Result<Response, Problem> {
    let now = clock::now();
    let page = app
        .read(move |tx| {
            let row = proposed(tx, now)?;
            let audience =
                if Audience::Managers.includes(&visitor.viewer) { maker(&visitor) } else { Audience::Managers };
            let mut page = page(tx, &visitor, &row, &audience, now)?;
            // What is proposed is rehearsed at once.
            if !row.metrics.is_empty() {
                let (loaded, contest) = contest(tx, &row, now)?;
                let rehearsal = rehearsal(&loaded, &contest, now);
                page.rehearsal = Some(rehearsed(visitor.words, &loaded, &contest, &rehearsal, now));
            }
            Ok(page)
        })
        .await?;
    answer::page(&page)
}

/// A new contest is its maker's until it starts.
fn maker(visitor: &Visitor) -> Audience {
    Audience::Creator { login: login(visitor).to_owned() }
}

/// The next whole week, in the first leading figure.
fn proposed(tx: &mut Tx<'_>, now: Timestamp) -> Stored<ContestRow> {
    let tz = figures::zone(&floor::get(tx)?)?;
    let today = tz.to_datetime(now).date();
    let to_monday = 7 - i64::from(today.weekday().to_monday_zero_offset());
    let at = |days: i64, hour: i8| instant(today.saturating_add(days.days()).at(hour, 0, 0, 0), &tz);
    let known = metrics::list(tx)?;
    let first = known.iter().find(|of| of.kind == "leading").or(known.first());
    Ok(ContestRow {
        format: "most".into(),
        of_whom: "people".into(),
        // Facts of many systems have a day and no time: they count from midnight on.
        starts: at(to_monday, 0)?,
        ends: Some(at(to_monday + 4, 17)?),
        stage: "draft".into(),
        metrics: first.map(|of| (of.id.clone(), 1)).into_iter().collect(),
        ..ContestRow::default()
    })
}

pub async fn edit(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, Problem> {
    let now = clock::now();
    let page = app
        .read(move |tx| {
            let (row, result) = editable(tx, &visitor, &id, now)?;
            let mut page = page(tx, &visitor, &row, &audience(&row, &result), now)?;
            page.saved = true;
            if !page.announced {
                page.shell.toast = Some(Toast { text: page.w.saved.to_owned(), undo: None });
            }
            let (loaded, contest) = contest(tx, &row, now)?;
            page.picture =
                Some((format!("/contests/{id}/slide.png"), fill(page.w.slide_alt, &[("title", &row.title)])));
            let rehearsal = rehearsal(&loaded, &contest, now);
            page.rehearsal = Some(rehearsed(visitor.words, &loaded, &contest, &rehearsal, now));
            Ok(page)
        })
        .await?;
    answer::page(&page)
}

/// A contest that the visitor may still change: one of theirs that has not begun.
fn editable(tx: &mut Tx<'_>, visitor: &Visitor, id: &str, now: Timestamp) -> Stored<(ContestRow, ResultRow)> {
    let (row, result) = super::seen(tx, visitor, id)?;
    let begun = row.stage == "open" && row.starts <= now.as_microsecond();
    if !decides(visitor, &result) || begun || matches!(row.stage.as_str(), "final" | "cancelled") {
        return Err(missing());
    }
    Ok((row, result))
}

fn rehearsed(
    w: &Words,
    loaded: &crate::store::figures::Loaded,
    contest: &salesfloor::facts::Contest,
    of: &Rehearsal,
    now: Timestamp,
) -> Rehearsed {
    let words = w.of_contests();
    let values: Vec<f64> = of.rows.iter().map(|row| row.value.as_f64()).collect();
    let numbers = numbers(loaded, contest, &values, w.lang);
    let name = |who: Scope| match who {
        Scope::Company => String::new(),
        Scope::Team(team) => loaded.floor.team(team).name.clone(),
        Scope::Person(person) => loaded.floor.person(person).name.clone(),
    };
    let prizes = contest.prizes.iter().map(|prize| prize.place).max().unwrap_or(1).max(2);
    let shown = of.rows.iter().filter_map(|row| Some((row.place.filter(|place| *place <= prizes)?, row)));
    let [n, all, changes, tied] = [of.took_part, of.all, of.changes, of.tied].map(|n| w.count(n));
    let cup = contest.format == ContestFormat::Bracket;
    let took = if cup { words.rehearsal_cup } else { words.rehearsal_took };
    let took = fill(took, &[("n", &n), ("all", &all), ("changes", &changes)]);
    let tie = match of.tied {
        _ if cup => String::new(),
        0 => words.rehearsal_no_tie.to_owned(),
        _ => fill(words.rehearsal_tie, &[("n", &tied)]),
    };
    let gap = if w.lang == "ja" { "" } else { " " };
    let mut warnings = Vec::new();
    if contest.prizes.len() > of.all {
        warnings.push(fill(words.more_prizes, &[("n", &contest.prizes.len().to_string()), ("all", &all)]));
    }
    if let Some(time) = lead::only_time(loaded, contest, now)
        && time < loaded.ledger.tz().to_datetime(contest.start).time()
    {
        let day = w.short_day(loaded.ledger.day(contest.start));
        let time = time.strftime("%H:%M").to_string();
        warnings.push(fill(words.dates_only, &[("time", &time), ("day", &day)]));
    }
    Rehearsed {
        title: fill(words.rehearsal, &[("from", &w.short_day(of.first)), ("to", &w.short_day(of.last))]),
        rows: shown.take(5).map(|(place, row)| (place, name(row.who), numbers.spoken(row.value.as_f64()))).collect(),
        text: if of.took_part == 0 { words.rehearsal_none.to_owned() } else { format!("{took}{gap}{tie}") },
        warnings,
    }
}

fn page(tx: &mut Tx<'_>, visitor: &Visitor, row: &ContestRow, audience: &Audience, now: Timestamp) -> Stored<Page> {
    let (w, of) = (visitor.words, visitor.words.of_contests());
    let title = if row.title.is_empty() { of.new } else { row.title.as_str() };
    let shell = Shell::open(tx, visitor, audience, (Place::Contests, title), now)?;
    let tz = figures::zone(&floor::get(tx)?)?;
    let local = |at: i64| {
        let at = Timestamp::from_microsecond(at).unwrap_or(now);
        tz.to_datetime(at).strftime("%Y-%m-%dT%H:%M").to_string()
    };
    let chosen = |id: &String| row.entries.contains(id);
    let known: Vec<MetricRow> = metrics::list(tx)?.into_iter().filter(|of| of.agg != "ratio").collect();
    let points = |id: &str| row.metrics.iter().find(|(of, _)| of == id).map_or(0, |(_, points)| *points);
    let people =
        people::list(tx, &Viewer::Publisher)?.into_iter().filter(|of| of.shown != "hidden" && of.ended.is_none());
    let start = Timestamp::from_microsecond(row.starts).unwrap_or(now);
    let starts = tz.to_datetime(start);
    let when = w.day_and_time(starts);
    let side = |at: usize| row.entries.get(at).cloned().unwrap_or_default();
    Ok(Page {
        error: None,
        id: row.id.clone(),
        formats: formats(of, &row.format),
        title: row.title.clone(),
        of_teams: row.of_whom == "teams",
        people: people.map(|of| (chosen(&of.id), of)).map(|(on, of)| (of.id, of.name, on)).collect(),
        teams: teams::list(tx)?
            .into_iter()
            .map(|of| (chosen(&of.id), of))
            .map(|(on, of)| (of.id, of.name, on))
            .collect(),
        sides: [side(0), side(1)],
        goal: row.goal.map(|goal| major(goal, decimals(&known, row))).unwrap_or_default(),
        metrics: known.iter().map(|of| (of.id.clone(), of.label.clone(), points(&of.id).to_string())).collect(),
        starts: local(row.starts),
        ends: row.ends.map(local).unwrap_or_default(),
        prizes: (1..=PRIZES)
            .map(|place| {
                let label = row.prizes.iter().find(|(of, _)| *of == place).map(|(_, label)| label.clone());
                (place, fill(of.prize, &[("n", &place.to_string())]), label.unwrap_or_default())
            })
            .collect(),
        tie: tie(of, &row.format),
        start_button: match row.stage.as_str() {
            "open" => of.save_announced.to_owned(),
            _ => fill(of.start, &[("when", &when)]),
        },
        announced: row.stage == "open",
        picture: None,
        rehearsal: None,
        saved: false,
        shell,
        w: of,
    })
}

pub async fn save(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let now = clock::now();
    if !Audience::Managers.includes(&posted.visitor.viewer) {
        return Err(missing().into());
    }
    let made = app
        .write(move |tx| {
            let Posted { visitor, form } = &posted;
            let id = form.text("id").to_owned();
            let (before, audience) = match id.as_str() {
                "" => (ContestRow { stage: "draft".into(), ..ContestRow::default() }, maker(visitor)),
                id => {
                    let (row, result) = editable(tx, visitor, id, now)?;
                    let audience = audience(&row, &result);
                    (row, audience)
                }
            };
            let mut row = match entry::read(tx, visitor, form, before.clone())? {
                Ok(row) => row,
                Err(why) => {
                    let mut page = page(tx, visitor, &before, &audience, now)?;
                    retyped(&mut page, form);
                    page.error = Some(why);
                    return Ok(Err(Box::new(page)));
                }
            };
            if row.id.is_empty() {
                row.id = random::id('k').map_err(Error::broken)?;
            }
            let (start, late) = (form.text("do") == "start", is_late(&row, now));
            if start && late && before.stage == "open" {
                let mut page = page(tx, visitor, &before, &audience, now)?;
                retyped(&mut page, form);
                page.error = Some(page.w.bad_past.to_owned());
                return Ok(Err(Box::new(page)));
            }
            if start && !late {
                announce(tx, visitor, &mut row, now)?;
                return Ok(Ok(format!("/contests/{}?started=1", row.id)));
            }
            row.stage = "draft".to_owned();
            contests::put(tx, &row)?;
            if before.stage == "open" {
                note(tx, visitor, AuditAction::ContestDraft, &row.id)?;
            }
            results::set_maker(tx, &row.id, login(visitor))?;
            // It has to be one that figures can be made of.
            contest(tx, &row, now)?;
            floor::changed(tx)?;
            // A beginning that is over is asked about on the page of the draft.
            Ok(Ok(format!("/contests/{}{}", row.id, if start { "" } else { "/edit" })))
        })
        .await?;
    app.publisher.wake();
    match made {
        Ok(address) => Ok(answer::see(&address)),
        Err(page) => Ok((StatusCode::UNPROCESSABLE_ENTITY, answer::page(&*page)?).into_response()),
    }
}

/// The page again with what was typed.
fn retyped(page: &mut Page, form: &Form) {
    page.title = form.text("title").to_owned();
    page.goal = form.text("goal").to_owned();
    (page.starts, page.ends) = (form.text("starts").to_owned(), form.text("ends").to_owned());
    page.of_teams = form.text("of") == "teams";
    for format in &mut page.formats {
        format.chosen = format.name == form.text("format");
    }
    for (id, _, points) in &mut page.metrics {
        *points = form.text(&format!("points-{id}")).to_owned();
    }
    for (place, _, label) in &mut page.prizes {
        *label = form.text(&format!("prize-{place}")).to_owned();
    }
    for (id, _, on) in &mut page.people {
        *on = form.all("person").any(|of| of == id);
    }
    for (id, _, on) in &mut page.teams {
        *on = form.all("team").any(|of| of == id);
    }
}
