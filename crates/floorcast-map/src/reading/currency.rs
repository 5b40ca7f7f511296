//! Reads the currency that an amount is written with: `$1,200`, `1.200,50 €`, `CHF 12`.

use jaq_core::ValR;
use jaq_json::Val;

use super::{number, sign};
use crate::value::text;

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
    let parts = number::parts(amount.trim())?;
    sign::beside(&parts.before, &parts.after).flatten()
}

/// Whether the currency beside the number of a text can be the one that another place names.
pub(crate) fn agrees(amount: &str, named: &str) -> bool {
    number::parts(amount.trim())
        .is_none_or(|parts| [parts.before, parts.after].iter().all(|side| sign::agrees(side, named)))
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
            ("$ 500 CAD", Some("CAD")),
            ("$US 500", Some("USD")),
            ("500 $ CA", Some("CAD")),
            ("€ 500 EUR", Some("EUR")),
            ("500 (EUR)", Some("EUR")),
            ("Rs. 500", Some("INR")),
            ("500 kr.", Some("KR")),
            ("12 eur", Some("EUR")),
            ("1.200,- €", Some("EUR")),
            ("USD 500 (EUR)", None),
            ("€500 $", None),
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
}
