//! Cleans texts from outside: what may be drawn, in normal form, no longer than its place (FEED §5).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_canonical;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};
use unicode_segmentation::UnicodeSegmentation;

use super::limits;

/// Cleans a text and cuts it to `limit` grapheme clusters, the last of them an ellipsis where something was cut.
/// Empty when nothing visible is left.
pub fn clean(text: &str, limit: usize) -> String {
    if plain(text) && text.len() <= limit {
        return text.to_owned();
    }
    let text = cut(&tame(text), limit);
    if text.chars().all(invisible) { String::new() } else { text }
}

/// Whether there is nothing to clean: printable ASCII with single spaces inside.
fn plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().all(|b| (0x20..0x7f).contains(b))
        && !bytes.windows(2).any(|two| two == b"  ")
        && bytes.first() != Some(&b' ')
        && bytes.last() != Some(&b' ')
}

/// Drops controls and overrides, composes, limits the marks, collapses spaces.
fn tame(text: &str) -> String {
    let kept = text.chars().filter_map(|c| match c {
        c if c.is_whitespace() => Some(' '),
        c if c.is_control() => None,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => None,
        c => Some(c),
    });
    let mut out = String::with_capacity(text.len());
    let mut marks = 0;
    for c in kept.nfc() {
        if c.is_ascii() {
            marks = 0;
            if c != ' ' || !(out.is_empty() || out.ends_with(' ')) {
                out.push(c);
            }
            continue;
        }
        if c.general_category_group() == GeneralCategoryGroup::Mark {
            marks += 1;
            if marks > limits::MARKS {
                continue;
            }
        } else if c.general_category() != GeneralCategory::Format {
            // Joiners are no bases: marks behind them still belong to the letter before. Of a letter and its marks in one
            // character the marks count.
            marks = 0;
            decompose_canonical(c, |part| {
                marks += usize::from(part.general_category_group() == GeneralCategoryGroup::Mark)
            });
        }
        out.push(c);
    }
    out.truncate(out.trim_end().len());
    out
}

/// Cuts to `limit` grapheme clusters, and each cluster to [`limits::CLUSTER`] code points: one cluster of joined
/// emoji or of consonants could otherwise hold the whole document.
fn cut(text: &str, limit: usize) -> String {
    let mut out = String::with_capacity(text.len().min(limit * 8));
    let mut clusters = text.graphemes(true);
    let mut last = 0;
    for cluster in clusters.by_ref().take(limit) {
        last = out.len();
        match cluster.char_indices().nth(limits::CLUSTER) {
            Some((end, _)) => out.push_str(cluster[..end].trim_end_matches('\u{200d}')),
            None => out.push_str(cluster),
        }
    }
    if clusters.next().is_some() {
        out.truncate(last);
        out.truncate(out.trim_end().len());
        out.push('…');
    }
    out
}

/// Whether a character leaves no ink by itself.
fn invisible(c: char) -> bool {
    c.is_whitespace()
        || c.general_category() == GeneralCategory::Format
        || matches!(c, '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}')
        || matches!(c, '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{e0100}'..='\u{e01ef}' | '\u{2800}')
}
