//! Secrets of the sign-in: the code that the wall shows, and the cookies of those who have read it.

use sha2::{Digest as _, Sha256};

/// Without letters that look alike on a wall.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// So many random letters, of 5 bits each.
///
/// # Errors
/// The system gives no random numbers.
pub(super) fn letters(n: usize) -> Result<String, String> {
    let mut bytes = vec![0; n];
    getrandom::fill(&mut bytes).map_err(|error| format!("the system gives no random numbers: {error}"))?;
    Ok(bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect())
}

/// Whether two secrets are the same. How long it takes says nothing about where they differ.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    Sha256::digest(a.as_bytes()) == Sha256::digest(b.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_differ_and_are_read_without_a_doubt() {
        let codes: std::collections::HashSet<String> = (0..1000).map(|_| letters(8).unwrap()).collect();
        assert_eq!(codes.len(), 1000);
        assert!(codes.iter().all(|code| code.len() == 8 && !code.contains(['0', '1', 'I', 'O'])));
        assert!(is_same("a", "a") && !is_same("a", "b"));
    }
}
