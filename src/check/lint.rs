//! The lint for the wall: each text that this screen has to squeeze, cut or leave out, figures that read alike, each
//! character that no font has, each colour that had to be corrected.

use std::sync::Arc;

use super::place::Places;
use crate::board::{Board, Update};
use crate::config::{Config, Rotation};
use crate::director::{Director, Listed, Stand};
use crate::feed::Problem;
use crate::motion::{Now, Time};
use crate::scene::{Color, Fit, Fonts};
use crate::theme::{Mode, Theme};
use crate::words::Locale;

/// Draws every page of every slide as this screen would at rest, and says what had to give way. `body` is the document
/// that the board was read from; `wall_us` the instant at which it is drawn.
pub fn lint(config: &Config, board: &Arc<Board>, body: &[u8], wall_us: i64) -> Vec<Problem> {
    let places = Places::new(body);
    let mut fonts = Fonts::new(true).noting();
    let mut problems = Vec::new();
    let words = Locale::new(board.locale.as_deref().unwrap_or(&config.locale)).keep_case(config.keep_case);
    let programme = director(config, board, None, wall_us, &mut fonts).programme();
    // Some slides fit their texts when they are made, all at once: these belong to whoever sent them.
    let mut made = fonts.take_notes();
    let left_out = fonts.take_left_out();
    for listed in programme {
        let Some(data) = board.slide(&listed.id) else { continue };
        let slide = places.slide(data);
        let broken = draw(config, board, &listed, wall_us, &mut fonts);
        let path =
            |found: Option<String>| found.or_else(|| slide.clone()).unwrap_or_else(|| format!("slide {}", listed.id));
        let on = format!("on the {} {:?}", listed.kind, data.title);
        if broken {
            problems.push(Problem { path: path(None), message: format!("our fault: drawing panicked {on}") });
        }
        let own = |(text, _): &mut (String, Fit)| {
            slide.as_deref().is_some_and(|slide| places.text(Some(slide), text).is_some_and(|p| p.starts_with(slide)))
        };
        let made: Vec<(String, Fit)> = made.extract_if(.., own).collect();
        problems.extend(made.into_iter().chain(fonts.take_notes()).filter_map(|(text, fit)| {
            let message = format!("{text:?} {} {on}", done(fit)?);
            Some(Problem { path: path(places.text(slide.as_deref(), &text)), message })
        }));
        problems.extend(left_out.iter().filter(|(id, _)| *id == data.id).map(|(_, text)| Problem {
            path: path(places.text(slide.as_deref(), text)),
            message: format!("{text:?} is left out: there is no place for it {on}"),
        }));
        let alike = super::alike::alike(board, &words, data).into_iter();
        problems.extend(alike.map(|said| Problem { path: path(None), message: format!("{said} {on}") }));
        problems.extend(fonts.take_missing().into_iter().map(|(c, text)| Problem {
            path: path(places.character(slide.as_deref(), c).or_else(|| places.text(slide.as_deref(), &text))),
            message: format!("no font has {c:?} (U+{:04X}); it is left out {on}", u32::from(c)),
        }));
    }
    if let Some(Err(message)) = config.logo.as_deref().map(crate::feed::logo) {
        problems.push(Problem { path: "kiosk.toml: logo".into(), message });
    }
    problems.extend(colours(config));
    problems
}

/// What was done to a text, where it is worth a word.
fn done(fit: Fit) -> Option<&'static str> {
    match fit {
        Fit::Natural => None,
        Fit::Tightened => Some("is set tighter to fit"),
        Fit::Initial => Some("is shown with its initial"),
        Fit::Cut => Some("is cut"),
    }
}

fn director(config: &Config, board: &Arc<Board>, pin: Option<&str>, wall_us: i64, fonts: &mut Fonts) -> Director {
    let size = match config.rotation {
        Rotation::Deg0 | Rotation::Deg180 => [1920, 1080],
        Rotation::Deg90 | Rotation::Deg270 => [1080, 1920],
    };
    let stand = Stand { pinned: pin.map(str::to_owned), ..Stand::still(size) };
    let mut director = Director::new(config.clone(), stand);
    director.apply(Update::Board(board.clone()), Now { t: Time::ZERO, wall_us }, fonts);
    director
}

/// Draws each page of a slide once, when its entrance is over. Whether that panicked.
fn draw(config: &Config, board: &Arc<Board>, listed: &Listed, wall_us: i64, fonts: &mut Fonts) -> bool {
    let director = director(config, board, Some(&listed.id), wall_us, fonts);
    // What the other slides had to fit was heard when they were made first.
    fonts.take_notes();
    for page in 0..listed.pages {
        let t = Time::from_s((page as f64 + 0.9) * listed.dwell_s);
        director.frame(Now { t, wall_us }, fonts);
    }
    !director.broken().is_empty()
}

/// What the accent rule made of the brand colour (DESIGN 4).
fn colours(config: &Config) -> Vec<Problem> {
    let brand = Color::rgb(config.brand);
    let mode = match config.theme {
        crate::config::Theme::Dark => Mode::Dark,
        crate::config::Theme::Light => Mode::Light,
    };
    let theme = Theme::new(mode, brand, false);
    let wrong = [("plates", theme.accent), ("words and figures", theme.accent_text)].into_iter();
    let wrong = wrong.filter(|(_, drawn)| *drawn != brand).map(|(what, drawn)| Problem {
        path: "kiosk.toml: brand".into(),
        message: format!("{} has too little contrast for {what}; they are {}", written(brand), written(drawn)),
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
        lint(&config, &Arc::new(board), body.as_bytes(), wall_us).iter().map(Problem::to_string).collect()
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
        let long = lines("screen_inches = 65", &board("Maximiliane Wolkenstein"));
        assert_eq!(
            long,
            ["slides[0].rows[10].name: \"MAXIMILIANE WOLKENSTEIN\" is shown with its initial on the ranking \"Deals\""]
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
        assert!(left[0].contains("\"Fact 4\" is left out: there is no place for it on the message \"News\""));
    }

    #[test]
    fn characters_without_a_font_are_told() {
        let lines = lines("screen_inches = 65", &board("Ana \u{E123}"));
        assert_eq!(lines.len(), 1);
        assert!(lines[0].starts_with("slides[0].rows[10].name: no font has '\\u{e123}' (U+E123)"), "{lines:?}");
    }
}
