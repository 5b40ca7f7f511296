//! Scripts: which font draws a piece of text, and in which order pieces of both directions stand.

use smallvec::{SmallVec, smallvec};
use unicode_bidi::{BidiClass, BidiInfo, bidi_class};
use unicode_segmentation::UnicodeSegmentation;

/// What decides about the font of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Script {
    /// What Barlow has.
    Latin,
    /// Kana, kanji and their punctuation.
    Cjk { kana: bool },
    /// Written from right to left with the Hebrew letters.
    Hebrew,
    /// Written from right to left with the Arabic letters.
    Arabic,
    /// Greek, Cyrillic and whatever else; Roboto first, then any font there is.
    Other,
}

/// Parts of a text, each with what draws it.
pub(super) type Pieces<'t> = SmallVec<[(Script, &'t str); 2]>;

/// Cuts a text where the font changes; the pieces are in the order in which they stand from left to right.
pub(super) fn split(text: &str, mut latin: impl FnMut(char) -> bool) -> Pieces<'_> {
    // Most of what is on a wall.
    if text.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        return if text.is_empty() { Pieces::new() } else { smallvec![(Script::Latin, text)] };
    }
    if !text.chars().any(right_to_left) {
        return left_to_right(text, &mut latin);
    }
    let bidi = BidiInfo::new(text, None);
    let mut pieces = Pieces::new();
    for paragraph in &bidi.paragraphs {
        let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let piece = &text[run.clone()];
            if levels[run.start].is_rtl() {
                pieces.push((from_right(piece), piece));
            } else {
                pieces.extend(left_to_right(piece, &mut latin));
            }
        }
    }
    pieces
}

fn left_to_right<'t>(text: &'t str, latin: &mut impl FnMut(char) -> bool) -> Pieces<'t> {
    let has_kana = text.chars().any(is_kana);
    let mut parts: SmallVec<[(Script, usize, usize); 2]> = SmallVec::new();
    for (at, cluster) in text.grapheme_indices(true) {
        let first = cluster.chars().next().unwrap_or(' ');
        let script = if first == ' '
            && let Some((last, ..)) = parts.last()
        {
            *last
        } else if is_cjk(first) {
            Script::Cjk { kana: has_kana }
        } else if cluster.chars().all(&mut *latin) {
            Script::Latin
        } else {
            Script::Other
        };
        match parts.last_mut() {
            Some((last, _, end)) if *last == script => *end = at + cluster.len(),
            _ => parts.push((script, at, at + cluster.len())),
        }
    }
    parts.into_iter().map(|(s, a, b)| (s, &text[a..b])).collect()
}

/// The script of a piece that runs from right to left, by its first letter.
fn from_right(piece: &str) -> Script {
    match piece.chars().find(|c| right_to_left(*c)) {
        Some('\u{0590}'..='\u{05FF}' | '\u{FB1D}'..='\u{FB4F}') => Script::Hebrew,
        Some('\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{08A0}'..='\u{08FF}') => Script::Arabic,
        Some('\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}') => Script::Arabic,
        _ => Script::Other,
    }
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}')
}

/// Kana, kanji, their punctuation and full-width forms.
pub fn is_cjk(c: char) -> bool {
    is_kana(c)
        || matches!(c, '\u{3000}'..='\u{3040}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
            | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Letters that are written from right to left.
pub(super) fn right_to_left(c: char) -> bool {
    // None stands before the Hebrew block, and looking that up takes a search.
    c >= '\u{0590}' && matches!(bidi_class(c), BidiClass::R | BidiClass::AL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_stand_in_the_order_in_which_they_are_seen() {
        let latin = |c: char| c.is_ascii();
        assert_eq!(split("דנה AB 12", latin)[..], [(Script::Latin, "AB 12"), (Script::Hebrew, "דנה "),]);
        assert_eq!(split("Ana ليلى", latin)[..], [(Script::Latin, "Ana "), (Script::Arabic, "ليلى")]);
        assert_eq!(
            split("Ω佐藤 A", latin)[..],
            [(Script::Other, "Ω"), (Script::Cjk { kana: false }, "佐藤 "), (Script::Latin, "A"),]
        );
    }
}
