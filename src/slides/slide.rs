//! States what the director asks of every slide.

use super::context::{Ctx, Look};
use super::widgets::header::Header;
use crate::motion::Time;
use crate::scene::{Canvas, Fonts, Rect};

/// A slide on the wall.
pub trait Slide: Send {
    /// Takes a newer board. What differs from what it shows becomes motion.
    fn update(&mut self, ctx: &Ctx, fonts: &mut Fonts);
    /// Its part of the common header at an instant.
    fn header(&self, t: Time) -> &Header;
    /// Paints body and footer of the page [`Look::page`] at the canvas's instant.
    fn draw(&self, canvas: &mut Canvas, look: &Look);
    /// How long a page stays, in seconds.
    fn dwell_s(&self) -> f64;
    /// The pages that its content fills.
    fn pages(&self) -> Pages {
        Pages::all(1)
    }
    /// On which page a person stands, by id, in a metric where they stand on several; nobody is the company. The first
    /// page where that is not known.
    fn page_of(&self, _who: Option<&str>, _metric: Option<&str>) -> usize {
        0
    }
    /// Where the row of somebody lies on a page, in units; none where it is not there.
    fn row_of(&self, _who: &str, _page: usize) -> Option<Rect> {
        None
    }
    /// The page that its last update turns to by itself: somebody has climbed from the page on the wall to it.
    fn turns_to(&self) -> Option<usize> {
        None
    }
    /// Whether it can tell how its period was run.
    fn has_race(&self) -> bool {
        false
    }
    /// Until when something that happened on it is being shown; nothing has happened yet where there is none.
    fn busy_until(&self) -> Option<Time>;
}

/// Pages of equal design, and when they are on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pages {
    /// How many there are at most; at least 1.
    pub count: usize,
    /// Whether only one of them is on each time round, the next one the next time; else all in a row.
    pub one_a_round: bool,
    /// From when until when each may be shown, in microseconds of the show's clock; empty: always.
    pub windows: Vec<[Option<i64>; 2]>,
}

impl Pages {
    /// So many pages in a row.
    pub fn all(count: usize) -> Pages {
        Pages { count: count.max(1), one_a_round: false, windows: Vec::new() }
    }

    /// So many pages, one of them each time round.
    pub fn in_turn(count: usize) -> Pages {
        Pages { one_a_round: true, ..Pages::all(count) }
    }

    /// How many there are at an instant.
    pub fn open_at(&self, wall_us: i64) -> usize {
        let open = |[from, until]: &&[Option<i64>; 2]| {
            from.is_none_or(|from| from <= wall_us) && until.is_none_or(|until| wall_us < until)
        };
        if self.windows.is_empty() { self.count } else { self.windows.iter().filter(open).count().max(1) }
    }

    /// When that number may change.
    pub fn edges(&self) -> impl Iterator<Item = i64> {
        self.windows.iter().flatten().flatten().copied()
    }
}
