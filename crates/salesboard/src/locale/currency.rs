//! Currencies: ISO 4217 code, digits, and how each is written on a wall.

/// On which side of an amount the sign stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// $12.
    Before,
    /// 12 kr.
    After,
}

/// One currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Currency {
    /// ISO 4217 code.
    pub code: &'static str,
    /// Sign, from the characters of the bundled fonts; the code where there is none.
    pub symbol: &'static str,
    /// Where the sign stands.
    pub side: Side,
    /// Digits of the minor unit (ISO 4217).
    pub exponent: u8,
}

/// The currency with this code; `None` for one that the table does not know: write the code, two digits.
pub fn currency(code: &str) -> Option<&'static Currency> {
    CURRENCIES.binary_search_by_key(&code, |currency| currency.code).ok().map(|at| &CURRENCIES[at])
}

const fn c(code: &'static str, symbol: &'static str, side: Side, exponent: u8) -> Currency {
    Currency { code, symbol, side, exponent }
}

use Side::{After, Before};

/// All known currencies, sorted by code.
#[rustfmt::skip]
pub const CURRENCIES: &[Currency] = &[
    c("AED", "AED", Before, 2),
    c("ARS", "AR$", Before, 2),
    c("AUD", "A$",  Before, 2),
    c("BDT", "BDT", Before, 2),
    c("BGN", "BGN", After,  2),
    c("BHD", "BHD", Before, 3),
    c("BRL", "R$",  Before, 2),
    c("CAD", "CA$", Before, 2),
    c("CHF", "CHF", Before, 2),
    c("CLP", "CL$", Before, 0),
    c("CNY", "CN¥", Before, 2),
    c("COP", "CO$", Before, 2),
    c("CZK", "Kč",  After,  2),
    c("DKK", "kr",  After,  2),
    c("EGP", "EGP", Before, 2),
    c("EUR", "€",   Before, 2),
    c("GBP", "£",   Before, 2),
    c("GEL", "GEL", Before, 2),
    c("GHS", "GHS", Before, 2),
    c("HKD", "HK$", Before, 2),
    c("HUF", "Ft",  After,  2),
    c("IDR", "Rp",  Before, 2),
    c("ILS", "ILS", Before, 2),
    c("INR", "INR", Before, 2),
    c("IQD", "IQD", Before, 3),
    c("ISK", "kr",  After,  0),
    c("JOD", "JOD", Before, 3),
    c("JPY", "¥",   Before, 0),
    c("KES", "KSh", Before, 2),
    c("KRW", "KRW", Before, 0),
    c("KWD", "KWD", Before, 3),
    c("KZT", "KZT", Before, 2),
    c("LKR", "LKR", Before, 2),
    c("LYD", "LYD", Before, 3),
    c("MAD", "MAD", Before, 2),
    c("MXN", "MX$", Before, 2),
    c("MYR", "RM",  Before, 2),
    c("NGN", "NGN", Before, 2),
    c("NOK", "kr",  After,  2),
    c("NZD", "NZ$", Before, 2),
    c("OMR", "OMR", Before, 3),
    c("PEN", "PEN", Before, 2),
    c("PHP", "PHP", Before, 2),
    c("PKR", "PKR", Before, 2),
    c("PLN", "zł",  After,  2),
    c("PYG", "PYG", Before, 0),
    c("QAR", "QAR", Before, 2),
    c("RON", "lei", After,  2),
    c("RSD", "RSD", After,  2),
    c("RUB", "₽",   After,  2),
    c("SAR", "SAR", Before, 2),
    c("SEK", "kr",  After,  2),
    c("SGD", "S$",  Before, 2),
    c("THB", "THB", Before, 2),
    c("TND", "TND", Before, 3),
    c("TRY", "₺",   Before, 2),
    c("TWD", "NT$", Before, 2),
    c("UAH", "UAH", After,  2),
    c("USD", "$",   Before, 2),
    c("UYU", "UYU", Before, 2),
    c("VND", "VND", After,  0),
    c("ZAR", "R",   Before, 2),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_unique_and_whole() {
        assert!(CURRENCIES.len() >= 40);
        for pair in CURRENCIES.windows(2) {
            assert!(pair[0].code < pair[1].code, "{} {}", pair[0].code, pair[1].code);
        }
        for currency in CURRENCIES {
            assert!(currency.code.len() == 3 && currency.code.bytes().all(|b| b.is_ascii_uppercase()));
            assert!(!currency.symbol.is_empty() && currency.symbol.chars().count() <= 3, "{}", currency.code);
        }
    }

    #[test]
    fn the_board_counts_the_same_digits() {
        for currency in CURRENCIES {
            assert_eq!(currency.exponent, crate::board::currency::exponent(currency.code), "{}", currency.code);
        }
    }

    #[test]
    fn known_and_unknown_codes() {
        assert_eq!(currency("JPY").map(|c| (c.symbol, c.exponent)), Some(("¥", 0)));
        assert_eq!(currency("KWD").map(|c| c.exponent), Some(3));
        assert_eq!(currency("SEK").map(|c| c.side), Some(Side::After));
        assert_eq!(currency("XYZ"), None);
        assert_eq!(currency("jpy"), None);
    }
}
