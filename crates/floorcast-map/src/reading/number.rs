//! Numbers as people and sheets write them: `1.200,50 €`, `(12)`, `1 200`, `12 %`.

use jaq_core::ValR;
use jaq_json::Val;

use crate::value::{came, fail, text};

/// `num`: a number, or null where there is none. An object is read by its `amount` or `value`. `decimal` is the sign
/// in front of the decimals where that is known.
pub(crate) fn num(value: &Val, decimal: Option<&str>) -> ValR<Val> {
    let decimal = match decimal {
        None => None,
        Some("," | ".") => decimal.map(|sign| sign.as_bytes()[0]),
        Some(other) => return fail(format_args!("num: expected \",\" or \".\", found {other:?}")),
    };
    match value {
        Val::Null => Ok(Val::Null),
        Val::Num(_) => Ok(value.clone()),
        Val::TStr(bytes) => {
            let Ok(text) = std::str::from_utf8(bytes) else { return fail("num: broken text") };
            match read(text, decimal) {
                Some(Some(n)) => Ok(Val::from(n)),
                Some(None) => Ok(Val::Null),
                None => fail(format_args!("{} is not a number", came(value))),
            }
        }
        Val::Obj(map) => {
            let inner = ["amount", "value"].into_iter().find_map(|key| map.get(&text(key)));
            match inner {
                Some(Val::Obj(_) | Val::Arr(_)) | None => fail(format_args!("{} is not a number", came(value))),
                Some(inner) => num(inner, decimal.map(|sign| if sign == b',' { "," } else { "." })),
            }
        }
        _ => fail(format_args!("{} is not a number", came(value))),
    }
}

/// What a text says as a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Written {
    /// Nothing is written there.
    Nothing,
    /// This number.
    Number(f64),
    /// `1.200` or `1,200`: the sign stands in front of decimals, or of a group of thousands.
    Either { sign: u8, decimal: f64, group: f64 },
    /// Something that is no number.
    No,
}

/// `Some(None)`: nothing is written there. `None`: something that is no number.
fn read(text: &str, decimal: Option<u8>) -> Option<Option<f64>> {
    match written(text) {
        Written::Nothing => Some(None),
        Written::Number(n) => Some(Some(n)),
        Written::Either { sign, decimal: n, .. } if decimal == Some(sign) => Some(Some(n)),
        Written::Either { group, .. } => Some(Some(group)),
        Written::No => None,
    }
}

/// Reads a text as a number without knowing how its column is written.
pub(crate) fn written(text: &str) -> Written {
    let text = text.trim();
    if matches!(text.to_ascii_lowercase().as_str(), "" | "-" | "–" | "—" | "n/a" | "na" | "null" | "none" | "#n/a")
    {
        return Written::Nothing;
    }
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E');
    // What programs write is taken as it is, where it cannot be a group of thousands.
    if text.chars().all(plain)
        && !thousands(text, b'.')
        && let Some(n) = text.parse().ok().filter(|n: &f64| n.is_finite())
    {
        return Written::Number(n);
    }
    let Some(Parts { digits, negative, percent }) = parts(text) else { return Written::No };
    let signed = |n: f64| {
        let n = if negative { -n } else { n };
        if percent { n / 100.0 } else { n }
    };
    let number = |digits: String| digits.parse().ok().map(signed);
    let (dots, commas) = (digits.matches('.').count(), digits.matches(',').count());
    let without = |sign: char| digits.replace(sign, "");
    let read = match (dots, commas) {
        (0, 0) => number(digits),
        (_, 0) | (0, _) => {
            let sign = if dots > 0 { '.' } else { ',' };
            if dots + commas > 1 {
                grouped(&digits, sign).then(|| number(without(sign))).flatten()
            } else if thousands(&digits, sign as u8) {
                let both = number(digits.replace(sign, ".")).zip(number(without(sign)));
                return both.map_or(Written::No, |(decimal, group)| Written::Either {
                    sign: sign as u8,
                    decimal,
                    group,
                });
            } else {
                number(digits.replace(sign, "."))
            }
        }
        _ => {
            // The last sign stands in front of the decimals, once; the other one parts full groups.
            let (group, decimal) = if digits.rfind('.') > digits.rfind(',') { (',', '.') } else { ('.', ',') };
            let whole = digits.split(decimal).next().unwrap_or_default();
            let once = digits.matches(decimal).count() == 1;
            (once && grouped(whole, group)).then(|| number(without(group).replace(decimal, "."))).flatten()
        }
    };
    read.map_or(Written::No, Written::Number)
}

/// A number's digits with the points and commas between them, and what stood around.
struct Parts {
    digits: String,
    negative: bool,
    percent: bool,
}

/// Takes a text apart; `None`: something that is no number.
fn parts(text: &str) -> Option<Parts> {
    let (mut digits, mut negative, mut percent) = (String::new(), false, false);
    let (inner, bracketed) = match text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => (inner, true),
        None => (text, false),
    };
    // `1.200,-` has no cents.
    let inner = [",-", ",--", ",–", ".-", ".--", ".–"]
        .iter()
        .find_map(|end| inner.trim_end().strip_suffix(end))
        .unwrap_or(inner);
    let (mut before, mut after) = (String::new(), String::new());
    let (mut space_at, mut ended) = (None, false);
    for c in inner.chars() {
        match c {
            '0'..='9' => {
                // Behind a space there is a group of thousands, or nothing: decimals are not followed by more digits.
                let apart = space_at == Some(digits.len()) && digits.contains(['.', ',']);
                if ended || apart || !after.is_empty() {
                    return None;
                }
                digits.push(c);
            }
            '０'..='９' => digits.push(char::from(b'0' + (u32::from(c) - u32::from('０')) as u8)),
            '.' | ',' if !digits.is_empty() => digits.push(c),
            '．' | '，' => digits.push(if c == '．' { '.' } else { ',' }),
            '.' if before.is_empty() => digits.push_str("0."),
            // A sign stands in front or behind; what it stands between is no number.
            '-' | '−' | '–' if negative => return None,
            '-' | '−' | '–' => (negative, ended) = (true, !digits.is_empty()),
            '%' | '％' => percent = true,
            '+' | '\'' | '’' | '_' => {}
            c if c.is_whitespace() => {
                // Groups of thousands are three digits; two numbers side by side are none.
                let whole = digits.find(['.', ',']).unwrap_or(digits.len());
                if space_at
                    .replace(digits.len())
                    .is_some_and(|at| at < digits.len() && whole.checked_sub(at) != Some(3))
                {
                    return None;
                }
            }
            _ if digits.is_empty() => before.push(c),
            _ => after.push(c),
        }
    }
    let spaced = space_at.filter(|at| (1..digits.len()).contains(at)).is_none_or(|at| {
        let group = digits[at..].split(['.', ',']).next().unwrap_or_default();
        group.len() == 3
    });
    if !spaced || !currency(&before) || !currency(&after) || !digits.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    digits.truncate(digits.trim_end_matches(['.', ',']).len());
    Some(Parts { digits, negative: negative || bracketed, percent })
}

/// Whether a sign parts digits into full groups: `1,234,567`, or `12,34,567` as in India.
fn grouped(digits: &str, sign: char) -> bool {
    let groups: Vec<&str> = digits.split(sign).collect();
    let [first, between @ .., last] = groups.as_slice() else { return false };
    let plain = groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_digit()));
    let threes = between.iter().all(|group| group.len() == 3);
    let twos = between.iter().all(|group| group.len() == 2) && first.len() <= 2;
    // Digits without a sign are one group.
    groups.len() == 1 || plain && (1..=3).contains(&first.len()) && last.len() == 3 && (threes || twos)
}

/// Whether what stands beside a number can be a currency: signs, an ISO code, or one of the usual short forms.
fn currency(text: &str) -> bool {
    const SHORT: [&str; 12] = ["kr", "rs", "zł", "ft", "kč", "lei", "円", "元", "руб", "р", "fr", "sfr"];
    let letters: String = text.chars().filter(|c| c.is_alphabetic()).collect();
    let upper = letters.bytes().all(|b| b.is_ascii_uppercase());
    let signs = text.chars().count() <= 5 && !text.chars().any(|c| matches!(c, '/' | ':' | '#' | '='));
    let word = match letters.chars().count() {
        0 => true,
        3 if upper => true,
        1 | 2 if upper && text.contains('$') => true,
        _ => SHORT.contains(&letters.to_lowercase().as_str()),
    };
    signs && word
}

/// Whether one sign stands before exactly three last digits, as in `1.200`: groups of thousands, not decimals.
fn thousands(digits: &str, sign: u8) -> bool {
    let digits = digits.trim_start_matches(['-', '+']);
    let Some((whole, rest)) = digits.split_once(char::from(sign)) else { return false };
    let all = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    (1..=3).contains(&whole.len()) && !whole.starts_with('0') && rest.len() == 3 && all(whole) && all(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words_are_read() {
        for (text, n) in [
            ("1200.5", 1200.5),
            ("1.200,50 €", 1200.5),
            ("1,200.50", 1200.5),
            ("$1,200.50", 1200.5),
            ("US$ 1,200", 1200.0),
            ("(12)", -12.0),
            ("(1.200,50 €)", -1200.5),
            ("-12", -12.0),
            ("12-", -12.0),
            ("−12,5", -12.5),
            ("1 200", 1200.0),
            ("1\u{a0}200,5", 1200.5),
            ("1 250,00 €", 1250.0),
            ("1\u{202f}250\u{202f}300,50\u{a0}€", 1_250_300.5),
            ("1\u{202f}200 kr", 1200.0),
            ("1'200.50 CHF", 1200.5),
            ("12 %", 0.12),
            ("12,5%", 0.125),
            ("1.200", 1200.0),
            ("1,200", 1200.0),
            ("1.200.300", 1_200_300.0),
            ("0.125", 0.125),
            ("1234.567", 1234.567),
            ("12.5", 12.5),
            ("12,5", 12.5),
            ("1e3", 1000.0),
            (".5", 0.5),
            ("￥１２，３４５", 12345.0),
            ("¥1,234,567", 1_234_567.0),
            ("1,2345", 1.2345),
            ("5.", 5.0),
            ("12,34,567.5", 1_234_567.5),
            ("€ 1.200,-", 1200.0),
        ] {
            assert_eq!(read(text, None), Some(Some(n)), "{text}");
        }
        for text in ["", " ", "-", "n/a", "–", "NULL"] {
            assert_eq!(read(text, None), Some(None), "{text:?}");
        }
        for text in [
            "abc",
            "Q4 2017",
            "2026-11-04",
            "1.2.3,4,5",
            "1.200.30",
            "1,2.3",
            "12 of 30",
            "1 250,00 300",
            "1 25,00 €",
            "1/2",
            "€",
            "inf",
            "NaN",
            "four 4 seasons",
            "120万",
            "Q4",
            "FY26",
            "Room 7",
            "12:30",
        ] {
            assert_eq!(read(text, None), None, "{text}");
        }
    }

    #[test]
    fn a_known_decimal_sign_decides() {
        for (text, sign, n) in [
            ("1.200", b'.', 1.2),
            ("1,200", b',', 1.2),
            ("1.200", b',', 1200.0),
            ("1,200", b'.', 1200.0),
            ("1.5", b',', 1.5),
        ] {
            assert_eq!(read(text, Some(sign)), Some(Some(n)), "{text}");
        }
    }
}
