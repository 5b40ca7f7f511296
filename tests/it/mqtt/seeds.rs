//! Tests that the fuzzer's seeds reach what they are meant to reach.

use floorcast::feed::fuzzed::{message, packets, stream};

fn seed(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/fuzz/seeds/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[test]
fn the_seeds_reach_boards_and_events() {
    assert_eq!(packets(&seed("mqtt/session")), (4, 1));
    assert!(message(seed("mqtt/gzip")) && message(seed("mqtt/plain")) && !message(b"{}".to_vec()));
    for name in ["sse/state", "sse/ends"] {
        let bytes = seed(name);
        let whole = stream(&bytes, bytes.len(), 4096).unwrap();
        assert!(!whole.is_empty(), "{name}");
        assert!((0..bytes.len()).all(|cut| stream(&bytes, cut, 4096).as_ref() == Some(&whole)), "{name}");
        assert_eq!(stream(&bytes, 0, 8), None, "{name}");
    }
}
