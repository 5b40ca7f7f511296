//! A plan as somebody typed it, read from its form.

use super::missing;
use crate::access::Audience;
use crate::store::ramps::{self, PlanRow, StageRow};
use crate::store::{Result as Stored, Tx, metrics};
use crate::web::pages::amounts::minor;
use crate::web::session::{Posted, Visitor};
use crate::web::words::fill;

/// More stages are no plan but a list.
pub const MAX_STAGES: usize = 10;

pub fn manages(visitor: &Visitor) -> Stored<()> {
    if Audience::Managers.includes(&visitor.viewer) { Ok(()) } else { Err(missing()) }
}

/// A plan as somebody typed it.
pub struct Wanted {
    pub plan: PlanRow,
    /// Of each stage the place that it had in the plan as it is kept; `None`: it is new.
    pub from: Vec<Option<usize>>,
}

impl Wanted {
    /// Where a stage of the kept plan stands now.
    pub fn place_of(&self, kept: usize) -> Option<usize> {
        self.from.iter().position(|from| *from == Some(kept))
    }
}

/// Reads a plan from its form, its stages in the order of their days. The inner error is for whoever typed it.
pub fn wanted(tx: &mut Tx<'_>, posted: &Posted) -> Stored<Result<Wanted, String>> {
    let Posted { visitor, form } = posted;
    manages(visitor)?;
    let of = visitor.words.of_growth();
    // All that is wrong is said at once, each with its field.
    let mut wrong: Vec<String> = Vec::new();
    let typed = form.text("weeks");
    let weeks = typed.parse::<i64>().ok().filter(|n| (1..=52).contains(n));
    if weeks.is_none() {
        wrong.push(fill(of.bad_weeks, &[("n", typed)]));
    }
    let last_day = 7 * weeks.unwrap_or(52);
    let known = metrics::list(tx)?;
    let mut stages: Vec<(StageRow, Option<usize>)> = Vec::new();
    for at in 0..MAX_STAGES {
        let label: String = form.text(&format!("label-{at}")).chars().take(60).collect();
        if label.is_empty() {
            continue;
        }
        let text = form.text(&format!("day-{at}"));
        let due_day = text.parse::<i64>().ok().filter(|day| (1..=last_day).contains(day)).unwrap_or_else(|| {
            let last = last_day.to_string();
            wrong.push(fill(of.bad_stage, &[("stage", label.as_str()), ("n", text), ("last", last.as_str())]));
            1
        });
        let metric = known.iter().find(|of| of.id == form.text(&format!("metric-{at}")));
        let target = match metric {
            None => None,
            Some(metric) => {
                let text = form.text(&format!("amount-{at}"));
                match minor(text, metric.decimals) {
                    Some(amount) => Some(amount),
                    None => {
                        wrong.push(fill(of.bad_amount, &[("stage", label.as_str()), ("n", text)]));
                        None
                    }
                }
            }
        };
        let row = StageRow { label, due_day, metric: metric.map(|of| of.id.clone()), target };
        stages.push((row, form.text(&format!("from-{at}")).parse().ok()));
    }
    stages.sort_by_key(|(stage, _)| stage.due_day);
    let title: String = form.text("title").chars().take(60).collect();
    if title.is_empty() {
        wrong.push(of.no_title.to_owned());
    }
    if stages.is_empty() {
        wrong.push(of.no_stage.to_owned());
    }
    let (Some(weeks), true) = (weeks, wrong.is_empty()) else {
        return Ok(Err(wrong.join(if visitor.words.lang == "ja" { "" } else { " " })));
    };
    let id = form.text("id").to_owned();
    let kept = ramps::plans(tx)?;
    if kept.iter().any(|plan| plan.id != id && plan.title.to_lowercase() == title.to_lowercase()) {
        return Ok(Err(fill(of.same_plan, &[("title", &title)])));
    }
    // The proposal of a floor without a plan has an id already.
    let is_known = id.is_empty() || kept.iter().any(|plan| plan.id == id) || kept.is_empty() && id == "first";
    if !is_known {
        return Err(missing());
    }
    let (stages, from) = stages.into_iter().unzip();
    Ok(Ok(Wanted { plan: PlanRow { id, title, days: 7 * weeks, stages }, from }))
}
