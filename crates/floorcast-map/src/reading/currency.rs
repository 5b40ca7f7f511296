//! Reads the currency that an amount is written with: `$1,200`, `1.200,50 €`, `CHF 12`.

use jaq_core::ValR;
use jaq_json::Val;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory as _};

use super::number;
use crate::value::text;

/// What stands beside an amount, without spaces and dots, in lower case, and the currency's code. Where several
/// countries write alike it is that of the most who do; kronor and kroner keep their sign.
const SIGNS: [(&str, &str); 34] = [
    ("€", "EUR"),
    ("euro", "EUR"),
    ("$", "USD"),
    ("us$", "USD"),
    ("a$", "AUD"),
    ("au$", "AUD"),
    ("c$", "CAD"),
    ("ca$", "CAD"),
    ("nz$", "NZD"),
    ("hk$", "HKD"),
    ("s$", "SGD"),
    ("r$", "BRL"),
    ("mx$", "MXN"),
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

/// `currency`: the code of the currency that an amount is written with; null where there is none, or no amount.
pub(crate) fn currency(value: &Val) -> ValR<Val> {
    let amount = matches!(number::num(value, None), Ok(Val::Num(_)));
    Ok(of(value).filter(|_| amount).map_or(Val::Null, text))
}

/// The currency beside what was read as a number: a code, or a sign of several currencies. Any other word is none.
fn of(value: &Val) -> Option<String> {
    let Val::TStr(bytes) = value else { return None };
    beside(std::str::from_utf8(bytes).ok()?)
}

/// The currency that stands beside the number of a text.
pub(crate) fn beside(amount: &str) -> Option<String> {
    // What programs write has no currency: 1e3, -inf.
    if amount.trim().parse::<f64>().is_ok() {
        return None;
    }
    let beside = |c: &char| !c.is_whitespace() && !c.is_numeric() && !PART.contains(c);
    let sign: String = amount.chars().filter(beside).collect();
    // A sign that is not in the table is told apart from the others all the same.
    let unknown = || sign.chars().any(is_sign).then(|| sign.to_uppercase());
    code(&sign).or_else(unknown)
}

/// What stands in an amount and is no currency.
const PART: [char; 14] = ['.', ',', '．', '，', '-', '−', '–', '+', '(', ')', '\'', '’', '%', '％'];

/// The code of a name or sign, as a column of currencies has it. What a column says is believed.
pub(crate) fn named(name: &str) -> Option<String> {
    let name = name.trim();
    code(name).or_else(|| (!name.is_empty()).then(|| name.to_uppercase()))
}

/// The code of a known sign or of a code with or without one: `US$`, `usd`, `USD$`.
pub(crate) fn code(sign: &str) -> Option<String> {
    let low = sign.to_lowercase();
    let known = SIGNS.iter().find(|(sign, _)| *sign == low).map(|(_, code)| (*code).to_owned());
    let letters: String = sign.chars().filter(|c| !is_sign(*c)).collect::<String>().to_uppercase();
    known.or_else(|| CODES.binary_search(&letters.as_str()).is_ok().then_some(letters))
}

fn is_sign(c: char) -> bool {
    c.general_category() == GeneralCategory::CurrencySymbol
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_or_a_code_beside_an_amount_is_its_currency() {
        for (amount, code) in [
            ("$1,200.50", Some("USD")),
            ("US$ 1,200", Some("USD")),
            ("A$5", Some("AUD")),
            ("1.200,50 €", Some("EUR")),
            ("(1.200,50 €)", Some("EUR")),
            ("€-50", Some("EUR")),
            ("£7", Some("GBP")),
            ("1'200.50 CHF", Some("CHF")),
            ("EUR 12", Some("EUR")),
            ("￥１２，３４５", Some("JPY")),
            ("120円", Some("JPY")),
            ("12 zł", Some("PLN")),
            ("1\u{202f}200 kr", Some("KR")),
            ("1 200", None),
            ("1e3", None),
            ("12 %", None),
            ("(12)", None),
            ("", None),
            ("120 DKK", Some("DKK")),
            ("USD$ 5", Some("USD")),
            ("₱100", Some("₱")),
            ("J$100", Some("J$")),
            ("12 PCS", None),
            ("TBD", None),
            ("pending", None),
            ("n/a", None),
            ("USD", None),
            ("$", None),
            ("1.2M", None),
            ("$1.2M", None),
            ("800k", None),
            ("12 pcs", None),
        ] {
            let none_or = code.map_or(Val::Null, text);
            assert_eq!(currency(&text(amount)).ok(), Some(none_or), "{amount}");
        }
        assert_eq!(currency(&Val::from(7_usize)).ok(), Some(Val::Null));
    }

    #[test]
    fn the_codes_are_sorted() {
        assert!(CODES.is_sorted());
    }

    #[test]
    fn a_column_of_currencies_has_signs_or_codes() {
        for (name, code) in [("eur", Some("EUR")), (" € ", Some("EUR")), ("Euro", Some("EUR")), ("", None)] {
            assert_eq!(named(name).as_deref(), code, "{name}");
        }
    }
}
