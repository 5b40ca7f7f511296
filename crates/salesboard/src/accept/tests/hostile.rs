//! Names that were written to break a wall.

use unicode_normalization::is_nfc;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};
use unicode_segmentation::UnicodeSegmentation;

use super::*;
use crate::accept::{clean, limits};
use crate::board::Body;
use proptest::prelude::*;

/// What holds for every cleaned text.
fn assert_clean(text: &str, limit: usize) {
    assert!(text.graphemes(true).count() <= limit, "{text:?}");
    assert!(text.chars().count() <= limit * limits::CLUSTER + 1, "{text:?}");
    assert!(!text.chars().any(|c| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c)), "{text:?}");
    assert!(!text.chars().any(|c| ('\u{2066}'..='\u{2069}').contains(&c)), "{text:?}");
    assert!(!text.contains("  ") && text.trim() == text, "{text:?}");
    let mut marks = 0;
    for c in text.chars() {
        marks = if c.general_category_group() == GeneralCategoryGroup::Mark { marks + 1 } else { 0 };
        assert!(marks <= limits::MARKS, "{text:?}");
    }
}

#[test]
fn hostile_names_become_harmless() {
    let zalgo: String =
        "Zoe".chars().flat_map(|c| [c].into_iter().chain(std::iter::repeat_n('\u{0321}', 50))).collect();
    let family = "👩\u{200d}👩\u{200d}👧\u{200d}👦";
    let cases: &[(&str, String, &str)] = &[
        ("zalgo", zalgo, "Z\u{321}\u{321}\u{321}\u{321}o\u{321}\u{321}\u{321}\u{321}e\u{321}\u{321}\u{321}\u{321}"),
        (
            "marks of which one becomes a part of the letter",
            format!("l{}x e{}", "\u{301}".repeat(8), "\u{302}\u{301}".repeat(4)),
            "\u{13a}\u{301}\u{301}\u{301}x \u{1ebf}\u{302}\u{301}",
        ),
        (
            "marks behind a joiner",
            format!("a{}", "\u{200d}\u{0321}".repeat(9)),
            "a\u{200d}\u{321}\u{200d}\u{321}\u{200d}\u{321}\u{200d}\u{321}\u{200d}\u{200d}\u{200d}\u{200d}\u{200d}",
        ),
        ("bidi overrides", "\u{202e}gnaW\u{202c} \u{2066}x\u{2069}".into(), "gnaW x"),
        ("controls", "A\u{0}n\u{1b}[31ma\u{7f}\u{85}\u{9b}".into(), "An[31ma"),
        ("line breaks and tabs", "\tAna\r\n\u{2028}Ruiz\u{a0}\u{3000}Díaz \n".into(), "Ana Ruiz Díaz"),
        ("decomposed", "A\u{30a}sa Jose\u{301}".into(), "Åsa José"),
        ("hangul jamo", "\u{1112}\u{1161}\u{11ab}".into(), "한"),
        ("emoji family", family.into(), family),
        (
            "flag of Wales",
            "🏴\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}".into(),
            "🏴\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}",
        ),
        ("right to left", "محمد عبد الله".into(), "محمد عبد الله"),
        ("hebrew with points", "שָׁלוֹם".into(), "שָׁלוֹם"),
        ("unassigned", "A\u{378}\u{e0080}\u{10ffff}B".into(), "A\u{378}\u{e0080}\u{10ffff}B"),
        ("markup", "<b>Ana</b> &amp; {{x}}".into(), "<b>Ana</b> &amp; {{x}}"),
        ("byte order marks", "\u{feff}Ana\u{feff}".into(), "Ana"),
        ("nothing visible", "\u{202e}\u{200b} \u{200d}\u{3164}\u{fe0f}".into(), ""),
        ("only spaces", " \u{3000}\n ".into(), ""),
        ("empty", String::new(), ""),
    ];
    for (what, raw, wanted) in cases {
        let got = clean(raw, limits::NAME);
        assert_eq!(&got, wanted, "{what}: {}", got.escape_unicode());
        assert_clean(&got, limits::NAME);
        assert_eq!(clean(&got, limits::NAME), got, "{what}: cleaning twice");
    }
}

#[test]
fn endless_names_end() {
    for endless in [
        "x".repeat(10_000),
        "é".repeat(10_000),
        "👩\u{200d}".repeat(10_000),
        "\u{1100}".repeat(10_000),
        "🇳🇴".repeat(10_000),
        "\u{200b}".repeat(10_000) + "x",
        format!("a{}", "\u{301}".repeat(100_000)),
        "\u{600}".repeat(10_000),
        "क\u{94d}".repeat(10_000),
        "\u{fdfa}".repeat(10_000),
    ] {
        let got = clean(&endless, limits::NAME);
        assert_clean(&got, limits::NAME);
        assert!(got.len() < 4096, "{} bytes", got.len());
    }
    assert_eq!(clean(&"x".repeat(61), 60), "x".repeat(59) + "…");
    assert_eq!(clean(&"x".repeat(60), 60), "x".repeat(60));
    assert_eq!(clean("ab cd", 4), "ab…", "no space before the ellipsis");
}

#[test]
fn whoever_has_no_visible_name_is_shown_by_id_or_dash() {
    let document = json!({
        "format": "salesboard/1",
        "people": {"p:1": {"name": "\u{202e}"}, "\u{202e}": {"name": " "}},
        "slides": [{"type": "ranking", "rows": [
            {"who": "p:1", "value": 9}, {"who": "\u{202e}", "value": 8}, {"name": "\u{200b}", "value": 7},
            {"who": "p:2\u{1b}[0m", "name": "", "value": 6}, {"who": "", "name": "Ana", "value": 5}, {"value": 4},
        ]}],
    });
    let (board, problems) = take(&document);
    let Body::Ranking(ranking) = &board.slides[0].body else { panic!("a ranking") };
    let names: Vec<&str> = ranking.rows.iter().map(|row| row.who.name.as_str()).collect();
    assert_eq!(names, ["p:1", "–", "–", "p:2[0m", "Ana"]);
    assert_eq!(problems, ["slides[0].rows[5]: a row needs `who` or `name`"]);
}

#[test]
fn of_two_rows_with_one_identity_the_later_goes() {
    let (board, problems) = take(&with_rows(json!([
        {"who": "p:1", "value": 1}, {"name": "Ana", "value": 2}, {"who": "p:1", "value": 3}, {"name": "Ana", "value": 4},
    ])));
    let Body::Ranking(ranking) = &board.slides[0].body else { panic!("a ranking") };
    assert_eq!(ranking.rows.iter().filter_map(|row| row.value).collect::<Vec<_>>(), [1.0, 2.0]);
    assert_eq!(
        problems,
        [
            "slides[0].rows[2]: \"p:1\" is there already; this one is dropped",
            "slides[0].rows[3]: \"Ana\" is there already; this one is dropped",
        ]
    );
}

#[test]
fn slides_of_one_id_are_told_apart() {
    let (board, problems) = take(&with_slides(json!([
        {"id": "a", "type": "message", "text": "x"}, {"id": "a-2", "type": "message", "text": "x"}, {"id": "a", "type": "message", "text": "x"},
        {"type": "message", "title": "x"}, {"type": "message", "title": "x"}, {"type": "message", "title": "y"},
    ])));
    assert!(problems.is_empty());
    let ids: Vec<&str> = board.slides.iter().map(|slide| slide.id.as_str()).collect();
    assert_eq!(ids[..3], ["a", "a-2", "a-3"]);
    assert_eq!(ids[4], format!("{}-2", ids[3]));
    assert_ne!(ids[5], ids[3]);
}

proptest! {
    #[test]
    fn cleaning_holds_for_every_text(text in any::<String>(), limit in 1..70usize) {
        assert_clean(&clean(&text, limit), limit);
    }

    #[test]
    fn cleaning_holds_for_nasty_texts(
        text in prop::collection::vec(prop::sample::select(vec![
            'a', 'é', ' ', '\u{3000}', '\u{301}', '\u{327}', '\u{302}', '\u{200d}', '\u{200b}', '\u{202e}', '\u{2067}',
            '👩', '🏽', '🇳', '\u{fe0f}', '\u{1100}', '\u{1161}', '\u{11a8}', '\u{600}', 'ש', '\u{5b8}', '\0', '\u{94d}', 'क',
        ]), 0..400).prop_map(|chars| chars.into_iter().collect::<String>()),
        limit in 1..70usize,
    ) {
        let got = clean(&text, limit);
        assert_clean(&got, limit);
        prop_assert!(is_nfc(&got), "{got:?}");
    }
}
