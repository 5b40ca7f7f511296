//! Passwords: kept as argon2id, compared without telling by the time whether there is an account.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};

use crate::store::{Error, Result};

/// The fewest letters of a password.
pub const FEWEST: usize = 10;

/// Longer ones cost time and gain nothing.
const MAX_CHARS: usize = 1_000;

pub fn is_long_enough(password: &str) -> bool {
    (FEWEST..=MAX_CHARS).contains(&password.chars().count())
}

/// What is stored of a password. Takes some 20 ms.
///
/// # Errors
/// No random numbers.
pub fn hash(password: &str) -> Result<String> {
    Ok(Argon2::default().hash_password(password.as_bytes()).map_err(Error::broken)?.to_string())
}

/// Whether it is the password. Without a stored one it takes as long and is `false`.
pub fn is(password: &str, stored: Option<&str>) -> bool {
    let Some(parsed) = stored.and_then(|stored| PasswordHash::new(stored).ok()) else {
        hash(password).ok();
        return false;
    };
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
        assert!(!is("correct horse", None) && !is("x", Some("no hash")));
    }
}
