//! `/ramps/plan`: a plan on a page of its own, so that nothing else is started while it is typed. What it moves is seen before it
//! is saved.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use super::missing;
use super::plans::{moves, proposal};
use super::wanted::{MAX_STAGES, manages, wanted};
use crate::access::Audience;
use crate::clock;
use crate::store::metrics::MetricRow;
use crate::store::ramps::{self, PlanRow, StageRow};
use crate::store::{Result as Stored, Tx, metrics};
use crate::web::pages::amounts::major;
use crate::web::pages::answer;
use crate::web::pages::shell::{Place, Shell};
use crate::web::problem::Problem;
use crate::web::session::{Form, Posted, Visitor};
use crate::web::state::App;
use crate::web::words::growth as words;

#[derive(Template)]
#[template(path = "ramps/plan.html")]
pub struct Page {
    shell: Shell,
    w: &'static words::Words,
    error: Option<String>,
    id: String,
    title: String,
    weeks: String,
    stages: Vec<StageForm>,
    /// What a change would move; `None`: it was not looked at yet.
    moves: Option<Vec<String>>,
    /// Nobody follows it, so that it can be taken away.
    may_remove: bool,
}

struct StageForm {
    at: usize,
    label: String,
    day: String,
    amount: String,
    from: String,
    metrics: Vec<(String, String, bool)>,
}

#[derive(Debug, Default, Deserialize)]
pub struct Params {
    id: Option<String>,
}

pub async fn show(State(app): State<App>, visitor: Visitor, Query(params): Query<Params>) -> Result<Response, Problem> {
    let page = app
        .read(move |tx| {
            manages(&visitor)?;
            let kept = ramps::plans(tx)?;
            let known = metrics::list(tx)?;
            let (plan, is_kept) = match params.id.as_deref() {
                None => (PlanRow { id: String::new(), title: String::new(), ..proposal(tx, visitor.words)? }, false),
                Some("first") if kept.is_empty() => (proposal(tx, visitor.words)?, false),
                Some(id) => (kept.into_iter().find(|plan| plan.id == id).ok_or_else(missing)?, true),
            };
            let mut page = page(tx, &visitor, &plan.title)?;
            page.may_remove = is_kept && !ramps::is_followed(tx, &plan.id)?;
            page.weeks = (plan.days.max(1) as u64).div_ceil(7).to_string();
            page.stages = (0..MAX_STAGES.min(plan.stages.len() + 2))
                .map(|at| {
                    let stage = plan.stages.get(at).cloned().unwrap_or_default();
                    let from = is_kept && at < plan.stages.len();
                    of_stage(at, &stage, from, &known)
                })
                .collect();
            (page.id, page.title) = (plan.id, plan.title);
            Ok(page)
        })
        .await?;
    answer::page(&page)
}

fn of_stage(at: usize, stage: &StageRow, from: bool, known: &[MetricRow]) -> StageForm {
    let metric = known.iter().find(|of| Some(&of.id) == stage.metric.as_ref());
    StageForm {
        at,
        label: stage.label.clone(),
        day: if stage.due_day > 0 { stage.due_day.to_string() } else { String::new() },
        amount: stage.target.map(|n| major(n, metric.map_or(0, |of| of.decimals))).unwrap_or_default(),
        from: if from { at.to_string() } else { String::new() },
        metrics: choice(known, stage.metric.as_deref().unwrap_or_default()),
    }
}

fn choice(known: &[MetricRow], chosen: &str) -> Vec<(String, String, bool)> {
    let known = known.iter().filter(|of| of.agg != "ratio");
    known.map(|of| (of.id.clone(), of.label.clone(), of.id == chosen)).collect()
}

/// The page without its fields.
fn page(tx: &mut Tx<'_>, visitor: &Visitor, title: &str) -> Stored<Page> {
    let of = visitor.words.of_growth();
    let title = if title.is_empty() { of.new_plan } else { title };
    let shell = Shell::open(tx, visitor, &Audience::Managers, (Place::Onboarding, title), clock::now())?;
    Ok(Page {
        shell,
        w: of,
        error: None,
        id: String::new(),
        title: String::new(),
        weeks: String::new(),
        stages: Vec::new(),
        moves: None,
        may_remove: false,
    })
}

/// The page with what was typed.
fn typed(tx: &mut Tx<'_>, visitor: &Visitor, form: &Form) -> Stored<Page> {
    let known = metrics::list(tx)?;
    let field = |name: &str, at: usize| form.text(&format!("{name}-{at}")).to_owned();
    let mut page = page(tx, visitor, form.text("title"))?;
    let filled = (0..MAX_STAGES).rev().find(|at| !field("label", *at).is_empty()).map_or(0, |at| at + 1);
    page.stages = (0..MAX_STAGES.min(filled + 2))
        .map(|at| StageForm {
            at,
            label: field("label", at),
            day: field("day", at),
            amount: field("amount", at),
            from: field("from", at),
            metrics: choice(&known, &field("metric", at)),
        })
        .collect();
    page.id = form.text("id").to_owned();
    page.title = form.text("title").to_owned();
    page.weeks = form.text("weeks").to_owned();
    Ok(page)
}

/// The page with what was typed, and why it is not kept.
pub fn refused(tx: &mut Tx<'_>, posted: &Posted, why: String) -> Stored<Page> {
    let mut page = typed(tx, &posted.visitor, &posted.form)?;
    page.error = Some(why);
    Ok(page)
}

pub async fn preview(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let page = app
        .read(move |tx| match wanted(tx, &posted)? {
            Err(why) => refused(tx, &posted, why),
            Ok(new) => {
                let mut page = typed(tx, &posted.visitor, &posted.form)?;
                page.moves = Some(moves(tx, &posted.visitor, &new, clock::now())?);
                Ok(page)
            }
        })
        .await?;
    let status = if page.error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, answer::page(&page)?).into_response())
}
