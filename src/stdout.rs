//! Writes answers to the standard output.

use std::io::Write as _;

use crate::exit::{Exit, Failure};

/// Writes to standard output. A reader that closes it early (`| head`) has seen enough.
///
/// # Errors
/// It cannot be written to (74).
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::new(Exit::CannotWrite, format!("cannot write the answer: {error}")))
        }
        _ => Ok(()),
    }
}
