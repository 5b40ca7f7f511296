//! Speaks the language of a board that is made of a table.

use salesfloor::board::Labels;

/// The labels of a language, by its BCP 47 tag. A table with Japanese columns is Japanese where nobody says otherwise.
pub fn labels(locale: &str, japanese_header: bool) -> &'static Labels {
    let language = locale.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    let is_known = Labels::LANGUAGES.contains(&language.as_str()) && language != "en";
    Labels::of(if japanese_header && !is_known { "ja" } else { locale })
}

/// Whether a name of a column is Japanese: kana, or words that Chinese writes otherwise.
pub fn is_japanese(name: &str) -> bool {
    const WORDS: [&str; 9] = ["担当", "金額", "売上", "受注", "氏名", "日付", "営業", "社員", "契約"];
    name.chars().any(|c| ('\u{3041}'..='\u{30fe}').contains(&c)) || WORDS.iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_with_japanese_columns_is_japanese_where_nobody_says_otherwise() {
        let month = |locale, japanese| labels(locale, japanese).month(jiff::civil::date(2026, 3, 1));
        assert_eq!(month("de-AT", true), "März 2026");
        assert_eq!(month("en", true), "2026年3月");
        assert_eq!(month("sv", false), "March 2026");
    }
}
