//! Draws the picture of a settings file that is wrong at the start: which file, where, what is wrong, and that it is
//! waited for.

use crate::scene::{Align, Canvas, Style, Weight};
use crate::slides::context::Look;
use crate::slides::widgets::footer_lines::FooterLines;
use crate::slides::widgets::header::{self, Header};
use crate::slides::widgets::{lines, slab};
use crate::theme::style;

/// A settings file that is not taken.
pub(super) struct Wrong<'a> {
    pub file: &'a str,
    /// Line and column of what is wrong first; `None`: it cannot be read at all.
    pub place: Option<(usize, usize)>,
    /// What is wrong there.
    pub message: &'a str,
    pub address: Option<&'a str>,
}

const HEADLINE: Style = Style::new(158.0, Weight::Heavy).tracked(0.005);
const PLACE: Style = Style::new(84.0, Weight::Bold).tracked(0.01);
const SENTENCE: Style = Style::new(54.0, Weight::Semi).tracked(0.005);
const PITCH: f32 = 1.16;

pub(super) fn draw(c: &mut Canvas, look: &Look, wrong: &Wrong, clock: &str) {
    let t = look.theme;
    let w = look.locale.words();
    let portrait = c.stage().portrait();
    let head = Header { title: "floorcast".to_uppercase(), ..Header::default() };
    header::draw(c, look, &head, None, clock);
    c.layer("slab");
    let (band, x, width) = match portrait {
        true => (slab::Band { y: 420.0, h: 470.0, right: 1000.0 }, 70.0, 800.0),
        false => (slab::Band { y: 182.0, h: 442.0, right: 1867.0 }, 140.0, 1590.0),
    };
    slab::dark(c, look, band);
    slab::shards(c, band, t.warn, &[(18.5, 16.0, 1.0), (52.5, 40.0, 0.3)]);
    let style = c.fonts.shrink_lines(&w.settings_wrong, HEADLINE, 90.0, width);
    for (i, line) in w.settings_wrong.iter().enumerate() {
        c.text(x, band.y + 158.0 + 142.0 * i as f32, line, style, t.hi, Align::Left);
    }
    let place = match wrong.place {
        Some((line, column)) => (w.line_column)(line, column),
        None => w.cannot_be_read.to_owned(),
    };
    let (line, _) = c.fonts.fit_text(&place, PLACE.sized(72.0), width);
    c.line(x, band.y + band.h - 34.0, &line, t.warn, Align::Left);

    c.layer("settings");
    let (x, right, mut y) = if portrait { (54.0, 1026.0, 1020.0) } else { (140.0, 1824.0, 730.0) };
    // The end of a path says more than its beginning.
    let file = tail(c, wrong.file, right - x);
    c.text(x, y, &file, PLACE, t.accent_text, Align::Left);
    y += 84.0;
    let n = if portrait { 6 } else { 3 };
    let room = lines::Room {
        w: right - x,
        h: SENTENCE.size * (0.75 + PITCH * (n - 1) as f32),
        lines: n,
        sizes: [44.0, SENTENCE.size],
        pitch: PITCH,
    };
    let fitted = lines::fit(c.fonts, wrong.message, SENTENCE, room);
    for line in &fitted.lines {
        c.text(x, y, line, SENTENCE.sized(fitted.size), t.hi, Align::Left);
        y += fitted.size * PITCH;
    }

    let FooterLines { left: x, right, y: [address_y, y], stacked } =
        FooterLines::new(c.stage(), 1016.0, [1726.0, 1790.0]);
    let mut left_w = 0.0;
    if let Some(address) = wrong.address {
        left_w = c.text(x, address_y, address, style::LABEL, t.mid, Align::Left);
    }
    let room = if stacked { right - x } else { right - x - left_w - 48.0 };
    let (line, _) = c.fonts.fit_text(w.mend_and_save, style::LABEL, room);
    c.line(right, y, &line, t.hi, Align::Right);
}

/// As much of a path's end as has room, behind an ellipsis.
fn tail(c: &mut Canvas, path: &str, room: f32) -> String {
    let mut from = 0;
    loop {
        let text = if from == 0 { path.to_owned() } else { format!("…{}", &path[from..]) };
        if c.fonts.width(&text, PLACE) <= room {
            return text;
        }
        match path[from..].char_indices().nth(1) {
            Some((next, _)) => from += next,
            None => return text,
        }
    }
}
