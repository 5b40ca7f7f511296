//! Courses, and who is to do which: for the person and whoever manages them.

use super::super::error::Result;
use super::super::sql::{Row, Val, marks};
use super::PrivateTx;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseRow {
    pub id: String,
    pub title: String,
    /// The metric that it is to help with.
    pub axis: String,
    pub url: Option<String>,
    pub minutes: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrainingRow {
    pub person: String,
    pub course: String,
    pub assigned: i64,
    pub by_whom: String,
    pub due: Option<String>,
    pub done: Option<i64>,
}

fn course(row: &Row) -> Result<CourseRow> {
    Ok(CourseRow {
        id: row.text(0)?,
        title: row.text(1)?,
        axis: row.text(2)?,
        url: row.opt_text(3)?,
        minutes: row.opt_int(4)?,
    })
}

pub fn courses(tx: &mut PrivateTx<'_>) -> Result<Vec<CourseRow>> {
    let sql = "SELECT id, title, axis, url, minutes FROM course WHERE archived IS NULL ORDER BY title, id";
    tx.0.query(sql, &[])?.iter().map(course).collect()
}

pub fn put_course(tx: &mut PrivateTx<'_>, of: &CourseRow) -> Result<()> {
    let sql = "INSERT INTO course(id, title, axis, url, minutes) VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT(id) DO UPDATE SET title = excluded.title, \
               axis = excluded.axis, url = excluded.url, minutes = excluded.minutes";
    let params = [Val::from(&of.id), Val::from(&of.title), Val::from(&of.axis), Val::from(&of.url), of.minutes.into()];
    tx.0.execute(sql, &params).map(|_| ())
}

/// Takes a course away: nobody is given it any more, and whoever had it does not see it.
pub fn archive_course(tx: &mut PrivateTx<'_>, id: &str, now: i64) -> Result<bool> {
    let sql = "UPDATE course SET archived = ?2 WHERE id = ?1 AND archived IS NULL";
    Ok(tx.0.execute(sql, &[id.into(), now.into()])? > 0)
}

/// What these people are to do or have done, the newest first.
pub fn of(tx: &mut PrivateTx<'_>, people: &[String]) -> Result<Vec<TrainingRow>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT person, course, assigned, by_whom, due, done FROM training WHERE withdrawn IS NULL AND person IN({}) ORDER BY assigned DESC, person, course",
        marks(1, people.len())
    );
    let params: Vec<Val> = people.iter().map(Val::from).collect();
    let rows = tx.0.query(&sql, &params)?;
    rows.iter()
        .map(|row| {
            Ok(TrainingRow {
                person: row.text(0)?,
                course: row.text(1)?,
                assigned: row.int(2)?,
                by_whom: row.text(3)?,
                due: row.opt_text(4)?,
                done: row.opt_int(5)?,
            })
        })
        .collect()
}

/// Gives somebody a course. `false`: they have it open already, and nothing was done.
pub fn assign(tx: &mut PrivateTx<'_>, of: &TrainingRow) -> Result<bool> {
    let open =
        "SELECT 1 FROM training WHERE person = ?1 AND course = ?2 AND done IS NULL AND withdrawn IS NULL LIMIT 1";
    if tx.0.one(open, &[Val::from(&of.person), Val::from(&of.course)])?.is_some() {
        return Ok(false);
    }
    let sql = "INSERT INTO training(person, course, assigned, by_whom, due, done) VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(person, course, assigned) DO NOTHING";
    let params = [
        Val::from(&of.person),
        Val::from(&of.course),
        of.assigned.into(),
        Val::from(&of.by_whom),
        Val::from(&of.due),
        of.done.into(),
    ];
    Ok(tx.0.execute(sql, &params)? > 0)
}

/// Takes an assignment of an instant back, where it is not done yet.
pub fn withdraw(tx: &mut PrivateTx<'_>, course: &str, assigned: i64, by_whom: &str, now: i64) -> Result<u64> {
    let sql = "UPDATE training SET withdrawn = ?4 WHERE course = ?1 AND assigned = ?2 AND by_whom = ?3 AND done IS NULL AND withdrawn IS NULL";
    tx.0.execute(sql, &[course.into(), assigned.into(), by_whom.into(), now.into()])
}

/// Ticks what a person did, or takes the tick back.
pub fn set_done(tx: &mut PrivateTx<'_>, person: &str, course: &str, assigned: i64, done: Option<i64>) -> Result<bool> {
    let sql = "UPDATE training SET done = ?4 WHERE person = ?1 AND course = ?2 AND assigned = ?3 AND withdrawn IS NULL";
    Ok(tx.0.execute(sql, &[person.into(), course.into(), assigned.into(), done.into()])? > 0)
}
