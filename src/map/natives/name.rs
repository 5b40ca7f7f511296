//! Names of columns and stages as they are compared: `Close_Date`, `Clôture`, `VERKÄUFER`.

use jaq_core::ValR;
use jaq_json::Val;
use unicode_normalization::UnicodeNormalization as _;

use super::{super::decode::plain, text};

/// `_norm`: in lower case, without Latin accents, with one space for whatever stands between words.
pub(super) fn norm(value: &Val) -> ValR<Val> {
    Ok(text(compared(&plain(value))))
}

fn compared(name: &str) -> String {
    let accent = |c: &char| ('\u{300}'..='\u{36f}').contains(c);
    let low = name.to_lowercase().replace('ß', "ss");
    let bare: String = low.nfd().filter(|c| !accent(c)).nfc().collect();
    bare.split(|c: char| c.is_whitespace() || matches!(c, '_' | '-' | '’' | '\'')).filter(|word| !word.is_empty()).fold(
        String::new(),
        |mut out, word| {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
            out
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_what_differs_in_writing() {
        for (name, as_) in [
            ("Close_Date", "close date"),
            ("  DEAL - Owner ", "deal owner"),
            ("VERKÄUFER", "verkaufer"),
            ("Date de clôture", "date de cloture"),
            ("Chiffre d'affaires", "chiffre d affaires"),
            ("Außendienst", "aussendienst"),
            ("グループ", "グループ"),
            ("担当者", "担当者"),
        ] {
            assert_eq!(compared(name), as_);
        }
    }
}
