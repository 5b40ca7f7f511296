//! Knows what stands beside an amount: signs, codes and names of currencies. Any other word or sign is none.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory as _};

/// What stands beside an amount, without spaces and dots, in lower case, and the currency's code. Where several
/// countries write alike it is that of the most who do; kronor and kroner keep their sign.
const SIGNS: [(&str, &str); 37] = [
    ("€", "EUR"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("$", "USD"),
    ("us$", "USD"),
    ("a$", "AUD"),
    ("au$", "AUD"),
    ("c$", "CAD"),
    ("ca$", "CAD"),
    ("can$", "CAD"),
    ("nz$", "NZD"),
    ("hk$", "HKD"),
    ("s$", "SGD"),
    ("r$", "BRL"),
    ("mx$", "MXN"),
    ("mex$", "MXN"),
    ("nt$", "TWD"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("￥", "JPY"),
    ("円", "JPY"),
    ("元", "CNY"),
    ("₩", "KRW"),
    ("₹", "INR"),
    ("rs", "INR"),
    ("₽", "RUB"),
    ("руб", "RUB"),
    ("р", "RUB"),
    ("₺", "TRY"),
    ("₴", "UAH"),
    ("zł", "PLN"),
    ("kč", "CZK"),
    ("ft", "HUF"),
    ("lei", "RON"),
    ("fr", "CHF"),
    ("sfr", "CHF"),
    ("kr", "KR"),
];

/// The codes of ISO 4217 for what amounts are written in, without metals and tests.
#[rustfmt::skip]
const CODES: [&str; 162] = [
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN",
    "BHD", "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF",
    "CLF", "CLP", "CNY", "COP", "COU", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP",
    "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD",
    "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS",
    "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LYD", "MAD",
    "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MXV", "MYR", "MZN",
    "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG",
    "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS",
    "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD",
    "TZS", "UAH", "UGX", "USD", "UYI", "UYU", "UYW", "UZS", "VED", "VES", "VND", "VUV", "WST", "XAF",
    "XCD", "XCG", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWG",
];

/// Signs of several currencies, and which they can be.
const SHARED: [(&str, &str); 6] = [
    (
        "$",
        "ARS AUD BBD BMD BND BSD BZD CAD CLP COP CUP DOP FJD GYD HKD JMD KYD LRD MXN NAD NZD SBD SGD SRD SVC TTD TWD USD UYU XCD",
    ),
    ("£", "EGP FKP GBP GIP LBP SDG SHP SSP SYP"),
    ("¥", "CNY JPY"),
    ("￥", "CNY JPY"),
    ("kr", "DKK ISK NOK SEK"),
    ("rs", "INR LKR MUR NPR PKR SCR"),
];

/// Codes that people write in small letters too. Other small words of three letters are words: `all`, `top`, `try`.
const SMALL: [&str; 4] = ["EUR", "USD", "GBP", "CHF"];

/// Letters beside a dollar sign that say how many, not which dollars: `5 M$`.
const SCALES: [&str; 7] = ["K", "M", "MM", "MN", "B", "BN", "T"];

/// Words for money in the names of currencies, and what they can be.
const NOUNS: [(&str, &str); 24] = [
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("dollar", SHARED[0].1),
    ("dollars", SHARED[0].1),
    ("pound", SHARED[1].1),
    ("pounds", SHARED[1].1),
    ("pfund", SHARED[1].1),
    ("sterling", "GBP"),
    ("franc", "CHF"),
    ("francs", "CHF"),
    ("franken", "CHF"),
    ("yen", "JPY"),
    ("yuan", "CNY"),
    ("renminbi", "CNY"),
    ("rupee", SHARED[5].1),
    ("rupees", SHARED[5].1),
    ("krone", "DKK NOK"),
    ("kroner", "DKK NOK"),
    ("krona", "ISK SEK"),
    ("kronor", "SEK"),
    ("zloty", "PLN"),
    ("koruna", "CZK"),
    ("forint", "HUF"),
    ("rand", "ZAR"),
];

/// Names of currencies in one or two words.
const NAMES: [(&str, &str); 16] = [
    ("us dollar", "USD"),
    ("us dollars", "USD"),
    ("american dollar", "USD"),
    ("canadian dollar", "CAD"),
    ("australian dollar", "AUD"),
    ("pound sterling", "GBP"),
    ("british pound", "GBP"),
    ("swiss franc", "CHF"),
    ("schweizer franken", "CHF"),
    ("japanese yen", "JPY"),
    ("日本円", "JPY"),
    ("yen", "JPY"),
    ("danish krone", "DKK"),
    ("norwegian krone", "NOK"),
    ("swedish krona", "SEK"),
    ("polish zloty", "PLN"),
];

/// The code of a known sign or of a code with or without one: `US$`, `$US`, `usd`, `USD$`.
pub(crate) fn code(sign: &str) -> Option<String> {
    let low = sign.to_lowercase();
    // In French the sign stands in front: `$US`.
    let turned = low.strip_prefix('$').map(|letters| format!("{letters}$"));
    let is = |text: &str| SIGNS.iter().find(|(sign, _)| *sign == text).map(|(_, code)| (*code).to_owned());
    let known = is(&low).or_else(|| is(&turned?));
    let letters: String = sign.chars().filter(|c| !is_sign(*c)).collect::<String>().to_uppercase();
    let fits = || sign.chars().filter(|c| is_sign(*c)).all(|c| can_be(&c.to_string(), &letters));
    known.or_else(|| (CODES.binary_search(&letters.as_str()).is_ok() && fits()).then(|| letters.clone()))
}

/// The currency that a cell of a column of currencies names: a code, a sign, a name, or a code with its name. `None`: it
/// names none, or two.
pub(crate) fn named(cell: &str) -> Option<String> {
    let text = cell.trim();
    if let Some(code) = code(text).or_else(|| unknown_sign(text)) {
        return Some(code);
    }
    let plain: String = text.chars().filter(|c| *c != '.').collect();
    let words: Vec<String> = plain
        .split(|c: char| !c.is_alphanumeric() && !is_sign(c))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let phrase = words.join(" ").to_lowercase();
    if let Some((_, code)) = NAMES.iter().find(|(name, _)| *name == phrase) {
        return Some((*code).to_owned());
    }
    // "EUR - Euro": one code with its name, and nothing that parts it from another.
    let is_code = |word: &&String| CODES.binary_search(&word.as_str()).is_ok();
    let codes: Vec<&String> = words.iter().filter(is_code).collect();
    let [only] = codes.as_slice() else { return None };
    let at_edge = words.first() == Some(*only) || words.last() == Some(*only);
    let rest = words.iter().filter(|word| word != only).map(|word| word.to_lowercase());
    let is_named = rest.clone().count() > 0 && rest.clone().any(|word| NOUNS.iter().any(|(noun, _)| *noun == word));
    let agrees = |word: String| match NOUNS.iter().find(|(noun, _)| *noun == word) {
        Some((_, of)) => of.split(' ').any(|code| code == only.as_str()),
        None => word.chars().all(char::is_alphabetic),
    };
    let apart = text.contains(['/', '+', '&', ',', ';', '|']);
    (at_edge && is_named && !apart && rest.into_iter().all(agrees)).then(|| (*only).clone())
}

/// The currency that stands in front of a number or behind it: `Some(None)`: nothing is there; `None`: something else is.
pub(crate) fn beside(before: &str, after: &str) -> Option<Option<String>> {
    let (before, after) = (bare(before), bare(after));
    match (before.is_empty(), after.is_empty()) {
        (true, true) => Some(None),
        (false, true) => word(&before).map(Some),
        (true, false) => word(&after).map(Some),
        // "$ 500 CAD": what both sides say, or what one of them can be.
        _ => {
            let (front, back) = (word(&before)?, word(&after)?);
            let both = if front == back || can_be_any(&after, &front) {
                Some(front)
            } else {
                can_be_any(&before, &back).then_some(back)
            };
            both.map(Some)
        }
    }
}

/// Without spaces, a pair of brackets, and the dots of short forms.
fn bare(text: &str) -> String {
    let text = text.trim();
    let inner = [('(', ')'), ('[', ']')].into_iter().find_map(|(a, b)| text.strip_prefix(a)?.strip_suffix(b));
    inner.unwrap_or(text).chars().filter(|c| !c.is_whitespace() && *c != '.').collect()
}

/// The currency that a word or sign beside a number is.
fn word(text: &str) -> Option<String> {
    let letters: String = text.chars().filter(|c| c.is_alphabetic()).collect();
    let is_plain = letters == text && letters.len() == 3 && letters.is_ascii();
    let is_upper = letters.bytes().all(|byte| byte.is_ascii_uppercase());
    let upper = letters.to_uppercase();
    let known = code(text).filter(|_| !is_plain || is_upper || SMALL.contains(&upper.as_str()) || is_listed(text));
    known.or_else(|| unknown_sign(text))
}

fn is_listed(text: &str) -> bool {
    SIGNS.iter().any(|(sign, _)| *sign == text.to_lowercase())
}

/// A sign of money that is not in the table is told apart from the others all the same: `₱`, `J$`.
fn unknown_sign(text: &str) -> Option<String> {
    let mut signs = text.chars().filter(|c| is_sign(*c));
    let (sign, more) = (signs.next()?, signs.next());
    let letters: String = text.chars().filter(|c| !is_sign(*c)).collect();
    let of_dollars = sign == '$'
        && (1..=2).contains(&letters.len())
        && letters.bytes().all(|byte| byte.is_ascii_uppercase())
        && !SCALES.contains(&letters.as_str());
    (more.is_none() && (letters.is_empty() || of_dollars)).then(|| text.to_owned())
}

/// Whether a sign can mean this currency.
fn can_be(sign: &str, code: &str) -> bool {
    let shared = SHARED.iter().find(|(of, _)| *of == sign);
    let of =
        shared.map(|(_, codes)| *codes).or_else(|| SIGNS.iter().find(|(of, _)| *of == sign).map(|(_, code)| *code));
    // What nobody knows may be anything.
    of.is_none_or(|codes| codes.split(' ').any(|of| of == code))
}

/// Whether a sign that several currencies share can mean this one.
fn can_be_any(sign: &str, code: &str) -> bool {
    let low = sign.to_lowercase();
    SHARED.iter().any(|(of, codes)| *of == low && codes.split(' ').any(|of| of == code))
}

/// Whether what stands on one side of an amount can be the currency that another place names; nothing can be any.
pub(crate) fn agrees(side: &str, named: &str) -> bool {
    let side = bare(side);
    side.is_empty() || word(&side).as_deref() == Some(named) || can_be_any(&side, named)
}

/// Likewise of the currency of a number format, which has lost its sign.
pub(crate) fn format_agrees(format: &str, named: &str) -> bool {
    let of_sign = |sign: &str| code(sign).as_deref() == Some(format) && can_be_any(sign, named);
    format == named || SHARED.iter().any(|(sign, _)| of_sign(sign))
}

pub(super) fn is_sign(c: char) -> bool {
    c.general_category() == GeneralCategory::CurrencySymbol
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_are_sorted() {
        assert!(CODES.is_sorted());
    }

    #[test]
    fn a_cell_of_a_column_of_currencies_names_one_or_none() {
        for (cell, code) in [
            ("eur", Some("EUR")),
            (" € ", Some("EUR")),
            ("Euro", Some("EUR")),
            ("$US", Some("USD")),
            ("$ US", None),
            ("US Dollar", Some("USD")),
            ("U.S. Dollar", Some("USD")),
            ("EUR - Euro", Some("EUR")),
            ("USD - U.S. Dollar", Some("USD")),
            ("Canadian Dollar (CAD)", Some("CAD")),
            ("₱", Some("₱")),
            ("J$", Some("J$")),
            ("-", None),
            ("N/A", None),
            ("TBD", None),
            ("BTC", None),
            ("EUR / USD", None),
            ("EUR or Dollar", None),
            ("EUR only", None),
            ("€$", None),
            ("M$", None),
            ("", None),
        ] {
            assert_eq!(named(cell).as_deref(), code, "{cell:?}");
        }
    }
}
