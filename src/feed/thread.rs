//! The feed's thread: one loop per kind of source, ended promptly when its handle goes.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;
use tokio::time::{sleep, sleep_until};

use super::address::Reach;
use super::file::{Look, Watched};
use super::http::Http;
use super::images::{Home, Photos};
use super::keeper::Keeper;
use super::limits::Limits;
use super::mqtt;
use super::source::{Source, TapeSource};
use super::tape::{Applied, wall_at};
use super::timer;
use super::{Clock, FeedOptions, Inbox};
use crate::store::{Shelf, Transport};

/// A running feed. Dropping it ends the thread and writes the last board to disk.
#[derive(Debug)]
pub struct FeedHandle {
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
    gave_up: Arc<AtomicBool>,
}

/// How often a feed that panicked is started again; then the program has to be.
const RESTARTS: u32 = 3;
/// A feed that lasted this long is none that panics at once.
const LASTED: Duration = Duration::from_secs(600);

impl FeedHandle {
    /// Ends the feed and waits for its last write.
    pub fn stop(self) {
        drop(self);
    }

    /// Whether the feed panicked again and again and runs no more: nothing new will come of it in this process.
    pub fn gave_up(&self) -> bool {
        self.gave_up.load(Ordering::Relaxed)
    }
}

impl Drop for FeedHandle {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the feed's thread panicked");
        }
    }
}

/// Starts the feed on a thread of its own. The board on disk is the first update, before any network. A feed that panics
/// is started again, each time after a longer wait; see [`FeedHandle::gave_up`].
///
/// # Errors
/// The system gives no thread, or no sockets.
pub fn spawn(options: FeedOptions, clock: Clock, inbox: Arc<dyn Inbox>) -> io::Result<FeedHandle> {
    // Asked for here, so that whoever starts a feed learns at once that there are no sockets.
    let mut first = Some(runtime()?);
    let (stop, stopped) = watch::channel(false);
    let gave_up = Arc::new(AtomicBool::new(false));
    let told = gave_up.clone();
    let thread = std::thread::Builder::new().name("feed".into()).spawn(move || {
        let mut panics = 0;
        loop {
            let began = timer();
            let runtime = first.take().map_or_else(runtime, Ok);
            let ended = catch_unwind(AssertUnwindSafe(|| {
                runtime.map(|runtime| work(runtime, &options, &clock, &inbox, stopped.clone()))
            }));
            let what = match ended {
                Ok(Ok(())) => return,
                Ok(Err(error)) => format!("cannot start the network: {error}"),
                Err(_) => "its thread panicked".to_owned(),
            };
            panics = if began.elapsed() > LASTED { 1 } else { panics + 1 };
            let label = options.label();
            if panics > RESTARTS {
                tracing::error!("{label}: {what}, {panics} times: giving up");
                told.store(true, Ordering::Relaxed);
                // Wakes whoever has to end the program.
                let _ = catch_unwind(AssertUnwindSafe(|| inbox.wake()));
                return;
            }
            let wait = options.limits.backoff_min.saturating_mul(1 << (2 * panics)).min(options.limits.backoff_max);
            tracing::error!("{label}: {what}: starting it again in {} s", wait.as_secs_f32());
            if is_stopped_within(&stopped, wait) {
                return;
            }
        }
    })?;
    Ok(FeedHandle { stop, thread: Some(thread), gave_up })
}

#[expect(clippy::disallowed_methods, reason = "how long a feed lasted is no time that anything shows")]
fn timer() -> std::time::Instant {
    std::time::Instant::now()
}

/// Whether the handle goes while a feed waits to be started again.
fn is_stopped_within(stopped: &watch::Receiver<bool>, wait: Duration) -> bool {
    const LOOK: Duration = Duration::from_millis(50);
    let mut left = wait;
    loop {
        // An error means that the handle is gone.
        if *stopped.borrow() || stopped.has_changed().is_err() {
            return true;
        }
        if left.is_zero() {
            return false;
        }
        let nap = left.min(LOOK);
        std::thread::sleep(nap);
        left -= nap;
    }
}

/// A runtime that is left behind with whatever it waits for: a name that is being looked up cannot be called back.
struct Left(Option<Runtime>);

impl Drop for Left {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// Runs the feed until its handle goes.
fn work(
    runtime: Runtime,
    options: &FeedOptions,
    clock: &Clock,
    inbox: &Arc<dyn Inbox>,
    mut stopped: watch::Receiver<bool>,
) {
    let runtime = Left(Some(runtime));
    let store = options.store.clone().filter(|_| !matches!(options.source, Source::Tape(_)));
    let mut keeper = Keeper::new(
        (options.label(), options.source.name()),
        options.two_polls_s(),
        (clock.clone(), inbox.clone()),
        options.limits.clone(),
        store.clone().map(|store| Shelf::new(store, options.source.key(), options.name.is_some())),
    )
    .recorded_by(options.recorder.clone())
    .redacted_by(options.redactor.clone())
    .watched_by(options.monitor.clone());
    keeper.boot();
    let Some(network) = &runtime.0 else { return };
    network.block_on(async {
        let home = Home::of(&options.source);
        let mut photos = Photos::new(options, home, clock.clone(), inbox.clone(), store.as_ref());
        let (limits, clock) = (options.limits.clone(), clock.clone());
        let mut feed = Feed { limits, clock, keeper: &mut keeper, photos: &mut photos };
        tokio::select! {
            // An error means that the handle is gone, which is a stop too.
            _ = stopped.wait_for(|stop| *stop) => {}
            () = feed.run(options) => {}
        }
    });
    keeper.write(true);
}

/// One thread for the network, at most two more for name look-ups and the decoding of pictures.
pub(super) fn runtime() -> io::Result<Runtime> {
    Builder::new_current_thread().enable_all().max_blocking_threads(2).thread_name("feed-work").build()
}

/// The feed's thread at work.
pub(super) struct Feed<'a> {
    pub limits: Limits,
    pub clock: Clock,
    pub keeper: &'a mut Keeper,
    pub photos: &'a mut Photos,
}

impl Feed<'_> {
    async fn run(&mut self, options: &FeedOptions) {
        self.want_photos();
        match &options.source {
            Source::Http(url) => {
                let http = Http::new(url, options);
                self.web(http, None, options.interval()).await;
            }
            Source::Stream(url) => {
                let http = Http::new(url, options);
                self.web(http, Some(url.clone()), options.interval()).await;
            }
            Source::Mqtt(broker) => {
                self.keeper.told().comes_by(Transport::Mqtt);
                self.mqtt(mqtt::Client::new(broker, options)).await;
            }
            Source::File(path) => {
                self.photos.reach(Reach::Public);
                self.keeper.told().comes_by(Transport::File);
                self.file(Watched::new(path.clone(), options.limits.clone()), options.interval()).await;
            }
            Source::Map(map) => {
                self.keeper.told().comes_by(Transport::Map);
                self.map(map, options).await;
            }
            Source::Tape(tape) => {
                self.photos.reach(Reach::Public);
                self.keeper.told().comes_by(Transport::Tape);
                self.tape(tape, options.speed).await;
            }
        }
    }

    async fn file(&mut self, mut file: Watched, renew: Duration) {
        let mut unsaid = Duration::ZERO;
        let mut good = false;
        loop {
            match file.look().await {
                Ok(Look::Document(bytes)) => match self.keeper.document(bytes, SignedDuration::ZERO) {
                    Ok(()) => {
                        (good, unsaid) = (true, Duration::ZERO);
                        self.want_photos();
                    }
                    Err(failure) => {
                        good = false;
                        self.keeper.failed(&failure, None);
                    }
                },
                // The age of a board without `as_of` is renewed as seldom as over HTTP: nobody waits for it.
                Ok(Look::Same) if good && unsaid >= renew => {
                    unsaid = Duration::ZERO;
                    self.keeper.renewed(SignedDuration::ZERO);
                }
                Ok(Look::Same) => self.keeper.write(false),
                Err(failure) => {
                    good = false;
                    self.keeper.failed(&failure, None);
                }
            }
            sleep(self.limits.file_look).await;
            unsaid += self.limits.file_look;
        }
    }

    /// Plays a tape by the timer's monotonic time; a wall clock that is set in the middle changes nothing.
    async fn tape(&mut self, source: &TapeSource, speed: f64) {
        // Bounded by the command line; nothing else may stop a show.
        let real = |ms: u64| Duration::from_millis(ms).div_f64(speed.clamp(0.01, 10_000.0));
        let mut lap = 0_u32;
        loop {
            let start = timer::now();
            let mut applied = Vec::new();
            for frame in &source.tape.frames {
                sleep_until(start + real(frame.ms)).await;
                match self.keeper.frame(frame.bytes(), lap, wall_at(&applied, frame.ms)) {
                    Ok(as_of) => {
                        applied.push(Applied { ms: frame.ms, as_of });
                        self.keeper.show_clock(wall_at(&applied, frame.ms));
                        self.want_photos();
                    }
                    Err(failure) => self.keeper.failed(&failure, None),
                }
            }
            if !source.repeat {
                return std::future::pending().await;
            }
            sleep_until(start + real(source.tape.lap_ms())).await;
            lap = lap.saturating_add(1);
        }
    }

    /// Has the pictures of the board fetched.
    pub(super) fn want_photos(&mut self) {
        if let Some(board) = self.keeper.board() {
            self.photos.want(board);
        }
    }
}

/// The wall clock after a wait.
pub(super) fn after(now: Timestamp, wait: Duration) -> Option<Timestamp> {
    now.checked_add(wait).ok()
}
