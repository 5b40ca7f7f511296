//! Changes the floor for a program, with the row of the audit that says so.

use crate::access::Viewer;
use crate::clock;
use crate::store::audit::{self, AuditAction};
use crate::store::{Result, Tx, floor};
use crate::web::problem::Problem;
use crate::web::state::App;

/// Runs work that gives the id of what it changed. It and the audit are one transaction; boards follow.
///
/// # Errors
/// A problem document: then nothing was written.
pub async fn audited<T: Send + 'static>(
    app: &App,
    viewer: Viewer,
    what: AuditAction,
    work: impl FnOnce(&mut Tx<'_>) -> Result<(String, T)> + Send + 'static,
) -> std::result::Result<T, Problem> {
    let made = app
        .write(move |tx| {
            let (subject, made) = work(tx)?;
            audit::record(tx, &viewer, what, &subject, clock::now().as_microsecond())?;
            floor::changed(tx)?;
            Ok(made)
        })
        .await?;
    app.publisher.wake();
    Ok(made)
}
