//! Letters that no font has, by their script, and the package that brings a font for it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use unicode_properties::{GeneralCategory, UnicodeEmoji, UnicodeGeneralCategory};
use unicode_script::{Script, UnicodeScript};

/// Letters that are remembered until they are taken.
const MAX_CHARACTERS: usize = 256;
/// Letters that a sentence names.
const NAMED: usize = 8;

/// Letters of one script that no font has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingScript {
    /// The script as people call it.
    pub script: String,
    /// The Debian package with a font for it, where there is one.
    pub package: Option<&'static str>,
    pub letters: BTreeSet<char>,
    /// A text that one of them stands in.
    pub text: String,
}

impl fmt::Display for MissingScript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named: Vec<String> = self.letters.iter().take(NAMED).map(|c| named(*c)).collect();
        write!(f, "no font has {}", named.join(" "))?;
        if self.letters.len() > NAMED {
            write!(f, " and {} more", self.letters.len() - NAMED)?;
        }
        write!(f, " ({}): ◊ or ◇ stands for each", self.script)?;
        match self.package {
            Some(package) => write!(f, "; install the package {package}"),
            None => Ok(()),
        }
    }
}

/// A letter as a sentence names it: marks alone would hang on what stands before them.
fn named(c: char) -> String {
    if c.is_alphanumeric() || c.is_emoji_char() { c.to_string() } else { format!("U+{:04X}", u32::from(c)) }
}

/// Letters that were missing since they were taken last.
#[derive(Debug, Default)]
pub(super) struct MissingGlyphs {
    found: BTreeMap<String, MissingScript>,
    count: usize,
    /// Scripts that were reported once.
    reported: BTreeSet<String>,
}

impl MissingGlyphs {
    /// Remembers a letter and the text that it stands in.
    pub fn add(&mut self, c: char, text: &str) {
        if self.count >= MAX_CHARACTERS {
            return;
        }
        let (script, package) = about(c);
        let text = || super::script::without_directions(text).into_owned();
        let of = self.found.entry(script.clone()).or_insert_with(|| MissingScript {
            script,
            package,
            letters: BTreeSet::new(),
            text: text(),
        });
        self.count += usize::from(of.letters.insert(c));
    }

    /// All of it; nothing is left.
    pub fn take(&mut self) -> Vec<MissingScript> {
        self.count = 0;
        std::mem::take(&mut self.found).into_values().collect()
    }

    /// Those of scripts that this was not asked about before; nothing is left.
    pub fn take_new(&mut self) -> Vec<MissingScript> {
        let all = self.take();
        all.into_iter().filter(|missing| self.reported.insert(missing.script.clone())).collect()
    }
}

/// The script of a letter as people call it, and the package of Debian with a font for it.
fn about(c: char) -> (String, Option<&'static str>) {
    match c.general_category() {
        GeneralCategory::PrivateUse => return ("characters for private use".into(), None),
        GeneralCategory::Unassigned => return ("characters that do not exist".into(), None),
        _ => {}
    }
    let script = c.script();
    match script {
        Script::Common | Script::Inherited if emoji(c) => ("emoji".into(), Some("fonts-symbola")),
        Script::Common | Script::Unknown => ("signs".into(), Some("fonts-noto-core or fonts-symbola")),
        Script::Inherited => ("marks on letters".into(), Some("fonts-noto-core")),
        Script::Han => ("Chinese".into(), Some("fonts-noto-cjk")),
        Script::Hangul => ("Korean".into(), Some("fonts-noto-cjk or fonts-nanum")),
        Script::Hiragana | Script::Katakana => ("Japanese".into(), Some("fonts-noto-cjk")),
        Script::Bopomofo => ("Bopomofo".into(), Some("fonts-noto-cjk")),
        Script::Thai => ("Thai".into(), Some("fonts-noto-core or fonts-thai-tlwg")),
        _ => (script.full_name().replace('_', " "), Some("fonts-noto-core")),
    }
}

fn emoji(c: char) -> bool {
    // Digits are counted among them too.
    c.is_emoji_char() && c >= '\u{203C}'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_is_told_once_with_the_package_that_has_it() {
        let mut missing_glyphs = MissingGlyphs::default();
        for c in "김민준สमગ陈🔥\u{E123}\u{0378}☭".chars() {
            missing_glyphs.add(c, "a text");
        }
        let said: Vec<String> = missing_glyphs.take_new().iter().map(MissingScript::to_string).collect();
        let has =
            |what: &str| assert_eq!(said.iter().filter(|line| line.contains(what)).count(), 1, "{what}: {said:#?}");
        has("no font has 김 민 준 (Korean): ◊ or ◇ stands for each; install the package fonts-noto-cjk or fonts-nanum");
        has("no font has ส (Thai): ◊ or ◇ stands for each; install the package fonts-noto-core or fonts-thai-tlwg");
        has("no font has म (Devanagari): ◊ or ◇ stands for each; install the package fonts-noto-core");
        has("ગ (Gujarati)");
        has("陈 (Chinese)");
        has("🔥 (emoji)");
        has("U+E123 (characters for private use): ◊ or ◇ stands for each");
        has("U+0378 (characters that do not exist)");
        missing_glyphs.add('김', "a text");
        assert_eq!(missing_glyphs.take_new(), []);
        missing_glyphs.add('김', "a text");
        assert_eq!(missing_glyphs.take().len(), 1, "whoever asks for all hears it again");
    }

    #[test]
    fn no_more_letters_are_kept_than_somebody_reads() {
        let mut missing_glyphs = MissingGlyphs::default();
        ('가'..='힣').for_each(|c| missing_glyphs.add(c, "a text"));
        let said = missing_glyphs.take();
        assert_eq!(said[0].letters.len(), MAX_CHARACTERS);
        assert!(said[0].to_string().contains(" and 248 more (Korean)"), "{}", said[0]);
    }
}
