//! Queues the lines of a log that lasts, and writes them on a thread of its own.

use std::cell::Cell;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher as _};
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::sleep;
use std::time::Duration;

use tracing::{Level, Metadata};
use tracing_subscriber::fmt::MakeWriter;

use super::rate::{Rate, Verdict};
use crate::clock::{monotonic_now, wall_now};

/// Lines that may wait to be written.
const LINES: usize = 4_096;
/// A longer line is cut: at most so many bytes wait for each.
const LINE_BYTES: usize = 8 << 10;
/// A reader that takes nothing has so long before the line counts as lost.
const BUSY: Duration = Duration::from_secs(1);
const BUSY_LOOK: Duration = Duration::from_millis(10);
/// How long the end of the program waits for the last lines.
const LAST: Duration = Duration::from_secs(1);
/// How often it is looked for something to say of lines that were left out.
const LOOK: Duration = Duration::from_secs(60);

/// What a line says of those before it that could not be written.
const MISSING: &str = " lines of the log are missing: nobody took them in time";

/// What stands in front of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stamp {
    Time,
    None,
}

enum Work {
    Line(Vec<u8>),
    /// Those who wait for all that came before.
    Flush(SyncSender<()>),
}

/// What both ends of the queue know.
struct Shared {
    dropped: AtomicU64,
    rate: Mutex<Rate>,
    stamp: Stamp,
}

/// The end of the queue that takes lines.
#[derive(Clone)]
pub(super) struct Queue {
    send: SyncSender<Work>,
    shared: Arc<Shared>,
}

/// Writes what waits when the program ends.
pub struct Guard(Option<Queue>);

impl Queue {
    /// Starts the thread that writes to `out`.
    pub(super) fn start(out: impl Write + Send + 'static, stamp: Stamp) -> (Queue, Guard) {
        let (send, receive) = sync_channel(LINES);
        let rate = Mutex::new(Rate::new(monotonic_now()));
        let shared = Arc::new(Shared { dropped: AtomicU64::new(0), rate, stamp });
        let queue = Queue { send, shared: shared.clone() };
        let mut writer = LogWriter { out, lost: 0, shared };
        let write = move || {
            // Nobody supervises the log, as nobody could say that it ended.
            while catch_unwind(AssertUnwindSafe(|| writer.run(&receive))).is_err() {}
        };
        // Without a thread every line is one that finds no room.
        std::thread::Builder::new().name("log".into()).spawn(write).ok();
        (queue.clone(), Guard(Some(queue)))
    }

    fn push(&self, line: &[u8], place: u64, is_limited: bool) {
        if is_limited && self.is_left_out(line, place) {
            return;
        }
        self.send(stamped(line, self.shared.stamp));
    }

    fn is_left_out(&self, line: &[u8], place: u64) -> bool {
        self.shared.say_left_out().into_iter().for_each(|said| self.send(said));
        let line = hash(line);
        self.shared.count(|rate| rate.judge(line, place)) == Some(Verdict::LeaveOut)
    }

    fn send(&self, line: Vec<u8>) {
        super::recent::note(&line);
        if let Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) = self.send.try_send(Work::Line(line)) {
            self.shared.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Shared {
    /// Counts; `None` where this thread does so already, as a panic in there is a line of the log too: it would wait for itself
    /// for ever, and all that has something to say with it.
    fn count<T>(&self, how: impl FnOnce(&mut Rate) -> T) -> Option<T> {
        thread_local! {
            static COUNTS: Cell<bool> = const { Cell::new(false) };
        }
        if COUNTS.replace(true) {
            return None;
        }
        // A count is whole whatever panicked.
        let counted =
            catch_unwind(AssertUnwindSafe(|| how(&mut self.rate.lock().unwrap_or_else(PoisonError::into_inner))));
        COUNTS.set(false);
        counted.ok()
    }

    fn say_left_out(&self) -> Option<Vec<u8>> {
        let now = monotonic_now();
        let left_out = self.count(|rate| rate.turn(now)).unwrap_or(0);
        let said =
            || stamped(format!(" WARN {left_out} lines that repeat others were left out\n").as_bytes(), self.stamp);
        (left_out > 0).then(said)
    }
}

impl Guard {
    /// Of a log without a queue.
    pub(super) fn direct() -> Guard {
        Guard(None)
    }

    /// Writes what waits and then this line, bounded in time; gives the line back where there is no queue to do so.
    pub(super) fn end(mut self, text: &str) -> Result<(), String> {
        match self.0.take() {
            None => Err(text.to_owned()),
            Some(queue) => {
                let line = format!("{text}\n").into_bytes();
                if !text.is_empty() {
                    queue.send(line);
                }
                flush(&queue);
                Ok(())
            }
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(queue) = self.0.take() {
            flush(&queue);
        }
    }
}

/// Waits until what was sent is written, or for as long as a person would.
fn flush(queue: &Queue) {
    let (done, is_done) = sync_channel(1);
    let began = monotonic_now();
    let mut work = Work::Flush(done);
    while let Err(TrySendError::Full(back)) = queue.send.try_send(work) {
        if began.elapsed() >= LAST {
            return;
        }
        work = back;
        sleep(BUSY_LOOK);
    }
    is_done.recv_timeout(LAST.saturating_sub(began.elapsed())).ok();
}

/// The end of the queue that writes.
struct LogWriter<W> {
    out: W,
    /// Lines since the last that could be written.
    lost: u64,
    shared: Arc<Shared>,
}

impl<W: Write> LogWriter<W> {
    /// Writes until every sender is gone.
    fn run(&mut self, receive: &Receiver<Work>) {
        loop {
            match receive.recv_timeout(LOOK) {
                Ok(Work::Line(line)) => self.line(&line),
                Ok(Work::Flush(done)) => drop(done.try_send(())),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            if let Some(said) = self.shared.say_left_out() {
                self.line(&said);
            }
        }
    }

    fn line(&mut self, line: &[u8]) {
        let missing = self.lost + self.shared.dropped.load(Ordering::Relaxed);
        if missing > 0 {
            let said = format!(" WARN {missing}{MISSING}\n");
            if self.write(&stamped(said.as_bytes(), self.shared.stamp)).is_err() {
                self.lost += 1;
                return;
            }
            self.shared.dropped.fetch_sub(missing - self.lost, Ordering::Relaxed);
            self.lost = 0;
        }
        self.lost += u64::from(self.write(line).is_err());
    }

    /// Writes all of it. Standard errors that others have set not to block are waited for a bounded time.
    fn write(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        let mut waited = Duration::ZERO;
        while !bytes.is_empty() {
            match self.out.write(bytes) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(count) => bytes = &bytes[count.min(bytes.len())..],
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock && waited < BUSY => {
                    sleep(BUSY_LOOK);
                    waited += BUSY_LOOK;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

/// The lines with the time in front of each: one message may have several.
fn stamped(lines: &[u8], stamp: Stamp) -> Vec<u8> {
    let lines = &lines[..lines.len().min(LINE_BYTES)];
    let lines = lines.strip_suffix(b"\n").unwrap_or(lines);
    let time = match stamp {
        Stamp::Time => format!("{:.6} ", wall_now()),
        Stamp::None => String::new(),
    };
    let mut out = Vec::with_capacity(lines.len() + time.len() + 1);
    for line in lines.split(|byte| *byte == b'\n') {
        out.extend_from_slice(time.as_bytes());
        out.extend_from_slice(line);
        out.push(b'\n');
    }
    out
}

fn hash(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Takes one event of the log.
pub(super) struct Line<'a> {
    queue: &'a Queue,
    place: u64,
    is_limited: bool,
}

impl Write for Line<'_> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        // A line that cannot be taken is lost: whoever says it must not fail with it.
        let pushed = catch_unwind(AssertUnwindSafe(|| self.queue.push(line, self.place, self.is_limited)));
        if pushed.is_err() {
            self.queue.shared.dropped.fetch_add(1, Ordering::Relaxed);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Queue {
    type Writer = Line<'a>;

    fn make_writer(&'a self) -> Line<'a> {
        Line { queue: self, place: 0, is_limited: true }
    }

    fn make_writer_for(&'a self, meta: &Metadata<'_>) -> Line<'a> {
        // A filter beyond the usual asks for all of it.
        Line { queue: self, place: hash(&meta.callsite()), is_limited: *meta.level() <= Level::INFO }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails as long as it is told to.
    #[derive(Clone, Default)]
    struct Pipe {
        taken: Arc<Mutex<Vec<u8>>>,
        fails: Arc<Mutex<Option<io::ErrorKind>>>,
    }

    impl Pipe {
        fn text(&self) -> String {
            String::from_utf8(self.taken.lock().unwrap().clone()).unwrap()
        }
    }

    impl Write for Pipe {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            match *self.fails.lock().unwrap() {
                Some(kind) => Err(kind.into()),
                None => {
                    // A few bytes each time, as a pipe that is nearly full does.
                    let count = bytes.len().min(7);
                    self.taken.lock().unwrap().extend_from_slice(&bytes[..count]);
                    Ok(count)
                }
            }
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// Never comes back from a write.
    struct Asleep(Receiver<()>);

    impl Write for Asleep {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            self.0.recv().ok();
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn lines_that_could_not_be_written_are_counted_and_said() {
        let pipe = Pipe::default();
        let (queue, guard) = Queue::start(pipe.clone(), Stamp::None);
        queue.push(b"one\n", 1, true);
        flush(&queue);
        *pipe.fails.lock().unwrap() = Some(io::ErrorKind::BrokenPipe);
        for line in ["two\n", "three\n"] {
            queue.push(line.as_bytes(), 1, true);
        }
        flush(&queue);
        *pipe.fails.lock().unwrap() = None;
        queue.push(b"four\n", 1, true);
        drop(guard);
        assert_eq!(pipe.text(), "one\n WARN 2 lines of the log are missing: nobody took them in time\nfour\n");
    }

    #[test]
    fn a_reader_that_sleeps_costs_lines_and_no_time() {
        let (wakes, sleeps) = sync_channel(1);
        let (queue, guard) = Queue::start(Asleep(sleeps), Stamp::None);
        let began = monotonic_now();
        for line in 0..3 * LINES {
            queue.push(format!("{line}\n").as_bytes(), 1, false);
        }
        assert!(queue.shared.dropped.load(Ordering::Relaxed) >= 2 * LINES as u64 - 2);
        guard.end("the last words").unwrap();
        assert!(began.elapsed() < 3 * LAST, "the end waits a bounded time: {:?}", began.elapsed());
        drop(wakes);
    }

    #[test]
    fn what_was_dropped_is_said_when_somebody_reads_again() {
        let pipe = Pipe::default();
        *pipe.fails.lock().unwrap() = Some(io::ErrorKind::WouldBlock);
        let (queue, guard) = Queue::start(pipe.clone(), Stamp::None);
        for line in 0..LINES + 100 {
            queue.push(format!("line {line}\n").as_bytes(), 1, false);
        }
        let dropped = queue.shared.dropped.load(Ordering::Relaxed);
        assert!((98..=100).contains(&dropped), "{dropped}");
        *pipe.fails.lock().unwrap() = None;
        drop(guard);
        // The thread may have begun its first line between two of those that were dropped: then it says them in parts.
        let text = pipe.text();
        let said =
            text.lines().filter_map(|line| line.strip_prefix(" WARN ")?.strip_suffix(MISSING)?.parse::<u64>().ok());
        assert_eq!(said.sum::<u64>(), dropped, "{text:.200}");
    }

    #[test]
    fn a_panic_while_it_counts_is_a_line_like_any_other() {
        let pipe = Pipe::default();
        let (queue, guard) = Queue::start(pipe.clone(), Stamp::None);
        let counted = queue.shared.count(|_| -> u64 {
            // As the hook for panics does.
            queue.push(b"inside\n", 1, true);
            panic!("on purpose")
        });
        assert_eq!(counted, None);
        queue.push(b"after\n", 1, true);
        drop(guard);
        assert_eq!(pipe.text(), "inside\nafter\n");
    }

    #[test]
    fn every_line_of_a_message_has_its_time() {
        let text = String::from_utf8(stamped(b"ERROR wrong\n  |\n3 | x\n", Stamp::Time)).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3);
        for (line, end) in lines.iter().zip(["ERROR wrong", "  |", "3 | x"]) {
            let (time, rest) = line.split_once(' ').unwrap();
            assert!(time.ends_with('Z') && time.parse::<jiff::Timestamp>().is_ok() && rest == end, "{line}");
        }
        assert_eq!(stamped(&[b'x'; 3 * LINE_BYTES], Stamp::None).len(), LINE_BYTES + 1);
    }

    #[test]
    fn a_line_that_repeats_is_left_out_but_not_what_somebody_asked_for() {
        let pipe = Pipe::default();
        let (queue, guard) = Queue::start(pipe.clone(), Stamp::None);
        (0..50).for_each(|_| queue.push(b"same\n", 1, true));
        (0..50).for_each(|_| queue.push(b"trace\n", 2, false));
        drop(guard);
        assert_eq!((pipe.text().matches("same").count(), pipe.text().matches("trace").count()), (6, 50));
    }
}
