//! Ids of people and teams that a contest or a recognition names.

use crate::access::Viewer;
use crate::store::{Error, Result, Tx, people, teams};

/// Names of one contest or recognition.
pub const MAX_ENTRIES: usize = 500;

/// # Errors
/// One of these is nobody of the floor.
pub fn refuse_unknown(tx: &mut Tx<'_>, of_whom: &str, who: &[String]) -> Result<()> {
    for id in who {
        let known = match of_whom {
            "teams" => teams::get(tx, id)?.is_some(),
            _ => people::seen(tx, &Viewer::Owner, id)?.is_some(),
        };
        if !known {
            return Err(Error::Refused(format!("who: there is nobody with the id {id:?} among the {of_whom}")));
        }
    }
    Ok(())
}
