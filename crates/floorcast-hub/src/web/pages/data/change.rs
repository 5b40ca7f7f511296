//! Taking an import back, or what somebody said of a name or a deal.

use axum::extract::State;
use axum::response::Response;

use super::{Page, page};
use crate::access::Action;
use crate::clock;
use crate::sources::undo;
use crate::store::audit::AuditAction;
use crate::store::{Error, Tx};
use crate::web::pages::accounts::note;
use crate::web::pages::answer;
use crate::web::pages::shell::Toast;
use crate::web::problem::Problem;
use crate::web::session::Posted;
use crate::web::state::App;
use crate::web::words::fill;

fn guard(posted: &Posted) -> Result<(), Error> {
    if posted.visitor.viewer.may(Action::Administrate) { Ok(()) } else { Err(Error::Missing("such page".into())) }
}

/// The answer is the page itself: it names what was kept.
pub async fn undo(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let made = app
        .write(move |tx: &mut Tx<'_>| {
            guard(&posted)?;
            let (now, w) = (clock::now(), posted.visitor.words);
            let undone = undo::undo(tx, posted.form.text("run"), now)?;
            note(tx, &posted.visitor, AuditAction::ImportUndo, posted.form.text("run"))?;
            let mut page: Page = page(tx, &posted.visitor, now)?;
            let n = undone.kept.len();
            let text = if n == 0 { w.undone_all.to_owned() } else { fill(w.undone, &[("n", &w.count(n))]) };
            for (what, why) in &undone.kept {
                page.kept.push(fill(w.kept_why, &[("what", &what.said(tx)?), ("why", why)]));
            }
            page.set_toast(Toast { text, undo: None });
            Ok(page)
        })
        .await?;
    app.publisher.wake();
    answer::page(&made)
}

impl Page {
    fn set_toast(&mut self, toast: Toast) {
        self.shell.toast = Some(toast);
    }
}
