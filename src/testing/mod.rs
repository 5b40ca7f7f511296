//! Helpers of the tests inside `src`: boards made from JSON, and what a slide then says.

pub(crate) mod figures;
#[path = "../../tests/support/poses.rs"]
pub(crate) mod poses;
pub(crate) mod texts;

/// A slide without a title that says nothing but its body.
pub(crate) fn slide(body: crate::board::Body) -> crate::board::SlideData {
    crate::board::SlideData {
        id: "s".into(),
        title: String::new(),
        period: None,
        start: None,
        end: None,
        teams: Vec::new(),
        dwell_s: None,
        body,
    }
}

/// A board with nothing on it but its number.
pub(crate) fn empty_board(rev: u64) -> crate::board::Board {
    crate::board::Board {
        id: "b".into(),
        epoch: None,
        rev: Some(rev),
        as_of: None,
        caveats: Default::default(),
        fresh_for_s: 0,
        tz: None,
        locale: None,
        metrics: Default::default(),
        teams: Default::default(),
        people: Default::default(),
        slides: Vec::new(),
        events: Vec::new(),
        derive: true,
    }
}
