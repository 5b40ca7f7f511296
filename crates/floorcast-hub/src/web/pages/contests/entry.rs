//! Reads what somebody typed into the form of a contest.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::formats::tie;
use crate::access::Viewer;
use crate::clock;
use crate::store::contests::{self, ContestRow};
use crate::store::metrics::MetricRow;
use crate::store::{Error, Result as Stored, Tx, figures, floor, metrics, people, teams};
use crate::web::line::is_line;
use crate::web::pages::amounts::minor;
use crate::web::session::{Form, Visitor};
use crate::web::words::fill;

/// Places that may have a prize.
pub const PRIZES: i64 = 3;

const MAX_POINTS: i64 = 1_000;

pub fn instant(at: DateTime, tz: &TimeZone) -> Stored<i64> {
    Ok(at.to_zoned(tz.clone()).map_err(Error::broken)?.timestamp().as_microsecond())
}

/// Digits behind the point of a contest's goal.
pub fn decimals(known: &[MetricRow], row: &ContestRow) -> i64 {
    match row.metrics.as_slice() {
        [(metric, 1)] => known.iter().find(|of| of.id == *metric).map_or(0, |of| of.decimals),
        _ => 0,
    }
}

/// Reads the form. The inner error is for whoever typed it.
pub fn read(
    tx: &mut Tx<'_>,
    visitor: &Visitor,
    form: &Form,
    mut row: ContestRow,
) -> Stored<Result<ContestRow, String>> {
    let w = visitor.words.of_contests();
    // All that is wrong is said at once, each with its field.
    let mut wrong: Vec<String> = Vec::new();
    let known = metrics::list(tx)?;
    let tz = figures::zone(&floor::get(tx)?)?;
    let format =
        contests::FORMATS.iter().find(|(name, _)| *name == form.text("format")).map_or("most", |(name, _)| *name);
    row.format = format.to_owned();
    row.title = form.text("title").to_owned();
    let teams_only = matches!(format, "team_total" | "team_average");
    row.of_whom = if teams_only || form.text("of") == "teams" { "teams" } else { "people" }.to_owned();
    row.metrics.clear();
    row.prizes.clear();
    for of in &known {
        let text = form.text(&format!("points-{}", of.id));
        let points = match text {
            "" => 0,
            text => match text.parse::<i64>().ok().filter(|n| (0..=MAX_POINTS).contains(n)) {
                Some(points) => points,
                None => {
                    wrong.push(fill(w.bad_points, &[("what", &of.label), ("n", text)]));
                    0
                }
            },
        };
        if points > 0 {
            row.metrics.push((of.id.clone(), points));
        }
    }
    for place in 1..=PRIZES {
        let label: String = form.text(&format!("prize-{place}")).chars().take(80).collect();
        if !label.is_empty() {
            row.prizes.push((place, label));
        }
    }
    let field = if row.of_whom == "teams" { "team" } else { "person" };
    row.entries = match format {
        "versus" => {
            [format!("side-1-{field}"), format!("side-2-{field}")].map(|name| form.text(&name).to_owned()).to_vec()
        }
        _ => form.all(field).filter(|id| !id.is_empty()).map(str::to_owned).collect(),
    };
    let there: Vec<String> = match row.of_whom.as_str() {
        "teams" => teams::list(tx)?.into_iter().map(|of| of.id).collect(),
        _ => people::list(tx, &Viewer::Publisher)?.into_iter().map(|of| of.id).collect(),
    };
    for (name, into) in [("starts", true), ("ends", false)] {
        let text = form.text(name);
        let at = text.parse::<DateTime>().ok().map(|at| instant(at, &tz)).transpose()?;
        match (at, into) {
            (Some(at), true) => row.starts = at,
            (Some(at), false) => row.ends = Some(at),
            (None, false) if text.is_empty() && format == "first_to" => row.ends = None,
            (None, is_start) => {
                let what = if is_start { w.from } else { w.to };
                wrong.push(fill(w.bad_when, &[("what", what), ("text", text)]));
            }
        }
    }
    let decimals = decimals(&known, &row);
    row.goal = minor(form.text("goal"), decimals);
    row.rules = tie(w, format).to_owned();
    let now = clock::now().as_microsecond();
    let whole = wrong.is_empty();
    let two_sides = || row.entries[0] != row.entries[1] && row.entries.iter().all(|id| !id.is_empty());
    let checks = [
        (!is_line(&row.title, 60), w.bad_name),
        // Points that were not understood are said already.
        (row.metrics.is_empty() && whole, w.bad_counts),
        (format == "bracket" && whole && !matches!(row.metrics.as_slice(), [] | [(_, 1)]), w.bad_one_figure),
        (whole && row.ends.is_some_and(|end| end <= row.starts || end <= now), w.bad_order),
        (matches!(format, "first_to" | "threshold") && row.goal.is_none(), w.bad_goal),
        (format == "versus" && !two_sides() || row.entries.iter().any(|id| !there.contains(id)), w.bad_sides),
        (row.prizes.iter().zip(1..).any(|((place, _), expected)| *place != expected), w.bad_prizes),
    ];
    wrong.extend(checks.into_iter().filter(|(is_wrong, _)| *is_wrong).map(|(_, why)| why.to_owned()));
    Ok(if wrong.is_empty() { Ok(row) } else { Err(wrong.join(if visitor.words.lang == "ja" { "" } else { " " })) })
}
