//! A wall in a world of the script's: the loop's own pace, health, inbox and judge, and around them a model of feed, display, disk
//! and supervisor.

mod laws;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::app::health::Next;
use crate::app::inbox::{Mailbox, SlotInbox};
use crate::app::judge::{Signs, judge};
use crate::app::pace::Pace;
use crate::app::simulation::script::{Happening, Script};
use crate::board::{FeedHealth, Update};
use crate::director::queue::SeenEvents;
use crate::feed::Inbox as _;
use crate::gpu::FrameOutcome;
use crate::motion::{Now, Time};
use crate::testing::empty_board;

/// A feed is asked so often; the judge looks so often; the supervisor waits so long for a ping, and so long before a start.
const POLL_S: f64 = 10.0;
const JUDGE_S: f64 = 10.0;
const WATCHDOG_S: f64 = 60.0;
const RESTART_S: f64 = 3.0;
/// Between two writes of what was celebrated.
const MARKS_S: f64 = 1.0;
/// After so long without a good answer the picture says so.
const OLD_S: f64 = 60.0;

/// A mistake in the loop, on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bug {
    LosesNews,
    ForgetsFailedFrames,
    IsDeaf,
    IsBlind,
    ForgetsDeals,
    Spins,
}

impl Bug {
    pub const ALL: [Bug; 6] =
        [Bug::LosesNews, Bug::ForgetsFailedFrames, Bug::IsDeaf, Bug::IsBlind, Bug::ForgetsDeals, Bug::Spins];

    /// The law that it breaks.
    pub fn breaks(self) -> &'static str {
        match self {
            Bug::LosesNews => "older than the feed",
            Bug::ForgetsFailedFrames => "stands still",
            Bug::IsDeaf => "told to stop",
            Bug::IsBlind => "nobody notices",
            Bug::ForgetsDeals => "celebrated",
            Bug::Spins => "wakes",
        }
    }
}

/// Whether the picture says that its data is old. An instant is whole microseconds: woken for it, the wall is there.
fn is_old(t: f64, good: f64) -> bool {
    t - good >= OLD_S - 2e-6
}

/// What stands on the glass.
#[derive(Debug, Clone, Copy, Default)]
struct Glass {
    rev: u64,
    says_old: bool,
    /// When it last changed hands.
    shown: f64,
}

/// A run of the program.
struct Run {
    began: f64,
    pace: Pace,
    mailbox: Arc<Mailbox>,
    inbox: Arc<SlotInbox>,
    /// The board that the loop holds, and when the feed last answered well.
    rev: u64,
    good: f64,
    seen: SeenEvents,
    /// Celebrated and not on disk yet; when marks were last written.
    unwritten: Option<Vec<String>>,
    wrote: f64,
    polled: f64,
    /// The board that the feed's thread has handed over last.
    sent: u64,
    looped: f64,
    wanted: Option<f64>,
    /// Presenting hangs until then.
    blocked: Option<f64>,
    wake: f64,
    /// Since when the judge has not fed the watchdog.
    unfed: Option<f64>,
}

/// The world at an instant. All times are seconds.
pub(super) struct World {
    script: Script,
    bug: Option<Bug>,
    t: f64,
    wall_offset: f64,
    rev: u64,
    changed: f64,
    outage_until: f64,
    off_until: f64,
    off_blocks: bool,
    hang_until: f64,
    failures: u64,
    lost: bool,
    glass: Glass,
    on_disk: Vec<String>,
    disk_rev: u64,
    run: Option<Run>,
    start_at: f64,
    judged: f64,
    is_fed: bool,
    /// Since when nothing keeps the wall from showing the newest board.
    free_since: f64,
    celebrated: BTreeMap<u64, u32>,
    /// Deals whose mark may have been lost with the power.
    excused: Vec<String>,
    wakes: u64,
}

impl World {
    pub fn new(script: Script, bug: Option<Bug>) -> World {
        World {
            script,
            bug,
            t: 0.0,
            wall_offset: 0.0,
            rev: 1,
            changed: 0.0,
            outage_until: 0.0,
            off_until: 0.0,
            off_blocks: false,
            hang_until: 0.0,
            failures: 0,
            lost: false,
            glass: Glass::default(),
            on_disk: Vec::new(),
            disk_rev: 0,
            run: None,
            start_at: 0.0,
            judged: 0.0,
            is_fed: true,
            free_since: 0.0,
            celebrated: BTreeMap::new(),
            excused: Vec::new(),
            wakes: 0,
        }
    }

    /// Lives to the end of the script.
    pub fn live(mut self) -> Result<(), String> {
        let mut happenings = std::mem::take(&mut self.script.happenings).into_iter().peekable();
        loop {
            let next_happening = happenings.peek().map_or(f64::MAX, |(at, _)| *at);
            let at = self.next().min(next_happening).min(self.script.stop_s);
            self.t = self.t.max(at);
            if self.t >= self.script.stop_s {
                return self.stop();
            }
            if next_happening <= self.t
                && let Some((_, what)) = happenings.next()
            {
                self.happen(what);
            }
            self.step()?;
            self.check()?;
        }
    }

    /// When something is next to do.
    fn next(&self) -> f64 {
        let run = self.run.as_ref();
        let of_run = run.map_or(self.start_at, |run| {
            let wake = run.blocked.unwrap_or(run.wake);
            wake.min(run.polled + POLL_S)
        });
        of_run.min(self.judged + JUDGE_S)
    }

    fn happen(&mut self, what: Happening) {
        match what {
            Happening::Board => (self.rev, self.changed) = (self.rev + 1, self.t),
            Happening::Outage(s) => self.outage_until = self.outage_until.max(self.t + s),
            Happening::Off(s, blocks) => (self.off_until, self.off_blocks) = (self.t + s, blocks),
            Happening::Hang(s) => self.hang_until = self.hang_until.max(self.t + s),
            Happening::Failures(n) => self.failures += n,
            Happening::Lost => self.lost = true,
            Happening::Clock(s) => self.wall_offset += s,
            Happening::Cut => self.end(20.0),
        }
    }

    /// The program is gone, and started again after so long.
    fn end(&mut self, pause_s: f64) {
        // What was celebrated within the last second may be again.
        self.excused.extend(self.run.take().and_then(|run| run.unwritten).unwrap_or_default());
        self.start_at = self.t + pause_s;
        // The supervisor knows: it is it who starts the program.
        self.free_since = f64::MAX;
    }

    fn step(&mut self) -> Result<(), String> {
        if self.run.is_none() && self.start_at <= self.t {
            self.start();
        }
        self.ask_source();
        if self.t >= self.judged + JUDGE_S {
            self.judge();
        }
        let is_due = self.run.as_ref().is_some_and(|run| run.blocked.unwrap_or(run.wake) <= self.t);
        if is_due { self.turn() } else { Ok(()) }
    }

    fn start(&mut self) {
        let mailbox = Arc::new(Mailbox::new(|| {}));
        let inbox = mailbox.slot(0);
        let mut seen = SeenEvents::default();
        seen.recall(self.on_disk.iter().cloned());
        self.run = Some(Run {
            began: self.t,
            pace: Pace::new(1.0 / 60.0),
            mailbox,
            inbox,
            rev: self.disk_rev,
            good: -1e6,
            seen,
            unwritten: None,
            wrote: self.t - MARKS_S,
            polled: self.t - POLL_S,
            sent: 0,
            looped: self.t,
            wanted: None,
            blocked: None,
            wake: self.t,
            unfed: None,
        });
        self.is_fed = true;
    }

    /// The feed's thread: it goes on while the display hangs.
    fn ask_source(&mut self) {
        let (t, rev, is_out) = (self.t, self.rev, self.t < self.outage_until);
        let Some(run) = self.run.as_mut().filter(|run| t >= run.polled + POLL_S) else { return };
        run.polled = t;
        if is_out {
            run.inbox.send(Update::Health(FeedHealth::default()));
        } else {
            if std::mem::replace(&mut run.sent, rev) != rev {
                run.inbox.send(Update::Board(Arc::new(empty_board(rev))));
            }
            let good = jiff::Timestamp::from_microsecond((t * 1e6) as i64).unwrap_or_default();
            run.inbox.send(Update::Health(FeedHealth { last_good: Some(good), ..FeedHealth::default() }));
        }
        // The proxy wakes the loop, unless it hangs.
        run.wake = run.wake.min(t);
    }

    fn outputs(&self) -> u32 {
        u32::from(self.t >= self.off_until)
    }

    fn judge(&mut self) {
        self.judged = self.t;
        let (t, outputs, is_blind) = (self.t, self.outputs(), self.bug == Some(Bug::IsBlind));
        let Some(run) = &mut self.run else { return };
        let signs = Signs {
            loop_s: t - run.looped,
            wanted_s: run.wanted.map(|at| t - at),
            outputs: Some(outputs),
            feeds: vec![("feed".into(), t - run.polled)],
            ..Signs::default()
        };
        self.is_fed = is_blind || judge(&signs).feeds_watchdog();
        if self.is_fed {
            run.unfed = None;
        } else if t - *run.unfed.get_or_insert(t) >= WATCHDOG_S {
            self.end(RESTART_S);
        }
    }

    /// The loop goes round once.
    fn turn(&mut self) -> Result<(), String> {
        self.wakes += 1;
        let t = self.t;
        let Some(mut run) = self.run.take() else { return Ok(()) };
        if run.blocked.take().is_some() {
            run.wanted = None;
            if self.outputs() > 0 {
                // The picture that it hung with has come through.
                self.glass = Glass { rev: run.rev, says_old: is_old(t, run.good), shown: t };
            }
        }
        run.looped = t;
        let now = Now { t: Time::from_s(t - run.began), wall_us: ((t + self.wall_offset) * 1e6) as i64 };
        self.take_news(&mut run, now)?;
        run.pace.polls(now);
        run.pace.looks_up(now);
        self.write_marks(&mut run);
        let mut ends = false;
        if run.pace.wants_frame(now, false, false) {
            run.wanted.get_or_insert(t);
            ends = self.draw(&mut run, now);
        }
        let due = run.pace.due(false, false);
        let wake = run.pace.wake_at(now, due, false).max(now.t);
        run.wake = if self.bug == Some(Bug::Spins) { t + 0.001 } else { run.began + wake.as_s() };
        if run.unwritten.is_some() {
            run.wake = run.wake.min(run.wrote + MARKS_S).max(t);
        }
        if ends {
            // An end in good order writes what waits.
            run.wrote = t - MARKS_S;
            self.write_marks(&mut run);
        }
        self.run = Some(run);
        if ends {
            self.end(RESTART_S);
        }
        Ok(())
    }

    fn take_news(&mut self, run: &mut Run, now: Now) -> Result<(), String> {
        let news = run.mailbox.take();
        if news.len() > 2 {
            return Err(format!("at {:.1} s the inbox holds {} updates of one feed", self.t, news.len()));
        }
        for (_, update) in news {
            match update {
                Update::Board(board) if self.bug != Some(Bug::LosesNews) || self.script.random.below(2) == 0 => {
                    let rev = board.rev.unwrap_or(0);
                    if rev == run.rev {
                        continue;
                    }
                    run.rev = rev;
                    self.disk_rev = rev;
                    self.celebrate(run, rev);
                    run.pace.redraw_at = Some(now.t);
                }
                Update::Board(_) | Update::Photo(_) | Update::Crest(_) | Update::Clip(_) => {}
                Update::Health(health) => {
                    if let Some(good) = health.last_good {
                        let was_old = is_old(self.t, run.good);
                        run.good = good.as_microsecond() as f64 / 1e6;
                        if was_old {
                            run.pace.redraw_at = Some(now.t);
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// A board has the deals of the last three.
    fn celebrate(&mut self, run: &mut Run, rev: u64) {
        for deal in rev.saturating_sub(2).max(1)..=rev {
            if run.seen.note(&format!("deal-{deal}")) {
                *self.celebrated.entry(deal).or_insert(0) += 1;
            }
        }
        if self.bug != Some(Bug::ForgetsDeals) {
            run.unwritten = run.seen.take().or(run.unwritten.take());
        }
    }

    fn write_marks(&mut self, run: &mut Run) {
        if self.t - run.wrote >= MARKS_S - 1e-6
            && let Some(ids) = run.unwritten.take()
        {
            self.on_disk = ids;
            run.wrote = self.t;
        }
    }

    /// Draws a frame. Whether the program ends.
    fn draw(&mut self, run: &mut Run, now: Now) -> bool {
        let t = self.t;
        run.pace.frames += 1;
        let outcome = if std::mem::take(&mut self.lost) {
            FrameOutcome::DeviceLost
        } else if t < self.off_until && !self.off_blocks {
            FrameOutcome::Occluded
        } else if t < self.off_until.max(self.hang_until) {
            run.blocked = Some(self.off_until.max(self.hang_until));
            FrameOutcome::Shown
        } else if self.failures > 0 {
            self.failures -= 1;
            match self.failures % 3 {
                0 => FrameOutcome::Timeout,
                1 => FrameOutcome::SurfaceLost,
                _ => FrameOutcome::Outdated,
            }
        } else {
            FrameOutcome::Shown
        };
        let is_shown = outcome == FrameOutcome::Shown && run.blocked.is_none();
        let minute = now.when_wall((now.wall_us.div_euclid(60_000_000) + 1) * 60_000_000);
        let old = now.t.after(run.good + OLD_S - t);
        let next = if is_old(t, run.good) { minute } else { minute.min(old) };
        match run.pace.drew(outcome, Some(next), now) {
            Next::Shown if is_shown => {
                self.glass = Glass { rev: run.rev, says_old: is_old(t, run.good), shown: t };
                run.wanted = None;
                false
            }
            Next::Shown | Next::Rest => false,
            Next::Retry(_) => {
                if self.bug == Some(Bug::ForgetsFailedFrames) {
                    (run.pace.redraw_at, run.wanted) = (None, None);
                }
                false
            }
            Next::GiveUp(_) => true,
        }
    }
}
