//! Reports what would be on the wall and everything that is wrong with the feed: the answer of `floorcast check`.

mod ambiguous;
mod kiosk;
mod lint;
pub mod map;
mod missing_glyphs;
mod text;
mod text_index;
mod visibility;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;

use crate::board::rank::{places, shown_top};
use crate::board::{Board, Body, GoalRow, Identity, Metric, SlideData, Weight};
use crate::cli::{CheckArgs, Strict};
use crate::clock::{picture_time, wall_clock, wall_now};
use crate::config::{self, Config, Loaded};
use crate::director::{Director, HostInfo, settings_note};
use crate::exit::{Exit, Failure};
use crate::feed::{FeedOptions, Fetched, OpenSource, Problem, Report, fetch_once, unseen_photos};
use crate::slides;
use crate::stdout::print;
pub use kiosk::KioskStatus;
use text::{figure, plain, unit};
use visibility::Visibility;

/// How long the pictures of people are waited for.
const PHOTOS: Duration = Duration::from_secs(5);

/// The answer; serialised, it is what `check --json` prints.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct CheckReport {
    /// Whether every document was accepted; with `--strict`: and has no problem of its weight.
    pub ok: bool,
    /// Id of the board; of several feeds none.
    pub board: Option<String>,
    /// Of several feeds the ids of their boards, by the feeds' names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boards: Option<BTreeMap<String, Option<String>>>,
    /// The slides in the order of the feeds and their boards.
    pub slides: Vec<CheckedSlide>,
    /// What the tables say of themselves: which rows count, which columns were taken for what.
    pub summary: Vec<String>,
    /// What is wrong, in the order of the documents.
    pub problems: Vec<CheckedProblem>,
    /// How the feeds of the running kiosk are; none when another feed was asked about than the settings' own.
    #[serde(flatten)]
    pub kiosk: Option<KioskStatus>,
}

/// One slide.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckedSlide {
    /// Name of its feed, where there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feed: Option<String>,
    /// Id.
    pub id: String,
    /// Kind, as the feed writes it.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Title after cleaning.
    pub title: String,
    /// Whether it is on the wall at the time of the board.
    pub shown: bool,
    /// Why it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub off: Option<String>,
    /// Every row in drawn order; none for kinds without rows.
    pub rows: Vec<CheckedRow>,
    /// What all its figures are in, for people; empty where nothing has to be said.
    #[serde(skip)]
    pub unit: String,
    /// Whether it is the settings that keep it off.
    #[serde(skip)]
    pub by_settings: bool,
}

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckedProblem {
    /// Name of its feed, where there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feed: Option<String>,
    /// What, and where in the document.
    #[serde(flatten)]
    pub problem: Problem,
}

impl From<Problem> for CheckedProblem {
    fn from(problem: Problem) -> Self {
        CheckedProblem { feed: None, problem }
    }
}

impl CheckReport {
    /// The report of all feeds. That of a single feed is its own.
    fn of_all(mut reports: Vec<(&config::FeedSettings, CheckReport)>) -> CheckReport {
        if reports.len() == 1
            && let Some((_, only)) = reports.pop()
        {
            return only;
        }
        let (mut all, mut boards) = (CheckReport { ok: true, ..CheckReport::default() }, BTreeMap::new());
        for (feed, report) in reports {
            let feed = feed.name.clone();
            all.ok &= report.ok;
            boards.insert(feed.clone().unwrap_or_default(), report.board);
            all.slides.extend(report.slides.into_iter().map(|slide| CheckedSlide { feed: feed.clone(), ..slide }));
            let name = feed.as_deref().unwrap_or_default();
            all.summary.extend(report.summary.iter().map(|line| format!("{name}: {line}")));
            let of_feed = |problem| CheckedProblem { feed: feed.clone(), ..problem };
            all.problems.extend(report.problems.into_iter().map(of_feed));
        }
        CheckReport { boards: Some(boards), ..all }
    }
}

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckedRow {
    /// Place; none when it is not ranked.
    pub rank: Option<u32>,
    /// Whether another row has the same place.
    pub tied: bool,
    /// Name after cleaning.
    pub name: String,
    /// The number as it was sent.
    pub value: Option<f64>,
    /// Whether it is on the wall at this screen.
    pub shown: bool,
    /// The number as a person writes it; empty where there is none.
    #[serde(skip)]
    pub figure: String,
}

/// The sub-command `check`: 0 when the boards are accepted, 1 when one cannot be had or is refused, and with `--strict`
/// also when there is a problem of its weight or a heavier one.
///
/// # Errors
/// No feed is set (2), the answer cannot be written (74).
pub fn run(args: &CheckArgs, loaded: &Loaded) -> Result<Exit, Failure> {
    let config = &loaded.config;
    if !config.is_set_up() {
        let file = loaded.file_to_edit().display();
        return Err(Failure::new(Exit::Usage, format!("no feed is set: give --feed, or set feed.url in {file}")));
    }
    let size = lint::size(config, args.size.map(|size| [size.width, size.height]));
    let now = wall_now();
    let (reports, walls): (Vec<_>, Vec<_>) = config
        .feeds
        .iter()
        .map(|feed| {
            let (report, wall) = of_feed(config, feed, size, now);
            ((feed, report), wall)
        })
        .unzip();
    let mut report = CheckReport::of_all(reports);
    report.problems.extend(visibility::unknown_ids(config, &walls));
    if let Some(strict) = args.strict {
        report.ok &= !report.problems.iter().any(|problem| problem.problem.weight <= weight(strict));
    }
    report.kiosk = args.source.feed.is_empty().then(|| KioskStatus::find(config, now));
    if args.json {
        let json = serde_json::to_string_pretty(&report).map_err(|e| Failure::new(Exit::CannotWrite, e))?;
        print(&format!("{json}\n"))?;
    } else {
        let kiosk = report.kiosk.as_ref().map_or_else(String::new, |kiosk| kiosk.text(now));
        let hidden = report.slides.iter().filter(|slide| slide.by_settings).count();
        let hides = settings_note(loaded, args.source.config.is_some(), hidden)
            .map(|line| format!("\n{line}\n"))
            .unwrap_or_default();
        print(&format!("{report}{hides}{kiosk}"))?;
    }
    Ok(if report.ok { Exit::Fine } else { Exit::Feed })
}

/// The lightest problem with which a wish fails.
fn weight(strict: Strict) -> Weight {
    match strict {
        Strict::Wrong => Weight::Wrong,
        Strict::LeftOut => Weight::LeftOut,
        Strict::Smaller => Weight::Smaller,
    }
}

/// What one feed would have on the wall. A board that does not say when it was true is as old as its receipt, `now`.
fn of_feed(
    config: &Config,
    feed: &config::FeedSettings,
    size: [u32; 2],
    now: Timestamp,
) -> (CheckReport, Option<Visibility>) {
    // The pictures do not depend on the day; certificates, messages and maps do.
    let at = picture_time();
    let clock = wall_clock();
    // Its slides are drawn alone: names in the playlist mean nothing here.
    let config = &Config { feeds: vec![feed.clone()], ..config.clone() };
    let answer = match &feed.source {
        None => Err(("no url is set".to_owned(), None)),
        Some(source) => {
            OpenSource::open(source, crate::demo::tape()).map_err(|trouble| (trouble.reason, None)).and_then(|source| {
                let options = FeedOptions::of(feed, source).on_floor(config.tz.as_deref(), &config.locale);
                let once = fetch_once(&options, &clock).map_err(|failure| (failure.trouble.reason, failure.report))?;
                Ok((options, once))
            })
        }
    };
    let mut on_wall = None;
    let mut report = match &answer {
        Ok((options, Fetched { board, report, refused, body, summary })) => {
            let screen = Director::new(config.clone(), HostInfo::still(size)).screen();
            let shared = Arc::new(board.clone());
            let wall = Visibility::new(config, &shared, board.as_of.unwrap_or(now).as_microsecond());
            let room =
                |slide: &SlideData| if wall.off(&slide.id).is_some() { 0 } else { slides::room(&slide.body, &screen) };
            let mut report = check(Ok((board, report)), room);
            report.ok &= *refused == 0;
            wall.mark(&mut report);
            on_wall = Some(wall);
            let lines = lint::lint(config, &shared, body, board.as_of.unwrap_or(at).as_microsecond(), size);
            report.problems.extend(lines.into_iter().map(CheckedProblem::from));
            let photos = options.redact(&Report { problems: unseen_photos(options, &shared, &clock, PHOTOS) });
            report.problems.extend(photos.problems.into_iter().map(CheckedProblem::from));
            report.summary = summary.clone();
            report
        }
        Err((_, Some(report))) => check(Err(report), |_| 0),
        Err((_, None)) => check(Err(&Report::default()), |_| 0),
    };
    if let Err((reason, None)) = &answer {
        report.problems.push(Problem::wrong("", reason.clone()).into());
    }
    (report, on_wall)
}

/// Examines what `accept` gave. `capacity` says how many rows of a slide the screen holds; 0 for kinds that are not
/// drawn.
pub fn check(answer: Result<(&Board, &Report), &Report>, capacity: impl Fn(&SlideData) -> usize) -> CheckReport {
    match answer {
        Err(report) => CheckReport { problems: problems(report), ..CheckReport::default() },
        Ok((board, report)) => CheckReport {
            ok: true,
            board: Some(board.id.clone()),
            slides: board.slides.iter().map(|slide| checked(board, slide, capacity(slide))).collect(),
            problems: problems(report),
            ..CheckReport::default()
        },
    }
}

fn problems(report: &Report) -> Vec<CheckedProblem> {
    report.problems.iter().cloned().map(CheckedProblem::from).collect()
}

fn checked(board: &Board, slide: &SlideData, capacity: usize) -> CheckedSlide {
    let mut metric = None;
    let mut one = |id: &Option<String>| metric.insert(board.metric(id.as_deref())).to_owned();
    let rows = match &slide.body {
        Body::Ranking(ranking) => {
            let metric = one(&ranking.metric);
            let row = |i: usize| (&ranking.rows[i].who, ranking.rows[i].value);
            ranked(board, slide, ranking.top, capacity, &metric, row)
        }
        Body::Contest(contest) => {
            let metric = one(&contest.metric);
            let row = |i: usize| (&contest.rows[i].who, contest.rows[i].value);
            ranked(board, slide, None, capacity, &metric, row)
        }
        Body::Goals(goals) => {
            let row = |row: &'_ GoalRow| {
                (name(row.who.as_ref()), row.cell.value, board.metric(row.metric.as_deref()).clone())
            };
            listed(capacity, goals.rows.iter().map(row))
        }
        Body::Scorecard(card) => {
            listed(capacity, card.rows.iter().map(|row| (name(row.who.as_ref()), row.score, Metric::default())))
        }
        Body::Ramp(_) | Body::Skills(_) => {
            let rows = slide.body.people().into_iter().filter(|named| !named.aside);
            listed(capacity, rows.map(|named| (named.who.name.clone(), None, Metric::default())))
        }
        Body::Bracket(_) | Body::Recognition(_) | Body::Coaching(_) | Body::Message(_) => Vec::new(),
    };
    CheckedSlide {
        feed: None,
        id: slide.id.clone(),
        kind: slide.body.kind(),
        title: slide.title.clone(),
        shown: true,
        off: None,
        by_settings: false,
        unit: metric.map(unit).unwrap_or_default(),
        rows,
    }
}

fn ranked<'a>(
    board: &Board,
    slide: &SlideData,
    top: Option<u32>,
    capacity: usize,
    metric: &Metric,
    row: impl Fn(usize) -> (&'a Identity, Option<f64>),
) -> Vec<CheckedRow> {
    let places = places(board, slide);
    let shown = shown_top(&places, top, capacity);
    let checked = places.iter().enumerate().map(|(i, place)| {
        let (who, value) = row(place.row);
        let figure_text = value.map(|value| figure(value, metric)).unwrap_or_default();
        CheckedRow {
            rank: place.rank,
            tied: place.tied,
            name: who.name.clone(),
            value,
            shown: i < shown,
            figure: figure_text,
        }
    });
    checked.collect()
}

fn listed(capacity: usize, rows: impl Iterator<Item = (String, Option<f64>, Metric)>) -> Vec<CheckedRow> {
    let checked = rows.enumerate().map(|(i, (name, value, metric))| CheckedRow {
        rank: None,
        tied: false,
        name,
        value,
        shown: i < capacity,
        figure: value.map(|value| figure(value, &metric)).unwrap_or_default(),
    });
    checked.collect()
}

/// Who a row is about; the company is nobody.
fn name(who: Option<&Identity>) -> String {
    who.map_or_else(|| "company".to_owned(), |who| who.name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::{AcceptContext, accept};
    use serde_json::json;

    fn checked(document: &serde_json::Value, capacity: usize) -> CheckReport {
        let answer = accept(document.to_string().as_bytes(), &AcceptContext::default());
        check(answer.as_ref().map(|(board, report)| (board, report)), |_| capacity)
    }

    fn board() -> serde_json::Value {
        json!({
            "format": "salesboard/1", "board": "floor",
            "slides": [
                {"id": "s1", "type": "ranking", "title": "Deals", "rows": [
                    {"name": "Ben", "value": 2}, {"name": "Eve"}, {"name": "Ana", "value": 3.5},
                    {"name": "Chi", "value": 2}]},
                {"id": "s2", "type": "goals", "rows": [{"value": 1, "target": 0}]},
                {"id": "s3", "type": "message", "text": "hi"},
            ],
        })
    }

    #[test]
    fn the_json_has_the_promised_shape() {
        let report = serde_json::to_value(checked(&board(), 1)).expect("plain data");
        let row = |rank: Option<u32>, tied: bool, name: &str, value: Option<f64>, shown: bool| json!({"rank": rank, "tied": tied, "name": name, "value": value, "shown": shown});
        assert_eq!(
            report,
            json!({
                "ok": true, "board": "floor",
                "slides": [
                    {"id": "s1", "type": "ranking", "title": "Deals", "shown": true, "rows": [
                        row(Some(1), false, "Ana", Some(3.5), true),
                        row(Some(2), true, "Ben", Some(2.0), false),
                        row(Some(2), true, "Chi", Some(2.0), false),
                        row(None, false, "Eve", None, false)]},
                    {"id": "s2", "type": "goals", "title": "", "shown": true, "rows": [row(None, false, "company", Some(1.0), true)]},
                    {"id": "s3", "type": "message", "title": "", "shown": true, "rows": []},
                ],
                "summary": [],
                "problems": [{"path": "slides[1].rows[0].target", "message": "0 is not above 0", "weight": "wrong"}],
            })
        );
    }

    #[test]
    fn a_refusal_is_not_ok_and_says_why() {
        let report = checked(&json!({"format": "salesboard/1", "slides": []}), 12);
        assert!(!report.ok && report.board.is_none() && report.slides.is_empty());
        assert_eq!(report.problems[0].problem.path, "slides");
        assert!(
            report.to_string().starts_with("refused\n\n1 problem\n\nWrong or missing on the wall:\n  slides: an empty")
        );
    }

    #[test]
    fn people_read_the_same() {
        let text = checked(&board(), 3).to_string();
        let wanted = "board floor: 3 slides\n\n\
            1 problem\n\nWrong or missing on the wall:\n  slides[1].rows[0].target: 0 is not above 0\n\n\
            ranking s1 \"Deals\", 4 rows, 1 of them not on the wall\n     \
            1              3.5  Ana\n    \
            =2                2  Ben\n    \
            =2                2  Chi\n\
            ·    –                –  Eve\n\n\
            goals s2 \"\", 1 row\n     \
            –                1  company\n\n\
            message s3 \"\"\n";
        assert_eq!(text, wanted);
    }
}
