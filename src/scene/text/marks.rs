//! Limits the marks over and under letters to as many as a row has room for, however many were sent.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, decompose_canonical, is_combining_mark};

/// The text without the marks that no row has room for: over, under and beside a letter one each. Where a letter and its
/// marks are one character (Ễ), the font has drawn them to fit, and none comes on top.
pub(super) fn few(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte < 0xCC) || !text.chars().any(stacks) {
        return Cow::Borrowed(text);
    }
    let mut taken = [false; 3];
    let kept = text.nfc().filter(|c| {
        // A line over the letter stands higher than any row has room for.
        if *c == '\u{305}' {
            return false;
        }
        if stacks(*c) {
            return !std::mem::replace(&mut taken[side(*c)], true);
        }
        // Joiners and the vowels of other scripts are no letters.
        if c.is_alphanumeric() || *c == ' ' {
            taken = [false; 3];
            decompose_canonical(*c, |part| {
                if stacks(part) {
                    taken[side(part)] = true;
                }
            });
        }
        true
    });
    Cow::Owned(kept.collect())
}

/// Where a mark stands: over its letter, under it, or through it and at its side.
fn side(mark: char) -> usize {
    match canonical_combining_class(mark) {
        228 | 230 | 232 | 234 => 0,
        202 | 218 | 220 | 222 | 233 => 1,
        _ => 2,
    }
}

/// Whether any number of a mark can stand on a letter of any script.
pub(super) fn stacks(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{2DE0}'..='\u{2DFF}' | '\u{A66F}'..='\u{A67D}' | '\u{FE20}'..='\u{FE2F}')
        && is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_keep_the_marks_that_languages_have() {
        for text in ["Ana", "Å Ø É", "NGUYỄN HẬU", "\u{1EB8}\u{301}", "ᾷ", "Ḉ", "佐藤", "שָׁלוֹם", "Ợ", "กี่"]
        {
            assert_eq!(few(text), text, "{}", text.escape_unicode());
        }
    }

    #[test]
    fn more_marks_than_a_row_has_room_for_are_left_out() {
        let eight = |mark: &str| mark.repeat(8);
        assert_eq!(few(&format!("L{}X", eight("\u{301}"))), "\u{139}X");
        assert_eq!(few(&format!("E{}", eight("\u{316}"))), "E\u{316}");
        assert_eq!(few(&format!("Z{}", eight("\u{364}"))), "Z\u{364}");
        assert_eq!(few(&format!("A{}B{}", eight("\u{338}"), eight("\u{301}"))), "A\u{338}B\u{301}");
        assert_eq!(
            few(&format!("E{}", eight("\u{200d}\u{301}"))).chars().filter(|c| *c == 'É' || *c == '\u{301}').count(),
            1,
            "joiners hide none"
        );
    }
}
