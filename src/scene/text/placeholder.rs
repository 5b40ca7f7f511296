//! Replaces characters that no font has by a placeholder (◊ or ◇), so that no name on the wall has gaps.

use std::borrow::Cow;

use glyphon::FontSystem;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};
use unicode_segmentation::UnicodeSegmentation;

use super::coverage::Coverage;
use super::marks::stacks;
use super::missing::MissingGlyphs;
use super::script::{NARROW, WIDE, invisible, is_bidi_control, is_cjk, plain};

/// The text as it can be drawn: one placeholder for each letter that no font has, and small letters for a word whose capitals
/// no font has. Everything that is not drawn as it is goes into `missing`.
pub(super) fn drawable<'t>(
    text: &'t str,
    coverage: &mut Coverage,
    system: &mut FontSystem,
    missing: &mut MissingGlyphs,
) -> Cow<'t, str> {
    if plain(text) || text.chars().all(|c| !special(c) && coverage.families(system, c).any()) {
        return Cow::Borrowed(text);
    }
    let mut substitution = Substitution { coverage, system, missing, text };
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(' ') {
        let small = substitution.lowercase_if_capital_missing(word);
        for cluster in small.as_deref().unwrap_or(word).graphemes(true) {
            substitution.cluster(cluster, &mut out);
        }
    }
    Cow::Owned(out)
}

/// Whether a character needs a look at what stands around it, or is no letter.
fn special(c: char) -> bool {
    c.is_control() || invisible(c) || stacks(c)
}

/// What may go where no font has it: the letter under it is seen without.
fn dispensable(c: char) -> bool {
    // Skin tones and the frame of a key cap.
    stacks(c) || matches!(c, '\u{1F3FB}'..='\u{1F3FF}' | '\u{20E3}')
}

struct Substitution<'a> {
    coverage: &'a mut Coverage,
    system: &'a mut FontSystem,
    missing: &'a mut MissingGlyphs,
    /// The whole text, for the report.
    text: &'a str,
}

impl Substitution<'_> {
    fn has(&mut self, c: char) -> bool {
        self.coverage.families(self.system, c).any()
    }

    /// Whether one font has both a letter and a mark.
    fn one_font_has_both(&mut self, letter: char, mark: char) -> bool {
        let of = self.coverage.families(self.system, letter);
        of.share(self.coverage.families(self.system, mark))
    }

    /// A word in small letters behind its first, where a font has those but lacks one of its capitals.
    fn lowercase_if_capital_missing(&mut self, word: &str) -> Option<String> {
        let lower = |c: char| c.to_lowercase().next().unwrap_or(c);
        let lacks = word.chars().any(|c| c.is_uppercase() && !self.has(c) && self.has(lower(c)));
        if !lacks {
            return None;
        }
        let mut inside = false;
        let set = word.chars().map(|c| {
            let keeps = !std::mem::replace(&mut inside, c.is_alphabetic()) && self.has(c);
            if keeps { c } else { lower(c) }
        });
        Some(set.collect())
    }

    /// Writes one letter with its marks as it can be drawn.
    fn cluster(&mut self, cluster: &str, out: &mut String) {
        let first = cluster.chars().next().unwrap_or(' ');
        if is_bidi_control(first) {
            return out.push(first);
        }
        if first.is_whitespace() {
            return out.push(if first.is_control() || !self.has(first) { ' ' } else { first });
        }
        let absent: Vec<char> =
            cluster.chars().filter(|c| !c.is_control() && !invisible(*c) && !self.has(*c)).collect();
        let needs_placeholder = |c: &char| kanji_variant(*c).is_none() && (*c == first || !dispensable(*c));
        if absent.iter().any(needs_placeholder) {
            absent.iter().for_each(|c| self.missing.add(*c, self.text));
            return out.push(if wide(first) { WIDE } else { NARROW });
        }
        // Of several marks only those of the letter's own font stay: a mark from another font would move the letter to that font.
        let crowded = cluster.chars().filter(|c| stacks(*c)).count() > 1;
        for c in cluster.chars() {
            match c {
                _ if crowded && stacks(c) && c != first && !self.one_font_has_both(first, c) => {}
                _ if c.is_control() => {}
                // ZWNJ and ZWJ: from Hebrew on, where letters join, they decide about a letter's shape.
                '\u{200C}' | '\u{200D}' if first >= '\u{590}' && self.has(c) => out.push(c),
                _ if invisible(c) => {}
                _ if !absent.contains(&c) => out.push(c),
                _ => match kanji_variant(c) {
                    Some(same) => out.push(same),
                    None => self.missing.add(c, self.text),
                },
            }
        }
    }
}

/// Whether a letter is as wide as it is high.
fn wide(c: char) -> bool {
    is_cjk(c) || matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{AC00}'..='\u{D7FF}')
}

/// The common form of a kanji that stands in names and that Plex JP lacks (DESIGN 3).
fn kanji_variant(c: char) -> Option<char> {
    match c {
        '\u{20BB7}' => Some('吉'),
        '㟢' => Some('崎'),
        _ => None,
    }
}

/// Whether a letter with its marks is one that people see: no space, no control and nothing that is never drawn.
pub fn is_visible(cluster: &str) -> bool {
    cluster.chars().any(|c| {
        let unseen = matches!(c.general_category_group(), GeneralCategoryGroup::Separator | GeneralCategoryGroup::Mark);
        !unseen && !c.is_whitespace() && !c.is_control() && !invisible(c)
    })
}
