//! Splits a text by script: which font draws each piece, and in which order pieces of both directions stand.

use std::borrow::Cow;

use smallvec::{SmallVec, smallvec};
use unicode_bidi::{BidiClass, BidiInfo, bidi_class};
use unicode_segmentation::UnicodeSegmentation;

use super::mirror::mirrored;

/// Stands for a letter that no font has; as high and as wide as a capital.
pub(super) const NARROW: char = '◊';
/// The same for one that is as wide as high: of Chinese, Japanese and Korean.
pub(super) const WIDE: char = '◇';

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
pub(super) type Pieces<'t> = SmallVec<[(Script, Cow<'t, str>); 2]>;

/// Cuts a text where the font changes; the pieces are in the order in which they stand from left to right. `has`: whether
/// the font of a script has a letter.
pub(super) fn split(text: &str, mut has: impl FnMut(Script, char) -> bool) -> Pieces<'_> {
    // Most of what is on a wall.
    if plain(text) {
        return if text.is_empty() { Pieces::new() } else { smallvec![(Script::Latin, text.into())] };
    }
    if !text.chars().any(|c| right_to_left(c) || is_bidi_control(c)) {
        return left_to_right(text, &mut has).into_iter().map(|(script, part)| (script, part.into())).collect();
    }
    let bidi = BidiInfo::new(text, None);
    let mut pieces = Pieces::new();
    for paragraph in &bidi.paragraphs {
        let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let from_right = levels[run.start].is_rtl();
            let part = without_directions(&text[run]);
            if from_right {
                pieces.extend(right_to_left_pieces(&part, &mut has));
            } else {
                let parts = left_to_right(&part, &mut has).into_iter();
                pieces.extend(parts.map(|(script, part)| (script, Cow::Owned(part.to_owned()))));
            }
        }
    }
    pieces
}

/// Whether a text is one of spaces, letters and signs of ASCII alone.
pub(super) fn plain(text: &str) -> bool {
    text.bytes().all(|b| (b' '..=b'~').contains(&b))
}

fn left_to_right<'t>(text: &'t str, has: &mut impl FnMut(Script, char) -> bool) -> SmallVec<[(Script, &'t str); 2]> {
    let has_kana = text.chars().any(is_kana);
    let mut parts: SmallVec<[(Script, usize, usize); 2]> = SmallVec::new();
    for (at, cluster) in text.grapheme_indices(true) {
        let first = cluster.chars().next().unwrap_or(' ');
        let script = if first == ' '
            && let Some((last, ..)) = parts.last()
        {
            *last
        } else if is_cjk(first) || first == WIDE {
            Script::Cjk { kana: has_kana }
        } else if cluster.chars().all(|c| has(Script::Latin, c)) {
            Script::Latin
        } else {
            // Digits of the Arabic script run from left to right.
            from_right(first).unwrap_or(Script::Other)
        };
        match parts.last_mut() {
            Some((last, _, end)) if *last == script => *end = at + cluster.len(),
            _ => parts.push((script, at, at + cluster.len())),
        }
    }
    parts.into_iter().map(|(s, a, b)| (s, &text[a..b])).collect()
}

/// The pieces of a part that runs from right to left. Shaping finds the direction of a piece by its letters: one without
/// any is turned here, and its brackets with it.
fn right_to_left_pieces<'t>(part: &str, has: &mut impl FnMut(Script, char) -> bool) -> Vec<(Script, Cow<'t, str>)> {
    let mut groups: Vec<(Option<Script>, String)> = Vec::new();
    for cluster in part.graphemes(true) {
        let letter = cluster.chars().find(|c| right_to_left(*c)).map(|c| from_right(c).unwrap_or(Script::Other));
        let joins = |script: Script, has: &mut dyn FnMut(Script, char) -> bool| {
            // Brackets of a pair are drawn by one font, as high as what they hold.
            let fits = |c: char, has: &mut dyn FnMut(Script, char) -> bool| {
                c == ' ' || has(script, c) && mirrored(c).is_none()
            };
            letter == Some(script) || letter.is_none() && cluster.chars().all(|c| fits(c, has))
        };
        match groups.last_mut() {
            Some((Some(script), text)) if joins(*script, has) => text.push_str(cluster),
            Some((None, text)) if letter.is_none() => text.push_str(cluster),
            _ => groups.push((letter, cluster.to_owned())),
        }
    }
    let mut pieces = Vec::new();
    for (script, text) in groups.into_iter().rev() {
        match script {
            Some(script) => pieces.push((script, text.into())),
            None => {
                let turned: String =
                    text.graphemes(true).rev().flat_map(str::chars).map(|c| mirrored(c).unwrap_or(c)).collect();
                let parts = left_to_right(&turned, has).into_iter();
                pieces.extend(parts.map(|(script, part)| (script, Cow::Owned(part.to_owned()))));
            }
        }
    }
    pieces
}

/// The script of a letter or digit of those that are written from right to left.
fn from_right(c: char) -> Option<Script> {
    match c {
        '\u{0590}'..='\u{05FF}' | '\u{FB1D}'..='\u{FB4F}' => Some(Script::Hebrew),
        '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{08A0}'..='\u{08FF}' => Some(Script::Arabic),
        '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' => Some(Script::Arabic),
        _ => None,
    }
}

/// Whether a character only says in which direction others run.
pub(super) fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The text without what only says in which direction the rest runs.
pub(super) fn without_directions(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_bidi_control) {
        Cow::Owned(text.chars().filter(|c| !is_bidi_control(*c)).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether nothing is ever seen of a character: Unicode's Default_Ignorable_Code_Point.
pub(super) fn invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}'
        | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
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

    fn pieces(text: &str) -> Vec<(Script, String)> {
        let has = |script, c: char| match script {
            Script::Latin => c.is_ascii(),
            Script::Hebrew => from_right(c) == Some(Script::Hebrew) || c.is_ascii_punctuation(),
            Script::Arabic => from_right(c) == Some(Script::Arabic) || c == '\u{200C}',
            _ => false,
        };
        split(text, has).into_iter().map(|(script, part)| (script, part.into_owned())).collect()
    }

    fn said(text: &str) -> Vec<String> {
        pieces(text).into_iter().map(|(_, part)| part).collect()
    }

    #[test]
    fn pieces_stand_in_the_order_in_which_they_are_seen() {
        let is = |text: &str, right: &[(Script, &str)]| {
            let right: Vec<(Script, String)> =
                right.iter().map(|(script, part)| (*script, (*part).to_owned())).collect();
            assert_eq!(pieces(text), right, "{text}");
        };
        is("דנה AB 12", &[(Script::Latin, "AB 12"), (Script::Hebrew, "דנה ")]);
        is("Ana ليلى", &[(Script::Latin, "Ana "), (Script::Arabic, "ليلى")]);
        is("Ω佐藤 A", &[(Script::Other, "Ω"), (Script::Cjk { kana: false }, "佐藤 "), (Script::Latin, "A")]);
        is("ليلى ٢٣", &[(Script::Arabic, "٢٣"), (Script::Arabic, "ليلى ")]);
        is("דנה ليلى", &[(Script::Arabic, "ليلى"), (Script::Hebrew, "דנה ")]);
    }

    #[test]
    fn brackets_open_to_what_they_hold() {
        assert_eq!(said("יוסי כהן (2)"), ["(", "2", ")", "יוסי כהן "]);
        assert_eq!(said("(2) יוסי"), ["יוסי", " (", "2", ")"]);
    }

    #[test]
    fn joiners_and_signs_of_other_fonts_stay_where_they_are() {
        assert_eq!(said("می\u{200C}روم"), ["می\u{200C}روم"]);
        assert_eq!(said("محمد ◊"), ["◊", "محمد "]);
    }

    #[test]
    fn an_isolated_name_leaves_what_follows_in_its_place() {
        let isolated = "ASK \u{2068}דנה כהן\u{2069} · 12";
        assert_eq!(said(isolated).concat(), "ASK דנה כהן · 12");
        assert_eq!(said(&isolated.replace(['\u{2068}', '\u{2069}'], ""))[1], "12", "without it the figure jumps");
        assert_eq!(said("\u{2068}דנה כהן 12\u{2069}"), ["12", "דנה כהן "]);
    }
}
