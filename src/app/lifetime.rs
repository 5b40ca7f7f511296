//! Notes that the program starts and how it ends, and finds from the ends before what ends it again and again.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use crate::clock::boot_s;
use crate::config::Config;
use crate::store::{Run, Starts, starts_files};

/// The note of this run. Clones share it.
#[derive(Debug, Clone)]
pub(super) struct Lifetime {
    places: Arc<[PathBuf]>,
    starts: Arc<Mutex<Starts>>,
}

/// What the ends before this start say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Past {
    /// The last runs ended without a word, one soon after the other.
    pub died_quickly: bool,
    /// Runs of the last hour that did not end as they were asked to.
    pub failures: usize,
}

impl Lifetime {
    /// Notes the start.
    pub fn begin(config: &Config) -> (Lifetime, Past) {
        let env = |name: &str| std::env::var_os(name);
        let state = config.cache_dir(env);
        let places = starts_files(&Config::runtime_dirs(env), state.as_deref(), config.cache_dir.as_deref());
        let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
        let (mut starts, now_s) = (Starts::read(&places, boot.trim()), boot_s());
        let past = Past { died_quickly: starts.died_quickly(now_s), failures: starts.failures_within_hour(now_s) };
        starts.begin(now_s);
        let lifetime = Lifetime { places: places.into(), starts: Arc::new(Mutex::new(starts)) };
        lifetime.write();
        (lifetime, past)
    }

    /// Notes that the process ends in good order, and why where it was not asked to.
    pub fn end(&self, code: u8, why: Option<&str>) {
        self.starts.lock().unwrap_or_else(PoisonError::into_inner).end(code, why);
        self.write();
    }

    /// Notes why this run dies. It counts as an end without a word: what it had in common with others is looked for.
    pub fn died(&self, why: &str) {
        self.starts.lock().unwrap_or_else(PoisonError::into_inner).died(why);
        self.write();
    }

    /// The runs since the machine was started, the oldest first; the last is this one.
    pub fn runs(&self) -> Vec<Run> {
        self.starts.lock().unwrap_or_else(PoisonError::into_inner).runs()
    }

    fn write(&self) {
        let starts = self.starts.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Err(error) = starts.write(&self.places) {
            // The store says of the same folder that it cannot be written.
            tracing::debug!("cannot save the starts of the program: {error}");
        }
    }
}
