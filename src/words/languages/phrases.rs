//! Phrases that several languages build alike.

use std::fmt::Display;

/// Measure and unit: "SALES · € THOUSAND".
pub(super) fn caption(label: &str, unit: &str) -> String {
    match (label, unit) {
        (label, "") => label.to_owned(),
        ("", unit) => unit.to_owned(),
        (label, unit) => format!("{label} · {unit}"),
    }
}

/// "LABEL" behind a phrase, with nothing where there is none.
pub(super) fn with(phrase: &str, label: &str) -> String {
    if label.is_empty() { phrase.to_owned() } else { format!("{phrase} · {label}") }
}

/// A strong part and a plain one.
pub(super) fn pair(strong: &str, plain: &str) -> [String; 2] {
    [strong.to_owned(), plain.to_owned()]
}

/// A number with the word for one or for many.
pub(super) fn many<N: Display + From<u8> + PartialEq>(n: N, one: &str, many: &str) -> String {
    let word = if n == N::from(1) { one } else { many };
    format!("{n} {word}")
}

/// So many of what a label counts. Labels are plural, and their singular is not known: one stands alone.
pub(super) fn counted(figure: &str, one: bool, label: &str) -> String {
    match (figure, label) {
        ("", label) => label.to_owned(),
        (figure, "") => figure.to_owned(),
        (figure, _) if one => figure.to_owned(),
        (figure, label) => format!("{figure} {label}"),
    }
}

/// A figure with its unit; the percent sign is written close.
pub(super) fn amount(figure: &str, unit: &str) -> String {
    match unit {
        "" => figure.to_owned(),
        "%" => format!("{figure}%"),
        unit => format!("{figure} {unit}"),
    }
}

/// The same with a space in front of the percent sign.
pub(super) fn amount_apart(figure: &str, unit: &str) -> String {
    match unit {
        "" => figure.to_owned(),
        unit => format!("{figure}\u{A0}{unit}"),
    }
}

/// Whether a moment begins with a date and not with a time of day: "3 NOV 23:59" and "1ER DÉC.", not "23:59".
pub(super) fn is_date(when: &str) -> bool {
    let first = when.split_whitespace().next().unwrap_or("");
    first.starts_with(|c: char| c.is_ascii_digit()) && !first.contains(':')
}
