//! What is on the wall instead of a slide: no feed set up yet, no answer yet, trouble with the feed (DESIGN 6.11, 6.12).

mod first_boot;
mod trouble;

use jiff::Timestamp;

use super::{Header, Look};
use crate::board::Health;
use crate::scene::Canvas;

/// Why there is no slide.
#[derive(Debug, Clone, Copy)]
pub enum Standby<'a> {
    /// No feed is set up.
    FirstBoot {
        /// Address of the set-up page.
        setup_url: Option<&'a str>,
        /// Path of the settings file.
        settings: &'a str,
        /// This machine's address.
        address: Option<&'a str>,
    },
    /// The first answer is still awaited.
    Waiting,
    /// The feed cannot be had.
    Trouble {
        /// How the feed is.
        health: Option<&'a Health>,
        /// When the data that is there was true.
        from: Option<Timestamp>,
    },
}

/// Paints it. `header` is that of the slide whose turn it is, where there is one.
pub fn draw(c: &mut Canvas, look: &Look, standby: &Standby, header: Option<&Header>, clock: &str) {
    match *standby {
        Standby::FirstBoot { setup_url, settings, address } => first_boot::draw(c, look, setup_url, settings, address),
        Standby::Waiting => trouble::draw(c, look, None, None, header, clock),
        Standby::Trouble { health, from } => trouble::draw(c, look, health, from, header, clock),
    }
}
