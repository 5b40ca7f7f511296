//! Watches the settings file.

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::sleep;
use std::time::Duration;

use winit::event_loop::EventLoopProxy;

use super::Event;
use super::supervise::Supervisor;
use crate::cli::SourceArgs;
use crate::config::{ConfigError, Found, Loaded, find};
use crate::director::RefusedSettings;
use crate::exit::{Exit, Failure};
use crate::slides::kind_names;

/// How often the file is looked at. It is read when it has not changed between two looks: editors save in several steps.
const LOOK: Duration = Duration::from_millis(500);

/// What changes when a file is replaced or written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    device: u64,
    inode: u64,
    length: u64,
    /// Seconds and nanoseconds.
    modified: (i64, i64),
}

type News = Arc<Mutex<Option<Result<Loaded, ConfigError>>>>;

/// The watch over the settings file.
pub(super) struct SettingsWatch {
    news: News,
    reread: Arc<AtomicBool>,
}

impl SettingsWatch {
    /// Starts to watch, on a thread of its own. `file` is where the settings in force came from.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(
        args: &SourceArgs,
        file: Option<PathBuf>,
        wake: EventLoopProxy<Event>,
        supervisor: &Supervisor,
    ) -> Result<SettingsWatch, Failure> {
        let settings = SettingsWatch { news: Arc::default(), reread: Arc::default() };
        let (news, reread) = (settings.news.clone(), settings.reread.clone());
        let args = SourceArgs { config: file.or_else(|| args.config.clone()), feed: args.feed.clone() };
        let watch = move || {
            // Read once more at first: it may have changed since the program read it.
            let (mut taken, mut last) = (None, None);
            loop {
                sleep(LOOK);
                let asked = reread.swap(false, Ordering::Relaxed);
                let now = settings_file(&args).map(|path| stamp(&path));
                if asked || now.is_some() && now == last && now != taken {
                    taken = now;
                    let loaded = args.load(&kind_names());
                    *news.lock().unwrap_or_else(PoisonError::into_inner) = Some(loaded);
                    if wake.send_event(Event::Settings).is_err() {
                        return Ok(());
                    }
                }
                last = now;
            }
        };
        supervisor
            .spawn("settings", watch)
            .map_err(|e| Failure::new(Exit::TempFail, format!("cannot start a thread: {e}")))?;
        Ok(settings)
    }

    /// Has the file read again at the next look, changed or not.
    pub fn reread(&self) -> impl Fn() + Send + use<> {
        let reread = self.reread.clone();
        move || reread.store(true, Ordering::Relaxed)
    }

    pub(super) fn take(&self) -> Option<Result<Loaded, ConfigError>> {
        self.news.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// The settings file that counts; it may have come since the start.
pub(super) fn settings_file(args: &SourceArgs) -> Option<PathBuf> {
    let found = find(args.config.as_deref(), |name| std::env::var_os(name), |path| path.symlink_metadata().is_ok());
    if let Found::File(path) = found { Some(path) } else { None }
}

fn stamp(path: &Path) -> Option<Stamp> {
    let meta = path.metadata().ok()?;
    let modified = (meta.mtime(), meta.mtime_nsec());
    Some(Stamp { device: meta.dev(), inode: meta.ino(), length: meta.len(), modified })
}

/// What the wall shows of a settings file that is refused.
pub(super) fn refusal(error: &ConfigError) -> RefusedSettings {
    let (path, place, message) = match error {
        ConfigError::Unreadable { path, reason } => (path.display().to_string(), None, reason.clone()),
        ConfigError::Refused { file, problems } => {
            let first = problems.first();
            (file.clone(), first.map(|p| (p.line, p.column)), first.map(|p| p.message.clone()).unwrap_or_default())
        }
    };
    let name = Path::new(&path).file_name().map_or(path.clone(), |name| name.to_string_lossy().into_owned());
    let path = std::path::absolute(&path).map_or(path, |path| path.display().to_string());
    RefusedSettings { file: name, path, place, message }
}
