//! Supervises a feed's thread: starts it again when it panics, and ends it promptly when its handle goes.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;

use super::beats::Beats;
use super::options::FeedOptions;
use super::ports::{Clock, Inbox};
use super::report;
use super::run::FeedLoop;
use super::state::FeedState;

/// A running feed. Dropping it ends the thread and writes the last board to disk.
#[derive(Debug)]
pub struct FeedHandle {
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
    gave_up: Arc<AtomicBool>,
    beats: Beats,
}

/// A feed that panicked is started again this often; then the program has to be.
const MAX_RESTARTS: u32 = 3;
/// After this long a panic counts as the first one.
const STABLE_AFTER: Duration = Duration::from_secs(600);

impl FeedHandle {
    /// Ends the feed and waits for its last write.
    pub fn stop(self) {
        drop(self);
    }

    /// Whether the feed panicked again and again and runs no more: nothing new will come of it in this process.
    pub fn gave_up(&self) -> bool {
        self.gave_up.load(Ordering::Relaxed)
    }

    /// Its heartbeat.
    pub fn beats(&self) -> Beats {
        self.beats.clone()
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
    // Made here, so that the caller learns at once that there are no sockets.
    let mut first = Some(runtime()?);
    let (stop, stopped) = watch::channel(false);
    let gave_up = Arc::new(AtomicBool::new(false));
    let gives_up = gave_up.clone();
    let beats = Beats::default();
    let beating = beats.clone();
    let thread = std::thread::Builder::new().name("feed".into()).spawn(move || {
        let mut panics = 0;
        loop {
            let given = first.take();
            // The clock may panic as well as the work: nothing here may end the thread without a word to the loop.
            let ended = catch_unwind(AssertUnwindSafe(|| {
                let began = monotonic_now();
                let runtime = given.map_or_else(runtime, Ok);
                let run = |runtime| work(runtime, &options, &clock, &inbox, (stopped.clone(), &beating));
                let ended = catch_unwind(AssertUnwindSafe(|| runtime.map(run)));
                (ended, began.elapsed() > STABLE_AFTER)
            }));
            let (reason, was_stable) = match ended {
                Ok((Ok(Ok(())), _)) => return,
                Ok((Ok(Err(error)), stable)) => (format!("cannot start the network: {error}"), stable),
                Ok((Err(_), stable)) => ("its thread panicked".to_owned(), stable),
                Err(_) => ("its clock failed".to_owned(), false),
            };
            panics = if was_stable { 1 } else { panics + 1 };
            let label = options.label();
            if panics > MAX_RESTARTS {
                tracing::error!("{label}: {reason}, {panics} times: giving up");
                gives_up.store(true, Ordering::Relaxed);
                // Wakes the thread that has to end the program.
                let _ = catch_unwind(AssertUnwindSafe(|| inbox.wake()));
                return;
            }
            let wait = options.limits.backoff_min.saturating_mul(1 << (2 * panics)).min(options.limits.backoff_max);
            tracing::error!("{label}: {reason}: starting it again in {} s", wait.as_secs_f32());
            if is_stopped_within(&stopped, wait, &beating) {
                return;
            }
        }
    })?;
    Ok(FeedHandle { stop, thread: Some(thread), gave_up, beats })
}

#[expect(clippy::disallowed_methods, reason = "how long a feed lasted is no time that anything shows")]
fn monotonic_now() -> std::time::Instant {
    std::time::Instant::now()
}

/// Whether the handle goes while a feed waits to be started again.
fn is_stopped_within(stopped: &watch::Receiver<bool>, wait: Duration, beats: &Beats) -> bool {
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
        beats.beat();
        let nap = left.min(LOOK);
        std::thread::sleep(nap);
        left -= nap;
    }
}

/// A runtime that is abandoned with what it waits for: the look-up of a name cannot be cancelled.
struct Abandoned(Option<Runtime>);

impl Drop for Abandoned {
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
    (mut stopped, beats): (watch::Receiver<bool>, &Beats),
) {
    let runtime = Abandoned(Some(runtime));
    let mut state = FeedState::new(options, clock.clone(), inbox.clone());
    state.restore();
    let Some(network) = &runtime.0 else { return };
    network.block_on(async {
        let feed = FeedLoop::new(options, clock, inbox, &mut state);
        tokio::select! {
            // An error means that the handle is gone, which is a stop too.
            _ = stopped.wait_for(|stop| *stop) => {}
            () = feed.run() => {}
            () = report::run(options) => {}
            () = beats.run() => {}
        }
    });
    state.write_at_exit();
}

/// One thread for the network, at most two more for name look-ups and the decoding of pictures.
pub(super) fn runtime() -> io::Result<Runtime> {
    Builder::new_current_thread().enable_all().max_blocking_threads(2).thread_name("feed-work").build()
}
