//! What an administrator changes about goals: a kit to begin with, then targets and weights, seen before they are saved.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use salesfloor::facts::{Scope, Scorecard, ScorecardLine};
use salesfloor::period::PeriodKind;

use super::{Page, card, kits, page};
use crate::access::Action;
use crate::store::audit::AuditAction;
use crate::store::figures::Loaded;
use crate::store::targets::{self, CardRow, GoalRow, LineRow};
use crate::store::{Error, Result as Stored, Tx, figures, floor, metrics};
use crate::web::pages::accounts::note;
use crate::web::pages::amounts::minor;
use crate::web::pages::{answer, floor as pages_floor};
use crate::web::problem::Problem;
use crate::web::session::Posted;
use crate::web::state::App;
use crate::web::words::fill;
use crate::{clock, random};

/// What a figure that is added weighs until somebody says otherwise.
const ADDED_WEIGHT: i64 = 10;

/// Somebody's score now and then.
pub struct Change {
    pub name: String,
    pub old: String,
    pub new: String,
    pub class: &'static str,
}

fn guard(posted: &Posted) -> Stored<()> {
    if posted.visitor.viewer.may(Action::Administrate) { Ok(()) } else { Err(Error::Missing("such page".into())) }
}

pub async fn kit(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    app.write(move |tx| {
        guard(&posted)?;
        let of = kits::make(tx, posted.visitor.words, posted.form.text("kit"), clock::now())?;
        targets::put_card(tx, &of)?;
        note(tx, &posted.visitor, AuditAction::ScorecardChange, "")?;
        floor::changed(tx)
    })
    .await?;
    app.publisher.wake();
    Ok(answer::see("/goals?saved=1"))
}

/// What the fields say.
struct Wanted {
    /// Without what has a tick, with what was added; of a field that was not understood with what was there before.
    card: CardRow,
    /// Metrics that were taken off.
    off: Vec<String>,
    /// The company's goal in minor units, `Some(None)` where there shall be none; `None`: the form has no such field.
    company: Option<Option<i64>>,
    /// What was not understood, for whoever typed it.
    wrong: Option<String>,
}

fn wanted(tx: &mut Tx<'_>, posted: &Posted) -> Stored<Wanted> {
    let (form, w) = (&posted.form, posted.visitor.words);
    let mut wrong: Vec<String> = Vec::new();
    let mut of = card(tx)?.ok_or_else(|| Error::Missing("scorecard yet".into()))?;
    let known = metrics::list(tx)?;
    // Only a tick takes a figure off: one that somebody else added meanwhile has no fields on an older page.
    let has_fields = |metric: &str| form.all(&format!("weight-{metric}")).next().is_some();
    let is_added = |metric: &str| form.text("add") == metric;
    let is_off = |metric: &str| !form.text(&format!("off-{metric}")).is_empty() && !is_added(metric);
    of.lines.retain(|line| !is_off(&line.metric));
    for metric in &known {
        let is_on = (has_fields(&metric.id) || is_added(&metric.id)) && !is_off(&metric.id);
        if is_on && !of.lines.iter().any(|line| line.metric == metric.id) {
            let position = of.lines.iter().map(|line| line.position + 1).max().unwrap_or(0);
            of.lines.push(LineRow { metric: metric.id.clone(), position, weight: ADDED_WEIGHT, ..LineRow::default() });
        }
    }
    let off = known.iter().map(|metric| metric.id.clone()).filter(|metric| is_off(metric)).collect();
    if of.lines.is_empty() {
        return Ok(Wanted { card: of, off, company: None, wrong: Some(w.of_goals().no_line.to_owned()) });
    }
    for line in of.lines.iter_mut().filter(|line| has_fields(&line.metric)) {
        let metric = known.iter().find(|of| of.id == line.metric);
        let label = metric.map_or(line.metric.as_str(), |of| of.label.as_str()).to_owned();
        let decimals = metric.map_or(0, |of| of.decimals);
        let (target, weight) =
            (form.text(&format!("target-{}", line.metric)), form.text(&format!("weight-{}", line.metric)));
        line.target = match target {
            "" => None,
            text => match minor(text, decimals) {
                Some(target) => Some(target),
                None => {
                    wrong.push(fill(w.bad_target, &[("what", &label), ("n", text)]));
                    None
                }
            },
        };
        match weight.parse::<i64>().ok().filter(|weight| (0..=100).contains(weight)) {
            Some(weight) => line.weight = weight,
            None => wrong.push(fill(w.bad_weight, &[("what", &label), ("n", weight)])),
        }
    }
    // Without the target of one figure nobody has a score.
    for line in of.lines.iter().filter(|line| line.weight > 0 && line.target.is_none()) {
        let typed = form.text(&format!("target-{}", line.metric));
        if typed.is_empty() {
            let metric = known.iter().find(|of| of.id == line.metric);
            let label = metric.map_or(line.metric.as_str(), |of| of.label.as_str());
            wrong.push(fill(w.of_goals().no_target, &[("what", label)]));
        }
    }
    let decimals = known.iter().find(|of| of.id == "won").map_or(0, |of| of.decimals);
    let company = form.all("company").next().map(|text| match text {
        "" => None,
        text => match minor(text, decimals) {
            Some(target) => Some(target),
            None => {
                wrong.push(fill(w.bad_target, &[("what", w.company), ("n", text)]));
                None
            }
        },
    });
    let wrong = (!wrong.is_empty()).then(|| wrong.join(if w.lang == "ja" { "" } else { " " }));
    Ok(Wanted { card: of, off, company, wrong })
}

/// The company's goal of the month in which a day lies.
pub fn is_of_company(goal: &GoalRow, today: Date) -> bool {
    let month = today.first_of_month().to_string();
    goal.scope == "company" && goal.metric == "won" && goal.level == "must" && goal.period_start == month
}

pub async fn preview(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let made = app
        .read(move |tx| {
            guard(&posted)?;
            let now = clock::now();
            let mut page: Page = page(tx, &posted.visitor, now)?;
            let wanted = wanted(tx, &posted)?;
            // With nothing on it, the page would offer to begin anew.
            if !wanted.card.lines.is_empty() {
                (page.lines, page.others) = super::lines(tx, posted.visitor.words, &wanted.card)?;
                page.off = wanted.off;
            }
            match wanted.wrong {
                Some(why) => page.error = Some(why),
                None => {
                    page.changes = Some(changes(tx, &posted, &wanted.card)?);
                    page.button = posted.visitor.words.save;
                }
            }
            let form = &posted.form;
            for line in &mut page.lines {
                let typed = |field: &str| form.all(&format!("{field}-{}", line.metric)).next().map(str::to_owned);
                if let (Some(target), Some(weight)) = (typed("target"), typed("weight")) {
                    (line.target, line.weight) = (target, weight);
                }
            }
            if let Some(company) = form.all("company").next() {
                page.company = company.to_owned();
            }
            Ok(page)
        })
        .await?;
    let wrong = made.error.is_some();
    let mut response = answer::page(&made)?;
    if wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// Everybody's score of the month under the scorecard of now and under the new one.
fn changes(tx: &mut Tx<'_>, posted: &Posted, new: &CardRow) -> Stored<Vec<Change>> {
    let now = clock::now();
    let loaded = pages_floor::load(tx, &posted.visitor.viewer, now)?;
    let figures = loaded.at(now);
    let new = of_row(&loaded, new);
    let shown = |score: Option<f64>| score.map_or_else(|| "–".to_owned(), |score| format!("{score:.1}"));
    let mut out = Vec::new();
    for person in figures.people_of(&new) {
        let old = loaded.card_of(person, figures.today());
        // Who has a card of the team's keeps it.
        if old.team.is_some() {
            continue;
        }
        let score = |card: &Scorecard| figures.card(card, Scope::Person(person)).score;
        let (before, after) = (score(&old), score(&new));
        if shown(before) == shown(after) {
            continue;
        }
        let class = match (before, after) {
            (Some(before), Some(after)) if after > before + 0.05 => "up",
            (Some(before), Some(after)) if after < before - 0.05 => "down",
            _ => "mid",
        };
        let name = loaded.floor.person(person).name.clone();
        out.push(Change { name, old: shown(before), new: shown(after), class });
    }
    Ok(out)
}

fn of_row(loaded: &Loaded, row: &CardRow) -> Scorecard {
    let line = |line: &targets::LineRow| {
        Some(ScorecardLine {
            metric: loaded.metric(&line.metric)?,
            weight: u32::try_from(line.weight).unwrap_or(0),
            cap: None,
            target: line.target,
            per: PeriodKind::Month,
        })
    };
    let lines = row.lines.iter().filter_map(line).collect();
    Scorecard { title: row.title.clone(), team: None, period: PeriodKind::Month, lines }
}

pub async fn save(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    app.write(move |tx| {
        guard(&posted)?;
        let wanted = wanted(tx, &posted)?;
        if let Some(why) = wanted.wrong {
            return Err(Error::Refused(why));
        }
        targets::put_card(tx, &wanted.card)?;
        let today = figures::zone(&floor::get(tx)?)?.to_datetime(clock::now()).date();
        let known = targets::goals(tx)?.into_iter().find(|goal| is_of_company(goal, today));
        match (wanted.company, known) {
            (Some(Some(target)), known) => {
                let id = known.map_or_else(|| random::id('g').map_err(Error::broken), |goal| Ok(goal.id))?;
                let end = today.last_of_month().tomorrow().map_err(Error::broken)?;
                let goal = GoalRow {
                    id,
                    scope: "company".into(),
                    who: String::new(),
                    metric: "won".into(),
                    period_start: today.first_of_month().to_string(),
                    period_end: end.to_string(),
                    level: "must".into(),
                    target,
                };
                targets::put_goal(tx, &goal)?;
            }
            (Some(None), Some(known)) => targets::delete_goal(tx, &known.id)?,
            (Some(None), None) | (None, _) => {}
        }
        note(tx, &posted.visitor, AuditAction::GoalSet, "")?;
        floor::changed(tx)
    })
    .await?;
    app.publisher.wake();
    Ok(answer::see("/goals?saved=1"))
}
