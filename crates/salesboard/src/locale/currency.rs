//! Lists how each currency is written on a wall: its sign, and on which side of the amount it stands.

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
}

/// The currency with this code; `None` for one that the table does not know: write the code.
pub fn currency(code: &str) -> Option<&'static Currency> {
    CURRENCIES.binary_search_by_key(&code, |currency| currency.code).ok().map(|at| &CURRENCIES[at])
}

const fn c(code: &'static str, symbol: &'static str, side: Side) -> Currency {
    Currency { code, symbol, side }
}

use Side::{After, Before};

/// All known currencies, sorted by code.
#[rustfmt::skip]
pub const CURRENCIES: &[Currency] = &[
    c("AED", "AED", Before),
    c("ARS", "AR$", Before),
    c("AUD", "A$",  Before),
    c("BDT", "BDT", Before),
    c("BGN", "BGN", After),
    c("BHD", "BHD", Before),
    c("BRL", "R$",  Before),
    c("CAD", "CA$", Before),
    c("CHF", "CHF", Before),
    c("CLP", "CL$", Before),
    c("CNY", "CN¥", Before),
    c("COP", "CO$", Before),
    c("CZK", "Kč",  After),
    c("DKK", "kr",  After),
    c("EGP", "EGP", Before),
    c("EUR", "€",   Before),
    c("GBP", "£",   Before),
    c("GEL", "GEL", Before),
    c("GHS", "GHS", Before),
    c("HKD", "HK$", Before),
    c("HUF", "Ft",  After),
    c("IDR", "Rp",  Before),
    c("ILS", "ILS", Before),
    c("INR", "INR", Before),
    c("IQD", "IQD", Before),
    c("ISK", "kr",  After),
    c("JOD", "JOD", Before),
    c("JPY", "¥",   Before),
    c("KES", "KSh", Before),
    c("KRW", "KRW", Before),
    c("KWD", "KWD", Before),
    c("KZT", "KZT", Before),
    c("LKR", "LKR", Before),
    c("LYD", "LYD", Before),
    c("MAD", "MAD", Before),
    c("MXN", "MX$", Before),
    c("MYR", "RM",  Before),
    c("NGN", "NGN", Before),
    c("NOK", "kr",  After),
    c("NZD", "NZ$", Before),
    c("OMR", "OMR", Before),
    c("PEN", "PEN", Before),
    c("PHP", "PHP", Before),
    c("PKR", "PKR", Before),
    c("PLN", "zł",  After),
    c("PYG", "PYG", Before),
    c("QAR", "QAR", Before),
    c("RON", "lei", After),
    c("RSD", "RSD", After),
    c("RUB", "₽",   After),
    c("SAR", "SAR", Before),
    c("SEK", "kr",  After),
    c("SGD", "S$",  Before),
    c("THB", "THB", Before),
    c("TND", "TND", Before),
    c("TRY", "₺",   Before),
    c("TWD", "NT$", Before),
    c("UAH", "UAH", After),
    c("USD", "$",   Before),
    c("UYU", "UYU", Before),
    c("VND", "VND", After),
    c("ZAR", "R",   Before),
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
    fn known_and_unknown_codes() {
        assert_eq!(currency("JPY").map(|c| c.symbol), Some("¥"));
        assert_eq!(currency("SEK").map(|c| c.side), Some(Side::After));
        assert_eq!(currency("XYZ"), None);
        assert_eq!(currency("jpy"), None);
    }
}
