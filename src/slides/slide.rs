//! States what the director asks of every slide.

use super::context::{Ctx, Look};
use super::widgets::header::Header;
use crate::motion::Time;
use crate::scene::{Canvas, Fonts};

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
    /// How many pages of equal design its content fills; at least 1.
    fn pages(&self) -> usize {
        1
    }
    /// On which page somebody stands, by id, in a metric where they stand on several; nobody is the company. The first
    /// page where that is not known.
    fn page_of(&self, _who: Option<&str>, _metric: Option<&str>) -> usize {
        0
    }
    /// How many of its pages are there at an instant of the show's clock, in microseconds: some have windows of time.
    fn pages_at(&self, _wall_us: i64) -> usize {
        self.pages()
    }
    /// When that number may change, on the same clock.
    fn edges(&self) -> Vec<i64> {
        Vec::new()
    }
    /// Whether only one of the pages is on each time round, the next one the next time; else all in a row.
    fn one_page_a_round(&self) -> bool {
        false
    }
    /// Until when something that happened on it is still being shown.
    fn busy_until(&self) -> Time;
}
