//! `/contests/{id}`: a contest that runs, one that is over, one that is final with what it was frozen at.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use jiff::Timestamp;
use salesfloor::facts::{Contest, Scope};
use salesfloor::figures::{ContestFigure, ContestState};
use salesfloor::period::Span;
use serde::{Deserialize, Serialize};

use super::form::writer;
use super::list::{format_word, state_of};
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
use crate::web::pages::shell::{Place, Shell};
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
    clock_line: String,
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

/// A row of a result as it is kept: figures as they were written, so that nothing later changes them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FinalRow {
    /// Of a person or team.
    pub id: String,
    pub name: String,
    pub place: u32,
    pub tied: bool,
    pub value: String,
    pub reached: Option<i64>,
    pub won: Option<u32>,
}

/// What a contest came to when it was confirmed, with the facts that made it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ContestResult {
    pub rows: Vec<FinalRow>,
    /// Source and id, metric, person, amount.
    pub facts: Vec<(String, String, Option<String>, i64)>,
    /// The slide of the wall.
    pub slide: Option<serde_json::Value>,
    /// How the lead went.
    pub chart: Option<String>,
}

/// The rows of a contest as it stands, of those whom walls name.
pub fn rows(loaded: &Loaded, contest: &Contest, figure: &ContestFigure, lang: &str) -> Vec<FinalRow> {
    let values: Vec<f64> = figure.rows.iter().map(|row| row.value.as_f64()).collect();
    let write = writer(loaded, contest, &values, lang);
    let prizes = contest.prizes.iter().map(|prize| prize.place).max().unwrap_or(1);
    let threshold = contest.format == salesfloor::facts::ContestFormat::Threshold;
    let row = |row: &salesfloor::figures::Contender| {
        let (id, name) = match row.who {
            Scope::Company => return None,
            Scope::Team(team) => (loaded.floor.team(team).key.clone(), loaded.floor.team(team).name.clone()),
            Scope::Person(person) => {
                let person = loaded.floor.person(person);
                (person.key.clone(), person.wall_name()?.to_owned())
            }
        };
        let wins = if threshold { row.reached_at.is_some() } else { row.place <= prizes && !row.value.is_zero() };
        let over = matches!(figure.state, ContestState::Ended | ContestState::Final);
        Some(FinalRow {
            id,
            name,
            place: row.place,
            tied: figure.rows.iter().filter(|other| other.place == row.place).count() > 1,
            value: write(row.value.as_f64()),
            reached: row.reached_at.map(|at| at.as_microsecond()),
            won: (wins && over).then_some(if threshold { 1 } else { row.place }),
        })
    };
    figure.rows.iter().filter_map(row).collect()
}

pub async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, Problem> {
    let now = clock::now();
    let page = app.read(move |tx| page(tx, &visitor, &id, now)).await?;
    answer::page(&page)
}

fn page(tx: &mut Tx<'_>, visitor: &Visitor, id: &str, now: Timestamp) -> Stored<Page> {
    let (w, of) = (visitor.words, visitor.words.of_contests());
    let (row, result) = seen(tx, visitor, id)?;
    let shell = Shell::open(tx, visitor, &audience(&row, &result), (Place::Contests, &row.title), now)?;
    let (loaded, contest) = contest(tx, &row, now)?;
    let figures = loaded.at(now);
    let figure = figures.contest(&contest);
    let frozen: Option<ContestResult> =
        result.frozen.as_deref().map(serde_json::from_str).transpose().map_err(Error::broken)?;
    let live = rows(&loaded, &contest, &figure, w.lang);
    let chart = match &frozen {
        Some(frozen) => frozen.chart.clone(),
        None => lead::chart(&loaded, &contest, now, |day| w.short_day(day)),
    };
    let kept = frozen.map_or(live, |frozen| frozen.rows);
    let drawing = Drawing { w, of, loaded: &loaded, row: &row, contest: &contest, now };
    let me = visitor.person().unwrap_or_default();
    let own = kept.iter().find(|of| of.id == me && row.of_whom == "people");
    let own = own.map(|row| fill(of.yours, &[("place", &row.place.to_string()), ("n", &row.value)]));
    let may_decide = decides(visitor, &result);
    let ended = figure.state == ContestState::Ended && row.stage == "open";
    let confirm = if ended && may_decide { Some(drawing.confirm(tx, &figure, &kept)?) } else { None };
    let confirmed = match (result.confirmed, &result.confirmed_by) {
        (Some(at), Some(by)) => {
            let name = name_of_login(tx, by)?;
            Some(fill(of.confirmed, &[("name", &name), ("day", &drawing.day(at))]))
        }
        _ => None,
    };
    let upcoming = figure.state == ContestState::Upcoming;
    Ok(Page {
        id: id.to_owned(),
        sub: drawing.about(tx, &result, kept.len().max(figures.contenders(&contest).len()))?,
        stages: drawing.stages(figure.state),
        race: kept.iter().any(|row| row.reached.is_some()),
        tie: drawing.tie(&kept, figure.state),
        rows: kept.iter().map(|row| drawing.row(row, me, visitor)).collect(),
        rules: row.rules.clone(),
        own,
        chart,
        confirm,
        confirmed,
        prizes: drawing.prizes(&kept, &results::handed(tx, id)?),
        decides: may_decide,
        may_change: may_decide && upcoming && row.stage != "final",
        may_call_off: may_decide && row.stage == "open",
        cancelled: row.stage == "cancelled",
        clock_line: drawing.clock_line(&figure),
        still: upcoming || row.stage == "final",
        shell,
        w: of,
    })
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
        let (now, _) = state_of(self.of, "open", Some(state));
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
            plate: plate(row.place, row.tied),
            class: plate_class(row.place, own),
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
        let top: Vec<&FinalRow> = rows.iter().filter(|row| row.place == 1 && row.tied && row.won.is_some()).collect();
        if top.len() < 2 || !matches!(state, ContestState::Ended | ContestState::Final) {
            return String::new();
        }
        let names: Vec<&str> = top.iter().map(|row| row.name.as_str()).collect();
        let names = names.join(if self.w.lang == "ja" { "、" } else { ", " });
        fill(self.of.both, &[("names", &names), ("n", &top[0].value), ("rule", &self.row.rules)])
    }

    fn confirm(&self, tx: &mut Tx<'_>, figure: &ContestFigure, rows: &[FinalRow]) -> Stored<Confirm> {
        let ended = figure.ended.unwrap_or(self.now).as_microsecond();
        let metrics: Vec<String> = self.row.metrics.iter().map(|(metric, _)| metric.clone()).collect();
        let span = [figure.span.start.as_microsecond(), figure.span.end.min(self.now).as_microsecond()];
        let late = results::late(tx, &metrics, span, ended)?;
        let line = |(fact, seen): &(crate::store::facts::Fact, i64)| {
            let name = fact.person.as_deref().and_then(|id| self.loaded.person(id));
            let name = name.map_or("–", |id| self.loaded.floor.person(id).name.as_str());
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
