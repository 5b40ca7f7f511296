//! Watches over a thread that must not end: starts it again when it does, and gives up when it does so again and again.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::{JoinHandle, sleep};
use std::time::Duration;

use crate::clock::monotonic_now;

/// A thread is started again this often; then the program has to be.
const MAX_RESTARTS: u32 = 3;
/// After this long an end counts as the first one.
const STABLE_AFTER: Duration = Duration::from_secs(600);
/// The first wait; each further one is four times as long.
const WAIT: Duration = Duration::from_millis(250);

/// Starts threads, and knows whom to tell of one that cannot be kept alive.
#[derive(Clone)]
pub(super) struct Supervisor {
    give_up: Arc<dyn Fn(&'static str) + Send + Sync>,
    wait: Duration,
}

impl Supervisor {
    /// `give_up` is told the name of a thread that ended too often. It has to end the program.
    pub fn new(give_up: impl Fn(&'static str) + Send + Sync + 'static) -> Supervisor {
        Supervisor { give_up: Arc::new(give_up), wait: WAIT }
    }

    /// Runs `work` on a thread of its own until it returns `Ok`, which is an end that was asked for.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn spawn(
        &self,
        name: &'static str,
        mut work: impl FnMut() -> Result<(), String> + Send + 'static,
    ) -> io::Result<JoinHandle<()>> {
        let supervisor = self.clone();
        std::thread::Builder::new().name(name.into()).spawn(move || {
            let mut ends = 0;
            loop {
                // The clock may panic as well as the work: nothing here may end the thread but an end that was asked for.
                let ran = catch_unwind(AssertUnwindSafe(|| {
                    let began = monotonic_now();
                    let reason = match catch_unwind(AssertUnwindSafe(&mut work)) {
                        Ok(Ok(())) => return None,
                        Ok(Err(reason)) => reason,
                        Err(_) => "it panicked".to_owned(),
                    };
                    Some((reason, began.elapsed() > STABLE_AFTER))
                }));
                let (reason, was_stable) = match ran {
                    Ok(None) => return,
                    Ok(Some(end)) => end,
                    Err(_) => ("its clock failed".to_owned(), false),
                };
                ends = if was_stable { 1 } else { ends + 1 };
                let wait = supervisor.wait * (1 << (2 * (ends - 1)));
                if ends > MAX_RESTARTS {
                    tracing::error!("the thread {name:?} ended {ends} times: {reason}: giving up");
                    return (supervisor.give_up)(name);
                }
                tracing::error!("the thread {name:?} ended: {reason}: starting it again in {} s", wait.as_secs_f32());
                sleep(wait);
            }
        })
    }
}

#[cfg(test)]
impl Supervisor {
    /// One that nobody waits for.
    pub fn hasty(give_up: impl Fn(&'static str) + Send + Sync + 'static) -> Supervisor {
        Supervisor { wait: Duration::from_millis(1), ..Supervisor::new(give_up) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicU32, Ordering};

    /// How often a thread ran that ends `ends` times before it goes on, and who was given up.
    fn run(ends: u32, how: fn() -> Result<(), String>) -> (u32, Vec<&'static str>) {
        let given_up: Arc<Mutex<Vec<&'static str>>> = Arc::default();
        let runs = Arc::new(AtomicU32::new(0));
        let (told, count) = (given_up.clone(), runs.clone());
        let supervisor = Supervisor::hasty(move |name| told.lock().unwrap().push(name));
        let thread = supervisor
            .spawn("fragile", move || if count.fetch_add(1, Ordering::SeqCst) < ends { how() } else { Ok(()) });
        thread.unwrap().join().unwrap();
        let given_up = given_up.lock().unwrap().clone();
        (runs.load(Ordering::SeqCst), given_up)
    }

    #[test]
    fn what_ends_unasked_is_started_again_and_given_up_after_three_times() {
        let panics: fn() -> Result<(), String> = || panic!("fragile on purpose");
        for how in [panics, || Err("its pipe broke".to_owned())] {
            assert_eq!(run(0, how), (1, vec![]));
            assert_eq!(run(3, how), (4, vec![]), "the fourth run goes on");
            assert_eq!(run(4, how), (4, vec!["fragile"]));
        }
    }
}
