//! The child: limits itself, reads one request, writes one answer, ends.

use std::io::{BufWriter, Write as _};

use rustix::process::{Resource, Rlimit, Signal, setrlimit};

use super::{Answer, Note, Request, decode, limits, program, table, wire};

/// Limits this process, then answers the request on its standard input on its standard output.
///
/// # Errors
/// The limits cannot be set or the answer cannot be written. Everything that is wrong with the request is an answer.
pub fn main() -> Result<(), String> {
    limit().map_err(|error| format!("cannot limit itself: {error}"))?;
    let answer = wire::read_request(&mut std::io::stdin().lock()).and_then(|request| answer(&request));
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
    let start = cpu_ms();
    let program = program::compile(&request.program_name, &request.program)?;
    let decoded = decode::decode(&request.sources)?;
    let middle = cpu_ms();
    let mut notes: Vec<Note> = decoded.notes.into_iter().map(Note::from).collect();
    let context = program::Context { settings: request.table.clone(), ..program::Context::default() };
    let (board, said) = program.run(decoded.input, [&request.now, &request.tz, &request.date_order], &context)?;
    let table::Said { summary, notes: of_tables } = context.said.into_inner();
    notes.extend(of_tables);
    notes.extend(said.into_iter().map(Note::from));
    let more = notes.len().saturating_sub(limits::NOTES);
    if more > 0 {
        notes.truncate(limits::NOTES);
        notes.push(Note::from(format!("and {more} more")));
    }
    let (decode_ms, program_ms) = (middle - start, cpu_ms() - middle);
    Ok(Answer { board, summary, notes, sources: decoded.shapes, decode_ms, program_ms })
}

/// Processor time of this process so far.
fn cpu_ms() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}
