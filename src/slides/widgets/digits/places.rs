//! Matches the digits of a figure with those of the one before.

use super::column::Column;

/// The columns of a new figure, and where each comes from.
pub(super) struct Match<'a> {
    /// For each new column the old one that rolls to it; none where a digit is new, and for marks.
    pub from: Vec<Option<&'a Column>>,
    /// Old columns in front of all places that the new figure has, from the right, each with how much of it is seen.
    pub leaves: Vec<(&'a Column, f64)>,
}

impl<'a> Match<'a> {
    /// Matches the columns of a figure (from the right), those that are just leaving it, and those of the next figure.
    /// `left` is how much is seen of what was seen of the leaving ones at first.
    ///
    /// `None` where the next figure is another kind of thing: without digits, with another sign, unit or word around them,
    /// or where one's point might be the other's group.
    pub fn new(old: &'a [Column], leaving: &'a [(Column, f64)], left: f64, new: &[Column]) -> Option<Match<'a>> {
        let ([tail, front], [new_tail, new_front]) = (digits(old)?, digits(new)?);
        if old[..tail] != new[..new_tail] || old[front..] != new[new_front..] {
            return None;
        }
        let run: Vec<(&Column, f64)> = old[tail..front]
            .iter()
            .map(|column| (column, 1.0))
            .chain(leaving.iter().map(|(column, share)| (column, share * left)))
            .collect();
        let new_run: Vec<&Column> = new[new_tail..new_front].iter().collect();
        let old_run: Vec<&Column> = run.iter().map(|(column, _)| *column).collect();
        let (matched, rest) = if is_plain(&old_run) && is_plain(&new_run) {
            by_place(&old_run, &new_run)?
        } else {
            (by_shape(&old_run, &new_run)?, run.len())
        };
        let mut from = vec![None; new.len()];
        for (i, at) in matched.into_iter().enumerate() {
            from[new_tail + i] = at.map(|at| old_run[at]);
        }
        Some(Match { from, leaves: run[rest..].to_vec() })
    }
}

/// The first column that is a digit, and the one behind the last.
fn digits(columns: &[Column]) -> Option<[usize; 2]> {
    let digit = |column: &Column| matches!(column, Column::Digit(_));
    Some([columns.iter().position(digit)?, columns.iter().rposition(digit)? + 1])
}

/// Whether nothing but points and marks of groups stands between the digits.
fn is_plain(run: &[&Column]) -> bool {
    let between = |mark: &str| matches!(mark, "." | "," | "'" | "’" | "\u{a0}" | "\u{202f}" | "،" | "⹁" | ":");
    run.iter().all(|column| if let Column::Mark(mark) = column { between(mark) } else { true })
}

/// For each new column the old one of the same place, and from which old column on there is none.
fn by_place(old: &[&Column], new: &[&Column]) -> Option<(Vec<Option<usize>>, usize)> {
    // Minutes are no places of hours.
    let colons = |run: &[&Column]| run.iter().filter(|column| matches!(column, Column::Mark(m) if m == ":")).count();
    if colons(old) != colons(new) {
        return None;
    }
    let [behind, new_behind] = fractions(separator(old), separator(new))?;
    // The places of digits: 0 for units, below it behind the point.
    let places = |run: &[&Column], behind: usize| -> Vec<Option<i64>> {
        let mut place = -(behind as i64);
        let mut next = |column: &&Column| {
            matches!(column, Column::Digit(_)).then(|| {
                place += 1;
                place - 1
            })
        };
        run.iter().map(&mut next).collect()
    };
    let (had, has) = (places(old, behind), places(new, new_behind));
    let from = has.iter().map(|place| had.iter().position(|old| place.is_some() && old == place)).collect();
    let most = has.iter().flatten().max();
    let rest = had.iter().position(|place| place.as_ref() == most).map_or(old.len(), |at| at + 1);
    Some((from, rest))
}

/// Index by index, where the marks are the same at the same places: 1億3,625万.
fn by_shape(old: &[&Column], new: &[&Column]) -> Option<Vec<Option<usize>>> {
    let alike = |(a, b): (&&Column, &&Column)| match (a, b) {
        (Column::Digit(_), Column::Digit(_)) => true,
        (a, b) => a == b,
    };
    (old.len() == new.len() && old.iter().zip(new).all(alike)).then(|| (0..old.len()).map(Some).collect())
}

/// The last separator that may be a point, and how many digits stand behind it.
fn separator(run: &[&Column]) -> Option<(char, usize)> {
    let at = run.iter().position(|column| matches!(column, Column::Mark(_)))?;
    let Column::Mark(mark) = run[at] else { return None };
    mark.chars().next().filter(|c| matches!(c, '.' | ',')).map(|c| (c, at))
}

/// How many digits stand behind the points of two figures, as far as they differ. Groups are of three digits; a separator
/// with any other number behind it is a point. Three behind one of them and no separator in the other are taken for a
/// group: 980 and 1,020.
fn fractions(old: Option<(char, usize)>, new: Option<(char, usize)>) -> Option<[usize; 2]> {
    let point = |n: usize| if n == 3 { 0 } else { n };
    Some(match (old, new) {
        (old, new) if old == new => [0, 0],
        (Some((a, n)), Some((b, m))) if a == b => [n, m],
        (Some((_, n)), Some((_, m))) if (n == 3) == (m == 3) => return None,
        (old, new) => [old, new].map(|s| s.map_or(0, |(_, n)| point(n))),
    })
}
