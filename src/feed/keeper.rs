//! What becomes of an answer: accepted, compared with the board on screen, sent on, kept on disk; and how the feed is.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tracing::{info, warn};

use super::accept::{AcceptContext, Report, accept, accept_event, limits, standard};
use super::failure::Failure;
use super::limits::Limits;
use super::quiet::Quiet;
use super::taping::Taping;
use super::told::Told;
use super::{Clock, Inbox, Monitor, Recorder};
use crate::board::{Board, ClockFix, Health, TroubleKind, Update, Weight, diff};
use crate::redact::Redactor;
use crate::store::Shelf;

/// The store's entry for the last good board.
const ENTRY: &str = "board";

/// A clock that is this far from the server's is wrong, whatever the time zone.
const CLOCK_OFF: SignedDuration = SignedDuration::from_hours(24);

/// The feed's memory of what it has sent.
pub(crate) struct Keeper {
    /// The feed's name in messages.
    name: String,
    /// Where it comes from: the id of a board without one.
    from: String,
    clock: Clock,
    inbox: Arc<dyn Inbox>,
    limits: Limits,
    shelf: Option<Shelf>,
    /// The board on screen.
    board: Option<Arc<Board>>,
    /// Its document.
    on_screen: Arc<[u8]>,
    /// The document that was accepted last; another one than on screen when that was an older board.
    last: Arc<[u8]>,
    health: Health,
    sent_health: Option<Health>,
    quiet: Quiet,
    redactor: Redactor,
    /// The trouble that lasts and is in the log.
    said_trouble: Option<String>,
    told: Told,
    taping: Option<Taping>,
    /// The disk does not have the board on screen.
    unwritten: bool,
    /// The time of the board on disk.
    on_disk_at: Option<Timestamp>,
    wrote_at: Option<Timestamp>,
}

impl Keeper {
    pub(crate) fn new(
        (name, from): (String, String),
        two_polls_s: f64,
        (clock, inbox): (Clock, Arc<dyn Inbox>),
        limits: Limits,
        shelf: Option<Shelf>,
    ) -> Keeper {
        let quiet = Quiet::new(limits.log_gap);
        let told = Told::new(name.clone());
        Keeper {
            name,
            from,
            clock,
            inbox,
            limits,
            shelf,
            board: None,
            on_screen: Arc::default(),
            last: Arc::default(),
            health: Health { two_polls_s, ..Health::default() },
            sent_health: None,
            quiet,
            redactor: Redactor::default(),
            said_trouble: None,
            told,
            taping: None,
            unwritten: false,
            on_disk_at: None,
            wrote_at: None,
        }
    }

    /// The same with somebody who takes the bodies down.
    pub(crate) fn recorded_by(mut self, recorder: Option<Arc<dyn Recorder>>) -> Keeper {
        self.taping = recorder.map(Taping::new);
        self
    }

    /// The same with what is not said of the feed.
    pub(crate) fn redacted_by(mut self, redactor: Redactor) -> Keeper {
        self.redactor = redactor;
        self
    }

    /// The same with somebody who wants to know how the feed is.
    pub(crate) fn watched_by(mut self, monitor: Option<Arc<dyn Monitor>>) -> Keeper {
        self.told.monitor = monitor;
        self
    }

    /// What is told besides: how boards come, how the sources of a map are.
    pub(crate) fn told(&mut self) -> &mut Told {
        &mut self.told
    }

    /// The board on screen.
    pub(crate) fn board(&self) -> Option<&Arc<Board>> {
        self.board.as_ref()
    }

    /// Sends the last good board from disk, with the time it was received.
    pub(crate) fn boot(&mut self) {
        let Some(shelf) = &self.shelf else { return };
        let Some(entry) = shelf.get(ENTRY) else {
            if shelf.is_others(ENTRY) {
                info!("{}: the board on disk is another feed's and is left alone", self.name);
            }
            return;
        };
        match accept(&entry.bytes, &self.context(Some(entry.at))) {
            Ok((board, _)) => {
                self.last = entry.bytes.into();
                self.on_screen = self.last.clone();
                self.on_disk_at = Some(entry.at);
                self.show(board);
                self.health.last_good = Some(entry.at);
                self.send_health();
            }
            Err(report) => {
                let reason = self.redactor.text(&reason(&report));
                warn!("{}: the board on disk is refused: {reason}", self.name);
            }
        }
    }

    /// A document came. Equal content is news about the feed's health only.
    pub(crate) fn document(&mut self, bytes: Vec<u8>, offset: SignedDuration) -> Result<(), Failure> {
        if self.board.is_none() || bytes != *self.last {
            let now = corrected((self.clock)(), offset);
            let board = self.accept(&bytes, Some(now))?;
            if let Some(taping) = &mut self.taping {
                taping.body(standard(bytes.clone()));
            }
            self.last = bytes.into();
            if self.board.as_ref().is_none_or(|old| diff::is_newer(old, &board)) {
                self.on_screen = self.last.clone();
                self.unwritten = self.shelf.is_some();
                self.show(board);
            } else if let Some(old) = self.board.clone().filter(|old| old.epoch == board.epoch && old.rev > board.rev) {
                let rev = |rev: Option<u64>| rev.map_or_else(|| "none".to_owned(), |rev| rev.to_string());
                self.warn(&format!("rev {} came after rev {}; the newer one stays", rev(board.rev), rev(old.rev)));
            }
        }
        self.renewed(offset);
        Ok(())
    }

    /// A broker brought a document. One that it had kept and that is known already says nothing about its age: the
    /// source may be long gone.
    pub(crate) fn delivered(&mut self, bytes: Vec<u8>, kept: bool) -> Result<(), Failure> {
        if !kept || self.board.is_none() || bytes != *self.last {
            return self.document(bytes, SignedDuration::ZERO);
        }
        let last_good = self.health.last_good.unwrap_or_else(|| (self.clock)());
        self.good(last_good, ClockFix::Tv);
        self.write(false);
        Ok(())
    }

    /// A celebration came by itself: the board on screen gets it, once. One that is refused is a line in the log: it says
    /// nothing against the board.
    pub(crate) fn celebrate(&mut self, bytes: &[u8]) {
        let Some(board) = &self.board else { return };
        let now = corrected((self.clock)(), self.offset());
        let (event, report) = match accept_event(bytes, board, Some(now)) {
            Ok(accepted) => accepted,
            Err(report) => return self.note(&format!("a celebration is refused: {}", reason(&report))),
        };
        if board.events.iter().any(|known| known.id == event.id) {
            return;
        }
        if let Some(taping) = &mut self.taping {
            taping.celebration(&standard(bytes.to_vec()), now);
        }
        let mut board = Board::clone(board);
        board.events.insert(0, event);
        board.events.sort_by_key(|event| std::cmp::Reverse(event.at));
        board.events.truncate(limits::EVENTS);
        if let Some(problem) = report.problems.first() {
            self.warn(&format!("a celebration: {problem}"));
        }
        self.show(board);
    }

    /// The server's clock minus the TV's, as last heard.
    fn offset(&self) -> SignedDuration {
        match self.health.clock {
            ClockFix::Tv => SignedDuration::ZERO,
            ClockFix::Server(offset) | ClockFix::Show(offset) => offset,
        }
    }

    /// A good answer without news.
    pub(crate) fn renewed(&mut self, offset: SignedDuration) {
        if let Some(taping) = &mut self.taping {
            taping.alive(self.limits.tape_gap);
        }
        let clock = if offset.is_zero() { ClockFix::Tv } else { ClockFix::Server(offset) };
        self.good(corrected((self.clock)(), offset), clock);
        self.write(false);
    }

    /// A tape's body, applied whatever it says of its age: a tape is a show, and its next lap starts with an old board.
    pub(crate) fn frame(
        &mut self,
        bytes: &[u8],
        lap: u32,
        wall: Option<Timestamp>,
    ) -> Result<Option<Timestamp>, Failure> {
        let mut board = self.accept(bytes, wall)?;
        let as_of = board.as_of;
        if lap > 0 {
            // Another epoch: the change is a new start, not a day on which everybody lost everything.
            board.epoch = Some(format!("{}~{lap}", board.epoch.as_deref().unwrap_or_default()));
            // And its celebrations are others.
            board.events.iter_mut().for_each(|event| event.id = format!("{}~{lap}", event.id));
        }
        if self.board.as_deref() != Some(&board) {
            self.show(board);
        }
        Ok(as_of)
    }

    /// The wall clock of a tape after a body was applied.
    pub(crate) fn show_clock(&mut self, wall: Option<Timestamp>) {
        let tv = (self.clock)();
        let clock = wall.map_or(ClockFix::Tv, |wall| ClockFix::Show(wall.duration_since(tv)));
        self.good(wall.unwrap_or(tv), clock);
    }

    /// An attempt failed: the board stays, the reason is said.
    pub(crate) fn failed(&mut self, failure: &Failure, retry_at: Option<Timestamp>) {
        let failure = &Failure { reason: self.redactor.text(&failure.reason), ..failure.clone() };
        if self.said_trouble.as_ref() != Some(&failure.reason) && self.warn(&failure.reason) {
            self.said_trouble = Some(failure.reason.clone());
        }
        let mut trouble = failure.trouble(retry_at);
        if trouble.kind == TroubleKind::CertificateEnded && self.distrusts_clock() {
            trouble.kind = TroubleKind::ClockWrong;
        }
        self.health.said = Some(trouble.reason.clone());
        self.health.trouble = Some(trouble);
        self.send_health();
        self.write(false);
    }

    /// Whether the server's own clock, when it was last heard, was a day or more away from the TV's: then no certificate
    /// is judged by that.
    fn distrusts_clock(&self) -> bool {
        matches!(self.health.clock, ClockFix::Server(offset) if offset.abs() >= CLOCK_OFF)
    }

    /// Writes what is not on disk yet; with `at_exit` also the time of the last good answer.
    pub(crate) fn write(&mut self, at_exit: bool) {
        let Some(shelf) = &self.shelf else { return };
        let now = (self.clock)();
        let recent = self.wrote_at.is_some_and(|at| now.duration_since(at).unsigned_abs() < self.limits.store_gap);
        let due = if at_exit {
            self.unwritten || (self.on_disk_at.is_some() && self.on_disk_at != self.health.last_good)
        } else {
            self.unwritten && !recent
        };
        if due {
            let at = self.health.last_good.unwrap_or(now);
            shelf.put(ENTRY, at, self.on_screen.to_vec());
            self.unwritten = false;
            self.on_disk_at = Some(at);
            self.wrote_at = Some(now);
        }
    }

    fn accept(&mut self, bytes: &[u8], clock: Option<Timestamp>) -> Result<Board, Failure> {
        let (board, report) =
            accept(bytes, &self.context(clock)).map_err(|report| Failure::bad_data(reason(&report)))?;
        // A field that only a newer version knows is no line in the log with every board.
        if let Some(wrong) = report.problems.iter().find(|problem| problem.weight == Weight::Wrong) {
            let more = report.problems.len() - 1;
            let more =
                if more > 0 { format!(" (and {more} more; `floorcast check` lists them)") } else { String::new() };
            self.warn(&format!("{wrong}{more}"));
        }
        Ok(board)
    }

    fn context(&self, clock: Option<Timestamp>) -> AcceptContext {
        AcceptContext { feed: self.from.clone(), clock }
    }

    fn show(&mut self, board: Board) {
        let board = Arc::new(board);
        self.board = Some(board.clone());
        self.inbox.send(Update::Board(board));
    }

    fn good(&mut self, last_good: Timestamp, clock: ClockFix) {
        (self.health.trouble, self.health.said) = (None, None);
        if self.said_trouble.take().is_some() {
            info!("{}: good again", self.name);
        }
        self.health.last_good = Some(last_good);
        self.health.clock = clock;
        self.send_health();
    }

    fn send_health(&mut self) {
        self.told.tell(&self.health, self.board.as_deref(), (self.clock)());
        if self.sent_health.as_ref() != Some(&self.health) {
            self.sent_health = Some(self.health.clone());
            self.inbox.send(Update::Health(self.health.clone()));
        }
    }

    /// Says what is wrong with an answer that is taken all the same.
    pub(crate) fn note(&mut self, message: &str) {
        self.warn(message);
    }

    /// Says it, if it was not said a moment ago.
    fn warn(&mut self, message: &str) -> bool {
        let line = format!("{}: {}", self.name, self.redactor.text(message));
        let may = self.quiet.may_say(&line, (self.clock)());
        if may {
            warn!("{line}");
        }
        may
    }
}

/// The first problem of a report in one line.
pub(crate) fn reason(report: &Report) -> String {
    report.problems.first().map_or_else(|| "refused".to_owned(), ToString::to_string)
}

/// The TV's clock as the server has it.
pub(crate) fn corrected(clock: Timestamp, offset: SignedDuration) -> Timestamp {
    clock.saturating_add(offset).unwrap_or(clock)
}
