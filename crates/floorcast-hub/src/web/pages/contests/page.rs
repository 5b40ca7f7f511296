//! `/contests/{id}`: a contest that runs, one that is over, one that is final with what it was frozen at.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use jiff::Timestamp;
use salesfloor::facts::Contest;
use salesfloor::figures::{ContestFigure, ContestState};
use salesfloor::period::Span;
use serde::Deserialize;

use super::formats::tie;
use super::list::{format_word, state_of};
use super::result::{self, ContestResult, FinalRow, RoundLine};
use super::steps::{is_late, others};
use super::{audience, contest, decides, lead, seen};
use crate::clock;
use crate::store::contests::ContestRow;
use crate::store::figures::Loaded;
use crate::store::results::{self, ResultRow};
use crate::store::{Error, Result as Stored, Tx};
use crate::web::pages::accounts::name_of_login;
use crate::web::pages::answer;
use crate::web::pages::facts;
use crate::web::pages::floor::{plate, plate_class};
use crate::web::pages::shell::{Place, Shell, Toast};
use crate::web::problem::Problem;
use crate::web::session::Visitor;
use crate::web::state::App;
use crate::web::words::{Words, contests as words, fill};

#[derive(Template)]
#[template(path = "contests/page.html")]
struct Page {
    shell: Shell,
    w: &'static words::Words,
    id: String,
    sub: String,
    stages: Vec<(&'static str, bool, bool)>,
    rows: Vec<Row>,
    rounds: Vec<RoundLine>,
    race: bool,
    tie: String,
    rules: String,
    own: Option<String>,
    chart: Option<String>,
    confirm: Option<Confirm>,
    confirmed: Option<String>,
    prizes: Vec<PrizeLine>,
    decides: bool,
    may_change: bool,
    may_call_off: bool,
    cancelled: bool,
    draft: Option<Draft>,
    /// Whoever could still be let in.
    others: Vec<(String, String)>,
    clock_line: String,
    /// What stands under the picture of the wall; `None`: there is no picture of it.
    picture: Option<&'static str>,
    /// Nothing of it moves any more, or it is not there yet.
    still: bool,
}

struct Row {
    plate: String,
    class: &'static str,
    own: bool,
    name: String,
    value: String,
    facts: Option<String>,
    reached: String,
    prize: String,
}

/// How a draft is started: its beginning in words and as it is kept, and whether it is over already.
struct Draft {
    starts: i64,
    when: String,
    late: bool,
    /// Its end is over too.
    ended: bool,
    means: String,
}

struct Confirm {
    when: String,
    button: String,
    late: Option<String>,
    late_facts: Vec<String>,
}

struct PrizeLine {
    place: i64,
    label: String,
    who: String,
    handed: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub struct Params {
    started: Option<String>,
}

pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(params): Query<Params>,
) -> Result<Response, Problem> {
    let now = clock::now();
    let page = app
        .read(move |tx| {
            let mut page = page(tx, &visitor, &id, now)?;
            if params.started.is_some() {
                page.shell.toast = Some(Toast { text: page.w.announced.to_owned(), undo: None });
            }
            Ok(page)
        })
        .await?;
    answer::page(&page)
}

fn page(tx: &mut Tx<'_>, visitor: &Visitor, id: &str, now: Timestamp) -> Stored<Page> {
    let (w, of) = (visitor.words, visitor.words.of_contests());
    let (row, made) = seen(tx, visitor, id)?;
    let shell = Shell::open(tx, visitor, &audience(&row, &made), (Place::Contests, &row.title), now)?;
    let (loaded, contest) = contest(tx, &row, now)?;
    let figures = loaded.at(now);
    let figure = figures.contest(&contest);
    let stage = row.stage.as_str();
    let (draft, cancelled) = (matches!(stage, "draft" | "hidden"), stage == "cancelled");
    let frozen: Option<ContestResult> =
        made.frozen.as_deref().map(serde_json::from_str).transpose().map_err(Error::broken)?;
    let kept = match frozen {
        Some(frozen) => frozen,
        // Nothing of a draft has happened, and nothing of what is called off counts.
        None if draft || cancelled => ContestResult::default(),
        None => ContestResult {
            rows: result::rows(&loaded, &contest, &figure, w.lang),
            rounds: result::rounds(&loaded, &contest, now, w),
            chart: lead::chart(&loaded, &contest, now, |day| w.short_day(day)),
            ..ContestResult::default()
        },
    };
    let drawing = Drawing { w, of, loaded: &loaded, row: &row, contest: &contest, now };
    let me = visitor.person().unwrap_or_default();
    let own = kept.rows.iter().find(|of| of.id == me && row.of_whom == "people");
    let own = own.and_then(|row| match row.place {
        Some(place) => {
            let level = kept.rows.iter().filter(|other| other.place == row.place).count();
            let text = if level > 1 { of.yours_shared } else { of.yours };
            let all = w.count(level.saturating_sub(1));
            Some(fill(text, &[("place", &place.to_string()), ("n", &row.value), ("all", &all)]))
        }
        None => (figure.state == ContestState::Running).then(|| of.nobody_yet.to_owned()),
    });
    let may_decide = decides(visitor, &made);
    let ended = figure.state == ContestState::Ended && stage == "open";
    let confirm = if ended && may_decide { Some(drawing.confirm(tx, &figure, &kept.rows)?) } else { None };
    let confirmed = match (made.confirmed, &made.confirmed_by) {
        (Some(at), Some(by)) => {
            let name = name_of_login(tx, by)?;
            Some(fill(of.confirmed, &[("name", &name), ("day", &drawing.day(at))]))
        }
        _ => None,
    };
    let upcoming = figure.state == ContestState::Upcoming;
    let contenders = figures.contenders(&contest).len();
    Ok(Page {
        id: id.to_owned(),
        sub: drawing.about(tx, &made, kept.rows.len().max(contenders))?,
        stages: drawing.stages(figure.state),
        race: kept.rows.iter().any(|row| row.reached.is_some()),
        tie: drawing.tie(&kept.rows, figure.state),
        rows: kept.rows.iter().map(|row| drawing.row(row, me, visitor)).collect(),
        rules: rule(of, &row),
        own,
        chart: kept.chart.clone(),
        rounds: kept.rounds.clone(),
        confirm,
        confirmed,
        prizes: drawing.prizes(&kept.rows, &results::handed(tx, id)?),
        decides: may_decide,
        may_change: may_decide && (draft || upcoming && stage == "open"),
        may_call_off: may_decide && stage == "open",
        cancelled,
        draft: (draft && may_decide).then(|| drawing.draft(contenders)),
        others: if may_decide { others(tx, &row, now)? } else { Vec::new() },
        clock_line: if stage == "open" { drawing.clock_line(&figure) } else { String::new() },
        picture: match (stage, figure.state) {
            ("cancelled", _) => None,
            ("open" | "final", state) if state != ContestState::Upcoming => Some(of.on_wall_now),
            _ => Some(of.of_rehearsal),
        },
        still: draft || cancelled || upcoming || stage == "final",
        shell,
        w: of,
    })
}

/// What decides between equals, in the visitor's words where it is one of our own sentences.
fn rule(of: &words::Words, row: &ContestRow) -> String {
    match [&words::EN, &words::JA].iter().any(|words| tie(words, &row.format) == row.rules) {
        true => tie(of, &row.format).to_owned(),
        false => row.rules.clone(),
    }
}

struct Drawing<'d> {
    w: &'static Words,
    of: &'static words::Words,
    loaded: &'d Loaded,
    row: &'d ContestRow,
    contest: &'d Contest,
    now: Timestamp,
}

impl Drawing<'_> {
    fn day(&self, at: i64) -> String {
        let at = Timestamp::from_microsecond(at).unwrap_or(self.now);
        self.w.short_day(self.loaded.ledger.day(at))
    }

    fn instant(&self, at: i64) -> String {
        let local = self.loaded.ledger.tz().to_datetime(Timestamp::from_microsecond(at).unwrap_or(self.now));
        self.w.day_and_time(local)
    }

    fn counted(&self) -> String {
        let label = |(metric, points): &(salesfloor::facts::MetricId, u32)| {
            let label = &self.loaded.floor.metric(*metric).label;
            if self.contest.metrics.len() == 1 && *points == 1 { label.clone() } else { format!("{label} × {points}") }
        };
        self.contest.metrics.iter().map(label).collect::<Vec<_>>().join(" + ")
    }

    fn about(&self, tx: &mut Tx<'_>, result: &ResultRow, n: usize) -> Stored<String> {
        let (from, to) =
            (self.instant(self.row.starts), self.row.ends.map_or_else(|| "…".into(), |end| self.instant(end)));
        let values = [
            ("format", format_word(self.of, &self.row.format).to_owned()),
            ("what", self.counted()),
            ("from", from),
            ("to", to),
            ("n", n.to_string()),
        ];
        let values: Vec<(&str, &str)> = values.iter().map(|(key, value)| (*key, value.as_str())).collect();
        let mut text = fill(self.of.about, &values);
        if let Some(login) = &result.made_by {
            let gap = if self.w.lang == "ja" { "" } else { " " };
            text += &format!("{gap}{}", fill(self.of.run_by, &[("name", &name_of_login(tx, login)?)]));
        }
        Ok(text)
    }

    /// Each stage: its word, whether it is over, whether it is now.
    fn stages(&self, state: ContestState) -> Vec<(&'static str, bool, bool)> {
        let (now, _) = state_of(self.of, &self.row.stage, Some(state));
        if now == self.of.stage_draft {
            let later = [self.of.upcoming, self.of.running, self.of.ended, self.of.final_stage];
            let later = later.map(|word| (word, false, false));
            return std::iter::once((now, false, true)).chain(later).collect();
        }
        let all = [self.of.upcoming, self.of.running, self.of.ended, self.of.final_stage];
        let at = all.iter().position(|word| *word == now).unwrap_or(0);
        all.iter().enumerate().map(|(n, word)| (*word, n < at, n == at)).collect()
    }

    fn clock_line(&self, figure: &ContestFigure) -> String {
        match (figure.state, self.row.ends) {
            (ContestState::Upcoming, _) => fill(self.of.starts_in, &[("when", &self.instant(self.row.starts))]),
            (ContestState::Running, Some(end)) => fill(self.of.ends_in, &[("when", &self.instant(end))]),
            _ => String::new(),
        }
    }

    fn draft(&self, contenders: usize) -> Draft {
        Draft {
            starts: self.row.starts,
            when: self.instant(self.row.starts),
            late: is_late(self.row, self.now),
            ended: self.row.ends.is_some_and(|end| end <= self.now.as_microsecond()),
            means: fill(self.of.start_means, &[("n", &contenders.to_string())]),
        }
    }

    fn row(&self, row: &FinalRow, me: &str, visitor: &Visitor) -> Row {
        let own = row.id == me;
        let prize = self.row.prizes.iter().find(|(place, _)| row.won == u32::try_from(*place).ok());
        // Facts of people are for whoever may see them; what is frozen keeps its own.
        // Points of several figures are no sum of facts.
        let facts = match self.contest.metrics.as_slice() {
            [(metric, 1)] if own && visitor.person().is_some() && self.row.of_whom == "people" => {
                let end = self.contest.end.unwrap_or(self.now).min(self.now);
                let metric = &self.loaded.floor.metric(*metric).key;
                (self.contest.start < end)
                    .then(|| facts::address_between(metric, me, Span { start: self.contest.start, end }))
            }
            _ => None,
        };
        Row {
            plate: row.place.map_or_else(|| "–".to_owned(), |place| plate(place, row.tied)),
            class: row.place.map_or("plate none", |place| plate_class(place, own)),
            own,
            name: row.name.clone(),
            value: row.value.clone(),
            facts,
            reached: row.reached.map(|at| self.instant(at)).unwrap_or_default(),
            prize: prize.map(|(_, label)| label.clone()).unwrap_or_default(),
        }
    }

    /// Who is level at the top, and what the rule says of it.
    fn tie(&self, rows: &[FinalRow], state: ContestState) -> String {
        let top: Vec<&FinalRow> =
            rows.iter().filter(|row| row.place == Some(1) && row.tied && row.won.is_some()).collect();
        if top.len() < 2 || !matches!(state, ContestState::Ended | ContestState::Final) {
            return String::new();
        }
        let names: Vec<&str> = top.iter().map(|row| row.name.as_str()).collect();
        let names = names.join(if self.w.lang == "ja" { "、" } else { ", " });
        let rule = rule(self.of, self.row);
        fill(self.of.both, &[("names", &names), ("n", &top[0].value), ("rule", &rule)])
    }

    fn confirm(&self, tx: &mut Tx<'_>, figure: &ContestFigure, rows: &[FinalRow]) -> Stored<Confirm> {
        let ended = figure.ended.unwrap_or(self.now).as_microsecond();
        let metrics: Vec<String> = self.row.metrics.iter().map(|(metric, _)| metric.clone()).collect();
        let span = [figure.span.start.as_microsecond(), figure.span.end.min(self.now).as_microsecond()];
        let late = results::late(tx, &metrics, span, ended)?;
        let line = |(fact, seen): &(crate::store::facts::Fact, i64)| {
            let name = fact.person.as_deref().and_then(|id| self.loaded.person(id));
            let name = name.map(|id| self.loaded.floor.person(id).name.as_str()).filter(|name| !name.is_empty());
            let name = name.unwrap_or(results::NAMELESS);
            let label =
                self.loaded.metric(&fact.metric).map_or(fact.metric.as_str(), |id| &self.loaded.floor.metric(id).label);
            let (day, seen) = (self.day(fact.at), self.instant(*seen));
            fill(self.of.late_fact, &[("name", name), ("what", label), ("day", &day), ("seen", &seen)])
        };
        let winners: Vec<&str> = rows.iter().filter(|row| row.won == Some(1)).map(|row| row.name.as_str()).collect();
        let winners = winners.join(if self.w.lang == "ja" { "、" } else { ", " });
        Ok(Confirm {
            when: fill(self.of.confirm_hint, &[("when", &self.instant(ended))]),
            button: match winners.is_empty() {
                true => self.of.confirm_nobody.to_owned(),
                false => fill(self.of.confirm_winner, &[("name", &winners)]),
            },
            late: (!late.is_empty()).then(|| fill(self.of.late, &[("n", &late.len().to_string())])),
            late_facts: late.iter().take(10).map(line).collect(),
        })
    }

    fn prizes(&self, rows: &[FinalRow], handed: &[(i64, Option<i64>)]) -> Vec<PrizeLine> {
        let line = |(place, label): &(i64, String)| {
            let who: Vec<&str> = rows
                .iter()
                .filter(|row| row.won.is_some() && row.won == u32::try_from(*place).ok())
                .map(|row| row.name.as_str())
                .collect();
            let at = handed.iter().find(|(of, _)| of == place).and_then(|(_, at)| *at);
            PrizeLine {
                place: *place,
                label: label.clone(),
                who: who.join(if self.w.lang == "ja" { "、" } else { ", " }),
                handed: at.map(|at| fill(self.of.handed_on, &[("day", &self.day(at))])),
            }
        };
        self.row.prizes.iter().map(line).collect()
    }
}
