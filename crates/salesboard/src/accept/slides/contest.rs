//! Reads contest standings.

use super::super::head::currency_code;
use super::super::limits;
use super::super::report::At;
use super::super::who::Once;
use super::super::wire::{self, Text};
use super::{Around, recent};
use crate::board::rank::{self, Measured};
use crate::board::{Contest, ContestRow, Of, Prize};

pub(super) fn read(at: &At, wire: &wire::Contest, around: &Around) -> Contest {
    let of = at.key("of").word(&wire.of);
    let mut once = Once::default();
    let at_rows = at.key("rows");
    let rows = at_rows.rows(&wire.rows, usize::MAX, |at, wire| {
        let row = row(&at, wire, of, around)?;
        once.first(&at, row.who.id.clone(), &row.who.name).then_some(row)
    });
    let mut contest = Contest {
        of,
        metric: around.metric(&at.key("metric"), &wire.metric),
        format: at.key("format").word(&wire.format),
        state: at.key("state").word(&wire.state),
        goal: at.key("goal").target(&wire.goal),
        rules: at.key("rules").text(&wire.rules, limits::TEXT),
        prizes: at.key("prizes").each(&wire.prizes, limits::ROWS, |at, wire| prize(&at, wire)),
        rows,
        rows_left_out: 0,
    };
    let all = contest.rows.len();
    if all > limits::ROWS {
        let metric = contest.metric.as_deref().and_then(|id| around.metrics.get(id)).cloned().unwrap_or_default();
        let measured = Measured::contest(&metric, &contest);
        contest.rows_left_out = rank::keep_best(&mut contest.rows, &measured, limits::ROWS);
        at_rows.left_out(format!("{all} rows, the best {} are kept", limits::ROWS));
    }
    contest
}

fn row(at: &At, wire: &wire::ContestRow, of: Of, around: &Around) -> Option<ContestRow> {
    Some(ContestRow {
        who: around.directory.row(at, of, &wire.who, &wire.name)?,
        value: at.key("value").num(&wire.value),
        was_rank: at.key("was_rank").place(&wire.was_rank),
        reached_at: at.key("reached_at").time(&wire.reached_at),
        won: at.key("won").place(&wire.won),
        members: at.key("members").whole(&wire.members),
        recent: recent(&at.key("recent"), &wire.recent),
    })
}

pub(super) fn prize(at: &At, wire: &wire::Prize) -> Option<Prize> {
    let Some(label) = at.key("label").text(&wire.label, limits::NAME) else {
        at.say("a prize needs a `label`");
        return None;
    };
    let at_worth = at.key("worth");
    let worth = at_worth.get(&wire.worth).and_then(|worth| {
        let value = at_worth.key("value").num(&worth.value);
        let at_code = at_worth.key("currency");
        let code = at_code.get(&worth.currency).and_then(|Text(code)| currency_code(&at_code, code));
        let whole = value.zip(code);
        if whole.is_none() {
            at_worth.say("a worth needs `value` and `currency`");
        }
        whole
    });
    Some(Prize { place: at.key("place").place(&wire.place).unwrap_or(1), label, worth })
}
