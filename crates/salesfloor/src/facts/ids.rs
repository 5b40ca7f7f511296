//! Ids of people, teams and metrics: their indexes on the floor.

/// Index of a person in [`Floor::people`](super::Floor::people).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PersonId(pub u32);

/// Index of a team in [`Floor::teams`](super::Floor::teams).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TeamId(pub u32);

/// Index of a metric in [`Floor::metrics`](super::Floor::metrics).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MetricId(pub u32);
