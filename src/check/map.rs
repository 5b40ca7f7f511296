//! Runs the sub-command `map`: one run of a feed's map, with its sources, its board, every problem and the time it took.

use std::fmt;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::value::RawValue;

use super::text::{Count, Problems, plain};
use super::{CheckReport, CheckedProblem};
use crate::cli::{MapArgs, Sample};
use crate::clock::wall_clock;
use crate::config::{self, Loaded, MapFrom, MapSettings};
use crate::director::{Director, HostInfo};
use crate::exit::{Exit, Failure};
use crate::feed::{AcceptContext, Explained, FeedOptions, Input, MapSource, OpenSource, Problem, accept, explain_map};
use crate::map::{Format, Note};
use crate::slides;
use crate::stdout::print;

/// The answer; serialised, it is what `map --json` prints.
#[derive(Debug, Serialize)]
struct MapReport {
    /// Whether a board came out and was accepted.
    ok: bool,
    /// Name of the feed, where it has one.
    feed: Option<String>,
    /// The program.
    map: String,
    sources: Vec<ReportedSource>,
    /// The document that came out.
    board: Option<Box<RawValue>>,
    /// What the tables say of themselves.
    summary: Vec<String>,
    problems: Vec<CheckedProblem>,
    timing: Timing,
    /// What would be on the wall.
    #[serde(skip)]
    wall: Option<CheckReport>,
}

/// A source of the map.
#[derive(Debug, Serialize)]
struct ReportedSource {
    name: String,
    /// Where it comes from, without the query.
    from: String,
    /// How it is written.
    format: Option<Format>,
    bytes: Option<usize>,
    /// What it looks like, in words.
    shape: Option<String>,
    /// Its first characters as JSON.
    head: Option<String>,
    /// Why it did not come.
    error: Option<String>,
}

/// Milliseconds; none for what did not happen.
#[derive(Debug, Default, Serialize)]
struct Timing {
    fetch_ms: f64,
    read_ms: Option<f64>,
    program_ms: Option<f64>,
    accept_ms: Option<f64>,
}

/// Runs the map of one feed: 0 when its board is accepted, 1 when there is none or it is refused.
///
/// # Errors
/// There is no such feed, it has no map, or a sample is for no source of it (2); the answer cannot be written (74).
pub fn run(args: &MapArgs, loaded: &Loaded) -> Result<Exit, Failure> {
    let (feed, mut source) = mapped(args.feed.as_deref(), loaded).map_err(|why| Failure::new(Exit::Usage, why))?;
    for sample in &args.with {
        replace(&mut source.settings, sample).map_err(|why| Failure::new(Exit::Usage, why))?;
    }
    let report = report(feed, source, loaded);
    let text = match args.json {
        true => serde_json::to_string_pretty(&report).map_err(|e| Failure::new(Exit::CannotWrite, e))?,
        false => report.to_string(),
    };
    print(&format!("{text}\n"))?;
    Ok(if report.ok { Exit::Fine } else { Exit::Feed })
}

/// The feed with this name, or the only one that has a map.
fn mapped<'a>(name: Option<&str>, loaded: &'a Loaded) -> Result<(&'a config::FeedSettings, MapSource), String> {
    let file = loaded.file_to_edit().display();
    let opened = |feed: &config::FeedSettings| match feed
        .source
        .as_ref()
        .map(|from| OpenSource::open(from, crate::demo::tape()))
    {
        Some(Ok(OpenSource::Map(source))) => Some(source),
        _ => None,
    };
    let feeds = &loaded.config.feeds;
    let names = |feeds: &[&config::FeedSettings]| {
        let names: Vec<&str> = feeds.iter().filter_map(|feed| feed.name.as_deref()).collect();
        names.join(", ")
    };
    let Some(name) = name else {
        let found: Vec<_> = feeds.iter().filter_map(|feed| Some((feed, opened(feed)?))).collect();
        return match <[_; 1]>::try_from(found) {
            Ok([only]) => Ok(only),
            Err(none) if none.is_empty() => {
                Err(format!("no feed in {file} has a map: set `map` in [feed], or let `url` point to a table"))
            }
            Err(many) => {
                let many: Vec<&config::FeedSettings> = many.into_iter().map(|(feed, _)| feed).collect();
                Err(format!("several feeds in {file} have a map: name one with --feed: {}", names(&many)))
            }
        };
    };
    let Some(feed) = feeds.iter().find(|feed| feed.name.as_deref() == Some(name)) else {
        let known = names(&feeds.iter().collect::<Vec<_>>());
        let known = if known.is_empty() { "its feed has no name".into() } else { format!("the feeds are {known}") };
        return Err(format!("no feed in {file} is named {name:?}: {known}"));
    };
    opened(feed).map(|source| (feed, source)).ok_or_else(|| format!("the feed {name:?} has no map"))
}

/// Takes a file instead of a source.
fn replace(settings: &mut MapSettings, sample: &Sample) -> Result<(), String> {
    let names: Vec<String> = settings.sources.iter().map(|input| input.name.clone()).collect();
    let at = match (&sample.source, names.as_slice()) {
        (Some(name), _) => names.iter().position(|known| known == name),
        (None, [_]) => Some(0),
        (None, _) => None,
    };
    let Some(input) = at.and_then(|at| settings.sources.get_mut(at)) else {
        return Err(format!("--with: expected NAME=FILE with NAME one of {}", names.join(", ")));
    };
    input.from = MapFrom::File(sample.file.clone());
    Ok(())
}

fn report(feed: &config::FeedSettings, source: MapSource, loaded: &Loaded) -> MapReport {
    let (config, clock, map) = (&loaded.config, wall_clock(), source.name());
    let options = FeedOptions::of(feed, OpenSource::Map(source.clone())).on_floor(config.tz.as_deref(), &config.locale);
    let Explained { sources, answer, fetch_ms } = explain_map(&source, &options, &clock);
    let mut report = MapReport {
        ok: false,
        feed: feed.name.clone(),
        map,
        sources: sources.into_iter().map(reported).collect(),
        board: None,
        summary: Vec::new(),
        problems: Vec::new(),
        timing: Timing { fetch_ms: rounded(fetch_ms), ..Timing::default() },
        wall: None,
    };
    let whole = |message: String| CheckedProblem::from(Problem::wrong("", message));
    let answer = match answer {
        Ok(answer) => answer,
        Err(trouble) => {
            report.problems.push(whole(trouble.reason));
            return report;
        }
    };
    report.board = String::from_utf8(answer.board.clone()).ok().and_then(|text| RawValue::from_string(text).ok());
    (report.timing.read_ms, report.timing.program_ms) =
        (Some(rounded(answer.decode_ms)), Some(rounded(answer.program_ms)));
    let begun: Timestamp = clock();
    let accepted = accept(&answer.board, &AcceptContext { feed: report.map.clone(), clock: Some(begun) });
    report.timing.accept_ms = Some(rounded(clock().duration_since(begun).as_secs_f64().max(0.0) * 1e3));
    let screen = Director::new(config.clone(), HostInfo::still([1920, 1080])).screen();
    let answered = accepted.as_ref().map(|(board, report)| (board, report));
    let mut wall = super::check(answered, |slide| slides::room(&slide.body, &screen));
    report.ok = wall.ok;
    report.problems = std::mem::take(&mut wall.problems);
    report.summary = answer.summary;
    let told = |note: Note| CheckedProblem::from(Problem::wrong("", note.text).weighing(note.weight));
    report.problems.extend(answer.notes.into_iter().map(told));
    for CheckedProblem { problem, .. } in &mut report.problems {
        problem.path = options.redactor.text(&problem.path);
        problem.message = options.redactor.text(&problem.message);
    }
    report.wall = Some(wall).filter(|_| report.ok);
    report
}

fn reported(Input { status, shape }: Input) -> ReportedSource {
    let error = status.attempts.last_error.map(|error| error.text);
    let (format, bytes) = shape.as_ref().map(|shape| (shape.format, shape.bytes)).unzip();
    let (shape, head) = shape.map(|shape| (shape.shape, shape.head)).unzip();
    ReportedSource { name: status.name, from: status.from, format, bytes, shape, head, error }
}

/// To a tenth: more is noise.
fn rounded(ms: f64) -> f64 {
    (ms * 10.0).round() / 10.0
}

impl fmt::Display for MapReport {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for source in &self.sources {
            write!(f, "source {} ({}): ", plain(&source.name), plain(&source.from))?;
            match (source.format, source.bytes, &source.shape, &source.error) {
                (_, _, _, Some(error)) => writeln!(f, "{}", plain(error))?,
                (Some(format), Some(bytes), Some(shape), None) => writeln!(f, "{bytes} bytes of {format}, {shape}")?,
                _ => writeln!(f, "received, not decoded")?,
            }
            if let Some(head) = &source.head {
                writeln!(f, "  {head}")?;
            }
        }
        match &self.wall {
            Some(wall) => {
                let id = wall.board.as_deref().unwrap_or_default();
                writeln!(f, "\nboard {}: {}", plain(id), Count(wall.slides.len(), "slide"))?;
                self.summary.iter().try_for_each(|line| writeln!(f, "{}", plain(line)))?;
                wall.slides.iter().try_for_each(|slide| slide.fmt(f))?;
            }
            None if self.board.is_some() => writeln!(f, "\n{}: the board is refused", plain(&self.map))?,
            None => writeln!(f, "\n{}: no board", plain(&self.map))?,
        }
        write!(f, "\n{}", Problems(&self.problems))?;
        let Timing { fetch_ms, read_ms, program_ms, accept_ms } = &self.timing;
        write!(f, "\nfetched in {fetch_ms} ms")?;
        let parts = [(", read in", read_ms), (", map run in", program_ms), (", accepted in", accept_ms)];
        parts.iter().try_for_each(|(what, ms)| ms.map_or(Ok(()), |ms| write!(f, "{what} {ms} ms")))
    }
}
