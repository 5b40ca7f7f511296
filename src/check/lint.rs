//! Lints the wall: each text that this screen has to squeeze, cut or leave out, figures that read alike, each
//! character that no font has, each colour that had to be corrected.

use std::sync::Arc;

use jiff::Timestamp;

use super::missing_glyphs::MissingGlyphs;
use super::text_index::TextIndex;
use crate::board::fresh::{self, Band};
use crate::board::{Board, Event, Update, Weight};
use crate::config::Config;
use crate::director::{Director, HostInfo, SlideInfo};
use crate::feed::Problem;
use crate::motion::{Now, Time};
use crate::scene::{Color, Fit, Fonts};
use crate::theme::{Mode, Theme};
use crate::words::Locale;

/// From this age on, by its band, a board is drawn in another way; each is drawn once.
const AGES: [(Band, &str); 2] = [(Band::Warned, ", once the data is old"), (Band::Grey, ", once the data is very old")];

/// Draws every page of every slide and every celebration as a screen of this size would at rest, and says what had to give
/// way. `body` is the document that the board was read from; `wall_us` the instant at which it is drawn.
pub fn lint(config: &Config, board: &Arc<Board>, body: &[u8], wall_us: i64, size: [u32; 2]) -> Vec<Problem> {
    let wall = LintScreen { config, size, wall_us };
    let places = TextIndex::new(body);
    let mut fonts = Fonts::new(true).diagnosing();
    let mut problems = Vec::new();
    let words = Locale::new(board.locale.as_deref().unwrap_or(&config.locale)).keep_case(config.keep_case);
    problems.extend(without_words(config, board, &words));
    let programme = wall.director(board, None, &mut fonts).programme();
    // Some slides fit their texts when they are made, all at once: these belong to the slide that sent them.
    let mut made = fonts.diagnostics.take_fitted();
    let left_out = fonts.diagnostics.take_left_out();
    let mut letters = MissingGlyphs::new(fonts.diagnostics.take_missing());
    for listed in programme {
        let Some(data) = board.slide(&listed.id) else { continue };
        let slide = places.slide(data);
        let drawn = wall.draw(board, &listed, &mut fonts);
        let or_slide = |found: Vec<String>| match found {
            found if found.is_empty() => vec![slide.clone().unwrap_or_else(|| format!("slide {}", listed.id))],
            found => found,
        };
        let on = format!("on the {} {:?}", listed.kind, data.title);
        let mut say = |weight: Weight, paths: Vec<String>, message: String| {
            let at = |path: String| Problem { path, message: message.clone(), weight };
            problems.extend(or_slide(paths).into_iter().map(at));
        };
        if drawn.broken {
            say(Weight::Wrong, vec![], format!("a bug in floorcast: drawing panicked {on}"));
        }
        let own = |(text, _): &mut (String, Fit)| {
            slide.as_deref().is_some_and(|slide| places.text(Some(slide), text).is_some_and(|p| p.starts_with(slide)))
        };
        let made: Vec<(String, Fit)> = made.extract_if(.., own).collect();
        let fitted = made.into_iter().map(|(text, fit)| (text, fit, "")).chain(drawn.fitted);
        for (text, fit, when) in fitted {
            // What the wall itself says of old data is no text of the feed.
            let sent = when.is_empty() || places.text(slide.as_deref(), &text).is_some();
            if let Some(what) = done(fit).filter(|_| sent) {
                say(Weight::Smaller, places.all(slide.as_deref(), &text), format!("{text:?} {what} {on}{when}"));
            }
        }
        let of_slide = left_out.iter().filter(|(id, _)| *id == data.id).map(|(_, text)| text);
        for text in of_slide.chain(&drawn.left_out) {
            let path = places.text(slide.as_deref(), text).into_iter().collect();
            say(Weight::LeftOut, path, format!("{text:?} is left out: it does not fit {on}"));
        }
        for said in super::ambiguous::ambiguous(board, &words, data) {
            say(Weight::Smaller, vec![], format!("{said} {on}"));
        }
        letters.on(&places, slide.as_deref(), &on, fonts.diagnostics.take_missing());
    }
    for event in &board.events {
        problems.extend(wall.celebration(board, event, &places, &mut fonts, &mut letters));
    }
    problems.extend(letters.problems(&places, board));
    if let Some(Err(message)) = config.logo.as_deref().map(crate::feed::logo) {
        problems.push(Problem::wrong("kiosk.toml: logo", message));
    }
    problems.extend(colours(config));
    problems
}

/// A language that has no words: names and figures follow its rules, but the wall's own words are English.
fn without_words(config: &Config, board: &Board, words: &Locale) -> Option<Problem> {
    let (path, tag) = match &board.locale {
        Some(tag) => ("locale", tag),
        None => ("kiosk.toml: locale", &config.locale),
    };
    let message = format!("no translation for {tag:?}; floorcast's own words are in English");
    (!words.has_words()).then(|| Problem { path: path.into(), message, weight: Weight::Wrong })
}

/// The size of the panel that a board is checked for: as it is given, else the usual one; turned as the settings say.
pub fn size(config: &Config, given: Option<[u32; 2]>) -> [u32; 2] {
    config.rotation.oriented(given.unwrap_or([1920, 1080]))
}

/// What was done to a text, where it is worth a word.
fn done(fit: Fit) -> Option<&'static str> {
    match fit {
        Fit::Natural => None,
        Fit::Tightened => Some("is condensed to fit"),
        Fit::Initial => Some("is shown with an initial"),
        Fit::Cut => Some("is cut"),
    }
}

/// When everything of a celebration has come, in seconds after its start.
const CELEBRATED_S: f64 = 3.5;

/// What was heard while a slide was drawn.
struct DrawnSlide {
    broken: bool,
    /// Texts that had to be made to fit, and from which age of the data on.
    fitted: Vec<(String, Fit, &'static str)>,
    /// Texts for which there was no place.
    left_out: Vec<String>,
}

/// A screen at an instant.
struct LintScreen<'a> {
    config: &'a Config,
    size: [u32; 2],
    wall_us: i64,
}

impl LintScreen<'_> {
    fn at(&self, s: f64) -> Now {
        Now { t: Time::from_s(s), wall_us: self.wall_us }
    }

    fn director(&self, board: &Arc<Board>, pin: Option<&str>, fonts: &mut Fonts) -> Director {
        let host_info = HostInfo { pinned: pin.map(str::to_owned), ..HostInfo::still(self.size) };
        let mut director = Director::new(self.config.clone(), host_info);
        director.apply(Update::Board(board.clone()), self.at(0.0), fonts);
        director
    }

    /// Draws each page of a slide when its entrance is over, and again for data that has become old.
    fn draw(&self, board: &Arc<Board>, listed: &SlideInfo, fonts: &mut Fonts) -> DrawnSlide {
        let director = self.director(board, Some(&listed.id), fonts);
        // What the other slides had to fit was heard when they were made first.
        fonts.diagnostics.take_fitted();
        fonts.diagnostics.take_left_out();
        fonts.diagnostics.take_missing();
        let pages = |age_s: f64, fonts: &mut Fonts| {
            for page in 0..listed.pages {
                let now = self.at((page as f64 + 0.9) * listed.dwell_s);
                director.frame(Now { wall_us: now.wall_us + (age_s * 1e6) as i64, ..now }, fonts);
            }
            fonts.diagnostics.take_fitted()
        };
        let mut fitted: Vec<(String, Fit, &str)> =
            pages(0.0, fonts).into_iter().map(|(text, fit)| (text, fit, "")).collect();
        let left_out =
            fonts.diagnostics.take_left_out().into_iter().filter(|(slide, _)| slide.is_empty()).map(|(_, text)| text);
        let left_out = left_out.collect();
        for (band, when) in AGES {
            let age_s = fresh::since(band, f64::from(board.fresh_for_s));
            let worse = |(text, fit): &(String, Fit), known: &[(String, Fit, &str)]| {
                !known.iter().any(|(t, f, _)| t == text && f >= fit)
            };
            let notes: Vec<(String, Fit)> =
                pages(age_s + 1.0, fonts).into_iter().filter(|note| worse(note, &fitted)).collect();
            fitted.extend(notes.into_iter().map(|(text, fit)| (text, fit, when)));
        }
        fonts.diagnostics.take_left_out();
        DrawnSlide { broken: !director.broken().is_empty(), fitted, left_out }
    }

    /// Draws a celebration as if it happened now, whatever the hour, and says what had to give way on it.
    fn celebration(
        &self,
        board: &Arc<Board>,
        event: &Event,
        places: &TextIndex,
        fonts: &mut Fonts,
        letters: &mut MissingGlyphs,
    ) -> Vec<Problem> {
        let Ok(at) = Timestamp::from_microsecond(self.wall_us) else { return Vec::new() };
        let with = |events: Vec<Event>| Update::Board(Arc::new(Board { events, ..Board::clone(board) }));
        let mut config = self.config.clone();
        config.celebrations.quiet = None;
        let mut director = Director::new(config, HostInfo::still(self.size));
        director.apply(with(Vec::new()), self.at(0.0), fonts);
        director.frame(self.at(0.9), fonts);
        // What the slide under it had to fit is known.
        let under: Vec<String> = fonts.diagnostics.take_fitted().into_iter().map(|(text, _)| text).collect();
        fonts.diagnostics.take_missing();
        director.apply(with(vec![Event { at, until: None, ..event.clone() }]), self.at(1.0), fonts);
        director.frame(self.at(1.0 + CELEBRATED_S), fonts);
        fonts.diagnostics.take_left_out();
        let place = places.event(&event.id);
        let path =
            |found: Option<String>| found.or_else(|| place.clone()).unwrap_or_else(|| format!("event {}", event.id));
        let on = format!("on the celebration {:?}", event.id);
        let notes = fonts.diagnostics.take_fitted().into_iter().filter(|(text, _)| !under.contains(text));
        letters.on(places, place.as_deref(), &on, fonts.diagnostics.take_missing());
        let problems = notes.filter_map(|(text, fit)| {
            let message = format!("{text:?} {} {on}", done(fit)?);
            let path = path(places.text(place.as_deref(), &text));
            Some(Problem { path, message, weight: Weight::Smaller })
        });
        problems.collect()
    }
}

/// What the accent rule made of the brand colour (DESIGN 4).
fn colours(config: &Config) -> Vec<Problem> {
    let brand = Color::rgb(config.brand);
    let mode = match config.theme {
        crate::config::ThemeMode::Dark => Mode::Dark,
        crate::config::ThemeMode::Light => Mode::Light,
    };
    let theme = Theme::new(mode, brand, false);
    let wrong = [("plates", theme.accent), ("words and figures", theme.accent_text)].into_iter();
    let wrong = wrong.filter(|(_, drawn)| *drawn != brand).map(|(what, drawn)| Problem {
        path: "kiosk.toml: brand".into(),
        message: format!(
            "{} has too little contrast for {what}; floorcast uses {} instead",
            written(brand),
            written(drawn)
        ),
        weight: Weight::Smaller,
    });
    wrong.collect()
}

fn written(color: Color) -> String {
    let [r, g, b, _] = color.0;
    format!("#{r:02X}{g:02X}{b:02X}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::{AcceptContext, accept};
    use crate::slides::kind_names;

    fn lines(config: &str, body: &serde_json::Value) -> Vec<String> {
        let config = Config::parse(config, &kind_names()).expect("a right config");
        let body = body.to_string();
        let (board, _) = accept(body.as_bytes(), &AcceptContext::default()).expect("a right board");
        let wall_us = 1_767_600_000_000_000;
        let size = size(&config, None);
        lint(&config, &Arc::new(board), body.as_bytes(), wall_us, size).iter().map(Problem::to_string).collect()
    }

    fn board(name: &str) -> serde_json::Value {
        let row = |name: &str, value: u32| serde_json::json!({"name": name, "value": value});
        let rows: Vec<_> = (2..12).map(|i| row(&format!("Rep {i}"), i)).chain([row(name, 1)]).collect();
        serde_json::json!({"format": "salesboard/1", "slides": [{"type": "ranking", "title": "Deals", "rows": rows}]})
    }

    #[test]
    fn a_wall_on_which_all_fits_has_nothing_to_say() {
        assert_eq!(lines("screen_inches = 65", &board("Ana")), Vec::<String>::new());
    }

    #[test]
    fn squeezed_and_cut_names_are_told_with_their_place() {
        let long = lines("screen_inches = 65", &board("Maximiliane Wolkenstein-Hohenfels"));
        assert_eq!(
            long,
            [
                "slides[0].rows[10].name: \"MAXIMILIANE WOLKENSTEIN-HOHENFELS\" is shown with an initial on the ranking \"Deals\""
            ]
        );
        let cut = lines("screen_inches = 65", &board(&"W".repeat(50)));
        assert!(
            cut.len() == 1 && cut[0].contains("is cut") && cut[0].starts_with("slides[0].rows[10].name"),
            "{cut:?}"
        );
    }

    #[test]
    fn what_a_slide_has_no_place_for_is_told_with_its_place() {
        let facts: Vec<_> = (1..=5).map(|i| serde_json::json!({"label": format!("Fact {i}"), "value": "x"})).collect();
        let own: Vec<_> = (1..=3).map(|i| serde_json::json!({"label": format!("Own {i}"), "value": "x"})).collect();
        let steps: Vec<_> = (1..=14).map(|i| serde_json::json!({"do": format!("Step {i}")})).collect();
        let axes: Vec<_> = (1..=7).map(|i| format!("Axis {i}")).collect();
        let slides = serde_json::json!([
            {"type": "message", "title": "News", "text": "x", "facts": facts},
            {"type": "recognition", "title": "Thanks", "items": [
                {"who": ["p"], "badge": "heart", "text": "x", "facts": facts},
                {"who": ["p"], "text": "y", "metric": "m", "value": 3, "facts": own}]},
            {"type": "coaching", "title": "Play", "items": [{"headline": "Do it", "steps": steps}]},
            {"type": "skills", "title": "Map", "axes": axes, "focus": [{"axis": 0, "text": "This"}, {"axis": 1, "text": "Later"}],
                "rows": [{"who": "t", "n": 8, "now": [1, 2, 3, 4, 5, 6, 7]}]},
        ]);
        let body = serde_json::json!({"format": "salesboard/1", "metrics": {"m": {"label": "Demos"}},
            "people": {"p": {"name": "Pia"}}, "teams": {"t": {"name": "Team"}}, "slides": slides});
        let left: Vec<String> =
            lines("screen_inches = 65", &body).into_iter().filter(|line| line.contains("is left out")).collect();
        let told = |path: &str| left.iter().filter(|line| line.starts_with(path)).count();
        for path in [
            "slides[0].facts[3].label",
            "slides[0].facts[4].label",
            "slides[1].items[0].facts[3].label",
            "slides[1].items[0].facts[4].label",
            "slides[1].items[1].facts[2].label",
            "slides[2].items[0].steps[12].do",
            "slides[2].items[0].steps[13].do",
            "slides[3].axes[6]",
            "slides[3].focus[1].text",
        ] {
            assert_eq!(told(path), 1, "{path} of {left:#?}");
        }
        assert_eq!(left.len(), 9, "{left:#?}");
        assert!(left[0].contains("\"Fact 4\" is left out: it does not fit on the message \"News\""));
    }

    #[test]
    fn characters_without_a_font_are_told() {
        let lines = lines("screen_inches = 65", &board("Ana \u{10FFF0}"));
        let right = "slides[0].rows[10].name: no font has U+10FFF0 (characters for private use): ◊ or ◇ stands for each, \
                     first on the ranking \"Deals\"";
        assert_eq!(lines, [right]);
    }

    #[test]
    fn a_language_without_words_is_told() {
        let said = |config: &str, locale: Option<&str>| {
            let mut body = board("Ana");
            locale.into_iter().for_each(|locale| body["locale"] = locale.into());
            lines(&format!("screen_inches = 65\n{config}"), &body)
        };
        let no_words = |at: &str, tag: &str| {
            vec![format!("{at}: no translation for {tag:?}; floorcast's own words are in English")]
        };
        assert_eq!(said("", Some("sv-SE")), no_words("locale", "sv-SE"));
        assert_eq!(said("locale = \"fi\"", None), no_words("kiosk.toml: locale", "fi"));
        for tag in ["en-GB", "ja-JP", "de-CH", "fr", "es-MX", "it", "nl-BE", "pt-BR"] {
            assert_eq!(said("locale = \"fi\"", Some(tag)), Vec::<String>::new(), "{tag}");
        }
    }

    #[test]
    fn celebrations_are_drawn_too() {
        let mut body = board("Ana");
        body["people"] = serde_json::json!({"p": {"name": "Pia"}});
        let event = |id: &str, tier: u8, account: &str| serde_json::json!({"id": id, "at": "2026-01-05T08:00:00Z", "kind": "won", "who": ["p"], "value": 3, "tier": tier, "account": account});
        let long = "W".repeat(60);
        body["events"] =
            serde_json::json!([event("short", 2, "Nord"), event("old", 2, &long), event("line", 1, "Nord")]);
        let lines = lines("screen_inches = 65\n[celebrations]\nquiet = [\"00:00\", \"23:59\"]", &body);
        assert_eq!(lines.len(), 1, "{lines:#?}");
        assert!(
            lines[0].starts_with("events[1].account: ") && lines[0].contains("is cut on the celebration \"old\""),
            "{lines:?}"
        );
    }

    #[test]
    fn what_only_old_data_has_no_room_for_is_told() {
        let mut body = board("Ana");
        body["as_of"] = "2026-01-05T08:00:00Z".into();
        // Some title has room until a warning stands beside it.
        let told = (40..100).find_map(|length| {
            let title: String =
                "The longest title of the whole quarter, in full, ".chars().cycle().take(length).collect();
            body["slides"][0]["title"] = title.into();
            let lines = lines("screen_inches = 65", &body);
            lines.iter().any(|line| line.starts_with("slides[0].title: ")).then_some(lines)
        });
        let told = told.expect("a title that is too long");
        let old: Vec<&String> = told.iter().filter(|line| line.ends_with("once the data is old")).collect();
        assert!(old.len() == 1 && old[0].starts_with("slides[0].title: "), "{told:#?}");
    }

    #[test]
    fn an_upright_panel_without_rotation_is_checked_as_it_is() {
        let config = |turn: &str| Config::parse(turn, &kind_names()).unwrap();
        assert_eq!(size(&config(""), None), [1920, 1080]);
        assert_eq!(size(&config("rotation = 90"), None), [1080, 1920]);
        assert_eq!(size(&config(""), Some([1080, 1920])), [1080, 1920]);
        let mut body = board("Ana");
        body["slides"][0]["title"] = "The longest title of the whole quarter".into();
        let body = body.to_string();
        let (board, _) = accept(body.as_bytes(), &AcceptContext::default()).unwrap();
        let board = Arc::new(board);
        let on =
            |size: [u32; 2]| lint(&config("screen_inches = 65"), &board, body.as_bytes(), 1_767_600_000_000_000, size);
        assert_eq!(on([1920, 1080]).iter().filter(|p| !p.message.contains("old")).count(), 0);
        assert!(on([1080, 1920]).iter().any(|p| p.path == "slides[0].title"), "{:?}", on([1080, 1920]));
    }

    #[test]
    fn stages_of_a_ramp_that_stand_nowhere_are_told() {
        let stages: Vec<_> = (1..=9).map(|i| serde_json::json!({"label": format!("A stage with a name {i}"), "due_day": 5 * i, "on_day": 5 * i, "state": "done"})).collect();
        let series: Vec<_> = (0..=9)
            .map(|i| serde_json::json!({"day": 10 * i, "plan": i, "actual": if i < 6 { Some(i) } else { None }}))
            .collect();
        let body = serde_json::json!({"format": "salesboard/1", "slides": [
            {"type": "ramp", "title": "New", "rows": [{"name": "Pia", "day": 50, "days": 90, "stages": stages, "series": series}]}]});
        let lines = lines("screen_inches = 65", &body);
        assert!(
            lines.iter().any(|l| l.contains("is left out") && l.starts_with("slides[0].rows[0].stages[")),
            "{lines:#?}"
        );
    }
}
