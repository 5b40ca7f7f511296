//! Holds the state of a feed: accepts answers, compares them with the board on screen, and sends on what is new.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::accept::{AcceptContext, Report, accept, accept_event, limits, standard};
use super::disk::DiskCopy;
use super::failure::Failure;
use super::log::FeedLog;
use super::options::FeedOptions;
use super::ports::{Clock, Inbox};
use super::recorder::TapeRecorder;
use super::server_clock::corrected;
use super::status::StatusReporter;
use super::transport::{Answer, Channel, Content, TapeFrame};
use crate::board::{Board, ClockFix, Event, FeedHealth, TroubleKind, Update, Weight, diff};

/// A clock that is this far from the server's is wrong, whatever the time zone.
const CLOCK_OFF: SignedDuration = SignedDuration::from_hours(24);

/// The state of a feed, and what observes it: the log, the disk, the tape, the status.
pub(super) struct FeedState {
    /// Where it comes from: the id of a board without one.
    source: String,
    clock: Clock,
    inbox: Arc<dyn Inbox>,
    /// The board on screen.
    board: Option<Arc<Board>>,
    /// The document that was accepted last; another one than on screen when that was an older board.
    last: Arc<[u8]>,
    health: FeedHealth,
    sent_health: Option<FeedHealth>,
    log: FeedLog,
    disk: Option<DiskCopy>,
    recorder: Option<TapeRecorder>,
    status: StatusReporter,
    /// A recorded feed is on the tape at least this often.
    tape_gap: std::time::Duration,
}

impl FeedState {
    pub(super) fn new(options: &FeedOptions, clock: Clock, inbox: Arc<dyn Inbox>) -> FeedState {
        FeedState {
            source: options.source.name(),
            log: FeedLog::new(options, clock.clone()),
            clock,
            inbox,
            board: None,
            last: Arc::default(),
            health: FeedHealth { two_polls_s: options.two_polls_s(), ..FeedHealth::default() },
            sent_health: None,
            disk: DiskCopy::of(options),
            recorder: options.recorder.clone().map(TapeRecorder::new),
            status: StatusReporter::new(options.label(), options.monitor.clone()),
            tape_gap: options.limits.tape_gap,
        }
    }

    /// The board on screen.
    pub(super) fn board(&self) -> Option<&Arc<Board>> {
        self.board.as_ref()
    }

    /// Sends the last good board from disk, with the time it was received.
    pub(super) fn restore(&mut self) {
        let Some(disk) = &self.disk else { return };
        let Some(entry) = disk.read() else {
            if disk.is_of_another_feed() {
                self.log.info("the board on disk belongs to another feed: it stays there and is not shown");
            }
            return;
        };
        match accept(&entry.bytes, &self.context(Some(entry.at))) {
            Ok((board, _)) => {
                self.last = entry.bytes.into();
                self.disk.iter_mut().for_each(|disk| disk.restored(self.last.clone(), entry.at));
                self.show(board);
                self.health.last_good = Some(entry.at);
                self.send_health();
            }
            Err(report) => {
                self.log.warn(&format!("the board on disk is refused: {}", reason(&report)));
            }
        }
    }

    /// Sets how answers come from now on.
    pub(super) fn set_channel(&mut self, channel: Channel) {
        self.status.set_channel(channel);
    }

    /// Takes an answer. An error refuses its document; the board stays.
    pub(super) fn take(&mut self, answer: Answer) -> Result<(), Failure> {
        for note in &answer.notes {
            self.log.warn(&note.text);
        }
        match answer.content {
            Content::Board(bytes) => self.document(bytes, answer.offset)?,
            Content::Retained(bytes) if self.board.is_none() || bytes != *self.last => {
                self.document(bytes, SignedDuration::ZERO)?;
            }
            Content::Retained(_) => {
                let last_good = self.health.last_good.unwrap_or_else(|| (self.clock)());
                self.good(last_good, ClockFix::Tv);
            }
            Content::Same => self.renewed(answer.offset),
            Content::Celebration(bytes) => self.celebrate(&bytes),
            Content::Frame(frame) => self.frame(&frame)?,
            Content::Nothing => {}
        }
        self.write_if_due();
        Ok(())
    }

    /// Takes a failed attempt: the board stays, and the reason is shown.
    pub(super) fn failed(&mut self, failure: &Failure, retry_at: Option<Timestamp>) {
        let mut trouble = failure.trouble(retry_at);
        trouble.reason = self.log.trouble(&failure.reason);
        if trouble.kind == TroubleKind::CertificateEnded && self.distrusts_clock() {
            trouble.kind = TroubleKind::ClockWrong;
        }
        self.health.reason = Some(trouble.reason.clone());
        self.health.trouble = Some(trouble);
        self.send_health();
        self.write_if_due();
    }

    /// Writes what is not on disk yet.
    pub(super) fn write_at_exit(&mut self) {
        if let Some(disk) = &mut self.disk {
            disk.write_at_exit(self.health.last_good, (self.clock)());
        }
    }

    fn write_if_due(&mut self) {
        if let Some(disk) = &mut self.disk {
            disk.write_if_due(self.health.last_good, (self.clock)());
        }
    }

    /// Takes a document. An equal one is news about the feed's health only.
    fn document(&mut self, bytes: Vec<u8>, offset: SignedDuration) -> Result<(), Failure> {
        if self.board.is_none() || bytes != *self.last {
            let now = corrected((self.clock)(), offset);
            let board = self.accept(&bytes, Some(now))?;
            if let Some(recorder) = &mut self.recorder {
                recorder.body(standard(bytes.clone()));
            }
            self.last = bytes.into();
            if self.board.as_ref().is_none_or(|old| diff::is_newer(old, &board)) {
                self.disk.iter_mut().for_each(|disk| disk.changed(self.last.clone()));
                self.show(board);
            } else if let Some(old) = self.board.clone().filter(|old| old.epoch == board.epoch && old.rev > board.rev) {
                let rev = |rev: Option<u64>| rev.map_or_else(|| "none".to_owned(), |rev| rev.to_string());
                self.log.warn(&format!(
                    "a board with rev {} came after rev {} and is ignored",
                    rev(board.rev),
                    rev(old.rev)
                ));
            }
        }
        self.renewed(offset);
        Ok(())
    }

    /// Takes a good answer without news.
    fn renewed(&mut self, offset: SignedDuration) {
        if let Some(recorder) = &mut self.recorder {
            recorder.alive(self.tape_gap);
        }
        let clock = if offset.is_zero() { ClockFix::Tv } else { ClockFix::Server(offset) };
        self.good(corrected((self.clock)(), offset), clock);
    }

    /// Adds a celebration to the board on screen, once. A refusal is a line in the log: it says nothing against the board.
    fn celebrate(&mut self, bytes: &[u8]) {
        let Some(board) = &self.board else { return };
        let now = corrected((self.clock)(), self.offset());
        let (event, report) = match accept_event(bytes, board, Some(now)) {
            Ok(accepted) => accepted,
            Err(report) => {
                self.log.warn(&format!("a celebration is refused: {}", reason(&report)));
                return;
            }
        };
        if board.events.iter().any(|known| known.id == event.id) {
            return;
        }
        if let Some(recorder) = &mut self.recorder {
            recorder.celebration(&standard(bytes.to_vec()), now);
        }
        let board = with_event(board, event);
        if let Some(problem) = report.problems.first() {
            self.log.warn(&format!("a celebration: {problem}"));
        }
        self.show(board);
    }

    /// The server's clock minus the TV's, as of the last answer.
    fn offset(&self) -> SignedDuration {
        match self.health.clock {
            ClockFix::Tv => SignedDuration::ZERO,
            ClockFix::Server(offset) | ClockFix::Show(offset) => offset,
        }
    }

    /// Takes a tape's body whatever it says of its age: a tape is a show, and its next lap starts with an old board.
    fn frame(&mut self, frame: &TapeFrame) -> Result<(), Failure> {
        let (lap, mut board) = (frame.lap, self.accept(&frame.bytes, frame.wall)?);
        let wall = frame.wall.max(board.as_of);
        if lap > 0 {
            // Another epoch: the change is a new start, not a day on which every row lost everything.
            board.epoch = Some(format!("{}~{lap}", board.epoch.as_deref().unwrap_or_default()));
            // And its celebrations are others.
            board.events.iter_mut().for_each(|event| event.id = format!("{}~{lap}", event.id));
        }
        if self.board.as_deref() != Some(&board) {
            self.show(board);
        }
        let tv = (self.clock)();
        let clock = wall.map_or(ClockFix::Tv, |wall| ClockFix::Show(wall.duration_since(tv)));
        self.good(wall.unwrap_or(tv), clock);
        Ok(())
    }

    /// Whether the server's own clock was a day or more away from the TV's in the last answer: then no certificate is
    /// judged by the TV's.
    fn distrusts_clock(&self) -> bool {
        matches!(self.health.clock, ClockFix::Server(offset) if offset.abs() >= CLOCK_OFF)
    }

    fn accept(&mut self, bytes: &[u8], clock: Option<Timestamp>) -> Result<Board, Failure> {
        let (board, report) =
            accept(bytes, &self.context(clock)).map_err(|report| Failure::bad_data(reason(&report)))?;
        // A field that only a newer version knows is no line in the log with every board.
        if let Some(wrong) = report.problems.iter().find(|problem| problem.weight == Weight::Wrong) {
            let more = report.problems.len() - 1;
            let more =
                if more > 0 { format!(" (and {more} more; `floorcast check` lists them)") } else { String::new() };
            self.log.warn(&format!("{wrong}{more}"));
        }
        Ok(board)
    }

    fn context(&self, clock: Option<Timestamp>) -> AcceptContext {
        AcceptContext { feed: self.source.clone(), clock }
    }

    fn show(&mut self, board: Board) {
        let board = Arc::new(board);
        self.board = Some(board.clone());
        self.inbox.send(Update::Board(board));
    }

    fn good(&mut self, last_good: Timestamp, clock: ClockFix) {
        (self.health.trouble, self.health.reason) = (None, None);
        self.log.good();
        self.health.last_good = Some(last_good);
        self.health.clock = clock;
        self.send_health();
    }

    fn send_health(&mut self) {
        self.status.report(&self.health, self.board.as_deref(), (self.clock)());
        if self.sent_health.as_ref() != Some(&self.health) {
            self.sent_health = Some(self.health.clone());
            self.inbox.send(Update::Health(self.health.clone()));
        }
    }
}

/// The board with one celebration more.
fn with_event(board: &Board, event: Event) -> Board {
    let mut board = board.clone();
    board.events.insert(0, event);
    board.events.sort_by_key(|event| std::cmp::Reverse(event.at));
    board.events.truncate(limits::EVENTS);
    board
}

/// The first problem of a report in one line.
pub(super) fn reason(report: &Report) -> String {
    report.problems.first().map_or_else(|| "refused".to_owned(), ToString::to_string)
}
