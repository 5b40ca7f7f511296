//! Any bytes as CSV, XLSX or JSON of a map: a table comes out, or one line that says why not.
//!
//! `cargo +nightly fuzz run table fuzz/corpus/table fuzz/seeds/table -- -dict=fuzz/table.dict`

#![no_main]

use floorcast::map::{Format, decode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for format in [Format::Auto, Format::Csv, Format::Xlsx, Format::Json] {
        let mut notes = Vec::new();
        if let Err(why) = decode::body(bytes, format, None, &mut notes) {
            assert!(!why.is_empty() && !why.contains('\n'), "{why}");
        }
    }
});
