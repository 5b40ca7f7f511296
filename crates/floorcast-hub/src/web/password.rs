//! Passwords: kept as argon2id, compared without telling by the time whether there is an account.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::store::{Error, Result};

/// The fewest letters of a password.
pub const FEWEST: usize = 10;

/// Longer ones cost time and gain nothing.
const MAX_CHARS: usize = 1_000;

pub fn is_long_enough(password: &str) -> bool {
    (FEWEST..=MAX_CHARS).contains(&password.chars().count())
}

/// 9 MiB and four passes: by OWASP's table of parameters as hard to guess as the library's 19 MiB and two, and several people who
/// sign in at once take no tens of megabytes of a small box.
fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(9 * 1024, 4, 1, None).map_err(Error::broken)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// What is stored of a password. Takes some 20 ms.
///
/// # Errors
/// No random numbers.
pub fn hash(password: &str) -> Result<String> {
    Ok(argon2()?.hash_password(password.as_bytes()).map_err(Error::broken)?.to_string())
}

/// Whether it is the password. Without a stored one it takes as long and is `false`.
pub fn is(password: &str, stored: Option<&str>) -> bool {
    let Some(parsed) = stored.and_then(|stored| PasswordHash::new(stored).ok()) else {
        hash(password).ok();
        return false;
    };
    // With the parameters that it was made with.
    password.len() <= MAX_CHARS * 4 && Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_told_from_others_and_stored_with_salt() {
        let (one, two) = (hash("correct horse").unwrap(), hash("correct horse").unwrap());
        assert!(one != two && one.starts_with("$argon2id$"), "{one}");
        assert!(is("correct horse", Some(&one)) && !is("correct hors", Some(&one)));
        // Of an earlier version, with other parameters.
        let old = Argon2::default().hash_password(b"correct horse").unwrap().to_string();
        assert!(old.contains("m=19456,t=2") && one.contains("m=9216,t=4"), "{old} {one}");
        assert!(is("correct horse", Some(&old)) && !is("correct hors", Some(&old)));
        assert!(!is("correct horse", None) && !is("x", Some("no hash")));
    }
}
