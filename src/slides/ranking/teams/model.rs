//! Adds to a ranking what teams have besides: shares of goals, members, the scale of the bars.

use unicode_segmentation::UnicodeSegmentation;

use super::super::model::{self as ranked, RankingModel};
use crate::board::rank;
use crate::board::{Better, By, Identity, Metric, Ranking, RankingRow};
use crate::scene::text::{is_cjk, is_visible};
use crate::slides::context::Ctx;
use crate::slides::widgets::digits::Odometer;
use crate::words::{Locale, NumberStyle};

/// Members with a segment of their own; the rest share one.
const SEGMENTS: usize = 8;
/// The bars end this far beyond the largest goal, or a little beyond the largest value.
const BEYOND_GOAL: f64 = 1.05;
const BEYOND_VALUE: f64 = 1.03;

/// One team beside its row.
#[derive(Debug, Clone, PartialEq)]
pub struct Team {
    pub id: String,
    /// Shorter name, for where the name has no room.
    pub short: Option<String>,
    /// Behind the measure of the order: "%".
    pub unit: String,
    /// "76.5%" or "42.58"
    pub under: Odometer,
    /// "OF 80"
    pub of: String,
    /// The second figure and what it is; none where it is not known.
    pub head: Option<(Odometer, &'static str)>,
    /// Where its bar ends, on the scale.
    pub reach: f64,
    /// Where its goal stands.
    pub goal: Option<f64>,
    /// Where it should be by now.
    pub pace: Option<f64>,
    /// Whether it should be further.
    pub behind: bool,
    /// What its bar is made of, left to right.
    pub parts: Vec<Part>,
}

impl Team {
    /// Puts the members in the order in which `was` has them, newcomers behind: a segment grows where it is.
    pub fn keep_order(&mut self, was: &Team) {
        let place = |id: &str| was.parts.iter().position(|p| p.id == id);
        // The rest that nobody is named for stays at the end.
        let key = |p: &Part| (p.id.is_empty() || p.id == "+", place(&p.id).unwrap_or(usize::MAX));
        self.parts.sort_by_key(key);
    }
}

/// One member's share.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Identity; empty for what nobody is named for.
    pub id: String,
    /// Two initials, or the family name.
    pub label: String,
    /// One glyph.
    pub glyph: String,
    /// Length on the scale.
    pub len: f64,
}

/// Teams in the order of the rows, and the value at the right end of all bars.
#[derive(Debug, Clone, PartialEq)]
pub struct TeamsContent {
    pub teams: Vec<Team>,
    /// Value at the right end.
    pub full: f64,
}

/// How figures of a board's teams are written.
struct Styles {
    sum: NumberStyle,
    head: NumberStyle,
}

/// The rows as any ranking has them, and what teams say besides.
pub fn model(ctx: &Ctx, r: &Ranking) -> (RankingModel, TeamsContent) {
    let mut model = ranked::model(ctx, r);
    let metric = r.metric.as_ref().and_then(|id| ctx.board.metrics.get(id)).cloned().unwrap_or_default();
    let places = rank::places(ctx.board, ctx.data);
    let rows: Vec<&RankingRow> = places[..model.rows.len()].iter().map(|p| &r.rows[p.row]).collect();
    let styles = styles(ctx, &metric, &rows);
    let teams: Vec<Team> = rows.iter().map(|row| team(ctx, r, &metric, &styles, row)).collect();
    let w = ctx.locale.words();
    let said = match r.by {
        By::Value => None,
        By::PerMember => Some(w.teams.per_head),
        By::Attainment => Some(w.teams.of_goal),
    };
    if let Some(said) = said {
        model.header.measure = (w.caption)(said, styles.sum.unit_long());
    }
    for (row, source) in model.rows.iter_mut().zip(&rows) {
        // One unit for the sums and for what is one member's: the caption names it once.
        match (r.by, source.value, head(source)) {
            (By::Value, Some(value), _) => row.value_text = styles.sum.format(value),
            (By::PerMember, _, Some(head)) => row.value_text = styles.head.format(head),
            _ => {}
        }
    }
    let full = full(&teams);
    (model, TeamsContent { teams, full })
}

/// The value at the right end of the bars: goals stand inside, and no value leaves its bar.
fn full(teams: &[Team]) -> f64 {
    let goal = teams.iter().filter_map(|t| t.goal).fold(0.0, f64::max);
    let largest = teams.iter().map(|t| t.reach).chain(teams.iter().filter_map(|t| t.pace)).fold(0.0, f64::max);
    (goal * BEYOND_GOAL).max(largest * BEYOND_VALUE)
}

fn styles(ctx: &Ctx, metric: &Metric, rows: &[&RankingRow]) -> Styles {
    let sums: Vec<f64> = rows.iter().filter_map(|r| r.value).collect();
    let largest = sums.iter().copied().fold(0.0, |a: f64, v| a.max(v.abs()));
    let heads: Vec<f64> = rows.iter().filter_map(|r| head(r)).chain([largest]).collect();
    let finer = Metric { decimals: metric.decimals + 1, ..metric.clone() };
    let sum = NumberStyle::for_values(metric, &sums, ctx.locale);
    Styles { head: sum.beside(&finer, &heads), sum }
}

/// A team's value over its members.
fn head(row: &RankingRow) -> Option<f64> {
    Some(row.value? / f64::from(row.members.filter(|&n| n > 0)?))
}

fn team(ctx: &Ctx, r: &Ranking, metric: &Metric, styles: &Styles, row: &RankingRow) -> Team {
    let w = ctx.locale.words();
    let down = metric.better == Better::Down;
    let attained = |value: f64, target: f64| match (down, value > 0.0) {
        (true, true) => Some(target / value),
        (true, false) => None,
        _ => Some(value / target),
    };
    let share = row.value.zip(row.target).and_then(|(v, t)| attained(v, t));
    let by_goal = r.by == By::Attainment;
    let value = row.value.unwrap_or(0.0).max(0.0);
    let reach = if by_goal { share.unwrap_or(0.0).max(0.0) } else { value };
    let target = row.target.map(|t| if by_goal { 1.0 } else { t });
    let pace = match (by_goal, row.pace, row.target) {
        (true, Some(pace), Some(t)) => attained(pace, t),
        (true, ..) => None,
        (false, pace, _) => pace,
    };
    let behind = row.value.zip(row.pace).is_some_and(|(v, p)| if down { v > p } else { v < p });
    let under = match r.by {
        By::Attainment => row.value.map(|v| styles.sum.format(v)),
        _ => share.map(|s| ctx.locale.percent(s)),
    };
    let second = match r.by {
        By::PerMember => row.value.map(|v| (styles.sum.format(v), w.teams.total)),
        _ => head(row).map(|h| (styles.head.format(h), w.teams.per_head)),
    };
    let named = ctx.board.teams.get(&row.who.id);
    Team {
        id: row.who.id.clone(),
        short: named.and_then(|t| t.short.as_ref()).map(|s| ctx.locale.caps(s)),
        unit: if by_goal && row.value.is_some() { "%".to_owned() } else { String::new() },
        of: row.target.map(|t| (w.teams.goal)(&styles.sum.trimmed(t))).unwrap_or_default(),
        under: Odometer::still(&under.unwrap_or_default()),
        head: second.map(|(text, label)| (Odometer::still(&text), label)),
        parts: parts(ctx.locale, &row.parts, value, reach),
        reach,
        goal: target,
        pace,
        behind,
    }
}

/// The members' segments: together exactly as long as the team's bar, the largest first.
fn parts(words: &Locale, parts: &[(Identity, f64)], value: f64, reach: f64) -> Vec<Part> {
    let mut named: Vec<&(Identity, f64)> = parts.iter().filter(|(_, v)| *v > 0.0).collect();
    named.sort_by(|a, b| b.1.total_cmp(&a.1));
    let sum: f64 = named.iter().map(|(_, v)| v).sum();
    // Shares that make more than the sum are shares of it all the same: a bar past its value is a false value.
    let whole = value.max(sum);
    let per = if whole > 0.0 { reach / whole } else { 0.0 };
    let others = named.split_off(named.len().min(SEGMENTS));
    let mut list: Vec<Part> = named
        .into_iter()
        .map(|(who, v)| {
            let (label, glyph) = label(&words.caps(&who.name));
            Part { id: who.id.clone(), label, glyph, len: v * per }
        })
        .collect();
    let more: f64 = others.iter().map(|(_, v)| v * per).sum();
    let rest = (reach - list.iter().map(|p| p.len).sum::<f64>() - more).max(0.0);
    if !others.is_empty() {
        let label = (words.words().teams.others)(others.len());
        list.push(Part { id: "+".to_owned(), glyph: label.clone(), label, len: more });
    }
    // What the source names nobody for is part of the bar, without a name.
    if rest > whole * per * 1e-6 || list.is_empty() {
        list.push(Part { id: String::new(), label: String::new(), glyph: String::new(), len: rest });
    }
    list
}

/// Two initials of a Latin name, the family name of a Japanese one; and the one glyph that stands for it.
fn label(name: &str) -> (String, String) {
    let letters =
        |word: &str, most: usize| word.graphemes(true).filter(|g| is_visible(g)).take(most).collect::<String>();
    let first = |word: &str| letters(word, 1);
    let mut words = name.split([' ', '\u{3000}', '・', '\u{A0}']).filter(|w| !w.is_empty());
    let head = words.next().unwrap_or("");
    if head.chars().any(is_cjk) {
        return (letters(head, 3), first(head));
    }
    let initials = match words.next_back() {
        Some(last) => first(head) + &first(last),
        None => letters(head, 2),
    };
    (initials, first(head))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sold(shares: &[f64]) -> Vec<(Identity, f64)> {
        let who = |i: usize| Identity { id: format!("m{i}"), name: format!("Ana Nr{i}") };
        shares.iter().enumerate().map(|(i, v)| (who(i), *v)).collect()
    }

    fn lens(shares: &[f64], value: f64, reach: f64) -> Vec<(String, f64)> {
        let list = parts(&Locale::new("en"), &sold(shares), value, reach);
        list.into_iter().map(|p| (p.label, (p.len * 1e6).round() / 1e6)).collect()
    }

    #[test]
    fn segments_are_together_as_long_as_the_bar() {
        let an = |len: f64| ("AN".to_owned(), len);
        // By goal a value of 8 may reach 0.4: the members share that, the largest first.
        assert_eq!(lens(&[2.0, 6.0], 8.0, 0.4), [an(0.3), an(0.1)]);
        // More than the sum: shares of it. Less: the rest is nobody's.
        assert_eq!(lens(&[6.0, 10.0], 8.0, 8.0), [an(5.0), an(3.0)]);
        assert_eq!(lens(&[6.0], 8.0, 8.0), [an(6.0), (String::new(), 2.0)]);
        // What was taken back has no length; nobody named is one piece.
        assert_eq!(lens(&[6.0, -1.0], 6.0, 6.0), [an(6.0)]);
        assert_eq!(lens(&[], 3.0, 3.0), [(String::new(), 3.0)]);
        let ten = lens(&[1.0; 10], 10.0, 10.0);
        assert_eq!((ten.len(), ten[8].clone()), (9, ("+2".to_owned(), 2.0)));
    }

    #[test]
    fn members_are_called_by_initials_or_family_name() {
        for (name, long, glyph) in [
            ("LUCÍA DEL MAR FUENTES", "LF", "L"),
            ("ŞENAY", "ŞE", "Ş"),
            ("早坂 仁", "早坂", "早"),
            ("ルシア・モレノ", "ルシア", "ル"),
            ("", "", ""),
        ] {
            assert_eq!(label(name), (long.to_owned(), glyph.to_owned()), "{name}");
        }
    }
}
