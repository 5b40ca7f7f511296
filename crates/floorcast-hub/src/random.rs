//! Random ids and secrets, and the hash under which a secret is stored.

use sha2::{Digest as _, Sha256};

/// Without `i`, `l`, `o`, `u`: nobody has to guess a letter, and no word comes about.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A new id, of 60 random bits behind a letter that says what it is of.
///
/// # Errors
/// The system gives no random numbers.
pub fn id(of: char) -> Result<String, String> {
    Ok(format!("{of}{}", letters(12)?))
}

/// A new secret of 200 random bits, behind a prefix by which scanners and people know it.
///
/// # Errors
/// The system gives no random numbers.
pub fn secret(prefix: &str) -> Result<String, String> {
    Ok(format!("{prefix}_{}", letters(40)?))
}

/// What is stored of a secret. It has 200 random bits, so no salt and no slow hash is needed.
pub fn hash(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Random bytes.
///
/// # Errors
/// The system gives no random numbers.
pub fn bytes<const N: usize>() -> Result<[u8; N], String> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| format!("the system gives no random numbers: {error}"))?;
    Ok(bytes)
}

fn letters(n: usize) -> Result<String, String> {
    let mut bytes = vec![0; n];
    getrandom::fill(&mut bytes).map_err(|error| format!("the system gives no random numbers: {error}"))?;
    Ok(bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_differ_and_have_no_letters_that_look_alike() {
        let ids: std::collections::HashSet<String> = (0..1000).map(|_| id('p').unwrap()).collect();
        assert_eq!(ids.len(), 1000);
        assert!(ids.iter().all(|id| id.len() == 13 && !id[1..].contains(['i', 'l', 'o', 'u'])));
    }
}
