//! What managers, mentors and the person change about a plan.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;

use super::model::{MAX_STAGES, proposal};
use super::{missing, page};
use crate::access::Audience;
use crate::clock;
use crate::store::ramps::{self, PlanRow, RampRow, StageRow};
use crate::store::{Error, Result as Stored, Tx, floor, metrics, people};
use crate::web::pages::amounts::minor;
use crate::web::pages::answer;
use crate::web::problem::Problem;
use crate::web::session::{Posted, Visitor};
use crate::web::state::App;
use crate::web::words::fill;

fn manages(visitor: &Visitor) -> Stored<()> {
    if Audience::Managers.includes(&visitor.viewer) { Ok(()) } else { Err(missing()) }
}

pub async fn start(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    app.write(move |tx| {
        let Posted { visitor, form } = &posted;
        manages(visitor)?;
        let of = visitor.words.of_growth();
        let person = people::seen(tx, &visitor.viewer, form.text("person"))?.ok_or_else(missing)?;
        let day: Date =
            form.text("day").parse().map_err(|_| Error::refused(fill(of.bad_day, &[("day", form.text("day"))])))?;
        let mut plans = ramps::plans(tx)?;
        if plans.is_empty() {
            let first = proposal(tx, visitor.words)?;
            ramps::put_plan(tx, &first)?;
            plans.push(first);
        }
        let plan = plans.iter().find(|plan| plan.id == form.text("plan")).ok_or_else(missing)?;
        if ramps::get(tx, &person.id)?.is_some() {
            return Err(Error::refused(fill(of.has_plan, &[("name", &person.name)])));
        }
        let mentor = match form.text("mentor") {
            "" => None,
            id => Some(people::seen(tx, &visitor.viewer, id)?.ok_or_else(missing)?.id),
        };
        let row = RampRow {
            person: person.id,
            plan: plan.id.clone(),
            started: day.to_string(),
            mentor,
            on_wall: false,
            ticked: Vec::new(),
        };
        ramps::put(tx, &row)?;
        floor::changed(tx)
    })
    .await?;
    app.publisher.wake();
    Ok(answer::see("/ramps"))
}

/// Ticks a stage that no figure ticks, or takes the tick back.
pub async fn tick(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let now = clock::now().as_microsecond();
    app.write(move |tx| {
        let Posted { visitor, form } = &posted;
        let mut row = ramps::get(tx, form.text("person"))?.ok_or_else(missing)?;
        let in_reach = manages(visitor).is_ok() && people::seen(tx, &visitor.viewer, &row.person)?.is_some();
        let mentors = visitor.person().is_some() && row.mentor.as_deref() == visitor.person();
        let plan = ramps::get_plan(tx, &row.plan)?.ok_or_else(missing)?;
        let at: i64 = form.text("stage").parse().map_err(|_| missing())?;
        let stage = usize::try_from(at).ok().and_then(|at| plan.stages.get(at)).ok_or_else(missing)?;
        if !in_reach && !mentors || stage.metric.is_some() {
            return Err(missing());
        }
        let before = row.ticked.len();
        row.ticked.retain(|(seq, _, _)| *seq != at);
        if row.ticked.len() == before {
            row.ticked.push((at, now, visitor.login.id.clone()));
        }
        ramps::put(tx, &row)?;
        floor::changed(tx)
    })
    .await?;
    app.publisher.wake();
    Ok(answer::see("/ramps"))
}

/// Whether walls show a plan: only the person says so.
pub async fn consent(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    app.write(move |tx| {
        let me = posted.visitor.person().ok_or_else(missing)?;
        let mut row = ramps::get(tx, me)?.ok_or_else(missing)?;
        row.on_wall = !row.on_wall;
        ramps::put(tx, &row)?;
        floor::changed(tx)
    })
    .await?;
    app.publisher.wake();
    Ok(answer::see("/ramps"))
}

/// Reads a plan from its form.
fn wanted(tx: &mut Tx<'_>, posted: &Posted) -> Stored<PlanRow> {
    let Posted { visitor, form } = posted;
    manages(visitor)?;
    let of = visitor.words.of_growth();
    let wrong = || Error::refused(of.bad_plan);
    let weeks: i64 = form.text("weeks").parse().ok().filter(|n| (1..=52).contains(n)).ok_or_else(wrong)?;
    let known = metrics::list(tx)?;
    let mut stages = Vec::new();
    for at in 0..MAX_STAGES {
        let label: String = form.text(&format!("label-{at}")).chars().take(60).collect();
        if label.is_empty() {
            continue;
        }
        let day: Option<i64> = form.text(&format!("day-{at}")).parse().ok();
        let due_day = day.filter(|day| (1..=7 * weeks).contains(day)).ok_or_else(wrong)?;
        let metric = known.iter().find(|of| of.id == form.text(&format!("metric-{at}")));
        let target = match metric {
            None => None,
            Some(metric) => {
                let text = form.text(&format!("amount-{at}"));
                let amount = minor(text, metric.decimals);
                Some(amount.ok_or_else(|| Error::refused(fill(of.bad_amount, &[("n", text)])))?)
            }
        };
        stages.push(StageRow { label, due_day, metric: metric.map(|of| of.id.clone()), target });
    }
    let title: String = form.text("title").chars().take(60).collect();
    if title.is_empty() || stages.is_empty() {
        return Err(wrong());
    }
    let id = match form.text("id") {
        "" => "first".to_owned(),
        id => id.to_owned(),
    };
    let is_known = ramps::get_plan(tx, &id)?.is_some();
    if !is_known && id != "first" {
        return Err(missing());
    }
    Ok(PlanRow { id, title, days: 7 * weeks, stages })
}

pub async fn preview(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let page = app
        .read(move |tx| {
            let plan = wanted(tx, &posted)?;
            page(tx, &posted.visitor, Some(&plan))
        })
        .await?;
    answer::page(&page)
}

pub async fn save(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    app.write(move |tx| {
        let plan = wanted(tx, &posted)?;
        ramps::put_plan(tx, &plan)?;
        floor::changed(tx)
    })
    .await?;
    app.publisher.wake();
    Ok(answer::see("/ramps"))
}
