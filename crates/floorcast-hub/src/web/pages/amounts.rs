//! Amounts as fields hold them.

/// Signs between thousands: pages of some language write them so, and people do.
const BETWEEN: [char; 7] = [',', '.', ' ', '\u{a0}', '\u{202f}', '\'', '’'];

/// An amount above 0 in minor units, as it is typed: `1250.5`, `1,250.50`, `1.250,50`, `120 000`. Of one sign alone with three
/// digits behind it, it stands between thousands, unless the figure has so many decimals.
pub fn minor(text: &str, decimals: i64) -> Option<i64> {
    let decimals = decimals.clamp(0, 9) as usize;
    let signs: Vec<char> = text.chars().filter(|c| BETWEEN.contains(c)).collect();
    let parts: Vec<&str> = text.split(BETWEEN).collect();
    let is_number = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    if !parts.iter().all(is_number) {
        return None;
    }
    let last = parts[parts.len() - 1];
    let has_part = match signs.as_slice() {
        [] => false,
        [.., sign] if !matches!(sign, '.' | ',') || last.len() > decimals => false,
        // Thousands to one, thousandths to another.
        [','] if last.len() == 3 => return None,
        [_] => true,
        [before @ .., sign] => !before.contains(sign),
    };
    let (whole, part) = if has_part { (&parts[..parts.len() - 1], last) } else { (&parts[..], "") };
    let thousands = &signs[..whole.len() - 1];
    let grouped = whole.len() == 1
        || whole[0].len() <= 3
            && !whole[0].starts_with('0')
            && whole[1..].iter().all(|group| group.len() == 3)
            && thousands.iter().all(|sign| *sign == thousands[0]);
    if !grouped {
        return None;
    }
    let whole = whole.concat();
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
            ["40", "1250.5", "0", "-3", "1.23.4", "x", "", ".", "12,34,567"].map(|text| minor(text, 2)),
            [Some(4_000), Some(125_050), None, None, None, None, None, None, None]
        );
        let written =
            ["120,000", "120.000", "120 000", "120\u{202f}000", "120’000", "120,000.00", "120.000,00", "1,200,000"];
        assert_eq!(
            written.map(|text| minor(text, 2)),
            [[Some(12_000_000); 7].as_slice(), &[Some(120_000_000)]].concat()[..]
        );
        assert_eq!(
            [minor("1,5", 2), minor("1.234", 3), minor("1.234", 0), minor("1.5", 0)],
            [Some(150), Some(1_234), Some(1_234), None]
        );
        assert_eq!(
            [minor("0.500", 2), minor("0,125", 2), minor("012 345", 0), minor("1,234", 3), minor("0.500", 3)],
            [None, None, None, None, Some(500)]
        );
        assert_eq!([major(4_000, 2), major(125_050, 2), major(7, 0)], ["40", "1250.50", "7"]);
    }
}
