//! Knows how many decimals a currency has (ISO 4217).

/// Exponent of an ISO 4217 code's minor unit; 2 where the code is not in the table of exceptions.
pub fn exponent(code: &str) -> u8 {
    match code {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "UYI" | "VND"
        | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        "CLF" | "UYW" => 4,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::exponent;

    #[test]
    fn exceptions_are_known_and_the_rest_has_two() {
        assert_eq!(["JPY", "USD", "EUR", "KWD", "CLF", "???"].map(exponent), [0, 2, 2, 3, 4, 2]);
    }
}
