//! Courses, who is to do them, and that they are done.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use jiff::civil::Date;

use super::map::of_axis;
use super::{Params, coached, missing, render};
use crate::access::Audience;
use crate::store::Error;
use crate::store::audit::AuditAction;
use crate::store::private::training::{self, CourseRow, TrainingRow};
use crate::web::pages::accounts::note;
use crate::web::pages::answer;
use crate::web::problem::Problem;
use crate::web::session::{Posted, Visitor};
use crate::web::state::App;
use crate::web::words::fill;
use crate::{clock, random};

/// Adds a course, gives one another name, or takes one away.
pub async fn course(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let now = clock::now();
    let Posted { visitor, form } = posted;
    if !Audience::Managers.includes(&visitor.viewer) {
        return Err(missing().into());
    }
    let id = form.text("id").to_owned();
    if form.text("do") == "remove" {
        let gone = app
            .write_private(move |tx| {
                let course = training::courses(tx)?.into_iter().find(|course| course.id == id).ok_or_else(missing)?;
                training::archive_course(tx, &id, now.as_microsecond())?;
                Ok(course.title)
            })
            .await?;
        noted(&app, &visitor, AuditAction::CourseRemove, gone).await?;
        return Ok(answer::see("/training"));
    }
    let (axis, viewer) = (form.text("axis").to_owned(), visitor.viewer.clone());
    if id.is_empty() {
        app.read(move |tx| {
            let loaded = crate::web::pages::floor::load(tx, &viewer, now)?;
            of_axis(&loaded, &axis).map(|_| ()).ok_or_else(missing)
        })
        .await?;
    }
    let of = visitor.words.of_growth();
    let typed = form.clone();
    let action = if id.is_empty() { AuditAction::CourseAdd } else { AuditAction::CourseChange };
    let made = app
        .write_private(move |tx| {
            let known = training::courses(tx)?;
            let kept = match id.as_str() {
                "" => None,
                id => Some(known.iter().find(|course| course.id == id).cloned().ok_or_else(missing)?),
            };
            let title: String = form.text("title").chars().take(80).collect();
            let url = form.text("url");
            let good =
                url.is_empty() || ["https://", "http://"].iter().any(|start| url.starts_with(start)) && url.len() < 500;
            if title.is_empty() || !good {
                return Ok(Err(of.bad_course.to_owned()));
            }
            let same = |course: &&CourseRow| course.id != id && course.title.to_lowercase() == title.to_lowercase();
            if known.iter().any(|course| same(&course)) {
                return Ok(Err(fill(of.same_course, &[("title", &title)])));
            }
            let row = match kept {
                Some(kept) => CourseRow { title, ..kept },
                None => CourseRow {
                    id: random::id('w').map_err(Error::broken)?,
                    title,
                    axis: form.text("axis").to_owned(),
                    url: (!url.is_empty()).then(|| url.to_owned()),
                    minutes: form.text("minutes").parse().ok().filter(|n| (1..=10_000).contains(n)),
                },
            };
            training::put_course(tx, &row)?;
            Ok(Ok(row.title))
        })
        .await?;
    match made {
        Ok(title) => {
            noted(&app, &visitor, action, title).await?;
            Ok(answer::see("/training"))
        }
        Err(why) => {
            let page = render(&app, visitor, Params::default(), Some((why, typed))).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, answer::page(&page)?).into_response())
        }
    }
}

/// Says in the audit what was done, and never for whom: that is between a person and whoever coaches them.
async fn noted(app: &App, visitor: &Visitor, action: AuditAction, title: String) -> Result<(), Problem> {
    let visitor = visitor.clone();
    app.write(move |tx| note(tx, &visitor, action, &title)).await
}

/// Only whoever coaches somebody gives them a course.
pub async fn assign(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let now = clock::now().as_microsecond();
    let of = posted.visitor.words.of_growth();
    let visitor = posted.visitor.clone();
    let theirs = app.read(move |tx| coached(tx, &visitor)).await?;
    let by_whom = posted.visitor.person().ok_or_else(missing)?.to_owned();
    let Posted { visitor, form } = posted;
    let people: Vec<String> = form.all("person").map(str::to_owned).collect();
    if people.iter().any(|id| !theirs.contains(id)) {
        return Err(missing().into());
    }
    if people.is_empty() {
        return Err(Error::refused(of.nobody_chosen).into());
    }
    let due = form.text("due").to_owned();
    if !due.is_empty() && due.parse::<Date>().is_err() {
        return Err(Error::refused(fill(of.bad_day, &[("day", &due)])).into());
    }
    let course = form.text("course").to_owned();
    let key = course.clone();
    let (title, n) = app
        .write_private(move |tx| {
            let title = training::courses(tx)?.into_iter().find(|of| of.id == key).ok_or_else(missing)?.title;
            let mut n = 0;
            for person in people {
                let row = TrainingRow {
                    person,
                    course: key.clone(),
                    assigned: now,
                    by_whom: by_whom.clone(),
                    due: (!due.is_empty()).then(|| due.clone()),
                    done: None,
                };
                n += usize::from(training::assign(tx, &row)?);
            }
            if n == 0 {
                return Err(Error::refused(of.all_have_it));
            }
            Ok((title, n))
        })
        .await?;
    noted(&app, &visitor, AuditAction::TrainingAssign, title).await?;
    Ok(answer::see(&format!("/training?assigned={now}&course={course}&n={n}")))
}

/// Takes an assignment of one's own back.
pub async fn withdraw(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let now = clock::now().as_microsecond();
    let by_whom = posted.visitor.person().ok_or_else(missing)?.to_owned();
    let (course, at) = posted.form.text("assigned").split_once('/').unwrap_or_default();
    let (course, at): (String, i64) = (course.to_owned(), at.parse().map_err(|_| missing())?);
    let title = app
        .write_private(move |tx| {
            training::withdraw(tx, &course, at, &by_whom, now)?;
            Ok(training::courses(tx)?.into_iter().find(|of| of.id == course).map(|of| of.title).unwrap_or_default())
        })
        .await?;
    noted(&app, &posted.visitor, AuditAction::TrainingWithdraw, title).await?;
    Ok(answer::see("/training"))
}

/// A person ticks what they did, or takes the tick back.
pub async fn done(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let now = clock::now().as_microsecond();
    let me = posted.visitor.person().ok_or_else(missing)?.to_owned();
    let form = posted.form;
    // What stands under the page right after a tick takes it back by itself.
    let back = form.text("undo").rsplit_once('/');
    let (course, at) = back.unwrap_or_else(|| (form.text("course"), form.text("at")));
    let (course, at): (String, i64) = (course.to_owned(), at.parse().map_err(|_| missing())?);
    let done = (back.is_none() && form.text("do") != "undo").then_some(now);
    let address = match done {
        Some(_) => format!(
            "/training?{}",
            form_urlencoded::Serializer::new(String::new()).append_pair("done", &format!("{course}/{at}")).finish()
        ),
        None => "/training".to_owned(),
    };
    let found = app.write_private(move |tx| training::set_done(tx, &me, &course, at, done)).await?;
    if found { Ok(answer::see(&address)) } else { Err(missing().into()) }
}
