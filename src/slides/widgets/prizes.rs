//! Words prizes as they stand on the wall.

use crate::board::Prize;
use crate::words::Locale;

/// Prizes by place, with what they are worth where the label does not say it already.
pub fn texts(words: &Locale, prizes: &[Prize]) -> Vec<(u32, String)> {
    parts(words, prizes).into_iter().map(|(place, parts)| (place, joined(&parts))).collect()
}

/// What it is and what it is worth in one piece.
pub fn joined([label, worth]: &[String; 2]) -> String {
    if worth.is_empty() { label.clone() } else { format!("{label} · {worth}") }
}

/// The same as label and worth; that is empty where the label says it already.
pub fn parts(words: &Locale, prizes: &[Prize]) -> Vec<(u32, [String; 2])> {
    let mut sorted: Vec<&Prize> = prizes.iter().collect();
    sorted.sort_by_key(|p| p.place);
    sorted
        .into_iter()
        .map(|prize| {
            let label = words.caps(&prize.label);
            let worth = match &prize.worth {
                Some((value, code)) if !says(&label, *value) => words.money(*value, code),
                _ => String::new(),
            };
            (prize.place, [label, worth])
        })
        .collect()
}

/// Whether a label has the digits of an amount: "$50 GIFT CARD".
fn says(label: &str, amount: f64) -> bool {
    let digits = |text: &str| text.chars().filter(|c| !matches!(c, ',' | '.' | ' ' | '\u{A0}')).collect::<String>();
    let amount = format!("{:.0}", amount.abs());
    digits(label).split(|c: char| !c.is_ascii_digit()).any(|run| run == amount)
}

#[cfg(test)]
mod tests {
    use super::says;

    #[test]
    fn a_label_that_names_its_worth_is_not_said_twice() {
        assert!(says("$50 GIFT CARD", 50.0) && says("¥1,000,000", 1_000_000.0));
        assert!(!says("TEAM LUNCH", 400.0) && !says("$500 GIFT CARD", 50.0) && !says("WEEKEND FOR 2", 50.0));
    }
}
