//! Checks every word of every language: none is empty, none is English by accident, what it is given is said, and the
//! bundled fonts have its letters.

use std::collections::BTreeSet;

use super::{ALL, Language};
use crate::board::{Metric, Unit};
use crate::scene::text::Fonts;
use crate::scene::{Fit, Style, Weight};
use crate::words::list::samples::{Line, Sample, Samples};
use crate::words::{Locale, NumberStyle};

fn out(language: &Language) -> Samples {
    let mut out = Samples::new();
    language.words.samples("", &mut out);
    assert!(out.len() > 300, "the list says all its words");
    out
}

/// Words that may be empty: a percentage needs no name, and one line can say what others say in two.
const MAY_BE_EMPTY: [(&str, &str); 2] = [(".attainment", ""), (".contest.final_result", "ja")];

/// Words that may be given nothing, and then have to stand without it.
const MAY_BE_GIVEN_NOTHING: [&str; 5] =
    [".caption", ".goals.amount", ".message.weekday", ".message.on_date", ".contest.count"];

/// Words that need not say all that they are given: a weekday is a number only here, rounds have names, and a label whose
/// singular is not known is left out.
const MAY_LEAVE_OUT: [&str; 10] = [
    ".first_deal",
    ".bracket.next_leads",
    ".bracket.round",
    ".contest.next_leads",
    ".contest.empty",
    ".contest.count",
    ".contest.things",
    ".message.this_weekday",
    ".message.next_weekday",
    ".message.weekday",
];

/// Words that have the number of a match, but a name for its round; the final has neither.
const MATCHES: [&str; 2] = [".bracket.game", ".bracket.winner_of"];

/// Words that are the same in English on purpose: the language's own, or what its sales floors say.
#[rustfmt::skip]
const SAME: [(&str, &[&str]); 7] = [
    ("ja", &[]),
    ("de", &[
        ".live", ".bracket.live", ".team", ".contest.teams", ".ok", ".code", ".version", ".ramp.plan", ".scorecard.score",
    ]),
    ("fr", &[
        ".ok", ".code", ".version", ".scorecard.score", ".bracket.game", ".bracket.game_of", ".teams.total",
        ".celebration.total",
    ]),
    ("es", &[
        ".ok", ".countdown_units", ".ramp.plan", ".bracket.game", ".bracket.round", ".teams.total",
        ".celebration.total",
    ]),
    ("it", &[".ok", ".team", ".contest.teams"]),
    ("nl", &[
        ".live", ".bracket.live", ".team", ".contest.teams", ".ok", ".code", ".ramp.mentor", ".ramp.plan", ".ramp.week",
        ".ramp.week_n", ".ramp.weeks", ".scorecard.score",
    ]),
    ("pt", &[
        ".ok", ".countdown_units", ".bracket.game", ".bracket.round", ".teams.total", ".celebration.total",
    ]),
];

#[test]
fn no_word_is_empty_or_has_stray_spaces() {
    let given_too_little =
        |line: &Line| line.given.iter().any(String::is_empty) && !MAY_BE_GIVEN_NOTHING.contains(&line.path.as_str());
    for language in &ALL {
        for Line { path, texts, .. } in out(language).into_iter().filter(|line| !given_too_little(line)) {
            let may = |(of, tag): &(&str, &str)| *of == path && (tag.is_empty() || *tag == language.tag);
            for text in texts {
                // Only what joins two names has spaces around it.
                let text = if path == ".celebration.and" { text.trim() } else { &text };
                assert!(!text.is_empty() || MAY_BE_EMPTY.iter().any(may), "{}{path} is empty", language.tag);
                let stray = text.trim() != text || text.contains("  ") || text.starts_with('·') || text.ends_with('·');
                assert!(!stray, "{}{path}: {text:?}", language.tag);
            }
        }
    }
}

#[test]
fn what_a_word_is_given_is_said() {
    for language in &ALL {
        for Line { path, texts, given } in out(language) {
            let all = texts.join(" ");
            let must = match path.as_str() {
                path if MAY_LEAVE_OUT.contains(&path) => &[],
                path if MATCHES.contains(&path) => given.get(1..).unwrap_or_default(),
                _ => &given[..],
            };
            for given in must {
                assert!(all.contains(given.as_str()), "{}{path}: no {given:?} in {all:?}", language.tag);
            }
        }
    }
}

/// What a line says in words, without what it was given.
fn words(line: &Line) -> String {
    let all = line.texts.join(" ");
    let own =
        line.given.iter().filter(|given| !given.is_empty()).fold(all, |all, given| all.replace(given.as_str(), ""));
    own.chars().filter(|c| c.is_alphabetic()).collect()
}

#[test]
fn no_word_is_english_by_accident() {
    let english = out(&ALL[0]);
    let mut wrong = Vec::new();
    for language in &ALL[1..] {
        let same = SAME.iter().find(|(tag, _)| *tag == language.tag).map_or(&[][..], |(_, same)| same);
        let own = out(language);
        let alike = own.iter().zip(&english).filter(|(own, en)| own.texts == en.texts && !words(own).is_empty());
        let found: BTreeSet<&str> = alike.map(|(own, _)| own.path.as_str()).collect();
        let allowed: BTreeSet<&str> = same.iter().copied().collect();
        if found != allowed {
            wrong.push(format!("{}: found {found:?}, allowed {allowed:?}", language.tag));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// It stands in the first row beside a figure, in the room that "+0.46" needs.
#[test]
fn the_head_of_the_gaps_is_short() {
    for language in &ALL {
        let gap = language.words.gap;
        assert!(gap.chars().count() <= 6, "{}: {gap}", language.tag);
    }
}

/// What stands alone on the first picture and on that of an error has a place of its own: no word may be cut there.
#[test]
fn the_words_of_a_wall_without_a_board_fit() {
    let mut fonts = Fonts::new(false);
    let mut wide = Vec::new();
    for language in &ALL {
        let w = &language.words;
        let headlines = [w.waiting, w.idle, w.cannot_reach, w.settings_wrong].concat();
        let faults = [
            w.ok,
            w.no_answer,
            w.no_access,
            w.not_found,
            w.certificate_ended,
            w.not_trusted,
            w.bad_data,
            w.not_connected,
            w.clock_wrong,
        ];
        let steps = [w.scan, w.pick_data, w.open_settings, w.set_feed, w.save];
        for (words, style, room) in [
            (&[w.connect][..], Style::new(120.0, Weight::Heavy).tracked(0.005), 960.0),
            (&steps, Style::new(60.0, Weight::Semi).tracked(0.01), 850.0),
            (&headlines, Style::new(90.0, Weight::Heavy).tracked(0.005), 860.0),
            (&[w.this_screen, w.network, w.sales_feed], Style::new(76.0, Weight::Bold).tracked(0.01), 430.0),
            (&faults, Style::new(44.0, Weight::Bold).tracked(0.01), 330.0),
        ] {
            let cut = words.iter().filter(|word| fonts.fit_text(word, style, room).1 == Fit::Cut);
            wide.extend(cut.map(|word| format!("{} {word:?}", language.tag)));
        }
        // Nothing makes this one fit.
        let retry = fonts.width(w.retry_in, Style::new(60.0, Weight::Semi).tracked(0.04));
        assert!(retry <= 330.0, "{} {:?}: {retry}", language.tag, w.retry_in);
    }
    assert!(wide.is_empty(), "{wide:#?}");
}

#[test]
fn words_are_in_capitals() {
    const SENTENCES: [&str; 3] = [".coaching.became", ".coaching.now", ".settings_refused"];
    for language in &ALL {
        let locale = Locale::new(language.tag);
        for line in out(language).iter().filter(|line| !SENTENCES.contains(&line.path.as_str())) {
            for text in &line.texts {
                let text = text.replace("N.º", "N");
                assert_eq!(locale.caps(&text), text, "{}{}", language.tag, line.path);
            }
        }
    }
}

#[test]
fn the_bundled_fonts_have_every_letter() {
    let mut fonts = Fonts::new(false);
    for language in &ALL {
        let locale = Locale::new(language.tag);
        let days = (1..=12).map(|month| jiff::civil::date(2026, month, 1));
        let written = days.flat_map(|date| [locale.date(date), locale.month(date)]);
        let currency = |code: &str| Unit::Currency(code.to_owned());
        let units = [Unit::Count, Unit::Points, Unit::Days, Unit::DurationS, currency("EUR"), currency("SEK")];
        let units = units.into_iter().flat_map(|unit| {
            let metric = Metric { unit, ..Metric::default() };
            let styles = [1e3, 1e5, 1e8, 1e11, 1e14].map(|value| NumberStyle::for_values(&metric, &[value], &locale));
            styles.into_iter().flat_map(|style| [style.unit_short().to_owned(), style.unit_long().to_owned()])
        });
        for text in out(language).into_iter().flat_map(|line| line.texts).chain(written).chain(units) {
            for weight in [Weight::Semi, Weight::Bold, Weight::Heavy] {
                fonts.line(&text, Style::new(40.0, weight));
            }
            assert_eq!(fonts.diagnostics.take_missing(), vec![], "{} {text:?}", language.tag);
        }
    }
}
