//! Sorts a value into the five levels from far below to far above what is expected (DESIGN 6.7).

/// A step, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Under 85 % of par.
    FarBelow,
    /// Under 97 %.
    Below,
    /// Up to 103 %.
    Neutral,
    /// Under 115 %.
    Above,
    /// From 115 % on.
    FarAbove,
}

impl Level {
    /// The step of a value as it is shown. Without a par above 0 nothing is above or below it.
    pub fn of(shown: f64, par: f64) -> Level {
        if par <= 0.0 {
            return Level::Neutral;
        }
        // Compared in thousandths: 0.97 × 100 must not be more than 97.
        let share = (shown / par * 1000.0 + 1e-6).floor();
        match share {
            s if s < 850.0 => Level::FarBelow,
            s if s < 970.0 => Level::Below,
            s if s <= 1030.0 => Level::Neutral,
            s if s < 1150.0 => Level::Above,
            _ => Level::FarAbove,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_those_of_the_design() {
        let steps = [84.0, 85.0, 96.0, 97.0, 100.0, 103.0, 104.0, 114.0, 115.0].map(|v| Level::of(v, 100.0));
        use Level::{Above, Below, FarAbove, FarBelow, Neutral};
        assert_eq!(steps, [FarBelow, Below, Below, Neutral, Neutral, Neutral, Above, Above, FarAbove]);
        assert_eq!(Level::of(2.6, 3.5), FarBelow);
        assert_eq!(Level::of(4.1, 3.5), FarAbove);
        assert_eq!((Level::of(7.0, 0.0), Level::of(-3.0, -1.0)), (Neutral, Neutral));
    }
}
