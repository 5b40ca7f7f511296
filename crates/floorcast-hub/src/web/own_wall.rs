//! Which slide is on the wall of the hub's own machine, which needs no pairing; it is lost with the process.

use std::collections::HashMap;

use parking_lot::Mutex;

use crate::screens::AWAY_S;

/// The slide of each board, and when it was said, in microseconds.
#[derive(Default)]
pub struct OwnWall(Mutex<HashMap<String, (String, i64)>>);

impl OwnWall {
    pub fn shows(&self, board: &str, slide: String, now: i64) {
        self.0.lock().insert(board.to_owned(), (slide, now));
    }

    /// `None`: the wall says nothing, or has not for too long.
    pub fn slide(&self, board: &str, now: i64) -> Option<String> {
        let all = self.0.lock();
        let (slide, at) = all.get(board)?;
        (now - at < AWAY_S * 1_000_000).then(|| slide.clone())
    }
}
