//! Draws the error picture: what is wrong in four words, where the line breaks, and when the next try is (DESIGN 6.12).

use jiff::Timestamp;

use super::frame::{Frame, frame};
use crate::board::{Trouble, TroubleKind};
use crate::scene::{Align, Canvas, Rect, SLANT, Slab, Style, Vec2, Weight};
use crate::slides::context::Look;
use crate::slides::widgets::cells::{cell, seam};
use crate::slides::widgets::footer_lines::FooterLines;
use crate::slides::widgets::header::{self as head, Header};
use crate::slides::widgets::{card, lines, marks, slab};
use crate::theme::style;
use crate::words::Words;

const HEADLINE: Style = Style::new(158.0, Weight::Heavy).tracked(0.005);
const SECOND_US: i64 = 1_000_000;

/// What is wrong; nothing yet: the first answer is still awaited.
#[derive(Default)]
pub struct Case<'a> {
    pub trouble: Option<&'a Trouble>,
    /// When the data that is there was true.
    pub from: Option<Timestamp>,
    /// The feed needs no network.
    pub local: bool,
    /// A board is there, and nothing of it is to be shown.
    pub idle: bool,
    /// The code, and where it is explained.
    pub bottom: String,
    /// Which host or file, and what is wrong with it; may be empty.
    pub detail: String,
}

pub fn draw(c: &mut Canvas, look: &Look, case: &Case, header: Option<&Header>, clock: &str) {
    let w = look.locale.words();
    let none = Header { title: "floorcast".to_uppercase(), ..Header::default() };
    let header = Header { live: false, ..header.cloned().unwrap_or(none) };
    head::draw(c, look, &header, None, clock);
    let kind = case.trouble.map(|t| t.kind);
    let lines = match kind {
        Some(_) => w.cannot_reach,
        None if case.idle => w.idle,
        None => w.waiting,
    };
    let retry_at = case.trouble.and_then(|t| t.retry_at);
    let f = frame(c, !case.detail.is_empty(), retry_at.is_some());
    headline(c, look, &f, lines, kind.is_some(), case.from);
    if let Some([y, room]) = f.detail {
        detail(c, look, &f, [y, room], &case.detail);
    }
    if let Some(at) = retry_at {
        countdown(c, look, f.cells, at);
    }
    links(c, look, &f, if case.idle { came(case.local) } else { stations(w, kind, case.local) });
    footer(c, look, &case.bottom, case.from.is_some());
}

/// The sentence: on two lines, upright on three.
fn detail(c: &mut Canvas, look: &Look, f: &Frame, [y, w]: [f32; 2], text: &str) {
    const PITCH: f32 = 1.16;
    let n = if c.stage().portrait() { 3 } else { 2 };
    let style = Style::new(54.0, Weight::Semi).tracked(0.005);
    let h = 54.0 * (0.75 + PITCH * (n - 1) as f32);
    let fitted = lines::fit(c.fonts, text, style, lines::Room { w, h, lines: n, sizes: [46.0, 54.0], pitch: PITCH });
    // One line stands in the middle of the room.
    let y = if fitted.lines.len() == 1 && n == 2 { y + 24.0 } else { y };
    for (i, line) in fitted.lines.iter().enumerate() {
        let y = y + i as f32 * fitted.size * PITCH;
        c.text(f.text_x, y, line, style.sized(fitted.size), look.theme.hi, Align::Left);
    }
}

fn headline(c: &mut Canvas, look: &Look, f: &Frame, lines: [&str; 2], broken: bool, from: Option<Timestamp>) {
    let t = look.theme;
    let w = look.locale.words();
    c.layer("slab");
    let band = slab::Band { y: f.y, h: f.h, right: f.right };
    slab::dark(c, look, band);
    slab::shards(c, band, if broken { t.warn } else { t.accent }, &[(18.5, 16.0, 1.0), (52.5, 40.0, 0.3)]);
    if let Some(at) = from {
        let text = (w.data_from)(&(look.clock)(at));
        let style = Style::new(72.0, Weight::Bold).tracked(0.01);
        let width = c.fonts.width(&text, style);
        let x = f.text_x - 44.0;
        c.slab(Slab::lean(x, f.y - 54.0, width + 66.0 + 19.6, 92.0), t.warn_paint());
        c.text(x + 46.0, f.y + 17.2, &text, style, t.on_warn, Align::Left);
    }
    let max = if c.stage().portrait() { 860.0 } else { 1180.0 };
    let style = c.fonts.shrink_lines(&lines, HEADLINE.sized(f.size), 90.0, max);
    for (line, y) in lines.into_iter().zip(f.lines) {
        c.text(f.text_x, y, line, style, t.hi, Align::Left);
    }
}

/// "RETRY IN 20": two cells; longer waits show minutes and seconds beyond 99 s as 99.
fn countdown(c: &mut Canvas, look: &Look, Vec2 { x, y }: Vec2, at: Timestamp) {
    let t = look.theme;
    let now = c.now();
    let left_us = at.as_microsecond() - now.wall_us;
    let left_s = (left_us.max(0) as u64).div_ceil(SECOND_US as u64);
    if left_us > 0 {
        // The figure changes when a whole second of the rest is gone.
        c.redraw_at(now.when_wall(at.as_microsecond() - (left_s as i64 - 1) * SECOND_US));
    }
    let label = Style::new(60.0, Weight::Semi).tracked(0.04);
    let words = look.locale.words().retry_in;
    if c.stage().portrait() {
        c.text(x - 40.0, y + 116.0, words, label, t.mid, Align::Right);
    } else {
        c.text(x + 140.0, y - 29.0, words, label, t.mid, Align::Center);
    }
    let digits = format!("{:02}", left_s.min(99));
    for (i, digit) in digits.chars().enumerate() {
        let cx = x + 144.0 * i as f32;
        c.layer("cell");
        cell(c, t, cx, y, 136.0, 190.0);
        let style = Style::new(160.0, Weight::Bold);
        c.text(cx + 68.0, y + 151.0, &digit.to_string(), style, t.warn, Align::Center);
        c.layer("seam");
        seam(c, t, cx, y, 136.0, 190.0);
    }
}

/// How one station of the line is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Station {
    Works,
    /// In two words.
    Breaks(&'static str),
    /// Nothing is known of it.
    Unknown,
}

/// The stations that a board came through.
fn came(local: bool) -> [Station; 3] {
    [Station::Works, if local { Station::Unknown } else { Station::Works }, Station::Works]
}

/// This screen › network › sales feed: only what the screen itself knows. That bytes came back proves the network, which
/// a file does not go over; a certificate that the clock does not let it check says nothing of the feed.
fn stations(w: &Words, trouble: Option<TroubleKind>, local: bool) -> [Station; 3] {
    use Station::{Breaks, Unknown, Works};
    let network = if local { Unknown } else { Works };
    match trouble {
        None => [Works, Unknown, Unknown],
        Some(TroubleKind::NoAnswer) => [Works, network, Breaks(w.no_answer)],
        Some(TroubleKind::NoAccess) => [Works, network, Breaks(w.no_access)],
        Some(TroubleKind::NotFound) => [Works, network, Breaks(w.not_found)],
        Some(TroubleKind::BadData) => [Works, network, Breaks(w.bad_data)],
        Some(TroubleKind::CertificateEnded) => [Works, network, Breaks(w.certificate_ended)],
        Some(TroubleKind::NotTrusted) => [Works, network, Breaks(w.not_trusted)],
        Some(TroubleKind::NoNetwork) => [Works, Breaks(w.not_connected), Unknown],
        Some(TroubleKind::ClockNotSet) => [Breaks(w.clock_not_set), Works, Unknown],
        Some(TroubleKind::ClockWrong) => [Breaks(w.clock_wrong), Works, Unknown],
    }
}

/// How the joint in front of station `i` is. The first station breaks the one behind it: it has no other.
fn joint(stations: [Station; 3], i: usize) -> Station {
    match (stations[i - 1], stations[i]) {
        (_, broken @ Station::Breaks(_)) => broken,
        (broken @ Station::Breaks(_), _) if i == 1 => broken,
        (Station::Works, Station::Works) => Station::Works,
        _ => Station::Unknown,
    }
}

/// The code at the bottom of the picture, which README.md explains.
pub fn code(trouble: TroubleKind) -> &'static str {
    match trouble {
        TroubleKind::NoNetwork => "F101",
        TroubleKind::NoAnswer => "F204",
        TroubleKind::NoAccess => "F403",
        TroubleKind::NotFound => "F404",
        TroubleKind::BadData => "F422",
        TroubleKind::ClockNotSet => "F495",
        TroubleKind::ClockWrong => "F496",
        TroubleKind::CertificateEnded => "F497",
        TroubleKind::NotTrusted => "F498",
    }
}

/// Where the parts of a station lie on one shape of screen, from its upper left corner where nothing else is said.
struct StationPlace {
    left: f32,
    /// From one station to the next, across.
    across: f32,
    w: f32,
    name_x: f32,
    name_room: f32,
    sign_x: f32,
    /// The joint before it: the size of a cross, of an arrow.
    cross: f32,
    arrow: f32,
    /// Whether stations stand one under the other.
    stacked: bool,
}

const WIDE: StationPlace = StationPlace {
    left: 96.0,
    across: 590.0,
    w: 548.0,
    name_x: 86.0,
    name_room: 430.0,
    sign_x: 74.0,
    cross: 28.0,
    arrow: 48.0,
    stacked: false,
};

const TALL: StationPlace = StationPlace {
    left: 54.0,
    across: 0.0,
    w: 972.0,
    name_x: 80.0,
    name_room: 460.0,
    sign_x: 560.0,
    cross: 22.0,
    arrow: 30.0,
    stacked: true,
};

impl StationPlace {
    /// Baseline of the name and middle of the sign on a station of height `h`.
    fn heights(&self, h: f32) -> [f32; 2] {
        if self.stacked { [26.0 + h / 2.0, h / 2.0] } else { [102.6 - (226.0 - h) * 0.5, 166.0 - (226.0 - h) * 0.8] }
    }
}

fn links(c: &mut Canvas, look: &Look, f: &Frame, stations: [Station; 3]) {
    let t = look.theme;
    let w = look.locale.words();
    let p = if c.stage().portrait() { &TALL } else { &WIDE };
    let [top, h, pitch] = f.links;
    let lean = h * SLANT;
    let [name_dy, sign_dy] = p.heights(h);
    c.layer("links");
    for (i, (name, station)) in [w.this_screen, w.network, w.sales_feed].into_iter().zip(stations).enumerate() {
        let (x, y) = (p.left + p.across * i as f32, top + pitch * i as f32);
        card::plate(c, look, Rect::sized(x, y, p.w, h));
        if matches!(station, Station::Breaks(_)) {
            c.slab(Slab::lean(x, y, 12.0 + lean, h), t.warn);
        }
        let style = Style::new(76.0, Weight::Bold).tracked(0.01);
        let (line, _) = c.fonts.fit_text(name, style, p.name_room);
        c.line(x + p.name_x, y + name_dy, &line, t.hi, Align::Left);
        let (sx, sy) = (x + p.sign_x, y + sign_dy);
        let (text, ink) = match station {
            Station::Works => (w.ok, t.up),
            Station::Breaks(text) => (text, t.warn),
            Station::Unknown => ("", t.mid),
        };
        match station {
            Station::Works => marks::tick(c, sx, sy, 40.0, ink),
            Station::Breaks(_) => marks::cross(c, sx + 18.0, sy, 36.0, ink),
            Station::Unknown => {}
        }
        let room = x + p.w - lean - 8.0 - (sx + 58.0);
        let word = c.fonts.shrink(text, Style::new(60.0, Weight::Bold).tracked(0.01), 38.0, room);
        let (line, _) = c.fonts.fit_text(text, word, room);
        c.line(sx + 58.0, sy + 21.0, &line, ink, Align::Left);
        if i > 0 {
            let [x, y] = if p.stacked { [x + p.w / 2.0, y - (pitch - h) / 2.0] } else { [x - 45.0, y + h / 2.0] };
            match joint(stations, i) {
                Station::Breaks(_) => marks::cross(c, x, y, p.cross, t.warn),
                state => {
                    let ink = if state == Station::Works { t.up } else { t.low };
                    let arrow = if p.stacked { marks::chevron_down } else { marks::chevron };
                    arrow(c, x, y, p.arrow, ink);
                }
            }
        }
    }
}

fn footer(c: &mut Canvas, look: &Look, bottom: &str, has_data: bool) {
    if bottom.is_empty() {
        return;
    }
    let t = look.theme;
    let lines = FooterLines::new(c.stage(), 1016.0, [1726.0, 1790.0]);
    let FooterLines { left: x, right, y: [stays_y, y], .. } = lines;
    let room = lines.room(0.48);
    let (line, _) = c.fonts.fit_text(bottom, style::LABEL, room);
    c.line(x, y, &line, t.mid, Align::Left);
    if has_data {
        let style = Style::new(48.0, Weight::Semi).tracked(0.02);
        let (line, _) = c.fonts.fit_text(look.locale.words().last_data_stays, style, room);
        c.line(right, stays_y, &line, t.hi, Align::Right);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Locale;

    const ALL: [TroubleKind; 9] = [
        TroubleKind::NoNetwork,
        TroubleKind::NoAnswer,
        TroubleKind::NoAccess,
        TroubleKind::NotFound,
        TroubleKind::BadData,
        TroubleKind::CertificateEnded,
        TroubleKind::NotTrusted,
        TroubleKind::ClockNotSet,
        TroubleKind::ClockWrong,
    ];

    #[test]
    fn the_line_breaks_once_and_at_its_joint() {
        let locale = Locale::new("en");
        let broken = |station: &Station| matches!(station, Station::Breaks(_));
        for trouble in ALL {
            let stations = stations(locale.words(), Some(trouble), false);
            assert_eq!(stations.iter().filter(|s| broken(s)).count(), 1, "{trouble:?}");
            let joints = [1, 2].map(|i| joint(stations, i));
            assert_eq!(joints.iter().filter(|s| broken(s)).count(), 1, "{trouble:?}: {joints:?}");
        }
        let waiting = stations(locale.words(), None, false);
        assert_eq!([1, 2].map(|i| joint(waiting, i)), [Station::Unknown; 2], "nothing has come through yet");
    }

    #[test]
    fn a_file_says_nothing_of_the_network() {
        let locale = Locale::new("en");
        let stations = stations(locale.words(), Some(TroubleKind::NoAnswer), true);
        assert_eq!(stations, [Station::Works, Station::Unknown, Station::Breaks("NO ANSWER")]);
        assert_eq!([1, 2].map(|i| joint(stations, i)), [Station::Unknown, Station::Breaks("NO ANSWER")]);
    }

    #[test]
    fn a_clock_is_this_screens_own_trouble() {
        let locale = Locale::new("en");
        for (trouble, says) in [(TroubleKind::ClockNotSet, "CLOCK NOT SET"), (TroubleKind::ClockWrong, "CLOCK WRONG")] {
            let stations = stations(locale.words(), Some(trouble), false);
            assert_eq!(stations, [Station::Breaks(says), Station::Works, Station::Unknown]);
        }
    }

    #[test]
    fn every_code_means_one_trouble_and_is_explained() {
        let readme = include_str!("../../../README.md");
        for (i, trouble) in ALL.into_iter().enumerate() {
            let own = code(trouble);
            assert!(ALL[..i].iter().all(|other| code(*other) != own), "{own}");
            assert!(readme.contains(&format!("| {own} |")), "{own} is not explained in README.md");
        }
    }
}
