//! Writes the status file on a thread of its own, so that neither the picture nor a feed waits for the disk.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::app::supervise::Supervisor;
use crate::feed::{Clock, Monitor};
use crate::store::{FeedStatus, Status};

/// The file is written at most this often.
const GAP: Duration = Duration::from_secs(1);

/// And at least this often: its age tells a reader whether the kiosk runs.
const REFRESH: Duration = Duration::from_secs(60);

/// The file and who writes it. Dropping it ends the thread and removes the file.
#[derive(Debug)]
pub(super) struct StatusFile {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// By the slot's number.
    feeds: BTreeMap<u64, FeedStatus>,
    /// The slots in the order of the settings.
    order: Vec<u64>,
    /// There is something that the file does not say.
    news: bool,
    over: bool,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere leaves whole values behind.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until `until` or for so long.
    fn wait(&self, most: Duration, until: fn(&State) -> bool) -> MutexGuard<'_, State> {
        let waited = self.changed.wait_timeout_while(self.lock(), most, |state| !until(state));
        waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

impl StatusFile {
    /// Starts the writer: in the first of these places that can be written. `None` where there is none, or no thread.
    pub fn start(places: Vec<PathBuf>, clock: Clock, supervisor: &Supervisor) -> Option<StatusFile> {
        StatusFile::paced(places, clock, supervisor, [GAP, REFRESH])
    }

    fn paced(
        places: Vec<PathBuf>,
        clock: Clock,
        supervisor: &Supervisor,
        [gap, refresh]: [Duration; 2],
    ) -> Option<StatusFile> {
        let shared = Arc::new(Shared::default());
        let mut places = Some(Places { all: places, used: Some(0) }).filter(|places| !places.all.is_empty())?;
        let work = shared.clone();
        let thread = supervisor.spawn("status", move || {
            loop {
                let mut state = work.wait(refresh, |state| state.news || state.over);
                if state.over {
                    places.all.iter().for_each(|place| Status::remove(place));
                    return Ok(());
                }
                state.news = false;
                let feeds = state.order.iter().filter_map(|slot| state.feeds.get(slot).cloned()).collect();
                drop(state);
                match places.write(&Status::new(clock(), feeds)) {
                    Some((true, news)) => tracing::warn!("{news}"),
                    Some((false, news)) => tracing::debug!("{news}"),
                    None => {}
                }
                drop(work.wait(gap, |state| state.over));
            }
        });
        match thread {
            Ok(thread) => Some(StatusFile { shared, thread: Some(thread) }),
            Err(error) => {
                tracing::warn!("no status file is written: {error}");
                None
            }
        }
    }

    /// Who takes down how the feed of this slot is.
    pub fn slot(&self, slot: u64) -> Arc<dyn Monitor> {
        Arc::new(SlotMonitor { shared: self.shared.clone(), slot })
    }

    /// How the feeds are, in the order of the settings.
    pub fn statuses(&self) -> Vec<FeedStatus> {
        let state = self.shared.lock();
        state.order.iter().filter_map(|slot| state.feeds.get(slot).cloned()).collect()
    }

    /// Which slots there are, in the order of the settings; the others are forgotten.
    pub fn arrange(&self, order: Vec<u64>) {
        let mut state = self.shared.lock();
        state.feeds.retain(|slot, _| order.contains(slot));
        state.news |= state.order != order;
        state.order = order;
        drop(state);
        self.shared.changed.notify_all();
    }
}

impl Drop for StatusFile {
    fn drop(&mut self) {
        self.shared.lock().over = true;
        self.shared.changed.notify_all();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the status file's thread panicked");
        }
    }
}

/// Where the file may lie, the best first.
struct Places {
    all: Vec<PathBuf>,
    /// Which of them was written last; `None`: not one could be.
    used: Option<usize>,
}

impl Places {
    /// Writes the first that can be written. Where that is another one than before, what is to be said of it, and whether
    /// it is a warning.
    fn write(&mut self, status: &Status) -> Option<(bool, String)> {
        let mut wrong = None;
        let used = self.all.iter().position(|place| match status.write(place) {
            Ok(()) => true,
            Err(error) => {
                wrong.get_or_insert(error);
                false
            }
        });
        let was = std::mem::replace(&mut self.used, used);
        let best = self.all.first().filter(|_| was != used)?.display();
        let Some(error) = wrong else { return Some((false, format!("{best}: can be written again"))) };
        let said = match used.and_then(|used| self.all.get(used)) {
            Some(next) => format!("how the feeds are is kept in {} instead", next.display()),
            None => "`floorcast check` does not see this kiosk".to_owned(),
        };
        // The only place is that of the boards: of it the store says so.
        Some((self.all.len() > 1, format!("{best}: cannot be written ({error}); {said}")))
    }
}

/// Takes down how one feed is.
#[derive(Debug)]
struct SlotMonitor {
    shared: Arc<Shared>,
    slot: u64,
}

impl Monitor for SlotMonitor {
    fn status(&self, status: &FeedStatus) {
        let mut state = self.shared.lock();
        let old = state.feeds.insert(self.slot, status.clone());
        if old.is_none_or(|old| status.is_news(&old)) {
            state.news = true;
            drop(state);
            self.shared.changed.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::TroubleKind;
    use jiff::Timestamp;
    use std::sync::atomic::{AtomicI64, Ordering};

    struct Folder(tempfile::TempDir);

    impl Folder {
        fn file(&self) -> PathBuf {
            self.0.path().join("status.json")
        }
    }

    fn folder() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    /// A clock that goes on by a second each time it is read: it counts the writes.
    fn counter() -> (Clock, Arc<AtomicI64>) {
        let count = Arc::new(AtomicI64::new(0));
        let read = count.clone();
        (Arc::new(move || at(read.fetch_add(1, Ordering::SeqCst))), count)
    }

    fn paced(places: Vec<PathBuf>, clock: Clock, pace: [Duration; 2]) -> Option<StatusFile> {
        StatusFile::paced(places, clock, &Supervisor::hasty(|name| panic!("{name} was given up")), pace)
    }

    fn wait_for(folder: &Folder, right: impl Fn(&Status) -> bool) -> Status {
        for _ in 0..1000 {
            if let Some(status) = Status::read(&folder.file()).unwrap().filter(&right) {
                return status;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("it was not written: {:?}", Status::read(&folder.file()));
    }

    #[test]
    fn news_are_written_and_repeats_are_not() {
        let folder = folder();
        let (clock, writes) = counter();
        let long = Duration::from_secs(3600);
        let file = paced(vec![folder.file()], clock, [Duration::ZERO, long]).unwrap();
        let mut feed = FeedStatus::new("crm".into());
        file.slot(7).status(&feed);
        file.slot(9).status(&FeedStatus::new("gone".into()));
        file.slot(3).status(&FeedStatus::new("notice".into()));
        file.arrange(vec![7, 3]);
        let names = |status: &Status| status.feeds.iter().map(|feed| feed.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&wait_for(&folder, |status| status.feeds.len() == 2)), ["crm", "notice"]);
        feed.attempts.failed(at(0), TroubleKind::NoAnswer, "connection refused");
        file.slot(7).status(&feed);
        let text = |status: &Status| Some(status.feeds[0].attempts.last_error.as_ref()?.text.clone());
        let first = wait_for(&folder, |status| text(status).is_some());
        for second in 1..100 {
            feed.attempts.failed(at(second), TroubleKind::NoAnswer, "connection refused");
            file.slot(7).status(&feed);
        }
        feed.attempts.failed(at(100), TroubleKind::NoAnswer, "no network");
        file.slot(7).status(&feed);
        let last = wait_for(&folder, |status| text(status).as_deref() == Some("no network"));
        assert_eq!(last.written, first.written.checked_add(jiff::SignedDuration::from_secs(1)).unwrap(), "one write");
        assert_eq!(writes.load(Ordering::SeqCst), last.written.as_second() - at(0).as_second() + 1);
        drop(file);
        assert_eq!(Status::read(&folder.file()), Ok(None), "nobody runs");
    }

    #[test]
    fn where_one_place_cannot_be_written_the_next_is() {
        let folder = folder();
        std::fs::create_dir_all(&folder.0).unwrap();
        std::fs::write(folder.0.path().join("run"), "a file where a folder should be").unwrap();
        let places = vec![folder.0.path().join("run/status.json"), folder.file()];
        let file = paced(places, counter().0, [Duration::ZERO, Duration::from_millis(10)]).unwrap();
        wait_for(&folder, |_| true);
        drop(file);
        assert_eq!(Status::read(&folder.file()), Ok(None));
        assert!(paced(vec![], counter().0, [Duration::ZERO, Duration::ZERO]).is_none());
    }

    #[test]
    fn a_change_of_place_is_said_once() {
        let folder = folder();
        std::fs::create_dir_all(&folder.0).unwrap();
        let (run, state) = (folder.0.path().join("run"), folder.0.path().join("state"));
        let block = |place: &PathBuf| {
            std::fs::remove_dir_all(place).ok();
            std::fs::write(place, "a file where a folder should be").unwrap();
        };
        let free = |place: &PathBuf| std::fs::remove_file(place).unwrap();
        let mut places = Places { all: vec![run.join("s.json"), state.join("s.json")], used: Some(0) };
        let mut says = || places.write(&Status::new(at(0), Vec::new()));
        assert_eq!(says(), None);
        block(&run);
        let (warns, news) = says().expect("the next place is used");
        assert!(
            warns && news.contains("run/s.json: cannot be written") && news.contains("state/s.json instead"),
            "{news}"
        );
        assert_eq!(says(), None, "once");
        block(&state);
        let (warns, news) = says().expect("no place is left");
        assert!(warns && news.contains("does not see this kiosk"), "{news}");
        assert_eq!(says(), None, "once");
        free(&run);
        let (warns, news) = says().expect("the best place is used again");
        assert!(!warns && news.contains("run/s.json: can be written again"), "{news}");
        assert_eq!(says(), None, "once");
        let mut only = Places { all: vec![state.join("s.json")], used: Some(0) };
        assert!(only.write(&Status::new(at(0), Vec::new())).is_some_and(|(warns, _)| !warns), "the store says it");
    }

    #[test]
    fn it_is_written_again_as_a_sign_of_life_and_not_faster_than_its_gap() {
        let folder = folder();
        let (clock, writes) = counter();
        let tick = Duration::from_millis(10);
        let file = paced(vec![folder.file()], clock, [Duration::ZERO, tick]).unwrap();
        wait_for(&folder, |status| status.written > at(2));
        drop(file);
        writes.store(0, Ordering::SeqCst);
        let (clock, writes) = counter();
        let file = paced(vec![folder.file()], clock, [Duration::from_secs(3600), tick]).unwrap();
        for slot in 0..20 {
            file.slot(slot).status(&FeedStatus::new("crm".into()));
        }
        file.arrange((0..20).collect());
        wait_for(&folder, |_| true);
        drop(file);
        assert_eq!(writes.load(Ordering::SeqCst), 1);
    }
}
