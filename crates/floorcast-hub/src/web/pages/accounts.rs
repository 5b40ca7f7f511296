//! Who did something: the name behind an account, and the note of it for the administrators.

use crate::clock;
use crate::store::audit;
use crate::store::{Error, Result as Stored, Tx, logins};
use crate::web::session::Visitor;

/// By whom something was done: the name of the person behind an account, else its address.
pub fn name_of_login(tx: &mut Tx<'_>, login: &str) -> Stored<String> {
    let Some(login) = logins::get(tx, login)? else { return Ok("–".into()) };
    let person = match &login.person {
        Some(id) => crate::store::people::seen(tx, &crate::access::Viewer::Publisher, id)?,
        None => None,
    };
    Ok(person.map_or(login.email, |person| person.name))
}

/// Notes what somebody did, for the administrators.
///
/// # Errors
/// The store's.
pub fn note(tx: &mut Tx<'_>, visitor: &Visitor, what: &str, subject: &str) -> Result<(), Error> {
    audit::record(tx, &visitor.viewer.name(), what, subject, clock::now().as_microsecond())
}
