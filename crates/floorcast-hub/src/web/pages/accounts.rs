//! Who did something: the name behind an account, and the note of it for the administrators.

use crate::access::TokenRole;
use crate::clock;
use crate::store::audit::{self, AuditAction, By};
use crate::store::{Error, Result as Stored, Tx, logins};
use crate::web::session::Visitor;
use crate::web::words::{Words, fill, settings};

/// By whom something was done: the name of the person behind an account, else its address.
pub fn name_of_login(tx: &mut Tx<'_>, login: &str) -> Stored<String> {
    let Some(login) = logins::get(tx, login)? else { return Ok("–".into()) };
    let person = match &login.person {
        Some(id) => crate::store::people::seen(tx, &crate::access::Viewer::Publisher, id)?,
        None => None,
    };
    Ok(person.map_or(login.email, |person| person.name))
}

/// What a token is for.
pub fn may(of: &settings::Words, role: TokenRole) -> &'static str {
    match role {
        TokenRole::Ingest => of.ingest,
        TokenRole::Screen => of.screen,
        TokenRole::Read => of.read,
        TokenRole::Admin => of.runs,
    }
}

/// Whoever did something, by what the store keeps of them: a name, or what kind of program it was.
///
/// # Errors
/// The store's.
pub fn who(tx: &mut Tx<'_>, w: &Words, who: &str) -> Stored<String> {
    let of = w.of_audit();
    if let Some(login) = who.strip_prefix("login:") {
        return match logins::get(tx, login)? {
            Some(_) => name_of_login(tx, login),
            None => Ok(of.somebody_gone.to_owned()),
        };
    }
    if let Some(token) = who.strip_prefix("token:") {
        let (role, label) = token.split_once(':').unwrap_or((token, ""));
        let may = TokenRole::of(role).map_or(role, |role| may(w.of_settings(), role));
        let text = if label.is_empty() { of.program } else { of.program_named };
        return Ok(fill(text, &[("may", may), ("label", label)]));
    }
    Ok(match who {
        "owner" => of.command_line.to_owned(),
        "kiosk.toml" => of.settings_file.to_owned(),
        "stranger" => of.stranger.to_owned(),
        other => other.to_owned(),
    })
}

/// Notes what somebody did, for the administrators.
///
/// # Errors
/// The store's.
pub fn note(tx: &mut Tx<'_>, visitor: &Visitor, what: AuditAction, subject: &str) -> Result<(), Error> {
    let by = By { who: visitor.viewer.name(), address: visitor.address.clone() };
    audit::record(tx, by, what, subject, clock::now().as_microsecond())
}
