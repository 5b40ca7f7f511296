//! Any bytes from a broker: as packets with boards in them, and as one message's payload, packed or not.
//!
//! `cargo +nightly fuzz run mqtt fuzz/corpus/mqtt fuzz/seeds/mqtt fuzz/seeds/accept -- -dict=fuzz/accept.dict`

#![no_main]

use floorcast::feed::fuzzed::{message, packets};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (read, boards) = packets(bytes);
    assert!(boards <= read);
    message(bytes.to_vec());
});
