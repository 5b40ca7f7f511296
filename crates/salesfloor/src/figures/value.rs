//! An exact figure: a fraction in major units.

use std::cmp::Ordering;

use crate::facts::Aggregate;
use crate::ledger::Sum;

/// `num / den`, in major units. `den` is above 0.
#[derive(Debug, Clone, Copy)]
pub struct Value {
    num: i128,
    den: i128,
}

impl Value {
    /// An amount in minor units of `10^-decimals`.
    pub fn minor(amount: impl Into<i128>, decimals: u8) -> Value {
        Value { num: amount.into(), den: 10_i128.pow(u32::from(decimals.min(12))) }
    }

    pub fn whole(n: impl Into<i128>) -> Value {
        Value { num: n.into(), den: 1 }
    }

    pub(crate) fn of(sum: Sum, aggregate: Aggregate, decimals: u8) -> Option<Value> {
        match aggregate {
            Aggregate::Sum => Some(Value::minor(sum.total, decimals)),
            Aggregate::Count => Some(Value::whole(i128::from(sum.n))),
            Aggregate::Average => Value::minor(sum.total, decimals).over(Value::whole(i128::from(sum.n))),
            Aggregate::Max => sum.max.map(|max| Value::minor(max, decimals)),
            Aggregate::Last => sum.last.map(|(_, last)| Value::minor(last, decimals)),
            Aggregate::Ratio { .. } => None,
        }
    }

    /// `None` where `other` is 0.
    pub fn over(self, other: Value) -> Option<Value> {
        if other.num == 0 {
            return None;
        }
        let sign = other.num.signum();
        Some(Value { num: self.num * other.den * sign, den: self.den * other.num.abs() }.reduced())
    }

    pub fn minus(self, other: Value) -> Value {
        Value { num: self.num * other.den - other.num * self.den, den: self.den * other.den }.reduced()
    }

    pub fn plus(self, other: Value) -> Value {
        if self.den == other.den {
            return Value { num: self.num + other.num, den: self.den };
        }
        Value { num: self.num * other.den + other.num * self.den, den: self.den * other.den }.reduced()
    }

    pub fn times(self, n: i128) -> Value {
        Value { num: self.num * n, den: self.den }
    }

    pub fn is_zero(self) -> bool {
        self.num == 0
    }

    pub fn as_f64(self) -> f64 {
        // Both sides are exact up to 2^53; larger ones lose digits that no wall shows.
        self.num as f64 / self.den as f64
    }

    /// In units of `10^-decimals`, half away from zero: what FEED §3 compares for ties.
    pub fn rounded(self, decimals: u8) -> i128 {
        let scaled = self.num.saturating_mul(10_i128.pow(u32::from(decimals.min(12))));
        let (half, rest) = (scaled / self.den, scaled % self.den);
        half + if rest.abs() * 2 >= self.den { rest.signum() } else { 0 }
    }

    fn reduced(self) -> Value {
        let (mut a, mut b) = (self.num.abs(), self.den);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        Value { num: self.num / a.max(1), den: self.den / a.max(1) }
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Value {}

impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Value) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Value {
    fn cmp(&self, other: &Value) -> Ordering {
        match (self.num.checked_mul(other.den), other.num.checked_mul(self.den)) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => self.as_f64().total_cmp(&other.as_f64()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_rounded_half_away_from_zero() {
        let value = |num: i64, decimals| Value::minor(num, decimals);
        assert_eq!((value(125, 2).rounded(1), value(-125, 2).rounded(1), value(124, 2).rounded(1)), (13, -13, 12));
        assert_eq!(Value::whole(2).over(Value::whole(3)).unwrap().rounded(2), 67);
    }

    #[test]
    fn fractions_compare_exactly() {
        let third = Value::whole(1).over(Value::whole(3)).unwrap();
        assert_eq!(third, Value::whole(2).over(Value::whole(6)).unwrap());
        assert!(third < Value::minor(334, 3) && third > Value::minor(333, 3));
        assert_eq!(Value::whole(1).over(Value::whole(0)), None);
        assert_eq!(Value::whole(1).over(Value::whole(-4)).unwrap().as_f64(), -0.25);
        assert_eq!(Value::whole(3).minus(third).as_f64(), 8.0 / 3.0);
    }
}
