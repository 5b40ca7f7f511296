//! Days that differ from their weekday: holidays and half days, for everybody or for a team.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;

use crate::access::Action;
use crate::store::audit::AuditAction;
use crate::store::calendar::{self, DayRow};
use crate::store::{Error, Result as Stored, Tx, floor, teams};
use crate::web::pages::accounts::note;
use crate::web::pages::answer;
use crate::web::problem::Problem;
use crate::web::session::{Posted, Visitor};
use crate::web::state::App;
use crate::web::words::fill;

pub struct Day {
    pub day: String,
    pub team: String,
    pub text: String,
}

/// Every day that differs, the next ones last.
pub fn days(tx: &mut Tx<'_>, visitor: &Visitor) -> Stored<Vec<Day>> {
    let (w, of) = (visitor.words, visitor.words.of_goals());
    let teams = teams::list(tx)?;
    let day = |row: DayRow| {
        let written = row.day.parse().map_or_else(|_| row.day.clone(), |day: Date| w.day_and_year(day));
        let name = teams.iter().find(|team| team.id == row.team).map_or(of.everybody, |team| team.name.as_str());
        let work = match row.work {
            work if work <= 0.0 => of.free,
            work if work < 1.0 => of.half,
            _ => of.full,
        };
        let label = row.label.as_deref().unwrap_or_default();
        Day {
            text: format!("{written} · {name} · {work} {label}").trim_end().to_owned(), day: row.day, team: row.team
        }
    };
    Ok(calendar::list(tx)?.into_iter().map(day).collect())
}

fn guard(visitor: &Visitor) -> Stored<()> {
    if visitor.viewer.may(Action::Administrate) { Ok(()) } else { Err(Error::Missing("such page".into())) }
}

pub async fn add(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    app.write(move |tx| {
        let Posted { visitor, form } = &posted;
        guard(visitor)?;
        let text = form.text("day");
        let day: Date =
            text.parse().map_err(|_| Error::at("day", &fill(visitor.words.of_goals().bad_day, &[("day", text)])))?;
        let team = form.text("team");
        if !team.is_empty() && teams::get(tx, team)?.is_none() {
            return Err(Error::Missing("such team".into()));
        }
        let label: String = form.text("label").chars().take(60).collect();
        let work = match form.text("work") {
            "half" => 0.5,
            "full" => 1.0,
            _ => 0.0,
        };
        let row = DayRow { day: day.to_string(), team: team.into(), work, label: (!label.is_empty()).then_some(label) };
        calendar::put(tx, &row)?;
        note(tx, visitor, AuditAction::DaySet, &row.day)?;
        floor::changed(tx)
    })
    .await?;
    app.publisher.wake();
    Ok(answer::see("/goals?saved=1"))
}

pub async fn remove(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    app.write(move |tx| {
        guard(&posted.visitor)?;
        calendar::delete(tx, posted.form.text("day"), posted.form.text("team"))?;
        note(tx, &posted.visitor, AuditAction::DayRemove, posted.form.text("day"))?;
        floor::changed(tx)
    })
    .await?;
    app.publisher.wake();
    Ok(answer::see("/goals?saved=1"))
}
