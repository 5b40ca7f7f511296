//! Names as they are compared: of columns and stages by their words, of people by one key.

use icu_casemap::CaseMapper;
use unicode_normalization::UnicodeNormalization as _;

/// The words of a name of a column or a stage: in lower case, without Latin accents, `CloseDate` as two words, brackets
/// left out.
pub fn words(name: &str) -> Vec<String> {
    let mut plain = String::with_capacity(name.len() + 8);
    let (mut depth, mut before) = (0_usize, ' ');
    for c in name.chars() {
        match c {
            '(' | '[' | '{' | '（' | '【' | '<' => depth += 1,
            ')' | ']' | '}' | '）' | '】' | '>' => {
                depth = depth.saturating_sub(1);
                plain.push(' ');
            }
            _ if depth > 0 => {}
            c if c.is_alphanumeric() || matches!(c, '€' | '$' | '£' | '¥' | '\u{300}'..='\u{36f}') => {
                if c.is_uppercase() && before.is_lowercase() {
                    plain.push(' ');
                }
                plain.push(c);
            }
            _ => plain.push(' '),
        }
        before = c;
    }
    let accent = |c: &char| ('\u{300}'..='\u{36f}').contains(c);
    let low = plain.to_lowercase().replace('ß', "ss");
    let bare: String = low.nfkd().filter(|c| !accent(c)).nfc().collect();
    bare.split_whitespace().map(str::to_owned).collect()
}

/// What stands in the brackets of a name.
pub fn bracketed(name: &str) -> Option<&str> {
    let from = name.find(['(', '[', '（', '【'])?;
    let rest = &name[from..];
    let open = rest.chars().next().map_or(0, char::len_utf8);
    let to = rest.find([')', ']', '）', '】'])?;
    Some(rest[open..to].trim()).filter(|inner| !inner.is_empty())
}

/// A name without what no eye sees: one space between words, no control or zero-width characters, one form for a letter
/// and its accent.
pub fn cleaned(name: &str) -> String {
    let seen = |c: &char| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}') && !c.is_control();
    let spaced: String = name.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(seen).nfc().collect();
    spaced.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The key of a person: two spellings of one name have the same, whatever their case, spaces and forms of letters.
pub fn key(name: &str) -> String {
    let compatible: String = cleaned(name).nfkc().collect();
    let folded = CaseMapper::new().fold_string(&compatible).into_owned();
    // A capital dotted I folds to an i with a dot above it.
    folded.replace("i\u{307}", "i").nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_by_their_words() {
        for (name, expected) in [
            ("Close_Date", "close date"),
            ("CloseDate", "close date"),
            ("  DEAL - Owner ", "deal owner"),
            ("Amount (EUR)", "amount"),
            ("Deal Owner.id", "deal owner id"),
            ("VERKÄUFER", "verkaufer"),
            ("Date de clôture", "date de cloture"),
            ("Chiffre d'affaires", "chiffre d affaires"),
            ("Außendienst", "aussendienst"),
            ("グループ", "グループ"),
            ("担当者", "担当者"),
            ("Closed Won (Sales Pipeline)", "closed won"),
        ] {
            assert_eq!(words(name).join(" "), expected, "{name}");
        }
        assert_eq!(bracketed("Amount (EUR)"), Some("EUR"));
        assert_eq!(bracketed("Amount"), None);
    }

    #[test]
    fn spellings_of_one_person_have_one_key() {
        let same = [
            "Mara Quill",
            "mara quill",
            "MARA QUILL",
            "Mara  Quill",
            "Mara\u{a0}Quill",
            "Ｍara Quill ",
            "Mara\u{200b} Quill",
        ];
        assert!(same.iter().all(|name| key(name) == "mara quill"), "{:?}", same.map(key));
        assert_eq!(key("María León"), key("Mari\u{301}a Leo\u{301}n"));
        assert_eq!(key("MAX WEISS"), key("Max Weiß"));
        assert_eq!(key("İbrahim"), key("ibrahim"));
        assert_ne!(key("María León"), key("Maria Leon"), "another name");
    }
}
