//! Names the winners of a contest whose result is final, as the source names them (DESIGN 6.4 b).

use super::sheet::{Entry, Sheet};
use crate::board::{Better, ContestFormat as Format, ContestState as State, Unit};
use crate::slides::widgets::podium::{Column, Podium};

/// Columns of a podium.
const COLUMNS: usize = 3;

/// The podium of a final result; none while nobody has won, nor where everybody at a goal has.
pub fn podium(sheet: &Sheet, prize: Option<&str>) -> Option<Podium> {
    let w = &sheet.ctx.locale.words().contest;
    let winners = sheet.entries.iter().filter(|e| e.row.won.is_some()).count();
    let crowd = winners > COLUMNS || sheet.contest.format == Format::Threshold;
    if sheet.contest.state != State::Final || sheet.entries.first()?.row.won != Some(1) || crowd {
        return None;
    }
    let shown = columns(sheet);
    let first = shown.first()?.place.value;
    let margin = first.zip(shown.get(1).and_then(|e| e.place.value)).filter(|(a, b)| ahead(sheet, *a, *b));
    let end = sheet.ctx.data.period.as_ref().and_then(|p| p.end).filter(|end| *end <= sheet.ctx.instant());
    let score = |value: f64| match sheet.style.parts(&sheet.style.format(value)) {
        [figure, _] if sheet.counts() => [figure, (w.things)(&sheet.label())],
        figure => figure,
    };
    Some(Podium {
        kicker: w.winner.to_owned(),
        columns: shown
            .iter()
            .map(|entry| {
                let [score, unit] = entry.place.value.map(score).unwrap_or_default();
                let name = sheet.ctx.locale.caps(&entry.row.who.name);
                Column { place: entry.rank_text(State::Final), name, score, unit }
            })
            .collect(),
        margin: margin.map(|(a, b)| [w.won_by.to_owned(), sheet.distance(a, b)]),
        decided: end.map(|end| [w.decided.to_owned(), sheet.moment(end)]),
        prize: prize.map(|prize| [w.prize.to_owned(), prize.to_owned()]),
        total: total(sheet).map(|sum| (w.in_all)(&sheet.amount(sum))).unwrap_or_default(),
    })
}

/// Those who have won, then the next of the standings as long as they stand where they are shown.
fn columns<'a>(sheet: &'a Sheet) -> Vec<&'a Entry<'a>> {
    let fits = |(i, e): &(usize, &Entry)| e.row.won.is_some() || (e.place.rank == Some(*i as u32 + 1) && !e.place.tied);
    sheet.entries.iter().enumerate().take(COLUMNS).take_while(fits).map(|(_, e)| e).collect()
}

/// Whether the first figure is better than the second: one who won for another reason has no margin.
fn ahead(sheet: &Sheet, a: f64, b: f64) -> bool {
    let race = sheet.contest.format == Format::FirstTo;
    !race && if sheet.metric.better == Better::Down { a < b } else { a > b }
}

/// The sum of everybody, where figures add up and all are known.
fn total(sheet: &Sheet) -> Option<f64> {
    let adds_up = sheet.counts() && sheet.metric.unit == Unit::Count && sheet.contest.rows_left_out == 0;
    adds_up.then(|| sheet.entries.iter().map(|e| e.place.value).sum::<Option<f64>>()).flatten()
}
