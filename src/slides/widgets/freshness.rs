//! Draws how old the data is in the header, or the plate that warns of it (DESIGN 6.9).

use super::countdown::{self, Countdown};
use crate::board::Caveat;
use crate::board::fresh::Band;
use crate::scene::{Align, Canvas, Color, Slab, Style, Weight};
use crate::slides::context::Look;
use crate::theme::style;

/// Where the plate begins on wide screens, and how high it is.
pub(super) const TOP: f32 = 59.0;
const HEIGHT: f32 = 66.0;
/// How far above the captions' baseline it begins on portrait screens.
pub(super) const ABOVE: f32 = 47.0;
const TEXT: Style = Style::new(44.0, Weight::Bold).tracked(0.02);
/// The sign of a caveat: how wide and high its block is, and how far that is from the plate's edges.
const SIGN: f32 = 46.0;
const SIGN_IN: f32 = 10.0;

/// What the warning plate says.
pub(super) enum Warning {
    /// The data is old.
    Stale(String),
    /// The data counts other rows than a reader expects.
    Caveat(&'static str),
}

/// Days left over the freshness mark, right-aligned at `right`. Returns the left end.
pub(super) fn landscape(c: &mut Canvas, look: &Look, days_left: &str, right: f32) -> f32 {
    let t = look.theme;
    if let Some(warning) = warning(look) {
        return plate(c, look, &warning, right, TOP);
    }
    if days_left.is_empty() {
        // Alone it stands in the middle.
        let (word, color) = mark(look);
        let w = c.text(right, 107.4, &word, style::LABEL, t.mid, Align::Right);
        c.disc(right - w - 20.0, 92.0, 9.0, color);
        return right - w - 30.0;
    }
    let cjk = days_left.chars().any(crate::scene::text::is_cjk);
    let caption = if cjk { style::CAPTION.sized(42.0) } else { style::CAPTION };
    let [upper, lower] = if cjk { [84.7, 129.7] } else { [85.6, 124.6] };
    let w = c.text(right, upper, days_left, caption, t.hi, Align::Right);
    let (word, color) = mark(look);
    let w2 = c.text(right, lower, &word, caption, t.mid, Align::Right);
    c.disc(right - w2 - 18.0, lower - 12.6, 8.0, color);
    right - w.max(w2 + 26.0)
}

/// The same on the captions' line of a portrait screen, with the baseline `y`.
pub(super) fn portrait(c: &mut Canvas, look: &Look, countdown: Option<&Countdown>, y: f32) -> f32 {
    if let Some(warning) = warning(look) {
        return plate(c, look, &warning, 1026.0, y - ABOVE);
    }
    if let Some(countdown) = countdown {
        return countdown::label(c, look, countdown, 1026.0, y);
    }
    let (word, color) = mark(look);
    let w = c.text(1026.0, y, &word, style::CAPTION.sized(40.0), look.theme.mid, Align::Right);
    c.disc(1026.0 - w - 20.0, y - 14.0, 9.0, color);
    1026.0 - w - 30.0
}

/// The word and the colour of its dot.
fn mark(look: &Look) -> (String, Color) {
    // Without a set clock the age is unknown.
    if look.clock_unset {
        return (look.locale.words().clock_not_set.to_owned(), look.theme.warn);
    }
    if look.clock_wrong {
        return (look.locale.words().clock_wrong.to_owned(), look.theme.warn);
    }
    match (look.band, look.as_of) {
        (Band::Live, _) | (_, None) => (look.locale.words().live.to_owned(), look.theme.up),
        (_, Some(at)) => ((look.clock)(at), look.theme.mid),
    }
}

/// That a contest has not been held: said of its result too, which has no mark of freshness.
pub(super) fn rehearsal(look: &Look) -> Option<Warning> {
    let is_one = look.caveats.contains(&Caveat::Rehearsal);
    is_one.then(|| Warning::Caveat(look.locale.words().caveats.rehearsal))
}

/// What has to be warned of. A rehearsal is of a time before, however old it is; then comes age: what is old is not trusted
/// anyway.
pub(super) fn warning(look: &Look) -> Option<Warning> {
    if let Some(rehearsal) = rehearsal(look) {
        return Some(rehearsal);
    }
    let words = &look.locale.words().caveats;
    let has = |caveat| look.caveats.contains(&caveat);
    if look.band >= Band::Warned {
        let at = look.as_of.map(|at| (look.clock)(at)).unwrap_or_default();
        return Some(Warning::Stale((look.locale.words().data_from)(&at)));
    }
    Some(Warning::Caveat(match (has(Caveat::AllDates), has(Caveat::NoStages), has(Caveat::Past)) {
        (true, true, _) => words.every_row,
        (true, false, _) => words.all_dates,
        (false, true, _) => words.no_stages,
        (false, false, true) => words.past,
        (false, false, false) => return None,
    }))
}

/// "DATA FROM 13:58" on the warn plate; a caveat has a sign in front of it, so that the two are told apart before they
/// are read. Returns its left end.
pub(super) fn plate(c: &mut Canvas, look: &Look, warning: &Warning, right: f32, top: f32) -> f32 {
    let t = look.theme;
    let (text, sign) = match warning {
        Warning::Stale(text) => (text.as_str(), 0.0),
        Warning::Caveat(text) => (*text, SIGN),
    };
    let w = c.fonts.width(text, TEXT);
    let plate = w + sign + 64.0 + 14.0;
    let left = right - plate;
    c.slab(Slab::lean(left, top, plate, HEIGHT), t.warn_paint());
    c.text(right - (plate - sign) / 2.0, top + 48.4, text, TEXT, t.on_warn, Align::Center);
    if sign > 0.0 {
        // Its edges lean as the plate's do.
        let x = left + SIGN_IN * (1.0 + crate::scene::SLANT);
        let lean = SIGN * crate::scene::SLANT;
        c.slab(Slab::lean(x, top + SIGN_IN, SIGN + lean, SIGN), t.on_warn);
        c.text(x + (SIGN + lean) / 2.0, top + 48.4, "!", TEXT, t.warn, Align::Center);
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Stage;
    use crate::slides::context::Screen;
    use crate::theme::{Mode, Theme};
    use crate::words::Locale;

    /// What the plate says, in English.
    fn said(band: Band, caveats: &[Caveat]) -> Option<String> {
        let screen = Screen {
            stage: Stage::new([1920, 1080], 0.0, Default::default()),
            inches: 65.0,
            viewing_m: 5.0,
            reduced_motion: false,
            keep_case: false,
            dither: false,
        };
        let (theme, words) = (Theme::new(Mode::Dark, Color::hex(0xD4FF3A), false), Locale::new("en"));
        let look = Look {
            theme: &theme,
            locale: &words,
            screen: &screen,
            band,
            photos: &Default::default(),
            crests: &Default::default(),
            arrived: &Default::default(),
            entered: None,
            clock: &|_| "13:58".to_owned(),
            as_of: Some(jiff::Timestamp::UNIX_EPOCH),
            caveats: &caveats.iter().copied().collect(),
            page: 0,
            cleared: 0.0,
            logo: None,
            rests: false,
            clears_line: false,
            race: None,
            clock_wrong: false,
            clock_unset: false,
        };
        warning(&look).map(|warning| match warning {
            Warning::Stale(text) => text,
            Warning::Caveat(text) => text.to_owned(),
        })
    }

    #[test]
    fn a_board_with_a_caveat_is_never_called_live() {
        use Caveat::{AllDates, NoStages, Past};
        for (caveats, text) in [
            (&[AllDates][..], "ALL DATES COUNT"),
            (&[NoStages], "NO STAGE COLUMN"),
            (&[AllDates, NoStages], "EVERY ROW COUNTS"),
            (&[Past], "NO DEALS THIS MONTH"),
            // What counts too much weighs more than what is missing.
            (&[NoStages, Past], "NO STAGE COLUMN"),
        ] {
            assert_eq!(said(Band::Live, caveats).as_deref(), Some(text));
            assert_eq!(said(Band::Dated, caveats).as_deref(), Some(text));
            assert_eq!(said(Band::Warned, caveats).as_deref(), Some("DATA FROM 13:58"));
        }
        for band in [Band::Live, Band::Dated, Band::Warned] {
            assert_eq!(said(band, &[NoStages, Past, Caveat::Rehearsal]).as_deref(), Some("REHEARSAL"));
        }
        assert_eq!(said(Band::Live, &[]), None);
        assert_eq!(said(Band::Dated, &[]), None);
    }
}
