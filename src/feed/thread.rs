//! The feed's thread: one loop per kind of source, ended promptly when its handle goes.

use std::io;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until};

use super::address::Reach;
use super::file::{Look, Watched};
use super::http::Http;
use super::images::{Home, Photos};
use super::keeper::Keeper;
use super::limits::Limits;
use super::mqtt;
use super::source::{Source, TapeSource};
use super::tape::{Applied, wall_at};
use super::{Clock, FeedOptions, Inbox};
use crate::store::{Shelf, Transport};

/// A running feed. Dropping it ends the thread and writes the last board to disk.
#[derive(Debug)]
pub struct FeedHandle {
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

impl FeedHandle {
    /// Ends the feed and waits for its last write.
    pub fn stop(self) {
        drop(self);
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

/// Starts the feed on a thread of its own. The board on disk is the first update, before any network.
///
/// # Errors
/// The system gives no thread, or no sockets.
pub fn spawn(options: FeedOptions, clock: Clock, inbox: Arc<dyn Inbox>) -> io::Result<FeedHandle> {
    let runtime = runtime()?;
    let (stop, mut stopped) = watch::channel(false);
    let thread = std::thread::Builder::new().name("feed".into()).spawn(move || {
        let store = options.store.clone().filter(|_| !matches!(options.source, Source::Tape(_)));
        let mut keeper = Keeper::new(
            (options.label(), options.source.name()),
            options.two_polls_s(),
            (clock.clone(), inbox.clone()),
            options.limits.clone(),
            store.clone().map(|store| Shelf::new(store, options.source.key(), options.name.is_some())),
        )
        .recorded_by(options.recorder.clone())
        .redacted_by(options.redact.clone())
        .watched_by(options.monitor.clone());
        keeper.boot();
        runtime.block_on(async {
            let mut photos = Photos::new(&options, Home::of(&options.source), clock.clone(), inbox, store.as_ref());
            let mut feed = Feed { limits: options.limits.clone(), clock, keeper: &mut keeper, photos: &mut photos };
            tokio::select! {
                // An error means that the handle is gone, which is a stop too.
                _ = stopped.wait_for(|stop| *stop) => {}
                () = feed.run(&options) => {}
            }
        });
        keeper.write(true);
        // A name that is being looked up cannot be called back: it is left behind.
        runtime.shutdown_background();
    })?;
    Ok(FeedHandle { stop, thread: Some(thread) })
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
            let start = timer_now();
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

/// The timer's own time. It is what `sleep` counts by, and cannot be used as a clock.
pub(super) fn timer_now() -> Instant {
    sleep(Duration::ZERO).deadline()
}

/// The wall clock after a wait.
pub(super) fn after(now: Timestamp, wait: Duration) -> Option<Timestamp> {
    now.checked_add(wait).ok()
}
