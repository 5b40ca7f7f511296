//! Any text as kiosk.toml: read, or refused with a place that exists in it.
//!
//! `cargo +nightly fuzz run config fuzz/corpus/config fuzz/seeds/config kiosk.toml`

#![no_main]

use floorcast::config::Config;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match Config::parse(text, &["ranking", "contest"]) {
        Ok(config) => {
            assert!(!config.feeds.is_empty() && config.feeds.len() <= floorcast::config::MAX_FEEDS);
            assert!((10.0..=200.0).contains(&config.screen_inches));
        }
        Err(error) => {
            assert!(!error.problems().is_empty());
            for problem in error.problems() {
                assert!(problem.line >= 1 && problem.line <= text.matches('\n').count() + 1 && problem.column >= 1);
            }
            assert!(!error.to_string().is_empty());
        }
    }
});
