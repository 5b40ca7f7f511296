//! Stands in for letters that no font has: a sign for each, so that no name on the wall is without letters.

use std::borrow::Cow;

use glyphon::FontSystem;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};
use unicode_segmentation::UnicodeSegmentation;

use super::coverage::Coverage;
use super::marks::stacks;
use super::missing::Lacking;
use super::script::{NARROW, WIDE, directs, invisible, is_cjk, plain};

/// The text as it can be drawn: for each letter that no font has stands one sign, and a word whose capitals no font has is
/// set in small letters. `told` hears of everything that is not drawn as it is.
pub(super) fn drawable<'t>(
    text: &'t str,
    coverage: &mut Coverage,
    system: &mut FontSystem,
    told: &mut Lacking,
) -> Cow<'t, str> {
    if plain(text) || text.chars().all(|c| !special(c) && coverage.families(system, c).any()) {
        return Cow::Borrowed(text);
    }
    let mut setter = Setter { coverage, system, told, text };
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(' ') {
        let small = setter.small(word);
        for cluster in small.as_deref().unwrap_or(word).graphemes(true) {
            setter.cluster(cluster, &mut out);
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

struct Setter<'a> {
    coverage: &'a mut Coverage,
    system: &'a mut FontSystem,
    told: &'a mut Lacking,
    /// The whole of it.
    text: &'a str,
}

impl Setter<'_> {
    fn has(&mut self, c: char) -> bool {
        self.coverage.families(self.system, c).any()
    }

    /// Whether a shipped font has a letter and a mark.
    fn together(&mut self, letter: char, mark: char) -> bool {
        let of = self.coverage.families(self.system, letter);
        of.share(self.coverage.families(self.system, mark))
    }

    /// A word in small letters behind its first, where a font has those but lacks one of its capitals.
    fn small(&mut self, word: &str) -> Option<String> {
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
        if directs(first) {
            return out.push(first);
        }
        if first.is_whitespace() {
            return out.push(if first.is_control() || !self.has(first) { ' ' } else { first });
        }
        let lacking: Vec<char> =
            cluster.chars().filter(|c| !c.is_control() && !invisible(*c) && !self.has(*c)).collect();
        let bare = |c: &char| common(*c).is_none() && !(dispensable(*c) && *c != first);
        if lacking.iter().any(bare) {
            lacking.iter().for_each(|c| self.told.add(*c, self.text));
            return out.push(if wide(first) { WIDE } else { NARROW });
        }
        // Of many marks those stay that the letter's own font has: one of another font would bring the letter with it.
        let crowded = cluster.chars().filter(|c| stacks(*c)).count() > 1;
        for c in cluster.chars() {
            match c {
                _ if crowded && stacks(c) && c != first && !self.together(first, c) => {}
                _ if c.is_control() => {}
                // Where letters join, it decides about their shape.
                '\u{200C}' | '\u{200D}' if first >= '\u{590}' && self.has(c) => out.push(c),
                _ if invisible(c) => {}
                _ if !lacking.contains(&c) => out.push(c),
                _ => match common(c) {
                    Some(same) => out.push(same),
                    None => self.told.add(c, self.text),
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
fn common(c: char) -> Option<char> {
    match c {
        '\u{20BB7}' => Some('吉'),
        '㟢' => Some('崎'),
        _ => None,
    }
}

/// Whether a letter with its marks is one that people see: no space, no control and nothing that is never drawn.
pub fn seen(cluster: &str) -> bool {
    cluster.chars().any(|c| {
        let unseen = matches!(c.general_category_group(), GeneralCategoryGroup::Separator | GeneralCategoryGroup::Mark);
        !unseen && !c.is_whitespace() && !c.is_control() && !invisible(c)
    })
}
