//! Any bytes through the gate, and what is accepted through everything that a board is asked for.
//!
//! `cargo +nightly fuzz run accept fuzz/corpus/accept fuzz/seeds/accept tests/boards -- -dict=fuzz/accept.dict`

#![no_main]

use floorcast::board::diff::{diff, is_newer};
use floorcast::board::rank::{places, shown_top};
use floorcast::check::check;
use floorcast::feed::{AcceptContext, accept};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let answer = accept(bytes, &AcceptContext::default());
    let report = check(answer.as_ref().map(|(board, report)| (board, report)), |slide| slide.title.len() % 20);
    assert!(!report.to_string().contains('\u{1b}'), "nothing may drive a terminal");
    assert_eq!(report.ok, report.board.is_some());
    let Ok((board, _)) = answer else {
        assert!(!report.problems.is_empty(), "a refusal says why");
        return;
    };
    for slide in &board.slides {
        let places = places(&board, slide);
        assert!(places.is_sorted_by_key(|place| place.rank.unwrap_or(u32::MAX)));
        assert!(shown_top(&places, None, 12) <= 12);
    }
    assert!(diff(&board, &board).is_empty() && !is_newer(&board, &board));
});
