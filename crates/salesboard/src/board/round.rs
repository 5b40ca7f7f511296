//! Rounds decimals, half away from zero, so that what counts as equal is what reads as equal (FEED §3).

/// A value in units of 10^-`digits`, rounded half away from zero; negative digits round to tens, hundreds, …
///
/// The decimal number that the source wrote is rounded, not its binary neighbour: 1.005 with 2 digits is 101. Saturates
/// far beyond the feed's limit of 1e15; 0 for what is not finite.
pub fn units(value: f64, digits: i32) -> i128 {
    if !value.is_finite() {
        return 0;
    }
    if digits >= 0 && value.fract() == 0.0 && value.abs() < 9e15 {
        return (value as i128).saturating_mul(power(digits));
    }
    // Far enough from a half the binary product rounds as the decimal does; it is off by less than a thousandth.
    let scaled = if digits >= 0 { value * 10f64.powi(digits) } else { value / 10f64.powi(-digits) };
    if scaled.abs() < 1e12 && (scaled.fract().abs() - 0.5).abs() > 1e-3 {
        return scaled.round() as i128;
    }
    // The shortest decimal that reads back as this value: d.ddde±n.
    let text = format!("{value:e}");
    let Some((mantissa, exponent)) = text.split_once('e') else { return 0 };
    let fraction = mantissa.split_once('.').map_or(0, |(_, fraction)| fraction.len() as i32);
    let whole: i128 = mantissa.replace('.', "").parse().unwrap_or(0);
    let shift = exponent.parse::<i32>().unwrap_or(0) - fraction + digits;
    if shift >= 0 {
        return whole.saturating_mul(power(shift));
    }
    let by = power(-shift);
    let (quotient, rest) = (whole / by, whole % by);
    // by - |rest| cannot overflow where 2·|rest| could.
    if rest.abs() >= by - rest.abs() { quotient + rest.signum() } else { quotient }
}

/// A number of units of 10^-`digits` as a value.
pub fn from_units(units: i128, digits: i32) -> f64 {
    // Both operands are exact, so the quotient is the double nearest to the decimal.
    if units.unsigned_abs() < 1 << 53 && (0..=22).contains(&digits) {
        return units as f64 / 10f64.powi(digits);
    }
    format!("{units}e{}", -i64::from(digits)).parse().unwrap_or(0.0)
}

/// A value as it reads with so many digits behind the separator.
pub fn round(value: f64, digits: i32) -> f64 {
    from_units(units(value, digits), digits)
}

fn power(exponent: i32) -> i128 {
    10i128.checked_pow(exponent.unsigned_abs()).unwrap_or(i128::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn half_goes_away_from_zero_in_decimal() {
        assert_eq!(units(1.005, 2), 101);
        assert_eq!(units(-1.005, 2), -101);
        assert_eq!(units(2.5, 0), 3);
        assert_eq!(units(-2.5, 0), -3);
        assert_eq!(units(0.1 + 0.2, 1), 3);
        assert_eq!(units(61_050.5, 2), 6_105_050);
        assert_eq!(units(18_424_999.0, -4), 1842);
        assert_eq!(units(18_425_000.0, -4), 1843);
        assert_eq!(units(1e15, 10), 10i128.pow(25));
        assert_eq!(units(5e-324, 3), 0);
        assert_eq!(units(f64::NAN, 3), 0);
        assert_eq!(units(f64::MAX, 300), i128::MAX);
        assert_eq!(round(9_876_543.0, -4), 9_880_000.0);
    }

    /// The same by the digits of the shortest decimal alone.
    fn by_hand(value: f64, digits: usize) -> i128 {
        let text = format!("{value:.30}");
        let shortest = format!("{value}");
        let text = if shortest.contains('.') { format!("{shortest}{}", "0".repeat(40)) } else { text };
        let (whole, fraction) = text.split_once('.').expect("a point");
        let kept: i128 = format!("{whole}{}", &fraction[..digits]).parse().expect("digits");
        let up = fraction.as_bytes()[digits] >= b'5';
        kept + if up { if value < 0.0 { -1 } else { 1 } } else { 0 }
    }

    proptest! {
        #[test]
        fn both_ways_round_alike(thousandths in -10_000_000i64..10_000_000, digits in 0..6usize, odd in -1e6..1e6f64) {
            let even = thousandths as f64 / 1000.0;
            prop_assert_eq!(units(even, digits as i32), by_hand(even, digits));
            prop_assert_eq!(units(odd, digits as i32), by_hand(odd, digits));
        }

        #[test]
        fn rounding_keeps_order_and_stays_near(a in -1e15..1e15f64, b in -1e15..1e15f64, digits in -6..11i32) {
            let (low, high) = if a <= b { (a, b) } else { (b, a) };
            prop_assert!(units(low, digits) <= units(high, digits));
            let step = 10f64.powi(-digits);
            prop_assert!((round(a, digits) - a).abs() <= step * 0.5 + a.abs() * 1e-15);
            prop_assert_eq!(units(round(a, digits), digits), units(a, digits));
        }
    }
}
