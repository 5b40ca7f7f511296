//! Any bytes as a stream of events: wherever the network cuts them, the same is said, and nothing grows over its limit.
//!
//! `cargo +nightly fuzz run sse fuzz/corpus/sse fuzz/seeds/sse`

#![no_main]

use floorcast::feed::fuzzed::stream;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let whole = stream(bytes, bytes.len(), 4096);
    for cut in [1, bytes.len() / 3, bytes.len() / 2, bytes.len().saturating_sub(1)] {
        assert_eq!(whole, stream(bytes, cut, 4096), "cut at {cut}");
    }
    for (name, data) in whole.into_iter().flatten() {
        assert!(!name.is_empty() && data.len() <= 4096);
    }
});
