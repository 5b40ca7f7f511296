//! `/contests/new`, `/contests/{id}/edit`: one page without steps. What is typed is kept as a draft that its maker and the
//! administrators see, with the slide and a rehearsal beside it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use salesfloor::facts::Scope;

use super::lead::{Rehearsal, rehearsal};
use super::{audience, contest, decides, login, missing};
use crate::access::{Audience, Viewer};
use crate::store::contests::{self, ContestRow};
use crate::store::metrics::MetricRow;
use crate::store::results::{self, ResultRow};
use crate::store::{Error, Result as Stored, Tx, figures, floor, metrics, people, teams};
use crate::web::pages::amounts::{major, minor};
use crate::web::pages::answer;
use crate::web::pages::numbers::Numbers;
use crate::web::pages::shell::{Place, Shell, Toast};
use crate::web::problem::Problem;
use crate::web::session::{Form, Posted, Visitor};
use crate::web::state::App;
use crate::web::words::{Words, contests as words, fill};
use crate::{clock, random};

/// Places that may have a prize.
const PRIZES: i64 = 3;

const MAX_POINTS: i64 = 1_000;

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
}

struct Format {
    name: &'static str,
    word: &'static str,
    hint: &'static str,
    picture: &'static str,
    chosen: bool,
}

struct Rehearsed {
    title: String,
    rows: Vec<(u32, String, String)>,
    text: String,
    warnings: Vec<String>,
}

fn formats(w: &words::Words, chosen: &str) -> Vec<Format> {
    let all = [
        (
            "most",
            w.most,
            w.most_hint,
            r#"<path class="a" d="M6 4h44l-2 8H4z"/><path class="b" d="M5 14h26l-2 7H3zM4 24h16l-2 7H2z"/>"#,
        ),
        (
            "first_to",
            w.first_to,
            w.first_to_hint,
            r#"<path class="a" d="M5 8h32l-2 8H3z"/><path class="b" d="M4 20h18l-2 8H2z"/><path class="l" d="M44 32V4l8 4-8 4"/>"#,
        ),
        (
            "threshold",
            w.threshold,
            w.threshold_hint,
            r#"<path class="a" d="M6 4h40l-2 8H4zM5 14h38l-2 7H3z"/><path class="b" d="M4 24h16l-2 7H2z"/><path class="l" d="M42 1l-6 32"/>"#,
        ),
        (
            "team_total",
            w.team_total,
            w.team_total_hint,
            r#"<path class="a" d="M6 6h12l-2 9H4zM21 6h12l-2 9H19zM36 6h12l-2 9H34z"/><path class="b" d="M5 20h12l-2 9H3zM20 20h12l-2 9H18z"/>"#,
        ),
        (
            "team_average",
            w.team_average,
            w.team_average_hint,
            r#"<circle class="b" cx="14" cy="8" r="4"/><circle class="b" cx="27" cy="8" r="4"/><circle class="b" cx="40" cy="8" r="4"/><path class="a" d="M8 20h40l-2 9H6z"/>"#,
        ),
        (
            "versus",
            w.versus,
            w.versus_hint,
            r#"<path class="a" d="M8 4h18l-4 26H4z"/><path class="b" d="M30 4h20l-4 26H26z"/>"#,
        ),
        (
            "bracket",
            w.bracket,
            w.bracket_hint,
            r#"<path class="l" d="M4 4h12v26H4M16 17h12"/><path class="a" d="M30 12h20l-2 10H28z"/>"#,
        ),
    ];
    let format = |(name, word, hint, picture)| Format { name, word, hint, picture, chosen: name == chosen };
    all.map(format).into_iter().collect()
}

pub async fn new(State(app): State<App>, visitor: Visitor) -> Result<Response, Problem> {
    let now = clock::now();
    let page = app
        .read(move |tx| {
            let row = proposed(tx, now)?;
            let audience =
                if Audience::Managers.includes(&visitor.viewer) { maker(&visitor) } else { Audience::Managers };
            page(tx, &visitor, &row, &audience, now)
        })
        .await?;
    answer::page(&page)
}

/// A new contest is its maker's until it starts.
fn maker(visitor: &Visitor) -> Audience {
    Audience::Maker { login: login(visitor).to_owned() }
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
        starts: at(to_monday, 9)?,
        ends: Some(at(to_monday + 4, 17)?),
        stage: "draft".into(),
        metrics: first.map(|of| (of.id.clone(), 1)).into_iter().collect(),
        ..ContestRow::default()
    })
}

fn instant(at: DateTime, tz: &TimeZone) -> Stored<i64> {
    Ok(at.to_zoned(tz.clone()).map_err(Error::broken)?.timestamp().as_microsecond())
}

pub async fn edit(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, Problem> {
    let now = clock::now();
    let page = app
        .read(move |tx| {
            let (row, result) = editable(tx, &visitor, &id, now)?;
            let mut page = page(tx, &visitor, &row, &audience(&row, &result), now)?;
            page.saved = true;
            page.shell.toast = Some(Toast { text: page.w.saved.to_owned(), undo: None });
            let (loaded, contest) = contest(tx, &row, now)?;
            page.picture =
                Some((format!("/contests/{id}/slide.png"), fill(page.w.slide_alt, &[("title", &row.title)])));
            let rehearsal = rehearsal(&loaded, &contest, now);
            page.rehearsal = Some(rehearsed(visitor.words, &loaded, &contest, &rehearsal));
            Ok(page)
        })
        .await?;
    answer::page(&page)
}

/// A contest that the visitor may still change: one of theirs that has not begun.
fn editable(tx: &mut Tx<'_>, visitor: &Visitor, id: &str, now: Timestamp) -> Stored<(ContestRow, ResultRow)> {
    let (row, result) = super::seen(tx, visitor, id)?;
    let begun = row.stage == "open" && row.starts <= now.as_microsecond();
    if !decides(visitor, &result) || begun || row.stage == "final" {
        return Err(missing());
    }
    Ok((row, result))
}

fn rehearsed(
    w: &Words,
    loaded: &crate::store::figures::Loaded,
    contest: &salesfloor::facts::Contest,
    of: &Rehearsal,
) -> Rehearsed {
    let words = w.of_contests();
    let values: Vec<f64> = of.rows.iter().map(|row| row.value.as_f64()).collect();
    let write = writer(loaded, contest, &values, w.lang);
    let name = |who: Scope| match who {
        Scope::Company => String::new(),
        Scope::Team(team) => loaded.floor.team(team).name.clone(),
        Scope::Person(person) => loaded.floor.person(person).name.clone(),
    };
    let prizes = contest.prizes.iter().map(|prize| prize.place).max().unwrap_or(1).max(2);
    let shown = of.rows.iter().filter(|row| !row.value.is_zero() && row.place <= prizes);
    let [n, all, changes, tied] = [of.took_part, of.all, of.changes, of.tied].map(|n| n.to_string());
    let took = fill(words.rehearsal_took, &[("n", &n), ("all", &all), ("changes", &changes)]);
    let tie = if of.tied > 0 { fill(words.rehearsal_tie, &[("n", &tied)]) } else { words.rehearsal_no_tie.to_owned() };
    let gap = if w.lang == "ja" { "" } else { " " };
    let mut warnings = Vec::new();
    if contest.prizes.len() > of.all {
        warnings.push(fill(words.more_prizes, &[("n", &contest.prizes.len().to_string()), ("all", &all)]));
    }
    Rehearsed {
        title: fill(words.rehearsal, &[("from", &w.short_day(of.first)), ("to", &w.short_day(of.last))]),
        rows: shown.take(5).map(|row| (row.place, name(row.who), write(row.value.as_f64()))).collect(),
        text: if of.took_part == 0 { words.rehearsal_none.to_owned() } else { format!("{took}{gap}{tie}") },
        warnings,
    }
}

/// How the figures of a contest are written: as those of its one metric, else as points.
pub fn writer(
    loaded: &crate::store::figures::Loaded,
    contest: &salesfloor::facts::Contest,
    values: &[f64],
    lang: &str,
) -> impl Fn(f64) -> String + use<> {
    let points = salesfloor::facts::Metric { unit: salesfloor::facts::Unit::Points, ..Default::default() };
    let metric = match contest.metrics.as_slice() {
        [(metric, 1)] => loaded.floor.metric(*metric),
        _ => &points,
    };
    let numbers = Numbers::of(metric, values, lang);
    move |value| numbers.write(value)
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
    let when = format!("{} {:02}:{:02}", w.short_day(starts.date()), starts.hour(), starts.minute());
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
        start_button: fill(of.start, &[("when", &when)]),
        picture: None,
        rehearsal: None,
        saved: false,
        shell,
        w: of,
    })
}

/// Digits behind the point of a contest's goal.
fn decimals(known: &[MetricRow], row: &ContestRow) -> i64 {
    match row.metrics.as_slice() {
        [(metric, 1)] => known.iter().find(|of| of.id == *metric).map_or(0, |of| of.decimals),
        _ => 0,
    }
}

/// What decides between equals, as the slide says it.
pub fn tie(w: &words::Words, format: &str) -> &'static str {
    if format == "first_to" { w.tie_first } else { w.tie_share }
}

/// Reads the form. The inner error is for whoever typed it.
fn wanted(tx: &mut Tx<'_>, visitor: &Visitor, form: &Form, mut row: ContestRow) -> Stored<Result<ContestRow, String>> {
    let w = visitor.words.of_contests();
    let known = metrics::list(tx)?;
    let tz = figures::zone(&floor::get(tx)?)?;
    let format =
        contests::FORMATS.iter().find(|(name, _)| *name == form.text("format")).map_or("most", |(name, _)| *name);
    row.format = format.to_owned();
    row.title = form.text("title").to_owned();
    let teams_only = matches!(format, "team_total" | "team_average");
    row.of_whom = if teams_only || form.text("of") == "teams" { "teams" } else { "people" }.to_owned();
    row.metrics.clear();
    row.prizes.clear();
    for of in &known {
        let text = form.text(&format!("points-{}", of.id));
        let points = match text {
            "" => 0,
            text => match text.parse::<i64>().ok().filter(|n| (0..=MAX_POINTS).contains(n)) {
                Some(points) => points,
                None => return Ok(Err(fill(w.bad_points, &[("n", text)]))),
            },
        };
        if points > 0 {
            row.metrics.push((of.id.clone(), points));
        }
    }
    for place in 1..=PRIZES {
        let label: String = form.text(&format!("prize-{place}")).chars().take(80).collect();
        if !label.is_empty() {
            row.prizes.push((place, label));
        }
    }
    let field = if row.of_whom == "teams" { "team" } else { "person" };
    row.entries = match format {
        "versus" => {
            [format!("side-1-{field}"), format!("side-2-{field}")].map(|name| form.text(&name).to_owned()).to_vec()
        }
        _ => form.all(field).filter(|id| !id.is_empty()).map(str::to_owned).collect(),
    };
    let there: Vec<String> = match row.of_whom.as_str() {
        "teams" => teams::list(tx)?.into_iter().map(|of| of.id).collect(),
        _ => people::list(tx, &Viewer::Publisher)?.into_iter().map(|of| of.id).collect(),
    };
    for (name, into) in [("starts", true), ("ends", false)] {
        let text = form.text(name);
        let at = text.parse::<DateTime>().ok().map(|at| instant(at, &tz)).transpose()?;
        match (at, into) {
            (Some(at), true) => row.starts = at,
            (Some(at), false) => row.ends = Some(at),
            (None, false) if text.is_empty() && format == "first_to" => row.ends = None,
            (None, _) => return Ok(Err(fill(w.bad_when, &[("text", text)]))),
        }
    }
    let decimals = decimals(&known, &row);
    row.goal = minor(form.text("goal"), decimals);
    row.rules = tie(w, format).to_owned();
    let now = clock::now().as_microsecond();
    let wrong = match () {
        () if row.title.is_empty() || row.title.chars().count() > 60 => Some(w.bad_name),
        () if row.metrics.is_empty() => Some(w.bad_counts),
        () if format == "bracket" && (row.metrics.len() != 1 || row.metrics[0].1 != 1) => Some(w.bad_one_figure),
        () if row.ends.is_some_and(|end| end <= row.starts || end <= now) => Some(w.bad_order),
        () if matches!(format, "first_to" | "threshold") && row.goal.is_none() => Some(w.bad_goal),
        () if format == "versus" && (row.entries[0] == row.entries[1] || row.entries.iter().any(String::is_empty)) => {
            Some(w.bad_sides)
        }
        () if row.entries.iter().any(|id| !there.contains(id)) => Some(w.bad_sides),
        () => None,
    };
    Ok(wrong.map_or(Ok(row), |why| Err(why.to_owned())))
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
            let mut row = match wanted(tx, visitor, form, before.clone())? {
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
            let start = form.text("do") == "start";
            row.stage = if start { "open" } else { "draft" }.to_owned();
            contests::put(tx, &row)?;
            results::set_maker(tx, &row.id, login(visitor))?;
            // It has to be one that figures can be made of.
            contest(tx, &row, now)?;
            floor::changed(tx)?;
            Ok(Ok(if start { format!("/contests/{}", row.id) } else { format!("/contests/{}/edit", row.id) }))
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
