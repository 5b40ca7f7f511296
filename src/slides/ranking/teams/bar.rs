//! Moves a team's bar: one segment per member; what a sale adds slides in from the right end and then joins its
//! seller's segment.

use super::model::{Part, Team};
use crate::motion::{Curve, Time, Track};
use crate::theme::spring;

/// A new piece carries its seller's initials for so long after it has arrived.
const NAMED_S: f64 = 4.0;
/// When a piece has arrived (99 % of the spring).
const SLIDE_S: f64 = 0.86;
/// Lengths are set down when they are this close, as a share of the scale.
const EPS: f64 = 2e-4;

/// One segment: where it begins and how long it is, on the scale of the values.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    pub id: String,
    /// Two initials or the family name, and one glyph.
    pub label: [String; 2],
    /// Where it begins.
    pub at: Track,
    /// How long it is.
    pub len: Track,
    /// From when on the piece that came last is part of the segment; none for a member's own segment.
    pub joins: Option<Time>,
}

/// The segments of one team.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// Members' own segments left to right, then pieces that have not joined them yet.
    pub segments: Vec<Segment>,
}

impl Bar {
    pub fn rest(team: &Team) -> Bar {
        let mut at = 0.0;
        let mut place = |p: &Part| {
            at += p.len;
            own(p, Track::still(at - p.len), Track::still(p.len))
        };
        Bar { segments: team.parts.iter().map(&mut place).collect() }
    }

    /// From this bar to what `team` says now, beginning at `start`; new pieces come from `full`, the right end.
    pub fn toward(&self, was: &Team, team: &Team, start: Time, full: f64, reduced: bool) -> Bar {
        let curve = spring::curve(spring::ROLL, reduced);
        let eps = EPS * full;
        let grown: Vec<(&Part, f64)> = if reduced || team.reach <= was.reach { Vec::new() } else { sales(was, team) };
        let sold: f64 = grown.iter().map(|(_, d)| d).sum();
        // Pieces dock where the bar ended, in the order of the segments; then all of it takes its new place at once.
        let docks = (!grown.is_empty() && (sold - (team.reach - was.reach)).abs() < 1e-6 * full.max(1e-9))
            .then(|| start.after(SLIDE_S + NAMED_S));
        let begin = docks.unwrap_or(start);
        let mut at = 0.0;
        let mut segments: Vec<Segment> = team
            .parts
            .iter()
            .map(|p| {
                let old = self.segments.iter().find(|s| s.id == p.id && s.joins.is_none());
                let from =
                    old.map_or_else(|| (Track::still(was.reach), Track::still(0.0)), |s| (s.at.clone(), s.len.clone()));
                at += p.len;
                own(p, from.0.then(at - p.len, begin, curve, eps), from.1.then(p.len, begin, curve, eps))
            })
            .collect();
        // A member who is not named any more goes at once.
        if let Some(docks) = docks {
            let mut end = was.reach;
            for (p, d) in grown {
                let slide = Track::still(full).then(end, start, curve, eps).then(team.reach, docks, curve, eps);
                let len = Track::still(0.0).then(d, start, Curve::Cut, eps).then(0.0, docks, curve, eps);
                segments.push(Segment { joins: Some(docks), ..own(p, slide, len) });
                end += d;
            }
        }
        Bar { segments }
    }
}

fn own(p: &Part, at: Track, len: Track) -> Segment {
    Segment { id: p.id.clone(), label: [p.label.clone(), p.glyph.clone()], at, len, joins: None }
}

/// What each member's part grew by; only where nothing shrank, or it was a correction.
fn sales<'a>(was: &Team, team: &'a Team) -> Vec<(&'a Part, f64)> {
    let before = |id: &str| was.parts.iter().find(|p| p.id == id).map_or(0.0, |p| p.len);
    let gains: Vec<(&Part, f64)> = team.parts.iter().map(|p| (p, p.len - before(&p.id))).collect();
    let shrunk =
        gains.iter().any(|(_, d)| *d < -1e-9) || was.parts.iter().any(|p| !team.parts.iter().any(|q| q.id == p.id));
    if shrunk { Vec::new() } else { gains.into_iter().filter(|(_, d)| *d > 1e-9).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::slides::widgets::digits::Odometer;

    fn team(parts: &[(&str, f64)]) -> Team {
        let part = |&(id, len): &(&str, f64)| Part { id: id.into(), label: id.into(), glyph: id.into(), len };
        Team {
            id: "t".into(),
            short: None,
            unit: String::new(),
            under: Odometer::still(""),
            of: String::new(),
            head: None,
            reach: parts.iter().map(|p| p.1).sum(),
            goal: None,
            pace: None,
            behind: false,
            parts: parts.iter().map(part).collect(),
        }
    }

    fn end(b: &Bar, t: Time) -> f64 {
        b.segments.iter().map(|s| s.at.value_at(t) + s.len.value_at(t)).fold(0.0, f64::max)
    }

    #[test]
    fn a_sale_docks_at_the_end_and_joins_its_seller_while_the_bar_keeps_its_length() {
        let (was, is) = (team(&[("a", 5.0), ("b", 3.0)]), team(&[("a", 5.0), ("b", 4.5)]));
        let start = Time::from_s(1.0);
        let bar = Bar::rest(&was).toward(&was, &is, start, 20.0, false);
        assert_eq!(bar.segments.len(), 3);
        let piece = &bar.segments[2];
        assert_eq!((piece.id.as_str(), piece.len.value_at(Time::ZERO)), ("b", 0.0), "not there before the sale");
        assert!(piece.at.value_at(Time::from_s(1.05)) > 15.0, "it comes from the right end");
        assert!((piece.at.value_at(Time::from_s(3.0)) - 8.0).abs() < 0.05);
        // The seller's own segment grows when the piece joins it; the bar's end does not move.
        assert_eq!(bar.segments[1].len.value_at(Time::from_s(4.0)), 3.0);
        for ms in 3000..9000 {
            assert!((end(&bar, Time::from_ms(ms)) - 9.5).abs() < 0.02, "{ms}");
        }
        assert_eq!(bar.segments[1].len.value_at(Time::from_s(9.0)), 4.5);
    }

    #[test]
    fn a_correction_moves_in_place() {
        let (was, is) = (team(&[("a", 5.0), ("b", 3.0)]), team(&[("a", 4.0), ("b", 4.5)]));
        let bar = Bar::rest(&was).toward(&was, &is, Time::ZERO, 20.0, false);
        assert!(bar.segments.iter().all(|s| s.joins.is_none()));
        assert!((end(&bar, Time::from_s(5.0)) - 8.5).abs() < 1e-9);
    }
}
