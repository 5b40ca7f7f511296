//! Measures how far marks rise over capitals, so that a line under another one keeps clear of it.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// Height of plain capitals, in em.
const CAPS_EM: f32 = 0.7;
/// Small letters that are as high.
const ASCENDERS: &str = "bdfhkl";
/// Between the highest mark and the line over it, in units.
const CLEAR: f32 = 9.0;

/// How far the marks of a text rise over its plain capitals, in em: nothing without marks, most for a ring or for two marks
/// over each other.
pub fn rise_em(text: &str) -> f32 {
    if text.is_ascii() {
        return 0.0;
    }
    let mut most = 0.0_f32;
    let (mut capital, mut marks) = (false, 0);
    // Letters with a mark of their own come apart into the plain letter and its marks.
    for c in text.nfd() {
        if !is_combining_mark(c) {
            (capital, marks) = (c.is_uppercase() || ASCENDERS.contains(c), 0);
        } else if capital && above(c) {
            marks += 1;
            most = most.max(if marks > 1 || c == '\u{30A}' { 0.3 } else { 0.19 });
        }
    }
    most
}

/// Whether a combining mark stands over its letter.
fn above(mark: char) -> bool {
    matches!(canonical_combining_class(mark), 228 | 230 | 232 | 234)
}

/// The size, at most `size`, in which the marks of a text keep clear of a line over it. The baseline stays; `gap` lies
/// between the upper line and plain capitals of `size`.
pub fn under(text: &str, size: f32, gap: f32) -> f32 {
    match rise_em(text) {
        0.0 => size,
        rise => size.min((gap + CAPS_EM * size - CLEAR) / (CAPS_EM + rise)),
    }
}

/// By how much a text of this size has to stand lower for its marks to keep clear of a line `gap` over its capitals.
pub fn drop(text: &str, size: f32, gap: f32) -> f32 {
    match rise_em(text) {
        0.0 => 0.0,
        rise => (rise * size + CLEAR - gap).max(0.0),
    }
}

/// The largest size in which a text with its marks stands in `free` units; marks may reach `gap` units over that.
pub fn within(text: &str, free: f32, gap: f32) -> f32 {
    match rise_em(text) {
        0.0 => free / CAPS_EM,
        rise => (free / CAPS_EM).min((free + gap - CLEAR) / (CAPS_EM + rise)),
    }
}

/// From line to line in em: marks on capitals and the ink of kanji need more than plain capitals do.
pub fn pitch_em(lines: &[String], plain: f32) -> f32 {
    let high = lines.iter().skip(1).any(|line| rise_em(line) > 0.0);
    if high { plain.max(1.09) } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_rise_as_far_as_they_are_drawn() {
        for (text, em) in [("ANA", 0.0), ("ØYE", 0.0), ("ŞÇ", 0.0), ("é", 0.0), ("É", 0.19), ("Ä", 0.19), ("佐藤", 0.0)]
        {
            assert_eq!(rise_em(text), em, "{text}");
        }
        assert_eq!((rise_em("LIV ÅS"), rise_em("NGUYỄN"), rise_em("Ů")), (0.3, 0.3, 0.3));
        assert_eq!((rise_em("ĺ"), rise_em("Z\u{364}"), rise_em("E\u{316}")), (0.19, 0.19, 0.0));
        // Yoruba has no single characters for these: the mark below is part of the letter, the tone a mark of its own.
        for (text, em) in
            [("\u{1EB8}\u{301}", 0.19), ("\u{1ECC}\u{301}LA", 0.19), ("\u{1EB8}", 0.0), ("\u{1EB9}\u{301}", 0.0)]
        {
            assert_eq!(rise_em(text), em, "{text}");
        }
        for (text, em) in [("A\u{30A}", 0.3), ("É\u{304}", 0.3), ("E\u{301}a\u{302}", 0.19), ("\u{301}A", 0.0)] {
            assert_eq!(rise_em(text), em, "{text}");
        }
    }

    #[test]
    fn a_name_under_a_line_is_only_as_large_as_its_marks_allow() {
        assert_eq!(under("ANA", 138.0, 29.0), 138.0);
        let size = under("ÅSNES", 138.0, 29.0);
        // From the baseline up: the room that there is, and what the ring takes of it.
        assert!((29.0 + 0.7 * 138.0 - size - CLEAR).abs() < 0.01 && size > 100.0, "{size}");
    }
}
