//! Reads a stack ranking.

use super::super::limits;
use super::super::report::At;
use super::super::who::Once;
use super::super::wire;
use super::{Around, recent};
use crate::board::rank::{self, Measured};
use crate::board::{Of, Ranking, RankingRow, Total};

pub(super) fn read(at: &At, wire: &wire::Ranking, around: &Around) -> Ranking {
    let of = at.key("of").word(&wire.of);
    let at_show = at.key("show");
    let top = at_show.get(&wire.show).and_then(|show| at_show.key("top").place(&show.top));
    let at_total = at.key("total");
    let mut once = Once::default();
    let at_rows = at.key("rows");
    let rows = at_rows.rows(&wire.rows, usize::MAX, |at, wire| {
        let row = row(&at, wire, of, around)?;
        once.first(&at, row.who.id.clone(), &row.who.name).then_some(row)
    });
    let mut ranking = Ranking {
        of,
        metric: around.metric(&at.key("metric"), &wire.metric),
        by: at.key("by").word(&wire.by),
        rank: at.key("rank").word(&wire.rank),
        top,
        total: at_total.get(&wire.total).map(|wire| Total {
            value: at_total.key("value").num(&wire.value),
            target: at_total.key("target").target(&wire.target),
            pace: at_total.key("pace").num(&wire.pace),
        }),
        rows,
        rows_left_out: 0,
    };
    let all = ranking.rows.len();
    if all > limits::ROWS {
        let metric = ranking.metric.as_deref().and_then(|id| around.metrics.get(id)).cloned().unwrap_or_default();
        let measured = Measured::ranking(&metric, &ranking);
        ranking.rows_left_out = rank::keep_best(&mut ranking.rows, &measured, limits::ROWS);
        at_rows.left_out(format!("{all} rows, the best {} are kept", limits::ROWS));
    }
    ranking
}

fn row(at: &At, wire: &wire::RankingRow, of: Of, around: &Around) -> Option<RankingRow> {
    let at_also = at.key("also");
    let also = at_also.get(&wire.also).into_iter().flatten();
    let at_history = at.key("history");
    // A month without a value is a gap in the source, and no reason to lose the slide.
    let sent = at_history.get(&wire.history).into_iter().flatten().enumerate();
    let mut history: Vec<f64> = sent.filter_map(|(i, num)| at_history.index(i).num(num)).collect();
    if history.len() > limits::HISTORY {
        at_history.left_out(format!("{} values, the last {} are kept", history.len(), limits::HISTORY));
        history.drain(..history.len() - limits::HISTORY);
    }
    let row = RankingRow {
        who: around.directory.row(at, of, &wire.who, &wire.name)?,
        value: at.key("value").num(&wire.value),
        target: at.key("target").target(&wire.target),
        pace: at.key("pace").num(&wire.pace),
        was_rank: at.key("was_rank").place(&wire.was_rank),
        also: also.filter_map(|(id, value)| Some((id.clone(), at_also.key(id).num(value)?))).collect(),
        leader_since: at.key("leader_since").time(&wire.leader_since),
        history,
        recent: recent(&at.key("recent"), &wire.recent),
        members: at.key("members").whole(&wire.members),
        parts: at.key("parts").each(&wire.parts, limits::ROWS, |at, part| {
            let who = around.directory.row(&at, Of::People, &part.who, &part.name)?;
            Some((who, at.key("value").num(&part.value)?))
        }),
    };
    Some(row)
}
