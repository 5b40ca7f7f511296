//! Amounts as fields hold them.

/// An amount above 0 in minor units.
pub fn minor(text: &str, decimals: i64) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let decimals = decimals.clamp(0, 9) as usize;
    if whole.is_empty() || part.len() > decimals || !whole.chars().chain(part.chars()).all(|c| c.is_ascii_digit()) {
        return None;
    }
    format!("{whole}{part:0<decimals$}").parse().ok().filter(|n| (1..=1_000_000_000_000_000).contains(n))
}

/// As a field shows it: `40`, `1250.50`.
pub fn major(amount: i64, decimals: i64) -> String {
    let unit = 10_i64.pow(decimals.clamp(0, 9) as u32);
    match amount % unit {
        0 => (amount / unit).to_string(),
        rest => format!("{}.{rest:0width$}", amount / unit, width = decimals as usize),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_read_as_they_are_written() {
        assert_eq!(
            ["40", "1250.5", "0", "-3", "1.234", "x", "", "."].map(|text| minor(text, 2)),
            [Some(4_000), Some(125_050), None, None, None, None, None, None]
        );
        assert_eq!([major(4_000, 2), major(125_050, 2), major(7, 0)], ["40", "1250.50", "7"]);
    }
}
