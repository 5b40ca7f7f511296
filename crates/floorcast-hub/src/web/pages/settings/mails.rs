//! Which mails somebody gets; for administrators, how the outbox is.

use axum::extract::State;
use axum::response::Response;

use crate::access::Action;
use crate::store::mail_choices::{self, MailChoice, MailKind};
use crate::store::outbox;
use crate::store::{Result as Stored, Tx};
use crate::web::pages::{answer, mail_off};
use crate::web::problem::Problem;
use crate::web::session::{Posted, Visitor};
use crate::web::state::App;
use crate::web::words::{EN, JA, Words, fill, mails};

pub struct Panel {
    pub w: &'static mails::Words,
    pub sends: bool,
    /// Field, words, chosen.
    pub kinds: Vec<(&'static str, &'static str, bool)>,
    pub languages: Vec<(&'static str, &'static str, bool)>,
    /// Empty for who does not run the hub.
    pub outbox: Vec<String>,
}

/// The languages that there are mails in.
const LANGUAGES: [(&str, &str); 2] = [("en", "English"), ("ja", "日本語")];

pub fn panel(tx: &mut Tx<'_>, visitor: &Visitor, sends: bool) -> Stored<Panel> {
    let w = visitor.words.of_mails();
    let login = &visitor.login;
    let choice = mail_choices::get(tx, &login.id)?.unwrap_or_else(|| MailChoice::new(&login.id, String::new()));
    let manages =
        matches!(&visitor.viewer, crate::access::Viewer::Person { role, .. } if *role > crate::access::Role::Rep);
    let kinds = MailKind::ALL
        .into_iter()
        .filter(|(_, kind)| *kind != MailKind::Behind || manages)
        .map(|(name, kind)| (name, mail_off::label(w, kind), choice.wants(kind)))
        .collect();
    let lang = choice.lang.as_deref().map_or(visitor.words, Words::of).lang;
    let languages = LANGUAGES.map(|(tag, name)| (tag, name, tag == lang)).to_vec();
    let outbox = if visitor.viewer.may(Action::Administrate) { lines(tx, visitor.words)? } else { Vec::new() };
    Ok(Panel { w, sends, kinds, languages, outbox })
}

/// Counts and the last error: neither names nor addresses.
fn lines(tx: &mut Tx<'_>, words: &Words) -> Stored<Vec<String>> {
    let w = words.of_mails();
    let state = outbox::state(tx)?;
    let [waiting, failing, gone] = [state.waiting, state.failing, state.given_up].map(|n| words.count(n));
    let mut lines = vec![match state.waiting {
        0 => w.outbox_fine.to_owned(),
        _ => fill(w.outbox_waits, &[("n", &waiting), ("failing", &failing)]),
    }];
    if state.given_up > 0 {
        lines.push(fill(w.outbox_gone, &[("n", &gone)]));
    }
    lines.extend(state.last_error.map(|error| fill(w.outbox_error, &[("error", &error)])));
    Ok(lines)
}

pub async fn choose(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    app.write(move |tx| {
        let Posted { visitor, form } = &posted;
        let mut choice = mail_choices::of_login(tx, &visitor.login.id)?;
        let is = |kind: MailKind| !form.text(kind.name()).is_empty();
        (choice.weekly, choice.behind, choice.coaching) =
            (is(MailKind::Weekly), is(MailKind::Behind), is(MailKind::Coaching));
        choice.lang =
            [&EN, &JA].into_iter().find(|words| words.lang == form.text("lang")).map(|words| words.lang.to_owned());
        mail_choices::put(tx, &choice)
    })
    .await?;
    Ok(answer::see("/settings?mailed=1"))
}
