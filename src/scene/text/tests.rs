//! Tests of lines of text: widths, fits, marks, scripts.

use std::cell::RefCell;

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::*;

const ROW: Style = Style::new(54.0, Weight::Semi);

#[test]
fn digits_have_one_width() {
    let mut fonts = Fonts::new(false);
    let widths: Vec<f32> = (0..10).map(|d| fonts.width(&d.to_string(), Style::new(58.0, Weight::Bold))).collect();
    for w in &widths {
        assert!((w - widths[0]).abs() < 1e-3, "{widths:?}");
    }
    assert!((widths[0] / 58.0 - 0.498).abs() < 0.003, "tnum advance {}", widths[0] / 58.0);
}

#[test]
fn widths_agree_with_the_mock_up() {
    let mut fonts = Fonts::new(false);
    let name = fonts.width("佐藤 美咲", ROW);
    assert!((name - 222.5).abs() < 1.0, "{name}");
    let title = fonts.width("STACK RANKING", Style::new(88.0, Weight::Heavy).tracked(0.005));
    assert!((title - 513.0).abs() < 4.0, "{title}");
}

#[test]
fn names_fit_in_the_design_order() {
    let mut fonts = Fonts::new(false);
    let name = "KATARZYNA WIŚNIEWSKA";
    let natural = fonts.width(name, ROW);
    assert_eq!(fonts.fit_name(name, ROW, natural + 1.0).1, Fit::Natural);
    assert_eq!(fonts.fit_name(name, ROW, natural - 10.0).1, Fit::Tightened);
    let (line, fit) = fonts.fit_name(name, ROW, 300.0);
    assert_eq!(fit, Fit::Initial);
    assert!(line.runs[0].0.text().starts_with("K. WI"));
    let (line, fit) = fonts.fit_name(name, ROW, 150.0);
    assert_eq!(fit, Fit::Cut);
    assert!(line.runs[0].0.text().starts_with("K. W"), "first the initial, then the ellipsis: {line:?}");
    for max in [60.0, 120.0, 200.0] {
        let (line, fit) = fonts.fit_name(&"W".repeat(10_000), ROW, max);
        assert!(line.width <= max && fit == Fit::Cut);
    }
}

/// Of any text, the highest and the lowest pixel in em.
fn ink_em(fonts: &mut Fonts, text: &str) -> [f32; 2] {
    const SIZE: f32 = 200.0;
    let mut cache = glyphon::SwashCache::new();
    let mut ink = [0.0f32; 2];
    for (run, _, drop) in fonts.line(text, Style::new(SIZE, Weight::Bold)).runs {
        for glyph in run.buffer.layout_runs().flat_map(|line| line.glyphs.to_vec()) {
            let at = glyph.physical((0.0, drop), 1.0);
            let Some(image) = cache.get_image_uncached(&mut fonts.system, at.cache_key) else { continue };
            let top = (at.y - image.placement.top) as f32;
            ink = [ink[0].min(top), ink[1].max(top + image.placement.height as f32)];
        }
    }
    ink.map(|y| y / SIZE)
}

/// A row has room for marks of 0.3 em over its capitals and under its baseline.
#[test]
fn no_marks_rise_or_hang_out_of_a_row() {
    let mut fonts = Fonts::new(false);
    let eight = |c: char| c.to_string().repeat(8);
    let mut out = Vec::new();
    for mark in ('\u{300}'..='\u{36F}').chain(['\u{1DC4}', '\u{20D0}', '\u{20EC}', '\u{FE20}']) {
        for letter in ['L', 'E', 'Z'] {
            let text = format!("{letter}{}X", eight(mark));
            let [top, bottom] = ink_em(&mut fonts, &text);
            if top < -1.0 || bottom > 0.3 {
                out.push(format!("U+{:04X} on {letter}: {top} {bottom}", u32::from(mark)));
            }
        }
    }
    assert!(out.is_empty(), "{out:#?}");
    let [top, bottom] = ink_em(&mut fonts, "NGUYỄN ẬÅŲ");
    assert!(top < -0.85 && bottom > 0.1, "the measure sees marks: {top} {bottom}");
}

/// What is written, piece after piece from left to right.
fn said(line: &Line) -> String {
    line.runs.iter().map(|(run, ..)| run.text()).collect()
}

#[test]
fn for_each_letter_without_a_font_stands_one_sign() {
    let mut fonts = Fonts::new(false);
    for (text, shown) in [
        ("A\u{E123}B", "A◊B"),
        ("김민준", "◇◇◇"),
        ("陈建国", "◇建国"),
        ("王小明", "王小明"),
        ("สมชาย ใจดี", "◊◊◊◊◊ ◊◊◊"),
        ("ગોપાલ પટેલ", "◊◊◊ ◊◊◊"),
        ("Mara 🇩🇪 Quill", "Mara ◊ Quill"),
        ("👩‍👩‍👧‍👦 Crew", "◊ Crew"),
        ("Tiago ✌🏽 Brandt", "Tiago ◊ Brandt"),
        ("🔥🔥🔥", "◊◊◊"),
        ("𠮷田", "吉田"),
        ("Zoe\u{1AB0}", "Zoe"),
        ("a\u{200B}b\u{FEFF}c", "abc"),
        ("b\tc\u{7}d", "b cd"),
    ] {
        assert_eq!(said(&fonts.line(text, ROW)), shown, "{text}");
    }
    let told = fonts.diagnostics.take_missing();
    let scripts: Vec<&str> = told.iter().map(|missing| missing.script.as_str()).collect();
    let right = ["Chinese", "Gujarati", "Korean", "Thai", "characters for private use", "emoji", "marks on letters"];
    assert_eq!(scripts, right);
    assert_eq!(told.iter().find(|m| m.script == "Korean").unwrap().text, "김민준");
    fonts.line("Ωλ Жданова 髙﨑 Nguyễn דנה כהן ليلى", ROW);
    assert!(fonts.diagnostics.take_missing().is_empty());
}

#[test]
fn names_of_signs_fit_as_names_of_letters_do() {
    let mut fonts = Fonts::new(false);
    let thai = "สมชาย ใจดี".repeat(4);
    for max in [90.0, 200.0, 400.0] {
        let (line, fit) = fonts.fit_name(&thai, ROW, max);
        assert!(line.width <= max && fit == Fit::Cut && said(&line).ends_with('…'), "{max}: {line:?}");
        assert!(line.width > max - 60.0, "{max}: {}", line.width);
    }
    let (line, _) = fonts.fit_name("\u{200B}", ROW, 400.0);
    assert_eq!(said(&line), "–", "a name of which nothing is seen is a dash");
}

#[test]
fn a_word_whose_capitals_no_font_has_is_set_in_small_letters() {
    let mut fonts = Fonts::new(false);
    // Barlow has ƒ and ʒ but not their capitals; Ǧ is drawn as G with its mark.
    for (text, shown) in [("OƑƑA ANA", "Oƒƒa ANA"), ("ƷAN", "ʒan"), ("ǦAN", "ǦAN")] {
        assert_eq!(said(&fonts.line(text, ROW)), shown, "{text}");
    }
    assert!(fonts.diagnostics.take_missing().is_empty());
}

#[test]
fn brackets_beside_names_from_right_to_left_open_to_what_they_hold() {
    let mut fonts = Fonts::new(false);
    let line = fonts.line("יוסי כהן (2)", ROW);
    let pieces: Vec<&str> = line.runs.iter().map(|(run, ..)| run.text()).collect();
    assert_eq!(pieces, ["(", "2", ")", "יוסי כהן "]);
    // Shaping turns those that one piece holds with its letters.
    let edge = |text: &str, fonts: &mut Fonts| {
        let run = fonts.run(text, Script::Hebrew, ROW);
        let glyphs: Vec<_> = run.buffer.layout_runs().flat_map(|run| run.glyphs.to_vec()).collect();
        let left = glyphs.iter().min_by(|a, b| a.x.total_cmp(&b.x)).unwrap();
        (left.glyph_id, left.start > 0)
    };
    let [opens, closes] = ["כהן (", "כהן )"].map(|text| edge(text, &mut fonts));
    assert!(opens.1 && closes.1 && opens.0 != closes.0, "{opens:?} {closes:?}");
}

#[test]
fn crowded_marks_do_not_change_the_font_of_their_letter() {
    let mut fonts = Fonts::new(false);
    // Barlow has the acute and not the marks of medieval writing.
    assert_eq!(said(&fonts.line("q\u{364}\u{316}a", ROW)), "qa");
    assert_eq!(said(&fonts.line("q\u{301}\u{323}a", ROW)), "q\u{323}\u{301}a");
}

#[test]
fn a_label_gives_way_before_its_unit() {
    let mut fonts = Fonts::new(false).diagnosing();
    let text = "ABGESCHLOSSENER AUFTRAGSEINGANG · TSD. €";
    for (text, unit) in [(text, " · TSD. €"), ("受注額の合計見込み（万円）", "（万円）")] {
        let natural = fonts.width(text, ROW);
        assert_eq!(fonts.fit_caption(text, ROW, natural + 1.0).1, Fit::Natural);
        let (line, fit) = fonts.fit_caption(text, ROW, natural * 0.8);
        assert!(fit == Fit::Cut && line.width <= natural * 0.8);
        assert!(said(&line).ends_with(&format!("…{unit}")), "{}", said(&line));
    }
    // Where no more of the label is left than a letter or two, the unit says more alone.
    let unit = fonts.width("TSD. €", ROW);
    assert_eq!(said(&fonts.fit_caption(text, ROW, unit + 40.0).0), "TSD. €");
    assert!(said(&fonts.fit_caption(text, ROW, unit - 20.0).0).starts_with("AB"));
    let (line, _) = fonts.fit_caption("ONE LABEL ALONE", ROW, 150.0);
    assert!(said(&line).starts_with("ONE") && said(&line).ends_with('…'));
    assert!(fonts.diagnostics.take_fitted().iter().any(|(noted, fit)| noted == text && *fit == Fit::Cut));
}

/// Whether every letter of a text is seen in what is drawn of it.
fn every_letter_is_drawn(fonts: &mut Fonts, cache: &mut glyphon::SwashCache, text: &str) -> Result<(), String> {
    for cluster in text.graphemes(true).filter(|cluster| is_visible(cluster)) {
        let line = fonts.line(cluster, ROW);
        let mut inked = false;
        for glyph in line.runs.iter().flat_map(|(run, ..)| run.buffer.layout_runs()).flat_map(|r| r.glyphs.to_vec()) {
            if glyph.glyph_id == 0 {
                return Err(format!("{cluster:?} is an empty box"));
            }
            let image = cache.get_image(&mut fonts.system, glyph.physical((0.0, 0.0), 1.0).cache_key);
            inked |= image.as_ref().is_some_and(|image| image.placement.width > 0);
        }
        if !inked || line.width <= 0.0 {
            return Err(format!("nothing is seen of {cluster:?}: {:?}", said(&line)));
        }
    }
    // In the whole line each of them stands too.
    let line = fonts.line(text, ROW);
    for (run, ..) in &line.runs {
        let covered: Vec<(usize, usize)> = run
            .buffer
            .layout_runs()
            .flat_map(|r| r.glyphs.iter().map(|g| (g.start, g.end)).collect::<Vec<_>>())
            .collect();
        for (at, cluster) in run.text().grapheme_indices(true).filter(|(_, cluster)| is_visible(cluster)) {
            if !covered.iter().any(|(start, end)| *start < at + cluster.len() && at < *end) {
                return Err(format!("{cluster:?} of {text:?} has no glyph in {:?}", run.text()));
            }
        }
    }
    let (wanted, got) = (
        text.graphemes(true).filter(|c| is_visible(c)).count(),
        said(&line).graphemes(true).filter(|c| is_visible(c)).count(),
    );
    if got < wanted {
        Err(format!("{got} of {wanted} letters of {text:?} are drawn: {:?}", said(&line)))
    } else {
        Ok(())
    }
}

#[test]
fn every_letter_of_names_of_the_world_is_seen() {
    let (mut fonts, mut cache) = (Fonts::new(false), glyphon::SwashCache::new());
    for name in [
        "ნინო ბერიძე",
        "김민준",
        "陈建国",
        "สมชาย ใจดี",
        "प्रिया शर्मा",
        "ગોપાલ પટેલ",
        "Օլգա Հակոբյան",
        "Ольга Смирнова",
        "محمد العلي 🎉",
        "علی می\u{200C}روم",
        "יוסי כהן (2)",
        "Z̸̧̢̛̬̠͚̫͔͌̈́̎̐͊a̶͎͂l̷͓͝g̴̱͑o",
        "ܝܘܚܢܢ",
        "ދިވެހި",
        "ꦗꦮ",
        "ᏣᎳᎩ",
        "𞤀𞤣𞤤𞤢𞤥",
        "ØĐ Ł",
        "1️⃣ ❤️ ☎",
        "ʒ ǩ",
        "\u{0300}x",
        "ﷺ",
        "ʻOkina",
        "IJsbrand",
        "◌\u{94D}",
    ] {
        every_letter_is_drawn(&mut fonts, &mut cache, name).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn of_any_text_every_letter_is_seen(text in "\\PC{0,12}|[\\p{L}\\p{M}\\p{N} ()]{0,12}|[\u{590}-\u{8FF}A-C(1) ]{0,12}|[\u{900}-\u{1200}]{0,8}") {
        let mut cache = glyphon::SwashCache::new();
        let drawn = FONTS.with_borrow_mut(|fonts| every_letter_is_drawn(fonts, &mut cache, &text));
        prop_assert!(drawn.is_ok(), "{:?}", drawn);
    }

    #[test]
    fn any_characters_are_shaped_without_a_panic(text in prop::collection::vec(any::<char>(), 0..20), max in 0.0f32..300.0) {
        let text: String = text.into_iter().collect();
        FONTS.with_borrow_mut(|fonts| {
            let (line, _) = fonts.fit_name(&text, ROW, max);
            prop_assert!(line.width.is_finite());
            Ok(())
        })?;
    }
}

thread_local! {
    static FONTS: RefCell<Fonts> = RefCell::new(Fonts::new(false));
}

#[test]
fn kanji_of_names_that_no_font_has_stand_in_their_common_form() {
    let mut fonts = Fonts::new(false);
    for (name, common) in [("𠮷田 翼", "吉田 翼"), ("宮㟢", "宮崎")] {
        let (line, same) = (fonts.line(name, ROW), fonts.line(common, ROW));
        let glyphs = |line: &Line| {
            let runs = line.runs.iter().flat_map(|(run, ..)| run.buffer.layout_runs());
            runs.flat_map(|run| run.glyphs.iter().map(|g| g.glyph_id)).collect::<Vec<_>>()
        };
        assert_eq!(glyphs(&line), glyphs(&same), "{name}");
    }
    assert!(fonts.diagnostics.take_missing().is_empty());
}

#[test]
fn behind_a_stroked_o_stands_no_gap() {
    let mut fonts = Fonts::new(false);
    for weight in [Weight::Semi, Weight::Bold, Weight::Heavy] {
        let style = Style::new(100.0, weight);
        let (stroked, plain) = (fonts.width("ØØØØ", style), fonts.width("OOOO", style));
        assert!((stroked - plain).abs() < 0.09 * plain, "{weight:?}: {stroked} against {plain}");
        let [word, letters] = ["KØV", "KOV"].map(|text| fonts.width(text, style));
        assert!((word - letters).abs() < 7.0, "{weight:?}: {word} against {letters}");
    }
}

#[test]
fn greek_and_cyrillic_are_as_narrow_as_latin() {
    let mut fonts = Fonts::new(false);
    let latin = fonts.width("OABEKM", ROW);
    for same in ["ОАВЕКМ", "ΟΑΒΕΚΜ"] {
        let width = fonts.width(same, ROW);
        assert!(width < 1.4 * latin, "{same} {width} against {latin}");
    }
}

#[test]
fn words_from_right_to_left_stand_in_the_order_they_are_read() {
    let mut fonts = Fonts::new(false);
    let line = fonts.line("דנה כהן 12", ROW);
    assert_eq!(line.runs.iter().map(|(run, ..)| run.text()).collect::<Vec<_>>(), ["12", "דנה כהן "]);
    assert!(line.width > fonts.width("12", ROW) + 100.0);
}

#[test]
fn what_was_done_to_a_text_is_noted_where_somebody_asks() {
    let mut fonts = Fonts::new(false).diagnosing();
    fonts.fit_text("A VERY LONG TITLE", ROW, 60.0);
    fonts.fit_text("SHORT", ROW, 600.0);
    assert_eq!(fonts.diagnostics.take_fitted(), vec![("A VERY LONG TITLE".to_owned(), Fit::Cut)]);
    assert!(fonts.diagnostics.take_fitted().is_empty());
}
