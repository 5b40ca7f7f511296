//! Starts the child, feeds it, waits for it a bounded time, and says in one line what became of it.

use std::io::{BufWriter, Read as _};
use std::os::unix::process::ExitStatusExt as _;
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};

use super::{Answer, MapLimits, Request, limits, wire};
use crate::text::short;

/// Which program is the child.
#[derive(Debug, Clone)]
pub struct Child(pub PathBuf);

impl Default for Child {
    /// This program itself, even where its file has been replaced since it started.
    fn default() -> Self {
        Child("/proc/self/exe".into())
    }
}

/// What the child may say on its standard error: the last words of an abort.
const LAST_WORDS: u64 = 4 << 10;

/// Runs a map in a child of its own. Blocks for at most [`MapLimits::wall`].
///
/// # Errors
/// One line that names the map or the source.
pub fn run(request: Request, child: &Child, limits: &MapLimits) -> Result<Answer, String> {
    let name = request.program_name.clone();
    let size: usize = request.sources.iter().flat_map(|source| &source.pages).map(Vec::len).sum();
    if size > limits.input {
        return Err(format!("{name}: the sources have {size} bytes together, more than the {} allowed", limits.input));
    }
    if request.program.len() > limits::PROGRAM {
        return Err(format!("{name}: the map is larger than {} KiB", limits::PROGRAM >> 10));
    }
    let cannot_start = |error: std::io::Error| format!("{name}: the map cannot be started: {error}");
    let mut process = Command::new(&child.0)
        .arg("map-child")
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(cannot_start)?;
    let (stdin, stdout, stderr) = (process.stdin.take(), process.stdout.take(), process.stderr.take());
    let output = limits::output(&request.question);
    let (send, receive) = sync_channel(1);
    let talk = std::thread::Builder::new().name("map".into()).spawn(move || {
        std::thread::scope(|scope| {
            // A child that ends early stops listening; what it said counts.
            let write = std::thread::Builder::new().name("map-in".into());
            let write = write.spawn_scoped(scope, move || {
                stdin.is_some_and(|stdin| wire::write_request(&mut BufWriter::new(stdin), &request).is_ok())
            });
            let most = (wire::HEAD + limits::LOOK + output + 1) as u64;
            let mut answer = Vec::new();
            let read = stdout.map(|out| out.take(most).read_to_end(&mut answer));
            let mut last = String::new();
            if let Some(err) = stderr {
                // Not UTF-8 or not readable: nothing is known then.
                err.take(LAST_WORDS).read_to_string(&mut last).ok();
            }
            let sent = write.is_ok_and(|write| write.join().unwrap_or(false));
            // Nobody listens any more when the time was over.
            send.send((answer, last, read.is_some_and(|read| read.is_ok()), sent)).ok();
        });
    });
    let outcome = match talk {
        Ok(_) => receive.recv_timeout(limits.wall),
        Err(_) => Err(RecvTimeoutError::Disconnected),
    };
    if outcome.is_err() {
        // It has ended by itself in between: just as well.
        process.kill().ok();
    }
    let status = process.wait().map_err(cannot_start)?;
    let (answer, last, ..) = match outcome {
        Ok(outcome) => outcome,
        Err(RecvTimeoutError::Timeout) => {
            return Err(format!("{name}: the map took longer than {} s and was ended", limits.wall.as_secs_f64()));
        }
        Err(RecvTimeoutError::Disconnected) => return Err(format!("{name}: the map ended the connection")),
    };
    match wire::read_answer(&answer) {
        Some(answer) if status.success() => answer,
        _ => Err(format!("{name}: {}", end(status, &last))),
    }
}

/// How a child ended that gave no answer.
fn end(status: ExitStatus, last: &str) -> String {
    const KILL: i32 = 9;
    const SEGV: i32 = 11;
    const XCPU: i32 = 24;
    let memory = limits::MEMORY >> 20;
    if last.contains("overflowed its stack") || status.signal() == Some(SEGV) {
        return "the map nests too deep (does a function call itself for ever?)".into();
    }
    if last.contains("memory allocation") || last.contains("capacity overflow") {
        return format!("the map needs more than {memory} MiB of memory");
    }
    match (status.signal(), status.code()) {
        (Some(XCPU), _) => format!("the map needs more than {} s of processor time", limits::CPU_S),
        (Some(KILL), _) => "the system ended the map (is the machine's memory full?)".into(),
        (Some(signal), _) => format!("the map was ended by signal {signal}"),
        (None, code) => {
            let line = last.lines().find(|line| !line.trim().is_empty()).unwrap_or("it said nothing");
            format!("the map ended without an answer (code {}): {}", code.unwrap_or(-1), short(line, 200))
        }
    }
}
