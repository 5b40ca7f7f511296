//! Runs the child: limits itself, reads one request, writes one answer, ends.

use std::io::{BufWriter, Write as _};

use jaq_json::Val;
use rustix::process::{Resource, Rlimit, Signal, setrlimit};
use salesboard::board::Weight;

use super::value::member;
use super::{
    Answer, DEALS, Note, Question, Request, SourceBody, cpu, decode, limits, natives, program, records, sandbox, table,
    wire, workbook,
};

/// Limits this process, then answers the request on its standard input on its standard output.
///
/// # Errors
/// The limits cannot be set or the answer cannot be written. Everything that is wrong with the request is an answer.
pub fn main() -> Result<(), String> {
    limit().map_err(|error| format!("cannot limit itself: {error}"))?;
    let unconfined = sandbox::enter();
    let answer = wire::read_request(&mut std::io::stdin().lock()).and_then(|request| answer(&request));
    let answer = answer.map(|answer| Answer { unconfined, ..answer });
    let mut out = BufWriter::new(std::io::stdout().lock());
    wire::write_answer(&mut out, answer).and_then(|()| out.flush()).map_err(|error| error.to_string())
}

/// The limits of the system; none of them can be lifted again.
fn limit() -> rustix::io::Result<()> {
    // The kiosk's end is the child's end.
    rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?;
    // Where memory is short the child goes first. In a place without /proc nobody chooses.
    std::fs::write("/proc/self/oom_score_adj", "1000").ok();
    let hard = |bytes: u64| Rlimit { current: Some(bytes), maximum: Some(bytes) };
    // The machine's own limit on stacks may be lower and hard: then it stays.
    setrlimit(Resource::Stack, hard(limits::STACK)).ok();
    setrlimit(Resource::Core, hard(0))?;
    setrlimit(Resource::Fsize, hard(0))?;
    setrlimit(Resource::Nofile, hard(32))?;
    setrlimit(Resource::Cpu, Rlimit { current: Some(limits::CPU_S), maximum: Some(limits::CPU_S + 1) })?;
    setrlimit(Resource::As, hard(limits::MEMORY))
}

/// Decodes the sources and runs the program, in this process.
///
/// # Errors
/// One line: which source or where in the program, and what is wrong.
pub fn answer(request: &Request) -> Result<Answer, String> {
    let start = cpu::used_ms();
    if request.program == DEALS {
        return deals(request, start);
    }
    let program = program::compile(&request.program_name, &request.program)?;
    // Only what may ask for a table by name needs its cells kept.
    let decoded = decode::decode(&request.sources, &request.table, request.program.contains("deals"))?;
    let middle = cpu::used_ms();
    let mut notes: Vec<Note> = decoded.notes.into_iter().map(Note::from).collect();
    refused(&decoded.input, &request.sources, &mut notes)?;
    let context =
        program::Context { tables: decoded.tables, settings: request.table.clone(), ..program::Context::default() };
    let (board, raised) = program.run(decoded.input, [&request.now, &request.tz, &request.date_order], &context)?;
    let table::Report { summary, notes: of_tables } = context.report.into_inner();
    let of_map = |note: Note| Note { text: format!("{}: {}", request.program_name, note.text), ..note };
    notes.extend(of_tables.into_iter().map(of_map));
    notes.extend(raised);
    let (decode_ms, program_ms) = (middle - start, cpu::used_ms() - middle);
    let sources = decoded.shapes;
    Ok(bounded(Answer { board, summary, notes, sources, decode_ms, program_ms, ..Answer::default() }))
}

/// The board of a table of deals that has no map.
fn deals(request: &Request, start: f64) -> Result<Answer, String> {
    let source = request.sources.first().ok_or("no source")?;
    let mut skipped = Vec::new();
    let named = |error: String| format!("{}: {error}", request.program_name);
    if request.question == Question::Records {
        return read_records(request, start);
    }
    if let Some(answer) = floor(request, start).map_err(named)? {
        return Ok(answer);
    }
    let (grid, shape) = decode::grid(source, &request.table, &mut skipped).map_err(named)?;
    let middle = cpu::used_ms();
    let Request { table: settings, now, tz, date_order, .. } = request;
    let of_export = |error: String| named(decode::of_sheet(&grid, error));
    match request.question {
        Question::Board => {}
        Question::Export => {
            let export = workbook::export(&grid, settings, tz, date_order).map_err(of_export)?;
            let board = serde_json::to_vec(&export).map_err(|error| error.to_string())?;
            if board.len() > limits::OUTPUT {
                return Err(named("it has more deals than can be copied: export fewer months".into()));
            }
            return Ok(Answer { board, sources: vec![shape], ..Answer::default() });
        }
        _ => {
            return Err(named(
                "a table of deals; this question needs a floor: a workbook with more sheets, or a folder".into(),
            ));
        }
    }
    let options = table::ReadOptions { settings, now, tz, date_order };
    let (board, table::Report { summary, notes }) =
        table::deals(&grid, options).map_err(|error| named(decode::of_sheet(&grid, error)))?;
    let board = board.to_string().into_bytes();
    if board.len() > limits::OUTPUT {
        return Err(format!("the table's board is larger than {} MiB", limits::OUTPUT >> 20));
    }
    let notes = skipped.into_iter().map(|text| Note::new(Weight::LeftOut, text)).chain(notes).collect();
    let (decode_ms, program_ms) = (middle - start, cpu::used_ms() - middle);
    let sources = vec![shape];
    Ok(bounded(Answer { board, summary, notes, sources, decode_ms, program_ms, ..Answer::default() }))
}

/// Every source as records. Their errors name the file.
fn read_records(request: &Request, start: f64) -> Result<Answer, String> {
    let now = request.now.parse().map_err(|_| format!("{:?} is not an instant", request.now))?;
    let options =
        workbook::ReadOptions { settings: &request.table, now, tz: &request.tz, date_order: &request.date_order };
    let records = records::of_files(&request.sources, options)?;
    let decode_ms = cpu::used_ms() - start;
    let board = serde_json::to_vec(&records).map_err(|error| error.to_string())?;
    if board.len() > limits::RECORDS {
        return Err(format!(
            "the files have more than {} MiB of records: import fewer at a time",
            limits::RECORDS >> 20
        ));
    }
    Ok(Answer { board, decode_ms, program_ms: 0.0, ..Answer::default() })
}

/// What is asked of a floor in tables; `None`: the sources are none, or a sheet is asked for by name.
fn floor(request: &Request, start: f64) -> Result<Option<Answer>, String> {
    let is_of_floor = |name: &str| workbook::kind_of(name).is_some_and(|kind| kind != workbook::Kind::Deals);
    let sources = request.sources.as_slice();
    let several = sources.len() > 1 || sources.iter().any(|source| !source.files.is_empty());
    if sources.iter().any(|source| source.sheet.is_some()) && !several {
        return Ok(None);
    }
    let mut skipped = Vec::new();
    let known = |name: &str| workbook::kind_of(name).is_some();
    let told = records::ReadOptions { settings: &request.table, tz: &request.tz, date_order: &request.date_order };
    let sheet_of = |grid: &table::Grid| match records::are_activities(grid, told) {
        true => workbook::Kind::Activities.name(),
        false => workbook::Kind::Deals.name(),
    };
    let sheets = match several {
        true => decode::floor(sources, &request.table, known, sheet_of, &mut skipped)?,
        false => decode::floor(sources, &request.table, is_of_floor, sheet_of, &mut skipped)?,
    };
    if !several && !workbook::is_floor(&sheets) {
        return Ok(None);
    }
    let middle = cpu::used_ms();
    let now = request.now.parse().map_err(|_| format!("{:?} is not an instant", request.now))?;
    let options =
        workbook::ReadOptions { settings: &request.table, now, tz: &request.tz, date_order: &request.date_order };
    let json = |value: serde_json::Result<Vec<u8>>| value.map_err(|error| error.to_string());
    let mut look = Vec::new();
    let (body, report) = match &request.question {
        Question::Board => {
            let (board, report, seen) = workbook::board_since(&sheets, options, &request.look)?;
            // Without it nothing is news to the next run.
            look = seen.filter(|seen| seen.len() <= limits::LOOK).unwrap_or_default();
            (board.to_string().into_bytes(), report)
        }
        Question::Why { slide, who } => {
            (json(serde_json::to_vec(&workbook::why(&sheets, options, slide, who)?))?, table::Report::default())
        }
        Question::WhatIf { set } => {
            (json(serde_json::to_vec(&workbook::what_if(&sheets, options, set)?))?, table::Report::default())
        }
        Question::Export | Question::Records => return Ok(None),
    };
    if body.len() > limits::OUTPUT {
        return Err(format!("the workbook's board is larger than {} MiB", limits::OUTPUT >> 20));
    }
    let rows: usize = sheets.iter().map(|grid| grid.rows.len()).sum();
    let what = if several { "tables" } else { "a workbook" };
    let mut shapes = Vec::new();
    for source in sources {
        shapes.push(decode::looks(
            source,
            format!("{what} of {} sheets and {rows} rows", sheets.len()),
            String::new(),
        )?);
    }
    let table::Report { summary, notes } = report;
    let notes = skipped.into_iter().map(|text| Note::new(Weight::LeftOut, text)).chain(notes).collect();
    let (decode_ms, program_ms) = (middle - start, cpu::used_ms() - middle);
    let answer =
        Answer { board: body, look, summary, notes, sources: shapes, decode_ms, program_ms, ..Answer::default() };
    Ok(Some(bounded(answer)))
}

/// The heaviest notes first, and no more than anybody reads.
fn bounded(mut answer: Answer) -> Answer {
    answer.notes.sort_by_key(|note| note.weight);
    let more = answer.notes.len().saturating_sub(limits::NOTES);
    if more > 0 {
        answer.notes.truncate(limits::NOTES);
        answer.notes.push(Note::from(format!("and {more} more")));
    }
    answer
}

/// An answer that is an error of the source's own is told in its words, whatever the map would make of it; one that
/// complains of a part is noted.
fn refused(input: &Val, sources: &[SourceBody], notes: &mut Vec<Note>) -> Result<(), String> {
    for source in sources {
        let answer = member(input, &["sources", &source.name]);
        let pages = match answer {
            Some(Val::Arr(pages)) if source.paged => pages.iter().collect(),
            other => Vec::from_iter(other),
        };
        for page in pages {
            if let Some(words) = natives::refusal(page) {
                return Err(format!("source {}: it says: {words}", source.name));
            }
            notes.extend(
                natives::complaint(page).map(|words| Note::from(format!("source {}: it says: {words}", source.name))),
            );
        }
    }
    Ok(())
}
