//! Numbers as people and sheets write them: `1.200,50 €`, `(12)`, `1 200`, `12 %`.

use jaq_core::ValR;
use jaq_json::Val;

use super::sign;
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

/// How many points and commas stand in the number of a text. One that has no cents has none for them: it counts as several.
pub(crate) fn signs(text: &str) -> (usize, usize) {
    let Some(Parts { digits, whole, .. }) = parts(text.trim()) else { return (0, 0) };
    let times = if whole { 2 } else { 1 };
    (digits.matches('.').count() * times, digits.matches(',').count() * times)
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
    let Some(Parts { digits, negative, percent, whole, before, after }) = parts(text) else { return Written::No };
    // A word or sign that is no currency may say how many, or that it is no amount at all.
    if sign::beside(&before, &after).is_none() {
        return Written::No;
    }
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
                if whole {
                    return number(without(sign)).map_or(Written::No, Written::Number);
                }
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
pub(crate) struct Parts {
    pub digits: String,
    negative: bool,
    percent: bool,
    /// `1.200,-`: it has no decimals.
    whole: bool,
    /// What stands in front of the digits and behind them, besides their signs.
    pub before: String,
    pub after: String,
}

/// Takes a text apart; `None`: between its digits stands something else than a number has.
pub(crate) fn parts(text: &str) -> Option<Parts> {
    let text: String = text.chars().map(narrow).collect();
    let (first, last) = (text.find(is_digit)?, text.rfind(is_digit)?);
    // `.5`, and not the dot of `Rs.500`.
    let mut start = first;
    if text[..first].ends_with(['.', ',']) && !text[..first - 1].ends_with(char::is_alphabetic) {
        start = first - 1;
    }
    let (before, core, after) = (text[..start].trim(), &text[start..=last], &text[last + 1..]);
    let mut digits = joined(core)?;
    if digits.starts_with(['.', ',']) {
        digits.insert(0, '0');
    }
    let (mut before, mut after, mut negative, mut percent) = (before.to_owned(), after.to_owned(), false, false);
    // `1.200,-` has no cents.
    let no_cents = [",--", ",-", ",–", ",—", ".--", ".-", ".–", ".—"].iter().find_map(|end| after.strip_prefix(end));
    let whole = no_cents.is_some();
    if let Some(rest) = no_cents {
        after = rest.to_owned();
    } else if let Some(rest) = after.strip_prefix(MINUS) {
        // A sign right behind the last digit, as accounts have it.
        (negative, after) = (true, rest.to_owned());
    } else {
        after = after.trim_start_matches(['.', ',']).to_owned();
    }
    after = after.trim().to_owned();
    if before.ends_with('(') && after.starts_with(')') || before.starts_with('(') && after.ends_with(')') {
        let (front, back) = match before.ends_with('(') {
            true => (
                before.strip_suffix('('),
                if after.starts_with(')') { after.strip_prefix(')') } else { after.strip_suffix(')') },
            ),
            false => (before.strip_prefix('('), after.strip_suffix(')')),
        };
        let (front, back) = (front?.trim().to_owned(), back?.trim().to_owned());
        if negative {
            return None;
        }
        (negative, before, after) = (true, front, back);
    }
    let sign = |text: &str| {
        let cut = text.strip_prefix(MINUS).or_else(|| text.strip_suffix(MINUS));
        cut.map(|rest| rest.trim().to_owned())
    };
    if let Some(rest) = sign(&before) {
        if negative {
            return None;
        }
        (negative, before) = (true, rest);
    } else if let Some(rest) = before.strip_prefix('+').or_else(|| before.strip_suffix('+')) {
        before = rest.trim().to_owned();
    }
    for side in [&mut before, &mut after] {
        if let Some(rest) = side.strip_suffix('%').or_else(|| side.strip_prefix('%')).filter(|_| !percent) {
            (percent, *side) = (true, rest.trim().to_owned());
        }
    }
    Some(Parts { digits, negative, percent, whole, before, after })
}

/// Signs in front of what is below 0.
const MINUS: [char; 3] = ['-', '−', '–'];

/// Signs and digits of full width as those of half.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' => char::from(b'0' + (u32::from(c) - u32::from('０')) as u8),
        '．' => '.',
        '，' => ',',
        '％' => '%',
        '－' => '-',
        '＋' => '+',
        '（' => '(',
        '）' => ')',
        _ => c,
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// The digits of a number without what parts its thousands besides points and commas: spaces, `'` or `_`, all of them alike.
/// Two numbers side by side are none.
fn joined(core: &str) -> Option<String> {
    let plain = |c: char| is_digit(c) || matches!(c, '.' | ',');
    let kind = |c: char| match c {
        _ if c.is_whitespace() => Some(' '),
        '\'' | '’' => Some('\''),
        '_' => Some('_'),
        _ => None,
    };
    let mut between = core.chars().filter(|c| !plain(*c));
    let Some(first) = between.next() else { return Some(core.to_owned()) };
    let mark = kind(first)?;
    if !between.all(|c| kind(c) == Some(mark)) {
        return None;
    }
    let groups: Vec<&str> = core.split(|c| !plain(c)).collect();
    let [head, between @ .., tail] = groups.as_slice() else { return None };
    let all = |text: &str| text.chars().all(is_digit);
    let last = tail.split(['.', ',']).next().unwrap_or_default();
    let fits = (1..=3).contains(&head.len())
        && all(head)
        && between.iter().all(|group| group.len() == 3 && all(group))
        && last.len() == 3;
    fits.then(|| groups.concat())
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
            ("1.200,- €", 1200.0),
            ("$(1,200.50)", -1200.5),
            ("$.50", 0.5),
            ("Rs.500", 500.0),
            ("500 kr.", 500.0),
            ("USD$ 500", 500.0),
            ("$ 500 CAD", 500.0),
            ("$US 500", 500.0),
            ("500 (EUR)", 500.0),
            ("500 eur", 500.0),
            ("+500", 500.0),
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
            "12 TSD",
            "1,5 MIO",
            "2 MRD",
            "500 BTC",
            "500 PCS",
            "500 TBD",
            "5 M$",
            "500T€",
            ">500",
            "~500",
            "500*",
            "500?",
            "500+",
            "500 €!",
            "100+20",
            "1'2",
            "1_2",
            "12 all",
            "USD 500 (EUR)",
            "€500 $",
            "€500 CHF",
            "(500) x",
            "500 - 600",
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
