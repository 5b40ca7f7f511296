//! Any bytes as CSV, XLSX or JSON of a map: a table comes out, and a board of it, or one line that says why not.
//!
//! `cargo +nightly fuzz run table fuzz/corpus/table fuzz/seeds/table -- -dict=fuzz/table.dict`

#![no_main]

use floorcast::map::decode::{self, Body};
use floorcast::map::table::{ReadOptions, deals};
use floorcast::map::{Format, SourceBody, TableSettings};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for format in [Format::Auto, Format::Csv, Format::Xlsx, Format::Ods, Format::Json] {
        let mut notes = Vec::new();
        let source = SourceBody { format, ..SourceBody::default() };
        let settings = TableSettings::default();
        let options = ReadOptions { settings: &settings, now: "2026-11-29T12:00:00Z", tz: "UTC", date_order: "" };
        let read = decode::body(bytes, &source, &settings, &mut notes).and_then(|body| match body {
            Body::Table(grid) => deals(&grid, options).map(drop),
            Body::Json(_) => Ok(()),
        });
        if let Err(why) = read {
            assert!(!why.is_empty() && !why.contains('\n'), "{why}");
        }
    }
});
