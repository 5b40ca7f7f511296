//! Draws what is on the wall instead of a slide: no feed set up yet, no answer yet, nothing to show, trouble with the feed
//! (DESIGN 6.11, 6.12).

mod detail;
mod first_boot;
mod frame;
mod settings;
mod trouble;

use jiff::Timestamp;

use crate::board::FeedHealth;
use crate::scene::Canvas;
use crate::slides::context::Look;
use crate::slides::widgets::header::Header;
use crate::slides::widgets::qr::{bare, path_has_case};

/// Why there is no slide.
#[derive(Debug, Clone)]
pub enum Standby<'a> {
    /// The settings file is wrong, and there are no others to go by.
    Settings {
        file: &'a str,
        /// Line and column of what is wrong first; `None`: it cannot be read at all.
        place: Option<(usize, usize)>,
        /// What is wrong there, in one sentence.
        message: &'a str,
        address: Option<&'a str>,
    },
    /// No feed is set up.
    FirstBoot {
        /// Address of the set-up page.
        setup_url: Option<&'a str>,
        /// Path of the settings file.
        settings: &'a str,
        /// The network that this machine is in.
        network: Option<&'a str>,
        address: Option<&'a str>,
    },
    /// The first answer is still awaited.
    Waiting,
    /// There is a board, but nothing of it is to be shown on this screen now.
    Idle {
        /// When the data was true, where that has to be said.
        from: Option<Timestamp>,
        /// The feed needs no network.
        local: bool,
    },
    /// The feed cannot be had.
    Trouble {
        /// How the feed is.
        health: Option<&'a FeedHealth>,
        /// When the data that is there was true.
        from: Option<Timestamp>,
        /// It needs no network.
        local: bool,
        /// Host or file, as people call it.
        name: String,
        /// Address of a page that knows the codes at the bottom of the picture.
        help: Option<&'a str>,
        address: Option<&'a str>,
    },
}

/// Paints it. `header` is that of the slide whose turn it is, where there is one.
pub fn draw(c: &mut Canvas, look: &Look, standby: &Standby, header: Option<&Header>, clock: &str) {
    match *standby {
        Standby::Settings { file, place, message, address } => {
            settings::draw(c, look, &settings::Wrong { file, place, message, address }, clock);
        }
        Standby::FirstBoot { setup_url, settings, network, address } => {
            first_boot::draw(c, look, setup_url, settings, [network, address]);
        }
        Standby::Waiting => trouble::draw(c, look, &trouble::Case::default(), header, clock),
        Standby::Idle { from, local } => {
            trouble::draw(c, look, &trouble::Case { from, local, idle: true, ..Default::default() }, header, clock);
        }
        Standby::Trouble { health, from, local, ref name, help, address } => {
            let trouble = health.and_then(|h| h.trouble.as_ref());
            let code = trouble.map(|trouble| trouble::code(trouble.kind));
            let bottom = code.map(|code| bottom(look, code, help, address)).unwrap_or_default();
            let detail = health.and_then(|health| detail::of(health, name)).unwrap_or_default();
            trouble::draw(c, look, &trouble::Case { trouble, from, local, bottom, detail, idle: false }, header, clock);
        }
    }
}

/// "CODE F204 · HUB.EXAMPLE/F204": where the code is explained; else where this machine is found.
fn bottom(look: &Look, code: &str, help: Option<&str>, address: Option<&str>) -> String {
    let place = help.map(|url| format!("{}/{code}", shown_url(url))).or(address.map(str::to_owned));
    let code = (look.locale.words().code)(code);
    place.map_or(code.clone(), |place| format!("{code} · {place}"))
}

/// The address as people type it: without the scheme that browsers add, in capitals where that is the same.
fn shown_url(url: &str) -> String {
    let rest = bare(url);
    if path_has_case(url) { rest.to_owned() } else { rest.to_uppercase() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_shown_without_their_scheme_and_paths_keep_their_case() {
        assert_eq!(shown_url("http://192.168.20.41:8080/"), "192.168.20.41:8080");
        assert_eq!(shown_url("HTTPS://HUB.EXAMPLE/S"), "HUB.EXAMPLE/S");
        assert_eq!(shown_url("https://hub.example"), "HUB.EXAMPLE");
        assert_eq!(shown_url("https://hub.example/s/Ab"), "hub.example/s/Ab");
    }
}
