//! Holds metrics: their unit, aggregation and direction.

use super::MetricId;

#[derive(Debug, Clone, PartialEq)]
pub struct Metric {
    /// Unique on the floor.
    pub key: String,
    pub label: String,
    pub unit: Unit,
    /// Amounts are integers of `10^-decimals`.
    pub decimals: u8,
    pub kind: Kind,
    pub better: Better,
    pub aggregate: Aggregate,
    /// The lagging metric that this activity feeds: calls lead to meetings.
    pub leads_to: Option<MetricId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Unit {
    #[default]
    Count,
    Number,
    /// ISO 4217 code.
    Currency(String),
    DurationS,
    Days,
    Points,
}

/// Leading metrics are what people do; lagging ones are what comes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    Leading,
    #[default]
    Lagging,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Better {
    #[default]
    Up,
    Down,
}

/// How the amounts of a period become one figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Aggregate {
    #[default]
    Sum,
    /// The number of facts, whatever their amounts.
    Count,
    Average,
    Max,
    /// The amount of the latest fact.
    Last,
    /// One metric's figure over another's.
    Ratio {
        num: MetricId,
        den: MetricId,
    },
}

impl Default for Metric {
    fn default() -> Metric {
        Metric {
            key: String::new(),
            label: String::new(),
            unit: Unit::Count,
            decimals: 0,
            kind: Kind::Lagging,
            better: Better::Up,
            aggregate: Aggregate::Sum,
            leads_to: None,
        }
    }
}
