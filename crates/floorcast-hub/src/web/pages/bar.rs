//! A slanted bar with a mark where one should be, as SVG.

/// Shares of the track, in percent.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    pub fill: f64,
    /// Where one should be.
    pub mark: Option<f64>,
    /// The target, where more than it was done.
    pub tick: Option<f64>,
    pub look: BarKind,
    /// In words, for those who do not see it.
    pub label: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BarKind {
    Fine,
    Behind,
    Reached,
}

impl Bar {
    /// `value` of `target`, where `pace` should be; `None`: there is nothing to measure it by.
    pub fn of(value: f64, target: f64, pace: Option<f64>, look: BarKind, label: String) -> Option<Bar> {
        if !target.is_finite() || target <= 0.0 {
            return None;
        }
        let whole = target.max(value * 1.04);
        let share = |of: f64| (of / whole * 100.0).clamp(0.0, 100.0);
        let tick = (value > target).then(|| share(target));
        Some(Bar { fill: share(value), mark: pace.map(share), tick, look, label })
    }

    pub fn svg(&self) -> String {
        let look = match self.look {
            BarKind::Fine => "f",
            BarKind::Behind => "f behind",
            BarKind::Reached => "f won",
        };
        let label = self.label.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        let mut out = format!(
            "<svg class=\"bar\" role=\"img\" aria-label=\"{label}\"><g><rect class=\"t\" width=\"100%\" height=\"100%\"/>\
             <rect class=\"{look}\" width=\"{:.1}%\" height=\"100%\"/>",
            self.fill
        );
        if let Some(tick) = self.tick {
            out += &format!("<rect class=\"k\" x=\"{tick:.1}%\" width=\"2\" height=\"100%\"/>");
        }
        if let Some(mark) = self.mark {
            out += &format!("<rect class=\"m\" x=\"{mark:.1}%\" y=\"-25%\" width=\"2.5\" height=\"150%\"/>");
        }
        out + "</g></svg>"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_the_target_stays_on_the_track_and_shows_the_target() {
        let bar = Bar::of(5.0, 2.0, Some(1.0), BarKind::Reached, "5 of 2".into()).unwrap();
        assert!(bar.fill < 100.0 && bar.tick.is_some_and(|tick| tick < bar.fill), "{bar:?}");
        assert_eq!(Bar::of(1.0, 0.0, None, BarKind::Fine, String::new()), None);
        let hostile = Bar::of(1.0, 2.0, None, BarKind::Fine, "\"><script>".into()).unwrap();
        assert!(!hostile.svg().contains("<script>"));
    }
}
