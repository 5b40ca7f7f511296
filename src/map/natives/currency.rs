//! The currency that an amount is written with: `$1,200`, `1.200,50 €`, `CHF 12`.

use jaq_core::ValR;
use jaq_json::Val;

use super::{super::decode::plain, text};

/// What stands beside an amount, without spaces and dots, in lower case, and the currency's code. Where several
/// countries write alike it is that of the most who do; kronor and kroner keep their sign.
const SIGNS: [(&str, &str); 33] = [
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
];

/// `currency`: the code of the currency that an amount is written with; null where there is none.
pub(super) fn currency(value: &Val) -> ValR<Val> {
    Ok(of(value).map_or(Val::Null, text))
}

/// Likewise, as a text: a code, or a sign of several currencies.
pub(super) fn of(value: &Val) -> Option<String> {
    let Val::TStr(bytes) = value else { return None };
    let amount = std::str::from_utf8(bytes).ok()?;
    // What programs write has no currency: 1e3, -inf.
    if amount.trim().parse::<f64>().is_ok() {
        return None;
    }
    let beside = |c: &char| !c.is_whitespace() && !c.is_numeric() && !PART.contains(c);
    code(&amount.chars().filter(beside).collect::<String>())
}

/// What stands in an amount and is no currency.
const PART: [char; 14] = ['.', ',', '．', '，', '-', '−', '–', '+', '(', ')', '\'', '’', '%', '％'];

/// The code of a name or sign, as a column of currencies has it.
pub(super) fn named(value: &Val) -> Option<String> {
    let name = plain(value);
    code(name.trim()).filter(|_| !matches!(value, Val::Null))
}

fn code(sign: &str) -> Option<String> {
    let low = sign.to_lowercase();
    let known = SIGNS.iter().find(|(sign, _)| *sign == low).map(|(_, code)| (*code).to_owned());
    known.or_else(|| (!sign.is_empty()).then(|| sign.to_uppercase()))
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
        ] {
            assert_eq!(of(&text(amount)).as_deref(), code, "{amount}");
        }
        assert_eq!(of(&Val::from(7_usize)), None);
    }

    #[test]
    fn a_column_of_currencies_has_signs_or_codes() {
        for (name, code) in [("eur", Some("EUR")), (" € ", Some("EUR")), ("Euro", Some("EUR")), ("", None)] {
            assert_eq!(named(&text(name)).as_deref(), code, "{name}");
        }
        assert_eq!(named(&Val::Null), None);
    }
}
